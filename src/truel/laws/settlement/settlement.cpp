#include "truel/laws/settlement/settlement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "truel/base/statistics/statistics.hpp"
#include "truel/laws/laws.hpp"
#include "truel/laws/settlement/challenge.hpp"
#include "truel/laws/settlement/spatial.hpp"

namespace truel::laws {
namespace {

/// Who sits at the table, with what.
struct Table {
  std::vector<ActorIndex> who;
  std::vector<double> position, salience;  ///< [seat][issue]
  std::vector<double> capability;          ///< [seat]

  int n() const { return static_cast<int>(who.size()); }
};

/// Value of the places that each actor holds.
std::vector<double> land_held(const CompiledModel& model, const State& s) {
  std::vector<double> land(at(s.n_actors), 0);
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    if (const ActorIndex holder = s.control[p]; holder >= 0) {
      land[at(holder)] += s.value(model.war().place(p, PlaceParameter::value));
    }
  }
  return land;
}

/// [actor]; land: [actor] value of what each holds.
std::vector<double> capabilities(const CompiledModel& model, const State& s, const std::vector<double>& land) {
  const War& war = model.war();
  double value = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    value += s.value(war.place(p, PlaceParameter::value));
  }
  std::vector<double> fighters(at(s.n_actors));
  double all_fighters = 0;
  double all_backing = 0;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    fighters[at(a)] = total_fighters(s, a);
    all_fighters += fighters[at(a)];
    all_backing += s.derived.backing[a];
  }
  const double force_weight = s.value(war.law(number_of<Settlement>(Settlement::force)));
  const double land_weight = s.value(war.law(number_of<Settlement>(Settlement::land)));
  const double backing_weight = s.value(war.law(number_of<Settlement>(Settlement::backing)));
  const double weights = force_weight + land_weight + backing_weight;
  const auto part = [](double of, double all) { return all > 0 ? of / all : 0; };
  std::vector<double> capability(at(s.n_actors));
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    const double given = s.value(war.actor(a, ActorParameter::capability));
    const double own = force_weight * part(fighters[at(a)], all_fighters) + land_weight * part(land[at(a)], value) +
                       backing_weight * part(s.derived.backing[a], all_backing);
    capability[at(a)] = std::isnan(given) ? part(own, weights) : given;
  }
  return capability;
}

/// The table on one issue, or on all of them.
Table table_of(const CompiledModel& model, const State& s, const std::vector<double>& capability, IssueIndex only) {
  const War& war = model.war();
  Table table;
  for (int row = 0; row < static_cast<int>(war.seats.size()); ++row) {  // by actor, then issue
    const Seat& seat = war.seats[at(row)];
    if ((only != kNone && seat.issue != only) || s.value(war.actor(seat.actor, ActorParameter::excluded)) > 0) {
      continue;
    }
    if (table.who.empty() || table.who.back() != seat.actor) {
      table.who.push_back(seat.actor);
      table.capability.push_back(capability[at(seat.actor)]);
    }
    table.position.push_back(s.value(war.position(row, PositionParameter::position)));
    table.salience.push_back(s.value(war.position(row, PositionParameter::salience)));
  }
  return table;
}

void put_pairs(const IssueShape& shape, const Table& t, IssueIndex issue, Settlement::Result result, const Pairs& pairs,
               std::span<double> out) {
  for (int i = 0; i < t.n(); ++i) {
    for (int j = 0; j < t.n(); ++j) {
      out[shape.place(result, issue, 0, t.who[at(i)], t.who[at(j)])] = pairs(i, j);
    }
  }
}

void challenge(const CompiledModel& model, const State& s, const std::vector<double>& capability, IssueIndex issue,
               std::span<double> out) {
  const War& war = model.war();
  const IssueShape& shape = model.issues();
  const Table t = table_of(model, s, capability, issue);
  const ChallengeOptions options{.reading = s.value(war.law(number_of<Settlement>(Settlement::own_view))) > 0
                                                ? ChallengeReading::replication
                                                : ChallengeReading::literal,
                                 .status_quo = s.value(war.law(number_of<Settlement>(Settlement::status_quo))),
                                 .rounds = shape.rounds};
  const std::vector<ChallengeRound> rounds = challenge_rounds(t.position, t.capability, t.salience, options);
  for (int r = 0; r <= shape.rounds; ++r) {
    out[shape.place(Settlement::median, issue, r)] = rounds[at(r)].median;
    out[shape.place(Settlement::mean, issue, r)] = rounds[at(r)].mean;
    for (int i = 0; i < t.n(); ++i) {
      out[shape.place(Settlement::position, issue, r, t.who[at(i)])] = rounds[at(r)].position[at(i)];
    }
  }
  const ChallengeRound& first = rounds.front();
  for (int i = 0; i < t.n(); ++i) {
    const ActorIndex a = t.who[at(i)];
    out[shape.place(Settlement::capability, issue, 0, a)] = t.capability[at(i)];
    out[shape.place(Settlement::power, issue, 0, a)] = t.capability[at(i)] * t.salience[at(i)];
    out[shape.place(Settlement::security, issue, 0, a)] = first.security[at(i)];
    out[shape.place(Settlement::risk, issue, 0, a)] = first.risk[at(i)];
    out[shape.place(Settlement::exponent, issue, 0, a)] = first.exponent[at(i)];
  }
  put_pairs(shape, t, issue, Settlement::support, first.support, out);
  put_pairs(shape, t, issue, Settlement::expected_neutral, first.expected_neutral, out);
  put_pairs(shape, t, issue, Settlement::expected, first.expected, out);
  put_pairs(shape, t, issue, Settlement::foreseen, first.foreseen, out);
}

