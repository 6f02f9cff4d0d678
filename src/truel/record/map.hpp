// The map of a war as records are compared on it: roads, and provinces.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "truel/model/distributions/distribution.hpp"
#include "truel/model/war.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::record {

/// [place] the places one road away. Road lengths are medians.
inline std::vector<std::vector<NearPlace>> roads_of(const War& war) {
  std::vector<std::vector<NearPlace>> roads(war.places.size());
  for (int l = 0; l < static_cast<int>(war.links.size()); ++l) {
    const Link& link = war.links[at(l)];
    const double km = quantile(war.parameters[at(war.link(l, LinkParameter::road_km))].distribution, 0.5);
    roads[at(link.a)].push_back({link.b, km});
    roads[at(link.b)].push_back({link.a, km});
  }
  return roads;
}

/// Numbers provinces from 0 on, in the order in which they are asked for. A place that says none is one of its own.
class Provinces {
 public:
  int of(const Place& place) {
    const std::string name = place.country + "/" + (place.admin1.empty() ? place.id : place.admin1);
    return numbers_.emplace(name, static_cast<int>(numbers_.size())).first->second;
  }

 private:
  std::map<std::string, int> numbers_;
};

}  // namespace truel::record
