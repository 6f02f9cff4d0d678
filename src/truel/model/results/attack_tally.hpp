// What is counted of what one actor does against another: the one list that metrics, summaries and files follow.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace truel {

enum class AttackTally { offensives, exceptions, man_days, captures, first_day, last_day, first_enemy_day };

struct AttackTallyInfo {
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
  bool is_day;  ///< days since the first; missing where it never was
};

/// In the order of AttackTally. Offensives and exceptions are orders of a command, counted for its strongest actor.
inline constexpr std::array kAttackTallies = std::to_array<AttackTallyInfo>({
    {"offensives", "1", "attacks that the command of the first began on places of the second", false},
    {"exceptions", "1", "of these, those that its effort did not pay for", false},
    {"man_days", "man-days", "its fighters on the way to places of the second, or there, times days", false},
    {"captures", "1", "places that it took from the second", false},
    {"first_offensive_day", "day", "when its command first attacked the second, over the runs in which it did", true},
    {"last_offensive_day", "day", "the same, for the last time", true},
    {"first_enemy_day", "day",
     "when more of its effort first went at the second than at any other, over the runs in which it did", true},
});
inline constexpr std::size_t kAttackTallyCount = kAttackTallies.size();

}  // namespace truel
