// What laws see on the last day of the whole war, or of every actor, in wars in which they may act: the list that the
// run, metrics, summaries, arrays and docs/parameters.md follow. To add one: a row in the law (laws/law.hpp).
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "truel/model/results/actor_outcome.hpp"

namespace truel {

/// A place in war_outcomes().
enum class WarOutcome : int {};

struct WarOutcomeInfo {
  enum class Of { war, actor };
  /// "alignment.energy": a metric, followed by the actor where it is of every one; in summary.json the key `energy`
  /// under `alignment`.
  std::string_view name;
  Of of;
  OutcomeScale scale;
  std::string_view array;  ///< variable of ensemble.nc
  std::string_view meaning;
};

/// Those of all laws, in the order of the list of laws, which defines it (laws/laws.cpp). Texts are literals, which end
/// in a null.
std::span<const WarOutcomeInfo> war_outcomes();

inline const WarOutcomeInfo& info_of(WarOutcome outcome) {
  return war_outcomes()[static_cast<std::size_t>(outcome)];
}

}  // namespace truel
