// What an ensemble answers to the questions of its package.
#include "truel/output/summary/answers.hpp"

#include <gtest/gtest.h>

#include "output/sample.hpp"
#include "truel/base/date.hpp"
#include "truel/ensemble/summary/metrics.hpp"

namespace truel::output {
namespace {

constexpr const char* kControl = "places.PLACE.control.ACTOR";
constexpr const char* kControlOnDay = "places.PLACE.control.ACTOR.DAY";

Question number_of_losses() {
  return {.words = "How many?",
          .form = AnswerForm::number,
          .names = {"actors.north.losses"},
          .metrics = {metric_of(ActorOutcome::killed, 0)},
          .answer = "Of its men {value} die"};
}

Question who_holds_the_gate() {
  return {.words = "Who holds the gate?",
          .form = AnswerForm::list,
          .names = {"places.gate.control.north", "places.gate.control.south"},
          .metrics = {metric_of(kControl, {.actor = 0, .place = 1}), metric_of(kControl, {.actor = 1, .place = 1})}};
}

Sample asked(std::vector<Question> questions) {
  return Sample(8, [&](War& war) { war.questions = std::move(questions); });
}

ensemble::AnswerSummary probability(double p, double low, double high) {
  ensemble::AnswerSummary a;
  a.quantity = {p, 0.01, 0, 0, 1};
  a.interval = {low, high};
  a.share = 1;
  return a;
}

TEST(Answers, are_the_numbers_of_the_realizations) {
  const Sample sample = asked({number_of_losses(), who_holds_the_gate()});
  ASSERT_EQ(sample.summary.answers.size(), 2U);
  double sum = 0, gate = 0;
  for (std::uint32_t r = 0; r < 8; ++r) {
    const solver::Run run = sample.run(r);
    sum += run.of(0, ActorOutcome::killed);
    gate += run.control[2 * sample.summary.days.size() - 1] == 0 ? 1 : 0;
  }
  EXPECT_NEAR(sample.summary.answers[0][0].quantity.mean, sum / 8, 1e-9);
  EXPECT_NEAR(sample.summary.answers[1][0].quantity.mean, gate / 8, 1e-12);
  EXPECT_EQ(sample.summary.answers[1][0].share, 1);
  EXPECT_LE(sample.summary.answers[1][0].interval.low, gate / 8);
  EXPECT_GE(sample.summary.answers[1][0].interval.high, gate / 8);
}

TEST(Answers, a_run_that_ends_before_its_scenario_says_so) {
  War war;
  war.end = *parse_date("2020-06-30");
  war.package_end = war.end;
  EXPECT_EQ(early_end_text(war), "");
  war.package_end = *parse_date("2020-12-31");
  EXPECT_EQ(early_end_text(war),
            "This run ends on 30 June 2020, not on 31 December 2020: answers about the end are for the earlier day.");
}

TEST(Answers, a_number_stands_in_its_sentence_with_what_ninety_in_a_hundred_runs_lie_between) {
  Sample sample = asked({number_of_losses()});
  sample.summary.answers[0][0].quantity = {1234, 10, 1000, 1200, 1500};
  const auto said = answers_to(sample.model, sample.summary, 0);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0].text, "Of its men 1,200 (1,000–1,500) die");
}

TEST(Answers, a_yes_or_no_is_said_only_where_the_interval_does_not_hold_the_threshold) {
  Question question = who_holds_the_gate();
  question.form = AnswerForm::yes_or_no;
  question.metrics.pop_back();
  question.threshold = 0.5;
  question.yes = "North does";
  question.no = "North does not";
  Sample sample = asked({question});
  const auto said = [&](double p, double low, double high) {
    sample.summary.answers[0][0] = probability(p, low, high);
    return answers_to(sample.model, sample.summary, 0)[0].text;
  };
  EXPECT_EQ(said(0.8, 0.7, 0.9), "North does: 80 % (70–90 %)");
  EXPECT_EQ(said(0.2, 0.1, 0.3), "North does not: 20 % (10–30 %)");
  EXPECT_EQ(said(0.52, 0.4, 0.6), "Too close to tell: 52 % (40–60 %)");
}

