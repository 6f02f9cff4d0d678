#include "truel/record/analysis/hidden/particles.hpp"

#include <cmath>

#include "truel/base/math.hpp"
#include "truel/base/random.hpp"
#include "truel/base/statistics/statistics.hpp"

namespace truel::record::hidden {
namespace {

/// Months of an analysis are steps beyond all days of a run, which the law has.
constexpr std::uint32_t kFirstStep = 1U << 31;
/// Of an analysis as a whole.
constexpr std::uint32_t kDrawStep = kFirstStep - 1;

std::vector<double> tempered(std::vector<double> log_weights, double power) {
  for (double& w : log_weights) {
    w *= power;
  }
  return normalised(log_weights);
}

}  // namespace

Particles::Particles(std::uint64_t seed, std::size_t n, std::size_t n_places, double kept_share, Purpose purpose)
    : seed_(seed),
      n_(n),
      n_places_(n_places),
      kept_share_(kept_share),
      purpose_(purpose),
      months_(1, std::vector(n, std::vector<float>(n_places))),
      log_weights_(n_places, std::vector<double>(n, 0)) {
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t p = 0; p < n_places_; ++p) {
      months_[0][i][p] = static_cast<float>(draw(0, i, p));
    }
  }
}

double Particles::draw(std::size_t month, std::size_t particle, std::size_t place) const {
  RandomStream random(seed_, static_cast<std::uint32_t>(particle), kFirstStep + static_cast<std::uint32_t>(month),
                      purpose_, static_cast<std::uint32_t>(place));
  return random.normal();
}

void Particles::pass_month(std::span<const std::uint8_t> has_new_holder) {
  std::vector<std::vector<float>> next = months_.back();
  const double fresh_share = std::sqrt(1 - kept_share_ * kept_share_);
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t p = 0; p < n_places_; ++p) {
      const double fresh = draw(months_.size(), i, p);
      next[i][p] = static_cast<float>(has_new_holder[p] != 0 ? fresh : kept_share_ * next[i][p] + fresh_share * fresh);
    }
  }
  months_.push_back(std::move(next));
}

void Particles::weigh(std::size_t place, std::span<const std::uint8_t> agrees) {
  for (std::size_t i = 0; i < n_; ++i) {
    log_weights_[place][i] += agrees[i] != 0 ? 0 : math::log(kSlip);
  }
}

std::vector<double> Particles::weights(std::size_t place) const {
  const std::vector<double>& log_weights = log_weights_[place];
  const double least = kLeastShare * static_cast<double>(n_);
  double low = 0;
  double high = 1;
  if (raw_size(place) >= least) {
    return tempered(log_weights, 1);
  }
  for (int k = 0; k < 30; ++k) {
    const double middle = (low + high) / 2;
    (effective_size(tempered(log_weights, middle)) >= least ? low : high) = middle;
  }
  return tempered(log_weights, low);
}

double Particles::raw_size(std::size_t place) const {
  return effective_size(tempered(log_weights_[place], 1));
}

std::vector<std::vector<std::size_t>> Particles::drawn(std::size_t n_runs) const {
  std::vector<std::vector<std::size_t>> of_run(n_runs, std::vector<std::size_t>(n_places_));
  for (std::size_t p = 0; p < n_places_; ++p) {
    RandomStream random(seed_, 0, kDrawStep, purpose_, static_cast<std::uint32_t>(p));
    const std::vector<std::size_t> particles = truel::resample(weights(p), n_runs, random.uniform());
    for (std::size_t r = 0; r < n_runs; ++r) {
      of_run[r][p] = particles[r];
    }
  }
  return of_run;
}

}  // namespace truel::record::hidden
