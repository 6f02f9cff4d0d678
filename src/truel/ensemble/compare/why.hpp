// Why an actor survives or collapses: what its enemies aimed at it, what kept them off it, and which single change
// would shorten its life most, or move most another metric that is asked for.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truel/ensemble/compare/compare.hpp"

namespace truel::ensemble {

/// One command at war with the actor, over the complete runs.
struct EnemyEffort {
  CommandIndex command = kNone;
  double share = 0;  ///< of its effort aimed at the actor, mean over time, members weighted by their fighters
  double aimed = 0;  ///< its fighters times that share
  double could = 0;  ///< its fighters, mean over time
  // Of commands that score their enemies (doctrine priority), over the decisions at which the actor is one of them.
  double decisions = 0;                             ///< a run, mean; 0: the command scores nobody
  double first = 0;                                 ///< share of the decisions at which no enemy had a higher score
  ActorIndex rather = kNone;                        ///< who most often had the highest at the others; kNone: nobody
  double rather_share = 0;                          ///< of these others
  double gap = 0;                                   ///< score of the first less that of the actor, mean over the others
  std::array<double, kFeatures.size()> kept_off{};  ///< what each feature adds to the gap; they sum to it
};

/// One thing that might have been otherwise.
struct Change {
  std::string what;                          ///< in words
  std::vector<std::pair<int, double>> held;  ///< parameter, the value that it has for the whole war
};

/// The same as settings "path=value" of the parameters and of the dated changes that set them alone: a change that sets
/// other numbers too can be held off one of them in a run, and not by a setting.
std::vector<std::string> settings_of(const War& war, const Change& change);

/// What a change does to the actor, in pairs with the war as it is.
struct ChangeEffect {
  std::string what;
  std::vector<std::string> settings;
  Mean life;      ///< change of the days until it collapses, or until the last day
  Mean fighters;  ///< change of its fighters on the last day
  Mean survival;  ///< change of its probability to survive
  Mean asked{};   ///< change of the metric that was asked for
};

struct Explanation {
  ActorIndex actor = kNone;
  Mean survival, life, fighters;            ///< of the war as it is, over all its runs
  std::optional<ComparedOutcome> metric{};  ///< what is explained in place of its life
  Mean asked{};                             ///< that metric
  std::vector<EnemyEffort> enemies;         ///< who could aim most first
  std::vector<ChangeEffect> changes;  ///< those that the first stage put on top; what shortens its life most first
  std::size_t tried = 0;              ///< changes
  std::size_t screening_runs = 0, runs = 0;  ///< pairs of the first stage, and of the second
  std::size_t failed_runs = 0;
};

struct ExplanationOptions {
  EnsembleOptions ensemble;                 ///< runs: pairs of the second stage
  std::size_t shown = 10;                   ///< changes that enter the second stage
  std::uint32_t journals = 40;              ///< runs whose decisions are looked at, at most
  std::optional<ComparedOutcome> metric{};  ///< changes are ranked by how far they move this, in place of its life
};

/// Pairs that keep the answer within seconds: 200, or 40 of a war whose places and actors are many.
std::uint32_t default_why_runs(const CompiledModel& model);

/// The single changes that are tried:
/// - each enemy command aims all its effort at the actor (doctrine fixed);
/// - each feature of an enemy command that kept the actor off the top of its list loses its weight, each that spoke for
///   fighting it first counts twice (twice the median weight);
/// - a truce between each two enemy commands at war with each other;
/// - each flow of the actor cut: its recruits of each kind, its income, each sponsor, each dated arrival, those who
/// come
///   over to it.
/// All hold for the whole war, against dated changes too.
std::vector<Change> single_changes(const CompiledModel& model, ActorIndex actor,
                                   const std::vector<EnemyEffort>& enemies);

/// Asks of the war as it is and of every change. All changes are run in pairs with it, a quarter as many as
/// options.ensemble.runs (8 at least); the `shown` that shorten its life most (where that is equal, that cost it most
/// fighters), or move the metric most, are run again in pairs that the first stage has not seen, so that being chosen
/// does not flatter them. Errors: the actor is an air arm, or never in the war: it has no life to shorten; a change
/// that cannot be compiled; the metric has no number in any run.
Result<Explanation> why(const CompiledModel& model, ActorIndex actor, const ExplanationOptions& options);

}  // namespace truel::ensemble
