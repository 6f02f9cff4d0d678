#include "truel/laws/fire/rounds.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "truel/laws/laws.hpp"
#include "truel/world/casualties.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {
namespace {

/// Rounding of rates times steps, of which the number of shots and of rounds must not depend.
constexpr double kRoundingOfRounds = 1e-9;

}  // namespace

FireRounds::FireRounds(const CompiledModel& model, const State& state)
    : model_(model),
      rates_(state),
      hits_(at(state.n_actors * state.n_actors)),
      dead_(at(state.n_actors)),
      recruits_(at(state.n_actors)) {}

bool FireRounds::has_rounds(const State& s) const {
  return fire_timing(model_.war(), s) != FireTiming::continuous;
}

double FireRounds::step_days(const State& s) const {
  return s.value(model_.war().law(number_of<Fire>(Fire::step_days)));
}

int FireRounds::done_by(const State& s, double time) const {
  return static_cast<int>(std::floor(time / step_days(s) + kRoundingOfRounds));
}

double FireRounds::time_of(const State& s, int round) const {
  return round * step_days(s);
}

void FireRounds::fire(State& s, int round, bool is_whole, double threshold,
                      const std::function<void(ActorIndex)>& fell) {
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    if (!s.contested[p]) {
      continue;
    }
    fire_rates(model_, s, p, time_of(s, round - 1), rates_);
    const ActorMask who_fires = shooters(s, p);
    RandomStream random(s.seed, s.run, static_cast<std::uint32_t>(round), Fire::kRounds, static_cast<std::uint32_t>(p));
    shoot(s, p, who_fires, is_whole, random);
    harm(s, p, who_fires);
    // Presence and control change only when all of the salvo has fallen.
    const ActorMask hit = fall(s, p, is_whole, threshold, random);
    if (s.derived.has_harm_recruits) {
      join(s, p, is_whole, random);
    }
    for (ActorMask rest = hit; rest != 0; rest &= rest - 1) {
      refresh_presence(s, p, first_of(rest));
    }
    settle_control(s, p);
    for (ActorMask rest = hit; rest != 0; rest &= rest - 1) {
      const ActorIndex b = first_of(rest);
      after_losses(s, b, dead_[at(b)]);
    }
    for (ActorMask rest = hit; rest != 0; rest &= rest - 1) {
      fell(first_of(rest));
    }
  }
}

ActorMask FireRounds::shooters(State& s, PlaceIndex p) const {
  const ActorMask here = s.present[p];
  if (fire_timing(model_.war(), s) == FireTiming::salvo) {
    return here;
  }
  ActorIndex& last = own_state<Fire>(s).last_turn[p];
  int position = -1;
  for (int k = 0; k < s.n_actors; ++k) {
    position = s.derived.turn[at(k)] == last ? k : position;
  }
  for (int k = 1; k <= s.n_actors; ++k) {
    const ActorIndex next = s.derived.turn[at((position + k) % s.n_actors)];
    if ((here & bit(next)) != 0 && (s.derived.hostile[next] & here) != 0) {
      last = next;
      return bit(next);
    }
  }
  return 0;
}

void FireRounds::shoot(const State& s, PlaceIndex p, ActorMask who_fires, bool is_whole, RandomStream& random) {
  const double step = step_days(s);
  const auto& pairs = rates_.pairs;
  const auto kills = [&](std::size_t k) { return rates_.rate[k] * step; };
  for (std::size_t from = 0, to = 0; from < pairs.size(); from = to) {
    const ActorIndex a = pairs[from].attacker;
    double expected = 0;
    for (to = from; to < pairs.size() && pairs[to].attacker == a; ++to) {
      expected += kills(to);
      hits_[to] = is_whole || (who_fires & bit(a)) == 0 ? 0 : kills(to);
    }
    if (!is_whole || (who_fires & bit(a)) == 0 || expected <= 0) {
      continue;
    }
    const double fighters = s.fighters[s.slot(p, a)];
    double shots = fighters * std::ceil(expected / fighters - kRoundingOfRounds);
    const double all_shots = shots;
    double chance_left = 1;  // that a shot hits none of the targets dealt with
    for (std::size_t k = from; k < to && shots > 0; ++k) {
      const double chance = kills(k) / all_shots;
      if (chance > 0) {
        hits_[k] = random.binomial(shots, chance < chance_left ? chance / chance_left : 1);
        shots -= hits_[k];
        chance_left -= chance;
      }
    }
  }
}

