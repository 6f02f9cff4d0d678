#include "truel/solver/results/last_day.hpp"

#include <algorithm>
#include <cmath>

#include "truel/base/bytes/hash.hpp"
#include "truel/laws/laws.hpp"

namespace truel::solver {

std::uint64_t fingerprint_of(const Run& run) {
  const double scalars[] = {static_cast<double>(run.status),
                            run.civilian_harm,
                            run.games.games,
                            run.games.converged,
                            run.games.cycles,
                            run.games.rounds};
  std::uint64_t hash = hash_of(std::span<const double>(scalars));
  hash = hash_of(std::span<const laws::PlanTally>(run.plans), hash);
  for (const auto* part : {&run.fighters, &run.value_share, &run.dyad_losses, &run.issue_series, &run.alignment}) {
    hash = hash_of(std::span<const float>(*part), hash);
  }
  hash = hash_of(std::span<const std::int8_t>(run.control), hash);
  for (const auto* part : {&run.losses, &run.effort, &run.attacks, &run.outcome, &run.support, &run.draws, &run.issues,
                           &run.war_outcome}) {
    hash = hash_of(std::span<const double>(*part), hash);
  }
  return hash;
}

void finish(const CompiledModel& model, const State& s, const CollapseWatch& collapse,
            const std::vector<double>& extinction, Run& run) {
  const War& war = model.war();
  const int n = s.n_actors;
  const std::span<const ActorOutcomeInfo> outcomes = actor_outcomes();
  double people = 0;
  double value = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    people += s.population[p];
    value += s.value(war.place(p, PlaceParameter::value));
  }
  for (ActorIndex a = 0; a < n; ++a) {
    double own_people = 0;
    double own_value = 0;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      if (s.control[p] == a) {
        own_people += s.population[p];
        own_value += s.value(war.place(p, PlaceParameter::value));
      }
    }
    const double collapse_day = collapse.day(a);
    for (std::size_t k = 0; k < outcomes.size(); ++k) {
      if (outcomes[k].flow != Flow::not_counted) {
        run.outcome[at(a) * outcomes.size() + k] = s.tally(outcomes[k].outcome, a);
      }
    }
    run.of(a, ActorOutcome::first_fighters) = s.tallies.first_fighters[a];
    run.of(a, ActorOutcome::final_fighters) = total_fighters(s, a);
    laws::see_actor(s, a, [&](ActorOutcome outcome, double seen) { run.of(a, outcome) = seen; });
    run.of(a, ActorOutcome::population_share) = people > 0 ? own_people / people : 0;
    run.of(a, ActorOutcome::value_share) = value > 0 ? own_value / value : 0;
    const bool is_rated = !model.is_air(a) && collapse.is_in_the_war(a);
    run.of(a, ActorOutcome::survives) = !is_rated ? kAbsent : std::isnan(collapse_day) ? 1 : 0;
    run.of(a, ActorOutcome::collapse_day) = collapse_day;
    run.of(a, ActorOutcome::turn_day) = laws::own_state<laws::Priority>(s).turn_day[a];
    run.of(a, ActorOutcome::extinction_day) = extinction[at(a)];
    run.civilian_harm += s.tally(ActorOutcome::harm, a);
    for (ActorIndex b = 0; b < n; ++b) {
      run.losses[at(a * n + b)] = s.tallies.losses[s.pair(a, b)];
      run.effort[at(a * n + b)] = s.tallies.effort_days[s.pair(a, b)] / std::max(1, model.n_days());
    }
  }
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    for (ActorIndex a = 0; a < n; ++a) {
      run.support[at(p * n + a)] = s.support[s.slot(p, a)];
    }
  }
  laws::see_war(model, s, run.war_outcome);
  run.attacks = s.tallies.attacks;
  run.plans = laws::own_state<laws::Operations>(s).plans;
  run.games = laws::own_state<laws::BestResponse>(s).games;
}

}  // namespace truel::solver
