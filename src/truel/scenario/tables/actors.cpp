// actors.csv: who fights, and under whose command.

#include <array>

#include "truel/base/index.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/tables/tables.hpp"

namespace truel::scenario {
namespace {

bool is_colour(std::string_view text) {
  return text.size() == 7 && text[0] == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

}  // namespace

TableInfo actors_table() {
  static constexpr std::array kColumns = std::to_array<ColumnInfo>(
      {{"id", kNeeded}, {"name"}, {"kind"}, {"command"}, {"ucdp_id"}, {"record_code"}, {"colour"}});
  return {.file = "actors.csv", .need = Need::always, .columns = kColumns, .numbers = actor_parameters()};
}

void read_actors(Context& in) {
  const Table& table = in.table("actors.csv");
  static const std::array kinds = std::to_array<std::string>({"ground", "air"});
  std::vector<std::string> command_of = in.actors.names;
  const bool has_commands = in.package.find("commands.csv") != nullptr;
  read_named(table, in.actors, in.war.actors, [&](const CsvRow& row, Actor& actor, int index) {
    if (const CsvCell kind = table.cell(row, "kind"); !kind.text.empty()) {
      actor.kind = read_choice(in, table, kind, "kind", kinds) == 1 ? ActorKind::air : ActorKind::ground;
    }
    actor.ucdp_id = table.cell(row, "ucdp_id").text;
    actor.record_code = table.cell(row, "record_code").text;
    actor.colour = table.cell(row, "colour").text;
    if (!actor.colour.empty() && !is_colour(actor.colour)) {
      in.mistakes.add(table.at(table.cell(row, "colour")), "invalid colour " + in_quotes(actor.colour),
                      "write # and six hexadecimal digits, as #1f78b4");
    }
    if (const CsvCell command = table.cell(row, "command"); !command.text.empty() && command.text != actor.id) {
      if (has_commands) {
        if (reference(in, in.commands, table, command, "command", "commands.csv") != kNone) {
          command_of[at(index)] = command.text;
        }
      } else {
        in.mistakes.add(table.at(command), "command " + in_quotes(command.text) + " without commands.csv",
                        "add commands.csv, or leave the cell empty: each actor is then its own command");
      }
    }
    read_numbers(in, table, row, actor_parameters(), "actors." + actor.id + ".");
  });
  // An actor that names no command is its own.
  std::vector<std::string> all = in.commands.names;
  for (const std::string& id : command_of) {
    if (in.commands.find(id) == kNone) {
      all.push_back(id);
      in.war.commands.push_back({.id = id, .name = in.war.actors[at(in.actors.find(id))].name});
    }
  }
  in.commands.set(std::move(all));
  sort_by(in.war.commands, [](const Command& c) { return std::string_view(c.id); });
  for (std::size_t a = 0; a < command_of.size(); ++a) {
    in.war.actors[a].command = in.commands.find(command_of[a]);
  }
}

}  // namespace truel::scenario
