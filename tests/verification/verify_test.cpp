// Whether a verdict says what is so: every check here can be worked out by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/temporary_folder.hpp"
#include "truel/verification/write.hpp"

namespace truel::verification {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

/// One fighter a side who fire at each other at rate 1 in a package `name`: each wins with probability 1/2. With 19
/// against 10 in the mean field Blue keeps sqrt(19^2 - 10^2).
void duel(const fs::path& folder, std::string_view checks) {
  write(folder / "scenario.toml", R"~(format = 1
title = "A duel"
start = 2001-01-01
end = 2001-03-01
default_alignment = -1
[laws.fire]
)~" + std::string(checks));
  write(folder / "actors.csv", "id,name,kill_rate,basis\nblue,Blue,1,assumed: unit\nred,Red,1,assumed: unit\n");
  write(folder / "places.csv", "place_id,name,latitude,longitude\nfield,Field,0,0\n");
  write(folder / "control.csv",
        "place_id,from_date,to_date,controller,confidence,source,note\nfield,2001-01-01,2001-12-31,contested,,,\n");
  write(folder / "forces.csv",
        "actor,place_id,date,fighters,basis\nblue,field,2001-01-01,1,assumed: one\nred,field,2001-01-01,1,assumed: "
        "one\n");
}

std::string check(std::string_view metric, std::string_view rest) {
  return "[[check]]\nwhat = \"w\"\nsource = \"by hand\"\nmetric = \"" + std::string(metric) + "\"\n" +
         std::string(rest) + "\n";
}

constexpr std::string_view kLanchester =
    "solver = \"mean-field\"\nset = { \"forces.blue.field.2001-01-01\" = 19, \"forces.red.field.2001-01-01\" = 10 }\n";

/// A run of one check over the wars of a table: Blue's and Red's first fighters are the columns x and y.
std::string over_cases(std::string_view where, std::string_view metric, std::string_view rest) {
  return "[[run]]\nsolver = \"mean-field\"\ncases = { " + std::string(where) +
         ", set = { \"forces.blue.field.2001-01-01\" = \"x\", \"forces.red.field.2001-01-01\" = \"y\" }, record = { "
         "\"actors.blue.final_fighters\" = \"left\" } }\ncheck = [ { what = \"w\", source = \"by hand\", metric = \"" +
         std::string(metric) + "\", " + std::string(rest) + " } ]\n";
}

struct Verify : testing::Test {
  test::TemporaryFolder folder;

