#include "truel/ensemble/compare/compare.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "truel/base/formats/did_you_mean.hpp"
#include "truel/base/formats/mistakes.hpp"
#include "truel/base/statistics/nearest.hpp"
#include "truel/ensemble/compare/midways.hpp"
#include "truel/ensemble/compare/until_sure.hpp"
#include "truel/model/intervention_numbers.hpp"

namespace truel::ensemble {
namespace {

/// What is asked of an actor, and the metric behind it.
struct ActorQuestion {
  ComparedKind kind;
  const char* shape;
  const char* name;
};
constexpr ActorQuestion kOfActors[] = {
    {ComparedKind::survival, "actors.ACTOR.survival_probability", "survival_probability"},
    {ComparedKind::life, "actors.ACTOR.collapse_day", "life_days"},
    {ComparedKind::value, "actors.ACTOR.value_share", "value_share"},
    {ComparedKind::people, "actors.ACTOR.population_share", "population_share"},
    {ComparedKind::losses, "actors.ACTOR.losses", "losses"},
    {ComparedKind::fighters, "actors.ACTOR.final_fighters", "final_fighters"},
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

Questions questions_of(const CompiledModel& model, std::span<const ComparedOutcome> more) {
  const War& war = model.war();
  Questions q;
  const int issues = model.issues().issues;
  const IssueLawInfo& law = issue_law();
  const auto issue_metric = [&](int result, const char* of, const Metric& which) {
    return q.ask(metric_of(fmt::format("{}.ISSUE.{}.{}", law.name, law.results[at(result)].name, of), which));
  };
  for (const ActorQuestion& of : kOfActors) {
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      std::vector<std::size_t> metrics{q.ask(metric_of(of.shape, {.actor = a}))};
      if (of.kind == ComparedKind::life) {
        metrics.push_back(q.ask(metric_of("actors.ACTOR.survival_probability", {.actor = a})));
      }
      q.all.push_back(
          {{of.kind, a, kNone, {}, fmt::format("actors.{}.{}", war.actors[at(a)].id, of.name)}, std::move(metrics)});
    }
  }
  const int rounds = model.issues().rounds;
  for (IssueIndex i = 0; i < issues; ++i) {
    const std::size_t median = issue_metric(law.predicted, "ROUND", {.issue = i, .round = rounds});
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      const std::size_t wanted = issue_metric(law.position, "ACTOR.ROUND", {.actor = a, .issue = i, .round = 0});
      q.all.push_back({{ComparedKind::distance,
                        a,
                        i,
                        {},
                        fmt::format("{}.{}.distance.{}", law.name, war.issues[at(i)], war.actors[at(a)].id)},
                       {median, wanted}});
    }
  }
  for (IssueIndex i = 0; i < issues; ++i) {
    q.all.push_back({{ComparedKind::issue,
                      kNone,
                      i,
                      {},
                      fmt::format("{}.{}.{}", law.name, war.issues[at(i)], law.results[at(law.predicted)].name)},
                     {issue_metric(law.predicted, "ROUND", {.issue = i, .round = rounds})}});
  }
  q.all.push_back({{ComparedKind::harm, kNone, kNone, {}, "civilian_harm"}, {q.ask(metric_of("civilian_harm"))}});
  for (const ComparedOutcome& outcome : more) {
    q.all.push_back({outcome, {q.ask(outcome.metric)}});
  }
  return q;
}

using Numbers = std::vector<std::vector<double>>;  ///< [metric][realization]

std::vector<double> numbers_of(const Question& question, const Numbers& measured, int n_days, std::uint32_t runs) {
  const auto first = measured[question.metrics[0]].begin();
  std::vector<double> numbers(first, first + runs);
  for (std::size_t r = 0; r < numbers.size() && question.metrics.size() > 1; ++r) {
    const double other = measured[question.metrics[1]][r];
    numbers[r] = question.outcome.kind == ComparedKind::distance ? std::abs(numbers[r] - other)
                 : other == 1                                    ? n_days
                                                                 : numbers[r];
  }
  return numbers;
}

/// How far apart two runs can be; NaN where nothing says.
double range_of(const ComparedOutcome& outcome, int n_days) {
  switch (outcome.kind) {
    case ComparedKind::value:
    case ComparedKind::people:
      return 1;
    case ComparedKind::life:
      return n_days;
    case ComparedKind::metric: {
      const OutcomeScale scale = scale_of(outcome.metric);
      return scale == OutcomeScale::share ? 1 : scale == OutcomeScale::day ? n_days : kAbsent;
    }
    default:
      return kAbsent;
  }
}

/// Of a mean difference that no pair shows: no more than most_unseen of all pairs differ, by no more than the range.
Interval unseen_difference(std::size_t pairs, double range, double miss) {
  const double most = most_unseen(pairs, miss) * range;
  return {-most, most};
}

/// can_differ: whether the sides are not the same by what they are made of.
ComparedRow row_of(const ComparedOutcome& outcome, std::vector<double> first, std::vector<double> second, int n_days,
                   bool can_differ, double miss) {
  ComparedRow row;
  row.outcome = outcome;
  row.first_numbers = std::move(first);
  row.second_numbers = std::move(second);
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
  if (miss == kNoInterval) {
    return row;
  }
  const bool is_event = outcome.kind == ComparedKind::survival ||
                        (outcome.kind == ComparedKind::metric && info_of(outcome.metric).is_probability());
  const Interval interval = is_event ? matched_proportions(row.difference.n, gained, row.changed - gained, miss)
                            : row.changed == 0 && can_differ
                                ? unseen_difference(row.difference.n, range_of(outcome, n_days), miss)
                                : mean_interval(row.difference, miss);
  const bool is_share = outcome.kind == ComparedKind::value || outcome.kind == ComparedKind::people;
  row.low = is_share ? std::max(-1.0, interval.low) : interval.low;  // of few pairs t reaches far
  row.high = is_share ? std::min(1.0, interval.high) : interval.high;
  return row;
}

/// Who holds each place on the last day, by realization; nothing of those that failed.
using LastHolders = std::vector<std::vector<std::int8_t>>;

std::vector<std::vector<ComparedHolder>> compared_places(const CompiledModel& model, const LastHolders& first,
                                                         const LastHolders& second, std::uint32_t runs, double miss) {
  struct Count {
    std::size_t first = 0, second = 0, both = 0;
  };
  std::vector<std::vector<ComparedHolder>> places(at(model.n_places()));
  for (PlaceIndex p = 0; p < model.n_places(); ++p) {
    std::vector<Count> counts(at(model.n_actors()) + 1);  // nobody first
    std::size_t pairs = 0;
    for (std::size_t r = 0; r < runs; ++r) {
      if (first[r].empty() || second[r].empty()) {
        continue;
      }
      const int one = first[r][at(p)];
      const int other = second[r][at(p)];
      ++pairs;
      ++counts[at(one + 1)].first;
      ++counts[at(other + 1)].second;
      counts[at(one + 1)].both += one == other;
    }
    for (std::size_t k = 0; k < counts.size(); ++k) {
      const Count& c = counts[k];
      if (c.first + c.second > 0) {
        const auto n = static_cast<double>(pairs);
        const Interval all{-1, 1};
        places[at(p)].push_back(
            {static_cast<ActorIndex>(k) - 1, static_cast<double>(c.first) / n, static_cast<double>(c.second) / n,
             miss == kNoInterval ? all : matched_proportions(pairs, c.second - c.both, c.first - c.both, miss)});
      }
    }
  }
  return places;
}

bool same(const Distribution& x, const Distribution& y) {
  const auto equal = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
  return x.kind == y.kind && equal(x.a, y.a) && equal(x.b, y.b) && equal(x.c, y.c) && x.among == y.among;
}

/// Of a metric written without whom it is of, such as `fighters`, the whole name. shapes: of all metrics.
std::string metrics_named_like(std::string_view text, std::span<const std::string> shapes) {
  std::vector<std::string> names;  // the last word of each that is no placeholder
  for (const std::string& shape : shapes) {
    const auto end = shape.find_last_of("abcdefghijklmnopqrstuvwxyz") + 1;
    const auto begin = shape.rfind('.', end - 1) + 1;
    names.push_back(shape.substr(begin, end - begin));
  }
  std::vector<std::string> meant;
  for (const std::string* name : all_nearest(text, names)) {
    meant.push_back(in_quotes(shapes[static_cast<std::size_t>(name - names.data())]));
  }
  return meant.empty() ? "docs/parameters.md lists the metrics"
                       : fmt::format("did you mean {}?", fmt::join(meant, " or "));
}

}  // namespace

