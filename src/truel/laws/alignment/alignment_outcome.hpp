// What alignment amounts to on the last day, where the law moves it: the list that the run, metrics, summaries and
// arrays follow.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "truel/world/state.hpp"

namespace truel::laws {

enum class AlignmentOutcome { energy, imbalanced_triads, friendly_share, factions, updates, limit_day };

struct AlignmentOutcomeInfo {
  AlignmentOutcome outcome;
  std::string_view name;  ///< key of summary.json; variable of ensemble.nc after `alignment_`
  std::string_view unit;
  std::string_view meaning;
};

/// In the order of AlignmentOutcome. Texts are literals, which end in a null.
inline constexpr std::array kAlignmentOutcomes = std::to_array<AlignmentOutcomeInfo>({
    {AlignmentOutcome::energy, "energy", "1", "sum over the actors of size times frustration on the last day"},
    {AlignmentOutcome::imbalanced_triads, "imbalanced_triads", "1",
     "triads with one or three hostile links on the last day"},
    {AlignmentOutcome::friendly_share, "friendly_share", "1",
     "share of all pairs whose alignment is above 0 on the last day"},
    {AlignmentOutcome::factions, "factions", "1", "groups joined by alliances on the last day"},
    {AlignmentOutcome::updates, "updates", "1", "updates by the rules that change one thing at a time"},
    {AlignmentOutcome::limit_day, "limit_day", "day", "time from the first day until an alignment reached its limit"},
});
static_assert([] {
  for (std::size_t i = 0; i < kAlignmentOutcomes.size(); ++i) {
    if (kAlignmentOutcomes[i].outcome != static_cast<AlignmentOutcome>(i)) {
      return false;
    }
  }
  return true;
}());

/// out: [AlignmentOutcome], then the frustration of each actor.
void alignment_outcomes(const CompiledModel& model, const State& state, std::span<double> out);

}  // namespace truel::laws
