#include "truel/dynamics/operations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "truel/dynamics/attrition.hpp"
#include "truel/dynamics/movement.hpp"

namespace truel::dynamics {
namespace {

struct Candidate {
  PlaceIndex place;
  ActorIndex enemy;  ///< kNone: nobody's land
  double need;       ///< fighters wanted there in all
  double missing;    ///< of them not yet there or on the way
  double merit;
  bool is_raid;
};

struct Deficit {
  PlaceIndex place;
  double missing, merit;
};

/// What a planner writes down, kept from one decision to the next so that a decision allocates nothing.
struct Notes {
  std::vector<double> mine, friends_here, foe;         ///< [place] fighters of members, friends, enemies
  std::vector<double> estimate;                        ///< [place] of foe; NaN: not made yet
  std::vector<double> inbound, friends_inbound, free;  ///< [place]
  std::vector<std::uint8_t> front, next_to_us;         ///< [place]
  std::vector<PlaceIndex> stations;                    ///< places of our friends, and where we have men
  std::vector<PlaceIndex> in_touch;                    ///< places that an attack may go for
  std::vector<int> touching;                           ///< pockets beside a goal
  std::vector<Deficit> deficits;
  std::vector<Candidate> candidates;
};

/// One command's decisions on one view.
class Planner {
 public:
  Planner(const CompiledModel& model, State& state, View& view, Notes& notes, int lane, CommandIndex command,
          bool is_whole)
      : model_(model),
        war_(model.war()),
        s_(state),
        v_(view),
        notes_(notes),
        lane_(lane),
        c_(command),
        is_whole_(is_whole) {}

  void plan() {
    if (v_.strength[at(c_)] <= 0) {
      return;
    }
    read_situation();
    retreat();
    set_garrisons();
    reinforce();
    attack();
    bring_up_reserves();
  }

 private:
  double parameter(CommandParameter p) const { return s_.value(war_.command(c_, p), lane_); }
  double law(LawParameter p) const { return s_.value(war_.law(p), lane_); }
  bool is_ours(PlaceIndex p) const { return v_.is_held_by(p, friends_); }
  bool is_own(PlaceIndex p) const { return v_.is_held_by(p, members_); }

  /// Enemies at a place as the command sees them.
  double estimate(PlaceIndex p) {
    double& seen = notes_.estimate[at(p)];
    if (std::isnan(seen)) {
      seen = foe_[at(p)] > 0 ? foe_[at(p)] * misjudgement(p) : 0;
    }
    return seen;
  }

  /// The factor by which the command misjudges strength at a place: log-normal with mean 1, one for each place and
  /// decision.
  double misjudgement(PlaceIndex p) const {
    const double sigma = law(LawParameter::operations_estimate_error);
    if (sigma <= 0 || !is_whole_) {
      return 1;
    }
    RandomStream random(s_.seed, s_.run[at(lane_)], static_cast<std::uint32_t>(s_.day), Purpose::estimate,
                        static_cast<std::uint32_t>(c_ * v_.n_places + p));
    return std::exp(sigma * random.normal() - sigma * sigma / 2);
  }

  /// The enemy who matters at a place: its holder, else the strongest present.
  ActorIndex enemy_at(PlaceIndex p) const {
    const int holder = v_.control[at(p)];
    if (holder >= 0 && (enemies_ & bit(holder)) != 0) {
      return holder;
    }
    ActorIndex strongest = kNone;
    for (ActorMask rest = enemies_; rest != 0; rest &= rest - 1) {
      const ActorIndex b = std::countr_zero(rest);
      if (v_.n(p, b) > 0 && (strongest == kNone || v_.n(p, b) > v_.n(p, strongest))) {
        strongest = b;
      }
    }
    return strongest;
  }

  double share(ActorIndex enemy) const {
    const int n_enemies = std::popcount(enemies_);
    return enemy == kNone ? 1.0 / std::max(1, n_enemies) : s_.effort[s_.pair(lead_, enemy, lane_)];
  }

  /// Adds the fighters of these actors to what stands at each place.
  void add_up(ActorMask who, std::span<double> there) const {
    for (ActorMask rest = who; rest != 0; rest &= rest - 1) {
      for (const Troop& troop : v_.troops[at(std::countr_zero(rest))]) {
        there[at(troop.place)] += troop.fighters;
      }
    }
  }