Result<std::vector<ComparedOutcome>> compared_metrics(const War& war, std::span<const std::string> names) {
  const std::vector<std::string> actors = ids_of(war.actors);
  const std::vector<std::string> places = ids_of(war.places);
  std::vector<ComparedOutcome> outcomes;
  Diagnostics faults;
  for (const std::string& text : names) {
    MetricReading reading = read_metric(text, {.actors = actors, .places = places, .issues = war.issues});
    Metric& metric = reading.metric;
    if (!reading.fault.empty()) {
      faults.push_back({{},
                        fmt::format("--metric {}: {} {}", text, reading.fault, reading.part),
                        !reading.meant.empty()
                            ? did_you_mean(reading.meant)
                            : did_you_mean(reading.part, reading.known,
                                           reading.part == text || reading.known.empty()
                                               ? metrics_named_like(text, reading.known)
                                               : fmt::format("known are {}", fmt::join(reading.known, ", ")))});
      continue;
    }
    if (metric.is_date) {
      metric.day -= war.start;
      metric.is_date = false;
    }
    const int n_days = war.end - war.start;
    if (metric.day > n_days || (metric.day < 0 && info_of(metric).shape.ends_with("DAY"))) {
      faults.push_back({{},
                        fmt::format("--metric {}: no day of the run", text),
                        fmt::format("the run goes from {} to {}", format_date(war.start), format_date(war.end))});
    } else if (metric.statistic != Statistic::mean) {
      faults.push_back({{}, fmt::format("--metric {}: pairs are compared by means", text), "leave the last word out"});
    } else {
      outcomes.push_back({.metric = metric, .name = text});
    }
  }
  if (!faults.empty()) {
    return faults;
  }
  return outcomes;
}

