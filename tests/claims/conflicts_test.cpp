#include "truel/claims/conflicts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sample.hpp"
#include "truel/base/index.hpp"

namespace truel::claims {
namespace {

/// One line a contradiction: "many c1-c2 opposite positions".
std::vector<std::string> found_in(const War& war) {
  std::vector<std::string> lines;
  for (const Conflict& c : conflicts(Evidence(war))) {
    for (const Contradiction& pair : c.pairs) {
      lines.push_back(fmt::format("{} {}-{} {}", c.topic == kNone ? "-" : war.topics[at(c.topic)].id,
                                  war.claims[at(pair.one)].id, war.claims[at(pair.other)].id, to_string(pair.rule)));
    }
  }
  return lines;
}

using Lines = std::vector<std::string>;

War a_claim_for_and_one_against() {
  War war = without_claims();
  claim(war, "c1").positions = {{"many", Stand::for_it}};
  claim(war, "c2").positions = {{"many", Stand::against_it}};
  return war;
}

TEST(Conflicts, of_no_claims_are_none) {
  EXPECT_EQ(found_in(without_claims()), Lines{});
}

TEST(Conflicts, are_opposite_positions_on_a_topic) {
  EXPECT_EQ(found_in(a_claim_for_and_one_against()), Lines{"many c1-c2 opposite positions"});
}

TEST(Conflicts, take_two_sides_of_one_topic) {
  War war = a_claim_for_and_one_against();
  war.claims[1].positions = {{"late", Stand::against_it}};
  EXPECT_EQ(found_in(war), Lines{});
  war.claims[1].positions = {{"many", Stand::for_it}};
  EXPECT_EQ(found_in(war), Lines{});
}

TEST(Conflicts, do_not_count_doubt_as_a_side_but_show_it) {
  War war = a_claim_for_and_one_against();
  claim(war, "c3").positions = {{"many", Stand::in_doubt}};
  const auto found = conflicts(Evidence(war));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].pairs.size(), 1U);
  EXPECT_EQ(found[0].in_doubt, std::vector<int>{2});
  EXPECT_EQ(found[0].statement, "There were many of them.");
}

TEST(Conflicts, name_an_accusation_and_its_denial) {
  War war = a_claim_for_and_one_against();
  war.claims[0].kind = "accusation";
  war.claims[1].kind = "denial";
  EXPECT_EQ(found_in(war), Lines{"many c1-c2 accusation and denial"});
}

TEST(Conflicts, need_periods_that_overlap) {
  War war = a_claim_for_and_one_against();
  Claim& one = war.claims[0];
  Claim& other = war.claims[1];
  one.from_date = "2015-09-01";
  one.to_date = "2015-09-30";
  EXPECT_EQ(found_in(war).size(), 1U);  // the other speaks of no time
  other.from_date = "2015-10";
  EXPECT_EQ(found_in(war).size(), 0U);
  other.from_date = "2015-09";
  EXPECT_EQ(found_in(war).size(), 1U);
  other.from_date = "";
  other.to_date = "2014";
  EXPECT_EQ(found_in(war).size(), 0U);
  other.to_date = "2015";
  EXPECT_EQ(found_in(war).size(), 1U);
  one.from_date = one.to_date = "2016-02";
  other.from_date = other.to_date = "2016-02-29";
  EXPECT_EQ(found_in(war).size(), 1U);
}

TEST(Conflicts, need_the_same_place_if_both_name_one) {
  War war = a_claim_for_and_one_against();
  war.claims[0].place = "alpha";
  EXPECT_EQ(found_in(war).size(), 1U);
  war.claims[1].place = "beta_east";
  EXPECT_EQ(found_in(war).size(), 0U);
  war.claims[1].place = "alpha";
  EXPECT_EQ(found_in(war).size(), 1U);
}

War two_amounts() {
  War war = without_claims();
  for (const char* id : {"c1", "c2"}) {
    Claim& c = claim(war, id);
    c.kind = "quantity";
    c.subject = "north";
    c.place = "alpha";
    c.unit = "fighters";
  }
  war.claims[0].low = "1500";
  war.claims[0].high = "2000";
  war.claims[1].low = war.claims[1].high = "3000";
  return war;
}

TEST(Conflicts, are_amounts_whose_ranges_do_not_overlap) {
  War war = two_amounts();
  EXPECT_EQ(found_in(war), Lines{"- c1-c2 ranges apart"});
  const auto found = conflicts(Evidence(war));
  EXPECT_EQ(found[0].statement, "fighters of north, alpha");
  EXPECT_EQ(found[0].one_says, "1500 to 2000 fighters");
  EXPECT_EQ(found[0].other_says, "3000 fighters");
  war.claims[1].low = "2000";
  EXPECT_EQ(found_in(war), Lines{});
}

TEST(Conflicts, compare_amounts_only_of_the_same_thing) {
  for (std::string Claim::*part : {&Claim::unit, &Claim::subject, &Claim::object, &Claim::place, &Claim::kind}) {
    War war = two_amounts();
    war.claims[1].*part = part == &Claim::place ? "beta_east" : "another";
    EXPECT_EQ(found_in(war), Lines{});
  }
  War war = two_amounts();
  war.claims[1].high = "";  // at least 3000
  EXPECT_EQ(found_in(war), Lines{});
}

TEST(Conflicts, without_positions_are_an_accusation_and_a_denial_or_one_that_denies) {
  War war = without_claims();
  for (const char* id : {"c1", "c2"}) {
    Claim& c = claim(war, id);
    c.subject = "north";
    c.object = "south";
  }
  EXPECT_EQ(found_in(war), Lines{});
  war.claims[1].stance = "denies";
  EXPECT_EQ(found_in(war), Lines{"- c1-c2 opposite positions"});
  war.claims[0].kind = "accusation";
  EXPECT_EQ(found_in(war), Lines{});
  war.claims[1].kind = "denial";
  EXPECT_EQ(found_in(war), Lines{"- c1-c2 accusation and denial"});
  war.claims[0].positions = {{"many", Stand::for_it}};  // it says what it is about
  EXPECT_EQ(found_in(war), Lines{});
}

TEST(Conflicts, say_which_numbers_they_touch_and_whether_sources_differ) {
  War war = a_claim_for_and_one_against();
  claim(war, "c3");
  give(war, "actors.north.supply", 1, "c1");
  give(war, "actors.sky.supply", 1, "c3");
  set(war, "actors.sky.supply", "c2");
  auto found = conflicts(Evidence(war));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].touched, (std::vector<int>{0, 2}));
  EXPECT_FALSE(found[0].is_between_sources);
  war.claims[1].source = "paper";
  found = conflicts(Evidence(war));
  EXPECT_TRUE(found[0].is_between_sources);
}

TEST(Conflicts, those_between_sources_come_first) {
  War war = a_claim_for_and_one_against();
  war.claims[0].positions = {{"late", Stand::for_it}, {"many", Stand::for_it}};
  war.claims[1].positions = {{"late", Stand::against_it}};
  claim(war, "c3").positions = {{"many", Stand::against_it}};
  war.claims[2].source = "paper";
  EXPECT_EQ(found_in(war), (Lines{"many c1-c3 opposite positions", "late c1-c2 opposite positions"}));
}

}  // namespace
}  // namespace truel::claims
