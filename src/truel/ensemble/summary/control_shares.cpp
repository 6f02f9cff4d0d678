#include "truel/ensemble/summary/control_shares.hpp"

#include <algorithm>

namespace truel::ensemble {

void ControlShares::count(std::span<const std::int8_t> control) {
  auto holder = control.begin();
  for (std::vector<Slot>& slots : slots_) {
    const auto first_of = [&](int who) {
      const auto known = std::find_if(slots.begin(), slots.end(), [&](const Slot& slot) { return slot.holder == who; });
      if (known != slots.end()) {
        return known->first;
      }
      slots.push_back({who, counts_.size()});
      counts_.resize(counts_.size() + n_times_, 0);
      return slots.back().first;
    };
    int last = 0;
    std::size_t first = 0;
    for (std::size_t t = 0; t < n_times_; ++t, ++holder) {
      if (t == 0 || *holder != last) {  // most places change hands seldom
        last = *holder;
        first = first_of(last);
      }
      ++counts_[first + t];
    }
  }
}

void ControlShares::divide(double runs) {
  shares_.resize(counts_.size());
  std::transform(counts_.begin(), counts_.end(), shares_.begin(),
                 [&](std::uint32_t count) { return static_cast<float>(count / runs); });
  counts_ = {};
}

float ControlShares::of(PlaceIndex p, std::size_t time, ActorIndex holder) const {
  const std::vector<Slot>& slots = slots_[at(p)];
  const auto slot = std::find_if(slots.begin(), slots.end(), [&](const Slot& x) { return x.holder == holder; });
  return slot == slots.end() ? 0.0F : shares_[slot->first + time];
}

}  // namespace truel::ensemble
