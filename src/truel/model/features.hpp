// The features of an enemy by which a command of the doctrine `priority` weighs whom to fight.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "truel/base/joined_text.hpp"

namespace truel {

struct FeatureInfo {
  std::string_view name;
  std::string_view words;
  std::string_view unit = "feature";
  double greatest = 1;                      ///< where a scenario does not say at which value it counts as 1
  std::string_view needs = {};              ///< the switch without which it is 0
  std::array<std::string_view, 4> reads{};  ///< numbers that nothing but the feature takes for it
};

/// In the order of contributions, columns and constants. Its value is in the same place in laws/priority/priority.cpp.
inline constexpr auto kFeatures = std::to_array<FeatureInfo>({
    {.name = "vital",
     .words = "how close the enemy is to places the command values",
     .reads = {"laws.priority.vital_km"}},
    {.name = "backing",
     .words = "foreign finance, arms, training and intelligence of the enemy",
     .reads = {"sponsors.finance", "sponsors.arms", "sponsors.training", "sponsors.intelligence"}},
    {.name = "horizon", .words = "the enemy's place at the negotiating table", .reads = {"actors.horizon"}},
    {.name = "roots", .words = "the enemy's support among the people it governs"},
    {.name = "growth", .words = "the enemy's net recruitment", .unit = "per day", .greatest = 0.01},
    {.name = "weakness", .words = "the chance to beat the enemy now", .reads = {"laws.operations.contest_exponent"}},
    {.name = "others", .words = "effort that third parties spend on the enemy; negative: free riding"},
    {.name = "bargain",
     .words = "what the command gains from the enemy's existence; usually negative",
     .reads = {"ties.bargain"}},
    {.name = "blowback", .words = "the command's own nationals in the enemy's ranks", .reads = {"ties.blowback"}},
    {.name = "allies", .words = "how hostile those who side with the command are to the enemy"},
    {.name = "land",
     .words = "what the enemy's land would add to the command's expected settlement",
     .unit = "share of an issue",
     .needs = "laws.settlement.on"},
});

/// The one that only a settlement gives a value; it comes last.
inline constexpr std::size_t kLand = kFeatures.size() - 1;
static_assert(!kFeatures[kLand].needs.empty());

/// [feature] its name behind these words.
constexpr std::array<JoinedText<>, kFeatures.size()> feature_names(std::string_view before) {
  std::array<JoinedText<>, kFeatures.size()> names;
  for (std::size_t f = 0; f < names.size(); ++f) {
    names[f] = {before, kFeatures[f].name};
  }
  return names;
}

}  // namespace truel
