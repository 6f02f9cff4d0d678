// What a forecast starts from: the months before it, run with the record laid in, as forecasts of the weather start
// from an analysis.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/model/war.hpp"
#include "truel/record/analysis/analysis_findings.hpp"
#include "truel/record/analysis/hidden/pairs.hpp"
#include "truel/record/analysis/hidden/particles.hpp"
#include "truel/record/observations/observations.hpp"
#include "truel/record/observations/rules.hpp"
#include "truel/scenario/formats/package_files.hpp"

namespace truel::record {

/// Told how far the analysis of an origin is, in days of runs. of: the origin, and whose if it is an account's.
using TellAnalysis = std::function<void(const std::string& of, const ensemble::Progress& days)>;

/// Of which wars an analysis is.
struct AnalysisOptions {
  scenario::PackageFiles package;
  std::vector<std::string> settings;   ///< "path=value"
  ensemble::EnsembleOptions ensemble;  ///< of the forecasts; progress and precision are not looked at
  TellAnalysis progress;               ///< from any thread, one at a time; may be empty
  bool begins_at_origin = false;       ///< no quarter before it: what is left is outdated strengths and pairs
  bool looks_for_pairs = true;         ///< at their deaths, where the law of hidden lethality acts
};

/// Whether there is an actor of whom forces.csv has said nothing for a year before a day: forecasts from it begin with
/// the men that runs of the war until then left it. The package's own first day counts as a row.
bool has_outdated_strengths(const War& war, Day day);

/// Makes wars that start from an analysis: those of a score, a fit, or a run. A war begins a quarter of a year before
/// its origin, with who held what by the record, which is laid in again every week until the origin: at the origin
/// operations are under way, estimates have been made and men stand where they are needed. Strengths come from further
/// back: each quarter since the record begins is run from what the record had on its first day, and hands to the next
/// what its runs left of every actor, until a row of forces.csv says more. Runs have the numbers and random streams of
/// forecasts; their sums are taken in the order of their numbers, so that threads change nothing.
class Analyst {
 public:
  /// The last three have to outlive it.
  Analyst(AnalysisOptions options, const Rules& rules, const War& war, const Observations& observations);

  /// `forecast_war` that starts so, or at its origin; without the quarter before the origin where the record does not
  /// reach that far. Where the laws of hidden defence or lethality act, places and pairs have what the year before the
  /// origin says; of a war that begins at its origin, pairs alone. scales: given, the men of the first day keep the
  /// distributions of the package, and these are the factors on them.
  using Scales = std::vector<std::pair<int, double>>;  ///< parameter, factor
  Result<War> war_of(const std::string& account, Day origin, Day until, std::optional<Day> known,
                     Scales* scales = nullptr);

  const AnalysisFindings& learned() const { return learned_; }

 private:
  bool looks_for_places(const War& war) const;
  bool looks_for_pairs(const War& war) const;
  /// How many months before an origin, at most a year, the record has.
  int months_before(Day origin) const;
  /// What so many months before an origin say, of what may act.
  struct Guesses {
    std::optional<hidden::Particles> places;
    std::optional<hidden::Pairs> pairs;
  };
  /// of_origin: the war that begins at the origin, or a quarter before it.
  Result<Guesses> guesses_of(const War& of_origin, const std::string& account, Day origin, int months);
  /// The holders of the record on a day, as sides; kUnknown where it does not name one.
  std::vector<SideIndex> holders_on(Day day) const;
  /// holders: on the first day of each month and of the next; agrees: [month][place][run] at its end.
  /// Returns how well the runs followed the record, in words.
  std::string weigh(hidden::Particles& particles, const std::vector<std::vector<SideIndex>>& holders,
                    const std::vector<std::vector<std::vector<std::uint8_t>>>& agrees);
  void tell(const hidden::Particles& particles, const std::string& account, Day origin, double spread,
            const std::string& followed);
  void tell(const hidden::Pairs& pairs, const std::string& account, Day origin, double spread);

  using Strengths = std::vector<double>;  ///< [actor] factor on the men of its last rows in forces.csv

  /// What a day takes over: of all actors, or those that are outdated.
  Result<Strengths> strengths_for(const std::string& account, Day day);
  void tell(const Strengths& strengths, Day origin);
  Result<Strengths> strengths_on(const std::string& account, Day day);
  Result<Strengths> after_quarter(const Strengths& before, const std::string& account, Day from, Day day);
  void lay_in(Day day, War& war) const;

  /// Begins to count work: all that strengths on a day lack, and so many days of runs besides.
  void begin_work(const std::string& what, const std::string& account, Day origin, Day strengths_on,
                  std::size_t days = 0);
  /// Options of the next runs of that work, each of so many days.
  ensemble::EnsembleOptions next_work(std::uint32_t runs, Day days);

  AnalysisOptions options_;
  const Rules& rules_;
  const War& war_;
  const Observations& observations_;
  std::map<std::pair<std::string, Day>, Strengths> made_;
  AnalysisFindings learned_;
  bool has_told_of_strengths_ = false, has_told_of_pairs_ = false;
  std::set<std::string> told_lulls_;  ///< dyads of which a remark has said that they stopped fighting
  std::string work_of_;
  std::size_t work_wanted_ = 0, work_done_ = 0;
  std::chrono::steady_clock::time_point work_begin_;
};

}  // namespace truel::record
