// The numbers of a war that a reader can turn.
#pragma once

#include "truel/model/war.hpp"
#include "truel/output/json.hpp"

namespace truel::server {

/// A list of {"path", "table", "of", "name", "unit", "meaning", "written", "value", "low", "high", "least", "greatest",
/// "kind": "number" | "switch" | "choice", "words", "basis": [{"kind", "id", "text"}]}: every number that the package
/// gives of forces, actors, commands, sponsors, ties and interventions, and what switches a law. value: the median of
/// what is written. low, high: the ends of a slider; what the package thinks possible lies between them. least,
/// greatest: what it may be set to, null where nothing bounds it.
output::Json dials_json(const War& war);

}  // namespace truel::server
