// What settlement the state of the war would give: positions, saliences and capabilities of those at the table, and the
// weight in it that an enemy's land would add.
#pragma once

#include <span>
#include <vector>

#include "truel/laws/law.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {

/// It moves nothing: what it predicts is kept.
struct Settlement {
  enum Number {
    on,
    rounds,
    status_quo,
    own_view,
    election,
    markov,
    incentive,
    victory_exponent,
    cubic_votes,
    projection,
    scale,
    force,
    land,
    backing
  };
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.settlement.on", "switch", 0, 0, 1, "a settlement is predicted from positions, saliences and capabilities"},
      {"laws.settlement.rounds", "count", 8, 1, 100, "rounds of challenges that the prediction looks ahead"},
      {"laws.settlement.status_quo", "probability", 1, 0, 1,
       "that an actor left unchallenged stays where it is; else it moves towards the median voter (Q)"},
      {"laws.settlement.own_view", "switch", 0, 0, 1,
       "challenges: both sides are judged by the judge's own risk, support is counted against all votes on the issue, "
       "and the range stays that of the first round"},
      {"laws.settlement.election", "switch", 0, 0, 1,
       "probabilistic Condorcet election over the positions on all issues at once, instead of rounds of challenges"},
      {"laws.settlement.markov", "switch", 0, 0, 1,
       "election: the stationary chances of a favourite met by challengers, instead of the chance to beat all at once"},
      {"laws.settlement.incentive", "switch", 0, 0, 1,
       "with markov: challengers come in proportion to the strength and the chance behind them, instead of evenly"},
      {"laws.settlement.victory_exponent", "exponent", 1, 0.01, 100,
       "n of the chance c^n / (c^n + d^n) that an option with c behind it wins a vote: 1 linear, 2 square, 4 quartic"},
      {"laws.settlement.cubic_votes", "share", 0, 0, 1,
       "part of a vote that grows with the cube of the difference of utilities"},
      {"laws.settlement.projection", "share", 2.0 / 3, 0, 1,
       "part of an actor's own attitude to risk in what it takes another's to be"},
      {"laws.settlement.scale", "position", 100, 1e-9, 1e9, "length of an issue"},
      {"laws.settlement.force", "weight", 1, 0, 1e6, "of an actor's part of all fighters in its capability"},
      {"laws.settlement.land", "weight", 1, 0, 1e6, "of its part of the value of all places"},
      {"laws.settlement.backing", "weight", 1, 0, 1e6, "of its part of all foreign backing"},
  });
  /// In the order of kIssueResults.
  enum Result {
    median,
    mean,
    position,
    capability,
    power,
    security,
    risk,
    exponent,
    neutral_probability,
    probability,
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
  static constexpr std::string_view kIssueOutcome = "settlement";
  static constexpr auto kOfRound = IssueResultInfo::Of::round;
  static constexpr auto kOfSeat = IssueResultInfo::Of::actor;
  static constexpr auto kOfContest = IssueResultInfo::Of::pair;
  static constexpr std::array kIssueResults = std::to_array<IssueResultInfo>({
      {.name = "median",
       .of = kOfRound,
       .meaning =
           "median of the positions after the round, weighted by power; of an election after round 1, by chances",
       .by_round = "weighted median of the positions after each round, on the last day",
       .over_time = "predicted settlement: weighted median"},
      {.name = "mean",
       .of = kOfRound,
       .meaning = "the same, the mean",
       .by_round = "weighted mean of the positions after each round, on the last day",
       .over_time = "predicted settlement: weighted mean"},
      {.name = "position",
       .of = IssueResultInfo::Of::round_and_actor,
       .meaning = "its position after the round",
       .over_time = "position of the actor after the last round"},
      {"capability", kOfSeat, "its capability"},
      {.name = "power",
       .of = kOfSeat,
       .meaning = "its capability times its salience",
       .total = "capability times salience of all at the table"},
      {"security", kOfSeat, "challenges: sum of what the others expect from challenging it (S)"},
      {.name = "risk",
       .of = kOfSeat,
       .meaning = "its attitude to risk (R)",
       .over_time = "attitude of the actor to risk"},
      {"exponent", kOfSeat, "challenges: its risk exponent (r)"},
      {"neutral_probability", kOfSeat, "election: chance of its position if nobody minded risk"},
      {.name = "probability",
       .of = kOfSeat,
       .meaning = "election: chance of its position",
       .over_time = "chance of the actor's position"},
      {"distance", kOfContest, "election: between the positions of the two, by the first one's saliences"},
      {"utility", kOfContest, "election: of the second one's position to the first"},
      {"victory", kOfContest, "election: chance that the first one's position beats the second one's"},
      {"support", kOfContest, "challenges: chance that the first prevails over the second (P)"},
      {"expected_neutral", kOfContest, "challenges: what the first expects of challenging the second at r = 1"},
      {"expected", kOfContest, "challenges: what the first expects of challenging the second (E)"},
      {"foreseen", kOfContest, "challenges: what the first takes the second to expect of challenging it"},
      {"chance", kOfContest, "election: that the first prevails if it challenges the second, as the first sees it"},
      {"gain", kOfContest, "election: what the first gains by that, as it sees it"},
      {"other_gain", kOfContest, "election: what the second gains by that, as the first sees it"},
      {"chance_seen", kOfContest, "election: that the first prevails, as the second sees it"},
      {"gain_seen", kOfContest, "election: what the first gains, as the second sees it"},
      {"other_gain_seen", kOfContest, "election: what the second gains, as it sees it"},
      {"target", kOfContest, "election: the second is whom the first gains most by challenging", OutcomeScale::event},
  });
  static constexpr std::array kPositions{NumberPosition{on, 59}};
  static constexpr auto kSomeWeights = feature_names("commands.*.weight_");
  static constexpr std::string_view kElection = "laws.settlement.election";
  static constexpr std::string_view kChallenges = "laws.settlement.election=0";
  static constexpr auto kSomePriority = has_doctrine("commands.*", Doctrine::priority);
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.settlement.rounds", {kChallenges}},
      {"laws.settlement.status_quo", {kChallenges}},
      {"laws.settlement.own_view", {kChallenges}},
      {"laws.settlement.markov", {kElection}},
      {"laws.settlement.incentive", {kElection, "laws.settlement.markov"}},
      {"laws.settlement.victory_exponent", {kElection}},
      {"laws.settlement.cubic_votes", {kElection}},
      {"laws.settlement.projection", {kElection}},
      {"laws.settlement.scale", {kElection}},
      {"laws.settlement.scale", {kSomePriority, kSomeWeights[kLand]}},
      {"actors.capability"},
      {"actors.excluded"},
      {"ties.coalition", {kElection}},
      {"positions.position"},
      {"positions.salience"},
      {"sponsors.finance", {"laws.settlement.backing"}},
      {"sponsors.arms", {"laws.settlement.backing"}},
      {"sponsors.training", {"laws.settlement.backing"}},
      {"sponsors.intelligence", {"laws.settlement.backing"}},
  });

  /// What decides the shape (the switches `on` and `election`, `rounds`) must be one value that no intervention
  /// changes, and an election over several issues needs a position of everybody at the table on all of them.
  static IssueShape issue_shape(const War& war, Diagnostics& faults);
  /// The settlement predicted from the state (model.md, section 4, settlement): every actor that is not
  /// excluded and has a row in positions.csv sits at the table with its position, its salience and its capability. The
  /// capability is the one given, or else the weighted mean of its parts of all fighters, of the value of all places
  /// and of all foreign backing. With challenges each issue is settled by itself in rounds; with an election all are
  /// settled at once, and round 1 is the outcome: median and mean of the positions weighted by their chances. out:
  /// [model.issues().size()]. Cost: actors cubed a round and issue.
  static void see_issues(const CompiledModel& model, const State& state, std::span<double> out);
  /// What an enemy's land would add to a command's expected settlement: the part of an issue by which the predicted
  /// mean comes nearer to its members' positions (weighted by their saliences) if the member with most fighters held
  /// that land too. [command][enemy]; 0 where the command does not weigh it, has no seat or no men, or where
  /// capabilities are given. Empty where the law does not act. Cost: a prediction for each enemy of a command that
  /// weighs land.
  static std::vector<double> land_gains(const CompiledModel& model, const State& state, const View& view);
};

}  // namespace truel::laws
