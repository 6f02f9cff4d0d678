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

using Weights = std::vector<std::pair<PlaceIndex, double>>;

double sum_of(const Weights& weights) {
  double sum = 0;
  for (const auto& [place, weight] : weights) {
    sum += weight;
  }
  return sum;
}

/// Shares a whole number out in proportion to weights, by cumulative rounding, which a lot begins: the parts add up
/// exactly, and no place gets more men than its due on average. Of places without weight each gets as many.
void spread(double total, Weights weights, bool is_whole, ActorIndex a, State& s) {
  double sum = sum_of(weights);
  if (sum <= 0) {
    for (auto& [place, weight] : weights) {
      weight = 1;
    }
    sum = static_cast<double>(weights.size());
  }
  if (weights.empty() || total <= 0) {
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

/// Strengths named at places that come to more than the whole contradict it. The whole counts: these are scaled so that
/// they and the men whom all other places would have had, if none were named, come to it. Gives what they are then.
double scale_to_whole(double whole, double named, double part_of_named, bool is_whole, ActorIndex a, State& s) {
  const double scale = whole / (named + whole * (1 - part_of_named));
  double left = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    double& there = s.fighters[s.slot(p, a)];
    there = is_whole ? std::floor(there * scale + 0.5) : there * scale;
    left += there;
  }
  return left;
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
    Weights own;
    Weights friends;
    double weight_of_named = 0;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      const ActorIndex holder = s.control[p];
      if (holder < 0 || !(s.derived.friendly[a] & bit(holder))) {
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
      if (s.fighters[s.slot(p, a)] > 0) {
        weight_of_named += weight;
      } else {
        (model.command_of(holder) == model.command_of(a) ? own : friends).emplace_back(p, weight);
      }
    }
    const auto& others = own.empty() ? friends : own;
    if (everywhere > 0 && named > everywhere) {
      const double of_others = sum_of(others);
      const double part_of_named = of_others > 0 ? weight_of_named / (weight_of_named + of_others) : 1;
      named = scale_to_whole(everywhere, named, part_of_named, is_whole, a, s);
    }
    spread(std::max(0.0, everywhere - named), others, is_whole, a, s);
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
