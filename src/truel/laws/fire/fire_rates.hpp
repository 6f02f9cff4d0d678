// How fast fighters are killed by fire at the same place.
#pragma once

#include <array>
#include <vector>

#include "truel/world/state.hpp"

namespace truel::laws {

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

}  // namespace truel::laws
