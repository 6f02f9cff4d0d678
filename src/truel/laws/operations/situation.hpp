// What one command knows when it decides. Orders do not change it.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>
#include <vector>

#include "truel/base/math.hpp"
#include "truel/laws/contest.hpp"
#include "truel/laws/defence.hpp"
#include "truel/laws/laws.hpp"
#include "truel/world/lots.hpp"
#include "truel/world/near_of.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {

/// What a decision asks about a place more than once and no order changes; NaN: not asked yet.
struct Prospect {
  std::uint64_t decision = 0;  ///< at which this was asked; at others it holds nothing
  double estimate = kAbsent;   ///< enemies there, as the command sees them
  double need = kAbsent;       ///< force needed to take it by road
  double untied = kAbsent;     ///< enemies there whom nobody beside them ties
  double hoped_for = kAbsent;  ///< allies who may still join an attack on it
  double appeal = kAbsent;     ///< merit before win probability and force
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

/// What a situation stands on, kept from one decision to the next so that a decision allocates nothing.
struct SituationRoom {
  std::vector<Operation> operations;                       ///< of all commands when they begin to decide
  std::vector<double> friends_here, foe, friends_inbound;  ///< [place]
  std::vector<double> allies;                              ///< [place]
  std::vector<PlaceIndex> with_allies;                     ///< places with men in `allies`
  std::vector<PlaceIndex> stations, abroad;
  std::vector<Prospect> prospects;  ///< [place]
  std::uint64_t n_decisions = 0;    ///< of all commands, in this room
  Factors misjudged{Operations::kEstimate}, unseen{Operations::kWorth};
  LeastWinProbability least_win_probability;
};

/// Read-only: what it keeps of answers changes none of them.
struct Situation {
  Situation(const CompiledModel& m, const State& s, View& v, SituationRoom& room, CommandIndex c, bool only_whole);

  double parameter(CommandParameter p) const { return state.value(war.command(command, p)); }
  double law(Operations::Number k) const { return state.value(war.law(number_of<Operations>(k))); }
  int days_of(CommandParameter p) const { return static_cast<int>(std::lround(parameter(p))); }
  bool is_ours(PlaceIndex p) const { return pocket[at(p)] != kNone; }
  /// No place of ours, and one road away from one.
  bool is_beside_us(PlaceIndex p) const { return border->is_beside[at(p)] != 0; }
  /// Pockets of ours that hold a place or are one road away from it.
  std::span<const int> pockets_at(PlaceIndex p) const {
    const int first = border->first[at(p)];
    return {border->touched.data() + first, at(border->first[at(p) + 1] - first)};
  }
  bool is_own(PlaceIndex p) const { return is_one_of(view.control[at(p)], members); }

  // Fighters of enemies stand one road away from p; or enemies hold a place there.
  bool touches_foes(PlaceIndex p) const { return (view.around[at(p)].present & enemies) != 0; }
  bool touches_enemies(PlaceIndex p) const { return touches_foes(p) || (view.around[at(p)].holders & enemies) != 0; }
  /// The share of fire that reaches the side holding p today.
  double exposure(PlaceIndex p) const { return laws::exposure(model, state, p); }

  /// What this decision knows of a place: written when first asked for.
  Prospect& prospect(PlaceIndex p) const {
    Prospect& known = room_.prospects[at(p)];
    if (known.decision != room_.n_decisions) {
      known = {.decision = room_.n_decisions};
    }
    return known;
  }
  /// Enemies at a place as the command sees them.
  double estimate(PlaceIndex p) const {
    if (foe[at(p)] <= 0) {
      return 0;
    }
    double& seen = prospect(p).estimate;
    if (std::isnan(seen)) {
      seen = foe[at(p)] * misjudgement(p);
    }
    return seen;
  }
  /// Enemies at a place that somebody holds, less hold_ratio times those next door who are hostile to its holder,
  /// whoever they are: these tie them there.
  double untied(PlaceIndex p) const {
    if (foe[at(p)] <= 0) {
      return 0;
    }
    double& men = prospect(p).untied;
    men = std::isnan(men) ? find_untied(p) : men;
    return men;
  }
  /// The land of the holder of a place and of his friends.
  Pockets& land_around(PlaceIndex p) const { return pockets_of(model, state, memo_, view.control[at(p)]); }
  /// What the command sees in a target beyond its worth, as a factor: log-normal with median 1, the same all through a
  /// run (the random part of a utility: McFadden 1974).
  double unseen_worth(PlaceIndex p) const;
  /// What of men who come from so far can be brought to bear (Boulding 1962).
  double strength_left(double km) const;
  /// The enemy who matters at a place: its holder, else the strongest present.
  ActorIndex enemy_at(PlaceIndex p) const {
    const ActorIndex holder = view.control[at(p)];
    return is_one_of(holder, enemies) ? holder : strongest_enemy_at(p);
  }
  /// Of the command's effort.
  double share(ActorIndex enemy) const;
  /// Where what is due to an enemy stands in the ledger.
  std::size_t account(ActorIndex enemy) const { return at(command * view.n_actors + enemy); }
  /// Men of allied commands within so many km of a place whom no enemy ties, as far as they can be brought to bear.
  double allies_near(PlaceIndex p, double reach_km) const;
  /// Whether a place was lost so lately that to retake it is defence.
  bool is_retaking(PlaceIndex p) const;
  /// Whether an operation is an attack on p that an allied command prepares, as this one knows.
  bool is_joint(const Operation& o, PlaceIndex p) const;
  bool is_drawn_first(PlaceIndex x, PlaceIndex y) const { return is_drawn_before(state, Lot::place, x, y); }

  const CompiledModel& model;
  const War& war;
  const State& state;
  const View& view;
  const CommandIndex command;
  const bool is_whole;

  ActorMask members = 0, friends = 0, enemies = 0;
  ActorMask mobile = 0;  ///< members who raid
  ActorIndex lead = kNone;
  double air_kills = 0, raid_km = 0, contest_exponent = 2, predation = 0;
  double strength_km = kAbsent;  ///< NaN: men from afar count in full
  std::span<const int> pocket;   ///< [place] kNone: not of our friends
  std::size_t n_pockets = 0;
  const Border* border = nullptr;                    ///< of our friends' land
  std::span<const PlaceIndex> ours;                  ///< places of our friends
  std::span<const PlaceIndex> stations;              ///< these, and where we have men; ascending
  std::span<const PlaceIndex> abroad;                ///< of these those that are not our friends'
  std::span<const double> friends_here, foe;         ///< [place] fighters of friends, members included; of enemies
  std::span<const double> friends_inbound;           ///< [place]
  std::span<const double> allies;                    ///< [place] men of allied commands whom no enemy beside them ties
  std::span<const Operation> operations;             ///< of all commands when they begin to decide
  const LeastWinProbability& least_win_probability;  ///< below which nothing is attacked

 private:
  double misjudgement(PlaceIndex p) const;
  double find_untied(PlaceIndex p) const;
  ActorIndex strongest_enemy_at(PlaceIndex p) const;
  void read_actors();
  void list_stations();
  void draw_factors();
  void count_allies();

  SituationRoom& room_;
  View& memo_;                                     ///< `view`, which keeps the pockets that are asked for
  double estimate_error_ = 0, unseen_spread_ = 0;  ///< 0 where nothing is drawn
};

/// Adds the fighters of these actors to what stands at each place.
void add_up(const View& view, ActorMask who, std::span<double> there);

}  // namespace truel::laws
