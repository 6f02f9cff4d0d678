// The state of one realization.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "truel/base/index.hpp"
#include "truel/base/random.hpp"
#include "truel/model/results/actor_outcome.hpp"
#include "truel/model/results/attack_tally.hpp"
#include "truel/world/compiled/compiled_model.hpp"
#include "truel/world/effort_ledger.hpp"
#include "truel/world/journal.hpp"
#include "truel/world/law_state.hpp"

namespace truel {

using ActorMask = std::uint64_t;
inline ActorMask bit(ActorIndex a) {
  return ActorMask{1} << a;
}
/// The first of them; there is one.
inline ActorIndex first_of(ActorMask who) {
  return std::countr_zero(who);
}

/// Why fighters are on a road.
enum class ColumnTask { reinforce, offensive, raid, retreat };

/// Fighters on the way. They arrive at the start of `arrival_day`.
struct Column {
  int id;
  ActorIndex actor;
  PlaceIndex from, to;
  double fighters;
  int arrival_day;
  ColumnTask task;
};

/// A part of an air actor's sorties, for the days until the next decisions.
struct Strike {
  ActorIndex air, target;
  PlaceIndex place;         ///< kNone: the column
  int column;               ///< id
  double share;             ///< of the air actor's sorties (u)
  bool is_mistake = false;  ///< it hits troops who are no target
};

/// Where an actor gains fighters until the next decisions.
struct RecruitmentSite {
  PlaceIndex place;
  double per_day;
};

/// Where an actor has fighters that income cannot sustain, until the next decisions.
struct Unpaid {
  PlaceIndex place;
  double share;  ///< of the fighters there
};

/// Where fighters of an actor may go over to another, until the next decisions.
struct DefectionRate {
  PlaceIndex from, to;
  ActorIndex whom;
  double per_day;  ///< of the fighters at `from`
};

/// The games of allocation that the commands with the doctrine best-response played, over the whole run.
struct GameTally {
  double games = 0;      ///< decisions at which one was played
  double converged = 0;  ///< of these: nobody gained by changing in the end
  double cycles = 0;     ///< the allocations repeated themselves; neither: they did not settle
  double rounds = 0;     ///< of best responses, all games together
};

struct State;

/// Room for what laws keep in lists of their own, which are empty where they cannot act. Defined by the list of laws.
void make_room_for_laws(const CompiledModel& model, State& state);

/// Values derived from the parameters; rebuilt at the start and after every intervention.
struct Derived {
  std::vector<double> kill;  ///< [attacker][target] alpha q of hostile pairs while the fire law is on, else 0; per day
  std::vector<double> visibility;            ///< [attacker][target] mu where the scenario gives it, else NaN
  ListBy<ActorIndex, double> concealment;    ///< [actor]
  ListBy<ActorIndex, double> intelligence;   ///< [actor] own and sponsors', at most 1
  ListBy<ActorIndex, double> harm_recruits;  ///< [actor] recruits per person harmed while the recruitment law is on
  bool has_harm_recruits = false;            ///< of somebody
  ListBy<PlaceIndex, double> exposure;       ///< [place] share of fire that reaches the side that holds the place (d)
  std::vector<double> fixed_share;           ///< [attacker][target] shares of the fixed doctrine
  ListBy<ActorIndex, double> abstention;     ///< [actor] share of fire withheld where more than one enemy stands
  ListBy<ActorIndex, double> breakpoint;     ///< [actor] losses at which it breaks off; infinite: never
  std::vector<ActorIndex> turn;            ///< [position] who fires first, second, ...; set where actors fire in turns
  ListBy<ActorIndex, double> backing;      ///< [actor] before division by its maximum
  std::vector<double> closeness;           ///< [link] exp(-km / vital_km)
  ListBy<ActorIndex, ActorMask> hostile;   ///< [actor]
  ListBy<ActorIndex, ActorMask> friendly;  ///< [actor] includes itself
};

struct State {
  explicit State(const CompiledModel& model);

  int n_actors, n_places;
  int day = 0;  ///< since the first day of the scenario

  // Index of [place][actor] and of [attacker][target]. Two plain numbers do not say which is which.
  std::size_t slot(PlaceIndex p, ActorIndex a) const { return at(p * n_actors + a); }
  template <std::integral P, std::integral A>
  std::size_t slot(P, A) const = delete;
  std::size_t pair(ActorIndex attacker, ActorIndex target) const { return at(attacker * n_actors + target); }
  template <std::integral A, std::integral B>
  std::size_t pair(A, B) const = delete;
  void set_alignment(ActorIndex a, ActorIndex b, double to) { alignment[pair(a, b)] = alignment[pair(b, a)] = to; }
  double& attack(ActorIndex attacker, ActorIndex target, AttackTally t) {
    return attacks[pair(attacker, target) * kAttackTallyCount + static_cast<std::size_t>(t)];
  }

  /// What laws count of an actor: those of ActorOutcome that are not Flow::not_counted.
  double& tally(ActorOutcome o, ActorIndex a) { return tallies[at(static_cast<int>(o) * n_actors + a)]; }
  double tally(ActorOutcome o, ActorIndex a) const { return tallies[at(static_cast<int>(o) * n_actors + a)]; }

  /// [actor]
  std::span<const double> tally(ActorOutcome o) const {
    return {&tallies[at(static_cast<int>(o) * n_actors)], at(n_actors)};
  }

