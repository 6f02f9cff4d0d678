// What the law of this folder reads.
#include "truel/laws/best_response/best_response.hpp"

namespace truel::laws {

std::span<const Reading> BestResponse::reads() {
  static constexpr auto kResponse = has_doctrine("commands", Doctrine::best_response);
  static constexpr auto kSomeResponse = has_doctrine("commands.*", Doctrine::best_response);
  static constexpr std::array kReads = std::to_array<Reading>({
      {"ties.share", {kSomeResponse}},
      {"commands.enemy_weight", {kResponse, "laws.fire.on"}},
      {"laws.best_response.rounds", {kSomeResponse, "laws.fire.on"}},
      {"laws.best_response.states", {kSomeResponse, "laws.fire.on", "laws.fire.timing"}},
  });
  return kReads;
}

}  // namespace truel::laws
