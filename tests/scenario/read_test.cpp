// What a good package becomes, and what may be laid over it.
#include "truel/scenario/read.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <memory>

#include "package.hpp"
#include "truel/base/formats/csv.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::scenario {
namespace {

std::string written(const War& war, std::string_view path) {
  return to_string(number(war, path).distribution);
}

/// Everything a war says but where it was said.
std::string describe(const War& war) {
  std::string out = fmt::format("{} {} {} {} {} {}\n", war.title, war.description, war.start, war.end,
                                war.decision_interval_days, war.default_alignment);
  for (const Actor& a : war.actors) {
    out += fmt::format("actor {} {} {} {} {} {} {}\n", a.id, a.name, static_cast<int>(a.kind), a.command, a.ucdp_id,
                       a.record_code, a.colour);
  }
  for (const Command& c : war.commands) {
    out += fmt::format("command {} {}\n", c.id, c.name);
  }
  for (const Place& p : war.places) {
    out += fmt::format("place {} {} {} {} {} {} {}\n", p.id, p.name, p.latitude, p.longitude, p.city, p.terrain,
                       p.is_entry);
  }
  for (const Link& l : war.links) {
    out += fmt::format("link {} {} {} {}\n", l.a, l.b, l.terrain, l.road);
  }
  for (const ControlSpell& s : war.control) {
    out += fmt::format("spell {} {} {} {}\n", s.place, s.from, s.to, s.controller);
  }
  for (const Sponsor& s : war.sponsors) {
    out += fmt::format("sponsor {} {} {} {}\n", s.recipient, s.sponsor, s.from, s.to);
  }
  for (const Intervention& i : war.interventions) {
    out += fmt::format("intervention {} {} {} {} {} {}\n", i.id, i.date, static_cast<int>(i.action), i.target, i.actor,
                       i.place);
  }
  for (const Claim& c : war.claims) {
    out += fmt::format("claim {} {} {} {} {} {}\n", c.id, c.source, c.paragraph, c.low, c.high, c.statement);
  }
  for (const Source& s : war.sources) {
    out += fmt::format("source {} {}\n", s.id, s.csl_json);
  }
  for (const Account& a : war.accounts) {
    out += fmt::format("account {} {}\n", a.id, a.title);
    for (const AccountSetting& s : a.settings) {
      out += fmt::format("  {} {} {}\n", s.target, to_string(s.distribution), s.basis);
    }
  }
  for (const Parameter& p : war.parameters) {
    out +=
        fmt::format("{} {} {} {} {} {}\n", p.path, to_string(p.distribution), p.basis, p.least, p.greatest, p.is_given);
  }
  return out;
}

TEST(Read, gives_every_number_its_distribution_basis_and_place) {
  const War war = read_good({});
  const Parameter& rate = number(war, "actors.south.kill_rate");
  EXPECT_EQ(to_string(rate.distribution), "lognormal(0.02, 1.5)");
  EXPECT_EQ(rate.basis, "assumed: a test");
  EXPECT_TRUE(rate.is_given);
  EXPECT_TRUE(rate.where.file.ends_with("/actors.csv"));
  EXPECT_EQ(rate.where.line, 3);
  EXPECT_EQ(rate.where.column, 38);
  const Parameter& gain = number(war, "scenario.laws.fire.arms_gain");
  EXPECT_EQ(to_string(gain.distribution), "0.2..0.4");
  EXPECT_EQ(gain.basis, "c1");
  EXPECT_EQ(gain.where.line, 11);
  EXPECT_EQ(written(war, "forces.west.all.2016-01-01"), "2500");
  EXPECT_EQ(written(war, "support.south.beta_west.2015-01-01"), "0.5");
  EXPECT_EQ(written(war, "sponsors.south.neighbour.finance"), "100");
  EXPECT_EQ(written(war, "links.alpha.beta_east.road_km"), "60");
  EXPECT_EQ(written(war, "scenario.terrain.plain.cover"), "0.1");
  EXPECT_EQ(written(war, "scenario.thresholds.ally"), "0.5");
  EXPECT_EQ(written(war, "interventions.landing.value"), "100..200");
}

TEST(Read, leaves_a_number_that_is_not_given_at_its_default) {
  const War war = read_good({});
  const Parameter& supply = number(war, "actors.north.supply");
  EXPECT_EQ(to_string(supply.distribution), "1");
  EXPECT_EQ(supply.basis, "default");
  EXPECT_FALSE(supply.is_given);
  EXPECT_EQ(supply.where.line, 0);
  EXPECT_TRUE(std::isnan(number(war, "ties.north.south.visibility").distribution.a));
}

TEST(Read, makes_a_road_of_unknown_length_as_long_as_the_geodesic) {
  const War war = read_good({});
  const Parameter& road = number(war, "links.beta_east.beta_west.road_km");
  EXPECT_FALSE(road.is_given);
  // A tenth of a degree at 35.5 N on WGS 84: a cos(35.5) / sqrt(1 - e^2 sin^2(35.5)) times the angle.
  EXPECT_NEAR(road.distribution.a, 9.074, 0.005);
}

TEST(Read, gives_the_alignment_of_a_pair_one_number) {
  const War war = read_good({});  // the row is of west and south
  EXPECT_EQ(written(war, "ties.south.west.alignment"), "0.7");
  EXPECT_TRUE(number(war, "ties.south.west.alignment").is_given);
  EXPECT_FALSE(number(war, "ties.west.south.alignment").is_given);
  EXPECT_FALSE(number(war, "ties.south.north.share").is_given);
}

TEST(Read, switches_a_law_on_by_its_table) {
  TestPackage p;
  EXPECT_EQ(written(read_good(p), "scenario.laws.fire.on"), "1");
  EXPECT_EQ(written(read_good(p), "scenario.laws.support.on"), "0");
  p.edit("scenario.toml", "[laws.fire]", "[laws.fire]\non = false");
  EXPECT_EQ(written(read_good(p), "scenario.laws.fire.on"), "0");
}

TEST(Read, sorts_and_connects_the_parts) {
  const War war = read_good({});
  ASSERT_EQ(war.actors.size(), 4U);
  EXPECT_EQ(war.actors[0].id, "north");
  EXPECT_EQ(war.actors[1].id, "sky");
  EXPECT_EQ(war.actors[1].kind, ActorKind::air);
  EXPECT_EQ(war.actors[2].command, war.actors[3].command);
  EXPECT_EQ(war.commands[static_cast<std::size_t>(war.actors[2].command)].id, "joint");
  EXPECT_EQ(war.commands[static_cast<std::size_t>(war.actors[0].command)].id, "north");
  EXPECT_EQ(war.places[1].city, war.places[2].city);
  EXPECT_NE(war.places[1].city, kNone);
  EXPECT_EQ(war.places[0].city, kNone);
  EXPECT_EQ(war.places[3].terrain, kNone);
  EXPECT_TRUE(war.places[0].is_entry);
  ASSERT_EQ(war.control.size(), 5U);
  EXPECT_EQ(war.control[1].controller, kNone);
  EXPECT_EQ(war.control[2].controller, kContested);
  EXPECT_EQ(war.forces[0].place, kEverywhere);
  EXPECT_EQ(war.start, parse_date("2016-01-01"));
  ASSERT_EQ(war.interventions.size(), 3U);
  EXPECT_EQ(war.parameters[static_cast<std::size_t>(war.interventions[0].target)].path, "actors.north.supply");
  EXPECT_EQ(war.interventions[2].place, kEverywhere);
  ASSERT_EQ(war.accounts.size(), 1U);
  EXPECT_EQ(war.accounts[0].id, "rival");
  EXPECT_EQ(war.accounts[0].settings.size(), 2U);
}

TEST(Read, takes_crlf_and_a_byte_order_mark) {
  const TestPackage plain;
  TestPackage windows;
  for (const auto& [name, bytes] : plain.files()) {
    std::string text = "\xEF\xBB\xBF";
    for (const char c : bytes) {
      text += c == '\n' ? "\r\n" : std::string(1, c);
    }
    windows[name] = text;
  }
  EXPECT_EQ(describe(read_good(windows)), describe(read_good(plain)));
}

TEST(Read, keeps_positions_behind_a_byte_order_mark) {
  TestPackage p;
  p["commands.csv"] = "\xEF\xBB\xBFid,name,doctrin\n";
  EXPECT_EQ(mistakes(p), (Lines{"commands.csv:1:9: unknown column `doctrin`; did you mean `doctrine`?"}));
}

/// The tables of a package with rows and columns in another order.
TestPackage shuffled(const TestPackage& package) {
  TestPackage other;
  for (const auto& [name, bytes] : package.files()) {
    if (!name.ends_with(".csv")) {
      continue;
    }
    Mistakes none;
    const CsvTable table = parse_csv(bytes, name, none);
    const std::size_t width = table.header.size();
    std::vector<std::size_t> columns(width);
    std::vector<std::size_t> rows(table.rows.size());
    for (std::size_t i = 0; i < std::max(width, rows.size()); ++i) {
      if (i < width) {
        columns[i] = i;
      }
      if (i < rows.size()) {
        rows[i] = i;
      }
    }
    const auto draw = [](std::vector<std::size_t>& order) {
      for (std::size_t i = order.size(); i > 1; --i) {
        std::swap(order[i - 1], order[*rc::gen::inRange<std::size_t>(0, i)]);
      }
    };
    draw(columns);
    draw(rows);
    std::string text;
    const auto write_row = [&](const auto& cell) {
      for (std::size_t c = 0; c < width; ++c) {
        text += fmt::format("{}\"{}\"", c > 0 ? "," : "", cell(columns[c]).text);
      }
      text += "\n";
    };
    write_row([&](std::size_t c) { return table.header[c]; });
    for (const std::size_t r : rows) {
      write_row([&](std::size_t c) { return table.cells[table.rows[r].first + c]; });
    }
    other[name] = text;
  }
  return other;
}

RC_GTEST_PROP(ReadProperty, the_order_of_rows_and_columns_changes_nothing, ()) {
  const TestPackage package;
  const auto plain = package.read();
  const auto other = shuffled(package).read();
  RC_ASSERT(plain.has_value());
  RC_ASSERT(other.has_value());
  RC_ASSERT(describe(*other) == describe(*plain));
}

RC_GTEST_PROP(ReadProperty, any_bytes_in_any_file_never_crash, ()) {
  const TestPackage good;
  PackageFiles package{.folder = "p", .files = {}};
  for (const auto& [name, bytes] : good.files()) {
    package.files.push_back({name, bytes});
  }
  const int n_edits = *rc::gen::inRange(1, 6);
  for (int i = 0; i < n_edits; ++i) {
    std::string& bytes = package.files[*rc::gen::inRange<std::size_t>(0, package.files.size())].bytes;
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
    const auto length = *rc::gen::inRange<std::size_t>(0, 8);
    bytes.replace(at, length,
                  *rc::gen::container<std::string>(rc::gen::oneOf(
                      rc::gen::arbitrary<char>(), rc::gen::elementOf(std::string(",\"\n\r*;.=[]{}0123456789-abcz")))));
  }
  const Overlay overlay{.accounts = {"rival"}, .settings = {"actors.north.supply=2"}};
  const Result<War> war = read_package(package, overlay);
  const bool is_told_why = war.has_value() || !war.error().empty();
  RC_ASSERT(is_told_why);
}

TEST(Overlay, writes_accounts_over_the_package_and_settings_over_accounts) {
  const TestPackage p;
  Overlay overlay{.accounts = {"rival"}};
  EXPECT_EQ(written(read_good(p), "actors.north.kill_rate"), "0.01");
  const War war = read_good(p, overlay);
  EXPECT_EQ(written(war, "actors.north.kill_rate"), "0.02..0.04");
  EXPECT_TRUE(number(war, "actors.north.kill_rate").where.file.ends_with("/accounts/rival.toml"));
  EXPECT_EQ(written(war, "ties.south.west.alignment"), "-1");
  overlay.settings = {"actors.north.kill_rate = 0.5", "ties.north.west.alignment=0"};
  const War set = read_good(p, overlay);
  EXPECT_EQ(written(set, "actors.north.kill_rate"), "0.5");
  EXPECT_EQ(number(set, "actors.north.kill_rate").basis, "assumed: set for this run");
  EXPECT_EQ(written(set, "ties.north.west.alignment"), "0");
}

TEST(Overlay, lays_nothing_over_the_package_for_the_basic_model) {
  const War war = read_good({}, {.accounts = {"base"}});
  EXPECT_EQ(written(war, "actors.north.kill_rate"), "0.01");
  EXPECT_TRUE(war.laid_over.empty());
}

TEST(Overlay, finds_a_road_from_either_end) {
  const War war = read_good({}, {.settings = {"links.beta_east.alpha.road_km=61"}});
  EXPECT_EQ(written(war, "links.alpha.beta_east.road_km"), "61");
}

TEST(Overlay, mistakes_in_it_are_listed_together) {
  const Overlay overlay{.accounts = {"rivl"},
                        .settings = {"actors.north.kill_rat=1", "actors.north.kill_rate", "actors.north.supply=1..0",
                                     "actors.north.supply=-1"}};
  EXPECT_EQ(mistakes({}, overlay),
            (Lines{"--account: unknown account `rivl`; did you mean `rival`?",
                   "--set: unknown path `actors.north.kill_rat`; did you mean `actors.north.kill_rate`?",
                   "--set: no = in `actors.north.kill_rate`; write --set PATH=VALUE",
                   "--set: a range upside down in `1..0`; write 0..1",
                   "--set: actors.north.supply is -1, below its least value 0; keep it within 0 and 100"}));
}

TEST(Overlay, a_key_of_scenario_toml_is_told_as_the_path_that_it_stands_for) {
  EXPECT_EQ(mistakes({}, {.settings = {"laws.strikes.on=1", "laws.strkes.on=1"}}),
            (Lines{"--set: unknown path `laws.strikes.on`; did you mean `scenario.laws.strikes.on`?",
                   "--set: unknown path `laws.strkes.on`; did you mean `scenario.laws.strikes.on`?"}));
}

TEST(Overlay, an_id_that_is_right_does_not_make_up_for_another_column) {
  EXPECT_EQ(
      mistakes({}, {.settings = {"actors.north.suply=1", "actors.north.agility=high", "actors.north.fighters=1"}}),
      (Lines{"--set: unknown path `actors.north.suply`; did you mean `actors.north.supply`?",
             "--set: unknown path `actors.north.agility`; docs/parameters.md lists the columns of actors.csv",
             "--set: unknown path `actors.north.fighters`; forces.csv has an actor's fighters, and "
             "their path is `forces.north.PLACE.DATE`"}));
}

TEST(Overlay, a_path_that_ends_early_is_told_how_it_may_go_on) {
  EXPECT_EQ(
      mistakes({}, {.settings = {"actors.north=3", "actors.lna=3", "actors.speed=3", "laws.strikes=1", "ties.north=1",
                                 "places.alpha.owner=1"}}),
      (Lines{"--set: unknown path `actors.north`; name a column, such as `actors.north.kill_rate`",
             "--set: unknown path `actors.lna`; there is no actor `lna`; known actors are north, sky, south, west",
             "--set: unknown path `actors.speed`; did you mean `actors.*.speed_km_per_day`?",
             "--set: unknown path `laws.strikes`; name a parameter, such as `scenario.laws.strikes.on`",
             "--set: unknown path `ties.north`; write the whole path, such as `ties.north.south.alignment`",
             "--set: unknown path `places.alpha.owner`; control.csv says who holds a place; "
             "`--set places.alpha.control=ACTOR` changes it"}));
}

TEST(Overlay, a_holder_given_is_told_who_was_meant_and_may_hold_a_place) {
  EXPECT_EQ(mistakes({}, {.settings = {"places.alhpa.control=west", "places.alpha.control=wset",
                                       "places.alpha.control=sky"}}),
            (Lines{"--set: unknown place `alhpa`; did you mean `alpha`?",
                   "--set: `wset` is no actor that can hold a place; did you mean `west`?",
                   "--set: `sky` is no actor that can hold a place; name a ground actor of actors.csv, or none"}));
}

TEST(Overlay, a_path_of_nobody_says_who_is_not_there_and_who_is) {
  EXPECT_EQ(
      mistakes({}, {.settings = {"actors.lna.speed_km_per_day=1", "actors.lna.speed=1", "actors.nort.speed=1",
                                 "actors.nort.agility=1", "actors.nort.fighters=1", "actors.lna.fighters=1",
                                 "ties.lna.north.alignment=0", "actors.north.speed=1", "actors.north.sped=1"}}),
      (Lines{
          "--set: unknown path `actors.lna.speed_km_per_day`; there is no actor `lna`; known actors are north, sky, "
          "south, west",
          "--set: unknown path `actors.lna.speed`; there is no actor `lna`, and the column is `speed_km_per_day`; "
          "known actors are north, sky, south, west",
          "--set: unknown path `actors.nort.speed`; did you mean `actors.north.speed_km_per_day`?",
          "--set: unknown path `actors.nort.agility`; there is no actor `nort`; did you mean `north`?",
          "--set: unknown path `actors.nort.fighters`; there is no actor `nort`, and forces.csv has an actor's "
          "fighters, and their path is `forces.north.PLACE.DATE`; did you mean `north`?",
          "--set: unknown path `actors.lna.fighters`; there is no actor `lna`, and forces.csv has an actor's fighters, "
          "and their path is `forces.ID.PLACE.DATE`; known actors are north, sky, south, west",
          "--set: unknown path `ties.lna.north.alignment`; there is no actor `lna`; known actors are north, sky, "
          "south, west",
          "--set: unknown path `actors.north.speed`; did you mean `actors.north.speed_km_per_day`?",
          "--set: unknown path `actors.north.sped`; did you mean `actors.north.speed_km_per_day`?"}));
}

TEST(Overlay, a_path_of_a_row_that_is_not_there_says_which_table_lacks_it) {
  EXPECT_EQ(
      mistakes({}, {.settings = {"sponsors.north.neighbour.arms=1", "sponsors.south.iran.arms=1",
                                 "positions.north.rule.position=1", "links.alpha.gamma.road_km=9",
                                 "links.alpha.gama.road_km=9", "ties.north.lna.alignment=0"}}),
      (Lines{
          "--set: unknown path `sponsors.north.neighbour.arms`; sponsors.csv has no row of recipient `north` and "
          "sponsor `neighbour`: add one",
          "--set: unknown path `sponsors.south.iran.arms`; sponsors.csv has no row of recipient `south` and sponsor "
          "`iran`: add one",
          "--set: unknown path `positions.north.rule.position`; positions.csv has no row of actor `north` and issue "
          "`rule`: add one",
          "--set: unknown path `links.alpha.gamma.road_km`; links.csv has no row of a `alpha` and b `gamma`: add one",
          "--set: unknown path `links.alpha.gama.road_km`; there is no place `gama`; did you mean `gamma`?",
          "--set: unknown path `ties.north.lna.alignment`; there is no actor `lna`; known actors are north, sky, "
          "south, west"}));
}

TEST(Overlay, a_number_of_a_law_is_told_by_the_name_that_it_has_now) {
  EXPECT_EQ(mistakes({}, {.settings = {"laws.counterattack.least_odds=1", "scenario.laws.exploitation.least_odds=1"}}),
            (Lines{"--set: unknown path `laws.counterattack.least_odds`; did you mean "
                   "`scenario.laws.counterattack.least_win_probability`?",
                   "--set: unknown path `scenario.laws.exploitation.least_odds`; did you mean "
                   "`scenario.laws.exploitation.least_win_probability`?"}));
}

TEST(Overlay, shares_are_checked_after_it) {
  EXPECT_EQ(mistakes({}, {.settings = {"ties.north.south.share=0.7"}}),
            (Lines{"--set: the shares of `north` over its enemies reach 1.1, above 1; lower them, or narrow their "
                   "ranges"}));
}

TEST(Overlay, moves_the_first_and_the_last_day) {
  const War war = read_good({}, {.from = parse_date("2015-02-01"), .until = parse_date("2015-12-31")});
  EXPECT_EQ(format_date(war.start), "2015-02-01");
  EXPECT_EQ(format_date(war.end), "2015-12-31");
}

TEST(Overlay, days_that_cannot_be_are_mistakes) {
  EXPECT_EQ(mistakes({}, {.from = parse_date("2014-02-01")}),
            (Lines{"--from: 2014-02-01 is outside the control record; control.csv covers 2015-01-01 to 2016-12-31",
                   "--from: nobody has forces yet on 2014-02-01; forces.csv begins on 2015-01-01"}));
  EXPECT_EQ(mistakes({}, {.until = parse_date("2015-12-31")}),
            (Lines{"--until: the run starts on 2016-01-01, after its end on 2015-12-31; choose --from and --until so "
                   "that the first is not later"}));
}

TEST(Read, a_folder_that_is_not_there_is_one_mistake) {
  const TemporaryFolder folder;
  const auto war = read(folder.path() / "nowhere");
  ASSERT_FALSE(war.has_value());
  ASSERT_EQ(war.error().size(), 1U);
  EXPECT_EQ(war.error()[0].what, "no such folder");
}

TEST(Read, names_files_as_the_user_typed_the_folder) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "scenario.toml") << "format = 1\n";
  const auto war = read(folder.path() / "." / "");
  ASSERT_FALSE(war.has_value());
  EXPECT_EQ(war.error()[0].where.file, (folder.path() / "scenario.toml").generic_string());
}

