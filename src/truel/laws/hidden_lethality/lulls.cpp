#include "truel/laws/hidden_lethality/lulls.hpp"

#include <algorithm>
#include <vector>

#include "truel/base/math.hpp"
#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/hidden_lethality/hidden_lethality.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {

bool lay_in_lulls(const CompiledModel& model, State& s) {
  const War& war = model.war();
  if (war.laid_in_lulls.empty()) {
    return false;
  }
  const Day today = war.start + s.day;
  std::vector<Lull>& lulls = own_state<HiddenLethality>(s).lulls;
  // Nearer to enmity than to alliance, and neither.
  const double held =
      0.75 * s.value(war.law(LawParameter::enemy_threshold)) + 0.25 * s.value(war.law(LawParameter::ally_threshold));
  bool any = false;
  for (const Lull& lull : lulls) {
    if (lull.until == today && s.alignment[s.pair(lull.a, lull.b)] == held) {
      s.set_alignment(lull.a, lull.b, scenario_alignment(model, s, lull.a, lull.b));
      any = true;
    }
  }
  for (std::uint32_t k = 0; k < war.laid_in_lulls.size(); ++k) {
    const LaidInLull& row = war.laid_in_lulls[k];
    if (row.day != today) {
      continue;
    }
    RandomStream random(s.seed, s.run, 0, HiddenLethality::kLullPurpose, k);
    if (random.uniform() >= row.share) {
      continue;
    }
    const double mean = s.value(war.law(number_of<HiddenLethality>(HiddenLethality::decay_days)));
    const Day until = today + 1 + static_cast<Day>(std::min(-mean * math::log(random.uniform()), 1e6));
    for (const auto& [a, b] : row.pairs) {
      if ((s.derived.hostile[at(a)] & bit(b)) != 0) {
        s.set_alignment(a, b, held);
        lulls.push_back({until, a, b});
        any = true;
      }
    }
  }
  return any;
}

}  // namespace truel::laws
