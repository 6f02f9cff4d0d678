// commands.csv: who decides.
#include <fmt/format.h>

#include <array>

#include "truel/base/index.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/tables/tables.hpp"

namespace truel::scenario {
TableInfo commands_table() {
  static constexpr std::array kColumns = std::to_array<ColumnInfo>({{"id", kNeeded}, {"name"}});
  return {.file = "commands.csv", .columns = kColumns, .numbers = command_parameters(), .needs_number = true};
}

void read_commands(Context& in) {
  const Table& table = in.table("commands.csv");
  in.war.commands.resize(in.commands.names.size());
  for (std::size_t c = 0; c < in.commands.names.size(); ++c) {
    in.war.commands[c].id = in.war.commands[c].name = in.commands.names[c];
  }
  for (std::size_t r = 0; r < table.rows().size(); ++r) {
    const CsvRow& row = table.rows()[r];
    if (in.commands.of_row[r] == kNone) {
      continue;
    }
    Command& command = in.war.commands[at(in.commands.of_row[r])];
    if (const CsvCell name = table.cell(row, "name"); !name.text.empty()) {
      command.name = name.text;
    }
    if (const CsvCell doctrine = table.cell(row, "doctrine"); table.has("doctrine") && doctrine.text.empty()) {
      read_choice(in, table, doctrine, "doctrine", words_of(command_parameters()[0].words));
    }
    read_numbers(in, table, row, command_parameters(), "commands." + command.id + ".");
  }
}

}  // namespace truel::scenario
