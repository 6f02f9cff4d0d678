// The tree of rates against going through them one by one.
#include "truel/solver/steppers/sum_tree.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "truel/base/random.hpp"

namespace truel::test {
namespace {

std::pair<std::size_t, double> find_one_by_one(const std::vector<double>& rates, double mark) {
  std::size_t k = 0;
  for (; mark >= rates[k]; ++k) {
    mark -= rates[k];
  }
  return {k, mark};
}

TEST(SumTree, finds_what_a_mark_points_at) {
  RandomStream random(1, 0, 0, Purpose::events, 0);
  for (const std::size_t n : {1, 2, 7, 8, 9, 63, 64, 65, 600}) {
    solver::SumTree tree;
    tree.reset(600);
    tree.reset(n);
    EXPECT_EQ(tree.size(), n);
    EXPECT_EQ(tree.total(), 0);
    std::vector<double> rates(n, 0);
    for (int change = 0; change < 300; ++change) {
      const auto k = static_cast<std::size_t>(random.uniform() * static_cast<double>(n));
      // Whole numbers, so that sums are the same in any order; many of them 0.
      rates[k] = change == 0 ? 5 : std::max(0.0, std::floor(random.uniform() * 20) - 10);
      tree.set(k, rates[k]);
      const double sum = std::accumulate(rates.begin(), rates.end(), 0.0);
      ASSERT_EQ(tree.total(), sum);
      ASSERT_EQ(tree[k], rates[k]);
      if (sum > 0) {
        const double mark = std::floor(random.uniform() * sum);
        ASSERT_EQ(tree.find(mark), find_one_by_one(rates, mark)) << n << " numbers";
      }
    }
  }
}

TEST(SumTree, never_finds_a_rate_of_0_where_rounding_leaves_a_mark_beyond_the_end) {
  solver::SumTree tree;
  tree.reset(20);
  tree.set(3, 0.1);
  tree.set(12, 0.2);
  EXPECT_EQ(tree.find(tree.total()).first, 12U);
  EXPECT_EQ(tree.find(0).first, 3U);
}

}  // namespace
}  // namespace truel::test
