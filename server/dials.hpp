// The numbers of a war that a reader can turn.
#pragma once

#include "truel/model/war.hpp"
#include "truel/output/json.hpp"

namespace truel::server {

/// A list of {"path", "table", "of", "name", "unit", "meaning", "written", "value", "low", "high", "least", "greatest",
/// "kind": "number" | "switch" | "choice" | "date", "words", "note", "sets", "basis": [{"kind", "id", "text", "title",
/// "speaker", "paragraph"}]}: every number that the package gives of forces, actors, commands, sponsors, ties and
/// interventions, the days of interventions, and what switches a law. value: the median of what is written; a day as
/// YYYY-MM-DD. low, high: the ends of a slider; what the package thinks possible lies between them, and of a day the
/// whole war. least, greatest: what it may be set to, null where nothing bounds it. note, sets: of the intervention,
/// and the path that its value replaces. title: of the source. from_analysis: runs begin earlier, so that strengths of
/// any day may count; else only those of the first day do.
output::Json dials_json(const War& war, bool from_analysis);

}  // namespace truel::server
