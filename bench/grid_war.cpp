#include "grid_war.hpp"

#include <fmt/format.h>

#include "truel/base/index.hpp"
#include "truel/laws/laws.hpp"

namespace truel::bench {

War grid(int side) {
  War war;
  war.end = war.start + 28;
  war.default_alignment = -1;
  for (const char* id : {"east", "west"}) {
    war.actors.push_back({.id = id, .name = id, .command = static_cast<int>(war.commands.size())});
    war.commands.push_back({.id = id, .name = id});
  }
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      const PlaceIndex p = row * side + column;
      const ActorIndex holder = column < side / 2 ? 1 : 0;
      const std::string id = fmt::format("town_{:05}", p);
      war.places.push_back({.id = id, .name = id});
      war.control.push_back({.place = p, .from = war.start, .to = war.end, .controller = holder});
      war.forces.push_back({.actor = holder, .place = p, .date = war.start});
      if (column + 1 < side) {
        war.links.push_back({.a = p, .b = p + 1});
      }
      if (row + 1 < side) {
        war.links.push_back({.a = p, .b = p + side});
      }
    }
  }
  war.lay_out_parameters();
  const auto set = [&](int parameter, double value) { war.parameters[at(parameter)].distribution = {.a = value}; };
  for (int link = 0; link < static_cast<int>(war.links.size()); ++link) {
    set(war.link(link, LinkParameter::road_km), 5);
  }
  for (int row = 0; row < static_cast<int>(war.forces.size()); ++row) {
    set(war.force(row), 40);
  }
  for (ActorIndex a = 0; a < 2; ++a) {
    set(war.actor(a, ActorParameter::kill_rate), .01);
    const CommandIndex own = war.actors[at(a)].command;
    set(war.command(own, CommandParameter::doctrine), static_cast<double>(Doctrine::priority));
    set(war.command(own, CommandParameter::reach_km), 50);
  }
  set(war.law(laws::number_of<laws::Operations>(laws::Operations::relief_km)), 50);
  set(war.law(laws::number_of<laws::Fire>(laws::Fire::on)), 1);
  set(war.law(laws::number_of<laws::Operations>(laws::Operations::on)), 1);
  return war;
}

}  // namespace truel::bench
