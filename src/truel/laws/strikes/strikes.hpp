// Strikes from the air, where the sorties of the last decisions go (sorties.cpp).
#pragma once

#include <algorithm>

#include "truel/laws/law.hpp"
#include "truel/laws/strikes/strike_rates.hpp"
#include "truel/world/marches.hpp"
#include "truel/world/presence.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {

struct StrikesState {
  StrikesState(const CompiledModel&) { list.reserve(64); }
  std::vector<Strike> list;
};

/// A group is a strike assignment. Its one entry: kills, of troops at a place or of a march on the road.
struct Strikes : Law {
  using Own = StrikesState;
  enum Number { on, exposure_road, exposure_assault, exposure_garrison, targets, rear_weight, exposure_fight };
  static constexpr std::array kPositions{NumberPosition{on, 12}, NumberPosition{exposure_fight, kBehindOthers}};
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.strikes.on", "switch", 0, 0, 1, "air actors strike ground forces"},
      {"laws.strikes.exposure_road", "share", 1, 0, 1, "exposure of a column on a road (m)"},
      {"laws.strikes.exposure_assault", "share", 0.5, 0, 1, "exposure of a force that attacks a place"},
      {"laws.strikes.exposure_garrison", "share", 0.1, 0, 1, "exposure of a force that holds a place"},
      {"laws.strikes.targets", "count", 12, 1, 1000,
       "greatest number of targets an air actor spreads its sorties over"},
      {"laws.strikes.rear_weight", "factor", 0.1, 0, 10, "weight of an enemy force where there is no battle"},
      {"laws.strikes.exposure_fight", "share", 0, 0, 1,
       "exposure of a force that holds a place while enemies attack it there, where that is more than "
       "exposure_garrison"},
  });
  static constexpr std::string_view kSorties = "actors.*.sorties_per_day";
  static constexpr std::string_view kKillsPerSortie = "actors.*.kills_per_sortie";
  static constexpr std::array kReads = std::to_array<Reading>({
      {"actors.sorties_per_day", {"actors.kills_per_sortie"}},
      {"actors.kills_per_sortie", {"actors.sorties_per_day"}},
      {"actors.breakpoint"},
      {"laws.operations.ledger", {kSorties, kKillsPerSortie}},
      {"commands.given_up_weight", {kSorties, kKillsPerSortie}},
      {"actors.wrong_side_probability", {"actors.sorties_per_day", "actors.kills_per_sortie"}},
      {"ties.wrong_side_probability", {kSorties, kKillsPerSortie}},
      {"ties.deconfliction", {kSorties, kKillsPerSortie, "ties.wrong_side_probability"}},
      {"ties.deconfliction", {kSorties, kKillsPerSortie, "actors.*.wrong_side_probability"}},
  });

  struct Cell {
    explicit Cell(const State&) {}
    StrikeRate strike;
    StrikePower power;
  };
  static constexpr Purpose kPurpose{2};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "strikes", "0", "deaths by all strikes of the step"},
  });

  static constexpr EventInfo kWrongSide{"wrong_side", "a strike kills troops who were no target"};
  static constexpr std::array kEvents{kWrongSide};
  static constexpr EventCause kHitOthers{"hit_others", "a strike hit troops who were no target"};
  static constexpr std::array kCauses{kHitOthers};

  static constexpr Scope kScope = Scope::strike;
  static constexpr bool kIsPooled = true;
  static constexpr bool kKills = true;

  static int groups(const State& s) { return static_cast<int>(own_state<Strikes>(s).list.size()); }
  static bool is_open(const State&, int) { return true; }
  static bool is_touched(const State&, const Change&, int) {
    return true;
  }  // men and the holder of a place decide who is in the open

  static void update_rates(const CompiledModel& model, const State& s, int g, double, Cell& cell) {
    const Strike& strike = own_state<Strikes>(s).list[at(g)];
    cell.power = strike_power(model, s, strike);
    cell.strike = strike_rate(model, s, strike, cell.power);
  }
  static double renew_rates(const CompiledModel& model, const State& s, int g, double, Cell& cell) {
    cell.strike = strike_rate(model, s, own_state<Strikes>(s).list[at(g)], cell.power);
    return cell.strike.kills;
  }
  static std::size_t size(const Cell&) { return 1; }
  static std::size_t shared(const Cell&) { return 1; }
  static double rate(const Cell& cell, std::size_t) { return cell.strike.kills; }
  template <class Add>
  static void harm(const State& s, int g, const Cell& cell, Add&& add) {
    if (cell.strike.harm > 0) {
      const Strike& strike = own_state<Strikes>(s).list[at(g)];
      add(strike.place, strike.air, cell.strike.harm);
    }
  }
  static Effect effect(const State& s, int g, const Cell&, std::size_t) {
    const Strike& strike = own_state<Strikes>(s).list[at(g)];
    return {.place = where(s, strike), .who = strike.target, .march = strike.march, .killer = strike.air};
  }
  template <class List>
  static void unknowns(const CompiledModel& model, const State& s, int g, List& list) {
    const Strike& strike = own_state<Strikes>(s).list[at(g)];
    const PlaceIndex p = where(s, strike);
    if (p == kNone) {
      return;  // its march is gone
    }
    list.place(p);
    list.loss(p, strike.air, strike.target);
    if (strike.place == kNone) {
      list.march(strike.march);
      return;
    }
    if (s.fighters[s.slot(p, strike.target)] > 0) {
      list.force(p, strike.target, true);
    }
    if (people_around(model, s, p) > 0) {
      list.harm(p, strike.air);
    }
  }
  template <class After>
  static void happen(const CompiledModel& model, State& s, int g, const Cell& cell, std::size_t k, double n,
                     After& after) {
    const Strike strike = own_state<Strikes>(s).list[at(g)];
    const double dead = apply(model, s, effect(s, g, cell, k), n, after);
    note_mistake(s, strike, dead);
  }

 private:
  /// Where losses are booked; kNone where the march is gone.
  static PlaceIndex where(const State& s, const Strike& strike) {
    if (strike.place != kNone) {
      return strike.place;
    }
    const March* march = find_march(s, strike.march);
    return march == nullptr ? kNone : march->to;
  }
};

/// Spreads the sorties of every air actor over battles of its friends, marches, and enemies elsewhere.
void assign_sorties(const CompiledModel& model, State& state, const View& view);

}  // namespace truel::laws
