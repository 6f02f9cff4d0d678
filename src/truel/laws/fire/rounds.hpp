// Fire that takes effect in whole steps: salvos, in which everybody fires at once, and turns, in which one actor does.
#pragma once

#include <functional>
#include <vector>

#include "truel/laws/fire/fire_rates.hpp"

namespace truel::laws {

/// Rounds of fire are numbered 1, 2, ... and round k takes place k steps after the first day (laws.fire.step_days).
/// The leap and the exact solver draw the same shots in it; the mean-field solver takes their expected number, so that
/// a battle of salvos is the difference equation n(t + h) = n(t) - h rate(n(t)).
class FireRounds {
 public:
  FireRounds(const CompiledModel& model, const State& state);

  /// Whether fire comes in rounds.
  bool has_rounds(const State& state) const;

  /// Rounds that have taken place by the end of `time` (days since the first).
  int done_by(const State& state, double time) const;
  /// Days since the first at which a round takes place.
  double time_of(const State& state, int round) const;

  /// Fires one round at every contested place. A fighter fires one shot, or the least number for which the
  /// chance of a kill, its kill rate times the step over that number, is at most 1. Shots at men already hit are lost:
  /// a force loses as many as it has at most. Forces are those at the start of the round.
  /// is_whole: draws the hits; otherwise takes their expected numbers, and a force that is left with no more than
  /// `threshold` is gone. fell(actor): of everybody whom the round has cost fighters at a place, when it is over there.
  /// Cost: one computation of rates a contested place; allocates nothing.
  void fire(State& state, int round, bool is_whole, double threshold, const std::function<void(ActorIndex)>& fell);

 private:
  double step_days(const State& state) const;
  /// Who fires at the place: all who are there, or whose turn it is.
  ActorMask shooters(State& state, PlaceIndex place) const;
  /// Fills hits_: what each pair of rates_ hits.
  void shoot(const State& state, PlaceIndex place, ActorMask shooters, bool is_whole, RandomStream& random);
  /// Adds the harm that those who fire do, and fills recruits_: who joins whom because of it.
  void harm(State& state, PlaceIndex place, ActorMask shooters);
  /// Those whom harm makes join when the round is over.
  void join(State& state, PlaceIndex place, bool is_whole, RandomStream& random) const;
  /// Takes away those who were hit, and fills dead_; returns who they were.
  ActorMask fall(State& state, PlaceIndex place, bool is_whole, double threshold, RandomStream& random);
  /// Makes the hits on a target sum to its dead: by lot, or in proportion.
  void share_deaths(ActorIndex target, double dead, double hits, bool is_whole, RandomStream& random);

  const CompiledModel& model_;
  FireRates rates_;
  std::vector<double> hits_;      ///< [pair of rates_]
  std::vector<double> dead_;      ///< [actor] of those hit in the last round at a place
  std::vector<double> recruits_;  ///< [actor] expected number; all 0 where harm makes none
};

}  // namespace truel::laws
