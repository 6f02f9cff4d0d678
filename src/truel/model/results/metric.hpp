// Names of results, such as `actors.one.final_fighters`: what a check can ask for. A metric has one number a
// realization, or none (NaN); a check then takes a statistic of these numbers.
//
// To add a metric: its row in ensemble/summary/metrics.cpp, with its number in a realization. Reader, messages, Python
// and docs/parameters.md follow. What is counted or seen of actors, pairs who attack each other, talks and the whole
// war follows from its list: actor_outcome.hpp, attack_tally.hpp, issue_result.hpp, war_outcome.hpp.
#pragma once

#include <compare>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/model/indices.hpp"
#include "truel/model/results/actor_outcome.hpp"

namespace truel {

namespace solver {
struct Run;
}
class CompiledModel;
struct MetricInfo;

enum class Statistic { mean, se, q05, q50, q95 };
/// What of a metric a record of who held what can tell: who held the place, when the actor first did, or what land.
enum class Fact { none, holder, first_held, land };

/// One of metrics(), of some actors, place, issue, day.
struct Metric {
  int which = kNone;                        ///< in metrics()
  ActorIndex actor = kNone, other = kNone;  ///< the first and the second ACTOR of the shape
  PlaceIndex place = kNone;
  IssueIndex issue = kNone;
  int round = -1;        ///< 0: before the first
  int day = -1;          ///< since the first day of the run
  bool is_date = false;  ///< `day` is a calendar day (base/date.hpp) instead
  Statistic statistic = Statistic::mean;

  auto operator<=>(const Metric&) const = default;
};

/// A realization and the metric that is asked of it. `days`: the stored ones, which must have the metric's.
struct MetricInput {
  const solver::Run& run;
  const Metric& metric;
  const MetricInfo& info;
  const CompiledModel& model;
  std::span<const int> days;
};

struct MetricInfo {
  /// Words parted by dots. ACTOR, PLACE, ISSUE stand for ids, DAY for a stored day (days since the first, or a date),
  /// ROUND for a number of rounds of talks.
  std::string_view shape{};
  OutcomeScale scale = OutcomeScale::people;
  std::string_view meaning{};
  /// Its number in a realization; NaN where it has none. Null: it is of a table of cases, and of no realization.
  double (*value)(const MetricInput& in) = nullptr;
  int detail = 0;                ///< of those that follow from a list: which
  bool is_studied = false;       ///< --metric of a sensitivity study
  bool needs_every_day = false;  ///< rests on all stored days
  Fact fact = Fact::none;

  bool is_probability() const { return scale == OutcomeScale::event; }  ///< its number is 0 or 1
};

/// MetricInfo::detail of those of a table of cases.
inline constexpr int kCasesCount = 0;
inline constexpr int kCasesRelativeError = 1;

/// All metrics, in the order of the documentation. Defined where their numbers are known
/// (ensemble/summary/metrics.cpp).
std::span<const MetricInfo> metrics();

inline const MetricInfo& info_of(const Metric& metric) {
  return metrics()[static_cast<std::size_t>(metric.which)];
}
inline OutcomeScale scale_of(const Metric& metric) {
  return info_of(metric).scale;
}

/// The metric of a shape that there is, with the ids of `of`.
Metric metric_of(std::string_view shape, Metric of = {});
Metric metric_of(ActorOutcome outcome, ActorIndex actor);

/// A metric, or what is wrong with its name: `fault` says what ("unknown actor"), `part` which words, `known` what
/// could stand there instead, `meant` the metric that has other words for the same (held_by, the head of a column).
struct MetricReading {
  Metric metric;
  std::string fault;
  std::string part;
  std::vector<std::string> known;
  std::string meant;
};

/// The sorted ids that a metric can name; indices into them are those of the war.
struct MetricIds {
  std::span<const std::string> actors, places, issues;
};

/// Reads the name of a metric.
MetricReading read_metric(std::string_view text, const MetricIds& ids);

}  // namespace truel
