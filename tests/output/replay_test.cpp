#include <gtest/gtest.h>

#include "output/sample.hpp"
#include "truel/output/json.hpp"
#include "truel/output/terminal/text.hpp"
#include "truel/world/journal.hpp"

namespace truel::output {
namespace {

TEST(Replay, json_has_outcomes_events_and_decisions_of_the_realization) {
  const Sample sample(3);
  const ensemble::KeptRun& kept = sample.kept[2];
  const Json json = Json::parse(replay_json(sample.model, sample.options.solve, kept));
  EXPECT_EQ(json["realization"], 2);
  EXPECT_EQ(json["seed"], 11);
  EXPECT_EQ(json["status"], "complete");
  EXPECT_EQ(std::stoull(json["fingerprint"].get<std::string>(), nullptr, 16), kept.run.fingerprint);
  EXPECT_EQ(kept.run.fingerprint, sample.run(2).fingerprint);
  EXPECT_EQ(json["actors"]["north"]["killed"].get<double>(), kept.run.of(0, ActorOutcome::killed));
  EXPECT_TRUE(json["actors"]["wing"]["survives"].is_null());
  EXPECT_TRUE(json["actors"]["north"]["survives"].is_boolean());
  EXPECT_EQ(json["events"].size(), kept.path.journal.events.size());
  EXPECT_GT(json["events"].size(), 0U);
  EXPECT_EQ(json["decisions"].size(), kept.path.journal.priorities.size());
  EXPECT_EQ(json["decisions"][0]["features"].size(), features_of(sample.model).size());
  EXPECT_EQ(json["draws"]["actors.north.kill_rate"].get<double>(), kept.run.draws[0]);
  EXPECT_EQ(json["places"].size(), 3U);
}

TEST(Replay, table_tells_who_took_what_for_good_and_why) {
  Sample sample(1);
  ensemble::KeptRun& kept = sample.kept[0];
  const std::size_t n_times = sample.summary.days.size();
  kept.run.control.assign(3 * n_times, 0);  // north holds all in the end
  kept.path.journal.events = {{5, "capture", 1, 0, 0, 10}, {9, "capture", 0, 1, 1, 100}, {12, "capture", 0, 0, 1, 50}};
  kept.path.journal.priorities = {{0, 0, 1, 1, 1.25, {1.5, -0.25}}};
  const std::string text = replay_table(sample.model, sample.options.solve, kept);
  EXPECT_NE(text.find("2016-01-10 Town gate: north from south"), std::string::npos) << text;
  EXPECT_EQ(text.find("Town ford: north"), std::string::npos) << "lost and won back";
  EXPECT_NE(text.find("north: south 100 % (vital +1.50, backing -0.25)."), std::string::npos) << text;
}

TEST(Replay, table_cuts_no_name_and_steers_no_terminal) {
  const Sample sample(1, [](War& war) {
    war.title = kHostile;
    for (Actor& a : war.actors) {
      a.name = kHostile + std::string(90, 'x');
    }
    for (Place& p : war.places) {
      p.name = kHostile;
    }
  });
  const std::string text = replay_table(sample.model, sample.options.solve, sample.kept[0]);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find(std::string(90, 'x')), std::string::npos) << "a name is cut";
}

TEST(Replay, writes_its_files) {
  TemporaryFolder folder;
  const Sample sample(1);
  const auto files =
      write_replay(sample.model, sample.options.solve, sample.kept[0], sample.provenance, folder.path() / "out");
  ASSERT_TRUE(files.has_value());
  for (const char* name : {"replay.json", "path.nc", "events.csv", "priorities.csv", "provenance.json"}) {
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "out" / name)) << name;
  }
  EXPECT_EQ(files->size(), 5U);
  EXPECT_EQ(Json::parse(bytes_of(folder.path() / "out" / "provenance.json"))["realization"], 0);
}

}  // namespace
}  // namespace truel::output
