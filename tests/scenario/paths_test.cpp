// Paths that name many numbers, sets, days and switches of dated changes: what they become, and every mistake.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <regex>
#include <set>

#include "package.hpp"
#include "truel/base/index.hpp"
#include "truel/model/distributions/parse.hpp"
#include "truel/model/path.hpp"

namespace truel::scenario {
namespace {

/// The small package with sets and a war of four actors: north, south and west of the command joint, sky.
TestPackage with_sets() {
  TestPackage p;
  p["scenario.toml"] += R"~(
[sets.actors]
rebels = ["north", "joint"]
pair = ["north", "west"]

[sets.places]
beta = ["beta_east", "beta_west"]
)~";
  return p;
}

/// An account of nothing but these lines: a path, or a list of them as TOML has it, and a value.
std::string account(const std::vector<std::pair<std::string, std::string>>& lines) {
  std::string text = "title = \"An account\"\n";
  for (const auto& [path, value] : lines) {
    const std::string written = path.starts_with('[') ? path : '"' + path + '"';
    text += "[[set]]\npath = " + written + "\nvalue = " + value + "\nbasis = \"assumed: a test\"\n";
  }
  return text;
}

/// The paths of the numbers that a path names, in their order.
Lines named(const War& war, std::string_view path) {
  const PathIndex index(war);
  std::size_t cost = 0;
  Lines paths;
  for (const int number : index.named(path, cost)) {
    paths.push_back(war.parameters[at(number)].path);
  }
  return paths;
}

TEST(Paths, of_settings_end_at_the_first_sign_and_have_no_blanks_around_them) {
  for (const auto& [setting, path] : {std::pair{"actors.north.supply=1", "actors.north.supply"},
                                      {" actors.north.supply = either(0, 1) ", "actors.north.supply"},
                                      {"draws.file=a=b", "draws.file"},
                                      {"actors", "actors"},
                                      {"=1", ""}}) {
    EXPECT_EQ(path_of_setting(setting), path) << setting;
  }
}

TEST(Paths, of_many_name_each_number_once_and_no_tie_with_oneself) {
  const War war = read_good(with_sets());
  EXPECT_EQ(named(war, "ties.*.*.alignment"),
            (Lines{"ties.north.sky.alignment", "ties.north.south.alignment", "ties.north.west.alignment",
                   "ties.sky.south.alignment", "ties.sky.west.alignment", "ties.south.west.alignment"}));
  EXPECT_EQ(named(war, "ties.west.*.alignment"),
            (Lines{"ties.north.west.alignment", "ties.sky.west.alignment", "ties.south.west.alignment"}));
  EXPECT_EQ(named(war, "ties.west.*.share"),
            (Lines{"ties.west.north.share", "ties.west.sky.share", "ties.west.south.share"}));
  EXPECT_EQ(named(war, "ties.west.west.alignment"), (Lines{"ties.west.west.alignment"}));
  EXPECT_EQ(named(war, "support.south.*"),
            (Lines{"support.south.all.2015-01-01", "support.south.beta_west.2015-01-01"}));
  EXPECT_EQ(named(war, "scenario.terrain.*.cover"), (Lines{"scenario.terrain.plain.cover"}));
  EXPECT_EQ(named(war, "*.plain.cover"), Lines());
  EXPECT_EQ(named(war, "interventions.g*g.value"), (Lines{"interventions.going.value"}));
}

TEST(Paths, take_sets_and_commands_for_ids) {
  const War war = read_good(with_sets());
  EXPECT_EQ(named(war, "ties.joint.north.alignment"),
            (Lines{"ties.north.south.alignment", "ties.north.west.alignment"}));
  EXPECT_EQ(named(war, "actors.rebels.supply"),
            (Lines{"actors.north.supply", "actors.south.supply", "actors.west.supply"}));
  EXPECT_EQ(named(war, "ties.rebels.rebels.alignment"),
            (Lines{"ties.north.south.alignment", "ties.north.west.alignment", "ties.south.west.alignment"}));
  EXPECT_EQ(named(war, "ties.pair.sky.share"), (Lines{"ties.north.sky.share", "ties.west.sky.share"}));
  EXPECT_EQ(named(war, "places.beta.value"), (Lines{"places.beta_east.value", "places.beta_west.value"}));
  EXPECT_EQ(named(war, "support.joint.beta.*"), (Lines{"support.south.beta_west.2015-01-01"}));
  // A road has two ends and no direction.
  EXPECT_EQ(
      named(war, "links.beta.*.road_km"),
      (Lines{"links.alpha.beta_east.road_km", "links.beta_east.beta_west.road_km", "links.beta_west.gamma.road_km"}));
  EXPECT_EQ(named(war, "links.gamma.*.road_km"), (Lines{"links.beta_west.gamma.road_km"}));
}

RC_GTEST_PROP(Paths, with_stars_fit_as_a_regular_expression_does, ()) {
  static const War war = read_good(TestPackage());
  static const PathIndex index(war);
  // Some number's path with characters replaced by stars, part by part.
  const auto& chosen = war.parameters[at(*rc::gen::inRange(0, static_cast<int>(war.parameters.size())))].path;
  std::string pattern;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const int how = chosen[i] == '.' ? 0 : *rc::gen::weightedElement<int>({{6, 0}, {1, 1}, {2, 2}});
    pattern += how == 0 ? std::string(1, chosen[i]) : how == 1 ? "*" : "";
  }
  RC_PRE(pattern.find('*') != std::string::npos);
  std::string expression;
  for (const char c : pattern) {
    expression += c == '*' ? std::string("[^.]*") : c == '.' ? std::string("\\.") : std::string(1, c);
  }
  if (pattern.ends_with(".*")) {
    expression = expression.substr(0, expression.size() - 5) + ".+";
  }
  const std::regex regex(expression);
  std::vector<std::string> parts(4);
  std::set<int> wanted;
  for (int i = 0; i < static_cast<int>(war.parameters.size()); ++i) {
    const std::string& path = war.parameters[at(i)].path;
    const auto dot = path.find('.', 5);
    const bool is_own_tie =
        path.starts_with("ties.") && path.substr(5, dot - 5) == path.substr(dot + 1, path.find('.', dot + 1) - dot - 1);
    const bool is_road = path.starts_with("links.");
    if (is_own_tie || is_road || !std::regex_match(path, regex)) {
      continue;
    }
    wanted.insert(index.find(path));
  }
  std::size_t cost = 0;
  std::set<int> got;
  for (const int number : index.named(pattern, cost)) {
    const std::string& path = war.parameters[at(number)].path;
    const auto dot = path.find('.', 5);
    const bool is_own_tie =
        path.starts_with("ties.") && path.substr(5, dot - 5) == path.substr(dot + 1, path.find('.', dot + 1) - dot - 1);
    if (!path.starts_with("links.") && !is_own_tie) {
      got.insert(number);
    }
  }
  RC_ASSERT(got == wanted);
}

