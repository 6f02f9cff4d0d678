#include "truel/app/study.hpp"

#include <gtest/gtest.h>

#include "truel/app/package.hpp"

namespace truel::test {
namespace {

const std::string kEpisode = std::string(TRUEL_SOURCE_DIR) + "/scenarios/syria-episodes/pockets-2018";

TEST(Study, takes_whole_blocks_and_refuses_too_few_in_the_words_of_who_asks) {
  const auto study = app::study_of(kEpisode, {}, {"base"}, sensitivity::Grouping::basis);
  ASSERT_TRUE(study.has_value());
  const auto size = static_cast<std::uint32_t>(study->block_size());
  const auto least = static_cast<std::uint32_t>(sensitivity::kLeastBlocks) * size;
  const auto options = app::sample_options(*study, least + size - 1, 3, 2, 1, "--runs ");
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->blocks, sensitivity::kLeastBlocks);
  EXPECT_EQ(options->solve.seed, 3U);
  EXPECT_EQ(options->solve.every_days, study->war().end - study->war().start);
  const auto refused = app::sample_options(*study, least - 1, 3, 2, 1, "runs=");
  ASSERT_FALSE(refused.has_value());
  EXPECT_TRUE(refused.error()[0].what.starts_with("runs=" + std::to_string(least - 1) + ": "))
      << refused.error()[0].what;
  EXPECT_EQ(refused.error()[0].hint, "give runs=" + std::to_string(least) + " or more");
}

TEST(Study, two_versions_that_differ_in_nothing_are_no_comparison) {
  const auto one = app::load(kEpisode, {});
  const auto other = app::load(kEpisode, {.settings = {"scenario.thresholds.ally=0.6"}});
  ASSERT_TRUE(one.has_value() && other.has_value());
  EXPECT_FALSE(app::no_difference(one->war(), other->war(), "change one").has_value());
  ASSERT_TRUE(app::no_difference(one->war(), one->war(), "change one").has_value());
  EXPECT_EQ(app::no_difference(one->war(), one->war(), "change one")->hint, "change one");
}

}  // namespace
}  // namespace truel::test