void FireRounds::harm(State& s, PlaceIndex p, ActorMask who_fires) {
  std::fill(recruits_.begin(), recruits_.end(), 0);
  for (int i = 0; i < rates_.n; ++i) {
    const ActorIndex a = rates_.who[at(i)];
    if ((who_fires & bit(a)) != 0) {
      const double persons = rates_.harm[at(i)] * step_days(s);
      book_harm(s, p, a, persons);
      const ActorMask gainers = s.derived.hostile[a] & s.present[p];
      for (ActorMask rest = persons > 0 ? gainers : 0; rest != 0; rest &= rest - 1) {
        const ActorIndex b = first_of(rest);
        recruits_[at(b)] += s.derived.harm_recruits[b] * persons / std::popcount(gainers);
      }
    }
  }
}

void FireRounds::join(State& s, PlaceIndex p, bool is_whole, RandomStream& random) const {
  for (int i = 0; i < rates_.n; ++i) {
    const ActorIndex a = rates_.who[at(i)];
    const double recruits = is_whole ? random.poisson(recruits_[at(a)]) : recruits_[at(a)];
    s.fighters[s.slot(p, a)] += recruits;
    s.tally(outcome_of<Recruitment>(Recruitment::recruited), a) += recruits;
  }
}

ActorMask FireRounds::fall(State& s, PlaceIndex p, bool is_whole, double threshold, RandomStream& random) {
  ActorMask hit = 0;
  for (int j = 0; j < rates_.n; ++j) {
    const ActorIndex b = rates_.who[at(j)];
    double hits = 0;
    for (std::size_t k = 0; k < rates_.pairs.size(); ++k) {
      hits += rates_.pairs[k].target == b ? hits_[k] : 0;
    }
    if (hits <= 0) {
      continue;
    }
    double& fighters = s.fighters[s.slot(p, b)];
    const bool is_gone = is_whole ? hits >= fighters : hits >= fighters - threshold;
    const double dead = is_gone ? fighters : hits;
    if (hits != dead) {
      share_deaths(b, dead, hits, is_whole, random);
    }
    for (std::size_t k = 0; k < rates_.pairs.size(); ++k) {
      if (rates_.pairs[k].target == b && hits_[k] > 0) {
        book_losses(model_, s, p, rates_.pairs[k].attacker, b, hits_[k]);
      }
    }
    s.tally(ActorOutcome::killed, b) += dead;
    fighters -= dead;
    hit |= bit(b);
    dead_[at(b)] = dead;
  }
  return hit;
}

void FireRounds::share_deaths(ActorIndex target, double dead, double hits, bool is_whole, RandomStream& random) {
  const auto is_on_target = [&](std::size_t k) { return rates_.pairs[k].target == target; };
  if (!is_whole) {
    for (std::size_t k = 0; k < rates_.pairs.size(); ++k) {
      hits_[k] *= is_on_target(k) ? dead / hits : 1;
    }
    return;
  }
  // One hit after another is struck off at random until as many are left as men died.
  for (; hits > dead; --hits) {
    double mark = random.uniform() * hits;
    for (std::size_t k = 0; k < rates_.pairs.size(); ++k) {
      if (!is_on_target(k)) {
        continue;
      }
      if (mark < hits_[k]) {
        hits_[k] -= 1;
        break;
      }
      mark -= hits_[k];
    }
  }
}

}  // namespace truel::laws
