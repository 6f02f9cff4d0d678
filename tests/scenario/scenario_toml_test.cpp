// The mistakes of scenario.toml, accounts and sources.json.
#include <gtest/gtest.h>

#include <algorithm>

#include "package.hpp"

namespace truel::scenario {
namespace {

TEST(ScenarioToml, text_that_is_not_toml_is_found) {
  TestPackage p;
  p.edit("scenario.toml", "title = \"A test\"", "title = \"A test");
  const Lines found = mistakes(p);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].starts_with("scenario.toml:2:16: not TOML: ")) << found[0];
  EXPECT_TRUE(found[0].ends_with("; see https://toml.io for how to write it")) << found[0];
}

TEST(ScenarioToml, a_table_whose_name_is_no_name_is_found) {
  TestPackage p;
  p.edit("scenario.toml", "[thresholds]", "[ #thresholds]");
  EXPECT_TRUE(mistakes(p)[0].starts_with("scenario.toml:6:3: not TOML: ")) << mistakes(p)[0];
}

TEST(ScenarioToml, a_message_about_it_stays_on_one_line) {
  TestPackage p;
  p.edit("scenario.toml", "[thresholds]", "\"a\\nb\" = 1\n[thresholds]");
  EXPECT_EQ(mistakes(p)[0].substr(0, 37), "scenario.toml:6:1: unknown key `a b`;");
}

TEST(ScenarioToml, a_day_that_no_calendar_has_is_found) {
  TestPackage p;
  p.edit("scenario.toml", "2016-12-31", "2016-11-31");
  const Lines found = mistakes(p);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].substr(found[0].find(' ') + 1),
            "impossible date `2016-11-31`; write a day of the calendar as YYYY-MM-DD");
}

TEST(ScenarioToml, text_without_quotes_is_told_with_them) {
  const auto told = [](const std::string& line) {
    TestPackage p;
    p.edit("scenario.toml", "title = \"A test\"", line);
    const std::string found = mistakes(p).at(0);
    return found.substr(found.find(' ') + 1);
  };
  EXPECT_EQ(told("title = The valley war  # of 2016"), "text needs quotes: `title = \"The valley war\"`");
  EXPECT_EQ(told("title = infantry"), "text needs quotes: `title = \"infantry\"`");
  EXPECT_EQ(told("title = true stories"), "text needs quotes: `title = \"true stories\"`");
  EXPECT_EQ(told("questions = [\"Who\", Where?]"), "text needs quotes: `\"Where?\"`");
  EXPECT_TRUE(told("title = \"a = b\\q\"").starts_with("not TOML: ")) << told("title = \"a = b\\q\"");
}

TEST(ScenarioToml, a_start_outside_the_control_record_is_found) {
  TestPackage p;
  p.edit("scenario.toml", "start = 2016-01-01", "start = 2014-12-31");
  EXPECT_EQ(mistakes(p)[0],
            "scenario.toml:3:9: 2014-12-31 is outside the control record; control.csv covers 2015-01-01 to 2016-12-31");
}

TEST(ScenarioToml, alignment_moves_by_one_rule_and_has_a_limit_only_without_clip) {
  TestPackage p;
  p.add("scenario.toml", "[laws.alignment]\ntriads = true\nlandscape = true\nlimit = 5\nbasis = \"assumed: x\"");
  const Lines found = mistakes(p);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].ends_with(
      "alignment moves by triads and by landscape at once; choose one of the two rules in [laws.alignment]"))
      << found[0];
  EXPECT_TRUE(
      found[1].ends_with("a limit of alignments that are clipped; write clip = false beside it, or remove the limit"))
      << found[1];
}

TEST(ScenarioToml, says_what_unity_depends_on_and_which_account_is_without_it) {
  TestPackage p;
  p.add("scenario.toml", "[if_united]\ndepends_on = \"fast fronts.\"\nwithout = \"rival\"\n");
  const War war = read_good(p);
  EXPECT_EQ(war.if_united.depends_on, "fast fronts.");
  EXPECT_EQ(war.if_united.without, "rival");
  p.edit("scenario.toml", "without = \"rival\"", "without = \"rivl\"");
  ASSERT_EQ(mistakes(p).size(), 1U);
  EXPECT_TRUE(mistakes(p)[0].ends_with("unknown account `rivl`; did you mean `rival`?")) << mistakes(p)[0];
  p.edit("scenario.toml", "depends_on = \"fast fronts.\"\nwithout = \"rivl\"", "without = \"rival\"");
  ASSERT_EQ(mistakes(p).size(), 1U);
  EXPECT_NE(mistakes(p)[0].find("depends_on"), std::string::npos) << mistakes(p)[0];
}

