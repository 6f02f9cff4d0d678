// Contradictions between claims, found by rule.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "truel/claims/evidence.hpp"

namespace truel::claims {

enum class Rule { opposite_positions, accusation_and_denial, ranges_apart };

/// "opposite positions", "accusation and denial", "ranges apart"
std::string_view to_string(Rule rule);

/// Two claims, as indices into War::claims, that cannot both hold.
struct Contradiction {
  int one = kNone;
  int other = kNone;
  Rule rule = Rule::opposite_positions;
};

/// Contradictions about one thing.
struct Conflict {
  int topic = kNone;      ///< into War::topics, or kNone
  std::string statement;  ///< that of the topic, or what the claims are about
  std::string one_says;   ///< "for" and "against", or the two amounts
  std::string other_says;
  std::vector<int> one{}, other{};  ///< the claims of either side that contradict one of the other side, ascending
  std::vector<int> in_doubt{};      ///< claims that doubt the statement, ascending
  std::vector<Contradiction> pairs{};
  std::vector<int> touched{};  ///< into Evidence::numbers(): what rests on a claim of either side, ascending
  bool is_between_sources = false;
};

/// Every contradiction among claims:
/// - one claim is for a topic, the other against it (an accusation against a denial where the claims are of these
///   kinds);
/// - of two claims without a position, about the same subject and object: an accusation and a denial, or two of the
///   same kind one of which denies;
/// - two claims give amounts of the same kind, unit, subject, object and place whose ranges do not overlap.
/// Claims about two different places, or about periods that do not overlap, do not contradict each other; a claim
/// without place or date speaks of all. Those between sources come first, then in the order of topics.
std::vector<Conflict> conflicts(const Evidence& evidence);

}  // namespace truel::claims
