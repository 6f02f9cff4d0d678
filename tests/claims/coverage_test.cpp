#include "truel/claims/coverage.hpp"

#include <gtest/gtest.h>

#include "sample.hpp"

namespace truel::claims {
namespace {

TEST(Coverage, counts_numbers_by_table_and_by_what_they_rest_on) {
  War war = without_claims();
  claim(war, "c1").kind = "quantity";
  claim(war, "c2").kind = "tie";
  give(war, "actors.north.supply", 1, "c1; source:paper; assumed: a test");
  give(war, "actors.south.supply", 1, "c1");
  give(war, "actors.sky.supply", 1, "assumed: a test");
  give(war, "ties.north.south.share", 1, "source:paper p. 3");
  give(war, "scenario.laws.fire.on", 1, "switch");
  give(war, "actors.north.income", 1, "source:paper; assumed: general knowledge");
  give(war, "actors.south.income", 1, "source:paper; c1");
  for (const char* path : {"actors.sky.supply", "actors.north.income", "actors.south.income"}) {
    war.parameters[static_cast<std::size_t>(war.find_parameter(path))].distribution = {DistributionKind::uniform, 1, 2,
                                                                                       0};
  }
  set(war, "actors.sky.supply", "c2");
  const CoverageTables found = coverage(Evidence(war));
  ASSERT_EQ(found.tables.size(), 2U);
  const Coverage& actors = found.tables[0];
  EXPECT_EQ(actors.name, "actors.csv");
  EXPECT_EQ(actors.numbers, 5);
  EXPECT_EQ(actors.uncertain, 3);
  EXPECT_EQ(actors.claim, 3);
  EXPECT_EQ(actors.source, 3);
  EXPECT_EQ(actors.assumed, 3);
  EXPECT_EQ(actors.claim_alone, 1);
  EXPECT_EQ(actors.assumed_alone, 1);
  EXPECT_EQ(actors.general_knowledge, 1);
  EXPECT_EQ(actors.source_ranges, 2);
  EXPECT_EQ(actors.source_widths, 1);  // the other is of a source in name only
  EXPECT_EQ(found.tables[1].name, "ties.csv");
  EXPECT_EQ(found.tables[1].source, 1);
  EXPECT_EQ(found.total.numbers, 6);
  EXPECT_EQ(found.total.claim, 3);
  ASSERT_EQ(found.accounts.size(), 1U);
  EXPECT_EQ(found.accounts[0].name, "rival");
  EXPECT_EQ(found.accounts[0].claim_alone, 1);
  ASSERT_EQ(found.kinds.size(), 2U);
  EXPECT_EQ(found.kinds[0].name, "quantity");
  EXPECT_EQ(found.kinds[0].numbers, 3);
  EXPECT_EQ(found.kinds[1].numbers, 0);  // an account's number is not the package's
  ASSERT_EQ(found.sources.size(), 1U);
  EXPECT_EQ(found.sources[0].claims, 2);
}

TEST(Coverage, weighs_numbers_by_their_influence) {
  War war = without_claims();
  claim(war, "c1");
  give(war, "actors.north.supply", 1, "c1; assumed: a test");
  give(war, "actors.south.supply", 1, "c1");
  give(war, "actors.sky.supply", 1, "assumed: a test");
  const auto index = [&](const char* path) { return war.find_parameter(path); };
  const Influence influence{"actors.north.survives",
                            {{index("actors.north.supply"), 0.3},
                             {index("actors.south.supply"), 0.1},
                             {index("actors.sky.supply"), 0.4},
                             {index("ties.north.south.share"), -0.01}}};
  const CoverageTables found = coverage(Evidence(war), {influence});
  ASSERT_EQ(found.influence.size(), 1U);
  const WeightedCoverage& w = found.influence[0];
  EXPECT_EQ(w.outcome, "actors.north.survives");
  EXPECT_EQ(w.numbers, 4);
  EXPECT_DOUBLE_EQ(w.weight, 0.8);
  EXPECT_DOUBLE_EQ(w.claim, 0.5);
  EXPECT_DOUBLE_EQ(w.assumed, 0.875);
  EXPECT_DOUBLE_EQ(w.claim_alone, 0.125);
  EXPECT_DOUBLE_EQ(w.assumed_alone, 0.5);
  EXPECT_TRUE(coverage(Evidence(war)).influence.empty());
}

}  // namespace
}  // namespace truel::claims
