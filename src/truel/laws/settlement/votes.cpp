#include "truel/laws/settlement/votes.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "truel/base/index.hpp"
#include "truel/base/math.hpp"

namespace truel::laws {
namespace {

constexpr double kLeastStrength = 1e-8;    // of a coalition without members, as a part of all weight
constexpr double kLeastIncentive = 1e-10;  // of a favourite to be its own challenger, as a part of all challengers'
constexpr int kMostIterations = 100'000;   // of the stationary distribution
constexpr double kStationary = 1e-14;      // change of a chance below which it is reached

double sum_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Chance that i challenges when j is the favourite [i][j]; columns sum to 1.
Pairs challenge_chances(const Pairs& strength, const Pairs& victory, ElectionRule rule) {
  const int n = strength.n;
  Pairs chance(n);
  for (int j = 0; j < n; ++j) {
    double sum = 0;
    for (int i = 0; i < n; ++i) {
      chance(i, j) = rule == ElectionRule::markov_uniform ? 1 : i == j ? 0 : strength(i, j) * victory(i, j);
      sum += chance(i, j);
    }
    if (rule == ElectionRule::markov_incentive) {  // keeps the chain from cycling
      chance(j, j) = sum > 0 ? kLeastIncentive * sum : 1;
      sum += chance(j, j);
    }
    for (int i = 0; i < n; ++i) {
      chance(i, j) /= sum;
    }
  }
  return chance;
}

/// Fixed point of: a favourite meets a challenger, and the winner is the next favourite.
std::vector<double> stationary(const Pairs& challenge, const Pairs& victory) {
  const int n = victory.n;
  std::vector<double> now(at(n), 1.0 / n);
  std::vector<double> next(at(n));
  for (int iteration = 0; iteration < kMostIterations; ++iteration) {
    double change = 0;
    for (int i = 0; i < n; ++i) {
      double flow = 0;
      for (int j = 0; j < n; ++j) {
        flow += victory(i, j) * (now[at(i)] * challenge(j, i) + now[at(j)] * challenge(i, j));
      }
      next[at(i)] = 0.5 * (now[at(i)] + flow);
      change = std::max(change, std::abs(next[at(i)] - now[at(i)]));
    }
    now.swap(next);
    if (change < kStationary) {
      break;
    }
  }
  return now;
}

}  // namespace

double vote(double weight, double utility, double other, double cubic_share) {
  const double difference = utility - other;
  return weight * ((1 - cubic_share) * difference + cubic_share * difference * difference * difference);
}

double victory_chance(double strength, double other, double exponent) {
  if (strength <= 0 && other <= 0) {
    return 0.5;
  }
  // As a power of the ratio: the powers themselves could overflow.
  return strength <= 0 ? 0 : 1 / (1 + math::pow(other / strength, exponent));
}

Pairs coalition_strengths(const Pairs& utility, std::span<const double> weight, double cubic_share) {
  const int n = utility.n;
  Pairs strength(n);
  const double least = kLeastStrength * sum_of(weight);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      double sum = least;
      for (int k = 0; k < n; ++k) {
        sum += std::max(0.0, vote(weight[at(k)], utility(k, i), utility(k, j), cubic_share));
      }
      strength(i, j) = sum;
    }
  }
  return strength;
}

std::vector<double> elect(const Pairs& strength, const ElectionOptions& options) {
  const int n = strength.n;
  Pairs victory(n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      victory(i, j) = i == j ? 0.5 : victory_chance(strength(i, j), strength(j, i), options.victory_exponent);
    }
  }
  std::vector<double> chance(at(n), 0);
  if (options.rule == ElectionRule::conditional) {
    for (int i = 0; i < n; ++i) {
      const std::span<const double> beats = victory.row(i);
      chance[at(i)] = std::accumulate(beats.begin(), beats.end(), 1.0, std::multiplies<>());
    }
  } else {
    chance = stationary(challenge_chances(strength, victory, options.rule), victory);
  }
  const double sum = sum_of(chance);
  for (double& x : chance) {
    x /= sum;
  }
  return chance;
}

}  // namespace truel::laws
