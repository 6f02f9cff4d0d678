// Which rows of a table of dated numbers hold.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/index.hpp"
#include "truel/model/indices.hpp"
#include "truel/model/war.hpp"

namespace truel {

/// Rows of forces.csv or support.csv in force on a day: the latest on or before it of each (actor, place), in the order
/// of these; none where all are later.
template <class Row>
std::vector<int> latest_rows(const std::vector<Row>& rows, Day day) {
  std::map<std::pair<ActorIndex, PlaceIndex>, int> latest;
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    const Row& row = rows[at(i)];
    if (row.date > day) {
      continue;
    }
    const auto [entry, is_new] = latest.try_emplace({row.actor, row.place}, i);
    if (!is_new && rows[at(entry->second)].date < row.date) {
      entry->second = i;
    }
  }
  std::vector<int> chosen;
  for (const auto& [key, row] : latest) {
    chosen.push_back(row);
  }
  return chosen;
}

/// The rows of forces.csv that hold on the first day: the latest, without those named at a place that has changed hands
/// since their day, by War::control. Where these men are now nobody knows, so they are again a part of the actor's
/// whole strength; the row holds where that is not given, or where the place is contested on the first day.
std::vector<int> first_forces(const War& war);

/// The numbers of forces.csv and support.csv that no run reads which begins on a day or after it, each with the day of
/// the row that takes its place by then.
std::map<int, Day> outdated_numbers(const War& war, Day first);

}  // namespace truel