TEST(Paths, in_an_account_count_by_how_special_they_are_and_not_by_order) {
  const std::vector<std::pair<std::string, std::string>> lines{
      {"ties.*.*.alignment", "0.2"}, {"ties.west.*.alignment", "0.4"}, {"ties.sky.west.alignment", "-1"}};
  for (const bool turned : {false, true}) {
    TestPackage p = with_sets();
    auto written = lines;
    if (turned) {
      std::reverse(written.begin(), written.end());
    }
    p["accounts/many.toml"] = account(written);
    const War war = read_good(p, {.accounts = {"many"}});
    EXPECT_EQ(number(war, "ties.north.south.alignment").distribution.a, .2);
    EXPECT_EQ(number(war, "ties.south.west.alignment").distribution.a, .4);
    EXPECT_EQ(number(war, "ties.sky.west.alignment").distribution.a, -1);
    const auto found =
        std::find_if(war.accounts.begin(), war.accounts.end(), [](const Account& a) { return a.id == "many"; });
    EXPECT_EQ(found->settings.size(), 6U);
  }
}

TEST(Paths, of_many_leave_out_who_cannot_have_the_number) {
  TestPackage p;  // the air actor `sky` has no land to let columns through
  const War war = read_good(p, {.settings = {"ties.*.*.passage=true", "actors.*.policing_per_day=0.1"}});
  EXPECT_EQ(number(war, "ties.north.west.passage").distribution.a, 1);
  EXPECT_EQ(number(war, "ties.north.sky.passage").distribution.a, 0);
  EXPECT_EQ(number(war, "actors.west.policing_per_day").distribution.a, .1);
  EXPECT_EQ(mistakes(p, {.settings = {"ties.sky.*.passage=true"}}).size(), 1U);
}

