#include "truel/laws/fire/fire_rates.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "truel/base/math.hpp"
#include "truel/laws/defence.hpp"
#include "truel/laws/hidden_lethality/hidden_lethality.hpp"
#include "truel/laws/laws.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {

FireTiming fire_timing(const War& war, const State& s) {
  return static_cast<FireTiming>(std::lround(s.value(war.law(number_of<Fire>(Fire::timing)))));
}

bool Fire::fades(const CompiledModel& model, const State& s) {
  return s.value(model.war().law(number_of<Fire>(fatigue_days))) > 0;
}

namespace {

/// x to the power of e, without the cost of one where e is 0 or 1, as it mostly is.
double power(double x, double e) {
  return e == 0 ? 1 : e == 1 ? x : math::pow(x, e);
}

/// The general form and fatigue: the literature's variants, on few places, so that they need not be fast.
void apply_variants(const CompiledModel& model, const State& s, PlaceIndex place, double time, bool is_power_law,
                    double t0, FireRates& r) {
  const War& war = model.war();
  const DerivedValues& d = s.derived;
  const double g = s.value(war.law(number_of<Fire>(Fire::attacker_exponent)));
  const double h = s.value(war.law(number_of<Fire>(Fire::target_exponent)));
  const double since = s.battle_since[at(place)];
  // A round may have begun before the battle: none of that time was fought.
  const bool tires = t0 > 0 && !std::isnan(since);
  const double tired = tires ? 1 / math::log(math::exp(1.0) + std::max(0.0, time - since) / t0) : 1;
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
      rate = d.kill[s.pair(a, b)] * w * hidden_lethality(s, a, b) * power(attacker, g) *
             power(s.fighters[s.slot(place, b)], h);
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

/// Makes room for n actors.
void make_room(int n, FireRates& r) {
  if (r.first.size() > at(n)) {
    return;
  }
  for (auto* of_actor : {&r.harm, &r.recruits, &r.let_through, &r.hidden, &r.fighters, &r.hit_share, &r.fired_upto}) {
    of_actor->resize(at(n));
  }
  for (auto* of_pair : {&r.rate, &r.shots, &r.seen, &r.upto}) {
    of_pair->resize(at(n * n));
  }
  r.first.resize(at(n) + 1);
  r.target.resize(at(n * n));
  r.pairs.reserve(at(n * n));
}

/// Who meets, and what follows from that alone.
void meet(const CompiledModel& model, const State& s, PlaceIndex place, FireRates& r) {
  const DerivedValues& d = s.derived;
  const ActorMask present = s.contested[at(place)] ? s.present[at(place)] : 0;
  const double* fighters = &s.fighters[s.slot(place, 0)];
  const ActorIndex holder = s.control[at(place)];
  make_room(std::popcount(present), r);
  r.present = present;
  r.holder = holder;
  r.people = people_around(model, s, place);
  std::array<std::uint8_t, kMaxActors> target_of;  // index into who, by actor
  r.n = 0;
  for (ActorMask rest = present; rest != 0; rest &= rest - 1) {
    const ActorIndex b = first_of(rest);
    const int j = r.n++;
    r.who[at(j)] = b;
    target_of[at(b)] = static_cast<std::uint8_t>(j);
    const bool is_holder = is_one_of(holder, d.friendly[at(b)]);
    r.hidden[at(j)] = r.people > 0 ? d.concealment[at(b)] * s.support[s.slot(place, b)] : 0;
    r.let_through[at(j)] = is_holder ? exposure_in_fights(model, s, place) : 1;
  }

  r.pairs.clear();
  for (int i = 0; i < r.n; ++i) {
    const ActorIndex a = r.who[at(i)];
    r.first[at(i)] = r.pairs.size();
    const double* kill = &d.kill[s.pair(a, 0)];
    const double* effort = &s.effort[s.pair(a, 0)];
    const ActorMask hostile = d.hostile[at(a)] & present;
    double planned = 0;
    double enemies = 0;
    for (ActorMask rest = hostile; rest != 0; rest &= rest - 1) {
      const ActorIndex b = first_of(rest);
      if (kill[b] > 0 && fighters[b] > 0) {
        planned += effort[b];
        enemies += 1;
      }
    }
    // Effort planned for enemies who are not here goes to those who are, in proportion; an actor who planned none for
    // any of them divides its fire evenly. What a fixed doctrine leaves unspent stays unspent, and
    // who abstains while several enemies stand fires in full at the last.
    const double spent = s.effort_total[at(a)] * (enemies > 1 ? 1 - d.abstention[at(a)] : 1);
    for (ActorMask rest = hostile; rest != 0; rest &= rest - 1) {
      const ActorIndex b = first_of(rest);
      const std::size_t j = target_of[at(b)];
      const std::size_t k = r.pairs.size();
      const double w = spent * (planned > 0 ? effort[b] / planned : 1 / std::max(1.0, enemies));
      const double given = d.visibility[s.pair(a, b)];
      const bool is_target = kill[b] > 0 && fighters[b] > 0;
      r.seen[k] = std::isnan(given) ? 1 - r.hidden[j] * (1 - d.intelligence[at(a)]) : given;
      r.shots[k] = is_target ? kill[b] * w * hidden_lethality(s, a, b) : 0;
      r.target[k] = target_of[at(b)];
      r.pairs.push_back({a, b});
    }
  }
  r.first[at(r.n)] = r.pairs.size();
}

/// The rates of those who meet, at the numbers that they have now; and their sums, of which that of all is returned.
template <bool kAddsUp>
double count(const State& s, PlaceIndex place, FireRates& r) {
  const double* here = &s.fighters[s.slot(place, 0)];
  const std::size_t n = at(r.n);
  double* fighters = r.fighters.data();
  double* hit_share = r.hit_share.data();
  for (std::size_t j = 0; j < n; ++j) {
    fighters[j] = std::max(0.0, here[r.who[j]]);
    hit_share[j] = r.people > 0 ? std::min(1.0, fighters[j] / r.people) : 1;
  }
  const double* shots_each = r.shots.data();
  const double* seen = r.seen.data();
  const double* let_through = r.let_through.data();
  const std::uint8_t* target = r.target.data();
  const std::size_t* first = r.first.data();
  double* rate = r.rate.data();
  double* upto = r.upto.data();
  double total = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double harm = 0;
    double fired = 0;
    for (std::size_t k = first[i]; k < first[i + 1]; ++k) {
      const std::size_t j = target[k];
      const double shots = shots_each[k] * fighters[i];
      const double mu = seen[k];
      rate[k] = shots * (mu + (1 - mu) * hit_share[j]) * let_through[j];
      harm += shots * (1 - mu) * (1 - hit_share[j]);  // 0 where nobody lives: f is 1 there
      if constexpr (kAddsUp) {
        fired += rate[k];
        upto[k] = fired;
      }
    }
    r.harm[i] = harm;
    if constexpr (kAddsUp) {
      total += fired;
      r.fired_upto[i] = total;
    }
  }
  return total;
}

double recruits(const State& s, const FireRates& r) {
  double sum = 0;
  for (int j = 0; j < r.n && s.derived.has_harm_recruits; ++j) {
    sum += r.recruits[at(j)];
  }
  return sum;
}

}  // namespace

