// The answer of a sensitivity study in words.
#include "truel/output/sensitivity/sensitivity.hpp"

#include <gtest/gtest.h>

#include "support/war_builder.hpp"

namespace truel::test {
namespace {

using sensitivity::Analysis;
using sensitivity::Study;

Study study() {
  Study result;
  WarBuilder war(10);
  war.ground("army").ground("rebels & co").place("town", "army");
  war.set("actors.army.supply", Distribution{DistributionKind::uniform, 1, 2, 0});
  for (const char* id : {"base", "herald", "outlier"}) {
    result.rivals.push_back({id, id, war.compile()});
  }
  const War& built = result.war();
  result.inputs.push_back({built.find_parameter("actors.army.supply"), {}, "assumed: a guess", {"assumed"}, "actors"});
  result.groups = groups_of(result.inputs, sensitivity::Grouping::source, built);
  return result;
}

Analysis analysis(const Study& s) {
  Analysis a;
  a.outcome = *sensitivity::parse_outcome(s.war(), "actors.rebels & co.survives");
  a.blocks = 100;
  a.runs = 1000;
  a.mean = {0.75, 0.7, 0.8};
  a.variance = 0.1875;
  a.account = {0.4, 0.3, 0.5};
  a.numbers = {0.1, 0.05, 0.15};
  a.both = {0.05, 0, 0.1};
  a.chance = {0.45, 0.4, 0.5};
  a.whole = {a.account, a.numbers, a.both, a.chance};
  a.account_less_numbers = {0.3, 0.2, 0.4};
  a.accounts = {
      {{0.9, 0.8, 1}, {0.3, 0.2, 0.4}}, {{0.85, 0.8, 0.9}, {0.35, 0.2, 0.4}}, {{0.5, 0.4, 0.6}, {0.01, 0, 0.02}}};
  a.sources = {{"assumed", 1, {0.1, 0.05, 0.15}, true, {0.1, 0.05, 0.15}, {0.12, 0.05, 0.2}}};
  a.tables = {{"actors", 1, {0.1, 0.05, 0.15}, false, {}, {}}};
  a.inputs = {{0, {0.1, 0.05, 0.15}, {0.2, 0.1, 0.3}, 0.21, false, {}}};
  a.dummies = 19;
  a.first_floor = 0.02;
  a.delta_floor = 0.05;
  return a;
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(SensitivityText, says_whether_sources_facts_or_assumptions_drive_the_outcome_or_that_it_cannot_be_told) {
  const Study s = study();
  Analysis a = analysis(s);
  a.drivers = {{0.4, 0.3, 0.5}, {0.1, 0.05, 0.15}, {0.05, 0, 0.1}, {0.2, 0.1, 0.3}};
  a.main_driver = static_cast<int>(sensitivity::Driver::word_of_sources);
  std::string answer = output::sensitivity_answer(s, a);
  EXPECT_TRUE(
      says(answer,
           "What drives it most, apart from chance, is the word of sources (the choice of account, and parameters "
           "that rest on claims alone), 40 % (30 to 50), more than parameters that rest on outside sources alone, "
           "10 % (5.0 to 15); parameters whose range an assumption widens, 5.0 % (0.0 to 10); and parameters that "
           "rest on assumption alone, 20 % (10 to 30)."))
      << answer;
  a.main_driver = static_cast<int>(sensitivity::Driver::assumptions);
  answer = output::sensitivity_answer(s, a);
  EXPECT_TRUE(says(answer, "What drives it most, apart from chance, is parameters that rest on assumption alone"))
      << answer;
  a.main_driver = -1;
  answer = output::sensitivity_answer(s, a);
  EXPECT_TRUE(says(answer, "Which of these drives it most, apart from chance, is uncertain")) << answer;
}

TEST(SensitivityText, compares_accounts_and_parameters_where_what_these_rest_on_was_not_resampled) {
  const Study s = study();
  Analysis a = analysis(s);
  EXPECT_TRUE(
      says(output::sensitivity_answer(s, a), "The choice of account matters more than all uncertain parameters"));
  a.account_less_numbers = {-0.3, -0.4, -0.2};
  EXPECT_TRUE(says(output::sensitivity_answer(s, a), "parameters together matter more than the choice of account"));
  a.account_less_numbers = {0.1, -0.1, 0.3};
  EXPECT_TRUE(says(output::sensitivity_answer(s, a), "is uncertain"));
}

TEST(SensitivityText, shows_no_share_without_its_interval_and_none_that_says_nothing) {
  const Study s = study();
  Analysis a = analysis(s);
  a.sources = {{"assumed", 1, {-0.2, -2.2, 1}, true, {-0.031, -0.08, 0.02}, {0.12, 0.05, 0.2}}};
  const std::string table = output::sensitivity_table(s, a, 100);
  EXPECT_TRUE(says(table, "0.0 (0.0 to 2.0)")) << table;
  EXPECT_FALSE(says(table, "-220")) << table;
}

TEST(SensitivityText, says_that_a_part_is_a_part) {
  const Study s = study();
  Analysis a = analysis(s);
  EXPECT_FALSE(says(output::sensitivity_table(s, a, 100), "PARTIAL"));
  a.stopped_before = 4000;
  EXPECT_TRUE(says(output::sensitivity_table(s, a, 100), "PARTIAL: interrupted before 4,000 runs were done."));
}

TEST(SensitivityText, gives_the_shares_with_their_intervals_and_the_account_that_stands_apart) {
  const Study s = study();
  const std::string answer = output::sensitivity_answer(s, analysis(s));
  EXPECT_TRUE(says(answer, "survival of rebels & co: 75 % (70 % to 80 %)")) << answer;
  EXPECT_TRUE(says(answer, "40 % (30 to 50) is the choice of account")) << answer;
  EXPECT_TRUE(says(answer, "45 % (40 to 50) chance")) << answer;
  EXPECT_TRUE(says(answer, "is outlier (50 %); without it the choice of account is 1.0 % (0.0 to 2.0)")) << answer;
  EXPECT_TRUE(says(answer, "actors.army.supply, 10 % (5.0 to 15), which rests on assumed: a guess")) << answer;
}

TEST(SensitivityText, does_not_name_a_parameter_that_is_within_the_noise) {
  const Study s = study();
  Analysis a = analysis(s);
  a.first_floor = 0.2;
  a.delta_floor = 0.3;
  const std::string answer = output::sensitivity_answer(s, a);
  EXPECT_TRUE(says(answer, "None of 1 uncertain parameters stands out")) << answer;
  EXPECT_FALSE(says(answer, "actors.army.supply"));
}

TEST(SensitivityText, an_outcome_that_does_not_vary_is_said_to_be_so) {
  const Study s = study();
  Analysis a;
  a.outcome = *sensitivity::parse_outcome(s.war(), "actors.army.survives");
  a.runs = 90;
  a.mean = {1, 1, 1};
  EXPECT_TRUE(says(output::sensitivity_answer(s, a), "100 % in all of 90 runs"));
  EXPECT_TRUE(says(output::sensitivity_table(s, a, 80), "does not vary"));
  EXPECT_EQ(output::sensitivity_csv(s, std::span(&a, 1)).find('\n') + 1,
            output::sensitivity_csv(s, std::span(&a, 1)).size());
}

TEST(SensitivityPicture, escapes_names) {
  const Study s = study();
  const Analysis a = analysis(s);
  const std::string picture = output::sensitivity_svg(s, std::span(&a, 1));
  EXPECT_TRUE(says(picture, "rebels &amp; co"));
  EXPECT_FALSE(says(picture, "rebels & co"));
}

}  // namespace
}  // namespace truel::test
