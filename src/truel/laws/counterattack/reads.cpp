// What the law of this folder reads.
#include "truel/laws/counterattack/counterattack.hpp"

namespace truel::laws {

std::span<const Reading> Counterattack::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.counterattack.march_days", {"laws.operations.on", "laws.operations.retake_days"}},
      {"laws.counterattack.least_win_probability", {"laws.operations.on", "laws.operations.retake_days"}},
      {"laws.counterattack.least_value", {"laws.operations.on", "laws.operations.retake_days"}},
      {"laws.counterattack.again_days", {"laws.operations.on", "laws.operations.retake_days"}},
      {"laws.operations.retake_days", {"laws.operations.on"}},
  });
  return kReads;
}

}  // namespace truel::laws
