// The tables of the results, and the map of the last day.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "truel/output/output.hpp"

namespace truel::output {

/// Who kills whom, and how much of the effort goes where: one row a pair.
std::string dyads_csv(const dynamics::CompiledModel& model, const ensemble::Summary& summary);

/// What happened in the realizations kept in full, in order of time.
std::string events_csv(const dynamics::CompiledModel& model, std::span<const ensemble::KeptRun> kept);

/// How the commands of those realizations scored their enemies at every decision, and why.
std::string priorities_csv(const dynamics::CompiledModel& model, std::span<const ensemble::KeptRun> kept);

/// GeoJSON (RFC 7946): the places with the probability of control by each actor on the last day.
std::string control_geojson(const dynamics::CompiledModel& model, const ensemble::Summary& summary);

/// The text as one CSV cell (RFC 4180).
std::string csv_cell(std::string_view text);

}  // namespace truel::output
