// Approximate Bayesian computation with a choice among rival models: by rejection, and by sequential Monte Carlo.
//
// Every rival has the same prior chance. Its numbers are given as normal scores z, whose prior is the standard normal.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace truel::record::fit {

struct AbcParticle {
  int model = 0;
  std::uint32_t number = 0;  ///< of the simulation that it is accepted for
  double distance = 0;
  std::vector<double> z;
};

/// Distance between the record and one simulation; whatever is at or above `bound` may come back as anything at or
/// above it, so that a simulation can end early. Called from any thread; depends on its arguments alone.
using AbcDistance = std::function<double(int model, std::span<const double> z, std::uint32_t number, double bound)>;

struct RejectionOptions {
  std::uint32_t draws = 100'000;
  std::uint32_t keep = 100;
  std::uint64_t seed = 1;
  int threads = 0;                                     ///< 0: all cores. Changes no result
  std::function<void(std::uint32_t done)> progress{};  ///< called from any thread
  const std::atomic<bool>* stop = nullptr;
};

/// The nearest `keep` of draws from the prior (Pritchard and others 1999), nearest first. dimensions: of each rival.
/// Empty if it was stopped.
std::vector<AbcParticle> reject(std::span<const int> dimensions, const AbcDistance& distance,
                                const RejectionOptions& options);

/// What sequential Monte Carlo simulates: outcomes [observed] of one simulation. Called from any thread.
struct AbcProblem {
  std::vector<int> dimensions;  ///< of each rival
  std::vector<double> observed;
  std::function<void(int model, std::span<const double> z, std::uint32_t number, std::span<double> outcomes)> simulate;
};

struct AbcSmcOptions {
  std::size_t particles = 1000;
  double keep = 0.5;           ///< share of the particles that the next tolerance keeps
  double least_tolerance = 0;  ///< the last one
  double least_acceptance = 0.02;
  int most_steps = 60;
  bool is_absolute = false;    ///< distance: the sum of |difference| / scale, not the root of the sum of squares
  std::vector<double> scales;  ///< [observed]; empty: adaptive
  std::uint64_t seed = 1;
  int threads = 0;
};

struct AbcSmcStep {
  double tolerance, acceptance;
};

struct AbcSmcSample {
  std::vector<AbcParticle> particles;  ///< all with the same weight
  std::vector<AbcSmcStep> steps;
  std::size_t simulations = 0;
};

/// Del Moral, Doucet and Jasra (2012): tolerances that keep a share of the particles, resampling, moves that leave the
/// law of the particles as it is, their number as Drovandi and Pettitt (2011). Three in four proposals walk from the
/// particle within its model, one in four is a new draw from the prior of all models. Adaptive scales (Prangle 2017)
/// are the median absolute deviations of all simulations of the last step; a particle has to stay within the tolerance
/// of every step so far, so that the steps are nested whatever their scales. Ends at least_tolerance, at
/// least_acceptance, or after most_steps.
AbcSmcSample abc_smc(const AbcProblem& problem, const AbcSmcOptions& options);

/// Share of the particles that follow each model: its posterior probability.
std::vector<double> model_shares(std::span<const AbcParticle> particles, std::size_t models);

}  // namespace truel::record::fit
