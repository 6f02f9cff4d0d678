// How fast fighters are killed by fire at the same place.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "truel/world/state.hpp"

namespace truel::laws {

/// When fire takes effect: the values of laws.fire.timing.
enum class FireTiming { continuous, salvo, turns };
FireTiming fire_timing(const War& war, const State& state);

/// What fire_rates says of a place: who is there, and the rate of every hostile pair of them. Kept from one call to the
/// next: none asks for memory but where more actors meet than ever before.
struct FireRates {
  explicit FireRates(const State&) {}

  int n = 0;                                 ///< actors present
  std::array<ActorIndex, kMaxActors> who{};  ///< [n], ascending
  std::vector<double> harm;                  ///< [who] persons harmed per day

  /// [who] fighters per day whom harm makes join, where DerivedValues::has_harm_recruits; else not set.
  std::vector<double> recruits;

  struct Pair {
    ActorIndex attacker, target;
  };
  std::vector<Pair> pairs;   ///< hostile ones, by attacker, then target
  std::vector<double> rate;  ///< [pair] kills per day

  // Sums, by add_up and renew_fire_rates; else not set.
  std::vector<double> upto;        ///< [pair] kills per day, those of the attacker's pairs before included
  std::vector<double> fired_upto;  ///< [who] kills per day by it and by those before it

  // What follows from who is there and who holds the place, whatever their numbers.
  std::vector<std::size_t> first;    ///< [who] its first pair as an attacker; then how many pairs there are
  ActorMask present = 0;             ///< those of `who`
  ActorIndex holder = kNone;         ///< of the place
  bool is_variant = false;           ///< the general form, or battles that tire
  double people = 0;                 ///< among whom they fight
  std::vector<double> shots;         ///< [pair] kill q w: per day and attacker
  std::vector<double> seen;          ///< [pair] share of aimed fire (mu)
  std::vector<std::uint8_t> target;  ///< [pair] index of its target into `who`
  std::vector<double> let_through;   ///< [who] as a target: share of fire let through (d)
  std::vector<double> hidden;        ///< [who] as a target: share of the people who hide it
  std::vector<double> fighters;      ///< [who]
  std::vector<double> hit_share;     ///< [who] as a target: share of blind fire that hits (f)
};

/// Rates of fire at a place (model.md, section 3): kill q w n (mu + (1 - mu) f) d, or the general form
/// kill w n_a^g n_b^h, divided by ln(e + t/t0) where battles tire.
/// Aimed and area fire: Lanchester (1916), Deitchman (1962); their mixture: Kress and Szechtman (2009); exponents:
/// Helmbold (1965); fatigue: Rubio-Campillo (2016). `time` is in days since the first day.
/// Harm done by an actor makes recruits for its enemies present, each for its part of them (Kress and Szechtman 2009,
/// extended): recruits_per_harm times harm.
/// Cost: one pass over pairs of actors present.
void fire_rates(const CompiledModel& model, const State& state, PlaceIndex place, double time, FireRates& rates);

/// Sets the sums. Returns that of all rates, of `recruits` too where DerivedValues::has_harm_recruits.
double add_up(const State& state, FireRates& rates);

/// Both where, since fire_rates was last asked about this place, nothing has changed but fighters there and what
/// comes of it: who is present, who holds it. Cost: a few multiplications a pair while those are the same.
double renew_fire_rates(const CompiledModel& model, const State& state, PlaceIndex place, double time,
                        FireRates& rates);

}  // namespace truel::laws
