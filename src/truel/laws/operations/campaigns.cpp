// Effort as a ledger: which operations a command orders, what it pays for them, and how many it can run.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>

#include "truel/laws/operations/planner.hpp"

namespace truel::laws {

int Planner::days_of(CommandParameter p) const {
  return static_cast<int>(std::lround(parameter(p)));
}

int Planner::cycle_days(bool is_prepared) const {
  const int fight = static_cast<int>(std::lround(law(LawParameter::operations_planned_days)));
  return std::max(1, fight + days_of(CommandParameter::recovery_days) +
                         (is_prepared ? days_of(CommandParameter::preparation_days) : 0));
}

bool Planner::is_retaking(PlaceIndex p) const {
  const int before = s_.taken_from[at(p)];
  return before != kNone && (friends_ & bit(before)) != 0 &&
         s_.day - s_.held_since[at(p)] <= law(LawParameter::operations_retake_days);
}

int Planner::staffs() const {
  const double men_each = parameter(CommandParameter::men_per_staff);
  if (std::isnan(men_each)) {
    return std::numeric_limits<int>::max();
  }
  const double span = law(LawParameter::operations_span);
  const double most = span > 0 ? std::min(v_.strength[at(c_)] / men_each, span) : std::min(deployable_ / men_each, 1e9);
  return std::max(1, static_cast<int>(most));
}

double Planner::delay(int running) const {
  const bool has_formations = law(LawParameter::operations_span) <= 0;
  return has_formations ? std::max(0.0, static_cast<double>(running) / staffs() - 0.5) : 0;
}

void Planner::hold_back(PlaceIndex p, double men) {
  const auto keep = [&](PlaceIndex from, double) {
    const double part = std::min(workspace_.free[at(from)], men);
    take_free(from, part);
    men -= part;
    return men > 0;
  };
  if (pocket_[at(p)] != kNone) {
    keep(p, 0);
  }
  if (men > 0) {
    for_each_source(p, parameter(CommandParameter::reach_km), keep);
  }
}

double Planner::may_add(const Operation& o) const {
  const double ratio = law(LawParameter::operations_commit_ratio);
  return ratio > 0 ? std::max(0.0, ratio * o.planned - mine_[at(o.place)] - workspace_.inbound[at(o.place)])
                   : std::numeric_limits<double>::infinity();
}

bool Planner::is_joint(const Operation& o, PlaceIndex p) const {
  return o.command != c_ && o.place == p && o.is_known_to_allies(s_.day) && (v_.members[at(o.command)] & friends_) != 0;
}

const Operation* Planner::joint_with(PlaceIndex p) const {
  if (workspace_.allies.empty()) {
    return nullptr;
  }
  const Operation* first = nullptr;
  for (const Operation& o : workspace_.operations) {
    if (is_joint(o, p) && (first == nullptr || o.march < first->march)) {
      first = &o;
    }
  }
  return first;
}

template <class Use>
void Planner::for_each_attack_under_way(Use use) const {
  for (const PlaceIndex p : workspace_.abroad) {
    if (foe_[at(p)] > 0) {
      use(p, mine_[at(p)]);
    }
  }
  for (const Column& column : s_.columns) {
    const bool attacks = column.task == ColumnTask::offensive || column.task == ColumnTask::raid;
    if (attacks && (members_ & bit(column.actor)) != 0) {
      use(column.to, column.fighters);
    }
  }
}

double Planner::deployable() const {
  double men = free_in_all_;
  for_each_attack_under_way([&](PlaceIndex, double there) { men += there; });
  return men;
}

void Planner::follow_operations() {
  for (Operation& o : books_.operations) {
    if (o.command != c_ || o.rest != Operation::kRunning || !o.has_marched) {
      continue;
    }
    const double there = mine_[at(o.place)] + workspace_.inbound[at(o.place)];
    if (is_ours(o.place) || there <= 0) {
      o.men = is_ours(o.place) ? std::min(o.men, there) : o.men;
      o.rest = s_.day + days_of(CommandParameter::recovery_days);
    } else {
      o.men = there;
      o.enemy = enemy_at(o.place) != kNone ? enemy_at(o.place) : o.enemy;
    }
  }
  std::erase_if(books_.operations, [&](const Operation& o) {
    const bool lost_its_aim = o.is_preparing() && enemy_at(o.place) != o.enemy;
    return o.command == c_ && (lost_its_aim || (o.rest != Operation::kRunning && s_.day >= o.rest));
  });
}

void Planner::pay() {
  const double days = war_.decision_interval_days;
  const auto charge = [&](ActorIndex enemy, double men) {
    if (enemy != kNone) {
      books_.credit[account(enemy)] -= men * days;
      books_.spent[account(enemy)] += men * days;
    }
  };
  for_each_attack_under_way([&](PlaceIndex p, double men) { charge(is_retaking(p) ? kNone : enemy_at(p), men); });
  for (const Operation& o : books_.operations) {
    if (ties_men(o)) {
      charge(o.enemy, o.men);
    }
  }
}

void Planner::credit() {
  const double man_days = deployable_ * war_.decision_interval_days;
  const double screen_below = law(LawParameter::operations_screen_below);
  std::array<double, kMaxActors> cap{};
  ActorMask reached = 0;
  for (const PlaceIndex p : workspace_.in_touch) {
    const ActorIndex b = enemy_at(p);
    if (b != kNone && (workspace_.next_to_us[at(p)] || mine_[at(p)] > 0)) {
      reached |= bit(b);
    }
  }
  for (const Candidate& target : workspace_.candidates) {
    if (target.enemy != kNone) {
      reached |= bit(target.enemy);
      cap[at(target.enemy)] = std::max(cap[at(target.enemy)], target.men * cycle_days(!target.is_raid));
    }
  }
  std::array<double, kMaxActors> under_way{};
  for (const Operation& o : books_.operations) {
    if (o.command == c_ && o.enemy != kNone) {
      under_way[at(o.enemy)] += committed(o);
    }
  }
  for (ActorMask rest = enemies_; rest != 0; rest &= rest - 1) {
    // One operation may be saved for, or as many as the enemy's share of all men can run; and what runs has its credit.
    const ActorIndex b = first_of(rest);
    cap[at(b)] = cap[at(b)] > 0 ? std::max(cap[at(b)], share(b) * deployable_ * cycle_days(true)) : 0;
    cap[at(b)] += under_way[at(b)];
  }
  double unspent = 0;
  double takers = 0;
  for (ActorMask rest = enemies_; rest != 0; rest &= rest - 1) {
    const ActorIndex b = first_of(rest);
    double& credit = books_.credit[account(b)];
    if ((reached & bit(b)) == 0) {
      credit = std::min(credit, 0.0);
      continue;
    }
    if (s_.day == 0) {
      RandomStream random(s_.seed, s_.run, 0, Purpose::ledger, static_cast<std::uint32_t>(account(b)));
      credit = random.uniform() * cap[at(b)];
    }
    credit += share(b) * man_days;
    books_.due[account(b)] += share(b) * man_days;
    if (credit > cap[at(b)]) {
      unspent += credit - cap[at(b)];
      credit = cap[at(b)];
    } else if (share(b) >= screen_below) {
      takers += share(b);
    }
  }
  for (ActorMask rest = enemies_ & reached; rest != 0 && takers > 0; rest &= rest - 1) {
    const ActorIndex b = first_of(rest);
    double& credit = books_.credit[account(b)];
    if (credit < cap[at(b)] && share(b) >= screen_below) {
      credit = std::min(cap[at(b)], credit + unspent * share(b) / takers);
    }
  }
}

double Planner::committed(ActorIndex enemy) const {
  double men_days = 0;
  for (const Operation& o : books_.operations) {
    men_days += o.command == c_ && o.enemy == enemy ? committed(o) : 0;
  }
  return men_days;
}

bool Planner::is_exception(const Candidate& target) const {
  if (target.enemy == kNone || share(target.enemy) >= law(LawParameter::operations_screen_below)) {
    return false;
  }
  const PlaceIndex p = target.place;
  // A vital place or road in danger: enough of all that is ours stands beside the target.
  if (const double least = parameter(CommandParameter::exception_vital); least > 0) {
    double all = 0;
    for (const PlaceIndex own : ours_) {
      all += v_.value[at(own)];
    }
    if (worth(p) - v_.value[at(p)] >= least * all) {
      return true;
    }
  }
  // A race for land: somebody else, no friend, has men beside the place who could take it.
  if (const double least = parameter(CommandParameter::exception_race); least > 0) {
    for (ActorIndex rival = 0; rival < v_.n_actors; ++rival) {
      if ((friends_ & bit(rival)) != 0 || (s_.derived.hostile[at(target.enemy)] & bit(rival)) == 0) {
        continue;
      }
      double men = v_.n(p, rival);
      for (const Neighbour& next : model_.neighbours(p)) {
        men += v_.n(next.place, rival);
      }
      if (men > 0 && win_probability(men, target.need, odds_exponent_) >= least) {
        return true;
      }
    }
  }
  // Revenge: the enemy has lately taken a place of the command's own.
  if (const double days = parameter(CommandParameter::exception_revenge_days); days > 0) {
    for (PlaceIndex lost = 0; lost < v_.n_places; ++lost) {
      const int before = s_.taken_from[at(lost)];
      if (before != kNone && (members_ & bit(before)) != 0 && v_.control[at(lost)] == target.enemy &&
          s_.day - s_.held_since[at(lost)] <= days) {
        return true;
      }
    }
  }
  // An ally asks: friends who are no members fight there.
  return parameter(CommandParameter::exception_ally) > 0 && (v_.present[at(p)] & friends_ & ~members_) != 0;
}

void Planner::march(Operation& o, const Candidate& target) {
  o.has_marched = true;
  std::string reason;
  if (s_.journal != nullptr && o.enemy != kNone) {
    reason = fmt::format("effort share {:.2f}, worth {:.1f}, force needed {:.0f}, {:.0f} man-days to spend{}",
                         share(o.enemy), worth(o.place), target.need, books_.credit[account(o.enemy)],
                         o.is_exception ? ", an exception" : "");
  }
  const bool is_new = mine_[at(o.place)] + workspace_.inbound[at(o.place)] <= 0;
  if (target.is_raid) {
    raid(target, reason);
  } else {
    const double sent = gather(o.place, parameter(CommandParameter::reach_km), target.missing, ColumnTask::offensive);
    note(kOffensive, o.place, o.enemy, sent, reason);
  }
  o.men = mine_[at(o.place)] + workspace_.inbound[at(o.place)];
  if (is_new && o.men > 0) {
    count_offensive(o.enemy, o.is_exception);
  }
}

void Planner::launch() {
  for (Operation& o : books_.operations) {
    if (o.command != c_ || !o.is_preparing() || s_.day < o.march) {
      continue;
    }
    const double need = force_by_road(o.place);
    const double there = mine_[at(o.place)] + workspace_.inbound[at(o.place)];
    const double with_us = help(o.place);
    const double missing = std::min(std::max(o.men, need - with_us) - there, may_add(o));
    const Candidate target{o.place, o.enemy, need, missing, 0, false, need, with_us, with_us};
    const double have = std::min(available(target), there + may_add(o));
    if (!workspace_.least_odds.is_reached(have + with_us, need)) {
      const int longest = std::max(days_of(CommandParameter::preparation_days), war_.decision_interval_days);
      if (s_.day < o.march + longest && workspace_.least_odds.is_reached(have + hoped_for(o.place), need)) {
        continue;  // allies may still join
      }
      o.rest = s_.day;  // called off; the next decision strikes it off
    } else {
      march(o, target);
    }
  }
}

void Planner::sort_by_need_of_enemies() {
  std::array<double, kMaxActors> served{};
  for (ActorMask rest = enemies_; rest != 0; rest &= rest - 1) {
    const ActorIndex b = first_of(rest);
    const double due = books_.due[account(b)];
    served[at(b)] = due > 0 ? books_.spent[account(b)] / due : 0;
  }
  std::sort(workspace_.candidates.begin(), workspace_.candidates.end(), [&](const Candidate& x, const Candidate& y) {
    const double a = x.enemy == kNone ? 0 : served[at(x.enemy)];
    const double b = y.enemy == kNone ? 0 : served[at(y.enemy)];
    return a != b ? a < b : x.merit != y.merit ? x.merit > y.merit : is_drawn_before(s_, Lot::place, x.place, y.place);
  });
}

void Planner::attack_within_means() {
  deployable_ = deployable();
  follow_operations();
  pay();
  // What could be begun if nobody were preparing or recovering says how much may be saved.
  PlanTally& tally = books_.plans[at(c_)];
  const PlanTally before = tally;
  const bool some_are_tied =
      std::any_of(books_.operations.begin(), books_.operations.end(), [&](const Operation& o) { return ties_men(o); });
  list_places_in_touch();
  list_targets(!some_are_tied);
  credit();
  launch();
  int running = 0;
  for (const Operation& o : books_.operations) {
    if (ties_men(o)) {
      hold_back(o.place, o.men);
    }
    running += o.command == c_ && o.rest == Operation::kRunning;
  }
  if (some_are_tied) {
    tally = before;
    list_targets(true);
  }
  sort_by_need_of_enemies();
  ActorMask saves = 0;        // enemies whose best target is not affordable yet
  bool are_as_listed = true;  // no order has taken men since the targets were listed
  for (Candidate& target : workspace_.candidates) {
    const PlaceIndex p = target.place;
    const auto known = std::find_if(books_.operations.begin(), books_.operations.end(), [&](const Operation& o) {
      return o.command == c_ && o.place == p && o.rest == Operation::kRunning;
    });
    const bool is_new = known == books_.operations.end();
    if (!is_new) {
      target.missing = std::min(target.missing, may_add(*known));
      if (known->is_preparing() || target.missing <= 0) {
        continue;
      }
    }
    double men = target.men;
    if (!are_as_listed) {
      const double have = available(target);
      if (!workspace_.least_odds.is_reached(have + target.expected, target.need)) {
        ++tally.poor_odds;
        continue;
      }
      men = std::min(target.need - target.help, have);
    }
    const bool is_free = target.enemy == kNone || is_retaking(p);
    bool is_beyond_budget = false;
    if (!is_free) {
      const double cost = is_new ? men * cycle_days(!target.is_raid) : target.missing * cycle_days(false);
      const bool is_saved_for = (saves & bit(target.enemy)) != 0;
      const double left = books_.credit[account(target.enemy)] - committed(target.enemy);
      if (is_saved_for || left < cost) {
        saves |= bit(target.enemy);
        is_beyond_budget = is_exception(target);
        if (!is_beyond_budget) {
          ++tally.no_effort;
          continue;
        }
      }
      if (is_new && running >= staffs()) {
        ++tally.no_staff;
        continue;
      }
    }
    const bool is_prepared = is_new && !is_free && !target.is_raid && mine_[at(p)] <= 0;
    int preparation = is_prepared ? days_of(CommandParameter::preparation_days) : 0;
    const Operation* joint = preparation > 0 ? joint_with(p) : nullptr;
    const bool is_own_plan = joint == nullptr;  // else one plan for all, one day of attack
    const int longer = is_own_plan ? static_cast<int>(std::lround(preparation * delay(running))) : 0;
    preparation = is_own_plan ? preparation + longer : std::max(1, joint->march - s_.day);
    const int until = s_.day + cycle_days(is_prepared) + longer;
    if (s_.day == 0 && preparation > 0 && target.help <= 0) {  // a war under way: a part of it is done
      RandomStream random(s_.seed, s_.run, 1, Purpose::ledger, static_cast<std::uint32_t>(c_ * v_.n_places + p));
      preparation = static_cast<int>(std::ceil(random.uniform() * preparation));
    }
    Operation operation{c_, p, target.enemy, men, s_.day, s_.day + preparation, until, is_beyond_budget};
    are_as_listed = false;
    if (preparation > 0) {
      hold_back(p, men);
    } else {
      march(operation, target);
    }
    if (is_new && !is_free) {
      books_.operations.push_back(operation);
      ++running;
    }
  }
}

}  // namespace truel::laws
