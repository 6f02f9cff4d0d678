// Whom to fight first, as the answer to what all others do.
#pragma once

#include <vector>

#include "truel/laws/law.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {

/// The games of allocation that the commands with the doctrine best-response played, over the whole run.
struct GameTally {
  double games = 0;      ///< decisions at which one was played
  double converged = 0;  ///< of these: nobody gained by changing in the end
  double cycles = 0;     ///< the allocations repeated themselves; neither: they did not settle
  double rounds = 0;     ///< of best responses, all games together
};

struct BestResponseState {
  BestResponseState(const CompiledModel& model) : passing(at(model.n_actors()), kAbsent) {}

  ListBy<ActorIndex, double> passing;  ///< [actor] abstention that best responses chose; NaN: none did
  GameTally games;
};

/// A law that acts where a command has the doctrine: it has no switch.
struct BestResponse {
  enum Number { rounds, states };
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.best_response.rounds", "rounds", 20, 1, 10'000,
       "doctrine best-response: rounds of best responses at a decision before it is said that they do not settle"},
      {"laws.best_response.states", "states", 0, 0, 1e6,
       "doctrine best-response, fire in turns or salvos: wars of at most so many states are solved as an exact chain"},
  });
  static constexpr std::array kPositions{NumberPosition{rounds, 57}};
  static constexpr auto kResponse = has_doctrine("commands", Doctrine::best_response);
  static constexpr auto kSomeResponse = has_doctrine("commands.*", Doctrine::best_response);
  static constexpr std::array kReads = std::to_array<Reading>({
      {"ties.share", {kSomeResponse}},
      {"commands.enemy_weight", {kResponse, "laws.fire.on"}},
      {"laws.best_response.rounds", {kSomeResponse, "laws.fire.on"}},
      {"laws.best_response.states", {kSomeResponse, "laws.fire.on", "laws.fire.timing"}},
  });

  static constexpr EventInfo kAnswers{"best_response", "commands have answered each other's choices of enemies"};
  static constexpr std::array kEvents{kAnswers};
  static constexpr EventCause kSettled{"settled", "nobody gains by changing after {rounds:.0f} rounds"};
  static constexpr EventCause kGoRound{"go_round", "the responses go round every {period:.0f} rounds"};
  static constexpr EventCause kUnsettled{"unsettled", "the responses do not settle in {rounds:.0f} rounds"};
  static constexpr std::array kCauses{kSettled, kGoRound, kUnsettled};

  using Own = BestResponseState;
};

/// Sets the effort of the commands with the doctrine `best-response` by best responses in the square law of all totals
/// until the last day (model.md, section 4, best response), from the strengths of this decision: an answer in feedback
/// form, given anew at every epoch. Call it when the other commands have set theirs. `last`: efforts at the decision
/// before, [attacker][target], where the search begins. Does nothing where no command has the doctrine.
void respond_best(const CompiledModel& model, State& state, const View& view, const std::vector<double>& last);

}  // namespace truel::laws
