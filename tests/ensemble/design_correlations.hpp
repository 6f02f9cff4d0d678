// Rank correlations among the draws of a war's uncertain numbers.
#pragma once

#include <bit>
#include <random>

#include "support/rank_correlation.hpp"
#include "truel/ensemble/design/design.hpp"
#include "truel/ensemble/design/point_set.hpp"

namespace truel::test {

/// Of the first realizations of a design; every `stride`th number.
inline RankCorrelations design_draws(const CompiledModel& model, std::uint64_t seed, std::uint32_t runs,
                                     std::size_t stride) {
  std::vector<std::vector<float>> columns(model.uncertain().size(), std::vector<float>(runs));
  std::vector<double> values(model.war().parameters.size());
  for (std::uint32_t r = 0; r < runs; ++r) {
    ensemble::draw_parameters(model, seed, r, values);
    for (std::size_t u = 0; u < columns.size(); ++u) {
      columns[u][r] = static_cast<float>(values[at(model.uncertain()[u])]);
    }
  }
  RankCorrelations result(runs);
  for (std::size_t u = 0; u < columns.size(); u += stride) {
    result.add(columns[u]);
  }
  return result;
}

/// Of independent draws of the same numbers. Only choices among values have ties, so that the rest are left uniform.
inline RankCorrelations independent_draws(const CompiledModel& model, std::uint32_t seed, std::uint32_t runs,
                                          std::size_t stride) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> uniform;
  RankCorrelations result(runs);
  std::vector<float> column(runs);
  for (std::size_t u = 0; u < model.uncertain().size(); u += stride) {
    const Distribution& distribution = model.war().parameters[at(model.uncertain()[u])].distribution;
    for (float& x : column) {
      const double drawn = uniform(random);
      x = static_cast<float>(distribution.kind == DistributionKind::either ? quantile(distribution, drawn) : drawn);
    }
    result.add(column);
  }
  return result;
}

/// The mean square of the correlations, times the number of runs, that the design may have: that of independent draws,
/// more by one for every block of points of a replicate, which is put in order by itself, and five standard errors.
inline double greatest_mean_square(std::uint32_t runs, double numbers) {
  const double blocks = ensemble::kReplicates * (std::bit_width((runs / ensemble::kReplicates - 1) / 32) + 1);
  return 1 + blocks / runs + 5 * std::sqrt(4 / (numbers * (numbers - 1)));
}

}  // namespace truel::test