TEST(Account, lies_over_another_and_all_below_that) {
  TestPackage p;
  p["accounts/later.toml"] =
      "title = \"Later\"\nover = \"rival\"\nfitted_until = 2015-12-31\n[[set]]\npath = \"actors.north.kill_rate\"\n"
      "value = 0.03\nbasis = \"c1\"\n";
  p["accounts/a_last.toml"] = "title = \"Last\"\nover = \"later\"\n";
  const auto laid = [&](const std::vector<std::string>& accounts) { return p.read({.accounts = accounts}); };
  for (const char* id : {"later", "a_last"}) {
    const auto war = laid({id});
    ASSERT_TRUE(war);
    EXPECT_EQ(number(*war, "actors.north.kill_rate").distribution.a, 0.03);
    EXPECT_EQ(number(*war, "ties.south.west.alignment").distribution.a, -1) << "the rival's";
    EXPECT_TRUE(number(*war, "ties.south.west.alignment").where.file.ends_with("accounts/rival.toml"));
    const auto known =
        std::find_if(war->accounts.begin(), war->accounts.end(), [&](const Account& a) { return a.id == id; });
    EXPECT_EQ(known->fitted_until, parse_date("2015-12-31"));
    EXPECT_EQ(known->settings.size(), 2U);
  }
  EXPECT_EQ(number(*laid({"rival"}), "actors.north.kill_rate").distribution.b, 0.04) << "stays as it is";
}

TEST(Account, lies_over_an_account_that_is_there_and_not_over_itself) {
  TestPackage p;
  p["accounts/later.toml"] = "title = \"Later\"\nover = \"rivl\"\n";
  EXPECT_EQ(mistakes(p), (Lines{"accounts/later.toml:2:8: unknown account `rivl`; did you mean `rival`?"}));
  p["accounts/later.toml"] = "title = \"Later\"\nover = \"rival\"\n";
  p.edit("accounts/rival.toml", "claims =", "over = \"later\"\nclaims =");
  EXPECT_EQ(mistakes(p), (Lines{"accounts/rival.toml:3:8: the account `later` lies over itself; let one account of the "
                                "circle lie over the basic model: remove its over"}));
  p = TestPackage();
  p["accounts/drawn.toml"] = "title = \"Drawn\"\ndraws = \"drawn.csv\"\nbasis = \"c1\"\n";
  p["accounts/drawn.csv"] = "actors.north.kill_rate\n0.02\n";
  p["accounts/later.toml"] = "title = \"Later\"\nover = \"drawn\"\n";
  EXPECT_EQ(mistakes(p),
            (Lines{"accounts/later.toml:2:8: `drawn` is a table of draws; an account lies over one of values "
                   "and ranges"}));
}

TEST(Sources, text_that_is_not_json_is_found) {
  TestPackage p;
  p.edit("sources.json", "\"A book\"},", "\"A book\"}");
  const Lines found = mistakes(p);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].starts_with("sources.json:3:3: not JSON: ")) << found[0];
}

TEST(Sources, are_a_list_of_objects) {
  TestPackage p;
  p["sources.json"] = "{\"id\": \"book\"}";
  EXPECT_EQ(mistakes(p),
            (Lines{"sources.json:1:1: not a list of sources; write CSL-JSON: [{\"id\": \"...\", ...}, ...]"}));
  p["sources.json"] = "[{\"id\": \"book\"},\n3]";
  EXPECT_EQ(mistakes(p).size(), 1U);
  EXPECT_TRUE(mistakes(p)[0].starts_with("sources.json:2:")) << mistakes(p)[0];
}

