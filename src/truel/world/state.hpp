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
#include "truel/world/journal.hpp"
#include "truel/world/law_state.hpp"

namespace truel {

/// Whether it is one of them; nobody never is.
inline bool is_one_of(ActorIndex a, ActorMask who) {
  return a >= 0 && (who & bit(a)) != 0;
}
/// The first of them; there is one.
inline ActorIndex first_of(ActorMask who) {
  return std::countr_zero(who);
}

/// Why fighters are on a road.
enum class MarchTask { reinforce, offensive, raid, retreat };

/// Fighters on the way. They arrive at the start of `arrival_day`.
struct March {
  int id;
  ActorIndex actor;
  PlaceIndex from, to;
  double fighters;
  int arrival_day;
  MarchTask task;
};

struct State;

/// Makes what laws keep, and room for it where they can act. Defined by the list of laws.
void make_room_for_laws(const CompiledModel& model, State& state);

/// Values derived from the parameters; rebuilt at the start and after every intervention.
struct DerivedValues {
  List<double> kill;        ///< [attacker][target] alpha q of hostile pairs while the fire law is on, else 0; per day
  List<double> visibility;  ///< [attacker][target] mu where the scenario gives it, else NaN
  ListBy<ActorIndex, double> concealment;    ///< [actor]
  ListBy<ActorIndex, double> intelligence;   ///< [actor] own and sponsors', at most 1
  ListBy<ActorIndex, double> harm_recruits;  ///< [actor] recruits per person harmed while the recruitment law is on
  bool has_harm_recruits = false;            ///< of somebody
  ListBy<PlaceIndex, double> exposure;       ///< [place] share of fire that reaches the side that holds the place (d)
  List<double> fixed_share;                  ///< [attacker][target] shares of the fixed doctrine
  ListBy<ActorIndex, double> abstention;     ///< [actor] share of fire withheld where more than one enemy stands
  ListBy<ActorIndex, double> breakpoint;     ///< [actor] losses at which it breaks off; infinite: never
  List<ActorIndex> turn;                   ///< [position] who fires first, second, ...; set where actors fire in turns
  ListBy<ActorIndex, double> backing;      ///< [actor] before division by its maximum
  List<double> closeness;                  ///< [link] exp(-km / vital_km)
  ListBy<ActorIndex, ActorMask> hostile;   ///< [actor]
  ListBy<ActorIndex, ActorMask> friendly;  ///< [actor] includes itself
};

/// What is counted, since the first day unless it says otherwise.
struct Tallies {
  Tallies(const CompiledModel& model);

  List<double> losses;                        ///< [attacker][target] target's fighters killed by attacker
  List<double> country_losses;                ///< [country][attacker][target] of these, in CompiledModel::countries
  ListBy<PlaceIndex, double> place_losses;    ///< [place] fighters of all sides killed there
  List<double> battle_losses;                 ///< [place][actor] killed there in the battle; empty where none is noted
  ListBy<PlaceIndex, double> place_harm;      ///< [place] people who are no fighters harmed there
  List<double> recent_harm;                   ///< [place][actor] people harmed by the actor since the last decision
  ListBy<PlaceIndex, double> place_changes;   ///< [place] times that it changed hands
  int n_holder_changes = 0;                   ///< times that a place got another holder
  List<double> attacks;                       ///< [attacker][target][AttackTally]
  List<double> effort_days;                   ///< [attacker][target] effort integrated over days
  List<double> of_actors;                     ///< [ActorOutcome][actor], for State::tally
  ListBy<ActorIndex, double> first_fighters;  ///< [actor]
};

/// What has been sent on the road.
struct Departures {
  List<int> latest_arrival;  ///< [place][actor] of those who ever left the place; 0: nobody has
  int next_march = 0;        ///< id
};

/// The number of a realization, which knows whether anybody has asked for it: so does whatever is drawn at random.
class RunNumber {
 public:
  RunNumber(std::uint32_t number = 0) : number_(number) {}  // NOLINT(google-explicit-constructor): it is that number
  operator std::uint32_t() const {                          // NOLINT(google-explicit-constructor)
    was_asked_for_ = true;
    return number_;
  }
  bool was_asked_for() const { return was_asked_for_; }

