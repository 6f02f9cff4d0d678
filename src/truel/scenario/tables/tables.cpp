#include "truel/scenario/tables/tables.hpp"

#include <array>

#include "truel/scenario/evidence/evidence.hpp"

namespace truel::scenario {

std::span<const TableInfo> tables() {
  static const std::array all{actors_table(),   commands_table(),  places_table(),        links_table(),
                              control_table(),  forces_table(),    support_table(),       ties_table(),
                              sponsors_table(), positions_table(), interventions_table(), claims_table(),
                              topics_table(),   aliases_table(),   death_scores_table()};
  return all;
}

}  // namespace truel::scenario
