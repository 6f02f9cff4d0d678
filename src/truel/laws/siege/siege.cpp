#include "truel/laws/siege/siege.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "truel/laws/laws.hpp"
#include "truel/world/columns.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {
namespace {

const Pockets& pockets_of(const CompiledModel& model, const State& s, View& v, ActorIndex a) {
  return v.pockets(model, s.derived.friendly[a], hosts_of(model, s, bit(a)));
}

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
      if (v.is_held_by(next.place, s.derived.hostile[a])) {
        const ActorIndex b = v.control[at(next.place)];
        around |= bit(b);
        men[at(b)] += v.n(next.place, b);
      }
    }
  }
  ActorIndex strongest = kNone;
  for (ActorMask rest = around; rest != 0; rest &= rest - 1) {
    const ActorIndex b = first_of(rest);
    strongest = strongest == kNone || men[at(b)] > men[at(strongest)] ? b : strongest;
  }
  return strongest;
}

/// [place] 1 under siege.
std::vector<double>& under_siege(State& s) {
  return s.of_laws[state_of<Siege>(Siege::besieged)];
}

/// A pocket is home to an actor if its command holds most value there, as for its supply.
void find_sieges(const CompiledModel& model, State& s, View& v) {
  std::vector<double>& is_besieged = under_siege(s);
  std::fill(is_besieged.begin(), is_besieged.end(), 0);
  ActorMask holders = 0;
  for (const ActorIndex holder : v.control) {
    holders |= holder >= 0 ? bit(holder) : 0;
  }
  std::vector<double> value;
  std::vector<std::uint8_t> touches_enemy;
  for (ActorMask rest = holders; rest != 0; rest &= rest - 1) {
    const ActorIndex a = first_of(rest);
    const Pockets& pockets = pockets_of(model, s, v, a);
    const ActorMask own = v.members[at(model.command_of(a))];
    value.assign(pockets.has_entry.size(), 0);
    touches_enemy.assign(pockets.has_entry.size(), 0);
    for (const PlaceIndex p : pockets.places) {
      const std::size_t k = at(pockets.of[at(p)]);
      value[k] += v.is_held_by(p, own) ? v.value[at(p)] : 0;
      touches_enemy[k] |= (v.around[at(p)].holders & s.derived.hostile[a]) != 0;
    }
    const auto home = std::max_element(value.begin(), value.end()) - value.begin();
    for (const PlaceIndex p : pockets.places) {
      const int k = pockets.of[at(p)];
      if (v.control[at(p)] == a && k != home && !pockets.has_entry[at(k)] && touches_enemy[at(k)]) {
        is_besieged[at(p)] = 1;
      }
    }
  }
}

/// All fighters of b at p leave.
void evacuate(const CompiledModel& model, State& s, const View& v, PlaceIndex p, ActorIndex b) {
  const double men = s.fighters[s.slot(p, b)];
  const auto near = model.near(p);
  const auto haven = std::find_if(near.begin(), near.end(), [&](const Near& x) {
    return v.is_held_by(x.place, s.derived.friendly[b]) && !Siege::spares(s, x.place);
  });
  if (haven != near.end()) {
    send_column(model, s, b, p, haven->place, haven->km, men, ColumnTask::retreat);
  } else {
    s.fighters[s.slot(p, b)] = 0;
    s.tally(ActorOutcome::left, b) += men;
    refresh_presence(s, p, b);
  }
}

}  // namespace

bool Siege::spares(const State& s, PlaceIndex p) {
  return s.of_laws[state_of<Siege>(besieged)][at(p)] > 0;
}

void Siege::before_operations(const CompiledModel& model, State& s, View& v) {
  const War& war = model.war();
  if (s.value(war.law(number_of<Siege>(on))) <= 0) {
    std::vector<double>& is_besieged = under_siege(s);
    std::fill(is_besieged.begin(), is_besieged.end(), 0);
    return;
  }
  find_sieges(model, s, v);
  if (s.day == 0) {
    return;
  }
  const double mean_days = s.value(war.law(number_of<Siege>(days)));
  std::vector<std::uint8_t> seen(at(s.n_places), 0);
  bool has_changed = false;
  for (PlaceIndex first = 0; first < s.n_places; ++first) {
    if (!spares(s, first) || seen[at(first)]) {
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
        is_quiet = is_quiet && spares(s, p) && !s.contested[p];
        aided = std::max(aided, aid(model, s, p));
      }
    }
    RandomStream random(s.seed, s.run, static_cast<std::uint32_t>(s.day), kPurpose, static_cast<std::uint32_t>(first));
    const ActorIndex taker = besieger(model, s, v, a, pockets, pocket);
    const double chance = -std::expm1(-war.decision_interval_days / mean_days * (1 - aided));
    if (!is_quiet || taker == kNone || random.uniform() >= chance) {
      continue;
    }
    has_changed = true;
    for (const PlaceIndex p : pockets.places) {
      if (pockets.of[at(p)] != pocket) {
        continue;
      }
      for (ActorMask rest = s.present[p]; rest != 0; rest &= rest - 1) {
        evacuate(model, s, v, p, first_of(rest));
      }
      pass_control(s, p, taker, "the besieged leave on terms");
    }
  }
  if (has_changed) {
    v.take_snapshot(model, s);
    find_sieges(model, s, v);
  }
}

}  // namespace truel::laws
