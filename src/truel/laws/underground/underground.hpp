// Fighters who go underground where their side is driven out: found by those who police the place, joined by
// supporters, back in the open where the garrison is weak.
#pragma once

#include "truel/laws/law.hpp"

namespace truel::laws {

/// Sends the actor's share of its fighters at a place underground; whole fighters where `is_whole`. Returns how many.
/// Nothing where the law is off. Presence there is as if they had left.
double go_underground(const CompiledModel& model, State& state, PlaceIndex place, ActorIndex actor, bool is_whole);

/// What happens underground in the last `days` with the garrisons, support and people of today (model.md, section 4):
/// an immigration and death process, drawn from its distribution at the end of the interval where `is_whole`, else its
/// mean. Those found count as killed by who found them.
void police(const CompiledModel& model, State& state, double days, bool is_whole);

/// Those who can hold their own come into the open again, and control is settled there.
void surface(const CompiledModel& model, State& state);

struct Underground {
  enum Number { on, police_per_1000, surfacing_odds, surfacing_fighters };
  static constexpr std::array kPositions{NumberPosition{on, 75}};
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.underground.on", "switch", 0, 0, 1, "fighters driven out of a place go underground there, and may rise"},
      {"laws.underground.police_per_1000", "fighters per 1000 persons", 20, 0, 1000,
       "enemy fighters at a place from which on their search for those underground is at its best"},
      {"laws.underground.surfacing_odds", "probability", 0.6, 0, 1,
       "win probability against the garrison at which those underground rise"},
      {"laws.underground.surfacing_fighters", "fighters", 1, 0, kMany, "least number who rise"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"actors.underground_share"},
      {"actors.underground_recruitment_per_day"},
      {"actors.policing_per_day"},
      {"actors.concealment", {"actors.*.policing_per_day"}},
      {"actors.intelligence", {"actors.policing_per_day", "actors.*.concealment"}},
      {"sponsors.intelligence", {"actors.*.policing_per_day", "actors.*.concealment"}},
      {"laws.underground.police_per_1000", {"actors.*.policing_per_day"}},
      {"laws.operations.contest_exponent"},
      {"places.fortification"},
      {"terrain.cover"},
      {"actors.breakpoint"},
  });

  enum Outcome { underground };
  static constexpr std::array kOutcomes = std::to_array<ActorOutcomeInfo>({
      {.name = "underground",
       .scale = OutcomeScale::people,
       .shown = kShownEverywhere,
       .phrase = "fighters of {} underground on the last day",
       .meaning = "of the fighters on the last day, those underground",
       .position = 2},
  });

  static constexpr Purpose kPurpose{12};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "underground", "place × number of actors + actor",
       "those who are found underground in an interval, those who join, who found them"},
  });

  static constexpr EventInfo kGoesUnderground{"underground", "men who cannot hold a place go underground there"};
  static constexpr EventInfo kSurfaces{"surface", "men who were underground stand up again"};
  static constexpr std::array kEvents{kGoesUnderground, kSurfaces};
  static constexpr EventCause kCannotHold{"cannot_hold", "its men cannot hold the place"};
  static constexpr EventCause kFriendlyHands{"friendly_hands", "the place is in friendly hands"};
  static constexpr EventCause kWeakGarrison{"weak_garrison", "the garrison is too weak to hold them down"};
  static constexpr std::array kCauses{kCannotHold, kFriendlyHands, kWeakGarrison};

  static bool may_act(const CompiledModel& model);
  static void make_room(State& state);
  static void look_back(const CompiledModel& model, State& state, int days, bool is_whole) {
    if (days > 0) {
      police(model, state, days, is_whole);
    }
    surface(model, state);
  }
  static double actor_outcome(const State& s, ActorIndex a, int) { return underground_fighters(s, a); }
};

}  // namespace truel::laws
