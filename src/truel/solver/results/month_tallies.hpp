// What is counted by calendar month: the list that recorder, store, summaries, tables and arrays follow.
//
// To add one: what counts it since the first day in Tallies, its list in MonthTallies and its row in kMonthTallies.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "truel/world/state.hpp"

namespace truel::solver {

/// What happened in each calendar month of the war (calendar_months) and where. What happens on the morning of the last
/// day belongs to the last month.
struct MonthTallies {
  std::vector<float> losses;        ///< [month][country][attacker][target]
  std::vector<float> place_losses;  ///< [month][place]
  std::vector<float> harm;          ///< [month][actor]
  std::vector<float> place_harm;    ///< [month][place]
  std::vector<float> changes;       ///< [month][place]
};

struct MonthTallyInfo {
  enum class Of { dyad_and_country, actor, place };
  std::vector<float> MonthTallies::*values;
  Of of;
  std::span<const double> (*so_far)(const State&);  ///< since the first day: what a month adds is one row of `values`
  const char* name;                                 ///< column of the tables by month
  const char* array;                                ///< variable of ensemble.nc
  const char* meaning;
};

/// In the order of the store.
inline constexpr std::array kMonthTallies = std::to_array<MonthTallyInfo>({
    {&MonthTallies::losses, MonthTallyInfo::Of::dyad_and_country,
     [](const State& s) { return std::span<const double>(s.tallies.country_losses); }, "losses", "losses_by_month",
     "fighters of the target killed by the attacker in the country in the month"},
    {&MonthTallies::place_losses, MonthTallyInfo::Of::place,
     [](const State& s) { return std::span<const double>(s.tallies.place_losses); }, "losses", "place_losses_by_month",
     "fighters of all sides killed at the place in the month, those in columns at the place that they go to"},
    {&MonthTallies::harm, MonthTallyInfo::Of::actor, [](const State& s) { return s.tally(ActorOutcome::harm); }, "harm",
     "harm_by_month", "persons who are no fighters harmed by the fire and strikes of the actor in the month"},
    {&MonthTallies::place_harm, MonthTallyInfo::Of::place,
     [](const State& s) { return std::span<const double>(s.tallies.place_harm); }, "harm", "place_harm_by_month",
     "persons who are no fighters harmed at the place in the month"},
    {&MonthTallies::changes, MonthTallyInfo::Of::place,
     [](const State& s) { return std::span<const double>(s.tallies.place_changes); }, "changes", "changes_by_month",
     "times that the place changed hands in the month"},
});

constexpr std::size_t count_month_tallies(MonthTallyInfo::Of of) {
  return static_cast<std::size_t>(std::count_if(kMonthTallies.begin(), kMonthTallies.end(),
                                                [of](const MonthTallyInfo& info) { return info.of == of; }));
}

/// Those of one kind.
template <MonthTallyInfo::Of kOf>
inline constexpr auto kMonthTalliesOf = [] {
  std::array<MonthTallyInfo, count_month_tallies(kOf)> found{};
  std::copy_if(kMonthTallies.begin(), kMonthTallies.end(), found.begin(),
               [](const MonthTallyInfo& info) { return info.of == kOf; });
  return found;
}();

/// How many numbers a month has.
std::size_t month_row(const CompiledModel& model, MonthTallyInfo::Of of);

}  // namespace truel::solver