SpatialOptions spatial_options(const War& war, const State& s) {
  const auto law = [&](LawParameter p) { return s.value(war.law(p)); };
  ElectionRule rule = ElectionRule::conditional;
  if (law(number_of<Settlement>(Settlement::markov)) > 0) {
    rule = law(number_of<Settlement>(Settlement::incentive)) > 0 ? ElectionRule::markov_incentive
                                                                 : ElectionRule::markov_uniform;
  }
  return {.election = {.rule = rule,
                       .victory_exponent = law(number_of<Settlement>(Settlement::victory_exponent)),
                       .cubic_share = law(number_of<Settlement>(Settlement::cubic_votes))},
          .projection = law(number_of<Settlement>(Settlement::projection))};
}

void elect_positions(const CompiledModel& model, const State& s, const std::vector<double>& capability,
                     std::span<double> out) {
  const War& war = model.war();
  const IssueShape& shape = model.issues();
  const Table t = table_of(model, s, capability, kNone);
  const double scale = s.value(war.law(number_of<Settlement>(Settlement::scale)));
  std::vector<double> scaled = t.position;
  for (double& x : scaled) {
    x /= scale;
  }
  Pairs coalition(t.n());
  for (int i = 0; i < t.n(); ++i) {
    for (int j = 0; j < t.n(); ++j) {
      coalition(i, j) = s.value(war.tie(t.who[at(i)], t.who[at(j)], TieParameter::coalition));
    }
  }
  const SpatialAssessment a = assess_spatial(scaled, t.salience, t.capability, coalition, spatial_options(war, s));
  std::vector<double> x(at(t.n()));
  std::vector<double> power(at(t.n()));
  std::vector<double> cares(at(t.n()), 0);
  for (IssueIndex issue = 0; issue < shape.issues; ++issue) {
    for (int i = 0; i < t.n(); ++i) {
      const std::size_t cell = at(i * shape.issues + issue);
      x[at(i)] = t.position[cell];
      power[at(i)] = t.capability[at(i)] * t.salience[cell];
      cares[at(i)] += t.salience[cell];
      out[shape.place(Settlement::position, issue, 0, t.who[at(i)])] =
          out[shape.place(Settlement::position, issue, 1, t.who[at(i)])] = x[at(i)];
    }
    out[shape.place(Settlement::median, issue, 0)] = weighted_median(x, power, kSame);
    out[shape.place(Settlement::mean, issue, 0)] = weighted_mean(x, power);
    out[shape.place(Settlement::median, issue, 1)] = weighted_median(x, a.probability, kSame);
    out[shape.place(Settlement::mean, issue, 1)] = weighted_mean(x, a.probability);
  }
  for (int i = 0; i < t.n(); ++i) {
    const ActorIndex who = t.who[at(i)];
    out[shape.place(Settlement::capability, 0, 0, who)] = t.capability[at(i)];
    out[shape.place(Settlement::power, 0, 0, who)] = t.capability[at(i)] * cares[at(i)];
    out[shape.place(Settlement::risk, 0, 0, who)] = a.risk[at(i)];
    out[shape.place(Settlement::neutral_probability, 0, 0, who)] = a.neutral_probability[at(i)];
    out[shape.place(Settlement::probability, 0, 0, who)] = a.probability[at(i)];
    for (int j = 0; j < t.n(); ++j) {
      out[shape.place(Settlement::target, 0, 0, who, t.who[at(j)])] = a.target[at(i)] == j ? 1 : 0;
    }
  }
  put_pairs(shape, t, 0, Settlement::distance, a.distance, out);
  put_pairs(shape, t, 0, Settlement::utility, a.utility, out);
  put_pairs(shape, t, 0, Settlement::victory, a.victory, out);
  put_pairs(shape, t, 0, Settlement::chance, a.chance, out);
  put_pairs(shape, t, 0, Settlement::gain, a.challenger_gain, out);
  put_pairs(shape, t, 0, Settlement::other_gain, a.target_gain, out);
  put_pairs(shape, t, 0, Settlement::chance_seen, a.seen_chance, out);
  put_pairs(shape, t, 0, Settlement::gain_seen, a.seen_challenger_gain, out);
  put_pairs(shape, t, 0, Settlement::other_gain_seen, a.seen_target_gain, out);
}

void negotiate(const CompiledModel& model, const State& s, const std::vector<double>& land, std::span<double> out) {
  std::fill(out.begin(), out.end(), kAbsent);
  const std::vector<double> capability = capabilities(model, s, land);
  if (s.value(model.war().law(number_of<Settlement>(Settlement::election))) > 0) {
    elect_positions(model, s, capability, out);
    return;
  }
  for (IssueIndex issue = 0; issue < model.issues().issues; ++issue) {
    challenge(model, s, capability, issue, out);
  }
}

