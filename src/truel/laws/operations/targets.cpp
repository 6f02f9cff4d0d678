#include "truel/laws/operations/targets.hpp"

#include <cmath>

namespace truel::laws {
namespace {

/// The strongest enemy force that could come to the relief of a raided place.
double relief(const Situation& now, PlaceIndex p) {
  double most = 0;
  const double relief_km = now.law(Operations::relief_km);
  const bool are_free = now.law(Operations::relief_of_free) > 0;
  const double hold = now.parameter(CommandParameter::hold_ratio);
  for (const NearPlace& near : now.model.near(p)) {
    if (near.km > relief_km) {
      break;
    }
    double tied = 0;
    if (are_free) {
      for (const Neighbour& next : now.model.neighbours(near.place)) {
        tied += hold * now.friends_here[at(next.place)];
      }
    }
    most = std::max(most, now.estimate(near.place) - tied);
  }
  return most;
}

/// Enemies whom nothing ties and who could march to a place over land of its holder and his friends.
double help_by_road(const Situation& now, PlaceIndex p) {
  const double share = now.law(Operations::help_by_road);
  if (share <= 0 || now.view.control[at(p)] < 0) {
    return 0;
  }
  double men = 0;
  for (const PlaceIndex q : now.land_around(p).within(now.model, p, now.law(Operations::relief_km))) {
    men += now.untied(q);
  }
  return share * men;
}

/// from_near: enemies who come to help the place.
double force_needed(const Situation& now, PlaceIndex p, double from_near) {
  const double defence = (now.estimate(p) + from_near) / (now.view.control[at(p)] >= 0 ? now.exposure(p) : 1);
  const double air =
      defence > 0
          ? std::min(1.0, now.air_kills * now.state.value(now.war.law(number_of<Strikes>(Strikes::exposure_garrison))) *
                              now.war.decision_interval_days / defence)
          : 0;
  const double win =
      now.parameter(CommandParameter::attack_ratio) * defence * (1 - air * now.law(Operations::air_support));
  double beyond = 0;
  if (now.touches_foes(p)) {
    for (const Neighbour& next : now.model.neighbours(p)) {
      beyond += now.estimate(next.place);
    }
  }
  return std::max({win, now.parameter(CommandParameter::hold_ratio) * beyond, 1.0});
}

/// Free men of mobile actors within their range over open ground.
template <class Use>
void for_each_raider(const Situation& now, const Orders& orders, PlaceIndex to, Use use) {
  for_each_near(
      now.state, now.model.near_open(to), now.raid_km,
      [&](const NearPlace& source) { return orders.free[at(source.place)] > 0 && orders.raiders(source.place) > 0; },
      [&](const NearPlace& source) { return use(source.place, source.km); });
}

/// Makes a place a target if free men can reach it and the win probability is not too low. Returns whether they can.
template <class ForEachSource>
bool consider(const Situation& now, Orders& orders, PlaceIndex p, bool is_raid, bool has_merit, ForEachSource for_each,
              std::vector<Target>& list) {
  const double there = orders.coming(p);
  bool has_source = false;
  double need = 0;
  double have = there;
  double with_us = 0;
  double expected = 0;
  for_each([&](PlaceIndex from, double km) {
    if (!has_source) {
      has_source = true;
      need = is_raid ? force_needed(now, p, relief(now, p)) : force_by_road(now, p);
      with_us = help(now, orders, p);
      if (there + with_us >= need) {
        return false;
      }
      expected = std::max(with_us, is_raid ? 0 : hoped_for(now, p));
      if (!is_raid && orders.is_out_of_reach(p, need, expected)) {
        return false;  // however many of the free men are near
      }
    }
    have += is_raid ? orders.raiders(from) : orders.free[at(from)] * now.strength_left(km);
    return have < 4 * need;  // the win probability hardly changes beyond
  });
  ++orders.tally.places;
  if (!has_source || there + with_us >= need) {
    orders.tally.no_men += !has_source;
    return has_source;
  }
  if (!now.least_win_probability.is_reached(have + expected, need)) {
    ++orders.tally.unlikely;
    return true;  // free men only grow fewer while orders are given
  }
  const double own_need = need - with_us;
  // What is scarcest decides what is worth most (Toyoda 1975): free men, or those who could lead one more attack.
  const double taken =
      orders.share_of_staffs > 0 ? std::max(own_need / orders.free_in_all, orders.share_of_staffs) : own_need;
  const double merit =
      has_merit ? appeal(now, p) * win_probability(have + expected, need, now.contest_exponent) / taken : kAbsent;
  list.push_back(
      {p, now.enemy_at(p), need, own_need - there, merit, is_raid, std::min(have, own_need), with_us, expected});
  return true;
}

void count_offensive(const Situation& now, State& s, ActorIndex enemy, bool is_exception) {
  if (enemy == kNone) {
    return;
  }
  s.attack(now.lead, enemy, AttackTally::offensives) += 1;
  s.attack(now.lead, enemy, AttackTally::exceptions) += is_exception ? 1 : 0;
  double& first = s.attack(now.lead, enemy, AttackTally::first_day);
  first = std::isnan(first) ? s.day : first;
  s.attack(now.lead, enemy, AttackTally::last_day) = s.day;
}

}  // namespace

double worth(const Situation& now, PlaceIndex p) {
  double sum = now.view.value[at(p)];
  for (const Neighbour& next : now.model.neighbours(p)) {
    if (now.is_ours(next.place)) {
      sum += now.view.value[at(next.place)] * now.view.closeness[at(next.link)];
    }
  }
  return sum;
}

double appeal(const Situation& now, PlaceIndex p) {
  double& appeal = now.prospect(p).appeal;
  if (std::isnan(appeal)) {
    const double weight =
        now.law(Operations::ledger) > 0 ? 1 : now.share(now.enemy_at(p));  // the ledger has counted it
    appeal = weight * worth(now, p) * now.unseen_worth(p) * (1 + prey(now, p));
  }
  return appeal;
}

double prey(const Situation& now, PlaceIndex p) {
  if (now.predation <= 0) {
    return 0;
  }
  const int before = now.state.taken_from[at(p)];
  const ActorIndex holder = now.view.control[at(p)];
  if (before == kNone || holder == kNone || (now.friends & bit(before)) != 0) {
    return 0;
  }
  const double held_days = now.state.day - now.state.held_since[at(p)];
  return now.predation * std::max(0.0, 1 - held_days / now.law(Operations::consolidation_days));
}

double force_by_road(const Situation& now, PlaceIndex p) {
  double& need = now.prospect(p).need;
  need = std::isnan(need) ? force_needed(now, p, help_by_road(now, p)) : need;
  return need;
}

double help(const Situation& now, const Orders& orders, PlaceIndex p) {
  if (now.allies.empty()) {
    return 0;
  }
  double men = 0;
  for (ActorMask rest = now.friends & ~now.members & now.view.present[at(p)]; rest != 0; rest &= rest - 1) {
    men += now.view.n(p, first_of(rest));
  }
  men += now.friends_inbound[at(p)] - std::min(now.friends_inbound[at(p)], orders.inbound[at(p)]);
  if (now.prospect(p).is_joint) {
    for (const Operation& o : now.operations) {
      men += now.is_joint(o, p) ? o.men : 0;
    }
  }
  return men;
}

double hoped_for(const Situation& now, PlaceIndex p) {
  if (now.allies.empty()) {
    return 0;
  }
  double& hoped_for = now.prospect(p).hoped_for;
  if (std::isnan(hoped_for)) {
    hoped_for = now.law(Operations::joint) * now.allies_near(p, now.parameter(CommandParameter::reach_km));
  }
  return hoped_for;
}

void list_places_in_touch(const Situation& now, const Orders& orders, Targets& targets) {
  const View& v = now.view;
  targets.in_touch = now.border->places;
  const auto add = [&](PlaceIndex p) {
    if (!now.is_ours(p) && !now.is_beside_us(p) && (now.mobile != 0 || orders.mine[at(p)] > 0)) {
      targets.in_touch.push_back(p);
    }
  };
  if (now.mobile != 0) {
    for (PlaceIndex p = 0; p < v.n_places; ++p) {
      add(p);
    }
  } else {
    std::for_each(now.abroad.begin(), now.abroad.end(), add);
  }
}

void list_targets(const Situation& now, Orders& orders, bool has_merit, Targets& targets) {
  const double reach = now.parameter(CommandParameter::reach_km);
  targets.list.clear();
  targets.reached.clear();
  targets.n_not_reached = 0;
  for (const PlaceIndex p : targets.in_touch) {
    const ActorIndex holder = now.view.control[at(p)];
    if (holder >= 0 && (now.enemies & bit(holder)) == 0) {
      continue;
    }
    if (holder < 0 && orders.mine[at(p)] > 0 && now.foe[at(p)] <= 0) {
      continue;  // about to be ours
    }
    if (orders.mine[at(p)] <= 0 && spares(now.model, now.state, now.command, p)) {
      continue;
    }
    bool is_reached = false;
    if (now.is_beside_us(p) || orders.mine[at(p)] > 0) {
      is_reached = consider(
          now, orders, p, false, has_merit, [&](auto use) { orders.for_each_source(p, reach, use); }, targets.list);
    } else if (now.mobile != 0) {
      is_reached = consider(
          now, orders, p, true, has_merit, [&](auto use) { for_each_raider(now, orders, p, use); }, targets.list);
    } else {
      continue;
    }
    if (is_reached) {
      targets.reached.push_back(p);
    } else {
      ++targets.n_not_reached;
    }
  }
}

double available(const Situation& now, Orders& orders, const Target& target) {
  double have = orders.coming(target.place);
  const auto count = [&](PlaceIndex from, double km) {
    have += target.is_raid ? orders.raiders(from) : orders.free[at(from)] * now.strength_left(km);
    return true;
  };
  if (target.is_raid) {
    for_each_raider(now, orders, target.place, count);
  } else {
    orders.for_each_source(target.place, now.parameter(CommandParameter::reach_km), count);
  }
  return have;
}

void send_to_attack(const Situation& now, Orders& orders, const Target& target, bool is_exception,
                    const EventCause& cause, const EventNumbers& numbers) {
  const PlaceIndex p = target.place;
  const bool is_new = orders.coming(p) <= 0;
  double sent = 0;
  if (target.is_raid) {
    for_each_raider(now, orders, p, [&](PlaceIndex from, double km) {
      sent += orders.send_free(from, p, km, target.missing - sent, orders.raiders(from), now.mobile, MarchTask::raid);
      return sent < target.missing;
    });
    orders.inbound[at(p)] += sent;
  } else {
    sent = orders.gather(p, now.parameter(CommandParameter::reach_km), target.missing, MarchTask::offensive);
  }
  orders.note(target.is_raid ? Operations::kRaid : Operations::kOffensive, p, target.enemy, sent, cause, numbers);
  if (is_new && orders.coming(p) > 0) {
    count_offensive(now, orders.state, target.enemy, is_exception);
  }
}

void attack(const Situation& now, Orders& orders) {
  thread_local Targets targets;
  list_places_in_touch(now, orders, targets);
  list_targets(now, orders, true, targets);
  std::sort(targets.list.begin(), targets.list.end(), [&](const Target& x, const Target& y) {
    return x.merit != y.merit ? x.merit > y.merit : now.is_drawn_first(x.place, y.place);
  });
  for (const Target& target : targets.list) {
    const double have = available(now, orders, target);
    if (!now.least_win_probability.is_reached(have, target.need)) {
      ++orders.tally.unlikely;
      continue;
    }
    EventNumbers numbers;
    double added = 0;
    if (orders.state.journal != nullptr) {
      added = prey(now, target.place);
      numbers = {.share = now.share(target.enemy),
                 .worth = worth(now, target.place),
                 .worth_factor = added > 0 ? 1 + added : kAbsent,
                 .win_probability = win_probability(have, target.need, now.contest_exponent),
                 .fighters_needed = target.need};
    }
    send_to_attack(now, orders, target, false, added > 0 ? Operations::kJustTaken : Operations::kTarget, numbers);
  }
}

}  // namespace truel::laws