TEST(Paths, in_lists_share_a_value_and_a_basis) {
  TestPackage p = with_sets();
  p["accounts/many.toml"] = account({{"[\"actors.north.supply\", \"actors.joint.supply\"]", "\"1..2\""}});
  const War war = read_good(p, {.accounts = {"many"}});
  for (const char* path : {"actors.north.supply", "actors.south.supply", "actors.west.supply"}) {
    EXPECT_EQ(to_string(number(war, path).distribution), "1..2");
    EXPECT_EQ(number(war, path).basis, "assumed: a test");
  }
}

TEST(Paths, of_a_later_layer_count_however_special_the_earlier_are) {
  TestPackage p = with_sets();
  p["accounts/many.toml"] = account({{"ties.*.*.alignment", "0.2"}});
  const War war =
      read_good(p, {.accounts = {"rival", "many"},
                    .settings = {"ties.*.*.alignment=0.3", "ties.west.*.alignment=0.1", "ties.west.*.alignment=0.5"}});
  EXPECT_EQ(number(war, "ties.north.south.alignment").distribution.a, .3);
  EXPECT_EQ(number(war, "ties.south.west.alignment").distribution.a, .5);
}

TEST(Paths, that_contradict_each_other_are_refused) {
  TestPackage p = with_sets();
  p["accounts/many.toml"] =
      account({{"ties.west.*.alignment", "0.4"}, {"ties.*.sky.alignment", "0.2"}, {"ties.*.west.alignment", "0"}});
  EXPECT_EQ(mistakes(p),
            (Lines{"accounts/many.toml:7:8: `ties.*.sky.alignment` and `ties.west.*.alignment` of line 3 both "
                   "name `ties.sky.west.alignment`, and neither is the more special; give what both name a "
                   "line of its own, or let one of them name less",
                   "accounts/many.toml:11:8: duplicate path `ties.*.west.alignment`; the first is in line 3; "
                   "remove one"}));
  p.remove("accounts/many.toml");
  EXPECT_EQ(
      mistakes(p, {.settings = {"ties.west.*.alignment=0", "ties.*.sky.alignment=0"}}),
      (Lines{"--set: `ties.*.sky.alignment` and `ties.west.*.alignment` both name `ties.sky.west.alignment`, and "
             "neither is the more special; give what both name a line of its own, or let one of them name less"}));
}

TEST(Paths, that_name_nothing_say_which_part_is_wrong) {
  const TestPackage p = with_sets();
  const auto told = [&](const std::string& setting) { return mistakes(p, {.settings = {setting}}); };
  EXPECT_EQ(
      told("ties.rebls.*.alignment=0"),
      (Lines{
          "--set: `ties.rebls.*.alignment` names no number: nothing there is called `rebls`; did you mean `rebels`?"}));
  EXPECT_EQ(told("ties.*.*.alignmnt=0"), (Lines{"--set: `ties.*.*.alignmnt` names no number: nothing there is called "
                                                "`alignmnt`; did you mean `alignment`?"}));
  EXPECT_EQ(told("interventions.truce_*.value=0"),
            (Lines{"--set: `interventions.truce_*.value` names no number: nothing there is called `truce_*`; known are "
                   "guns, landing, going"}));
  EXPECT_EQ(told("ties.*.alignment=0"),
            (Lines{"--set: `ties.*.alignment` names no number: nothing there is called `alignment`; known are pair, "
                   "rebels, joint, north, sky, south, west"}));
  EXPECT_EQ(told("actors.*.supply.more=0"),
            (Lines{"--set: `actors.*.supply.more` names no number; a path of this table ends before `more`"}));
}

TEST(Paths, of_a_set_whose_members_have_no_number_say_so) {
  TestPackage p = with_sets();
  p["scenario.toml"] += "far = [\"alpha\"]\n";
  EXPECT_EQ(mistakes(p, {.settings = {"support.south.far.*=0"}}),
            (Lines{"--set: `support.south.far.*` names no number: nothing there is of `far`; known are beta, far, all, "
                   "beta_west"}));
}

