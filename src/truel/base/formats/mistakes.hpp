// The mistakes of a package, gathered while it is read.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/base/statistics/nearest.hpp"

namespace truel {

/// Of a mistake that keeps the rest of the file from being read.
inline constexpr bool kHidesMore = true;

/// Gathers mistakes; keeps of a file the first 1000 that differ and each of these in the first 10,000 rows, and counts
/// the rest, so that no input can fill the memory.
class Mistakes {
 public:
  Mistakes() = default;
  /// noun: what is gathered, in words of a message.
  explicit Mistakes(std::string noun) : noun_(std::move(noun)) {}

  /// Files are reported in the order in which they are announced, files not announced after them.
  void announce(const std::string& file);

  void add(Location where, std::string what, std::string hint = "", bool hides_more = false);
  void add(Diagnostic one);

  /// The nearest known text, or null where nothing known is near. Gives up after some millions of comparisons, so that
  /// a file of nothing but mistakes is read in seconds, too.
  const std::string* nearest(std::string_view text, std::span<const std::string> known);

  /// "did you mean `x`?" with the nearest known text, or `otherwise` where there is none.
  std::string did_you_mean(std::string_view text, std::span<const std::string> known, std::string otherwise);

  bool empty() const { return list_.empty(); }
  /// How many mistakes of this file have been added.
  int count(const std::string& file) const;

  /// All mistakes, ordered by file, line and column, each once. Leaves this empty.
  Diagnostics take();

 private:
  struct File {
    int rank = 0;
    int count = 0;
    int left_out = 0;
    std::set<std::string> kept{};  ///< what is kept, each text once
  };
  File& file(const std::string& name);

  std::string noun_ = "mistakes";
  std::map<std::string, File> files_;
  Diagnostics list_;
  std::size_t n_compared_ = 0;
};

/// `text` in back quotes, shortened, fit for one line of a message.
std::string in_quotes(std::string_view text);

}  // namespace truel