  void read_situation() {
    const std::size_t n = at(v_.n_places);
    members_ = v_.members[at(c_)];
    friends_ = v_.friends[at(c_)];
    enemies_ = v_.enemies[at(c_)];
    lead_ = kNone;
    air_kills_ = 0;
    mobile_ = 0;
    raid_km_ = 0;
    for (ActorMask rest = friends_; rest != 0; rest &= rest - 1) {
      const ActorIndex a = std::countr_zero(rest);
      if (model_.is_air(a)) {
        air_kills_ += s_.value(war_.actor(a, ActorParameter::sorties_per_day), lane_) *
                      s_.value(war_.actor(a, ActorParameter::kills_per_sortie), lane_);
      } else if ((members_ & bit(a)) != 0) {
        lead_ = lead_ == kNone || v_.total[at(a)] > v_.total[at(lead_)] ? a : lead_;
        const double range = s_.value(war_.actor(a, ActorParameter::raid_range_km), lane_);
        if (range > 0) {
          mobile_ |= bit(a);
          raid_km_ = std::max(raid_km_, range);
        }
      }
    }
    if (law(LawParameter::strikes_on) <= 0) {
      air_kills_ = 0;
    }
    for (auto* list :
         {&notes_.mine, &notes_.friends_here, &notes_.foe, &notes_.inbound, &notes_.friends_inbound, &notes_.free}) {
      list->assign(n, 0);
    }
    notes_.estimate.assign(n, kAbsent);
    add_up(members_, notes_.mine);
    add_up(friends_, notes_.friends_here);
    add_up(enemies_, notes_.foe);
    mine_ = notes_.mine;
    friends_here_ = notes_.friends_here;
    foe_ = notes_.foe;
    const Pockets& pockets = v_.pockets(model_, friends_);
    pocket_ = pockets.of;
    ours_ = pockets.places;
    notes_.stations.clear();
    for (PlaceIndex p = 0; p < v_.n_places; ++p) {
      if (mine_[at(p)] > 0 || pocket_[at(p)] != kNone) {
        notes_.stations.push_back(p);
      }
    }
    for (const Column& column : s_.columns[at(lane_)]) {
      if ((friends_ & bit(column.actor)) != 0 && column.task != ColumnTask::retreat) {
        notes_.friends_inbound[at(column.to)] += column.fighters;
        notes_.inbound[at(column.to)] += (members_ & bit(column.actor)) != 0 ? column.fighters : 0;
      }
    }
    odds_exponent_ = law(LawParameter::operations_contest_exponent);
  }

  /// The share of fire that reaches the side holding p.
  double exposure(PlaceIndex p) const { return s_.derived.exposure[s_.one(p, lane_)]; }

  /// Own men of `who` at a place as they stand now: the view stays as it was for the other commands, orders given do
  /// not.
  double men(PlaceIndex p, ActorMask who) const {
    double there = 0;
    for (ActorMask rest = who & v_.present[at(p)]; rest != 0; rest &= rest - 1) {
      there += s_.fighters[s_.slot(p, std::countr_zero(rest), lane_)];
    }
    return there;
  }

  /// Sends `wanted` of the command's men at `from`, each actor of `who` in proportion; returns how many went.
  double send(PlaceIndex from, PlaceIndex to, double km, double wanted, ActorMask who, ColumnTask task) {
    const double there = men(from, who);
    wanted = std::min(wanted, there);
    if (wanted <= 0) {
      return 0;
    }
    double running = 0;
    double sent = 0;
    for (ActorMask rest = who & v_.present[at(from)]; rest != 0; rest &= rest - 1) {
      const ActorIndex a = std::countr_zero(rest);
      running += s_.fighters[s_.slot(from, a, lane_)];
      const double upto = is_whole_ ? std::floor(wanted * running / there + 0.5) : wanted * running / there;
      if (upto > sent) {
        send_column(model_, s_, lane_, a, from, to, km, upto - sent, task);
        sent = upto;
      }
    }
    mine_[at(from)] -= sent;
    return sent;
  }