TEST(Paths, of_many_are_checked_against_the_bounds_of_each_and_refused_once) {
  TestPackage p = with_sets();
  p["accounts/many.toml"] = account({{"ties.*.*.alignment", "3"}, {"actors.*.speed_km_per_day", "\"x\""}});
  EXPECT_EQ(mistakes(p),
            (Lines{"accounts/many.toml:4:9: ties.north.sky.alignment is 3, above its greatest value 1; keep it "
                   "within -1 and 1",
                   "accounts/many.toml:8:9: malformed number `x`; write a value (1200), a range (1500..2000) "
                   "or a distribution (lognormal(1200, 1.5))"}));
}

TEST(Paths, of_checks_and_interventions_may_name_many) {
  TestPackage p = with_sets();
  p["scenario.toml"] += R"~(
[[check]]
what = "peace"
metric = "actors.north.final_fighters"
value = 1
absolute = 1
source = "closed form"
set = { "ties.*.*.alignment" = 0, "ties.north.south.alignment" = 0.1 }
)~";
  p.edit("interventions.csv", "actors.north.supply,,,1.5", "actors.rebels.supply,,,1.5");
  const War war = read_good(p);
  EXPECT_EQ(war.checks.at(0).run.settings, (Lines{"ties.*.*.alignment=0", "ties.north.south.alignment=0.1"}));
  ASSERT_EQ(war.interventions.size(), 5U);
  for (std::size_t row = 0; row < 3; ++row) {
    EXPECT_EQ(war.interventions[row].id, "guns");
    EXPECT_EQ(war.interventions[row].value, war.interventions[0].value);
    EXPECT_EQ(war.interventions[row].is_more, row > 0);
    EXPECT_TRUE(war.interventions[row].is_of_many);
  }
  EXPECT_EQ(war.parameters[at(war.interventions[2].target)].path, "actors.west.supply");
  EXPECT_FALSE(war.interventions[3].is_of_many);
  p.edit("interventions.csv", "actors.rebels.supply", "forces.*");
  EXPECT_EQ(mistakes(p),
            (Lines{"interventions.csv:2:21: `forces.*` is a dated number, which no intervention changes; use the "
                   "actions arrive and leave"}));
}

TEST(Sets, have_names_of_their_own_and_known_members) {
  TestPackage p;
  p["scenario.toml"] += R"~(
[sets]
people = { x = [] }

[sets.actors]
north = ["south"]
joint = ["south"]
neighbour = ["south"]
Rebels = ["south"]
some = ["sotuh", "south", "south", 3]

[sets.places]
all = ["alpha"]
alpha = ["gamma"]
rest = "gamma"
)~";
  EXPECT_EQ(
      mistakes(p),
      (Lines{
          "scenario.toml:18:1: unknown kind of set `people`; known are actors, places",
          "scenario.toml:21:1: the set `north` has the name of an actor; rename it: a path could not "
          "distinguish them",
          "scenario.toml:22:1: the set `joint` has the name of a command; rename it: a path could not "
          "distinguish them",
          "scenario.toml:23:1: the set `neighbour` has the name of a sponsor; rename it: a path could not "
          "distinguish them",
          "scenario.toml:24:1: malformed set `Rebels`; an id has small letters, digits and _, and starts with a "
          "letter: write rebels",
          "scenario.toml:25:9: unknown actor `sotuh` in the set `some`; did you mean `south`?",
          "scenario.toml:25:27: duplicate member `south` of `some`; the first is in line 25; remove one",
          "scenario.toml:25:36: a member of some is a whole number, not a string; put it in double quotes",
          "scenario.toml:28:1: the set `all` has the name of a word of the paths of forces and support; rename it: a "
          "path could not distinguish them",
          "scenario.toml:29:1: the set `alpha` has the name of a place; rename it: a path could not distinguish them",
          "scenario.toml:30:8: rest is a string, not a list; put it in square brackets"}));
}

TEST(Sets, without_members_are_warned_of_and_no_path_uses_them) {
  TestPackage p;
  p["scenario.toml"] += "\n[sets.actors]\nnobody = []\n";
  const Lines told = warnings(p);
  EXPECT_EQ(std::count(told.begin(), told.end(),
                       "scenario.toml:18:1: the set `nobody` has no members; give it some, or remove it"),
            1);
  EXPECT_EQ(
      mistakes(p, {.settings = {"actors.nobody.supply=1"}}),
      (Lines{
          "--set: `actors.nobody.supply` names no number; the set `nobody` has no members: give it some in [sets]"}));
}

