#include "truel/laws/siege/siege.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "truel/base/math.hpp"
#include "truel/laws/defence.hpp"
#include "truel/laws/laws.hpp"
#include "truel/world/lots.hpp"
#include "truel/world/marches.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {
namespace {

/// The enemy of a with most fighters next to a pocket, kNone without one.
ActorIndex besieger(const CompiledModel& model, const State& s, const View& v, ActorIndex a, const Pockets& pockets,
                    int pocket) {
  std::array<double, kMaxActors> men{};
  ActorMask around = 0;
  for (const PlaceIndex p : pockets.places) {
    if (pockets.of[at(p)] != pocket) {
      continue;
    }
    for (const Neighbour& next : model.neighbours(p)) {
      if (is_one_of(v.control[at(next.place)], s.derived.hostile[a])) {
        const ActorIndex b = v.control[at(next.place)];
        around |= bit(b);
        men[at(b)] += v.n(next.place, b);
      }
    }
  }
  return greatest_of(s, around, [&](ActorIndex b) { return men[at(b)]; });
}

/// [place] 1 under siege; 1 where that keeps it from being stormed.
std::vector<double>& kept(State& s, Siege::OwnState what) {
  return s.laws.lists[state_of<Siege>(what)];
}

bool is_besieged(const State& s, PlaceIndex p) {
  return s.laws.lists[state_of<Siege>(Siege::besieged)][at(p)] > 0;
}

double men(const View& v, PlaceIndex p, ActorMask who) {
  double sum = 0;
  for (ActorMask rest = who & v.present[at(p)]; rest != 0; rest &= rest - 1) {
    sum += v.n(p, first_of(rest));
  }
  return sum;
}

/// Who is in a pocket and who besieges it.
struct Balance {
  double men = 0, in_cover = 0;  ///< of a's side, each as one and as many as his cover makes of him
  double besiegers = 0;          ///< enemies one road away

  double for_each_man() const { return besiegers / std::max(men, 1.0); }
  double for_each_in_cover() const { return besiegers / std::max(in_cover, 1.0); }
};

Balance balance_of(const CompiledModel& model, const State& s, const View& v, ActorIndex a, const Pockets& pockets,
                   int pocket) {
  Balance balance;
  std::vector<std::uint8_t> is_counted(at(s.n_places), 0);
  for (const PlaceIndex p : pockets.places) {
    if (pockets.of[at(p)] != pocket) {
      continue;
    }
    const double inside = men(v, p, s.derived.friendly[a]);
    balance.men += inside;
    balance.in_cover += inside / exposure(model, s, p);
    for (const Neighbour& next : model.neighbours(p)) {
      if (is_counted[at(next.place)] == 0) {
        is_counted[at(next.place)] = 1;
        balance.besiegers += men(v, next.place, s.derived.hostile[a]);
      }
    }
  }
  return balance;
}

/// A pocket is home to an actor if its command holds most value there, as for its supply.
void find_sieges(const CompiledModel& model, State& s, View& v) {
  std::vector<double>& besieged = kept(s, Siege::besieged);
  std::vector<double>& spared = kept(s, Siege::spared);
  std::fill(besieged.begin(), besieged.end(), 0);
  std::fill(spared.begin(), spared.end(), 0);
  const double assault_ratio = s.value(model.war().law(number_of<Siege>(Siege::assault_ratio)));
  ActorMask holders = 0;
  for (const ActorIndex holder : v.control) {
    holders |= holder >= 0 ? bit(holder) : 0;
  }
  std::vector<double> value;
  std::vector<std::uint8_t> touches_enemy;
  std::vector<double> ratio;  // [pocket] besiegers for each man in it; NaN: not asked yet
  for (ActorMask rest = holders; rest != 0; rest &= rest - 1) {
    const ActorIndex a = first_of(rest);
    const Pockets& pockets = pockets_of(model, s, v, a);
    const auto& has_entry = pockets.has_entry;
    if (has_entry.size() == 1 || std::find(has_entry.begin(), has_entry.end(), 0) == has_entry.end()) {
      continue;  // nobody is besieged at home or where supplies come in
    }
    const ActorMask own = v.members[at(model.command_of(a))];
    value.assign(pockets.has_entry.size(), 0);
    touches_enemy.assign(pockets.has_entry.size(), 0);
    ratio.assign(pockets.has_entry.size(), kAbsent);
    for (const PlaceIndex p : pockets.places) {
      const std::size_t k = at(pockets.of[at(p)]);
      value[k] += is_one_of(v.control[at(p)], own) ? v.value[at(p)] : 0;
      touches_enemy[k] |= (v.around[at(p)].holders & s.derived.hostile[a]) != 0;
    }
    const auto home = value.empty() ? kNone : static_cast<int>(greatest_of(s, value, Lot::place));
    for (const PlaceIndex p : pockets.places) {
      const int k = pockets.of[at(p)];
      if (v.control[at(p)] == a && k != home && !pockets.has_entry[at(k)] && touches_enemy[at(k)]) {
        besieged[at(p)] = spared[at(p)] = 1;
        if (assault_ratio < kMany) {
          double& besiegers = ratio[at(k)];
          besiegers = std::isnan(besiegers) ? balance_of(model, s, v, a, pockets, k).for_each_in_cover() : besiegers;
          spared[at(p)] = besiegers < assault_ratio ? 1 : 0;
        }
      }
    }
  }
}

}  // namespace

