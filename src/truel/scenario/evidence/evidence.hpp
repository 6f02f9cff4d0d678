// The tables of what is said: claims, their topics, the names that sources use, and how forecasts did.
#pragma once

#include "truel/scenario/reading/context.hpp"

namespace truel::scenario {

TableInfo claims_table();
TableInfo topics_table();
TableInfo aliases_table();
TableInfo death_scores_table();

void read_topics(Context& in);
void read_claims(Context& in);
void read_aliases(Context& in);
void read_death_scores(Context& in);

/// The ids of actors, commands and sponsors: who can do or suffer what a claim tells.
Ids parties(const Context& in);

}  // namespace truel::scenario
