// Realizations on disk: read back as they were written, kept through a kill at any moment, refused for another
// question.
#include "truel/ensemble/store/run_store.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "ensemble/summary_bytes.hpp"
#include "support/random_war.hpp"
#include "support/solve.hpp"
#include "support/temporary_folder.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/ensemble/rank_stores.hpp"
#include "truel/ensemble/shard.hpp"
#include "truel/ensemble/store/run_record.hpp"

namespace truel::test {
namespace {

namespace fs = std::filesystem;
using ensemble::RunStore;

const std::string kKey = "package 1a2b, seed 7, leap";

RunStore opened(const fs::path& path, const std::string& key = kKey) {
  auto store = RunStore::open(path, key);
  TRUEL_CHECK(store.has_value());
  return std::move(store.value());
}

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

bool is_same(const solver::Run& x, const solver::Run& y) {
  return bytes_of(x) == bytes_of(y);
}

RC_GTEST_PROP(RunStoreProperty, gives_back_every_byte_in_any_order, ()) {
  const std::vector<solver::Run> runs = solve_many(random_war({.most_days = 20}).compile(), {}, 6);
  RunStore store = opened({});
  for (const std::uint32_t number : {4U, 0U, 5U, 2U}) {
    RC_ASSERT(store.append(runs[number]));
  }
  RC_ASSERT(store.numbers() == (std::vector<std::uint32_t>{0, 2, 4, 5}));
  RC_ASSERT(store.has(2) && !store.has(3));
  solver::Run run;
  for (const std::uint32_t number : {5U, 0U, 4U, 2U}) {
    store.read(number, run);
    RC_ASSERT(is_same(run, runs[number]));
  }
}

// More than is read from the file at once, in batches that come in any order.
TEST(RunStore, gives_back_thousands_of_small_realizations_written_in_batches) {
  WarBuilder war(5);
  war.ground("a").ground("b").place("town", "a").force("a", "town", 60).force("b", "town", 50);
  war.set("actors.a.kill_rate", .1).set("actors.b.kill_rate", .1);
  constexpr std::uint32_t kBatch = 50;
  constexpr std::uint32_t kBatches = 160;
  const std::vector<solver::Run> runs = solve_many(war.compile(), {}, kBatch * kBatches);
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "runs";
  std::optional<RunStore> store(opened(path));
  for (std::uint32_t k = 0; k < kBatches; ++k) {
    ensemble::RunRecords records;
    for (std::uint32_t r = 0; r < kBatch; ++r) {
      records.add(runs[k * 7 % kBatches * kBatch + r]);
    }
    ASSERT_TRUE(store->append(records));
  }
  EXPECT_GT(fs::file_size(path), 2U << 20);
  const auto expect_all = [&](const RunStore& one) {
    ASSERT_EQ(one.size(), runs.size());
    solver::Run run;
    for (const std::uint32_t number : one.numbers()) {
      one.read(number, run);
      ASSERT_TRUE(is_same(run, runs[number]));
      one.read(number * 37 % (kBatch * kBatches), run);
      ASSERT_TRUE(is_same(run, runs[number * 37 % (kBatch * kBatches)]));
    }
  };
  expect_all(*store);
  store.reset();
  expect_all(opened(path));
}

RC_GTEST_PROP(RunStoreProperty, cut_off_at_any_byte_it_goes_on_to_the_same_end, ()) {
  static const TemporaryFolder folder;
  const fs::path path = folder.path() / "runs";
  const CompiledModel model = random_war({.most_days = 12}).compile();
  ensemble::EnsembleOptions options{.runs = 10, .threads = 1};
  fs::remove(path);
  std::string summary;
  {
    RunStore store = opened(path);
    RC_ASSERT(ensemble::run(model, options, store));
    summary = bytes_of(ensemble::summarise(model, options.solve, store));
  }
  const std::string whole = content(path);
  const auto cut = *rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, whole.size() + 1));
  write(path, whole.substr(0, cut));
  RunStore store = opened(path);
  RC_ASSERT(store.size() <= 10U);
  RC_ASSERT(cut < whole.size() || store.size() == 10U);
  options.threads = 2;
  RC_ASSERT(ensemble::run(model, options, store));
  const bool has_same_summary = bytes_of(ensemble::summarise(model, options.solve, store)) == summary;
  RC_ASSERT(has_same_summary);
  solver::Run run;
  for (const solver::Run& expected : solve_many(model, options.solve, 10)) {
    store.read(expected.number, run);
    RC_ASSERT(is_same(run, expected));
  }
}

