// How alignment moves: closed forms of the balance alone, bounds, symmetry, and the rules that change one thing at a
// time.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "support/outcomes.hpp"
#include "support/solve.hpp"
#include "support/statistics.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/alignment/alignment_rules.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

using solver::RunStatus;
using solver::SolverKind;

using Rows = std::vector<std::vector<double>>;

std::string actor(std::size_t i) {
  return std::string(1, static_cast<char>('a' + i));
}

/// Actors a, b, ... without a fighter between them, aligned as the matrix says, diagonal included; the law is on.
WarBuilder aligned(const Rows& matrix, int days) {
  WarBuilder war(days);
  war.decide_every(7);
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    war.ground(actor(i));
  }
  war.place("somewhere");
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    for (std::size_t j = i; j < matrix.size(); ++j) {
      war.align(actor(i), actor(j), matrix[i][j]);
    }
  }
  return war.set("scenario.laws.alignment.on", 1);
}

double alignment(const solver::Run& run, ActorIndex a, ActorIndex b, std::size_t time, std::size_t n_times) {
  const int n = static_cast<int>(run.war_outcome.size()) - static_cast<int>(laws::Alignment::kWarOutcomes.size()) + 1;
  return static_cast<double>(run.alignment[solver::alignment_pair(n, a, b) * n_times + time]);
}

solver::Run solved(const WarBuilder& war, SolverKind kind, int every = 7, std::uint32_t number = 0) {
  return solve_one(war.compile(), {.solver = kind, .every_days = every}, number);
}

/// Fair signs for every pair of n actors.
WarBuilder fair_links(std::size_t n, int days) {
  WarBuilder war = aligned(Rows(n, std::vector<double>(n, 0)), days);
  const Distribution fair{.kind = DistributionKind::either, .among = {-1, 1}};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      war.set("ties." + actor(i) + "." + actor(j) + ".alignment", fair);
    }
  }
  return war.set("scenario.laws.alignment.triads", 1);
}

struct Blowup {
  Rows start;
  double eigenvalue;              ///< the largest
  std::vector<double> first_row;  ///< of X(t*/2)
  std::vector<int> camp;          ///< signs of the leading eigenvector
};

/// X(t) = X(0) (1 - t X(0))^-1, evaluated in 40 digits outside this program.
const std::vector<Blowup> kBlowups = {
    {{{0, 1, -1, .5}, {1, 0, -.5, .3}, {-1, -.5, 0, .2}, {.5, .3, .2, 0}},
     1.77023360411177,
     {0.933535328182, 1.524714976047, -1.44060906483, 0.679654352527},
     {1, 1, -1, 1}},
    {{{.5, .8, -.6, -.4, .1},
      {.8, .2, -.7, -.5, .3},
      {-.6, -.7, .4, .9, -.2},
      {-.4, -.5, .9, .1, -.3},
      {.1, .3, -.2, -.3, .6}},
     2.38114347990202,
     {1.073563244965, 1.332916539610, -1.21918943266, -0.90213966365, 0.359883828879},
     {1, 1, -1, -1, 1}},
    {{{0, .5, .4}, {.5, 0, .3}, {.4, .3, 0}},
     0.80558103595251,
     {0.386163454707, 0.737750316486, 0.633241883844},
     {1, 1, 1}},
};

TEST(Balance, follows_the_closed_form_half_way_to_its_blow_up_in_all_solvers) {
  constexpr int kHalf = 100;
  for (const Blowup& b : kBlowups) {
    WarBuilder war = aligned(b.start, 2 * kHalf - 1);
    war.set("scenario.laws.alignment.balance", 1 / b.eigenvalue / (2 * kHalf)).set("scenario.laws.alignment.clip", 0);
    for (const SolverKind kind : kAllSolvers) {
      const solver::Run run = solved(war, kind, kHalf);
      ASSERT_EQ(run.status, RunStatus::complete);
      for (std::size_t j = 0; j < b.first_row.size(); ++j) {
        EXPECT_NEAR(alignment(run, 0, static_cast<int>(j), 1, 3) / b.first_row[j], 1, 1e-6)
            << to_string(kind) << " column " << j;
      }
    }
  }
}

