// The settlement law: who sits at the table with what, and what an enemy's land is worth there.
#include "truel/laws/settlement/settlement.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/laws/settlement/challenge.hpp"
#include "truel/model/features.hpp"
#include "truel/world/journal.hpp"

namespace truel::test {
namespace {

using laws::Settlement;

/// c and d sit at the table, x and y do not; each has a town of its own, of value 2, 2, 4 and 1, and 100 men.
WarBuilder talks_of_two() {
  WarBuilder war(14);
  war.decide_every(7).default_alignment(0).ground("c").ground("d").ground("x").ground("y");
  war.doctrine("c", Doctrine::priority);
  for (const auto& [who, value] : {std::pair{"c", 2}, std::pair{"d", 2}, std::pair{"x", 4}, std::pair{"y", 1}}) {
    const std::string town = std::string(who) + "_town";
    war.place(town, who).set("places." + town + ".value", value).force(who, town, 100);
  }
  war.align("c", "x", -1).align("c", "y", -1);
  war.seat("c", "rule", 0).seat("d", "rule", 100);
  return war.set("scenario.laws.settlement.on", 1);
}

/// Capability is land alone, and the chance of a position is the capability behind it: with two at the table who differ
/// in everything, an election at the linear victory model.
WarBuilder land_votes() {
  WarBuilder war = talks_of_two();
  war.set("scenario.laws.settlement.election", 1).set("scenario.laws.settlement.force", 0);
  return war.set("scenario.laws.settlement.backing", 0);
}

std::vector<double> predicted(const Scene& scene) {
  std::vector<double> out(scene.model.issues().size());
  laws::Settlement::see_issues(scene.model, scene.state, out);
  return out;
}

TEST(Settlement, is_silent_without_the_law_or_without_positions) {
  WarBuilder war = talks_of_two();
  war.set("scenario.laws.settlement.on", 0);
  const CompiledModel off = war.compile();
  EXPECT_EQ(off.issues().issues, 0);
  EXPECT_EQ(off.issues().size(), 0U);
  EXPECT_EQ(features_of(off).size(), kFeatures.size() - 1);
  const solver::Run run = solve_one(off, {});
  EXPECT_TRUE(run.issues.empty());
  EXPECT_TRUE(run.issue_series.empty());
  WarBuilder nobody(7);
  nobody.ground("a").place("town", "a").set("scenario.laws.settlement.on", 1);
  EXPECT_EQ(nobody.compile().issues().issues, 0);
}

TEST(Settlement, makes_capability_of_force_land_and_backing) {
  WarBuilder war = talks_of_two();
  war.sponsor("d", "patron", 0, 100).set("sponsors.d.patron.arms", .5);
  war.set("scenario.laws.settlement.force", 2).set("scenario.laws.settlement.land", 1);
  war.set("scenario.laws.settlement.backing", 1);
  Scene scene = decided(war.compile());
  const std::vector<double> out = predicted(scene);
  const IssueShape& shape = scene.model.issues();
  EXPECT_NEAR(out[shape.place(Settlement::capability, 0, 0, 0)], (2 * .25 + 2. / 9) / 4, 1e-12);
  EXPECT_NEAR(out[shape.place(Settlement::capability, 0, 0, 1)], (2 * .25 + 2. / 9 + 1) / 4, 1e-12);
  EXPECT_TRUE(std::isnan(out[shape.place(Settlement::capability, 0, 0, 2)]));  // x has no seat
}

TEST(Settlement, takes_capability_as_given) {
  WarBuilder war = talks_of_two();
  war.set("actors.c.capability", 7).set("positions.c.rule.salience", .5);
  Scene scene(war.compile());
  const std::vector<double> out = predicted(scene);
  EXPECT_EQ(out[scene.model.issues().place(Settlement::capability, 0, 0, 0)], 7);
  EXPECT_EQ(out[scene.model.issues().place(Settlement::power, 0, 0, 0)], 3.5);
}

TEST(Settlement, follows_the_rounds_of_challenges) {
  WarBuilder war(7);
  war.default_alignment(0).ground("a").ground("b").ground("c").ground("d");
  war.seat("a", "rule", 0, .9).seat("b", "rule", 40, .5).seat("c", "rule", 70, .8).seat("d", "rule", 100, .3);
  const std::vector<double> capability = {3, 2, 4, 1};
  for (int i = 0; i < 4; ++i) {
    war.set(std::string("actors.") + "abcd"[i] + ".capability", capability[at(i)]);
  }
  war.set("scenario.laws.settlement.on", 1).set("scenario.laws.settlement.rounds", 3);
  for (const bool own_view : {false, true}) {
    war.set("scenario.laws.settlement.own_view", own_view ? 1 : 0);
    const CompiledModel model = war.compile();
    const std::vector<double> out = predicted(Scene(model));
    const auto rounds = laws::challenge_rounds(
        std::vector<double>{0, 40, 70, 100}, capability, std::vector<double>{.9, .5, .8, .3},
        {.reading = own_view ? laws::ChallengeReading::replication : laws::ChallengeReading::literal, .rounds = 3});
    const IssueShape& shape = model.issues();
    for (int r = 0; r <= 3; ++r) {
      EXPECT_EQ(out[shape.place(Settlement::median, 0, r)], rounds[at(r)].median);
      EXPECT_EQ(out[shape.place(Settlement::mean, 0, r)], rounds[at(r)].mean);
      for (int a = 0; a < 4; ++a) {
        EXPECT_EQ(out[shape.place(Settlement::position, 0, r, a)], rounds[at(r)].position[at(a)]);
      }
    }
    EXPECT_EQ(out[shape.place(Settlement::expected, 0, 0, 2, 1)], rounds[0].expected(2, 1));
    EXPECT_EQ(out[shape.place(Settlement::risk, 0, 0, 3)], rounds[0].risk[3]);
  }
}

TEST(Settlement, leaves_the_excluded_out_and_lets_an_intervention_admit_them) {
  WarBuilder war = talks_of_two();
  war.seat("x", "rule", 100).set("actors.x.excluded", 1).change(7, "actors.x.excluded", 0);
  war.set("actors.c.capability", 3).set("actors.d.capability", 1).set("actors.x.capability", 9);
  const CompiledModel model = war.compile();
  const solver::Run run = solve_one(model, {.every_days = 7});
  const IssueShape& shape = model.issues();
  const std::size_t seat = shape.series(Settlement::position, 0, 2) * 3;
  EXPECT_TRUE(std::isnan(run.issue_series[seat]));
  EXPECT_FALSE(std::isnan(run.issue_series[seat + 1]));
  EXPECT_EQ(run.issues[shape.place(Settlement::median, 0, 0)], 100);  // on the last day, before the rounds
}

TEST(Settlement, settles_each_issue_by_itself) {
  WarBuilder war = talks_of_two();
  war.set("actors.c.capability", 1).set("actors.d.capability", 2);
  const CompiledModel one = war.compile();
  war.seat("c", "oil", 30).seat("d", "oil", 30);
  const CompiledModel two = war.compile();
  ASSERT_EQ(two.issues().talks, 2);
  const std::vector<double> alone = predicted(Scene(one));
  const std::vector<double> both = predicted(Scene(two));
  EXPECT_EQ(both[two.issues().place(Settlement::mean, 0, 8)], alone[one.issues().place(Settlement::mean, 0, 8)]);
  EXPECT_EQ(both[two.issues().place(Settlement::median, 1, 8)], 30);
}

TEST(Settlement, of_an_election_is_the_mean_of_the_positions_by_their_chances) {
  Scene scene(land_votes().set("places.d_town.value", 6).compile());
  const std::vector<double> out = predicted(scene);
  const IssueShape& shape = scene.model.issues();
  EXPECT_NEAR(out[shape.place(Settlement::probability, 0, 0, 0)], .25, 1e-6);
  EXPECT_NEAR(out[shape.place(Settlement::mean, 0, 1)], 75, 1e-4);
  EXPECT_EQ(out[shape.place(Settlement::median, 0, 1)], 100);
}

TEST(Settlement, values_the_land_of_an_enemy_by_what_it_adds) {
  WarBuilder war = land_votes();
  war.set("commands.c.weight_land", 1);
  Scene scene = decided(war.compile());
  const std::vector<double> gain = laws::Settlement::land_gains(scene.model, scene.state, scene.view);
  // d's part of the land at the table falls from 2/4 to 2/8 or 2/5.
  EXPECT_NEAR(gain[2], .25, 1e-6);
  EXPECT_NEAR(gain[3], .1, 1e-6);
  EXPECT_EQ(gain[1], 0);  // d is no enemy
  ASSERT_FALSE(scene.journal.priorities.empty());
  for (const PriorityRecord& record : scene.journal.priorities) {
    EXPECT_NEAR(record.contribution[10], record.target == 2 ? .25 : .1, 1e-6);
  }
  EXPECT_NEAR(scene.effort(0, 2), 1 / (1 + std::exp(-.15 / .2)), 1e-6);
}

TEST(Settlement, gives_land_no_value_where_it_gives_no_weight) {
  WarBuilder war = land_votes();
  war.set("commands.c.weight_land", 1).set("actors.c.capability", 1).set("actors.d.capability", 1);
  Scene scene = decided(war.compile());
  EXPECT_DOUBLE_EQ(scene.effort(0, 2), .5);
}

TEST(Settlement, refuses_what_would_change_the_shape_of_its_results) {
  const auto fault = [](WarBuilder war) {
    const auto model = compile(war.build());
    return model ? std::string() : model.error().at(0).what;
  };
  EXPECT_EQ(fault(talks_of_two().set("scenario.laws.settlement.rounds", {DistributionKind::uniform, 1, 5})),
            "scenario.laws.settlement.rounds is uncertain");
  EXPECT_EQ(fault(talks_of_two().set("scenario.laws.settlement.rounds", 2.5)), "2.5 rounds of challenges");
  EXPECT_EQ(fault(talks_of_two().change(3, "scenario.laws.settlement.on", 0)),
            "scenario.laws.settlement.on changes during the war");
  EXPECT_EQ(fault(land_votes().seat("c", "oil", 30)), "`d` has positions on 1 of 2 issues");
}

TEST(Settlement, is_the_same_alone_as_after_others_and_survives_the_store) {
  WarBuilder war = talks_of_two();
  war.set("positions.c.rule.position", {DistributionKind::uniform, 0, 40});
  const CompiledModel model = war.compile();
  const std::vector<solver::Run> runs = solve_many(model, {}, 9);
  auto store = ensemble::RunStore::open({}, "");
  ASSERT_TRUE(store.has_value());
  double sum = 0;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    EXPECT_EQ(bytes_of(runs[r]), bytes_of(solve_one(model, {}, static_cast<std::uint32_t>(r))));
    ASSERT_TRUE(store->append(runs[r]));
    solver::Run back;
    store->read(runs[r].number, back);
    EXPECT_EQ(bytes_of(back), bytes_of(runs[r]));
    sum += runs[r].issues[model.issues().place(Settlement::mean, 0, 8)];
  }
  const ensemble::Summary summary = ensemble::summarise(model, {}, *store);
  EXPECT_NEAR(summary.issues.last_day[model.issues().place(Settlement::mean, 0, 8)].mean, sum / 9, 1e-9);
  EXPECT_NEAR(summary.issues.by_time[Settlement::mean].back().mean, sum / 9,
              1e-4);  // the series is kept in single precision
}

}  // namespace
}  // namespace truel::test
