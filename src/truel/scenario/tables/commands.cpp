// commands.csv: who decides.

#include <array>

#include "truel/base/index.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/tables/tables.hpp"

namespace truel::scenario {
TableInfo commands_table() {
  static constexpr std::array kColumns = std::to_array<ColumnInfo>({{"id", kNeeded}, {"name"}});
  return {.file = "commands.csv", .columns = kColumns, .numbers = command_parameters(), .needs_number = true};
}

void read_commands(Context& in) {
  const Table& table = in.table("commands.csv");
  read_named(table, in.commands, in.war.commands, [&](const CsvRow& row, Command& command, int) {
    if (const CsvCell doctrine = table.cell(row, "doctrine"); table.has("doctrine") && doctrine.text.empty()) {
      read_choice(in, table, doctrine, "doctrine", words_of(command_parameters()[0].words));
    }
    read_numbers(in, table, row, command_parameters(), "commands." + command.id + ".");
  });
}

}  // namespace truel::scenario
