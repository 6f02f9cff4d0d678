// Where the sorties of an air arm go until the next decisions.
#include <algorithm>
#include <array>
#include <cmath>

#include "truel/laws/laws.hpp"
#include "truel/laws/operations/operations.hpp"
#include "truel/world/lots.hpp"

namespace truel::laws {
namespace {

/// What a place counts that an enemy has taken from a friend of z: as much as that friend's command says, while the
/// enemy is still in the open there or friends march to drive him out; else 0.
double given_up_weight(const CompiledModel& model, const State& s, ActorIndex z, PlaceIndex p) {
  const War& war = model.war();
  const ActorMask friends = s.derived.friendly[at(z)];
  const int before = s.taken_from[at(p)];
  if (before == kNone || (friends & bit(before)) == 0 || s.is_held_by(p, friends)) {
    return 0;
  }
  const double weight = s.value(war.command(model.command_of(before), CommandParameter::given_up_weight));
  const auto& marches = s.marches;
  const bool counts =
      weight > 0 && (s.day - s.held_since[at(p)] < war.decision_interval_days ||
                     std::any_of(marches.begin(), marches.end(), [&](const March& march) {
                       return march.to == p && (friends & bit(march.actor)) != 0 && march.task == MarchTask::offensive;
                     }));
  return counts ? weight : 0;
}

/// Chance that a sortie of z at p hits actor c, who is there and no target, among `others` such fighters.
double mistake_probability(const War& war, const State& s, ActorIndex z, ActorIndex c, PlaceIndex p, double others) {
  const double of_pair = s.value(war.tie(z, c, TieParameter::wrong_side_probability));
  const double probability =
      std::isnan(of_pair) ? s.value(war.actor(z, ActorParameter::wrong_side_probability)) : of_pair;
  const double avoided = s.value(war.tie(z, c, TieParameter::deconfliction));
  return probability * (1 - avoided) * s.fighters[s.slot(p, c)] / others;
}

/// Adds a strike, less what of it hits troops at the place who are no target of the air actor, and these mistakes.
void add_strike(const CompiledModel& model, State& s, const Strike& strike, ActorMask targets) {
  auto& strikes = own_state<Strikes>(s).list;
  const std::size_t aimed = strikes.size();
  strikes.push_back(strike);
  if (strike.place == kNone) {
    return;
  }
  const ActorMask bystanders = s.present[at(strike.place)] & ~targets;
  const double others = fighters_at(s, strike.place, bystanders);
  for (ActorMask rest = bystanders; rest != 0; rest &= rest - 1) {
    const ActorIndex c = first_of(rest);
    const double astray = strike.share * mistake_probability(model.war(), s, strike.air, c, strike.place, others);
    if (astray > 0) {
      strikes[aimed].share -= astray;
      strikes.push_back({strike.air, c, strike.place, kNone, astray, true});
    }
  }
}

/// With effort as a budget: the weights of targets, exposed fighters so far, become such that what is not flown in
/// defence of places of friends goes to each enemy by effort, however many men of whom are in reach.
void follow_effort(const State& s, ActorIndex z, std::vector<Strike>& targets) {
  const auto defends = [&](const Strike& x) {
    return x.place != kNone && s.contested[x.place] && s.is_held_by(x.place, s.derived.friendly[z]);
  };
  thread_local std::vector<Strike*> others;  // strikes that defend nobody
  others.clear();
  std::array<double, kMaxActors> of_enemy{};
  double all = 0;
  for (Strike& x : targets) {
    if (!defends(x)) {
      others.push_back(&x);
      of_enemy[at(x.target)] += x.share;
      all += x.share;
    }
  }
  double effort = 0;
  for (ActorIndex b = 0; b < s.n_actors; ++b) {
    effort += of_enemy[at(b)] > 0 ? s.effort[s.pair(z, b)] : 0;
  }
  std::array<double, kMaxActors> due{};
  for (ActorIndex b = 0; b < s.n_actors && effort > 0; ++b) {
    due[at(b)] = all * s.effort[s.pair(z, b)] / effort;
  }
  for (Strike* x : others) {
    x->share = effort > 0 && of_enemy[at(x->target)] > 0 ? due[at(x->target)] * x->share / of_enemy[at(x->target)] : 0;
  }
}

}  // namespace

void assign_sorties(const CompiledModel& model, State& s, const View& v) {
  const War& war = model.war();
  auto& strikes = own_state<Strikes>(s).list;
  strikes.clear();
  if (s.value(war.law(laws::number_of<laws::Strikes>(laws::Strikes::on))) <= 0) {
    return;
  }
  const bool is_budget = s.value(war.law(number_of<Operations>(Operations::ledger))) > 0;
  thread_local std::vector<Strike> targets;  // `share` holds the weight until the sorties are divided
  const double rear = s.value(war.law(laws::number_of<laws::Strikes>(laws::Strikes::rear_weight)));
  const double road = s.value(war.law(laws::number_of<laws::Strikes>(laws::Strikes::exposure_road)));
  const auto most = at(static_cast<int>(s.value(war.law(laws::number_of<laws::Strikes>(laws::Strikes::targets)))));
  for (ActorIndex z = 0; z < s.n_actors; ++z) {
    if (!model.is_air(z) || s.value(war.actor(z, ActorParameter::sorties_per_day)) <= 0) {
      continue;
    }
    const CommandIndex c = model.command_of(z);
    const ActorMask enemies = v.enemies[at(c)] & s.derived.hostile[at(z)];
    targets.clear();
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      const ActorMask here = s.present[at(p)];
      if ((here & enemies) == 0) {
        continue;
      }
      const bool is_battle = s.contested[at(p)] && (here & s.derived.friendly[at(z)]) != 0;
      const double there = is_battle ? 1 : std::max(rear, given_up_weight(model, s, z, p));
      for (ActorMask rest = here & enemies; rest != 0; rest &= rest - 1) {
        const ActorIndex b = first_of(rest);
        const double weight = s.effort[s.pair(z, b)] * s.fighters[s.slot(p, b)] * there;
        targets.push_back({z, b, p, kNone, is_budget ? s.fighters[s.slot(p, b)] * there : weight});
      }
    }
    for (const March& march : s.marches) {
      if ((enemies & bit(march.actor)) != 0) {
        const double effort = is_budget ? 1 : s.effort[s.pair(z, march.actor)];
        targets.push_back({z, march.actor, kNone, march.id, effort * march.fighters * road});
      }
    }
    if (is_budget) {
      follow_effort(s, z, targets);
    }
    const std::size_t kept = std::min(most, targets.size());
    const auto comes_first = [&](const Strike& x, const Strike& y) {
      if (x.share != y.share) {
        return x.share > y.share;
      }
      const bool are_marches = x.place == kNone && y.place == kNone;
      return are_marches          ? is_drawn_before(s, Lot::march, x.march, y.march)
             : x.place != y.place ? is_drawn_before(s, Lot::place, x.place, y.place)
                                  : is_drawn_before(s, Lot::actor, x.target, y.target);
    };
    // No two are equal, so that it does not matter how they are sorted; most are kept.
    const auto last = targets.begin() + static_cast<std::ptrdiff_t>(kept);
    std::nth_element(targets.begin(), last, targets.end(), comes_first);
    std::sort(targets.begin(), last, comes_first);
    targets.resize(kept);
    double sum = 0;
    for (const Strike& strike : targets) {
      sum += strike.share;
    }
    for (Strike& strike : targets) {
      if (strike.share > 0) {
        strike.share = s.effort_total[at(z)] * strike.share / sum;  // what a doctrine leaves unspent is not flown
        add_strike(model, s, strike, enemies);
      }
    }
  }
}

}  // namespace truel::laws
