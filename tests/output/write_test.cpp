#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <set>

#include "output/sample.hpp"
#include "truel/output/files.hpp"
#include "truel/output/json.hpp"

namespace truel::output {
namespace {

namespace fs = std::filesystem;

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

/// What `action` gives in a process whose files may not grow beyond so many bytes, as on a full disk.
template <class F>
int status_with_little_space(rlim_t bytes, F&& action) {
  const pid_t child = fork();
  if (child == 0) {
    const rlimit limit = {bytes, bytes};
    setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, SIG_IGN);
    _exit(action());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Write, gives_all_files_their_names_and_leaves_nothing_else) {
  TemporaryFolder folder;
  const Sample sample(5);
  const auto written = sample.write(folder.path() / "new" / "results");
  ASSERT_TRUE(written.has_value());
  std::set<std::string> expected = {"summary.json", "ensemble.nc",      "control.geojson",
                                    "dyads.csv",    "months_dyads.csv", "months_places.csv",
                                    "events.csv",   "priorities.csv",   "provenance.json"};
#if TRUEL_HAS_PAGE
  expected.insert("report.html");
#endif
  EXPECT_EQ(names_in(folder.path() / "new" / "results"), expected);
  EXPECT_EQ(written->size(), expected.size());
  const Json provenance = Json::parse(bytes_of(folder.path() / "new" / "results" / "provenance.json"));
  for (const char* key : {"version", "command", "seed", "package", "package_sha256", "solver", "start", "end",
                          "compiler", "started", "finished", "threads", "accounts", "settings", "kept_runs"}) {
    EXPECT_TRUE(provenance.contains(key)) << key;
  }
  EXPECT_EQ(provenance["kept_runs"], Json::parse("[0,1,2]"));
}

TEST(Write, only_provenance_tells_one_thread_from_two) {
  TemporaryFolder folder;
  ASSERT_TRUE(Sample(20, {}, 1).write(folder.path() / "one").has_value());
  ASSERT_TRUE(Sample(20, {}, 2).write(folder.path() / "two").has_value());
  for (const std::string& name : names_in(folder.path() / "one")) {
    EXPECT_EQ(bytes_of(folder.path() / "one" / name) == bytes_of(folder.path() / "two" / name),
              name != "provenance.json")
        << name;
  }
}

TEST(Write, without_a_realization_there_is_nothing_to_write) {
  TemporaryFolder folder;
  const auto written = Sample(0).write(folder.path() / "results");
  ASSERT_FALSE(written.has_value());
  EXPECT_NE(written.error().at(0).what.find("no realization"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder.path() / "results"));
}

TEST(Write, failed_realizations_alone_are_still_shown) {
  TemporaryFolder folder;
  const Sample whole(1);
  Sample sample(0);
  solver::Run failed = whole.run(0);
  failed.status = solver::RunStatus::event_limit;
  ASSERT_TRUE(sample.store.append(failed));
  sample.summarise();
  ASSERT_TRUE(sample.write(folder.path()).has_value());
  const Json json = Json::parse(bytes_of(folder.path() / "summary.json"));
  EXPECT_EQ(json["failed_runs"], 1);
  EXPECT_TRUE(json["civilian_harm"]["mean"].is_null());
}

TEST(Write, a_folder_that_cannot_be_made_is_a_diagnostic) {
  TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "in the way";
  const auto written = Sample(1).write(folder.path() / "file" / "results");
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().at(0).where.file, (folder.path() / "file" / "results").string());
  EXPECT_EQ(names_in(folder.path()), std::set<std::string>{"file"});
}

TEST(Write, a_name_that_is_taken_by_a_folder_is_a_diagnostic) {
  TemporaryFolder folder;
  fs::create_directories(folder.path() / "summary.json" / "x");
  const auto written = Sample(1).write(folder.path());
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(names_in(folder.path()), (std::set<std::string>{"ensemble.nc", "summary.json"}));  // nothing after it
}

TEST(Write, a_full_disk_is_a_diagnostic_and_leaves_no_half_file) {
  const Sample sample(64);
  TemporaryFolder whole;
  ASSERT_TRUE(sample.write(whole.path()).has_value());
  for (const char* victim : {"summary.json", "ensemble.nc", "priorities.csv"}) {
    TemporaryFolder folder;
    // Files before the victim are smaller, so that they fit.
    const auto size = static_cast<rlim_t>(fs::file_size(whole.path() / victim));
    const int status = status_with_little_space(size - 100, [&] {
      const auto written = sample.write(folder.path());
      return !written.has_value() && written.error().at(0).what.starts_with("cannot be written") ? 7 : 1;
    });
    EXPECT_EQ(status, 7) << victim;
    for (const std::string& name : names_in(folder.path())) {
      EXPECT_FALSE(name.starts_with(".")) << name;
      EXPECT_EQ(bytes_of(folder.path() / name), bytes_of(whole.path() / name));
    }
  }
}

TEST(Write, a_file_that_cannot_be_written_leaves_the_old_one) {
  TemporaryFolder folder;
  const fs::path path = folder.path() / "text";
  ASSERT_FALSE(write_file(path, "old").has_value());
  const int status =
      status_with_little_space(1000, [&] { return write_file(path, std::string(100'000, 'x')).has_value() ? 7 : 1; });
  EXPECT_EQ(status, 7);
  EXPECT_EQ(bytes_of(path), "old");
  EXPECT_EQ(names_in(folder.path()), std::set<std::string>{"text"});
}

}  // namespace
}  // namespace truel::output
