// Work of a page's worker, which is one thread: in the order of the indices.
#include "truel/ensemble/parallel.hpp"

namespace truel::ensemble {

void for_each_index(std::size_t n, int /*threads*/, const std::function<void(std::size_t)>& body) {
  for (std::size_t i = 0; i < n; ++i) {
    body(i);
  }
}

}  // namespace truel::ensemble
