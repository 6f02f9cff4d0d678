// Who holds each place in what share of the realizations.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "truel/model/indices.hpp"

namespace truel::ensemble {

/// Probabilities by place, stored day and holder. Of each place only those who ever held it are kept: on a large map
/// most actors hold most places never.
class ControlShares {
 public:
  ControlShares() = default;
  ControlShares(std::size_t n_places, std::size_t n_times) : n_times_(n_times), slots_(n_places) {}

  /// Counts one more realization: [place][time] holders, kNone for nobody (solver::Run::control).
  void count(std::span<const std::int8_t> control);
  /// Makes shares of what was counted; after the last realization.
  void divide(double runs);

  /// Probability that the place has this holder, kNone for nobody, at a stored time.
  float of(PlaceIndex p, std::size_t time, ActorIndex holder) const;
  /// Whether places and stored days are the same.
  bool fits(const ControlShares& other) const {
    return slots_.size() == other.slots_.size() && n_times_ == other.n_times_;
  }
  /// [slot][time], slots in the order in which holders came up: the same for the same realizations.
  std::span<const float> values() const { return shares_; }

 private:
  struct Slot {
    int holder;
    std::size_t first;  ///< of its numbers by time
  };

  std::size_t n_times_ = 0;
  std::vector<std::vector<Slot>> slots_;  ///< [place] those who ever held it
  std::vector<std::uint32_t> counts_;     ///< [slot][time]
  std::vector<float> shares_;             ///< the same
};

}  // namespace truel::ensemble
