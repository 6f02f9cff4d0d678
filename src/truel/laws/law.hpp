// What a law tells the others, and what they tell it.
//
// Any law may declare what is its own; reader, checker, store, metrics, results, docs and tests follow:
//
//   kName                                    of its folder, its page docs/laws/NAME.md and its table laws.NAME; those
//                                            without are described in docs/model.md
//   kNumbers                                 constants of scenario.toml, ParameterInfo: "laws.NAME.on", ...
//                                            The number `on` is its switch, which is off unless a scenario has the
//                                            law; a law without one acts in every war
//   kPositions                               where among all constants those from one on stand, or that they stand last
//                                            (kBehindOthers), as all new ones: those of a new law, which says nothing,
//                                            too. The order gives uncertain numbers their dimension of the design
//   kReads                                   numbers of actors, commands, places, roads, ties, sponsors and terrain
//                                            that it reads, and of its own constants those that need more than its
//                                            switch, which all of these need besides (model/readings.hpp)
//   kPurposes                                of its random numbers, PurposeInfo: any number below 256 that no other has
//   kOutcomes                                what it counts of an actor, ActorOutcomeInfo; `outcome` is filled in
//   actor_outcome(state, actor, k)           outcome k of them on the last day, where that is Flow::not_counted
//   kWarOutcomes                             what it sees on the last day of the whole war or of every actor, in wars
//                                            in which it may act (may_act(model)), WarOutcomeInfo
//   war_outcome(model, state, k, actor)      its value; of the whole war whatever the actor
//   kIssueResults, kIssueOutcome             what it says of the issues of talks (model/results/issue_result.hpp), with
//   an
//                                            enum that has median and position, and what that predicts is called; one
//                                            law has that
//   issue_shape(war, faults)                 how many numbers that are
//   see_issues(model, state, out)            their values, where IssueShape says; on every stored day
//   land_gains(model, state, view)           [command][enemy] the feature `land`: what the enemy's land would add to
//                                            what the command may expect; empty where the law does not act
//   kStates                                  numbers that it keeps of places or actors in LawStates::lists,
//   LawStateInfo using Own                                what else it keeps of a realization, in a type of its own
//   that can be
//                                            copied and is made from a model; own_state<Strikes>(state) is that of a
//                                            realization
//   kEffects                                 what the checks of a package are to know of it, LawEffect
//   kEvents                                  kinds of events that it notes in State::journal, EventInfo
//   kCauses                                  why they happen, EventCause; output/ makes the sentence
//   check(war, faults)                       what is wrong with its numbers together, for the reader
//   make_room(state)                         where may_act(model): of lists in State that are its own
//
// With an enum of each list, number_of<Siege>(Siege::days) is where a number stands in War::law, state_of<Siege>(
// Siege::besieged) where a state does in LawStates::lists, outcome_of where an outcome does in State::tally, and
// war_outcome_of where one of the war does in war_outcomes().
//
// What a law does at decisions are functions that it has or has not (laws.hpp calls them):
//
//   look_back(model, state, days, is_whole)  what came of the last `days` (0 on the first day), before commands look
//   set_rates(model, state, view)            what its entries are until the next decisions; commands then look at it
//   before_operations(model, state, view)    before commands with laws.operations send anybody
//   after_orders(model, state, view)         when all have decided
//   spares(state, place)                     whether nobody attacks the place from outside
//   stays(state, place, actor)               how many fighters of the actor no order takes away from the place
//   steps_daily(model, state, has_flow)      whether each day is looked at by itself; has_flow: by a solver that
//                                            integrates the Flow of a drift
//   kMovesMenAlone                           true: looked at daily or not, it leaves rates what they are but for who is
//                                            where and who holds what
//   before_days(model, state)                what it looks at when marches have come and orders are given, before days
//   pass_days(model, state, days)            what it does alike in every solver when so many days have passed
//   begin(model, state)                      on the first day, before friends and enemies are told apart
//   change_relations(model, state)           where may_act(model): makes friends and enemies before anything else is
//                                            decided; whether it did
//   after_losses(state, actor, dead)         when so many more of the actor's were counted as killed: whether the actor
//                                            gives in because of them, which it then does
//   bearable_losses(state, actor)            how many more it bears until then, infinite or 0 if it never will or
//                                            already has; and give_in(state, actor), where the mean field finds that
//                                            moment
//   kNeedsBattle                             true: it does nothing, at decisions neither, where no enemies meet
//
// What a law does between decisions:
//
// A law is a struct without data whose functions are static, so that a loop over the list of laws (laws.hpp) costs what
// the same calls written out would. What can happen by it comes in groups: all that can happen at one place, to one
// actor, by one strike, across one line. The entries of a group are its channels: each has a rate, in events a day, and
// an effect on one fighter an event. The leap counts the events of a step, the exact solver picks them one by one, the
// mean field adds up rates, and all ask the same functions:
//
//   using Cell                               what update_rates found out about a group
//   kPurpose                                 of the random numbers that the leap draws for it
//   kScope                                   what its groups are
//   kIsPooled                                the leap draws one number for all groups together, not one a group
//   using Rounds                             they come in rounds instead where it says so (laws/fire/rounds.hpp); one
//                                            law has that
//   kKills                                   some of its effects do
//   kMayFound                                it brings fighters of an actor to where none stood
//   kIsSteady                                men come by it from outside, at rates that change at decisions and with
//                                            the holders of places alone: what it counts is rate times days
//   may_act(model)                           in some realization on some day
//   groups(state)                            how many there are until the next decisions
//   is_open(state, group)                    whether anything can happen in it before the next decisions
//   fades(model, state)                      whether its rates fall while nothing happens
//   is_touched(state, change, group)         whether a change elsewhere changes the rates of the group; of places only
//                                            the one that has changed is asked
//   update_rates(model, state, group, time,  takes the rates and what effects need; `time` in days since the first
//                cell)
//   size(cell), shared(cell), rate(cell, k)  its entries. The leap shares one number of events out among the first
//                                            `shared`; the others, gains, are processes of their own and come first
//   effect(state, group, cell, k)            of one event of an entry
//   own(state, group, cell, k)               purpose and entity of the random numbers of an entry that is on its own
//   harm(state, group, cell, add)            add(place, by, persons per day): what flows while nothing happens
//   unknowns(model, state, group, list)      what the mean field has to follow
//                                            (solver/steppers/mean_field_equations.hpp):
//                                            list.force(place, actor, may_vanish), list.march(id),
//                                            list.loss(place, by, whom), list.harm(place, by),
//                                            list.counted(outcome, actor), list.crossing(actor, whom), and
//                                            list.place(place) before what is booked there
//   founds(state, group, add)                where kMayFound: add(effect, persons per day) for all that may bring men
//                                            to where none of theirs stand, even if nobody is there yet to go over
//   happen(model, state, group, cell, k, n, after)   only where n events are more than n times the effect
//
// and, where the exact solver would be slow without:
//   add_up(state, cell)                      the sum of all rates, after update_rates
//   renew_rates(model, state, group, time,   both, where since then nothing has changed but fighters and, where
//               cell)                        kLooksAtHolders, who holds what
//   find(cell, mark)                         the entry that a mark between 0 and that sum points at
//
// A law that moves numbers by equations while nothing happens is a drift and stands in Drifts; with may_act(model) it
// has:
//
//   Mover(model), advance(state, from, until)   moves them over so many days; false where they go to infinity
//   Flow(model)                              the same as equations of the mean field (alignment/alignment_flow.hpp)
//   has_diverged(model, state)               whether they have gone to infinity
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "truel/base/purposes.hpp"
#include "truel/model/readings.hpp"
#include "truel/model/results/war_outcome.hpp"
#include "truel/world/casualties.hpp"
#include "truel/world/marches.hpp"
#include "truel/world/state.hpp"