TEST(Answers, a_yes_or_no_about_a_share_says_that_its_number_is_none_of_a_chance) {
  Question question{.words = "Does the north last?",
                    .form = AnswerForm::yes_or_no,
                    .names = {"actors.north.value_share"},
                    .metrics = {metric_of(ActorOutcome::value_share, 0)},
                    .threshold = 0.1,
                    .yes = "Yes, it lasts",
                    .no = "No, it does not"};
  const auto said = [&](double mean) {
    Sample sample = asked({question});
    sample.summary.answers[0][0] = probability(mean, 0, 0);
    sample.summary.answers[0][0].quantity = {
        mean, 0.01, mean - 0.05, mean, mean + 0.05, 40, {mean - 0.02, mean + 0.02}};
    return answers_to(sample.model, sample.summary, 0)[0].text;
  };
  EXPECT_EQ(said(0.18), "Yes, it lasts: a share of 18 % (13–23 %)");
  question.answer = "it holds {value} of the land";
  EXPECT_EQ(said(0.18), "Yes, it lasts: it holds 18 % (13–23 %) of the land");
  EXPECT_EQ(said(0.07), "No, it does not: it holds 7 % (2–12 %) of the land");
  EXPECT_EQ(said(0.1), "Too close to tell, as the average may be 8 % to 12 %: it holds 10 % (5–15 %) of the land");
}

TEST(Answers, a_list_begins_with_the_greatest_and_leaves_out_what_never_is) {
  Sample sample = asked({who_holds_the_gate()});
  const std::vector<std::string> names = metric_labels(sample.model.war(), sample.model.war().questions[0]);
  sample.summary.answers[0] = {probability(0.3, 0.2, 0.4), probability(0.7, 0.6, 0.8)};
  EXPECT_EQ(answers_to(sample.model, sample.summary, 0)[0].text,
            names[1] + " 70 % (60–80 %), " + names[0] + " 30 % (20–40 %)");
  sample.summary.answers[0][0] = probability(0, 0, 0.1);
  EXPECT_EQ(answers_to(sample.model, sample.summary, 0)[0].text, names[1] + " 70 % (60–80 %)");
}

TEST(Answers, a_day_that_is_asked_for_is_stored) {
  const Sample sample(2, [](War& war) {
    Question question = who_holds_the_gate();
    for (Metric& metric : question.metrics) {
      metric = metric_of(kControlOnDay, metric);
      metric.day = war.start + 10;
      metric.is_date = true;
    }
    war.questions = {question};
  });
  ASSERT_EQ(sample.summary.days[1], 7);
  ASSERT_EQ(sample.summary.days[2], 10);
  EXPECT_EQ(sample.summary.answers[0][0].day, 10);
  const solver::Run run = sample.run(0);
  Metric metric = metric_of(kControlOnDay, {.actor = run.control[sample.summary.days.size() + 1], .place = 1});
  metric.day = 7;
  EXPECT_EQ(ensemble::value_in(run, metric, sample.model, sample.summary.days), 1);
  metric.day = 100'000;
  EXPECT_FALSE(ensemble::on_stored_day(metric, sample.model.war(), sample.summary.days));
}

TEST(Answers, accounts_answer_side_by_side_and_a_spread_tells_the_furthest_apart) {
  Question spread = number_of_losses();
  spread.form = AnswerForm::spread;
  spread.answer = "Men: {value}";
  Sample sample = asked({number_of_losses(), spread});
  EXPECT_EQ(conclusion_of(sample.model, sample.summary, 1), "");
  EXPECT_TRUE(answers_to(sample.model, sample.summary, 1).empty()) << "one account is not far from itself";
  const auto told = [&](const char* id, double mean, double se) {
    ensemble::Answers answers = sample.summary.answers;
    answers[0][0].quantity = answers[1][0].quantity = {mean, se, mean, mean, mean, 40, {mean - 2 * se, mean + 2 * se}};
    return ensemble::AccountSummary{id, 8, 0, sample.summary.actors, answers, {}};
  };
  sample.summary.accounts = {told("", 5, 1), told("one", 100, 3), told("two", 160, 4), told("three", 120, 1)};
  const auto said = answers_to(sample.model, sample.summary, 0);
  ASSERT_EQ(said.size(), 4U);
  EXPECT_EQ(said[0].account, "");
  EXPECT_EQ(said[2].text, "Of its men 160 die");
  EXPECT_EQ(conclusion_of(sample.model, sample.summary, 1),
            "Men: from 100 on average (one) to 160 (two), 60 apart (50–70)");
  sample.summary.accounts = {told("one", 100, 30), told("two", 110, 30)};
  EXPECT_TRUE(conclusion_of(sample.model, sample.summary, 1).ends_with("; no more than chance"));
  for (ensemble::AccountSummary& account : sample.summary.accounts) {
    account.answers[1][0].quantity.runs = 4;
    account.answers[1][0].quantity.mean_interval = {};
  }
  EXPECT_EQ(conclusion_of(sample.model, sample.summary, 1),
            "Men: from 100 on average (one) to 110 (two), 10 apart (too few runs for an interval)");
}

