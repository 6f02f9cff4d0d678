#include "truel/laws/entrenchment/entrenchment.hpp"

#include <algorithm>
#include <vector>

#include "truel/base/math.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

/// Whether an enemy of the actor holds a place.
bool is_enemy_held(const State& s, PlaceIndex p, ActorIndex a) {
  return s.is_held_by(p, s.derived.hostile[a]);
}

bool is_beside_an_enemy(const CompiledModel& model, const State& s, PlaceIndex p) {
  const std::span<const Neighbour> around = model.neighbours(p);
  return s.contested[p] || std::any_of(around.begin(), around.end(), [&](const Neighbour& next) {
           return is_enemy_held(s, next.place, s.control[p]);
         });
}

/// For how many days before the first the holder of that day has been beside an enemy of that day.
double days_beside_an_enemy(const CompiledModel& model, const State& s, PlaceIndex p, double first_days) {
  const auto held_for = [&](PlaceIndex q) {
    const CompiledModel::Tenure held = model.first_tenure(q);
    return held.days + (held.is_since_first_rows ? first_days : 0);
  };
  double longest = 0;
  for (const Neighbour& next : model.neighbours(p)) {
    longest = is_enemy_held(s, next.place, s.control[p]) ? std::max(longest, held_for(next.place)) : longest;
  }
  return std::min(longest, held_for(p));
}

}  // namespace

void Entrenchment::look_back(const CompiledModel& model, State& s, int passed, bool) {
  const auto number = [&](Number k) { return s.value(model.war().law(number_of<Entrenchment>(k))); };
  if (number(on) <= 0) {
    return;
  }
  const auto list = [&](OwnState kept) -> std::vector<double>& { return s.laws.lists[state_of<Entrenchment>(kept)]; };
  const double unbuilt = math::exp(-passed / number(days));
  const double kept = math::exp(-passed / number(decay_days));
  const double gain = number(strength) - 1;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    const ActorIndex now = s.control[p];
    double& built = list(works)[at(p)];
    if (now >= 0 && s.day == 0) {
      built = -math::expm1(-days_beside_an_enemy(model, s, p, number(first_days)) / number(days));
    } else if (now < 0 || list(holder)[at(p)] != now) {
      built = 0;
    } else {
      built = is_beside_an_enemy(model, s, p) ? 1 - (1 - built) * unbuilt : built * kept;
    }
    list(holder)[at(p)] = now;
    list(let_through)[at(p)] = 1 / (1 + gain * built);
  }
}

}  // namespace truel::laws
