// What the law of this folder reads.
#include "truel/laws/settlement/settlement.hpp"

namespace truel::laws {

std::span<const Reading> Settlement::reads() {
  static constexpr auto kSomeWeights = feature_names("commands.*.weight_");
  static constexpr std::string_view kElection = "laws.settlement.election";
  static constexpr std::string_view kChallenges = "laws.settlement.election=0";
  static constexpr auto kSomePriority = has_doctrine("commands.*", Doctrine::priority);
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.settlement.rounds", {kChallenges}},
      {"laws.settlement.status_quo", {kChallenges}},
      {"laws.settlement.own_view", {kChallenges}},
      {"laws.settlement.markov", {kElection}},
      {"laws.settlement.incentive", {kElection, "laws.settlement.markov"}},
      {"laws.settlement.victory_exponent", {kElection}},
      {"laws.settlement.cubic_votes", {kElection}},
      {"laws.settlement.projection", {kElection}},
      {"laws.settlement.scale", {kElection}},
      {"laws.settlement.scale", {kSomePriority, kSomeWeights[kLand]}},
      {"actors.capability"},
      {"actors.excluded"},
      {"ties.coalition", {kElection}},
      {"positions.position"},
      {"positions.salience"},
      {"sponsors.finance", {"laws.settlement.backing"}},
      {"sponsors.arms", {"laws.settlement.backing"}},
      {"sponsors.training", {"laws.settlement.backing"}},
      {"sponsors.intelligence", {"laws.settlement.backing"}},
  });
  return kReads;
}

}  // namespace truel::laws
