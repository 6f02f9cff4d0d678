#include "truel/dynamics/settlement_challenge.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "truel/base/index.hpp"

namespace truel::dynamics {
namespace {

struct Table {
  std::span<const double> position, capability, salience;
  double range;
  double median;
  int n() const { return static_cast<int>(position.size()); }
  double distance(int i, int j) const { return std::abs(position[at(i)] - position[at(j)]) / range; }
  double weight(int k) const { return capability[at(k)] * salience[at(k)]; }
};

/// Vote of k between the positions of i and j.
double vote_between(const Table& t, int k, int i, int j, std::span<const double> exponent, ChallengeReading reading) {
  if (reading == ChallengeReading::literal) {
    return t.weight(k) * (t.distance(k, j) - t.distance(k, i));
  }
  const double r = exponent[at(k)];
  return t.weight(k) * (std::pow(t.distance(k, j), r) - std::pow(t.distance(k, i), r));
}

/// P [i][j].
Pairs support_of(const Table& t, std::span<const double> exponent, ChallengeReading reading) {
  const int n = t.n();
  Pairs won(n);
  Pairs cast(n);
  double everything = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      for (int k = 0; k < n && i != j; ++k) {
        const double v = vote_between(t, k, i, j, exponent, reading);
        won(i, j) += std::max(0.0, v);
        cast(i, j) += std::abs(v);
      }
      everything += cast(i, j);
    }
  }
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      const double all = reading == ChallengeReading::literal ? cast(i, j) : everything;
      won(i, j) = all > 0 ? won(i, j) / all : 0;
    }
  }
  return won;
}

double utility(double part, double r) {
  return 2 - 4 * std::pow(part, r);
}

/// E of i against j, seen with the risk exponent r.
double expectation(const Table& t, int i, int j, double p, double r, double status_quo) {
  const double z = t.distance(i, j);
  const double success = utility(0.5 - 0.5 * z, r);
  const double failure = utility(0.5 + 0.5 * z, r);
  const double s = t.salience[at(j)];
  const double challenge = s * (p * success + (1 - p) * failure) + (1 - s) * success;
  double wait = status_quo * utility(0.5, r);
  if (status_quo < 1) {
    // Left alone, j may move to the median, which helps i if that is nearer to it than j is now.
    const double x_i = t.position[at(i)];
    const double moved = (std::abs(x_i - t.median) + std::abs(x_i - t.position[at(j)])) / t.range;
    const bool is_better = std::abs(x_i - t.median) < std::abs(x_i - t.position[at(j)]);
    wait += (1 - status_quo) * utility(is_better ? 0.5 - 0.25 * moved : 0.5 + 0.25 * moved, r);
  }
  return challenge - wait;
}

Pairs expectations(const Table& t, const Pairs& support, std::span<const double> exponent, double status_quo) {
  Pairs e(t.n());
  for (int i = 0; i < t.n(); ++i) {
    for (int j = 0; j < t.n(); ++j) {
      e(i, j) = i == j ? 0 : expectation(t, i, j, support(i, j), exponent[at(i)], status_quo);
    }
  }
  return e;
}

/// In the order in which offers are taken.
enum class OfferKind { conflict, compromise, capitulation, none };

struct Offer {
  OfferKind kind = OfferKind::none;
  double key = 0;   ///< the least wins among offers of a kind
  double move = 0;  ///< signed

  /// Ties go to the lower position, whoever made the offer: the order of actors changes nothing.
  bool is_better_than(const Offer& other) const {
    return std::tuple(kind, key, move) < std::tuple(other.kind, other.key, other.move);
  }
};

