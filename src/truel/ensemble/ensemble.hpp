// Many realizations of one war, and what they say together.
#pragma once

#include <array>
#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "truel/ensemble/store/run_store.hpp"
#include "truel/ensemble/summary/control_shares.hpp"
#include "truel/ensemble/summary/months.hpp"
#include "truel/ensemble/summary/quantity.hpp"
#include "truel/ensemble/summary/regions.hpp"
#include "truel/ensemble/summary/united_fates.hpp"
#include "truel/ensemble/work.hpp"
#include "truel/solver/run.hpp"

namespace truel::ensemble {

struct EnsembleOptions {
  solver::SolveOptions solve{};
  std::uint32_t runs = 1000;
  std::uint32_t first = 0;  ///< `visit`: number of the first realization
  /// Above 0: more runs until half the interval of every survival probability (Moments::interval) is below 1.96 times
  /// this; so it is its standard error, and something that holds where all runs agree.
  double precision = 0;
  std::uint32_t most_runs = 1'000'000;  ///< with `precision`
  int threads = 0;                      ///< 0: all cores
  TellProgress progress{};
  const std::atomic<bool>* stop = nullptr;  ///< set: give up the runs in flight and return
};

/// Realizations that a thread solves before it hands them over: many of a small war, so that handing over costs little,
/// one of a large war, so that all threads end together.
std::size_t batch_size(const CompiledModel& model);

/// How `run` ended.
struct RunEnd {
  bool has_space = true;     ///< false: the disk is full
  std::uint32_t wanted = 0;  ///< realizations 0 to wanted - 1 were asked for; the store has all unless it was stopped

  explicit operator bool() const { return has_space; }
};

/// Runs the realizations that the store lacks. Those of the store that cannot be read or are not of this model are run
/// again; those beyond the ones that are asked for do not count any more, so that what comes out does not depend on how
/// many an earlier process had done.
RunEnd run(const CompiledModel& model, const EnsembleOptions& options, RunStore& store);

/// The realizations 0 to options.runs - 1 of each of these models, which have to outlive it: that with the number r of
/// model k has the number k * options.runs + r. Bit for bit those of `run`. Of the options solve, runs, threads and
/// stop are looked at.
Work work_of(std::vector<const CompiledModel*> models, const EnsembleOptions& options);

/// Appends the realizations of one model of such a work to a store, under their own numbers. False: the disk is full.
/// Throws StoreError as RunStore::read.
[[nodiscard]] bool copy_model(const RunStore& from, std::uint32_t model, std::uint32_t runs, RunStore& to);

/// Solves the realizations options.first and on, options.runs of them, without a store: hands each one to `take` as it
/// is done, in any order, one at a time, and keeps none. `precision` is not looked at. Bit for bit the realizations of
/// `run`.
void visit(const CompiledModel& model, const EnsembleOptions& options,
           const std::function<void(const solver::Run&)>& take);

struct ActorSummary {
  double first_fighters = kAbsent;                               ///< mean
  double survival_probability = kAbsent, survival_se = kAbsent;  ///< NaN for air actors and those never in the war
  Interval survival_interval;                                    ///< Moments::interval
  double collapse_share = 0;
  double turn_share = 0;  ///< of the realizations that have a turn_day
  /// [ActorOutcome] of those that the summary shows (kInSummary); days: over the realizations in which there is one.
  std::vector<Quantity> outcomes = std::vector<Quantity>(actor_outcomes().size());
  std::vector<Quantity> fighters;   ///< [time]
  std::vector<Quantity> territory;  ///< [time] share of the value of all places
  std::vector<double> surviving;    ///< [time] share of the rated realizations in which it has not collapsed by then

