// When pairs of runs are enough: as soon as more of them would not be read otherwise.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "truel/ensemble/compare/compare.hpp"

namespace truel::ensemble {

/// Looks at the differences of some kinds of outcome when 16, 24, 32, 48, 64, ... pairs are in, up to `most`. A
/// difference is sure when its interval excludes zero, or reaches no farther to either side than it is read: 2 % of all
/// land, of all people, of all fighters of that kind, of the days of the war; 10 points of a probability that an actor
/// survives; 10 % of the larger side of any other outcome. What no pair changes is not looked at: no number of pairs to
/// be had says that it never changes. Intervals hold the truth at all looks together as often as a usual one does at
/// its only look (miss_of_each_look), so that stopping where something looks sure does not make it more so than it is.
class UntilSure {
 public:
  /// shown: at least one. most: at least 2.
  UntilSure(std::vector<ComparedKind> shown, std::uint32_t most);

  const std::vector<ComparedKind>& shown() const { return shown_; }
  /// Numbers of pairs, ascending; the last is `most`.
  std::span<const std::uint32_t> looks() const { return looks_; }
  /// How often an interval may miss after so many pairs: kNoInterval before the first look.
  double miss_after(std::uint32_t pairs) const { return pairs < looks_.front() ? kNoInterval : miss_; }
  /// Whether all that is shown is sure, at a look.
  bool is_sure(const Comparison& comparison) const;

 private:
  std::vector<ComparedKind> shown_;
  std::vector<std::uint32_t> looks_;
  double miss_;
};

/// The kinds with these names, of compared_kinds(), each once. Errors: no such name.
Result<std::vector<ComparedKind>> kinds_named(std::span<const std::string> names);

}  // namespace truel::ensemble
