#include "truel/world/journal.hpp"

namespace truel {

std::span<const FeatureInfo> features_of(const CompiledModel& model) {
  return std::span(kFeatures).first(model.issues().issues > 0 ? kFeatures.size() : kLand);
}

}  // namespace truel
