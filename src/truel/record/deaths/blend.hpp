// A mixture of the model's deaths and of the level that a unit had before.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace truel::record {

/// What the fair CRPS of a mixture of two ensembles depends on besides their shares: mean distances.
struct MixtureTerms {
  double model_to_observed = 0, level_to_observed = 0;
  double within_model = 0, within_level = 0;  ///< of two different members
  double between = 0;                         ///< of a member of one and a member of the other
};

/// model, level: sorted, not empty.
MixtureTerms mixture_terms(std::span<const double> model, std::span<const double> level, double observed);

/// Fair CRPS of the mixture in which the model has this share: its expectation depends on the size of neither ensemble.
double mixture_crps(const MixtureTerms& terms, double share);

/// The share of the model, 0 to 1, with the least mean CRPS in these cases; one half where there are none.
double best_share(std::span<const MixtureTerms> past);

/// The same moved towards one half, the less of the months they are of the more: after kHalfLearned months by half
/// (shrinkage to equal weights: Diebold and Pauly 1990).
double careful_share(std::span<const MixtureTerms> past, std::size_t months);
inline constexpr double kHalfLearned = 12;

/// A sorted ensemble of this size, of which the share comes from the model, as quantiles of it, and the rest from the
/// level.
std::vector<double> mixture(const std::vector<double>& model, const std::vector<double>& level, double share,
                            std::size_t size);

}  // namespace truel::record
