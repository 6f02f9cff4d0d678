// Fighters who change sides of their own accord, at the rates that the last decisions set.
#pragma once

#include "truel/laws/defection/defection_rates.hpp"
#include "truel/laws/law.hpp"

namespace truel::laws {

struct DefectionState {
  DefectionState(const CompiledModel& model) : rates(at(model.n_actors())) {}
  ListBy<ActorIndex, std::vector<DefectionRate>> rates;  ///< [actor]
};

/// A group is an actor. Entries: its defection rates, place by place.
struct Defection : Law {
  using Own = DefectionState;
  enum Number { on, unpaid_gain };
  static constexpr std::array kPositions{NumberPosition{on, 73}};
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.defection.on", "switch", 0, 0, 1, "fighters go over to another actor"},
      {"laws.defection.unpaid_gain", "factor", 0, 0, 1e3,
       "added to the rate, as a multiple of it, for those whom income cannot sustain"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"ties.defection_per_day"},
      {"terrain.speed", {}, true},
      {"laws.defection.unpaid_gain", {"laws.income.on", "actors.*.income=given"}},
  });

  enum Outcome { joined, defected };
  static constexpr std::array kOutcomes = std::to_array<ActorOutcomeInfo>({
      {.name = "joined",
       .scale = OutcomeScale::people,
       .flow = Flow::gain,
       .shown = kShownEverywhere,
       .phrase = "fighters who came over to {}",
       .meaning = "fighters who came over to it from other actors",
       .position = 6},
      {.name = "defected",
       .scale = OutcomeScale::people,
       .flow = Flow::departure,
       .shown = kShownEverywhere,
       .phrase = "fighters of {} who went over to others",
       .meaning = "its fighters who went over to other actors",
       .position = 8},
  });

  static constexpr Purpose kPurpose{11};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "defection", "actor", "those who change sides in the step, where they stood and whom they join"},
  });

  static constexpr Scope kScope = Scope::actor;
  static constexpr bool kMayFound = true;

  static bool may_act(const CompiledModel& model);
  static void check(const War& war, Diagnostics& faults);
  static void set_rates(const CompiledModel& model, State& state, View& view) {
    update_defection_rates(model, state, view);
  }
  static int groups(const State& s) { return s.n_actors; }
  static bool is_open(const State& s, ActorIndex a) { return !own_state<Defection>(s).rates[a].empty(); }
  static bool is_touched(const State&, const Change&, ActorIndex) {
    return true;
  }  // who else stands at that end may bar it

  static void update_rates(const CompiledModel&, const State& s, ActorIndex a, double, Cell& cell) {
    const std::vector<DefectionRate>& rates = own_state<Defection>(s).rates[a];
    double* rate = cell.of_entries(rates.size());
    for (const DefectionRate& defection : rates) {
      *rate++ = defection_rate(s, a, defection);
    }
  }
  static Effect effect_of(ActorIndex a, const DefectionRate& defection) {
    return {.place = defection.from, .who = a, .to = defection.to, .joins = defection.whom};
  }
  static Effect effect(const State& s, ActorIndex a, const Cell&, std::size_t k) {
    return effect_of(a, own_state<Defection>(s).rates[a][k]);
  }
  template <class Add>
  static void founds(const State& s, ActorIndex a, Add&& add) {
    for (const DefectionRate& defection : own_state<Defection>(s).rates[a]) {
      if (!is_barred(s, defection)) {
        add(effect_of(a, defection), 0.0);
      }
    }
  }
  template <class List>
  static void unknowns(const CompiledModel&, const State& s, ActorIndex a, List& list) {
    for (const DefectionRate& defection : own_state<Defection>(s).rates[a]) {
      if (defection_rate(s, a, defection) > 0) {
        list.force(defection.from, a, false);
        list.force(defection.to, defection.whom, false);
        list.crossing(a, defection.whom);
      }
    }
  }
  template <class After>
  static void happen(const CompiledModel&, State& s, ActorIndex a, const Cell&, std::size_t k, double n, After& after) {
    defect(s, a, own_state<Defection>(s).rates[a][k], n);
    after.moved(s, a);
  }
};

}  // namespace truel::laws