/// The first word that a shell command prints.
std::string first_word(const std::string& command) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"), &::pclose);
  std::array<char, 65> word{};
  return pipe != nullptr && std::fscanf(pipe.get(), "%64s", word.data()) == 1 ? word.data() : "";
}

TEST(Hash, is_what_sha256sum_gives_for_the_sorted_files) {
  const TemporaryFolder folder;
  ASSERT_TRUE(create(folder.path()).has_value());
  const auto war = read(folder.path());
  ASSERT_TRUE(war.has_value());
  const std::string shell =
      first_word("cd '" + folder.path().string() +
                 "' && find . -type f ! -name README.md | sed 's|^./||' | LC_ALL=C sort | xargs sha256sum | sha256sum");
  ASSERT_EQ(shell.size(), 64U);
  EXPECT_EQ(war->sha256, shell);
}

TEST(Hash, changes_with_any_file_and_not_with_what_is_laid_over) {
  const TestPackage plain;
  TestPackage other;
  other["accounts/rival.toml"] += "# more\n";
  EXPECT_NE(read_good(plain).sha256, read_good(other).sha256);
  EXPECT_EQ(read_good(plain).sha256, read_good(plain, {.accounts = {"rival"}}).sha256);
}

TEST(Create, writes_a_package_that_reads_without_a_mistake) {
  const TemporaryFolder folder;
  const auto written_files = create(folder.path() / "new");
  ASSERT_TRUE(written_files.has_value());
  for (const std::string& path : *written_files) {
    EXPECT_TRUE(std::filesystem::is_regular_file(path)) << path;
  }
  const auto war = read(folder.path() / "new", {.accounts = {"proxy"}});
  ASSERT_TRUE(war.has_value()) << to_string(war.error()[0]);
  EXPECT_EQ(war->actors.size(), 3U);
}

