#include "truel/laws/alignment/alignment_rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

struct Triad {
  ActorIndex a, b, c;
};

bool is_hostile(const State& s, ActorIndex a, ActorIndex b) {
  return !(s.alignment[s.pair(a, b)] > 0);
}

int hostile_links(const State& s, const Triad& t) {
  return is_hostile(s, t.a, t.b) + is_hostile(s, t.b, t.c) + is_hostile(s, t.a, t.c);
}

bool is_imbalanced(const State& s, const Triad& t) {
  return hostile_links(s, t) % 2 == 1;
}

template <class Visit>
void for_each_imbalanced(const State& s, Visit visit) {
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    for (ActorIndex b = a + 1; b < s.n_actors; ++b) {
      for (ActorIndex c = b + 1; c < s.n_actors; ++c) {
        if (is_imbalanced(s, {a, b, c})) {
          visit(Triad{a, b, c});
        }
      }
    }
  }
}

/// In a large group guessing finds an imbalanced triad sooner than counting all of them, as long as they are not rare.
constexpr int kGuesses = 256;
constexpr int kFewActors = 8;

int choose(RandomStream& random, int n) {
  return std::min(n - 1, static_cast<int>(random.uniform() * n));
}

/// An imbalanced triad, each with the same chance. Returns false if there is none.
bool choose_imbalanced(const State& s, RandomStream& random, Triad& chosen) {
  const int n = s.n_actors;
  for (int guess = 0; guess < kGuesses && n > kFewActors; ++guess) {
    const Triad t{choose(random, n), choose(random, n), choose(random, n)};
    if (t.a != t.b && t.b != t.c && t.a != t.c && is_imbalanced(s, t)) {
      chosen = t;
      return true;
    }
  }
  int left = imbalanced_triads(s);
  if (left == 0) {
    return false;
  }
  left = choose(random, left);
  for_each_imbalanced(s, [&](const Triad& t) {
    if (left-- == 0) {
      chosen = t;
    }
  });
  return true;
}

/// How many more triads would be imbalanced if the link between a and b flipped.
int imbalance_gained(const State& s, ActorIndex a, ActorIndex b) {
  int imbalanced = 0;
  for (ActorIndex c = 0; c < s.n_actors; ++c) {
    imbalanced += c != a && c != b && is_imbalanced(s, {a, b, c});
  }
  return s.n_actors - 2 - 2 * imbalanced;
}

void flip(State& s, ActorIndex a, ActorIndex b) {
  s.set_alignment(a, b, is_hostile(s, a, b) ? 1 : -1);
}

}  // namespace

void update_triads(const CompiledModel& model, State& s, int day) {
  const War& war = model.war();
  const double chance = s.value(war.law(number_of<Alignment>(Alignment::triads_chance)));
  const bool is_constrained = s.value(war.law(number_of<Alignment>(Alignment::triads_constrained))) > 0;
  const double updates = s.value(war.law(number_of<Alignment>(Alignment::updates_per_day)));
  RandomStream random(s.seed, s.run, static_cast<std::uint32_t>(day), Alignment::kPurpose, 0);
  Triad t{};
  for (double update = 0; update < updates && choose_imbalanced(s, random, t); ++update) {
    own_state<Alignment>(s).updates += 1;
    std::array<std::pair<ActorIndex, ActorIndex>, 3> links{{{t.a, t.b}, {t.b, t.c}, {t.a, t.c}}};
    if (is_constrained || hostile_links(s, t) == 3) {
      const auto [a, b] = links[at(choose(random, 3))];
      const int gained = is_constrained ? imbalance_gained(s, a, b) : 0;
      if (!is_constrained || gained < 0 || (gained == 0 && random.uniform() < 0.5)) {
        flip(s, a, b);
      }
      continue;
    }
    const auto hostile = std::find_if(links.begin(), links.end(),
                                      [&](const auto& link) { return is_hostile(s, link.first, link.second); });
    std::iter_swap(links.begin(), hostile);
    const auto [a, b] = links[random.uniform() < chance ? 0 : at(1 + choose(random, 2))];
    flip(s, a, b);
  }
}

