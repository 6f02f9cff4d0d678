// Fire across the lines between places that enemies hold.
#pragma once

#include <algorithm>
#include <vector>

#include "truel/laws/law.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {

/// Who fires from one end of a road at an enemy at the other, until the next decisions.
struct FrontSide {
  ActorIndex attacker, target;
  PlaceIndex from, place;  ///< of the attacker and of the target
  std::size_t men, foes;   ///< slots of the attacker there and of the target
  double attackers;        ///< share of the attacker's men at `from` who face this target
  double targets;          ///< share of the target's men at `place` who face this attacker; infinite: they face nobody
  double each;             ///< kills per day and man
};

struct FrontFireState {
  explicit FrontFireState(const CompiledModel&) {}
  std::vector<FrontSide> sides;
};

/// Where a road joins places of enemies, posts fire at each other all along: of either side as many men as the weaker
/// has there (docs/laws/front_fire.md). A group is one side of a front. Its one entry: kills.
struct FrontFire : Law {
  static constexpr std::string_view kName = "front_fire";
  using Own = FrontFireState;

  enum Number { on, intensity };
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.front_fire.on", "switch", 0, 0, 1, "enemies in neighbouring places fire at each other across the line"},
      {"laws.front_fire.intensity", "share", 0.5, 0, 10,
       "of what the same men would kill if they fought at the same place"},
  });
  static constexpr std::string_view kIntensity = "laws.front_fire.intensity";
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.front_fire.intensity", {"actors.*.kill_rate"}},
      {"laws.front_fire.intensity", {"ties.*.kill_rate"}},
      {"laws.fire.arms_gain", {kIntensity, "sponsors.*.arms"}},
      {"laws.fire.arms_gain", {kIntensity, "sponsors.*.training"}},
      {"actors.kill_rate", {kIntensity}},
      {"actors.supply", {kIntensity, "actors.kill_rate"}},
      {"actors.supply", {kIntensity, "ties.*.kill_rate"}},
      {"actors.breakpoint", {kIntensity}},
      {"places.fortification", {kIntensity}},
      {"terrain.cover", {kIntensity}},
      {"ties.kill_rate", {kIntensity}},
      {"sponsors.arms", {kIntensity, "laws.fire.arms_gain"}},
      {"sponsors.training", {kIntensity, "laws.fire.arms_gain"}},
  });

  struct Cell {
    explicit Cell(const State&) {}
    double kills = 0;
    bool is_front = false;
  };
  static constexpr Purpose kPurpose{26};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "front fire", "0", "deaths by fire across all fronts in the step"},
  });

  static constexpr Scope kScope = Scope::front;
  static constexpr bool kIsPooled = true;
  static constexpr bool kLooksAtHolders = false;
  static constexpr bool kKills = true;

  static bool may_act(const CompiledModel& model);
  static void after_orders(const CompiledModel& model, State& state, const View& view);

  static int groups(const State& s) { return static_cast<int>(own_state<FrontFire>(s).sides.size()); }
  static bool is_open(const State&, int) { return true; }
  static bool is_touched(const State& s, const Change& change, int g) {
    const FrontSide& side = own_state<FrontFire>(s).sides[at(g)];
    return change.place == side.from || change.place == side.place;
  }

  static void update_rates(const CompiledModel& model, const State& s, int g, double time, Cell& cell) {
    cell.is_front = is_front(s, own_state<FrontFire>(s).sides[at(g)]);
    renew_rates(model, s, g, time, cell);
  }
  static double renew_rates(const CompiledModel&, const State& s, int g, double, Cell& cell) {
    const FrontSide& side = own_state<FrontFire>(s).sides[at(g)];
    const double foes = s.fighters[side.foes];  // infinitely many of none, where they face nobody there
    cell.kills = cell.is_front && foes > 0
                     ? side.each * std::min(side.attackers * s.fighters[side.men], side.targets * foes)
                     : 0;
    return cell.kills;
  }
  static std::size_t size(const Cell&) { return 1; }
  static std::size_t shared(const Cell&) { return 1; }
  static double rate(const Cell& cell, std::size_t) { return cell.kills; }
  static Effect effect(const State& s, int g, const Cell&, std::size_t) {
    const FrontSide& side = own_state<FrontFire>(s).sides[at(g)];
    return {.place = side.place, .who = side.target, .killer = side.attacker};
  }
  template <class List>
  static void unknowns(const CompiledModel&, const State& s, int g, List& list) {
    const FrontSide& side = own_state<FrontFire>(s).sides[at(g)];
    if (s.fighters[s.slot(side.place, side.target)] > 0) {
      list.place(side.place);
      list.loss(side.place, side.attacker, side.target);
      list.force(side.place, side.target, true);
    }
  }

 private:
  /// Whether nothing has ended one side of a front since the last decisions: the line has not moved, the two are at
  /// war.
  static bool is_front(const State& state, const FrontSide& side);
};

}  // namespace truel::laws
