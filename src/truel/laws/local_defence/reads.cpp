// What the law of this folder reads.
#include "truel/laws/local_defence/local_defence.hpp"

namespace truel::laws {

std::span<const Reading> LocalDefence::reads() {
  return {};  // its constants, and what every run reads
}

}  // namespace truel::laws
