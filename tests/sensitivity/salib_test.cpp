// Our estimators against SALib's on the same samples (make_salib_answers.py).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numbers>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "truel/sensitivity/estimators.hpp"

namespace truel::test {
namespace {

using sensitivity::Bootstrap;
using sensitivity::GivenData;

struct TestFunction {
  std::size_t n_inputs;
  double low, high;  ///< of every input
  double (*value)(const std::vector<double>& x);
};

double ishigami(const std::vector<double>& x) {
  return std::sin(x[0]) * (1 + 0.1 * std::pow(x[2], 4)) + 7 * std::pow(std::sin(x[1]), 2);
}

double sobol_g(const std::vector<double>& x) {
  constexpr double kConstants[] = {0, 1, 4.5, 9};
  double product = 1;
  for (std::size_t i = 0; i < x.size(); ++i) {
    product *= (std::abs(4 * x[i] - 2) + kConstants[i]) / (1 + kConstants[i]);
  }
  return product;
}

const std::map<std::string, TestFunction> kFunctions = {
    {"ishigami", {3, -std::numbers::pi, std::numbers::pi, ishigami}}, {"g", {4, 0, 1, sobol_g}}};

/// Points of the function's inputs, one after another: the draws of the generator of make_salib_answers.py.
class Points {
 public:
  Points(const TestFunction& function, std::uint32_t seed) : function_(function), generator_(seed) {}

  std::vector<double> next() {
    std::vector<double> x(function_.n_inputs);
    for (double& one : x) {
      const auto high = static_cast<double>(generator_() >> 5U);
      const auto low = static_cast<double>(generator_() >> 6U);
      one = function_.low + (function_.high - function_.low) * (high * 0x1p26 + low) / 0x1p53;
    }
    return x;
  }

 private:
  const TestFunction& function_;
  std::mt19937 generator_;
};

using Columns = std::vector<std::vector<double>>;  ///< [column][row]

/// Outcomes at a, ab1, ..., b of each block.
Columns design_of(const TestFunction& function, int blocks) {
  Points points(function, 2010);
  Columns columns(function.n_inputs + 2);
  for (int block = 0; block < blocks; ++block) {
    const std::vector<double> a = points.next();
    const std::vector<double> b = points.next();
    columns.front().push_back(function.value(a));
    for (std::size_t i = 0; i < a.size(); ++i) {
      std::vector<double> ab = a;
      ab[i] = b[i];
      columns[1 + i].push_back(function.value(ab));
    }
    columns.back().push_back(function.value(b));
  }
  return columns;
}

/// x1, ..., y of each row.
Columns sample_of(const TestFunction& function, int rows) {
  Points points(function, 2014);
  Columns columns(function.n_inputs + 1);
  for (int row = 0; row < rows; ++row) {
    const std::vector<double> x = points.next();
    for (std::size_t i = 0; i < x.size(); ++i) {
      columns[i].push_back(x[i]);
    }
    columns.back().push_back(function.value(x));
  }
  return columns;
}

nlohmann::json answers() {
  std::ifstream file(std::string(TRUEL_SOURCE_DIR) + "/tests/sensitivity/data/salib.json");
  return nlohmann::json::parse(file);
}

class Salib : public testing::TestWithParam<const char*> {
 protected:
  const nlohmann::json all_ = answers();
  const nlohmann::json answer_ = all_.at(GetParam());
  const TestFunction& function_ = kFunctions.at(GetParam());
};

TEST_P(Salib, gives_the_same_first_and_total_order_on_the_same_design) {
  const Columns design = design_of(function_, all_.at("blocks"));
  const std::size_t n_inputs = function_.n_inputs;
  ASSERT_EQ(answer_.at("S1").size(), n_inputs);
  // SALib scales all outcomes by their own mean and deviation, then divides by the variance over a and b.
  std::vector<double> all;
  for (const auto& column : design) {
    all.insert(all.end(), column.begin(), column.end());
  }
  const double centre = std::accumulate(all.begin(), all.end(), 0.0) / static_cast<double>(all.size());
  const std::vector<double>& a = design.front();
  const std::vector<double>& b = design.back();
  double mean = 0;
  double square = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    mean += (a[i] + b[i]) / (2 * static_cast<double>(a.size()));
    square += (a[i] * a[i] + b[i] * b[i]) / (2 * static_cast<double>(a.size()));
  }
  const double variance = square - mean * mean;
  const std::vector<double> weights(a.size(), 1);
  for (std::size_t i = 0; i < n_inputs; ++i) {
    const std::vector<double>& ab = design[1 + i];
    EXPECT_NEAR(sensitivity::saltelli_first(a, b, ab, centre, weights) / variance, answer_.at("S1")[i], 1e-9) << i;
    EXPECT_NEAR(sensitivity::jansen_total(a, ab, weights) / variance, answer_.at("ST")[i], 1e-9) << i;
  }
}

TEST_P(Salib, gives_the_same_first_order_of_a_given_sample_but_for_the_bias_that_we_take_out) {
  const Columns sample = sample_of(function_, all_.at("rows"));
  const std::size_t n = sample.back().size();
  const int classes = answer_.at("classes");
  const Bootstrap bootstrap(n, 0, 1);
  std::vector<std::uint32_t> blocks(n);
  std::iota(blocks.begin(), blocks.end(), 0U);
  const GivenData given(sample.back(), blocks, bootstrap, classes);
  for (std::size_t i = 0; i + 1 < sample.size(); ++i) {
    const auto label = sensitivity::equal_frequency_classes(sample[i], classes);
    const double ours = given.first_order(label, classes, false).front();
    const double ratio = answer_.at("correlation_ratio")[i];
    const double bias = (1 - ratio) * (classes - 1) / static_cast<double>(n - static_cast<std::size_t>(classes));
    EXPECT_NEAR(ours, ratio - bias, 2e-3) << i;
    EXPECT_LT(ours, ratio) << i;
  }
}

TEST_P(Salib, gives_a_delta_near_ours_though_it_smooths_the_outcome_and_we_count_it_in_classes) {
  const Columns sample = sample_of(function_, all_.at("rows"));
  const std::size_t n = sample.back().size();
  const int classes = answer_.at("classes");
  const Bootstrap bootstrap(n, 200, 1);
  std::vector<std::uint32_t> blocks(n);
  std::iota(blocks.begin(), blocks.end(), 0U);
  const GivenData given(sample.back(), blocks, bootstrap, classes);
  ASSERT_EQ(given.bins(), classes);
  std::vector<double> ours;
  std::vector<double> theirs;
  for (std::size_t i = 0; i + 1 < sample.size(); ++i) {
    const auto label = sensitivity::equal_frequency_classes(sample[i], classes);
    ours.push_back(sensitivity::bias_reduced(given.delta(label, classes, true)).value);
    theirs.push_back(answer_.at("delta")[i]);
    // What counting 2,000,000 points in the same classes gives.
    EXPECT_NEAR(ours[i], answer_.at("delta_of_classes")[i].get<double>(), 0.04) << i;
    EXPECT_NEAR(ours[i], theirs[i], 0.07) << i;
  }
  const auto greatest = [](const std::vector<double>& x) { return std::max_element(x.begin(), x.end()) - x.begin(); };
  EXPECT_EQ(greatest(ours), greatest(theirs));
}

INSTANTIATE_TEST_SUITE_P(Functions, Salib, testing::Values("ishigami", "g"),
                         [](const auto& function) { return std::string(function.param); });

}  // namespace
}  // namespace truel::test
