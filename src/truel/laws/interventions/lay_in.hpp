// A record laid into a run, as observations into a model of the weather.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// Gives each place that War::laid_in has for today, and that neither its holder nor a friend of his holds, to that
/// holder. His enemies there never came: they go to all other places where they have men, in proportion; who has none,
/// to the nearest place that they or their friends hold, and stays where there is none. He gets as many men as his
/// other places have in the middle, from all of them in proportion. An actor who has a row of forces.csv for all of the
/// map since the last such day gets the strength that it says. Whole men where is_whole. No capture is counted. Returns
/// whether there was anything to lay in.
bool lay_in(const CompiledModel& model, State& state, bool is_whole);

}  // namespace truel::laws
