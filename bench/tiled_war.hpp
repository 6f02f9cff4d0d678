// A war on a map several times as large, for measuring how cost grows.
#pragma once

#include "truel/model/war.hpp"

namespace truel::bench {

/// The same actors fight over `tiles` copies of the map, which no road joins. Each copy has the places, roads, spells
/// of control, forces and support of the original; what an actor gets or sends for the whole map (strength that is
/// spread by the engine, recruits from abroad, sorties, money) is `tiles` times as large. So every copy is about as
/// busy as the original. Numbers that belong to a place are uncertain in the first copy alone and have their median in
/// the others.
War tiled(const War& war, int tiles);

}  // namespace truel::bench