TEST(Answers, few_people_have_tenths_only_where_there_are_any) {
  Sample sample = asked({number_of_losses()});
  for (const auto& [value, text] :
       {std::pair{5.04, "Of its men 5 die"}, {4.96, "Of its men 5 die"}, {5.06, "Of its men 5.1 die"}}) {
    sample.summary.answers[0][0].quantity = {value, 0, value, value, value, 40, {value, value}};
    EXPECT_EQ(answers_to(sample.model, sample.summary, 0)[0].text, text);
  }
}

TEST(Answers, a_spread_names_accounts_by_their_titles_where_it_is_asked_to) {
  Question spread = number_of_losses();
  spread.form = AnswerForm::spread;
  spread.answer = "{value}";
  Sample sample(8, [&](War& war) {
    war.questions = {spread};
    war.accounts = {Account{.id = "one", .title = "As one (of many) says", .story = "", .claims = {}, .settings = {}}};
  });
  const auto told = [&](const char* id, double mean) {
    ensemble::Answers answers = sample.summary.answers;
    answers[0][0].quantity = {mean, 1, mean, mean, mean, 40, {mean - 2, mean + 2}};
    return ensemble::AccountSummary{id, 8, 0, sample.summary.actors, answers, {}};
  };
  sample.summary.accounts = {told("base", 60), told("one", 100)};
  EXPECT_EQ(conclusion_of(sample.model, sample.summary, 0), "from 60 on average (base) to 100 (one), 40 apart (37–43)");
  EXPECT_EQ(conclusion_of(sample.model, sample.summary, 0, AccountsBy::title),
            "from 60 on average (The basic model) to 100 (As one (of many) says), 40 apart (37–43)");
}

TEST(Answers, a_question_of_other_accounts_says_how_to_ask_it) {
  Question question = number_of_losses();
  question.accounts = {"rival"};
  const Sample sample = asked({question});
  EXPECT_TRUE(answers_to(sample.model, sample.summary, 0).empty());
  EXPECT_EQ(conclusion_of(sample.model, sample.summary, 0), "It is asked of rival: add --each-account, or --account.");
  EXPECT_EQ(conclusion_of(sample.model, sample.summary, 0, AccountsBy::title), "It is asked of rival.");
  Sample under = Sample(4, [&](War& war) {
    war.questions = {question};
    war.laid_over = {"rival"};
  });
  EXPECT_EQ(answers_to(under.model, under.summary, 0).at(0).account, "rival");
}

TEST(Answers, are_in_the_table_and_in_the_data) {
  const Sample sample = asked({{.words = "Only words?"}, who_holds_the_gate()});
  const std::string table = terminal_table(sample.model, sample.summary, 100);
  EXPECT_NE(table.find("Who holds the gate?"), std::string::npos);
  EXPECT_EQ(table.find("Only words?"), std::string::npos);
  const Json questions =
      Json::parse(summary_json(sample.model, sample.options, sample.summary, sample.provenance))["questions"];
  ASSERT_EQ(questions.size(), 2U);
  EXPECT_FALSE(questions[0].contains("answers"));
  EXPECT_EQ(questions[1]["form"], "list");
  EXPECT_EQ(questions[1]["scale"], "probability");
  ASSERT_EQ(questions[1]["answers"].size(), 1U);
  const Json& answer = questions[1]["answers"][0];
  EXPECT_EQ(answer["values"].size(), 2U);
  EXPECT_EQ(answer["values"][0]["mean"], sample.summary.answers[1][0].quantity.mean);
  EXPECT_TRUE(answer["text"].is_string());
}

}  // namespace
}  // namespace truel::output
