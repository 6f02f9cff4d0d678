// Indices of functions whose indices are known.
#include "truel/sensitivity/estimators.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>

#include "support/statistics.hpp"
#include "truel/base/random.hpp"

namespace truel::test {
namespace {

using sensitivity::Bootstrap;
using sensitivity::Estimate;
using sensitivity::GivenData;

using Point = std::vector<double>;  // between 0 and 1
using Function = std::function<double(const Point&)>;

struct Known {
  std::string name;
  std::size_t inputs;
  Function function;
  std::vector<double> first, total;
};

/// Ishigami and Homma 1990, with the constants 7 and 0.1.
Known ishigami() {
  constexpr double kA = 7;
  constexpr double kB = 0.1;
  const double pi4 = std::pow(std::numbers::pi, 4);
  const double v1 = std::pow(1 + kB * pi4 / 5, 2) / 2;
  const double v2 = kA * kA / 8;
  const double v13 = kB * kB * pi4 * pi4 * 8 / 225;
  const double v = v1 + v2 + v13;
  return {"Ishigami",
          3,
          [](const Point& u) {
            const auto x = [&](std::size_t i) { return std::numbers::pi * (2 * u[i] - 1); };
            return std::sin(x(0)) + kA * std::pow(std::sin(x(1)), 2) + kB * std::pow(x(2), 4) * std::sin(x(0));
          },
          {v1 / v, v2 / v, 0},
          {(v1 + v13) / v, v2 / v, v13 / v}};
}

/// Sobol's g function (Saltelli and Sobol 1995).
Known g_function() {
  const std::vector<double> a{0, 1, 4.5, 9, 99, 99};
  std::vector<double> part;
  double product = 1;
  for (const double one : a) {
    part.push_back(1 / (3 * (1 + one) * (1 + one)));
    product *= 1 + part.back();
  }
  Known known{"g",
              a.size(),
              [a](const Point& u) {
                double result = 1;
                for (std::size_t i = 0; i < a.size(); ++i) {
                  result *= (std::abs(4 * u[i] - 2) + a[i]) / (1 + a[i]);
                }
                return result;
              },
              {},
              {}};
  for (const double one : part) {
    known.first.push_back(one / (product - 1));
    known.total.push_back(one * product / (1 + one) / (product - 1));
  }
  return known;
}

Point random_point(std::size_t n, std::uint64_t seed, std::uint32_t number, std::uint32_t which) {
  RandomStream random(seed, number, which, Purpose::design, 0);
  Point point(n);
  std::generate(point.begin(), point.end(), [&] { return random.uniform(); });
  return point;
}

std::vector<std::uint32_t> own_blocks(std::size_t n) {
  std::vector<std::uint32_t> blocks(n);
  std::iota(blocks.begin(), blocks.end(), 0U);
  return blocks;
}

/// First and total order with their intervals, by the design of Saltelli and others (2010).
struct PickFreeze {
  Estimate first, total;
};

std::vector<PickFreeze> pick_freeze(const Known& known, std::uint32_t blocks, std::uint64_t seed) {
  std::vector<double> a;
  std::vector<double> b;
  std::vector<std::vector<double>> ab(known.inputs);
  for (std::uint32_t k = 0; k < blocks; ++k) {
    const Point one = random_point(known.inputs, seed, k, 1);
    const Point other = random_point(known.inputs, seed, k, 2);
    a.push_back(known.function(one));
    b.push_back(known.function(other));
    for (std::size_t i = 0; i < known.inputs; ++i) {
      Point mixed = one;
      mixed[i] = other[i];
      ab[i].push_back(known.function(mixed));
    }
  }
  std::vector<double> both(a);
  both.insert(both.end(), b.begin(), b.end());
  const Bootstrap bootstrap(blocks, 200, seed);
  std::vector<std::uint32_t> block(2 * blocks);
  for (std::uint32_t k = 0; k < blocks; ++k) {
    block[2 * k] = block[2 * k + 1] = k;
    both[2 * k] = a[k];
    both[2 * k + 1] = b[k];
  }
  const GivenData rows(both, block, bootstrap, 4);
  std::vector<PickFreeze> result;
  for (std::size_t i = 0; i < known.inputs; ++i) {
    std::vector<double> first;
    std::vector<double> total;
    for (std::size_t r = 0; r <= bootstrap.replicates(); ++r) {
      const auto weights = bootstrap.weights(r);
      first.push_back(sensitivity::saltelli_first(a, b, ab[i], rows.mean()[r], weights) / rows.variance()[r]);
      total.push_back(sensitivity::jansen_total(a, ab[i], weights) / rows.variance()[r]);
    }
    result.push_back({sensitivity::with_interval(first), sensitivity::with_interval(total)});
  }
  return result;
}

class KnownIndices : public testing::TestWithParam<Known> {};

TEST_P(KnownIndices, are_found_by_pick_freeze) {
  const Known& known = GetParam();
  const auto indices = pick_freeze(known, 20'000, 4);
  for (std::size_t i = 0; i < known.inputs; ++i) {
    EXPECT_NEAR(indices[i].first.value, known.first[i], 0.03) << i;
    EXPECT_NEAR(indices[i].total.value, known.total[i], 0.015) << i;
    EXPECT_LT(indices[i].total.high - indices[i].total.low, 0.06) << i;
  }
}

TEST_P(KnownIndices, lie_in_nineteen_of_twenty_intervals_of_pick_freeze) {
  const Known& known = GetParam();
  int inside = 0;
  int all = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const auto indices = pick_freeze(known, 400, seed);
    for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
      inside += indices[i].first.low <= known.first[i] && known.first[i] <= indices[i].first.high;
      inside += indices[i].total.low <= known.total[i] && known.total[i] <= indices[i].total.high;
      all += 2;
    }
  }
  EXPECT_GT(inside, 0.90 * all);
  EXPECT_LT(inside, 0.99 * all);
}

TEST_P(KnownIndices, of_first_order_are_found_in_a_given_sample) {
  const Known& known = GetParam();
  constexpr std::uint32_t kRows = 10'000;
  std::vector<std::vector<double>> x(known.inputs);
  std::vector<double> y;
  for (std::uint32_t k = 0; k < kRows; ++k) {
    const Point point = random_point(known.inputs, 11, k, 1);
    y.push_back(known.function(point));
    for (std::size_t i = 0; i < known.inputs; ++i) {
      x[i].push_back(point[i]);
    }
  }
  const int classes = sensitivity::classes_for(kRows);
  const Bootstrap bootstrap(kRows, 100, 1);
  const GivenData given(y, own_blocks(kRows), bootstrap, classes);
  for (std::size_t i = 0; i < known.inputs; ++i) {
    const auto label = sensitivity::equal_frequency_classes(x[i], classes);
    const Estimate first = sensitivity::with_interval(given.first_order(label, classes, true));
    EXPECT_NEAR(first.value, known.first[i], 0.02) << i;
    EXPECT_LT(first.low, first.value);
    EXPECT_GT(first.high, first.value);
  }
}

INSTANTIATE_TEST_SUITE_P(Functions, KnownIndices, testing::Values(ishigami(), g_function()),
                         [](const auto& known) { return known.param.name; });

TEST(GivenDataTest, an_inert_input_has_first_order_nought_in_the_mean_although_runs_share_inputs) {
  // Blocks of eight runs share one inert input and, to a large part, their outcome: class means over single runs would
  // see an effect of the size of classes / blocks.
  constexpr std::uint32_t kBlocks = 100;
  constexpr std::uint32_t kRuns = 8;
  constexpr int kClasses = 5;
  Sample unbiased;
  Sample as_if_independent;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    std::vector<double> y;
    std::vector<std::uint32_t> block;
    std::vector<std::uint16_t> label;
    for (std::uint32_t b = 0; b < kBlocks; ++b) {
      RandomStream random(seed, b, 1, Purpose::design, 0);
      const double shared = random.normal();
      const auto inert = static_cast<std::uint16_t>(random.uniform() * kClasses);
      for (std::uint32_t r = 0; r < kRuns; ++r) {
        y.push_back(3 + shared + random.normal());
        block.push_back(b);
        label.push_back(inert);
      }
    }
    const Bootstrap blocks(kBlocks, 0, 1);
    unbiased.add(GivenData(y, block, blocks, 4).first_order(label, kClasses, false).front());
    const Bootstrap runs(kBlocks * kRuns, 0, 1);
    as_if_independent.add(GivenData(y, own_blocks(y.size()), runs, 4).first_order(label, kClasses, false).front());
  }
  expect_mean(unbiased, 0, "first order of an inert input");
  EXPECT_GT(as_if_independent.mean(), 10 * as_if_independent.se());
}

