// What is written down of a realization whose path is kept: what happened, and why commands chose as they did.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "truel/model/features.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel {

/// A kind of event. Laws declare their own (laws/law.hpp).
struct EventInfo {
  const char* kind;
  std::string_view meaning;
};
inline constexpr EventInfo kCapture{"capture", "a place has another holder"};
inline constexpr EventInfo kCollapse{"collapse", "an actor has neither place nor force any more"};
/// Those that are of no law.
inline constexpr std::array kCommonEvents{kCapture, kCollapse};

/// Why it happened or was decided. Laws declare their own. The sentence names the event's numbers where they go: "win
/// probability {win_probability:.2f}"; only output/ fills them in. `more`: its end, where it begins as others do.
struct EventCause {
  std::string_view name;
  std::string_view sentence;
  std::string_view more = {};
};
/// Of events whose kind says all.
inline constexpr EventCause kNoCause{};
inline constexpr EventCause kLastDefenderGone{"last_defender_gone", "the last defender is gone"};
inline constexpr EventCause kNoPlaceLeft{"no_place_left", "no place left"};
/// Those that are of no law.
inline constexpr std::array kCommonCauses{kLastDefenderGone, kNoPlaceLeft};

/// What decided; NaN where the cause has no such number.
struct EventNumbers {
  double share = kAbsent, worth = kAbsent, worth_factor = kAbsent, win_probability = kAbsent;
  double fighters_needed = kAbsent, credit = kAbsent;
  double brought = kAbsent, other_brought = kAbsent, lost = kAbsent, other_lost = kAbsent, bearable_losses = kAbsent;
  double days = kAbsent, rounds = kAbsent, period = kAbsent;
};

struct EventNumberInfo {
  const char* name;
  double EventNumbers::*of;
  std::string_view meaning;
};
inline constexpr std::array kEventNumbers = std::to_array<EventNumberInfo>({
    {"share", &EventNumbers::share, "effort of the command for the enemy, as a share"},
    {"worth", &EventNumbers::worth, "what the place is worth to the command"},
    {"worth_factor", &EventNumbers::worth_factor, "so many times as much, because it has just been taken from another"},
    {"win_probability", &EventNumbers::win_probability, "as the command sees it"},
    {"fighters_needed", &EventNumbers::fighters_needed, "to take the place and hold it"},
    {"credit", &EventNumbers::credit, "man-days that the command may spend on the enemy"},
    {"brought", &EventNumbers::brought, "fighters of the actor's side in all days of the battle"},
    {"other_brought", &EventNumbers::other_brought, "the same of the other side"},
    {"lost", &EventNumbers::lost, "of those brought, killed"},
    {"other_lost", &EventNumbers::other_lost, "the same of the other side"},
    {"bearable_losses", &EventNumbers::bearable_losses, "the same, at which the side leaves the battle"},
    {"days", &EventNumbers::days, "of the battle"},
    {"rounds", &EventNumbers::rounds, "of best responses, until they settle or at most"},
    {"period", &EventNumbers::period, "rounds after which the responses are the same again"},
});

/// A thing that happened or was decided, kept only for realizations stored with their path.
struct Event {
  int day;
  std::string_view kind;  ///< of an EventInfo
  ActorIndex actor;
  PlaceIndex place;
  ActorIndex other;
  double fighters;
  const EventCause* cause = &kNoCause;
  EventNumbers numbers = {};
  int intervention = kNone;  ///< row of the dated change
};

/// One command's view of one enemy at a decision, with the contribution of each feature to the score.
struct PriorityRecord {
  int day;
  CommandIndex command;
  ActorIndex target;
  double share, score;
  std::array<double, kFeatures.size()> contribution;  ///< weight times feature, in the order of kFeatures
};

struct Journal {
  std::vector<Event> events;
  std::vector<PriorityRecord> priorities;
};

/// The features that can count in this war, in the order of their contributions: `land` only where a law
/// says what talks would give.
std::span<const FeatureInfo> features_of(const CompiledModel& model);

}  // namespace truel
