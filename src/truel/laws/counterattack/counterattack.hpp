// Who has just taken a place is not dug in yet, and who has lost it strikes back before he is.
#pragma once

#include "truel/laws/law.hpp"

namespace truel::laws {

/// The advantage of the side that holds a place grows with the days since it took it (let_through_by_works),
/// in the fight and in what commands reckon with. For laws.operations.retake_days the loser strikes back with men who
/// stand one road away, between the decisions of his command, without effort, preparation or staff
/// (docs/laws/counterattack.md).
struct Counterattack {
  static constexpr std::string_view kName = "counterattack";

  enum Number { on, dig_in_days, march_days, least_win_probability, least_value, again_days };
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.counterattack.on", "switch", 0, 0, 1,
       "who has taken a place digs in with time, and who has lost it strikes back"},
      {"laws.counterattack.dig_in_days", "days", 2.5, 0, 3650,
       "tau: after so many days a new holder has 63 percent of the advantage that cover and works give; 0: all at "
       "once"},
      {"laws.counterattack.march_days", "days", 1, 0, 365, "of march within which men are near enough to strike back"},
      {"laws.counterattack.least_win_probability", "probability", 0.5, 0, 1,
       "win probability below which nobody strikes back", "", "least_odds"},
      {"laws.counterattack.least_value", "ratio", 1, 0, 1000,
       "value of a lost place, over that of the middle one of all places, below which nobody strikes back"},
      {"laws.counterattack.again_days", "days", 7, 1, 3650, "after which the loser may strike at the same place again"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.counterattack.march_days", {"laws.operations.on", "laws.operations.retake_days"}},
      {"laws.counterattack.least_win_probability", {"laws.operations.on", "laws.operations.retake_days"}},
      {"laws.counterattack.least_value", {"laws.operations.on", "laws.operations.retake_days"}},
      {"laws.counterattack.again_days", {"laws.operations.on", "laws.operations.retake_days"}},
      {"laws.operations.retake_days", {"laws.operations.on"}},
  });

  enum Outcome { counterattacks };
  static constexpr std::array kOutcomes = std::to_array<ActorOutcomeInfo>({
      {.name = "counterattacks",
       .scale = OutcomeScale::number,
       .flow = Flow::of_others,
       .shown = kShownEverywhere,
       .phrase = "counterattacks of {}",
       .meaning = "times that its command struck back at a place that it had just lost, before who took it was dug in"},
  });

  static constexpr EventInfo kCounterattack{"counterattack",
                                            "the loser of a place strikes back before who took it has dug in"};
  static constexpr std::array kEvents{kCounterattack};

  enum OwnState { struck_on, struck_after };
  static constexpr std::array kStates = std::to_array<LawStateInfo>({
      {"struck_on", LawStateInfo::Of::place, -1, "day on which the loser of the place last struck back"},
      {"struck_after", LawStateInfo::Of::place, 0, "changes of hands of the place before he did"},
  });

  static bool steps_daily(const CompiledModel& model, const State& state, bool has_flow);

  /// Those who strike back today; all of one day on one board.
  static void pass_days(const CompiledModel& model, State& state, int days);
};

/// The share of fire that cover and works let through to the side that holds a place on a day of the war. Who has just
/// taken it is not dug in: t days later the advantage 1/d is 1 + (1/d - 1)(1 - exp(-t/dig_in_days)).
double let_through_by_works(const CompiledModel& model, const State& state, PlaceIndex place, int day);

}  // namespace truel::laws
