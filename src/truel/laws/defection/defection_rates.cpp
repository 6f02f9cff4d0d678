#include "truel/laws/defection/defection_rates.hpp"

#include <algorithm>

#include "truel/laws/laws.hpp"
#include "truel/world/lots.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {
namespace {

/// Where fighters at a place would join an actor, or kNone if it is not at hand.
PlaceIndex meeting_place(const CompiledModel& model, const State& s, const View& view, PlaceIndex p, ActorIndex whom) {
  const auto is_held = [&](PlaceIndex q) {
    return view.control[at(q)] >= 0 && model.command_of(view.control[at(q)]) == model.command_of(whom);
  };
  if (view.n(p, whom) > 0 || is_held(p)) {
    return p;
  }
  PlaceIndex nearest = kNone;
  double least_km = kUnbounded;
  for (const Neighbour& next : model.neighbours(p)) {
    const bool is_nearer =
        next.km < least_km || (next.km == least_km && is_drawn_before(s, Lot::place, next.place, nearest));
    if (is_nearer && is_held(next.place)) {
      least_km = next.km;
      nearest = next.place;
    }
  }
  return nearest;
}

}  // namespace

bool Defection::may_act(const CompiledModel& model) {
  return model.may_be_positive(number_of<Defection>(on));
}

void Defection::check(const War& war, Diagnostics& faults) {
  const auto n_actors = static_cast<int>(war.actors.size());
  for (ActorIndex a = 0; a < n_actors; ++a) {
    for (ActorIndex b = 0; b < n_actors; ++b) {
      const Parameter& rate = war.parameters[at(war.tie(a, b, TieParameter::defection_per_day))];
      for (const ActorIndex air : {a, b}) {
        if (war.actors[at(air)].kind == ActorKind::air && checked_greatest(rate.distribution) > 0) {
          faults.push_back({rate.where, "defection with the air actor `" + war.actors[at(air)].id + "`",
                            "it has no fighters: leave defection_per_day empty"});
          break;
        }
      }
    }
  }
}

void update_defection_rates(const CompiledModel& model, State& s, const View& view) {
  if (!Defection::may_act(model)) {
    return;
  }
  const War& war = model.war();
  const bool is_on = s.value(war.law(number_of<Defection>(Defection::on))) > 0;
  const double gain = s.value(war.law(number_of<Defection>(Defection::unpaid_gain)));
  auto& rates_of = own_state<Defection>(s).rates;
  const auto& unpaid_of = own_state<Income>(s).unpaid;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    auto& defection_rates = rates_of[a];
    defection_rates.clear();
    const auto& unpaid = unpaid_of[a];
    const auto unpaid_share = [&](PlaceIndex p) {
      const auto found =
          std::find_if(unpaid.begin(), unpaid.end(), [&](const DesertionSite& u) { return u.place == p; });
      return found == unpaid.end() ? 0 : found->share;
    };
    for (ActorIndex b = 0; b < s.n_actors && is_on; ++b) {
      const double rate = s.value(war.tie(a, b, TieParameter::defection_per_day));
      if (rate <= 0 || a == b || model.is_air(b)) {
        continue;
      }
      for (const Troop& troop : view.troops[at(a)]) {
        if (const PlaceIndex to = meeting_place(model, s, view, troop.place, b); to != kNone) {
          defection_rates.push_back({troop.place, to, b, rate * (1 + gain * unpaid_share(troop.place))});
        }
      }
    }
  }
}

bool is_barred(const State& s, const DefectionRate& defection) {
  if (s.fighters[s.slot(defection.to, defection.whom)] > 0) {
    return false;
  }
  const auto& strikes = own_state<Strikes>(s).list;
  return (s.derived.hostile[defection.whom] & s.present[defection.to]) != 0 ||
         std::any_of(strikes.begin(), strikes.end(), [&](const Strike& strike) {
           return strike.place == defection.to && strike.target == defection.whom;
         });
}

double defect(State& s, ActorIndex a, const DefectionRate& defection, double fighters) {
  double& here = s.fighters[s.slot(defection.from, a)];
  const double gone = std::min(fighters, here);
  if (gone <= 0) {
    return 0;
  }
  here -= gone;
  s.fighters[s.slot(defection.to, defection.whom)] += gone;
  s.tally(outcome_of<Defection>(Defection::defected), a) += gone;
  s.tally(outcome_of<Defection>(Defection::joined), defection.whom) += gone;
  refresh_presence(s, defection.from, a);
  refresh_presence(s, defection.to, defection.whom);
  settle_control(s, defection.from);
  settle_control(s, defection.to);
  return gone;
}

}  // namespace truel::laws
