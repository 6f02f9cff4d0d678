#include "truel/ensemble/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

namespace truel::ensemble {
namespace {

constexpr double kTwoSided = 0.975;
/// Quantile of the standard normal distribution at kTwoSided.
constexpr double kNormal = 1.959963984540054;

/// What is asked of an actor, and the metric behind it.
struct ActorQuestion {
  ComparedKind kind;
  MetricKind metric;
  const char* name;
};
constexpr ActorQuestion kOfActors[] = {
    {ComparedKind::survival, MetricKind::survival_probability, "survival_probability"},
    {ComparedKind::life, MetricKind::collapse_day, "life_days"},
    {ComparedKind::value, MetricKind::value_share, "value_share"},
    {ComparedKind::people, MetricKind::population_share, "population_share"},
    {ComparedKind::losses, MetricKind::losses, "losses"},
    {ComparedKind::fighters, MetricKind::final_fighters, "final_fighters"},
};

/// An outcome and the metrics that it is made of, as indices into what is measured.
struct Question {
  ComparedOutcome outcome;
  std::vector<std::size_t> metrics;
};

struct Questions {
  std::vector<Question> all;
  std::vector<Metric> metrics;

  std::size_t ask(const Metric& metric) {
    metrics.push_back(metric);
    return metrics.size() - 1;
  }
};

/// issues: those that are settled on both sides.
Questions questions_of(const dynamics::CompiledModel& model, int issues, std::span<const ComparedOutcome> more) {
  const War& war = model.war();
  Questions q;
  for (const ActorQuestion& of : kOfActors) {
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      std::vector<std::size_t> metrics{q.ask({.kind = of.metric, .actor = a})};
      if (of.kind == ComparedKind::life) {
        metrics.push_back(q.ask({.kind = MetricKind::survival_probability, .actor = a}));
      }
      q.all.push_back(
          {{of.kind, a, kNone, {}, fmt::format("actors.{}.{}", war.actors[at(a)].id, of.name)}, std::move(metrics)});
    }
  }
  const int rounds = model.settlement().rounds;
  for (IssueIndex i = 0; i < issues; ++i) {
    const std::size_t median = q.ask({.kind = MetricKind::settlement_median, .issue = i, .round = rounds});
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      const std::size_t wanted = q.ask({.kind = MetricKind::settlement_position, .actor = a, .issue = i, .round = 0});
      q.all.push_back({{ComparedKind::distance,
                        a,
                        i,
                        {},
                        fmt::format("settlement.{}.distance.{}", war.issues[at(i)], war.actors[at(a)].id)},
                       {median, wanted}});
    }
  }
  for (IssueIndex i = 0; i < issues; ++i) {
    q.all.push_back({{ComparedKind::settlement, kNone, i, {}, fmt::format("settlement.{}.median", war.issues[at(i)])},
                     {q.ask({.kind = MetricKind::settlement_median, .issue = i, .round = rounds})}});
  }
  q.all.push_back(
      {{ComparedKind::harm, kNone, kNone, {}, "civilian_harm"}, {q.ask({.kind = MetricKind::civilian_harm})}});
  for (const ComparedOutcome& outcome : more) {
    q.all.push_back({outcome, {q.ask(outcome.metric)}});
  }
  return q;
}

std::vector<double> numbers_of(const Question& question, const Measurement& measured, int n_days) {
  std::vector<double> numbers = measured.numbers[question.metrics[0]];
  for (std::size_t r = 0; r < numbers.size() && question.metrics.size() > 1; ++r) {
    const double other = measured.numbers[question.metrics[1]][r];
    numbers[r] = question.outcome.kind == ComparedKind::distance ? std::abs(numbers[r] - other)
                 : other == 1                                    ? n_days
                                                                 : numbers[r];
  }
  return numbers;
}

ComparedRow row_of(const Question& question, const Measurement& first, const Measurement& second, int n_days) {
  ComparedRow row;
  row.outcome = question.outcome;
  row.first_numbers = numbers_of(question, first, n_days);
  row.second_numbers = numbers_of(question, second, n_days);
  std::vector<double> one = row.first_numbers;
  std::vector<double> other = row.second_numbers;
  const std::vector<double> difference = differences(other, one);
  std::size_t gained = 0;
  for (std::size_t r = 0; r < difference.size(); ++r) {
    if (std::isnan(difference[r])) {
      one[r] = other[r] = kAbsent;
    } else {
      row.changed += difference[r] != 0;
      gained += difference[r] > 0;
    }
  }
  row.first = mean_of(one);
  row.second = mean_of(other);
  row.difference = mean_of(difference);
  const bool is_event =
      question.outcome.kind == ComparedKind::survival ||
      (question.outcome.kind == ComparedKind::metric && metric_info(question.outcome.metric.kind).is_probability);
  const Interval interval =
      is_event ? matched_proportions(row.difference.n, gained, row.changed - gained) : mean_interval(row.difference);
  const bool is_share = question.outcome.kind == ComparedKind::value || question.outcome.kind == ComparedKind::people;
  row.low = is_share ? std::max(-1.0, interval.low) : interval.low;  // of few pairs t reaches far
  row.high = is_share ? std::min(1.0, interval.high) : interval.high;
  return row;
}

