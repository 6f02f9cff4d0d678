// What the laws of this folder read.
#include "truel/laws/support/loyalty.hpp"
#include "truel/laws/support/support.hpp"

namespace truel::laws {

std::span<const Reading> Support::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"actors.legitimacy_per_day"},
  });
  return kReads;
}

std::span<const Reading> Loyalty::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"actors.loyal_share", {"actors.freeing_per_day"}},
      {"actors.freeing_per_day"},
      {"actors.subduing_per_day"},
  });
  return kReads;
}

}  // namespace truel::laws
