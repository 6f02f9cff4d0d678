// Forecasts of deaths by month, scored.
#pragma once

#include <string>
#include <vector>

#include "truel/record/deaths/deaths.hpp"
#include "truel/record/losses.hpp"
#include "truel/solver/run.hpp"
#include "truel/world/compiled_model.hpp"

namespace truel::record {

/// Fighters killed by unit and calendar month in every realization of an ensemble. Memory: a float for each
/// realization, unit and month.
class DeathTally {
 public:
  /// values: the tally that is added up. unit: [entry of a month] index of a unit, kNone for what the record leaves
  /// out.
  DeathTally(const CompiledModel& model, std::vector<float> solver::MonthTallies::*values, std::vector<int> unit,
             std::size_t n_units);

  /// A failed realization is left out.
  void add(const solver::Run& run);
  /// Sorted members of a unit in a month (month_of); empty where the realizations do not reach it.
  std::vector<double> members(std::size_t unit, int month) const;

 private:
  std::vector<float> solver::MonthTallies::*values_;
  std::vector<int> unit_;
  std::size_t n_units_;
  int first_month_ = 0;
  std::size_t n_months_ = 0;
  std::vector<std::vector<float>> members_;  ///< [month * units + unit][realization]
};

/// The dyad of each entry of a month of MonthTallies::losses; kNone also in countries that the record leaves out.
std::vector<int> dyads_of_losses(const CompiledModel& model, const Dyads& dyads);

/// The whole months of a window that a record of deaths covers, every unit in each: names are "UNIT YYYY-MM".
Case death_case(const DeathSeries& series, const std::string& unit, const Window& window, bool merged);

/// Months of a case, as month_of counts them.
std::vector<int> months_of(const DeathSeries& series, const Window& window);

/// Appends fair-crps, crps, ign and mis of members [unit of the case]; empty members: no forecast. An ensemble of
/// another size than `size` is brought to it for the last three, which depend on the size.
void score_deaths(const DeathSeries& series, const std::vector<Case>& cases, std::size_t in_case,
                  const std::string& model, const std::string& account, const std::vector<std::vector<double>>& members,
                  std::size_t size, std::vector<Losses>& out);

}  // namespace truel::record
