// The tables of a package, a file each: which columns it has, how it is read, and what must hold in it.
#pragma once

#include <span>
#include <string>

#include "truel/scenario/reading/context.hpp"

namespace truel::scenario {

TableInfo actors_table();
TableInfo commands_table();
TableInfo places_table();
TableInfo links_table();
TableInfo control_table();
TableInfo forces_table();
TableInfo support_table();
TableInfo ties_table();
TableInfo sponsors_table();
TableInfo positions_table();
TableInfo interventions_table();

/// Those that read rows into the war: commands and actors before all others, interventions after sets.
void read_commands(Context& in);
void read_actors(Context& in);
void read_places(Context& in);
void read_links(Context& in);
void read_control(Context& in);
void read_forces(Context& in);
void read_support(Context& in);
void read_ties(Context& in);
void read_sponsors(Context& in);
void read_positions(Context& in);
void read_interventions(Context& in);
/// Finds the numbers that interventions change, once all are laid out.
void finish_interventions(Context& in);

/// A map in several parts, by links.csv.
void check_connected(Context& in);
/// Spells of control.csv that overlap.
void check_spells(Context& in);
/// That somebody has forces on the first day.
void check_forces_begin(Context& in);

/// The number of a forces row, a support row, an intervention: columns that no other part of the model names.
std::span<const ParameterInfo> force_numbers();
std::span<const ParameterInfo> support_numbers();

}  // namespace truel::scenario
