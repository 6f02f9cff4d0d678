#include "truel/ensemble/summary/metrics.hpp"

#include <algorithm>
#include <cmath>

#include "truel/laws/laws.hpp"

namespace truel::ensemble {
namespace {

using solver::Run;

bool has_fighters(const Run& run, ActorIndex a) {
  return run.of(a, ActorOutcome::final_fighters) > 0;
}

/// How many ground actors have fighters on the last day.
int ground_actors_left(const Run& run, const CompiledModel& model) {
  int left = 0;
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    left += !model.is_air(a) && has_fighters(run, a);
  }
  return left;
}

double last_extinction(const Run& run, const CompiledModel& model) {
  double last = kAbsent;
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    last = std::fmax(last, run.of(a, ActorOutcome::extinction_day));  // of a number and NaN it is the number
  }
  return last;
}

/// Number of the metric's day among the stored ones.
std::size_t time_of(const Metric& metric, std::span<const int> days) {
  const auto stored = std::lower_bound(days.begin(), days.end(), metric.day);
  TRUEL_CHECK(stored != days.end() && *stored == metric.day);
  return static_cast<std::size_t>(stored - days.begin());
}

/// First stored day on which the actor holds the place; NaN if there is none.
double taken_day(const Run& run, const Metric& metric, std::span<const int> days) {
  const auto spells = std::span(run.control).subspan(at(metric.place) * days.size(), days.size());
  const auto taken = std::find(spells.begin(), spells.end(), metric.actor);
  return taken == spells.end() ? kAbsent : days[static_cast<std::size_t>(taken - spells.begin())];
}

/// kAbsent where its law can not act.
double war_outcome(const Run& run, const CompiledModel& model, WarOutcome outcome, ActorIndex a = 0) {
  const int place = laws::place_of(model, outcome, a);
  return place == kNone ? kAbsent : run.war_outcome[at(place)];
}

/// The metrics of alignment, of a run in which it may move.
double alignment_value(const Run& run, const Metric& metric, const CompiledModel& model, std::span<const int> days) {
  const auto on = [&](std::size_t time) {
    const std::size_t pair = solver::alignment_pair(model.n_actors(), metric.actor, metric.other);
    return static_cast<double>(run.alignment[pair * days.size() + time]);
  };
  switch (metric.kind) {
    case MetricKind::tie_alignment:
      return on(days.size() - 1);
    case MetricKind::tie_alignment_on_day:
      return on(time_of(metric, days));
    case MetricKind::alignment_harmony_probability:
      return war_outcome(run, model, laws::war_outcome_of<laws::Alignment>(laws::Alignment::friendly_share)) == 1 ? 1
                                                                                                                  : 0;
    default:
      return kAbsent;
  }
}

/// What the settlement law said on the last day; NaN where it does not act or looks fewer rounds ahead.
double settlement_in(const Run& run, const Metric& metric, const CompiledModel& model) {
  const SettlementShape& shape = model.settlement();
  if (shape.issues == 0 || metric.round > shape.rounds) {
    return kAbsent;
  }
  switch (metric.kind) {
    case MetricKind::settlement_median:
      return run.settlement[shape.median(metric.issue, metric.round)];
    case MetricKind::settlement_mean:
      return run.settlement[shape.mean(metric.issue, metric.round)];
    case MetricKind::settlement_position:
      return run.settlement[shape.position(metric.issue, metric.round, metric.actor)];
    case MetricKind::settlement_seat:
      return run.settlement[shape.seat(metric.issue, static_cast<SeatFact>(metric.detail), metric.actor)];
    case MetricKind::settlement_contest:
      return run
          .settlement[shape.contest(metric.issue, static_cast<ContestFact>(metric.detail), metric.actor, metric.other)];
    default:
      break;
  }
  double power = 0;
  for (ActorIndex a = 0; a < shape.actors; ++a) {
    const double own = run.settlement[shape.seat(metric.issue, SeatFact::power, a)];
    power += std::isnan(own) ? 0 : own;
  }
  return power;
}

}  // namespace

double value_in(const Run& run, const Metric& metric, const CompiledModel& model, std::span<const int> days) {
  const auto n_times = days.size();
  const auto pair = [&] { return at(metric.actor * model.n_actors() + metric.other); };
  if (is_of_settlement(metric.kind)) {
    return settlement_in(run, metric, model);
  }
  switch (metric.kind) {
    case MetricKind::survival_probability:
      return run.of(metric.actor, ActorOutcome::survives);
    case MetricKind::alone_probability:
      return has_fighters(run, metric.actor) && ground_actors_left(run, model) == 1 ? 1 : 0;
    case MetricKind::extinction_probability:
      return has_fighters(run, metric.actor) ? 0 : 1;
    case MetricKind::actor_outcome:
      return run.of(metric.actor, static_cast<ActorOutcome>(metric.detail));
    case MetricKind::fighters:
      return static_cast<double>(run.fighters[at(metric.actor) * n_times + time_of(metric, days)]);
    case MetricKind::dyad_losses:
      return run.losses[pair()];
    case MetricKind::dyad_effort_share:
      return run.effort[pair()];
    case MetricKind::dyad_attacks:
      return run.attacks[pair() * kAttackTallyCount + at(metric.detail)];
    case MetricKind::place_control:
      return run.control[at(metric.place) * n_times + n_times - 1] == metric.actor ? 1 : 0;
    case MetricKind::place_control_on_day:
      return run.control[at(metric.place) * n_times + time_of(metric, days)] == metric.actor ? 1 : 0;
    case MetricKind::place_taken_day:
      return taken_day(run, metric, days);
    case MetricKind::place_support:
      return run.support[at(metric.place * model.n_actors() + metric.actor)];
    case MetricKind::war_outcome:
      return war_outcome(run, model, static_cast<WarOutcome>(metric.detail), metric.actor);
    case MetricKind::civilian_harm:
      return run.civilian_harm;
    case MetricKind::nobody_probability:
      return ground_actors_left(run, model) == 0 ? 1 : 0;
    case MetricKind::last_extinction_day:
      return last_extinction(run, model);
    case MetricKind::decisions_games:
      return run.games.games;
    case MetricKind::decisions_converged:
      return run.games.games > 0 ? run.games.converged / run.games.games : kAbsent;
    case MetricKind::decisions_cycles:
      return run.games.games > 0 ? run.games.cycles / run.games.games : kAbsent;
    case MetricKind::decisions_rounds:
      return run.games.games > 0 ? run.games.rounds / run.games.games : kAbsent;
    default:
      return laws::Alignment::may_act(model) ? alignment_value(run, metric, model, days) : kAbsent;
  }
  return kAbsent;
}

std::optional<Metric> on_stored_day(const Metric& metric, const War& war, std::span<const int> days) {
  if (metric.day < 0 && !metric.is_date) {
    return metric;
  }
  const int day = metric.is_date ? metric.day - war.start : metric.day;
  if (days.empty() || day < days.front() || day > days.back()) {
    return std::nullopt;
  }
  Metric stored = metric;
  stored.day = *(std::upper_bound(days.begin(), days.end(), day) - 1);
  stored.is_date = false;
  return stored;
}

}  // namespace truel::ensemble