/// How far the predicted means lie from what the command's members want, as a part of an issue; 0 without a seat.
double discontent(const CompiledModel& model, const State& s, CommandIndex c, std::span<const double> predicted) {
  const War& war = model.war();
  const IssueShape& shape = model.issues();
  double sum = 0;
  double weights = 0;
  for (int row = 0; row < static_cast<int>(war.seats.size()); ++row) {
    const Seat& seat = war.seats[at(row)];
    const double mean = predicted[shape.place(Settlement::mean, seat.issue, shape.rounds)];
    if (model.command_of(seat.actor) != c || std::isnan(mean) ||
        s.value(war.actor(seat.actor, ActorParameter::excluded)) > 0) {
      continue;
    }
    const double salience = s.value(war.position(row, PositionParameter::salience));
    sum += salience * std::abs(mean - s.value(war.position(row, PositionParameter::position)));
    weights += salience;
  }
  return weights > 0 ? sum / weights / s.value(war.law(number_of<Settlement>(Settlement::scale))) : 0;
}

}  // namespace

IssueShape Settlement::issue_shape(const War& war, Diagnostics& faults) {
  const auto law = [&](LawParameter p) -> const Parameter& { return war.parameters[at(war.law(p))]; };
  const auto fault = [&](const Location& where, std::string what, std::string hint) {
    faults.push_back({where, std::move(what), std::move(hint)});
  };
  for (const LawParameter p :
       {number_of<Settlement>(on), number_of<Settlement>(election), number_of<Settlement>(rounds)}) {
    if (!law(p).distribution.is_value()) {
      fault(law(p).where, law(p).path + " is uncertain", "it decides which numbers there are: give it one value");
    }
    for (int i = 0; i < static_cast<int>(war.interventions.size()); ++i) {
      if (war.interventions[at(i)].target == war.law(p)) {
        fault(war.parameters[at(war.intervention(i))].where, law(p).path + " changes during the war",
              "it decides which numbers there are: set it in scenario.toml or an account");
      }
    }
  }
  const double ahead = law(number_of<Settlement>(rounds)).distribution.a;
  if (ahead != std::floor(ahead)) {
    fault(law(number_of<Settlement>(rounds)).where, fmt::format("{} rounds of challenges", ahead),
          "write a whole number");
  }
  if (law(number_of<Settlement>(on)).distribution.a <= 0 || war.issues.empty()) {
    return {};
  }
  const bool is_election = law(number_of<Settlement>(election)).distribution.a > 0;
  const int n_issues = static_cast<int>(war.issues.size());
  for (std::size_t row = 0; row < war.seats.size() && is_election;) {  // sorted by actor
    const ActorIndex a = war.seats[row].actor;
    std::size_t next = row;
    while (next < war.seats.size() && war.seats[next].actor == a) {
      ++next;
    }
    if (next - row != war.issues.size()) {
      fault({war.folder + "/positions.csv"},
            fmt::format("`{}` has positions on {} of {} issues", war.actors[at(a)].id, next - row, n_issues),
            "an election settles all issues at once: add the others, with salience 0 where it does not care");
    }
    row = next;
  }
  return {n_issues, static_cast<int>(war.actors.size()), is_election ? 1 : static_cast<int>(ahead),
          is_election ? 1 : n_issues};
}

void Settlement::see_issues(const CompiledModel& model, const State& s, std::span<double> out) {
  negotiate(model, s, land_held(model, s), out);
}

std::vector<double> Settlement::land_gains(const CompiledModel& model, const State& s, const View& v) {
  const War& war = model.war();
  if (model.issues().issues == 0) {
    return {};
  }
  std::vector<double> gains(at(v.n_commands * v.n_actors), 0);
  std::vector<double> land = land_held(model, s);
  std::vector<double> now;
  std::vector<double> then(model.issues().size());
  for (CommandIndex c = 0; c < v.n_commands; ++c) {
    ActorIndex heir = kNone;
    for (const ActorIndex a : model.members(c)) {
      if (!model.is_air(a) && v.total[at(a)] > (heir == kNone ? 0 : v.total[at(heir)])) {
        heir = a;
      }
    }
    if (heir == kNone || doctrine(war, s, c) != Doctrine::priority ||
        s.value(war.command(c, CommandParameter::weight) + static_cast<int>(kLand)) == 0) {
      continue;
    }
    if (now.empty()) {
      now.resize(then.size());
      negotiate(model, s, land, now);
    }
    const double before = discontent(model, s, c, now);
    for (ActorMask rest = v.enemies[at(c)]; rest != 0; rest &= rest - 1) {
      const ActorIndex b = first_of(rest);
      std::vector<double> moved = land;
      moved[at(heir)] += std::exchange(moved[at(b)], 0);
      negotiate(model, s, moved, then);
      gains[at(c * v.n_actors + b)] = before - discontent(model, s, c, then);
    }
  }
  return gains;
}

}  // namespace truel::laws
