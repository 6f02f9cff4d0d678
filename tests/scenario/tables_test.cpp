// The mistakes of tables: each is spoilt into the good package alone, and its message is checked to the letter.
#include <gtest/gtest.h>

#include "package.hpp"
#include "truel/base/index.hpp"

namespace truel::scenario {
namespace {

constexpr const char* kDeathScores =
    "from_date,to_date,score,model,account,value,difference,low,high,against,pairs,months,runs\n";

TEST(DeathScores, are_read_in_one_order) {
  TestPackage p;
  p["death_scores.csv"] = std::string(kDeathScores) +
                          "2015-01-01,2015-12-31,crps,truel,base,60.5,20,-3,41.5,last-year,18,12,1000\n" +
                          "2015-01-01,2015-12-31,crps,last-year,,40.5,,,,,18,12,1000\n";
  const std::vector<DeathScore> scores = read_good(p).death_scores;
  ASSERT_EQ(scores.size(), 2U);
  EXPECT_EQ(scores[0].model, "last-year");
  EXPECT_FALSE(scores[0].difference);
  EXPECT_EQ(scores[1].account, "base");
  EXPECT_EQ(scores[1].value, 60.5);
  EXPECT_EQ(scores[1].against, "last-year");
  EXPECT_EQ(scores[1].difference.value().low, -3);
  EXPECT_EQ(scores[1].pairs, 18);
}

TEST(Files, one_that_is_needed_and_missing_is_named) {
  for (const std::string name : {"scenario.toml", "actors.csv", "places.csv", "control.csv", "forces.csv"}) {
    TestPackage p;
    p.remove(name);
    const bool is_of_the_map = name == "places.csv" || name == "control.csv" || name == "forces.csv";
    EXPECT_EQ(mistakes(p), (Lines{name + ": missing file; every package " + (is_of_the_map ? "with a map " : "") +
                                  "needs it; `truel new DIR` writes an example"}));
  }
}

TEST(Files, those_that_are_not_needed_may_be_missing) {
  TestPackage p;
  for (const std::string name : {"links.csv", "support.csv", "sponsors.csv", "interventions.csv"}) {
    p.remove(name);
  }
  EXPECT_EQ(mistakes(p), Lines{});
}

TEST(Files, a_war_needs_actors_and_places) {
  TestPackage p;
  p["actors.csv"] = "id\n";
  EXPECT_EQ(mistakes(p)[0], "actors.csv:1: no actors; add at least one row");
}

TEST(Files, utf8_that_no_character_has_is_found) {
  for (const std::string bytes : {"\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\x80"}) {
    TestPackage p;
    p.edit("places.csv", "Gamma", bytes);
    ASSERT_EQ(mistakes(p).size(), 1U);
    EXPECT_EQ(mistakes(p)[0].substr(0, 43), "places.csv:5:7: bytes that are not UTF-8 (0");
  }
}

TEST(Files, control_characters_are_mistakes) {
  for (const auto& [bytes, name] : {std::pair{std::string(1, '\0'), "00"}, {"\b", "08"}, {"\x7F", "7F"}}) {
    TestPackage p;
    p.edit("places.csv", "Gamma", bytes);
    EXPECT_EQ(mistakes(p), (Lines{"places.csv:5:7: a control character (0x" + std::string(name) +
                                  "); remove it, or save the file as UTF-8 text"}));
  }
}

TEST(Files, an_optional_table_under_a_misspelt_name_is_noticed) {
  TestPackage p;
  p["suport.csv"] = p["support.csv"];
  p.remove("support.csv");
  EXPECT_EQ(mistakes(p), (Lines{"suport.csv: a file that the format does not know; did you mean `support.csv`?"}));
}

TEST(Files, an_account_under_a_misspelt_name_is_noticed) {
  TestPackage p;
  p["accounts/other.tml"] = p["accounts/rival.toml"];
  EXPECT_EQ(mistakes(p), (Lines{"accounts/other.tml: a file that the format does not know; did you mean `.toml`?"}));
}

TEST(Files, no_account_has_the_name_of_the_basic_model) {
  TestPackage p;
  p["accounts/base.toml"] = p["accounts/rival.toml"];
  EXPECT_EQ(
      mistakes(p),
      (Lines{
          "accounts/base.toml: an account of the name base, which is the basic model's; give the file another name"}));
}

TEST(Files, a_folder_in_the_place_of_a_file_is_a_mistake) {
  TestPackage p;
  p.remove("links.csv");
  p["links.csv/x"] = "";
  EXPECT_EQ(mistakes(p), (Lines{"links.csv: not a file; put a text file here"}));
}

TEST(Files, one_beyond_any_sensible_size_is_refused) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "places.csv";
  std::FILE* file = std::fopen(path.c_str(), "wb");
  ASSERT_NE(file, nullptr);
  ASSERT_EQ(std::fseek(file, 100L << 20, SEEK_SET), 0);  // sparse: takes no room on the disk
  std::fputc('x', file);
  std::fclose(file);
  const Result<War> war = read(folder.path());
  ASSERT_FALSE(war.has_value());
  const Diagnostics& all = war.error();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Diagnostic& d) { return d.where.file == path.generic_string(); });
  ASSERT_NE(found, all.end());
  EXPECT_EQ(found->what, "a file of 104857601 bytes");
  EXPECT_EQ(found->hint, "keep it below 64 MiB");
}

TEST(Numbers, that_thin_out_beyond_a_bound_are_judged_by_their_centre) {
  TestPackage p;
  p.edit("support.csv", "0.5", "\"normal(0.5, 0.3)\"");
  EXPECT_EQ(mistakes(p), Lines{});
  p.edit("support.csv", "normal(0.5, 0.3)", "beta(5, 5)");
  EXPECT_EQ(mistakes(p), Lines{});
  p.edit("support.csv", "beta(5, 5)", "lognormal(1.2, 1.1)");
  EXPECT_EQ(mistakes(p)[0], "support.csv:4:28: share is about 1.2, above its greatest value 1; keep it within 0 and 1");
}

