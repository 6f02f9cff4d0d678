// What the law of this folder reads.
#include "truel/laws/entrenchment/entrenchment.hpp"

namespace truel::laws {

std::span<const Reading> Entrenchment::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.entrenchment.days", {"laws.entrenchment.strength"}},
      {"laws.entrenchment.decay_days", {"laws.entrenchment.strength"}},
      {"laws.entrenchment.first_days", {"laws.entrenchment.strength"}},
  });
  return kReads;
}

}  // namespace truel::laws
