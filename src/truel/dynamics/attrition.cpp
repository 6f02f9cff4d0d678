#include "truel/dynamics/attrition.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace truel::dynamics {

FireRates::FireRates(const State& s)
    : harm(at(s.n_actors * s.width)),
      recruits(at(s.n_actors * s.width)),
      rate(at(s.n_actors * s.n_actors * s.width)),
      people(at(s.width)),
      weight_sum(at(s.width)),
      enemies(at(s.width)),
      spent(at(s.width)),
      hit_share(at(s.n_actors * s.width)),
      hidden(at(s.n_actors * s.width)),
      let_through(at(s.n_actors * s.width)) {
  pairs.reserve(at(s.n_actors * s.n_actors));
}

double people_around(const CompiledModel& model, const State& s, PlaceIndex place, int lane) {
  double people = 0;
  for (const PlaceIndex part : model.city(place)) {
    people += s.population[s.one(part, lane)];
  }
  return people;
}

namespace {

/// The general form and fatigue, in one lane: the literature's variants, on few places, so that they need not be fast.
void apply_variants(const CompiledModel& model, const State& s, PlaceIndex place, double time, int l, FireRates& r) {
  const War& war = model.war();
  const Derived& d = s.derived;
  const bool is_power_law = s.value(war.law(LawParameter::fire_power_law), l) > 0;
  const double t0 = s.value(war.law(LawParameter::fire_fatigue_days), l);
  const double g = s.value(war.law(LawParameter::fire_attacker_exponent), l);
  const double h = s.value(war.law(LawParameter::fire_target_exponent), l);
  const double since = s.battle_since[s.one(place, l)];
  const double tired = t0 > 0 && !std::isnan(since) ? 1 / std::log(std::exp(1.0) + (time - since) / t0) : 1;
  for (int i = 0; i < r.n; ++i) {
    double& harm = r.harm[at(i * s.width + l)];
    harm = is_power_law ? 0 : harm * tired;
  }
  const auto is_target = [&](const FireRates::Pair& p) {
    return d.kill[s.pair(p.attacker, p.target, l)] > 0 && s.fighters[s.slot(place, p.target, l)] > 0;
  };
  for (std::size_t k = 0; k < r.pairs.size(); ++k) {
    const auto& [a, b] = r.pairs[k];
    double& rate = r.rate[k * at(s.width) + at(l)];
    const double attacker = s.fighters[s.slot(place, a, l)];
    if (is_power_law && is_target(r.pairs[k]) && attacker > 0) {
      double planned = 0;
      double enemies = 0;
      for (const FireRates::Pair& other : r.pairs) {
        if (other.attacker == a && is_target(other)) {
          planned += s.effort[s.pair(a, other.target, l)];
          enemies += 1;
        }
      }
      const double withheld = enemies > 1 ? d.abstention[s.one(a, l)] : 0;
      const double w = s.effort_total[s.one(a, l)] * (1 - withheld) *
                       (planned > 0 ? s.effort[s.pair(a, b, l)] / planned : 1 / enemies);
      rate = d.kill[s.pair(a, b, l)] * w * std::pow(attacker, g) * std::pow(s.fighters[s.slot(place, b, l)], h);
    }
    rate *= tired;
  }
}

/// Recruits made by harm, among the enemies of who did it.
void add_harm_recruits(const State& s, PlaceIndex place, int first, int last, FireRates& r) {
  for (int l = first; l < last; ++l) {
    for (int j = 0; j < r.n; ++j) {
      r.recruits[at(j * s.width + l)] = 0;
    }
    for (int i = 0; i < r.n; ++i) {
      const double harm = r.harm[at(i * s.width + l)];
      const ActorMask gainers = s.derived.hostile[s.one(r.who[at(i)], l)] & s.present[s.one(place, l)];
      for (int j = 0; j < r.n && harm > 0 && gainers != 0; ++j) {
        if ((gainers & bit(r.who[at(j)])) != 0) {
          r.recruits[at(j * s.width + l)] +=
              s.derived.harm_recruits[s.one(r.who[at(j)], l)] * harm / std::popcount(gainers);
        }
      }
    }
  }
}

/// The rates in the lanes first..end-1. kLanes is their number where the compiler knows it, else 0: the loops over
/// lanes are what a batch needs to be fast and what a lane alone need not have.
template <int kLanes>
void rates_of_lanes(const CompiledModel& model, const State& s, PlaceIndex place, double time, int first, int end,
                    FireRates& r) {
  const int last = kLanes > 0 ? first + kLanes : end;
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
  const auto city = model.city(place);
  for (int l = first; l < last; ++l) {
    double people = 0;
    for (const PlaceIndex part : city) {
      people += s.population[s.one(part, l)];
    }
    r.people[at(l)] = people;
  }
  std::array<int, kMaxActors> target_of;  // index into who, by actor
  for (int j = 0; j < r.n; ++j) {
    const ActorIndex b = r.who[at(j)];
    target_of[at(b)] = j;
    for (int l = first; l < last; ++l) {
      const double people = r.people[at(l)];
      const int holder = s.control[s.one(place, l)];
      const bool is_holder = holder >= 0 && (d.friendly[s.one(b, l)] >> holder & 1);
      r.hit_share[at(j * width + l)] = people > 0 ? std::min(1.0, s.fighters[s.slot(place, b, l)] / people) : 1;
      r.hidden[at(j * width + l)] = people > 0 ? d.concealment[s.one(b, l)] * s.support[s.slot(place, b, l)] : 0;
      r.let_through[at(j * width + l)] = is_holder ? d.exposure[s.one(place, l)] : 1;
    }
  }

  r.pairs.clear();
  for (int i = 0; i < r.n; ++i) {
    const ActorIndex a = r.who[at(i)];
    double* sum = r.weight_sum.data();
    double* enemies = r.enemies.data();
    double* harm = &r.harm[at(i * width)];
    ActorMask hostile = 0;
    for (int l = first; l < last; ++l) {
      sum[l] = 0;
      enemies[l] = 0;
      harm[l] = 0;
      hostile |= d.hostile[s.one(a, l)];
    }
    hostile &= mask;
    for (ActorMask rest = hostile; rest != 0; rest &= rest - 1) {
      const ActorIndex b = std::countr_zero(rest);
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
    // any of them divides its fire evenly. What a fixed doctrine leaves unspent stays unspent, and
    // who abstains while several enemies stand fires in full at the last.
    const double* total = &s.effort_total[s.one(a, 0)];
    const double* abstention = &d.abstention[s.one(a, 0)];
    double* spent = r.spent.data();
    for (int l = first; l < last; ++l) {
      spent[l] = total[l] * (enemies[l] > 1 ? 1 - abstention[l] : 1);
    }
    for (ActorMask rest = hostile; rest != 0; rest &= rest - 1) {
      const ActorIndex b = std::countr_zero(rest);
      double* rate = &r.rate[r.pairs.size() * at(width)];
      r.pairs.push_back({a, b});
      const double* effort = &s.effort[s.pair(a, b, 0)];
      const double* kill = &d.kill[s.pair(a, b, 0)];
      const double* visibility = &d.visibility[s.pair(a, b, 0)];
      const double* intelligence = &d.intelligence[s.one(a, 0)];
      const double* attacker = &s.fighters[s.slot(place, a, 0)];
      const double* target = &s.fighters[s.slot(place, b, 0)];
      const int j = target_of[at(b)] * width;
      const double* f = &r.hit_share[at(j)];
      const double* hidden = &r.hidden[at(j)];
      const double* let_through = &r.let_through[at(j)];
      for (int l = first; l < last; ++l) {
        const bool is_target = kill[l] > 0 && target[l] > 0 && attacker[l] > 0;
        const double w = spent[l] * (sum[l] > 0 ? effort[l] / sum[l] : 1 / std::max(1.0, enemies[l]));
        const double mu = visibility[l] == visibility[l] ? visibility[l] : 1 - hidden[l] * (1 - intelligence[l]);
        const double shots = is_target ? kill[l] * w * attacker[l] : 0;
        rate[l] = shots * (mu + (1 - mu) * f[l]) * let_through[l];
        harm[l] += shots * (1 - mu) * (1 - f[l]);  // 0 where nobody lives: f is 1 there
      }
    }
  }
  for (int l = first; l < last; ++l) {
    const bool is_power_law = s.value(war.law(LawParameter::fire_power_law), l) > 0;
    const double t0 = s.value(war.law(LawParameter::fire_fatigue_days), l);
    if (is_power_law || t0 > 0) {
      apply_variants(model, s, place, time, l, r);
    }
  }
  if (d.has_harm_recruits) {
    add_harm_recruits(s, place, first, last, r);
  }
}

}  // namespace

void fire_rates(const CompiledModel& model, const State& s, PlaceIndex place, double time, int first, int last,
                FireRates& r) {
  if (last - first == 1) {
    rates_of_lanes<1>(model, s, place, time, first, last, r);
  } else {
    rates_of_lanes<0>(model, s, place, time, first, last, r);
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

Column* find_column(State& s, int lane, int id) {
  return const_cast<Column*>(find_column(std::as_const(s), lane, id));
}

void note_mistake(State& s, int lane, const Strike& strike, double fighters) {
  if (Journal* journal = s.journal[at(lane)]; journal != nullptr && strike.is_mistake && fighters > 0) {
    journal->events.push_back({s.day, "wrong_side", strike.air, strike.place, strike.target, fighters,
                               "a strike hit troops who were no target"});
  }
}

StrikeRate strike_rate(const CompiledModel& model, const State& s, int lane, const Strike& strike) {
  const War& war = model.war();
  const double sorties = s.value(war.actor(strike.air, ActorParameter::sorties_per_day), lane) * strike.share;
  const double full = sorties * s.value(war.actor(strike.air, ActorParameter::kills_per_sortie), lane);
  if (strike.place == kNone) {
    const Column* column = find_column(s, lane, strike.column);
    return {column != nullptr && column->fighters > 0
                ? full * s.value(war.law(LawParameter::strikes_exposure_road), lane)
                : 0,
            0};
  }
  const double target = s.fighters[s.slot(strike.place, strike.target, lane)];
  if (target <= 0) {
    return {};
  }
  const int holder = s.control[s.one(strike.place, lane)];
  // Troops that have just taken a place are still massed in the open.
  const bool is_dug_in = holder >= 0 && (s.derived.friendly[s.one(strike.target, lane)] & bit(holder)) != 0 &&
                         s.day - s.held_since[s.one(strike.place, lane)] >= war.decision_interval_days;
  const double m = s.value(
      war.law(is_dug_in ? LawParameter::strikes_exposure_garrison : LawParameter::strikes_exposure_assault), lane);
  const double people = people_around(model, s, strike.place, lane);
  const double f = people > 0 ? std::min(1.0, target / people) : 0;
  return {full * (m + (1 - m) * f), people > 0 ? full * (1 - m) * (1 - f) : 0};
}

}  // namespace truel::dynamics