std::optional<Day> fork_day(const War& first, const War& second) {
  TRUEL_CHECK(first.parameters.size() == second.parameters.size() && first.start == second.start &&
              first.end == second.end);
  if (first.given != second.given) {
    return first.start;
  }
  std::vector<std::optional<Day>> from(first.parameters.size());  // none: it acts from the first day on
  // Several dated rows may have a number in common: those of changes that end together.
  const auto dated = [&](int parameter, Day day) {
    from[at(parameter)] = std::min(from[at(parameter)].value_or(day), day);
  };
  for (const Intervention& row : first.interventions) {
    // The first day on which either of the two may have it.
    const double day = std::min(lower_bound(first.parameters[at(row.when)].distribution),
                                lower_bound(second.parameters[at(row.when)].distribution));
    const auto earliest = static_cast<Day>(std::clamp<double>(day, first.start, std::int64_t{first.end} + 1));
    for (const int number : numbers_of(row)) {
      if (number != kNone) {
        dated(number, earliest);
      }
    }
  }
  for (const Intervention& row : first.interventions) {
    if (row.ended_by.empty()) {
      continue;
    }
    for (const Intervention& end : first.interventions) {
      if (end.id == row.ended_by) {  // whether that comes counts from the day of the row on
        for (const int number : {end.when, end.on, end.other_on}) {
          if (number != kNone) {
            dated(number, *from[at(row.value)]);
          }
        }
      }
    }
  }
  for (std::size_t s = 0; s < first.sponsors.size(); ++s) {
    for (std::size_t p = 0; p < sponsor_parameters().size(); ++p) {
      dated(first.sponsor(static_cast<int>(s), static_cast<SponsorParameter>(p)),
            std::max(first.start, first.sponsors[s].from));
    }
  }
  std::optional<Day> fork;
  for (const int i : differing_numbers(first, second)) {
    const Day day = from[at(i)].value_or(first.start);
    if (day <= first.end && (!fork || day < *fork)) {
      fork = day;
    }
  }
  return fork;
}

