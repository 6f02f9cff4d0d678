#include "truel/laws/alignment/alignment_outcome.hpp"

#include "truel/laws/alignment/alignment_rules.hpp"

namespace truel::laws {
namespace {

double value_of(AlignmentOutcome outcome, const CompiledModel& model, const State& s) {
  switch (outcome) {
    case AlignmentOutcome::energy:
      return energy(model, s);
    case AlignmentOutcome::imbalanced_triads:
      return imbalanced_triads(s);
    case AlignmentOutcome::friendly_share:
      return friendly_share(s);
    case AlignmentOutcome::factions:
      return factions(model, s);
    case AlignmentOutcome::updates:
      return s.alignment_updates;
    case AlignmentOutcome::limit_day:
      return s.alignment_end;
  }
  return kAbsent;
}

}  // namespace

void alignment_outcomes(const CompiledModel& model, const State& s, std::span<double> out) {
  for (const AlignmentOutcomeInfo& info : kAlignmentOutcomes) {
    out[static_cast<std::size_t>(info.outcome)] = value_of(info.outcome, model, s);
  }
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    out[kAlignmentOutcomes.size() + at(a)] = frustration(model, s, a);
  }
}

}  // namespace truel::laws
