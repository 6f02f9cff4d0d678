#include "truel/base/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "truel/base/bytes/utf8.hpp"

namespace truel {
namespace {

TEST(Result, holds_a_value_or_the_reasons_why_there_is_none) {
  Result<std::unique_ptr<int>> good(std::make_unique<int>(7));
  ASSERT_TRUE(good.has_value());
  EXPECT_EQ(**good, 7);
  const std::unique_ptr<int> taken = std::move(good.value());
  EXPECT_EQ(*taken, 7);

  const Result<int> bad(Diagnostics{{{"a.csv", 1, 2}, "wrong", "correct it"}, {{"b.csv"}, "missing", ""}});
  EXPECT_FALSE(bad);
  ASSERT_EQ(bad.error().size(), 2);
  EXPECT_EQ(bad.error()[1].what, "missing");
}

TEST(Diagnostic, is_written_without_the_parts_that_are_not_known) {
  EXPECT_EQ(to_string(Diagnostic{{"forces.csv", 12, 8}, "a range upside down", "write 1..2"}),
            "forces.csv:12:8: a range upside down; write 1..2");
  EXPECT_EQ(to_string(Diagnostic{{"forces.csv", 12, 0}, "no basis", ""}), "forces.csv:12: no basis");
  EXPECT_EQ(to_string(Diagnostic{{"forces.csv", 0, 0}, "missing", "make it"}), "forces.csv: missing; make it");
  EXPECT_EQ(to_string(Diagnostic{{}, "nothing to do", ""}), "nothing to do");
}

TEST(Diagnostic, shows_what_a_terminal_would_obey_or_hide) {
  EXPECT_EQ(to_string(Diagnostic{{"a\x1b[31m.csv"}, "one\ntwo\u202eeno\u200f", "\u009b31m\xff\ufeff"}),
            "a\\u001b[31m.csv: one\\u000atwo\\u202eeno\\u200f; \\u009b31m\\xff\\ufeff");
  EXPECT_EQ(to_string(Diagnostic{{}, "Дейр-эз-Зор دير الزور 代尔祖尔", ""}), "Дейр-эз-Зор دير الزور 代尔祖尔");
}

TEST(Utf8, takes_one_character_at_a_time) {
  std::string_view text = "a\u00e9\u20ac\U0001F600\xc0\xed\xa0\x80";
  std::vector<char32_t> found;
  while (!text.empty()) {
    found.push_back(next_character(text));
  }
  EXPECT_EQ(found, (std::vector<char32_t>{'a', 0xE9, 0x20AC, 0x1F600, kNoCharacter, kNoCharacter, kNoCharacter,
                                          kNoCharacter}));
}

}  // namespace
}  // namespace truel
