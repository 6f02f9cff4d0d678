// What a command knows at a decision, and how its men are sent.
#include "truel/laws/operations/planner.hpp"

#include <cmath>

#include "truel/laws/laws.hpp"
#include "truel/world/columns.hpp"

namespace truel::laws {

void Planner::plan() {
  if (v_.strength[at(c_)] <= 0) {
    return;
  }
  read_situation();
  retreat();
  set_garrisons();
  reinforce();
  count_allies();
  PlanTally& tally = books_.plans[at(c_)];
  ++tally.decisions;
  tally.men += v_.strength[at(c_)];
  tally.deployable += deployable();
  if (law(LawParameter::operations_ledger) > 0) {
    attack_within_means();
  } else {
    attack();
  }
  bring_up_reserves();
}

double Planner::misjudgement(PlaceIndex p) {
  const double sigma = estimate_error_;
  return sigma > 0 ? workspace_.misjudged.of(c_ * v_.n_places + p, -(sigma * sigma / 2)) : 1;
}

ActorIndex Planner::enemy_at(PlaceIndex p) const {
  const ActorIndex holder = v_.control[at(p)];
  if (holder >= 0 && (enemies_ & bit(holder)) != 0) {
    return holder;
  }
  return greatest_of(s_, enemies_ & v_.present[at(p)], [&](ActorIndex b) { return v_.n(p, b); });
}

double Planner::share(ActorIndex enemy) const {
  const int n_enemies = std::popcount(enemies_);
  return enemy == kNone ? 1.0 / std::max(1, n_enemies) : s_.effort[s_.pair(lead_, enemy)];
}

void Planner::add_up(ActorMask who, std::span<double> there) const {
  for (ActorMask rest = who; rest != 0; rest &= rest - 1) {
    for (const Troop& troop : v_.troops[at(first_of(rest))]) {
      there[at(troop.place)] += troop.fighters;
    }
  }
}

void Planner::read_situation() {
  const std::size_t n = at(v_.n_places);
  members_ = v_.members[at(c_)];
  friends_ = v_.friends[at(c_)];
  enemies_ = v_.enemies[at(c_)];
  ActorMask on_the_ground = 0;
  air_kills_ = 0;
  mobile_ = 0;
  raid_km_ = 0;
  for (ActorMask rest = friends_; rest != 0; rest &= rest - 1) {
    const ActorIndex a = first_of(rest);
    if (model_.is_air(a)) {
      air_kills_ += s_.value(war_.actor(a, ActorParameter::sorties_per_day)) *
                    s_.value(war_.actor(a, ActorParameter::kills_per_sortie));
    } else if ((members_ & bit(a)) != 0) {
      on_the_ground |= bit(a);
      const double range = s_.value(war_.actor(a, ActorParameter::raid_range_km));
      if (range > 0) {
        mobile_ |= bit(a);
        raid_km_ = std::max(raid_km_, range);
      }
    }
  }
  lead_ = greatest_of(s_, on_the_ground, [&](ActorIndex a) { return v_.total[at(a)]; });
  if (law(laws::number_of<laws::Strikes>(laws::Strikes::on)) <= 0) {
    air_kills_ = 0;
  }
  for (auto* list : {&workspace_.mine, &workspace_.friends_here, &workspace_.foe, &workspace_.inbound,
                     &workspace_.friends_inbound, &workspace_.free}) {
    list->resize(n);
    std::fill(list->begin(), list->end(), 0.0);  // assign() would be no call of memset
  }
  workspace_.prospects.resize(n);
  ++workspace_.n_decisions;
  add_up(members_, workspace_.mine);
  add_up(friends_, workspace_.friends_here);
  add_up(enemies_, workspace_.foe);
  mine_ = workspace_.mine;
  friends_here_ = workspace_.friends_here;
  foe_ = workspace_.foe;
  const Pockets& pockets = v_.pockets(model_, friends_, hosts_of(model_, s_, members_));
  pocket_ = pockets.of;
  ours_ = pockets.places;
  workspace_.sources.assign(pockets.has_entry.size(), 0);
  workspace_.touched.assign(pockets.has_entry.size(), 0);
  list_stations();
  for (const Column& column : v_.columns) {
    if ((friends_ & bit(column.actor)) != 0 && column.task != ColumnTask::retreat) {
      workspace_.friends_inbound[at(column.to)] += column.fighters;
      workspace_.inbound[at(column.to)] += (members_ & bit(column.actor)) != 0 ? column.fighters : 0;
    }
  }
  if (is_whole_) {
    const std::size_t entities = at(v_.n_commands) * n;
    estimate_error_ = std::max(0.0, law(LawParameter::operations_estimate_error));
    const double lasts = law(LawParameter::operations_estimate_days);
    const auto period = static_cast<std::uint32_t>(lasts > 0 ? s_.day / lasts : s_.day);
    workspace_.misjudged.set(s_, period, estimate_error_, entities);
    unseen_spread_ = std::max(0.0, law(LawParameter::operations_unseen_worth));
    workspace_.unseen.set(s_, 0, unseen_spread_, entities);
  }
  strength_km_ = law(LawParameter::operations_strength_km);
  odds_exponent_ = law(LawParameter::operations_contest_exponent);
  workspace_.least_odds.set(law(LawParameter::operations_least_odds), odds_exponent_);
  predation_ = parameter(CommandParameter::predation);
}

void Planner::list_stations() {
  std::vector<PlaceIndex>& stations = workspace_.stations;
  std::vector<PlaceIndex>& abroad = workspace_.abroad;
  abroad.clear();
  for (ActorMask rest = members_; rest != 0; rest &= rest - 1) {
    for (const Troop& troop : v_.troops[at(first_of(rest))]) {
      if (!is_ours(troop.place) && troop.fighters > 0) {
        abroad.push_back(troop.place);
      }
    }
  }
  if (std::popcount(members_) > 1) {
    std::sort(abroad.begin(), abroad.end());
    abroad.erase(std::unique(abroad.begin(), abroad.end()), abroad.end());
  }
  stations.resize(ours_.size() + abroad.size());
  std::merge(ours_.begin(), ours_.end(), abroad.begin(), abroad.end(), stations.begin());
}

double Planner::men(PlaceIndex p, ActorMask who) const {
  double there = 0;
  for (ActorMask rest = who & v_.present[at(p)]; rest != 0; rest &= rest - 1) {
    there += s_.fighters[s_.slot(p, first_of(rest))];
  }
  return there;
}

double Planner::send(PlaceIndex from, PlaceIndex to, double km, double wanted, ActorMask who, ColumnTask task) {
  const double sent = send_in_proportion(model_, s_, who, from, to, km, wanted, task, is_whole_);
  mine_[at(from)] -= sent;
  return sent;
}

void Planner::note(const EventInfo& event, PlaceIndex place, ActorIndex enemy, double fighters,
                   const std::string& reason) {
  if (Journal* journal = s_.journal; journal != nullptr && fighters > 0) {
    journal->events.push_back({s_.day, event.kind, lead_, place, enemy, fighters, reason});
  }
}

double Planner::gather(PlaceIndex to, double reach_km, double wanted, ColumnTask task) {
  double sent = 0;
  for_each_source(to, reach_km, [&](PlaceIndex from, double km) {
    double part = std::min(workspace_.free[at(from)], wanted - sent);
    part = is_whole_ ? std::min(std::ceil(part), workspace_.free[at(from)]) : part;
    part = send(from, to, km, part, members_, task);
    take_free(from, part);
    sent += part;
    return sent < wanted;
  });
  workspace_.inbound[at(to)] += sent;
  return sent;
}

}  // namespace truel::laws
