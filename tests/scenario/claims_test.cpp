// The ledger: claims, the topics they take positions on, and the names that sources use.
#include <gtest/gtest.h>

#include "package.hpp"

namespace truel::scenario {
namespace {

constexpr const char* kHeader = "id,source,subject,object,positions,statement\n";

TestPackage with_topics() {
  TestPackage p;
  p["topics.csv"] = "id,statement\nmuch,There were many of them.\nlate,They came late.\n";
  return p;
}

TEST(Positions, are_read_one_or_several_to_a_claim) {
  TestPackage p = with_topics();
  p["claims.csv"] = std::string(kHeader) + "c1,book,north,,much: for; late : against;,There were some.\n" +
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

TEST(Positions, their_mistakes_are_named) {
  TestPackage p = with_topics();
  p["claims.csv"] = std::string(kHeader) + "c1,book,,,much,x\nc2,book,,,mcuh: for,x\nc3,book,,,much: perhaps,x\n" +
                    "c4,book,,,much: for; much: against,x\n";
  EXPECT_EQ(mistakes(p),
            (Lines{"claims.csv:2:11: malformed position `much`; write TOPIC: for, TOPIC: against or TOPIC: "
                   "doubts, and `;` between several",
                   "claims.csv:3:11: unknown topic `mcuh`; did you mean `much`?",
                   "claims.csv:4:11: malformed position `much: perhaps`; write TOPIC: for, TOPIC: against or "
                   "TOPIC: doubts, and `;` between several",
                   "claims.csv:5:11: two positions on the topic `much`; remove one"}));
}

TEST(Topics, need_a_statement_and_ids_of_their_own) {
  TestPackage p;
  p["topics.csv"] = "id,statement\nmuch,\nmuch,There were many of them.\n";
  EXPECT_EQ(mistakes(p),
            (Lines{"topics.csv:2:6: a topic without a statement; write the sentence that claims are for or "
                   "against",
                   "topics.csv:3:1: duplicate id `much`; the first is in line 2; remove or rename one"}));
}

TEST(Parties, of_a_claim_are_actors_commands_or_sponsors) {
  TestPackage p;
  p["claims.csv"] = std::string(kHeader) + "c1,book,joint,neighbour,,x\nc2,book,nroth,alpha,,x\n";
  EXPECT_EQ(mistakes(p),
            (Lines{"claims.csv:3:9: unknown party `nroth`; did you mean `north`?",
                   "claims.csv:3:15: unknown party `alpha`; add it to actors.csv, commands.csv or, as a sponsor, to "
                   "sponsors.csv"}));
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

TEST(Aliases, their_mistakes_are_named) {
  TestPackage p;
  p["aliases.csv"] = "name,id,search_only\nThe Northerners,nroth,\nBeta,beta_east,maybe\nBETA,beta_west,\n,north,\n";
  EXPECT_EQ(mistakes(p),
            (Lines{"aliases.csv:2:17: unknown id `nroth`; did you mean `north`?",
                   "aliases.csv:3:16: search_only is `maybe`; write yes or no",
                   "aliases.csv:4:1: duplicate name `BETA`; the first is in line 3; a name stands for one id, "
                   "whatever its case; remove one",
                   "aliases.csv:5:1: an alias without a name; write the name as sources do"}));
}

}  // namespace
}  // namespace truel::scenario