std::vector<int> differing_numbers(const War& first, const War& second) {
  std::vector<int> numbers;
  for (int i = 0; i < static_cast<int>(first.parameters.size()); ++i) {
    if (!same(first.parameters[at(i)].distribution, second.parameters[at(i)].distribution)) {
      numbers.push_back(i);
    }
  }
  return numbers;
}

std::optional<Day> fork_day(const CompiledModel& first, const CompiledModel& second) {
  std::optional<Day> fork = fork_day(first.war(), second.war());
  for (const CompiledModel* side : {&first, &second}) {
    if (const LaterWar* later = side->later(); later != nullptr && first.later() != second.later()) {
      fork = std::min(fork.value_or(later->from), later->from);
    }
  }
  return fork;
}

namespace {

/// Some realizations in a row.
struct MeasuredRuns {
  Numbers numbers;
  LastHolders holders;
};

MeasuredRuns measured_runs(const CompiledModel& model, std::span<const Metric> metrics, EnsembleOptions options,
                           const Source& source) {
  options.solve.every_days = stored_every(metrics, model.n_days());
  if (options.solve.solver == solver::SolverKind::leap) {
    options.solve.keeps_months = false;  // the others stop at their ends
  }
  const std::size_t n_times = solver::stored_days(model, options.solve).size();
  LastHolders holders(options.runs);
  Measurement measurement = measure(
      model, options, metrics,
      [&](const solver::Run& run) {
        std::vector<std::int8_t>& places = holders[run.number - options.first];
        for (std::size_t last = n_times - 1; last < run.control.size(); last += n_times) {
          places.push_back(run.control[last]);
        }
      },
      source);
  return {std::move(measurement.numbers), std::move(holders)};
}

/// What the bytes of MeasuredSide::measured begin with. Behind it: [metric][realization] numbers; [realization] whether
/// it came to its end, and [place] holders, nobody's where it did not.
struct MeasuredHead {
  std::uint32_t first, runs, metrics;
  std::int32_t places;
  bool operator==(const MeasuredHead&) const = default;
};

}  // namespace

struct MeasuredSide::Implementation {
  const CompiledModel& model;
  Questions questions;
  Numbers numbers{};
  LastHolders holders{};
  std::shared_ptr<Midways> kept{};          ///< for others; null: none is
  std::weak_ptr<const Midways> followed{};  ///< of the side that this one goes on from
  SharedPast past{};                        ///< shared with that

  MeasuredHead head_of(std::uint32_t first, std::uint32_t runs) const {
    return {first, runs, static_cast<std::uint32_t>(questions.metrics.size()), model.n_places()};
  }

  void add(const MeasuredRuns& more) {
    for (std::size_t m = 0; m < numbers.size(); ++m) {
      numbers[m].insert(numbers[m].end(), more.numbers[m].begin(), more.numbers[m].end());
    }
    holders.insert(holders.end(), more.holders.begin(), more.holders.end());
  }

  std::size_t failed(std::uint32_t runs) const {
    return static_cast<std::size_t>(
        std::count_if(holders.begin(), holders.begin() + runs, [](const auto& places) { return places.empty(); }));
  }
};

MeasuredSide::MeasuredSide(const CompiledModel& model, std::span<const ComparedOutcome> more)
    : implementation_(new Implementation{model, questions_of(model, more)}) {
  implementation_->numbers.resize(implementation_->questions.metrics.size());
}

MeasuredSide::~MeasuredSide() = default;

std::uint32_t MeasuredSide::runs() const {
  return static_cast<std::uint32_t>(implementation_->holders.size());
}

