// The runs of a sensitivity study: block after block, until there are enough or somebody stops it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "truel/ensemble/ensemble.hpp"
#include "truel/sensitivity/outcome.hpp"
#include "truel/sensitivity/study.hpp"

namespace truel::sensitivity {

struct SampleOptions {
  solver::SolveOptions solve;  ///< the seed is also that of the design
  std::uint32_t blocks = 0;
  int threads = 0;
  std::function<void(const ensemble::Progress&)> progress;  ///< called from any thread, one at a time
  const std::atomic<bool>* stop = nullptr;                  ///< set: finish the runs in flight and return
};

/// The runs of blocks 0, 1, ... of a study, which has to outlive it, as `run` numbers them. Of the options solve,
/// blocks, threads and stop are looked at.
ensemble::Work work_of(const Study& study, const SampleOptions& options);

/// Runs what the store lacks of blocks 0, 1, ... The run `role` of a block has the number block * block_size + role, by
/// which its chance is keyed. More blocks extend the same design. False if the disk is full.
bool run(const Study& study, const SampleOptions& options, ensemble::RunStore& store);

/// Outcomes of the whole blocks in the store, in order.
struct Outcomes {
  std::vector<std::uint32_t> blocks;  ///< numbers
  std::vector<double> y;              ///< [block][role]
  std::size_t failed_runs = 0;        ///< their blocks are left out
  std::size_t undefined_runs = 0;     ///< in which the outcome does not exist; their blocks are left out
};

Outcomes outcomes_of(const Study& study, const Outcome& outcome, const ensemble::RunStore& store);

}  // namespace truel::sensitivity
