#include "truel/laws/local_defence/local_defence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "truel/base/math.hpp"
#include "truel/laws/laws.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {
namespace {

struct Numbers {
  double days, men_per_supporter, rising_days, deterrence, disarm_days;
  bool is_whole;
};

/// Men of a who rise at p; what the interval takes from those who do not is booked.
double rise(State& s, PlaceIndex p, ActorIndex a, const Numbers& numbers) {
  const std::size_t slot = s.slot(p, a);
  double& risen = s.laws.lists[state_of<LocalDefence>(LocalDefence::risen)][slot];
  double& gone = s.laws.lists[state_of<LocalDefence>(LocalDefence::gone)][slot];
  const double all = numbers.men_per_supporter * s.support[slot] * s.population[p];
  const double fresh = std::max(0.0, all - risen - gone);
  const double men = numbers.is_whole ? std::floor(fresh) : fresh;
  if (men <= 0) {
    return 0;
  }
  const ActorIndex holder = s.control[p];
  const ActorMask friends = s.derived.friendly[a];
  const ActorMask enemies = s.derived.hostile[a];
  const bool is_lost = is_one_of(holder, enemies);
  if (holder >= 0 && !is_lost && (friends & bit(holder)) == 0) {
    return 0;  // under the rule of a side that is neither, there is nobody to rise against
  }
  // The mean field integrates those who have risen with all others, so that they may come out as a little more.
  constexpr double kRounding = 1e-9;
  if (fighters_at(s, p, friends) > risen * (1 + kRounding)) {
    return 0;  // an army of theirs is there, and whoever wants to fight joins it
  }
  const double against = fighters_at(s, p, enemies);
  const double per_day = math::exp(-numbers.deterrence * against / men) / numbers.rising_days;
  const double chance = -math::expm1(-per_day * numbers.days);
  // Of a chance that one beside it would round away nobody rises: a force of 1e-300 men would hold and lose places.
  double up = chance > std::numeric_limits<double>::epsilon() ? chance * men : 0;
  if (numbers.is_whole) {
    RandomStream random(s.seed, s.run, static_cast<std::uint32_t>(s.day), LocalDefence::kPurpose,
                        static_cast<std::uint32_t>(slot));
    up = random.uniform() < chance ? men : 0;
  }
  if (is_lost && against > 0) {
    gone += (fresh - up) * -math::expm1(-numbers.days / numbers.disarm_days);
  }
  risen += up;
  return up;
}

}  // namespace

void LocalDefence::look_back(const CompiledModel& model, State& s, int interval, bool is_whole) {
  const War& war = model.war();
  const auto number = [&](Number k) { return s.value(war.law(number_of<LocalDefence>(k))); };
  if (interval == 0 || number(on) <= 0) {
    return;
  }
  const Numbers numbers{static_cast<double>(interval),
                        number(men_per_1000) / 1000,
                        number(days),
                        number(deterrence),
                        number(disarm_days),
                        is_whole};
  std::array<double, kMaxActors> up{};
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    // All look at the place as it is before any of them rises.
    bool some_rise = false;
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      up[at(a)] = model.is_air(a) ? 0 : rise(s, p, a, numbers);
      some_rise = some_rise || up[at(a)] > 0;
    }
    if (!some_rise) {
      continue;
    }
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      if (up[at(a)] <= 0) {
        continue;
      }
      s.fighters[s.slot(p, a)] += up[at(a)];
      s.tally(outcome_of<Recruitment>(Recruitment::recruited), a) += up[at(a)];
      if (s.journal != nullptr) {
        s.journal->events.push_back({s.day, kRising.kind, a, p, s.control[p], up[at(a)], &kNobodyThere});
      }
      refresh_presence(s, p, a);
    }
    settle_control(s, p);
  }
}

double LocalDefence::stays(const State& s, PlaceIndex p, ActorIndex a) {
  const std::size_t slot = s.slot(p, a);
  return std::min(s.fighters[slot], s.laws.lists[state_of<LocalDefence>(risen)][slot]);
}

}  // namespace truel::laws
