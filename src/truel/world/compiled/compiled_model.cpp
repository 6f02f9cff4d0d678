#include "truel/world/compiled/compiled_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "truel/base/index.hpp"
#include "truel/model/distributions/truncated.hpp"
#include "truel/model/latest_rows.hpp"
#include "truel/world/compiled/road_search.hpp"

namespace truel {
namespace {

/// Entries of a table of roads up to which each place has all others within CompiledModel::kNearKm.
constexpr std::size_t kRoadEntries = 1'000'000;

using RoadTable = std::vector<std::vector<NearPlace>>;

/// For each place the others within so many kilometres, nearest first; none if these are more than `most_entries`.
std::optional<RoadTable> road_table(const std::vector<std::vector<Neighbour>>& neighbours, double most_km,
                                    std::size_t most_entries) {
  const int n = static_cast<int>(neighbours.size());
  RoadTable table(at(n));
  RoadSearch search;
  std::vector<NearPlace> found;
  std::size_t entries = 0;
  for (PlaceIndex from = 0; from < n; ++from) {
    search.start(from, n, most_km);
    found.clear();
    while (const auto place = search.next([&](PlaceIndex p) -> const auto& { return neighbours[at(p)]; })) {
      found.push_back(*place);
    }
    table[at(from)].assign(found.begin(), found.end());
    entries += found.size();
    if (entries > most_entries) {
      return std::nullopt;
    }
  }
  return table;
}

/// All places within kNearKm of each other and as near as orders can go; where that takes too much memory, the latter.
RoadTable roads_for(const std::vector<std::vector<Neighbour>>& neighbours, double orders_km) {
  if (auto all = road_table(neighbours, std::max(orders_km, CompiledModel::kNearKm), kRoadEntries)) {
    return std::move(*all);
  }
  return *road_table(neighbours, orders_km, std::numeric_limits<std::size_t>::max());
}

}  // namespace

void CompiledModel::number_countries() {
  const War& war = *war_;
  for (const Place& place : war.places) {
    countries_.push_back(place.country);
  }
  std::sort(countries_.begin(), countries_.end());
  countries_.erase(std::unique(countries_.begin(), countries_.end()), countries_.end());
  for (const Place& place : war.places) {
    country_of_.push_back(
        static_cast<int>(std::lower_bound(countries_.begin(), countries_.end(), place.country) - countries_.begin()));
  }
}

void CompiledModel::gather_actors() {
  const War& war = *war_;
  members_.resize(war.commands.size());
  for (ActorIndex a = 0; a < n_actors(); ++a) {
    members_[at(war.actors[at(a)].command)].push_back(a);
    ground_ |= is_air(a) ? 0 : bit(a);
  }
  sponsors_.resize(at(n_actors()));
  for (int s = 0; s < static_cast<int>(war.sponsors.size()); ++s) {
    sponsors_[at(war.sponsors[at(s)].recipient)].push_back(s);
    const auto found = std::find_if(war.actors.begin(), war.actors.end(),
                                    [&](const Actor& a) { return a.id == war.sponsors[at(s)].sponsor; });
    sponsor_actor_.push_back(found == war.actors.end() ? kNone : static_cast<int>(found - war.actors.begin()));
  }
}

void CompiledModel::read_parameters() {
  const War& war = *war_;
  std::vector<char> may_be_positive;  // [parameter]
  for (const Parameter& parameter : war.parameters) {
    may_be_positive.push_back(upper_bound(parameter.distribution) > 0);
  }
  for (const Intervention& i : war.interventions) {
    if (i.action == InterventionAction::set && i.target != kNone) {
      may_be_positive[at(i.target)] = true;
    }
  }
  for (std::size_t p = 0; p < law_parameters().size(); ++p) {
    positive_laws_.push_back(may_be_positive[at(war.law(static_cast<LawParameter>(p)))]);
  }
  positive_ties_.resize(tie_parameters().size());
  for (std::size_t p = 0; p < tie_parameters().size(); ++p) {
    for (ActorIndex a = 0; a < n_actors(); ++a) {
      for (ActorIndex b = 0; b < n_actors(); ++b) {
        positive_ties_[p] |= may_be_positive[at(war.tie(a, b, static_cast<TieParameter>(p)))];
      }
    }
  }

  medians_.resize(war.parameters.size());
  int in_package = 0;
  for (const Parameter& parameter : war.parameters) {
    in_package += parameter.varies_in_package;
  }
  int dimension = 0;
  for (std::size_t i = 0; i < war.parameters.size(); ++i) {
    const Parameter& parameter = war.parameters[i];
    medians_[i] = median(parameter);
    if (!parameter.distribution.is_value()) {
      uncertain_.push_back(static_cast<int>(i));
      // Keyed by the number itself: what else a user sets does not move its draws.
      dimension_.push_back(parameter.varies_in_package ? dimension : in_package + static_cast<int>(i));
    }
    dimension += parameter.varies_in_package;
  }
}

std::vector<std::vector<Neighbour>> CompiledModel::lay_roads(Diagnostics& faults) {
  const War& war = *war_;
  const auto must_be_value = [&](int index) {
    const Parameter& parameter = war.parameters[at(index)];
    if (!parameter.distribution.is_value()) {
      faults.push_back({parameter.where, parameter.path + " is uncertain",
                        "roads are the same in every realization: give it one value"});
    }
  };

  neighbours_.resize(at(n_places()));
  std::vector<std::vector<Neighbour>> open(at(n_places()));
  for (int l = 0; l < static_cast<int>(war.links.size()); ++l) {
    const Link& link = war.links[at(l)];
    const int road_km = war.link(l, LinkParameter::road_km);
    must_be_value(road_km);
    double km = medians_[at(road_km)];
    if (km >= war.parameters[at(road_km)].greatest) {
      continue;  // it is cut
    }
    bool is_open = false;
    if (link.terrain != kNone) {
      must_be_value(war.terrain(link.terrain, TerrainParameter::speed));
      must_be_value(war.terrain(link.terrain, TerrainParameter::open));
      km /= medians_[at(war.terrain(link.terrain, TerrainParameter::speed))];
      is_open = medians_[at(war.terrain(link.terrain, TerrainParameter::open))] > 0;
    }
    for (auto* list : {&neighbours_, is_open ? &open : nullptr}) {
      if (list != nullptr) {
        (*list)[at(link.a)].push_back({link.b, l, km});
        (*list)[at(link.b)].push_back({link.a, l, km});
      }
    }
  }
  for (auto& list : neighbours_) {
    std::sort(list.begin(), list.end(), [](const Neighbour& x, const Neighbour& y) { return x.place < y.place; });
  }
  return open;
}

void CompiledModel::find_near(const std::vector<std::vector<Neighbour>>& open) {
  const War& war = *war_;
  const auto greatest = [&](int parameter) {
    const Parameter& number = war.parameters[at(parameter)];
    double most = upper_bound(number.distribution);
    for (int i = 0; i < static_cast<int>(war.interventions.size()); ++i) {
      if (war.interventions[at(i)].target == parameter) {
        most = std::max(most, upper_bound(war.parameters[at(war.intervention(i))].distribution));
      }
    }
    return std::min(most, number.greatest);
  };
  double orders_km = greatest(war.law(law_parameter("laws.operations.relief_km")));
  for (CommandIndex c = 0; c < static_cast<int>(war.commands.size()); ++c) {
    orders_km = std::max(orders_km, greatest(war.command(c, CommandParameter::reach_km)));
  }
  double raids_km = 0;
  for (ActorIndex a = 0; a < n_actors(); ++a) {
    raids_km = std::max(raids_km, greatest(war.actor(a, ActorParameter::raid_range_km)));
  }
  near_ = roads_for(neighbours_, orders_km);
  near_open_ = roads_for(open, raids_km);
  if (n_places() <= CompiledModel::kMostRanked) {
    ranks_near_.assign(at(n_places() * n_places()), static_cast<std::uint16_t>(n_places() - 1));
    for (PlaceIndex p = 0; p < n_places(); ++p) {
      for (std::size_t k = 0; k < near_[at(p)].size(); ++k) {
        ranks_near_[at(p * n_places() + near_[at(p)][k].place)] = static_cast<std::uint16_t>(k);
      }
    }
  }
}

void CompiledModel::group_cities() {
  const War& war = *war_;
  std::map<int, int> city_number;
  for (PlaceIndex p = 0; p < n_places(); ++p) {
    const int city = war.places[at(p)].city;
    const auto [entry, is_new] = city == kNone ? std::pair{city_number.end(), true}
                                               : city_number.try_emplace(city, static_cast<int>(cities_.size()));
    if (is_new) {
      city_of_.push_back(static_cast<int>(cities_.size()));
      cities_.push_back({p});
    } else {
      city_of_.push_back(entry->second);
      cities_[at(entry->second)].push_back(p);
    }
  }
}

void CompiledModel::take_first_day() {
  const War& war = *war_;
  first_control_.assign(at(n_places()), kNone);
  first_tenure_.resize(at(n_places()));
  const auto first_row = std::min_element(war.control.begin(), war.control.end(),
                                          [](const auto& a, const auto& b) { return a.from < b.from; });
  for (const ControlSpell& spell : war.control) {
    if (spell.from <= war.start && war.start <= spell.to) {
      first_control_[at(spell.place)] = spell.controller;
      first_tenure_[at(spell.place)] = {war.start - spell.from, spell.from == first_row->from};
    }
  }
  for (const auto& [place, actor] : war.given) {
    if (first_control_[at(place)] != actor) {
      first_tenure_[at(place)] = {};
    }
    first_control_[at(place)] = actor;
  }
  const std::size_t n_countries = countries_.size();
  std::vector<std::uint8_t> is_home(war.commands.size() * n_countries);
  std::vector<std::uint8_t> has_home(war.commands.size());
  for (PlaceIndex p = 0; p < n_places(); ++p) {
    if (const ActorIndex holder = first_control_[at(p)]; holder >= 0) {
      const CommandIndex c = command_of(holder);
      is_home[at(c) * n_countries + at(country_of(p))] = has_home[at(c)] = 1;
    }
  }
  for (std::size_t i = 0; i < is_home.size(); ++i) {
    is_foreign_.push_back(has_home[i / n_countries] && !is_home[i]);
  }
  first_forces_ = truel::first_forces(war);
  first_support_ = latest_rows(war.support, war.start);
}

Result<CompiledModel> compile(std::shared_ptr<const War> war) {
  Diagnostics faults;
  CompiledModel model;
  model.war_ = std::move(war);
  if (model.n_actors() > kMaxActors) {
    faults.push_back({{model.war().folder + "/actors.csv"},
                      fmt::format("{} actors", model.n_actors()),
                      fmt::format("truel runs up to {}: join small groups into one", kMaxActors)});
    return faults;
  }
  model.number_countries();
  model.gather_actors();
  model.read_parameters();
  model.find_near(model.lay_roads(faults));
  model.group_cities();
  model.take_first_day();
  model.issues_ = issue_shape(model.war(), faults);
  if (!faults.empty()) {
    return faults;
  }
  return model;
}

CompiledModel with_later(CompiledModel model, LaterWar later) {
  TRUEL_CHECK(later.from > model.war().start);
  model.later_ = std::make_shared<const LaterWar>(std::move(later));
  return model;
}

}  // namespace truel
