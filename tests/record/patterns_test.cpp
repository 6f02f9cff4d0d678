#include "truel/output/score/patterns.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <tuple>

#include "support/war_builder.hpp"
#include "truel/record/patterns/facts.hpp"
#include "truel/record/score/pattern_scorer.hpp"

namespace truel::record {
namespace {

constexpr Day kStart = test::kFirstDay;  // 2016-01-01
constexpr Day kEnd = kStart + 365;       // 2016-12-31
constexpr int kNobody = 2;
constexpr int kPlaces = 6;

/// Six places in a row, 10 km apart.
std::shared_ptr<const War> row_of_six() {
  test::WarBuilder builder(366);
  builder.ground("a").ground("b");
  for (int p = 0; p < kPlaces; ++p) {
    builder.place("p" + std::to_string(p), p < 2 ? "a" : "b");
  }
  for (int p = 0; p + 1 < kPlaces; ++p) {
    builder.road("p" + std::to_string(p), "p" + std::to_string(p + 1), 10);
  }
  return builder.build();
}

struct Taken {
  PlaceIndex place;
  int day, by;
};

/// At first side 0 holds the first two places and side 1 the others.
ControlRecord record_of(const std::vector<Taken>& taken) {
  ControlRecord record(kPlaces, kStart, kEnd);
  for (PlaceIndex p = 0; p < kPlaces; ++p) {
    record.set(p, kStart, kEnd, p < 2 ? 0 : 1, false);
  }
  for (const Taken& t : taken) {
    record.set(t.place, kStart + t.day, kEnd, t.by, false);
  }
  return record;
}

/// Side 0 takes three places in a row, loses the last, and takes it again much later.
const std::vector<Taken> kByHand{{2, 10, 0}, {3, 20, 0}, {4, 24, 0}, {4, 60, 1}, {4, 200, 0}};

std::vector<Day> every_day() {
  std::vector<Day> days(kEnd - kStart + 1);
  std::iota(days.begin(), days.end(), kStart);
  return days;
}

FactParts facts_of(const ControlRecord& record, const std::vector<Day>& days = every_day()) {
  const Looks looks = looks_at(record, days, kNobody);
  return facts_of(looks, front_map(*row_of_six()), Enemies(3, changes_of(looks)));
}

double fact(const FactParts& facts, std::string_view name) {
  for (std::size_t f = 0; f < kFacts.size(); ++f) {
    if (kFacts.at(f).name == name) {
      return value_of(kFacts.at(f).shape, facts.parts.at(f));
    }
  }
  ADD_FAILURE() << "no fact " << name;
  return 0;
}

double fact(const std::vector<Taken>& taken, std::string_view name) {
  return fact(facts_of(record_of(taken)), name);
}

TEST(Patterns, every_fact_of_a_small_record_is_that_worked_out_by_hand) {
  const FactParts facts = facts_of(record_of(kByHand));
  EXPECT_NEAR(fact(facts, "changes"), 5 / (365 / 365.25), 1e-9);
  EXPECT_NEAR(fact(facts, "changes-per-100"), 500 / (6 * 365 / 365.25), 1e-9);
  EXPECT_NEAR(fact(facts, "later-changes"), 2 / (335 / 365.25), 1e-9);
  EXPECT_NEAR(fact(facts, "near-another"), 3.0 / 5, 1e-12);
  // Three in January, one in March, one in July: mean 5/12, sum of squares 11.
  EXPECT_NEAR(fact(facts, "month-dispersion"), (11 - 25.0 / 12) / 11 / (5.0 / 12), 1e-9);
  // Intervals of 10, 4, 36 and 140 days: mean 47.5, standard deviation 54.743.
  EXPECT_NEAR(fact(facts, "burstiness"), 0.070838, 1e-5);
  EXPECT_NEAR(fact(facts, "burstiness-finite"), 0.421615, 1e-5);
  EXPECT_NEAR(fact(facts, "advance-places"), 5.0 / 3, 1e-12);
  EXPECT_NEAR(fact(facts, "in-advances-of-3"), 3.0 / 5, 1e-12);
  EXPECT_NEAR(fact(facts, "advance-speed"), 20 / (14.0 / 7), 1e-9);  // 20 km from the 10th to the 24th day
  EXPECT_NEAR(fact(facts, "retaken"), 1.0 / 5, 1e-12);
  // One road at a time is a front, and five times a change of hands ends that.
  EXPECT_NEAR(fact(facts, "front-days"), 365.0 / 5, 1e-9);
  // Of the days 0 to 275 those from 60 to 109 and from 200 on see no change for 90 days.
  EXPECT_NEAR(fact(facts, "quiet-quarter"), (50 + 76) / 276.0, 1e-12);
  EXPECT_EQ(fact(facts, "quiet-year"), 0);
  EXPECT_NEAR(fact(facts, "first-month"), 3.0 / 5, 1e-12);
  // Place 3 is at the front for ten days after place 2 has fallen next door, and falls; place 4 for thirty after it.
  EXPECT_NEAR(fact({{2, 40, 0}, {3, 50, 0}}, "falls-after-next-door"), 100 / (40 / 365.25), 1e-6);
  EXPECT_NEAR(fact({{2, 100, 0}}, "falls-steady"), 100 / (640 / 365.25), 1e-6);  // two places less thirty days
  // Place 2 for ten days after place 5 has fallen, and place 4 for ten when that is long ago and place 2 has fallen.
  EXPECT_NEAR(fact({{5, 40, 0}, {2, 50, 0}}, "falls-after-elsewhere"), 100 / (20 / 365.25), 1e-6);
}

TEST(Patterns, a_run_that_goes_as_the_record_has_the_same_facts_looked_at_on_the_same_days) {
  std::vector<Taken> taken = kByHand;
  taken.push_back({0, 100, 1});  // so that side 0 has lost a place elsewhere, too
  const ControlRecord record = record_of(taken);
  solver::Run run;
  for (PlaceIndex p = 0; p < kPlaces; ++p) {
    for (Day day = kStart; day <= kEnd; ++day) {
      const bool is_fought_for = p == 4 && day >= kStart + 190 && day < kStart + 200;
      run.control.push_back(is_fought_for ? kNone : static_cast<std::int8_t>(record.holder(p, day)));
    }
  }
  const std::vector<Day> days = look_days({kStart, kStart, kEnd, 12}, 3);
  std::vector<std::size_t> times;
  for (const Day day : days) {
    times.push_back(static_cast<std::size_t>(day - kStart));
  }
  const Looks looks = looks_at(run, days, times, every_day().size(), std::vector{0, 1});
  const FactParts own = facts_of(looks, front_map(*row_of_six()), Enemies(3, changes_of(looks)));
  const FactParts recorded = facts_of(record, days);
  for (const FactInfo& info : kFacts) {
    EXPECT_DOUBLE_EQ(fact(own, info.name), fact(recorded, info.name)) << info.name;
  }
}

TEST(Patterns, days_on_which_several_sides_hold_a_place_or_nobody_does_are_passed_over) {
  ControlRecord record = record_of({{2, 40, 0}});
  record.set(2, kStart + 30, kStart + 39, kContested, false);
  record.set(3, kStart + 50, kStart + 60, kNobody, false);
  const auto changes = changes_of(looks_at(record, every_day(), kNobody));
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(std::tuple(changes[0].place, changes[0].day, changes[0].from, changes[0].to),
            std::tuple(2, kStart + 40, 1, 0));
}

TEST(Patterns, looks_are_the_first_day_every_so_many_days_and_the_last) {
  EXPECT_EQ(look_days({0, 0, 7, 1}, 3), (std::vector<Day>{0, 3, 6, 7}));
}

TEST(Patterns, sides_that_never_took_a_place_from_each_other_have_no_front) {
  const Looks looks = looks_at(record_of({}), every_day(), kNobody);
  const FactParts facts = facts_of(looks, front_map(*row_of_six()), Enemies(3, {}));
  EXPECT_TRUE(std::isnan(fact(facts, "quiet-quarter")));
  EXPECT_TRUE(std::isnan(fact(facts, "front-days")));
  EXPECT_TRUE(std::isnan(fact(facts, "near-another")));
  EXPECT_EQ(fact(facts, "changes"), 0);
}

TEST(Patterns, what_comes_in_bursts_along_a_road_has_greater_facts_of_clustering) {
  const std::vector<Taken> even{{2, 60, 0}, {3, 150, 0}, {4, 240, 0}, {5, 330, 0}};
  const std::vector<Taken> burst{{2, 240, 0}, {3, 243, 0}, {4, 249, 0}, {5, 330, 0}};
  for (const auto* name : {"near-another", "month-dispersion", "burstiness", "burstiness-finite", "advance-places",
                           "in-advances-of-3", "quiet-quarter"}) {
    EXPECT_GT(fact(burst, name), fact(even, name)) << name;
  }
  EXPECT_DOUBLE_EQ(fact(burst, "changes"), fact(even, "changes"));
}

TEST(Patterns, each_other_fact_grows_with_what_it_is_named_for) {
  EXPECT_GT(fact({{2, 240, 0}, {3, 243, 0}}, "advance-speed"), fact({{2, 240, 0}, {3, 250, 0}}, "advance-speed"));
  EXPECT_GT(fact({{2, 100, 0}, {2, 150, 1}}, "retaken"), fact({{2, 100, 0}, {2, 250, 1}}, "retaken"));
  EXPECT_GT(fact({{2, 100, 0}}, "front-days"), fact({{2, 100, 0}, {3, 150, 0}}, "front-days"));
  EXPECT_GT(fact({{2, 10, 0}, {3, 200, 0}}, "first-month"), fact({{2, 100, 0}, {3, 200, 0}}, "first-month"));
  EXPECT_GT(fact({{2, 100, 0}, {3, 120, 0}}, "falls-after-next-door"),
            fact({{2, 100, 0}, {3, 200, 0}}, "falls-after-next-door"));
  EXPECT_GT(fact({{2, 100, 0}, {3, 200, 0}}, "falls-steady"), fact({{2, 100, 0}, {3, 120, 0}}, "falls-steady"));
  EXPECT_GT(fact({{2, 100, 0}, {3, 200, 0}}, "later-changes"), fact({{2, 10, 0}, {3, 200, 0}}, "later-changes"));
  EXPECT_GT(fact({{2, 100, 0}, {3, 200, 0}}, "changes-per-100"), fact({{2, 10, 0}}, "changes-per-100"));
}

TEST(Patterns, a_front_is_quiet_for_a_year_where_nothing_happens_on_it) {
  // The only front moves on the last day but one; a day on which a year is left is the first alone.
  EXPECT_EQ(fact({{2, 364, 0}}, "quiet-year"), 0);
  ControlRecord record = record_of({});
  const Looks looks = looks_at(record, every_day(), kNobody);
  const std::vector<HandsChange> before{{2, kStart - 10, 1, 0}};
  EXPECT_EQ(fact(facts_of(looks, front_map(*row_of_six()), Enemies(3, before)), "quiet-year"), 1);
}

TEST(Patterns, burstiness_of_few_intervals_is_one_where_all_but_one_are_nothing_and_less_without_the_correction) {
  const std::vector<FactPart> parts{{0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 8, 1}};
  EXPECT_NEAR(value_of(FactShape::burstiness_finite, parts), 1, 1e-12);
  EXPECT_LT(value_of(FactShape::burstiness, parts), 0.3);
  const std::vector<FactPart> regular{{0, 5, 1}, {0, 5, 1}, {0, 5, 1}};
  EXPECT_EQ(value_of(FactShape::burstiness, regular), -1);
  EXPECT_EQ(value_of(FactShape::burstiness_finite, regular), -1);
}

TEST(Patterns, the_interval_of_a_rate_is_wider_where_all_comes_in_one_month) {
  const FactParts even = facts_of(record_of({{2, 60, 0}, {3, 150, 0}, {4, 240, 0}, {5, 330, 0}}));
  const FactParts burst = facts_of(record_of({{2, 240, 0}, {3, 243, 0}, {4, 249, 0}, {5, 250, 0}}));
  const Interval of_even = resampled(0, even, 1);
  const Interval of_burst = resampled(0, burst, 1);
  EXPECT_LT(of_even.low, fact(even, "changes"));
  EXPECT_GT(of_even.high, fact(even, "changes"));
  EXPECT_LT(of_even.high - of_even.low, of_burst.high - of_burst.low);
  EXPECT_TRUE(std::isnan(resampled(kFirstMonth, facts_of(record_of({{2, 60, 0}})), 1).low));
}

TEST(Patterns, runs_that_begin_with_twice_the_changes_of_the_record_and_of_an_even_pace_are_told) {
  PatternRow row{.window = {kStart, kStart, kStart + 300, 10}, .account = "base", .fact = kFirstMonth};
  row.record = 0.02;
  const auto told = [&](double of_runs) {
    row.runs_median = of_runs;
    Scores scores;
    scores.patterns = {row};
    output::TextTable sheet(80);
    output::add_patterns(scores, 3, sheet);
    return std::move(sheet).take().find("tell how a run begins") != std::string::npos;
  };
  EXPECT_FALSE(told(0.19));  // an even pace has 30 of 300 days
  EXPECT_TRUE(told(0.21));
  row.record = 0.15;  // and where the record begins so, too
  EXPECT_FALSE(told(0.21));
  EXPECT_TRUE(told(0.31));
  row.fact = 0;
  EXPECT_FALSE(told(0.9));
}

}  // namespace
}  // namespace truel::record
