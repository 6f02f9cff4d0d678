// Random numbers: the generator against its published answers, the distributions against their exact chances.
#include "truel/base/random.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "support/statistics.hpp"

namespace truel {
namespace {

using test::expect_distribution;
using test::expect_mean;
using test::Sample;

constexpr Purpose kSome{1}, kOther{2}, kThird{3};

RandomStream stream(std::uint32_t number) {
  return {99, number, 0, kSome, 0};
}

// Known answers of Philox4x32-10 in the distribution of Random123 (Salmon, Moraes, Dror and Shaw 2011).
TEST(Philox, gives_its_published_answers) {
  using Counter = r123::Philox4x32::ctr_type;
  using Key = r123::Philox4x32::key_type;
  EXPECT_EQ(philox(Counter{{0, 0, 0, 0}}, Key{{0, 0}}), (Counter{{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}));
  EXPECT_EQ(philox(Counter{{~0U, ~0U, ~0U, ~0U}}, Key{{~0U, ~0U}}),
            (Counter{{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}));
  EXPECT_EQ(philox(Counter{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, Key{{0xa4093822, 0x299f31d0}}),
            (Counter{{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}));
}

RC_GTEST_PROP(PhiloxProperty, is_that_of_random123, ()) {
  const auto word = rc::gen::arbitrary<std::uint32_t>();
  const PhiloxCounter counter{{*word, *word, *word, *word}};
  const PhiloxKey key{{*word, *word}};
  RC_ASSERT(philox(counter, key) == r123::Philox4x32()(counter, key));
}

RC_GTEST_PROP(RandomStreamProperty, coarse_numbers_are_the_same_many_at_once, ()) {
  RandomStream one = stream(5);
  RandomStream other = stream(5);
  std::vector<double> many;
  for (const std::size_t n : *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 10))) {
    many.resize(n);
    other.coarse_uniform(many.data(), n);
    for (const double number : many) {
      RC_ASSERT(number == one.coarse_uniform());
    }
    RC_ASSERT(one() == other());
  }
}

TEST(RandomStream, is_philox_on_its_key_block_after_block) {
  RandomStream zero(0, 0, 0, Purpose{0}, 0);
  for (const std::uint32_t expected : {0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}) {
    EXPECT_EQ(zero(), expected);
  }
  const std::uint64_t seed = 0x0123456789abcdef;
  RandomStream some(seed, 5, 6, kThird, 7);
  for (const std::uint32_t block : {0U, 1U, 2U}) {
    const auto expected =
        r123::Philox4x32()({{5, 6, static_cast<std::uint32_t>(kThird) << 24 | 7U, block}}, {{0x89abcdef, 0x01234567}});
    for (const std::uint32_t number : expected) {
      EXPECT_EQ(some(), number);
    }
  }
}

RC_GTEST_PROP(RandomStreamProperty, every_part_of_the_key_makes_another_stream, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const auto run = *rc::gen::arbitrary<std::uint32_t>();
  const auto step = *rc::gen::arbitrary<std::uint32_t>();
  const auto entity = *rc::gen::inRange<std::uint32_t>(0, 1U << 23);
  const auto first = [](RandomStream s) { return std::array{s(), s(), s(), s()}; };
  const auto base = first({seed, run, step, kSome, entity});
  RC_ASSERT(base == first({seed, run, step, kSome, entity}));
  RC_ASSERT(base != first({seed + 1, run, step, kSome, entity}));
  RC_ASSERT(base != first({seed ^ (std::uint64_t{1} << 40), run, step, kSome, entity}));
  RC_ASSERT(base != first({seed, run + 1, step, kSome, entity}));
  RC_ASSERT(base != first({seed, run, step + 1, kSome, entity}));
  RC_ASSERT(base != first({seed, run, step, kOther, entity}));
  RC_ASSERT(base != first({seed, run, step, kSome, entity + 1}));
}

TEST(Uniform, fills_the_open_interval_evenly) {
  std::vector<double> bins(64, 0);
  Sample mean;
  RandomStream random = stream(0);
  const double n = 64'000;
  for (int i = 0; i < static_cast<int>(n); ++i) {
    const double u = random.uniform();
    ASSERT_GT(u, 0);
    ASSERT_LT(u, 1);
    bins[static_cast<std::size_t>(u * 64)] += 1;
    mean.add(u);
  }
  expect_distribution(bins, std::vector<double>(64, 1. / 64), n, "uniform");
  expect_mean(mean, .5, "uniform");
}

// One number from each of many streams that differ in their key alone: what the solvers do all the time.
TEST(Uniform, first_numbers_of_neighbouring_streams_are_independent) {
  std::vector<double> bins(64, 0);
  const std::uint32_t n = 64'000;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double u = RandomStream(1, i, 0, kSome, 0).uniform();
    const double v = RandomStream(1, i, 1, kSome, 0).uniform();
    bins[static_cast<std::size_t>(u * 8) * 8 + static_cast<std::size_t>(v * 8)] += 1;
  }
  expect_distribution(bins, std::vector<double>(64, 1. / 64), n, "pairs");
}

TEST(Normal, has_the_normal_distribution_s_quantiles) {
  const std::vector<double> edges = {-2.5, -2, -1.5, -1, -.5, 0, .5, 1, 1.5, 2, 2.5};
  const auto below = [](double x) { return std::erfc(-x / std::sqrt(2)) / 2; };
  std::vector<double> chances = {below(edges[0])};
  for (std::size_t i = 1; i < edges.size(); ++i) {
    chances.push_back(below(edges[i]) - below(edges[i - 1]));
  }
  chances.push_back(1 - below(edges.back()));
  std::vector<double> counts(chances.size(), 0);
  RandomStream random = stream(1);
  const double n = 50'000;
  for (int i = 0; i < static_cast<int>(n); ++i) {
    const double x = random.normal();
    counts[static_cast<std::size_t>(std::upper_bound(edges.begin(), edges.end(), x) - edges.begin())] += 1;
  }
  expect_distribution(counts, chances, n, "normal");
}

double log_choose(double n, double k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

TEST(Poisson, counts_have_their_exact_chances_for_small_and_large_means) {
  std::uint32_t number = 10;
  for (const double mean : {1e-3, .1, 1., 5., 11.99, 12.01, 30., 400.}) {
    const auto most = static_cast<std::size_t>(mean + 12 * std::sqrt(mean) + 12);
    std::vector<double> counts(most + 1, 0);
    std::vector<double> chances;
    for (std::size_t k = 0; k <= most; ++k) {
      const auto x = static_cast<double>(k);
      chances.push_back(std::exp(x * std::log(mean) - mean - std::lgamma(x + 1)));
    }
    Sample sample;
    Sample squares;
    const int n = 20'000;
    for (int i = 0; i < n; ++i) {
      RandomStream random(7, static_cast<std::uint32_t>(i), number, kOther, 0);
      const double count = random.poisson(mean);
      ASSERT_EQ(count, std::floor(count));
      ASSERT_LE(count, static_cast<double>(most));
      counts[static_cast<std::size_t>(count)] += 1;
      sample.add(count);
      squares.add((count - mean) * (count - mean));
    }
    const std::string what = "mean " + std::to_string(mean);
    expect_mean(sample, mean, what);
    expect_mean(squares, mean, what + ", variance");
    if (mean > .01) {
      expect_distribution(counts, chances, n, what);
    }
    ++number;
  }
}

TEST(Poisson, has_no_events_at_rate_zero_and_about_its_mean_at_a_huge_one) {
  RandomStream random = stream(3);
  EXPECT_EQ(random.poisson(0), 0);
  EXPECT_EQ(random.poisson(-1), 0);
  EXPECT_NEAR(random.poisson(1e12), 1e12, 6e6);
}

TEST(Binomial, counts_have_their_exact_chances_for_small_and_large_means) {
  struct Row {
    double n, p;
  };
  std::uint32_t number = 40;
  for (const Row& row : {Row{1, .3}, Row{3, .9}, Row{4, .5}, Row{12, .999}, Row{20, .05}, Row{24, .49}, Row{24, .51},
                         Row{100, .1}, Row{100, .13}, Row{200, .7}, Row{40, .95}, Row{5000, .002}, Row{5000, .02}}) {
    std::vector<double> counts(static_cast<std::size_t>(row.n) + 1, 0);
    std::vector<double> chances;
    for (double k = 0; k <= row.n; k += 1) {
      chances.push_back(std::exp(log_choose(row.n, k) + k * std::log(row.p) + (row.n - k) * std::log1p(-row.p)));
    }
    Sample sample;
    Sample squares;
    const int n = 20'000;
    const double mean = row.n * row.p;
    for (int i = 0; i < n; ++i) {
      RandomStream random(7, static_cast<std::uint32_t>(i), number, kOther, 0);
      const double count = random.binomial(row.n, row.p);
      ASSERT_EQ(count, std::floor(count));
      ASSERT_GE(count, 0);
      ASSERT_LE(count, row.n);
      counts[static_cast<std::size_t>(count)] += 1;
      sample.add(count);
      squares.add((count - mean) * (count - mean));
    }
    const std::string what = std::to_string(row.n) + " trials, chance " + std::to_string(row.p);
    expect_mean(sample, mean, what);
    expect_mean(squares, mean * (1 - row.p), what + ", variance");
    expect_distribution(counts, chances, n, what);
    ++number;
  }
}

TEST(Binomial, certain_and_impossible_trials_need_no_luck) {
  RandomStream random = stream(4);
  EXPECT_EQ(random.binomial(1000, 0), 0);
  EXPECT_EQ(random.binomial(1000, 1), 1000);
  EXPECT_EQ(random.binomial(0, .5), 0);
  EXPECT_EQ(random.binomial(1e9, 1 - 1e-16), 1e9);
}

RC_GTEST_PROP(BinomialProperty, successes_are_whole_and_no_more_than_the_trials, ()) {
  const double n = *rc::gen::inRange(0, 2'000'000);
  const double p = *rc::gen::inRange(0, 1'000'001) * 1e-6;
  RandomStream random(*rc::gen::arbitrary<std::uint64_t>(), 0, 0, kSome, 0);
  const double count = random.binomial(n, p);
  RC_ASSERT(count >= 0 && count <= n && count == std::floor(count));
}

}  // namespace
}  // namespace truel
