// The spatial model of bargaining over several issues at once: actors differ in position, salience and attitude to
// risk, and each weighs whom it would gain most by challenging.
//
// Sources: B. Efird, L. Lester, B. Wise, Analyzing coalitions in China's policy formulation, Journal of East Asian
// Studies 16 (2016) 117-145; the documentation of the KAPSARC Toolkit for Behavioral Analysis.
#pragma once

#include <span>
#include <vector>

#include "truel/laws/settlement/votes.hpp"

namespace truel::laws {

struct SpatialOptions {
  ElectionOptions election;
  /// Share of its own attitude to risk in what an actor takes another's to be; the rest is the other's.
  double projection = 2.0 / 3;
};

/// One actor's estimate of a challenge of i against j.
struct Contest {
  double chance = 0;           ///< that i's side prevails
  double challenger_gain = 0;  ///< expected change of i's utility
  double target_gain = 0;      ///< of j's
};

/// Actors at their positions; the options they choose among are these positions. Pairs are [actor][other].
struct SpatialAssessment {
  explicit SpatialAssessment(int n)
      : distance(n),
        utility(n),
        victory(n),
        chance(n),
        challenger_gain(n),
        target_gain(n),
        seen_chance(n),
        seen_challenger_gain(n),
        seen_target_gain(n) {}

  Pairs distance;                              ///< between positions, weighted by the first one's saliences; 0 to 1
  std::vector<double> neutral_probability;     ///< of each position in an election among risk-neutral actors
  std::vector<double> risk;                    ///< R: -1/2 (where the chances are least) to 1
  Pairs utility;                               ///< of the other's position, with the actor's own attitude to risk
  Pairs victory;                               ///< chance that the actor's position beats the other's in a vote
  std::vector<double> probability;             ///< of each position with these utilities
  Pairs chance, challenger_gain, target_gain;  ///< contest [i][j] as i estimates it
  Pairs seen_chance, seen_challenger_gain, seen_target_gain;  ///< the same as j estimates it
  std::vector<int> target;  ///< whom to challenge for the largest gain, the first of equals; -1: nobody
};

/// position: [actor][issue] in [0, 1]; salience: the same, at least 0; capability: [actor], at least 0. coalition:
/// strength behind the actor's position against the other's in the elections, where it is not NaN; else it comes from
/// the votes.
/// Cost: actors cubed.
SpatialAssessment assess_spatial(std::span<const double> position, std::span<const double> salience,
                                 std::span<const double> capability, const Pairs& coalition,
                                 const SpatialOptions& options);

}  // namespace truel::laws
