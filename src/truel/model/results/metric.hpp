// Names of results, such as `actors.one.final_fighters`: what a check can ask for. A metric has one number a
// realization, or none (NaN); a check then takes a statistic of these numbers.
//
// To add a metric: a value of MetricKind, its row in the table of metric.cpp, and its number in
// ensemble/summary/metrics.cpp. Reader, messages and docs/parameters.md follow the table. What is counted or seen of
// actors, pairs who attack each other and the whole war follows from its list: actor_outcome.hpp, attack_tally.hpp,
// war_outcome.hpp.
#pragma once

#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/model/indices.hpp"
#include "truel/model/results/actor_outcome.hpp"

namespace truel {

enum class MetricKind {
  survival_probability,
  alone_probability,
  extinction_probability,
  actor_outcome,
  fighters,
  dyad_losses,
  dyad_effort_share,
  dyad_attacks,
  place_control,
  place_control_on_day,
  place_taken_day,
  place_support,
  civilian_harm,
  nobody_probability,
  last_extinction_day,
  decisions_games,
  decisions_converged,
  decisions_cycles,
  decisions_rounds,
  tie_alignment,
  tie_alignment_on_day,
  alignment_harmony_probability,
  war_outcome,
  settlement_median,
  settlement_mean,
  settlement_position,
  settlement_power,
  settlement_seat,
  settlement_contest,
  cases_count,
  cases_relative_error,
};

/// Whether it is of the settlement that talks would reach.
constexpr bool is_of_settlement(MetricKind kind) {
  return kind >= MetricKind::settlement_median && kind <= MetricKind::settlement_contest;
}

struct MetricInfo {
  MetricKind kind;
  /// Words parted by dots. ACTOR, PLACE, ISSUE stand for ids, DAY for a stored day (days since the first, or a date),
  /// ROUND for a number of rounds of talks.
  std::string_view shape;
  bool is_probability;  ///< its number is 0 or 1
  std::string_view meaning;
  int detail = 0;  ///< of kinds with several metrics: which
};

/// All metrics, in the order of the documentation.
std::span<const MetricInfo> metrics();
const MetricInfo& metric_info(MetricKind kind);

enum class Statistic { mean, se, q05, q50, q95 };

struct Metric {
  MetricKind kind = MetricKind::civilian_harm;
  ActorIndex actor = kNone, other = kNone;  ///< the first and the second ACTOR of the shape
  PlaceIndex place = kNone;
  IssueIndex issue = kNone;
  int round = -1;        ///< 0: before the first
  int detail = 0;        ///< MetricInfo::detail
  int day = -1;          ///< since the first day of the run
  bool is_date = false;  ///< `day` is a calendar day (base/date.hpp) instead
  Statistic statistic = Statistic::mean;

  auto operator<=>(const Metric&) const = default;
};

constexpr Metric metric_of(ActorOutcome outcome, ActorIndex actor) {
  return {.kind = MetricKind::actor_outcome, .actor = actor, .detail = static_cast<int>(outcome)};
}

OutcomeScale scale_of(const Metric& metric);

/// A metric, or what is wrong with its name: `fault` says what ("unknown actor"), `part` which words, `known` what
/// could stand there instead.
struct MetricReading {
  Metric metric;
  std::string fault;
  std::string part;
  std::vector<std::string> known;
};

/// The sorted ids that a metric can name; indices into them are those of the war.
struct MetricIds {
  std::span<const std::string> actors, places, issues;
};

/// Reads the name of a metric.
MetricReading read_metric(std::string_view text, const MetricIds& ids);

}  // namespace truel
