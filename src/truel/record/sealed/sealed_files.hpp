// Sealed forecasts on disk: what forecast.json says of the files, and the forecasts in them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/result.hpp"

namespace truel::record {

/// The target column of model output.
inline constexpr const char* kHolderTarget = "holder";
inline constexpr const char* kFightersTarget = "fighters killed";
inline constexpr const char* kDeathsTarget = "deaths";

struct SealedModel {
  std::string account{};  ///< "base": the basic model
  std::string file{};     ///< its model output, below the folder
  double runs = 0;        ///< realizations behind it
  /// Of who holds a place on a date: (place, date) -> side -> probability.
  std::map<std::pair<std::string, Day>, std::map<std::string, double>> holders{};
  /// (whether people who do not fight are counted, dyad, month as month_of counts) -> deaths in each realization.
  std::map<std::tuple<bool, std::string, int>, std::vector<double>> deaths{};
};

struct SealedForecast {
  std::string seal;  ///< SHA-256 of forecast.json
  std::string sealed_at, version, package_sha256;
  Day from = 0, until = 0;
  std::vector<Day> dates;
  std::vector<std::string> settings, countries;
  std::uint64_t seed = 1;
  std::uint32_t runs = 0;
  bool told = false;
  std::vector<SealedModel> models;
};

/// Reads a folder that `truel forecast` made. Errors: no such folder; every file that is missing or is not, to the
/// byte, the one that was sealed, and every file of the package that was not; what is no forecast.
Result<SealedForecast> read_sealed(const std::filesystem::path& folder);

}  // namespace truel::record
