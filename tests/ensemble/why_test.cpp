// Why an actor survives: against wars whose answer can be worked out by hand.
#include "truel/ensemble/compare/why.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "support/war_builder.hpp"

namespace truel::test {
namespace {

using ensemble::EnemyEffort;
using ensemble::Explanation;

constexpr int kDays = 60;

/// All three are at war at one place. Red minds who counts at the table (weight 2; green does in full) and gains from
/// blue (weight -1, bargain 0.5), so that green scores 2 and blue -0.5. Green weighs nothing: its enemies are equal.
WarBuilder rivals(double kill_rate) {
  WarBuilder war(kDays);
  war.decide_every(10).ground("blue").ground("green").ground("red").place("field", "green");
  war.force("blue", "field", 50).force("green", "field", 1000).force("red", "field", 100);
  war.set("actors.green.horizon", 1).set("ties.red.blue.bargain", 0.5).set("actors.red.kill_rate", kill_rate);
  war.set("commands.red.weight_horizon", 2).set("commands.red.weight_bargain", -1);
  return war.doctrine("red", Doctrine::priority).doctrine("green", Doctrine::priority);
}

Explanation ask(const WarBuilder& war, std::uint32_t runs) {
  ensemble::ExplanationOptions options;
  options.ensemble.runs = runs;
  auto why = ensemble::why(war.compile(), war.actor("blue"), options);
  TRUEL_CHECK(why.has_value());
  return std::move(why.value());
}

std::size_t feature(std::string_view name) {
  const auto found = std::find_if(kFeatures.begin(), kFeatures.end(), [&](const auto& f) { return f.name == name; });
  return static_cast<std::size_t>(found - kFeatures.begin());
}

TEST(Why, says_what_was_aimed_and_which_features_kept_an_enemy_off) {
  const WarBuilder war = rivals(0);
  const Explanation why = ask(war, 2);
  ASSERT_EQ(why.enemies.size(), 2U);
  EXPECT_EQ(why.enemies[0].command, war.command("green")) << "who could aim most comes first";
  const EnemyEffort& red = why.enemies[1];
  const double share = 1 / (1 + std::exp(2.5 / 0.2));
  EXPECT_NEAR(red.share, share, 1e-9);
  EXPECT_DOUBLE_EQ(red.could, 100);
  EXPECT_NEAR(red.aimed, 100 * share, 1e-7);
  EXPECT_DOUBLE_EQ(red.decisions, kDays / 10.0);
  EXPECT_EQ(red.first, 0);
  EXPECT_EQ(red.rather, war.actor("green"));
  EXPECT_EQ(red.rather_share, 1);
  EXPECT_DOUBLE_EQ(red.gap, 2.5);
  EXPECT_DOUBLE_EQ(red.kept_off[feature("horizon")], 2);
  EXPECT_DOUBLE_EQ(red.kept_off[feature("bargain")], 0.5);
  EXPECT_NEAR(std::accumulate(red.kept_off.begin(), red.kept_off.end(), 0.0), red.gap, 1e-12);
  EXPECT_EQ(why.enemies[0].first, 1) << "of equals nobody is above it";
  EXPECT_NEAR(why.enemies[0].aimed, 500, 1e-9);
}

TEST(Why, tries_every_change_of_its_list_once) {
  const WarBuilder war = rivals(0);
  const auto model = war.compile();
  const Explanation why = ask(war, 2);
  std::vector<std::string> what;
  for (const ensemble::Change& change : ensemble::single_changes(model, war.actor("blue"), why.enemies)) {
    what.push_back(change.what);
    EXPECT_FALSE(ensemble::settings_of(model.war(), change).empty()) << change.what;
  }
  EXPECT_EQ(what, (std::vector<std::string>{"green would aim all effort at it", "red would aim all effort at it",
                                            "red would give no weight to horizon",
                                            "red would give no weight to bargain", "a truce of green and red"}));
  EXPECT_EQ(why.tried, what.size());
}

TEST(Why, finds_the_change_that_shortens_its_life_most) {
  // Red's hundred men kill 5 a day where all aim at blue, which then lasts about ten days of sixty; as it is, red aims
  // at green alone. A truce with green leaves red no other enemy: the same. Neither weight alone brings blue to the
  // top.
  const Explanation why = ask(rivals(0.05), 20);
  EXPECT_EQ(why.survival.value, 1);
  EXPECT_EQ(why.life.value, kDays);
  ASSERT_EQ(why.changes.size(), 5U);
  const std::vector<std::string> best = {why.changes[0].what, why.changes[1].what};
  for (const char* expected : {"red would aim all effort at it", "a truce of green and red"}) {
    EXPECT_NE(std::find(best.begin(), best.end(), expected), best.end()) << expected;
  }
  EXPECT_NEAR(why.changes[0].life.value, 10 - kDays, 4);
  EXPECT_EQ(why.changes[0].survival.value, -1);
  EXPECT_EQ(why.changes[0].life.n, 20U);
  EXPECT_EQ(why.changes[2].life.value, 0);
  EXPECT_LT(why.changes[2].fighters.value, 0) << "without horizon red aims one man in thirteen at blue";
}

TEST(Why, ranks_changes_by_the_metric_that_is_asked_for) {
  const WarBuilder war = rivals(0.05);
  const auto model = war.compile();
  ensemble::ExplanationOptions options;
  options.ensemble.runs = 20;
  const std::vector<std::string> names = {"actors.green.final_fighters"};
  options.metric = ensemble::compared_metrics(model.war(), names).value().front();
  const auto why = ensemble::why(model, war.actor("blue"), options);
  ASSERT_TRUE(why.has_value());
  // Red's hundred men kill 5 of green a day, until green is at peace with red.
  EXPECT_NEAR(why->asked.value, 1000 - 5 * kDays, 30);
  EXPECT_EQ(why->asked.n, 8U + 20U) << "pairs of both stages";
  ASSERT_EQ(why->changes.size(), 5U);
  EXPECT_NEAR(why->changes[0].asked.value, 5 * kDays, 30);
  EXPECT_EQ(why->changes[0].asked.n, 20U);
  for (std::size_t c = 1; c < why->changes.size(); ++c) {
    EXPECT_LE(std::abs(why->changes[c].asked.value), std::abs(why->changes[c - 1].asked.value));
  }
}

TEST(Why, refuses_an_actor_that_has_no_life_to_shorten) {
  WarBuilder war = rivals(0);
  war.air("sky").ground("absent");
  const auto model = war.compile();
  ensemble::ExplanationOptions options;
  options.ensemble.runs = 2;
  for (const char* id : {"sky", "absent"}) {
    const auto why = ensemble::why(model, war.actor(id), options);
    ASSERT_FALSE(why.has_value()) << id;
    EXPECT_TRUE(why.error().front().what.starts_with(id));
  }
}

}  // namespace
}  // namespace truel::test
