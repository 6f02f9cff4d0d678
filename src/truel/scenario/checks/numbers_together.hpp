// Mistakes that show only when the numbers of a war are held against each other, whoever wrote them.
#pragma once

#include <vector>

#include "truel/base/formats/mistakes.hpp"
#include "truel/model/war.hpp"

namespace truel::scenario {

/// Shares and support that add up to more than all, thresholds that cross, what laws object to, and numbers of actors
/// of the other kind.
void check_numbers_together(const War& war, Mistakes& mistakes);

/// Numbers of air actors that only ground actors can have, and the other way round.
struct Misfit {
  int number;
  ActorIndex actor;
};
std::vector<Misfit> misfits(const War& war);

}  // namespace truel::scenario
