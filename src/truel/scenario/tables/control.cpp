// control.csv: who held which place, from when to when.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "truel/base/index.hpp"
#include "truel/model/path_hints.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/tables/tables.hpp"

namespace truel::scenario {

TableInfo control_table() {
  static const std::array kColumns = std::to_array<ColumnInfo>({{"place_id", kNeeded},
                                                                {"from_date", kNeeded},
                                                                {"to_date", kNeeded},
                                                                {"controller", kNeeded, holder_words()},
                                                                {"confidence"},
                                                                {"source"},
                                                                {"note"}});
  return {.file = "control.csv", .need = Need::with_a_map, .columns = kColumns, .has_basis = false};
}

void read_control(Context& in) {
  const Table& table = in.table("control.csv");
  in.has_all_spells = table.is_whole();
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.is_whole()) {
      continue;
    }
    const CsvCell place = table.cell(row, "place_id");
    const CsvCell controller = table.cell(row, "controller");
    const CsvCell to_cell = table.cell(row, "to_date");
    const auto from = read_date(in, table, table.cell(row, "from_date"), "from_date");
    const auto to = read_date(in, table, to_cell, "to_date");
    ControlSpell spell{.place = reference(in, in.places, table, place, "place", "places.csv")};
    if (controller.text == "contested") {
      spell.controller = kContested;
    } else if (controller.text != "none") {
      spell.controller = reference(in, in.actors, table, controller, "actor", "actors.csv, or write none or contested");
      if (spell.controller != kNone && in.war.actors[at(spell.controller)].kind == ActorKind::air) {
        in.mistakes.add(table.at(controller), "the air actor " + in_quotes(controller.text) + " holds a place",
                        "name a ground actor, none or contested");
      }
    }
    const CsvCell confidence = table.cell(row, "confidence");
    if (std::find(kConfidences.begin(), kConfidences.end(), confidence.text) == kConfidences.end()) {
      in.warnings.add(table.at(confidence), "unknown confidence " + in_quotes(confidence.text),
                      "write high, medium or low, or leave the cell empty");
    }
    if (from && to && *from > *to) {
      in.mistakes.add(table.at(to_cell), "a spell that ends before it begins", "swap from_date and to_date");
    } else if (from && to && spell.place != kNone) {
      spell.from = *from;
      spell.to = *to;
      in.spells.push_back({spell, table.at(place)});
    } else {
      in.has_all_spells = false;
    }
  }
  std::stable_sort(in.spells.begin(), in.spells.end(), [](const Spell& x, const Spell& y) {
    return std::pair(x.spell.place, x.spell.from) < std::pair(y.spell.place, y.spell.from);
  });
  for (const Spell& s : in.spells) {
    in.war.control.push_back(s.spell);
  }
}

void check_spells(Context& in) {
  // in.spells is sorted by place and first day; a spell may overlap any earlier one, not only the last.
  for (std::size_t i = 0, longest = 0; i < in.spells.size(); ++i) {
    const Spell& spell = in.spells[i];
    const Spell& before = in.spells[longest];
    const bool is_same_place = i > 0 && before.spell.place == spell.spell.place;
    if (is_same_place && spell.spell.from <= before.spell.to) {
      const bool is_later_line = spell.where.line > before.where.line;
      const Spell& reported = is_later_line ? spell : before;
      const Spell& other = is_later_line ? before : spell;
      in.mistakes.add(reported.where,
                      fmt::format("overlapping spells of `{}`: {} to {} is also in line {}",
                                  in.war.places[at(spell.spell.place)].id, format_date(spell.spell.from),
                                  format_date(std::min(spell.spell.to, before.spell.to)), other.where.line),
                      "both ends are inclusive: let one end the day before the other begins");
    }
    if (!is_same_place || spell.spell.to > before.spell.to) {
      longest = i;
    }
  }
}

}  // namespace truel::scenario
