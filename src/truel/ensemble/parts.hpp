// Realizations that are solved in one place and looked at in another.
#pragma once

#include <cstdint>
#include <functional>

#include "truel/ensemble/ensemble.hpp"
#include "truel/solver/midway.hpp"

namespace truel::ensemble {

/// Where realizations come from, and what is kept of them.
struct Source {
  std::function<void(solver::Run&)> reduce{};  ///< takes out what will not be looked at; called from any thread
  const RunStore* made = nullptr;              ///< those that were made already, and reduced: none is solved
  std::uint32_t made_first = 0;                ///< that with the number r has the number made_first + r among them
  const solver::SharedStart* shared_start = nullptr;  ///< what those that are solved share with another war, if they do
};

/// As `visit` of ensemble.hpp. Throws StoreError as RunStore::read.
void visit(const CompiledModel& model, const EnsembleOptions& options, const Source& source,
           const std::function<void(const solver::Run&)>& take);

/// One of the ensembles of a work.
struct Member {
  const CompiledModel* model = nullptr;
  std::function<void(solver::Run&)> reduce{};  ///< as in Source
};

/// The realizations 0 to options.runs - 1 of each of so many ensembles, numbered and looked at as in `work_of` of
/// ensemble.hpp. `member` gives an ensemble, whose model has to be there until the next is asked for.
Work work_of(std::size_t ensembles, const std::function<Member(std::size_t)>& member, const EnsembleOptions& options);

}  // namespace truel::ensemble