  Quantity& of(ActorOutcome o) { return outcomes[at(static_cast<int>(o))]; }
  const Quantity& of(ActorOutcome o) const { return outcomes[at(static_cast<int>(o))]; }
};

struct DyadSummary {
  ActorIndex attacker, target;
  Quantity losses, effort_share;
  std::array<Quantity, kAttackTallyCount> attacks;  ///< days: over the realizations in which there is one
  std::vector<double> losses_by_time;               ///< [time] mean, cumulative
};

/// Alignment over the realizations, where a law moves it.
struct AlignmentSummary {
  std::vector<Quantity> last;   ///< [pair a <= b] on the last day (solver::alignment_pair)
  std::vector<double> by_time;  ///< [pair][time] mean
};

/// Games of allocation (doctrine best-response) over all complete realizations.
struct GameSummary {
  double games = 0;                  ///< a realization, mean; 0: nobody has the doctrine
  double converged = 0, cycles = 0;  ///< shares of the games
  double rounds = 0;                 ///< a game, mean
};

/// What a law says of the issues of talks over the realizations.
struct IssueSummary {
  /// Mean and standard error, laid out as CompiledModel::issues() says. Quantiles are left out.
  std::vector<Quantity> last_day;
  std::vector<std::vector<Quantity>> by_time;  ///< [result of issue_law()][issue][time]; empty but of rounds over time
};

/// A metric of a question over the realizations in which it has a number.
struct AnswerSummary {
  Quantity quantity;  ///< NaN where none has
  Interval interval;  ///< of a probability: Moments::interval
  double share = 0;   ///< of the complete realizations that have a number
  int day = kNone;    ///< the stored day that it was taken on, where the metric names one and the run has it
};
using Answers = std::vector<std::vector<AnswerSummary>>;  ///< [question][metric]

/// The outcomes under one account of the package, or without any.
struct AccountSummary {
  std::string id;  ///< "" : the basic model
  std::size_t runs = 0, failed_runs = 0;
  std::vector<ActorSummary> actors;
  Answers answers{};
  ControlShares control{};
};

/// What kept a command from attacking: means over the realizations.
using PlanSummary = laws::PlanTally;

struct Summary {
  std::vector<std::uint32_t> numbers;  ///< realizations that are complete or failed, ascending
  std::size_t runs = 0, failed_runs = 0;
  std::optional<std::size_t> stopped_before;  ///< this many realizations were done: what is here is a part
  std::size_t quantile_runs = 0;              ///< quantiles are over the first so many complete realizations
  std::vector<int> days;                      ///< stored days
  std::vector<ActorSummary> actors;
  std::vector<PlanSummary> plans;  ///< [command]
  std::vector<DyadSummary> dyads;  ///< those with losses or effort in some realization, attacker then target
  ControlShares control;
  Quantity civilian_harm;
  Answers answers;                            ///< [question of the war][metric]
  std::vector<Quantity> war_outcome;          ///< as solver::Run::war_outcome
  std::optional<AlignmentSummary> alignment;  ///< none: no law moves it
  GameSummary decisions;
  std::optional<RegionMap> regions;  ///< where it was asked for; not of the store's realizations
  MonthSummary months;
  IssueSummary issues;                   ///< empty where no law says it
  std::vector<AccountSummary> accounts;  ///< where they were asked for: the basic model, then each account
  std::optional<UnitedMatrix> united;    ///< where it was asked for; not of the store's realizations
};

/// Reduces the store in the order of realization numbers: the same bytes whatever order they came in.
Summary summarise(const CompiledModel& model, const solver::SolveOptions& options, const RunStore& store);

/// An ensemble of which nothing but the summary is wanted.
struct RunSummary {
  RunEnd end;
  Summary summary;
};
/// As `run` into an empty store and `summarise`, the same bytes, in one pass and without a store where all that
/// quantiles rest on has room in memory (kSeriesBytes). Errors: that of RunStore::open for a temporary file.
Result<RunSummary> run_and_summarise(const CompiledModel& model, const EnsembleOptions& options);

/// What is kept of the course of a realization: events and decisions, or who stands where on every stored day as well,
/// which takes room for every place and actor.
enum class Follow { events, states };

/// Solves realizations again and keeps their paths: bit for bit those of the ensemble. Where `stop` was set meanwhile,
/// from any thread, what comes back is not to be looked at.
struct KeptRun {
  solver::Run run;
  solver::Path path;
};
std::vector<KeptRun> replay(const CompiledModel& model, const solver::SolveOptions& options,
                            std::span<const std::uint32_t> numbers, const std::atomic<bool>* stop = nullptr,
                            Follow follow = Follow::states);

}  // namespace truel::ensemble
