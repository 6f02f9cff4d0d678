// What a command attacks: offensives over the roads it holds, raids across open ground.
#include <fmt/format.h>

#include <cmath>

#include "truel/base/math.hpp"
#include "truel/laws/laws.hpp"
#include "truel/laws/operations/planner.hpp"

namespace truel::laws {

double Planner::strength_left(double km) const {
  return std::isnan(strength_km_) ? 1 : math::exp(-km / strength_km_);
}

double Planner::worth(PlaceIndex p) const {
  double sum = v_.value[at(p)];
  for (const Neighbour& next : model_.neighbours(p)) {
    if (is_ours(next.place)) {
      sum += v_.value[at(next.place)] * v_.closeness[at(next.link)];
    }
  }
  return sum;
}

double Planner::unseen_worth(PlaceIndex p) {
  return unseen_spread_ > 0 ? workspace_.unseen.of(c_ * v_.n_places + p, 0) : 1;
}

void Planner::count_allies() {
  workspace_.allies.clear();
  if ((friends_ & ~members_) == 0 || law(LawParameter::operations_joint) <= 0 ||
      law(LawParameter::operations_ledger) <= 0) {
    return;
  }
  workspace_.allies.assign(at(v_.n_places), 0);
  add_up(friends_ & ~members_, workspace_.allies);
  for (const PlaceIndex p : ours_) {
    if (workspace_.allies[at(p)] <= 0 || !touches_foes(p)) {
      continue;
    }
    double tied = 0;
    for (const Neighbour& next : model_.neighbours(p)) {
      tied += estimate(next.place);
    }
    workspace_.allies[at(p)] = std::max(0.0, workspace_.allies[at(p)] - parameter(CommandParameter::hold_ratio) * tied);
  }
  n_allied_ = static_cast<int>(
      std::count_if(workspace_.allies.begin(), workspace_.allies.end(), [](double men) { return men > 0; }));
  for (const Operation& o : workspace_.operations) {
    Prospect& known = prospect(o.place);
    known.is_joint = known.is_joint || is_joint(o, o.place);
  }
}

double Planner::help(PlaceIndex p) const {
  if (workspace_.allies.empty()) {
    return 0;
  }
  double men = 0;
  for (ActorMask rest = friends_ & ~members_ & v_.present[at(p)]; rest != 0; rest &= rest - 1) {
    men += v_.n(p, first_of(rest));
  }
  men += workspace_.friends_inbound[at(p)] - std::min(workspace_.friends_inbound[at(p)], workspace_.inbound[at(p)]);
  if (prospect(p).is_joint) {
    for (const Operation& o : workspace_.operations) {
      men += is_joint(o, p) ? o.men : 0;
    }
  }
  return men;
}

double Planner::hoped_for(PlaceIndex p) {
  if (workspace_.allies.empty()) {
    return 0;
  }
  double& hoped_for = prospect(p).hoped_for;
  if (std::isnan(hoped_for)) {
    const double reach = parameter(CommandParameter::reach_km);
    const std::span<const double> allies = workspace_.allies;
    double men = 0;
    int unseen = n_allied_ - (allies[at(p)] > 0 ? 1 : 0);  // the place is not near itself
    for (const Near& near : model_.near(p)) {
      if (near.km > reach || unseen == 0) {
        break;
      }
      if (const double there = allies[at(near.place)]; there > 0) {
        men += there * strength_left(near.km);
        --unseen;
      }
    }
    hoped_for = law(LawParameter::operations_joint) * men;
  }
  return hoped_for;
}

double Planner::prey(PlaceIndex p) const {
  if (predation_ <= 0) {
    return 0;
  }
  const int before = s_.taken_from[at(p)];
  const ActorIndex holder = v_.control[at(p)];
  if (before == kNone || holder == kNone || (friends_ & bit(before)) != 0) {
    return 0;
  }
  const double held_days = s_.day - s_.held_since[at(p)];
  return predation_ * std::max(0.0, 1 - held_days / law(LawParameter::operations_consolidation_days));
}

double Planner::force_needed(PlaceIndex p, double from_near) {
  const double defence = (estimate(p) + from_near) / (v_.control[at(p)] >= 0 ? exposure(p) : 1);
  const double air =
      defence > 0 ? std::min(1.0, air_kills_ * law(laws::number_of<laws::Strikes>(laws::Strikes::exposure_garrison)) *
                                      war_.decision_interval_days / defence)
                  : 0;
  const double win =
      parameter(CommandParameter::attack_ratio) * defence * (1 - air * law(LawParameter::operations_air_support));
  double beyond = 0;
  if (touches_foes(p)) {
    for (const Neighbour& next : model_.neighbours(p)) {
      beyond += estimate(next.place);
    }
  }
  return std::max({win, parameter(CommandParameter::hold_ratio) * beyond, 1.0});
}

double Planner::force_by_road(PlaceIndex p) {
  double& need = prospect(p).need;
  need = std::isnan(need) ? force_needed(p, 0) : need;
  return need;
}

double Planner::appeal(PlaceIndex p) {
  double& appeal = prospect(p).appeal;
  if (std::isnan(appeal)) {
    const double weight =
        law(LawParameter::operations_ledger) > 0 ? 1 : share(enemy_at(p));  // the ledger has counted it
    appeal = weight * worth(p) * unseen_worth(p) * (1 + prey(p));
  }
  return appeal;
}

void Planner::list_places_in_touch() {
  workspace_.next_to_us.assign(at(v_.n_places), 0);
  workspace_.in_touch.clear();
  for (const PlaceIndex p : ours_) {
    if ((v_.around[at(p)].holders & ~friends_) == 0 && !v_.around[at(p)].has_nobodys_land) {
      continue;
    }
    for (const Neighbour& next : model_.neighbours(p)) {
      if (!workspace_.next_to_us[at(next.place)] && !is_ours(next.place)) {
        workspace_.next_to_us[at(next.place)] = 1;
        workspace_.in_touch.push_back(next.place);
      }
    }
  }
  const auto add = [&](PlaceIndex p) {
    if (!is_ours(p) && !workspace_.next_to_us[at(p)] && (mobile_ != 0 || mine_[at(p)] > 0)) {
      workspace_.in_touch.push_back(p);
    }
  };
  if (mobile_ != 0) {
    for (PlaceIndex p = 0; p < v_.n_places; ++p) {
      add(p);
    }
  } else {
    std::for_each(workspace_.abroad.begin(), workspace_.abroad.end(), add);
  }
}

template <class Use>
void Planner::for_each_raider(PlaceIndex to, Use use) {
  for_each_near(
      s_, model_.near_open(to), raid_km_, [&](const Near& source) { return raiders(source.place) > 0; },
      [&](const Near& source) { return use(source.place, source.km); });
}

template <class ForEachSource>
void Planner::consider(PlaceIndex p, bool is_raid, bool has_merit, ForEachSource for_each) {
  const double there = mine_[at(p)] + workspace_.inbound[at(p)];
  bool has_source = false;
  double need = 0;
  double have = there;
  for_each([&](PlaceIndex from, double km) {
    if (!has_source) {
      has_source = true;
      need = is_raid ? force_needed(p, relief(p)) : force_by_road(p);
    }
    have += is_raid ? raiders(from) : workspace_.free[at(from)] * strength_left(km);
    return have < 4 * need;  // odds hardly change beyond
  });
  PlanTally& tally = books_.plans[at(c_)];
  ++tally.places;
  const double with_us = has_source ? help(p) : 0;
  if (!has_source || there + with_us >= need) {
    tally.no_men += !has_source;
    return;
  }
  const double expected = std::max(with_us, is_raid ? 0 : hoped_for(p));
  if (!workspace_.least_odds.is_reached(have + expected, need)) {
    ++tally.poor_odds;
    return;  // free men only grow fewer while orders are given
  }
  const double own_need = need - with_us;
  const double merit =
      has_merit ? appeal(p) * win_probability(have + expected, need, odds_exponent_) / own_need : kAbsent;
  workspace_.candidates.push_back(
      {p, enemy_at(p), need, own_need - there, merit, is_raid, std::min(have, own_need), with_us, expected});
}

void Planner::list_targets(bool have_merit) {
  const double reach = parameter(CommandParameter::reach_km);
  workspace_.candidates.clear();
  for (const PlaceIndex p : workspace_.in_touch) {
    const ActorIndex holder = v_.control[at(p)];
    if (holder >= 0 && (enemies_ & bit(holder)) == 0) {
      continue;
    }
    if (holder < 0 && mine_[at(p)] > 0 && foe_[at(p)] <= 0) {
      continue;  // about to be ours
    }
    if (mine_[at(p)] <= 0 && laws::spares(s_, p)) {
      continue;
    }
    if (workspace_.next_to_us[at(p)] || mine_[at(p)] > 0) {
      consider(p, false, have_merit, [&](auto use) { for_each_source(p, reach, use); });
    } else if (mobile_ != 0) {
      consider(p, true, have_merit, [&](auto use) { for_each_raider(p, use); });
    }
  }
}

double Planner::available(const Candidate& target) {
  double have = mine_[at(target.place)] + workspace_.inbound[at(target.place)];
  const auto count = [&](PlaceIndex from, double km) {
    have += target.is_raid ? raiders(from) : workspace_.free[at(from)] * strength_left(km);
    return true;
  };
  if (target.is_raid) {
    for_each_raider(target.place, count);
  } else {
    for_each_source(target.place, parameter(CommandParameter::reach_km), count);
  }
  return have;
}

void Planner::count_offensive(ActorIndex enemy, bool is_exception) {
  if (enemy == kNone) {
    return;
  }
  s_.attack(lead_, enemy, AttackTally::offensives) += 1;
  s_.attack(lead_, enemy, AttackTally::exceptions) += is_exception ? 1 : 0;
  double& first = s_.attack(lead_, enemy, AttackTally::first_day);
  first = std::isnan(first) ? s_.day : first;
  s_.attack(lead_, enemy, AttackTally::last_day) = s_.day;
}

void Planner::attack() {
  const double reach = parameter(CommandParameter::reach_km);
  list_places_in_touch();
  list_targets(true);
  std::sort(workspace_.candidates.begin(), workspace_.candidates.end(), [&](const Candidate& x, const Candidate& y) {
    return x.merit != y.merit ? x.merit > y.merit : is_drawn_before(s_, Lot::place, x.place, y.place);
  });
  for (const Candidate& target : workspace_.candidates) {
    const bool is_new = mine_[at(target.place)] + workspace_.inbound[at(target.place)] <= 0;
    const double have = available(target);
    if (!workspace_.least_odds.is_reached(have, target.need)) {
      ++books_.plans[at(c_)].poor_odds;
      continue;
    }
    std::string reason;
    if (s_.journal != nullptr) {
      reason = fmt::format("effort share {:.2f}, worth {:.1f}, odds {:.2f}, force needed {:.0f}", share(target.enemy),
                           worth(target.place), win_probability(have, target.need, odds_exponent_), target.need);
      if (const double added = prey(target.place); added > 0) {
        reason += fmt::format(", just taken from another: worth {:.1f} times as much", 1 + added);
      }
    }
    if (target.is_raid) {
      raid(target, reason);
    } else {
      note(kOffensive, target.place, target.enemy, gather(target.place, reach, target.missing, ColumnTask::offensive),
           reason);
    }
    if (is_new && workspace_.inbound[at(target.place)] > 0) {
      count_offensive(target.enemy, false);
    }
  }
}

double Planner::relief(PlaceIndex p) {
  double most = 0;
  const double relief_km = law(LawParameter::operations_relief_km);
  const bool are_free = law(LawParameter::operations_relief_of_free) > 0;
  const double hold = parameter(CommandParameter::hold_ratio);
  for (const Near& near : model_.near(p)) {
    if (near.km > relief_km) {
      break;
    }
    double tied = 0;
    if (are_free) {
      for (const Neighbour& next : model_.neighbours(near.place)) {
        tied += hold * friends_here_[at(next.place)];
      }
    }
    most = std::max(most, estimate(near.place) - tied);
  }
  return most;
}

void Planner::raid(const Candidate& target, const std::string& reason) {
  double sent = 0;
  for_each_raider(target.place, [&](PlaceIndex from, double km) {
    double part = std::min(raiders(from), target.missing - sent);
    part = is_whole_ ? std::min(std::ceil(part), raiders(from)) : part;
    part = send(from, target.place, km, part, mobile_, ColumnTask::raid);
    take_free(from, part);
    sent += part;
    return sent < target.missing;
  });
  workspace_.inbound[at(target.place)] += sent;
  note(kRaid, target.place, target.enemy, sent, reason);
}

}  // namespace truel::laws
