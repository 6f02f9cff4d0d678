// What the law of this folder reads.
#include "truel/laws/hidden_lethality/hidden_lethality.hpp"

namespace truel::laws {

std::span<const Reading> HiddenLethality::reads() {
  static constexpr auto kSomePriority = has_doctrine("commands.*", Doctrine::priority);
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.hidden_lethality.decay_days", {"laws.hidden_lethality.spread"}},
      {"laws.hidden_lethality.decay_days", {"laws.hidden_lethality.effort_spread", kSomePriority}},
      {"laws.hidden_lethality.effort_spread", {kSomePriority}},
  });
  return kReads;
}

}  // namespace truel::laws
