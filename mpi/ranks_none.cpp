#include <cstdlib>

#include "ranks.hpp"
#include "truel/base/result.hpp"

namespace truel::mpi {

bool is_built() {
  return false;
}

Ranks::Ranks() {
  TRUEL_CHECK(is_built());
}

Ranks::~Ranks() = default;

int Ranks::greatest(int own) const {
  return own;
}

std::string Ranks::of_first(std::string text) const {
  return text;
}

void Ranks::abort(int) {
  std::abort();
}

}  // namespace truel::mpi