TEST(Balance, ends_at_its_limit_with_the_camps_of_the_leading_eigenvector) {
  constexpr int kBlowsUp = 200;
  for (const Blowup& b : kBlowups) {
    WarBuilder war = aligned(b.start, kBlowsUp + 20);
    war.set("scenario.laws.alignment.balance", 1 / b.eigenvalue / kBlowsUp).set("scenario.laws.alignment.clip", 0);
    war.set("scenario.laws.alignment.limit", 1e9);
    for (const SolverKind kind : kAllSolvers) {
      const solver::Run run = solved(war, kind, 1000);
      ASSERT_EQ(run.status, RunStatus::complete) << to_string(kind);
      EXPECT_NEAR(alignment_outcome(run, laws::Alignment::limit_day) / kBlowsUp, 1, 1e-6) << to_string(kind);
      for (std::size_t j = 0; j < b.camp.size(); ++j) {
        EXPECT_GT(alignment(run, 0, static_cast<int>(j), 1, 2) * b.camp[0] * b.camp[j], 0) << to_string(kind);
      }
    }
  }
}

TEST(Balance, that_blows_up_with_no_limit_foreseen_ends_the_run_as_diverged) {
  WarBuilder war = aligned(kBlowups[0].start, 300);
  war.set("scenario.laws.alignment.balance", 1 / kBlowups[0].eigenvalue / 200).set("scenario.laws.alignment.clip", 0);
  for (const SolverKind kind : kAllSolvers) {
    const solver::Run run = solved(war, kind);
    EXPECT_EQ(run.status, RunStatus::diverged) << to_string(kind);
    EXPECT_EQ(to_string(run.status), "alignment diverged");
    EXPECT_NEAR(alignment_outcome(run, laws::Alignment::limit_day), 200, 1e-3) << to_string(kind);
    for (const float x : run.alignment) {
      EXPECT_TRUE(std::isfinite(x)) << to_string(kind);
    }
  }
}

TEST(Balance, agrees_between_the_solvers_while_it_is_clipped) {
  WarBuilder war = aligned(kBlowups[1].start, 400);
  war.set("scenario.laws.alignment.balance", .01);
  const solver::Run reference = solved(war, SolverKind::mean_field);
  EXPECT_EQ(*std::max_element(reference.alignment.begin(), reference.alignment.end()), 1);
  EXPECT_EQ(*std::min_element(reference.alignment.begin(), reference.alignment.end()), -1);
  for (const SolverKind kind : {SolverKind::exact, SolverKind::leap}) {
    const solver::Run run = solved(war, kind);
    for (std::size_t i = 0; i < run.alignment.size(); ++i) {
      EXPECT_NEAR(run.alignment[i], reference.alignment[i], 1e-6) << to_string(kind) << " " << i;
    }
  }
}

/// a and b stand at one town with c, the enemy of both; b and c hold land of their own.
WarBuilder three_at_a_town(int days) {
  WarBuilder war(days);
  war.decide_every(7).ground("a").ground("b").ground("c").place("town", "a").place("west", "b").place("east", "c");
  war.force("a", "town", 1000).force("b", "town", 1000).force("c", "town", 2000);
  war.align("a", "b", 0).align("a", "c", -1).align("b", "c", -1).set("scenario.laws.alignment.on", 1);
  return war;
}

TEST(Threat, pulls_two_together_by_the_part_of_the_pressure_that_they_share) {
  WarBuilder war = three_at_a_town(8);
  war.set("scenario.laws.alignment.threat", .01);
  // Half of c's effort, 1,000 fighters' worth, presses each; nobody else does: 1,000 of 1,000 + 1,000.
  for (const SolverKind kind : kAllSolvers) {
    const solver::Run run = solved(war, kind);
    EXPECT_NEAR(alignment(run, 0, 1, 1, 3), 7 * .01 * .5, 1e-6) << to_string(kind);
    EXPECT_NEAR(alignment(run, 0, 2, 1, 3), -1, 1e-6) << to_string(kind);
  }
}

TEST(Friction, costs_alignment_in_proportion_to_the_shares_killed) {
  WarBuilder war = three_at_a_town(8);
  war.align("a", "b", -.6).set("actors.a.kill_rate", .01).set("scenario.laws.alignment.friction", .5);
  war.set("scenario.laws.alignment.clip", 0);
  for (const SolverKind kind : kAllSolvers) {
    const solver::Run run = solved(war, kind);
    const double killed_b = static_cast<double>(run.dyad_losses[at(0 * 3 + 1) * 3 + 1]);
    const double killed_c = static_cast<double>(run.dyad_losses[at(0 * 3 + 2) * 3 + 1]);
    ASSERT_GT(killed_b, 0);
    EXPECT_NEAR(alignment(run, 0, 1, 1, 3), -.6 - .5 * killed_b / 1000, 1e-6) << to_string(kind);
    EXPECT_NEAR(alignment(run, 0, 2, 1, 3), -1 - .5 * killed_c / 2000, 1e-6) << to_string(kind);
    EXPECT_NEAR(alignment(run, 1, 2, 1, 3), -1, 1e-6) << to_string(kind);
  }
}

