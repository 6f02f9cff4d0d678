// What a settlement law says of one moment, as one flat array: where each number lies.
#pragma once

#include <array>
#include <cstddef>

#include "truel/base/index.hpp"
#include "truel/base/result.hpp"
#include "truel/model/results/actor_outcome.hpp"
#include "truel/model/war.hpp"

namespace truel {

/// What the law says of an actor, or of two, at the talks on an issue. Those that its method does not give are NaN.
struct SettlementFactInfo {
  const char* name;
  const char* meaning;
  OutcomeScale scale = OutcomeScale::number;
};

enum class SeatFact { capability, power, security, risk, exponent, neutral_probability, probability };
/// In the order of SeatFact.
inline constexpr std::array kSeatFacts = std::to_array<SettlementFactInfo>({
    {"capability", "its capability"},
    {"power", "its capability times its salience"},
    {"security", "challenges: sum of what the others expect from challenging it (S)"},
    {"risk", "its attitude to risk (R)"},
    {"exponent", "challenges: its risk exponent (r)"},
    {"neutral_probability", "election: chance of its position if nobody minded risk"},
    {"probability", "election: chance of its position"},
});

enum class ContestFact {
  distance,
  utility,
  victory,
  support,
  expected_neutral,
  expected,
  foreseen,
  chance,
  gain,
  other_gain,
  chance_seen,
  gain_seen,
  other_gain_seen,
  target
};
/// Of an ordered pair of actors, in the order of ContestFact.
inline constexpr std::array kContestFacts = std::to_array<SettlementFactInfo>({
    {"distance", "election: between the positions of the two, by the first one's saliences"},
    {"utility", "election: of the second one's position to the first"},
    {"victory", "election: chance that the first one's position beats the second one's"},
    {"support", "challenges: chance that the first prevails over the second (P)"},
    {"expected_neutral", "challenges: what the first expects of challenging the second at r = 1"},
    {"expected", "challenges: what the first expects of challenging the second (E)"},
    {"foreseen", "challenges: what the first takes the second to expect of challenging it"},
    {"chance", "election: that the first prevails if it challenges the second, as the first sees it"},
    {"gain", "election: what the first gains by that, as it sees it"},
    {"other_gain", "election: what the second gains by that, as the first sees it"},
    {"chance_seen", "election: that the first prevails, as the second sees it"},
    {"gain_seen", "election: what the first gains, as the second sees it"},
    {"other_gain_seen", "election: what the second gains, as it sees it"},
    {"target", "election: the second is whom the first gains most by challenging", OutcomeScale::event},
});

/// Of an issue at every stored day: two of its own, then three an actor.
enum class SettlementSeries { median, mean, position, risk, probability };

struct SettlementShape {
  int issues = 0;  ///< 0: the law does not act
  int actors = 0;
  int rounds = 0;  ///< looked ahead; an election is one
  int talks = 0;   ///< negotiations held apart: one an issue, or 1 where all issues are settled together

  int talk_of(IssueIndex issue) const { return talks == 1 ? 0 : static_cast<int>(issue); }

  std::size_t median(IssueIndex issue, int round) const { return at(issue * (rounds + 1) + round); }
  std::size_t mean(IssueIndex issue, int round) const { return median(issues, 0) + median(issue, round); }
  /// Position of the actor after the round; NaN where it has no seat.
  std::size_t position(IssueIndex issue, int round, ActorIndex actor) const {
    return 2 * median(issues, 0) + median(issue, round) * at(actors) + at(actor);
  }
  std::size_t seat(IssueIndex issue, SeatFact fact, ActorIndex actor) const {
    return position(issues, 0, 0) +
           at((talk_of(issue) * static_cast<int>(kSeatFacts.size()) + static_cast<int>(fact)) * actors + actor);
  }
  std::size_t contest(IssueIndex issue, ContestFact fact, ActorIndex a, ActorIndex b) const {
    return first_contest() +
           at(talk_of(issue) * static_cast<int>(kContestFacts.size()) + static_cast<int>(fact)) * at(actors * actors) +
           at(a * actors + b);
  }
  std::size_t size() const {
    return issues == 0 ? 0 : first_contest() + at(talks) * kContestFacts.size() * at(actors * actors);
  }

  /// Row of a time series; actor: of the last three.
  std::size_t series(IssueIndex issue, SettlementSeries s, ActorIndex actor = 0) const {
    const int row = static_cast<int>(s);
    return at(issue * (2 + 3 * actors) + (row < 2 ? row : 2 + (row - 2) * actors + actor));
  }
  std::size_t series_count() const { return at(issues * (2 + 3 * actors)); }

 private:
  std::size_t first_contest() const { return position(issues, 0, 0) + at(talks) * kSeatFacts.size() * at(actors); }
};

/// Shape of what the law says of a war; all zero where it does not act. Faults of the scenario are added to `faults`:
/// what decides the shape (the switches `on` and `election`, `rounds`) must be one value that no intervention changes,
/// and an election over several issues needs a position of everybody at the table on all of them.
SettlementShape settlement_shape(const War& war, Diagnostics& faults);

}  // namespace truel