TEST(Create, uses_every_file_of_the_format_but_scores_which_a_new_war_has_not) {
  const TemporaryFolder folder;
  ASSERT_TRUE(create(folder.path()).has_value());
  for (const std::string& name : known_files()) {
    EXPECT_EQ(std::filesystem::exists(folder.path() / name), name != "death_scores.csv") << name;
  }
}

TEST(Create, refuses_a_folder_that_is_not_empty_and_writes_nothing) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "mine") << "x";
  const auto refused = create(folder.path());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error()[0].what, "the folder is not empty");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
  const auto file = create(folder.path() / "mine");
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error()[0].what, "exists and is not a folder");
}

TEST(Create, says_what_could_not_be_written) {
  EXPECT_THROW(static_cast<void>(create("/proc/truel_cannot_write_here")), std::filesystem::filesystem_error);
}

/// What a war says of its numbers, and what is laid over it.
std::vector<std::string> numbers_of(const War& war) {
  std::vector<std::string> said = war.laid_over;
  for (const Parameter& p : war.parameters) {
    said.push_back(p.path + " " + to_string(p.distribution) + " " + p.basis + " " + p.where.file + " " +
                   std::to_string(p.where.line) + (p.is_given ? " given" : "") +
                   (p.varies_in_package ? " varies" : ""));
  }
  for (const JointDraws& draws : war.draws) {
    said.push_back(draws.file);
  }
  return said;
}

