// The runs of a study: the same whatever the threads, and whole blocks only.
#include "truel/sensitivity/sample.hpp"

#include <gtest/gtest.h>

#include "sensitivity/support.hpp"

namespace truel::test {
namespace {

using ensemble::RunStore;
using sensitivity::Grouping;
using sensitivity::make_study;
using sensitivity::SampleOptions;
using sensitivity::Study;

SampleOptions options(std::uint32_t blocks, int threads) {
  SampleOptions result;
  result.solve.every_days = 10;
  result.blocks = blocks;
  result.threads = threads;
  return result;
}

sensitivity::Outcomes fighters(const Study& study, const RunStore& store) {
  return outcomes_of(study, *sensitivity::parse_outcome(study.war(), "actors.a.final_fighters"), store);
}

RunStore empty_store() {
  return std::move(*RunStore::open({}, "test"));
}

TEST(SampleTest, is_the_same_on_any_number_of_threads_and_when_it_is_made_in_two_goes) {
  const Study study = *make_study(rivals(3), Grouping::table);
  RunStore one = empty_store();
  RunStore three = empty_store();
  RunStore in_two_goes = empty_store();
  ASSERT_TRUE(run(study, options(40, 1), one));
  ASSERT_TRUE(run(study, options(40, 3), three));
  ASSERT_TRUE(run(study, options(17, 2), in_two_goes));
  ASSERT_TRUE(run(study, options(40, 2), in_two_goes));
  const auto expected = fighters(study, one);
  ASSERT_EQ(expected.y.size(), 40 * study.block_size());
  EXPECT_EQ(fighters(study, three).y, expected.y);
  EXPECT_EQ(fighters(study, in_two_goes).y, expected.y);
  EXPECT_NE(*std::max_element(expected.y.begin(), expected.y.end()),
            *std::min_element(expected.y.begin(), expected.y.end()));
}

TEST(SampleTest, each_run_follows_its_account_with_its_own_values_and_its_own_chance) {
  const Study study = *make_study(rivals(3), Grouping::table);
  RunStore store = empty_store();
  ASSERT_TRUE(run(study, options(5, 2), store));
  const auto outcomes = fighters(study, store);
  std::vector<double> values(study.war().parameters.size());
  for (std::uint32_t block = 0; block < 5; ++block) {
    for (std::size_t role = 0; role < study.block_size(); ++role) {
      const std::size_t account = set_values(study, options(5, 1).solve.seed, block, role, values);
      const auto number = static_cast<std::uint32_t>(block * study.block_size() + role);
      solver::Run alone;
      solver::Path* const no_path = nullptr;
      solver::solve(study.rivals[account].model, options(5, 1).solve, std::span(&number, 1), values,
                    std::span(&alone, 1), std::span(&no_path, 1));
      EXPECT_EQ(alone.of(0, ActorOutcome::final_fighters), outcomes.y[number]);
    }
  }
  // Same inputs, other chance.
  int different = 0;
  for (std::size_t block = 0; block < 5; ++block) {
    different += outcomes.y[block * study.block_size()] != outcomes.y[block * study.block_size() + 1];
  }
  EXPECT_GT(different, 0);
}

TEST(SampleTest, an_interruption_leaves_the_blocks_that_are_whole) {
  const Study study = *make_study(rivals(2), Grouping::table);
  RunStore whole = empty_store();
  ASSERT_TRUE(run(study, options(50, 1), whole));
  RunStore store = empty_store();
  std::atomic<bool> stop{false};
  SampleOptions interrupted = options(50, 1);
  interrupted.stop = &stop;
  interrupted.progress = [&](const ensemble::Progress& p) { stop = p.done >= 40 * study.block_size(); };
  ASSERT_TRUE(run(study, interrupted, store));
  EXPECT_LT(store.size(), whole.size());
  const auto kept = fighters(study, store);
  const auto all = fighters(study, whole);
  ASSERT_GE(kept.blocks.size(), 32);
  ASSERT_LT(kept.blocks.size(), 50);
  const std::size_t size = study.block_size();
  for (std::size_t k = 0; k < kept.blocks.size(); ++k) {
    for (std::size_t r = 0; r < size; ++r) {
      EXPECT_EQ(kept.y[k * size + r], all.y[kept.blocks[k] * size + r]);
    }
  }
}

TEST(SampleTest, a_block_with_a_failed_run_or_without_the_outcome_is_left_out_and_counted) {
  const Study study = *make_study(rivals(1), Grouping::source);
  RunStore store = empty_store();
  const std::size_t size = study.block_size();
  for (std::uint32_t number = 0; number < 3 * size; ++number) {
    solver::Run one;
    one.resize(study.rivals.front().model, 2);
    one.number = number;
    one.of(0, ActorOutcome::final_fighters) = number == 2 * size ? kAbsent : number;
    one.status = number == 1 ? solver::RunStatus::not_finite : solver::RunStatus::complete;
    ASSERT_TRUE(store.append(one));
  }
  const auto outcomes = fighters(study, store);
  EXPECT_EQ(outcomes.blocks, std::vector<std::uint32_t>{1});
  EXPECT_EQ(outcomes.failed_runs, 1);
  EXPECT_EQ(outcomes.undefined_runs, 1);
  EXPECT_EQ(outcomes.y.front(), static_cast<double>(size));
}

}  // namespace
}  // namespace truel::test