void MeasuredSide::extend(std::uint32_t wanted, const EnsembleOptions& options, const Source& source) {
  if (wanted <= runs()) {
    return;
  }
  EnsembleOptions block = options;
  block.first = runs();
  block.runs = wanted - runs();
  solver::SharedStart shared_start;
  const auto followed = implementation_->followed.lock();
  if (options.solve.solver == solver::SolverKind::leap) {
    if (implementation_->kept) {
      shared_start.keep_days = implementation_->kept->days();
      shared_start.keep = [&](std::uint32_t number, int day, std::unique_ptr<const solver::Midway> midway) {
        implementation_->kept->keep(number, day, std::move(midway));
      };
    }
    if (followed) {
      shared_start.own_numbers = implementation_->past.own_numbers;
      shared_start.from = [&](std::uint32_t number) { return followed->latest(number, implementation_->past.until); };
    }
  }
  Source shared = source;
  shared.shared_start = &shared_start;
  const MeasuredRuns more = measured_runs(implementation_->model, implementation_->questions.metrics, block, shared);
  if (options.stop == nullptr || !options.stop->load()) {
    implementation_->add(more);
  }
}

void MeasuredSide::keep(std::vector<int> days, std::size_t most_bytes) {
  implementation_->kept = std::make_shared<Midways>(std::move(days), most_bytes);
}

void MeasuredSide::forget() {
  implementation_->kept.reset();
}

void MeasuredSide::follow(const MeasuredSide& other) {
  const auto past =
      other.implementation_->kept ? shared_past(other.implementation_->model, implementation_->model) : std::nullopt;
  implementation_->followed = past ? other.implementation_->kept : nullptr;
  implementation_->past = past.value_or(SharedPast{});
}

std::string MeasuredSide::measured(const EnsembleOptions& options) const {
  const MeasuredRuns runs = measured_runs(implementation_->model, implementation_->questions.metrics, options, {});
  const MeasuredHead head = implementation_->head_of(options.first, options.runs);
  std::string bytes(reinterpret_cast<const char*>(&head), sizeof head);
  for (const std::vector<double>& numbers : runs.numbers) {
    bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(double));
  }
  for (const std::vector<std::int8_t>& places : runs.holders) {
    bytes += places.empty() ? '\0' : '\1';
    bytes.append(reinterpret_cast<const char*>(places.data()), places.size());
    bytes.resize(bytes.size() + at(head.places) - places.size());
  }
  return bytes;
}

bool MeasuredSide::append(std::string_view measured) {
  MeasuredHead head{};
  if (measured.size() < sizeof head) {
    return false;
  }
  std::memcpy(&head, measured.data(), sizeof head);
  measured.remove_prefix(sizeof head);
  const std::size_t numbers_bytes = head.runs * sizeof(double);
  const std::size_t places = at(head.places);
  if (head != implementation_->head_of(runs(), head.runs) ||
      measured.size() != head.metrics * numbers_bytes + head.runs * (1 + places)) {
    return false;
  }
  MeasuredRuns more{Numbers(head.metrics, std::vector<double>(head.runs)), LastHolders(head.runs)};
  for (std::vector<double>& numbers : more.numbers) {
    std::memcpy(numbers.data(), measured.data(), numbers_bytes);
    measured.remove_prefix(numbers_bytes);
  }
  for (std::vector<std::int8_t>& held : more.holders) {
    if (measured.front() != '\0') {
      held.resize(places);
      std::memcpy(held.data(), measured.data() + 1, places);
    }
    measured.remove_prefix(1 + places);
  }
  implementation_->add(more);
  return true;
}

Comparison compare(const MeasuredSide& first, const MeasuredSide& second, std::uint32_t runs, const UntilSure& rule) {
  Comparison result = compare(first, second, runs, rule.miss_after(runs));
  const auto looks = rule.looks();
  const bool is_look = std::find(looks.begin(), looks.end(), runs) != looks.end();
  result.until_sure = {{rule.shown(), looks.back(), is_look && rule.is_sure(result)}};
  return result;
}

Comparison compare(const MeasuredSide& first, const MeasuredSide& second, std::uint32_t runs, double miss) {
  const MeasuredSide::Implementation& one = *first.implementation_;
  const MeasuredSide::Implementation& other = *second.implementation_;
  TRUEL_CHECK(runs <= first.runs() && runs <= second.runs());
  Comparison result;
  result.runs = runs;
  result.fork = fork_day(one.model, other.model);
  result.first_failed = one.failed(runs);
  result.second_failed = other.failed(runs);
  const int n_days = result.days = one.model.n_days();
  result.miss = miss;
  for (const Question& question : one.questions.all) {
    const auto& asked = other.questions.all;
    const auto same = std::find_if(asked.begin(), asked.end(),
                                   [&](const Question& q) { return q.outcome.name == question.outcome.name; });
    if (same != asked.end()) {
      result.rows.push_back(row_of(question.outcome, numbers_of(question, one.numbers, n_days, runs),
                                   numbers_of(*same, other.numbers, n_days, runs), n_days, result.fork.has_value(),
                                   miss));
    }
  }
  result.places = compared_places(one.model, one.holders, other.holders, runs, miss);
  return result;
}

