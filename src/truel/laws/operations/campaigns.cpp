// With effort as a budget: which operations a command orders, and how many it can run.
#include <array>
#include <limits>
#include <optional>

#include "truel/laws/operations/budget.hpp"

namespace truel::laws {
namespace {

/// Operations that the command can prepare and lead at once: one for each formation that its fighters fill.
int staffs(const Situation& now) {
  const double men_each = now.parameter(CommandParameter::men_per_staff);
  if (std::isnan(men_each)) {
    return std::numeric_limits<int>::max();
  }
  return std::max(1, static_cast<int>(std::min(now.view.strength[at(now.command)] / men_each, 1e9)));
}

/// Of these, those that are prepared or led today.
int n_led(const Situation& now, const std::vector<Operation>& operations) {
  const bool is_handed_over = now.law(Operations::handover) > 0;
  return static_cast<int>(std::count_if(operations.begin(), operations.end(), [&](const Operation& o) {
    return o.command == now.command && o.rest == Operation::kRunning && !(is_handed_over && has_had_its_days(now, o));
  }));
}

/// What one more operation takes of the staffs that are free, where staffs count.
double share_of_staffs(const Situation& now, int led) {
  return now.law(Operations::scarce_staffs) > 0 ? 1.0 / std::max(1, staffs(now) - led) : 0;
}

/// Men whom an operation may still get: who attacks commits what he planned and a reserve.
double may_add(const Situation& now, const Orders& orders, const Operation& o) {
  const double ratio = now.law(Operations::commit_ratio);
  return ratio > 0 ? std::max(0.0, ratio * o.planned - orders.mine[at(o.place)] - orders.inbound[at(o.place)])
                   : kUnbounded;
}

/// The first attack on the place that an allied command prepares.
const Operation* joint_with(const Situation& now, PlaceIndex p) {
  if (now.allies.empty()) {
    return nullptr;
  }
  const Operation* first = nullptr;
  for (const Operation& o : now.operations) {
    if (now.is_joint(o, p) && (first == nullptr || o.march_day < first->march_day)) {
      first = &o;
    }
  }
  return first;
}

/// A vital place or road in danger: enough of all that is ours stands beside the target.
bool is_vital(const Situation& now, const Target& target) {
  const double least = now.parameter(CommandParameter::exception_vital);
  if (least <= 0) {
    return false;
  }
  double all = 0;
  for (const PlaceIndex own : now.ours) {
    all += now.view.value[at(own)];
  }
  return worth(now, target.place) - now.view.value[at(target.place)] >= least * all;
}

/// A race for land: somebody else, no friend, has men beside the place who could take it.
bool is_raced_for(const Situation& now, const Target& target) {
  const double least = now.parameter(CommandParameter::exception_race);
  for (ActorIndex rival = 0; least > 0 && rival < now.view.n_actors; ++rival) {
    if ((now.friends & bit(rival)) != 0 || (now.state.derived.hostile[at(target.enemy)] & bit(rival)) == 0) {
      continue;
    }
    double men = now.view.n(target.place, rival);
    for (const Neighbour& next : now.model.neighbours(target.place)) {
      men += now.view.n(next.place, rival);
    }
    if (men > 0 && win_probability(men, target.need, now.contest_exponent) >= least) {
      return true;
    }
  }
  return false;
}

/// Revenge: the enemy has lately taken a place of the command's own.
bool is_revenge(const Situation& now, const Target& target) {
  const double days = now.parameter(CommandParameter::exception_revenge_days);
  for (PlaceIndex lost = 0; days > 0 && lost < now.view.n_places; ++lost) {
    const int before = now.state.taken_from[at(lost)];
    if (is_one_of(before, now.members) && now.view.control[at(lost)] == target.enemy &&
        now.state.day - now.state.held_since[at(lost)] <= days) {
      return true;
    }
  }
  return false;
}

/// Whether a target of an enemy who is only screened is attacked all the same.
bool is_exception(const Situation& now, const Target& target) {
  if (target.enemy == kNone || now.share(target.enemy) >= now.law(Operations::screen_below)) {
    return false;
  }
  // An ally asks: friends who are no members fight there.
  const bool is_asked_for = now.parameter(CommandParameter::exception_ally) > 0 &&
                            (now.view.present[at(target.place)] & now.friends & ~now.members) != 0;
  return is_asked_for || is_vital(now, target) || is_raced_for(now, target) || is_revenge(now, target);
}

void send_off(const Situation& now, Orders& orders, Operation& o, const Target& target) {
  o.has_marched = true;
  const EventCause* cause = &kNoCause;
  EventNumbers numbers;
  if (orders.state.journal != nullptr && o.enemy != kNone) {
    cause = o.is_exception ? &Operations::kException : o.advanced_km > 0 ? &Operations::kNextDoor : &Operations::kPaid;
    numbers = {.share = now.share(o.enemy),
               .worth = worth(now, o.place),
               .fighters_needed = target.need,
               .credit = orders.books.credit[now.account(o.enemy)]};
  }
  send_to_attack(now, orders, target, o.is_exception, *cause, numbers);
  o.men = orders.coming(o.place);
}

/// Operations whose preparation is over march, or are called off.
void launch(const Situation& now, Orders& orders) {
  for (Operation& o : orders.books.operations) {
    if (o.command != now.command || !o.is_preparing() || now.state.day < o.march_day) {
      continue;
    }
    const double need = force_by_road(now, o.place);
    const double there = orders.coming(o.place);
    const double with_us = help(now, orders, o.place);
    const double missing = std::min(std::max(o.men, need - with_us) - there, may_add(now, orders, o));
    const Target target{o.place, o.enemy, need, missing, 0, false, need, with_us, with_us};
    const double have = std::min(available(now, orders, target), there + may_add(now, orders, o));
    if (now.least_win_probability.is_reached(have + with_us, need)) {
      send_off(now, orders, o, target);
      continue;
    }
    const int longest = std::max(now.days_of(CommandParameter::preparation_days), now.war.decision_interval_days);
    const bool may_be_joined = now.state.day < o.march_day + longest &&
                               now.least_win_probability.is_reached(have + hoped_for(now, o.place), need);
    o.rest = may_be_joined ? o.rest : now.state.day;  // called off; the next decision strikes it off
  }
}

/// Enemies in the order of what each has had of what it was due; of each the best targets first.
void sort_by_need_of_enemies(const Situation& now, const EffortLedger& books, std::vector<Target>& list) {
  std::array<double, kMaxActors> served{};
  for (ActorMask rest = now.enemies; rest != 0; rest &= rest - 1) {
    const ActorIndex b = first_of(rest);
    const double due = books.due[now.account(b)];
    served[at(b)] = due > 0 ? books.spent[now.account(b)] / due : 0;
  }
  std::sort(list.begin(), list.end(), [&](const Target& x, const Target& y) {
    const double a = x.enemy == kNone ? 0 : served[at(x.enemy)];
    const double b = y.enemy == kNone ? 0 : served[at(y.enemy)];
    return a != b ? a < b : x.merit != y.merit ? x.merit > y.merit : now.is_drawn_first(x.place, y.place);
  });
}

/// An operation against a target as it would be ordered today.
Operation planned(const Situation& now, const Target& target, double men, bool is_prepared, bool is_beyond_budget) {
  const State& s = now.state;
  int preparation = is_prepared ? now.days_of(CommandParameter::preparation_days) : 0;
  const Operation* joint = preparation > 0 ? joint_with(now, target.place) : nullptr;
  if (joint != nullptr) {  // one plan for all, one day of attack
    preparation = std::max(1, joint->march_day - s.day);
  }
  const int until = s.day + cycle_days(now, is_prepared);
  if (s.day == 0 && preparation > 0 && target.help <= 0) {  // a war under way: a part of it is done
    RandomStream random(s.seed, s.run, 1, Operations::kLedger,
                        static_cast<std::uint32_t>(now.command * now.view.n_places + target.place));
    preparation = static_cast<int>(std::ceil(random.uniform() * preparation));
  }
  return {now.command, target.place, target.enemy, men, s.day, s.day + preparation, until, is_beyond_budget};
}

/// An attack to go on to, and the road to it.
struct Advance {
  Target target;
  double km;
};

/// Where a won attack goes on to: of the enemies' places one road on, that nobody of ours attacks yet and whose attack
/// the credit covers, the one worth most by the chance to win it and for the way.
std::optional<Advance> next_of(const Situation& now, Orders& orders, const Operation& won) {
  std::optional<Advance> best;
  const std::array<double, kMaxActors> under_way = committed(now, orders);
  for (const Neighbour& next : now.model.neighbours(won.place)) {
    const PlaceIndex p = next.place;
    if (!is_one_of(now.view.control[at(p)], now.enemies) ||
        won.advanced_km + next.km > now.law(Operations::advance_km) || spares(now.model, now.state, now.command, p) ||
        orders.running(p) != nullptr) {
      continue;
    }
    Target target{p, now.enemy_at(p), force_by_road(now, p), 0, 0, false, 0, help(now, orders, p), 0};
    const double have = available(now, orders, target);
    if (!now.least_win_probability.is_reached(have + target.help, target.need)) {
      continue;
    }
    target.men = std::min(have, std::max(0.0, target.need - target.help));
    target.missing = target.men - orders.coming(p);
    const double left = orders.books.credit[now.account(target.enemy)] - under_way[at(target.enemy)] +
                        (target.enemy == won.enemy ? committed(now, won) : 0);
    if (target.missing <= 0 || left < target.men * cycle_days(now, false)) {
      continue;
    }
    target.merit = appeal(now, p) * win_probability(have + target.help, target.need, now.contest_exponent) / next.km;
    if (!best || target.merit > best->target.merit ||
        (target.merit == best->target.merit && now.is_drawn_first(p, best->target.place))) {
      best = {target, next.km};
    }
  }
  return best;
}

/// Turns a won attack into one on the next place, led as before and without preparation. Returns whether there is one.
bool go_on(const Situation& now, Orders& orders, Operation& o) {
  const bool may_go_on = now.law(Operations::advance_km) > 0 && now.foe[at(o.place)] <= 0;
  const std::optional<Advance> next = may_go_on ? next_of(now, orders, o) : std::nullopt;
  if (next) {
    const double km = o.advanced_km + next->km;
    o = planned(now, next->target, next->target.men, false, false);
    o.advanced_km = km;
    send_off(now, orders, o, next->target);
  }
  return next.has_value();
}

/// Operations whose men are there or beaten are over, but for those that go on; those whose recovery is over, or whose
/// aim is lost, go.
void follow_operations(const Situation& now, Orders& orders) {
  for (Operation& o : orders.books.operations) {
    if (o.command != now.command || o.rest != Operation::kRunning || !o.has_marched) {
      continue;
    }
    const bool is_won = now.is_ours(o.place);
    if (is_won && go_on(now, orders, o)) {
      continue;
    }
    const double there = orders.coming(o.place);
    if (is_won || there <= 0) {
      o.men = is_won ? std::min(o.men, there) : o.men;
      o.rest = now.state.day + now.days_of(CommandParameter::recovery_days);
    } else {
      o.men = there;
      o.enemy = now.enemy_at(o.place) != kNone ? now.enemy_at(o.place) : o.enemy;
    }
  }
  std::erase_if(orders.books.operations, [&](const Operation& o) {
    const bool lost_its_aim = o.is_preparing() && now.enemy_at(o.place) != o.enemy;
    return o.command == now.command && (lost_its_aim || (o.rest != Operation::kRunning && now.state.day >= o.rest));
  });
}

/// Orders attacks from the list, in its order, as far as credit and staffs go. led: operations that have a staff.
void begin_operations(const Situation& now, Orders& orders, int led, std::vector<Target>& list) {
  EffortLedger& books = orders.books;
  std::array<double, kMaxActors> under_way = committed(now, orders);
  ActorMask saves = 0;        // enemies whose best target is not affordable yet
  bool are_as_listed = true;  // no order has taken men since the targets were listed
  for (Target& target : list) {
    const PlaceIndex p = target.place;
    const Operation* known = orders.running(p);
    const bool is_new = known == nullptr;
    if (!is_new) {
      target.missing = std::min(target.missing, may_add(now, orders, *known));
      if (known->is_preparing() || target.missing <= 0) {
        continue;
      }
    }
    double men = target.men;
    if (!are_as_listed) {
      const bool is_hopeless = !target.is_raid && orders.is_out_of_reach(p, target.need, target.expected);
      const double have = is_hopeless ? 0 : available(now, orders, target);
      if (is_hopeless || !now.least_win_probability.is_reached(have + target.expected, target.need)) {
        ++orders.tally.unlikely;
        continue;
      }
      men = std::min(target.need - target.help, have);
    }
    const bool is_free = target.enemy == kNone || now.is_retaking(p);
    bool is_beyond_budget = false;
    if (!is_free) {
      const double cost = is_new ? men * cycle_days(now, !target.is_raid) : target.missing * cycle_days(now, false);
      const bool is_saved_for = (saves & bit(target.enemy)) != 0;
      const double left = books.credit[now.account(target.enemy)] - under_way[at(target.enemy)];
      if (is_saved_for || left < cost) {
        saves |= bit(target.enemy);
        is_beyond_budget = is_exception(now, target);
        if (!is_beyond_budget) {
          ++orders.tally.no_effort;
          continue;
        }
      }
      if (is_new && led >= staffs(now)) {
        ++orders.tally.no_staff;
        continue;
      }
    }
    const bool is_prepared = is_new && !is_free && !target.is_raid && orders.mine[at(p)] <= 0;
    Operation operation = planned(now, target, men, is_prepared, is_beyond_budget);
    are_as_listed = false;
    if (operation.march_day > now.state.day) {
      orders.hold_back(p, men);
    } else {
      send_off(now, orders, operation, target);
    }
    if (is_new && !is_free) {
      books.operations.push_back(operation);
      under_way[at(operation.enemy)] += committed(now, operation);
      ++led;
    }
  }
}

}  // namespace

void attack_within_means(const Situation& now, Orders& orders, double deployable) {
  const std::vector<Operation>& operations = orders.books.operations;
  const auto is_tied = [&](const Operation& o) { return ties_men(now, o); };
  follow_operations(now, orders);
  pay(now, orders);
  // What could be begun if nobody were preparing or recovering says how much may be saved.
  const PlanTally before = orders.tally;
  const bool some_are_tied = std::any_of(operations.begin(), operations.end(), is_tied);
  orders.share_of_staffs = share_of_staffs(now, n_led(now, operations));
  thread_local Targets targets;
  list_places_in_touch(now, orders, targets);
  list_targets(now, orders, !some_are_tied, targets);
  credit(now, orders, deployable, targets);
  launch(now, orders);
  for (const Operation& o : operations) {
    if (is_tied(o)) {
      orders.hold_back(o.place, o.men);
    }
  }
  if (some_are_tied) {
    // Free men have only grown fewer: what none of them could reach, none can.
    orders.tally = before;
    orders.tally.places += targets.n_not_reached;
    orders.tally.no_men += targets.n_not_reached;
    targets.in_touch.swap(targets.reached);
    list_targets(now, orders, true, targets);
  }
  sort_by_need_of_enemies(now, orders.books, targets.list);
  begin_operations(now, orders, n_led(now, operations), targets.list);
}

}  // namespace truel::laws