TEST(Numbers, take_the_basis_of_their_column_before_that_of_their_row) {
  TestPackage p;
  p["commands.csv"] =
      "id,name,doctrine,temperature,hold_ratio,hold_ratio_basis,basis\njoint,,fixed,0.3,0.5,assumed: own,c1\n";
  const War war = read_good(p);
  EXPECT_EQ(number(war, "commands.joint.temperature").basis, "c1");
  EXPECT_EQ(number(war, "commands.joint.hold_ratio").basis, "assumed: own");
}

TEST(Actors, are_their_own_commands_without_commands_csv) {
  TestPackage p;
  p.remove("commands.csv");
  EXPECT_EQ(mistakes(p), (Lines{"actors.csv:3:24: command `joint` without commands.csv; add commands.csv, or leave the "
                                "cell empty: each actor is then its own command",
                                "actors.csv:4:16: command `joint` without commands.csv; add commands.csv, or leave the "
                                "cell empty: each actor is then its own command"}));
  p.edit("actors.csv", "ground,joint", "ground,").edit("actors.csv", ",joint", ",");
  const War war = read_good(p);
  ASSERT_EQ(war.commands.size(), 4U);
  for (const Actor& actor : war.actors) {
    const Command& command = war.commands[static_cast<std::size_t>(actor.command)];
    EXPECT_EQ(command.id, actor.id);
    const Parameter& doctrine = number(war, "commands." + actor.id + ".doctrine");
    EXPECT_EQ(doctrine.distribution.a, static_cast<double>(Doctrine::fixed));
    EXPECT_FALSE(doctrine.is_given);
  }
}

TEST(Commands, have_a_doctrine_that_needs_no_basis_of_its_own) {
  TestPackage p;
  p["commands.csv"] = "id,doctrine,doctrine_basis\njoint,best-response,\n";
  auto war = p.read();
  ASSERT_TRUE(war.has_value());
  EXPECT_EQ(number(*war, "commands.joint.doctrine").distribution.a, static_cast<double>(Doctrine::best_response));
  EXPECT_EQ(number(*war, "commands.joint.doctrine").basis, "switch");
  p["commands.csv"] = "id,doctrine,doctrine_basis\njoint,priority,c1\n";
  war = p.read();
  ASSERT_TRUE(war.has_value());
  EXPECT_EQ(number(*war, "commands.joint.doctrine").basis, "c1");
  p["commands.csv"] = "id,doctrine,doctrine_basis\njoint,priority,c2\n";
  EXPECT_EQ(mistakes(p), (Lines{"commands.csv:2:16: unknown claim `c2`; add it to claims.csv, or write assumed: why"}));
}

TEST(Commands, take_another_doctrine_from_an_account_or_a_setting) {
  TestPackage p;
  p["accounts/game.toml"] =
      "title = \"A game\"\n[[set]]\npath = \"commands.joint.doctrine\"\nvalue = \"best-response\"\nbasis = \"c1\"\n";
  const War base = read_good(p);
  EXPECT_EQ(number(base, "commands.joint.doctrine").distribution.a, static_cast<double>(Doctrine::priority));
  const War account = read_good(p, {.accounts = {"game"}});
  EXPECT_EQ(number(account, "commands.joint.doctrine").distribution.a, static_cast<double>(Doctrine::best_response));
  const War set = read_good(p, {.accounts = {"game"}, .settings = {"commands.joint.doctrine=fixed"}});
  EXPECT_EQ(number(set, "commands.joint.doctrine").distribution.a, static_cast<double>(Doctrine::fixed));
  p.edit("accounts/game.toml", "best-response", "best-respons");
  EXPECT_EQ(mistakes(p),
            (Lines{"accounts/game.toml:4:9: unknown choice `best-respons`; did you mean `best-response`?"}));
}

TEST(Control, a_spell_inside_a_longer_one_overlaps_it_whatever_lies_between) {
  TestPackage p;
  p["control.csv"] =
      "place_id,from_date,to_date,controller\nalpha,2015-01-01,2016-12-31,north\nalpha,2015-02-01,2015-02-02,west\n"
      "alpha,2015-03-01,2015-03-02,south\n";
  EXPECT_EQ(mistakes(p).size(), 2U);
}

TEST(Sponsors, without_dates_last_for_ever) {
  TestPackage p;
  p["sponsors.csv"] = "recipient,sponsor\nsouth,neighbour\n";
  const War war = read_good(p);
  EXPECT_LT(war.sponsors.at(0).from, war.start);
  EXPECT_GT(war.sponsors.at(0).to, war.end);
}

TEST(Interventions, change_allegiances) {
  TestPackage p;
  p["interventions.csv"] =
      "id,date,action,path,actor,place_id,value,other,compliance,dissenters,basis\n"
      "line,2016-03-01,realign,,north,,-0.8..-0.6,west,0.6..0.9,south,c1\n"
      "oath,2016-04-01,pledge,,west,,,north,,,\n"
      "union,2016-05-01,merge,,south,,,west,0.75,,c1\n";
  const War war = read_good(p);
  const Intervention& line = war.interventions[0];
  EXPECT_EQ(line.action, InterventionAction::realign);
  EXPECT_EQ(war.actors[at(line.actor)].id, "north");
  EXPECT_EQ(war.actors[at(line.other)].id, "west");
  EXPECT_EQ(war.actors[at(line.dissenters)].id, "south");
  EXPECT_EQ(number(war, "interventions.line.value").least, -1);
  EXPECT_EQ(to_string(number(war, "interventions.line.compliance").distribution), "0.6..0.9");
  EXPECT_EQ(war.interventions[1].dissenters, kNone);
  EXPECT_EQ(number(war, "interventions.oath.value").distribution.a, 1);
  EXPECT_EQ(number(war, "interventions.oath.compliance").distribution.a, 1);
  EXPECT_EQ(war.interventions[2].compliance, war.find_parameter("interventions.union.compliance"));
}

