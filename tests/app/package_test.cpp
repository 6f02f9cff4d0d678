#include "truel/app/package.hpp"

#include <gtest/gtest.h>

#include "truel/app/store_key.hpp"
#include "truel/base/build.hpp"

namespace truel::test {
namespace {

const std::string kPackage = std::string(TRUEL_SOURCE_DIR) + "/scenarios/published/deitchman";

TEST(Package, mistakes_in_both_days_are_told_at_once_in_the_words_of_who_asks) {
  const auto overlay = app::overlay_of({}, {}, "soon", "later", {"from_", "until"});
  ASSERT_FALSE(overlay.has_value());
  ASSERT_EQ(overlay.error().size(), 2U);
  EXPECT_EQ(overlay.error()[0].what, "from_ soon is not a date");
  EXPECT_EQ(overlay.error()[1].what, "until later is not a date");
}

TEST(Package, a_solver_is_known_by_its_name) {
  EXPECT_EQ(*app::solver_of("mean-field"), solver::SolverKind::mean_field);
  EXPECT_FALSE(app::solver_of("euler").has_value());
}

TEST(Package, whatever_results_depend_on_changes_the_key_of_their_store) {
  const scenario::Overlay none;
  const auto model = app::load(kPackage, none);
  ASSERT_TRUE(model.has_value());
  const solver::SolveOptions options;
  const std::string key = app::store_key(*model, none, options, "1");
  EXPECT_EQ(key, app::store_key(*model, none, options, "1"));
  EXPECT_NE(key.find(build_identity()), std::string::npos);
  EXPECT_NE(key, app::store_key(*model, none, options, "2"));
  EXPECT_NE(key, app::store_key(*model, {.settings = {"a=1"}}, options, "1"));
  solver::SolveOptions other = options;
  other.seed = 2;
  EXPECT_NE(key, app::store_key(*model, none, other, "1"));
  other = options;
  other.solver = solver::SolverKind::exact;
  EXPECT_NE(key, app::store_key(*model, none, other, "1"));
  other = options;
  other.steps_per_day = 2;
  EXPECT_NE(key, app::store_key(*model, none, other, "1"));
  other = options;
  other.every_days = 1;
  EXPECT_NE(key, app::store_key(*model, none, other, "1"));
}

}  // namespace
}  // namespace truel::test
