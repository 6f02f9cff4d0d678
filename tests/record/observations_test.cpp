#include "truel/record/observations/observations.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>

#include "support/temporary_folder.hpp"
#include "truel/base/month.hpp"
#include "truel/record/observations/columns.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::record {
namespace {

namespace fs = std::filesystem;

/// The package that `truel new` makes, held against files that a test writes.
class ObservationsTest : public testing::Test {
 protected:
  ObservationsTest() {
    EXPECT_TRUE(scenario::create(folder_.path() / "war"));
    fs::create_directories(folder_.path() / "data" / "sub");
  }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
  }

  Result<Observations> read() {
    const auto war = scenario::read(folder_.path() / "war");
    EXPECT_TRUE(war);
    TRUEL_TRY(auto record, read_record(*war, folder_.path() / "war", folder_.path() / "data"));
    return std::move(record.observations);
  }

  std::size_t count(const Observations& o, const std::string& reason) {
    for (const Count& c : o.counts) {
      if (c.reason.find(reason) != std::string::npos) {
        return c.rows;
      }
    }
    return 0;
  }

  test::TemporaryFolder folder_;
};

constexpr const char* kSpells =
    "place_id,from_date,to_date,controller,confidence\n"
    "mill,2020-01-01,2020-03-31,river_league,high\n"
    "mill,2020-04-01,2020-12-31,government,low\n"
    "bridge,2020-01-01,2020-12-31,contested,high\n"
    "nowhere,2020-01-01,2020-12-31,government,high\n"
    "pass,2020-01-01,2020-12-31,bandits,high\n";

constexpr const char* kEvents =
    "id,type_of_violence,side_a,side_b,where_prec,date_prec,latitude,longitude,country,date_start,date_end,deaths_a,"
    "deaths_b,deaths_civilians,deaths_unknown,best,high,low\n"
    "1,1,the army,the Front,1,1,45.6,10.25,Valley,2020-02-01,2020-02-03 00:00:00.000,2,3,1,0,6,8,5\n"
    "2,1,the army,the Front,6,1,45.6,10.25,Valley,2020-02-01,2020-02-03,2,3,1,0,6,8,5\n"
    "3,1,the army,Smugglers,1,5,45.6,10.25,Valley,2020-03-01,2020-03-30,2,3,1,0,6,5,7\n"
    "1,1,the army,the Front,1,1,45.6,10.25,Valley,2020-02-01,2020-02-03,2,3,1,0,6,8,5\n"
    "4,1,the army,the Front,1,1,48,10.25,Valley,2020-02-01,soon,2,3,1,0,6,8,5\n"
    "5,2,\"The river league, the Front\",the army,2,1,48,10.25,Valley,2020-04-01,2020-04-01,2,3,1,0,6,8,5\n";

TEST_F(ObservationsTest, files_are_known_by_their_columns_in_any_folder_and_unpacked) {
  write("data/any_name.csv", kSpells);
  write("data/notes.csv", "who,what\nme,nothing\n");
  write("data/sub/undated.csv", "id,year,type_of_violence,latitude,longitude,side_a,side_b,best\n1,2020,1,1,1,a,b,3\n");
  gzFile packed = gzopen((folder_.path() / "data" / "sub" / "events.csv.gz").c_str(), "wb");
  gzputs(packed, kEvents);
  gzclose(packed);
  const auto o = read();
  ASSERT_TRUE(o) << to_string(o.error().front());
  ASSERT_EQ(o->files.size(), 4U);
  EXPECT_EQ(o->files[0].kind, "control spells");
  EXPECT_EQ(o->files[1].kind, "no columns that are known");
  EXPECT_EQ(o->files[2].kind, "UCDP events");
  EXPECT_EQ(o->files[3].kind, "events without a day or month");
  EXPECT_FALSE(o->files[3].is_read);
}

TEST_F(ObservationsTest, control_is_the_files_and_before_them_the_packages_own) {
  write("data/control.csv", kSpells);
  const auto o = read();
  ASSERT_TRUE(o);
  const auto war = scenario::read(folder_.path() / "war");
  const auto holder = [&](const char* place, const char* date) -> std::string {
    PlaceIndex p = 0;
    while (war->places[at(p)].id != place) {
      ++p;
    }
    const int code = o->control.holder(p, *parse_date(date));
    return code >= 0 ? o->sides.codes[at(code)] : code == kContested ? "contested" : "unknown";
  };
  EXPECT_EQ(holder("mill", "2019-05-01"), "government");
  EXPECT_EQ(holder("mill", "2019-12-31"), "river_league");
  EXPECT_EQ(holder("mill", "2020-04-01"), "government");
  EXPECT_EQ(holder("bridge", "2020-04-01"), "contested");
  EXPECT_EQ(holder("summit", "2020-04-01"), "unknown");
  EXPECT_EQ(holder("pass", "2020-04-01"), "bandits");
  EXPECT_EQ(o->control.last(), *parse_date("2020-12-31"));
  EXPECT_EQ(o->unmatched_places, (std::map<std::string, std::size_t>{{"nowhere", 1}}));
  EXPECT_EQ(o->unmatched_sides, (std::map<std::string, std::size_t>{{"bandits", 1}}));
}

