#include "truel/claims/evidence.hpp"

#include <gtest/gtest.h>

#include "sample.hpp"
#include "truel/base/index.hpp"

namespace truel::claims {
namespace {

/// Ids of the claims that pass.
std::string ids(const War& war, const Filter& filter) {
  const auto found = select(Evidence(war), filter);
  if (!found) {
    return to_string(found.error().front());
  }
  std::string text;
  for (const int c : *found) {
    text += (text.empty() ? "" : " ") + war.claims[at(c)].id;
  }
  return text;
}

War four_claims() {
  War war = without_claims();
  claim(war, "c1").subject = "north";
  claim(war, "c2").object = "joint";
  claim(war, "c3").subject = "sky";
  claim(war, "c4").source = "paper";
  war.claims[1].place = "beta_west";
  war.claims[2].place = "alpha";
  war.claims[3].subject = "neighbour";
  return war;
}

TEST(Select, without_a_filter_gives_all_claims) {
  EXPECT_EQ(ids(four_claims(), {}), "c1 c2 c3 c4");
}

TEST(Select, an_actor_stands_for_its_command_and_a_command_for_its_members) {
  EXPECT_EQ(ids(four_claims(), {.actor = "north"}), "c1 c2");
  EXPECT_EQ(ids(four_claims(), {.actor = "south"}), "c2");
  EXPECT_EQ(ids(four_claims(), {.actor = "joint"}), "c1 c2");
  EXPECT_EQ(ids(four_claims(), {.actor = "sky"}), "c3");
  EXPECT_EQ(ids(four_claims(), {.actor = "neighbour"}), "c4");
}

TEST(Select, takes_names_and_aliases_in_any_case) {
  EXPECT_EQ(ids(four_claims(), {.actor = "the NORTH"}), "c1 c2");
  EXPECT_EQ(ids(four_claims(), {.actor = "northerners"}), "c1 c2");
  EXPECT_EQ(ids(four_claims(), {.place = "Old beta"}), "c2");
}

TEST(Select, a_part_of_a_city_stands_for_all_of_it) {
  EXPECT_EQ(ids(four_claims(), {.place = "beta_east"}), "c2");
  EXPECT_EQ(ids(four_claims(), {.place = "Alpha"}), "c3");
}

TEST(Select, all_parts_of_a_filter_must_hold) {
  EXPECT_EQ(ids(four_claims(), {.source = "book", .actor = "north", .place = "beta_west"}), "c2");
  EXPECT_EQ(ids(four_claims(), {.source = "paper", .actor = "north"}), "");
}

TEST(Select, what_is_unknown_is_named_with_the_nearest_all_at_once) {
  const War war = four_claims();
  const auto found =
      select(Evidence(war), {.source = "boko", .actor = "nroth", .place = "alpah", .parameter = "actors.nroth"});
  ASSERT_FALSE(found);
  ASSERT_EQ(found.error().size(), 4U);
  EXPECT_EQ(to_string(found.error()[0]), "unknown source `boko`; did you mean `book`?");
  EXPECT_EQ(to_string(found.error()[1]), "unknown actor `nroth`; did you mean `north`?");
  EXPECT_EQ(to_string(found.error()[2]), "unknown place `alpah`; did you mean `alpha`?");
  EXPECT_EQ(found.error()[3].what, "unknown path `actors.nroth`");
}

TEST(Select, a_parameter_gives_the_claims_behind_it_in_the_package_and_in_accounts) {
  War war = four_claims();
  give(war, "actors.north.supply", 2, "c1; assumed: a test");
  set(war, "actors.north.supply", "c3");
  give(war, "actors.north.income", 2, "c4");
  EXPECT_EQ(ids(war, {.parameter = "actors.north.supply"}), "c1 c3");
  EXPECT_EQ(ids(war, {.parameter = "actors.north"}), "c1 c3 c4");
}

TEST(Evidence, knows_what_rests_on_a_claim) {
  War war = four_claims();
  give(war, "actors.north.supply", 2, "c1; c2; c1");
  set(war, "actors.sky.supply", "c2");
  const Evidence evidence(war);
  ASSERT_EQ(evidence.numbers().size(), 2U);
  EXPECT_EQ(evidence.rests_on(0), std::vector<int>{0});
  EXPECT_EQ(evidence.rests_on(1), (std::vector<int>{0, 1}));
  EXPECT_TRUE(evidence.rests_on(2).empty());
  EXPECT_EQ(evidence.numbers()[1].account, 0);
  EXPECT_EQ(evidence.claim("c3"), 2);
  EXPECT_EQ(evidence.claim("c9"), kNone);
}

TEST(NumbersAt, gives_the_default_of_what_the_package_leaves_out) {
  const War war = without_claims();
  const auto found = numbers_at(Evidence(war), "actors.north.supply");
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().basis, "default");
}

TEST(NumbersAt, finds_a_road_and_an_alignment_from_either_end) {
  War war = without_claims();
  give(war, "links.alpha.beta_east.road_km", 60, "assumed: a test");
  give(war, "ties.north.south.alignment", -1, "assumed: a test");
  for (const std::string_view path : {"links.alpha.beta_east.road_km", "links.beta_east.alpha.road_km",
                                      "ties.north.south.alignment", "ties.south.north.alignment"}) {
    const auto found = numbers_at(Evidence(war), path);
    ASSERT_TRUE(found) << path;
    ASSERT_EQ(found->size(), 1U) << path;
    EXPECT_EQ(found->front().basis, "assumed: a test") << path;
  }
}

TEST(NumbersAt, a_beginning_ends_at_a_dot_and_needs_a_number_below) {
  War war = without_claims();
  give(war, "actors.north.supply", 2, "assumed: a test");
  EXPECT_TRUE(numbers_at(Evidence(war), "actors"));
  EXPECT_FALSE(numbers_at(Evidence(war), "actors.nor"));
  const auto none = numbers_at(Evidence(war), "actors.sky");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().front().what, "no number is given below `actors.sky`");
}

}  // namespace
}  // namespace truel::claims
