#include <mpi.h>

#include <algorithm>
#include <cstdlib>

#include "ranks.hpp"

namespace truel::mpi {

bool is_built() {
  return true;
}

// A call that fails ends all processes (MPI_ERRORS_ARE_FATAL, what MPI begins with).

Ranks::Ranks() {
  int provided = 0;
  // The threads of a process solve; that which called calls MPI.
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  MPI_Comm_size(MPI_COMM_WORLD, &count_);
}

Ranks::~Ranks() {
  MPI_Finalize();
}

int Ranks::greatest(int own) const {
  int all = own;
  MPI_Allreduce(&own, &all, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  return all;
}

std::string Ranks::of_first(std::string text) const {
  constexpr unsigned long long kMostAtOnce = 1U << 30;  // MPI counts with int
  unsigned long long size = text.size();
  MPI_Bcast(&size, 1, MPI_UNSIGNED_LONG_LONG, 0, MPI_COMM_WORLD);
  text.resize(size);
  for (unsigned long long from = 0; from < size; from += kMostAtOnce) {
    MPI_Bcast(text.data() + from, static_cast<int>(std::min(kMostAtOnce, size - from)), MPI_BYTE, 0, MPI_COMM_WORLD);
  }
  return text;
}

void Ranks::abort(int status) {
  MPI_Abort(MPI_COMM_WORLD, status);
  std::abort();
}

}  // namespace truel::mpi
