#include "truel/laws/agreement/agreement.hpp"

#include <algorithm>

#include "truel/base/math.hpp"
#include "truel/laws/alignment/coalition.hpp"
#include "truel/laws/contest.hpp"
#include "truel/laws/derived.hpp"
#include "truel/laws/laws.hpp"
#include "truel/world/presence.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {
namespace {

/// One of the two sides of a pair at war: an actor and its friends who are at war with the other, too.
struct Side {
  double fighters = 0;
  double value = 0;         ///< of the places that it holds
  double lost_per_day = 0;  ///< share of its fighters killed by the other side in a day, since the first day
};

Side side_of(const CompiledModel& model, const State& s, ActorMask who, ActorMask others,
             std::span<const double> fighters) {
  Side side;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    if (s.is_held_by(p, who)) {
      side.value += s.value(model.war().place(p, PlaceParameter::value));
    }
  }
  double killed = 0;
  for (ActorMask rest = who; rest != 0; rest &= rest - 1) {
    const ActorIndex a = first_of(rest);
    side.fighters += fighters[at(a)];
    for (ActorMask killers = others; killers != 0; killers &= killers - 1) {
      killed += s.tallies.losses[s.pair(first_of(killers), a)];
    }
  }
  side.lost_per_day = side.fighters > 0 ? killed / s.day / side.fighters : 0;
  return side;
}

bool would_agree(const Side& own, const Side& other, double cost, double exponent) {
  const double win = win_probability(own.fighters, other.fighters, exponent);
  const double held = own.value / (own.value + other.value);
  return gain_of_fighting_on(win, cost, own.lost_per_day, other.lost_per_day, held) <= 0;
}

void agree(const War& war, State& s, ActorIndex a, ActorIndex b, double alignment) {
  s.value(war.alignment(a, b)) = alignment;
  s.set_alignment(a, b, alignment);
}

void note_agreement(State& s, ActorIndex a, ActorIndex b) {
  if (s.journal != nullptr) {
    s.journal->events.push_back({s.day, Agreement::kAgreed.kind, a, kNone, b, 0, &Agreement::kServesNeither});
  }
}

}  // namespace

double gain_of_fighting_on(double win, double cost, double own_loss, double their_loss, double held) {
  const double fastest = std::max(own_loss, their_loss);
  const double lost_until_the_end = fastest > 0 ? own_loss / fastest : 0;
  return win - cost * lost_until_the_end - held;
}

void Agreement::look_back(const CompiledModel& model, State& s, int interval, bool is_whole) {
  const War& war = model.war();
  const auto number = [&](Number k) { return s.value(war.law(number_of<Agreement>(k))); };
  if (interval == 0 || number(on) <= 0) {
    return;
  }
  std::vector<double> fighters(at(s.n_actors));
  total_fighters(s, fighters);
  const ActorMask ground = model.ground();
  const double chance = -math::expm1(-interval / number(days));
  bool some_agree = false;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    for (ActorIndex b = a + 1; b < s.n_actors; ++b) {
      const bool is_war = (ground & bit(a)) != 0 && (ground & s.derived.hostile[a] & bit(b)) != 0 &&
                          s.tallies.losses[s.pair(a, b)] + s.tallies.losses[s.pair(b, a)] > 0;
      if (!is_war) {
        continue;
      }
      const ActorMask with_a = ground & s.derived.friendly[a] & s.derived.hostile[b];
      const ActorMask with_b = ground & s.derived.friendly[b] & s.derived.hostile[a];
      const Side one = side_of(model, s, with_a, with_b, fighters);
      const Side other = side_of(model, s, with_b, with_a, fighters);
      if (one.value + other.value <= 0 || !would_agree(one, other, number(cost), number(exponent)) ||
          !would_agree(other, one, number(cost), number(exponent))) {
        continue;
      }
      if (!is_whole) {
        const double now = s.alignment[s.pair(a, b)];
        agree(war, s, a, b, now + chance * (number(alignment) - now));
        some_agree = true;
        continue;
      }
      RandomStream random(s.seed, s.run, static_cast<std::uint32_t>(s.day), kPurpose,
                          static_cast<std::uint32_t>(s.pair(a, b)));
      if (random.uniform() < chance) {
        agree(war, s, a, b, number(alignment));
        note_agreement(s, a, b);
        some_agree = true;
      }
    }
  }
  if (some_agree) {
    read_relations(model, s);
    derive_actors(model, s);
    refresh_all_places(s);
  }
}

}  // namespace truel::laws