TEST(Rivalry, pushes_two_apart_by_the_mean_of_their_claims) {
  WarBuilder war = three_at_a_town(8);
  war.set("ties.a.b.rivalry", 1).set("ties.b.a.rivalry", .5).set("scenario.laws.alignment.rivalry", .02);
  const solver::Run run = solved(war, SolverKind::leap);
  EXPECT_NEAR(alignment(run, 0, 1, 1, 3), -7 * .02 * .75, 1e-6);
}

TEST(Sponsors, pull_those_together_whom_they_share_while_their_flow_lasts) {
  WarBuilder war = three_at_a_town(21);
  war.sponsor("a", "abroad", 0, 6).sponsor("b", "abroad", 0, 100).sponsor("c", "b", 0, 100);
  war.set("sponsors.a.abroad.arms", .5).set("sponsors.b.abroad.finance", 300).set("sponsors.c.b.training", 2);
  war.set("scenario.laws.alignment.sponsors", .1);
  const solver::Run run = solved(war, SolverKind::leap);
  EXPECT_NEAR(alignment(run, 0, 1, 1, 4), 7 * .1 * .3, 1e-6);  // the lesser of .5 and 300 of 1,000
  EXPECT_NEAR(alignment(run, 0, 1, 3, 4), 7 * .1 * .3, 1e-6);
  EXPECT_NEAR(alignment(run, 1, 2, 1, 4), -1 + 7 * .1, 1e-6);  // b backs c in full
}

TEST(Relations, follow_alignment_at_decisions_alone) {
  WarBuilder war = three_at_a_town(60);
  war.set("ties.a.b.rivalry", 1).set("ties.b.a.rivalry", 1).set("scenario.laws.alignment.rivalry", .06);
  Scene scene(war.compile());
  scene.play(14, SolverKind::leap, [&] {
    const double now = scene.state.alignment[scene.state.pair(ActorIndex(0), 1)];
    const bool are_hostile = (scene.state.derived.hostile[0] & bit(1)) != 0;
    EXPECT_EQ(are_hostile, scene.state.day == 14) << scene.state.day;
    EXPECT_EQ(now <= -.5, scene.state.day >= 9) << scene.state.day;
  });
}

TEST(Relations, an_intervention_moves_the_alignment_of_both_directions_at_once) {
  WarBuilder war = three_at_a_town(30);
  war.set("scenario.laws.alignment.rivalry", 0).change(10, "ties.a.b.alignment", .8);
  const solver::Run run = solved(war, SolverKind::leap, 1);
  EXPECT_EQ(alignment(run, 0, 1, 9, 31), 0);
  EXPECT_NEAR(alignment(run, 1, 0, 10, 31), .8, 1e-7);
  EXPECT_NEAR(alignment(run, 0, 1, 30, 31), .8, 1e-7);
}

/// a and b come together on day 10, c is the enemy of b alone; d stands with a, on whom nobody fires.
WarBuilder call_for_an_axis(double accession) {
  WarBuilder war = aligned({{0, 0, 0, .9}, {0, 0, -.8, 0}, {0, -.8, 0, .3}, {.9, 0, .3, 0}}, 30);
  return war.set("scenario.laws.alignment.accession", accession).change(10, "ties.a.b.alignment", .9);
}

TEST(Accession, makes_whoever_joins_take_over_the_enmities_of_the_others) {
  for (const double share : {0., .5, 1.}) {
    const solver::Run run = solved(call_for_an_axis(share), SolverKind::leap, 1);
    EXPECT_NEAR(alignment(run, 0, 2, 9, 31), 0, 1e-7);
    EXPECT_NEAR(alignment(run, 0, 2, 10, 31), -.8 * share, 1e-7) << share;
    EXPECT_NEAR(alignment(run, 3, 2, 10, 31), .3 - 1.1 * share, 1e-7) << share;  // d is in the coalition of a
    EXPECT_NEAR(alignment(run, 1, 2, 30, 31), -.8, 1e-7);
    EXPECT_NEAR(alignment(run, 0, 3, 30, 31), .9, 1e-7);
  }
}

