// How alignment moves: by balance, shared threat, friction, rivalry and sponsors together (docs/model.md), or by one of
// two rules that change one thing at a time (alignment_rules.hpp).
#pragma once

#include <span>
#include <vector>

#include "truel/laws/law.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {

/// What moves alignment; empty where the law cannot act.
struct AlignmentState {
  AlignmentState(const CompiledModel&) {}

  std::vector<double> pull;             ///< [actor][actor] per day, as assessed at the last decision
  std::vector<double> losses;           ///< [attacker][target] losses that alignment has already answered to
  ListBy<ActorIndex, double> strength;  ///< [actor] fighters at the last decision, at least 1
  ListBy<ActorIndex, double> side;      ///< [actor] -1 or 1, of the landscape rule
  double updates = 0;                   ///< updates of the one-at-a-time rules so far
  double end = kAbsent;                 ///< day on which an alignment reached the limit; NaN: it did not
};

/// Where no limit is given and nothing clips, an alignment of this size counts as infinite: the solution has blown up.
inline constexpr double kDiverged = 1e12;

class AlignmentFlow;
class AlignmentMover;

struct Alignment {
  enum Number {
    on,
    balance,
    threat,
    friction,
    rivalry,
    sponsors,
    clip,
    limit,
    triads,
    triads_chance,
    triads_constrained,
    landscape,
    updates_per_day,
    accession
  };
  static constexpr std::array kPositions{NumberPosition{on, 43}};
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.alignment.on", "switch", 0, 0, 1, "alignment moves between the actors"},
      {"laws.alignment.balance", "per day", 0, 0, 1e3,
       "pull of friends' friends and enemies' enemies (structural balance)"},
      {"laws.alignment.threat", "alignment per day", 0, 0, 1e3, "pull of two actors pressed by the same enemies alone"},
      {"laws.alignment.friction", "alignment per share killed", 0, 0, 1e3,
       "alignment lost when one kills all fighters of the other"},
      {"laws.alignment.rivalry", "alignment per day", 0, 0, 1e3, "push of two who claim all of each other's followers"},
      {"laws.alignment.sponsors", "alignment per day", 0, 0, 1e3, "pull of two whom the same sponsor backs in full"},
      {"laws.alignment.clip", "switch", 1, 0, 1, "alignment stays within -1 and 1"},
      {"laws.alignment.limit", "alignment", kAbsent, 1, 1e12,
       "without clip: where an alignment of this size ends the law; absent: the run ends as diverged at 1e12"},
      {"laws.alignment.triads", "switch", 0, 0, 1,
       "one link of one imbalanced triad flips at a time, instead of all terms"},
      {"laws.alignment.triads_chance", "share", 0.5, 0, 1,
       "chance that the hostile link of a triad with one hostile link flips, and not a friendly one (p)"},
      {"laws.alignment.triads_constrained", "switch", 0, 0, 1, "no flip may raise the number of imbalanced triads"},
      {"laws.alignment.landscape", "switch", 0, 0, 1,
       "one actor at a time changes side if that lowers its frustration, instead of all terms"},
      {"laws.alignment.updates_per_day", "updates per day", 1, 1, 1e6,
       "how often triads or landscape may change something"},
      {"laws.alignment.accession", "share", 0, 0, 1,
       "part of the others' enmities that who joins a coalition takes over"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.alignment.balance", {"laws.alignment.triads=0", "laws.alignment.landscape=0"}},
      {"laws.alignment.threat", {"laws.alignment.triads=0", "laws.alignment.landscape=0"}},
      {"laws.alignment.friction", {"laws.alignment.triads=0", "laws.alignment.landscape=0"}},
      {"laws.alignment.accession", {"laws.alignment.triads=0", "laws.alignment.landscape=0"}},
      {"laws.alignment.rivalry", {"ties.*.rivalry", "laws.alignment.triads=0", "laws.alignment.landscape=0"}},
      {"laws.alignment.sponsors", {"laws.alignment.triads=0", "laws.alignment.landscape=0"}},
      {"laws.alignment.triads_chance", {"laws.alignment.triads", "laws.alignment.triads_constrained=0"}},
      {"laws.alignment.triads_constrained", {"laws.alignment.triads"}},
      {"laws.alignment.updates_per_day", {"laws.alignment.triads"}},
      {"laws.alignment.updates_per_day", {"laws.alignment.landscape"}},
      {"laws.alignment.limit", {"laws.alignment.clip=0"}},
      {"actors.side", {"laws.alignment.landscape"}},
      {"actors.size", {"ties.*.propensity"}},
      {"ties.propensity"},
      {"ties.rivalry", {"laws.alignment.rivalry"}},
      {"sponsors.finance", {"laws.alignment.sponsors"}},
      {"sponsors.arms", {"laws.alignment.sponsors"}},
      {"sponsors.training", {"laws.alignment.sponsors"}},
      {"sponsors.intelligence", {"laws.alignment.sponsors"}},
      {"actors.sorties_per_day", {"laws.alignment.threat", "actors.kills_per_sortie"}},
      {"actors.kills_per_sortie", {"laws.alignment.threat", "actors.sorties_per_day"}},
  });

  enum Measure { energy, imbalanced_triads, friendly_share, factions, updates, limit_day, frustration };
  static constexpr std::array kWarOutcomes = std::to_array<WarOutcomeInfo>({
      {"alignment.energy", WarOutcomeInfo::Of::war, OutcomeScale::number, "alignment_energy",
       "energy of landscape theory on the last day: sum over the actors of size times frustration"},
      {"alignment.imbalanced_triads", WarOutcomeInfo::Of::war, OutcomeScale::people, "alignment_imbalanced_triads",
       "threes of actors with one or three hostile links on the last day"},
      {"alignment.friendly_share", WarOutcomeInfo::Of::war, OutcomeScale::share, "alignment_friendly_share",
       "share of all pairs whose alignment is above 0 on the last day"},
      {"alignment.factions", WarOutcomeInfo::Of::war, OutcomeScale::people, "alignment_factions",
       "groups joined by alliances on the last day, actors without allies counted"},
      {"alignment.updates", WarOutcomeInfo::Of::war, OutcomeScale::people, "alignment_updates",
       "updates by triads or landscape, the rules that change one thing at a time"},
      {"alignment.limit_day", WarOutcomeInfo::Of::war, OutcomeScale::day, "alignment_limit_day",
       "days until an alignment reached its limit, over the runs in which one did"},
      {"alignment.frustration", WarOutcomeInfo::Of::actor, OutcomeScale::number, "frustration",
       "frustration of the actor on the last day: sum over others of size times propensity times how far apart the two "
       "stand"},
  });

  static constexpr std::array kEffects{LawEffect::turns_relations};

  static constexpr Purpose kPurpose{10};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "alignment", "0", "which pair or triad moves next, and how"},
  });

  static constexpr EventInfo kCoalition{"coalition", "two actors become friends"};
  static constexpr EventInfo kSplit{"split", "two friends are friends no more"};
  static constexpr std::array kEvents{kCoalition, kSplit};
  static constexpr EventCause kAboveAllies{"above_allies", "alignment reached the threshold of allies"};
  static constexpr EventCause kBelowAllies{"below_allies", "alignment fell below the threshold of allies"};
  static constexpr std::array kCauses{kAboveAllies, kBelowAllies};

  static bool may_act(const CompiledModel& model);
  static double war_outcome(const CompiledModel& model, const State& state, int k, ActorIndex a);
  using Own = AlignmentState;
  static void make_room(State& state);
  /// Fills the alignments, and sides, from the parameters of the first day.
  static void begin(const CompiledModel& model, State& state);
  static bool change_relations(const CompiledModel& model, State& state);
  static void check(const War& war, Diagnostics& faults);

  using Mover = AlignmentMover;
  using Flow = AlignmentFlow;
  /// Its equations answer to losses day by day, unless they are integrated with those of the losses.
  static bool steps_daily(const CompiledModel& model, const State& state, bool has_flow);
  /// Whether an alignment went to infinity, that is beyond kDiverged with no limit given.
  static bool has_diverged(const CompiledModel& model, const State& state);
  /// Threat, rivalry and sponsors, which hold until the next decisions. Cost: actors cubed.
  static void after_orders(const CompiledModel& model, State& state, const View& view);
};

enum class AlignmentRule { none, terms, triads, landscape };

/// What moves alignment now. `none` while laws.alignment is off and after its limit was reached.
AlignmentRule alignment_rule(const CompiledModel& model, const State& state);

/// The alignment of a pair as the scenario has it: given, or what pairs have that it does not name.
double scenario_alignment(const CompiledModel& model, const State& state, ActorIndex a, ActorIndex b);

/// After an intervention gave `parameter` another value: takes it over if it is an alignment or a side. Returns whether
/// that, or a changed threshold, can make friends or enemies.
bool take_alignment(const CompiledModel& model, State& state, int parameter);

/// Friction at once, for losses that come in one blow: those that alignment has not yet answered to
/// (AlignmentState::losses).
void suffer_losses(const CompiledModel& model, State& state);

}  // namespace truel::laws
