// What is written down of a realization whose path is kept: what happened, and why commands chose as they did.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/model/features.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel {

/// A kind of event. Laws declare their own (laws/law.hpp).
struct EventInfo {
  const char* kind;
  std::string_view meaning;
};
inline constexpr EventInfo kCapture{"capture", "a place has another holder"};
inline constexpr EventInfo kCollapse{"collapse", "an actor has neither place nor force any more"};
/// Those that are of no law.
inline constexpr std::array kCommonEvents{kCapture, kCollapse};

/// A thing that happened or was decided, kept only for realizations stored with their path.
struct Event {
  int day;
  std::string kind;  ///< of an EventInfo
  ActorIndex actor;
  PlaceIndex place;
  ActorIndex other;
  double fighters;
  std::string reason;
};

/// One command's view of one enemy at a decision, with the contribution of each feature to the score.
struct PriorityRecord {
  int day;
  CommandIndex command;
  ActorIndex target;
  double share, score;
  std::array<double, kFeatures.size()> contribution;  ///< weight times feature, in the order of kFeatures
};

struct Journal {
  std::vector<Event> events;
  std::vector<PriorityRecord> priorities;
};

/// The features that can count in this war, in the order of their contributions: `land` only where a settlement law
/// acts.
std::span<const FeatureInfo> features_of(const CompiledModel& model);

}  // namespace truel
