// Fighters who change sides of their own accord, along the lures of the last decisions (tempt).
#pragma once

#include "truel/laws/defection/defection_rates.hpp"
#include "truel/laws/law.hpp"

namespace truel::laws {

/// A group is an actor. Entries: its lures.
struct Defection : Law {
  static constexpr Purpose kPurpose = Purpose::defection;
  static constexpr Scope kScope = Scope::actor;
  static constexpr bool kMayFound = true;

  static bool may_act(const CompiledModel& model) { return model.may_defect(); }
  static int groups(const State& s) { return s.n_actors; }
  static bool is_open(const State& s, ActorIndex a) { return !s.lures[at(a)].empty(); }
  static bool is_touched(const Change&, ActorIndex) { return true; }  // who else stands at a lure's end may bar it

  static void look(const CompiledModel&, const State& s, ActorIndex a, double, Cell& cell) {
    double* rate = cell.of_entries(s.lures[at(a)].size());
    for (const Lure& lure : s.lures[at(a)]) {
      *rate++ = defection_rate(s, a, lure);
    }
  }
  static Effect effect(const State& s, ActorIndex a, const Cell&, std::size_t k) {
    const Lure& lure = s.lures[at(a)][k];
    return {.place = lure.from, .who = a, .to = lure.to, .joins = lure.whom, .counted = ActorOutcome::defected};
  }
  template <class List>
  static void unknowns(const CompiledModel&, const State& s, ActorIndex a, List& list) {
    for (const Lure& lure : s.lures[at(a)]) {
      if (defection_rate(s, a, lure) > 0) {
        list.force(lure.from, a, false);
        list.force(lure.to, lure.whom, false);
        list.crossing(a, lure.whom);
      }
    }
  }
  template <class After>
  static void happen(const CompiledModel&, State& s, ActorIndex a, const Cell&, std::size_t k, double n, After& after) {
    defect(s, a, s.lures[at(a)][k], n);
    after.moved(s, a);
  }
};

}  // namespace truel::laws
