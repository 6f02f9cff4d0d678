// Sealed forecasts held against the record that came.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "truel/record/score/score.hpp"
#include "truel/record/sealed/sealed_files.hpp"

namespace truel::record {

/// Does another side than on the first day hold a place in the morning of a date?
struct Question {
  enum class State { open, void_, resolved };  ///< void_: the record calls the place contested, or does not know
  std::string account{}, place{};
  Day date = 0;
  std::string before{}, after{};  ///< by the record; "" where the state is not resolved
  State state = State::open;
  double probability = 0;  ///< of another holder than before
  bool came = false;
};

struct Resolution {
  SealedForecast sealed;
  ScoreOptions options;  ///< those of a score with the same accounts, runs and days
  Scores scores;
  std::vector<Question> questions;
};

/// Scores the forecasts in a folder, from the package that lies in it. Errors: those of read_sealed, of a record, and a
/// record that reaches nothing that was foretold.
Result<Resolution> resolve(const std::filesystem::path& folder, const std::filesystem::path& observed);

}  // namespace truel::record
