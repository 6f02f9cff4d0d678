// What would become of an actor if its enemies stood together: who lives by whose quarrels.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "truel/ensemble/compare/compare.hpp"
#include "truel/ensemble/summary/united_fates.hpp"

namespace truel::ensemble {

/// Ground and air actors who are its enemies on the first day, at the medians of their alignments.
std::vector<ActorIndex> enemies_of(const CompiledModel& model, ActorIndex actor);

/// The war in which these stand so to each other. Dated changes among them no longer make a difference. `divided` is
/// the war as it is.
///
/// coordinated: laws.operations.joint is that of the package; where it is 0, the middle of the 0.3 to 0.8 that battles
/// of coalitions suggest (Cappella Zielinski and Grauer 2022).
/// one_command: the command with most men among them on the first day leads, with its own habits (reach, least
/// win probability, garrisons, preparation). It has the staffs of all of them on the first day, less one that the
/// joining takes up. Men whose place the package does not name stand anywhere on the land of all of them on the first
/// day. What the engine does not have: the months that it takes to set up one command, and armies that serve another's
/// plan with less zeal.
War united(const CompiledModel& model, ActorIndex actor, Unity unity);

/// The day from which they are to stand together, of a text that an option or a key gives; of an empty one the day
/// until which an analysis has laid in who held what, or none. Errors: no date; a day that is not in the war or is its
/// last.
Result<std::optional<Day>> day_of_unity(const War& war, const std::string& text, const char* name);

/// The same from a day on, ready to run: until then each realization is that of the war as it is, to the byte. Who is
/// an enemy, who leads and what staffs there are is what it is on the first day; those who have come to stand closer by
/// then stay so. No day, or none after the first: from the first day on.
CompiledModel united_from(const CompiledModel& model, ActorIndex actor, Unity unity, const std::optional<Day>& from);

/// How many runs `united_fates` makes of so many actors, `runs` of each ensemble.
std::size_t runs_of_united(std::size_t actors, std::size_t runs);

/// Of every actor in turn, in pairs with common random numbers. Cost: 1 + 3 times the actors ensembles of options.runs.
/// None if it was stopped. Progress counts all of them.
std::optional<UnitedMatrix> united_fates(const CompiledModel& model, std::span<const ActorIndex> actors,
                                         const EnsembleOptions& options, const std::optional<Day>& from = {});

}  // namespace truel::ensemble
