// What settlement the state of the war would give: positions, saliences and capabilities of those at the table, and the
// weight in it that an enemy's land would add.
#pragma once

#include <span>
#include <vector>

#include "truel/world/view.hpp"

namespace truel::talks {

/// The settlement predicted from the state (model.md, section 4, settlement): every actor that is not
/// excluded and has a row in positions.csv sits at the table with its position, its salience and its capability. The
/// capability is the one given, or else the weighted mean of its parts of all fighters, of the value of all places and
/// of all foreign backing. With challenges each issue is settled by itself in rounds; with an election all are settled
/// at once, and round 1 is the outcome: median and mean of the positions weighted by their chances. out:
/// [model.settlement().size()]. Cost: actors cubed a round and issue.
void predict_settlement(const CompiledModel& model, const State& state, std::span<double> out);

/// What an enemy's land would add to a command's expected settlement: the part of an issue by which the predicted mean
/// comes nearer to its members' positions (weighted by their saliences) if the member with most fighters held that land
/// too. [command][enemy]; 0 where the command does not weigh it, has no seat or no men, or where capabilities are
/// given. Empty where the law does not act. Cost: a prediction for each enemy of a command that weighs land.
std::vector<double> land_gains(const CompiledModel& model, const State& state, const View& view);

}  // namespace truel::talks
