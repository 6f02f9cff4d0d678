#include "truel/record/score/losses.hpp"

#include <gtest/gtest.h>

namespace truel::record {
namespace {

/// Two windows of four places in two provinces; a model that is better in the first province and absent in the second
/// window's last place.
struct Example {
  std::vector<Case> cases;
  std::vector<Losses> losses;
};

Example example() {
  Example e;
  for (int w = 0; w < 2; ++w) {
    Case c{.window = {.origin = 90 * w, .from = 90 * w, .until = 90 * w + 89, .months = 3}, .unit = "place"};
    c.names = {"a", "b", "c", "d"};
    c.block = {0, 0, 1, 1};
    c.counts = {true, true, true, w == 0};
    c.has_changed = {false, true, false, false};
    e.cases.push_back(c);
    const auto at_case = static_cast<std::size_t>(w);
    e.losses.push_back({.in_case = at_case, .score = "brier", .model = "persistence", .loss = {0, 2, 0, 0}});
    e.losses.push_back(
        {.in_case = at_case, .score = "brier", .model = "truel", .account = "base", .loss = {0.5, 1, 0.5, 0.5}});
  }
  return e;
}

const ScoreRow& find(const std::vector<ScoreRow>& rows, bool is_pooled, Day origin, Subset subset, const char* model) {
  for (const ScoreRow& row : rows) {
    if (row.is_pooled == is_pooled && row.window.origin == origin && row.subset == subset && row.model == model) {
      return row;
    }
  }
  static const ScoreRow kNothing;
  ADD_FAILURE() << "no such row";
  return kNothing;
}

TEST(Losses, a_score_is_the_mean_over_what_is_compared_and_a_difference_is_paired) {
  const Example e = example();
  const auto rows = summarise(e.cases, e.losses, {});
  EXPECT_DOUBLE_EQ(find(rows, false, 0, Subset::all, "truel").value, 2.5 / 4);
  EXPECT_DOUBLE_EQ(find(rows, false, 90, Subset::all, "truel").value, 2.0 / 3);
  EXPECT_DOUBLE_EQ(find(rows, false, 0, Subset::changed, "truel").difference, -1);
  EXPECT_DOUBLE_EQ(find(rows, false, 0, Subset::unchanged, "truel").difference, 0.5);
  const ScoreRow& all = find(rows, true, 0, Subset::all, "truel");
  EXPECT_DOUBLE_EQ(all.value, 4.5 / 7);
  EXPECT_DOUBLE_EQ(all.difference, 4.5 / 7 - 4.0 / 7);
  EXPECT_EQ(all.n, 7U);
  EXPECT_EQ(all.windows, 2U);
  EXPECT_EQ(all.against, "persistence");
  EXPECT_LT(all.difference_low, all.difference);
  EXPECT_GT(all.difference_high, all.difference);
}

TEST(Losses, persistence_differs_from_itself_by_nothing) {
  const Example e = example();
  const auto rows = summarise(e.cases, e.losses, {});
  const ScoreRow& row = find(rows, true, 0, Subset::all, "persistence");
  EXPECT_EQ(row.difference, 0);
  EXPECT_EQ(row.difference_low, 0);
  EXPECT_EQ(row.difference_high, 0);
}

TEST(Losses, a_verdict_claims_no_more_than_the_interval_and_nothing_of_what_nobody_can_read) {
  EXPECT_EQ(verdict_of(0.01, 0.2), Verdict::worse);
  EXPECT_EQ(verdict_of(-0.2, -0.01), Verdict::better);
  EXPECT_EQ(verdict_of(-0.1, 0.2), Verdict::unclear);
  EXPECT_EQ(verdict_of(kNoScore, kNoScore), Verdict::unclear);
  EXPECT_EQ(verdict_of(0, 0), Verdict::same);
  EXPECT_EQ(verdict_of(6.7e-19, 5.6e-16), Verdict::same);
  EXPECT_EQ(to_string(Verdict::same), "the same");
}

TEST(Losses, a_pooled_difference_is_over_what_both_have) {
  Example e = example();
  e.losses[2].loss[1] = kNoScore;  // persistence of the second window
  const auto rows = summarise(e.cases, e.losses, {});
  const ScoreRow& row = find(rows, true, 0, Subset::all, "truel");
  EXPECT_DOUBLE_EQ(row.difference, 3.5 / 6 - 2.0 / 6);
  EXPECT_DOUBLE_EQ(row.against_value, 2.0 / 6);
  EXPECT_EQ(row.against_n, 6U);
  EXPECT_EQ(row.n, 7U);
}

TEST(Losses, a_skill_is_one_less_the_quotient) {
  Example e = example();
  for (Losses& l : e.losses) {
    l.is_skill = true;
    l.weight = {2, 2, 2, 2};
  }
  const auto rows = summarise(e.cases, e.losses, {});
  EXPECT_DOUBLE_EQ(find(rows, false, 0, Subset::all, "truel").value, 1 - 2.5 / 8);
}

}  // namespace
}  // namespace truel::record
