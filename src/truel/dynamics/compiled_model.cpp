#include "truel/dynamics/compiled_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <queue>

#include "truel/base/index.hpp"
#include "truel/dynamics/settlement.hpp"
#include "truel/model/truncated.hpp"

namespace truel::dynamics {
namespace {

/// For each place the others within CompiledModel::kNearKm over the given links (Dijkstra 1959), nearest first.
std::vector<std::vector<Near>> shortest_roads(const std::vector<std::vector<Neighbour>>& neighbours,
                                              const std::vector<double>& link_km) {
  const int n = static_cast<int>(neighbours.size());
  std::vector<std::vector<Near>> result(at(n));
  std::vector<double> distance(at(n));
  using Entry = std::pair<double, PlaceIndex>;
  for (PlaceIndex from = 0; from < n; ++from) {
    std::fill(distance.begin(), distance.end(), kUnbounded);
    distance[at(from)] = 0;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    queue.emplace(0, from);
    while (!queue.empty()) {
      const auto [km, p] = queue.top();
      queue.pop();
      if (km > distance[at(p)]) {
        continue;
      }
      if (p != from) {
        result[at(from)].push_back({p, km});
      }
      for (const Neighbour& next : neighbours[at(p)]) {
        const double through = km + link_km[at(next.link)];
        if (through <= CompiledModel::kNearKm && through < distance[at(next.place)]) {
          distance[at(next.place)] = through;
          queue.emplace(through, next.place);
        }
      }
    }
  }
  return result;
}

/// Rows in force on the first day: the latest on or before it of each (actor, place); if all are later, none.
template <class Row>
std::vector<int> latest_rows(const std::vector<Row>& rows, Day start) {
  std::map<std::pair<ActorIndex, PlaceIndex>, int> latest;
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    const Row& row = rows[at(i)];
    if (row.date > start) {
      continue;
    }
    const auto [entry, is_new] = latest.try_emplace({row.actor, row.place}, i);
    if (!is_new && rows[at(entry->second)].date < row.date) {
      entry->second = i;
    }
  }
  std::vector<int> chosen;
  for (const auto& [key, row] : latest) {
    chosen.push_back(row);
  }
  return chosen;
}

}  // namespace

