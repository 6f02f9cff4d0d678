// What a user asks of a package and a record, as options of a score or a fit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "truel/app/package.hpp"
#include "truel/model/solver_names.hpp"
#include "truel/record/fit/battles/battle_study.hpp"
#include "truel/record/fit/control/control_fit.hpp"
#include "truel/record/score/score.hpp"

namespace truel::app {

struct ScoreRequest {
  std::string package, observed, from, until, solver{kUsualSolver};  ///< from, until: dates or empty
  std::vector<std::string> accounts, settings;                       ///< of no account: the basic model
  std::uint32_t runs = 1000;
  std::uint64_t seed = 1;
  int steps_per_day = 1, threads = 0;
  bool patterns = false;  ///< facts of fronts beside the scores
  int look_days = 3;      ///< of them
  bool is_quarterly = false, told = false;
  bool each_account = false;  ///< the basic model and all its accounts, instead of `accounts`
  bool power = false;         ///< also: what the record could tell
  bool analysis = false;      ///< forecasts start from the quarter before them
};

/// Errors: a wrong date or solver, kBase named twice, and what the package with each account has not.
Result<record::ScoreOptions> score_options(const ScoreRequest& asked, const DayNames& names);

struct FitRequest {
  std::string package, observed, account, from, until, solver{kUsualSolver};
  std::string method, target;  ///< empty: the usual
  std::vector<std::string> settings;
  std::uint32_t draws = 0, runs = 0;  ///< 0: as many as the method usually takes
  std::uint32_t check_runs = 1000, numbers = 20;
  double keep = 0.001;
  double strength = -1;  ///< below 0: the one that windows held back choose
  std::uint64_t seed = 1;
  int steps_per_day = 1, threads = 0;
  bool told = false, analysis = false;
};

/// Errors: no `until`, a wrong date, a method of battles, a wrong solver or target.
Result<record::fit::ControlFitOptions> control_fit_options(const FitRequest& asked, const DayNames& names);

/// Errors: a method of control.
Result<record::fit::BattleOptions> battle_fit_options(const FitRequest& asked);

}  // namespace truel::app