RC_GTEST_PROP(RunStoreProperty, a_record_with_a_changed_byte_is_not_believed, ()) {
  static const TemporaryFolder folder;
  static const CompiledModel model = [] {
    WarBuilder war(5);
    war.ground("a").place("town", "a").force("a", "town", 60);
    return war.compile();
  }();
  const fs::path path = folder.path() / "runs";
  fs::remove(path);
  const std::vector<solver::Run> runs = solve_many(model, {}, 5);
  std::size_t head = 0;
  {
    RunStore store = opened(path);
    head = fs::file_size(path);
    for (const solver::Run& run : runs) {
      RC_ASSERT(store.append(run));
    }
  }
  std::string bytes = content(path);
  const auto where = *rc::gen::resize(100, rc::gen::inRange<std::size_t>(head, bytes.size()));
  bytes[where] = static_cast<char>(bytes[where] ^ (1 << *rc::gen::inRange(0, 8)));
  write(path, bytes);
  const RunStore store = opened(path);
  const std::size_t record = (bytes.size() - head) / 5;
  const auto changed = static_cast<std::uint32_t>((where - head) / record);
  RC_ASSERT(store.size() == 4U && !store.has(changed));  // the others are kept
  solver::Run run;
  for (const std::uint32_t number : store.numbers()) {
    store.read(number, run);
    RC_ASSERT(is_same(run, runs[number]));
  }
}

CompiledModel quiet_town() {
  WarBuilder war(5);
  war.ground("a").place("town", "a").force("a", "town", 60);
  return war.compile();
}

RC_GTEST_PROP(RunStoreProperty, a_byte_that_changes_while_it_is_open_is_noticed_when_it_is_read_back, ()) {
  static const TemporaryFolder folder;
  static const CompiledModel model = quiet_town();
  const fs::path path = folder.path() / "runs";
  fs::remove(path);
  const std::vector<solver::Run> runs = solve_many(model, {}, 5);
  RunStore store = opened(path);
  const std::size_t head = fs::file_size(path);
  for (const solver::Run& run : runs) {
    RC_ASSERT(store.append(run));
  }
  std::string bytes = content(path);
  const auto where = *rc::gen::resize(100, rc::gen::inRange<std::size_t>(head, bytes.size()));
  bytes[where] = static_cast<char>(bytes[where] ^ (1 << *rc::gen::inRange(0, 8)));
  std::fstream(path, std::ios::binary | std::ios::in | std::ios::out)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  const auto changed = static_cast<std::uint32_t>((where - head) / ((bytes.size() - head) / 5));
  solver::Run run;
  for (std::uint32_t number = 0; number < 5; ++number) {
    if (number == changed) {
      RC_ASSERT_THROWS_AS(store.read(number, run), ensemble::StoreError);
    } else {
      store.read(number, run);
      RC_ASSERT(is_same(run, runs[number]));
    }
  }
}

