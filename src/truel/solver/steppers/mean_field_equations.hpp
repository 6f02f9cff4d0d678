// The equations of the expected state, from one moment at which a force is gone to the next: which numbers change, how
// fast, and when the next force is gone.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "truel/laws/laws.hpp"

namespace truel::solver {

/// The vector of unknowns: fighters of each force and march that can change, then the tallies that can,
/// then those of the drifts (laws/laws.hpp). Root functions: of every force and march, of every limit of losses, and
/// of every drift.
class Equations {
 public:
  struct Attack {
    ActorIndex by;
    double rate;  ///< kills per day
  };

  /// counts_all: tallies of all that happens are unknowns; else only where something that moves fighters depends on
  /// them.
  Equations(const CompiledModel& model, const State& state, bool counts_all);

  /// Lists what changes from `time` on. has_rounds: fire comes in rounds and is no part of the equations.
  void list(State& state, double time, bool has_rounds);
  /// Whether anything changes, be it only that recruits fall as they come.
  bool has_any() const;
  std::size_t unknowns() const { return unknowns_; }
  std::size_t n_roots() const;
  /// Where the integrator gives up: ends the drifts that go to infinity. Returns whether any does.
  bool end_beyond_doubt(const double* y, State& state, double time) const;

  /// y: [unknown]; tallies begin at 0.
  void pack(const State& state, double* y) const;
  /// Forces and marches; where none is left they become `least`.
  void unpack_forces(const double* y, State& state, double least) const;
  /// What y adds to the tallies in so many days.
  void unpack_tallies(const double* y, double days, State& state) const;
  void unpack_drifts(const double* y, State& state) const;

  /// dy: [unknown] per day. Moves the forces of the state to y. A step may end beyond the moment at which a force is
  /// gone, which is then sought on it. What a force below 0 does there is what as many men would do, with the other
  /// sign: the step is as smooth as before, and CVODE takes three for four. Where losses are counted it does nothing,
  /// as none can be taken back.
  void slope(State& state, double time, const double* y, double* dy);
  /// out: [root].
  void roots(const double* y, double* out) const;

  /// Takes away the forces that are at or below the threshold already, unless their first recruits are just coming: the
  /// root finder only sees crossings. Returns whose they were.
  std::vector<ActorIndex> take_gone(State& state, const double* y, double time);
  /// Does what follows where root functions are 0 (found: [root], 0 where they are not). Returns whose forces went.
  std::vector<ActorIndex> reach_roots(State& state, std::span<const int> found, double time);
  /// Who is where and who holds what, after forces have changed.
  void settle(State& state) const;

 private:
  struct Force {
    PlaceIndex place;
    ActorIndex actor;
    bool can_vanish;
  };

  /// An actor who gives in when it has lost so many more (laws::for_each_limit_of_losses).
  struct Limit {
    ActorIndex actor;
    double losses;
    void (*give_in)(State&, ActorIndex);
  };

  /// Men who come from outside, at a rate that changes at decisions alone.
  struct Arrival {
    laws::Effect effect;
    double per_day;
  };

  /// Those who come to a place where no force of theirs stands, under fire that kills faster than they come: each falls
  /// as he arrives, and the force stays at zero.
  struct ArrivalUnderFire {
    Arrival arrival;
    std::vector<Attack> attacks;
  };

  /// The unknowns that an effect moves, or kNone: one falls, two rise. `by`: the force that brings it about, where
  /// one below 0 can.
  struct Transfer {
    int from = kNone, to = kNone, tally = kNone, by = kNone;
    bool is_known = false;

    void add(double rate, const double* y, double* dy) const {
      rate = by != kNone && y[at(by)] < 0 ? -rate : rate;
      if (from != kNone) {
        dy[at(from)] -= rate;
      }
      if (to != kNone) {
        dy[at(to)] += rate;
      }
      if (tally != kNone) {
        dy[at(tally)] += rate;
      }
    }
  };

  /// What a law found out about the last group looked at, and what its effects move.
  template <class Law>
  struct LastGroup {
    explicit LastGroup(const State& state) : cell(state) {}
    typename Law::Cell cell;
    std::vector<Transfer> moved;
  };

  /// What a drift makes of the equations, and its first unknown.
  template <class Law>
  struct FlowingDrift {
    explicit FlowingDrift(const CompiledModel& model) : flow(model) {}
    typename Law::Flow flow;
    std::size_t first = 0;
  };
  /// f(drift) of those that move.
  template <class F>
  void for_each_moving(F&& f) const {
    const auto if_moving = [&](const auto& drift) {
      if (drift.flow.is_moving()) {
        f(drift);
      }
    };
    std::apply([&](const auto&... drift) { (if_moving(drift), ...); }, drifts_);
  }

