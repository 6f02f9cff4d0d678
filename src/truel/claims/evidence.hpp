// Which claims stand behind which numbers, and which claims speak of what.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/model/war.hpp"

namespace truel::claims {

/// A number and what it rests on: the package's own, or what an account puts in its place.
struct Number {
  int parameter = kNone;  ///< into War::parameters
  int account = kNone;    ///< into War::accounts; kNone: the package's own
  Distribution distribution;
  std::string basis;  ///< as written
  Location where;     ///< empty for a default
};

/// Looks a war's claims up by what rests on them. Keeps a reference to the war.
class Evidence {
 public:
  explicit Evidence(const War& war);

  const War& war() const { return war_; }
  /// Every number that the package has to account for, then those of its accounts.
  const std::vector<Number>& numbers() const { return numbers_; }
  /// Indices into numbers() of what rests on the claim with this index into War::claims, ascending.
  const std::vector<int>& rests_on(int claim) const { return rests_on_[static_cast<std::size_t>(claim)]; }
  /// Index into War::claims, or kNone.
  int claim(std::string_view id) const;

 private:
  const War& war_;
  std::vector<Number> numbers_;
  std::vector<std::vector<int>> rests_on_;
  std::unordered_map<std::string_view, int> claim_index_;
};

/// Which claims to show; an empty text leaves all.
struct Filter {
  std::string source{};  ///< id of a source
  std::string actor{};   ///< id or name of an actor, a command or a sponsor: subject or object of the claim
  std::string place{};   ///< id or name of a place; all parts of its city
  std::string
      parameter{};  ///< path, or the beginning of one: claims behind these numbers, in the package or an account
};

/// Claims that pass the filter, as indices into War::claims, or what of the filter is unknown and the nearest known.
/// An actor stands for its command as well, and a command for its members.
Result<std::vector<int>> select(const Evidence& evidence, const Filter& filter);

/// What is behind a path: the package's number (a default, too) and what accounts put in its place; of the beginning
/// of a path ("actors.isis") all numbers given below it. A road and an alignment may be named from either end. Or the
/// nearest known path.
Result<std::vector<Number>> numbers_at(const Evidence& evidence, std::string_view path);

}  // namespace truel::claims
