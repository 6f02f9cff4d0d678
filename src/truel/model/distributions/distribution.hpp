// What a number of a scenario may be: a value, a range or a distribution.
#pragma once

#include <string>
#include <vector>

namespace truel {

enum class DistributionKind { value, uniform, loguniform, normal, lognormal, triangular, beta, either, drawn };

/// An uncertain number. The meaning of a, b, c by kind:
/// value (a), uniform and loguniform (least a, greatest b), normal (mean a, standard deviation b), lognormal (median a,
/// geometric standard deviation b), triangular (least a, likeliest b, greatest c), beta (shapes a, b),
/// either (one of the values `among`, each with the same chance), drawn (the same with `among` sorted: what a column of
/// a table of draws says by itself).
struct Distribution {
  DistributionKind kind = DistributionKind::value;
  double a = 0;
  double b = 0;
  double c = 0;
  std::vector<double> among = {};
  /// Days since 1970-01-01 instead of plain numbers, written as dates; the standard deviation of a normal is in days.
  /// A draw is a whole day: of a range each day from its first to its last has the same chance, of the other kinds it
  /// is the nearest.
  bool is_date = false;

  bool is_value() const { return kind == DistributionKind::value; }
};

/// The u-quantile, 0 < u < 1. Cannot fail for a distribution that `fault` accepts.
double quantile(const Distribution& distribution, double u);

/// What is wrong with the parameters ("a range upside down" and the like), or "" if nothing is.
std::string fault(const Distribution& distribution);

/// As the scenario format writes it.
std::string to_string(const Distribution& distribution);

/// Least and greatest possible value (infinite for unbounded kinds).
double lower_bound(const Distribution& distribution);
double upper_bound(const Distribution& distribution);

/// Whether it has no ends but thins out towards them: normal, lognormal, beta.
bool is_thinning(const Distribution& distribution);

/// What checks take for the least and the greatest value of a number: the ends of a value, a range or a triangle, and
/// the centre of the kinds that only thin out towards theirs. Draws beyond a bound are clamped, so that only a centre
/// outside is surely a mistake.
double checked_least(const Distribution& distribution);
double checked_greatest(const Distribution& distribution);

}  // namespace truel
