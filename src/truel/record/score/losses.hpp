// Scores of many units (places, dyads and months) in many windows: means, paired differences, intervals by bootstrap.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truel/model/basic_model.hpp"
#include "truel/record/windows.hpp"

namespace truel::record {

inline constexpr double kNoScore = std::numeric_limits<double>::quiet_NaN();

/// Names of models beside those of baselines (record/control/baselines.hpp, record/deaths/baselines.hpp).
using truel::kTruel;
inline constexpr std::string_view kBlend = "blend", kRecalibrated = "truel-recalibrated";

/// Names of scores: of control, then of deaths (record/score/proper_scores.hpp has the functions).
inline constexpr std::string_view kBrier = "brier", kLog = "log", kChangeProbability = "change-probability";
inline constexpr std::string_view kFairCrps = "fair-crps", kCrps = "crps", kIgnorance = "ign", kIntervalScore = "mis",
                                  kWithin50 = "within-50", kWithin90 = "within-90";
/// Those that the page gets.
inline constexpr std::array kPageScores{kBrier, kLog, kCrps, kIgnorance};

enum class Target { control, deaths, fights };
enum class Subset { all, changed, unchanged };
std::string_view to_string(Target target);
std::string_view to_string(Subset subset);

/// What is forecast in a window: one unit after another.
struct Case {
  Window window{};
  Target target = Target::control;
  std::string unit{};                ///< "place", "place-month", "dyad", "dyad-best", "enemy", ...
  bool merged = false;               ///< sides that the record cannot tell apart taken as one
  bool with_low = true;              ///< spells of which the record is unsure are compared as well
  std::vector<std::string> names{};  ///< [unit]
  std::vector<int> block{};          ///< [unit] units that are drawn together
  std::vector<bool> counts{};        ///< [unit] whether it is compared
  std::vector<bool> has_changed{};   ///< [unit]
};

/// A model's scores in a case. The score of several units is the sum of their losses over the sum of their weights.
struct Losses {
  std::size_t in_case = 0;
  std::string score{}, model{}, account{};  ///< account: "" of a baseline, "base" of the basic model
  std::vector<double> loss{};               ///< [unit]; NaN: none
  std::vector<double> weight{};             ///< [unit]; empty: all 1
  bool is_skill = false;                    ///< 1 - the quotient is told
};

/// Those of a model in cases[in_case], none of whose units has a score yet.
Losses unscored(const std::vector<Case>& cases, std::size_t in_case, std::string_view score, std::string_view model,
                std::string_view account);

struct ScoreRow {
  bool is_pooled = false;  ///< over all windows of this horizon
  Window window{};         ///< of a pooled row: the first origin to the last day
  Target target = Target::control;
  std::string unit{};
  Subset subset = Subset::all;
  bool merged = false, with_low = true;
  std::string score{}, model{}, account{};
  double value = kNoScore, low = kNoScore, high = kNoScore;
  double difference = kNoScore, difference_low = kNoScore, difference_high = kNoScore;
  std::string against{};            ///< the baseline that differences are taken from
  double against_value = kNoScore;  ///< its score where both have one; the model's own there is that and the difference
  std::size_t n = 0;                ///< units compared
  std::size_t against_n = 0;        ///< of them those in which the baseline has a score, too
  std::size_t windows = 1;
};

/// How a forecast stands to that which it is held against.
enum class Verdict { better, same, unclear, worse };

std::string_view to_string(Verdict verdict);

/// By the interval of their difference, of a score of which less is better. Ends that are 0 in the three decimals in
/// which people read them are no difference: both, that it is the same.
Verdict verdict_of(double difference_low, double difference_high);

struct BootstrapOptions {
  std::uint64_t seed = 1;
  int repeats = 1000;
  int threads = 0;  ///< 0: all cores
};

/// How often a resample draws each window and each block of units.
struct Resample {
  std::vector<double> windows, blocks;
};

/// The resample of this number: blocks with replacement, and windows in circular runs as long as the horizon of so many
/// months, since they overlap.
Resample resample(std::uint64_t seed, std::size_t repeat, std::size_t n_windows, std::size_t n_blocks, int months);

/// What holds 95 in 100 of the values; those that are no number are left out. kNoScore of fewer than two.
std::pair<double, double> interval_of(std::vector<double> values);

/// One row for every case, subset and model; and, where a horizon has several windows, one over all of them. Intervals
/// hold 95 in 100 of the repeats, each of which draws blocks of units and, of pooled rows, of origins, with
/// replacement; origins in runs as long as the horizon, since windows overlap. A pooled row takes the windows in which
/// the model has a score; its difference, those in which the baseline has one too.
std::vector<ScoreRow> summarise(const std::vector<Case>& cases, const std::vector<Losses>& losses,
                                const BootstrapOptions& options);

}  // namespace truel::record
