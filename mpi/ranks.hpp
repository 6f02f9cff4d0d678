// Processes that mpirun started together. The one place that knows MPI; without -DTRUEL_MPI=ON there is none.
#pragma once

#include <string>

namespace truel::mpi {

/// Whether this build has MPI. If not, nothing else of this header may be used.
bool is_built();

/// All processes of one mpirun; a program that was started without it is the only one. Every process calls the same
/// functions in the same order.
class Ranks {
 public:
  Ranks();
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;
  ~Ranks();

  int rank() const { return rank_; }
  int count() const { return count_; }
  bool is_first() const { return rank_ == 0; }

  /// The greatest of the numbers that the processes give; waits for all of them.
  int greatest(int own) const;
  /// What the first process gives, in all.
  std::string of_first(std::string text) const;
  /// Ends all processes at once.
  [[noreturn]] static void abort(int status);

 private:
  int rank_ = 0, count_ = 1;
};

}  // namespace truel::mpi