  Verification run(std::string_view checks, const fs::path& data = {}) {
    duel(folder.path() / "duel", checks);
    VerifyOptions options;
    options.data = data;
    return verify({folder.path() / "duel"}, options);
  }
  Row row(std::string_view checks) {
    const Verification v = run(checks);
    EXPECT_TRUE(v.mistakes.empty()) << (v.mistakes.empty() ? "" : to_string(v.mistakes[0]));
    return v.packages.at(0).rows.at(0);
  }
};

TEST_F(Verify, a_closed_form_passes_within_its_tolerance_and_fails_outside) {
  const std::string exact = std::to_string(std::sqrt(261));
  const Row good =
      row(check("actors.blue.final_fighters", "value = " + exact + "\nrelative = 1e-6\n" + std::string(kLanchester)));
  EXPECT_EQ(good.verdict, Verdict::pass);
  EXPECT_NEAR(good.got, std::sqrt(261), 1e-5);
  EXPECT_NEAR(good.margin, 1e-6 * std::sqrt(261), 1e-12);
  const Row bad =
      row(check("actors.blue.final_fighters", "value = 16.1556\nrelative = 1e-6\n" + std::string(kLanchester)));
  EXPECT_EQ(bad.verdict, Verdict::fail);
}

TEST_F(Verify, a_probability_is_judged_by_the_error_of_the_expected_one) {
  const Row good = row(
      check("actors.blue.alone_probability", "value = 0.5\nstandard_errors = 4\nsolver = \"exact\"\nruns = 2000\n"));
  EXPECT_EQ(good.verdict, Verdict::pass);
  EXPECT_NEAR(good.margin, 4 * std::sqrt(0.25 / 2000), 1e-12);
  const Row bad = row(
      check("actors.blue.alone_probability", "value = 0.6\nstandard_errors = 4\nsolver = \"exact\"\nruns = 2000\n"));
  EXPECT_EQ(bad.verdict, Verdict::fail);
}

TEST_F(Verify, a_mean_is_judged_by_its_monte_carlo_error) {
  // The duel ends at rate 2: mean 1/2, standard deviation 1/2.
  const Row good =
      row(check("last_extinction_day", "value = 0.5\nstandard_errors = 4\nsolver = \"exact\"\nruns = 2000\n"));
  EXPECT_EQ(good.verdict, Verdict::pass);
  EXPECT_NEAR(good.margin, 4 * 0.5 / std::sqrt(2000), 4 * 0.5 / std::sqrt(2000) * 0.1);
}

TEST_F(Verify, exactly_one_of_two_duellists_is_left) {
  const Verification v =
      run(check("actors.blue.alone_probability", "value = 0.5\nabsolute = 0.1\nsolver = \"exact\"\nruns = 500") +
          check("actors.red.alone_probability", "value = 0.5\nabsolute = 0.1\nsolver = \"exact\"\nruns = 500") +
          check("actors.blue.extinction_probability", "value = 0.5\nabsolute = 0.1\nsolver = \"exact\"\nruns = 500") +
          check("nobody_probability", "value = 0\nabsolute = 0\nsolver = \"exact\"\nruns = 500"));
  const auto& rows = v.packages.at(0).rows;
  EXPECT_DOUBLE_EQ(rows[0].got + rows[1].got, 1);
  EXPECT_DOUBLE_EQ(rows[2].got, rows[1].got);
  EXPECT_EQ(v.count(Verdict::pass), 4U);
}

TEST_F(Verify, above_and_below_ask_for_more_than_the_value) {
  const std::string more = "value = 16\nrelation = \"above\"\n" + std::string(kLanchester);
  const std::string less = "value = 16\nrelation = \"below\"\n" + std::string(kLanchester);
  EXPECT_EQ(row(check("actors.blue.final_fighters", more)).verdict, Verdict::pass);
  EXPECT_EQ(row(check("actors.blue.final_fighters", less)).verdict, Verdict::fail);
  EXPECT_EQ(
      row(check("actors.red.final_fighters", "value = 0\nrelation = \"above\"\n" + std::string(kLanchester))).verdict,
      Verdict::fail);
}

TEST_F(Verify, what_never_happens_fails_and_says_so) {
  const Row never = row(check("actors.blue.extinction_day", "value = 1\nabsolute = 1e9\n" + std::string(kLanchester)));
  EXPECT_EQ(never.verdict, Verdict::fail);
  EXPECT_EQ(never.status, "never");
}

TEST_F(Verify, a_day_and_a_quantile_are_found) {
  const double after_a_quarter = 19 * std::cosh(1.0) - 10 * std::sinh(1.0);
  const Row day =
      row(check("actors.blue.fighters.1.q50", "value = " + std::to_string(std::max(after_a_quarter, std::sqrt(261))) +
                                                  "\nrelative = 1e-5\n" + std::string(kLanchester)));
  EXPECT_NEAR(day.got, std::sqrt(261), 1e-4);  // the battle ends at day 0.585
}

TEST_F(Verify, an_effect_is_the_paired_difference) {
  const std::string set =
      "solver = \"mean-field\"\nset = { \"forces.blue.field.2001-01-01\" = 19, "
      "\"forces.red.field.2001-01-01\" = 10 }\nagainst = { set = { "
      "\"forces.blue.field.2001-01-01\" = 12, \"forces.red.field.2001-01-01\" = 10 } }\n"
      "reason = \"more men\"\n";
  const double effect = std::sqrt(261) - std::sqrt(44);
  const Row r =
      row(check("actors.blue.final_fighters", "value = " + std::to_string(effect) + "\nabsolute = 1e-5\n" + set));
  EXPECT_EQ(r.verdict, Verdict::pass);
  EXPECT_NEAR(r.got, effect, 1e-5);
}

TEST_F(Verify, an_effect_of_the_same_run_is_exactly_nothing) {
  const Row r = row(check("actors.blue.final_fighters",
                          "value = 0\nabsolute = 0\nsolver = \"exact\"\nruns = 50\nagainst = { set = {} }\n"));
  EXPECT_EQ(r.got, 0);
  EXPECT_EQ(r.verdict, Verdict::pass);
}

TEST_F(Verify, a_known_miss_is_told_and_fails_once_it_holds) {
  const std::string miss = "absolute = 0\nknown_miss = \"one fighter a side\"\n";
  const Verification v = run(check("actors.blue.first_fighters", "value = 2\n" + miss) +
                             check("actors.blue.first_fighters", "value = 1\n" + miss));
  const auto& rows = v.packages.at(0).rows;
  EXPECT_EQ(rows[0].verdict, Verdict::known_miss);
  EXPECT_EQ(rows[1].verdict, Verdict::fail);
  const std::string table = terminal_table(v, 200, true);
  EXPECT_NE(table.find("\n    one fighter a side\n"), std::string::npos) << table;
  EXPECT_NE(table.find("remove known_miss"), std::string::npos) << table;
  EXPECT_TRUE(table.ends_with("0 passed, 1 failed, 1 known miss, 0 without data, 1 package")) << table;
  EXPECT_EQ(nlohmann::json::parse(json(v)).at("checks").at(0).at("known_miss"), "one fighter a side");
}

TEST_F(Verify, a_run_that_fails_is_no_known_miss) {
  duel(folder.path() / "duel",
       check("actors.blue.final_fighters", "value = 5\nabsolute = 0\nsolver = \"exact\"\nknown_miss = \"why\"\n"));
  VerifyOptions options;
  options.event_limit = 0;
  EXPECT_EQ(verify({folder.path() / "duel"}, options).count(Verdict::fail), 1U);
}

TEST_F(Verify, the_day_a_place_is_taken_is_the_first_of_the_days_on_which_it_is_held) {
  // 19 against 10 at rate 1: the last of Red falls after atanh(10 / 19) = 0.585 days, so Blue holds it on day 1.
  const std::string lanchester = "absolute = 0\n" + std::string(kLanchester);
  EXPECT_EQ(row(check("places.field.taken_day.blue", "value = 1\n" + lanchester)).verdict, Verdict::pass);
  EXPECT_EQ(row(check("places.field.taken_day.blue", "value = 7\nevery = 7\n" + lanchester)).verdict, Verdict::pass);
  EXPECT_EQ(row(check("places.field.taken_day.red", "value = 1\n" + lanchester)).status, "never");
}

// 5 against 3 leaves 4, 13 against 5 leaves 12; the record says 5 and 10.
constexpr std::string_view kCases = "x;y;left\n5;3;5\n13;5;10\n";

TEST_F(Verify, every_row_of_a_table_is_a_war) {
  write(folder.path() / "duel" / "cases" / "wars.csv", kCases);
  const std::string where = "file = \"cases/wars.csv\", separator = \"semicolon\"";
  const Verification v = run(over_cases(where, "actors.blue.final_fighters", "value = 8, relative = 1e-6") +
                             over_cases(where, "cases.count", "value = 2, absolute = 0") +
                             over_cases(where, "cases.relative_error", "value = 0.2, relative = 1e-6"));
  ASSERT_TRUE(v.mistakes.empty()) << to_string(v.mistakes[0]);
  EXPECT_EQ(v.count(Verdict::pass), 3U) << json(v);
}

TEST_F(Verify, tables_that_are_not_at_hand_count_neither_way) {
  const std::string checks =
      over_cases("data = \"some/wars.csv\", separator = \"semicolon\"", "cases.count", "value = 2, absolute = 0");
  for (const fs::path& data : {fs::path(), folder.path() / "data"}) {
    const Verification without = run(checks, data);
    EXPECT_EQ(without.count(Verdict::no_data), 1U);
    EXPECT_EQ(without.count(Verdict::pass) + without.count(Verdict::fail), 0U);
  }
  write(folder.path() / "data" / "some" / "wars.csv", kCases);
  EXPECT_EQ(run(checks, folder.path() / "data").count(Verdict::pass), 1U);
}

TEST_F(Verify, mistakes_of_a_table_are_named_with_their_place) {
  const std::string checks =
      over_cases("file = \"cases/wars.csv\", separator = \"semicolon\"", "cases.count", "value = 2, absolute = 0");
  const auto mistakes = [&](std::string_view table) {
    write(folder.path() / "duel" / "cases" / "wars.csv", table);
    std::string all;
    for (const Diagnostic& d : run(checks).mistakes) {
      all += std::to_string(d.where.line) + ":" + std::to_string(d.where.column) + ": " + d.what + "; " + d.hint + "\n";
    }
    return all;
  };
  EXPECT_EQ(mistakes("x;z;left\n5;3;5\n"), "1:1: no column `y`; it has x, z, left\n");
  EXPECT_EQ(mistakes("x;y;left\n5;three;5\n6;7;0\n"),
            "2:3: `three` is no number; write one number a cell, as 0.5\n"
            "3:5: a record of 0, which has no relative error; leave the row out\n");
  EXPECT_EQ(mistakes("x;y;left\n5;-3;5\n"), "2:3: forces.red.field.2001-01-01 is -3; keep it within 0 and 1e+12\n");
  EXPECT_EQ(mistakes("x;y;left\n"), "1:1: a table without rows; write a header and one row for each case\n");
  fs::remove(folder.path() / "duel" / "cases" / "wars.csv");
  EXPECT_EQ(run(checks).mistakes.at(0).what, "no file that can be read");
}

TEST_F(Verify, a_run_that_fails_fails_its_checks_with_its_status) {
  duel(folder.path() / "duel", check("actors.blue.final_fighters",
                                     "value = 19\nabsolute = 100\nsolver = \"exact\"\nruns = 20\nset = { "
                                     "\"forces.blue.field.2001-01-01\" = 19, "
                                     "\"forces.red.field.2001-01-01\" = 10 }\n"));
  VerifyOptions options;
  EXPECT_EQ(verify({folder.path() / "duel"}, options).count(Verdict::pass), 1U);
  options.event_limit = 5;  // the battle takes at least 10 deaths
  const Verification v = verify({folder.path() / "duel"}, options);
  EXPECT_EQ(v.count(Verdict::fail), 1U);
  EXPECT_EQ(v.packages.at(0).rows.at(0).status, "event limit in 20 of 20 runs");
  EXPECT_EQ(nlohmann::json::parse(json(v)).at("checks").at(0).at("got"), "event limit in 20 of 20 runs");
}

TEST_F(Verify, a_check_of_fewer_runs_has_the_first_of_a_longer_one) {
  const auto asked = [](int runs) {
    return check("last_extinction_day",
                 "value = 0.5\nabsolute = 1\nsolver = \"exact\"\nruns = " + std::to_string(runs) + "\n");
  };
  const Verification few = run(asked(20)), both = run(asked(20) + asked(300));
  const std::vector<Row>& rows = both.packages.at(0).rows;
  EXPECT_EQ(rows.at(0).got, few.packages.at(0).rows.at(0).got);
  EXPECT_EQ(rows.at(0).standard_error, few.packages.at(0).rows.at(0).standard_error);
  EXPECT_NE(rows.at(1).got, rows.at(0).got);
}

TEST_F(Verify, threads_change_nothing) {
  const std::string checks =
      check("last_extinction_day", "value = 0.5\nabsolute = 1\nsolver = \"exact\"\nruns = 300\n");
  duel(folder.path() / "duel", checks);
  VerifyOptions one;
  one.threads = 1;
  EXPECT_EQ(json(verify({folder.path() / "duel"}, one)), json(run(checks)));
}

TEST_F(Verify, a_package_with_mistakes_does_not_keep_the_others_from_running) {
  duel(folder.path() / "a", check("actors.blue.final_figthers", "value = 1\nabsolute = 1"));
  duel(folder.path() / "b", check("actors.blue.first_fighters", "value = 1\nabsolute = 0"));
  const auto found = find_packages({folder.path()});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 2U);
  const Verification v = verify(*found, {});
  ASSERT_EQ(v.mistakes.size(), 1U);
  EXPECT_NE(v.mistakes[0].what.find("final_figthers"), std::string::npos);
  EXPECT_EQ(v.packages_read, 1U);
  EXPECT_EQ(v.count(Verdict::pass), 1U);
}

