// Two versions of one war side by side: what changes, and how surely.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/statistics/looks.hpp"
#include "truel/ensemble/compare/paired.hpp"

namespace truel::ensemble {

/// What is compared. Those of an actor: survival to `distance`.
enum class ComparedKind {
  survival,  ///< it has not collapsed by the last day: 1 or 0
  life,      ///< days until it collapsed; of who survives, until the last day
  value,     ///< share of the value of all places that it holds on the last day
  people,    ///< share of all people who live at places that it holds on the last day
  losses,    ///< its fighters killed
  fighters,  ///< its fighters on the last day
  distance,  ///< between its position on an issue and where that is predicted to end, on the last day
  issue,     ///< where an issue is predicted to end (IssueLawInfo::predicted), on the last day
  harm,      ///< persons harmed by all fire and strikes
  metric     ///< another one that was asked for
};

/// Their names in files and options, by ComparedKind.
const std::array<std::string_view, 10>& compared_kinds();

struct ComparedOutcome {
  ComparedKind kind = ComparedKind::metric;
  ActorIndex actor = kNone;
  IssueIndex issue = kNone;
  Metric metric{};   ///< of `metric`
  std::string name;  ///< as checks name it ("actors.isis.losses"), or "actors.isis.life_days", or
                     ///< "NAME.ISSUE.distance.ACTOR" with the name of issue_law()
};

/// One outcome on both sides, over the realizations in which both have it.
struct ComparedRow {
  ComparedOutcome outcome;
  Mean first, second;
  Mean difference;                       ///< second less first
  double low = kAbsent, high = kAbsent;  ///< interval that misses the mean difference in Comparison::miss; or NaN
  std::size_t changed = 0;               ///< realizations in which it is not the same on both sides
  std::vector<double> first_numbers, second_numbers;  ///< [realization]

  /// Whether the interval leaves out 0.
  bool is_certain() const { return low > 0 || high < 0; }
};

/// How often a side holds a place on the last day, over the pairs of which neither run failed.
struct ComparedHolder {
  ActorIndex holder = kNone;     ///< kNone: nobody
  double first = 0, second = 0;  ///< shares of the pairs
  Interval difference;           ///< of second less first, as of a probability (matched_proportions)
};

/// The interval of a look that is none: of an outcome it is NaN, of a place all that there can be.
inline constexpr double kNoInterval = 0;

/// How a comparison ended that adds pairs until its differences are sure (UntilSure).
struct SureEnd {
  std::vector<ComparedKind> shown;
  std::uint32_t most = 0;  ///< pairs
  bool is_sure = false;    ///< else all pairs are in, or this is none of its looks
};

struct Comparison {
  std::vector<ComparedRow> rows;                    ///< by kind, then issue, then actor
  std::vector<std::vector<ComparedHolder>> places;  ///< [place] those that hold it in some run, nobody first
  std::optional<Day> fork;                          ///< see fork_day
  std::size_t runs = 0, first_failed = 0, second_failed = 0;
  int days = 0;                       ///< of the war
  double miss = kMiss;                ///< how often an interval may miss by itself
  std::optional<SureEnd> until_sure;  ///< none: so many pairs were asked for
};

/// The metrics with these names, as checks write them; a date becomes a day of the run. Errors, all of them: no such
/// metric, actor, place or issue; a day that is not of the run; another statistic than the mean.
Result<std::vector<ComparedOutcome>> compared_metrics(const War& war, std::span<const std::string> names);

/// The first day on which the two sides can differ: that of the first number that is not the same on both. Before it
/// their realizations are the same to the byte. None: they are the same throughout. Both sides are the same package, on
/// the same days.
std::optional<Day> fork_day(const War& first, const War& second);
/// The same of wars that may go on as other ones.
std::optional<Day> fork_day(const CompiledModel& first, const CompiledModel& second);

/// Numbers that do not have the same distribution in both. Both are the same package.
std::vector<int> differing_numbers(const War& first, const War& second);

class Midways;

/// What is compared of one side, realization by realization; it grows as more are wanted.
class MeasuredSide {
 public:
  /// The model has to outlive it. more: as for `compare`.
  explicit MeasuredSide(const CompiledModel& model, std::span<const ComparedOutcome> more = {});
  ~MeasuredSide();
  MeasuredSide(const MeasuredSide&) = delete;
  MeasuredSide& operator=(const MeasuredSide&) = delete;