/// Without the temporary folder, which every reading has of its own.
Lines without_folder(Lines lines) {
  for (std::string& line : lines) {
    if (const auto folder = line.find("/truel-test-"); folder != std::string::npos) {
      const auto begin = line.rfind(' ', folder);
      line.replace(begin + 1, line.find('/', folder + 1) - begin - 1, "");
    }
  }
  return lines;
}

TEST(WithOverlay, is_what_reading_the_package_with_it_gives_whatever_was_laid_over_it) {
  TestPackage p;
  p["accounts/fitted.toml"] =
      "title = \"Fitted\"\ndraws = \"fitted.csv\"\nbasis = \"assumed: a test\"\nfitted_until = 2015-12-31\n";
  p["accounts/fitted.csv"] = "actors.north.kill_rate,ties.south.west.alignment\n0.02,-1\n0.05,-0.5\n";
  std::vector<Overlay> overlays;
  for (const std::vector<std::string>& accounts :
       {Lines{}, Lines{"rival"}, Lines{"fitted"}, Lines{"rival", "fitted"}}) {
    for (const std::vector<std::string>& settings :
         {Lines{}, Lines{"actors.north.kill_rate=0.07", "actors.west.supply=2"},
          Lines{"actors.north.kill_rate=package"}}) {
      overlays.push_back({.accounts = accounts, .settings = settings});
    }
  }
  for (const Overlay& before : overlays) {
    const War read = read_good(p, before);
    for (const Overlay& after : overlays) {
      const auto expected = p.read(after);
      const auto found = with_overlay(read, after);
      ASSERT_TRUE(expected && found);
      EXPECT_EQ(without_folder(numbers_of(*found)), without_folder(numbers_of(*expected)))
          << before.accounts.size() << before.settings.size() << after.accounts.size() << after.settings.size();
    }
  }
}