TEST(Dates, of_interventions_are_numbers) {
  TestPackage p;
  p["accounts/when.toml"] = account({{"interventions.guns.date", "2016-06-01"},
                                     {"interventions.landing.date", "\"2016-05-01..2016-05-31\""},
                                     {"interventions.going.on", "false"}});
  const War plain = read_good(p);
  EXPECT_EQ(to_string(number(plain, "interventions.guns.date").distribution), "2016-03-01");
  EXPECT_FALSE(number(plain, "interventions.guns.date").is_given);
  EXPECT_EQ(number(plain, "interventions.going.on").distribution.a, 1);
  const War war = read_good(p, {.accounts = {"when"}, .settings = {"interventions.guns.date=normal(2016-07-01, 10)"}});
  EXPECT_EQ(to_string(number(war, "interventions.guns.date").distribution), "normal(2016-07-01, 10)");
  EXPECT_EQ(to_string(number(war, "interventions.landing.date").distribution), "2016-05-01..2016-05-31");
  EXPECT_TRUE(number(war, "interventions.landing.date").varies_in_package);
  EXPECT_EQ(number(war, "interventions.going.on").distribution.a, 0);
}

TEST(Dates, in_the_table_may_be_uncertain_and_then_have_a_basis) {
  TestPackage p;
  p.edit("interventions.csv", "guns,2016-03-01,", "guns,2016-03-01..2016-03-31,");
  const War war = read_good(p);
  EXPECT_EQ(war.interventions[0].date, *parse_date("2016-03-16"));
  EXPECT_TRUE(number(war, "interventions.guns.date").is_given);
  EXPECT_EQ(number(war, "interventions.guns.date").basis, "c1");
  p.edit("interventions.csv", "1.5,c1", "1.5,");
  EXPECT_EQ(mistakes(p),
            (Lines{"interventions.csv:2:6: an uncertain date without a basis; fill the column date_basis or basis "
                   "of this row",
                   "interventions.csv:2:55: a number without a basis; fill the column value_basis or basis of "
                   "this row"}));
}

TEST(Dates, that_are_none_or_too_late_are_refused) {
  const TestPackage p;
  const auto told = [&](const std::string& setting) { return mistakes(p, {.settings = {setting}}); };
  const std::string forms =
      "; write a date (2016-05-01), a range of dates (2016-05-01..2016-06-30) or a distribution of them "
      "(normal(2016-05-01, 10), in days)";
  EXPECT_EQ(told("interventions.guns.date=2016-02-30"), (Lines{"--set: impossible date `2016-02-30`" + forms}));
  EXPECT_EQ(told("interventions.guns.date=12"), (Lines{"--set: impossible date `12`" + forms}));
  EXPECT_EQ(told("interventions.guns.date=normal(10, 2016-05-01)"),
            (Lines{"--set: malformed number `normal(10, 2016-05-01)`" + forms}));
  EXPECT_EQ(told("interventions.guns.date=2016-05-01..2016-04-01"),
            (Lines{"--set: a range upside down in `2016-05-01..2016-04-01`; write 2016-04-01..2016-05-01"}));
  EXPECT_EQ(told("interventions.guns.date=lognormal(2016-05-01, 2)"),
            (Lines{"--set: unknown distribution `lognormal`; did you mean `normal`?"}));
  EXPECT_EQ(
      told("interventions.guns.date=2018-05-01..2019-01-01"),
      (Lines{
          "--set: 2018-05-01..2019-01-01 is after the end of the scenario; the scenario ends on 2016-12-31: change the "
          "date, switch the change off (interventions.ID.on = false), or change end in scenario.toml"}));
  EXPECT_EQ(
      told("interventions.guns.on=0.5"),
      (Lines{"--set: interventions.guns.on is 0.5, which is no value of a switch; write true or false (1 or 0), or "
             "either(0, 1) where nobody knows"}));
  TestPackage mixed;
  mixed["accounts/when.toml"] = account({{"interventions.guns.*", "1"}, {"actors.north.supply", "2016-05-01"}});
  EXPECT_EQ(mistakes(mixed),
            (Lines{"accounts/when.toml:4:9: interventions.guns.date is a date, not 1; write a date (2016-05-01) or "
                   "a range of dates (2016-05-01..2016-06-30)",
                   "accounts/when.toml:8:9: value is a date, not a number; write 0.5, \"0.4..0.6\" or { value = "
                   "0.5, basis = \"...\" }"}));
}

