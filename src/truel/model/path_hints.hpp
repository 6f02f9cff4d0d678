// What is wrong with a path that names no number, and what was meant by it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/model/path.hpp"

namespace truel {

/// What people call the controller of a place.
std::span<const std::string> holder_words();

/// Tells somebody whose path names no number of a war what was meant.
class PathHints {
 public:
  /// Both must outlive this. Cost: linear in the numbers.
  PathHints(const War& war, const PathIndex& index);

  // What to tell. Cost: linear in the numbers. is_brief: without a search for names that are near.

  /// Of a path of one number.
  Diagnostic fault_of(std::string_view path, bool is_brief = false) const;
  /// Of one that may name many and names none.
  Diagnostic fault_of_many(std::string_view path, bool is_brief = false) const;

 private:
  std::string hint_of(std::string_view path) const;
  std::string hint_of_end(std::string_view path) const;
  std::string hint_of_parts(std::string_view path) const;
  std::string hint_of_ending(std::string_view path) const;
  std::vector<std::string> columns_of(std::string_view owner) const;

  const War& war_;
  const PathIndex& index_;
  std::vector<std::string> names_;
};

}  // namespace truel
