#include "truel/model/distributions/truncated.hpp"

#include <algorithm>
#include <cmath>

#include "truel/base/math.hpp"
#include "truel/base/statistics/distributions.hpp"

namespace truel {
namespace {

/// The u-quantile of the standard normal between low < high, which may be infinite.
double truncated_normal(double low, double high, double u) {
  // So narrow that the density is the same all over to 12 digits, or would be lost in the rounding of the
  // probabilities.
  if (high - low < 1e-6 && std::abs(low) < 1) {
    return low + u * (high - low);
  }
  const double below = normal_cdf(low);
  const double p = below + u * (normal_cdf(high) - below);
  double z = 0;
  if (p <= 0.5) {
    z = p > 0 ? normal_quantile(p) : high;  // 0: so far out that all of it lies at the inner end
  } else {                                  // from above, where what is left of 1 keeps its digits
    const double above = normal_above(high);
    const double q = above + (1 - u) * (normal_above(low) - above);
    z = q > 0 ? normal_quantile_above(q) : low;
  }
  return std::clamp(z, low, high);  // rounding
}

}  // namespace

double truncated_quantile(const Distribution& d, double u, double least, double greatest) {
  switch (d.kind) {
    case DistributionKind::normal: {
      const double x =
          std::clamp(d.a + d.b * truncated_normal((least - d.a) / d.b, (greatest - d.a) / d.b, u), least, greatest);
      return d.is_date ? std::round(x) : x;
    }
    case DistributionKind::lognormal: {
      const double spread = math::log(d.b);
      if (spread == 0) {
        return d.a;
      }
      const auto standard = [&](double x) { return (math::log(std::max(0.0, x)) - math::log(d.a)) / spread; };
      return std::clamp(d.a * math::exp(spread * truncated_normal(standard(least), standard(greatest), u)), least,
                        greatest);
    }
    case DistributionKind::beta: {
      const double below = beta_cdf(d.a, d.b, std::clamp(least, 0.0, 1.0));
      const double p = below + u * (beta_cdf(d.a, d.b, std::clamp(greatest, 0.0, 1.0)) - below);
      return std::clamp(quantile(d, p), least, greatest);
    }
    default:
      return quantile(d, u);
  }
}

double median(const Parameter& number) {
  const Distribution& d = number.distribution;
  return d.is_value() ? d.a : truncated_quantile(d, 0.5, number.least, number.greatest);
}

}  // namespace truel
