#include "truel/laws/peacekeeping/peacekeeping.hpp"

#include <algorithm>

#include "truel/base/math.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

bool keeps_peace(const CompiledModel& model, const State& s, ActorIndex a) {
  return !model.is_air(a) && s.derived.hostile[a] == 0 && s.derived.friendly[a] == bit(a);
}

bool has_peacekeeping(const CompiledModel& model, const State& s) {
  return s.value(model.war().law(number_of<Peacekeeping>(Peacekeeping::on))) > 0;
}

}  // namespace

double peacekeepers(const CompiledModel& model, const State& s, PlaceIndex p) {
  double men = 0;
  for (ActorMask rest = s.present[p]; rest != 0; rest &= rest - 1) {
    const ActorIndex a = first_of(rest);
    men += s.control[p] != a && keeps_peace(model, s, a) ? s.fighters[s.slot(p, a)] : 0;
  }
  return men;
}

double aid(const CompiledModel& model, const State& s, PlaceIndex p) {
  const bool is_aided = has_peacekeeping(model, s) && peacekeepers(model, s, p) > 0;
  return is_aided ? s.value(model.war().law(number_of<Peacekeeping>(Peacekeeping::aid))) : 0;
}

void Peacekeeping::before_operations(const CompiledModel& model, State& s, View&) {
  const War& war = model.war();
  std::vector<double>& is_guarded = s.laws.lists[state_of<Peacekeeping>(guarded)];
  std::fill(is_guarded.begin(), is_guarded.end(), 0);
  if (!has_peacekeeping(model, s)) {
    return;
  }
  const double per_man = s.value(war.law(number_of<Peacekeeping>(deterrence_per_1000))) / 1000;
  const double air = s.value(war.law(number_of<Peacekeeping>(threat)));
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    const double men = peacekeepers(model, s, p);
    if (men <= 0) {
      continue;
    }
    RandomStream random(s.seed, s.run, static_cast<std::uint32_t>(s.day), kPurpose, static_cast<std::uint32_t>(p));
    const double goes_on = math::exp(-per_man * men) * (1 - air);
    is_guarded[at(p)] = random.uniform() < goes_on ? 0 : 1;
  }
}

bool Peacekeeping::spares(const State& s, PlaceIndex p) {
  return s.laws.lists[state_of<Peacekeeping>(guarded)][at(p)] > 0;
}

}  // namespace truel::laws
