// Versions of a war: what is held stays, and an actor that is left out leaves no trace.
#include "truel/ensemble/compare/variants.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/outcomes.hpp"
#include "support/war_builder.hpp"
#include "truel/ensemble/compare/compare.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::test {
namespace {

solver::Run one_run(std::shared_ptr<const War> war, std::uint32_t number = 0) {
  const auto model = compile(std::move(war));
  TRUEL_CHECK(model.has_value());
  return ensemble::replay(*model, {}, std::span(&number, 1)).front().run;
}

TEST(Variants, what_is_held_is_held_against_dated_changes) {
  WarBuilder builder(40);
  builder.decide_every(7).ground("blue").place("town", "blue").force("blue", "town", 10).entry("town");
  builder.set("scenario.laws.recruitment.on", 1).change(20, "actors.blue.recruits_per_day", 5);
  const auto base = builder.build();
  EXPECT_GT(one_run(base).of(0, kRecruited), 0);
  auto held = std::make_shared<War>(*base);
  ensemble::hold(*held, held->find_parameter("actors.blue.recruits_per_day"), 0);
  EXPECT_EQ(one_run(held).of(0, kRecruited), 0);
}

TEST(Variants, what_is_held_leaves_alone_what_else_a_dated_change_sets) {
  WarBuilder builder(40);
  builder.decide_every(7).ground("blue").ground("red").place("town", "blue").place("farm", "red");
  builder.force("blue", "town", 10).force("red", "farm", 10).entry("town").entry("farm");
  builder.set("scenario.laws.recruitment.on", 1).change(20, "actors.blue.recruits_per_day", 5);
  auto held = std::make_shared<War>(*builder.build());
  Intervention more = held->interventions[0];
  more.target = held->find_parameter("actors.red.recruits_per_day");
  more.is_of_many = more.is_more = held->interventions[0].is_of_many = true;
  held->interventions.push_back(more);
  EXPECT_GT(one_run(std::make_shared<War>(*held)).of(1, kRecruited), 0);
  ensemble::hold(*held, held->find_parameter("actors.blue.recruits_per_day"), 0);
  const solver::Run run = one_run(held);
  EXPECT_EQ(run.of(0, kRecruited), 0);
  EXPECT_GT(run.of(1, kRecruited), 0);
}

TEST(Variants, without_an_actor_the_others_fight_as_if_it_had_never_been) {
  // Blue and red fight over a field; green holds a hill of its own and joins in by day 10, with a sponsor and recruits.
  const auto war = [](bool has_green) {
    WarBuilder builder(60);
    builder.decide_every(7).ground("blue").ground("green").ground("red").place("field", "blue");
    builder.place("hill", has_green ? "green" : "");
    if (has_green) {
      builder.force("green", "field", 30).force("green", "hill", 50);
      builder.arrive(10, "green", "field", 40).sponsor("green", "abroad", 0, 60);
      builder.set("sponsors.green.abroad.arms", 1).set("actors.green.recruits_per_day", 2);
    }
    builder.force("blue", "field", 120).force("red", "field", 100).road("field", "hill", 20);
    builder.set("actors.blue.kill_rate", {DistributionKind::loguniform, 0.004, 0.012});
    builder.set("actors.red.kill_rate", 0.006).set("actors.green.kill_rate", 0.01);
    builder.set("scenario.laws.recruitment.on", 1);
    return builder.build();
  };
  const auto left_out = ensemble::without(*war(true), 1);
  ASSERT_TRUE(left_out.has_value());
  for (std::uint32_t r = 0; r < 5; ++r) {
    const solver::Run never = one_run(war(false), r);
    const solver::Run without = one_run(std::make_shared<const War>(*left_out), r);
    for (const ActorIndex a : {0, 2}) {
      for (const ActorOutcome o : {ActorOutcome::killed, ActorOutcome::final_fighters, ActorOutcome::value_share}) {
        EXPECT_EQ(without.of(a, o), never.of(a, o)) << "actor " << a << ", realization " << r;
      }
    }
    EXPECT_EQ(without.of(1, ActorOutcome::first_fighters) + without.of(1, ActorOutcome::arrived), 0);
    EXPECT_EQ(without.of(1, kRecruited) + without.of(1, ActorOutcome::killed), 0);
  }
}

TEST(Variants, an_actor_left_out_of_any_package_does_nothing) {
  std::vector<std::filesystem::path> packages = {std::filesystem::path(TRUEL_SOURCE_DIR) / "scenarios/syria-2016"};
  for (const char* folder : {"scenarios/mechanisms", "scenarios/published"}) {
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(TRUEL_SOURCE_DIR) / folder)) {
      packages.push_back(entry.path());
    }
  }
  std::size_t left_out = 0;
  for (const auto& package : packages) {
    const auto war = scenario::read(package);
    ASSERT_TRUE(war.has_value()) << package;
    for (ActorIndex a = 0; a < std::min(4, static_cast<int>(war->actors.size())); ++a) {
      const auto changed = ensemble::without(*war, a);
      if (!changed || war->end - war->start > 5000) {
        continue;
      }
      ++left_out;
      const solver::Run run = one_run(std::make_shared<const War>(*changed));
      for (const ActorOutcome o :
           {ActorOutcome::first_fighters, ActorOutcome::arrived, kRecruited, kJoined, ActorOutcome::final_fighters,
            ActorOutcome::killed, ActorOutcome::value_share, ActorOutcome::harm}) {
        EXPECT_EQ(run.of(a, o), 0) << package << ", " << war->actors[at(a)].id << ", " << static_cast<int>(o);
      }
      for (ActorIndex b = 0; b < static_cast<int>(war->actors.size()); ++b) {
        EXPECT_EQ(run.losses[at(a) * war->actors.size() + at(b)], 0) << package << ", killed by " << a;
      }
    }
  }
  EXPECT_GT(left_out, 30U);
}

TEST(Variants, an_actor_cannot_be_left_out_where_triads_count_it) {
  WarBuilder builder(10);
  builder.ground("blue").ground("red").place("field", "blue").force("blue", "field", 1);
  builder.set("scenario.laws.alignment.on", 1).set("scenario.laws.alignment.triads", 1);
  EXPECT_FALSE(ensemble::without(*builder.build(), 0).has_value());
}

}  // namespace
}  // namespace truel::test