bool same(const Distribution& x, const Distribution& y) {
  const auto equal = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
  return x.kind == y.kind && equal(x.a, y.a) && equal(x.b, y.b) && equal(x.c, y.c) && x.among == y.among;
}

/// Days between stored states that store every day that is asked for.
int stored_every(const std::vector<Metric>& metrics, int n_days) {
  return std::accumulate(metrics.begin(), metrics.end(), std::max(1, n_days), [](int every, const Metric& metric) {
    return metric.day > 0 ? std::gcd(every, metric.day) : every;
  });
}

}  // namespace

std::optional<Day> fork_day(const War& first, const War& second) {
  TRUEL_CHECK(first.parameters.size() == second.parameters.size() && first.start == second.start &&
              first.end == second.end);
  std::vector<Day> from(first.parameters.size(), first.start);
  const auto dated = [&](int parameter, Day day) { from[at(parameter)] = std::max(first.start, day); };
  for (std::size_t i = 0; i < first.interventions.size(); ++i) {
    const Intervention& row = first.interventions[i];
    dated(first.intervention(static_cast<int>(i)), row.date);
    if (row.compliance != kNone) {
      dated(row.compliance, row.date);
    }
  }
  for (std::size_t s = 0; s < first.sponsors.size(); ++s) {
    for (std::size_t p = 0; p < sponsor_parameters().size(); ++p) {
      dated(first.sponsor(static_cast<int>(s), static_cast<SponsorParameter>(p)), first.sponsors[s].from);
    }
  }
  std::optional<Day> fork;
  for (std::size_t i = 0; i < first.parameters.size(); ++i) {
    if (from[i] <= first.end && (!fork || from[i] < *fork) &&
        !same(first.parameters[i].distribution, second.parameters[i].distribution)) {
      fork = from[i];
    }
  }
  return fork;
}

Interval matched_proportions(std::size_t pairs, std::size_t gained, std::size_t lost) {
  if (pairs == 0) {
    return {};
  }
  const double n = static_cast<double>(pairs) + 2;
  const double up = static_cast<double>(gained) + 0.5;
  const double down = static_cast<double>(lost) + 0.5;
  const double middle = (up - down) / n;
  const double half = kNormal * std::sqrt(up + down - (up - down) * (up - down) / n) / n;
  return {std::max(-1.0, middle - half), std::min(1.0, middle + half)};
}

Interval mean_interval(const Mean& mean) {
  if (mean.n < 2) {
    return {};
  }
  const boost::math::students_t_distribution<double> t(static_cast<double>(mean.n) - 1);
  const double half = mean.standard_error * boost::math::quantile(t, kTwoSided);
  return {mean.value - half, mean.value + half};
}

Comparison compare(const dynamics::CompiledModel& first, const dynamics::CompiledModel& second,
                   const EnsembleOptions& options, std::span<const ComparedOutcome> more) {
  Comparison result;
  result.runs = options.runs;
  result.fork = fork_day(first.war(), second.war());
  const int issues = std::min(first.settlement().issues, second.settlement().issues);
  std::size_t done = 0;
  double seconds = 0;
  const auto measured = [&](const dynamics::CompiledModel& model, const Questions& questions) {
    EnsembleOptions side = options;
    side.solve.every_days = stored_every(questions.metrics, model.n_days());
    side.progress = [&options, done, seconds_before = seconds, &seconds](const Progress& p) {
      seconds = seconds_before + p.seconds;
      if (options.progress) {
        options.progress({done + p.done, std::size_t{2} * options.runs, seconds});
      }
    };
    Measurement measurement = measure(model, side, questions.metrics);
    done += options.runs;
    return measurement;
  };
  const Questions questions = questions_of(first, issues, more);
  const Measurement of_first = measured(first, questions);
  const Measurement of_second = measured(second, questions_of(second, issues, more));
  result.first_failed = of_first.failed;
  result.second_failed = of_second.failed;
  for (const Question& question : questions.all) {
    result.rows.push_back(row_of(question, of_first, of_second, first.n_days()));
  }
  return result;
}

}  // namespace truel::ensemble
