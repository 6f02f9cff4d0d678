// What a sensitivity study asks: which accounts compete, and of which outcome.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/ensemble/store/run_store.hpp"
#include "truel/scenario/scenario.hpp"
#include "truel/sensitivity/outcome.hpp"
#include "truel/sensitivity/study.hpp"

namespace truel::app {

/// "table", "source" or "parameter"; anything else: by basis.
sensitivity::Grouping grouping_of(const std::string& by);

/// A rival of this account, or of the package as it stands (kBase).
sensitivity::Rival rival_of(const std::string& account, const CompiledModel& model);

/// The study of these accounts of a package; of none: of the package as it stands and all its accounts but those that
/// are tables of draws. `overlay`: what is laid over each. Errors: those of load and make_study; an account given
/// twice.
Result<sensitivity::Study> study_of(const std::filesystem::path& package, const scenario::Overlay& overlay,
                                    std::vector<std::string> accounts, sensitivity::Grouping grouping);

/// The outcomes with these names, or every mistake in them.
Result<std::vector<sensitivity::Outcome>> outcomes_of(const War& war, const std::vector<std::string>& names);

struct ChosenOutcome {
  sensitivity::Outcome outcome;
  std::string why;  ///< in words, if it is no survival
};

/// What is asked where the user does not say: the survival nearest to one run in two. Where each survival is all but
/// certain, the land of the actor whose part of the map's value varies most; the harm to civilians where no actor is
/// rated.
ChosenOutcome least_certain(const sensitivity::Study& study, const ensemble::RunStore& store);

}  // namespace truel::app