RC_GTEST_PROP(RunStoreProperty, no_content_with_good_checksums_stops_the_program, ()) {
  static const TemporaryFolder folder;
  static const CompiledModel model = quiet_town();
  const fs::path path = folder.path() / "runs";
  fs::remove(path);
  { opened(path); }
  const std::string head = content(path);
  std::string plain;
  std::string record;
  ensemble::append_record(solve_one(model, {}), 0, plain, record);
  // A record with some of its bytes changed, and checksums that say it is whole.
  std::string body = record.substr(sizeof(ensemble::RecordHead));
  for (int k = *rc::gen::inRange(0, 6); k > 0; --k) {
    const auto where = *rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, body.size()));
    body[where] = *rc::gen::arbitrary<char>();
  }
  body.resize(*rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, body.size() + 1)));
  const ensemble::RecordHead good(0, body);
  write(path, head + std::string(reinterpret_cast<const char*>(&good), sizeof good) + body);
  RunStore store = opened(path);
  const ensemble::EnsembleOptions options{.runs = 2, .threads = 1};
  RC_ASSERT(ensemble::run(model, options, store));
  RC_ASSERT(ensemble::summarise(model, options.solve, store).numbers.size() == 2U);
}

TEST(RunStore, that_another_has_open_is_refused_and_given_free_when_it_is_closed) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "runs";
  const CompiledModel model = quiet_town();
  {
    RunStore store = opened(path);
    const auto second = RunStore::open(path, kKey);
    ASSERT_FALSE(second);
    EXPECT_NE(second.error()[0].what.find("another process"), std::string::npos);
    ASSERT_TRUE(store.append(solve_one(model, {})));
    EXPECT_EQ(store.size(), 1);
  }
  EXPECT_EQ(opened(path).size(), 1);
}

TEST(RunStore, takes_no_descriptor_of_a_standard_stream) {
  const TemporaryFolder folder;
  const int kept = dup(STDIN_FILENO);
  close(STDIN_FILENO);
  const RunStore named = opened(folder.path() / "runs");
  const RunStore unnamed = opened({});
  const int next = open("/dev/null", O_RDONLY);
  EXPECT_EQ(next, STDIN_FILENO) << "the least that is free";
  dup2(kept, STDIN_FILENO);
  close(kept);
}

TEST(RunStore, of_another_question_is_refused_and_left_alone) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "runs";
  WarBuilder war(5);
  war.ground("a").place("town", "a");
  {
    RunStore store = opened(path);
    ASSERT_TRUE(store.append(solve_one(war.compile(), {})));
  }
  const std::string before = content(path);
  for (const std::string& other : {std::string("package 1a2b, seed 8, leap"), kKey + " and more", std::string()}) {
    const auto refused = RunStore::open(path, other);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error()[0].where.file, path.string());
    EXPECT_NE(refused.error()[0].what.find(kKey), std::string::npos) << "says which question it holds";
  }
  EXPECT_EQ(content(path), before);
  EXPECT_EQ(opened(path).size(), 1);
}

TEST(RunStore, killed_while_it_was_begun_begins_again) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "runs";
  WarBuilder war(5);
  war.ground("a").place("town", "a");
  opened(path);
  const std::string head = content(path);
  for (std::size_t cut = 0; cut < head.size(); ++cut) {
    write(path, head.substr(0, cut));
    RunStore store = opened(path);
    EXPECT_EQ(store.size(), 0);
    ASSERT_TRUE(store.append(solve_one(war.compile(), {})));
    EXPECT_TRUE(content(path).starts_with(head));
  }
}

TEST(RunStore, a_file_that_is_none_is_refused_and_left_alone) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "runs";
  const std::string text = "a letter to my aunt, not a store of realizations";
  write(path, text);
  EXPECT_FALSE(RunStore::open(path, kKey));
  EXPECT_EQ(content(path), text);
  EXPECT_FALSE(RunStore::open(folder.path() / "no" / "such" / "folder" / "runs", kKey));
}

