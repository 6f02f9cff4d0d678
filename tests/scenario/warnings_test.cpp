// What `truel check` warns of: each with a package that has it, and the same package without.
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "package.hpp"

namespace truel::scenario {
namespace {

struct Edit {
  std::string file;
  std::string from;  ///< "": `to` is added at the end
  std::string to;
};

void apply(const Edit& edit, TestPackage& package) {
  if (edit.from.empty()) {
    package[edit.file] += edit.to;
  } else {
    package.edit(edit.file, edit.from, edit.to);
  }
}

struct Case {
  std::string name;
  std::vector<Edit> before;  ///< of the good package
  Edit edit;                 ///< that spoils it
  std::string warning;
};

[[maybe_unused]] void PrintTo(const Case& c, std::ostream* out) {
  *out << c.name;
}

const std::string kEast = "east,The east,ground,,,0.01,,c1\n";

const std::vector<Case> kCases = {
    {"an_actor_without_forces",
     {{"actors.csv", "", kEast}, {"forces.csv", "", "east,gamma,2015-01-01,100,c1\n"}},
     {"forces.csv", "east,gamma,2015-01-01,100,c1\n", ""},
     "actors.csv:6:1: the actor `east` has no forces and never gets any; add a row to forces.csv, or remove it"},
    {"an_air_actor_without_sorties",
     {{"accounts/rival.toml", "", "\n[[set]]\npath = \"actors.sky.sorties_per_day\"\nvalue = 3\nbasis = \"c1\"\n"}},
     {"accounts/rival.toml", "actors.sky.sorties_per_day", "actors.sky.speed_km_per_day"},
     "actors.csv:5:1: the actor `sky` has no forces and never gets any; give its sorties_per_day, or remove it"},
    {"an_actor_without_enemies",
     {{"actors.csv", "", kEast},
      {"forces.csv", "", "east,gamma,2015-01-01,100,c1\n"},
      {"ties.csv", "", "north,east,-1,,c1\n"}},
     {"ties.csv", "north,east,-1,,c1\n", ""},
     "actors.csv:6:1: the actor `east` has no enemy and never gets one; an alignment of -0.5 or less makes enemies: "
     "look at ties.csv and default_alignment"},
    {"forces_that_begin_late",
     {},
     {"forces.csv", "south,*,2015-01-01,3000", "south,*,2016-02-01,3000"},
     "forces.csv:4:20: `south` has no fighters on the first day, 2016-01-01: its rows in forces.csv begin on "
     "2016-02-01; give its strength of the first day or before, or let it arrive by an intervention"},
    {"fighters_whom_no_place_takes",
     {{"actors.csv", "", kEast},
      {"forces.csv", "", "east,gamma,2015-01-01,100,c1\n"},
      {"ties.csv", "", "north,east,-1,,c1\n"}},
     {"forces.csv", "east,gamma,", "east,*,"},
     "forces.csv:7:19: the fighters of `east` are spread over the places that it or its friends hold on the first day, "
     "and these are none: they are lost; name a place in the row, or give the actor one in control.csv"},
    {"an_unknown_confidence",
     {},
     {"control.csv", "2016-12-31,north,high", "2016-12-31,north,hihg"},
     "control.csv:2:35: unknown confidence `hihg`; write high, medium or low, or leave the cell empty"},
    {"an_actor_that_is_its_own_sponsor",
     {},
     {"sponsors.csv", "south,neighbour", "south,south"},
     "sponsors.csv:2:7: `south` is its own sponsor; name who helps it from outside"},
    {"strengths_at_places_beyond_the_whole",
     {},
     {"forces.csv", "north,alpha,2015-01-01,1000", "north,alpha,2015-01-01,7000"},
     "forces.csv:2:20: `north` has 5000 fighters in all on the first day, 2016-01-01, and 7000 at the places named "
     "(medians); a row with a place is a part of the whole: raise the whole, or runs begin with fewer there"},
    {"a_holder_who_comes_late",
     {},
     {"control.csv", "gamma,2015-01-01", "gamma,2016-01-11"},
     "control.csv:6:1: nobody holds `gamma` on the first day, 2016-01-01: this spell begins 10 days later; say who "
     "holds it on the first day; none and contested are answers, too"},
    {"forces_where_nobody_holds",
     {{"forces.csv", "", "west,gamma,2015-01-01,100,c1\n"}},
     {"control.csv", "gamma,2015-01-01,2016-12-31,west,,,\"taken early, held since\"\n", ""},
     "forces.csv:7:23: forces of `west` at `gamma`, which nobody holds on the first day, 2016-01-01; say in "
     "control.csv who holds it; none and contested are answers, too"},
    {"a_road_shorter_than_the_air_line",
     {},
     {"links.csv", "M5,60", "M5,30"},
     "links.csv:2:26: the road from `alpha` to `beta_east` is 30 km long, the air line 55 km; look at latitude and "
     "longitude of both, and at road_km"},
    {"a_rate_of_killing_beyond_all_wars",
     {},
     {"actors.csv", "#112233,0.01,,c1", "#112233,2,,c1"},
     "actors.csv:2:33: kill_rate is 2 a fighter and day: in the wars that come with truel at most 0.04; it is of a "
     "fighter and day, as in 2000 fighters that kill 4 a day: 0.002"},
    {"coordinates_far_from_the_road",
     {},
     {"places.csv", "alpha,Alpha,35.0", "alpha,Alpha,45.0"},
     "links.csv:2:26: the coordinates put `alpha` and `beta_east` 1055 km apart, their road is 60 km long; look at "
     "latitude and longitude of both, and at road_km"},
    {"roads_longer_than_a_reach_that_nobody_wrote",
     {{"scenario.toml", "", "\n[laws.operations]\n"},
      {"links.csv", "M5,60", "M5,60..500"},
      {"links.csv", ",,,57,", ",,,157,"}},
     {"links.csv", "M5,60..500", "M5,160..500"},
     "commands.csv: 2 of 3 roads are longer than reach_km of `joint` (150 km): its men do not march so far to attack; "
     "raise reach_km in commands.csv"},
    {"roads_longer_than_the_reach_of_everybody",
     {{"scenario.toml", "", "\n[laws.operations]\n"},
      {"actors.csv", "north,The north,ground,,", "north,The north,ground,alone,"},
      {"commands.csv", "temperature,basis", "temperature,reach_km,basis"},
      {"commands.csv", "priority,0.3,", "priority,0.3,20..50,"},
      {"commands.csv", "", "alone,The north alone,priority,0.3,100,assumed: a test\n"}},
     {"commands.csv", "alone,priority,0.3,100", "alone,priority,0.3,0"},
     "commands.csv:2:35: 2 of 3 roads are longer than reach_km of `joint` (50 km): its men do not march so far to "
     "attack; raise reach_km in commands.csv"},
    {"positions_that_differ_by_rounding",
     {{"positions.csv", "", "actor,issue,position,basis\nnorth,rule,60,c1\nsouth,rule,60,c1\n"}},
     {"positions.csv", "south,rule,60,", "south,rule,60.00000000001,"},
     "positions.csv:3:12: `north` and `south` differ on `rule` by rounding alone: 60 and 60.00000000001; write the "
     "same "
     "digits for the same position"},
    {"a_basis_without_its_number",
     {{"positions.csv", "", "actor,issue,position,salience,salience_basis,basis\nnorth,rule,60,1,c1,c1\n"}},
     {"positions.csv", "60,1,c1", "60,,c1"},
     "positions.csv:2:16: a basis without its number salience; fill the cell, or empty this one"},
    {"a_table_of_draws_that_no_account_names",
     {},
     {"accounts/fitted.csv", "", "actors.north.kill_rate\n0.02\n"},
     "accounts/fitted.csv: a table of draws that no account names; write draws = \"...\" in an account, or remove the "
     "file"},
    {"a_set_without_members",
     {{"scenario.toml", "", "\n[sets.actors]\nsome = [\"north\"]\n"}},
     {"scenario.toml", "[\"north\"]", "[]"},
     "scenario.toml:18:1: the set `some` has no members; give it some, or remove it"},
    {"a_metric_twice",
     {{"scenario.toml", "",
       "\n[[question]]\nwords = \"Who?\"\nmetric = [\"actors.north.losses\", \"actors.south.losses\"]\n"}},
     {"scenario.toml", "actors.south.losses", "actors.north.losses"},
     "scenario.toml:19:34: a second `actors.north.losses` in the list; remove one"},
    {"metrics_of_two_kinds",
     {{"scenario.toml", "",
       "\n[[question]]\nwords = \"Who?\"\nmetric = [\"actors.north.losses\", \"actors.south.losses\"]\n"}},
     {"scenario.toml", "actors.south.losses", "actors.south.value_share"},
     "scenario.toml:19:34: `actors.south.value_share` is a share and `actors.north.losses` a count, in one list; a "
     "list "
     "puts the greatest first: ask for each kind in a question of its own"},
    {"a_threshold_that_nothing_passes",
     {{"scenario.toml", "",
       "\n[[question]]\nwords = \"Does it?\"\nmetric = \"actors.north.value_share\"\nthreshold = 0.5\nyes = "
       "\"Yes\"\nno = \"No\"\n"}},
     {"scenario.toml", "threshold = 0.5", "threshold = 50"},
     "scenario.toml:20:13: `actors.north.value_share` is a share and can never be above 50; write 0.5 for 50 %"},
    {"an_account_twice",
     {{"accounts/other.toml", "", "title = \"Another\"\nstory = \"Or so.\"\nclaims = [\"c1\"]\n"},
      {"scenario.toml", "",
       "\n[[question]]\nwords = \"Who?\"\nmetric = \"actors.north.losses\"\naccounts = [\"rival\", \"other\"]\n"}},
     {"scenario.toml", "\"rival\", \"other\"", "\"rival\", \"rival\""},
     "scenario.toml:20:22: `rival` is named twice; name it once"},
    {"a_number_whose_law_is_off",
     {{"scenario.toml", "", "\n[laws.recruitment]\n"}},
     {"scenario.toml", "\n[laws.recruitment]\n", ""},
     "actors.csv:3:61: `actors.south.recruits_per_day` changes nothing; it acts where laws.recruitment.on is true; see "
     "to that, or remove it"},
    {"a_constant_whose_switch_is_off",
     {{"scenario.toml", "", "\n[laws.siege]\ndays = { value = 30, basis = \"c1\" }\n[laws.operations]\n"}},
     {"scenario.toml", "[laws.operations]\n", ""},
     "scenario.toml:17:7: 2 numbers change nothing: laws.siege.on, laws.siege.days; they act where laws.operations.on "
     "is true; see to that, or remove them"},
    {"a_column_of_dead_numbers_once",
     {{"scenario.toml", "", "\n[laws.settlement]\n"},
      {"positions.csv", "",
       "actor,issue,position,basis\nnorth,rule,1,c1\nsouth,rule,2,c1\nwest,rule,3,c1\nwest,oil,3,c1\n"}},
     {"scenario.toml", "[laws.settlement]\n", ""},
     "positions.csv:2:12: `position` changes nothing in lines 2, 3, 4 and 1 more; they act where laws.settlement.on is "
     "true; see to that, or remove them"},
    {"a_setting_of_an_account_that_changes_nothing",
     {{"scenario.toml", "", "\n[laws.siege]\n[laws.operations]\n"}},
     {"accounts/rival.toml", "actors.north.kill_rate", "actors.north.freeing_per_day"},
     "accounts/rival.toml:7:9: `actors.north.freeing_per_day` changes nothing; it acts where laws.loyalty.on is true; "
     "see to that, or remove it"},
    {"a_setting_whose_law_its_account_switches_off",
     {{"interventions.csv", "", "drill,2016-03-02,set,actors.south.kill_rate,,,0.03,c1\n"}},
     {"accounts/rival.toml", "",
      "\n[[set]]\npath = \"scenario.laws.fire.on\"\nvalue = false\nbasis = \"assumed: a test\"\n"},
     "accounts/rival.toml:7:9: `actors.north.kill_rate` changes nothing in the account `rival`; it acts where "
     "laws.fire.on is true, or where laws.front_fire.on is true; see to that, or leave it out"},
    {"an_alignment_of_an_account_that_passes_no_threshold",
     {},
     {"accounts/rival.toml", "value = -1\n", "value = \"0.5..0.6\"\n"},
     "accounts/rival.toml:12:9: `ties.south.west.alignment` changes nothing in the account `rival`; both are friends "
     "without it too, and alignments act at the thresholds alone; pass one, or leave it out"},
    {"a_weight_under_a_doctrine_that_ignores_it",
     {{"actors.csv", "north,The north,ground,,", "north,The north,ground,alone,"},
      {"commands.csv", "temperature,basis", "temperature,weight_vital,basis"},
      {"commands.csv", "priority,0.3,", "priority,0.3,1,"},
      {"commands.csv", "", "alone,The north alone,priority,0.3,1,assumed: a test\n"}},
     {"commands.csv", "The joint room,priority", "The joint room,fixed"},
     "commands.csv:2:32: `commands.joint.weight_vital` changes nothing; it acts where commands.doctrine is priority; "
     "see to that, or remove it"},
    {"a_temperature_of_a_command_without_weights",
     {{"actors.csv", "north,The north,ground,,", "north,The north,ground,alone,"},
      {"commands.csv", "temperature,basis", "temperature,weight_vital,basis"},
      {"commands.csv", "priority,0.3,", "priority,0.3,1,"},
      {"commands.csv", "", "alone,The north alone,priority,0.3,1,assumed: a test\n"}},
     {"commands.csv", "alone,priority,0.3,1", "alone,priority,0.3,0"},
     "commands.csv:3:32: `commands.alone.temperature` changes nothing; it acts where commands.weight_vital is not 0, "
     "or where commands.weight_backing is not 0, or where commands.weight_horizon is not 0; see to that, or remove it"},
    {"a_bargain_for_which_its_own_command_has_no_weight",
     {{"actors.csv", "north,The north,ground,,", "north,The north,ground,alone,"},
      {"commands.csv", "temperature,basis", "temperature,weight_bargain,basis"},
      {"commands.csv", "priority,0.3,", "priority,0.3,1,"},
      {"commands.csv", "", "alone,The north alone,priority,0.3,1,assumed: a test\n"},
      {"accounts/rival.toml", "actors.north.kill_rate", "ties.south.north.bargain"}},
     {"commands.csv", "The joint room,priority,0.3,1", "The joint room,priority,0.3,0"},
     "accounts/rival.toml:7:9: `ties.south.north.bargain` changes nothing; it acts where actors.*.income is given and "
     "ties.*.trade is not 0 and laws.income.on is true, or where weight_bargain of its command is not 0; see to that, "
     "or remove it"},
    {"trade_of_an_actor_that_no_income_pays",
     {{"scenario.toml", "", "\n[laws.income]\n"},
      {"accounts/rival.toml", "actors.north.kill_rate", "ties.south.north.trade"},
      {"accounts/rival.toml", "",
       "\n[[set]]\npath = [\"actors.south.income\", \"actors.south.desertion_per_day\", \"ties.south.north.bargain\", "
       "\"ties.west.north.bargain\"]\nvalue = 0.5\nbasis = \"assumed: a test\"\n"}},
     {"accounts/rival.toml", "ties.south.north.trade", "ties.west.north.trade"},
     "accounts/rival.toml:7:9: `ties.west.north.trade` changes nothing; it acts where income of the first of the two "
     "is "
     "given and desertion_per_day of the first of the two is not 0, or where income of the first of the two is given "
     "and laws.defection.on is true and laws.defection.unpaid_gain is not 0; see to that, or remove it"},
    {"a_strength_that_a_later_row_replaces_before_any_run_begins",
     {},
     {"forces.csv", "", "west,*,2014-06-01,500,c1\n"},
     "forces.csv:7:19: `forces.west.all.2014-06-01` changes nothing; it acts where control.csv begins before "
     "2015-01-01, "
     "when a later row takes its place; see to that, or remove it"},
    {"the_value_of_a_dated_change_that_an_account_leaves_off",
     {{"interventions.csv", "value,basis", "value,on,basis"},
      {"interventions.csv", "1.5,c1", "1.5,false,c1"},
      {"interventions.csv", "100..200,c1", "100..200,,c1"},
      {"interventions.csv", "50,c1", "50,,c1"},
      {"accounts/rival.toml", "actors.north.kill_rate", "interventions.guns.value"},
      {"accounts/rival.toml", "",
       "\n[[set]]\npath = \"interventions.guns.on\"\nvalue = true\nbasis = \"assumed: a test\"\n"}},
     {"accounts/rival.toml", "value = true", "value = false"},
     "accounts/rival.toml:7:9: `interventions.guns.value` changes nothing in the account `rival`; it acts where "
     "interventions.on is true; see to that, or leave it out"},
    {"a_later_alignment_of_an_account_that_passes_no_threshold",
     {{"interventions.csv", "", "truce,2016-06-01,set,ties.north.south.alignment,,,0.1,c1\n"},
      {"accounts/rival.toml", "actors.north.kill_rate", "interventions.truce.value"},
      {"accounts/rival.toml", "\"0.02..0.04\"", "\"0.5..0.6\""}},
     {"accounts/rival.toml", "\"0.5..0.6\"", "\"0.2..0.3\""},
     "accounts/rival.toml:7:9: `interventions.truce.value` changes nothing in the account `rival`; both are neutral at "
     "the package's value too, and alignments act at the thresholds alone; pass one, or leave it out"},
    {"a_setting_that_a_dated_change_sets_anew",
     {{"interventions.csv", "actors.north.supply", "actors.south.supply"}},
     {"interventions.csv", "actors.south.supply", "actors.north.kill_rate"},
     "accounts/rival.toml:7:9: account `rival` sets actors.north.kill_rate; the dated change `guns` sets it anew on "
     "2016-03-01; set interventions.guns.on = false in the account too, or leave it"},
    {"an_alignment_that_a_dated_change_sets_anew",
     {{"interventions.csv", "actor,place_id,value,basis", "actor,place_id,value,on,other,basis"},
      {"interventions.csv", "1.5,c1", "1.5,,,c1"},
      {"interventions.csv", "100..200,c1", "100..200,,,c1"},
      {"interventions.csv", "50,c1", "50,,,c1"},
      {"interventions.csv", "", "pact,2016-06-01,realign,,south,,0.9,false,west,c1\n"}},
     {"interventions.csv", "0.9,false,west", "0.9,,west"},
     "accounts/rival.toml:12:9: account `rival` sets ties.west.south.alignment; the dated change `pact` sets it anew "
     "on 2016-06-01; set interventions.pact.on = false in the account too, or leave it"},
    {"a_dated_change_of_what_changes_nothing",
     {},
     {"interventions.csv", "actors.north.supply", "actors.north.freeing_per_day"},
     "interventions.csv:2:52: `actors.north.freeing_per_day` changes nothing; it acts where laws.loyalty.on is true; "
     "see to that, or remove it"},
};

class Warnings : public testing::TestWithParam<Case> {};

TEST_P(Warnings, are_told_of_a_package_that_has_them_and_of_no_other) {
  const Case& c = GetParam();
  TestPackage package;
  for (const Edit& edit : c.before) {
    apply(edit, package);
  }
  const Lines good = warnings(package);
  EXPECT_EQ(std::count(good.begin(), good.end(), c.warning), 0);
  apply(c.edit, package);
  const Lines bad = warnings(package);
  EXPECT_EQ(std::count(bad.begin(), bad.end(), c.warning), 1) << testing::PrintToString(bad);
  Diagnostics found;
  ASSERT_TRUE(package.read({}, found));
  for (const Diagnostic& d : found) {
    EXPECT_EQ(d.account, d.where.file.ends_with("accounts/rival.toml") ? "rival" : "") << to_string(d);
  }
}

INSTANTIATE_TEST_SUITE_P(Each, Warnings, testing::ValuesIn(kCases), [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace truel::scenario
