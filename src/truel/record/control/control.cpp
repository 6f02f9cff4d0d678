#include "truel/record/control/control.hpp"

#include <algorithm>

namespace truel::record {

ControlRecord::ControlRecord(std::size_t n_places, Day first, Day last)
    : first_(first), last_(last), days_(n_places, std::vector<Holding>(at(std::max(0, last - first + 1)))) {}

SideIndex ControlRecord::holder(PlaceIndex place, Day day) const {
  return day < first_ || day > last_ ? kUnknown : int{days_[at(place)][at(day - first_)].holder};
}

bool ControlRecord::is_low(PlaceIndex place, Day day) const {
  return day >= first_ && day <= last_ && days_[at(place)][at(day - first_)].is_low;
}

SideIndex ControlRecord::settled(PlaceIndex place, Day day) const {
  SideIndex holder = this->holder(place, day);
  while (holder == kContested) {
    holder = this->holder(place, --day);
  }
  return holder;
}

void ControlRecord::set(PlaceIndex place, Day from, Day to, SideIndex holder, bool is_low) {
  for (Day day = std::max(from, first_); day <= std::min(to, last_); ++day) {
    days_[at(place)][at(day - first_)] = {static_cast<std::int16_t>(holder), is_low};
  }
}

ControlRecord ControlRecord::merged(std::span<const int> counts_as) const {
  ControlRecord result = *this;
  for (std::vector<Holding>& place : result.days_) {
    for (Holding& day : place) {
      if (day.holder >= 0) {
        day.holder = static_cast<std::int16_t>(counts_as[at(day.holder)]);
      }
    }
  }
  return result;
}

}  // namespace truel::record