TEST_F(ObservationsTest, every_event_that_is_dropped_merged_or_kept_with_doubt_is_counted) {
  write("data/events.csv", kEvents);
  const auto o = read();
  ASSERT_TRUE(o) << to_string(o.error().front());
  ASSERT_EQ(o->events.size(), 4U);
  EXPECT_EQ(count(*o, "no date"), 1U);
  EXPECT_EQ(count(*o, "same event id"), 1U);
  EXPECT_EQ(count(*o, "known to a line, area or country"), 1U);
  EXPECT_EQ(count(*o, "known to a month or worse"), 1U);
  EXPECT_EQ(count(*o, "no place of the map within 25 km"), 1U);
  EXPECT_EQ(count(*o, "low above best"), 1U);
  EXPECT_EQ(count(*o, "best above high"), 1U);
  EXPECT_EQ(count(*o, "a coalition of several sides"), 1U);
  EXPECT_EQ(o->unmatched_sides, (std::map<std::string, std::size_t>{{"Smugglers", 1}}));
  const Event& first = o->events.front();
  EXPECT_EQ(format_date(first.date), "2020-02-03");
  EXPECT_EQ(o->sides.codes[at(first.side_a)], "government");
  EXPECT_EQ(o->sides.codes[at(first.side_b)], "highland_front");
  EXPECT_EQ(first.best, 6);
}

TEST_F(ObservationsTest, sides_are_not_matched_by_a_name_for_search_alone) {
  const auto alias = [&](const char* use) {
    write("war/aliases.csv", std::string("name,id,search_only\nSmugglers,river_league,") + use + "\n");
    const auto o = read();
    EXPECT_TRUE(o);
    return o ? o->unmatched_sides : std::map<std::string, std::size_t>{};
  };
  write("data/events.csv", kEvents);
  const auto apart = alias("no");
  EXPECT_EQ(apart.count("Smugglers"), 0U);
  EXPECT_EQ(alias("yes").count("Smugglers"), 1U);
}

TEST_F(ObservationsTest, a_file_covers_months_from_its_first_event_to_the_last_that_ends_by_its_last) {
  const std::string columns = "id,type_of_violence,side_a,side_b,latitude,longitude,country,date_end,best\n";
  const auto event = [](int id, const char* date) {
    return std::to_string(id) + ",1,the army,the Front,45.6,10.25,Valley," + date + ",6\n";
  };
  write("data/a.csv", columns + event(1, "2020-03-31") + event(2, "2020-01-20"));
  write("data/b.csv", columns + event(3, "2020-06-10") + event(4, "2020-08-30"));
  write("data/c.csv", columns + event(5, "2020-10-10") + event(6, "2020-10-11"));
  const auto o = read();
  ASSERT_TRUE(o) << to_string(o.error().front());
  std::string months;
  for (const int month : o->covered_months) {
    months += format_month(month) + " ";
  }
  EXPECT_EQ(months, "2020-01 2020-02 2020-03 2020-06 2020-07 ");
  EXPECT_EQ(o->gaps(), "2020-04 to 2020-05");
  EXPECT_EQ(format_date(o->events_from), "2020-01-01");
  EXPECT_EQ(format_date(o->events_to), "2020-07-31");
}

TEST_F(ObservationsTest, events_without_an_id_are_none_of_them_the_same) {
  write("data/ucdp.csv",
        "type_of_violence,side_a,side_b,latitude,longitude,country,date_end,best\n"
        "1,the army,the Front,45.6,10.25,Valley,2020-02-03,6\n"
        "1,the army,the Front,45.6,10.25,Valley,2020-02-03,6\n");
  auto o = read();
  ASSERT_TRUE(o) << to_string(o.error().front());
  EXPECT_EQ(o->events.size(), 2U);
  EXPECT_EQ(count(*o, "same event id"), 0U);
  EXPECT_EQ(count(*o, "without an id"), 2U);
  fs::remove(folder_.path() / "data/ucdp.csv");
  write("data/acled.csv",
        "event_id_cnty,event_date,event_type,actor1,actor2,country,latitude,longitude,fatalities\n"
        ",2020-02-05,Battles,the army,the Front,Valley,45.6,10.25,4\n"
        ",2020-02-06,Battles,the army,the Front,Valley,45.6,10.25,4\n"
        "VAL1,2020-02-07,Battles,the army,the Front,Valley,45.6,10.25,4\n"
        "VAL1,2020-02-07,Battles,the army,the Front,Valley,45.6,10.25,4\n");
  o = read();
  ASSERT_TRUE(o) << to_string(o.error().front());
  EXPECT_EQ(o->events.size(), 3U);
  EXPECT_EQ(count(*o, "same event id"), 1U);
  EXPECT_EQ(count(*o, "without an id"), 2U);
}