TEST(Interventions, that_change_allegiances_say_who_and_how_many) {
  TestPackage p;
  const auto lines = [&](std::string_view rows) {
    p["interventions.csv"] =
        "id,date,action,path,actor,place_id,value,other,compliance,dissenters,basis\n" + std::string(rows) + "\n";
    return mistakes(p);
  };
  EXPECT_EQ(lines("x,2016-03-01,realign,,north,alpha,,west,,,"),
            (Lines{"interventions.csv:2:29: a place of an action realign; leave the cell empty",
                   "interventions.csv:2:35: no value; write the new alignment"}));
  EXPECT_EQ(lines("x,2016-03-01,realign,,north,,-2,west,1.5,,c1"),
            (Lines{"interventions.csv:2:30: value is -2, below its least value -1; keep it within -1 and 1",
                   "interventions.csv:2:38: compliance is 1.5, above its greatest value 1; keep it within 0 and 1; "
                   "write 0.015 for 1.5 %"}));
  EXPECT_EQ(lines("x,2016-03-01,pledge,actors.north.side,north,,1,,,,c1"),
            (Lines{"interventions.csv:2:21: a path of an action pledge; leave the cell empty",
                   "interventions.csv:2:48: no other actor; fill the cell"}));
  EXPECT_EQ(lines("x,2016-03-01,merge,,north,,-1,west,,,c1"),
            (Lines{"interventions.csv:2:28: value is -1, below its least value 0; keep it within 0 and 1"}));
  EXPECT_EQ(
      lines("x,2016-03-01,merge,,north,,,north,0.5,north,c1"),
      (Lines{"interventions.csv:2:29: the actor `north` itself as the other; name the actor with whom it is to merge",
             "interventions.csv:2:39: dissenters who join `north`; name a third actor, or leave the cell empty: they "
             "go home"}));
  EXPECT_EQ(
      lines("x,2016-03-01,merge,,north,,,sky,0.5,sky,c1"),
      (Lines{"interventions.csv:2:29: a merger with the air actor `sky`; set the sorties_per_day of both instead",
             "interventions.csv:2:37: fighters who join the air actor `sky`; name a ground actor, or leave the cell "
             "empty: they go home"}));
  EXPECT_EQ(lines("x,2016-03-01,leave,,north,,50,west,9.5,south,c1"),
            (Lines{"interventions.csv:2:31: another actor of an action leave; leave the cell empty",
                   "interventions.csv:2:36: compliance of an action leave; leave the cell empty",
                   "interventions.csv:2:40: dissenters of an action leave; leave the cell empty"}));
}

TEST(Interventions, that_end_with_another_have_no_end_of_their_own) {
  TestPackage p;
  const auto lines = [&](std::string_view rows) {
    p["interventions.csv"] = "id,date,action,path,actor,value,other,ends_per_day,half_rate_days,ends_with,basis\n" +
                             std::string(rows) + "\n";
    return mistakes(p);
  };
  const std::string first = "x,2016-03-01,realign,,north,0,south,0.1,5,,c1\n";
  EXPECT_EQ(lines(first + "y,2016-03-01,realign,,north,0,west,,,x,c1"), Lines{});
  const War war = read_good(p);
  EXPECT_EQ(war.interventions[1].ends, war.interventions[0].ends);
  EXPECT_EQ(war.interventions[1].half_rate, war.interventions[0].half_rate);
  EXPECT_EQ(war.find_parameter("interventions.y.ends_per_day"), kNone);
  EXPECT_EQ(lines(first + "y,2016-03-01,realign,,north,0,west,0.2,9,x,c1"),
            (Lines{"interventions.csv:3:36: ends_per_day beside ends_with; leave the cell empty: `x` has it for both",
                   "interventions.csv:3:40: half_rate_days beside ends_with; leave the cell empty: `x` has it for "
                   "both"}));
  const std::string hint =
      "name the id of a set or realign whose ends_per_day holds for this row, too, or leave the "
      "cell empty";
  EXPECT_EQ(lines(first + "y,2016-03-01,realign,,north,0,west,,,y,c1"),
            (Lines{"interventions.csv:3:38: no change `y` with an end of its own; " + hint}));
  EXPECT_EQ(lines(first + "y,2016-03-01,leave,,north,50,,,,x,c1"),
            (Lines{"interventions.csv:3:33: ends_with of an action leave; leave the cell empty"}));
}

TEST(Interventions, that_happen_only_with_another_come_last_and_name_one_that_stands_by_itself) {
  TestPackage p;
  const auto lines = [&](std::string_view rows) {
    p["interventions.csv"] = "id,date,action,actor,value,other,only_with,basis\n" + std::string(rows) + "\n";
    return mistakes(p);
  };
  const std::string first = "x,2016-03-01,realign,north,0,south,,c1\n";
  EXPECT_EQ(lines(first + "a,2016-03-01,realign,north,0,west,x,c1\nz,2016-04-01,realign,south,0,west,,c1"), Lines{});
  const War war = read_good(p);
  EXPECT_EQ(war.interventions[2].id, "a");  // the draws of the others are as without it
  EXPECT_EQ(war.interventions[2].other_on, war.interventions[0].on);
  EXPECT_EQ(war.interventions[1].other_on, kNone);
  const std::string hint = "name the id of a row of that day or before, or leave the cell empty: it happens by itself";
  const auto refused = [&](std::string_view name) {
    return Lines{"interventions.csv:3:35: no change `" + std::string(name) + "` by then that depends on no other; " +
                 hint};
  };
  EXPECT_EQ(lines(first + "y,2016-03-01,realign,north,0,west,y,c1"), refused("y"));
  EXPECT_EQ(lines("x,2016-03-02,realign,north,0,south,,c1\ny,2016-03-01,realign,north,0,west,x,c1"), refused("x"));
}

