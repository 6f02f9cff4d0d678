// Versions of a war that differ from it in a stated way, to be compared with it in pairs of runs.
#pragma once

#include <utility>
#include <vector>

#include "truel/world/compiled/compiled_model.hpp"

namespace truel::ensemble {

/// Rows of War::interventions that set this number, or the alignment that it is. Pledges are not among them: they copy
/// alignments of somebody else.
std::vector<int> rows_that_set(const War& war, int parameter);

/// Whether a number may be above 0 in some realization, on some day.
bool may_be_positive(const War& war, int parameter);

/// Gives a number one value for the whole war: dated changes that set it set it to the same, or, where they set others
/// too, no longer set it.
void hold(War& war, int parameter, double value);

/// An alignment at which two actors are neither friends nor enemies: the middle between the thresholds.
double neutral_alignment(const War& war);

/// The numbers, and what each is held at, by which all effort of a command goes at one actor: the fixed doctrine, and
/// the shares of all its members.
std::vector<std::pair<int, double>> all_effort_at(const CompiledModel& model, CommandIndex command, ActorIndex actor);

/// The war without an actor, which stays in the lists so that draws and random numbers of all others are the same:
/// - no fighters, on the first day or by a dated arrival; the places that it held on the first day are nobody's;
/// - nothing flows in: no recruits, no sponsors' flows, nobody goes over to it or merges into it (who would join it
///   rather than follow its leaders goes home); it flies no sorties, and what it gives to others as their sponsor or in
///   trade ceases;
/// - no seat in talks, and no place at the table (horizon);
/// - it is neutral to all, all the time, with no rivalry, bargain or nationals of others.
/// Fixed shares of effort aimed at it go to the other enemies at hand, as the fire law has it. Its supporters stay
/// where they live and support nobody else. Errors: alignment moves by triads or by sides, which count every actor.
Result<War> without(const War& war, ActorIndex actor);

}  // namespace truel::ensemble
