#include "truel/laws/operations/operations.hpp"

#include <algorithm>

#include "truel/laws/laws.hpp"
#include "truel/laws/operations/orders.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {
namespace {

/// Fighters on the way to places that an enemy holds, or there, for the days until the next decision.
void count_man_days(const CompiledModel& model, State& s) {
  const double days = std::min(model.war().decision_interval_days, model.n_days() - s.day);
  const auto count = [&](ActorIndex a, PlaceIndex p, double men) {
    if (const ActorIndex b = s.control[at(p)]; is_one_of(b, s.derived.hostile[at(a)])) {
      s.attack(a, b, AttackTally::man_days) += men * days;
    }
  };
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    for (ActorMask rest = s.present[at(p)]; rest != 0; rest &= rest - 1) {
      count(first_of(rest), p, s.fighters[s.slot(p, first_of(rest))]);
    }
  }
  for (const March& march : s.marches) {
    if (march.task == MarchTask::offensive || march.task == MarchTask::raid) {
      count(march.actor, march.to, march.fighters);
    }
  }
}

void decide(const Situation& now, Orders& orders) {
  retreat(now, orders);
  set_garrisons(now, orders);
  const double deployable = orders.deployable();
  ++orders.tally.decisions;
  orders.tally.men += now.view.strength[at(now.command)];
  orders.tally.deployable += deployable;
  if (now.law(Operations::ledger) > 0) {
    attack_within_means(now, orders, deployable);
  } else {
    attack(now, orders);
  }
  bring_up_reserves(now, orders);
}

}  // namespace

bool Operations::stays_out_of(const CompiledModel& model, const State& state, CommandIndex command, PlaceIndex place) {
  return model.is_abroad(command, place) &&
         state.value(model.war().command(command, CommandParameter::keeps_to_country)) > 0;
}

void operate(const CompiledModel& model, State& state, View& view, bool is_whole) {
  if (state.value(model.war().law(switch_of<Operations>())) <= 0) {
    return;
  }
  laws::before_operations(model, state, view);
  thread_local SituationRoom known;
  thread_local OrdersRoom ordered;
  const auto& operations = own_state<Operations>(state).operations;
  known.operations.reserve(operations.capacity());  // grows as that list does, not by one each time
  known.operations = operations;
  for (CommandIndex c = 0; c < view.n_commands; ++c) {
    if (view.strength[at(c)] > 0) {
      const Situation now(model, state, view, known, c, is_whole);
      Orders orders(now, state, ordered);
      decide(now, orders);
    }
  }
  count_man_days(model, state);
  for (PlaceIndex p = 0; p < view.n_places; ++p) {
    settle_control(state, p);  // a place that its defenders left
  }
}

}  // namespace truel::laws
