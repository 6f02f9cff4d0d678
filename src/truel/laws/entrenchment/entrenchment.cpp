#include "truel/laws/entrenchment/entrenchment.hpp"

#include <algorithm>
#include <vector>

#include "truel/base/math.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

bool is_beside_an_enemy(const CompiledModel& model, const State& s, PlaceIndex p) {
  const ActorMask enemies = s.derived.hostile[s.control[p]];
  const std::span<const Neighbour> around = model.neighbours(p);
  return s.contested[p] || std::any_of(around.begin(), around.end(), [&](const Neighbour& next) {
           const ActorIndex other = s.control[next.place];
           return other >= 0 && (enemies & bit(other)) != 0;
         });
}

/// For how many days before the first the holder of that day has been beside an enemy of that day.
double days_beside_an_enemy(const CompiledModel& model, const State& s, PlaceIndex p, double first_days) {
  const auto held_for = [&](PlaceIndex q) {
    const CompiledModel::Held held = model.first_held(q);
    return held.days + (held.is_since_first_rows ? first_days : 0);
  };
  const ActorMask enemies = s.derived.hostile[s.control[p]];
  double longest = 0;
  for (const Neighbour& next : model.neighbours(p)) {
    const ActorIndex other = s.control[next.place];
    longest = other >= 0 && (enemies & bit(other)) != 0 ? std::max(longest, held_for(next.place)) : longest;
  }
  return std::min(longest, held_for(p));
}

}  // namespace

void Entrenchment::look_back(const CompiledModel& model, State& s, int passed, bool) {
  const auto number = [&](Number k) { return s.value(model.war().law(number_of<Entrenchment>(k))); };
  if (number(on) <= 0) {
    return;
  }
  const auto list = [&](Kept kept) -> std::vector<double>& { return s.laws.lists[state_of<Entrenchment>(kept)]; };
  const double unbuilt = math::exp(-passed / number(days));
  const double kept = math::exp(-passed / number(decay_days));
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    const ActorIndex now = s.control[p];
    double& built = list(works)[at(p)];
    if (now < 0) {
      built = 0;
    } else if (s.day == 0) {
      built = -math::expm1(-days_beside_an_enemy(model, s, p, number(first_days)) / number(days));
    } else if (list(holder)[at(p)] != now) {
      built = 0;
    } else {
      built = is_beside_an_enemy(model, s, p) ? 1 - (1 - built) * unbuilt : built * kept;
    }
    list(holder)[at(p)] = now;
    list(let_through)[at(p)] = 1 / (1 + (number(strength) - 1) * built);
  }
}

}  // namespace truel::laws
