// What the law of this folder reads.
#include <vector>

#include "truel/laws/priority/priority.hpp"

namespace truel::laws {

std::span<const Reading> Priority::reads() {
  static constexpr auto kPriority = has_doctrine("commands", Doctrine::priority);
  static constexpr auto kSomePriority = has_doctrine("commands.*", Doctrine::priority);
  static constexpr auto kSomeFixed = has_doctrine("commands.*", Doctrine::fixed);
  static constexpr auto kWeights = feature_names("commands.weight_");
  static constexpr auto kSomeWeights = feature_names("commands.*.weight_");
  static const std::vector<Reading> reads = [] {
    std::vector<Reading> all{{"laws.priority.blocs", {kSomePriority}}, {"ties.share", {kSomeFixed}}};
    for (std::size_t f = 0; f < kFeatures.size(); ++f) {
      all.push_back({"commands.temperature", {kPriority, kWeights[f]}});
      all.push_back({kWeights[f], {kPriority, kFeatures[f].needs}});
      all.push_back({kGreatest[f], {kSomePriority, kSomeWeights[f], kFeatures[f].needs}});
      for (const std::string_view number : kFeatures[f].reads) {
        if (!number.empty()) {
          const bool is_of_tie = number.starts_with("ties.");
          all.push_back(is_of_tie ? Reading{number, {kPriority, kWeights[f]}}
                                  : Reading{number, {kSomePriority, kSomeWeights[f]}});
        }
      }
    }
    return all;
  }();
  return reads;
}

}  // namespace truel::laws
