#include "truel/record/fit/tempered.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "truel/base/math.hpp"
#include "truel/base/statistics/covariance.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/record/fit/stream.hpp"

namespace truel::record::fit {
namespace {

/// What a stream of a step is for.
enum class Step : std::uint32_t { prior, resampling, moves };

RandomStream stream(std::uint64_t seed, std::size_t particle, std::size_t step, Step use) {
  return {seed, static_cast<std::uint32_t>(particle), static_cast<std::uint32_t>(step), kFitting,
          static_cast<std::uint32_t>(use)};
}

std::vector<double> scaled(std::span<const double> x, double factor) {
  std::vector<double> result(x.begin(), x.end());
  for (double& value : result) {
    value = value == -std::numeric_limits<double>::infinity() && factor == 0 ? 0 : factor * value;
  }
  return result;
}

/// How far the power can rise from `from` until the effective size falls to the share wanted.
double next_power(std::span<const double> log_likelihood, double from, double least_share) {
  const double wanted = least_share * static_cast<double>(log_likelihood.size());
  const auto size_at = [&](double power) { return effective_size(normalised(scaled(log_likelihood, power - from))); };
  if (size_at(1) >= wanted) {
    return 1;
  }
  double low = from;
  double high = 1;
  for (int i = 0; i < 60 && high - low > 1e-12 * high; ++i) {
    const double middle = (low + high) / 2;
    (size_at(middle) >= wanted ? low : high) = middle;
  }
  return std::max(low, from + 1e-9);  // no likelihood at all in most of the sample: leave it behind
}

}  // namespace

TemperedSample tempered(const TemperedOptions& options, const LogLikelihood& log_likelihood) {
  const std::size_t n = options.particles;
  const std::size_t d = options.dimensions;
  const auto moves = static_cast<std::size_t>(std::max(1, options.moves));
  TemperedSample sample;
  sample.z.resize(n * d);
  sample.log_likelihood.resize(n);
  sample.keys.resize(n);
  std::iota(sample.keys.begin(), sample.keys.end(), 0U);
  for (std::size_t i = 0; i < n; ++i) {
    RandomStream random = stream(options.seed, i, 0, Step::prior);
    std::generate_n(sample.z.begin() + static_cast<std::ptrdiff_t>(i * d), d, [&] { return random.normal(); });
  }
  if (!log_likelihood(sample.z, sample.keys, sample.log_likelihood)) {
    return sample;
  }
  double power = 0;
  for (std::size_t step = 1; power < 1; ++step) {
    const double next = next_power(sample.log_likelihood, power, options.least_share);
    const std::vector<double> increments = scaled(sample.log_likelihood, next - power);
    sample.log_evidence += log_sum_exp(increments) - math::log(static_cast<double>(n));
    const std::vector<double> weights = normalised(increments);
    std::vector<double> root = cholesky(covariance(sample.z, d, weights), d);
    const double scale = 2.38 / std::sqrt(static_cast<double>(d));
    std::transform(root.begin(), root.end(), root.begin(), [&](double x) { return scale * x; });

    const double uniform = stream(options.seed, 0, step, Step::resampling).uniform();
    const std::vector<std::size_t> parents = truel::resample(weights, n, uniform);
    TemperedSample old = sample;
    for (std::size_t i = 0; i < n; ++i) {
      std::copy_n(old.z.begin() + static_cast<std::ptrdiff_t>(parents[i] * d), d,
                  sample.z.begin() + static_cast<std::ptrdiff_t>(i * d));
      sample.log_likelihood[i] = old.log_likelihood[parents[i]];
      sample.keys[i] = old.keys[parents[i]];
    }
    power = next;

    std::vector<double> proposal(n * d), value(n), normal(d), chance(n);
    std::size_t taken = 0;
    for (std::size_t move = 0; move < moves; ++move) {
      for (std::size_t i = 0; i < n; ++i) {
        RandomStream random = stream(options.seed, i, step * moves + move, Step::moves);
        std::generate(normal.begin(), normal.end(), [&] { return random.normal(); });
        chance[i] = random.uniform();
        for (std::size_t j = 0; j < d; ++j) {
          proposal[i * d + j] = sample.z[i * d + j] +
                                std::inner_product(normal.begin(), normal.begin() + static_cast<std::ptrdiff_t>(j + 1),
                                                   root.begin() + static_cast<std::ptrdiff_t>(j * d), 0.0);
        }
      }
      if (!log_likelihood(proposal, sample.keys, value)) {
        return sample;
      }
      for (std::size_t i = 0; i < n; ++i) {
        const std::span<double> here = std::span(sample.z).subspan(i * d, d);
        const std::span<const double> there = std::span(proposal).subspan(i * d, d);
        const double prior = (std::inner_product(here.begin(), here.end(), here.begin(), 0.0) -
                              std::inner_product(there.begin(), there.end(), there.begin(), 0.0)) /
                             2;
        if (math::log(chance[i]) < prior + power * (value[i] - sample.log_likelihood[i])) {
          std::copy(there.begin(), there.end(), here.begin());
          sample.log_likelihood[i] = value[i];
          ++taken;
        }
      }
    }
    sample.steps.push_back({power, static_cast<double>(taken) / static_cast<double>(n * moves)});
  }
  sample.is_whole = true;
  return sample;
}

}  // namespace truel::record::fit
