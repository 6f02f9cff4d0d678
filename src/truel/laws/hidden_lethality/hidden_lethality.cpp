#include "truel/laws/hidden_lethality/hidden_lethality.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "truel/base/math.hpp"
#include "truel/laws/laid_in.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {

LethalityState::LethalityState(const CompiledModel& model)
    : deviation(at(model.n_actors() * model.n_actors()), 0), factor(deviation.size(), 1) {}

double hidden_lethality(const State& s, ActorIndex a, ActorIndex b) {
  return own_state<HiddenLethality>(s).factor[s.pair(a, b)];
}

double hidden_leaning(const CompiledModel& model, const State& s, CommandIndex c, ActorIndex b) {
  const ActorIndex a = model.members(c).front();
  const double deviation = own_state<HiddenLethality>(s).deviation[s.pair(std::min(a, b), std::max(a, b))];
  return math::exp(s.value(model.war().law(number_of<HiddenLethality>(HiddenLethality::effort_spread))) * deviation);
}

void HiddenLethality::look_back(const CompiledModel& model, State& s, int days, bool) {
  const War& war = model.war();
  const auto number = [&](Number k) { return s.value(war.law(number_of<HiddenLethality>(k))); };
  if (number(on) <= 0) {
    return;
  }
  LethalityState& own = own_state<HiddenLethality>(s);
  const double kept_share = s.day == 0 ? 0 : math::exp(-days / number(decay_days));
  const double fresh_share = std::sqrt(1 - kept_share * kept_share);
  const std::span<const float> laid_in = laid_in_since(war.laid_in_lethality, war.start, s, days);
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    for (ActorIndex b = a + 1; b < s.n_actors; ++b) {
      const std::size_t k = s.pair(a, b);
      RandomStream random(s.seed, s.run, static_cast<std::uint32_t>(s.day), kPurpose, static_cast<std::uint32_t>(k));
      own.deviation[k] = kept_share * own.deviation[k] + fresh_share * random.normal();
      if (!laid_in.empty() && !std::isnan(laid_in[k])) {
        own.deviation[k] = laid_in[k];
      }
      own.factor[k] = own.factor[s.pair(b, a)] = math::exp(number(spread) * own.deviation[k]);
      if (s.day == 0 && s.journal != nullptr && (s.derived.hostile[a] & bit(b)) != 0) {
        s.journal->events.push_back({s.day, kDrawn.kind, a, kNone, b, own.factor[k]});
      }
    }
  }
}

}  // namespace truel::laws