namespace {

/// Pairs that are run before the next ones where the sides share what comes before they part, and the memory for it.
constexpr std::uint32_t kSharedBlock = 256;
constexpr std::size_t kSharedBytes = std::size_t{256} << 20;

/// Runs both sides and compares them after each of these numbers of pairs, until `is_enough` says so of what comes out.
/// Nothing but options.runs where it was stopped.
template <class Compare>
Comparison compare_in_steps(const CompiledModel& first, const CompiledModel& second, const EnsembleOptions& options,
                            std::span<const ComparedOutcome> more, const RunStore* made,
                            std::span<const std::uint32_t> steps, const Compare& compare_so_far) {
  MeasuredSide one(first, more);
  MeasuredSide other(second, more);
  ProgressOfAll both(options.progress, std::size_t{2} * steps.back());
  EnsembleOptions side = options;
  const auto past = made == nullptr ? shared_past(first, second) : std::nullopt;
  for (const std::uint32_t pairs : steps) {
    if (past) {  // states are kept for one step at a time
      one.keep({decision_day(first.war(), past->until)}, kSharedBytes);
      other.follow(one);
    }
    both.attach(side);
    one.extend(pairs, side, {.made = made});
    both.attach(side);
    other.extend(pairs, side, {.made = made, .made_first = steps.back()});
    if (options.stop != nullptr && options.stop->load()) {
      break;
    }
    if (std::optional<Comparison> comparison = compare_so_far(one, other, pairs)) {
      return std::move(*comparison);
    }
  }
  Comparison nothing;
  nothing.runs = steps.back();
  return nothing;
}

}  // namespace

const std::array<std::string_view, 10>& compared_kinds() {
  static const std::array<std::string_view, 10> names = {"survival", "life",     "value",          "people", "losses",
                                                         "fighters", "distance", issue_law().name, "harm",   "metric"};
  return names;
}

Comparison compare(const CompiledModel& first, const CompiledModel& second, const EnsembleOptions& options,
                   std::span<const ComparedOutcome> more, const RunStore* made) {
  // In blocks where states are kept, so that they are those of one block.
  const std::uint32_t block = made == nullptr && shared_past(first, second) ? kSharedBlock : options.runs;
  std::vector<std::uint32_t> steps;
  for (std::uint32_t pairs = 0; pairs < options.runs;) {
    pairs += std::min(block, options.runs - pairs);
    steps.push_back(pairs);
  }
  return compare_in_steps(first, second, options, more, made, steps,
                          [&](const MeasuredSide& one, const MeasuredSide& other, std::uint32_t pairs) {
                            return pairs == options.runs ? std::optional(compare(one, other, pairs)) : std::nullopt;
                          });
}

Comparison compare(const CompiledModel& first, const CompiledModel& second, const EnsembleOptions& options,
                   std::span<const ComparedOutcome> more, const UntilSure& rule) {
  return compare_in_steps(first, second, options, more, nullptr, rule.looks(),
                          [&](const MeasuredSide& one, const MeasuredSide& other, std::uint32_t pairs) {
                            Comparison so_far = compare(one, other, pairs, rule);
                            return so_far.until_sure->is_sure || pairs == rule.looks().back()
                                       ? std::optional(std::move(so_far))
                                       : std::nullopt;
                          });
}

Work work_of_comparison(const CompiledModel& first, const CompiledModel& second, EnsembleOptions options,
                        std::span<const ComparedOutcome> more) {
  options.solve.every_days = stored_every(questions_of(first, more).metrics, first.n_days());
  return work_of({&first, &second}, options);
}

}  // namespace truel::ensemble
