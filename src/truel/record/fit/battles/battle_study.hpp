// The laws of attrition held against the tables of battles that a package names.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/model/war.hpp"
#include "truel/record/fit/abc.hpp"
#include "truel/record/fit/battles/battles.hpp"
#include "truel/record/observations/rules.hpp"

namespace truel::record::fit {

struct BattleTable {
  std::string file;  ///< below the folder of observations, as the package names it
  std::vector<Battle> battles;
  std::vector<std::string> citations;  ///< that the package has for the file
};

/// Whether a package's checks run battles of a table of data (docs/scenario-format.md, cases): two forces, and what
/// each lost as its breakpoint. Red is the side whose strength stands first in the table.
bool has_battles(const War& war);

/// Reads every such table once, in the order of the checks. rules: those of the package. Errors: no such file, columns
/// that are not there, cells that are no number of persons, no row.
Result<std::vector<BattleTable>> read_battles(const War& war, const Rules& rules,
                                              const std::filesystem::path& observed);

enum class AbcMethod { rejection, smc };
inline constexpr std::array<std::string_view, 2> kAbcMethods{"rejection", "abc-smc"};

struct BattleOptions {
  AbcMethod method = AbcMethod::rejection;
  std::uint32_t draws = 100'000;  ///< rejection
  double keep = 0.001;            ///< rejection: share of the draws
  std::size_t particles = 1000;   ///< smc
  std::uint64_t seed = 1;
  int threads = 0;
  std::function<void(std::uint32_t done)> progress;
  const std::atomic<bool>* stop = nullptr;
};

/// A posterior over laws, and over mean and standard deviation of the ratio of powers.
struct BattleFit {
  std::string file;
  std::size_t battles = 0;
  std::size_t simulations = 0;
  std::vector<AbcParticle> sample;  ///< z: normal scores of mean and standard deviation
  std::vector<double> law_shares;   ///< [AttritionLaw]
  std::vector<AbcSmcStep> steps;    ///< smc
  std::vector<std::string> citations;
};

/// Every law with the same prior chance. An interrupted rejection has no sample.
BattleFit fit_battles(const BattleTable& table, const BattleOptions& options);

}  // namespace truel::record::fit
