// The tables of the results, and the map of the last day.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "truel/output/output.hpp"

namespace truel::output {

/// Who kills whom, and how much of the effort goes where: one row a pair.
std::string dyads_csv(const CompiledModel& model, const ensemble::Summary& summary);

/// Fighters killed by calendar month, pair and country: one row for each that is above 0 in some realization.
std::string months_dyads_csv(const CompiledModel& model, const ensemble::Summary& summary);

/// Fighters killed, people harmed and changes of hands by calendar month and place: one row for each month and place
/// where something happened in some realization.
std::string months_places_csv(const CompiledModel& model, const ensemble::Summary& summary);

/// What happened in the realizations kept in full, in order of time.
std::string events_csv(const CompiledModel& model, std::span<const ensemble::KeptRun> kept);

/// How the commands of those realizations scored their enemies at every decision, and why.
std::string priorities_csv(const CompiledModel& model, std::span<const ensemble::KeptRun> kept);

/// GeoJSON (RFC 7946): the places with the probability of control by each actor on the last day.
std::string control_geojson(const CompiledModel& model, const ensemble::Summary& summary);

/// The text as one CSV cell (RFC 4180). One that a spreadsheet would take for a formula (it begins with =, +, - or @
/// and is no number) gets an apostrophe before it.
std::string csv_cell(std::string_view text);

/// Six digits; nothing for what is not finite.
std::string csv_cell(double x);

}  // namespace truel::output
