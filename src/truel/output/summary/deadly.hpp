// A war that kills out of all proportion: the first thing that is wrong in one that somebody has just written.
#pragma once

#include <string>

#include "truel/ensemble/ensemble.hpp"
#include "truel/model/long_war.hpp"

namespace truel::output {

/// Of a long war on a map (is_long) in which more men die than in any that comes with truel, of all sides together or
/// of one of them: who, and what to look at; "" of others. summary: with weekly means of fighters or closer ones.
std::string deadly_text(const War& war, const ensemble::Summary& summary);

}  // namespace truel::output
