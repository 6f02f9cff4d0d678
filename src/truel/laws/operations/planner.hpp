// The decisions of one command on one view: what the files of operations share.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "truel/base/math.hpp"
#include "truel/laws/contest.hpp"
#include "truel/laws/counterattack/defence.hpp"
#include "truel/laws/law.hpp"
#include "truel/laws/operations/operations.hpp"
#include "truel/world/compiled/road_search.hpp"
#include "truel/world/lots.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {

struct Candidate {
  PlaceIndex place;
  ActorIndex enemy;  ///< kNone: nobody's land
  double need;       ///< fighters wanted there in all
  double missing;    ///< of them not yet there or on the way
  double merit;
  bool is_raid;
  double men;       ///< of the need, those whom the command can bring
  double help;      ///< men of allied commands who are there, on the way, or said that they come
  double expected;  ///< help, or those hoped for if they are more
};

struct Deficit {
  PlaceIndex place;
  double missing, merit;
};

/// What a decision asks about a place more than once and no order changes; NaN: not asked yet.
struct Prospect {
  std::uint64_t decision = 0;  ///< at which this was asked; at others it holds nothing
  double estimate = kAbsent;   ///< enemies there, as the command sees them
  double need = kAbsent;       ///< force needed to take it by road
  double hoped_for = kAbsent;  ///< Planner::hoped_for
  double appeal = kAbsent;     ///< merit before odds and force
  bool is_joint = false;       ///< an allied command prepares an attack on it
};

/// Log-normal factors that hold for a whole run or a part of it, drawn when first asked for.
class Factors {
 public:
  explicit Factors(Purpose purpose) : purpose_(purpose) {}

  /// For these realization, period and spread; entities up to n.
  void set(const State& s, std::uint32_t period, double spread, std::size_t n) {
    const Key key{s.seed, s.run, period, spread};
    if (key != key_) {
      key_ = key;
      factors_.clear();
    }
    if (n > factors_.size()) {
      factors_.resize(n, kAbsent);
    }
  }

  /// exp(spread z + log_mean), z standard normal.
  double of(int entity, double log_mean) {
    double& factor = factors_[at(entity)];
    if (std::isnan(factor)) {
      const auto& [seed, run, period, spread] = key_;
      RandomStream random(seed, run, period, purpose_, static_cast<std::uint32_t>(entity));
      factor = math::exp(spread * random.normal() + log_mean);
    }
    return factor;
  }

 private:
  using Key = std::tuple<std::uint64_t, std::uint32_t, std::uint32_t, double>;

  Purpose purpose_;
  Key key_{};
  std::vector<double> factors_;  ///< [entity]
};

/// What a planner writes down, kept from one decision to the next so that a decision allocates nothing.
struct Workspace {
  std::vector<Operation> operations;                   ///< in the ledger of all commands when they begin to decide
  std::vector<double> mine, friends_here, foe;         ///< [place] fighters of members, friends, enemies
  std::vector<double> inbound, friends_inbound, free;  ///< [place]
  std::vector<double> allies;            ///< [place] men of allied commands whom no enemy beside them ties
  std::vector<int> front;                ///< [place] the pocket of ours that meets an enemy there; kNone: none
  std::vector<std::uint8_t> has_front;   ///< [pocket]
  std::vector<NearestByRoad> far;        ///< [0] the places of ours; [1 + pocket] its front
  std::vector<std::uint8_t> next_to_us;  ///< [place]
  std::vector<PlaceIndex> stations;      ///< places of our friends, and where we have men; ascending
  std::vector<PlaceIndex> abroad;        ///< of these those that are not our friends'
  std::vector<PlaceIndex> in_touch;      ///< places that an attack may go for
  std::vector<int> touched;              ///< [pocket] the last search that it was beside the goal of
  std::vector<int> sources;              ///< [pocket] places in it with free men
  std::uint64_t n_decisions = 0;         ///< of all commands, with this workspace
  std::vector<Prospect> prospects;       ///< [place]
  Factors misjudged{Purpose::estimate}, unseen{Purpose::worth};
  std::vector<Deficit> deficits;
  std::vector<Candidate> candidates;
  LeastWinProbability least_odds;  ///< below which nothing is attacked
};

/// One command's decisions on one view.
class Planner {
 public:
  Planner(const CompiledModel& model, State& state, View& view, Workspace& workspace, CommandIndex command,
          bool is_whole)
      : model_(model),
        war_(model.war()),
        s_(state),
        v_(view),
        workspace_(workspace),
        c_(command),
        is_whole_(is_whole),
        books_(own_state<Operations>(state)) {}

  /// Gives all orders of the command.
  void plan();

 private:
  double parameter(CommandParameter p) const { return s_.value(war_.command(c_, p)); }
  double law(LawParameter p) const { return s_.value(war_.law(p)); }
  bool is_ours(PlaceIndex p) const { return pocket_[at(p)] != kNone; }
  bool is_own(PlaceIndex p) const { return v_.is_held_by(p, members_); }