TEST_F(ObservationsTest, acled_counts_alone_and_not_beside_ucdp) {
  write("data/acled.csv",
        "event_id_cnty,event_date,event_type,actor1,actor2,country,latitude,longitude,geo_precision,time_precision,"
        "fatalities\nVAL1,05 February 2020,Battles,the army,the Front,Valley,45.6,10.25,1,1,4\n"
        "VAL2,2020-02-06,Violence against civilians,the army,,Valley,45.6,10.25,3,3,2\n");
  auto o = read();
  ASSERT_TRUE(o) << to_string(o.error().front());
  ASSERT_EQ(o->events.size(), 2U);
  EXPECT_EQ(format_date(o->events[0].date), "2020-02-05");
  EXPECT_EQ(o->events[0].unknown, 4);
  EXPECT_EQ(o->events[1].civilians, 2);
  EXPECT_EQ(o->events[1].violence, 3);
  write("data/ucdp.csv", kEvents);
  o = read();
  ASSERT_TRUE(o);
  EXPECT_EQ(o->events.size(), 4U);
  EXPECT_EQ(count(*o, "ACLED events beside UCDP"), 2U);
}

TEST_F(ObservationsTest, rules_name_files_sides_and_places) {
  write("data/control.csv", kSpells);
  write("data/other.csv", "place_id,from_date,to_date,controller\nsummit,2021-01-01,2021-12-31,army\n");
  write("war/observations.toml",
        "format = 1\nfiles = [\"other.csv\"]\n[holders]\narmy = \"government\"\n[citations]\nother = \"by others\"\n");
  const auto o = read();
  ASSERT_TRUE(o) << to_string(o.error().front());
  EXPECT_EQ(o->files.size(), 1U);
  EXPECT_EQ(o->citations, std::vector<std::string>{"by others"});
  EXPECT_TRUE(o->unmatched_sides.empty());
}

TEST_F(ObservationsTest, publishers_are_cited_whatever_the_files_are_called_and_by_the_package_besides) {
  const auto cited = [](const Result<Observations>& o) {
    std::vector<std::string> first_words;
    for (const std::string& citation : o->citations) {
      first_words.push_back(citation.substr(0, citation.find_first_of(" ,")));
    }
    return first_words;
  };
  write("data/acled.csv",
        "event_id_cnty,event_date,event_type,actor1,actor2,country,latitude,longitude,geo_precision,time_precision,"
        "fatalities\nVAL1,05 February 2020,Battles,the army,the Front,Valley,45.6,10.25,1,1,4\n");
  write("data/towns.csv", kSpells);
  write("data/valley.txt", "123\tElsewhere\t\t\t45\t10\t\t\t\t\t\t\t\t\t\t\t\t\t\n");
  auto o = read();
  ASSERT_TRUE(o) << to_string(o.error().front());
  EXPECT_EQ(cited(o), (std::vector<std::string>{"Armed", "GeoNames"}));
  write("data/GEDEvent_v25_1.csv", kEvents);
  write("data/more.csv", kEvents);
  write("war/observations.toml", "format = 1\n[citations]\ntown = \"Ours\"\nmore = \"Ours\"\nacled = \"None of it\"\n");
  o = read();
  ASSERT_TRUE(o) << to_string(o.error().front());
  EXPECT_EQ(cited(o), (std::vector<std::string>{"UCDP", "Ours", "GeoNames"})) << "ACLED is left out beside UCDP";
}

TEST_F(ObservationsTest, mistakes_say_where_they_are) {
  write("data/control.csv",
        "place_id,from_date,to_date,controller\nmill,2020-01-01,2019-12-31,government\nmill,x,2020-01-01,government\n");
  write("war/observations.toml", "format = 1\nnear_km = -1\nmergd = 3\n");
  auto o = read();
  ASSERT_FALSE(o);
  ASSERT_EQ(o.error().size(), 2U);
  EXPECT_NE(to_string(o.error()[1]).find("observations.toml:3:1: unknown key `mergd`; did you mean `merged`?"),
            std::string::npos)
      << to_string(o.error()[1]);
  fs::remove(folder_.path() / "war/observations.toml");
  o = read();
  ASSERT_FALSE(o);
  ASSERT_EQ(o.error().size(), 2U);
  EXPECT_NE(to_string(o.error()[0]).find("control.csv:2: a spell that ends before it begins"), std::string::npos);
  EXPECT_NE(to_string(o.error()[1]).find("control.csv:3: a spell without two dates"), std::string::npos);
}

TEST_F(ObservationsTest, a_folder_without_any_record_is_refused) {
  write("data/notes.csv", "who,what\nme,nothing\n");
  EXPECT_FALSE(read());
  fs::remove_all(folder_.path() / "data");
  EXPECT_FALSE(read());
}

TEST(Columns, dates_are_read_as_data_sets_write_them) {
  for (const char* text : {"2016-02-05", "2016-02-05 00:00:00.000", "05 February 2016", "5 Feb 2016", "05-Feb-2016"}) {
    EXPECT_EQ(parse_any_date(text), parse_date("2016-02-05")) << text;
  }
  for (const char* text : {"", "2016", "February 2016", "32 February 2016", "2016-02-05x"}) {
    EXPECT_FALSE(parse_any_date(text)) << text;
  }
}

}  // namespace
}  // namespace truel::record
