// Forecasts of who holds each place, scored.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "truel/model/war.hpp"
#include "truel/record/control/control.hpp"
#include "truel/record/observations/rules.hpp"
#include "truel/record/score/losses.hpp"
#include "truel/solver/run.hpp"

namespace truel::record {

/// Shares of the realizations in which each side holds each place in the morning of some days. Memory does not grow
/// with the realizations.
class ControlTally {
 public:
  /// times: indices of the days among the stored days of the realizations.
  ControlTally(const Sides& sides, std::size_t n_places, std::vector<std::size_t> times, std::size_t n_times);

  /// A failed realization is counted and left out.
  void add(const solver::Run& run);

  double members() const { return members_; }
  std::size_t failed() const { return failed_; }
  /// [place * sides + side] at one of the times.
  std::vector<double> shares(std::size_t time) const;

 private:
  const Sides& sides_;
  std::size_t n_places_;
  std::vector<std::size_t> times_;
  std::size_t n_times_;
  std::vector<std::vector<double>> counts_;  ///< [time][place * sides + side]
  double members_ = 0;
  std::size_t failed_ = 0;
};

/// Shares of the realizations in which a place is held by another side at the end of a span than at its beginning.
class ChangeTally {
 public:
  /// counts_as: [side] the side that it counts as. times: as for ControlTally; a span lies between each two that follow
  /// each other.
  ChangeTally(const Sides& sides, std::vector<int> counts_as, std::size_t n_places, std::vector<std::size_t> times,
              std::size_t n_times);

  void add(const solver::Run& run);
  double members() const { return members_; }
  /// [place]
  std::vector<double> shares(std::size_t span) const;

 private:
  const Sides& sides_;
  std::vector<int> counts_as_;
  std::size_t n_places_;
  std::vector<std::size_t> times_;
  std::size_t n_times_;
  std::vector<std::vector<double>> counts_;  ///< [span][place]
  double members_ = 0;
};

/// Who holds each place in the morning of a day, in every realization. Memory grows with them: two bytes a place.
class EndTally {
 public:
  /// counts_as, time: as those of ChangeTally. runs: how many there are, numbered from 0.
  EndTally(const Sides& sides, std::vector<int> counts_as, std::size_t n_places, std::size_t time, std::size_t n_times,
           std::size_t runs);

  /// In any order. Of a failed realization nobody holds anything: -1.
  void add(const solver::Run& run);
  /// [run * places + place]
  std::vector<std::int16_t> held() && { return std::move(held_); }

 private:
  const Sides& sides_;
  std::vector<int> counts_as_;
  std::size_t n_places_, time_, n_times_;
  std::vector<std::int16_t> held_;
};

/// Shares of sides that are merged, added up.
std::vector<double> merged_shares(const std::vector<double>& shares, std::span<const int> counts_as);

/// The places of a war as units of a window: compared are those with one holder on both days, of which the record is
/// sure or not (with_low); blocks are provinces.
Case control_case(const War& war, const ControlRecord& record, const Window& window, bool merged, bool with_low = true);

/// The origin and the same day of the months after it, as many as end in the window; of a month that ends with the
/// window, its last day.
std::vector<Day> month_bounds(const Window& window);

/// Places and months of a window as units, named "PLACE YYYY-MM-DD" by the first day: compared are those with one
/// holder on both days; a place has changed if it is another. Blocks are provinces.
Case change_case(const War& war, const ControlRecord& record, const Window& window, bool merged);

/// Appends the log score of changing hands in a month and the mean probability of it. change: [month][place]. members:
/// behind the shares, 0 for exact probabilities, which are smoothed like log_members runs.
void score_changes(const std::vector<Case>& cases, std::size_t in_case, const std::string& model,
                   const std::string& account, const std::vector<std::vector<double>>& change, double members,
                   double log_members, std::vector<Losses>& out);

/// A forecast of a case: probabilities [place * n_sides + side].
struct PlaceForecast {
  std::string model{}, account{};
  std::vector<double> p{};
  double members = 0;            ///< behind the shares; 0: exact
  std::vector<double> excess{};  ///< [place] taken off the Brier score; empty: what `members` ask for
  std::vector<double> sure{};    ///< for the log score, where it is another forecast; empty: p
};

/// Distances by road within which the skill on the graph counts places as one.
inline constexpr std::array kReachesKm{0, 25, 50, 100};
/// [distance][place] the places within reach of a place, itself included. Road lengths are medians.
using Reach = std::vector<std::vector<std::vector<PlaceIndex>>>;
Reach places_within_reach(const War& war);

/// Appends Brier score, log score, mean probability of a change of hands, and skill on the graph of a forecast.
/// holders: who may hold a place, sides that count as one once. log_members: the runs that the log score of exact
/// probabilities is smoothed with.
void score_control(const Reach& reach, const ControlRecord& record, const std::vector<Case>& cases, std::size_t in_case,
                   const PlaceForecast& forecast, std::size_t holders, double log_members, std::vector<Losses>& out);

}  // namespace truel::record