TEST(Accession, takes_over_no_enmity_against_a_member_of_the_joint_coalition) {
  WarBuilder war = call_for_an_axis(1);
  war.align("c", "d", .8);  // c is an ally of d, and so in the coalition that b joins
  solver::Path path;
  const solver::Run run = solve_one(war.compile(), {.every_days = 1}, 0, &path);
  EXPECT_NEAR(alignment(run, 3, 2, 30, 31), .8, 1e-7);
  ASSERT_EQ(path.journal.events.size(), 2U);
  EXPECT_EQ(path.journal.events[1].kind, "coalition");
}

TEST(Coalitions, are_noted_when_they_form_and_when_they_split) {
  WarBuilder war = call_for_an_axis(0);
  war.set("ties.a.b.rivalry", 1).set("ties.b.a.rivalry", 1).set("scenario.laws.alignment.rivalry", .05);
  solver::Path path;
  const solver::Run run = solve_one(war.compile(), {.every_days = 1}, 0, &path);
  std::vector<std::string> told;
  for (const Event& event : path.journal.events) {
    told.push_back(std::to_string(event.day) + " " + std::string(event.kind) + " " + std::to_string(event.actor) + " " +
                   std::to_string(event.other));
  }
  // The intervention of day 10 lifts alignment to 0.9; at 0.05 a day it is below 0.5 by day 19 and told of on day 21.
  EXPECT_EQ(told, (std::vector<std::string>{"10 intervention -1 -1", "10 coalition 0 1", "21 split 0 1"}));
}

TEST(Alignment, of_a_war_without_the_law_is_not_stored) {
  WarBuilder war = three_at_a_town(8);
  war.set("scenario.laws.alignment.on", 0);
  const solver::Run run = solved(war, SolverKind::leap);
  EXPECT_TRUE(run.alignment.empty());
  EXPECT_TRUE(run.war_outcome.empty());
}

TEST(Triads, of_three_end_all_friendly_as_often_as_the_chain_says) {
  // One triad is imbalanced in half of the starts and then needs one flip.
  for (const double p : {0., .5, 1.}) {
    WarBuilder war = fair_links(3, 3);
    war.set("scenario.laws.alignment.triads_chance", p);
    double friendly = 0;
    Sample updates;
    for (const solver::Run& run : solve_many(war.compile(), {}, kRuns)) {
      EXPECT_EQ(alignment_outcome(run, laws::Alignment::imbalanced_triads), 0);
      friendly += alignment_outcome(run, laws::Alignment::friendly_share) == 1;
      updates.add(alignment_outcome(run, laws::Alignment::updates));
    }
    expect_share(friendly, kRuns, 1. / 8 + 3 * p / 8, "p = " + std::to_string(p));
    expect_mean(updates, .5, "updates");
  }
}

TEST(Triads, of_four_take_as_many_updates_as_the_chain_says) {
  for (const auto& [p, friendly_chance, mean_updates] :
       {std::tuple(0., 1. / 64, 2.836372), std::tuple(1. / 3, .125, 2.75), std::tuple(1., .680556, 1.958333)}) {
    WarBuilder war = fair_links(4, 300);
    war.set("scenario.laws.alignment.triads_chance", p);
    double friendly = 0;
    Sample updates;
    for (const solver::Run& run : solve_many(war.compile(), {.every_days = 300}, kRuns)) {
      EXPECT_EQ(alignment_outcome(run, laws::Alignment::imbalanced_triads), 0);
      friendly += alignment_outcome(run, laws::Alignment::friendly_share) == 1;
      updates.add(alignment_outcome(run, laws::Alignment::updates));
    }
    expect_share(friendly, kRuns, friendly_chance, "p = " + std::to_string(p));
    expect_mean(updates, mean_updates, "updates");
  }
}

TEST(Triads, three_hostile_cliques_of_three_are_jammed_under_the_constraint_alone) {
  Rows cliques(9, std::vector<double>(9, -1));
  for (std::size_t i = 0; i < 9; ++i) {
    for (std::size_t j = 0; j < 9; ++j) {
      cliques[i][j] = i / 3 == j / 3 ? 1 : -1;
    }
  }
  for (const bool is_constrained : {true, false}) {
    WarBuilder war = aligned(cliques, 30);
    war.set("scenario.laws.alignment.triads", 1).set("scenario.laws.alignment.updates_per_day", 100);
    war.set("scenario.laws.alignment.triads_constrained", is_constrained ? 1 : 0);
    const solver::Run run = solved(war, SolverKind::leap, 1);
    EXPECT_EQ(alignment_outcome(run, laws::Alignment::imbalanced_triads) == 27, is_constrained);
    EXPECT_EQ(alignment_outcome(run, laws::Alignment::friendly_share) == .25, is_constrained);
    EXPECT_EQ(alignment_outcome(run, laws::Alignment::factions) == 3, is_constrained);
  }
}

