// Ids, dates and bases: what cells of all tables hold beside numbers.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truel/scenario/reading/context.hpp"

namespace truel::scenario {

/// The ids in the column of a table, and in which rows and where they stand.
void collect_ids(Context& in, const Table& table, std::string_view column, bool is_claim, Ids& ids);

/// The index of the id in a cell, or kNone and a mistake.
int reference(Context& in, const Ids& ids, const Table& table, const CsvCell& cell, std::string_view kind,
              std::string_view listed_in);

/// Makes a thing of each id, called by it or by what the column `name` says, and calls read(row, thing, index) for the
/// row of each.
template <class Thing, class Read>
void read_named(const Table& table, const Ids& ids, std::vector<Thing>& things, const Read& read) {
  things.resize(ids.names.size());
  for (std::size_t i = 0; i < things.size(); ++i) {
    things[i].id = things[i].name = ids.names[i];
  }
  for (std::size_t r = 0; r < table.rows().size(); ++r) {
    if (const int index = ids.of_row[r]; index != kNone) {
      const CsvRow& row = table.rows()[r];
      Thing& thing = things[at(index)];
      if (const CsvCell name = table.cell(row, "name"); !name.text.empty()) {
        thing.name = name.text;
      }
      read(row, thing, index);
    }
  }
}

bool is_good_id(Context& in, std::string_view text, bool is_claim, const Location& where, std::string_view kind);

/// Whether no row before had this key; a mistake if one had. seen: the keys so far, with their lines.
bool is_unseen(Context& in, std::map<std::string, int>& seen, const std::string& key, std::string_view what,
               const Location& where, std::string_view hint);

/// Whether a cell says yes; an empty one says no, and any other word is a mistake.
bool is_yes(Context& in, const Table& table, const CsvCell& cell, std::string_view what);

std::optional<Day> read_date(Context& in, const Table& table, const CsvCell& cell, std::string_view what);

void check_basis(Context& in, std::string_view basis, const Location& where);

/// Sorts rows of the war, whatever their order in the table.
template <class Row, class Key>
void sort_by(std::vector<Row>& rows, Key key) {
  std::sort(rows.begin(), rows.end(), [&](const Row& x, const Row& y) { return key(x) < key(y); });
}

}  // namespace truel::scenario