namespace truel::laws {

/// Where number k of a law stands in War::law, its outcome k in State::tally, its outcome k of the war in
/// war_outcomes(), its state k in LawStates::lists, itself in LawStates::own.
/// Constants, defined by the list (laws.hpp).
template <class L>
constexpr LawParameter number_of(int k);
template <class L>
constexpr ActorOutcome outcome_of(int k);
template <class L>
constexpr WarOutcome war_outcome_of(int k);
template <class L>
constexpr std::size_t state_of(int k);
template <class L>
constexpr std::size_t position_of();

/// What a law keeps in its type Own.
template <class L>
auto& own_state(State& s) {
  return s.laws.own[position_of<L>()].template as<typename L::Own>();
}
template <class L>
const auto& own_state(const State& s) {
  return s.laws.own[position_of<L>()].template as<typename L::Own>();
}

/// Numbers of a law from this one on stand from this position on in law_parameters().
struct NumberPosition {
  int number, position;
};

enum class Scope { place, strike, front, actor };

/// Fighters of an actor at a place, that have become more or fewer, and what came of it.
struct Change {
  PlaceIndex place;
  ActorIndex actor;
  bool has_new_holder;
};

/// Rates of entries that are events of one kind.
struct Rates {
  /// With room for an entry a place, so that a stretch of days does not ask for memory.
  explicit Rates(const State& s) : rate(at(s.n_places)) {}

