// Tables of draws beside accounts.
#include <gtest/gtest.h>

#include <algorithm>

#include "scenario/package.hpp"

namespace truel::scenario {
namespace {

constexpr const char* kAccount =
    "title = \"Fitted\"\ndraws = \"fitted.csv\"\nbasis = \"assumed: a test\"\nfitted_until = 2015-12-31\n";

TestPackage with_draws(const std::string& table, const std::string& account = kAccount) {
  TestPackage p;
  p["accounts/fitted.toml"] = account;
  p["accounts/fitted.csv"] = table;
  return p;
}

TEST(Draws, replace_the_distributions_of_their_numbers) {
  const TestPackage p = with_draws("actors.north.kill_rate,weight,ties.south.west.alignment\n0.02,1,-1\n0.05,3,-0.5\n");
  const War war = read_good(p, {.accounts = {"fitted"}});
  ASSERT_EQ(war.draws.size(), 1U);
  const JointDraws& draws = war.draws[0];
  EXPECT_EQ(draws.file, "accounts/fitted.csv");
  EXPECT_EQ(draws.values, (std::vector<double>{0.02, -1, 0.05, -0.5}));
  EXPECT_EQ(draws.weights, (std::vector{1.0, 3.0}));
  EXPECT_EQ(&war.parameters[static_cast<std::size_t>(draws.parameters[0])], &number(war, "actors.north.kill_rate"));
  const Parameter& rate = number(war, "actors.north.kill_rate");
  EXPECT_EQ(rate.distribution.kind, DistributionKind::drawn);
  EXPECT_EQ(rate.distribution.among, (std::vector{0.02, 0.05}));
  EXPECT_EQ(rate.basis, "assumed: a test");
  EXPECT_EQ(rate.where.line, 1);
  const auto account =
      std::find_if(war.accounts.begin(), war.accounts.end(), [](const Account& a) { return a.id == "fitted"; });
  ASSERT_NE(account, war.accounts.end());
  EXPECT_EQ(account->fitted_until, parse_date("2015-12-31"));
  const War base = read_good(p);
  EXPECT_TRUE(base.draws.empty());
  EXPECT_NE(base.sha256, with_draws("actors.north.kill_rate\n0.02\n").read()->sha256);
}

TEST(Draws, of_which_one_weighs_nearly_all_are_nearly_that_one_by_themselves) {
  const auto war =
      with_draws("weight,actors.north.kill_rate\n97,0.03\n1,0.01\n1,0.02\n1,0.04\n").read({.accounts = {"fitted"}});
  ASSERT_TRUE(war);
  EXPECT_EQ(number(*war, "actors.north.kill_rate").distribution.among, (std::vector{0.03, 0.03, 0.03, 0.03}));
}

TEST(Draws, are_checked_cell_by_cell) {
  EXPECT_EQ(
      mistakes(with_draws("actors.north.kill_rat,actors.north.supply,actors.north.supply,weight\n"
                          "1,101,1,1\n"
                          "1,inf,1,-2\n"
                          "1,1..2,1,1\n"
                          "1,1,1\n")),
      (Lines{
          "accounts/fitted.csv:1:1: unknown path `actors.north.kill_rat`; did you mean `actors.north.kill_rate`?",
          "accounts/fitted.csv:1:43: duplicate column `actors.north.supply`; the first is column 2; remove one",
          "accounts/fitted.csv:2:3: actors.north.supply is 101, above its greatest value 100; keep it within 0 and 100",
          "accounts/fitted.csv:3:3: malformed number `inf`; write a value (1200), a range (1500..2000) or a "
          "distribution (lognormal(1200, 1.5))",
          "accounts/fitted.csv:3:9: a weight of -2; keep weights at 0 or above",
          "accounts/fitted.csv:4:3: `1..2` is no single number; write one value a row",
          "accounts/fitted.csv:5:1: a row too short: 3 cells, the header has 4; add the cells that are missing, empty "
          "ones too"}));
}

TEST(Draws, need_rows_weight_and_a_place_of_their_own) {
  EXPECT_EQ(mistakes(with_draws("actors.north.supply\n")),
            (Lines{"accounts/fitted.csv:1:1: no draws; write one row a draw"}));
  EXPECT_EQ(
      mistakes(with_draws("actors.north.supply,weight\n1,0\n2,0\n")),
      (Lines{
          "accounts/fitted.csv:1:21: weights that do not sum to a positive number; give some draw a weight above 0"}));
  EXPECT_EQ(
      mistakes(with_draws("weight\n1\n")),
      (Lines{"accounts/fitted.csv:1:1: no column of a number; head columns with paths, such as actors.ID.kill_rate"}));
  EXPECT_EQ(
      mistakes(with_draws("actors.north.supply\n1\n", "title = \"Fitted\"\ndraws = \"other.csv\"\n")),
      (Lines{"accounts/fitted.toml:2:9: draws without a basis; write basis = \"...\" below draws",
             "accounts/fitted.toml:2:9: no table `other.csv`; name a .csv that lies in the folder accounts, beside "
             "this file"}));
  EXPECT_EQ(
      mistakes(
          with_draws("actors.north.supply\n1\n",
                     std::string(kAccount) + "[[set]]\npath = \"actors.north.supply\"\nvalue = 1\nbasis = \"c1\"\n")),
      (Lines{"accounts/fitted.csv:1:1: `actors.north.supply` is set in line 6 of the account as well; remove one"}));
}

TEST(Draws, give_way_to_what_is_laid_over_them) {
  const auto war = with_draws("actors.north.supply,actors.north.kill_rate\n1,0.02\n2,0.03\n")
                       .read({.accounts = {"fitted", "rival"}, .settings = {"actors.north.supply=2"}});
  ASSERT_TRUE(war);
  EXPECT_TRUE(number(*war, "actors.north.supply").distribution.is_value());
  EXPECT_EQ(number(*war, "actors.north.kill_rate").distribution.kind, DistributionKind::uniform);
}

TEST(Draws, that_no_account_names_are_no_mistake) {
  TestPackage p;
  p["accounts/fitted.csv"] = "actors.north.supply\n1\n";
  EXPECT_TRUE(mistakes(p).empty());
}

}  // namespace
}  // namespace truel::scenario
