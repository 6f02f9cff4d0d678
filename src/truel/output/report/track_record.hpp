// An ensemble held against the package's own record of who held what, over the days of the run.
#pragma once

#include "truel/output/json.hpp"

namespace truel::output {

/// {"first", "last", "places", "scores", "deaths"}, or null: where control.csv tells of no change of hands, or ends by
/// the first day of the run. The record is cut at the last day of the run. places: [place] of spells [from, to,
/// holder], both days included, a holder being an actor's id, "none" or "contested". scores: rows by horizon, model
/// ("truel", with its account; "persistence": nothing changes; "spatial-hazard", where there are nine months of record
/// before), subset ("all", "changed", "unchanged" places) and score ("brier"; "probability": of the true holder), with
/// bootstrap intervals and the difference to persistence. Actors with one record code count as one holder. deaths: the
/// rows of death_scores.csv.
Json track_record_json(const CompiledModel& model, const ensemble::Summary& summary);

}  // namespace truel::output
