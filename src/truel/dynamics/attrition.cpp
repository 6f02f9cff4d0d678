#include "truel/dynamics/attrition.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace truel::dynamics {

FireRates::FireRates(const State& s)
    : who{},
      rate(at(s.n_actors * s.n_actors * s.width)),
      harm(at(s.n_actors * s.width)),
      people(at(s.width)),
      weight_sum(at(s.width)),
      enemies(at(s.width)) {}

double people_around(const CompiledModel& model, const State& s, PlaceIndex place, int lane) {
  double people = 0;
  for (const PlaceIndex part : model.city(place)) {
    people += s.population[s.one(part, lane)];
  }
  return people;
}

void fire_rates(const CompiledModel& model, const State& s, PlaceIndex place, double time, int first, int last, FireRates& r) {
  const War& war = model.war();
  const Derived& d = s.derived;
  const int width = s.width;

  ActorMask mask = 0;
  for (int l = first; l < last; ++l) {
    mask |= s.contested[s.one(place, l)] ? s.present[s.one(place, l)] : 0;
  }
  r.n = 0;
  for (ActorMask rest = mask; rest != 0; rest &= rest - 1) {
    r.who[at(r.n++)] = std::countr_zero(rest);
  }
  for (int l = first; l < last; ++l) {
    r.people[at(l)] = people_around(model, s, place, l);
  }

  for (int i = 0; i < r.n; ++i) {
    const ActorIndex a = r.who[at(i)];
    double* sum = r.weight_sum.data();
    double* harm = &r.harm[at(i * width)];
    double* enemies = r.enemies.data();
    std::fill(sum + first, sum + last, 0);
    std::fill(harm + first, harm + last, 0);
    std::fill(enemies + first, enemies + last, 0);
    ActorMask hostile = 0;
    for (int l = first; l < last; ++l) {
      hostile |= d.hostile[s.one(a, l)];
    }
    for (int j = 0; j < r.n; ++j) {
      const ActorIndex b = r.who[at(j)];
      if ((hostile & bit(b)) == 0) {
        std::fill(&r.rate[r.pair(i, j, first, width)], &r.rate[r.pair(i, j, first, width)] + (last - first), 0);
        continue;
      }
      const double* effort = &s.effort[s.pair(a, b, 0)];
      const double* kill = &d.kill[s.pair(a, b, 0)];
      const double* target = &s.fighters[s.slot(place, b, 0)];
      for (int l = first; l < last; ++l) {
        const bool is_target = kill[l] > 0 && target[l] > 0;
        sum[l] += is_target ? effort[l] : 0;
        enemies[l] += is_target ? 1 : 0;
      }
    }
    // Effort planned for enemies who are not here goes to those who are, in proportion; an actor who planned none for
    // any of them divides its fire evenly. What a fixed doctrine leaves unspent stays unspent.
    const double* total = &s.effort_total[s.one(a, 0)];
    for (int j = 0; j < r.n; ++j) {
      const ActorIndex b = r.who[at(j)];
      if ((hostile & bit(b)) == 0) {
        continue;
      }
      double* rate = &r.rate[r.pair(i, j, 0, width)];
      const double* effort = &s.effort[s.pair(a, b, 0)];
      const double* kill = &d.kill[s.pair(a, b, 0)];
      const double* visibility = &d.visibility[s.pair(a, b, 0)];
      const double* concealment = &d.concealment[s.one(b, 0)];
      const double* intelligence = &d.intelligence[s.one(a, 0)];
      const double* support = &s.support[s.slot(place, b, 0)];
      const double* exposure = &d.exposure[s.one(place, 0)];
      const double* attacker = &s.fighters[s.slot(place, a, 0)];
      const double* target = &s.fighters[s.slot(place, b, 0)];
      for (int l = first; l < last; ++l) {
        const bool is_target = kill[l] > 0 && target[l] > 0 && attacker[l] > 0;
        const double w = total[l] * (sum[l] > 0 ? effort[l] / sum[l] : 1 / std::max(1.0, enemies[l]));
        const double people = r.people[at(l)];
        const double f = people > 0 ? std::min(1.0, target[l] / people) : 1;
        const double from_support = 1 - concealment[l] * support[l] * (1 - intelligence[l]);
        const double mu = visibility[l] == visibility[l] ? visibility[l] : (people > 0 ? from_support : 1);
        const int holder = s.control[s.one(place, l)];
        const bool is_holder = holder >= 0 && (d.friendly[s.one(b, l)] >> holder & 1);
        const double cover = is_holder ? exposure[l] : 1;
        const double shots = is_target ? kill[l] * w * attacker[l] : 0;
        rate[l] = shots * (mu + (1 - mu) * f) * cover;
        harm[l] += people > 0 ? shots * (1 - mu) * (1 - f) : 0;
      }
    }
  }

  // The general form and fatigue are the literature's variants, on few places: no need to be fast.
  for (int l = first; l < last; ++l) {
    const bool is_power_law = s.value(war.law(LawParameter::fire_power_law), l) > 0;
    const double t0 = s.value(war.law(LawParameter::fire_fatigue_days), l);
    if (!is_power_law && t0 <= 0) {
      continue;
    }
    const double g = s.value(war.law(LawParameter::fire_attacker_exponent), l);
    const double h = s.value(war.law(LawParameter::fire_target_exponent), l);
    const double since = s.battle_since[s.one(place, l)];
    const double tired = t0 > 0 && !std::isnan(since) ? 1 / std::log(std::exp(1.0) + (time - since) / t0) : 1;
    for (int i = 0; i < r.n; ++i) {
      const ActorIndex a = r.who[at(i)];
      const double attacker = s.fighters[s.slot(place, a, l)];
      double planned = 0;
      double enemies = 0;
      for (int j = 0; j < r.n; ++j) {
        const ActorIndex b = r.who[at(j)];
        const bool is_target = d.kill[s.pair(a, b, l)] > 0 && s.fighters[s.slot(place, b, l)] > 0;
        planned += is_target ? s.effort[s.pair(a, b, l)] : 0;
        enemies += is_target ? 1 : 0;
      }
      r.harm[at(i * width + l)] = is_power_law ? 0 : r.harm[at(i * width + l)] * tired;
      for (int j = 0; j < r.n; ++j) {
        const ActorIndex b = r.who[at(j)];
        double& rate = r.rate[r.pair(i, j, l, width)];
        if (is_power_law && rate > 0) {
          const double target = s.fighters[s.slot(place, b, l)];
          const double w = s.effort_total[s.one(a, l)] * (planned > 0 ? s.effort[s.pair(a, b, l)] / planned : 1 / enemies);
          rate = d.kill[s.pair(a, b, l)] * w * std::pow(attacker, g) * std::pow(target, h);
        }
        rate *= tired;
      }
    }
  }
}

