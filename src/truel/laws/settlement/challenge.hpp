// The expected utility challenge model of bargaining on one issue: every actor weighs whether to challenge every other,
// offers follow from both sides' expectations, positions move round after round.
//
// Sources: J. B. Scholz, G. J. Calbert, G. A. Smith, Unravelling Bueno de Mesquita's group decision model, Journal of
// Theoretical Politics 23 (2011) 510-531, after B. Bueno de Mesquita (1994).
#pragma once

#include <span>
#include <vector>

#include "truel/laws/settlement/votes.hpp"

namespace truel::laws {

/// Which reading of the model.
enum class ChallengeReading {
  /// The appendix of Scholz et al. to the letter: the range of positions is that of the round, an actor sees each side
  /// of a pair with that side's risk exponent.
  literal,
  /// The reading whose rounds come near their published ones: the range stays that of the first round, the support in
  /// a pair is counted against the votes between all pairs, every voter with its own risk exponent, and an actor sees
  /// both sides of a pair with its own, and a compromise is chosen by the weighted meeting point (all as in the public
  /// replication of their study).
  replication,
};

struct ChallengeOptions {
  ChallengeReading reading = ChallengeReading::literal;
  double status_quo = 1;  ///< chance that the other side does not move by itself (Q)
  int rounds = 8;
};

/// What a round of challenges says; indices are actors. `position` is the position at its beginning.
struct ChallengeRound {
  explicit ChallengeRound(int n) : expected_neutral(n), expected(n), foreseen(n), support(n) {}

  std::vector<double> position;
  double same_position = 0;      ///< positions, and ways to them, that differ by no more are equal
  double median = 0, mean = 0;   ///< weighted by capability times salience
  std::vector<double> security;  ///< sum of what others expect from challenging the actor (S)
  std::vector<double> risk;      ///< R, from -1 (secure) to 1
  std::vector<double> exponent;  ///< r = (1 - R/3) / (1 + R/3), 1/2 to 2
  Pairs expected_neutral;        ///< [i][j] what i expects from challenging j at r = 1
  Pairs expected;                ///< the same with the risk exponents
  Pairs foreseen;                ///< [i][j] what i takes j to expect from challenging i
  Pairs support;                 ///< [i][j] chance that i prevails over j (P)
};

/// Expected utilities, risk exponents, median and mean at these positions [actors]. `range`: the length of the issue,
/// above 0. capability >= 0; salience in [0, 1]. Cost: actors cubed (times actors for `replication`).
ChallengeRound assess_challenges(std::span<const double> position, std::span<const double> capability,
                                 std::span<const double> salience, double range, const ChallengeOptions& options);

/// Positions after the offers of the round are taken, all at once. Where both sides expect a gain the one that expects
/// less moves to the other (conflict); where one expects a gain and the other a loss, the loser concedes a part of the
/// way (compromise) or, if its loss is the larger number, all of it (capitulation; not in `replication`); where both
/// expect a loss nothing happens. Of several offers an actor takes a conflict before a compromise before a
/// capitulation, and among equals the smallest move.
std::vector<double> take_offers(const ChallengeRound& round, ChallengeReading reading);

/// Rounds 0 (as given) to options.rounds. If all positions are equal nothing moves and nobody expects anything.
std::vector<ChallengeRound> challenge_rounds(std::span<const double> position, std::span<const double> capability,
                                             std::span<const double> salience, const ChallengeOptions& options);

}  // namespace truel::laws
