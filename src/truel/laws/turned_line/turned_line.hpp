// A line that is turned shortens itself, and land on which nobody stands gets somebody.
#pragma once

#include "truel/laws/law.hpp"

namespace truel::laws {

struct TurnedLineState {
  TurnedLineState(const CompiledModel&) {}
  int n_seen = 0;           ///< Tallies::n_holder_changes when captures were last looked at
  double last_judges = -1;  ///< last day on which some garrison judges
};

/// When a place falls, garrisons of the same command one road away judge anew, without waiting for the decision of
/// their command, and withdraw to the nearest place that can be held (docs/laws/turned_line.md). A place on which
/// nobody has stood for long is walked into from next door.
struct TurnedLine {
  static constexpr std::string_view kName = "turned_line";
  using Own = TurnedLineState;

  enum Number { on, notice_days, margin, walk_in_days, party };
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.turned_line.on", "switch", 0, 0, 1, "garrisons beside a place that has fallen judge anew at once"},
      {"laws.turned_line.notice_days", "days", 1, 0, 365, "from the loss of a place to the order for those beside it"},
      {"laws.turned_line.margin", "probability", 0.1, 0, 1,
       "by which the win probability where a garrison withdraws to has to exceed its breaking point"},
      {"laws.turned_line.walk_in_days", "days", 30, 0, 36500,
       "for which nobody stands at a place before who is next door walks in; 0: nobody does"},
      {"laws.turned_line.party", "share", 0.1, 0, 1, "of the men next door who walk in"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.turned_line.on", {"laws.operations.on"}},
      {"laws.exploitation.km_per_day", {"laws.operations.on"}},
      {"laws.turned_line.party", {"laws.operations.on", "laws.turned_line.walk_in_days"}},
  });

  enum Outcome { withdrawals };
  static constexpr std::array kOutcomes = std::to_array<ActorOutcomeInfo>({
      {.name = "withdrawals",
       .scale = OutcomeScale::number,
       .flow = Flow::of_others,
       .shown = kShownEverywhere,
       .phrase = "withdrawals of {}",
       .meaning = "times that men of its left a place because the one beside it had fallen"},
  });

  static constexpr EventInfo kWithdrawal{"withdrawal", "men leave a place because the one beside it has fallen"};
  static constexpr EventInfo kWalkIn{"walk_in", "men from next door go to a place on which nobody stands"};
  static constexpr std::array kEvents{kWithdrawal, kWalkIn};

  enum OwnState { seen, judged_on, empty_since };
  static constexpr std::array kStates = std::to_array<LawStateInfo>({
      {"seen", LawStateInfo::Of::place, 0, "changes of hands of the place that the law has seen"},
      {"judged_on", LawStateInfo::Of::place_and_actor, -1, "day on which men of the actor at the place judge anew"},
      {"empty_since", LawStateInfo::Of::place, -1, "first day on which nobody stood there or came; -1: somebody does"},
  });

  /// Places that have fallen, garrisons that judge, land that stands empty; all of one day on one board.
  static void pass_days(const CompiledModel& model, State& state, int days);
};

}  // namespace truel::laws
