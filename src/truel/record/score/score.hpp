// A package held against a record: forecasts from origins of the past, scored beside baselines.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/model/war.hpp"
#include "truel/record/analysis/analysis.hpp"
#include "truel/record/control/recalibration.hpp"
#include "truel/record/deaths/recalibration.hpp"
#include "truel/record/observations/observations.hpp"
#include "truel/record/score/losses.hpp"
#include "truel/record/score/power.hpp"
#include "truel/record/score/reliability.hpp"

namespace truel::record {

struct ScoreOptions {
  std::filesystem::path package, observed;
  std::vector<std::string> accounts;  ///< ids, one after another; "" is the basic model
  bool leaves_out_fitted = false;     ///< accounts that were fitted on a window, instead of refusing them
  std::vector<std::string> settings;  ///< "path=value"
  std::optional<Day> from, until;
  bool told = false;       ///< forecasts know the changes that the package dates after their first day
  int look_days = 0;       ///< facts of fronts, both record and runs looked at every so many days; 0: none
  bool quarterly = false;  ///< origins on the first day of every quarter, horizons of 3, 6 and 12 months
  bool power = false;      ///< also: what the record could tell, of every two accounts
  bool analysis = false;   ///< forecasts start from the quarter before them, run with the record laid in (Analyst)
  std::uint32_t runs = 1000;
  std::uint64_t seed = 1;
  solver::SolverKind solver = solver::SolverKind::leap;
  int steps_per_day = 1, threads = 0;
  std::function<void(const ensemble::Progress&)> progress;       ///< realizations of all origins and accounts
  std::function<void(const std::string& account)> tell_account;  ///< whose realizations come next
  TellAnalysis tell_analysis;                                    ///< how far an analysis is
  const std::atomic<bool>* stop = nullptr;
  const ensemble::RunStore* made = nullptr;  ///< the realizations of work_of_score with these options: none is solved
};

/// The weight of the model in a blend with the spatial hazard, fitted on windows that had ended by the origin.
struct BlendWeight {
  Window window{};
  bool merged = false;
  std::string account{};
  double weight = 0;
  std::size_t windows = 0;  ///< that it was fitted on
};

/// How the model's changes of hands are recalibrated, fitted on windows that had ended by the origin.
struct FittedRecalibration {
  Window window{};
  bool merged = false;
  std::string account{};
  ChangeRecalibration with{};
  std::size_t windows = 0;  ///< that it was fitted on
};

/// The share of the model in a mixture of its deaths with conflictology, of the months that had ended by the origin.
struct DeathBlend {
  Day origin = 0;
  std::string unit{}, account{};
  double share = 0;
  std::size_t months = 0;  ///< that it was fitted on; 0: one half
};

/// Counts of what a window compares.
struct WindowCounts {
  Window window{};
  bool merged = false;
  std::size_t compared = 0, changed = 0;
  std::size_t contested = 0, unknown = 0, low = 0;  ///< places left out; low: compared, but the record is unsure
};

/// What the model says of who holds each place at the end of a window, sides apart.
struct HeldPlaces {
  std::size_t in_case = 0;
  std::string account{};
  std::vector<double> p{};                ///< [place * sides + side]
  std::vector<int> before{}, observed{};  ///< [place] codes of the record on the first and on the last day
};

/// A fact of fronts of the record beside the runs of an account (docs/scores.md). NaN: it says nothing there.
struct PatternRow {
  Window window{};
  bool merged = false;
  std::string account{};
  std::size_t fact = 0;  ///< into kFacts
  double record = kNoScore, record_low = kNoScore, record_high = kNoScore;
  double runs_median = kNoScore, runs_low = kNoScore, runs_high = kNoScore;  ///< hold 95 in 100 of the runs
  double rank = kNoScore;  ///< share of the runs that lie below the record, those that equal it half
  std::size_t runs = 0;    ///< in which the fact says something
};

/// The share of an enemy in all of a side's fighting over a window, by the dead of its dyads.
struct FightRow {
  Window window{};
  std::string account{}, side{}, enemy{};
  double record = kNoScore;  ///< by fighters killed
  double record_low = kNoScore,
         record_high = kNoScore;  ///< least and most by fighters and the three estimates of everybody
  double median = kNoScore, low = kNoScore, high = kNoScore;  ///< of the runs; 90 % of them lie between low and high
};

/// What a dyad did over a window in the record, or in one realization of an account.
struct DyadRow {
  Window window{};
  std::string account{};        ///< "": the record
  std::size_t realization = 0;  ///< from 0, those that failed left out
  std::string side{}, enemy{};
  double deaths = kNoScore;  ///< fighters of both who died in its fights
  std::size_t months = 0;    ///< in which one did
};

struct Scores {
  War war{};  ///< the basic model
  Observations observations{};
  std::vector<Window> control_windows{}, death_windows{};
  std::vector<Case> cases{};
  std::vector<Losses> losses{};
  std::vector<ScoreRow> rows{};
  std::vector<BlendWeight> blends{};
  std::vector<FittedRecalibration> recalibrations{};  ///< of control
  std::vector<DeathBlend> death_blends{};
  std::vector<PitHistogram> pits{};  ///< of deaths
  std::vector<WindowCounts> compared{};
  std::vector<Reliability> reliabilities{};
  std::vector<HeldPlaces> held{};
  std::vector<Power> power{};
  std::vector<PatternRow> patterns{};
  std::vector<FightRow> fights{};
  std::vector<DyadRow> dyads{};  ///< of the longest window, if asked what the record could tell from one origin
  AnalysisFindings learned{};
  std::vector<std::string> remarks{};  ///< what was not done as asked, and why
  std::size_t failed_runs = 0;
  bool was_interrupted = false;
};

/// Errors: mistakes of the package or the observations; no window that the record can judge.
Result<Scores> score(const ScoreOptions& options);

/// The realizations that `score` rests on, reduced to what it looks at.
struct ScoreWork {
  ensemble::Work work;  ///< throws std::runtime_error where the package allows no war of a later origin
  std::string files;    ///< what of the package and the record they depend on
  std::string record;   ///< hash of all of the record, on which scores depend
};

/// Errors: those of `score`.
Result<ScoreWork> work_of_score(const ScoreOptions& options);

}  // namespace truel::record