TEST_F(Verify, packages_are_found_at_any_depth_once) {
  duel(folder.path() / "x" / "y" / "deep", "");
  duel(folder.path() / "shallow", "");
  const auto found = find_packages({folder.path(), folder.path() / "x" / "", folder.path() / "shallow"});
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (std::vector<fs::path>{folder.path() / "shallow", folder.path() / "x" / "y" / "deep"}));
  EXPECT_FALSE(find_packages({folder.path() / "nowhere"}));
  fs::create_directories(folder.path() / "empty");
  EXPECT_FALSE(find_packages({folder.path() / "empty"}));
}

TEST_F(Verify, json_has_the_keys_of_the_interface) {
  const Verification v =
      run(check("actors.blue.first_fighters", "value = 1\nabsolute = 0.5") +
          over_cases("data = \"x.csv\"", "cases.count", "value = 1, absolute = 0.5") +
          check("actors.blue.extinction_day", "value = 1\nabsolute = 0.5\n" + std::string(kLanchester)));
  const auto rows = nlohmann::json::parse(json(v)).at("checks");
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0], (nlohmann::json{{"package", "duel"},
                                     {"what", "w"},
                                     {"expected", 1},
                                     {"got", 1},
                                     {"tolerance", 0.5},
                                     {"verdict", "pass"},
                                     {"metric", "actors.blue.first_fighters"},
                                     {"run",
                                      {{"solver", "leap"},
                                       {"runs", 1},
                                       {"seed", 1},
                                       {"steps_per_day", 1},
                                       {"accounts", nlohmann::json::array()},
                                       {"settings", nlohmann::json::array()}}},
                                     {"source", "by hand"}}));
  EXPECT_EQ(rows[1].at("verdict"), "no data");
  EXPECT_TRUE(rows[1].at("got").is_null());
  EXPECT_EQ(rows[2].at("got"), "never");
}

