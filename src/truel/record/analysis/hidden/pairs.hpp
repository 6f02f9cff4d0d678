// How hard pairs of sides fight each other, moved to the deaths that were recorded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "truel/model/war.hpp"
#include "truel/record/analysis/hidden/particles.hpp"
#include "truel/record/deaths/deaths.hpp"
#include "truel/record/deaths/score_deaths.hpp"
#include "truel/solver/run.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::record::hidden {

/// Deviations of the hidden lethality of dyads, one of each to every run of an analysis, the same for all pairs of
/// actors of a dyad. The runs have the numbers of a forecast, so that each has its uncertain parameters: what moves is
/// the deviation of each run, by as much as its own deaths differ from the record's (an ensemble smoother; Evensen and
/// van Leeuwen 2000), and not the weight of the run.
class Pairs {
 public:
  /// n runs. kept_share: correlation of deviations from one month to the next.
  Pairs(const War& war, const Observations& observations, const Rules& rules, std::uint64_t seed, std::size_t n,
        double kept_share);

  void pass_month();
  /// What runs are given in a month of the analysis.
  LaidInDeviations laid_in(Day day, std::size_t month) const;

  /// The whole calendar months between two days that the record has: those that deaths are compared in, of a war that
  /// begins on the first and ends on the last. Returns how many.
  std::size_t look_at(Day start, Day until);
  /// The war whose runs are compared.
  void compare_with(const CompiledModel& model);
  /// What fell in these months in a run; those that failed count as the mean of the others.
  void add(const solver::Run& run);

  /// Moves the deviations of all months from `first` on to the deaths of the record, a dyad at a time, and says of each
  /// in how many runs its sides have stopped fighting.
  void move(std::size_t first);
  /// Those dyads whose sides have, in a share of the runs, from a day on.
  std::vector<LaidInLull> lulls(Day day) const;

  std::size_t size() const { return dyads_.size(); }
  const std::string& name(std::size_t dyad) const { return dyads_.names()[dyad]; }
  /// Of a dyad in the last month: [run].
  std::vector<double> last(std::size_t dyad) const;
  /// How many standard deviations the record of the last quarter lay from the runs, before deviations were moved.
  double conflict(std::size_t dyad) const { return conflict_[dyad]; }
  /// Whether the record moved it: not where the deaths of runs hardly depend on how hard its sides fight.
  bool is_moved(std::size_t dyad) const { return is_moved_[dyad]; }
  /// The share of the runs in which its sides have stopped fighting.
  double lull(std::size_t dyad) const { return lull_[dyad]; }

 private:
  int n_actors_;
  Dyads dyads_;
  DeathSeries record_;
  std::uint64_t seed_;
  Particles deviations_;
  std::vector<std::vector<std::vector<float>>> months_;  ///< [month][run][dyad]
  std::vector<int> dyad_of_pair_;
  MonthDeaths deaths_;
  std::vector<std::size_t> compared_;            ///< months of the war
  std::vector<std::size_t> recorded_;            ///< the same as columns of the record
  std::vector<std::vector<double>> log_deaths_;  ///< [dyad][run * compared + month]; NaN: failed
  std::vector<double> conflict_;
  std::vector<bool> is_moved_;
  std::vector<double> lull_;
};

/// Standard deviation of the error of a record, in logs: by how much more its deaths go up and down from one month to
/// the next than those of runs do, and kLeastError at least. record [m]; runs [n][m].
double error_of_record(const std::vector<double>& record, const std::vector<double>& runs);

/// In which share of the runs two sides have stopped fighting, where fewer than a rare share of the runs have as few
/// deaths as the record: 1 less the record's part of the deaths of a run, so that with the others at war as many fall
/// on average as on record. Else 0. runs [n], n > 0.
double lull_share(double recorded, const std::vector<double>& runs);

inline constexpr double kRareShare = 0.05;  ///< assumed: what so few runs have is not explained by them
inline constexpr double kLeastError = 0.1;  ///< assumed: counts of events are off by a tenth

}  // namespace truel::record::hidden
