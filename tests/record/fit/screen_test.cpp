#include "truel/record/fit/screen.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "truel/record/fit/stream.hpp"

namespace truel::record::fit {
namespace {

TEST(Screening, finds_the_numbers_that_move_the_score_among_many_that_do_not) {
  constexpr std::size_t n = 2000;
  constexpr std::size_t inputs = 60;
  std::vector<double> u(n * inputs);
  std::vector<double> score(n);
  for (std::size_t i = 0; i < n; ++i) {
    RandomStream random(2, static_cast<std::uint32_t>(i), 0, kFitting, 1002);
    for (std::size_t j = 0; j < inputs; ++j) {
      u[i * inputs + j] = random.uniform();
    }
    const double* x = &u[i * inputs];
    // A slope, a valley, and twice as much noise as both.
    score[i] = x[7] + 4 * (x[31] - 0.5) * (x[31] - 0.5) + 0.8 * random.normal();
  }
  const Screening screening = screen(u, inputs, score, 20, 1);
  std::vector<std::size_t> first{screening.ranked[0].input, screening.ranked[1].input};
  std::sort(first.begin(), first.end());
  EXPECT_EQ(first, (std::vector<std::size_t>{7, 31}));
  EXPECT_TRUE(screening.ranked[0].stands_out);
  EXPECT_TRUE(screening.ranked[1].stands_out);
  int others = 0;
  for (std::size_t k = 2; k < inputs; ++k) {
    others += screening.ranked[k].stands_out;
  }
  EXPECT_LE(others, 2);
}

}  // namespace
}  // namespace truel::record::fit
