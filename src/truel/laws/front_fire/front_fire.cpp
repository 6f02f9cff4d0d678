#include "truel/laws/front_fire/front_fire.hpp"

#include <cmath>

#include "truel/laws/defence.hpp"
#include "truel/laws/hidden_lethality/hidden_lethality.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

/// Those at a place who stand by its holder.
ActorMask side_of_holder(const State& s, PlaceIndex p) {
  const ActorIndex holder = s.control[at(p)];
  return holder >= 0 ? s.present[at(p)] & s.derived.friendly[at(holder)] : 0;
}

/// Calls see(a, place, b, weight) of all enemies b in places next to p whom each a at p faces across the line. a
/// divides its men among them by weight: their number and the effort that a gives to the war on them.
template <class See>
void for_each_faced(const CompiledModel& model, const State& s, PlaceIndex p, See&& see) {
  const ActorMask here = side_of_holder(s, p);
  ActorMask hostile_to_some = 0;
  for (ActorMask ours = here; ours != 0; ours &= ours - 1) {
    hostile_to_some |= s.derived.hostile[at(first_of(ours))];
  }
  if (hostile_to_some == 0) {
    return;
  }
  for (const Neighbour& next : model.neighbours(p)) {
    if (!s.is_held_by(next.place, hostile_to_some)) {
      continue;  // behind the line
    }
    const ActorMask there = side_of_holder(s, next.place);
    const ActorMask holder = bit(s.control[at(next.place)]);
    for (ActorMask ours = here; ours != 0; ours &= ours - 1) {
      const ActorIndex a = first_of(ours);
      const ActorMask hostile = s.derived.hostile[at(a)];
      for (ActorMask theirs = (hostile & holder) != 0 ? hostile & there : 0; theirs != 0; theirs &= theirs - 1) {
        const ActorIndex b = first_of(theirs);
        see(a, next.place, b, s.effort[s.pair(a, b)] * s.fighters[s.slot(next.place, b)]);
      }
    }
  }
}

}  // namespace

bool FrontFire::may_act(const CompiledModel& model) {
  return model.may_be_positive(number_of<FrontFire>(on));
}

void FrontFire::after_orders(const CompiledModel& model, State& s, const View&) {
  std::vector<FrontSide>& sides = own_state<FrontFire>(s).sides;
  sides.clear();
  if (s.value(model.war().law(number_of<FrontFire>(on))) <= 0) {
    return;
  }
  const double share = s.value(model.war().law(number_of<FrontFire>(intensity)));
  thread_local std::vector<double> faced;     // [place][actor] weight of all enemies across its lines
  thread_local std::vector<double> exposure;  // [place] NaN: not asked yet
  faced.resize(s.fighters.size());
  exposure.assign(at(s.n_places), kAbsent);
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    for (ActorMask rest = s.present[p]; rest != 0; rest &= rest - 1) {
      faced[s.slot(p, first_of(rest))] = 0;
    }
    for_each_faced(model, s, p, [&](ActorIndex a, PlaceIndex across, ActorIndex b, double weight) {
      const std::size_t men = s.slot(p, a);
      faced[men] += weight;
      const double answer = s.effort[s.pair(b, a)] * s.fighters[men];
      if (weight > 0 && answer > 0) {
        sides.push_back({a, b, p, across, men, s.slot(across, b), weight, answer, 0});
      }
    });
  }
  for (FrontSide& side : sides) {
    double& exposed = exposure[at(side.place)];
    exposed = std::isnan(exposed) ? exposure_in_fights(model, s, side.place) : exposed;
    side.attackers /= faced[side.men];
    side.targets /= faced[side.foes];
    side.each = share * s.derived.kill[s.pair(side.attacker, side.target)] *
                hidden_lethality(s, side.attacker, side.target) * exposed;
  }
}

bool FrontFire::is_front(const State& s, const FrontSide& side) {
  const auto stands_by_holder = [&](PlaceIndex p, ActorIndex a) {
    const ActorIndex holder = s.control[at(p)];
    return holder >= 0 && (s.derived.friendly[at(holder)] & bit(a)) != 0;
  };
  return (s.derived.hostile[at(side.attacker)] & bit(side.target)) != 0 && stands_by_holder(side.from, side.attacker) &&
         stands_by_holder(side.place, side.target);
}

}  // namespace truel::laws
