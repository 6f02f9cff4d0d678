// The ensemble smoother with multiple data assimilation.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace truel::record::fit {

/// Outcomes y [n][outcomes] of points z [n][d], normal scores of the numbers. Returns false to stop.
using Forecast = std::function<bool(int step, std::span<const double> z, std::span<double> y)>;

struct SmootherOptions {
  int steps = 4;                 ///< each with the error of the record multiplied by as much: the inverses sum to 1
  double least_correlation = 3;  ///< times 1 / sqrt(n): a weaker correlation of number and outcome is taken for chance
  std::uint64_t seed = 1;
};

/// Emerick and Reynolds (2013): moves points z [n][d], drawn from the prior, to the record [outcomes] with independent
/// errors of these standard deviations. In every step
///   z <- z + C_zy (C_yy + alpha C_D)^-1 (record + sqrt(alpha) C_D^(1/2) e - y),
/// C the covariances of the ensemble, e standard normal, alpha = steps. C_zy is localised: an entry is zero where
/// |correlation| is at most least_correlation / sqrt(n). Returns false if the forecast stopped.
/// Cost: steps forecasts of n points; outcomes^3 + n outcomes (outcomes + d) a step.
bool smooth(std::span<const double> record, std::span<const double> error_sd, const SmootherOptions& options,
            const Forecast& forecast, std::size_t n, std::size_t d, std::span<double> z);

/// Where prior and data conflict: how many standard deviations of ensemble and record together lie between the record
/// and the mean of the ensemble's outcomes y [n][outcomes].
std::vector<double> conflict(std::span<const double> y, std::span<const double> record,
                             std::span<const double> error_sd, std::size_t n);

}  // namespace truel::record::fit
