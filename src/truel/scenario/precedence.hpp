// Which of several lines gives a number its value.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "truel/base/result.hpp"

namespace truel::scenario {

/// A line that gives one value to the numbers that its path names.
struct PathLine {
  std::string path;
  std::vector<int> numbers;  ///< into War::parameters, ascending, each once
  Location where;
};

/// How lines that name the same number stand to each other.
struct Precedence {
  struct Assignment {
    int line, number;
  };
  std::vector<Assignment> laid;  ///< each number once, with the line that counts; by line, then by number

  struct Clash {
    int first, second;  ///< lines, in their order
    int number;         ///< the first that they quarrel about
    bool is_same;       ///< the two name the same numbers
  };
  std::vector<Clash> clashes;  ///< each pair of lines once; their numbers are not laid
};

/// Of the lines that name a number the most special counts, whatever their order: one all of whose numbers are among
/// those of each of the others. Where there is none, two clash. Of lines that name the same numbers the last counts if
/// `is_layered`, and two clash otherwise.
Precedence most_special(std::span<const PathLine> lines, bool is_layered);

}  // namespace truel::scenario
