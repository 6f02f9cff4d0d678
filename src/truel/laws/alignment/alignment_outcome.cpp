#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/alignment/alignment_rules.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {

double Alignment::war_outcome(const CompiledModel& model, const State& s, int k, ActorIndex a) {
  switch (static_cast<Measure>(k)) {
    case energy:
      return laws::energy(model, s);
    case imbalanced_triads:
      return laws::imbalanced_triads(s);
    case friendly_share:
      return laws::friendly_share(s);
    case factions:
      return laws::factions(model, s);
    case updates:
      return own_state<Alignment>(s).updates;
    case limit_day:
      return own_state<Alignment>(s).end;
    case frustration:
      return laws::frustration(model, s, a);
  }
  return kAbsent;
}

}  // namespace truel::laws
