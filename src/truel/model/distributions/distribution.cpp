#include "truel/model/distributions/distribution.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "truel/base/date.hpp"
#include "truel/base/math.hpp"
#include "truel/base/statistics/distributions.hpp"

namespace truel {
namespace {

std::string dates_to_string(const Distribution& d) {
  const auto date = [](double day) { return format_date(static_cast<Day>(day)); };
  std::vector<std::string> among;
  std::transform(d.among.begin(), d.among.end(), std::back_inserter(among), date);
  switch (d.kind) {
    case DistributionKind::uniform:
      return fmt::format("{}..{}", date(d.a), date(d.b));
    case DistributionKind::normal:
      return fmt::format("normal({}, {})", date(d.a), d.b);
    case DistributionKind::triangular:
      return fmt::format("triangular({}, {}, {})", date(d.a), date(d.b), date(d.c));
    case DistributionKind::either:
      return fmt::format("either({})", fmt::join(among, ", "));
    default:
      return date(d.a);
  }
}

}  // namespace

double quantile(const Distribution& d, double u) {
  if (d.is_date) {
    Distribution plain = d;
    plain.is_date = false;
    return d.kind == DistributionKind::uniform ? std::min(d.b, std::floor(d.a + (d.b - d.a + 1) * u))
                                               : std::round(quantile(plain, u));
  }
  switch (d.kind) {
    case DistributionKind::value:
      return d.a;
    case DistributionKind::uniform:
      return d.a + (d.b - d.a) * u;
    case DistributionKind::loguniform:
      return d.a * math::pow(d.b / d.a, u);
    case DistributionKind::normal:
      return d.a + d.b * normal_quantile(u);
    case DistributionKind::lognormal:
      return d.a * math::pow(d.b, normal_quantile(u));
    case DistributionKind::triangular:
      return triangular_quantile(d.a, d.b, d.c, u);
    case DistributionKind::beta:
      return beta_quantile(d.a, d.b, u);
    case DistributionKind::either:
    case DistributionKind::drawn: {
      const double position = u * static_cast<double>(d.among.size());
      return d.among[std::min(d.among.size() - 1, static_cast<std::size_t>(position))];
    }
  }
  return d.a;
}

std::string fault(const Distribution& d) {
  static constexpr const char* kTooWide = "a range too wide for a computer's numbers";
  const auto is_finite = [](double x) { return std::isfinite(x); };
  if (!is_finite(d.a) || !is_finite(d.b) || !is_finite(d.c) ||
      !std::all_of(d.among.begin(), d.among.end(), is_finite)) {
    return "a number that is not finite";
  }
  switch (d.kind) {
    case DistributionKind::value:
      return "";
    case DistributionKind::uniform:
      if (d.a > d.b) {
        return "a range upside down";
      }
      return is_finite(d.b - d.a) ? "" : kTooWide;
    case DistributionKind::loguniform:
      if (d.a <= 0) {
        return "a loguniform that does not start above 0";
      }
      if (d.a > d.b) {
        return "a range upside down";
      }
      return is_finite(d.b / d.a) ? "" : kTooWide;
    case DistributionKind::normal:
      return d.b > 0 ? "" : "a standard deviation that is not above 0";
    case DistributionKind::lognormal:
      if (d.a <= 0) {
        return "a median that is not above 0";
      }
      return d.b >= 1 ? "" : "a geometric standard deviation below 1";
    case DistributionKind::triangular:
      if (!(d.a <= d.b && d.b <= d.c && d.a < d.c)) {
        return "a triangle whose corners are not in order";
      }
      return is_finite((d.c - d.a) * (d.c - d.a)) ? "" : kTooWide;
    case DistributionKind::beta:
      return d.a > 0 && d.b > 0 ? "" : "a shape that is not above 0";
    case DistributionKind::drawn:
      return d.among.empty() ? "a column without draws" : "";
    case DistributionKind::either:
      return d.among.size() >= 2 ? "" : "a choice without two values";
  }
  return "";
}

std::string to_string(const Distribution& d) {
  if (d.is_date) {
    return dates_to_string(d);
  }
  switch (d.kind) {
    case DistributionKind::value:
      return fmt::format("{}", d.a);
    case DistributionKind::uniform:
      return fmt::format("{}..{}", d.a, d.b);
    case DistributionKind::loguniform:
      return fmt::format("loguniform({}, {})", d.a, d.b);
    case DistributionKind::normal:
      return fmt::format("normal({}, {})", d.a, d.b);
    case DistributionKind::lognormal:
      return fmt::format("lognormal({}, {})", d.a, d.b);
    case DistributionKind::triangular:
      return fmt::format("triangular({}, {}, {})", d.a, d.b, d.c);
    case DistributionKind::beta:
      return fmt::format("beta({}, {})", d.a, d.b);
    case DistributionKind::either:
      return fmt::format("either({})", fmt::join(d.among, ", "));
    case DistributionKind::drawn:
      return fmt::format("draws from {:.4g} to {:.4g}", d.among.front(), d.among.back());
  }
  return "";
}

double lower_bound(const Distribution& d) {
  switch (d.kind) {
    case DistributionKind::normal:
      return -std::numeric_limits<double>::infinity();
    case DistributionKind::lognormal:
    case DistributionKind::beta:
      return 0;
    case DistributionKind::either:
    case DistributionKind::drawn:
      return *std::min_element(d.among.begin(), d.among.end());
    default:
      return d.a;
  }
}

double upper_bound(const Distribution& d) {
  switch (d.kind) {
    case DistributionKind::value:
      return d.a;
    case DistributionKind::uniform:
    case DistributionKind::loguniform:
      return d.b;
    case DistributionKind::triangular:
      return d.c;
    case DistributionKind::beta:
      return 1;
    case DistributionKind::either:
    case DistributionKind::drawn:
      return *std::max_element(d.among.begin(), d.among.end());
    default:
      return std::numeric_limits<double>::infinity();
  }
}

bool is_thinning(const Distribution& d) {
  return d.kind == DistributionKind::normal || d.kind == DistributionKind::lognormal ||
         d.kind == DistributionKind::beta;
}

namespace {

/// The mean of a beta, the median of the others: simple where they are, and nothing that can fail.
double centre(const Distribution& d) {
  return d.kind == DistributionKind::beta ? d.a / (d.a + d.b) : d.a;
}

}  // namespace

double checked_least(const Distribution& d) {
  return is_thinning(d) ? centre(d) : lower_bound(d);
}

double checked_greatest(const Distribution& d) {
  return is_thinning(d) ? centre(d) : upper_bound(d);
}

}  // namespace truel
