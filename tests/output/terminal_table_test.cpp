#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "output/sample.hpp"
#include "truel/laws/settlement/settlement.hpp"
#include "truel/output/terminal/learned_table.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::size_t line_with(const std::vector<std::string>& lines, std::string_view start) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].starts_with(start)) {
      return i;
    }
  }
  ADD_FAILURE() << "no line starts with " << start;
  return 0;
}

TEST(TerminalTable, never_exceeds_the_width_asked_for) {
  const Sample sample(4, [](War& war) {
    war.actors[0].name = "Armée du Nord et de ses très nombreux alliés de la montagne";
    war.actors[1].name = "南の人民戦線と海岸の同盟";
    war.title = std::string(150, 'x');
  });
  for (const int width : {60, 72, 80, 100, 140}) {
    for (const std::string& line : lines_of(terminal_table(sample.model, sample.summary, width))) {
      EXPECT_LE(display_width(line), width) << line;
    }
  }
}

TEST(TerminalTable, explains_the_columns_that_it_shows_and_no_others) {
  const Sample sample(4);
  int shown = 0, left_out = 0;
  for (const int width : {60, 80, 100, 140}) {
    const std::string text = terminal_table(sample.model, sample.summary, width);
    const auto lines = lines_of(text);
    const std::string& heads = lines[line_with(lines, "Actor")];
    for (const std::string word : {"Killed", "Land", "People", "90 % of runs"}) {
      const bool is_shown = heads.find(word) != std::string::npos;
      (is_shown ? shown : left_out) += 1;
      std::string flat = text;
      std::replace(flat.begin(), flat.end(), '\n', ' ');
      EXPECT_EQ(flat.find(word + ": ") != std::string::npos, is_shown) << word << " at " << width;
    }
  }
  EXPECT_GT(shown, 0);
  EXPECT_GT(left_out, 0);
}

TEST(TerminalTable, columns_stay_aligned_under_names_of_any_script) {
  const Sample sample(4, [](War& war) {
    war.actors[0].name = "Année du Nord";
    war.actors[1].name = "南の人民";
  });
  const auto lines = lines_of(terminal_table(sample.model, sample.summary, 100));
  const std::size_t head = line_with(lines, "Actor");
  EXPECT_EQ(display_width(lines[head + 1]), display_width(lines[head]));
  EXPECT_EQ(display_width(lines[head + 2]), display_width(lines[head]));
}

TEST(TerminalTable, says_first_who_falls) {
  Sample sample(4);
  ensemble::ActorSummary& south = sample.summary.actors[1];
  south.collapse_share = 0.81;
  south.of(ActorOutcome::collapse_day).q50 = 31;
  south.survival_probability = 0.19;
  south.survival_interval = {0.142, 0.25};
  sample.summary.actors[0].collapse_share = 0;
  sample.summary.runs = 200;
  EXPECT_EQ(lines_of(terminal_table(sample.model, sample.summary, 140))[1],
            "First to collapse: south, in 81 % of the runs (95 % interval 75–86 %), in half of these by 1 "
            "February 2016.");
  south.collapse_share = 0.19;
  south.survival_interval = {0.75, 0.858};
  EXPECT_EQ(lines_of(terminal_table(sample.model, sample.summary, 140))[1],
            "No actor collapses in more than half of the runs. Likeliest to collapse: south, in 19 % of the runs (95 % "
            "interval 14–25 %).");
  south.collapse_share = 0;
  EXPECT_EQ(lines_of(terminal_table(sample.model, sample.summary, 100))[1],
            "No actor collapses by 1 March 2016 in any of the runs.");
  south.collapse_share = 1;
  EXPECT_EQ(lines_of(terminal_table(sample.model, sample.summary, 100))[1],
            "First to collapse: south, in all runs, in half of these by 1 February 2016.");
}

TEST(TerminalTable, rows_are_sorted_by_survival_and_air_arms_are_not_rated) {
  Sample sample(4);
  sample.summary.actors[0].survival_probability = 0.25;
  sample.summary.actors[0].survival_se = 0.011;
  sample.summary.actors[0].survival_interval = {0.229, 0.272};
  sample.summary.actors[1].survival_probability = 0.998;
  sample.summary.actors[1].survival_se = 0.001;
  sample.summary.actors[1].survival_interval = {0.9952, 0.9993};
  const auto lines = lines_of(terminal_table(sample.model, sample.summary, 100));
  const std::size_t south = line_with(lines, "south");
  EXPECT_LT(south, line_with(lines, "north"));
  EXPECT_NE(lines[south].find("99.8 % (99.5–99.9)"), std::string::npos) << lines[south];
  EXPECT_NE(lines[line_with(lines, "north")].find("25 % (23–27)"), std::string::npos);
  EXPECT_EQ(lines[line_with(lines, "Not rated")], "Not rated, as they hold no ground: wing.");
}

