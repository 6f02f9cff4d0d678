// [[run]] and [[check]] of scenario.toml: what is read, and the mistakes.
#include <gtest/gtest.h>

#include "package.hpp"

namespace truel::scenario {
namespace {

/// A check of these lines at the end of scenario.toml; it begins in line 17.
FileEdit check_of(std::string_view lines) {
  return {"scenario.toml", kEnd, "\n[[check]]\n" + std::string(lines)};
}

constexpr std::string_view kGood = R"~(what = "what is left"
metric = "actors.north.final_fighters"
value = 12.5
absolute = 0.5
source = "closed form"
)~";

FileEdit good(std::string_view more) {
  return check_of(std::string(kGood) + std::string(more));
}

/// A run of these lines at the end of scenario.toml; it begins in line 17.
FileEdit run_of(std::string_view lines) {
  return {"scenario.toml", kEnd, "\n[[run]]\n" + std::string(lines)};
}

TestPackage with(FileEdit edit) {
  return EditCase{"", {std::move(edit)}, {}}.package();
}

TEST(Checks, a_package_without_checks_has_none) {
  const auto war = TestPackage().read();
  ASSERT_TRUE(war);
  EXPECT_TRUE(war->checks.empty());
}

TEST(Checks, a_check_that_says_little_takes_the_defaults) {
  const auto war = with(good("")).read();
  ASSERT_TRUE(war);
  ASSERT_EQ(war->checks.size(), 1U);
  const Check& check = war->checks[0];
  EXPECT_EQ(check.what, "what is left");
  EXPECT_EQ(check.source, "closed form");
  EXPECT_EQ(check.value, 12.5);
  EXPECT_EQ(check.relation, Relation::equal);
  EXPECT_EQ(check.tolerance_kind, ToleranceKind::absolute);
  EXPECT_EQ(check.tolerance, 0.5);
  EXPECT_EQ(check.reading, metric_of(ActorOutcome::final_fighters, check.reading.actor));
  EXPECT_EQ(war->actors[static_cast<std::size_t>(check.reading.actor)].id, "north");
  EXPECT_EQ(check.reading.statistic, Statistic::mean);
  EXPECT_EQ(check.run, CheckRun{});
  EXPECT_FALSE(check.against);
}

TEST(Checks, every_key_is_read) {
  const auto war = with(check_of(R"~(what = "an effect"
metric = "dyads.north.south.losses.q95"
value = 0
relation = "above"
standard_errors = 4
source = "a paper, table 2"
reason = "more guns"
known_miss = "no guns in the model"
solver = "exact"
runs = 500
seed = 9
steps_per_day = 3
every = 5
from = 2016-02-01
until = 2016-03-01
set = { "actors.north.supply" = 2, actors.south.supply = "1..2" }
against = { set = { "actors.north.supply" = 1 } }
)~"))
                       .read();
  ASSERT_TRUE(war);
  const Check& check = war->checks.at(0);
  EXPECT_EQ(info_of(check.reading).shape, "dyads.ACTOR.ACTOR.losses");
  EXPECT_EQ(check.reading.statistic, Statistic::q95);
  EXPECT_EQ(check.relation, Relation::above);
  EXPECT_EQ(check.tolerance_kind, ToleranceKind::standard_errors);
  EXPECT_EQ(check.reason, "more guns");
  EXPECT_EQ(check.known_miss, "no guns in the model");
  EXPECT_EQ(check.run.solver, "exact");
  EXPECT_EQ(check.run.runs, 500U);
  EXPECT_EQ(check.run.seed, 9U);
  EXPECT_EQ(check.run.steps_per_day, 3);
  EXPECT_EQ(check.run.every, 5);
  EXPECT_EQ(check.run.from, parse_date("2016-02-01"));
  EXPECT_EQ(check.run.until, parse_date("2016-03-01"));
  EXPECT_EQ(check.run.settings, (std::vector<std::string>{"actors.north.supply=2", "actors.south.supply=1..2"}));
  ASSERT_TRUE(check.against);
  EXPECT_EQ(check.against->settings, std::vector<std::string>{"actors.north.supply=1"});
  EXPECT_EQ(check.against->runs, 500U);
  EXPECT_EQ(check.against->until, check.run.until);
}

TEST(Checks, the_settings_of_a_check_change_no_other_run) {
  const auto war = with(good("set = { \"actors.north.kill_rate\" = 0.5 }\n")).read();
  ASSERT_TRUE(war);
  EXPECT_EQ(number(*war, "actors.north.kill_rate").distribution.a, 0.01);
}

TEST(Checks, a_date_counts_from_the_first_day_of_the_run) {
  const auto war = with(check_of(R"~(what = "early"
metric = "actors.west.fighters.2016-03-04"
value = 1
absolute = 1
source = "a paper"
from = 2016-03-01
)~"))
                       .read();
  ASSERT_TRUE(war);
  EXPECT_EQ(war->checks.at(0).reading.day, 3);
}

TEST(Checks, an_unknown_metric_actor_or_place_is_named_with_the_nearest) {
  const auto first = [](std::string_view metric) {
    TestPackage p = with(good(""));
    p.edit("scenario.toml", "actors.north.final_fighters", metric);
    const Lines found = mistakes(p);
    return found.size() == 1 ? found[0] : std::to_string(found.size()) + " mistakes";
  };
  EXPECT_EQ(first("actors.north.final_figthers"),
            "scenario.toml:19:10: unknown metric `actors.north.final_figthers`; did you mean "
            "`actors.north.final_fighters`?");
  EXPECT_EQ(first("weather"), "scenario.toml:19:10: unknown metric `weather`; docs/parameters.md lists the metrics");
  EXPECT_EQ(first("actors.nroth.losses"), "scenario.toml:19:10: unknown actor `nroth`; did you mean `north`?");
  EXPECT_EQ(first("dyads.north.everybody.losses"),
            "scenario.toml:19:10: unknown actor `everybody`; actors.csv lists them");
  EXPECT_EQ(first("places.alhpa.control.north"), "scenario.toml:19:10: unknown place `alhpa`; did you mean `alpha`?");
  EXPECT_EQ(first("actors.north.fighters.soon"),
            "scenario.toml:19:10: a day that is neither a number of days nor a date: `soon`; write days since the "
            "first, or YYYY-MM-DD");
  EXPECT_EQ(first("actors.north.fighters.366"),
            "scenario.toml:19:10: day 366 is not a day of the run; the run has the days 0 to 365: 2016-01-01 to "
            "2016-12-31");
}

TEST(Checks, a_value_is_one_finite_number) {
  for (const std::string_view value : {"\"1..2\"", "inf", "[1]"}) {
    TestPackage p = with(good(""));
    p.edit("scenario.toml", "value = 12.5", "value = " + std::string(value));
    EXPECT_EQ(mistakes(p),
              (Lines{"scenario.toml:20:9: value is no finite number; write the number that is expected, as 0.5"}));
  }
}

TEST(Checks, cases_are_read) {
  const auto war =
      with(
          run_of(
              R"~(cases = { data = "battles/one.csv", separator = "semicolon", set = { "actors.north.supply" = "guns", actors.south.supply = "men" }, record = { "actors.north.losses" = "dead" } }
check = [ { what = "a", source = "s", metric = "cases.relative_error.q05", value = 0.1, relation = "below" } ]
)~"))
          .read();
  ASSERT_TRUE(war);
  ASSERT_TRUE(war->checks.at(0).run.cases);
  const CaseTable& cases = *war->checks[0].run.cases;
  EXPECT_EQ(cases.file, "battles/one.csv");
  EXPECT_TRUE(cases.is_data);
  EXPECT_EQ(cases.separator, ';');
  using Column = std::pair<std::string, std::string>;
  EXPECT_EQ(cases.columns, (std::vector<Column>{{"actors.north.supply", "guns"}, {"actors.south.supply", "men"}}));
  ASSERT_EQ(cases.record.size(), 1U);
  EXPECT_TRUE(info_of(cases.record[0].first).shape.ends_with(".losses"));
  EXPECT_EQ(cases.record[0].second, "dead");
}

TEST(Checks, mistakes_of_cases_are_named) {
  const auto found = [](std::string_view cases, std::string_view metric = "civilian_harm") {
    return mistakes(
        with(run_of("cases = { " + std::string(cases) + " }\ncheck = [ { what = \"a\", source = \"s\", metric = \"" +
                    std::string(metric) + "\", value = 0, absolute = 0 } ]\n")));
  };
  const std::string set = "set = { \"actors.north.supply\" = \"x\" }";
  EXPECT_EQ(found(set),
            (Lines{"scenario.toml:18:9: cases without a table; write file = \"...\" for one of the package, "
                   "or data = \"...\" for one below the data folder"}));
  EXPECT_EQ(found("file = \"a.csv\", data = \"a.csv\", " + set),
            (Lines{"scenario.toml:18:9: cases with two tables; write file = \"...\" for one of the package, or data = "
                   "\"...\" for one below the data folder"}));
  EXPECT_EQ(found("data = \"../a.csv\", " + set),
            (Lines{"scenario.toml:18:18: `../a.csv` leads out of the data folder; name a file below it, as "
                   "battles/battles.csv"}));
  EXPECT_EQ(found("file = \"/a.csv\", " + set),
            (Lines{"scenario.toml:18:18: `/a.csv` leads out of the package; name a file below it, as "
                   "battles/battles.csv"}));
  EXPECT_EQ(found("file = \"a.csv\""), (Lines{"scenario.toml:18:9: cases that set nothing; write set = { "
                                              "\"actors.ID.kill_rate\" = \"COLUMN\" }"}));
  EXPECT_EQ(found("file = \"a.csv\", separator = \"colon\", set = { \"actors.north.suply\" = \"x\" }"),
            (Lines{"scenario.toml:18:39: unknown separator `colon`; choose one of comma, semicolon, tab",
                   "scenario.toml:18:56: unknown path `actors.north.suply`; did you mean `actors.north.supply`?"}));
  EXPECT_EQ(
      found("file = \"a.csv\", " + set + ", record = { \"actors.north.losses.q50\" = \"y\" }"),
      (Lines{"scenario.toml:18:77: `actors.north.losses.q50` is no result of one realization; name a metric without "
             "an ending such as .q50"}));
  EXPECT_EQ(
      found("file = \"a.csv\", " + set, "cases.relative_error"),
      (Lines{"scenario.toml:19:48: nothing to hold the cases against; add record = { METRIC = \"COLUMN\" } to the "
             "cases"}));
  TestPackage without = with(good(""));
  without.edit("scenario.toml", "actors.north.final_fighters", "cases.count");
  EXPECT_EQ(mistakes(without),
            (Lines{"scenario.toml:19:10: `cases.count` of a run without cases; give the run cases = { "
                   "... }, or name another metric"}));
}

TEST(Checks, the_checks_of_a_run_share_what_it_says_and_may_say_otherwise) {
  TestPackage p = with(run_of(R"~(what = "a strong north"
solver = "mean-field"
set = { "actors.north.supply" = 2 }
source = "closed form"
absolute = 0.5
check = [
  { what = "what is left", metric = "actors.north.final_fighters", value = 12 },
  { what = "losses", metric = "actors.north.losses", value = 3, relative = 0.1, source = "table 2" },
  { what = "more", metric = "actors.north.losses", value = 1, relation = "above" },
]
)~"));
  p["scenario.toml"] += "\n[[check]]\n" + std::string(kGood);
  const War war = read_good(p);
  ASSERT_EQ(war.checks.size(), 4U);
  for (int k = 0; k < 3; ++k) {
    EXPECT_EQ(war.checks[k].run.solver, "mean-field");
    EXPECT_EQ(war.checks[k].run.settings, std::vector<std::string>{"actors.north.supply=2"});
  }
  EXPECT_EQ(war.checks[0].what, "a strong north: what is left");
  EXPECT_EQ(war.checks[0].source, "closed form");
  EXPECT_EQ(war.checks[0].tolerance_kind, ToleranceKind::absolute);
  EXPECT_EQ(war.checks[1].source, "table 2");
  EXPECT_EQ(war.checks[1].tolerance_kind, ToleranceKind::relative);
  EXPECT_EQ(war.checks[2].tolerance_kind, ToleranceKind::none);
  EXPECT_EQ(war.checks[3].what, "what is left");
  EXPECT_EQ(war.checks[3].run, CheckRun{});
}

TEST(Checks, an_account_twice_is_found) {
  const Lines told = mistakes(with(good("accounts = [\"rival\", \"rival\"]\n")));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].ends_with("`rival` is named twice; name it once")) << told[0];
}

TEST(Checks, checks_keep_the_order_of_the_file) {
  TestPackage p = with(good(""));
  p["scenario.toml"] +=
      "[[run]]\ncheck = [{ what = \"second\", source = \"s\", metric = \"civilian_harm\", value = 0, absolute = 0 }]\n"
      "[[check]]\nwhat = \"third\"\nsource = \"s\"\nmetric = \"civilian_harm\"\nvalue = 0\nabsolute = 0\n";
  const War war = read_good(p);
  ASSERT_EQ(war.checks.size(), 3U);
  EXPECT_EQ(war.checks[0].what, "what is left");
  EXPECT_EQ(war.checks[1].what, "second");
  EXPECT_EQ(war.checks[2].what, "third");
}

const std::vector<EditCase> kSpoiltChecks = {
    {"Checks_keys_that_are_needed_are_named",
     {check_of("")},
     {"scenario.toml:17:1: no what; write what = \"...\"", "scenario.toml:17:1: no metric; write metric = \"...\"",
      "scenario.toml:17:1: no source; write source = \"...\"",
      "scenario.toml:17:1: a check without a value; write value = ..., the number that is expected"}},
    {"Checks_a_known_miss_says_why",
     {good("known_miss = \" \"")},
     {"scenario.toml:23:14: an empty known_miss; write known_miss = \"...\""}},
    {"Checks_unknown_keys_are_named_with_the_nearest",
     {good("rnus = 3\nagainst = { sets = {} }")},
     {"scenario.toml:23:1: unknown key `rnus`; did you mean `runs`?",
      "scenario.toml:24:13: unknown key `sets`; did you mean `set`?"}},
    {"Checks_a_day_that_is_not_stored_is_found",
     {good("every = 7"), {"scenario.toml", "final_fighters", "fighters.20"}},
     {"scenario.toml:19:10: day 20 is not stored; every = 7 stores multiples of it: change it, or leave it out"}},
    {"Checks_a_run_that_begins_before_anybody_holds_a_place_is_found",
     {good("from = 2014-06-01")},
     {"scenario.toml:17:1: 2014-06-01 is outside the control record; control.csv covers 2015-01-01 to 2016-12-31"}},
    {"Checks_a_value_needs_a_tolerance",
     {good(""), {"scenario.toml", "absolute = 0.5\n", ""}},
     {"scenario.toml:20:9: a value without a tolerance; add absolute = ..., relative = ... or standard_errors = ..., "
      "or a relation above or below"}},
    {"Checks_a_value_needs_one_tolerance",
     {good("relative = 0.1")},
     {"scenario.toml:23:12: a second tolerance, relative; keep one of them"}},
    {"Checks_a_tolerance_is_a_number_from_0_up",
     {good(""), {"scenario.toml", "absolute = 0.5", "absolute = -1"}},
     {"scenario.toml:21:12: absolute is no number from 0 up; write it as 1e-6 or 4"}},
    {"Checks_standard_errors_need_runs",
     {good(""), {"scenario.toml", "absolute = 0.5", "standard_errors = 4"}},
     {"scenario.toml:21:19: standard errors of a single run; write runs = ..., at least 2"}},
    {"Checks_a_relation_has_no_tolerance_but_standard_errors",
     {good("relation = \"above\"")},
     {"scenario.toml:21:12: absolute beside relation = \"above\"; put the margin into value, or ask for it in "
      "standard_errors"}},
    {"Checks_unknown_relations_and_solvers_are_named",
     {good("relation = \"abvoe\"\nsolver = \"guess\"")},
     {"scenario.toml:23:12: unknown relation `abvoe`; did you mean `above`?",
      "scenario.toml:24:10: unknown solver `guess`; choose one of leap, exact, mean-field"}},
    {"Checks_runs_and_days_have_bounds",
     {good("runs = 0\nevery = 0\nfrom = 2016-05-01\nuntil = 2016-04-01")},
     {"scenario.toml:23:8: runs is 0; keep it within 1 and 100000000",
      "scenario.toml:24:9: every is 0; keep it within 1 and 100000",
      "scenario.toml:25:8: the run starts on 2016-05-01, after its end on 2016-04-01; choose from and until so that "
      "the first is not later"}},
    {"Checks_accounts_and_paths_must_exist_and_keep_their_bounds",
     {good("accounts = [\"nobody\"]\nset = { \"actors.north.kil_rate\" = 1, actors.north.concealment = 2 }")},
     {"scenario.toml:23:13: unknown account `nobody`; known are rival",
      "scenario.toml:24:9: unknown path `actors.north.kil_rate`; did you mean `actors.north.kill_rate`?",
      "scenario.toml:24:65: actors.north.concealment is 2, above its greatest value 1; keep it within 0 and 1; write "
      "0.02 for 2 %"}},
    {"Checks_a_single_table_is_told_how_to_be_a_list",
     {good(""), {"scenario.toml", "[[check]]", "[check]"}},
     {"scenario.toml:17:1: check is a table, not a list of tables; write [[check]] on a line of its own, with two "
      "brackets, and its keys below"}},
    {"Checks_of_a_run_are_needed",
     {run_of("solver = \"mean-field\"")},
     {"scenario.toml:17:1: a run without checks; write check = [ { what = ..., metric = ..., value = ... } ]"}},
    {"Checks_mistakes_of_a_run_are_named_once",
     {run_of(R"~(metric = "civilian_harm"
source = " "
check = [
  { what = "a", metric = "civilian_harm", value = 0, absolute = 0, runs = 3 },
  { what = "b", metric = "civilian_harm", value = 0 },
])~")},
     {"scenario.toml:18:1: unknown key `metric`; known are solver, runs, seed, steps_per_day, every, accounts, from, "
      "until, set, cases, what, absolute, relative, standard_errors, source, check",
      "scenario.toml:19:10: an empty source; write source = \"...\"",
      "scenario.toml:21:68: runs in a check of a run; give it to the run, or write the check on its own as [[check]]",
      "scenario.toml:22:51: a value without a tolerance; add absolute = ..., relative = ... or standard_errors = ..., "
      "or a relation above or below"}},
};

INSTANTIATE_TEST_SUITE_P(OfChecks, SpoiltPackage, testing::ValuesIn(kSpoiltChecks), name_of);

}  // namespace
}  // namespace truel::scenario