TEST(Mistakes, of_all_tables_are_listed_at_once) {
  TestPackage p;
  p.edit("scenario.toml", "title = \"A test\"", "titel = \"A test\"");
  p.edit("actors.csv", "#112233", "blue");
  p.edit("commands.csv", "priority", "best");
  p.edit("places.csv", "35.0,37.0", "351.0,37.0");
  p.edit("links.csv", "57", "-57");
  p.edit("control.csv", "2015-06-30", "2015-06-31");
  p.edit("forces.csv", "4000..6000", "4000-6000");
  p.edit("support.csv", "beta_west", "beta_wset");
  p.edit("ties.csv", "-0.8", "-1.8");
  p.edit("sponsors.csv", "100,c1", "100,c9");
  p.edit("interventions.csv", "2016-03-01", "2017-03-01");
  p.edit("claims.csv", "c1,book", "c1,");
  p.edit("sources.json", "\"paper\"", "\"book\"");
  p.edit("accounts/rival.toml", "kill_rate", "kil_rate");
  const std::vector<std::string> files{
      "scenario.toml:2:1", "scenario.toml:1:1",     "actors.csv:2:25", "commands.csv:2:22", "places.csv:2:13",
      "links.csv:4:19",    "control.csv:3:22",      "forces.csv:2:20", "support.csv:4:7",   "ties.csv:3:12",
      "sponsors.csv:2:43", "interventions.csv:2:6", "claims.csv:2:4",  "sources.json:3:3",  "accounts/rival.toml:6:8"};
  const Lines found = mistakes(p);
  EXPECT_EQ(found.size(), files.size());
  for (const std::string& file : files) {
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](const std::string& line) {
      return line.starts_with(file + ":");
    })) << file;
  }
}

constexpr const char* kTies = "a,b,alignment,wrong_side_probability,deconfliction,trade,passage,basis\n";
constexpr const char* kClaims = "id,source,subject,object,positions,statement\n";

