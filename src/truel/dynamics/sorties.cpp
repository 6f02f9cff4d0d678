// Where the sorties of an air arm go until the next decisions.
#include <algorithm>
#include <bit>
#include <cmath>

#include "truel/dynamics/operations.hpp"

namespace truel::dynamics {
namespace {

/// What a place counts that an enemy has taken from a friend of z: as much as that friend's command says, while the
/// enemy is still in the open there or friends march to drive him out; else 0.
double given_up_weight(const CompiledModel& model, const State& s, ActorIndex z, PlaceIndex p, int lane) {
  const War& war = model.war();
  const ActorMask friends = s.derived.friendly[s.one(z, lane)];
  const int before = s.taken_from[s.one(p, lane)];
  const int holder = s.control[s.one(p, lane)];
  if (before == kNone || (friends & bit(before)) == 0 || (holder >= 0 && (friends & bit(holder)) != 0)) {
    return 0;
  }
  const double weight = s.value(war.command(model.command_of(before), CommandParameter::given_up_weight), lane);
  const auto& columns = s.columns[at(lane)];
  const bool counts = weight > 0 && (s.day - s.held_since[s.one(p, lane)] < war.decision_interval_days ||
                                     std::any_of(columns.begin(), columns.end(), [&](const Column& column) {
                                       return column.to == p && (friends & bit(column.actor)) != 0 &&
                                              column.task == ColumnTask::offensive;
                                     }));
  return counts ? weight : 0;
}

/// Chance that a sortie of z at p hits actor c, who is there and no target, among `others` such fighters.
double mistake_probability(const War& war, const State& s, ActorIndex z, ActorIndex c, PlaceIndex p, double others,
                           int lane) {
  const double of_pair = s.value(war.tie(z, c, TieParameter::wrong_side_probability), lane);
  const double probability =
      std::isnan(of_pair) ? s.value(war.actor(z, ActorParameter::wrong_side_probability), lane) : of_pair;
  const double avoided = s.value(war.tie(z, c, TieParameter::deconfliction), lane);
  return probability * (1 - avoided) * s.fighters[s.slot(p, c, lane)] / others;
}

/// Adds a strike, less what of it hits troops at the place who are no target of the air actor, and these mistakes.
void add_strike(const CompiledModel& model, State& s, const Strike& strike, ActorMask targets, int lane) {
  auto& strikes = s.strikes[at(lane)];
  const std::size_t aimed = strikes.size();
  strikes.push_back(strike);
  if (strike.place == kNone) {
    return;
  }
  const ActorMask bystanders = s.present[s.one(strike.place, lane)] & ~targets;
  double others = 0;
  for (ActorMask rest = bystanders; rest != 0; rest &= rest - 1) {
    others += s.fighters[s.slot(strike.place, std::countr_zero(rest), lane)];
  }
  for (ActorMask rest = bystanders; rest != 0; rest &= rest - 1) {
    const ActorIndex c = std::countr_zero(rest);
    const double astray = strike.share * mistake_probability(model.war(), s, strike.air, c, strike.place, others, lane);
    if (astray > 0) {
      strikes[aimed].share -= astray;
      strikes.push_back({strike.air, c, strike.place, kNone, astray, true});
    }
  }
}

}  // namespace

void assign_sorties(const CompiledModel& model, State& s, const View& v, int lane) {
  const War& war = model.war();
  auto& strikes = s.strikes[at(lane)];
  strikes.clear();
  if (s.value(war.law(LawParameter::strikes_on), lane) <= 0) {
    return;
  }
  thread_local std::vector<Strike> targets;  // `share` holds the weight until the sorties are divided
  const double rear = s.value(war.law(LawParameter::strikes_rear_weight), lane);
  const double road = s.value(war.law(LawParameter::strikes_exposure_road), lane);
  const auto most = at(static_cast<int>(s.value(war.law(LawParameter::strikes_targets), lane)));
  for (ActorIndex z = 0; z < s.n_actors; ++z) {
    if (!model.is_air(z) || s.value(war.actor(z, ActorParameter::sorties_per_day), lane) <= 0) {
      continue;
    }
    const CommandIndex c = model.command_of(z);
    const ActorMask enemies = v.enemies[at(c)] & s.derived.hostile[s.one(z, lane)];
    targets.clear();
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      const ActorMask here = s.present[s.one(p, lane)];
      if ((here & enemies) == 0) {
        continue;
      }
      const bool is_battle = s.contested[s.one(p, lane)] && (here & s.derived.friendly[s.one(z, lane)]) != 0;
      const double there = is_battle ? 1 : std::max(rear, given_up_weight(model, s, z, p, lane));
      for (ActorMask rest = here & enemies; rest != 0; rest &= rest - 1) {
        const ActorIndex b = std::countr_zero(rest);
        const double weight = s.effort[s.pair(z, b, lane)] * s.fighters[s.slot(p, b, lane)] * there;
        targets.push_back({z, b, p, kNone, weight});
      }
    }
    for (const Column& column : s.columns[at(lane)]) {
      if ((enemies & bit(column.actor)) != 0) {
        targets.push_back(
            {z, column.actor, kNone, column.id, s.effort[s.pair(z, column.actor, lane)] * column.fighters * road});
      }
    }
    const std::size_t kept = std::min(most, targets.size());
    std::partial_sort(targets.begin(), targets.begin() + static_cast<std::ptrdiff_t>(kept), targets.end(),
                      [](const Strike& x, const Strike& y) {
                        if (x.share != y.share) {
                          return x.share > y.share;
                        }
                        return x.place != y.place     ? x.place < y.place
                               : x.target != y.target ? x.target < y.target
                                                      : x.column < y.column;
                      });
    targets.resize(kept);
    double sum = 0;
    for (const Strike& strike : targets) {
      sum += strike.share;
    }
    for (Strike& strike : targets) {
      if (strike.share > 0) {
        strike.share =
            s.effort_total[s.one(z, lane)] * strike.share / sum;  // what a doctrine leaves unspent is not flown
        add_strike(model, s, strike, enemies, lane);
      }
    }
  }
}

}  // namespace truel::dynamics
