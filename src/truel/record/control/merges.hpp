// The sides of a record as they are scored: apart and, where the record cannot tell some, together.
#pragma once

#include <set>
#include <vector>

#include "truel/record/control/control.hpp"
#include "truel/record/observations/observations.hpp"
#include "truel/record/observations/rules.hpp"

namespace truel::record {

struct Merge {
  bool merged = false;
  std::vector<int> counts_as;  ///< [side] the side that it counts as
  ControlRecord record;

  std::size_t holders() const { return std::set<int>(counts_as.begin(), counts_as.end()).size(); }
};

/// First the sides apart; then, if rules merge any, with those as one.
std::vector<Merge> merges_of(const Observations& observations, const Rules& rules);

}  // namespace truel::record
