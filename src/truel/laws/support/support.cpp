#include "truel/laws/support/support.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

/// Harm at a place moves support from who did it to its enemies there, and makes people leave.
void answer_harm(State& s, PlaceIndex p, double shift, double displaced) {
  double& people = s.population[p];
  double harmed = 0;
  std::array<double, kMaxActors> before;  // all lose at once, so that nobody loses what another's loss just gave it
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    before[at(a)] = s.support[s.slot(p, a)];
  }
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    double& persons = s.tallies.recent_harm[s.slot(p, a)];
    if (persons <= 0) {
      continue;
    }
    const ActorMask gainers = s.derived.hostile[a] & s.present[p];
    double& support = s.support[s.slot(p, a)];
    const double lost = std::min(before[at(a)], shift * persons / people);
    support -= lost;
    for (ActorMask rest = gainers; rest != 0; rest &= rest - 1) {
      s.support[s.slot(p, first_of(rest))] += lost / std::popcount(gainers);
    }
    harmed += persons;
    persons = 0;
  }
  people = std::max(0.0, people - displaced * harmed);
}

}  // namespace

void move_support(const CompiledModel& model, State& s, double days) {
  const War& war = model.war();
  if (s.value(war.law(number_of<Support>(Support::on))) <= 0) {
    return;
  }
  const double shift = s.value(war.law(number_of<Support>(Support::shift_per_harm)));
  const double displaced = s.value(war.law(number_of<Support>(Support::displaced_per_harm)));
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    if (s.population[p] <= 0) {
      continue;
    }
    const double* harm = &s.tallies.recent_harm[s.slot(p, 0)];
    if (std::any_of(harm, harm + s.n_actors, [](double persons) { return persons > 0; })) {
      answer_harm(s, p, shift, displaced);
    }
    const ActorIndex holder = s.control[p];
    if (holder >= 0) {
      double* of_actor = &s.support[s.slot(p, 0)];
      double& support = of_actor[holder];
      const double others =
          std::accumulate(&support + 1, of_actor + s.n_actors, std::accumulate(of_actor, &support, 0.0));
      const double legitimacy = s.value(war.actor(holder, ActorParameter::legitimacy_per_day));
      support = std::clamp(support + days * legitimacy * support * (1 - support), 0.0, std::max(0.0, 1 - others));
    }
  }
}

}  // namespace truel::laws
