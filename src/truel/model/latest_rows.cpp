#include "truel/model/latest_rows.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace truel {
namespace {

/// Who held which place when, by War::control.
class Holders {
 public:
  explicit Holders(const War& war) : spells_(war.places.size()) {
    for (const ControlSpell& spell : war.control) {
      spells_[at(spell.place)].push_back(&spell);
    }
  }

  /// None where no spell reaches the day.
  std::optional<ActorIndex> on(PlaceIndex place, Day day) const {
    const auto& of_place = spells_[at(place)];
    const auto spell = std::find_if(of_place.begin(), of_place.end(),
                                    [&](const ControlSpell* s) { return s->from <= day && day <= s->to; });
    return spell == of_place.end() ? std::nullopt : std::optional((*spell)->controller);
  }

 private:
  std::vector<std::vector<const ControlSpell*>> spells_;  ///< [place]
};

template <class Row, class Number>
void add_outdated(const std::vector<Row>& rows, Day first, const Number& number, std::map<int, Day>& found) {
  for (const int latest : latest_rows(rows, first)) {
    Day next = rows[at(latest)].date;
    for (int row = latest - 1; row >= 0; --row) {  // in the order of actor, place and date
      const Row& before = rows[at(row)];
      if (before.actor != rows[at(latest)].actor || before.place != rows[at(latest)].place) {
        break;
      }
      found.emplace(number(row), next);
      next = before.date;
    }
  }
}

}  // namespace

std::vector<int> first_forces(const War& war) {
  std::vector<int> rows = latest_rows(war.forces, war.start);
  std::set<ActorIndex> with_whole;
  for (const int row : rows) {
    if (war.forces[at(row)].place == kEverywhere) {
      with_whole.insert(war.forces[at(row)].actor);
    }
  }
  const Holders holders(war);
  std::erase_if(rows, [&](int row) {
    const Force& force = war.forces[at(row)];
    if (force.place == kEverywhere || !with_whole.contains(force.actor)) {
      return false;
    }
    const auto now = holders.on(force.place, war.start);
    const auto then = holders.on(force.place, force.date);
    return now && then && *now != kContested && now != then;
  });
  return rows;
}

std::map<int, Day> outdated_numbers(const War& war, Day first) {
  std::map<int, Day> found;
  add_outdated(
      war.forces, first, [&](int row) { return war.force(row); }, found);
  add_outdated(
      war.support, first, [&](int row) { return war.support_row(row); }, found);
  return found;
}

}  // namespace truel
