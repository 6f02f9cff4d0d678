// Who fights whom: the share of each enemy in all of a side's fighting, by the dead of its dyads.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "truel/record/deaths/deaths.hpp"

namespace truel::record {

/// A side of a dyad and the other one, its enemy.
struct Fight {
  std::string side, enemy;
  std::size_t dyad;
};

/// Each dyad from both of its sides, by the names of sides; first the fights of one side, then those of the next.
std::vector<Fight> fights_of(const Dyads& dyads);

/// [dyad] deaths over these months, which the record covers.
std::vector<double> sums_of(const DeathSeries& series, const std::vector<int>& months);

/// [fight] deaths of its dyad in those of all dyads of its side, 0 to 1; NaN where nobody died in any. deaths: [dyad].
std::vector<double> shares_of(const std::vector<Fight>& fights, const std::vector<double>& deaths);

/// [fight] sorted shares of the realizations in which somebody died in the fights of its side. deaths:
/// [dyad][realization], the same realizations in the same order for every dyad.
std::vector<std::vector<double>> member_shares(const std::vector<Fight>& fights,
                                               const std::vector<std::vector<double>>& deaths);

/// Deaths as an ensemble of one.
std::vector<std::vector<double>> as_members(const std::vector<double>& deaths);

}  // namespace truel::record
