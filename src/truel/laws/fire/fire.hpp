// Fire where enemies stand at one place: kills, harm to people who are no fighters, and recruits whom that harm makes.
#pragma once

#include "truel/laws/fire/fire_rates.hpp"
#include "truel/laws/law.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {

/// A group is a place. Entries: kills by every hostile pair there, then recruits of every actor there.
struct Fire : Law {
  struct Cell : FireRates {
    using FireRates::FireRates;
    bool has_recruits = false;
  };
  static constexpr Purpose kPurpose = Purpose::fire;
  static constexpr Scope kScope = Scope::place;
  static constexpr bool kIsInRounds = true;
  static constexpr bool kKills = true;

  static int groups(const State& s) { return s.n_places; }
  static bool is_open(const State& s, PlaceIndex p) { return s.contested[at(p)] != 0; }
  static bool fades(const CompiledModel& model, const State& s) {
    return s.value(model.war().law(LawParameter::fire_fatigue_days)) > 0;
  }
  static bool is_touched(const Change&, PlaceIndex) { return true; }

  static void update_rates(const CompiledModel& model, const State& s, PlaceIndex p, double time, Cell& cell) {
    fire_rates(model, s, p, time, cell);
    cell.has_recruits = s.derived.has_harm_recruits;
  }
  static double renew_rates(const CompiledModel& model, const State& s, PlaceIndex p, double time, Cell& cell) {
    return renew_fire_rates(model, s, p, time, cell);
  }
  static double add_up(const State& s, Cell& cell) { return laws::add_up(s, cell); }
  static std::size_t find(const Cell& cell, double mark) {
    std::size_t i = 0;  // counted, as every branch would be a coin toss
    for (int other = 0; other < cell.n; ++other) {
      i += mark >= cell.fired_upto[at(other)] ? 1 : 0;
    }
    mark -= i > 0 ? cell.fired_upto[i - 1] : 0;
    if (i == at(cell.n)) {
      std::size_t k = 0;
      while (k + 1 < i && mark >= cell.recruits[k]) {
        mark -= cell.recruits[k++];
      }
      return cell.pairs.size() + k;
    }
    std::size_t k = cell.first[i];
    for (std::size_t other = cell.first[i]; other + 1 < cell.first[i + 1]; ++other) {
      k += mark >= cell.upto[other] ? 1 : 0;
    }
    return k;
  }
  static std::size_t size(const Cell& cell) { return cell.pairs.size() + (cell.has_recruits ? at(cell.n) : 0); }
  static std::size_t shared(const Cell& cell) { return cell.pairs.size(); }
  static double rate(const Cell& cell, std::size_t k) {
    return k < cell.pairs.size() ? cell.rate[k] : cell.recruits[k - cell.pairs.size()];
  }
  static std::pair<Purpose, int> own(const State& s, PlaceIndex p, const Cell& cell, std::size_t k) {
    return {Purpose::harm_recruits, p * s.n_actors + cell.who[k - cell.pairs.size()]};
  }
  template <class Add>
  static void harm(const State&, PlaceIndex p, const Cell& cell, Add&& add) {
    for (int i = 0; i < cell.n; ++i) {
      if (cell.harm[at(i)] > 0) {
        add(p, cell.who[at(i)], cell.harm[at(i)]);
      }
    }
  }
  static Effect effect(const State&, PlaceIndex p, const Cell& cell, std::size_t k) {
    if (k < cell.pairs.size()) {
      return {.place = p, .who = cell.pairs[k].target, .killer = cell.pairs[k].attacker};
    }
    return {.to = p, .joins = cell.who[k - cell.pairs.size()], .counted = ActorOutcome::recruited};
  }
  template <class List>
  static void unknowns(const CompiledModel& model, const State& s, PlaceIndex p, List& list) {
    const bool has_people = people_around(model, s, p) > 0;
    list.place(p);
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      if (s.fighters[s.slot(p, a)] <= 0) {
        continue;
      }
      list.force(p, a, true);
      for (ActorIndex b = 0; b < s.n_actors; ++b) {
        if (s.derived.kill[s.pair(a, b)] > 0 && s.fighters[s.slot(p, b)] > 0) {
          list.loss(p, a, b);
          if (has_people) {
            list.harm(p, a);
            if (s.derived.harm_recruits[at(b)] > 0) {
              list.counted(ActorOutcome::recruited, b);
            }
          }
        }
      }
    }
  }
};

}  // namespace truel::laws