  // Fighters of enemies stand one road away from p; or enemies hold a place there.
  bool touches_foes(PlaceIndex p) const { return (v_.around[at(p)].present & enemies_) != 0; }
  bool touches_enemies(PlaceIndex p) const { return touches_foes(p) || (v_.around[at(p)].holders & enemies_) != 0; }

  /// What this decision knows of a place.
  Prospect& prospect(PlaceIndex p) const {
    Prospect& known = workspace_.prospects[at(p)];
    if (known.decision != workspace_.n_decisions) {
      known = {.decision = workspace_.n_decisions};
    }
    return known;
  }
  /// Enemies at a place as the command sees them.
  double estimate(PlaceIndex p) {
    if (foe_[at(p)] <= 0) {
      return 0;
    }
    double& seen = prospect(p).estimate;
    if (std::isnan(seen)) {
      seen = foe_[at(p)] * misjudgement(p);
    }
    return seen;
  }
  /// The factor by which the command misjudges strength at a place: log-normal with mean 1, one for each place and
  /// decision.
  double misjudgement(PlaceIndex p);
  /// The enemy who matters at a place: its holder, else the strongest present.
  ActorIndex enemy_at(PlaceIndex p) const;
  double share(ActorIndex enemy) const;
  /// Adds the fighters of these actors to what stands at each place.
  void add_up(ActorMask who, std::span<double> there) const;
  void read_situation();
  /// Lists the places that a command has to look at.
  void list_stations();
  /// The share of fire that reaches the side holding p today.
  double exposure(PlaceIndex p) const { return laws::exposure(model_, s_, p); }
  /// Own men of `who` at a place as they stand now: the view stays as it was for the other commands, orders given do
  /// not.
  double men(PlaceIndex p, ActorMask who) const;
  /// Sends `wanted` of the command's men at `from`, each actor of `who` in proportion; returns how many went.
  double send(PlaceIndex from, PlaceIndex to, double km, double wanted, ActorMask who, ColumnTask task);
  void note(const EventInfo& event, PlaceIndex place, ActorIndex enemy, double fighters, const std::string& reason);
  double gather(PlaceIndex to, double reach_km, double wanted, ColumnTask task);

  // garrisons.cpp
  void retreat();
  /// Some of those who cannot hold a place go underground there.
  void hide(PlaceIndex p);
  /// Own men whom a law keeps at a place.
  double men_who_stay(PlaceIndex p) const;
  void set_garrisons();
  void reinforce();
  void bring_up_reserves();
  /// The nearest place of ours that is a goal. far: of these goals, for those who have none within the lists of roads.
  template <class IsGoal>
  std::optional<Near> nearest(PlaceIndex p, IsGoal is_goal, NearestByRoad& far) const;

  // offensives.cpp
  /// What of men who come from so far can be brought to bear (Boulding 1962).
  double strength_left(double km) const;
  /// What a place is worth to this command: its value, and that of the own places it threatens.
  double worth(PlaceIndex p) const;
  /// What the command's taste adds to the worth of a place that an enemy has just taken from another, as a share of it.
  double prey(PlaceIndex p) const;
  /// What the command sees in a target beyond its worth, as a factor: log-normal with median 1, the same all through a
  /// run (the random part of a utility: McFadden 1974).
  double unseen_worth(PlaceIndex p);
  /// Men of allied commands at a target, on the way, or set down for an attack on it.
  double help(PlaceIndex p) const;
  /// Free men of allied commands within reach of a target, as far as the command counts on them.
  double hoped_for(PlaceIndex p);
  /// Sets Workspace::allies, and marks what they prepare an attack on.
  void count_allies();
  /// Force needed at an enemy place: enough to win, less what a full week of the air arm replaces, and enough to hold
  /// it against the enemies beyond it. `from_near`: enemies who come to its relief.
  double force_needed(PlaceIndex p, double from_near);
  /// The same by road, where no help from near is counted.
  double force_by_road(PlaceIndex p);
  /// What a place is worth to this command in the end, before odds and force.
  double appeal(PlaceIndex p);
  /// Places of others next to ours and where we stand; with raiders, every place of others.
  void list_places_in_touch();
  void attack();
  /// Lists as candidates what could be attacked of the places in touch. have_merit: false where their order is not
  /// asked.
  void list_targets(bool have_merit);
  /// Men who are at a target, on the way, or free and within reach.
  double available(const Candidate& target);
  void count_offensive(ActorIndex enemy, bool is_exception);
  /// Makes a place a candidate if free men can reach it and the odds are not too bad.
  template <class ForEachSource>
  void consider(PlaceIndex p, bool is_raid, bool has_merit, ForEachSource for_each);
  /// Free men of mobile actors within their range over open ground.
  template <class Use>
  void for_each_raider(PlaceIndex to, Use use);
  /// The strongest enemy force that could come to the relief of a raided place.
  double relief(PlaceIndex p);
  void raid(const Candidate& target, const std::string& reason);
  /// Free men of mobile actors at a place.
  double raiders(PlaceIndex p) const { return std::min(workspace_.free[at(p)], men(p, mobile_)); }

