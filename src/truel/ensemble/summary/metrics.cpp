#include "truel/ensemble/summary/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <string>

#include "truel/laws/laws.hpp"
#include "truel/model/results/attack_tally.hpp"

namespace truel {
namespace {

using solver::Run;
using enum OutcomeScale;

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

double last_extinction(const MetricInput& in) {
  double last = kAbsent;
  for (ActorIndex a = 0; a < in.model.n_actors(); ++a) {
    last = std::fmax(last, in.run.of(a, ActorOutcome::extinction_day));  // of a number and NaN it is the number
  }
  return last;
}

/// Number of the metric's day among the stored ones.
std::size_t time_of(const MetricInput& in) {
  const auto stored = std::lower_bound(in.days.begin(), in.days.end(), in.metric.day);
  TRUEL_CHECK(stored != in.days.end() && *stored == in.metric.day);
  return static_cast<std::size_t>(stored - in.days.begin());
}

/// First stored day on which the actor holds the place; NaN if there is none.
double taken_day(const MetricInput& in) {
  const auto spells = std::span(in.run.control).subspan(at(in.metric.place) * in.days.size(), in.days.size());
  const auto taken = std::find(spells.begin(), spells.end(), in.metric.actor);
  return taken == spells.end() ? kAbsent : in.days[static_cast<std::size_t>(taken - spells.begin())];
}

double holds(const MetricInput& in, std::size_t time) {
  return in.run.control[at(in.metric.place) * in.days.size() + time] == in.metric.actor ? 1 : 0;
}

std::size_t pair_of(const MetricInput& in) {
  return at(in.metric.actor * in.model.n_actors() + in.metric.other);
}

/// A share of the games of best responses.
double of_games(const MetricInput& in, double laws::GameTally::*part) {
  return in.run.games.games > 0 ? in.run.games.*part / in.run.games.games : kAbsent;
}

/// kAbsent where its law can not act.
double war_outcome(const MetricInput& in, WarOutcome outcome, ActorIndex a) {
  const int place = laws::place_of(in.model, outcome, a);
  return place == kNone ? kAbsent : in.run.war_outcome[at(place)];
}

/// kAbsent where no law moves it.
double alignment_at(const MetricInput& in, std::size_t time) {
  const std::size_t pair = solver::alignment_pair(in.model.n_actors(), in.metric.actor, in.metric.other);
  return static_cast<double>(in.run.alignment[pair * in.days.size() + time]);
}

double is_harmony(const MetricInput& in) {
  return war_outcome(in, laws::war_outcome_of<laws::Alignment>(laws::Alignment::friendly_share), 0) == 1 ? 1 : 0;
}

/// What the settlement law said on the last day; NaN where it does not act or looks fewer rounds ahead.
template <class Where>
double settlement(const MetricInput& in, Where&& where) {
  const SettlementShape& shape = in.model.settlement();
  return shape.issues == 0 || in.metric.round > shape.rounds ? kAbsent : in.run.settlement[where(shape)];
}

double seat(const MetricInput& in, SeatFact fact, ActorIndex a) {
  return settlement(in, [&](const SettlementShape& s) { return s.seat(in.metric.issue, fact, a); });
}

double power_at_the_table(const MetricInput& in) {
  if (in.model.settlement().issues == 0) {
    return kAbsent;
  }
  double power = 0;
  for (ActorIndex a = 0; a < in.model.settlement().actors; ++a) {
    const double own = seat(in, SeatFact::power, a);
    power += std::isnan(own) ? 0 : own;
  }
  return power;
}

bool moves_alignment(const MetricInput& in) {
  return laws::Alignment::may_act(in.model);
}

/// Those of one kind, before the lists of the same kind or after them.
constexpr MetricInfo kEndsOfActors[] = {
    {"actors.ACTOR.survival_probability", event, "it has not collapsed by the last day",
     [](const MetricInput& in) { return in.run.of(in.metric.actor, ActorOutcome::survives); }},
    {"actors.ACTOR.alone_probability", event, "it is the only ground actor with fighters on the last day",
     [](const MetricInput& in) {
       return has_fighters(in.run, in.metric.actor) && ground_actors_left(in.run, in.model) == 1 ? 1.0 : 0.0;
     }},
    {"actors.ACTOR.extinction_probability", event, "it has no fighters on the last day",
     [](const MetricInput& in) { return has_fighters(in.run, in.metric.actor) ? 0.0 : 1.0; }},
};

constexpr MetricInfo kOfFighters[] = {
    {"actors.ACTOR.fighters.DAY", people, "its fighters on that day",
     [](const MetricInput& in) {
       return static_cast<double>(in.run.fighters[at(in.metric.actor) * in.days.size() + time_of(in)]);
     }},
    {.shape = "dyads.ACTOR.ACTOR.losses",
     .scale = people,
     .meaning = "fighters of the second killed by the first",
     .value = [](const MetricInput& in) { return in.run.losses[pair_of(in)]; },
     .is_studied = true},
    {.shape = "dyads.ACTOR.ACTOR.effort_share",
     .scale = share,
     .meaning = "mean share of the first one's effort that goes at the second",
     .value = [](const MetricInput& in) { return in.run.effort[pair_of(in)]; },
     .is_studied = true},
};

constexpr MetricInfo kOfPlacesAndTalks[] = {
    {"places.PLACE.control.ACTOR", event, "the actor holds the place on the last day",
     [](const MetricInput& in) { return holds(in, in.days.size() - 1); }},
    {"places.PLACE.control.ACTOR.DAY", event, "the actor holds the place on that day",
     [](const MetricInput& in) { return holds(in, time_of(in)); }},
    {.shape = "places.PLACE.taken_day.ACTOR",
     .scale = day,
     .meaning = "first stored day on which the actor holds the place (all days are stored unless `every` is given), "
                "over the runs in which it ever does",
     .value = taken_day,
     .needs_every_day = true},
    {"places.PLACE.support.ACTOR", share, "share of the people of the place who stand behind the actor on the last day",
     [](const MetricInput& in) { return in.run.support[at(in.metric.place * in.model.n_actors() + in.metric.actor)]; }},
    {"civilian_harm", people, "persons harmed by all fire and strikes",
     [](const MetricInput& in) { return in.run.civilian_harm; }},
    {"nobody_probability", event, "no ground actor has fighters on the last day",
     [](const MetricInput& in) { return ground_actors_left(in.run, in.model) == 0 ? 1.0 : 0.0; }},
    {"last_extinction_day", day,
     "days until the last of those who lost all fighters did, over the runs in which one did", last_extinction},
    {"settlement.ISSUE.median.ROUND", number,
     "median of the positions after the round, weighted by power; of an election after round 1, by chances",
     [](const MetricInput& in) {
       return settlement(in, [&](const SettlementShape& s) { return s.median(in.metric.issue, in.metric.round); });
     }},
    {"settlement.ISSUE.mean.ROUND", number, "the same, the mean",
     [](const MetricInput& in) {
       return settlement(in, [&](const SettlementShape& s) { return s.mean(in.metric.issue, in.metric.round); });
     }},
    {"settlement.ISSUE.position.ACTOR.ROUND", number, "its position after the round",
     [](const MetricInput& in) {
       return settlement(
           in, [&](const SettlementShape& s) { return s.position(in.metric.issue, in.metric.round, in.metric.actor); });
     }},
    {"settlement.ISSUE.power", number, "capability times salience of all at the table", power_at_the_table},
};

constexpr MetricInfo kOfDecisionsAndTies[] = {
    {"decisions.games", people, "decisions at which commands with the doctrine best-response played their game",
     [](const MetricInput& in) { return in.run.games.games; }},
    {"decisions.converged", share, "share of these games in which nobody gained by changing in the end",
     [](const MetricInput& in) { return of_games(in, &laws::GameTally::converged); }},
    {"decisions.cycles", share, "share of these games in which the best responses went round",
     [](const MetricInput& in) { return of_games(in, &laws::GameTally::cycles); }},
    {"decisions.rounds", number, "rounds of best responses, on average over these games",
     [](const MetricInput& in) { return of_games(in, &laws::GameTally::rounds); }},
    {"ties.ACTOR.ACTOR.alignment", number,
     "their alignment on the last day, where laws.alignment may act (as for all that follow)",
     [](const MetricInput& in) { return moves_alignment(in) ? alignment_at(in, in.days.size() - 1) : kAbsent; }},
    {"ties.ACTOR.ACTOR.alignment.DAY", number, "their alignment on that day",
     [](const MetricInput& in) { return moves_alignment(in) ? alignment_at(in, time_of(in)) : kAbsent; }},
};

constexpr MetricInfo kLast[] = {
    {"alignment.harmony_probability", event, "the alignment of every pair is above 0 on the last day",
     [](const MetricInput& in) { return moves_alignment(in) ? is_harmony(in) : kAbsent; }},
    {"cases.count", people, "rows of the table of cases", nullptr, kCasesCount},
    {"cases.relative_error", people,
     "mean of |metric - record| / record over all cases and all metrics that the table has a record of", nullptr,
     kCasesRelativeError},
};

std::vector<MetricInfo> all_metrics() {
  static std::deque<std::string> shapes;  // they stay where they are while more come
  std::vector<MetricInfo> all;
  const auto add = [&](std::span<const MetricInfo> rows) { all.insert(all.end(), rows.begin(), rows.end()); };
  // Of a list whose rows have a number each.
  const auto add_one = [&](std::string shape, MetricInfo row, auto which) {
    row.shape = shapes.emplace_back(std::move(shape));
    row.detail = static_cast<int>(which);
    all.push_back(row);
  };
  add(kEndsOfActors);
  for (const ActorOutcomeInfo& info : actor_outcomes()) {
    if (info.is_in(kInMetrics)) {
      add_one(fmt::format("actors.ACTOR.{}", info.name),
              {.scale = info.scale,
               .meaning = info.meaning,
               .value =
                   [](const MetricInput& in) {
                     return in.run.of(in.metric.actor, static_cast<ActorOutcome>(in.info.detail));
                   }},
              info.outcome);
    }
  }
  add(kOfFighters);
  for (std::size_t k = 0; k < kAttackTallyCount; ++k) {
    const AttackTallyInfo& info = kAttackTallies[k];
    add_one(
        fmt::format("dyads.ACTOR.ACTOR.{}", info.name),
        {.scale = info.is_day ? day : people,
         .meaning = info.meaning,
         .value =
             [](const MetricInput& in) { return in.run.attacks[pair_of(in) * kAttackTallyCount + at(in.info.detail)]; },
         .is_studied = true},
        k);
  }
  add(kOfPlacesAndTalks);
  for (std::size_t k = 0; k < kSeatFacts.size(); ++k) {
    add_one(
        fmt::format("settlement.ISSUE.{}.ACTOR", kSeatFacts[k].name),
        {.scale = kSeatFacts[k].scale,
         .meaning = kSeatFacts[k].meaning,
         .value =
             [](const MetricInput& in) { return seat(in, static_cast<SeatFact>(in.info.detail), in.metric.actor); }},
        k);
  }
  for (std::size_t k = 0; k < kContestFacts.size(); ++k) {
    add_one(fmt::format("settlement.ISSUE.{}.ACTOR.ACTOR", kContestFacts[k].name),
            {.scale = kContestFacts[k].scale,
             .meaning = kContestFacts[k].meaning,
             .value =
                 [](const MetricInput& in) {
                   return settlement(in, [&](const SettlementShape& s) {
                     return s.contest(in.metric.issue, static_cast<ContestFact>(in.info.detail), in.metric.actor,
                                      in.metric.other);
                   });
                 }},
            k);
  }
  add(kOfDecisionsAndTies);
  for (std::size_t k = 0; k < war_outcomes().size(); ++k) {
    const WarOutcomeInfo& info = war_outcomes()[k];
    const bool is_of_actors = info.of == WarOutcomeInfo::Of::actor;
    add_one(fmt::format("{}{}", info.name, is_of_actors ? ".ACTOR" : ""),
            {.scale = info.scale,
             .meaning = info.meaning,
             .value =
                 [](const MetricInput& in) {
                   return war_outcome(in, static_cast<WarOutcome>(in.info.detail), in.metric.actor);
                 },
             .is_studied = true},
            k);
  }
  add(kLast);
  return all;
}

}  // namespace

std::span<const MetricInfo> metrics() {
  static const std::vector<MetricInfo> all = all_metrics();
  return all;
}

}  // namespace truel

namespace truel::ensemble {

double value_in(const solver::Run& run, const Metric& metric, const CompiledModel& model, std::span<const int> days) {
  const MetricInfo& info = info_of(metric);
  return info.value == nullptr ? kAbsent : info.value({run, metric, info, model, days});
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