TEST_F(Verify, an_effect_says_its_error_and_reason) {
  // Two fighters against one at rate 1 win with chance 5/6, not 1/2: each run differs by -1, 0 or 1.
  const std::string wins = check("actors.blue.alone_probability",
                                 "value = 0\nrelation = \"above\"\nstandard_errors = 3\nsolver = \"exact\"\n"
                                 "runs = 400\nset = { \"forces.blue.field.2001-01-01\" = 2 }\nagainst = { set = {} }\n"
                                 "reason = \"two against one\"\n");
  const Verification v = run(wins);
  const auto effect = nlohmann::json::parse(json(v)).at("checks").at(0);
  EXPECT_NEAR(effect.at("effect"), 5.0 / 6 - 0.5, 4 * std::sqrt(1.0 / 400));
  EXPECT_EQ(effect.at("effect"), effect.at("got"));
  EXPECT_NEAR(effect.at("tolerance"), 3 * effect.at("se").get<double>(), 1e-12);
  EXPECT_LT(effect.at("se"), std::sqrt(1.0 / 400));
  EXPECT_EQ(effect.at("reason"), "two against one");
  const std::string table = terminal_table(v, 120, true);
  EXPECT_NE(table.find("effect 0."), std::string::npos);
  EXPECT_NE(table.find(": two against one"), std::string::npos);
}