double propensity(const CompiledModel& model, const State& s, ActorIndex a, ActorIndex b) {
  const double one = s.value(model.war().tie(a, b, TieParameter::propensity));
  const double other = s.value(model.war().tie(b, a, TieParameter::propensity));
  if (std::isnan(one) || std::isnan(other)) {
    return !std::isnan(one) ? one : !std::isnan(other) ? other : 0;
  }
  return (one + other) / 2;
}

void align_by_side(State& s) {
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      if (a != b) {
        s.alignment[s.pair(a, b)] = own_state<Alignment>(s).side[a] * own_state<Alignment>(s).side[b];
      }
    }
  }
}

void update_sides(const CompiledModel& model, State& s, int day) {
  const War& war = model.war();
  const double updates = s.value(war.law(number_of<Alignment>(Alignment::updates_per_day)));
  RandomStream random(s.seed, s.run, static_cast<std::uint32_t>(day), Alignment::kPurpose, 0);
  for (double update = 0; update < updates; ++update) {
    std::array<ActorIndex, kMaxActors> willing{};
    int n_willing = 0;
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      double gained = 0;  // frustration on the other side, less that on its own
      for (ActorIndex b = 0; b < s.n_actors; ++b) {
        if (a != b) {
          gained += s.value(war.actor(b, ActorParameter::size)) * propensity(model, s, a, b) *
                    own_state<Alignment>(s).side[a] * own_state<Alignment>(s).side[b];
        }
      }
      if (gained < 0) {
        willing[at(n_willing++)] = a;
      }
    }
    if (n_willing == 0) {
      return;
    }
    double& side = own_state<Alignment>(s).side[willing[at(choose(random, n_willing))]];
    side = -side;
    own_state<Alignment>(s).updates += 1;
    align_by_side(s);
  }
}

double frustration(const CompiledModel& model, const State& s, ActorIndex a) {
  double sum = 0;
  for (ActorIndex b = 0; b < s.n_actors; ++b) {
    if (a != b) {
      const double apart = std::clamp((1 - s.alignment[s.pair(a, b)]) / 2, 0.0, 1.0);
      sum += s.value(model.war().actor(b, ActorParameter::size)) * propensity(model, s, a, b) * apart;
    }
  }
  return sum;
}

double energy(const CompiledModel& model, const State& s) {
  double sum = 0;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    sum += s.value(model.war().actor(a, ActorParameter::size)) * frustration(model, s, a);
  }
  return sum;
}

int imbalanced_triads(const State& s) {
  int count = 0;
  for_each_imbalanced(s, [&](const Triad&) { ++count; });
  return count;
}

double friendly_share(const State& s) {
  int friendly = 0;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    for (ActorIndex b = a + 1; b < s.n_actors; ++b) {
      friendly += !is_hostile(s, a, b);
    }
  }
  const int pairs = s.n_actors * (s.n_actors - 1) / 2;
  return pairs > 0 ? static_cast<double>(friendly) / pairs : 0;
}

int factions(const CompiledModel& model, const State& s) {
  const double ally = s.value(model.war().law(LawParameter::ally_threshold));
  ActorMask unseen = s.n_actors == kMaxActors ? ~ActorMask{0} : bit(s.n_actors) - 1;
  int groups = 0;
  while (unseen != 0) {
    ++groups;
    ActorMask frontier = unseen & (~unseen + 1);
    while (frontier != 0) {
      const ActorIndex a = first_of(frontier);
      frontier &= ~bit(a);
      unseen &= ~bit(a);
      for (ActorIndex b = 0; b < s.n_actors; ++b) {
        if ((unseen & bit(b)) != 0 && s.alignment[s.pair(a, b)] >= ally) {
          frontier |= bit(b);
        }
      }
    }
  }
  return groups;
}

}  // namespace truel::laws
