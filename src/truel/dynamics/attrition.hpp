// How fast fighters are killed: fire at the same place, and strikes from the air.
#pragma once

#include <vector>

#include "truel/dynamics/state.hpp"

namespace truel::dynamics {

/// What fire_rates says of a place: who is there, and the rate of every hostile pair of them. Kept from one call to the
/// next, so that none asks for memory.
struct FireRates {
  explicit FireRates(const State& state);

  int n = 0;                                 ///< actors present
  std::array<ActorIndex, kMaxActors> who{};  ///< [n], ascending
  std::vector<double> harm;                  ///< [who] persons harmed per day

  /// [who] fighters per day whom harm makes join, where Derived::has_harm_recruits; else not set.
  std::vector<double> recruits;

  struct Pair {
    ActorIndex attacker, target;
  };
  std::vector<Pair> pairs;   ///< hostile ones, by attacker, then target
  std::vector<double> rate;  ///< [pair] kills per day

  // Scratch, [who] as a target: share of blind fire that hits (f), share of the people who hide it, share of fire let
  // through.
  std::vector<double> hit_share, hidden, let_through;
};

/// Rates of fire at a place (model.md, section 3): kill q w n (mu + (1 - mu) f) d, or the general form
/// kill w n_a^g n_b^h, divided by ln(e + t/t0) where battles tire.
/// Aimed and area fire: Lanchester (1916), Deitchman (1962); their mixture: Kress and Szechtman (2009); exponents:
/// Helmbold (1965); fatigue: Rubio-Campillo (2016). `time` is in days since the first day.
/// Harm done by an actor makes recruits for its enemies present, each for its part of them (Kress and Szechtman 2009,
/// extended): recruits_per_harm times harm.
/// Cost: one pass over pairs of actors present; allocates nothing.
void fire_rates(const CompiledModel& model, const State& state, PlaceIndex place, double time, FireRates& rates);

/// Kills and harm per day by one strike assignment; both 0 if the target is gone.
struct StrikeRate {
  double kills = 0;
  double harm = 0;
};
StrikeRate strike_rate(const CompiledModel& model, const State& state, const Strike& strike);

/// Writes down fighters whom a strike has killed by mistake, where the path is kept.
void note_mistake(State& state, const Strike& strike, double fighters);

/// The column with this id, or null.
Column* find_column(State& state, int id);
const Column* find_column(const State& state, int id);

/// People among whom fighters at a place move: those of the place and of the other parts of its city.
double people_around(const CompiledModel& model, const State& state, PlaceIndex place);

}  // namespace truel::dynamics