  void retreat() {
    const double breaking_point = parameter(CommandParameter::breaking_point);
    const double step_back = air_kills_ > 0 ? parameter(CommandParameter::withdraw_and_strike) : 0;
    for (const PlaceIndex p : notes_.stations) {
      if (mine_[at(p)] <= 0 || foe_[at(p)] <= 0) {
        continue;
      }
      const bool defends = is_ours(p);
      const double our_cover = defends ? exposure(p) : 1;
      const int holder = v_.control[at(p)];
      const double their_cover = holder >= 0 && (enemies_ & bit(holder)) != 0 ? exposure(p) : 1;
      const double odds = contest_odds((friends_here_[at(p)] + notes_.friends_inbound[at(p)]) / our_cover,
                                       estimate(p) / their_cover, odds_exponent_);
      if (odds >= (defends ? std::max(breaking_point, step_back) : breaking_point)) {
        continue;
      }
      const Neighbour* way_out = nullptr;
      for (const Neighbour& next : model_.neighbours(p)) {
        if (is_ours(next.place) && foe_[at(next.place)] <= 0 && (way_out == nullptr || next.km < way_out->km)) {
          way_out = &next;
        }
      }
      if (way_out != nullptr) {
        std::string reason;
        if (s_.journal[at(lane_)] != nullptr) {
          reason = fmt::format("odds {:.2f} below {}", odds,
                               defends && step_back > breaking_point ? "the point where the air arm works better"
                                                                     : "the breaking point");
        }
        const double gone = send(p, way_out->place, way_out->km, mine_[at(p)], members_, ColumnTask::retreat);
        note(ColumnTask::retreat, p, enemy_at(p), gone, reason);
      }
    }
  }

  void set_garrisons() {
    const double hold = parameter(CommandParameter::hold_ratio);
    const double screen = parameter(CommandParameter::screen_share);
    const double screen_below = law(LawParameter::operations_screen_below);
    notes_.deficits.clear();
    free_in_all_ = 0;
    for (const PlaceIndex p : notes_.stations) {
      if (!is_ours(p)) {
        // Men left on land that now belongs to a neutral side are free to go.
        notes_.free[at(p)] = foe_[at(p)] <= 0 ? mine_[at(p)] : 0;
        continue;
      }
      double need = 0;
      double merit = 0;
      if (foe_[at(p)] > 0) {
        need = std::max(mine_[at(p)], estimate(p) * exposure(p) - (friends_here_[at(p)] - mine_[at(p)]));
        merit = share(enemy_at(p));
      } else {
        for (const Neighbour& next : model_.neighbours(p)) {
          if (foe_[at(next.place)] <= 0) {
            continue;
          }
          const double effort = share(enemy_at(next.place));
          const double wanted = hold * estimate(next.place) * (effort < screen_below ? screen : 1);
          need += wanted;
          merit = std::max(merit, effort);
        }
        need = is_own(p) ? need : 0;  // a friend's town is the friend's to garrison
      }
      notes_.free[at(p)] = std::max(0.0, mine_[at(p)] - need);
      if (is_whole_) {
        notes_.free[at(p)] = std::floor(notes_.free[at(p)]);
      }
      free_in_all_ += notes_.free[at(p)];
      const double missing = need - mine_[at(p)] - notes_.inbound[at(p)];
      if (missing >= 1) {
        notes_.deficits.push_back({p, missing, merit * v_.value[at(p)]});
      }
    }
  }

  /// Free men within reach of `to` in a pocket that touches it, nearest first; `use` gets place and kilometres and says
  /// whether to go on.
  template <class Use>
  void for_each_source(PlaceIndex to, double reach_km, Use use) {
    double unseen = free_in_all_;
    if (unseen <= 0) {
      return;
    }
    notes_.touching.clear();
    if (pocket_[at(to)] != kNone) {
      notes_.touching.push_back(pocket_[at(to)]);
    }
    for (const Neighbour& next : model_.neighbours(to)) {
      if (pocket_[at(next.place)] != kNone) {
        notes_.touching.push_back(pocket_[at(next.place)]);
      }
    }
    for (const Near& source : model_.near(to)) {
      if (source.km > reach_km || unseen <= 0) {
        break;
      }
      const double free_there = notes_.free[at(source.place)];
      if (free_there <= 0 || pocket_[at(source.place)] == kNone) {
        continue;
      }
      unseen -= free_there;
      if (std::find(notes_.touching.begin(), notes_.touching.end(), pocket_[at(source.place)]) !=
              notes_.touching.end() &&
          !use(source.place, source.km)) {
        break;
      }
    }
  }