TEST(WithOverlay, puts_the_number_of_the_package_in_the_place_of_an_account_s) {
  TestPackage p;
  const auto base = p.read();
  const auto rival = p.read({.accounts = {"rival"}});
  ASSERT_TRUE(base && rival);
  std::vector<std::string> own;
  for (const AccountSetting& setting : base->accounts.at(0).settings) {
    own.push_back(base->parameters[at(setting.target)].path + " = package");
  }
  ASSERT_FALSE(own.empty());
  const War without = read_good(p, {.accounts = {"rival"}, .settings = own});
  const auto numbers = [](War war) {
    war.laid_over.clear();
    return without_folder(numbers_of(war));
  };
  EXPECT_NE(numbers(*rival), numbers(*base));
  EXPECT_EQ(numbers(without), numbers(*base));
  const War nothing = read_good(p, {.settings = own});
  EXPECT_EQ(numbers(nothing), numbers(*base));
}

TEST(WithOverlay, gives_a_place_to_another_on_the_first_day_and_leaves_the_record_as_it_is) {
  TestPackage p;
  const War base = read_good(p);
  const auto holder_of_alpha = [&](const War& before, const Lines& settings) {
    const auto laid = with_overlay(before, {.settings = settings});
    EXPECT_TRUE(laid && laid->control.at(0).controller == base.control.at(0).controller);
    return compile(std::make_shared<const War>(*laid))->first_control()[0];
  };
  const ActorIndex north = base.control.at(0).controller;
  const War given = read_good(p, {.settings = {"places.alpha.control=west"}});
  EXPECT_NE(holder_of_alpha(base, {"places.alpha.control=west"}), north);
  EXPECT_EQ(holder_of_alpha(base, {"places.alpha.control = none"}), kNone);
  EXPECT_EQ(holder_of_alpha(base, {"places.alpha.control=west", "places.alpha.control=package"}), north);
  EXPECT_EQ(holder_of_alpha(given, {}), north);
}

