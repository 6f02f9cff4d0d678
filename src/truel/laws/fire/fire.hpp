// Fire where enemies stand at one place: kills, harm to people who are no fighters, and recruits whom that harm makes.
#pragma once

#include "truel/laws/fire/breakpoint.hpp"
#include "truel/laws/fire/fire_rates.hpp"
#include "truel/laws/fire/rounds.hpp"
#include "truel/laws/law.hpp"
#include "truel/laws/recruitment/recruitment.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {

struct FireState {
  FireState(const CompiledModel& model) : last_turn(at(model.n_places()), kNone) {}
  ListBy<PlaceIndex, ActorIndex> last_turn;  ///< [place] who fired last, where actors fire in turns; kNone: nobody yet
};

/// A group is a place. Entries: kills by every hostile pair there, then recruits of every actor there.
struct Fire : Law {
  using Own = FireState;
  enum Number { on, power_law, attacker_exponent, target_exponent, fatigue_days, timing, step_days, arms_gain };
  static constexpr std::array kPositions{NumberPosition{on, 4}};
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.fire.on", "switch", 0, 0, 1, "fighters kill enemies at the same place"},
      {"laws.fire.power_law", "switch", 0, 0, 1, "general exponents instead of visibility"},
      {"laws.fire.attacker_exponent", "exponent", 1, -10, 10, "g in alpha n_a^g n_b^h"},
      {"laws.fire.target_exponent", "exponent", 0, -10, 10, "h in alpha n_a^g n_b^h"},
      {"laws.fire.fatigue_days", "days", 0, 0, 1e6,
       "t0: rates fall by ln(e + t/t0) in a battle of t days; 0: they do not"},
      {"laws.fire.timing", "choice", 0, 0, 2,
       "when fire takes effect: `continuous` (0), all at once every step: `salvo` (1), one actor a step: `turns` (2)",
       "continuous salvo turns"},
      {"laws.fire.step_days", "days", 1, 1e-3, 3650, "time between salvos, or between turns"},
      {"laws.fire.arms_gain", "per level", 0, 0, 100,
       "supply multiplier gained by a level of sponsors' arms and training"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.fire.attacker_exponent", {"laws.fire.power_law"}},
      {"laws.fire.target_exponent", {"laws.fire.power_law"}},
      {"laws.fire.step_days", {"laws.fire.timing"}},
      {"laws.fire.arms_gain", {"sponsors.*.arms"}},
      {"laws.fire.arms_gain", {"sponsors.*.training"}},
      {"actors.kill_rate"},
      {"actors.supply", {"actors.kill_rate"}},
      {"actors.supply", {"ties.*.kill_rate"}},
      {"actors.turn", {"laws.fire.timing=turns"}},
      {"actors.concealment", {"laws.fire.power_law=0", "support.*.share"}},
      {"actors.concealment", {"laws.fire.power_law=0", "laws.support.on"}},
      {"actors.intelligence", {"laws.fire.power_law=0", "actors.*.concealment"}},
      {"actors.recruits_per_harm", {"laws.recruitment.on"}},
      {"actors.breakpoint"},
      {"commands.abstention"},
      {"places.fortification"},
      {"terrain.cover"},
      {"ties.kill_rate"},
      {"ties.visibility", {"laws.fire.power_law=0"}},
      {"sponsors.arms", {"laws.fire.arms_gain"}},
      {"sponsors.training", {"laws.fire.arms_gain"}},
      {"sponsors.intelligence", {"laws.fire.power_law=0", "actors.*.concealment"}},
  });

  struct Cell : FireRates {
    using FireRates::FireRates;
    bool has_recruits = false;
  };
  static constexpr Purpose kPurpose{1}, kRounds{7}, kTurns{8}, kHarmRecruits{9};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "fire", "place", "deaths of each force at the place, and to which attackers they are laid"},
      {kRounds, "rounds", "place",
       "hits of a salvo or a turn, and whose hits killed (the step is the number of the round)"},
      {kTurns, "turns", "actor", "its lot among actors with the same turn (step 0)"},
      {kHarmRecruits, "harm_recruits", "place × number of actors + actor",
       "recruits that harm done by others makes in the step"},
  });

  static constexpr EventInfo kBreakpoint{"breakpoint",
                                         "an actor breaks off the war: its losses are as high as it bears"};
  static constexpr std::array kEvents{kBreakpoint};
  static constexpr EventCause kBreakpointReached{"breakpoint_reached", "its losses have reached its breakpoint"};
  static constexpr std::array kCauses{kBreakpointReached};

  static constexpr Scope kScope = Scope::place;
  using Rounds = FireRounds;
  static constexpr bool kKills = true;
  static constexpr bool kNeedsBattle = true;

  static bool after_losses(State& s, ActorIndex a, double dead) { return break_off(s, a, dead); }
  static double bearable_losses(const State& s, ActorIndex a) { return laws::bearable_losses(s, a); }
  static void give_in(State& s, ActorIndex a) { leave_war(s, a); }

  static int groups(const State& s) { return s.n_places; }
  static bool is_open(const State& s, PlaceIndex p) { return s.contested[p] != 0; }
  static bool fades(const CompiledModel& model, const State& state);
  static bool is_touched(const State&, const Change&, PlaceIndex) { return true; }

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
    return {kHarmRecruits, p * s.n_actors + cell.who[k - cell.pairs.size()]};
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
    return {
        .to = p, .joins = cell.who[k - cell.pairs.size()], .counted = outcome_of<Recruitment>(Recruitment::recruited)};
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
            if (s.derived.harm_recruits[b] > 0) {
              list.counted(outcome_of<Recruitment>(Recruitment::recruited), b);
            }
          }
        }
      }
    }
  }
};

}  // namespace truel::laws