void fire_rates(const CompiledModel& model, const State& s, PlaceIndex place, double time, FireRates& r) {
  const War& war = model.war();
  meet(model, s, place, r);
  count<false>(s, place, r);
  const bool is_power_law = s.value(war.law(number_of<Fire>(Fire::power_law))) > 0;
  const double t0 = s.value(war.law(number_of<Fire>(Fire::fatigue_days)));
  r.is_variant = is_power_law || t0 > 0;
  if (r.is_variant) {
    apply_variants(model, s, place, time, is_power_law, t0, r);
  }
  if (s.derived.has_harm_recruits) {
    add_harm_recruits(s, place, r);
  }
}

double add_up(const State& s, FireRates& r) {
  double total = 0;
  for (std::size_t i = 0; i < at(r.n); ++i) {
    double fired = 0;
    for (std::size_t k = r.first[i]; k < r.first[i + 1]; ++k) {
      fired += r.rate[k];
      r.upto[k] = fired;
    }
    total += fired;
    r.fired_upto[i] = total;
  }
  return total + recruits(s, r);
}

double renew_fire_rates(const CompiledModel& model, const State& s, PlaceIndex place, double time, FireRates& r) {
  const ActorMask present = s.contested[at(place)] ? s.present[at(place)] : 0;
  if (present != r.present || s.control[at(place)] != r.holder || r.is_variant) {
    fire_rates(model, s, place, time, r);
    return add_up(s, r);
  }
  const double fired = count<true>(s, place, r);
  if (s.derived.has_harm_recruits) {
    add_harm_recruits(s, place, r);
  }
  return fired + recruits(s, r);
}

}  // namespace truel::laws
