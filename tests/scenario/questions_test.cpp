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
  const War war = read_good(p);
  ASSERT_EQ(war.questions.size(), 2U);
  EXPECT_EQ(war.questions[0].words, "Who is left?");
  EXPECT_EQ(war.questions[0].form, AnswerForm::words);
  EXPECT_TRUE(war.questions[1].metrics.empty());
}

TEST(Questions, a_metric_alone_is_answered_by_its_number) {
  const auto war = with_question("words = \"How many?\"\nmetric = \"actors.north.final_fighters\"\n").read();
  ASSERT_TRUE(war);
  ASSERT_EQ(war->questions.size(), 1U);
  const Question& question = war->questions[0];
  EXPECT_EQ(question.form, AnswerForm::number);
  ASSERT_EQ(question.metrics.size(), 1U);
  EXPECT_EQ(question.metrics[0].which, metric_of(ActorOutcome::final_fighters, kNone).which);
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

/// The warnings about scenario.toml of a package with this question.
Lines warned(std::string_view lines) {
  Lines found = warnings(with_question(lines));
  std::erase_if(found, [](const std::string& line) {
    return !line.starts_with("scenario.toml:") || line.find("changes nothing") != std::string::npos;
  });
  return found;
}

TEST(Questions, a_threshold_outside_the_range_of_its_metric_is_warned_of) {
  const auto at = [](const std::string& metric, const std::string& threshold) {
    return warned("words = \"Does it?\"\nmetric = \"" + metric + "\"\nthreshold = " + threshold +
                  "\nyes = \"Yes\"\nno = \"No\"\n");
  };
  for (const std::string good : {"0", "0.1", "0.999"}) {
    EXPECT_EQ(at("actors.north.value_share", good), Lines{});
    EXPECT_EQ(at("places.alpha.control.north", good), Lines{});
  }
  EXPECT_EQ(
      at("actors.north.value_share", "10"),
      (Lines{"scenario.toml:20:13: `actors.north.value_share` is a share and can never be above 10; write 0.1 for "
             "10 %"}));
  EXPECT_EQ(
      at("places.alpha.control.north", "1"),
      (Lines{"scenario.toml:20:13: `places.alpha.control.north` is a probability and can never be above 1; keep it "
             "from 0 to below 1"}));
  EXPECT_EQ(at("actors.north.losses", "-0.5"),
            (Lines{"scenario.toml:20:13: `actors.north.losses` is a count and can never be below -0.5; keep it at 0 or "
                   "above"}));
  EXPECT_EQ(at("actors.north.losses", "1e9"), Lines{});
  EXPECT_EQ(at("actors.north.collapse_day", "364"), Lines{});
  EXPECT_EQ(
      at("actors.north.collapse_day", "365"),
      (Lines{"scenario.toml:20:13: `actors.north.collapse_day` is a day and can never be above 365; keep it from 0 "
             "to below 365"}));
  EXPECT_EQ(at("ties.north.south.alignment", "-0.5"), Lines{});
}

TEST(Questions, a_list_of_different_kinds_or_with_one_metric_twice_is_warned_of) {
  EXPECT_EQ(warned("words = \"Who?\"\nmetric = [\"actors.north.losses\", \"actors.south.losses\"]\n"), Lines{});
  EXPECT_EQ(warned("words = \"Who?\"\nmetric = [\"actors.north.losses\", \"actors.north.losses\"]\n"),
            (Lines{"scenario.toml:19:34: a second `actors.north.losses` in the list; remove one"}));
  EXPECT_EQ(
      warned("words = \"Who?\"\nmetric = [\"actors.north.value_share\", \"actors.north.collapse_day\", "
             "\"actors.south.collapse_day\"]\n"),
      (Lines{"scenario.toml:19:39: `actors.north.collapse_day` is a day and `actors.north.value_share` a share, in "
             "one list; a list puts the greatest first: ask for each kind in a question of its own"}));
}

TEST(Questions, one_account_twice_is_no_spread_and_elsewhere_a_warning) {
  const std::string question =
      "words = \"How far?\"\nmetric = \"actors.north.losses\"\naccounts = [\"rival\", \"rival\"]\n";
  EXPECT_EQ(mistake(question + "form = \"spread\"\n"),
            "scenario.toml:17:1: a spread over fewer than two accounts; name two different ones in accounts, or choose "
            "another form");
  EXPECT_EQ(warned(question), (Lines{"scenario.toml:20:22: `rival` is named twice; name it once"}));
}

TEST(Questions, a_yes_or_no_may_have_a_sentence_around_its_number_and_a_list_none) {
  const std::string answer = "answer = \"it holds {value}\"\n";
  const auto war = with_question(
                       "words = \"Does it?\"\nmetric = \"actors.north.value_share\"\nthreshold = 0.1\nyes = "
                       "\"Yes\"\nno = \"No\"\n" +
                       answer)
                       .read();
  ASSERT_TRUE(war);
  EXPECT_EQ(war->questions[0].answer, "it holds {value}");
  EXPECT_EQ(mistake("words = \"Who?\"\nmetric = [\"actors.north.losses\", \"actors.south.losses\"]\n" + answer),
            "scenario.toml:20:10: answer in a question that is a list; leave it out");
}

}  // namespace
}  // namespace truel::scenario
