// `questions` and [[question]] of scenario.toml: what is read, and the mistakes.
#include <gtest/gtest.h>

#include "package.hpp"

namespace truel::scenario {
namespace {

/// The package with a question of these lines at the end of scenario.toml; the question begins in line 17.
TestPackage with_question(std::string_view lines) {
  TestPackage p;
  p["scenario.toml"] += "\n[[question]]\n" + std::string(lines);
  return p;
}

/// The one mistake of a package with this question.
std::string mistake(std::string_view lines) {
  const Lines found = mistakes(with_question(lines));
  EXPECT_EQ(found.size(), 1U);
  return found.empty() ? "" : found.front();
}

TEST(Questions, words_alone_are_questions_that_nothing_answers) {
  TestPackage p;
  p.edit("scenario.toml", "format = 1", "format = 1\nquestions = [\"Who is left?\", \"When?\"]");
  const auto war = p.read();
  ASSERT_TRUE(war);
  ASSERT_EQ(war->questions.size(), 2U);
  EXPECT_EQ(war->questions[0].words, "Who is left?");
  EXPECT_EQ(war->questions[0].form, AnswerForm::words);
  EXPECT_TRUE(war->questions[1].metrics.empty());
}

TEST(Questions, a_metric_alone_is_answered_by_its_number) {
  const auto war = with_question("words = \"How many?\"\nmetric = \"actors.north.final_fighters\"\n").read();
  ASSERT_TRUE(war);
  ASSERT_EQ(war->questions.size(), 1U);
  const Question& question = war->questions[0];
  EXPECT_EQ(question.form, AnswerForm::number);
  ASSERT_EQ(question.metrics.size(), 1U);
  EXPECT_EQ(question.metrics[0].detail, static_cast<int>(ActorOutcome::final_fighters));
  EXPECT_EQ(question.names, std::vector<std::string>{"actors.north.final_fighters"});
  EXPECT_EQ(question.where.line, 17);
}

TEST(Questions, a_threshold_makes_a_yes_or_no_and_several_metrics_a_list) {
  const auto war = with_question(R"~(words = "Does it last?"
metric = "actors.north.value_share"
threshold = 0.1
yes = "Yes"
no = "No"
basis = "assumed: a test"

[[question]]
words = "Who?"
metric = ["actors.north.value_share", "actors.south.value_share"]
)~")
                       .read();
  ASSERT_TRUE(war);
  ASSERT_EQ(war->questions.size(), 2U);
  EXPECT_EQ(war->questions[0].form, AnswerForm::yes_or_no);
  EXPECT_EQ(war->questions[0].threshold, 0.1);
  EXPECT_EQ(war->questions[0].yes, "Yes");
  EXPECT_EQ(war->questions[0].basis, "assumed: a test");
  EXPECT_EQ(war->questions[1].form, AnswerForm::list);
  EXPECT_EQ(war->questions[1].metrics.size(), 2U);
}

TEST(Questions, a_metric_may_name_a_date_of_the_scenario) {
  const auto war = with_question("words = \"Who?\"\nmetric = \"actors.north.fighters.2016-06-01\"\n").read();
  ASSERT_TRUE(war);
  EXPECT_TRUE(war->questions[0].metrics[0].is_date);
  EXPECT_EQ(mistake("words = \"Who?\"\nmetric = \"actors.north.fighters.2018-06-01\"\n"),
            "scenario.toml:19:10: 2018-06-01 is not a day of the scenario; it runs from 2016-01-01 to 2016-12-31");
}

TEST(Questions, an_unknown_metric_is_one_mistake_with_the_nearest) {
  EXPECT_EQ(mistake("words = \"Who?\"\nmetric = \"actors.north.final_fighter\"\n"),
            "scenario.toml:19:10: unknown metric `actors.north.final_fighter`; did you mean "
            "`actors.north.final_fighters`?");
  EXPECT_EQ(mistake("words = \"Who?\"\nmetric = [\"actors.north.losses\", \"actors.nort.losses\"]\n"),
            "scenario.toml:19:34: unknown actor `nort`; did you mean `north`?");
  EXPECT_EQ(mistake("words = \"Who?\"\nmetric = \"actors.north.losses.q50\"\n"),
            "scenario.toml:19:10: `actors.north.losses.q50` is no result of one realization; name a metric without an "
            "ending such as .q50: the answer gives mean and quantiles");
}

TEST(Questions, what_is_missing_is_named) {
  EXPECT_EQ(mistake("metric = \"actors.north.losses\"\n"), "scenario.toml:17:1: no words; write words = \"...\"");
  EXPECT_EQ(
      mistake("words = \"Who?\"\n"),
      "scenario.toml:17:1: a question without a metric; write metric = \"actors.ID.value_share\", or put its words "
      "into questions = [...]");
  EXPECT_EQ(mistake("words = \"Who?\"\nmetric = []\n"),
            "scenario.toml:19:10: a question without a metric; name at least one in the list");
  EXPECT_EQ(mistake("words = \"Does it?\"\nmetric = \"actors.north.losses\"\nthreshold = 1\nyes = \"Yes\"\n"),
            "scenario.toml:17:1: no no; write no = \"...\"");
  EXPECT_EQ(mistake("words = \"Does it?\"\nmetric = \"actors.north.losses\"\nform = \"yes-or-no\"\nyes = \"Y\"\nno = "
                    "\"N\"\n"),
            "scenario.toml:17:1: a yes or no without a threshold; write threshold = 0.5");
}

TEST(Questions, what_does_not_go_together_is_named) {
  EXPECT_EQ(mistake("words = \"Who?\"\nmetric = \"actors.north.losses\"\nyes = \"Yes\"\n"),
            "scenario.toml:20:7: yes in a question without a threshold; add threshold = 0.5");
  EXPECT_EQ(mistake("words = \"Who?\"\nmetric = \"actors.north.losses\"\nanswer = \"All\"\n"),
            "scenario.toml:20:10: an answer without one {value}; write {value} where the number belongs");
  EXPECT_EQ(mistake("words = \"Who?\"\nmetric = \"actors.north.losses\"\nform = \"lists\"\n"),
            "scenario.toml:20:8: unknown form `lists`; did you mean `list`?");
  EXPECT_EQ(
      mistake("words = \"Who?\"\nmetric = [\"actors.north.losses\", \"actors.south.losses\"]\nform = \"number\"\n"),
      "scenario.toml:19:10: several metrics in a question that is no list; keep one, or leave form and threshold "
      "out");
  EXPECT_EQ(mistake("words = \"Who?\"\nmetric = \"actors.north.losses\"\naccounts = [\"nobody\"]\n"),
            "scenario.toml:20:13: unknown account `nobody`; known are rival");
  EXPECT_EQ(mistake("words = \"Who?\"\nmetric = \"actors.north.losses\"\nbasis = \"c77\"\n"),
            "scenario.toml:20:9: unknown claim `c77`; add it to claims.csv, or write assumed: why");
  EXPECT_EQ(
      mistake("words = \"Who?\"\nmetric = \"actors.north.losses\"\nunit = \"men\"\n"),
      "scenario.toml:20:1: unknown key `unit`; known are words, metric, form, answer, threshold, yes, no, accounts, "
      "basis");
}

}  // namespace
}  // namespace truel::scenario