TEST(TerminalTable, prints_the_interval_as_one_where_all_runs_agree) {
  Sample sample(4);
  sample.summary.actors[0].survival_probability = 1;
  sample.summary.actors[0].survival_interval = {.981, 1};
  sample.summary.actors[1].survival_probability = 0;
  sample.summary.actors[1].survival_interval = {0, .019};
  const auto lines = lines_of(terminal_table(sample.model, sample.summary, 100));
  EXPECT_NE(lines[line_with(lines, "north")].find("100 % (98–100)"), std::string::npos);
  EXPECT_NE(lines[line_with(lines, "south")].find("0 % (0–2)"), std::string::npos);
  sample.summary.actors[0].survival_probability = 0.99;
  sample.summary.actors[0].survival_se = 0.01;
  sample.summary.actors[0].survival_interval = {.964, .9999};
  const auto nearly = lines_of(terminal_table(sample.model, sample.summary, 100));
  EXPECT_NE(nearly[line_with(nearly, "north")].find("99 % (96–99.9)"), std::string::npos);
}

TEST(TerminalTable, says_of_a_part_that_it_is_one) {
  Sample sample(4);
  EXPECT_EQ(terminal_table(sample.model, sample.summary, 100).find("PARTIAL"), std::string::npos);
  sample.summary.stopped_before = 1024;
  EXPECT_TRUE(lines_of(terminal_table(sample.model, sample.summary, 100))[1].starts_with(
      "PARTIAL: interrupted when 4 of 1,024 runs were done."));
}

TEST(TerminalTable, tells_of_failed_runs_and_of_none_that_came_to_its_end) {
  Sample sample(0);
  sample.summary.failed_runs = 3;
  const std::string text = terminal_table(sample.model, sample.summary, 100);
  EXPECT_NE(text.find("No run came to its end"), std::string::npos);
  EXPECT_NE(text.find("3 of 3 runs failed"), std::string::npos);
}

TEST(TerminalTable, brackets_after_a_name_are_left_to_the_other_files) {
  const Sample sample(2, [](War& war) { war.actors[0].name = "Northern Front (until July the Northern League)"; });
  const auto lines = lines_of(terminal_table(sample.model, sample.summary, 100));
  const std::string& line = lines[line_with(lines, "Northern Front")];
  EXPECT_EQ(line.substr(0, line.find('%')).find('('), std::string::npos);  // what follows is an interval
}

TEST(TerminalTable, hostile_names_cannot_steer_the_terminal) {
  const Sample sample(2, [](War& war) {
    war.title = kHostile;
    for (Actor& a : war.actors) {
      a.name = kHostile;
    }
  });
  const std::string text = terminal_table(sample.model, sample.summary, 100);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\xff'), std::string::npos);
  EXPECT_EQ(text.back() == '\n', false);
}

TEST(TerminalTable, tells_of_the_settlement_where_the_law_acts) {
  Sample talks(3, let_them_talk);
  ensemble::Quantity& median = talks.summary.issues.by_time[laws::Settlement::median].back();
  ensemble::Quantity& mean = talks.summary.issues.by_time[laws::Settlement::mean].back();
  median = {.mean = 20, .se = 0, .q05 = 20, .q50 = 20, .q95 = 20};
  mean = {.mean = 31.5, .se = 1, .q05 = 28.04, .q50 = 31.25, .q95 = 40};
  const std::string text = terminal_table(talks.model, talks.summary, 200);
  EXPECT_NE(text.find("Settlement predicted on border: median 20.0, mean 31.2 (28.0–40.0 in 90 % of runs)."),
            std::string::npos)
      << text;
  median = {};
  EXPECT_NE(terminal_table(talks.model, talks.summary, 200).find("Nobody with any weight is at the table on border."),
            std::string::npos);
  const Sample silent(2);
  EXPECT_EQ(terminal_table(silent.model, silent.summary, 200).find("Settlement"), std::string::npos);
}

TEST(LearnedTable, has_the_pairs_that_differ_most_from_the_package) {
  const Sample sample(4);
  const War& war = sample.model.war();
  record::AnalysisFindings learned;
  const std::string both = war.actors[0].id + " - " + war.actors[1].id;
  for (const double factor : {1.1, 0.5, 12.4, 0.9, 1.3}) {
    learned.pairs.push_back({.account = "base", .dyad = both, .median = factor, .low = factor / 2, .high = 2 * factor});
  }
  learned.pairs.push_back({.account = "proxy", .dyad = "nobody - known", .median = 100});
  const auto lines = lines_of(learned_table(learned, war, 0));
  const std::size_t head = line_with(lines, "Pair");
  ASSERT_EQ(lines.size(), head + 5);
  const std::string pair = war.actors[0].name + " and " + war.actors[1].name;
  for (const auto& [row, factors] :
       {std::pair{1, "12"}, std::pair{2, "0.50"}, std::pair{3, "1.3"}, std::pair{4, "0.90"}}) {
    EXPECT_TRUE(lines[head + row].starts_with(pair)) << lines[head + row];
    EXPECT_NE(lines[head + row].find(factors, pair.size()), std::string::npos) << lines[head + row];
  }
  EXPECT_TRUE(lines[head + 2].ends_with("0.25–1.0")) << lines[head + 2];
  EXPECT_EQ(learned_table({}, war, 0), "");
}

}  // namespace
}  // namespace truel::output