/// What i may have to concede to j.
Offer offer_to(const ChallengeRound& round, int i, int j, ChallengeReading reading) {
  const double own = round.expected(i, j);
  const double theirs = round.foreseen(i, j);
  const double way = round.position[at(j)] - round.position[at(i)];
  if (theirs <= 0 || way == 0) {
    return {};
  }
  if (own > 0) {
    return theirs > own ? Offer{OfferKind::conflict, std::abs(way), way} : Offer{};
  }
  if (own == 0) {
    return {};
  }
  if (theirs > -own) {
    const double move = way * -own / theirs;
    const double meeting_point = (-own * round.position[at(i)] + theirs * round.position[at(j)]) / (theirs - own);
    return {OfferKind::compromise, reading == ChallengeReading::literal ? std::abs(move) : meeting_point, move};
  }
  return reading == ChallengeReading::literal && theirs < -own ? Offer{OfferKind::capitulation, std::abs(way), way}
                                                               : Offer{};
}

}  // namespace

ChallengeRound assess_challenges(std::span<const double> position, std::span<const double> capability,
                                 std::span<const double> salience, double range, const ChallengeOptions& options) {
  const int n = static_cast<int>(position.size());
  std::vector<double> weight(at(n));
  for (int k = 0; k < n; ++k) {
    weight[at(k)] = capability[at(k)] * salience[at(k)];
  }
  ChallengeRound round(n);
  round.position.assign(position.begin(), position.end());
  round.median = weighted_median(position, weight);
  round.mean = weighted_mean(position, weight);
  round.security.assign(at(n), 0);
  round.risk.assign(at(n), 0);
  round.exponent.assign(at(n), 1);
  if (range <= 0) {
    return round;
  }
  const Table table{position, capability, salience, range, round.median};
  round.support = support_of(table, round.exponent, options.reading);
  round.expected_neutral = expectations(table, round.support, round.exponent, options.status_quo);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      round.security[at(i)] += round.expected_neutral(j, i);
    }
  }
  const auto [least, most] = std::minmax_element(round.security.begin(), round.security.end());
  const double low = *least;
  const double high = *most;
  for (int i = 0; i < n && high > low; ++i) {
    round.risk[at(i)] = (2 * round.security[at(i)] - high - low) / (high - low);
    round.exponent[at(i)] = (1 - round.risk[at(i)] / 3) / (1 + round.risk[at(i)] / 3);
  }
  if (options.reading == ChallengeReading::replication) {
    round.support = support_of(table, round.exponent, options.reading);
  }
  round.expected = expectations(table, round.support, round.exponent, options.status_quo);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      if (i != j) {
        const bool has_own_view = options.reading == ChallengeReading::replication;
        round.foreseen(i, j) =
            has_own_view ? expectation(table, j, i, round.support(j, i), round.exponent[at(i)], options.status_quo)
                         : round.expected(j, i);
      }
    }
  }
  return round;
}

std::vector<double> take_offers(const ChallengeRound& round, ChallengeReading reading) {
  const int n = static_cast<int>(round.position.size());
  std::vector<double> moved = round.position;
  for (int i = 0; i < n; ++i) {
    Offer best;
    for (int j = 0; j < n; ++j) {
      const Offer offer = offer_to(round, i, j, reading);
      if (offer.is_better_than(best)) {
        best = offer;
      }
    }
    moved[at(i)] += best.kind == OfferKind::none ? 0 : best.move;
  }
  return moved;
}

std::vector<ChallengeRound> challenge_rounds(std::span<const double> position, std::span<const double> capability,
                                             std::span<const double> salience, const ChallengeOptions& options) {
  std::vector<double> now(position.begin(), position.end());
  const auto range_of = [](const std::vector<double>& positions) {
    const auto [least, most] = std::minmax_element(positions.begin(), positions.end());
    return positions.empty() ? 0 : *most - *least;
  };
  const double first_range = range_of(now);
  std::vector<ChallengeRound> rounds;
  for (int r = 0; r <= options.rounds; ++r) {
    const double range = options.reading == ChallengeReading::replication ? first_range : range_of(now);
    rounds.push_back(assess_challenges(now, capability, salience, range, options));
    now = take_offers(rounds.back(), options.reading);
  }
  return rounds;
}

}  // namespace truel::dynamics
