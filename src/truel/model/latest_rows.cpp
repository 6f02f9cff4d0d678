#include "truel/model/latest_rows.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace truel {
namespace {

/// Who held a place on a day; none where no spell reaches it.
std::optional<ActorIndex> holder_on(const War& war, PlaceIndex place, Day day) {
  const auto spell = std::find_if(war.control.begin(), war.control.end(), [&](const ControlSpell& s) {
    return s.place == place && s.from <= day && day <= s.to;
  });
  return spell == war.control.end() ? std::nullopt : std::optional(spell->controller);
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
  std::erase_if(rows, [&](int row) {
    const Force& force = war.forces[at(row)];
    if (force.place == kEverywhere || !with_whole.contains(force.actor)) {
      return false;
    }
    const auto now = holder_on(war, force.place, war.start);
    const auto then = holder_on(war, force.place, force.date);
    return now && then && *now != kContested && now != then;
  });
  return rows;
}

}  // namespace truel