const Column* find_column(const State& s, int lane, int id) {
  for (const Column& column : s.columns[at(lane)]) {
    if (column.id == id) {
      return &column;
    }
  }
  return nullptr;
}

Column* find_column(State& s, int lane, int id) { return const_cast<Column*>(find_column(std::as_const(s), lane, id)); }

StrikeRate strike_rate(const CompiledModel& model, const State& s, int lane, const Strike& strike) {
  const War& war = model.war();
  const double sorties = s.value(war.actor(strike.air, ActorParameter::sorties_per_day), lane) * strike.share;
  const double full = sorties * s.value(war.actor(strike.air, ActorParameter::kills_per_sortie), lane);
  if (strike.place == kNone) {
    const Column* column = find_column(s, lane, strike.column);
    return {column != nullptr && column->fighters > 0 ? full * s.value(war.law(LawParameter::strikes_exposure_road), lane) : 0, 0};
  }
  const double target = s.fighters[s.slot(strike.place, strike.target, lane)];
  if (target <= 0) {
    return {};
  }
  const int holder = s.control[s.one(strike.place, lane)];
  // Troops that have just taken a place are still massed in the open.
  const bool is_dug_in = holder >= 0 && (s.derived.friendly[s.one(strike.target, lane)] & bit(holder)) != 0 &&
                         s.day - s.held_since[s.one(strike.place, lane)] >= war.decision_interval_days;
  const double m = s.value(war.law(is_dug_in ? LawParameter::strikes_exposure_garrison : LawParameter::strikes_exposure_assault), lane);
  const double people = people_around(model, s, strike.place, lane);
  const double f = people > 0 ? std::min(1.0, target / people) : 0;
  return {full * (m + (1 - m) * f), people > 0 ? full * (1 - m) * (1 - f) : 0};
}

}  // namespace truel::dynamics
