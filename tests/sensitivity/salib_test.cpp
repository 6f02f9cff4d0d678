// Our estimators against SALib's on the same samples (make_salib_answers.py).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>
#include <string>

#include "truel/sensitivity/estimators.hpp"

namespace truel::test {
namespace {

using sensitivity::Bootstrap;
using sensitivity::GivenData;

const std::string kFolder = std::string(TRUEL_SOURCE_DIR) + "/tests/sensitivity/data/";

/// [column][row]
std::vector<std::vector<double>> columns(const std::string& name) {
  std::ifstream file(kFolder + name);
  EXPECT_TRUE(file) << name;
  std::vector<std::vector<double>> result;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::string cell;
    for (std::size_t c = 0; std::getline(cells, cell, ','); ++c) {
      result.resize(std::max(result.size(), c + 1));
      result[c].push_back(std::stod(cell));
    }
  }
  return result;
}

nlohmann::json answers() {
  std::ifstream file(kFolder + "salib.json");
  return nlohmann::json::parse(file);
}

class Salib : public testing::TestWithParam<const char*> {
 protected:
  nlohmann::json answer_ = answers().at(GetParam());
};

TEST_P(Salib, gives_the_same_first_and_total_order_on_the_same_design) {
  auto design = columns(std::string(GetParam()) + "_design.csv");  // a, ab1, ..., b
  const std::size_t n_inputs = design.size() - 2;
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
  const auto sample = columns(std::string(GetParam()) + "_given.csv");  // x1, ..., y
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
  const auto sample = columns(std::string(GetParam()) + "_given.csv");
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