TEST(Triads, never_become_more_imbalanced_under_the_constraint) {
  WarBuilder war = fair_links(12, 60);
  war.set("scenario.laws.alignment.triads_constrained", 1);
  Scene scene(war.compile());
  int last = 1000;
  scene.play(60, SolverKind::leap, [&] {
    const int now = laws::imbalanced_triads(scene.state);
    EXPECT_LE(now, last);
    last = now;
  });
}

/// Four actors of unlike size; a stands with b, c with d, and the pairs apart. b is drawn to both sides.
WarBuilder landscape(int days) {
  WarBuilder war = aligned(Rows(4, std::vector<double>(4, 0)), days);
  war.set("scenario.laws.alignment.landscape", 1);
  for (const auto& [path, value] : std::vector<std::pair<std::string, double>>{{"actors.a.size", 2},
                                                                               {"actors.b.size", 3},
                                                                               {"actors.c.size", 5},
                                                                               {"actors.d.size", 7},
                                                                               {"ties.a.b.propensity", 2},
                                                                               {"ties.b.a.propensity", 4},
                                                                               {"ties.c.d.propensity", 1},
                                                                               {"ties.c.a.propensity", -1},
                                                                               {"ties.a.d.propensity", -2},
                                                                               {"ties.b.d.propensity", 1}}) {
    war.set(path, value);
  }
  return war;
}

TEST(Landscape, counts_frustration_and_energy_as_by_hand) {
  WarBuilder war = landscape(1);
  war.set("actors.c.side", -1).set("actors.d.side", -1).set("scenario.laws.alignment.on", 1);
  const Scene scene(war.compile());
  // a and b against c and d. Propensities: ab 3, cd 1, ac -1, ad -2, bd 1, bc 0.
  EXPECT_DOUBLE_EQ(laws::frustration(scene.model, scene.state, 0), 5 * -1 + 7 * -2);
  EXPECT_DOUBLE_EQ(laws::frustration(scene.model, scene.state, 1), 7 * 1);
  EXPECT_DOUBLE_EQ(laws::energy(scene.model, scene.state), 2 * (2 * 5 * -1 + 2 * 7 * -2 + 3 * 7 * 1));
}

TEST(Landscape, every_change_of_side_lowers_the_energy_until_nobody_would_change) {
  WarBuilder war = landscape(30);
  const Distribution fair{.kind = DistributionKind::either, .among = {-1, 1}};
  for (const char* path : {"actors.a.side", "actors.b.side", "actors.c.side", "actors.d.side"}) {
    war.set(path, fair);
  }
  const CompiledModel model = war.compile();
  for (std::uint32_t number = 0; number < 32; ++number) {
    Scene scene(model, true, 3, number);
    double last = kUnbounded;
    double updates = 0;
    scene.play(30, SolverKind::leap, [&] {
      const double now = laws::energy(model, scene.state);
      if (laws::own_state<laws::Alignment>(scene.state).updates > updates) {
        EXPECT_LT(now, last);
      } else {
        EXPECT_TRUE(now == last || scene.state.day == 0);
      }
      updates = laws::own_state<laws::Alignment>(scene.state).updates;
      last = now;
    });
    for (ActorIndex a = 0; a < 4; ++a) {  // no single change helps at the end
      const double before = laws::frustration(model, scene.state, a);
      laws::own_state<laws::Alignment>(scene.state).side[at(a)] *= -1;
      laws::align_by_side(scene.state);
      EXPECT_GE(laws::frustration(model, scene.state, a), before);
      laws::own_state<laws::Alignment>(scene.state).side[at(a)] *= -1;
      laws::align_by_side(scene.state);
    }
  }
}

struct RandomAlignment {
  Rows matrix;
  std::vector<double> constants;  ///< balance, threat, friction, rivalry
  std::vector<double> rivalry, strength, kill_rate;
};