  /// Realizations 0 to runs() - 1 are measured.
  std::uint32_t runs() const;
  /// Takes those that lack of `wanted` from where the source says, or runs them, with the options' solver, seed and
  /// threads; if it is stopped meanwhile, nothing is added.
  void extend(std::uint32_t wanted, const EnsembleOptions& options, const Source& source = {});

  /// Keeps, of realizations that `extend` runs by the leap from now on, what they are on these days since the start,
  /// for the sides that follow this one; what it kept before is forgotten. Commands decide on these days. Costs so much
  /// memory at most; some 300 kB a realization and day where a war has 150 places and 13 actors.
  void keep(std::vector<int> days, std::size_t most_bytes);
  void forget();
  /// Realizations begin from now on where those of the other side were kept, as far as the two wars are the same until
  /// then. What is measured is the same to the byte.
  void follow(const MeasuredSide& other);

  /// Measures the realizations that the options name and keeps none: the bytes that `append` takes in another process
  /// of the same program, where this side has the same model and metrics.
  std::string measured(const EnsembleOptions& options) const;
  /// Adds realizations that were measured elsewhere. Whether they are those that come next here; others are not added.
  bool append(std::string_view measured);

 private:
  struct Implementation;
  friend Comparison compare(const MeasuredSide& first, const MeasuredSide& second, std::uint32_t runs, double miss);
  std::unique_ptr<Implementation> implementation_;
};

/// Compares survival, days until collapse, value and people held, losses and fighters of every actor, harm, where
/// issues end where a law says it on both sides, and what was asked for besides, over the first `runs` realizations. A
/// number that both sides share has the same draw on both; one that differs is drawn from each side's distribution at
/// the same quantile. Interval: Student's t; of probabilities that of Agresti and Min (2005) for matched pairs, which
/// is honest where all pairs agree. What no pair changes though the sides differ may still change in a pair to come:
/// the interval reaches as far as that many pairs allow (most_unseen) where the outcome is bounded, and is left out
/// where not. Realizations that fail on a side are left out. Both sides are the same package on the same days, and were
/// run with the same options. miss: how often an interval may miss, or kNoInterval.
Comparison compare(const MeasuredSide& first, const MeasuredSide& second, std::uint32_t runs, double miss = kMiss);

class UntilSure;

/// What the first pairs say where they are added until differences are sure.
Comparison compare(const MeasuredSide& first, const MeasuredSide& second, std::uint32_t runs, const UntilSure& rule);

/// Runs both sides and compares them. Progress counts both. made: the realizations of work_of_comparison: none is
/// solved. Memory: 16 bytes an outcome and realization, 2 a place and realization.
Comparison compare(const CompiledModel& first, const CompiledModel& second, const EnsembleOptions& options,
                   std::span<const ComparedOutcome> more = {}, const RunStore* made = nullptr);

/// Runs pairs until the rule says that it is enough, up to its most; options.runs is not looked at.
Comparison compare(const CompiledModel& first, const CompiledModel& second, const EnsembleOptions& options,
                   std::span<const ComparedOutcome> more, const UntilSure& rule);

/// The realizations of both sides as a work, ensembles 0 and 1 of `work_of`. The models have to outlive it.
Work work_of_comparison(const CompiledModel& first, const CompiledModel& second, EnsembleOptions options,
                        std::span<const ComparedOutcome> more = {});

}  // namespace truel::ensemble
