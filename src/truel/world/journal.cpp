#include "truel/world/journal.hpp"

namespace truel {

std::span<const char* const> features_of(const CompiledModel& model) {
  return std::span(kFeatureNames).first(kFeatureNames.size() - (model.settlement().issues > 0 ? 0 : 1));
}

}  // namespace truel