TEST(RunStore, without_a_path_leaves_no_file_behind) {
  const TemporaryFolder folder;
  WarBuilder war(5);
  war.ground("a").place("town", "a");
  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  {
    RunStore store = opened({});
    ASSERT_TRUE(store.append(solve_one(war.compile(), {})));
    EXPECT_EQ(store.size(), 1);
  }
  fs::current_path(before);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(RunRecord, of_any_part_with_another_size_does_not_fit) {
  WarBuilder war(5);
  war.ground("a").ground("b").place("town", "a").force("a", "town", 60).force("b", "town", 50);
  const CompiledModel model = war.compile();
  const solver::Run run = solve_one(model, {});
  solver::Run shape;
  shape.resize(model, solver::stored_days(model, {}).size());
  ASSERT_TRUE(ensemble::has_shape_of(run, shape));
  const auto is_noticed = [&](auto part) {
    solver::Run other = run;
    (other.*part).emplace_back();
    return !ensemble::has_shape_of(other, shape);
  };
  EXPECT_TRUE(is_noticed(&solver::Run::fighters));
  EXPECT_TRUE(is_noticed(&solver::Run::dyad_losses));
  EXPECT_TRUE(is_noticed(&solver::Run::attacks));
  EXPECT_TRUE(is_noticed(&solver::Run::plans));
  EXPECT_TRUE(is_noticed(&solver::Run::draws));
  solver::Run without_draws = run;
  without_draws.draws.clear();
  EXPECT_TRUE(ensemble::has_shape_of(without_draws, shape)) << "as sensitivity studies keep them";
}

TEST(RankStores, hold_each_realization_once_and_are_of_one_key) {
  WarBuilder war(5);
  war.ground("a").ground("b").place("town", "a").force("a", "town", 60).force("b", "town", 50);
  const CompiledModel model = war.compile();
  const std::vector<solver::Run> runs = solve_many(model, {}, 4);
  const ensemble::EnsembleOptions options{.runs = 4};
  const ensemble::Work work = ensemble::work_of({&model}, options);
  const TemporaryFolder folder;
  const auto fill = [&](int rank, std::vector<std::uint32_t> numbers, const std::string& key = kKey) {
    auto store = ensemble::open_rank_store(folder.path(), rank, key);
    ASSERT_TRUE(store.has_value());
    for (const std::uint32_t number : numbers) {
      ASSERT_TRUE(store->append(runs[number]));
    }
  };
  fill(0, {0, 2});
  fill(1, {1, 3});
  ASSERT_TRUE(ensemble::join_rank_stores(folder.path(), kKey, work).has_value());
  fill(2, {3});
  const auto twice = ensemble::join_rank_stores(folder.path(), kKey, work);
  ASSERT_FALSE(twice.has_value());
  EXPECT_NE(twice.error().front().what.find("holds realization 3, as does another file"), std::string::npos);
  fs::remove(folder.path() / "2");
  fill(3, {}, "another build");
  EXPECT_FALSE(ensemble::join_rank_stores(folder.path(), kKey, work).has_value());
}

TEST(Shards, of_another_build_of_the_same_version_are_refused) {
  WarBuilder war(5);
  war.ground("a").place("town", "a").force("a", "town", 60);
  const CompiledModel model = war.compile();
  const ensemble::EnsembleOptions options{.runs = 4};
  const ensemble::Work work = ensemble::work_of({&model}, options);
  const TemporaryFolder folder;
  std::vector<fs::path> files;
  for (std::uint32_t index = 1; index <= 2; ++index) {
    ensemble::ShardHead head{"1.0", "run", "war", "hash", {}, work.size, {index, 2}};
    head.build = index == 1 ? head.build : "0123456789abcdef";
    files.push_back(folder.path() / std::to_string(index));
    auto shard = ensemble::open_shard(files.back(), head, work);
    ASSERT_TRUE(shard.has_value());
    ASSERT_TRUE(work.solve(shard->missing, *shard->store, {}));
    ASSERT_FALSE(ensemble::finish_shard(files.back(), *shard->store).has_value());
    ensemble::ShardHead other = head;
    other.build = "another";
    EXPECT_FALSE(ensemble::check_shard(files.back(), other).empty()) << "nor does another build go on with it";
  }
  const auto shards = ensemble::open_shards(files, "1.0");
  ASSERT_FALSE(shards.has_value());
  ASSERT_EQ(shards.error().size(), 1U);
  EXPECT_NE(shards.error().front().what.find("was made by build 0123456789abcdef of truel 1.0, and this is"),
            std::string::npos);
}

}  // namespace
}  // namespace truel::test