TEST(GivenDataTest, the_variance_is_that_of_one_run_although_runs_share_inputs) {
  Sample variance;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    std::vector<double> y;
    std::vector<std::uint32_t> block;
    for (std::uint32_t b = 0; b < 12; ++b) {
      RandomStream random(seed, b, 1, Purpose::design, 0);
      const double shared = random.normal();
      for (int r = 0; r < 5; ++r) {
        y.push_back(2 * shared + random.normal());
        block.push_back(b);
      }
    }
    const Bootstrap bootstrap(12, 0, 1);
    variance.add(GivenData(y, block, bootstrap, 4).variance().front());
  }
  expect_mean(variance, 5, "variance of one run");
}

/// Outcome 1 with the chance u, else 0: first order 1/3, delta 1/4.
struct Event {
  std::vector<double> u, y;
};
Event event(std::uint32_t n, std::uint64_t seed) {
  Event result;
  for (std::uint32_t k = 0; k < n; ++k) {
    RandomStream random(seed, k, 1, Purpose::design, 0);
    result.u.push_back(random.uniform());
    result.y.push_back(random.uniform() < result.u.back() ? 1 : 0);
  }
  return result;
}

TEST(GivenDataTest, an_event_has_two_classes_of_outcome_and_its_delta_is_known) {
  const Event sample = event(20'000, 3);
  const Bootstrap bootstrap(sample.y.size(), 100, 1);
  const GivenData given(sample.y, own_blocks(sample.y.size()), bootstrap, 27);
  EXPECT_EQ(given.bins(), 2);
  const auto label = sensitivity::equal_width_classes(sample.u, 27);
  EXPECT_NEAR(sensitivity::bias_reduced(given.delta(label, 27, true)).value, 0.25, 0.01);
  EXPECT_NEAR(given.first_order(label, 27, false).front(), 1. / 3, 0.015);
}

TEST(GivenDataTest, a_value_that_many_runs_share_is_a_class_of_outcome_of_its_own) {
  // Half of the runs are 0, the others spread from 1 to 2.
  std::vector<double> y;
  for (int i = 0; i < 500; ++i) {
    y.push_back(0);
    y.push_back(1 + i / 500.);
  }
  const Bootstrap bootstrap(y.size(), 0, 1);
  EXPECT_EQ(GivenData(y, own_blocks(y.size()), bootstrap, 10).bins(), 6);
  // A rare value is kept apart from the common one above it.
  std::vector<double> rare(1000, 1);
  std::fill_n(rare.begin(), 90, 0);
  EXPECT_EQ(GivenData(rare, own_blocks(1000), bootstrap, 10).bins(), 2);
}

TEST(GivenDataTest, bias_reduction_brings_the_delta_of_an_inert_input_nearer_to_nought) {
  Sample raw;
  Sample reduced;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Event sample = event(400, seed);
    std::vector<double> inert;
    for (std::uint32_t k = 0; k < 400; ++k) {
      inert.push_back(RandomStream(seed, k, 2, Purpose::design, 0).uniform());
    }
    const Bootstrap bootstrap(400, 100, seed);
    const GivenData given(sample.y, own_blocks(400), bootstrap, 8);
    const auto delta = given.delta(sensitivity::equal_width_classes(inert, 8), 8, true);
    raw.add(delta.front());
    reduced.add(sensitivity::bias_reduced(delta).value);
  }
  EXPECT_GT(raw.mean(), 0.04);
  EXPECT_LT(reduced.mean(), 0.75 * raw.mean());
}

