// Whom a command fights first.
#pragma once

#include "truel/laws/law.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {

/// What commands have turned to, and what they know of how enemies grow.
struct PriorityState {
  PriorityState(const CompiledModel& model);

  ListBy<ActorIndex, ActorIndex> first_enemy;  ///< [actor] who got most of its effort at the first decision
  ListBy<ActorIndex, double> turn_day;         ///< [actor] first day on which that was another; NaN: it was not
  ListBy<ActorIndex, double> recent_gain;      ///< [actor] gained less those who went, per day of the last interval
  ListBy<ActorIndex, double> gain_mark;        ///< [actor] the same tally at the last decision
};

/// A law that every war has: it has no switch.
struct Priority {
  enum Number {
    vital_km,
    greatest,  ///< of the first of kFeatures; the others follow
    greatest_of_land = greatest + static_cast<int>(kLand),
    blocs = greatest + static_cast<int>(kFeatures.size())
  };
  static constexpr auto kGreatest = feature_names("laws.priority.max_");
  static constexpr auto kNumbers = [] {
    std::array<ParameterInfo, blocs + 1> all{};
    all[vital_km] = {"laws.priority.vital_km", "km", 60, 1, 5000, "distance over which an enemy is close"};
    for (std::size_t f = 0; f < kFeatures.size(); ++f) {
      all[greatest + f] = {
          kGreatest[f], kFeatures[f].unit, kFeatures[f].greatest, 1e-9, 1e9, "value at which the feature is 1"};
    }
    all[blocs] = {"laws.priority.blocs",
                  "switch",
                  0,
                  0,
                  1,
                  "enemies who are friends of each other share one place in the choice, by their fighters"};
    return all;
  }();
  static constexpr std::array kPositions{NumberPosition{vital_km, 24},
                                         NumberPosition{greatest_of_land - 1, kBehindOthers},
                                         NumberPosition{greatest_of_land, 34}, NumberPosition{blocs, 88}};
  static constexpr auto kPriority = has_doctrine("commands", Doctrine::priority);
  static constexpr auto kSomePriority = has_doctrine("commands.*", Doctrine::priority);
  static constexpr auto kSomeFixed = has_doctrine("commands.*", Doctrine::fixed);
  static constexpr auto kWeights = feature_names("commands.weight_");
  static constexpr auto kSomeWeights = feature_names("commands.*.weight_");
  static constexpr std::size_t kReadForFeatures = [] {
    std::size_t n = 0;
    for (std::size_t f = 0; f < kFeatures.size(); ++f) {
      const FeatureInfo feature = kFeatures[f];
      for (const std::string_view number : feature.reads) {
        n += number.empty() ? 0 : 1;
      }
    }
    return n;
  }();
  static constexpr auto kReads = [] {
    std::array<Reading, 2 + 3 * kFeatures.size() + kReadForFeatures> all{};
    std::size_t n = 0;
    all[n++] = {"laws.priority.blocs", {kSomePriority}};
    all[n++] = {"ties.share", {kSomeFixed}};
    for (std::size_t f = 0; f < kFeatures.size(); ++f) {
      const FeatureInfo feature = kFeatures[f];
      all[n++] = {"commands.temperature", {kPriority, kWeights[f]}};
      all[n++] = {kWeights[f], {kPriority, feature.needs}};
      all[n++] = {kGreatest[f], {kSomePriority, kSomeWeights[f], feature.needs}};
      for (const std::string_view number : feature.reads) {
        if (!number.empty()) {
          const bool is_of_tie = number.starts_with("ties.");
          all[n++] =
              is_of_tie ? Reading{number, {kPriority, kWeights[f]}} : Reading{number, {kSomePriority, kSomeWeights[f]}};
        }
      }
    }
    return all;
  }();

  using Own = PriorityState;
  static void look_back(const CompiledModel& model, State& state, int days, bool is_whole);
};

/// Sets the effort shares of every actor over its enemies (model.md, section 4, priority). Under the `priority`
/// doctrine a command scores each enemy by the weighted features and takes the softmax with its temperature; under the
/// `fixed` doctrine its actors keep the shares of ties.csv, or divide their effort evenly where none of these is for an
/// enemy still in the war; commands of the `best-response` doctrine then divide their effort over their enemies in
/// answer to these and to each other. The feature `others` is that of the last decision; before the first one every
/// command is taken to divide its effort evenly. Records scores and contributions where the path is kept.
void prioritise(const CompiledModel& model, State& state, const View& view);

}  // namespace truel::laws
