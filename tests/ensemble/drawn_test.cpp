// Rows of a table of draws: which realization takes which.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "support/war_builder.hpp"
#include "truel/ensemble/design/design.hpp"

namespace truel::test {
namespace {

JointDraws table(std::size_t rows, std::vector<double> weights = {}) {
  JointDraws draws;
  draws.parameters = {0};
  draws.weights = std::move(weights);
  draws.values.resize(rows);
  std::iota(draws.values.begin(), draws.values.end(), 0.0);
  return draws;
}

std::vector<std::size_t> rows(const JointDraws& draws, std::uint64_t seed, std::uint32_t first, std::uint32_t n,
                              std::uint32_t number_of_table = 0) {
  std::vector<std::size_t> result;
  for (std::uint32_t r = first; r < first + n; ++r) {
    result.push_back(ensemble::drawn_row(draws, number_of_table, seed, r));
  }
  return result;
}

TEST(Drawn, every_block_of_realizations_takes_each_row_once_in_an_order_of_its_own) {
  for (const std::uint32_t n : {1U, 2U, 3U, 37U, 64U, 500U}) {
    std::set<std::vector<std::size_t>> orders;
    for (std::uint32_t block = 0; block < 3; ++block) {
      std::vector<std::size_t> taken = rows(table(n), 7, block * n, n);
      orders.insert(taken);
      std::sort(taken.begin(), taken.end());
      std::vector<std::size_t> all(n);
      std::iota(all.begin(), all.end(), std::size_t{0});
      EXPECT_EQ(taken, all) << n;
    }
    EXPECT_TRUE(n < 37 || orders.size() == 3) << n;
  }
  EXPECT_NE(rows(table(64), 7, 0, 64), rows(table(64), 8, 0, 64)) << "another seed, another order";
  EXPECT_NE(rows(table(64), 7, 0, 64, 0), rows(table(64), 7, 0, 64, 1)) << "two tables are drawn from independently";
}

TEST(Drawn, orders_do_not_repeat_after_as_many_blocks_as_a_byte_has_values) {
  EXPECT_NE(rows(table(64), 7, 0, 64), rows(table(64), 7, 256 * 64, 64));
}

TEST(Drawn, rows_with_weights_come_as_often_as_they_weigh_but_for_rounding) {
  const std::vector<double> weights{5, 0, 2.5, 1.1, 1.4, 0, 0, 0, 0, 0};
  std::vector<int> count(weights.size());
  for (std::uint32_t block = 0; block < 100; ++block) {
    std::vector<int> own(weights.size());
    for (const std::size_t row : rows(table(weights.size(), weights), 3, 10 * block, 10)) {
      ++own[row];
      ++count[row];
    }
    for (std::size_t row = 0; row < weights.size(); ++row) {
      EXPECT_LT(std::abs(own[row] - weights[row]), 1) << row;
    }
  }
  for (std::size_t row = 0; row < weights.size(); ++row) {
    EXPECT_NEAR(count[row], 100 * weights[row], weights[row] == 0 ? 0 : 20) << row;
  }
}

TEST(Drawn, a_realization_takes_a_whole_row_and_all_else_from_the_design) {
  WarBuilder builder(10);
  builder.ground("a").ground("b").place("home", "a");
  const Distribution wide{.kind = DistributionKind::uniform, .a = 0, .b = 1};
  builder.set("actors.a.supply", wide).set("actors.b.supply", wide).set("actors.a.concealment", wide);
  const CompiledModel prior = builder.compile();
  auto war = std::make_shared<War>(prior.war());
  JointDraws draws;
  draws.parameters = {war->find_parameter("actors.a.supply"), war->find_parameter("actors.b.supply")};
  for (int row = 0; row < 20; ++row) {
    draws.values.insert(draws.values.end(), {row / 100.0, 1 - row / 100.0});
  }
  for (const int p : draws.parameters) {
    war->parameters[at(p)].distribution = {.kind = DistributionKind::drawn, .among = {0.5}};
  }
  war->draws = {draws};
  const auto fitted = compile(war);
  ASSERT_TRUE(fitted);
  std::vector<double> before(war->parameters.size()), after(before.size());
  std::set<double> seen;
  for (std::uint32_t r = 0; r < 20; ++r) {
    ensemble::draw_parameters(prior, 5, r, before);
    ensemble::draw_parameters(*fitted, 5, r, after);
    EXPECT_EQ(after[at(draws.parameters[0])] + after[at(draws.parameters[1])], 1);
    seen.insert(after[at(draws.parameters[0])]);
    const int other = war->find_parameter("actors.a.concealment");
    EXPECT_EQ(after[at(other)], before[at(other)]) << "as without the draws";
  }
  EXPECT_EQ(seen.size(), 20U);
  // What is written over a column is not drawn.
  war->parameters[at(draws.parameters[0])].distribution = {.a = 0.25};
  ensemble::draw_parameters(*compile(war), 5, 3, after);
  EXPECT_EQ(after[at(draws.parameters[0])], 0.25);
}

}  // namespace
}  // namespace truel::test
