// Which of several lines gives a number its value.
#include "truel/scenario/precedence.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "truel/base/index.hpp"

namespace truel::scenario {
namespace {

PathLine line(std::vector<int> numbers) {
  return {.path = "", .numbers = std::move(numbers), .where = {}};
}

std::map<int, int> line_of(const Precedence& found) {
  std::map<int, int> result;
  for (const auto& [which, number] : found.laid) {
    EXPECT_TRUE(result.emplace(number, which).second);
  }
  return result;
}

TEST(Precedence, the_special_counts_whatever_the_order) {
  const std::vector<PathLine> lines{line({1}), line({1, 2, 3, 4}), line({2, 3})};
  const Precedence found = most_special(lines, false);
  EXPECT_TRUE(found.clashes.empty());
  EXPECT_EQ(line_of(found), (std::map<int, int>{{1, 0}, {2, 2}, {3, 2}, {4, 1}}));
}

TEST(Precedence, lines_that_overlap_clash_unless_a_third_is_within_both) {
  std::vector<PathLine> lines{line({1, 2, 3}), line({2, 3, 4})};
  const Precedence two = most_special(lines, false);
  ASSERT_EQ(two.clashes.size(), 1U);
  EXPECT_EQ(two.clashes[0].number, 2);
  EXPECT_FALSE(two.clashes[0].is_same);
  EXPECT_EQ(line_of(two), (std::map<int, int>{{1, 0}, {4, 1}}));
  lines.push_back(line({2, 3}));
  const Precedence three = most_special(lines, false);
  EXPECT_TRUE(three.clashes.empty());
  EXPECT_EQ(line_of(three), (std::map<int, int>{{1, 0}, {2, 2}, {3, 2}, {4, 1}}));
}

TEST(Precedence, lines_of_the_same_numbers_clash_or_the_last_counts) {
  const std::vector<PathLine> lines{line({1, 2}), line({1, 2}), line({1, 2})};
  const Precedence found = most_special(lines, false);
  ASSERT_EQ(found.clashes.size(), 2U);
  EXPECT_EQ(found.clashes[0].first, 0);
  EXPECT_EQ(found.clashes[0].second, 1);
  EXPECT_TRUE(found.clashes[1].is_same);
  EXPECT_EQ(line_of(most_special(lines, true)), (std::map<int, int>{{1, 2}, {2, 2}}));
}

using Sets = std::vector<std::set<int>>;

std::vector<PathLine> lines_of(const Sets& sets) {
  std::vector<PathLine> lines;
  for (const std::set<int>& set : sets) {
    lines.push_back(line({set.begin(), set.end()}));
  }
  return lines;
}

/// Sets of small numbers, so that many overlap.
Sets some_sets() {
  const auto numbers =
      *rc::gen::container<std::vector<std::vector<int>>>(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 6)));
  Sets sets;
  for (const std::vector<int>& each : numbers) {
    sets.emplace_back(each.begin(), each.end());
  }
  return sets;
}

/// The definition, word by word: the line that is inside all others that name the number, or kNone.
int expected(const Sets& sets, int number, bool is_layered) {
  int found = -1;
  for (int l = 0; l < static_cast<int>(sets.size()); ++l) {
    bool counts = sets[at(l)].contains(number);
    for (int other = 0; counts && other < static_cast<int>(sets.size()); ++other) {
      if (other == l || !sets[at(other)].contains(number)) {
        continue;
      }
      const bool is_same = sets[at(l)] == sets[at(other)];
      const bool is_inside =
          std::includes(sets[at(other)].begin(), sets[at(other)].end(), sets[at(l)].begin(), sets[at(l)].end());
      counts = is_same ? is_layered && l > other : is_inside;
    }
    found = counts ? l : found;
  }
  return found;
}

RC_GTEST_PROP(Precedence, is_what_its_definition_says, ()) {
  const Sets sets = some_sets();
  const bool is_layered = *rc::gen::arbitrary<bool>();
  const Precedence found = most_special(lines_of(sets), is_layered);
  const std::map<int, int> laid = line_of(found);
  std::set<int> named;
  for (const std::set<int>& set : sets) {
    named.insert(set.begin(), set.end());
  }
  for (const int number : named) {
    const auto got = laid.find(number);
    RC_ASSERT((got == laid.end() ? -1 : got->second) == expected(sets, number, is_layered));
  }
  RC_ASSERT(laid.size() == named.size() || !found.clashes.empty());
}

RC_GTEST_PROP(Precedence, does_not_change_with_the_order_of_lines, ()) {
  const Sets sets = some_sets();
  const Sets turned(sets.rbegin(), sets.rend());
  const Precedence one = most_special(lines_of(sets), false);
  const Precedence other = most_special(lines_of(turned), false);
  RC_ASSERT(one.clashes.empty() == other.clashes.empty());
  RC_ASSERT(one.laid.size() == other.laid.size());
  const std::map<int, int> first = line_of(one);
  for (const auto& [number, which] : line_of(other)) {
    RC_ASSERT(first.at(number) == static_cast<int>(sets.size()) - 1 - which);
  }
}

}  // namespace
}  // namespace truel::scenario
