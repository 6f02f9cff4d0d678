// What the law of this folder reads.
#include "truel/laws/agreement/agreement.hpp"

namespace truel::laws {

std::span<const Reading> Agreement::reads() {
  return {};  // its constants, and what every run reads
}

}  // namespace truel::laws