TEST(ScenarioToml, nested_without_end_is_refused_not_followed) {
  TestPackage p;
  p["scenario.toml"] = "questions = " + std::string(100'000, '[');
  const Lines found = mistakes(p);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].starts_with("scenario.toml:1:")) << found[0];
}

TEST(ScenarioToml, a_choice_is_a_word_or_its_number_and_needs_no_basis) {
  TestPackage p;
  p.edit("scenario.toml", "[laws.fire]", "[laws.fire]\ntiming = \"turns\"");
  p.add("interventions.csv", "later,2016-03-01,set,scenario.laws.fire.timing,,,1,assumed: a test");
  const War war = read_good(p);
  EXPECT_EQ(number(war, "scenario.laws.fire.timing").distribution.a, 2);
  const Overlay overlay{.settings = {"scenario.laws.fire.timing=salvo"}};
  const War set = read_good(p, overlay);
  EXPECT_EQ(number(set, "scenario.laws.fire.timing").distribution.a, 1);
}

TEST(ScenarioToml, a_word_that_is_no_choice_is_found) {
  TestPackage p;
  p.edit("scenario.toml", "[laws.fire]", "[laws.fire]\ntiming = \"salvos\"");
  const Overlay overlay{.settings = {"scenario.laws.fire.timing=never", "scenario.laws.fire.timing=3"}};
  EXPECT_EQ(mistakes(p, overlay), (Lines{"scenario.toml:11:10: unknown choice `salvos`; did you mean `salvo`?",
                                         "--set: unknown choice `never`; known are continuous, salvo, turns",
                                         "--set: scenario.laws.fire.timing is 3, which is no value of a choice; write "
                                         "one of continuous, salvo, turns"}));
}

TEST(ScenarioToml, a_switch_takes_its_values_and_nothing_else_wherever_it_is_written) {
  const std::string takes = "; write true or false (1 or 0), or either(0, 1) where nobody knows";
  TestPackage p;
  p.edit("scenario.toml", "[laws.fire]",
         "[laws.operations]\nledger = \"yes\"\n\n[laws.fire]\non = 2\npower_law = 0..1");
  p.edit("scenario.toml", "0..1\n", "\"0..1\"\n");
  p["commands.csv"] = "id,name,doctrine,exception_ally\njoint,The joint room,priority,no\n";
  p.add("interventions.csv", "later,2016-03-01,set,scenario.laws.fire.on,,,off,");
  p.add("interventions.csv", "last,2016-03-02,set,scenario.laws.fire.on,,,2,");
  p["accounts/off.toml"] =
      "title = \"Off\"\n[[set]]\npath = \"actors.*.excluded\"\nvalue = \"never\"\nbasis = \"assumed: a test\"\n";
  p["accounts/drawn.toml"] = "title = \"Drawn\"\ndraws = \"drawn.csv\"\nbasis = \"assumed: a test\"\n";
  p["accounts/drawn.csv"] = "scenario.laws.fire.on\ntrue\nmaybe\n";
  const Overlay overlay{.settings = {"scenario.laws.operations.ledger="}};
  EXPECT_EQ(mistakes(p, overlay),
            (Lines{"scenario.toml:11:10: malformed switch `yes`" + takes,
                   "scenario.toml:14:6: on is 2, which is no value of a switch" + takes,
                   "scenario.toml:15:13: power_law is 0..1, which is no value of a switch" + takes,
                   "commands.csv:2:31: malformed switch `no`" + takes,
                   "interventions.csv:5:46: malformed switch `off`" + takes,
                   "interventions.csv:6:45: value is 2, which is no value of a switch" + takes,
                   "accounts/drawn.csv:3:1: malformed switch `maybe`" + takes,
                   "accounts/off.toml:4:9: malformed switch `never`" + takes, "--set: malformed switch ``" + takes}));
}

TEST(ScenarioToml, a_switch_needs_no_basis_and_may_be_uncertain) {
  TestPackage p;
  p["commands.csv"] = "id,name,doctrine,exception_ally\njoint,The joint room,priority,true\n";
  p.edit("scenario.toml", "[laws.fire]", "[laws.operations]\nledger = \"either(0, 0, 1)\"\n\n[laws.fire]");
  p.add("interventions.csv", "later,2016-03-01,set,scenario.laws.fire.on,,,false,");
  const War war = read_good(p);
  EXPECT_EQ(number(war, "commands.joint.exception_ally").distribution.a, 1);
  EXPECT_EQ(number(war, "interventions.later.value").distribution.a, 0);
  EXPECT_EQ(to_string(number(war, "scenario.laws.operations.ledger").distribution), "either(0, 0, 1)");
}

