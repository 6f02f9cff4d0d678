// Who holds each place: the cases of a score, their baselines, the model, its blends with a baseline and its
// recalibration.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "truel/record/control/control.hpp"
#include "truel/record/control/merges.hpp"
#include "truel/record/control/recalibration.hpp"
#include "truel/record/control/score_control.hpp"
#include "truel/record/observations/rules.hpp"
#include "truel/record/score/forecast.hpp"
#include "truel/record/score/score.hpp"

namespace truel::record {

/// What the runs of one forecast say of who holds places.
struct ControlTallies {
  ControlTally holders;
  std::vector<std::vector<ChangeTally>> changes;  ///< [window][merge]
  std::vector<EndTally> ends;                     ///< [window]; none unless ScoreOptions::power

  void add(const solver::Run& run);
};

/// Scores of control, sides apart and, where the record cannot tell some, together. Appends to cases, losses and what
/// else Scores has of control.
class ControlScorer {
 public:
  ControlScorer(const ScoreOptions& options, const Rules& rules, Scores& out);

  /// Whether some sides count as one.
  bool has_merged() const { return merges_.size() > 1; }
  void score_baselines(const std::vector<Window>& windows);
  ControlTallies tallies(const Forecast& forecast, const std::vector<Window>& windows) const;
  /// After score_baselines of the same windows. account: "base" of the basic model.
  void score_model(const std::vector<Window>& windows, const std::string& account, ControlTallies tallies);
  /// The same of a forecast that was made before: shares of its realizations [place * sides + side] at the window's
  /// end.
  void score_given(const Window& window, const std::string& account, const std::vector<double>& shares, double members);
  /// When all windows have been scored: mixtures of the model and the spatial hazard, weighted by earlier windows.
  void score_blends();
  /// The same, the model recalibrated by earlier windows.
  void score_recalibrated();
  /// When all windows have been scored: what the record could tell, if that is asked for.
  void score_power();
  /// Origins at which a baseline that knows deaths has none.
  const std::vector<Day>& without_deaths() const { return without_deaths_; }

 private:
  /// Forecasts of the model and of the spatial hazard in a window: what later windows learn from.
  struct WindowForecasts {
    std::size_t in_case = 0;
    Window window;
    bool merged = false;
    std::string account;
    std::vector<double> model, hazard;
    double model_members = 0, hazard_members = 0;
  };

  /// Cases of a window: with and without spells of which the record is unsure.
  void score_places(const Window& window, const Merge& merge, const PlaceForecast& forecast);
  /// Scores shares of sides apart as the merge counts them, and gives them back so.
  std::vector<double> score_shares(const Window& window, const Merge& merge, const std::string& account,
                                   const std::vector<double>& shares, double members);
  std::size_t case_of(const Window& window, const Merge& merge, bool with_low);
  WindowCounts count(const Window& window, const Merge& merge, const Case& c) const;
  /// The day since which the record of deaths has no gap up to an origin; nothing where it lacks the month before.
  std::optional<Day> unbroken_deaths_before(Day origin) const;
  void score_hazard(const Window& window, const Merge& merge, const std::string& model, const std::string& account,
                    const std::vector<std::vector<double>>& change, double members);
  std::size_t change_case_of(const Window& window, const Merge& merge);
  void note_held(std::size_t in_case, const ControlRecord& record, const std::string& account,
                 const std::vector<double>& p);
  /// Those of the same account, sides and horizon whose windows had ended by the origin of this one.
  std::vector<const WindowForecasts*> earlier_than(const WindowForecasts& f) const;
  /// Fair Brier scores of the mixture at the places of its case, and what is taken off.
  PlaceForecast blend(const WindowForecasts& f, double weight) const;
  double blend_loss(const WindowForecasts& f, double weight) const;
  ChangeRecalibration recalibration_by(const std::vector<const WindowForecasts*>& earlier) const;
  PlaceForecast recalibrated(const WindowForecasts& f, const ChangeRecalibration& with) const;

  const ScoreOptions& options_;
  Scores& out_;
  Reach reach_;
  std::vector<Merge> merges_;
  std::map<std::tuple<Day, Day, bool, bool>, std::size_t> case_index_;
  std::map<std::tuple<Day, Day, bool>, std::size_t> change_index_;
  std::map<std::tuple<Day, Day, bool>, std::pair<std::vector<double>, double>> hazards_;
  std::map<Day, std::vector<double>> deaths_before_;  ///< for the spatial hazard with deaths
  std::vector<WindowForecasts> forecasts_;
  std::vector<HoldersOfRuns> ends_;
  std::vector<Day> without_deaths_;
};

}  // namespace truel::record
