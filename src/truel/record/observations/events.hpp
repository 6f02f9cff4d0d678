// Deaths in events of fighting, by an event data set.
#pragma once

#include <string>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/model/war.hpp"

namespace truel::record {

/// How exactly an event is known, as UCDP grades it; ACLED's grades are brought onto it.
inline constexpr int kVaguePlace = 5;  ///< where_prec from here on: a line, a country
inline constexpr int kVagueDate = 4;   ///< date_prec from here on: more than a week

inline constexpr int kOneSided = 3;  ///< UCDP's type of violence against people who do not fight

struct Event {
  std::string id;
  Day date = 0;                        ///< its last day
  int side_a = kNone, side_b = kNone;  ///< codes of Sides; kNone: civilians or a side that the war has not
  PlaceIndex place = kNone;            ///< the nearest on the map; kNone: none near
  std::string country;
  double latitude = 0, longitude = 0;
  int violence = 1;  ///< UCDP's type: 1 state-based, 2 non-state, 3 one-sided
  int where_precision = 1, date_precision = 1;
  double deaths_a = 0, deaths_b = 0, civilians = 0, unknown = 0;
  double low = 0, best = 0, high = 0;
};

}  // namespace truel::record
