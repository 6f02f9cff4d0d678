// What the law of this folder reads.
#include "truel/laws/hidden_defence/hidden_defence.hpp"

namespace truel::laws {

std::span<const Reading> HiddenDefence::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.hidden_defence.decay_days", {"laws.hidden_defence.spread"}},
      {"laws.hidden_defence.learn_days", {"laws.hidden_defence.spread", "laws.operations.on"}},
  });
  return kReads;
}

}  // namespace truel::laws
