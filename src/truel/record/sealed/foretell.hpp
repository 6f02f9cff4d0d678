// Forecasts that wait for their record: who will hold what, and how many will die, by month.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/model/war.hpp"
#include "truel/record/analysis/analysis_findings.hpp"
#include "truel/record/observations/rules.hpp"
#include "truel/record/score/score.hpp"

namespace truel::record {

struct ForetellOptions {
  /// Package, accounts, settings, first and last day, runs, seed, solver, told, analysis. observed: empty, or a record
  /// that says who held what on a first day that control.csv does not reach.
  ScoreOptions run;
  std::set<std::string> countries;    ///< whose deaths count; empty: all of the package
  std::map<std::string, int> views;   ///< country of the package -> country_id of VIEWS
  std::set<std::string> governments;  ///< codes of sides: deaths for VIEWS are those in fighting with one of them
};

/// Deaths of every complete realization: [realization][month * units + unit].
using DeathMembers = std::vector<std::vector<float>>;

/// What an account foretells.
struct AccountForecast {
  std::string account{};                       ///< "base": the basic model
  std::vector<std::uint32_t> runs{};           ///< numbers of the realizations that are complete
  std::vector<std::vector<double>> holders{};  ///< [date][place * sides + side] shares of them
  DeathMembers fighters{}, everybody{};        ///< by dyad
  DeathMembers views{};                        ///< by country of ForetellOptions::views
};

struct PendingForecast {
  War war;  ///< the basic model
  Sides sides{};
  Day origin = 0, until = 0;
  std::vector<Day> dates{};   ///< on whose mornings holders are told, ascending
  std::vector<int> months{};  ///< whole calendar months, as month_of counts them
  std::vector<std::string> dyads{}, countries{};
  std::string record_sha256{};  ///< of the record that the first day knows; "" of none
  std::vector<AccountForecast> accounts{};
  AnalysisFindings learned{};
  std::vector<std::string> remarks{};  ///< with those of `learned`
  std::size_t failed_runs = 0;
  bool was_interrupted = false;
};

/// Runs the forecasts. Errors: mistakes of the package; a first day that neither control.csv nor a record reaches; no
/// day to look at; countries and sides that the package has not; no whole month for VIEWS.
Result<PendingForecast> foretell(const ForetellOptions& options);

}  // namespace truel::record
