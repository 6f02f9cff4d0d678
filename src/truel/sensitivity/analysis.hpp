// What the runs of a study say about one outcome.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truel/sensitivity/estimators.hpp"
#include "truel/sensitivity/sample.hpp"

namespace truel::sensitivity {

struct GroupIndex {
  std::string name;
  std::size_t inputs = 0;
  Estimate main_effects;  ///< sum of the first-order indices of its inputs
  bool is_resampled = false;
  Estimate first{}, total{};  ///< of the group as one, if it is resampled; total without what it does with chance
};

struct InputIndex {
  std::size_t input = 0;  ///< into Study::inputs
  Estimate first;
  Estimate delta;        ///< bias reduced
  double delta_raw = 0;  ///< as estimated, to be held against Analysis::delta_floor
  bool is_resampled = false;
  Estimate total{};  ///< as GroupIndex::total, where each input is a group of its own
};

struct AccountOutcome {
  Estimate mean;           ///< of the outcome under this account
  Estimate share_without;  ///< share of whom one believes if this account is left out; NaN for fewer than three
};

/// What may drive an outcome beside chance, and its share of the variance.
enum class Driver { word_of_sources, outside_sources, partly_assumed, assumptions };
inline constexpr std::array<const char*, 4> kDriverNames = {"word_of_sources", "outside_sources", "partly_assumed",
                                                            "assumptions"};  // [Driver]

/// Shares are of the variance of one run whose account, numbers and chance are all drawn. A share that comes out above
/// 1 is given as 1, for none can be more; what comes out below 0 stays as it is.
struct Analysis {
  Outcome outcome;
  std::size_t blocks = 0, runs = 0, failed_runs = 0, undefined_runs = 0;
  std::optional<std::size_t> stopped_before;  ///< this many runs were done: what is here is of a part
  Estimate mean;
  double variance = 0;  ///< 0: every run has the same outcome, and the rest is empty

  // These four add up to 1.
  Estimate account;  ///< which account alone
  Estimate numbers;  ///< all uncertain numbers alone
  Estimate both;     ///< what account and numbers do only together
  Estimate chance;   ///< between runs with the same account and numbers
  /// The same as people are told them: estimates of nought scatter about it, so in each bootstrap sample what came out
  /// below 0 counts as 0 and the rest is scaled to 1.
  struct {
    Estimate account, numbers, both, chance;
  } whole;
  Estimate account_less_numbers;
  Estimate main_effects;  ///< sum of the first-order indices of all inputs

  std::vector<AccountOutcome> accounts;            ///< as Study::rivals
  std::vector<GroupIndex> rests, sources, tables;  ///< rests: by Rest, in the order of their names

  /// The choice of account and the numbers that rest on claims alone; on outside sources alone; on either and an
  /// assumption; on assumption alone; each as one. Empty where the design does not resample these (Grouping::basis).
  std::vector<Estimate> drivers;  ///< [Driver]
  /// The driver whose share is above every other's by more than the intervals of the differences; -1: none can be
  /// told.
  int main_driver = -1;
  std::vector<InputIndex> inputs;  ///< greatest first-order index first

  std::size_t dummies = 0;                  ///< inputs without effect, treated like the others
  double first_floor = 0, delta_floor = 0;  ///< the greatest of the dummies' indices
  double first_noise = 0, delta_noise = 0;  ///< that which 95 of 100 dummies stay below
  int classes = 0, bins = 0;
  std::size_t replicates = 0;

  bool is_above_floor(const InputIndex& index) const {
    return index.first.value > first_floor || index.delta_raw > delta_floor;
  }
};

/// Dummies for each input: the chance that any input without effect exceeds all of them is at most one in twenty.
inline constexpr std::size_t kDummiesAnInput = 19;
inline constexpr std::size_t kReplicates = 200;
/// Blocks without which intervals mean nothing.
inline constexpr std::size_t kLeastBlocks = 20;

/// Needs at least kLeastBlocks blocks in `outcomes`. Cost: inputs x runs x replicates.
Analysis analyse(const Study& study, const Outcome& outcome, const Outcomes& outcomes, std::uint64_t seed, int threads);

}  // namespace truel::sensitivity
