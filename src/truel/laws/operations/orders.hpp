// What one command has ordered so far at a decision, and the ways in which it orders more.
#pragma once

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "truel/laws/operations/situation.hpp"
#include "truel/world/near_of.hpp"

namespace truel::laws {

/// What orders are written into, kept from one decision to the next so that a decision allocates nothing.
struct OrdersRoom {
  std::vector<double> mine, inbound, free;  ///< [place]
  std::vector<int> touched, sources;        ///< [pocket]
  std::vector<PlaceIndex> first_free;       ///< [pocket]
  std::vector<PlaceIndex> next_free;        ///< [place]
  std::vector<int> reached;                 ///< pockets
};

struct Orders {
  Orders(const Situation& situation, State& s, OrdersRoom& room);

  /// What one more operation takes of the staffs that are free, as a share; 0: staffs do not count.
  double share_of_staffs = 0;

  /// The attack of the command on a place that is prepared or under way, or null.
  const Operation* running(PlaceIndex p) const {
    const auto found = std::find_if(books.operations.begin(), books.operations.end(), [&](const Operation& o) {
      return o.command == now.command && o.place == p && o.rest == Operation::kRunning;
    });
    return found == books.operations.end() ? nullptr : &*found;
  }
  /// Own men at a place or on the way to it.
  double coming(PlaceIndex p) const { return mine[at(p)] + inbound[at(p)]; }
  /// Own men of `who` at a place as they stand now: the view stays as it was for the other commands, orders given do
  /// not.
  double men(PlaceIndex p, ActorMask who) const;
  /// Free men of mobile actors at a place.
  double raiders(PlaceIndex p) const { return std::min(free[at(p)], men(p, now.mobile)); }
  /// Whether a place surely is too strong for all free men on land of ours together with those who are there or on the
  /// way and with `others`.
  bool is_out_of_reach(PlaceIndex p, double need, double others) const {
    constexpr double kRounding = 1e-9;
    const double most = coming(p) + free_in_all + others;
    return now.least_win_probability.is_out_of_reach(most * (1 + kRounding) + kRounding, need);
  }
  /// Men who could attack: free, or attacking already.
  double deployable() const;

  /// Sends `wanted` of the command's men at `from`, each actor of `who` in proportion; returns how many went.
  double send(PlaceIndex from, PlaceIndex to, double km, double wanted, ActorMask who, MarchTask task);
  /// Sends so many of the free men at a place, `most` of whom can go, the last of them whole where only whole men move;
  /// returns how many went.
  double send_free(PlaceIndex from, PlaceIndex to, double km, double wanted, double most, ActorMask who,
                   MarchTask task);
  /// Sends free men from the nearest sources.
  double gather(PlaceIndex to, double reach_km, double wanted, MarchTask task);
  /// Takes free men at and near a place out of what can be ordered elsewhere.
  void hold_back(PlaceIndex p, double men);
  /// Says how many men nothing ties at a place; of each once, before any get orders. Those on land that is not ours go
  /// home first.
  void set_free(PlaceIndex p, double men) {
    free[at(p)] = men;
    if (!now.is_ours(p)) {
      return;
    }
    free_in_all += men;
    if (men > 0) {
      const std::size_t pocket = at(now.pocket[at(p)]);
      ++sources[pocket];
      next_free_[at(p)] = std::exchange(first_free_[pocket], p);
    }
  }
  /// Free men at a place get other orders.
  void take_free(PlaceIndex p, double men) {
    double& there = free[at(p)];
    const bool was_source = there > 0;
    there -= men;
    if (now.is_ours(p)) {
      free_in_all -= men;
      sources[at(now.pocket[at(p)])] -= was_source && there <= 0;
    }
  }
  void note(const EventInfo& event, PlaceIndex place, ActorIndex enemy, double fighters, const EventCause& cause,
            const EventNumbers& numbers);

  /// Free men within reach of `to` in a pocket that touches it, nearest first; `use` gets place and kilometres and says
  /// whether to go on. It may take men of that place away.
  template <class Use>
  void for_each_source(PlaceIndex to, double reach_km, Use use) {
    const int* pocket = now.pocket.data();
    const double* at_rest = free.data();
    const int call = ++n_searches_;
    int unseen = 0;
    reached_.clear();
    for (const int number : now.pockets_at(to)) {
      touched_[at(number)] = call;
      if (sources[at(number)] > 0) {
        unseen += sources[at(number)];
        reached_.push_back(number);
      }
    }
    // The place itself may be one of these, but is not near itself.
    unseen -= pocket[to] != kNone && at_rest[to] > 0;
    if (unseen <= 0) {
      return;
    }
    const auto for_each_of = [&](auto add) {
      for (const int number : reached_) {
        for (PlaceIndex p = first_free_[at(number)]; p != kNone; p = next_free_[at(p)]) {
          add(p);
        }
      }
    };
    const auto is_asked = [&](const NearPlace& source) {
      const int number = pocket[source.place];
      return at_rest[source.place] > 0 && number != kNone && touched_[at(number)] == call;
    };
    for_each_near_of(now.model, now.state, to, reach_km, for_each_of, is_asked,
                     [&](const NearPlace& source) { return use(source.place, source.km) && --unseen > 0; });
  }

  /// Calls use(place, own men) for men at places of enemies and for marches against one.
  template <class Use>
  void for_each_attack_under_way(Use use) const {
    for (const PlaceIndex p : now.abroad) {
      if (now.foe[at(p)] > 0) {
        use(p, mine[at(p)]);
      }
    }
    for (const March& march : state.marches) {
      const bool attacks = march.task == MarchTask::offensive || march.task == MarchTask::raid;
      if (attacks && (now.members & bit(march.actor)) != 0) {
        use(march.to, march.fighters);
      }
    }
  }

  const Situation& now;
  State& state;
  EffortLedger& books;
  PlanTally& tally;
  std::span<double> mine;     ///< [place] own men still there
  std::span<double> inbound;  ///< [place] own men on the way
  std::span<double> free;     ///< [place] own men whom nothing ties
  std::span<int> sources;     ///< [pocket] places in it with free men
  double free_in_all = 0;     ///< free men on land of ours

 private:
  std::span<int> touched_;            ///< [pocket] the last search that it was beside the goal of
  std::span<PlaceIndex> first_free_;  ///< [pocket] a place in it that had free men, or kNone
  std::span<PlaceIndex> next_free_;   ///< [place] after it, in its pocket
  std::vector<int>& reached_;         ///< pockets with free men that the last search found beside its goal
  int n_searches_ = 0;                ///< for sources of free men
};

// What a command orders, in this order.

/// Leaves places where it is likely to lose.
void retreat(const Situation& now, Orders& orders);
/// Ties men to places, and sends others where too few are left.
void set_garrisons(const Situation& now, Orders& orders);
/// Attacks in the order of effort share x worth x win probability / force until free men run out.
void attack(const Situation& now, Orders& orders);
/// Attacks with effort as a budget. deployable: men who could attack.
void attack_within_means(const Situation& now, Orders& orders, double deployable);
/// Sends men who wait out of reach of any front to the nearest one.
void bring_up_reserves(const Situation& now, Orders& orders);

}  // namespace truel::laws