TEST(ScenarioToml, single_brackets_of_a_list_are_one_mistake_beside_other_lists) {
  const std::string question = "words = \"Who?\"\nmetric = \"nobody_probability\"\n";
  TestPackage p;
  p["scenario.toml"] += "\n[sets.actors]\nboth = [\"north\", \"south\"]\n";
  p.edit("accounts/rival.toml", "actors.north.kill_rate", "actors.both.kill_rate");
  ASSERT_EQ(mistakes(p), Lines{});
  const Lines told{
      "scenario.toml:19:1: question is a table, not a list of tables; write [[question]] on a line of its own, with "
      "two "
      "brackets, and its keys below"};
  const std::string before = p["scenario.toml"];
  p["scenario.toml"] = before + "[question]\n" + question;
  EXPECT_EQ(mistakes(p), told);
  p["scenario.toml"] = before + "[question]\n" + question + "\n[[question]]\n" + question;
  EXPECT_EQ(mistakes(p), told);
  p["scenario.toml"] = before + "[[question]]\n" + question + "[question] # again\n" + question;
  EXPECT_EQ(mistakes(p).size(), 1U);
  EXPECT_TRUE(mistakes(p)[0].starts_with("scenario.toml:22:1: question is a table")) << mistakes(p)[0];
}

TEST(ScenarioToml, what_a_file_that_is_not_toml_would_name_is_not_called_unknown) {
  TestPackage p;
  p["scenario.toml"] += "\n[sets.actors]\nboth = [\"north\", \"south\"]\n";
  p.edit("accounts/rival.toml", "actors.north.kill_rate", "actors.both.kill_rate");
  p.edit("scenario.toml", "cover = 0.1", "cover = ");
  EXPECT_EQ(mistakes(p).size(), 1U);
}

TEST(ScenarioToml, single_brackets_of_settings_are_one_mistake) {
  TestPackage p;
  const std::string settings = p["accounts/rival.toml"];
  const Lines told{
      "accounts/rival.toml:5:1: set is a table, not a list of tables; write [[set]] on a line of its own, with two "
      "brackets, and its keys below"};
  p["accounts/rival.toml"].replace(settings.find("[[set]]"), 7, "[set]");
  EXPECT_EQ(mistakes(p), told);
  const std::string first = p["accounts/rival.toml"];
  p["accounts/rival.toml"].replace(first.find("[[set]]"), 7, "[set]");
  EXPECT_EQ(mistakes(p), told);
  p["accounts/rival.toml"] = first.substr(0, first.find("[[set]]"));
  EXPECT_EQ(mistakes(p), told);
}

