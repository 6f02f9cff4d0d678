// Who held which place when, by a record.
#pragma once

#include <span>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/index.hpp"
#include "truel/model/war.hpp"

namespace truel::record {

/// Who holds a place by a record: an index into Sides::codes, kContested or kUnknown.
using SideIndex = Index<struct SideTag>;
inline constexpr int kUnknown = -3;  ///< the record does not say who held the place

/// Holders by place and day.
class ControlRecord {
 public:
  ControlRecord() = default;
  ControlRecord(std::size_t n_places, Day first, Day last);

  Day first() const { return first_; }
  Day last() const { return last_; }
  int n_places() const { return static_cast<int>(days_.size()); }

  SideIndex holder(PlaceIndex place, Day day) const;
  /// Whether the record is unsure of the spell that day (confidence `low`).
  bool is_low(PlaceIndex place, Day day) const;
  /// The one holder that day or, of a contested place, the last before it; kUnknown if there is none.
  SideIndex settled(PlaceIndex place, Day day) const;

  /// Writes a spell over what is there, both days included; days outside the record are left out.
  void set(PlaceIndex place, Day from, Day to, SideIndex holder, bool is_low);

  /// The same with each side replaced by the side it counts as: [code] -> code.
  ControlRecord merged(std::span<const int> counts_as) const;

 private:
  struct Holding {
    std::int16_t holder = kUnknown;
    bool is_low = false;
  };
  Day first_ = 0, last_ = -1;
  std::vector<std::vector<Holding>> days_;  ///< [place][day]
};

}  // namespace truel::record
