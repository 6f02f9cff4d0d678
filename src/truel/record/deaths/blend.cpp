#include "truel/record/deaths/blend.hpp"

#include <algorithm>
#include <cmath>

#include "truel/record/deaths/baselines.hpp"
#include "truel/record/score/proper_scores.hpp"

namespace truel::record {
MixtureTerms mixture_terms(std::span<const double> model, std::span<const double> level, double observed) {
  MixtureTerms terms;
  terms.model_to_observed = mean_distance(model, observed);
  terms.level_to_observed = mean_distance(level, observed);
  terms.within_model = 2 * (terms.model_to_observed - fair_crps(model, observed));
  terms.within_level = 2 * (terms.level_to_observed - fair_crps(level, observed));
  for (const double x : level) {
    terms.between += mean_distance(model, x) / static_cast<double>(level.size());
  }
  return terms;
}

double mixture_crps(const MixtureTerms& t, double share) {
  const double rest = 1 - share;
  return share * t.model_to_observed + rest * t.level_to_observed -
         (share * share * t.within_model + 2 * share * rest * t.between + rest * rest * t.within_level) / 2;
}

double best_share(std::span<const MixtureTerms> past) {
  if (past.empty()) {
    return 0.5;
  }
  // The sum of losses is a parabola in the share.
  double slope = 0;
  double curvature = 0;
  for (const MixtureTerms& t : past) {
    slope += t.model_to_observed - t.level_to_observed - t.between + t.within_level;
    curvature += 2 * t.between - t.within_model - t.within_level;
  }
  if (curvature > 0) {
    return std::clamp(-slope / curvature, 0.0, 1.0);
  }
  return slope + curvature / 2 < 0 ? 1 : 0;
}

double careful_share(std::span<const MixtureTerms> past, std::size_t months) {
  const auto n = static_cast<double>(months);
  return 0.5 + (best_share(past) - 0.5) * n / (n + kHalfLearned);
}

std::vector<double> mixture(const std::vector<double>& model, const std::vector<double>& level, double share,
                            std::size_t size) {
  const auto own = static_cast<std::size_t>(std::lround(share * static_cast<double>(size)));
  std::vector<double> members = of_size(model, own);
  const std::vector<double> rest = of_size(level, size - own);
  members.insert(members.end(), rest.begin(), rest.end());
  std::sort(members.begin(), members.end());
  return members;
}

}  // namespace truel::record
