// The answer of truel run --why in words.
#include "truel/output/comparison/why.hpp"

#include <gtest/gtest.h>

#include "support/war_builder.hpp"

namespace truel::test {
namespace {

/// A war of two in which blue survives and one change costs it fighters.
struct Told {
  CompiledModel model;
  ensemble::Explanation why;
};

Told told(double shorter_by) {
  WarBuilder war(60);
  war.ground("blue").ground("red").place("field", "red");
  Told t{war.compile(), {}};
  t.why.actor = war.actor("blue");
  t.why.survival = {1, 0, 40};
  t.why.tried = 3;
  t.why.runs = 40;
  t.why.screening_runs = 10;
  t.why.changes = {{"no recruits", {}, {-shorter_by, shorter_by / 10, 40}, {-300, 20, 40}, {0, 0, 40}},
                   {"no income", {}, {0, 0, 40}, {-0.04, 10, 40}, {0, 0, 40}}};
  return t;
}

TEST(WhyText, tells_of_fighters_where_no_change_moves_the_day_of_its_end) {
  const Told t = told(0);
  const std::string table = output::why_table(t.model, t.why, 100);
  EXPECT_NE(table.find("blue survived in 100 % of 40 runs (95 % interval 91 % to 100 %): "), std::string::npos)
      << table;
  EXPECT_NE(output::why_answer(t.model, t.why)
                .find("None of 3 single changes moves the day of its end in any run; the one that costs it most "),
            std::string::npos);
  EXPECT_NE(table.find("\nfighters -300 ±20: no recruits"), std::string::npos) << table;
  EXPECT_NE(table.find("\nfighters 0.0 ±10: no income"), std::string::npos) << table;
  EXPECT_EQ(table.find("0.0 ±0"), std::string::npos) << table;
}

TEST(WhyText, says_that_changes_are_left_out_where_some_are) {
  for (const double shorter_by : {0, 20}) {
    Told t = told(shorter_by);
    const std::string says_so = "; what does nothing is left out:";
    EXPECT_EQ(output::why_table(t.model, t.why, 1000).find(says_so), std::string::npos);
    t.why.changes.push_back({"no sponsor", {}, {0, 0, 40}, {0, 0, 40}, {0, 0, 40}});
    const std::string table = output::why_table(t.model, t.why, 1000);
    EXPECT_NE(table.find(says_so), std::string::npos) << table;
    EXPECT_EQ(table.find("no sponsor"), std::string::npos) << table;
    EXPECT_NE(table.find("3 changes were tried in 10 pairs each; the 3 that "), std::string::npos) << table;
    EXPECT_NE(table.find(" there were run again in new pairs."), std::string::npos) << table;
  }
}

TEST(WhyText, tells_of_the_metric_that_was_asked_for_before_all_else) {
  Told t = told(20);
  t.why.metric = {.name = "actors.blue.value_share"};
  t.why.asked = {0.25, 0.01, 40};
  for (ensemble::ChangeEffect& change : t.why.changes) {
    change.asked = {-0.125, 0.02, 40};
  }
  const std::string table = output::why_table(t.model, t.why, 1000);
  EXPECT_NE(table.find("actors.blue.value_share: 0.25 on average (95 % interval 0.2"), std::string::npos) << table;
  EXPECT_NE(table.find("this one moves it most: no recruits (-0.125 ±0.02)."), std::string::npos) << table;
  EXPECT_NE(table.find("\nactors.blue.value_share -0.125 ±0.02, -20.0 ±2 days, "), std::string::npos) << table;
  EXPECT_NE(output::why_changes_csv(t.why).find(",-0.125,0.02,40,"), std::string::npos);
  t.why.metric.reset();
  EXPECT_NE(output::why_changes_csv(t.why).find(",,,40,"), std::string::npos);
}

TEST(WhyText, tells_of_days_of_life_where_a_change_shortens_it) {
  const Told t = told(20);
  const std::string table = output::why_table(t.model, t.why, 100);
  EXPECT_NE(table.find("-20.0 ±2 days, fighters -300 ±20: no recruits"), std::string::npos) << table;
}

}  // namespace
}  // namespace truel::test
