// Deserters among the fighters whom income cannot sustain (supply).
#pragma once

#include <algorithm>

#include "truel/laws/law.hpp"
#include "truel/laws/recruitment/supply.hpp"

namespace truel::laws {

struct IncomeState {
  IncomeState(const CompiledModel& model) : unpaid(at(model.n_actors())) {}
  ListBy<ActorIndex, std::vector<DesertionSite>> unpaid;  ///< [actor]
};

/// A group is an actor. Entries: the places where it has unpaid fighters. Their hazard is small, so that a Poisson
/// number of deserters, never more than stand at a place, is as good in the leap as a binomial one at every place.
struct Income : Law {
  using Own = IncomeState;
  enum Number { on, tax_per_1000 };
  static constexpr std::array kPositions{NumberPosition{on, 19}};
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.income.on", "switch", 0, 0, 1, "fighters that income cannot sustain desert"},
      {"laws.income.tax_per_1000", "fighters per 1000 persons", 0, 0, 1000, "sustained by the people of a held place"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.income.tax_per_1000", {"actors.*.income=given", "places.*.population"}},
      {"actors.income", {"actors.desertion_per_day"}},
      {"actors.income", {"laws.defection.on", "laws.defection.unpaid_gain"}},
      {"actors.desertion_per_day", {"actors.income=given"}},
      {"places.resources", {"actors.*.income=given"}},
      {"sponsors.finance", {"actors.*.income=given"}},
      {"ties.trade", {"actors.income=given", "actors.desertion_per_day", "ties.bargain"}},
      {"ties.trade", {"actors.income=given", "laws.defection.on", "laws.defection.unpaid_gain", "ties.bargain"}},
      {"ties.bargain", {"actors.*.income=given", "ties.*.trade"}},
      {"ties.passage", {"actors.*.income=given"}},
  });

  enum Outcome { deserted };
  static constexpr std::array kOutcomes = std::to_array<ActorOutcomeInfo>({
      {.name = "deserted",
       .scale = OutcomeScale::people,
       .flow = Flow::departure,
       .shown = kShownEverywhere,
       .phrase = "deserters of {}",
       .meaning = "its fighters who deserted",
       .position = 7},
  });

  static constexpr Purpose kPurpose{4};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "desertion", "actor", "deserters of the step and where they stood"},
  });

  static constexpr Scope kScope = Scope::actor;

  static int groups(const State& s) { return s.n_actors; }
  static bool is_open(const State& s, ActorIndex a) { return !own_state<Income>(s).unpaid[a].empty(); }
  static bool is_touched(const State&, const Change& change, ActorIndex a) { return change.actor == a; }

  static void update_rates(const CompiledModel& model, const State& s, ActorIndex a, double, Cell& cell) {
    const double delta = s.value(model.war().actor(a, ActorParameter::desertion_per_day));
    const std::vector<DesertionSite>& unpaid = own_state<Income>(s).unpaid[a];
    double* rate = cell.of_entries(unpaid.size());
    for (const DesertionSite& those : unpaid) {
      *rate++ = desertion_rate(s, a, those, delta);
    }
  }
  static Effect effect(const State& s, ActorIndex a, const Cell&, std::size_t k) {
    return {.place = own_state<Income>(s).unpaid[a][k].place, .who = a, .counted = outcome_of<Income>(deserted)};
  }
  template <class List>
  static void unknowns(const CompiledModel&, const State& s, ActorIndex a, List& list) {
    list.counted(outcome_of<Income>(deserted), a);
    for (const DesertionSite& unpaid : own_state<Income>(s).unpaid[a]) {
      if (s.fighters[s.slot(unpaid.place, a)] > 0) {
        list.force(unpaid.place, a, false);
      }
    }
  }
};

}  // namespace truel::laws
