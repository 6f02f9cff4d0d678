// Guesses at what cannot be seen of places, or of pairs, weighed by what was seen there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "truel/base/purposes.hpp"

namespace truel::record::hidden {

/// Deviations of places, or other units, month by month: a particle is one of each place. Weights are of a
/// particle at a place, as places that lie apart hardly touch (local particle filter: Poterjoy 2016).
class Particles {
 public:
  /// All at equal weights on the first day of month 0, standard normal. kept_share: correlation from one month to the
  /// next. purpose: of the law that has the deviations. The same whatever else is drawn.
  Particles(std::uint64_t seed, std::size_t n, std::size_t n_places, double kept_share, Purpose purpose);

  std::size_t size() const { return n_; }

  /// The next month begins. Where has_new_holder, the deviation is drawn anew.
  void pass_month(std::span<const std::uint8_t> has_new_holder);

  /// The record agrees with these particles at a place. The others have the share kSlip of the weight that they had.
  void weigh(std::size_t place, std::span<const std::uint8_t> agrees);

  /// Of a month: [particle][place].
  const std::vector<std::vector<float>>& deviations(std::size_t month) const { return months_[month]; }

  /// The weights of the particles at a place, which sum up to 1. Where few particles would have nearly all of it, the
  /// weights are taken to a power below 1, at which their effective size is kLeastShare of their number.
  std::vector<double> weights(std::size_t place) const;

  /// What the effective size would be without that.
  double raw_size(std::size_t place) const;

  /// [run][place]: the particle that stands for each run at each place, drawn by its weights.
  std::vector<std::vector<std::size_t>> drawn(std::size_t n_runs) const;

  static constexpr double kSlip = 0.05;
  static constexpr double kLeastShare = 0.1;

 private:
  double draw(std::size_t month, std::size_t particle, std::size_t place) const;

  std::uint64_t seed_;
  std::size_t n_, n_places_;
  double kept_share_;
  Purpose purpose_;
  std::vector<std::vector<std::vector<float>>> months_;  ///< [month][particle][place]
  std::vector<std::vector<double>> log_weights_;         ///< [place][particle]
};

}  // namespace truel::record::hidden