  double gather(PlaceIndex to, double reach_km, double wanted, ColumnTask task) {
    double sent = 0;
    for_each_source(to, reach_km, [&](PlaceIndex from, double km) {
      double part = std::min(notes_.free[at(from)], wanted - sent);
      part = is_whole_ ? std::min(std::ceil(part), notes_.free[at(from)]) : part;
      part = send(from, to, km, part, members_, task);
      notes_.free[at(from)] -= part;
      free_in_all_ -= part;
      sent += part;
      return sent < wanted;
    });
    notes_.inbound[at(to)] += sent;
    return sent;
  }

  void reinforce() {
    std::sort(notes_.deficits.begin(), notes_.deficits.end(), [](const Deficit& x, const Deficit& y) {
      return x.merit != y.merit ? x.merit > y.merit : x.place < y.place;
    });
    const double reach = parameter(CommandParameter::reach_km);
    const double breaking_point = parameter(CommandParameter::breaking_point);
    for (const Deficit& deficit : notes_.deficits) {
      // No dribbling into a battle that stays lost.
      if (foe_[at(deficit.place)] > 0) {
        double have = friends_here_[at(deficit.place)] + notes_.friends_inbound[at(deficit.place)];
        for_each_source(deficit.place, reach, [&](PlaceIndex from, double) {
          have += notes_.free[at(from)];
          return true;
        });
        if (contest_odds(have / exposure(deficit.place), estimate(deficit.place), odds_exponent_) < breaking_point) {
          continue;
        }
      }
      gather(deficit.place, reach, deficit.missing, ColumnTask::reinforce);
    }
  }

  /// What a place is worth to this command: its value, and that of the own places it threatens.
  double worth(PlaceIndex p) const {
    double sum = v_.value[at(p)];
    for (const Neighbour& next : model_.neighbours(p)) {
      if (is_ours(next.place)) {
        sum += v_.value[at(next.place)] * v_.closeness[at(next.link)];
      }
    }
    return sum;
  }

  /// Force needed at an enemy place: enough to win, less what a full week of the air arm replaces, and enough to hold
  /// it against the enemies beyond it. `from_near`: enemies who come to its relief.
  double force_needed(PlaceIndex p, double from_near) {
    const double defence = (estimate(p) + from_near) / (v_.control[at(p)] >= 0 ? exposure(p) : 1);
    const double air = defence > 0 ? std::min(1.0, air_kills_ * law(LawParameter::strikes_exposure_garrison) *
                                                       war_.decision_interval_days / defence)
                                   : 0;
    const double win =
        parameter(CommandParameter::attack_ratio) * defence * (1 - air * law(LawParameter::operations_air_support));
    double beyond = 0;
    for (const Neighbour& next : model_.neighbours(p)) {
      beyond += estimate(next.place);
    }
    return std::max({win, parameter(CommandParameter::hold_ratio) * beyond, 1.0});
  }

  /// Places next to ours and others where we stand; with raiders, every place.
  void list_places_in_touch() {
    notes_.next_to_us.assign(at(v_.n_places), 0);
    notes_.in_touch.clear();
    for (const PlaceIndex p : ours_) {
      for (const Neighbour& next : model_.neighbours(p)) {
        if (!notes_.next_to_us[at(next.place)]) {
          notes_.next_to_us[at(next.place)] = 1;
          notes_.in_touch.push_back(next.place);
        }
      }
    }
    const auto add = [&](PlaceIndex p) {
      if (!notes_.next_to_us[at(p)] && (mobile_ != 0 || mine_[at(p)] > 0)) {
        notes_.in_touch.push_back(p);
      }
    };
    if (mobile_ != 0) {
      for (PlaceIndex p = 0; p < v_.n_places; ++p) {
        add(p);
      }
    } else {
      std::for_each(notes_.stations.begin(), notes_.stations.end(), add);
    }
  }