const std::vector<EditCase> kSpoiltToml = {
    {"ScenarioToml_unknown_keys_and_tables_are_named_with_the_nearest",
     {{"scenario.toml", "format = 1", "format = 1\ndescripton = \"x\""},
      {"scenario.toml", "[laws.fire]",
       "[laws.fires]\n[laws.operations]\nleast_odds = 1\n[laws.counterattack]\nleast_odds = 1\n[laws.fire]"},
      {"scenario.toml", "ally = 0.5", "aly = 0.5"},
      {"scenario.toml", "cover = 0.1", "depth = 0.1"}},
     {"scenario.toml:2:1: unknown key `descripton`; did you mean `description`?",
      "scenario.toml:9:1: unknown key `aly`; did you mean `ally`?",
      "scenario.toml:11:7: unknown law `fires`; did you mean `fire`?",
      "scenario.toml:13:1: unknown key `least_odds`; did you mean `least_win_probability`?",
      "scenario.toml:15:1: unknown key `least_odds`; did you mean `least_win_probability`?",
      "scenario.toml:21:1: unknown key `depth`; known are basis, " +
          [] {
            std::string names;
            for (const ParameterInfo& info : terrain_parameters()) {
              names += (names.empty() ? "" : ", ") + std::string(info.name);
            }
            return names;
          }()}},
    {"ScenarioToml_keys_that_are_needed_are_named",
     {{"scenario.toml", kWhole, "[terrain.plain]\n"}},
     {"scenario.toml:1:1: no format; write format = 1", "scenario.toml:1:1: no title; write title = \"...\"",
      "scenario.toml:1:1: no start; write start = 2016-01-01", "scenario.toml:1:1: no end; write end = 2016-01-01"}},
    {"ScenarioToml_values_of_the_wrong_type_are_named",
     {{"scenario.toml", kWhole, R"~(format = "1"
title = 5
description = ["x"]
start = "2016-01-01"
end = 2016-12-31T10:00:00
decision_interval_days = 7.5
default_alignment = "enemies"
questions = "Who?"
thresholds = 1
laws = [1]

[terrain.plain]
cover = ["much"]
)~"}},
     {"scenario.toml:1:10: format is a string, not a whole number; write a whole number",
      "scenario.toml:2:9: title is a whole number, not a string; put it in double quotes",
      "scenario.toml:3:15: description is a list, not a string; put it in double quotes",
      "scenario.toml:4:9: start is a string, not a date; write a date without quotes, as 2016-01-31",
      "scenario.toml:5:7: end is a time, not a date; write a date without quotes, as 2016-01-31",
      "scenario.toml:6:26: decision_interval_days is a number, not a whole number; write a whole number",
      "scenario.toml:7:21: default_alignment is a string, not a number; write a number",
      "scenario.toml:8:13: questions is a string, not a list; put it in square brackets",
      "scenario.toml:9:14: thresholds is a whole number, not a table; write [thresholds] on a line of its "
      "own, and its keys below",
      "scenario.toml:10:8: laws is a list, not a table; write [laws] on a line of its own, and its keys "
      "below",
      "scenario.toml:13:9: cover is a list, not a number; write 0.5, \"0.4..0.6\" or { value = 0.5, basis "
      "= \"...\" }",
      "scenario.toml:13:9: a number without a basis; write cover = { value = ..., basis = \"...\" }, or a "
      "basis for the table"}},
    {"ScenarioToml_another_format_is_refused",
     {{"scenario.toml", "format = 1", "format = 2"}},
     {"scenario.toml:1:10: format 2; this truel reads format = 1"}},
    {"ScenarioToml_settings_outside_their_bounds_are_found",
     {{"scenario.toml", "format = 1", "format = 1\ndecision_interval_days = 0\ndefault_alignment = -2"}},
     {"scenario.toml:2:26: a decision interval of 0 days; keep it within 1 and 3650",
      "scenario.toml:3:21: default_alignment is -2; keep it within -1 and 1"}},
    {"ScenarioToml_numbers_need_a_basis_and_bounds_like_any_other",
     {{"scenario.toml", "[terrain.plain]\nbasis = \"assumed: a test\"\ncover = 0.1",
       "[terrain.plain]\ncover = { value = 2, basis = \"c7\" }\nspeed = \"fast\""}},
     {"scenario.toml:14:19: cover is 2, above its greatest value 0.99; keep it within 0 and 0.99",
      "scenario.toml:14:30: unknown claim `c7`; add it to claims.csv, or write assumed: why",
      "scenario.toml:15:9: malformed number `fast`; write a value (1200), a range (1500..2000) or a "
      "distribution (lognormal(1200, 1.5))",
      "scenario.toml:15:9: a number without a basis; write speed = { value = ..., basis = \"...\" }, or a "
      "basis for the table"}},
    {"ScenarioToml_a_number_in_a_table_of_its_own_needs_a_value",
     {{"scenario.toml", "value = \"0.2..0.4\"", "vaule = \"0.2..0.4\""}},
     {"scenario.toml:11:13: arms_gain has no value; write { value = ..., basis = \"...\" }",
      "scenario.toml:11:15: unknown key `vaule`; did you mean `value`?"}},
    {"ScenarioToml_infinite_numbers_are_refused",
     {{"scenario.toml", "cover = 0.1", "cover = inf"}},
     {"scenario.toml:15:9: cover is not finite; write a finite number"}},
    {"ScenarioToml_a_malformed_terrain_gets_a_better_name",
     {{"scenario.toml", "[terrain.plain]", "[terrain.\"High Plain\"]\n[terrain.plain]"}},
     {"scenario.toml:13:10: malformed terrain `High Plain`; an id has small letters, digits "
      "and _, and starts with a letter: write high_plain"}},
    {"ScenarioToml_a_start_after_the_end_is_found",
     {{"scenario.toml", "end = 2016-12-31", "end = 2015-12-31"}},
     {"scenario.toml:3:9: the scenario starts on 2016-01-01, after its end on 2015-12-31; "
      "swap start and end"}},
    {"ScenarioToml_allies_and_enemies_do_not_overlap",
     {{"scenario.toml", "ally = 0.5", "ally = -0.5"}},
     {"scenario.toml:8:8: the threshold of allies, -0.5, is not above that of enemies, -0.5; "
      "two actors cannot be allies and enemies at once: choose ally above enemy"}},
    {"Account_unknown_paths_claims_and_keys_are_named_with_the_nearest",
     {{"accounts/rival.toml", "claims = [\"c1\"]", "claims = [\"c1\", \"c17\"]\nauthor = \"x\""},
      {"accounts/rival.toml", "actors.north.kill_rate", "actors.nort.kill_rate"}},
     {"accounts/rival.toml:3:17: unknown claim `c17`; did you mean `c1`?",
      "accounts/rival.toml:4:1: unknown key `author`; known are title, story, claims, over, "
      "draws, basis, fitted_until, set",
      "accounts/rival.toml:7:8: unknown path `actors.nort.kill_rate`; did you mean "
      "`actors.north.kill_rate`?"}},
    {"Account_settings_need_path_value_and_basis",
     {{"accounts/rival.toml", kWhole, "title = \"x\"\n[[set]]\npath = \"actors.north.supply\"\n[[set]]\nvalue = 1\n"}},
     {"accounts/rival.toml:2:1: no value; write value = ...", "accounts/rival.toml:4:1: no path; write path = \"...\"",
      "accounts/rival.toml:5:9: a number without a basis; write basis = \"...\" in the same "
      "[[set]]"}},
    {"Account_needs_a_good_name",
     {{"accounts/The Rival.toml", kWhole, "title = \"x\"\n"}},
     {"accounts/The Rival.toml: malformed account id `The Rival`; an id has small letters, "
      "digits and _, and starts with a letter: write the_rival"}},
    {"Sources_nested_without_end_are_refused_not_followed",
     {{"sources.json", kWhole, std::string(1'000'000, '[')}},
     {"sources.json:1:34: values nested too deeply; export the sources again as CSL-JSON"}},
    {"Account_settings_keep_within_bounds_and_come_once",
     {{"accounts/rival.toml", "value = -1", "value = -2"},
      {"accounts/rival.toml", kEnd, "[[set]]\npath = \"ties.south.west.alignment\"\nvalue = 0\nbasis = \"c1\""}},
     {"accounts/rival.toml:12:9: ties.west.south.alignment is -2, below its least value -1; keep it within -1 and 1",
      "accounts/rival.toml:15:8: duplicate path `ties.south.west.alignment`; the first is in line 11; remove one"}},
    {"Sources_need_ids_of_their_own",
     {{"sources.json", kWhole,
       "[\n  {\"id\": \"book\"},\n  {\"title\": \"x\"},\n  {\"id\": \"book\"},\n  {\"id\": \"a b\"},\n  {\"id\": "
       "7}\n]\n"}},
     {"sources.json:3:3: a source without an id; add \"id\": a short name to cite it by",
      "sources.json:4:3: duplicate source id `book`; the first is in line 2; remove or rename one",
      "sources.json:5:3: a source id with a space or semicolon in it: `a b`; a basis could not name it; replace them "
      "by _"}},
};

TEST_P(SpoiltPackage, tells_its_mistakes_to_the_letter) {
  EXPECT_EQ(mistakes(GetParam().package()), GetParam().mistakes);
}

INSTANTIATE_TEST_SUITE_P(OfScenarioToml, SpoiltPackage, testing::ValuesIn(kSpoiltToml), name_of);

}  // namespace
}  // namespace truel::scenario
