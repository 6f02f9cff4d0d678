#include "truel/ensemble/summary/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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

/// What a law said of the issue on the last day; kAbsent where none does or where it looks fewer rounds ahead.
double of_issue(const MetricInput& in, ActorIndex a) {
  const IssueShape& shape = in.model.issues();
  const bool is_said = shape.issues > 0 && in.metric.round <= shape.rounds;
  return is_said ? in.run.issues[shape.place(in.info.detail, in.metric.issue, in.metric.round, a, in.metric.other)]
                 : kAbsent;
}

double total_of_issue(const MetricInput& in) {
  if (in.model.issues().issues == 0) {
    return kAbsent;
  }
  double total = 0;
  for (ActorIndex a = 0; a < in.model.n_actors(); ++a) {
    const double own = of_issue(in, a);
    total += std::isnan(own) ? 0 : own;
  }
  return total;
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

constexpr MetricInfo kOfPlacesAndAll[] = {
    {.shape = "places.PLACE.control.ACTOR",
     .scale = event,
     .meaning = "the actor holds the place on the last day",
     .value = [](const MetricInput& in) { return holds(in, in.days.size() - 1); },
     .fact = Fact::holder},
    {.shape = "places.PLACE.control.ACTOR.DAY",
     .scale = event,
     .meaning = "the actor holds the place on that day",
     .value = [](const MetricInput& in) { return holds(in, time_of(in)); },
     .fact = Fact::holder},
    {.shape = "places.PLACE.taken_day.ACTOR",
     .scale = day,
     .meaning = "first stored day on which the actor holds the place (all days are stored unless `every` is given), "
                "over the runs in which it ever does",
     .value = taken_day,
     .needs_every_day = true,
     .fact = Fact::first_held},
    {"places.PLACE.support.ACTOR", share, "share of the people of the place who stand behind the actor on the last day",
     [](const MetricInput& in) { return in.run.support[at(in.metric.place * in.model.n_actors() + in.metric.actor)]; }},
    {"civilian_harm", people, "persons harmed by all fire and strikes",
     [](const MetricInput& in) { return in.run.civilian_harm; }},
    {"nobody_probability", event, "no ground actor has fighters on the last day",
     [](const MetricInput& in) { return ground_actors_left(in.run, in.model) == 0 ? 1.0 : 0.0; }},
    {"last_extinction_day", day,
     "days until the last of those who lost all fighters did, over the runs in which one did", last_extinction},
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

/// What a metric of an issue names behind the result, by IssueResultInfo::Of.
constexpr std::array<std::string_view, 4> kOfIssue = {".ROUND", ".ACTOR.ROUND", ".ACTOR", ".ACTOR.ACTOR"};

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
  // Those of rounds, totals, then those of actors.
  const auto add_issues = [&] {
    const IssueLawInfo& law = issue_law();
    const std::span<const IssueResultInfo> results = law.results;
    const auto add_each = [&](bool are_rounds) {
      for (std::size_t k = 0; k < results.size(); ++k) {
        const IssueResultInfo& info = results[k];
        const bool is_round = info.of == IssueResultInfo::Of::round || info.of == IssueResultInfo::Of::round_and_actor;
        if (is_round == are_rounds) {
          add_one(fmt::format("{}.ISSUE.{}{}", law.name, info.name, kOfIssue.at(static_cast<std::size_t>(info.of))),
                  {.scale = info.scale,
                   .meaning = info.meaning,
                   .value = [](const MetricInput& in) { return of_issue(in, in.metric.actor); }},
                  k);
        }
      }
    };
    add_each(true);
    for (std::size_t k = 0; k < results.size(); ++k) {
      if (!results[k].total.empty()) {
        add_one(fmt::format("{}.ISSUE.{}", law.name, results[k].name),
                {.scale = number, .meaning = results[k].total, .value = total_of_issue}, k);
      }
    }
    add_each(false);
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
                   },
               .fact = info.outcome == ActorOutcome::value_share ? Fact::land : Fact::none},
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
  add(kOfPlacesAndAll);
  add_issues();
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
