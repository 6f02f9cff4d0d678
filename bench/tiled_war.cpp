#include "tiled_war.hpp"

#include <algorithm>
#include <string>

#include "truel/base/index.hpp"
#include "truel/model/distributions/truncated.hpp"

namespace truel::bench {
namespace {

Distribution scaled(Distribution d, double factor) {
  switch (d.kind) {
    case DistributionKind::value:
    case DistributionKind::uniform:
    case DistributionKind::loguniform:
    case DistributionKind::triangular:
      return {d.kind, d.a * factor, d.b * factor, d.c * factor};
    case DistributionKind::normal:
      return {d.kind, d.a * factor, d.b * factor};
    case DistributionKind::lognormal:
      return {d.kind, d.a * factor, d.b};
    case DistributionKind::beta:
      break;
  }
  return d;
}

}  // namespace

War tiled(const War& war, int tiles) {
  War big = war;
  const int n_places = static_cast<int>(war.places.size());
  const int n_links = static_cast<int>(war.links.size());
  const auto moved = [&](PlaceIndex place, int tile) {
    return place >= 0 ? PlaceIndex{place + tile * n_places} : place;
  };

  // Row of the original that each appended row copies.
  std::vector<int> force_of, support_of, intervention_of;
  const int n_cities = 1 + std::max_element(war.places.begin(), war.places.end(), [](const Place& x, const Place& y) {
                             return x.city < y.city;
                           })->city;
  for (int tile = 1; tile < tiles; ++tile) {
    for (Place place : war.places) {
      place.id += "_" + std::to_string(tile);
      place.city = place.city == kNone ? kNone : place.city + tile * n_cities;
      big.places.push_back(place);
    }
    for (Link link : war.links) {
      link.a = moved(link.a, tile);
      link.b = moved(link.b, tile);
      big.links.push_back(link);
    }
    for (ControlSpell spell : war.control) {
      spell.place = moved(spell.place, tile);
      big.control.push_back(spell);
    }
    const auto append = [&](auto& to, const auto& from, std::vector<int>& original) {
      for (int row = 0; row < static_cast<int>(from.size()); ++row) {
        if (from[at(row)].place >= 0) {
          to.push_back(from[at(row)]);
          to.back().place = moved(from[at(row)].place, tile);
          original.push_back(row);
        }
      }
    };
    append(big.forces, war.forces, force_of);
    append(big.support, war.support, support_of);
    append(big.interventions, war.interventions, intervention_of);
  }
  big.lay_out_parameters();

  std::vector<int> new_index(war.parameters.size(), kNone);
  const auto copy = [&](int from, int to, double factor) {
    Parameter& parameter = big.parameters[at(to)];
    const std::string path = parameter.path;
    parameter = war.parameters[at(from)];
    parameter.path = path;
    parameter.distribution = scaled(parameter.distribution, factor);
    new_index[at(from)] = to;
  };
  const auto copy_median = [&](int from, int to) {
    Parameter& parameter = big.parameters[at(to)];
    const Parameter& original = war.parameters[at(from)];
    const double median = original.distribution.is_value()
                              ? original.distribution.a
                              : truncated_quantile(original.distribution, 0.5, original.least, original.greatest);
    parameter.distribution = {DistributionKind::value, median};
  };
  // Parameters lie kind after kind, and those of places and roads come first copy first: whatever is not of a place, a
  // road, a force, a support row or an intervention keeps its order.
  const double n = tiles;
  for (int p = 0; p < static_cast<int>(law_parameters().size()); ++p) {
    copy(war.law(static_cast<LawParameter>(p)), big.law(static_cast<LawParameter>(p)), 1);
  }
  for (int t = 0; t < static_cast<int>(war.terrains.size()); ++t) {
    for (int p = 0; p < static_cast<int>(terrain_parameters().size()); ++p) {
      copy(war.terrain(t, static_cast<TerrainParameter>(p)), big.terrain(t, static_cast<TerrainParameter>(p)), 1);
    }
  }
  for (ActorIndex a = 0; a < static_cast<int>(war.actors.size()); ++a) {
    for (int i = 0; i < static_cast<int>(actor_parameters().size()); ++i) {
      const auto p = static_cast<ActorParameter>(i);
      const bool is_of_the_map =
          p == ActorParameter::recruits_per_day || p == ActorParameter::income || p == ActorParameter::sorties_per_day;
      copy(war.actor(a, p), big.actor(a, p), is_of_the_map ? n : 1);
    }
    for (ActorIndex b = 0; b < static_cast<int>(war.actors.size()); ++b) {
      for (int i = 0; i < static_cast<int>(tie_parameters().size()); ++i) {
        copy(war.tie(a, b, static_cast<TieParameter>(i)), big.tie(a, b, static_cast<TieParameter>(i)), 1);
      }
    }
  }
  for (CommandIndex c = 0; c < static_cast<int>(war.commands.size()); ++c) {
    for (int i = 0; i < static_cast<int>(command_parameters().size()); ++i) {
      copy(war.command(c, static_cast<CommandParameter>(i)), big.command(c, static_cast<CommandParameter>(i)), 1);
    }
  }
  for (int s = 0; s < static_cast<int>(war.sponsors.size()); ++s) {
    for (int i = 0; i < static_cast<int>(sponsor_parameters().size()); ++i) {
      const auto p = static_cast<SponsorParameter>(i);
      copy(war.sponsor(s, p), big.sponsor(s, p), p == SponsorParameter::intelligence ? 1 : n);
    }
  }
  for (PlaceIndex place = 0; place < n_places; ++place) {
    for (int i = 0; i < static_cast<int>(place_parameters().size()); ++i) {
      const auto p = static_cast<PlaceParameter>(i);
      copy(war.place(place, p), big.place(place, p), 1);
      for (int tile = 1; tile < tiles; ++tile) {
        copy_median(war.place(place, p), big.place(moved(place, tile), p));
      }
    }
  }
  for (int link = 0; link < n_links; ++link) {
    for (int i = 0; i < static_cast<int>(link_parameters().size()); ++i) {
      const auto p = static_cast<LinkParameter>(i);
      copy(war.link(link, p), big.link(link, p), 1);
      for (int tile = 1; tile < tiles; ++tile) {
        copy_median(war.link(link, p), big.link(link + tile * n_links, p));
      }
    }
  }
  const auto copy_rows = [&](const auto& rows, const std::vector<int>& original, auto index_of, auto new_index_of) {
    const int n_rows = static_cast<int>(rows.size());
    for (int row = 0; row < n_rows; ++row) {
      copy(index_of(row), new_index_of(row), rows[at(row)].place == kEverywhere ? n : 1);
    }
    for (int extra = 0; extra < static_cast<int>(original.size()); ++extra) {
      copy_median(index_of(original[at(extra)]), new_index_of(n_rows + extra));
    }
  };
  copy_rows(
      war.forces, force_of, [&](int row) { return war.force(row); }, [&](int row) { return big.force(row); });
  copy_rows(
      war.interventions, intervention_of, [&](int row) { return war.intervention(row); },
      [&](int row) { return big.intervention(row); });
  for (int row = 0; row < static_cast<int>(war.support.size()); ++row) {
    copy(war.support_row(row), big.support_row(row), 1);
  }
  for (int extra = 0; extra < static_cast<int>(support_of.size()); ++extra) {
    copy_median(war.support_row(support_of[at(extra)]), big.support_row(static_cast<int>(war.support.size()) + extra));
  }
  for (Intervention& intervention : big.interventions) {
    if (intervention.action == InterventionAction::set) {
      intervention.target = new_index[at(intervention.target)];
    }
  }
  return big;
}

}  // namespace truel::bench
