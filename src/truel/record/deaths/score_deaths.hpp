// Forecasts of deaths by month, scored.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "truel/record/deaths/deaths.hpp"
#include "truel/record/score/losses.hpp"
#include "truel/solver/run.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::record {

/// Adds what a month of a realization cost to each unit. months: of a run; month: which of them; units: [unit] sums.
using MonthDeaths = std::function<void(const solver::MonthTallies& months, std::size_t month, std::span<float> units)>;

/// Fighters killed by dyad, in the countries of the record. What an air arm of a side without men on the ground kills
/// goes to the dyads that it supports in proportion to the fighters whom these kill in the country and month, to the
/// first of them where they kill none. with_harm: an actor's harm is spread over all fighters whom it kills in the
/// month, whatever the country, and goes where they go; that of an actor who kills none belongs to no dyad.
MonthDeaths deaths_of_dyads(const CompiledModel& model, const Dyads& dyads, bool with_harm);

/// Fighters killed by place, with people harmed there who are none, or without. unit: [place], kNone: left out.
MonthDeaths deaths_of_places(std::vector<int> unit, bool with_harm);

/// Deaths by unit and calendar month in every realization of an ensemble. Memory: a float for each realization, unit
/// and month.
class DeathTally {
 public:
  DeathTally(const CompiledModel& model, MonthDeaths deaths, std::size_t n_units);

  /// A failed realization is left out.
  void add(const solver::Run& run);
  /// Sorted members of a unit in a month (month_of); empty where the realizations do not reach it.
  std::vector<double> members(std::size_t unit, int month) const;
  /// [realization] deaths of a unit over these months; the same realizations in the same order for every unit.
  std::vector<double> sums(std::size_t unit, const std::vector<int>& months) const;

 private:
  MonthDeaths deaths_;
  std::size_t n_units_;
  int first_month_ = 0;
  std::size_t n_months_ = 0;
  std::vector<std::vector<float>> members_;  ///< [month * units + unit][realization]
};

/// The whole months of a window that a record of deaths covers, every unit in each: names are "UNIT YYYY-MM".
Case death_case(const DeathSeries& series, const std::string& unit, const Window& window, bool merged);

/// Months of a case, as month_of counts them.
std::vector<int> months_of(const DeathSeries& series, const Window& window);

/// The fair CRPS of a unit of a case, given what was observed.
using FairScore = std::function<double(std::size_t unit, double observed)>;

/// Appends fair-crps, crps, ign, mis, within-50 and within-90 of members [unit of the case]; empty members: no
/// forecast. An ensemble of another size than `size` is brought to it for crps, ign and mis, which depend on the size.
/// fair_score: none, if it is that of the members.
void score_deaths(const DeathSeries& series, const std::vector<Case>& cases, std::size_t in_case,
                  const std::string& model, const std::string& account, const std::vector<std::vector<double>>& members,
                  std::size_t size, std::vector<Losses>& out, const FairScore& fair_score = nullptr);

}  // namespace truel::record
