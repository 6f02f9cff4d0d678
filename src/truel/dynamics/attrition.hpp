// How fast fighters are killed: fire at the same place, and strikes from the air.
#pragma once

#include <vector>

#include "truel/dynamics/state.hpp"

namespace truel::dynamics {

/// Scratch of fire_rates: who is at the place in any lane, and the rates between them.
struct FireRates {
  explicit FireRates(const State& state);

  int n = 0;                              ///< actors present in any lane
  std::array<ActorIndex, kMaxActors> who; ///< [n], ascending
  std::vector<double> rate;               ///< [attacker in who][target in who][lane]; kills per day
  std::vector<double> harm;               ///< [attacker in who][lane]; persons harmed per day

  std::size_t pair(int i, int j, int lane, int width) const { return at((i * n + j) * width + lane); }

  // Per lane.
  std::vector<double> people, weight_sum, enemies;
};

/// Rates of fire at a place in all lanes (model.md, section 3): kill q w n (mu + (1 - mu) f) d, or the general form
/// kill w n_a^g n_b^h, divided by ln(e + t/t0) where battles tire.
/// Aimed and area fire: Lanchester (1916), Deitchman (1962); their mixture: Kress and Szechtman (2009); exponents:
/// Helmbold (1965); fatigue: Rubio-Campillo (2016). `time` is in days since the first day.
/// Only lanes from `first` up to `last` are computed: `rates` says nothing of the others.
/// Cost: one pass over pairs of actors present; allocates nothing.
void fire_rates(const CompiledModel& model, const State& state, PlaceIndex place, double time, int first, int last, FireRates& rates);

/// Kills and harm per day by one strike assignment in one lane; both 0 if the target is gone.
struct StrikeRate {
  double kills = 0;
  double harm = 0;
};
StrikeRate strike_rate(const CompiledModel& model, const State& state, int lane, const Strike& strike);

/// The column with this id, or null.
Column* find_column(State& state, int lane, int id);
const Column* find_column(const State& state, int lane, int id);

/// People among whom fighters at a place move: those of the place and of the other parts of its city.
double people_around(const CompiledModel& model, const State& state, PlaceIndex place, int lane);

}  // namespace truel::dynamics
