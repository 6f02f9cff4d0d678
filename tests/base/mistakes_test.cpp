#include "truel/base/formats/mistakes.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace truel {
namespace {

using Names = std::vector<std::string>;

TEST(Nearest, finds_a_letter_left_out_put_in_changed_or_swapped) {
  const Names known{"population", "fortification", "value"};
  for (const std::string text : {"popultion", "populattion", "popularion", "poplulation"}) {
    const std::string* found = nearest(text, known);
    ASSERT_NE(found, nullptr) << text;
    EXPECT_EQ(*found, "population");
  }
}

TEST(Nearest, prefers_the_nearer_of_two) {
  const Names known{"aleppo_west", "aleppo_east"};
  EXPECT_EQ(*nearest("aleppo_eats", known), "aleppo_east");
}

TEST(Nearest, is_the_same_in_capitals) {
  const Names known{"isis", "nusra"};
  ASSERT_NE(nearest("ISIS", known), nullptr);
  EXPECT_EQ(*nearest("ISIS", known), "isis");
}

TEST(Nearest, of_several_that_are_as_near_gives_all) {
  const Names known{"--json", "--seed", "--set", "--precision"};
  const std::vector<const std::string*> near = all_nearest("--sed", known);
  ASSERT_EQ(near.size(), 2);
  EXPECT_EQ(*near[0], "--seed");
  EXPECT_EQ(*near[1], "--set");
}

TEST(Nearest, says_nothing_where_nothing_is_near) {
  const Names known{"population", "value"};
  EXPECT_EQ(nearest("latitude", known), nullptr);
  EXPECT_EQ(nearest("", known), nullptr);
  EXPECT_EQ(nearest(std::string(100'000, 'x'), known), nullptr);
  EXPECT_EQ(nearest("x", {}), nullptr);
}

TEST(Nearest, is_what_somebody_has_begun_to_write) {
  const Names known{"sensitivity", "score", "serve", "settlements"};
  EXPECT_EQ(*nearest("sens", known), "sensitivity");
  EXPECT_EQ(nearest("se", known), nullptr) << "three begin so";
  EXPECT_EQ(nearest("sco", {}), nullptr);
}

TEST(Mistakes, are_listed_by_file_line_and_column_each_once) {
  Mistakes mistakes;
  mistakes.announce("b");
  mistakes.add({"a", 1, 1}, "third");
  mistakes.add({"b", 2, 1}, "second");
  mistakes.add({"b", 1, 5}, "first");
  mistakes.add({"b", 1, 5}, "first");
  Names listed;
  for (const Diagnostic& d : mistakes.take()) {
    listed.push_back(to_string(d));
  }
  EXPECT_EQ(listed, (Names{"b:1:5: first", "b:2:1: second", "a:1:1: third"}));
  EXPECT_TRUE(mistakes.empty());
}

TEST(Mistakes, beyond_a_thousand_of_a_file_are_counted_only) {
  Mistakes mistakes;
  for (int i = 1; i <= 1500; ++i) {
    mistakes.add({"a", i, 1}, "wrong " + std::to_string(i));
  }
  mistakes.add({"b", 1, 1}, "wrong too");
  const Diagnostics list = mistakes.take();
  ASSERT_EQ(list.size(), 1002U);
  EXPECT_EQ(to_string(list.back()), "a: 500 more mistakes are not listed; correct the ones above and check again");
}

TEST(Mistakes, of_one_text_are_kept_for_their_number_and_rows) {
  Mistakes mistakes;
  for (int i = 1; i <= 2500; ++i) {
    mistakes.add({"a", i, 1}, "wrong");
  }
  EXPECT_EQ(mistakes.take().size(), 2500U);
}

TEST(Quotes, keep_a_message_on_one_line_and_short) {
  EXPECT_EQ(in_quotes("a\nb\tc"), "`a b c`");
  EXPECT_EQ(in_quotes(std::string(59, 'x') + "\u00e9y"), "`" + std::string(59, 'x') + "...`");
}

}  // namespace
}  // namespace truel