  void attack() {
    const double reach = parameter(CommandParameter::reach_km);
    const double least_odds = law(LawParameter::operations_least_odds);
    notes_.candidates.clear();
    if (free_in_all_ <= 0 && mobile_ == 0) {
      return;
    }
    list_places_in_touch();
    for (const PlaceIndex p : notes_.in_touch) {
      const int holder = v_.control[at(p)];
      if (is_ours(p) || (holder >= 0 && (enemies_ & bit(holder)) == 0)) {
        continue;
      }
      if (holder < 0 && mine_[at(p)] > 0 && foe_[at(p)] <= 0) {
        continue;  // about to be ours
      }
      if (notes_.next_to_us[at(p)] || mine_[at(p)] > 0) {
        consider(p, false, [&](auto use) { for_each_source(p, reach, use); });
      } else if (mobile_ != 0) {
        consider(p, true, [&](auto use) { for_each_raider(p, use); });
      }
    }
    std::sort(notes_.candidates.begin(), notes_.candidates.end(), [](const Candidate& x, const Candidate& y) {
      return x.merit != y.merit ? x.merit > y.merit : x.place < y.place;
    });
    for (const Candidate& target : notes_.candidates) {
      double have = mine_[at(target.place)] + notes_.inbound[at(target.place)];
      const auto count = [&](PlaceIndex from, double) {
        have += target.is_raid ? raiders(from) : notes_.free[at(from)];
        return true;
      };
      target.is_raid ? for_each_raider(target.place, count) : for_each_source(target.place, reach, count);
      const double odds = contest_odds(have, target.need, odds_exponent_);
      if (odds < least_odds) {
        continue;
      }
      std::string reason;
      if (s_.journal[at(lane_)] != nullptr) {
        reason = fmt::format("effort share {:.2f}, worth {:.1f}, odds {:.2f}, force needed {:.0f}", share(target.enemy),
                             worth(target.place), odds, target.need);
      }
      if (target.is_raid) {
        raid(target, reason);
      } else {
        note(ColumnTask::offensive, target.place, target.enemy,
             gather(target.place, reach, target.missing, ColumnTask::offensive), reason);
      }
    }
  }

  void note(ColumnTask task, PlaceIndex place, ActorIndex enemy, double fighters, const std::string& reason) {
    if (Journal* journal = s_.journal[at(lane_)]; journal != nullptr && fighters > 0) {
      journal->events.push_back({s_.day, std::string(to_string(task)), lead_, place, enemy, fighters, reason});
    }
  }

  /// Makes a place a candidate if free men can reach it and the odds are not too bad.
  template <class ForEachSource>
  void consider(PlaceIndex p, bool is_raid, ForEachSource for_each) {
    const double there = mine_[at(p)] + notes_.inbound[at(p)];
    bool has_source = false;
    double need = 0;
    double have = there;
    for_each([&](PlaceIndex from, double) {
      if (!has_source) {
        has_source = true;
        need = force_needed(p, is_raid ? relief(p) : 0);
      }
      have += is_raid ? raiders(from) : notes_.free[at(from)];
      return have < 4 * need;  // odds hardly change beyond
    });
    if (!has_source || there >= need) {
      return;
    }
    const double odds = contest_odds(have, need, odds_exponent_);
    if (odds < law(LawParameter::operations_least_odds)) {
      return;  // free men only grow fewer while orders are given
    }
    const ActorIndex enemy = enemy_at(p);
    const double merit = share(enemy) * worth(p) * odds / need;
    notes_.candidates.push_back({p, enemy, need, need - there, merit, is_raid});
  }

  /// Free men of mobile actors at a place.
  double raiders(PlaceIndex p) const { return std::min(notes_.free[at(p)], men(p, mobile_)); }

  template <class Use>
  void for_each_raider(PlaceIndex to, Use use) {
    for (const Near& source : model_.near_open(to)) {
      if (source.km > raid_km_) {
        break;
      }
      if (raiders(source.place) > 0 && !use(source.place, source.km)) {
        break;
      }
    }
  }