TEST(WithOverlay, tells_what_is_wrong_with_it_in_the_words_of_reading) {
  TestPackage p;
  const War base = read_good(p);
  for (const Overlay& overlay :
       std::vector<Overlay>{{.accounts = {"rivel"}},
                            {.accounts = {"rival", "rival"}},
                            {.settings = {"actors.north.kil_rate=1"}},
                            {.settings = {"places.omega.control=west", "places.alpha.control=sky"}},
                            {.settings = {"actors.north.kill_rate=-1", "x"}}}) {
    const auto read = p.read(overlay);
    const auto laid = with_overlay(base, overlay);
    ASSERT_FALSE(read || laid);
    Lines expected;
    Lines found;
    for (const Diagnostic& d : read.error()) {
      expected.push_back(to_string(d));
    }
    for (const Diagnostic& d : laid.error()) {
      found.push_back(to_string(d));
    }
    EXPECT_EQ(found, expected);
  }
}

TEST(WithOverlay, tells_the_mistakes_that_only_the_account_makes) {
  TestPackage p;
  p["accounts/rival.toml"] =
      "title = \"A rival\"\nstory = \"Otherwise.\"\n[[set]]\npath = \"ties.north.south.share\"\nvalue = 0.9\nbasis = "
      "\"c1\"\n";
  const War base = read_good(p);
  const auto laid = with_overlay(base, {.accounts = {"rival"}});
  ASSERT_FALSE(laid);
  ASSERT_EQ(laid.error().size(), 1U);
  EXPECT_EQ(laid.error()[0].what, "the shares of `north` over its enemies reach 1.3, above 1");
}

TEST(Mistakes, of_one_edit_are_told_once) {
  const std::vector<std::pair<std::string, std::string>> paths = {
      {"actors.north.front_line_fraction", "actors.north.front_line_fraction"},
      {"places.alpha.population", "places.alpha.population"},
      {"places.*.population", "places.alpha.population"},
      {"links.alpha.beta_east.road_km", "links.alpha.beta_east.road_km"},
      {"scenario.terrain.plain.speed", "scenario.terrain.plain.speed"}};
  for (const auto& [path, number] : paths) {
    EXPECT_EQ(mistakes(TestPackage().edit("interventions.csv", "actors.north.supply", path)),
              Lines{"interventions.csv:2:21: `" + number +
                    "` is read at the start of a run, so that no dated change of it does anything; give it in its "
                    "table, in an account or by --set, and remove this row"});
  }
}

}  // namespace
}  // namespace truel::scenario
