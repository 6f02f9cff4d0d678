// Two rules that change one thing at a time, and what alignments amount to: frustration, energy, imbalanced triads.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// Local triad dynamics (Antal, Krapivsky and Redner 2005). A link is friendly where alignment is above 0, hostile
/// elsewhere; a triad is imbalanced with one or three hostile links. An update takes one imbalanced triad by chance and
/// flips one of its links: of three hostile ones any; otherwise the hostile one with chance `triads_chance`, else one
/// of the friendly ones. With `triads_constrained` any of the three links is taken, and flips if the number of
/// imbalanced triads falls, with chance 1/2 if it stays, never if it rises. A flipped link is -1 or 1. Does the updates
/// of one day; nothing happens, and nothing counts as an update, once all triads are balanced.
void update_triads(const CompiledModel& model, State& state, int day);

/// Landscape theory (Axelrod and Bennett 1993): an update takes one of the actors who would lower their frustration by
/// changing side, by chance, and lets it change. Does the updates of one day; stops where no actor would.
void update_sides(const CompiledModel& model, State& state, int day);

/// Alignment 1 for pairs on one side, -1 for pairs on opposite sides.
void align_by_side(State& state);

/// Propensity of a pair: the mean of what ties.csv gives for its two directions, 0 without either.
double propensity(const CompiledModel& model, const State& state, ActorIndex a, ActorIndex b);

/// Sum over all others b of size[b] × propensity[a,b] × d, d = (1 - A[a,b]) / 2 within 0 and 1: 0 on one side, 1 on
/// opposite ones (the paper's F).
double frustration(const CompiledModel& model, const State& state, ActorIndex a);

/// Sum over all actors of size × frustration: each pair counts twice, as in the paper.
double energy(const CompiledModel& model, const State& state);

/// Triads with one or three hostile links.
int imbalanced_triads(const State& state);

/// Share of the pairs whose alignment is above 0; 0 for a single actor.
double friendly_share(const State& state);

/// Groups of actors joined by chains of pairs at or above the ally threshold; an actor without allies is a group of its
/// own.
int factions(const CompiledModel& model, const State& state);

}  // namespace truel::laws