  /// Makes room for n entries; what they are is for the caller to write.
  double* of_entries(std::size_t entries) {
    n = entries;
    if (rate.size() < n) {
      rate.resize(n);
    }
    return rate.data();
  }

  std::vector<double> rate;  ///< [entry], and room for more
  std::size_t n = 0;
};

/// What an event does to one fighter: he goes, or he comes; or he goes over, which is both, counts as defected and as
/// joined, and is for laws that bring a `happen` of their own.
struct Effect {
  PlaceIndex place = kNone;                     ///< where he goes from; of a march, where its losses are booked
  ActorIndex who = kNone;                       ///< whose he was; kNone: nobody goes
  int march = kNone;                            ///< id of the march that he was on
  PlaceIndex to = kNone;                        ///< where he comes to
  ActorIndex joins = kNone;                     ///< whose he is then; kNone: nobody comes
  ActorIndex killer = kNone;                    ///< who killed him
  ActorOutcome counted = ActorOutcome::killed;  ///< of who goes, or else of whom he joins
};

/// What most laws have in common.
struct Law {
  using Cell = Rates;
  static constexpr bool kIsPooled = false;
  static constexpr bool kKills = false;
  static constexpr bool kMayFound = false;
  static constexpr bool kIsSteady = false;
  static constexpr bool kLooksAtHolders = true;

  static bool may_act(const CompiledModel&) { return true; }
  static bool fades(const CompiledModel&, const State&) { return false; }
  static std::size_t size(const Rates& cell) { return cell.n; }
  static std::size_t shared(const Rates& cell) { return cell.n; }
  static double rate(const Rates& cell, std::size_t k) { return cell.rate[k]; }
  template <class Cell>
  static std::pair<Purpose, int> own(const State&, int, const Cell&, std::size_t) {
    return {};
  }
  template <class Cell, class Add>
  static void harm(const State&, int, const Cell&, Add&&) {}
};

/// What a solver does when an event has changed the state:
///   lost(state, place, actor, fighters)   so many fewer stand there
///   gained(state, place, actor, is_new)   more stand there; is_new: none did before
///   lost_on_road(state, actor)            a march of the actor's has fewer
///   moved(state, actor)                   some of its fighters stand elsewhere, under another name
///   fell(state, actor, dead)              so many more were killed: the actor may break
/// Presence and control have to be as they are before it returns, but for `moved`, where they are already.

/// Lets an effect happen to n fighters, or as many as there are. Returns how many. Inlined, as a law's effects are all
/// of one kind and most of this is then left out.
template <class After>
[[gnu::always_inline]] inline double apply(const CompiledModel& model, State& s, const Effect& e, double n,
                                           After& after) {
  if (e.who != kNone) {
    double& left = e.march == kNone ? s.fighters[s.slot(e.place, e.who)] : find_march(s, e.march)->fighters;
    n = std::min(n, left);
    left -= n;
    s.tally(e.counted, e.who) += n;
    if (e.killer != kNone) {
      book_losses(model, s, e.place, e.killer, e.who, n);
    }
    if (e.march == kNone) {
      after.lost(s, e.place, e.who, n);
    } else {
      after.lost_on_road(s, e.who);
    }
    if (e.killer != kNone) {
      after.fell(s, e.who, n);
    }
  } else {
    double& fighters = s.fighters[s.slot(e.to, e.joins)];
    const bool is_new = fighters <= 0;
    fighters += n;
    s.tally(e.counted, e.joins) += n;
    after.gained(s, e.to, e.joins, is_new);
  }
  return n;
}

/// n events of an entry.
template <class L, class After>
void happen(const CompiledModel& model, State& s, int group, const typename L::Cell& cell, std::size_t k, double n,
            After& after) {
  if constexpr (requires { L::happen(model, s, group, cell, k, n, after); }) {
    L::happen(model, s, group, cell, k, n, after);
  } else {
    apply(model, s, L::effect(s, group, cell, k), n, after);
  }
}

}  // namespace truel::laws
