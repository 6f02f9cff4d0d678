#include "truel/app/resumable.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_folder.hpp"

namespace truel::test {
namespace {

TEST(Resumable, refuses_a_folder_that_exists_and_says_how_to_go_on) {
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "results").string();
  app::Resumable work{out, ".runs", "ensemble", "summary.json", false};
  EXPECT_FALSE(work.refusal());
  {
    const auto opened = app::open_store(work, "key", 1);
    ASSERT_TRUE(opened.store);
  }
  ASSERT_TRUE(work.refusal());
  EXPECT_NE(work.refusal()->hint.find("--resume"), std::string::npos);
  work.resumes = true;
  EXPECT_FALSE(work.refusal());
  EXPECT_TRUE(app::open_store(work, "key", 1).store);
  const auto other = app::open_store(work, "another key", 1);
  EXPECT_FALSE(other.store);
  EXPECT_TRUE(other.is_input);
}

TEST(Resumable, has_nothing_to_go_on_with_once_the_work_is_complete) {
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "results").string();
  app::Resumable work{out, ".runs", "ensemble", "summary.json", true};
  ASSERT_TRUE(work.refusal());
  EXPECT_EQ(work.refusal()->hint, "leave --resume out");
  std::filesystem::create_directories(out);
  std::ofstream(folder.path() / "results" / "summary.json") << "{}";
  EXPECT_EQ(work.refusal()->hint, "it is complete: there is nothing to resume");
}

}  // namespace
}  // namespace truel::test
