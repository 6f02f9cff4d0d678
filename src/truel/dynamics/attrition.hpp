// How fast fighters are killed: fire at the same place, and strikes from the air.
#pragma once

#include <vector>

#include "truel/dynamics/state.hpp"

namespace truel::dynamics {

/// What fire_rates says of a place: who is there in any lane, and the rate of every hostile pair of them.
struct FireRates {
  explicit FireRates(const State& state);

  int n = 0;                                 ///< actors present in any lane
  std::array<ActorIndex, kMaxActors> who{};  ///< [n], ascending
  std::vector<double> harm;                  ///< [who][lane]; persons harmed per day

  /// [who][lane]; fighters per day whom harm makes join, where Derived::has_harm_recruits; else not set.
  std::vector<double> recruits;

  struct Pair {
    ActorIndex attacker, target;
  };
  std::vector<Pair> pairs;   ///< hostile in some lane, by attacker, then target
  std::vector<double> rate;  ///< [pair][lane]; kills per day

  // Scratch. Per lane:
  std::vector<double> people, weight_sum, enemies, spent;
  // [who][lane] as a target: share of blind fire that hits (f), share of the people who hide it, share of fire let
  // through.
  std::vector<double> hit_share, hidden, let_through;
};

/// Rates of fire at a place in all lanes (model.md, section 3): kill q w n (mu + (1 - mu) f) d, or the general form
/// kill w n_a^g n_b^h, divided by ln(e + t/t0) where battles tire.
/// Aimed and area fire: Lanchester (1916), Deitchman (1962); their mixture: Kress and Szechtman (2009); exponents:
/// Helmbold (1965); fatigue: Rubio-Campillo (2016). `time` is in days since the first day.
/// Only lanes from `first` up to `last` are computed: `rates` says nothing of the others.
/// Harm done by an actor makes recruits for its enemies present, each for its part of them (Kress and Szechtman 2009,
/// extended): recruits_per_harm times harm.
/// Cost: one pass over pairs of actors present; allocates nothing.
void fire_rates(const CompiledModel& model, const State& state, PlaceIndex place, double time, int first, int last,
                FireRates& rates);

/// Kills and harm per day by one strike assignment in one lane; both 0 if the target is gone.
struct StrikeRate {
  double kills = 0;
  double harm = 0;
};
StrikeRate strike_rate(const CompiledModel& model, const State& state, int lane, const Strike& strike);

/// Writes down fighters whom a strike has killed by mistake, where the path is kept.
void note_mistake(State& state, int lane, const Strike& strike, double fighters);

/// The column with this id, or null.
Column* find_column(State& state, int lane, int id);
const Column* find_column(const State& state, int lane, int id);

/// People among whom fighters at a place move: those of the place and of the other parts of its city.
double people_around(const CompiledModel& model, const State& state, PlaceIndex place, int lane);

}  // namespace truel::dynamics
