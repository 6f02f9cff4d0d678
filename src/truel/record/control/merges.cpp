#include "truel/record/control/merges.hpp"

#include <numeric>

namespace truel::record {

std::vector<Merge> merges_of(const Observations& observations, const Rules& rules) {
  std::vector<int> apart(at(observations.sides.size()));
  std::iota(apart.begin(), apart.end(), 0);
  const std::vector<int> together = merge(observations.sides, rules);
  std::vector<Merge> merges{{false, apart, observations.control}};
  if (together != apart) {
    merges.push_back({true, together, observations.control.merged(together)});
  }
  return merges;
}

}  // namespace truel::record