void go_to_friends(const CompiledModel& model, State& s, PlaceIndex p, ActorIndex a, double men) {
  const auto is_haven = [&](const NearPlace& x) {
    return is_safe_for(s, x.place, s.derived.friendly[a], s.derived.hostile[a]) && !is_besieged(s, x.place);
  };
  std::optional<NearPlace> haven;
  for_each_near(s, model.near(p), kUnbounded, is_haven, [&](const NearPlace& x) {
    haven = x;
    return false;
  });
  if (haven) {
    send_march(model, s, a, p, haven->place, haven->km, men, MarchTask::retreat);
  } else {
    s.fighters[s.slot(p, a)] -= men;
    s.tally(ActorOutcome::left, a) += men;
    refresh_presence(s, p, a);
  }
}

bool Siege::spares(const State& s, PlaceIndex p) {
  return s.laws.lists[state_of<Siege>(spared)][at(p)] > 0;
}

void Siege::before_operations(const CompiledModel& model, State& s, View& v) {
  const War& war = model.war();
  if (s.value(war.law(number_of<Siege>(on))) <= 0) {
    for (const OwnState what : {besieged, spared}) {
      std::fill(kept(s, what).begin(), kept(s, what).end(), 0);
    }
    return;
  }
  find_sieges(model, s, v);
  if (s.day == 0) {
    return;
  }
  const double mean_days = s.value(war.law(number_of<Siege>(days)));
  const double surrender_ratio = s.value(war.law(number_of<Siege>(Siege::surrender_ratio)));
  std::vector<std::uint8_t> seen(at(s.n_places), 0);
  bool has_changed = false;
  for (PlaceIndex first = 0; first < s.n_places; ++first) {
    if (!is_besieged(s, first) || seen[at(first)]) {
      continue;
    }
    const ActorIndex a = v.control[at(first)];
    const Pockets& pockets = pockets_of(model, s, v, a);
    const int pocket = pockets.of[at(first)];
    bool is_quiet = true;
    double aided = 0;
    for (const PlaceIndex p : pockets.places) {
      if (pockets.of[at(p)] == pocket) {
        seen[at(p)] = 1;
        is_quiet = is_quiet && is_besieged(s, p) && !s.contested[p];
        aided = std::max(aided, aid(model, s, p));
      }
    }
    RandomStream random(s.seed, s.run, static_cast<std::uint32_t>(s.day), kPurpose, static_cast<std::uint32_t>(first));
    const double chance = -math::expm1(-war.decision_interval_days / mean_days * (1 - aided));
    if (!is_quiet || random.uniform() >= chance) {
      continue;
    }
    const ActorIndex taker = besieger(model, s, v, a, pockets, pocket);
    if (taker == kNone ||
        (surrender_ratio > 0 && balance_of(model, s, v, a, pockets, pocket).for_each_man() < surrender_ratio)) {
      continue;
    }
    has_changed = true;
    for (const PlaceIndex p : pockets.places) {
      if (pockets.of[at(p)] != pocket) {
        continue;
      }
      for (ActorMask rest = s.present[p]; rest != 0; rest &= rest - 1) {
        const ActorIndex b = first_of(rest);
        go_to_friends(model, s, p, b, s.fighters[s.slot(p, b)]);
      }
      pass_control(s, p, taker, kOnTerms);
    }
  }
  if (has_changed) {
    v.take_snapshot(model, s);
    find_sieges(model, s, v);
  }
}

}  // namespace truel::laws
