// Names of the settlement law's numbers, from the text of a check to the place in a run's results.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/ensemble/summary/metrics.hpp"

namespace truel::verification {
namespace {

const std::vector<std::string> kActors = {"c", "d"};
const std::vector<std::string> kIssues = {"rule"};

MetricReading reading(std::string_view text) {
  return read_metric(text, {.actors = kActors, .places = {}, .issues = kIssues});
}

TEST(SettlementMetrics, are_named_as_the_law_names_its_results) {
  const std::array behind = {".0", ".c.0", ".c", ".c.d"};
  for (const IssueResultInfo& info : issue_law().results) {
    const std::string name =
        fmt::format("settlement.rule.{}{}", info.name, behind.at(static_cast<std::size_t>(info.of)));
    EXPECT_TRUE(reading(name).fault.empty()) << name;
  }
}

TEST(SettlementMetrics, find_their_numbers) {
  test::WarBuilder war(7);
  war.default_alignment(0).ground("c").ground("d").seat("c", "rule", 20, .5).seat("d", "rule", 80);
  war.set("actors.c.capability", 3).set("actors.d.capability", 1).set("scenario.laws.settlement.on", 1);
  war.set("scenario.laws.settlement.rounds", 2);
  const CompiledModel model = war.compile();
  const solver::Run run = test::solve_one(model, {});
  const auto value = [&](std::string_view text) {
    const MetricReading read = reading(text);
    EXPECT_EQ(read.fault, "") << text;
    return ensemble::value_in(run, read.metric, model, solver::stored_days(model, {}));
  };
  EXPECT_EQ(value("settlement.rule.median.0"), 20);
  EXPECT_EQ(value("settlement.rule.mean.0"), (1.5 * 20 + 80) / 2.5);
  EXPECT_EQ(value("settlement.rule.power"), 2.5);
  EXPECT_EQ(value("settlement.rule.power.c"), 1.5);
  EXPECT_EQ(value("settlement.rule.position.d.0"), 80);
  EXPECT_NEAR(value("settlement.rule.support.c.d"), .6, 1e-12);
  EXPECT_TRUE(std::isnan(value("settlement.rule.median.3")));  // it looks two rounds ahead
}

TEST(SettlementMetrics, say_what_is_wrong_with_a_name) {
  EXPECT_EQ(reading("settlement.ruel.power").fault, "unknown issue");
  EXPECT_EQ(reading("settlement.rule.risk.e").fault, "unknown actor");
  EXPECT_EQ(reading("settlement.rule.median.last").fault, "a round that is no number from 0 up:");
}

}  // namespace
}  // namespace truel::verification
