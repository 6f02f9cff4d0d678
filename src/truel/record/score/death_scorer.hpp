// Deaths by month: by dyad and by place, held against the record's counts.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "truel/record/deaths/blend.hpp"
#include "truel/record/deaths/deaths.hpp"
#include "truel/record/deaths/score_deaths.hpp"
#include "truel/record/observations/rules.hpp"
#include "truel/record/score/score.hpp"

namespace truel::record {

/// Scores of deaths. Appends to cases, losses and remarks.
class DeathScorer {
 public:
  /// with_merged: control is scored with sides taken as one, too.
  DeathScorer(const ScoreOptions& options, const Rules& rules, bool with_merged, Scores& out);

  void score_baselines(const std::vector<Window>& windows);
  /// One for each kind of unit.
  std::vector<DeathTally> tallies(const CompiledModel& model) const;
  /// account: "base" of the basic model.
  /// After score_baselines of the same windows, origins in their order: the model, and its mixture with conflictology
  /// by the share that did best in the months that had ended.
  void score_model(const std::vector<Window>& windows, const std::string& account,
                   const std::vector<DeathTally>& tallies);
  /// Scores of dyads alone from here on.
  void keep_dyads();
  /// The same of a forecast that was made before. members: of a dyad by its name in a month, the same realizations in
  /// the same order for all; empty: none.
  using GivenMembers = std::function<std::vector<double>(bool with_harm, const std::string& dyad, int month)>;
  void score_given(const std::vector<Window>& windows, const std::string& account, const GivenMembers& members);

 private:
  /// A record that forecasts of deaths are held against.
  struct DeathRecord {
    std::string unit;
    DeathSeries series;
    std::map<std::pair<Day, Day>, std::size_t> cases;  ///< by first and last day of the window
  };

  /// Mixtures of one origin in a month that the record has.
  struct PastMonth {
    int month = 0;
    std::vector<MixtureTerms> units;
  };

  /// Units by which deaths are counted, and the records that the same forecasts are held against: first that which
  /// baselines know.
  struct DeathUnits {
    bool is_by_place = false, with_harm = false;
    std::vector<DeathRecord> records;
    std::vector<std::vector<double>> level{};               ///< [unit] conflictology from the origin; empty: none
    std::map<std::string, std::vector<PastMonth>> mixed{};  ///< by account
    std::map<std::string, std::vector<std::pair<int, Pit>>> pits{};  ///< by account: month, and where a unit's lay

    const DeathSeries& known() const { return records.front().series; }
  };

  /// Shares of enemies over a window, of the record and of what a forecast says. members: [dyad][realization] deaths
  /// over the window's months; one realization of a baseline.
  void score_fights(const Window& window, const std::string& model, const std::string& account,
                    const std::vector<std::vector<double>>& members);
  /// What each dyad did in the record and in each realization, of the longest window where there is one origin.
  void keep_dyads_by_run(const Window& window, const std::string& account, const DeathTally& tally);
  void tell_left_out(const DeathUnits& units);
  bool is_without_record(const DeathUnits& units) const {
    return units.known().left_out == out_.observations.events.size();
  }
  std::size_t case_of(DeathRecord& record, const Window& window);
  /// Scores members [unit and month] in every record of these units.
  void score_members(DeathUnits& units, const Window& window, const std::string& model, const std::string& account,
                     const std::vector<std::vector<double>>& members, const FairScore& fair_score = nullptr);
  void score_blend(DeathUnits& units, const std::vector<Window>& windows, const std::string& account,
                   const DeathTally& tally);

  /// The model as it would have been right in the months that had ended by the origin, and how often what came lay
  /// where in either.
  void score_recalibrated(DeathUnits& units, const std::vector<Window>& windows, const std::string& account,
                          const DeathTally& tally);
  PitHistogram& histogram(const std::string& unit, std::string_view model, const std::string& account, int months);

  void score_units(DeathUnits& units, const std::vector<Window>& windows, const std::string& account,
                   const std::function<std::vector<double>(std::size_t unit, int month)>& members_of);

  const ScoreOptions& options_;
  Scores& out_;
  Dyads dyads_;
  bool with_merged_;
  std::vector<DeathUnits> deaths_;
  std::map<std::pair<Day, Day>, std::size_t> fights_;  ///< cases, by first and last day of the window
  std::vector<int> unit_of_place_;                     ///< [place]
};

}  // namespace truel::record
