// One realization: what is asked, and what is kept of it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "truel/laws/best_response/best_response.hpp"
#include "truel/laws/operations/effort_ledger.hpp"
#include "truel/model/results/actor_outcome.hpp"
#include "truel/solver/results/month_tallies.hpp"
#include "truel/world/state.hpp"

namespace truel::solver {

enum class SolverKind { leap, exact, mean_field };
/// diverged: alignment went to infinity, which no limit of the scenario foresees.
enum class RunStatus : std::uint8_t { complete, step_too_small, not_finite, event_limit, diverged };

std::string_view to_string(SolverKind kind);
std::string_view to_string(RunStatus status);

struct SolveOptions {
  SolverKind solver = SolverKind::leap;
  std::uint64_t seed = 1;
  int every_days = 7;                         ///< between stored states; the last day is always stored
  int steps_per_day = 1;                      ///< leap
  bool keeps_months = true;                   ///< false: Run::months stays 0, and nothing stops at their ends
  double tolerance = 1e-11;                   ///< mean-field: relative error of the integration
  bool counts_losses = true;                  ///< mean-field; false: only where a law asks who killed how many, and
                                              ///< Run::months is empty
  std::uint64_t event_limit = 2'000'000'000;  ///< exact: events of one realization
  bool takes_fingerprint = true;              ///< false: Run::fingerprint stays 0
};

/// Days since the start whose states are stored: those, and the days that questions of the package ask for.
std::vector<int> stored_days(const CompiledModel& model, const SolveOptions& options);

/// What an ensemble keeps of a realization. Sizes follow from the model and the stored days.
struct Run {
  std::uint32_t number = 0;
  RunStatus status = RunStatus::complete;
  std::uint64_t fingerprint = 0;       ///< hash of fighters, control, losses, outcome and draws
  std::vector<float> fighters;         ///< [actor][time] marches included
  std::vector<float> value_share;      ///< [actor][time]
  std::vector<float> dyad_losses;      ///< [attacker][target][time] cumulative
  std::vector<std::int8_t> control;    ///< [place][time] actor or kNone
  std::vector<double> losses, effort;  ///< [attacker][target] total losses; mean effort share
  std::vector<double> attacks;         ///< [attacker][target][AttackTally]
  std::vector<laws::PlanTally> plans;  ///< [command]
  std::vector<double> outcome;         ///< [actor][actor_outcomes()]
  std::vector<double> support;         ///< [place][actor] on the last day
  std::vector<double> draws;           ///< [uncertain parameter]
  std::vector<float> issue_series;     ///< [CompiledModel::issues().series][time]; empty where no law says it
  std::vector<double> issues;          ///< on the last day, as IssueShape lays it out; empty where no law says it
  MonthTallies months;
  double civilian_harm = 0;
  laws::GameTally games;  ///< of allocation

  std::vector<double> war_outcome;  ///< [WarOutcome of laws that may act], of every actor [actor] (laws::place_of)
  std::vector<float> alignment;     ///< [pair a <= b][time] (alignment_pair); empty where no law moves it

  /// has_months: false leaves `months` empty.
  void resize(const CompiledModel& model, std::size_t n_times, bool has_months = true);
  double& of(ActorIndex a, ActorOutcome o) { return outcome[place_of(a, o)]; }
  double of(ActorIndex a, ActorOutcome o) const { return outcome[place_of(a, o)]; }

 private:
  static std::size_t place_of(ActorIndex a, ActorOutcome o) {
    const std::span<const int> positions = actor_outcome_positions();
    return at(a) * positions.size() + at(positions[static_cast<std::size_t>(o)]);
  }
};

/// Number of a pair (either order, or an actor with itself) in Run::alignment: row by row above the diagonal, with it.
inline std::size_t alignment_pair(int n_actors, ActorIndex a, ActorIndex b) {
  const auto [i, j] = std::minmax(a, b);
  return at(i * n_actors - i * (i - 1) / 2 + j - i);
}

/// State at every stored day, for realizations kept in full.
struct Path {
  bool has_states = true;  ///< whether fighters and support are kept; set before the run
  Journal journal;
  std::vector<float> fighters;  ///< [time][place][actor]
  std::vector<float> support;   ///< [time][place][actor]
};

/// Solves realizations `numbers`, one after another, with the parameter values [realization][parameter], or [parameter]
/// where all have the same.
/// `runs` and, where not null, `paths` have the same length. Cannot fail: numerical failure is a status of the run.
/// The result of a realization depends on its number, its values, the seed and the options alone.
void solve(const CompiledModel& model, const SolveOptions& options, std::span<const std::uint32_t> numbers,
           std::span<const double> values, std::span<Run> runs, std::span<Path* const> paths);

}  // namespace truel::solver
