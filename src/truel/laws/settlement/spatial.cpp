#include "truel/laws/settlement/spatial.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "truel/base/index.hpp"

namespace truel::laws {
namespace {

/// Weighted Euclidean distance of each position from each actor's, by that actor's saliences.
Pairs distances(std::span<const double> position, std::span<const double> salience, int n) {
  const std::size_t issues = position.size() / at(n);
  Pairs distance(n);
  for (int i = 0; i < n; ++i) {
    double weights = 0;
    for (const double s : salience.subspan(at(i) * issues, issues)) {
      weights += s * s;
    }
    for (int j = 0; j < n && weights > 0; ++j) {
      double sum = 0;
      for (std::size_t d = 0; d < issues; ++d) {
        const double way = salience[at(i) * issues + d] * (position[at(i) * issues + d] - position[at(j) * issues + d]);
        sum += way * way;
      }
      distance(i, j) = std::sqrt(sum / weights);
    }
  }
  return distance;
}

/// Utility of a distance for an attitude to risk: straight at 0, bowed towards what is near above it.
double utility_of(double distance, double risk) {
  return (1 - distance) * (1 + risk * distance);
}

/// What one actor knows and believes of all.
struct Estimate {
  Pairs utility;                     ///< [actor][other's position]
  std::span<const double> weight;    ///< [actor]
  std::span<const double> salience;  ///< [actor] over all issues
  double cubic_share;
};

/// The two sides of a contest.
struct Sides {
  double challenger = 0, target = 0;

  void add(double vote) { (vote > 0 ? challenger : target) += std::abs(vote); }
};

/// A contest goes by the linear victory model whatever the elections use, as in KTAB.
double share_of(const Sides& sides) {
  return victory_chance(sides.challenger, sides.target, 1);
}

/// A third party n throws in its weight with the side it would rather see win, given what becomes of it: whoever joins
/// the losing side comes under the winner's position.
double third_vote(const Estimate& e, int n, int i, int j, const Sides& principals) {
  const double with_i = e.utility(n, i);
  const double with_j = e.utility(n, j);
  Sides known = principals;
  known.add(vote(e.weight[at(n)], with_i, with_j, e.cubic_share));
  const double p = share_of(known);
  const double own = e.utility(n, n);
  const double join_i = p * (2 * with_i + own) + (1 - p) * 3 * with_j;
  const double join_j = p * 3 * with_i + (1 - p) * (2 * with_j + own);
  return vote(e.weight[at(n)], join_i, join_j, e.cubic_share);
}

Contest contest(const Estimate& e, int i, int j) {
  const int n = e.utility.n;
  Sides principals;
  principals.add(vote(e.weight[at(i)], e.utility(i, i), e.utility(i, j), e.cubic_share));
  principals.add(vote(e.weight[at(j)], e.utility(j, i), e.utility(j, j), e.cubic_share));
  Sides all = principals;
  for (int third = 0; third < n; ++third) {
    if (third != i && third != j) {
      all.add(third_vote(e, third, i, j, principals));
    }
  }
  const double p = share_of(all);
  // The less the target cares, the sooner it gives way without a contest.
  const double resists = std::min(1.0, e.salience[at(j)]);
  const auto gain = [&](int k) {
    const double i_wins = 2 * e.utility(k, i);
    const double j_wins = 2 * e.utility(k, j);
    return (1 - resists) * i_wins + resists * (p * i_wins + (1 - p) * j_wins) - e.utility(k, i) - e.utility(k, j);
  };
  return {p, gain(i), gain(j)};
}

}  // namespace

SpatialAssessment assess_spatial(std::span<const double> position, std::span<const double> salience,
                                 std::span<const double> capability, const Pairs& coalition,
                                 const SpatialOptions& options) {
  const int n = static_cast<int>(capability.size());
  SpatialAssessment a(n);
  if (n == 0) {
    return a;
  }
  const std::size_t issues = position.size() / at(n);
  std::vector<double> cares(at(n));   // over all issues
  std::vector<double> weight(at(n));  // in a contest
  for (int i = 0; i < n; ++i) {
    const auto own = salience.subspan(at(i) * issues, issues);
    cares[at(i)] = std::accumulate(own.begin(), own.end(), 0.0);
    weight[at(i)] = capability[at(i)] * cares[at(i)];
  }
  a.distance = distances(position, salience, n);
  const auto utilities = [&](auto&& attitude) {
    Pairs u(n);
    for (int k = 0; k < n; ++k) {
      for (int i = 0; i < n; ++i) {
        u(k, i) = utility_of(a.distance(k, i), attitude(k));
      }
    }
    return u;
  };
  const auto strengths = [&](const Pairs& utility) {
    Pairs strength = coalition_strengths(utility, capability, options.election.cubic_share);
    for (std::size_t p = 0; p < strength.values.size(); ++p) {
      strength.values[p] = std::isnan(coalition.values[p]) ? strength.values[p] : coalition.values[p];
    }
    return strength;
  };
  a.neutral_probability = elect(strengths(utilities([](int) { return 0.0; })), options.election);
  const auto [least, most] = std::minmax_element(a.neutral_probability.begin(), a.neutral_probability.end());
  const double low = *least;
  const double high = *most;
  a.risk.assign(at(n), 0);
  for (int i = 0; i < n && high - low > kSame; ++i) {
    a.risk[at(i)] = (3 * a.neutral_probability[at(i)] - high - 2 * low) / (2 * (high - low));
  }
  a.utility = utilities([&](int k) { return a.risk[at(k)]; });
  const Pairs strength = strengths(a.utility);
  a.probability = elect(strength, options.election);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      a.victory(i, j) = victory_chance(strength(i, j), strength(j, i), options.election.victory_exponent);
    }
  }

  for (int h = 0; h < n; ++h) {
    const Estimate estimate{
        utilities([&](int k) { return options.projection * a.risk[at(h)] + (1 - options.projection) * a.risk[at(k)]; }),
        weight, cares, options.election.cubic_share};
    for (int other = 0; other < n; ++other) {
      if (other == h) {
        continue;
      }
      const Contest own = contest(estimate, h, other);
      a.chance(h, other) = own.chance;
      a.challenger_gain(h, other) = own.challenger_gain;
      a.target_gain(h, other) = own.target_gain;
      const Contest seen = contest(estimate, other, h);
      a.seen_chance(other, h) = seen.chance;
      a.seen_challenger_gain(other, h) = seen.challenger_gain;
      a.seen_target_gain(other, h) = seen.target_gain;
    }
  }
  a.target.assign(at(n), -1);
  for (int i = 0; i < n; ++i) {
    double best = 0;
    for (int j = 0; j < n; ++j) {  // the first of equals
      if (j != i && a.challenger_gain(i, j) > best + kSame) {
        best = a.challenger_gain(i, j);
        a.target[at(i)] = j;
      }
    }
  }
  return a;
}

}  // namespace truel::laws
