// A forecast of deaths as it would have been right in the months before.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace truel::record {

/// Where what came lies among the members of a forecast, as levels of its distribution: between members as wide as a
/// member, and as wide as all that equal it (Czado, Gneiting and Held 2009).
struct Pit {
  double low = 0, high = 1;
};
/// members: sorted, not empty.
Pit pit_of(std::span<const double> members, double observed);

/// Gives every level of a forecast the share of past cases that came below it. kPriorCases cases that were right are
/// added, so that a few months move it little.
class Recalibration {
 public:
  /// Cases in which all members and what came are equal say nothing and are left out.
  explicit Recalibration(std::vector<Pit> past);

  double operator()(double level) const;
  /// Of n members, the shares that they have when recalibrated.
  std::vector<double> weights(std::size_t n) const;
  /// How many cases it has learned from.
  std::size_t size() const { return past_.size(); }

  static constexpr double kPriorCases = 10;

 private:
  std::vector<Pit> past_;
};

/// Fair CRPS of sorted members with weights of sum 1: their mean distances to what came and to one another, each other
/// member counted. With equal weights fair_crps.
double weighted_crps(std::span<const double> members, std::span<const double> weights, double observed);

/// An ensemble of this size with the quantiles of sorted members with weights.
std::vector<double> of_size(std::span<const double> members, std::span<const double> weights, std::size_t size);

/// How often what came lay in each tenth of the levels of a forecast: a tenth each, where it is calibrated.
struct PitHistogram {
  std::string unit{}, model{}, account{};
  int horizon_months = 0;
  std::size_t n = 0;
  std::array<double, 10> shares{};
};
/// Adds a case, spread evenly over its levels. No case in which all are equal.
void add(const Pit& pit, PitHistogram& histogram);

}  // namespace truel::record