Result<CompiledModel> compile(std::shared_ptr<const War> shared) {
  const War& war = *shared;
  Diagnostics faults;
  CompiledModel model;
  model.war_ = shared;
  const int n_places = static_cast<int>(war.places.size());
  const int n_actors = static_cast<int>(war.actors.size());
  if (n_actors > kMaxActors) {
    faults.push_back({{war.folder + "/actors.csv"},
                      fmt::format("{} actors", n_actors),
                      fmt::format("truel runs up to {}: join small groups into one", kMaxActors)});
    return faults;
  }

  model.members_.resize(war.commands.size());
  for (ActorIndex a = 0; a < n_actors; ++a) {
    model.members_[at(war.actors[at(a)].command)].push_back(a);
  }
  model.sponsors_.resize(at(n_actors));
  for (int s = 0; s < static_cast<int>(war.sponsors.size()); ++s) {
    model.sponsors_[at(war.sponsors[at(s)].recipient)].push_back(s);
    const auto found = std::find_if(war.actors.begin(), war.actors.end(),
                                    [&](const Actor& a) { return a.id == war.sponsors[at(s)].sponsor; });
    model.sponsor_actor_.push_back(found == war.actors.end() ? kNone : static_cast<int>(found - war.actors.begin()));
  }
  const auto may_be_positive = [&](int parameter) {
    return upper_bound(war.parameters[at(parameter)].distribution) > 0 ||
           std::any_of(war.interventions.begin(), war.interventions.end(), [&](const Intervention& i) {
             return i.action == InterventionAction::set && i.target == parameter;
           });
  };
  const auto may_act = [&](LawParameter law) { return may_be_positive(war.law(law)); };
  const auto some_tie = [&](TieParameter p) {
    for (ActorIndex a = 0; a < n_actors; ++a) {
      for (ActorIndex b = 0; b < n_actors; ++b) {
        if (may_be_positive(war.tie(a, b, p))) {
          return true;
        }
      }
    }
    return false;
  };
  model.moves_alignment_ = may_act(LawParameter::alignment_on);
  model.may_defect_ = may_act(LawParameter::defection_on);
  model.may_go_underground_ = may_act(LawParameter::underground_on);
  model.may_trade_ = some_tie(TieParameter::trade);
  model.may_pass_ = some_tie(TieParameter::passage);

  model.medians_.resize(war.parameters.size());
  int in_package = 0;
  for (const Parameter& parameter : war.parameters) {
    in_package += parameter.varies_in_package;
  }
  int dimension = 0;
  for (std::size_t i = 0; i < war.parameters.size(); ++i) {
    const Parameter& parameter = war.parameters[i];
    model.medians_[i] = parameter.distribution.is_value()
                            ? parameter.distribution.a
                            : truncated_quantile(parameter.distribution, 0.5, parameter.least, parameter.greatest);
    if (!parameter.distribution.is_value()) {
      model.uncertain_.push_back(static_cast<int>(i));
      // Keyed by the number itself: what else a user sets does not move its draws.
      model.dimension_.push_back(parameter.varies_in_package ? dimension : in_package + static_cast<int>(i));
    }
    dimension += parameter.varies_in_package;
  }
  const auto must_be_value = [&](int index) {
    const Parameter& parameter = war.parameters[at(index)];
    if (!parameter.distribution.is_value()) {
      faults.push_back({parameter.where, parameter.path + " is uncertain",
                        "roads are the same in every realization: give it one value"});
    }
  };

  model.neighbours_.resize(at(n_places));
  std::vector<double> link_km;
  std::vector<std::vector<Neighbour>> open(at(n_places));
  for (int l = 0; l < static_cast<int>(war.links.size()); ++l) {
    const Link& link = war.links[at(l)];
    must_be_value(war.link(l, LinkParameter::road_km));
    double km = model.medians_[at(war.link(l, LinkParameter::road_km))];
    bool is_open = false;
    if (link.terrain != kNone) {
      must_be_value(war.terrain(link.terrain, TerrainParameter::speed));
      must_be_value(war.terrain(link.terrain, TerrainParameter::open));
      km /= model.medians_[at(war.terrain(link.terrain, TerrainParameter::speed))];
      is_open = model.medians_[at(war.terrain(link.terrain, TerrainParameter::open))] > 0;
    }
    link_km.push_back(km);
    for (auto* list : {&model.neighbours_, is_open ? &open : nullptr}) {
      if (list != nullptr) {
        (*list)[at(link.a)].push_back({link.b, l, km});
        (*list)[at(link.b)].push_back({link.a, l, km});
      }
    }
  }
  for (auto& list : model.neighbours_) {
    std::sort(list.begin(), list.end(), [](const Neighbour& x, const Neighbour& y) { return x.place < y.place; });
  }
  model.near_ = shortest_roads(model.neighbours_, link_km);
  model.near_open_ = shortest_roads(open, link_km);

  std::map<int, int> city_number;
  for (PlaceIndex p = 0; p < n_places; ++p) {
    const int city = war.places[at(p)].city;
    const auto [entry, is_new] = city == kNone ? std::pair{city_number.end(), true}
                                               : city_number.try_emplace(city, static_cast<int>(model.cities_.size()));
    if (is_new) {
      model.city_of_.push_back(static_cast<int>(model.cities_.size()));
      model.cities_.push_back({p});
    } else {
      model.city_of_.push_back(entry->second);
      model.cities_[at(entry->second)].push_back(p);
    }
  }

  model.first_control_.assign(at(n_places), kNone);
  for (const ControlSpell& spell : war.control) {
    if (spell.from <= war.start && war.start <= spell.to) {
      model.first_control_[at(spell.place)] = spell.controller;
    }
  }
  model.first_forces_ = latest_rows(war.forces, war.start);
  model.first_support_ = latest_rows(war.support, war.start);
  model.settlement_ = settlement_shape(war, faults);
  if (!faults.empty()) {
    return faults;
  }
  return model;
}

}  // namespace truel::dynamics
