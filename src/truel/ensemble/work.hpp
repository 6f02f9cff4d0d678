// A study as numbered realizations that can be solved anywhere, in any order: what shards and processes divide.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "truel/ensemble/store/run_store.hpp"

namespace truel::ensemble {

struct Progress {
  std::size_t done = 0, wanted = 0;
  double seconds = 0;
};
using TellProgress = std::function<void(const Progress&)>;  ///< called from any thread, one at a time

/// Tells how far something is that began then, if anybody wants to know.
inline void tell(const TellProgress& progress, std::chrono::steady_clock::time_point begin, std::size_t done,
                 std::size_t wanted) {
  if (progress) {
    progress({done, wanted, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count()});
  }
}

struct Work {
  std::uint64_t size = 0;  ///< its realizations have the numbers 0 to size - 1
  /// Solves these, ascending, and appends them to the store; fewer if it is stopped. Progress, which may be empty, is
  /// told what the store then has of what it has and is to get. False: the disk is full.
  std::function<bool(std::span<const std::uint32_t> numbers, RunStore& store, const TellProgress& progress)> solve;
  /// Whether a realization that was read back can be that with its number.
  std::function<bool(const solver::Run&)> fits;
};

}  // namespace truel::ensemble
