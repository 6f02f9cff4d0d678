// The ledger: claims, the topics they take positions on, and the names that sources use.
#include <gtest/gtest.h>

#include "package.hpp"

namespace truel::scenario {
namespace {

TEST(Positions, are_read_one_or_several_to_a_claim) {
  TestPackage p;
  p["topics.csv"] = "id,statement\nmuch,There were many of them.\nlate,They came late.\n";
  p["claims.csv"] =
      "id,source,subject,object,positions,statement\nc1,book,north,,much: for; late : against;,There were some.\n"
      "c2,paper,,neighbour,much: doubts,Who knows.\n";
  const War war = read_good(p);
  ASSERT_EQ(war.topics.size(), 2U);
  EXPECT_EQ(war.topics[0].id, "late");
  EXPECT_EQ(war.topics[0].statement, "They came late.");
  ASSERT_EQ(war.claims[0].positions.size(), 2U);
  EXPECT_EQ(war.claims[0].positions[0].topic, "much");
  EXPECT_EQ(war.claims[0].positions[0].stand, Stand::for_it);
  EXPECT_EQ(war.claims[0].positions[1].topic, "late");
  EXPECT_EQ(war.claims[0].positions[1].stand, Stand::against_it);
  ASSERT_EQ(war.claims[1].positions.size(), 1U);
  EXPECT_EQ(war.claims[1].positions[0].stand, Stand::in_doubt);
}

TEST(Claims, that_end_before_they_begin_are_mistakes) {
  TestPackage p;
  p["claims.csv"] =
      "id,source,from_date,to_date,statement\nc1,book,2016-05-05,2016-01,Late.\nc2,book,2016,2016-05,In time.\n"
      "c3,book,2017,2016-05,Later.\n";
  const Lines told = mistakes(p);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_NE(told[0].find("claims.csv:2:"), std::string::npos);
  EXPECT_NE(told[0].find("a claim that ends before it begins; swap from_date and to_date"), std::string::npos);
  EXPECT_NE(told[1].find("claims.csv:4:"), std::string::npos);
}

TEST(Aliases, give_parties_and_places_further_names) {
  TestPackage p;
  p["aliases.csv"] = "name,id,search_only\nThe Northerners,north,yes\nBetaville,beta_east,\nthe room,joint,no\n";
  const War war = read_good(p);
  ASSERT_EQ(war.aliases.size(), 3U);
  EXPECT_EQ(war.aliases[0].name, "Betaville");
  EXPECT_EQ(war.aliases[0].id, "beta_east");
  for (const Alias& alias : war.aliases) {
    EXPECT_EQ(alias.is_search_only, alias.name == "The Northerners") << alias.name;
  }
}

}  // namespace
}  // namespace truel::scenario