  /// The strongest enemy force that could come to the relief of a raided place.
  double relief(PlaceIndex p) {
    double most = 0;
    const double relief_km = law(LawParameter::operations_relief_km);
    for (const Near& near : model_.near(p)) {
      if (near.km > relief_km) {
        break;
      }
      most = std::max(most, estimate(near.place));
    }
    return most;
  }

  void raid(const Candidate& target, const std::string& reason) {
    double sent = 0;
    for_each_raider(target.place, [&](PlaceIndex from, double km) {
      double part = std::min(raiders(from), target.missing - sent);
      part = is_whole_ ? std::min(std::ceil(part), raiders(from)) : part;
      part = send(from, target.place, km, part, mobile_, ColumnTask::raid);
      notes_.free[at(from)] -= part;
      free_in_all_ -= pocket_[at(from)] != kNone ? part : 0;
      sent += part;
      return sent < target.missing;
    });
    notes_.inbound[at(target.place)] += sent;
    note(ColumnTask::raid, target.place, target.enemy, sent, reason);
  }

  bool is_front(PlaceIndex p) const {
    const auto touches_enemy = [&](const Neighbour& next) {
      const int holder = v_.control[at(next.place)];
      return foe_[at(next.place)] > 0 || (holder >= 0 && (enemies_ & bit(holder)) != 0);
    };
    const auto neighbours = model_.neighbours(p);
    return std::any_of(neighbours.begin(), neighbours.end(), touches_enemy);
  }

  void bring_up_reserves() {
    const double reach = parameter(CommandParameter::reach_km);
    notes_.front.assign(at(v_.n_places), 0);
    for (const PlaceIndex p : ours_) {
      notes_.front[at(p)] = is_front(p);
    }
    for (const PlaceIndex p : notes_.stations) {
      if (notes_.free[at(p)] <= 0 || notes_.front[at(p)]) {
        continue;
      }
      for (const Near& near : model_.near(p)) {
        const bool same_pocket =
            pocket_[at(p)] == kNone ? is_ours(near.place) : pocket_[at(near.place)] == pocket_[at(p)];
        if (!same_pocket || (pocket_[at(p)] != kNone && !notes_.front[at(near.place)])) {
          continue;
        }
        if (near.km > reach || pocket_[at(p)] == kNone) {
          notes_.free[at(p)] -= send(p, near.place, near.km, notes_.free[at(p)], members_, ColumnTask::reinforce);
        }
        break;
      }
    }
  }

  const CompiledModel& model_;
  const War& war_;
  State& s_;
  View& v_;
  Notes& notes_;
  const int lane_;
  const CommandIndex c_;
  const bool is_whole_;

  ActorMask members_ = 0, friends_ = 0, enemies_ = 0, mobile_ = 0;
  ActorIndex lead_ = kNone;
  double air_kills_ = 0, raid_km_ = 0, odds_exponent_ = 2;
  std::span<double> mine_;                      ///< [place] own men still there
  std::span<const double> friends_here_, foe_;  ///< [place] as in Notes
  std::span<const int> pocket_;                 ///< [place]
  std::span<const PlaceIndex> ours_;            ///< places of our friends
  double free_in_all_ = 0;                      ///< free men on land of ours
};

}  // namespace

void operate(const CompiledModel& model, State& state, View& view, int lane, bool is_whole) {
  if (state.value(model.war().law(LawParameter::operations_on), lane) <= 0) {
    return;
  }
  thread_local Notes notes;
  for (CommandIndex c = 0; c < view.n_commands; ++c) {
    Planner(model, state, view, notes, lane, c, is_whole).plan();
  }
  for (PlaceIndex p = 0; p < view.n_places; ++p) {
    settle_control(state, p, lane);  // a place that its defenders left
  }
}

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
      const bool is_battle = s.contested[s.one(p, lane)] && (here & s.derived.friendly[s.one(z, lane)]) != 0;
      for (ActorMask rest = here & enemies; rest != 0; rest &= rest - 1) {
        const ActorIndex b = std::countr_zero(rest);
        const double weight = s.effort[s.pair(z, b, lane)] * s.fighters[s.slot(p, b, lane)] * (is_battle ? 1 : rear);
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
        strikes.push_back(strike);
      }
    }
  }
}

}  // namespace truel::dynamics
