// Forecasts of deaths by month, scored.
#pragma once

#include <string>
#include <vector>

#include "truel/dynamics/compiled_model.hpp"
#include "truel/record/deaths.hpp"
#include "truel/record/losses.hpp"
#include "truel/solver/run.hpp"

namespace truel::record {

/// Fighters lost by dyad and calendar month in every realization of an ensemble whose states are stored every day.
/// Memory: a float for each realization, dyad and month.
class DeathTally {
 public:
  DeathTally(const dynamics::CompiledModel& model, const Dyads& dyads);

  /// A failed realization is left out.
  void add(const solver::Run& run);
  /// Sorted members of a dyad in a month (month_of); empty where the realizations do not reach its end.
  std::vector<double> members(std::size_t dyad, int month) const;

 private:
  std::size_t n_dyads_;
  int first_month_ = 0;
  std::vector<int> dyad_;            ///< [attacker][target]
  std::vector<std::size_t> begins_;  ///< [month] day since the first; one more: the end of the last
  std::size_t n_times_ = 0;
  std::vector<std::vector<float>> members_;  ///< [month * dyads + dyad][realization]
};

/// The whole months of a window that a record of deaths covers, every dyad in each: names are "DYAD YYYY-MM".
Case death_case(const DeathSeries& series, const Window& window, bool merged);

/// Months of a case, as month_of counts them.
std::vector<int> months_of(const DeathSeries& series, const Window& window);

/// Appends fair-crps, crps, ign and mis of members [unit of the case]; empty members: no forecast. An ensemble of
/// another size than `size` is brought to it for the last three, which depend on the size.
void score_deaths(const DeathSeries& series, const std::vector<Case>& cases, std::size_t in_case,
                  const std::string& model, const std::string& account, const std::vector<std::vector<double>>& members,
                  std::size_t size, std::vector<Losses>& out);

}  // namespace truel::record