 private:
  std::uint32_t number_;
  mutable bool was_asked_for_ = false;
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
  bool is_held_by(PlaceIndex p, ActorMask who) const { return is_one_of(control[p], who); }
  void set_alignment(ActorIndex a, ActorIndex b, double to) { alignment[pair(a, b)] = alignment[pair(b, a)] = to; }
  double& attack(ActorIndex attacker, ActorIndex target, AttackTally t) {
    return tallies.attacks[pair(attacker, target) * kAttackTallyCount + static_cast<std::size_t>(t)];
  }

  /// What laws count of an actor: those of ActorOutcome that are not Flow::not_counted.
  double& tally(ActorOutcome o, ActorIndex a) { return tallies.of_actors[at(static_cast<int>(o) * n_actors + a)]; }
  double tally(ActorOutcome o, ActorIndex a) const { return tallies.of_actors[at(static_cast<int>(o) * n_actors + a)]; }

  /// [actor]
  std::span<const double> tally(ActorOutcome o) const {
    return {&tallies.of_actors[at(static_cast<int>(o) * n_actors)], at(n_actors)};
  }

  List<double> fighters;                       ///< [place][actor]
  List<double> underground;                    ///< [place][actor]; empty where no law sends anybody there
  List<double> alignment;                      ///< [actor][actor] symmetric; the diagonal counts in balance alone
  List<double> support;                        ///< [place][actor] share of the population
  ListBy<PlaceIndex, double> population;       ///< [place]
  ListBy<PlaceIndex, ActorIndex> control;      ///< [place] an actor or kNone
  ListBy<PlaceIndex, int> held_since;          ///< [place] day of the last change of hands; 0 at the start
  ListBy<PlaceIndex, ActorIndex> taken_from;   ///< [place] who held it before; kNone: nobody since the first day
  ListBy<PlaceIndex, double> battle_since;     ///< [place] day the enemies met; NaN: no battle
  ListBy<PlaceIndex, ActorMask> present;       ///< [place] who has fighters there
  ListBy<PlaceIndex, std::uint8_t> contested;  ///< [place] enemies are both present
  List<double> effort;                         ///< [attacker][target] shares that the commands decided
  ListBy<ActorIndex, double> effort_total;     ///< [attacker] sum of effort over all targets, at most 1

  Tallies tallies;
  std::vector<March> marches;  ///< on the road
  Departures departures;
  RunNumber run;
  std::uint64_t seed = 0;
  Journal* journal = nullptr;  ///< null: the path is not kept
  LawStates laws;

  List<double> values;  ///< [parameter]
  DerivedValues derived;

  double value(int parameter) const { return values[at(parameter)]; }
  double& value(int parameter) { return values[at(parameter)]; }
  /// A place or an actor is no parameter.
  template <class Tag>
  double value(Index<Tag>) const = delete;
};

/// How a command divides its effort (commands.ID.doctrine).
Doctrine doctrine(const War& war, const State& state, CommandIndex command);

/// All fighters of an actor, marches and those underground included.
double total_fighters(const State& state, ActorIndex a);

/// Whether it has fewer. Cost: places until the first at which it has as many.
bool has_fewer_fighters(const State& state, ActorIndex a, double men);

/// Whether it has any. Cost: places until the first at which it has some.
bool has_fighters(const State& state, ActorIndex a);

/// Those of them underground.
double underground_fighters(const State& state, ActorIndex a);

/// Memory of its long lists.
std::size_t bytes_of_lists(const State& state);

/// All fighters of every actor at once: `total` is [actor].
void total_fighters(const State& state, std::span<double> total);

}  // namespace truel
