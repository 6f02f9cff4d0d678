#include "truel/laws/fire/fire_rates.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "truel/world/presence.hpp"

namespace truel::laws {

FireRates::FireRates(const State& s)
    : harm(at(s.n_actors)),
      recruits(at(s.n_actors)),
      rate(at(s.n_actors * s.n_actors)),
      hit_share(at(s.n_actors)),
      hidden(at(s.n_actors)),
      let_through(at(s.n_actors)) {
  pairs.reserve(at(s.n_actors * s.n_actors));
}

namespace {

/// The general form and fatigue: the literature's variants, on few places, so that they need not be fast.
void apply_variants(const CompiledModel& model, const State& s, PlaceIndex place, double time, bool is_power_law,
                    double t0, FireRates& r) {
  const War& war = model.war();
  const Derived& d = s.derived;
  const double g = s.value(war.law(LawParameter::fire_attacker_exponent));
  const double h = s.value(war.law(LawParameter::fire_target_exponent));
  const double since = s.battle_since[at(place)];
  const double tired = t0 > 0 && !std::isnan(since) ? 1 / std::log(std::exp(1.0) + (time - since) / t0) : 1;
  for (int i = 0; i < r.n; ++i) {
    double& harm = r.harm[at(i)];
    harm = is_power_law ? 0 : harm * tired;
  }
  const auto is_target = [&](const FireRates::Pair& p) {
    return d.kill[s.pair(p.attacker, p.target)] > 0 && s.fighters[s.slot(place, p.target)] > 0;
  };
  for (std::size_t k = 0; k < r.pairs.size(); ++k) {
    const auto& [a, b] = r.pairs[k];
    double& rate = r.rate[k];
    const double attacker = s.fighters[s.slot(place, a)];
    if (is_power_law && is_target(r.pairs[k]) && attacker > 0) {
      double planned = 0;
      double enemies = 0;
      for (const FireRates::Pair& other : r.pairs) {
        if (other.attacker == a && is_target(other)) {
          planned += s.effort[s.pair(a, other.target)];
          enemies += 1;
        }
      }
      const double withheld = enemies > 1 ? d.abstention[at(a)] : 0;
      const double w =
          s.effort_total[at(a)] * (1 - withheld) * (planned > 0 ? s.effort[s.pair(a, b)] / planned : 1 / enemies);
      rate = d.kill[s.pair(a, b)] * w * std::pow(attacker, g) * std::pow(s.fighters[s.slot(place, b)], h);
    }
    rate *= tired;
  }
}

/// Recruits made by harm, among the enemies of who did it.
void add_harm_recruits(const State& s, PlaceIndex place, FireRates& r) {
  for (int j = 0; j < r.n; ++j) {
    r.recruits[at(j)] = 0;
  }
  for (int i = 0; i < r.n; ++i) {
    const double harm = r.harm[at(i)];
    const ActorMask gainers = s.derived.hostile[at(r.who[at(i)])] & s.present[at(place)];
    for (int j = 0; j < r.n && harm > 0 && gainers != 0; ++j) {
      if ((gainers & bit(r.who[at(j)])) != 0) {
        r.recruits[at(j)] += s.derived.harm_recruits[at(r.who[at(j)])] * harm / std::popcount(gainers);
      }
    }
  }
}

}  // namespace

void fire_rates(const CompiledModel& model, const State& s, PlaceIndex place, double time, FireRates& r) {
  const War& war = model.war();
  const Derived& d = s.derived;
  const ActorMask present = s.contested[at(place)] ? s.present[at(place)] : 0;
  const double* fighters = &s.fighters[s.slot(place, 0)];
  const double people = people_around(model, s, place);
  const ActorIndex holder = s.control[at(place)];
  std::array<int, kMaxActors> target_of;  // index into who, by actor
  r.n = 0;
  for (ActorMask rest = present; rest != 0; rest &= rest - 1) {
    const ActorIndex b = std::countr_zero(rest);
    const int j = r.n++;
    r.who[at(j)] = b;
    target_of[at(b)] = j;
    const bool is_holder = holder >= 0 && (d.friendly[at(b)] & bit(holder)) != 0;
    r.hit_share[at(j)] = people > 0 ? std::min(1.0, fighters[b] / people) : 1;
    r.hidden[at(j)] = people > 0 ? d.concealment[at(b)] * s.support[s.slot(place, b)] : 0;
    r.let_through[at(j)] = is_holder ? d.exposure[at(place)] : 1;
  }

  r.pairs.clear();
  for (int i = 0; i < r.n; ++i) {
    const ActorIndex a = r.who[at(i)];
    const double* kill = &d.kill[s.pair(a, 0)];
    const double* effort = &s.effort[s.pair(a, 0)];
    const ActorMask hostile = d.hostile[at(a)] & present;
    double planned = 0;
    double enemies = 0;
    for (ActorMask rest = hostile; rest != 0; rest &= rest - 1) {
      const ActorIndex b = std::countr_zero(rest);
      if (kill[b] > 0 && fighters[b] > 0) {
        planned += effort[b];
        enemies += 1;
      }
    }
    // Effort planned for enemies who are not here goes to those who are, in proportion; an actor who planned none for
    // any of them divides its fire evenly. What a fixed doctrine leaves unspent stays unspent, and
    // who abstains while several enemies stand fires in full at the last.
    const double spent = s.effort_total[at(a)] * (enemies > 1 ? 1 - d.abstention[at(a)] : 1);
    double harm = 0;
    for (ActorMask rest = hostile; rest != 0; rest &= rest - 1) {
      const ActorIndex b = std::countr_zero(rest);
      const std::size_t j = at(target_of[at(b)]);
      const double w = spent * (planned > 0 ? effort[b] / planned : 1 / std::max(1.0, enemies));
      const double given = d.visibility[s.pair(a, b)];
      const double mu = std::isnan(given) ? 1 - r.hidden[j] * (1 - d.intelligence[at(a)]) : given;
      const bool is_target = kill[b] > 0 && fighters[b] > 0 && fighters[a] > 0;
      const double shots = is_target ? kill[b] * w * fighters[a] : 0;
      r.rate[r.pairs.size()] = shots * (mu + (1 - mu) * r.hit_share[j]) * r.let_through[j];
      r.pairs.push_back({a, b});
      harm += shots * (1 - mu) * (1 - r.hit_share[j]);  // 0 where nobody lives: f is 1 there
    }
    r.harm[at(i)] = harm;
  }
  const bool is_power_law = s.value(war.law(LawParameter::fire_power_law)) > 0;
  const double t0 = s.value(war.law(LawParameter::fire_fatigue_days));
  if (is_power_law || t0 > 0) {
    apply_variants(model, s, place, time, is_power_law, t0, r);
  }
  if (d.has_harm_recruits) {
    add_harm_recruits(s, place, r);
  }
}

}  // namespace truel::laws
