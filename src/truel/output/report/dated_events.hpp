// What a package says happens on a day, for the time axes of the page.
#pragma once

#include "truel/output/json.hpp"

namespace truel::output {

/// The interventions of the run that do something, those of one day and note as one: [{"date", "note", "basis"}], by
/// date. basis: what their values rest on, as of a number of the page. Left out: those before the first day or without
/// a note, and arrivals, departures and pledges that are switched off (a value of 0).
Json dated_events_json(const CompiledModel& model);

}  // namespace truel::output