RandomAlignment random_alignment(std::size_t n) {
  const auto number = [](int least, int greatest, double unit) { return *rc::gen::inRange(least, greatest) * unit; };
  RandomAlignment r;
  r.matrix.assign(n, std::vector<double>(n, 0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i; j < n; ++j) {
      r.matrix[i][j] = r.matrix[j][i] = number(-10, 11, .1);
    }
    r.strength.push_back(number(1, 1000, 1));
    r.kill_rate.push_back(number(0, 10, .01));
    for (std::size_t j = 0; j < n; ++j) {
      r.rivalry.push_back(number(0, 11, .1));
    }
  }
  r.constants = {number(0, 20, .01), number(0, 20, .01), number(0, 20, .1), number(0, 20, .01)};
  return r;
}

/// The same war with actor order[i] in the place of actor i.
WarBuilder war_of(const RandomAlignment& r, const std::vector<std::size_t>& order, int days) {
  const std::size_t n = order.size();
  Rows matrix(n, std::vector<double>(n));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      matrix[i][j] = r.matrix[order[i]][order[j]];
    }
  }
  WarBuilder war = aligned(matrix, days);
  for (std::size_t i = 0; i < n; ++i) {
    war.force(actor(i), "somewhere", r.strength[order[i]]);
    war.set("actors." + actor(i) + ".kill_rate", r.kill_rate[order[i]]);
    for (std::size_t j = 0; j < n; ++j) {
      if (i != j) {
        war.set("ties." + actor(i) + "." + actor(j) + ".rivalry", r.rivalry[order[i] * n + order[j]]);
      }
    }
  }
  war.set("scenario.laws.alignment.balance", r.constants[0]).set("scenario.laws.alignment.threat", r.constants[1]);
  war.set("scenario.laws.alignment.friction", r.constants[2]).set("scenario.laws.alignment.rivalry", r.constants[3]);
  return war;
}

RC_GTEST_PROP(Alignment, stays_symmetric_and_within_its_bounds, ()) {
  const std::size_t n = *rc::gen::inRange<std::size_t>(2, 6);
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  const RandomAlignment drawn = random_alignment(n);
  const CompiledModel model = war_of(drawn, order, 30).compile();
  for (const SolverKind kind : kAllSolvers) {
    Scene scene(model, kind != SolverKind::mean_field);
    scene.play(30, kind, [&] {
      for (ActorIndex a = 0; a < static_cast<int>(n); ++a) {
        for (ActorIndex b = 0; b < static_cast<int>(n); ++b) {
          const double x = scene.state.alignment[scene.state.pair(a, b)];
          RC_ASSERT(x == scene.state.alignment[scene.state.pair(b, a)]);
          RC_ASSERT(x >= -1 && x <= 1);
        }
      }
    });
  }
}

RC_GTEST_PROP(Alignment, does_not_depend_on_the_order_of_the_actors, ()) {
  const std::size_t n = *rc::gen::inRange<std::size_t>(2, 6);
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  const RandomAlignment drawn = random_alignment(n);
  const solver::Run straight = solved(war_of(drawn, order, 21), SolverKind::mean_field);
  std::rotate(order.begin(), order.begin() + 1, order.end());
  std::swap(order[0], order[n - 1]);
  const solver::Run turned = solved(war_of(drawn, order, 21), SolverKind::mean_field);
  RC_ASSERT(straight.status == turned.status);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double x = alignment(straight, static_cast<int>(order[i]), static_cast<int>(order[j]), 3, 4);
      const double y = alignment(turned, static_cast<int>(i), static_cast<int>(j), 3, 4);
      RC_ASSERT(std::abs(x - y) <= 1e-4);
    }
  }
}

TEST(Alignment, is_the_same_to_the_byte_alone_as_after_others) {
  WarBuilder war = three_at_a_town(60);
  war.set("actors.a.kill_rate", .01).set("actors.c.kill_rate", .02);
  war.set("ties.a.b.alignment", {.kind = DistributionKind::uniform, .a = -1, .b = 1});
  war.set("scenario.laws.alignment.balance", .02).set("scenario.laws.alignment.friction", .5);
  war.set("scenario.laws.alignment.threat", .01);
  const CompiledModel model = war.compile();
  const std::vector<solver::Run> runs = solve_many(model, {}, 24);
  for (std::size_t k = 0; k < runs.size(); ++k) {
    EXPECT_EQ(bytes_of(runs[k]), bytes_of(solve_one(model, {}, static_cast<std::uint32_t>(k)))) << k;
  }
}

}  // namespace
}  // namespace truel::test
