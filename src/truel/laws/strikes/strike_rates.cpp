#include "truel/laws/strikes/strike_rates.hpp"

#include <algorithm>

#include "truel/laws/hidden_lethality/hidden_lethality.hpp"
#include "truel/laws/laws.hpp"
#include "truel/world/marches.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {

void note_mistake(State& s, const Strike& strike, double fighters) {
  if (Journal* journal = s.journal; journal != nullptr && strike.is_mistake && fighters > 0) {
    journal->events.push_back(
        {s.day, Strikes::kWrongSide.kind, strike.air, strike.place, strike.target, fighters, &Strikes::kHitOthers});
  }
}

StrikePower strike_power(const CompiledModel& model, const State& s, const Strike& strike) {
  const War& war = model.war();
  const double sorties = s.value(war.actor(strike.air, ActorParameter::sorties_per_day)) * strike.share;
  return {sorties * s.value(war.actor(strike.air, ActorParameter::kills_per_sortie)) *
              hidden_lethality(s, strike.air, strike.target),
          strike.place == kNone ? 0 : people_around(model, s, strike.place)};
}

StrikeRate strike_rate(const CompiledModel& model, const State& s, const Strike& strike) {
  return strike_rate(model, s, strike, strike_power(model, s, strike));
}

StrikeRate strike_rate(const CompiledModel& model, const State& s, const Strike& strike, const StrikePower& power) {
  const War& war = model.war();
  const auto& [full, people] = power;
  if (strike.place == kNone) {
    const March* march = find_march(s, strike.march);
    return {march != nullptr && march->fighters > 0
                ? full * s.value(war.law(number_of<Strikes>(Strikes::exposure_road)))
                : 0,
            0};
  }
  const double target = s.fighters[s.slot(strike.place, strike.target)];
  if (target <= 0) {
    return {};
  }
  // Troops that have just taken a place are still massed in the open.
  const bool is_dug_in = s.is_held_by(strike.place, s.derived.friendly[strike.target]) &&
                         s.day - s.held_since[strike.place] >= war.decision_interval_days;
  const auto exposure = [&](int number) { return s.value(war.law(number_of<Strikes>(number))); };
  double m = exposure(is_dug_in ? Strikes::exposure_garrison : Strikes::exposure_assault);
  if (is_dug_in && s.contested[strike.place]) {
    m = std::max(m, exposure(Strikes::exposure_fight));  // who fires and moves is seen
  }
  const double f = people > 0 ? std::min(1.0, target / people) : 0;
  return {full * (m + (1 - m) * f), people > 0 ? full * (1 - m) * (1 - f) : 0};
}

}  // namespace truel::laws