  /// Lists for a law the forces and marches that it moves (laws/law.hpp), once each.
  struct ForceList;
  /// The same of the tallies.
  struct TallyList;

  /// Whether the law is part of the equations.
  template <class Law>
  bool acts() const {
    return Law::may_act(model_) && !(laws::may_come_in_rounds<Law>() && has_rounds_);
  }
  template <class Law>
  LastGroup<Law>& known() {
    return std::get<LastGroup<Law>>(known_);
  }

  /// Who kills a force or march, and how fast. is_hit(effect): whether an effect is on it. place: where it stands;
  /// kNone: on the road.
  template <class IsHit>
  std::vector<Attack> attacks(const State& state, PlaceIndex place, double time, IsHit is_hit);
  std::vector<Attack> attacks_on(const State& state, PlaceIndex p, ActorIndex a, double time);
  std::vector<Attack> attacks_on(const State& state, const March& march, double time);

  /// f(effect, persons per day) of all that may bring men to where none of theirs stand (laws/law.hpp).
  template <class F>
  void for_each_founding(const State& state, F&& f);
  /// Takes away what is too small to be a force: as one, nobody would ever see it gone, and it would be fired at for
  /// ever.
  static void drop_traces(State& state);
  /// Lists those who come from outside: who join a force, or found one, and who are barred from it. All who would found
  /// one are there at first, so that they share the fire; then those go who cannot stand, all at once, until nobody
  /// must.
  void found_by_arrivals(State& state, double time);
  /// Founds the forces that those who go over join. Such a force may itself be left by others.
  void found_by_crossings(State& state);
  /// Forces and marches that a law moves, then tallies that can grow. A force that only those who go over have just
  /// founded does not vanish before the next stretch: under fire that kills faster than they come it would at once, and
  /// be founded again, for ever (share_beyond_all() sees to its dead). Only these are unknowns: the error of the forces
  /// is judged among few others, and no time goes into numbers that stay zero. Who comes from outside does so at a
  /// constant rate and is counted without an equation; recruits whom harm makes have one.
  void list_forces(const State& state);
  void list_tallies(const State& state);
  /// Of the forces of y, for what happens at these rates.
  void unpack_magnitudes(const double* y, State& state) const;
  Transfer moved_by(const laws::Effect& effect, bool is_steady) const;
  /// Actors who give in when they have lost so many more. One that has reached that is there but for rounding.
  void list_limits(const State& state);

  /// The part of those killed of an actor at a place (an index of places_) who were never there: fire that does not
  /// wane with its target takes a force that men only now join below zero.
  double share_beyond_all(const double* y, std::size_t p, ActorIndex a) const;
  /// Unknown of what an effect counts, or kNone.
  int tally_of(const laws::Effect& effect) const;
  int force_of(PlaceIndex p, ActorIndex a) const { return force_at_[at(p * model_.n_actors() + a)]; }
  bool can_vanish(std::size_t k) const { return k >= forces_.size() || forces_[k].can_vanish; }
  void add_drift_slopes(const double* y, double* dy);
  /// Takes these forces and marches away, their last men killed by who attacked each while all of them stood. Returns
  /// whose they were. One that nobody attacks stays.
  std::vector<ActorIndex> vanish(State& state, std::span<const std::size_t> which, double time);

  const CompiledModel& model_;
  const bool counts_all_;
  laws::LawsBetweenDecisions::Each<LastGroup> known_;
  bool has_rounds_ = false;
  bool has_rates_ = false;  ///< found since the last list(), by a slope
  bool has_tallies_ = true;
  double threshold_ = 0;
  std::vector<Force> forces_;
  std::vector<int> marches_;        ///< ids
  std::vector<PlaceIndex> places_;  ///< where something is booked
  std::vector<int> place_at_;       ///< [place] index into places_
  std::vector<Arrival> arrivals_;
  std::vector<ArrivalUnderFire> barred_;
  std::vector<std::pair<PlaceIndex, ActorIndex>> gone_;
  std::vector<int> force_at_;  ///< [place][actor] index into forces_
  /// Unknowns, or kNone: [of places_][by][whom], [of places_][actor], [ActorOutcome][actor], [actor][whom he joins].
  std::vector<int> loss_at_, harm_at_, counted_at_, crossing_at_;
  std::size_t size_ = 0, unknowns_ = 0;  ///< of forces and marches, and of all
  std::vector<Limit> limits_;
  laws::Drifts::Each<FlowingDrift> drifts_;
  std::size_t first_of_drifts_ = 0;   ///< their first unknown
  std::vector<double> loss_per_day_;  ///< [by][whom]
};

}  // namespace truel::solver
