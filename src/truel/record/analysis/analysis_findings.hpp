// What an analysis says of what nobody sees.
#pragma once

#include <string>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/model/indices.hpp"

namespace truel::record {

/// What the months before an origin say of the hidden defence of a place (laws.hidden_defence): the factor on the
/// strength of who holds it then, and the interval that holds it 9 times in 10.
struct LearnedDefence {
  Day origin = 0;
  std::string account{};
  PlaceIndex place = kNone;
  double median = 1, low = 1, high = 1;
  double effective_size = 0;  ///< of the particles at the place
};

/// The same of the hidden lethality of a dyad (laws.hidden_lethality): the factor on what its sides kill of each other.
struct LearnedLethality {
  Day origin = 0;
  std::string account{}, dyad{};
  double median = 1, low = 1, high = 1;
  double conflict = 0;  ///< standard deviations from the runs to the last quarter on record, before they were moved
  double lull = 0;      ///< share of the runs in which the sides have stopped fighting as the forecast begins
};

/// Of all wars of an Analyst so far, in their order.
struct AnalysisFindings {
  std::vector<LearnedDefence> places;
  std::vector<LearnedLethality> pairs;
  std::vector<std::string> remarks;  ///< whether and how well the runs followed the record, for people to read

  void append(const AnalysisFindings& other) {
    places.insert(places.end(), other.places.begin(), other.places.end());
    pairs.insert(pairs.end(), other.pairs.begin(), other.pairs.end());
    remarks.insert(remarks.end(), other.remarks.begin(), other.remarks.end());
  }
};

}  // namespace truel::record
