#include "truel/laws/operations/budget.hpp"

#include <array>

namespace truel::laws {

int cycle_days(const Situation& now, bool is_prepared) {
  const int fight = static_cast<int>(std::lround(now.law(Operations::planned_days)));
  return std::max(1, fight + now.days_of(CommandParameter::recovery_days) +
                         (is_prepared ? now.days_of(CommandParameter::preparation_days) : 0));
}

std::array<double, kMaxActors> committed(const Situation& now, const Orders& orders) {
  std::array<double, kMaxActors> men_days{};
  for (const Operation& o : orders.books.operations) {
    if (o.command == now.command) {
      men_days[at(o.enemy)] += committed(now, o);
    }
  }
  return men_days;
}

void pay(const Situation& now, Orders& orders) {
  const double days = now.war.decision_interval_days;
  const auto charge = [&](ActorIndex enemy, double men) {
    if (enemy != kNone) {
      orders.books.credit[now.account(enemy)] -= men * days;
      orders.books.spent[now.account(enemy)] += men * days;
    }
  };
  orders.for_each_attack_under_way(
      [&](PlaceIndex p, double men) { charge(now.is_retaking(p) ? kNone : now.enemy_at(p), men); });
  for (const Operation& o : orders.books.operations) {
    if (ties_men(now, o)) {
      charge(o.enemy, o.men);
    }
  }
}

void credit(const Situation& now, Orders& orders, double deployable, const Targets& targets) {
  const double man_days = deployable * now.war.decision_interval_days;
  const double screen_below = now.law(Operations::screen_below);
  const int days_of_prepared = cycle_days(now, true);
  const int days_of_raid = cycle_days(now, false);
  std::array<double, kMaxActors> cap{};
  ActorMask reached = 0;
  for (const PlaceIndex p : targets.in_touch) {
    const ActorIndex holder = now.view.control[at(p)];
    if (is_one_of(holder, reached)) {
      continue;  // who is reached at one place is reached
    }
    if (orders.mine[at(p)] > 0 || now.is_beside_us(p)) {
      const ActorIndex b = now.enemy_at(p);
      reached |= b != kNone ? bit(b) : 0;
    }
  }
  for (const Target& target : targets.list) {
    if (target.enemy != kNone) {
      reached |= bit(target.enemy);
      cap[at(target.enemy)] =
          std::max(cap[at(target.enemy)], target.men * (target.is_raid ? days_of_raid : days_of_prepared));
    }
  }
  const std::array<double, kMaxActors> under_way = committed(now, orders);
  double unspent = 0;
  double takers = 0;
  for (ActorMask rest = now.enemies; rest != 0; rest &= rest - 1) {
    const ActorIndex b = first_of(rest);
    double& credit = orders.books.credit[now.account(b)];
    // One operation may be saved for, or as many as the enemy's share of all men can run; and what runs has its credit.
    cap[at(b)] = cap[at(b)] > 0 ? std::max(cap[at(b)], now.share(b) * deployable * days_of_prepared) : 0;
    cap[at(b)] += under_way[at(b)];
    if ((reached & bit(b)) == 0) {
      credit = std::min(credit, 0.0);
      continue;
    }
    if (now.state.day == 0) {
      RandomStream random(now.state.seed, now.state.run, 0, Operations::kLedger,
                          static_cast<std::uint32_t>(now.account(b)));
      credit = random.uniform() * cap[at(b)];
    }
    credit += now.share(b) * man_days;
    orders.books.due[now.account(b)] += now.share(b) * man_days;
    if (credit > cap[at(b)]) {
      unspent += credit - cap[at(b)];
      credit = cap[at(b)];
    } else if (now.share(b) >= screen_below) {
      takers += now.share(b);
    }
  }
  for (ActorMask rest = now.enemies & reached; rest != 0 && takers > 0; rest &= rest - 1) {
    const ActorIndex b = first_of(rest);
    double& credit = orders.books.credit[now.account(b)];
    if (credit < cap[at(b)] && now.share(b) >= screen_below) {
      credit = std::min(cap[at(b)], credit + unspent * now.share(b) / takers);
    }
  }
}

}  // namespace truel::laws
