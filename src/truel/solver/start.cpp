#include "truel/solver/start.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "truel/laws/derived.hpp"
#include "truel/laws/interventions/interventions.hpp"
#include "truel/laws/laws.hpp"
#include "truel/world/lots.hpp"
#include "truel/world/presence.hpp"

namespace truel::solver {
namespace {

/// Shares a whole number out in proportion to weights, by cumulative rounding, which a lot begins: the parts add up
/// exactly, and no place gets more men than its due on average.
void spread(double total, const std::vector<std::pair<PlaceIndex, double>>& weights, bool is_whole, ActorIndex a,
            State& s) {
  double sum = 0;
  for (const auto& [place, weight] : weights) {
    sum += weight;
  }
  if (sum <= 0 || total <= 0) {
    return;
  }
  double running = 0;
  double given = 0;
  const double rounding = lot(s, Lot::actor, a);
  for (const auto& [place, weight] : weights) {
    running += weight;
    const double upto = is_whole ? std::floor(total * running / sum + rounding) : total * running / sum;
    s.fighters[s.slot(place, a)] += upto - given;
    given = upto;
  }
}

void place_first_forces(const CompiledModel& model, State& s, bool is_whole) {
  const War& war = model.war();
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    if (model.is_air(a)) {
      continue;
    }
    const double fraction = s.value(war.actor(a, ActorParameter::front_line_fraction));
    double everywhere = 0;
    double named = 0;
    for (const int row : model.first_forces()) {
      const Force& force = war.forces[at(row)];
      if (force.actor != a) {
        continue;
      }
      double fighters = s.value(war.force(row)) * fraction;
      fighters = is_whole ? std::floor(fighters + 0.5) : fighters;
      if (force.place == kEverywhere) {
        everywhere = fighters;
      } else {
        s.fighters[s.slot(force.place, a)] += fighters;
        named += fighters;  // a place whose force is known gets no share of the rest
      }
    }
    // Men stand where there is something to hold and somebody to hold it against. An actor whose command holds
    // nothing stands with its friends.
    std::vector<std::pair<PlaceIndex, double>> own;
    std::vector<std::pair<PlaceIndex, double>> friends;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      const ActorIndex holder = s.control[p];
      if (holder < 0 || !(s.derived.friendly[a] & bit(holder)) || s.fighters[s.slot(p, a)] > 0) {
        continue;
      }
      double fronts = 0;
      for (const Neighbour& next : model.neighbours(p)) {
        const ActorIndex other = s.control[next.place];
        if (other >= 0 && (s.derived.hostile[a] & bit(other))) {
          fronts += 1;
        }
      }
      const double weight = s.value(war.place(p, PlaceParameter::value)) * (1 + fronts);
      (model.command_of(holder) == model.command_of(a) ? own : friends).emplace_back(p, weight);
    }
    spread(std::max(0.0, everywhere - named), own.empty() ? friends : own, is_whole, a, s);
    double first = 0;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      first += s.fighters[s.slot(p, a)];
    }
    s.tallies.first_fighters[a] = first;
  }
}

}  // namespace

void start_realization(const CompiledModel& model, State& s, bool is_whole) {
  const War& war = model.war();
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    const ActorIndex holder = model.first_control()[at(p)];
    s.control[p] = holder == kContested ? kNone : holder;
    s.held_since[p] = -war.decision_interval_days;
    s.population[p] = s.value(war.place(p, PlaceParameter::population));
  }
  // `*` first, then the places named, whatever the order of the rows.
  for (const bool named : {false, true}) {
    for (const int row : model.first_support()) {
      const SupportRow& support = war.support[at(row)];
      const double share = s.value(war.support_row(row));
      if (named && support.place != kEverywhere) {
        s.support[s.slot(support.place, support.actor)] = share;
      } else if (!named && support.place == kEverywhere) {
        for (PlaceIndex p = 0; p < s.n_places; ++p) {
          s.support[s.slot(p, support.actor)] = share;
        }
      }
    }
  }
  laws::draw_up_agenda(model, s);
  laws::set_parameters_dated_before_start(model, s);
  laws::derive_places(model, s);
  laws::begin(model, s);
  laws::derive_relations(model, s);
  place_first_forces(model, s, is_whole);
  laws::derive_actors(model, s);  // backing is relative to the first-day strength
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    refresh_place(s, p);
  }
}

}  // namespace truel::solver
