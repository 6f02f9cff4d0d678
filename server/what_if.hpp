// A package that is asked "what if": numbers changed, both wars run in pairs, the differences told while they come in.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/result.hpp"
#include "truel/ensemble/compare/until_sure.hpp"
#include "truel/output/json.hpp"
#include "truel/output/provenance.hpp"
#include "truel/scenario/formats/package_files.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::server {

/// Enemies of an actor who stand together, as ensemble::Unity has it.
struct UnitedEnemies {
  std::string actor;  ///< id; "": nobody's enemies do
  std::string way;    ///< one of ensemble::kUnities by name, but the first
  std::string from;   ///< YYYY-MM-DD, the day from which they do; "": the first

  bool operator==(const UnitedEnemies&) const = default;
};

/// What the two sides lay over the package.
struct Question {
  std::vector<std::string> against;                ///< ids of the first side's accounts
  std::vector<std::string> against_settings;       ///< "path=value", laid over the first
  std::vector<std::string> accounts;               ///< of the second side's
  std::vector<std::string> settings;               ///< laid over the second
  UnitedEnemies against_united;                    ///< on the first side, over all that is laid over it
  UnitedEnemies united;                            ///< on the second
  std::optional<Day> until;                        ///< last day instead of the scenario's
  std::uint32_t runs = 200;                        ///< pairs, or the most
  std::vector<ensemble::ComparedKind> until_sure;  ///< no more pairs than make these sure; empty: all
  std::string session;                             ///< whose question it is; "": nobody's
};

/// A war that starts from an analysis.
struct AnalysedWar {
  CompiledModel model;
  output::StartingAnalysis analysis;
};
/// Makes them.
struct AnalysisMaker {
  /// Of what is laid over a package, for runs with these options; what comes out once they are stopped is not looked
  /// at. Errors: mistakes of accounts and settings.
  std::function<Result<AnalysedWar>(const scenario::Overlay& overlay, const ensemble::EnsembleOptions& options)> war;
  std::string options;  ///< with which `truel compare` starts from the same
};

class WhatIf {
 public:
  /// One side, kept so that the next question need not run it again.
  struct Side {
    std::optional<output::StartingAnalysis> analysis;  ///< that it starts from, if it does
    std::mutex mutex;                                  ///< of measured
    std::shared_ptr<const CompiledModel> model;
    std::unique_ptr<ensemble::MeasuredSide> measured;

    std::uint32_t runs() {
      const std::lock_guard lock(mutex);
      return measured->runs();
    }
  };

  /// A question whose sides are read.
  struct Pair {
    Question question;
    std::shared_ptr<Side> one, other;                 ///< the same where no number differs
    std::shared_ptr<const ensemble::UntilSure> rule;  ///< null: all pairs are asked for, or the sides are one
    bool is_same() const { return one == other; }
    /// After how many pairs it is told next what they say: twice as many, or at the next look of the rule.
    std::uint32_t next_told(std::uint32_t pairs) const;
  };
  /// Reads and checks the package, which is kept in memory: what is asked later is asked of the files as they were
  /// then. Errors: its mistakes.
  static Result<std::unique_ptr<WhatIf>> open(const std::filesystem::path& package, int threads);
  /// The same of files that lie in no folder. analyse: given, all wars start from an analysis.
  static Result<std::unique_ptr<WhatIf>> open(scenario::PackageFiles package, int threads, AnalysisMaker analyse = {});

  const scenario::PackageFiles& files() const { return package_; }
  const War& war() const { return model_->war(); }

  /// The war and every number of it that can be turned, for the page and for programs; and the analysis that it starts
  /// from, where it does.
  output::Json description() const;

  /// Runs pairs of realizations, a few first and then more, and hands over what they say so far (as comparison.json has
  /// it, with places) until all are done, `tell` says false or `stop` is set. Realization r has the draws and random
  /// numbers of `truel compare --seed 1`: what is told last is what that command prints, with --until-sure where that
  /// was asked for. Errors, before anything is told: mistakes of the accounts and settings. Safe to be called by
  /// several threads at a time.
  Diagnostics answer(const Question& question, const std::atomic<bool>& stop,
                     const std::function<bool(const output::Json&)>& tell);

  /// The parts of `answer`, for who runs the realizations elsewhere. Errors: as there.
  Result<Pair> pair_of(const Question& question, const std::atomic<bool>* stop = nullptr);
  /// What the first `pairs` say, which both sides have.
  static output::Json told(const Pair& pair, std::uint32_t pairs);
  /// The seed, solver and threads of every question.
  ensemble::EnsembleOptions options() const;

 private:
  WhatIf(scenario::PackageFiles package, int threads, AnalysisMaker analyse)
      : package_(std::move(package)), threads_(threads), analyse_(std::move(analyse)) {}
  Result<std::shared_ptr<Side>> side(const scenario::Overlay& overlay, const UnitedEnemies& united, std::uint32_t runs,
                                     const std::atomic<bool>* stop);
  void share(const Pair& pair);
  Result<AnalysedWar> analysed(const scenario::Overlay& overlay, std::uint32_t runs,
                               const std::atomic<bool>* stop) const;

  scenario::PackageFiles package_;
  int threads_;
  AnalysisMaker analyse_;
  std::shared_ptr<const CompiledModel> model_;  ///< of the package
  std::shared_ptr<Side> base_;                  ///< what runs of it, for a question as it is by default
  std::mutex mutex_;                            ///< of sides_ and keeper_
  std::list<std::pair<std::string, std::shared_ptr<Side>>> sides_;  ///< those asked for last first
  std::shared_ptr<Side> keeper_;                                    ///< the one side that keeps states for others
};

}  // namespace truel::server