TEST(Classes, are_of_the_same_frequency_and_never_part_equal_values) {
  const std::vector<double> x{5, 1, 1, 1, 2, 3, 4, 9};
  const auto label = sensitivity::equal_frequency_classes(x, 4);
  EXPECT_EQ(label, (std::vector<std::uint16_t>{3, 0, 0, 0, 1, 2, 2, 3}));
  const std::vector<double> u{0, 0.24, 0.25, 0.99, 1};
  EXPECT_EQ(sensitivity::equal_width_classes(u, 4), (std::vector<std::uint16_t>{0, 0, 1, 3, 3}));
  EXPECT_EQ(sensitivity::classes_for(1), 4);
  EXPECT_EQ(sensitivity::classes_for(1000), 10);
  EXPECT_EQ(sensitivity::classes_for(100'000'000), 48);
}

TEST(BootstrapTest, draws_as_many_blocks_as_there_are_and_begins_with_the_sample_itself) {
  const Bootstrap bootstrap(50, 30, 9);
  EXPECT_EQ(bootstrap.replicates(), 30);
  for (const double weight : bootstrap.weights(0)) {
    EXPECT_EQ(weight, 1);
  }
  Sample second_moment;
  for (std::size_t r = 1; r <= 30; ++r) {
    const auto weights = bootstrap.weights(r);
    EXPECT_EQ(std::accumulate(weights.begin(), weights.end(), 0.0), 50);
    for (const double weight : weights) {
      second_moment.add(weight * weight);
    }
  }
  expect_mean(second_moment, 1 + 49. / 50, "mean square of a weight");  // binomial: variance 1 - 1/50, mean 1
}

}  // namespace
}  // namespace truel::test
