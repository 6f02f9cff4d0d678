// What studies ask: which accounts compete, of which outcome, with how many runs; and when the answer says nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/ensemble/store/run_store.hpp"
#include "truel/scenario/scenario.hpp"
#include "truel/sensitivity/analysis.hpp"
#include "truel/sensitivity/outcome.hpp"
#include "truel/sensitivity/sample.hpp"
#include "truel/sensitivity/study.hpp"

namespace truel::app {

/// A rival of this account, or of the basic model (kBase).
sensitivity::Rival rival_of(const std::string& account, const CompiledModel& model);

/// The study of these accounts of a package; of none: of the basic model and all its accounts but those that
/// are tables of draws. `overlay`: what is laid over each. Errors: those of load and make_study; an account given
/// twice.
Result<sensitivity::Study> study_of(const std::filesystem::path& package, const scenario::Overlay& overlay,
                                    std::vector<std::string> accounts, sensitivity::Grouping grouping);

/// The outcomes with these names, or every mistake in them.
Result<std::vector<sensitivity::Outcome>> outcomes_of(const War& war, const std::vector<std::string>& names);

/// How a study is sampled: as many blocks of its design as fit into so many runs. An error if these are too few;
/// `option` and what it is given with are the user's own words for them ("--runs ", "runs=").
Result<sensitivity::SampleOptions> sample_options(const sensitivity::Study& study, std::uint32_t runs,
                                                  std::uint64_t seed, int steps_per_day, int threads,
                                                  const char* option);

/// What an outcome has to be analysed with: "3 whole blocks of 20 runs in which it exists". An error where that says
/// nothing.
std::string whole_blocks(const sensitivity::Study& study, const sensitivity::Outcome& outcome,
                         const sensitivity::Outcomes& values);
Result<sensitivity::Analysis> analysis_of(const sensitivity::Study& study, const sensitivity::Outcome& outcome,
                                          const sensitivity::Outcomes& values, std::uint64_t seed, int threads);

/// What is wrong with comparing two versions of one war that differ in nothing; none if they differ. `hint`: what to do
/// about it, in the user's own words.
std::optional<Diagnostic> no_difference(const War& first, const War& second, const char* hint);

/// The actors whose enemies are to unite; "all": every ground actor with enemies on the first day. Errors: no such
/// actor; one with fewer than two enemies.
Result<std::vector<ActorIndex>> united_actors(const CompiledModel& model, const std::vector<std::string>& ids);

struct ChosenOutcome {
  sensitivity::Outcome outcome;
  std::string why;  ///< in words, if it is no survival
};

/// What is asked where the user does not say: the survival nearest to one run in two. Where each survival is all but
/// certain, the land of the actor whose part of the map's value varies most; the harm to civilians where no actor is
/// rated.
ChosenOutcome least_certain(const sensitivity::Study& study, const ensemble::RunStore& store);

}  // namespace truel::app