const std::vector<EditCase> kSpoiltTables = {
    {"Package_without_mistakes_is_read", {}, {}},
    {"Columns_an_unknown_one_is_named_with_the_nearest_known_one",
     {{"places.csv", "population", "populaton"}},
     {"places.csv:1:53: unknown column `populaton`; did you mean `population`?"}},
    {"Columns_an_unknown_one_may_be_the_beginning_of_a_name",
     {{"actors.csv", "recruits_per_day", "speed"}},
     {"actors.csv:1:39: unknown column `speed`; did you mean `speed_km_per_day`?"}},
    {"Columns_a_needed_one_by_another_name_is_one_mistake",
     {{"control.csv", "controller", "held_by"}},
     {"control.csv:1:28: unknown column `held_by`; did you mean `controller`?"}},
    {"Columns_an_unknown_one_that_is_near_nothing_points_to_the_documentation",
     {{"commands.csv", "temperature", "x"}},
     {"commands.csv:1:18: unknown column `x`; the columns of this table are listed in "
      "docs/scenario-format.md and docs/parameters.md"}},
    {"Columns_a_needed_one_that_is_missing_is_named",
     {{"ties.csv", kWhole, "a,alignment,basis\nnorth,-1,c1\n"}},
     {"ties.csv:1:1: no column `b`; add it to the header"}},
    {"Columns_a_table_whose_number_is_its_point_needs_the_column",
     {{"forces.csv", kWhole, "actor,place_id,date\nnorth,*,2015-01-01\n"}},
     {"forces.csv:1:1: no column `fighters`; add it to the header"}},
    {"Columns_one_that_is_there_twice_is_a_mistake",
     {{"commands.csv", "id,name", "id,id"}},
     {"commands.csv:1:4: column `id` is there twice; remove or rename one"}},
    {"Columns_semicolons_between_them_are_recognized",
     {{"commands.csv", kWhole, "id;name;doctrine\njoint;The joint room;priority\n"}},
     {"commands.csv:1:1: a header of one column; separate the columns with commas"}},
    {"Columns_may_stand_without_a_name_only_by_mistake",
     {{"commands.csv", kWhole, "id,name,doctrine,\njoint,The joint room,priority,\n"}},
     {"commands.csv:1:18: a column without a name; name it, or remove it"}},
    {"DeathScores_their_mistakes_are_named",
     {{"death_scores.csv", kWhole,
       std::string(kDeathScores) + "2015-12-31,2015-01-01,cprs,truel,nobody,1,,,,,18,12,1000\n" +
           "2015-01-01,2015-12-31,crps,zero,base,-1,2,,3,last-year,18,12,1000\n" +
           "2015-01-01,2015-12-31,crps,zero,base,1,,,,,18,12,1000\n"}},
     {"death_scores.csv:2:12: a span that ends before it begins; swap from_date and to_date",
      "death_scores.csv:2:23: unknown score `cprs`; did you mean `crps`?",
      "death_scores.csv:2:34: the account `nobody` of truel; name a file of accounts/, or base",
      "death_scores.csv:3:33: the account `base` of zero; leave it empty: a baseline has none",
      "death_scores.csv:3:38: value is -1, below its least value 0; keep it within 0 and 1e+12",
      "death_scores.csv:3:43: no low; fill the cell",
      "death_scores.csv:4:28: duplicate score of zero; the first is in line 3; remove one",
      "death_scores.csv:4:33: the account `base` of zero; leave it empty: a baseline has none"}},
    {"Files_an_empty_one_is_a_mistake",
     {{"links.csv", kWhole, ""}, {"sources.json", kWhole, "\xEF\xBB\xBF"}},
     {"links.csv:1:1: an empty file; write a header line, or remove the file",
      "sources.json:1:1: an empty file; fill it, or remove it"}},
    {"Files_a_table_of_nothing_but_its_header_is_empty_not_wrong",
     {{"sponsors.csv", kWhole, "recipient,sponsor\n"}},
     {}},
    {"Files_bytes_that_are_not_utf8_are_found",
     {{"places.csv", "Gamma", "\u00c9t\xe9"}},
     {"places.csv:5:9: bytes that are not UTF-8 (0xE9); save the file as UTF-8"}},
    {"Files_others_in_the_folder_are_nobodys_business",
     {{"README.md", kWhole, "\xFF"}, {"observed_deaths.csv", kWhole, "\xFF"}, {"accounts/notes.txt", kWhole, "\xFF"}},
     {}},
    {"Rows_too_short_and_too_long_and_unclosed_quotes_are_all_listed",
     {{"links.csv", "beta_east,beta_west,plain,,,", "beta_east,beta_west"},
      {"sponsors.csv", "neighbour,", "neighbour,,"},
      {"control.csv", "\"taken early", "\"taken \"early"}},
     {"links.csv:3:1: a row too short: 2 cells, the header has 6; add the cells that are missing, empty "
      "ones too",
      "control.csv:6:44: text after the double quote that ends a cell; double the quotes inside a quoted "
      "cell",
      "sponsors.csv:2:1: a row too long: 7 cells, the header has 6; put a cell that contains a comma in "
      "double quotes"}},
    {"Ids_malformed_ones_get_a_better_one",
     {{"sponsors.csv", "neighbour", "Our Neighbour-State"}},
     {"sponsors.csv:2:7: malformed sponsor `Our Neighbour-State`; an id has small letters, "
      "digits and _, and starts with a letter: write our_neighbour_state"}},
    {"References_to_unknown_things_are_named_with_the_nearest",
     {{"links.csv", "alpha,beta_east,plain", "alhpa,beta_east,plaine"},
      {"control.csv", "2016-12-31,north", "2016-12-31,nroth"},
      {"actors.csv", "south,The south,ground,joint", "south,The south,ground,jiont"},
      {"claims.csv", "c1,book", "c1,bokk"}},
     {"actors.csv:3:24: unknown command `jiont`; did you mean `joint`?",
      "links.csv:2:1: unknown place `alhpa`; did you mean `alpha`?",
      "links.csv:2:17: unknown terrain `plaine`; did you mean `plain`?",
      "control.csv:2:29: unknown actor `nroth`; did you mean `north`?",
      "claims.csv:2:4: unknown source `bokk`; did you mean `book`?"}},
    {"References_to_things_near_nothing_say_where_to_add_them",
     {{"sponsors.csv", "south,neighbour", "xxxxxxxx,neighbour"},
      {"places.csv", "gamma,Gamma,36.0,37.0,,", "gamma,Gamma,36.0,37.0,,moon"}},
     {"places.csv:5:24: unknown terrain `moon`; add it to scenario.toml as a table [terrain.ID]",
      "sponsors.csv:2:1: unknown actor `xxxxxxxx`; add it to actors.csv"}},
    {"References_to_a_broken_table_are_not_called_unknown",
     {{"places.csv", "Gamma", "\xFF"}},
     {"places.csv:5:7: bytes that are not UTF-8 (0xFF); save the file as UTF-8"}},
    {"Numbers_need_a_basis",
     {{"places.csv", "gamma,Gamma,36.0,37.0,,,,,", "gamma,Gamma,36.0,37.0,,,,4000,"}},
     {"places.csv:5:26: a number without a basis; fill the column population_basis or basis "
      "of this row"}},
    {"Basis_unknown_claims_and_sources_are_named",
     {{"actors.csv", "source:book p. 3; c1", "source:boook p. 3; c2; c1"}},
     {"actors.csv:4:29: unknown source `boook`; did you mean `book`?",
      "actors.csv:4:29: unknown claim `c2`; add it to claims.csv, or write assumed: why"}},
    {"Basis_free_text_is_no_basis",
     {{"actors.csv", "source:book p. 3; c1", "general knowledge"}},
     {"actors.csv:4:29: a basis that is no claim, source or assumption: `general knowledge`; "
      "write the id of a claim, source:ID, or assumed: why, and `;` only between them"}},
    {"Basis_an_assumption_needs_a_reason",
     {{"actors.csv", "source:book p. 3; c1", "assumed: "}},
     {"actors.csv:4:29: an assumption without a reason; write assumed: why"}},
    {"Actors_kind_and_colour_are_checked",
     {{"actors.csv", "north,The north,ground,,#112233", "north,The north,grond,,red"}},
     {"actors.csv:2:17: unknown kind `grond`; did you mean `ground`?",
      "actors.csv:2:24: invalid colour `red`; write # and six hexadecimal digits, as "
      "#1f78b4"}},
    {"Places_lie_at_one_point",
     {{"places.csv", "35.0,37.0", "35..36,37.0"}},
     {"places.csv:2:13: latitude is uncertain; give it one value"}},
    {"Places_are_an_entry_or_not",
     {{"places.csv", ",no,", ",maybe,"}},
     {"places.csv:3:44: entry is `maybe`; write yes or no"}},
    {"Links_that_leave_a_place_out_name_the_nearest_place_of_the_main_map",
     {{"links.csv", "beta_west,gamma,,,57,assumed: a test\n", ""}},
     {"places.csv:5:1: no road leads to `gamma`; add a road to links.csv; the nearest place "
      "of the main map is `beta_east`, 55 km away"}},
    {"Links_that_are_spoilt_do_not_make_the_map_look_torn",
     {{"links.csv", "beta_west,gamma,,,57", "beta_west,gama,,,57"}},
     {"links.csv:4:11: unknown place `gama`; did you mean `gamma`?"}},
    {"Control_spells_that_overlap_are_named_with_both_lines",
     {{"control.csv", "2015-01-01,2015-06-30,none", "2015-01-01,2015-07-31,none"}},
     {"control.csv:4:1: overlapping spells of `beta_east`: 2015-07-01 to 2015-07-31 is also "
      "in line 3; both ends are inclusive: let one end the day before the other begins"}},
    {"Control_impossible_dates_and_spells_are_found",
     {{"control.csv", "alpha,2015-01-01", "alpha,2015-02-29"},
      {"control.csv", "beta_west,2015-01-01,2016-12-31", "beta_west,2017-01-01,2016-12-31"},
      {"control.csv", "gamma,2015-01-01", "gamma,"}},
     {"control.csv:2:7: impossible date `2015-02-29`; write a day of the calendar as YYYY-MM-DD",
      "control.csv:5:22: a spell that ends before it begins; swap from_date and to_date",
      "control.csv:6:7: no from_date; write a date as YYYY-MM-DD"}},
    {"Control_is_never_with_an_air_actor",
     {{"control.csv", "2016-12-31,south", "2016-12-31,sky"}},
     {"control.csv:5:33: the air actor `sky` holds a place; name a ground actor, none or "
      "contested"}},
    {"Forces_of_an_air_actor_are_a_mistake",
     {{"forces.csv", kEnd, "sky,*,2015-01-01,20,c1"}},
     {"forces.csv:7:1: forces of the air actor `sky`; give its sorties_per_day in actors.csv instead"}},
    {"Forces_after_the_end_are_outside_the_scenario",
     {{"forces.csv", kEnd, "north,*,2017-01-01,7,c1"}},
     {"forces.csv:7:9: 2017-01-01 is after the end of the scenario; the scenario ends on "
      "2016-12-31: change the date, or end in scenario.toml"}},
    {"Forces_that_begin_after_the_first_day_leave_nobody_to_fight",
     {{"forces.csv", kWhole, "actor,place_id,date,fighters,basis\nnorth,*,2016-02-01,7,c1\n"}},
     {"scenario.toml:3:9: nobody has forces yet on 2016-01-01; forces.csv begins on 2016-02-01"}},
    {"Support_above_one_at_a_place_is_found_on_the_day_it_happens",
     {{"support.csv", kEnd, "west,beta_west,2016-02-01,0.15..0.25,c1"}},
     {"support.csv:5:27: the support of all actors at `beta_west` on 2016-02-01 reaches 1.05, "
      "above 1; lower the shares, or narrow their ranges"}},
    {"Support_everywhere_above_one_is_found_once",
     {{"support.csv", "north,*,2015-01-01,0.3", "north,*,2015-01-01,0.9"},
      {"support.csv", "south,beta_west,2015-01-01,0.5", "south,beta_west,2015-01-01,0.05"}},
     {"support.csv:3:20: the support of all actors everywhere on 2015-01-01 reaches 1.1, "
      "above 1; lower the shares, or narrow their ranges"}},
    {"Support_of_a_named_place_stands_instead_of_that_of_everywhere",
     {{"support.csv", "south,beta_west,2015-01-01,0.5", "south,beta_west,2015-01-01,0.7"}},
     {}},
    {"Ties_with_shares_above_one_are_found",
     {{"ties.csv", "-0.8,0.4", "-0.8,0.4..0.5"}},
     {"ties.csv:3:17: the shares of `north` over its enemies reach 1.1, above 1; lower them, "
      "or narrow their ranges"}},
    {"Ties_of_the_same_pair_twice_are_a_mistake",
     {{"ties.csv", kEnd, "north,south,,0.1,c1"}},
     {"ties.csv:5:1: duplicate tie from `north` to `south`; the first is in line 2; join the "
      "two rows"}},
    {"Sponsors_twice_for_one_recipient_get_the_hint_to_number_them",
     {{"sponsors.csv", kEnd, "south,neighbour,2017-01-01,2016-12-31,100,c1"}},
     {"sponsors.csv:3:7: duplicate sponsor `neighbour` of `south`; the first is in line 2; for "
      "another period give it a suffix, as neighbour_2",
      "sponsors.csv:3:28: a flow that ends before it begins; swap from_date and to_date"}},
    {"Interventions_need_the_columns_of_their_action",
     {{"interventions.csv", "set,actors.north.supply,,,1.5", "set,,north,,"},
      {"interventions.csv", "arrive,,south,alpha", "arrive,actors.south.supply,,*"}},
     {"interventions.csv:2:21: no path; name the number to set, as actors.ID.kill_rate",
      "interventions.csv:2:22: an actor of an action set; leave the cell empty",
      "interventions.csv:2:29: no value; write the new value, or how many fighters",
      "interventions.csv:3:27: a path of an action arrive; leave the cell empty",
      "interventions.csv:3:47: no actor; fill the cell",
      "interventions.csv:3:48: unknown place `*`; add it to places.csv"}},
    {"Interventions_of_unknown_kinds_and_paths_are_named_with_the_nearest",
     {{"interventions.csv", "actors.north.supply", "actors.north.suply"}, {"interventions.csv", ",arrive,", ",arive,"}},
     {"interventions.csv:2:21: unknown path `actors.north.suply`; did you mean "
      "`actors.north.supply`?",
      "interventions.csv:3:20: unknown action `arive`; did you mean `arrive`?"}},
    {"Interventions_do_not_set_dated_numbers",
     {{"interventions.csv", "actors.north.supply", "forces.north.all.2015-01-01"}},
     {"interventions.csv:2:21: `forces.north.all.2015-01-01` is a dated number, which no "
      "intervention changes; use the actions arrive and leave"}},
    {"Interventions_lie_before_the_end",
     {{"interventions.csv", "2016-05-01", "2018-05-01"}},
     {"interventions.csv:4:7: 2018-05-01 is after the end of the scenario; the scenario ends "
      "on 2016-12-31: change the date, or end in scenario.toml"}},
    {"Interventions_bring_no_fighters_to_an_air_actor",
     {{"interventions.csv", "leave,,west", "leave,,sky"}},
     {"interventions.csv:4:25: fighters of the air actor `sky`; set its sorties_per_day instead"}},
    {"Claims_are_checked_cell_by_cell",
     {{"claims.csv", "book,12,the author,quantity,alpha,2015-06,1,2,asserts",
       "book,x,the author,quantty,alpa,2015-13,3,2,assert"}},
     {"claims.csv:2:9: malformed paragraph `x`; write a whole number from 1",
      "claims.csv:2:22: unknown kind `quantty`; did you mean `quantity`?",
      "claims.csv:2:30: unknown place `alpa`; did you mean `alpha`?",
      "claims.csv:2:35: impossible date `2015-13`; write YYYY-MM-DD, YYYY-MM or YYYY",
      "claims.csv:2:45: a range upside down: low is above high; swap low and high",
      "claims.csv:2:47: unknown stance `assert`; did you mean `asserts`?"}},
    {"Claims_may_have_ids_with_capitals",
     {{"claims.csv", kEnd, "A12,book,,,,,2015,,,,Another one."}, {"actors.csv", "source:book p. 3; c1", "A12"}},
     {}},
    {"Ids_given_twice_are_named_with_both_lines",
     {{"places.csv", "gamma,Gamma", "alpha,Gamma"},
      {"links.csv", "beta_west,gamma", "beta_west,alpha"},
      {"control.csv", "gamma,2015-01-01,2016-12-31,west,,,\"taken early, held since\"\n", ""}},
     {"places.csv:5:1: duplicate id `alpha`; the first is in line 2; remove or rename one"}},
    {"Ids_a_malformed_one_is_reported_once_and_not_where_it_is_used",
     {{"places.csv", "gamma,Gamma", "Gamma,Gamma"}, {"links.csv", "gamma", "Gamma"}, {"control.csv", "gamma", "Gamma"}},
     {"places.csv:5:1: malformed id `Gamma`; an id has small letters, digits and _, and "
      "starts with a letter: write gamma"}},
    {"Numbers_that_are_malformed_or_upside_down_are_found_in_their_cell",
     {{"places.csv", "3000", "\"3,000\""}, {"forces.csv", "4000..6000", "6000..4000"}},
     {"places.csv:4:45: malformed number `3,000`; write 3000",
      "forces.csv:2:20: a range upside down in `6000..4000`; write 4000..6000"}},
    {"Places_outside_the_globe_are_found",
     {{"places.csv", "35.0,37.0", "95.0,-187"}, {"places.csv", "36.0", ""}},
     {"places.csv:2:13: latitude is 95, above its greatest value 90; keep it within -90 and "
      "90",
      "places.csv:2:18: longitude is -187, below its least value -180; keep it within -180 "
      "and 180",
      "places.csv:5:13: no latitude; fill the cell"}},
    {"Links_to_itself_and_twice_are_mistakes",
     {{"links.csv", kEnd, "alpha,alpha,,,,"}, {"links.csv", kEnd, "beta_east,alpha,,,,"}},
     {"links.csv:5:7: a road from `alpha` to itself; name two places",
      "links.csv:6:1: duplicate road between `alpha` and `beta_east`; the first is in line "
      "2; a road has no direction; remove one"}},
    {"Forces_need_a_number_and_a_key_of_their_own",
     {{"forces.csv", kEnd, "north,alpha,2015-01-01,7,c1"}, {"forces.csv", kEnd, "north,gamma,2015-01-01,,c1"}},
     {"forces.csv:7:1: duplicate row for this actor, place and date; the first is in line 3; "
      "remove one",
      "forces.csv:8:24: no fighters; write a number, 0 for none"}},
    {"Ids_that_are_missing_or_endless_are_mistakes",
     {{"places.csv", kEnd, ",,1,1,,,,,"}, {"places.csv", kEnd, std::string(65, 'x') + ",,1,1,,,,,"}},
     {"places.csv:6:1: a row without an id; fill the column `place_id`",
      "places.csv:7:1: malformed id `" + std::string(60, 'x') + "...`; an id has at most 64 characters"}},
    {"Numbers_outside_their_bounds_are_found",
     {{"commands.csv", "0.3", "0..3"}, {"forces.csv", "1000", "-1000"}, {"support.csv", "0.5", "50"}},
     {"commands.csv:2:31: temperature can be 0, below its least value 1e-06; keep it within 1e-06 and 1000000",
      "forces.csv:3:24: fighters is -1000, below its least value 0; keep it within 0 and 1e+12",
      "support.csv:4:28: share is 50, above its greatest value 1; keep it within 0 and 1; write 0.5 for 50 %",
      "support.csv:4:28: the support of all actors at `beta_west` on 2015-01-01 reaches 50.3, above 1; lower the "
      "shares, or narrow their ranges"}},
    {"Commands_need_a_doctrine",
     {{"commands.csv", "priority", ""}},
     {"commands.csv:2:22: no doctrine; write priority, fixed or best-response"}},
    {"Commands_of_an_unknown_doctrine_are_told_the_nearest",
     {{"commands.csv", "priority", "prioritize"}},
     {"commands.csv:2:22: unknown doctrine `prioritize`; did you mean `priority`?"}},
    {"Links_that_leave_a_part_of_the_map_out_count_its_places",
     {{"places.csv", kEnd, "omega,Omega,36.5,37.0,,,,,"},
      {"links.csv", kEnd, "gamma,omega,,,,"},
      {"links.csv", "beta_west,gamma,,,57,assumed: a test\n", ""}},
     {"places.csv:5:1: no road leads to the part of the map around `gamma`, 2 places; add a road to links.csv; the "
      "nearest place of the main map is `beta_east`, 55 km away"}},
    {"Ties_may_give_an_alignment_twice", {{"ties.csv", kEnd, "west,south,0.7,,c1"}}, {}},
    {"Ties_with_two_alignments_must_agree",
     {{"ties.csv", kEnd, "west,south,0.6,,c1"}},
     {"ties.csv:5:12: the alignment of `west` and `south` is given twice, as 0.7 and 0.6; the other is in line 4; it "
      "holds for both directions, so give it once"}},
    {"Ties_of_an_actor_with_itself_have_an_alignment", {{"ties.csv", kEnd, "north,north,0.5,,c1"}}, {}},
    {"Ties_of_an_actor_with_itself_have_nothing_else",
     {{"ties.csv", kEnd, "north,north,,0,c1"}},
     {"ties.csv:5:14: a tie of `north` with itself; only the alignment of an actor with itself means anything"}},
    {"Ties_let_nobody_defect_to_an_air_actor_or_from_one",
     {{"ties.csv", kWhole, "a,b,alignment,defection_per_day,basis\nnorth,west,-0.8,0.01,c1\nnorth,sky,-1,0.001,c1\n"}},
     {"ties.csv:3:14: defection with the air actor `sky`; it has no fighters: leave defection_per_day empty"}},
    {"Ties_with_an_air_actor_have_no_defection",
     {{"ties.csv", kWhole, "a,b,alignment,defection_per_day,basis\nnorth,west,-0.8,0.01,c1\nnorth,sky,-1,,c1\n"}},
     {}},
    {"Ties_of_strikes_begin_in_the_air_and_of_land_on_the_ground",
     {{"ties.csv", kWhole,
       std::string(kTies) + "north,west,-0.8,0.1,,,,c1\nsky,north,-1,0.1,0.5,20,,c1\nwest,sky,0,,,,1,c1\n"}},
     {"ties.csv:2:17: `wrong_side_probability` with the ground actor `north`; it flies no sorties: leave the cell "
      "empty",
      "ties.csv:3:22: `trade` with the air actor `sky`; it has neither fighters nor land: leave the cell empty",
      "ties.csv:4:15: `passage` with the air actor `sky`; it has neither fighters nor land: leave the cell empty"}},
    {"Ties_of_strikes_from_the_air_and_of_land_on_the_ground_are_good",
     {{"ties.csv", kWhole, std::string(kTies) + "north,west,-0.8,,,20,1,c1\nsky,north,-1,0.1,0.5,,,c1\n"}},
     {}},
    {"Interventions_keep_within_the_bounds_of_what_they_change",
     {{"interventions.csv", "1.5", "1000"}, {"interventions.csv", "100..200", "-100..200"}},
     {"interventions.csv:2:43: actors.north.supply is 1000, above its greatest value 100; keep it within 0 and 100",
      "interventions.csv:3:40: value can be -100, below its least value 0; keep it within 0 and 1e+12"}},
    {"Claims_need_a_source_and_a_statement",
     {{"claims.csv", "c1,book", "c1,"}, {"claims.csv", "There were some of them.", ""}},
     {"claims.csv:2:4: a claim without a source; name an entry of sources.json",
      "claims.csv:2:54: a claim without a statement; say in your own words what is claimed"}},
    {"Positions_their_mistakes_are_named",
     {{"topics.csv", kWhole, "id,statement\nmuch,There were many of them.\n"},
      {"claims.csv", kWhole,
       std::string(kClaims) + "c1,book,,,much,x\nc2,book,,,mcuh: for,x\nc3,book,,,much: perhaps,x\n" +
           "c4,book,,,much: for; much: against,x\n"}},
     {"claims.csv:2:11: malformed position `much`; write TOPIC: for, TOPIC: against or TOPIC: doubts, and `;` between "
      "several",
      "claims.csv:3:11: unknown topic `mcuh`; did you mean `much`?",
      "claims.csv:4:11: malformed position `much: perhaps`; write TOPIC: for, TOPIC: against or TOPIC: doubts, and `;` "
      "between several",
      "claims.csv:5:11: two positions on the topic `much`; remove one"}},
    {"Topics_need_a_statement_and_ids_of_their_own",
     {{"topics.csv", kWhole, "id,statement\nmuch,\nmuch,There were many of them.\n"}},
     {"topics.csv:2:6: a topic without a statement; write the sentence that claims are for or against",
      "topics.csv:3:1: duplicate id `much`; the first is in line 2; remove or rename one"}},
    {"Parties_of_a_claim_are_actors_commands_or_sponsors",
     {{"claims.csv", kWhole, std::string(kClaims) + "c1,book,joint,neighbour,,x\nc2,book,nroth,alpha,,x\n"}},
     {"claims.csv:3:9: unknown party `nroth`; did you mean `north`?",
      "claims.csv:3:15: unknown party `alpha`; add it to actors.csv, commands.csv or, as a sponsor, to sponsors.csv"}},
    {"Aliases_their_mistakes_are_named",
     {{"aliases.csv", kWhole,
       "name,id,search_only\nThe Northerners,nroth,\nBeta,beta_east,maybe\nBETA,beta_west,\n,north,\n"}},
     {"aliases.csv:2:17: unknown id `nroth`; did you mean `north`?",
      "aliases.csv:3:16: search_only is `maybe`; write yes or no",
      "aliases.csv:4:1: duplicate name `BETA`; the first is in line 3; a name stands for one id, whatever its case; "
      "remove one",
      "aliases.csv:5:1: an alias without a name; write the name as sources do"}},
    {"Seats_report_every_mistake_where_it_is",
     {{"positions.csv", kWhole,
       "actor,issue,position,salience,basis\nnroth,rule,10,1,c1\nnorth,,10,1,c1\nnorth,The Rule,10,1,c1\n"
       "north,rule,110,1,c1\nnorth,rule,20,1,c1\nsouth,rule,,1,c1\nwest,rule,20,1,\n"}},
     {"positions.csv:2:1: unknown actor `nroth`; did you mean `north`?", "positions.csv:3:7: no issue; fill the cell",
      "positions.csv:4:7: malformed issue `The Rule`; an id has small letters, digits and _, and starts with a letter: "
      "write the_rule",
      "positions.csv:5:12: position is 110, above its greatest value 100; keep it within 0 and 100",
      "positions.csv:6:1: duplicate position of `north` on `rule`; the first is in line 5; remove one",
      "positions.csv:7:12: no position; write where the actor stands, or remove the row of one that has no seat on "
      "this issue",
      "positions.csv:8:11: a number without a basis; fill the column position_basis or basis of this row",
      "positions.csv:8:14: a number without a basis; fill the column salience_basis or basis of this row"}},
    {"Seats_need_columns_for_who_what_and_where",
     {{"positions.csv", kWhole, "actor,issue\nnorth,rule\n"}},
     {"positions.csv:1:1: no column `position`; add it to the header"}},
    {"MapGeojson_under_a_misspelt_name_is_not_passed_over",
     {{"maps.geojson", kWhole, "{\"type\": \"FeatureCollection\", \"features\": []}"}},
     {"maps.geojson: a file that the format does not know; did you mean `map.geojson`?"}},
};

INSTANTIATE_TEST_SUITE_P(OfTables, SpoiltPackage, testing::ValuesIn(kSpoiltTables), name_of);

}  // namespace
}  // namespace truel::scenario