RC_GTEST_PROP(Dates, are_written_as_they_are_read, ()) {
  const auto day = [] { return static_cast<double>(*rc::gen::inRange(-100'000, 100'000)); };
  Distribution d{.a = day(), .is_date = true};
  d.kind = *rc::gen::element(DistributionKind::value, DistributionKind::uniform, DistributionKind::normal,
                             DistributionKind::triangular, DistributionKind::either);
  if (d.kind == DistributionKind::either) {
    d.a = 0;
    d.among = {day(), day(), day()};
  }
  d.b = d.kind == DistributionKind::normal                                        ? *rc::gen::inRange(1, 1000)
        : d.kind == DistributionKind::value || d.kind == DistributionKind::either ? 0
                                                                                  : d.a + *rc::gen::inRange(1, 1000);
  d.c = d.kind == DistributionKind::triangular ? d.b + *rc::gen::inRange(1, 1000) : 0;
  const Result<Distribution> read = parse_dates(to_string(d));
  RC_ASSERT(bool(read));
  RC_ASSERT(read->is_date && read->kind == d.kind && read->a == d.a && read->b == d.b && read->c == d.c &&
            read->among == d.among);
  const double u = *rc::gen::inRange(1, 1'000'000) / 1e6;
  const double drawn = quantile(d, u);
  RC_ASSERT(drawn == std::floor(drawn));
  RC_ASSERT(drawn >= lower_bound(d) && drawn <= upper_bound(d));
}

TEST(Dates, of_a_range_are_equally_likely) {
  const Distribution d = *parse_dates("2016-05-01..2016-05-03");
  const double first = static_cast<double>(*parse_date("2016-05-01"));
  EXPECT_EQ(quantile(d, .33), first);
  EXPECT_EQ(quantile(d, .34), first + 1);
  EXPECT_EQ(quantile(d, .66), first + 1);
  EXPECT_EQ(quantile(d, .67), first + 2);
  EXPECT_EQ(quantile(d, .999999), first + 2);
}

TEST(Interventions, realign_whole_commands_and_sets) {
  TestPackage p = with_sets();
  const auto rows = [&](std::string_view row) {
    p["interventions.csv"] =
        "id,date,action,path,actor,place_id,value,other,compliance,dissenters,basis\n" + std::string(row) + "\n";
  };
  rows("front,2016-03-01,realign,,joint,,0.6,*,0.8,,c1");
  const War war = read_good(p);
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const Intervention& i : war.interventions) {
    pairs.emplace_back(war.actors[at(i.actor)].id, war.actors[at(i.other)].id);
    EXPECT_EQ(i.value, war.interventions[0].value);
  }
  EXPECT_EQ(pairs, (std::vector<std::pair<std::string, std::string>>{{"south", "north"},
                                                                     {"south", "sky"},
                                                                     {"south", "west"},
                                                                     {"west", "north"},
                                                                     {"west", "sky"},
                                                                     {"west", "south"}}));
  // Those who do not follow an actor leave it once.
  for (std::size_t row = 0; row < war.interventions.size(); ++row) {
    EXPECT_EQ(war.interventions[row].compliance != kNone, row % 3 == 0);
  }
  rows("front,2016-03-01,realign,,joint,,0.6,rebls,,south,c1");
  EXPECT_EQ(mistakes(p), (Lines{"interventions.csv:2:38: unknown other actor `rebls`; did you mean `rebels`?"}));
  rows("front,2016-03-01,realign,,joint,,0.6,north,,south,c1");
  EXPECT_EQ(mistakes(p),
            (Lines{"interventions.csv:2:45: dissenters who join `south`; name a third actor, or leave the cell "
                   "empty: they go home"}));
  rows("oath,2016-03-01,pledge,,joint,,1,north,,,c1");
  EXPECT_EQ(mistakes(p),
            (Lines{"interventions.csv:2:25: `joint` is more than one actor; only realign takes a set, a command or *: "
                   "write a row for each actor"}));
}

}  // namespace
}  // namespace truel::scenario