  std::vector<double> fighters;               ///< [place][actor]
  std::vector<double> underground;            ///< [place][actor]; empty where no law sends anybody there
  std::vector<double> alignment;              ///< [actor][actor] symmetric; the diagonal counts in balance alone
  std::vector<double> support;                ///< [place][actor] share of the population
  ListBy<PlaceIndex, double> population;      ///< [place]
  ListBy<PlaceIndex, ActorIndex> control;     ///< [place] an actor or kNone
  ListBy<PlaceIndex, int> held_since;         ///< [place] day of the last change of hands; 0 at the start
  int n_holder_changes = 0;                   ///< times that a place got another holder
  ListBy<PlaceIndex, ActorIndex> taken_from;  ///< [place] who held it before; kNone: nobody since the first day
  ListBy<PlaceIndex, ActorIndex> last_turn;   ///< [place] who fired last, where actors fire in turns; kNone: nobody yet
  ListBy<PlaceIndex, double> battle_since;    ///< [place] day the enemies met; NaN: no battle
  ListBy<PlaceIndex, ActorMask> present;      ///< [place] who has fighters there
  ListBy<PlaceIndex, std::uint8_t> contested;  ///< [place] enemies are both present
  std::vector<double> effort;                  ///< [attacker][target] shares that the commands decided
  ListBy<ActorIndex, double> effort_total;     ///< [attacker] sum of effort over all targets, at most 1
  ListBy<ActorIndex, double> passing;          ///< [actor] abstention that best responses chose; NaN: none did

  // Tallies since the first day.
  std::vector<double> losses;                  ///< [attacker][target] target's fighters killed by attacker
  std::vector<double> country_losses;          ///< [country][attacker][target] of these, in CompiledModel::countries
  ListBy<PlaceIndex, double> place_losses;     ///< [place] fighters of all sides killed there
  std::vector<double> battle_losses;           ///< [place][actor] killed there in the battle; empty where none is noted
  ListBy<PlaceIndex, double> place_harm;       ///< [place] people who are no fighters harmed there
  ListBy<PlaceIndex, double> place_changes;    ///< [place] times that it changed hands
  std::vector<double> attacks;                 ///< [attacker][target][AttackTally]
  std::vector<double> effort_days;             ///< [attacker][target] effort integrated over days
  ListBy<ActorIndex, ActorIndex> first_enemy;  ///< [actor] who got most of its effort at the first decision
  ListBy<ActorIndex, double> turn_day;         ///< [actor] first day on which that was another; NaN: it was not
  std::vector<double> tallies;                 ///< [ActorOutcome][actor], for `tally`
  ListBy<ActorIndex, double> first_fighters;   ///< [actor]
  ListBy<ActorIndex, double>
      recent_gain;                       ///< [actor] fighters gained less those who went, per day of the last interval
  ListBy<ActorIndex, double> gain_mark;  ///< [actor] the same tally at the last decision

  std::vector<double> recent_harm;  ///< [place][actor] persons harmed by the actor since the last decision

  // What moves alignment; empty where no law does (laws::Alignment).
  std::vector<double> alignment_pull;             ///< [actor][actor] per day, as assessed at the last decision
  std::vector<double> alignment_losses;           ///< [attacker][target] losses that alignment has already answered to
  ListBy<ActorIndex, double> alignment_strength;  ///< [actor] fighters at the last decision, at least 1
  ListBy<ActorIndex, double> side;                ///< [actor] -1 or 1, of the landscape rule
  double alignment_updates = 0;                   ///<  updates of the one-at-a-time rules so far
  double alignment_end = kAbsent;                 ///<  day on which an alignment reached the limit; NaN: it did not

  ListBy<ActorIndex, std::vector<RecruitmentSite>> recruitment_sites;  ///< [actor]
  ListBy<ActorIndex, std::vector<Unpaid>> unpaid;                      ///< [actor]
  ListBy<ActorIndex, std::vector<DefectionRate>> defection_rates;      ///< [actor]
  std::vector<Column> columns;                                         ///<
  std::vector<Strike> strikes;                                         ///<
  EffortLedger ledger;                                                 ///<
  GameTally games;                                                     ///<
  int next_column = 0;                                                 ///<
  std::uint32_t run = 0;                                               ///<  number of the realization
  std::uint64_t seed = 0;
  Journal* journal = nullptr;  ///<  null: the path is not kept

  std::vector<std::vector<double>> of_laws;  ///< [law_states()][place], [actor] or [place][actor]

  std::vector<double> values;  ///< [parameter]
  Derived derived;

  /// The dated changes of this realization that happen at all, by day, then by row.
  struct DatedChange {
    Day day;
    int row;  ///< into War::interventions
  };
  std::vector<DatedChange> agenda;

  double value(int parameter) const { return values[at(parameter)]; }
  double& value(int parameter) { return values[at(parameter)]; }
  /// A place or an actor is no parameter.
  template <class Tag>
  double value(Index<Tag>) const = delete;
};

/// How a command divides its effort (commands.ID.doctrine).
Doctrine doctrine(const War& war, const State& state, CommandIndex command);

/// All fighters of an actor, columns and those underground included.
double total_fighters(const State& state, ActorIndex a);

/// Whether it has any. Cost: places until the first at which it has some.
bool has_fighters(const State& state, ActorIndex a);

/// Those of them underground.
double underground_fighters(const State& state, ActorIndex a);

/// All fighters of every actor at once: `total` is [actor].
void total_fighters(const State& state, std::span<double> total);

}  // namespace truel
