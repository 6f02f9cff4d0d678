// Facts of fronts of a record, and the same of the runs of accounts beside them.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "truel/record/control/merges.hpp"
#include "truel/record/patterns/facts.hpp"
#include "truel/record/score/forecast.hpp"
#include "truel/record/score/score.hpp"

namespace truel::record {

/// The days of a window on which control is looked at, in record and runs alike: the first, every look_days and the
/// last.
std::vector<Day> look_days(const Window& window, int every);

class PatternScorer {
 public:
  PatternScorer(const ScoreOptions& options, const Rules& rules, Scores& out);

  /// The facts of every run of one account.
  class Tally {
   public:
    void add(const solver::Run& run);

   private:
    friend class PatternScorer;
    const PatternScorer* scorer_ = nullptr;
    Window window_{};
    std::vector<Day> days_;
    std::vector<std::size_t> times_;
    std::size_t n_times_ = 0;
    std::vector<std::vector<int>> of_actor_;                              ///< [merge][actor] side
    std::vector<Looks> observed_;                                         ///< [merge]
    std::vector<Enemies> enemies_;                                        ///< [merge]
    std::vector<std::array<std::vector<double>, kFacts.size()>> values_;  ///< [merge][fact] of the runs
  };

  /// Of the longest window. windows: at least one, of one origin.
  Tally tally(const Forecast& forecast, const std::vector<Window>& windows) const;
  /// account: "base" of the basic model.
  void score_model(const std::string& account, const Tally& tally);

 private:
  const ScoreOptions& options_;
  Scores& out_;
  FrontMap map_;
  std::vector<Merge> merges_;
};

}  // namespace truel::record
