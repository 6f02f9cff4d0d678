// A war of two sides with uncertain numbers, under accounts of which some set a number.
#pragma once

#include <string>
#include <vector>

#include "support/war_builder.hpp"
#include "truel/sensitivity/study.hpp"

namespace truel::test {

inline const std::vector<std::string> kUncertainPaths = {"actors.a.kill_rate",    "actors.a.supply",
                                                         "actors.b.kill_rate",    "actors.b.horizon",
                                                         "commands.a.hold_ratio", "places.home.population"};

inline Distribution between(double a, double b) {
  return {DistributionKind::uniform, a, b, 0};
}

inline WarBuilder uncertain_sides() {
  WarBuilder war(10);
  war.ground("a").ground("b").place("home", "a").force("a", "home", 200).force("b", "home", 150);
  for (const std::string& path : kUncertainPaths) {
    war.set(path, between(0.01, 0.05));
  }
  return war;
}

/// Rival k > 0 sets the first uncertain number to 0.1 * k.
inline std::vector<sensitivity::Rival> rivals(std::size_t n) {
  std::vector<sensitivity::Rival> result;
  for (std::size_t k = 0; k < n; ++k) {
    WarBuilder war = uncertain_sides();
    if (k > 0) {
      war.set(kUncertainPaths[0], 0.1 * static_cast<double>(k));
    }
    result.push_back({"account" + std::to_string(k), "Account", war.compile()});
  }
  return result;
}

}  // namespace truel::test
