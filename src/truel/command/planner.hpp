// The decisions of one command on one view: what the files of operations share.
#pragma once

#include <algorithm>
#include <bit>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "truel/world/view.hpp"

namespace truel::command {

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

/// What a planner writes down, kept from one decision to the next so that a decision allocates nothing.
struct Workspace {
  std::vector<double> mine, friends_here, foe;         ///< [place] fighters of members, friends, enemies
  std::vector<double> estimate;                        ///< [place] of foe; NaN: not made yet
  std::vector<double> inbound, friends_inbound, free;  ///< [place]
  std::vector<double> allies;                   ///< [place] men of allied commands whom no enemy beside them ties
  std::vector<std::uint8_t> front, next_to_us;  ///< [place]
  std::vector<PlaceIndex> stations;             ///< places of our friends, and where we have men
  std::vector<PlaceIndex> in_touch;             ///< places that an attack may go for
  std::vector<int> touching;                    ///< pockets beside a goal
  std::vector<Deficit> deficits;
  std::vector<Candidate> candidates;
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
        books_(state.ledger) {}

  /// Gives all orders of the command.
  void plan();

 private:
  double parameter(CommandParameter p) const { return s_.value(war_.command(c_, p)); }
  double law(LawParameter p) const { return s_.value(war_.law(p)); }
  bool is_ours(PlaceIndex p) const { return v_.is_held_by(p, friends_); }
  bool is_own(PlaceIndex p) const { return v_.is_held_by(p, members_); }

  /// Enemies at a place as the command sees them.
  double estimate(PlaceIndex p);
  /// The factor by which the command misjudges strength at a place: log-normal with mean 1, one for each place and
  /// decision.
  double misjudgement(PlaceIndex p) const;
  /// The enemy who matters at a place: its holder, else the strongest present.
  ActorIndex enemy_at(PlaceIndex p) const;
  double share(ActorIndex enemy) const;
  /// Adds the fighters of these actors to what stands at each place.
  void add_up(ActorMask who, std::span<double> there) const;
  void read_situation();
  /// The share of fire that reaches the side holding p.
  double exposure(PlaceIndex p) const { return s_.derived.exposure[at(p)]; }
  /// Own men of `who` at a place as they stand now: the view stays as it was for the other commands, orders given do
  /// not.
  double men(PlaceIndex p, ActorMask who) const;
  /// Sends `wanted` of the command's men at `from`, each actor of `who` in proportion; returns how many went.
  double send(PlaceIndex from, PlaceIndex to, double km, double wanted, ActorMask who, ColumnTask task);
  void note(ColumnTask task, PlaceIndex place, ActorIndex enemy, double fighters, const std::string& reason);
  double gather(PlaceIndex to, double reach_km, double wanted, ColumnTask task);

  // garrisons.cpp
  void retreat();
  /// Some of those who cannot hold a place go underground there.
  void hide(PlaceIndex p);
  void set_garrisons();
  void reinforce();
  bool is_front(PlaceIndex p) const;
  void bring_up_reserves();
  /// The nearest place of ours that is a goal.
  template <class IsGoal>
  std::optional<Near> nearest(PlaceIndex p, IsGoal is_goal) const;

  // offensives.cpp
  /// What of men who come from so far can be brought to bear (Boulding 1962).
  double strength_left(double km) const;
  /// What a place is worth to this command: its value, and that of the own places it threatens.
  double worth(PlaceIndex p) const;
  /// What the command's taste adds to the worth of a place that an enemy has just taken from another, as a share of it.
  double prey(PlaceIndex p) const;
  /// What the command sees in a target beyond its worth, as a factor: log-normal with median 1, the same all through a
  /// run (the random part of a utility: McFadden 1974).
  double unseen_worth(PlaceIndex p) const;
  /// Men of allied commands at a target, on the way, or set down for an attack on it.
  double help(PlaceIndex p) const;
  /// Free men of allied commands within reach of a target, as far as the command counts on them.
  double hoped_for(PlaceIndex p) const;
  /// Sets Workspace::allies.
  void count_allies();
  /// Force needed at an enemy place: enough to win, less what a full week of the air arm replaces, and enough to hold
  /// it against the enemies beyond it. `from_near`: enemies who come to its relief.
  double force_needed(PlaceIndex p, double from_near);
  /// Places next to ours and others where we stand; with raiders, every place.
  void list_places_in_touch();
  void attack();
  /// Lists as candidates what could be attacked.
  void list_targets();
  /// Men who are at a target, on the way, or free and within reach.
  double available(const Candidate& target);
  void count_offensive(ActorIndex enemy, bool is_exception);
  /// Makes a place a candidate if free men can reach it and the odds are not too bad.
  template <class ForEachSource>
  void consider(PlaceIndex p, bool is_raid, ForEachSource for_each);
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
  /// Operations that the staffs of the command can prepare and lead at once.
  int staffs() const;
  /// Takes free men at and near a place out of what can be ordered elsewhere.
  void hold_back(PlaceIndex p, double men);
  /// Calls use(place, own men) for men at places of enemies and for columns that march against one.
  template <class Use>
  void for_each_attack_under_way(Use use) const;
  /// Men who could attack: free, or attacking already.
  double deployable() const;
  void follow_operations();
  /// Debits the days until the next decision of all operations.
  void pay();
  /// Credits each enemy with its share of the deployable man-days.
  void credit();
  /// Credit that the operations under way against an enemy will still need.
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
  /// whether to go on.
  template <class Use>
  void for_each_source(PlaceIndex to, double reach_km, Use use) {
    double unseen = free_in_all_;
    if (unseen <= 0) {
      return;
    }
    workspace_.touching.clear();
    if (pocket_[at(to)] != kNone) {
      workspace_.touching.push_back(pocket_[at(to)]);
    }
    for (const Neighbour& next : model_.neighbours(to)) {
      if (pocket_[at(next.place)] != kNone) {
        workspace_.touching.push_back(pocket_[at(next.place)]);
      }
    }
    for (const Near& source : model_.near(to)) {
      if (source.km > reach_km || unseen <= 0) {
        break;
      }
      const double free_there = workspace_.free[at(source.place)];
      if (free_there <= 0 || pocket_[at(source.place)] == kNone) {
        continue;
      }
      unseen -= free_there;
      if (std::find(workspace_.touching.begin(), workspace_.touching.end(), pocket_[at(source.place)]) !=
              workspace_.touching.end() &&
          !use(source.place, source.km)) {
        break;
      }
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
  std::span<double> mine_;                      ///< [place] own men still there
  std::span<const double> friends_here_, foe_;  ///< [place] as in Workspace
  std::span<const int> pocket_;                 ///< [place]
  std::span<const PlaceIndex> ours_;            ///< places of our friends
  double deployable_ = 0;                       ///< before this decision's attacks are ordered
  double free_in_all_ = 0;                      ///< free men on land of ours
};

}  // namespace truel::command
