// What a package says happens on a day, for the time axes of the page.
#pragma once

#include "truel/output/json.hpp"

namespace truel::output {

/// Whether an intervention does something in these runs: it is not switched off, and no arrival, departure or pledge of
/// nought.
bool does_something(const CompiledModel& model, std::size_t intervention);

/// The interventions of the run that do something, those of one day and note as one: [{"date", "note", "basis"}], by
/// date. basis: what their values rest on, as of a number of the page. Left out: those before the first day or without
/// a note.
Json dated_events_json(const CompiledModel& model);

}  // namespace truel::output