  // campaigns.cpp
  /// The attacks of the command with its effort as a budget.
  void attack_within_means();
  int days_of(CommandParameter p) const;
  /// Whether an operation is an attack on p that an allied command prepares, as this one knows.
  bool is_joint(const Operation& o, PlaceIndex p) const;
  /// The first such attack.
  const Operation* joint_with(PlaceIndex p) const;
  /// Planned days from the order to the last day of recovery.
  int cycle_days(bool is_prepared) const;
  /// Whether a place was lost so lately that to retake it is defence.
  bool is_retaking(PlaceIndex p) const;
  /// Men whom an operation may still get: who attacks commits what he planned and a reserve.
  double may_add(const Operation& o) const;
  /// Operations that the staffs of the command can prepare and lead at once.
  int staffs() const;
  /// How much longer it takes to prepare one more where so many run, as a part of its preparation.
  double delay(int running) const;
  /// Takes free men at and near a place out of what can be ordered elsewhere.
  void hold_back(PlaceIndex p, double men);
  /// Calls use(place, own men) for men at places of enemies and for columns that march against one.
  template <class Use>
  void for_each_attack_under_way(Use use) const;
  /// Men who could attack: free, or attacking already.
  double deployable() const;
  void follow_operations();
  /// Whether an operation of the command ties men who do not march: they prepare for it or recover from it.
  bool ties_men(const Operation& o) const {
    return o.command == c_ && (o.is_preparing() || o.rest != Operation::kRunning);
  }
  /// Debits the days until the next decision of all operations.
  void pay();
  /// Credits each enemy with its share of the deployable man-days.
  void credit();
  /// Credit that an operation under way will still need.
  double committed(const Operation& o) const { return o.men * std::max(0, o.until - s_.day); }
  /// The same of all operations of the command against an enemy.
  double committed(ActorIndex enemy) const;
  /// Whether a target of an enemy who is only screened is attacked all the same.
  bool is_exception(const Candidate& target) const;
  void march(Operation& operation, const Candidate& target);
  /// Operations whose preparation is over march, or are called off.
  void launch();
  /// Enemies in the order of what each has had of what it was due; of each the best targets first.
  void sort_by_need_of_enemies();
  std::size_t account(ActorIndex enemy) const { return at(c_ * v_.n_actors + enemy); }

  /// Free men within reach of `to` in a pocket that touches it, nearest first; `use` gets place and kilometres and says
  /// whether to go on. It may take men of that place away.
  template <class Use>
  void for_each_source(PlaceIndex to, double reach_km, Use use) {
    const std::span<const double> free = workspace_.free;
    const std::span<int> touched = workspace_.touched;
    const int call = ++n_searches_;
    int unseen = 0;
    const auto touch = [&](int pocket) {
      if (pocket != kNone && touched[at(pocket)] != call) {
        touched[at(pocket)] = call;
        unseen += workspace_.sources[at(pocket)];
      }
    };
    touch(pocket_[at(to)]);
    for (const Neighbour& next : model_.neighbours(to)) {
      touch(pocket_[at(next.place)]);
    }
    // The place itself may be one of these, but is not near itself.
    unseen -= pocket_[at(to)] != kNone && free[at(to)] > 0;
    if (unseen <= 0) {
      return;
    }
    const auto is_asked = [&](const Near& source) {
      const int pocket = pocket_[at(source.place)];
      return free[at(source.place)] > 0 && pocket != kNone && touched[at(pocket)] == call;
    };
    for_each_near(s_, model_.near(to), reach_km, is_asked,
                  [&](const Near& source) { return use(source.place, source.km) && --unseen > 0; });
  }

  /// Free men at a place get other orders.
  void take_free(PlaceIndex p, double men) {
    double& free = workspace_.free[at(p)];
    const bool was_source = free > 0;
    free -= men;
    if (pocket_[at(p)] != kNone) {
      free_in_all_ -= men;
      workspace_.sources[at(pocket_[at(p)])] -= was_source && free <= 0;
    }
  }

  const CompiledModel& model_;
  const War& war_;
  State& s_;
  View& v_;
  Workspace& workspace_;
  const CommandIndex c_;
  const bool is_whole_;
  EffortLedger& books_;

  ActorMask members_ = 0, friends_ = 0, enemies_ = 0, mobile_ = 0;
  ActorIndex lead_ = kNone;
  double air_kills_ = 0, raid_km_ = 0, odds_exponent_ = 2, predation_ = 0;
  double estimate_error_ = 0, unseen_spread_ = 0;  ///< 0 where nothing is drawn
  std::span<double> mine_;                         ///< [place] own men still there
  std::span<const double> friends_here_, foe_;     ///< [place] as in Workspace
  std::span<const int> pocket_;                    ///< [place]
  std::span<const PlaceIndex> ours_;               ///< places of our friends
  double deployable_ = 0;                          ///< before this decision's attacks are ordered
  double free_in_all_ = 0;                         ///< free men on land of ours
  double strength_km_ = kAbsent;                   ///< NaN: men from afar count in full
  int n_allied_ = 0;                               ///< places with men of Workspace::allies
  int n_searches_ = 0;                             ///< for sources of free men
};

}  // namespace truel::laws