TEST_F(Verify, a_page_of_effects_is_one_table_and_the_rest_stands_below) {
  const std::string effect =
      check("actors.blue.first_fighters",
            "value = 0\nrelation = \"above\"\nruns = 2\nset = { "
            "\"forces.blue.field.2001-01-01\" = 2 }\nagainst = { set = {} }\nreason = \"r|s\"\n");
  const std::string plain = check("actors.blue.first_fighters", "value = 1\nabsolute = 0\n");
  const std::string row = "| duel: A duel | w | > 0 | 1 ± 0 | pass | r\\|s (by hand) |\n";
  EXPECT_TRUE(markdown(run(effect)).ends_with("|---|---|---|---|---|---|\n" + row));
  const std::string both = markdown(run(effect + plain));
  EXPECT_LT(both.find(row), both.find("## duel"));
  EXPECT_TRUE(both.ends_with("| w | 1 | 0 | 1 | pass | by hand |\n"));
  EXPECT_TRUE(markdown(run(plain)).starts_with("# Verification\n"));
}

TEST_F(Verify, the_table_fits_the_terminal_and_ends_with_the_totals) {
  const Verification v = run(check("actors.blue.first_fighters", "value = 1\nabsolute = 0") +
                             check("actors.blue.first_fighters", "value = 2\nabsolute = 0") +
                             over_cases("data = \"x.csv\"", "cases.count", "value = 2, absolute = 0"));
  for (const int columns : {60, 80, 200}) {
    const std::string table = terminal_table(v, columns, true);
    std::istringstream lines(table);
    std::string line;
    while (std::getline(lines, line)) {
      EXPECT_LE(line.size(), static_cast<std::size_t>(columns)) << line;
    }
    EXPECT_EQ(line, "1 passed, 1 failed, 1 without data, 1 package");
  }
}

}  // namespace
}  // namespace truel::verification
