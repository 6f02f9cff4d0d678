#include "truel/laws/settlement/challenge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "truel/base/index.hpp"
#include "truel/base/math.hpp"
#include "truel/base/statistics/statistics.hpp"

namespace truel::laws {
namespace {

struct Poll {
  std::span<const double> position, capability, salience;
  double range;
  double median;
  int n() const { return static_cast<int>(position.size()); }
  double distance(int i, int j) const { return std::abs(position[at(i)] - position[at(j)]) / range; }
  double weight(int k) const { return capability[at(k)] * salience[at(k)]; }
};

/// [k][i]: how much k minds the position of i. Powers are most of the work of a poll, and each is in many votes.
Pairs aversions(const Poll& t, std::span<const double> exponent, ChallengeReading reading) {
  Pairs aversion(t.n());
  for (int k = 0; k < t.n(); ++k) {
    for (int i = 0; i < t.n(); ++i) {
      aversion(k, i) = math::pow(t.distance(k, i), reading == ChallengeReading::literal ? 1 : exponent[at(k)]);
    }
  }
  return aversion;
}

/// Vote of k between the positions of i and j; none where both are equally far.
double vote_between(const Poll& t, int k, int i, int j, const Pairs& aversion) {
  if (std::abs(t.distance(k, j) - t.distance(k, i)) <= kSame) {
    return 0;
  }
  return t.weight(k) * (aversion(k, j) - aversion(k, i));
}

/// P [i][j].
Pairs support_of(const Poll& t, std::span<const double> exponent, ChallengeReading reading) {
  const int n = t.n();
  const Pairs aversion = aversions(t, exponent, reading);
  Pairs won(n);
  Pairs cast(n);
  double everything = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      for (int k = 0; k < n && i != j; ++k) {
        const double v = vote_between(t, k, i, j, aversion);
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
  return 2 - 4 * math::pow(part, r);
}

/// What all stays as it is is worth to who has the risk exponent r.
double utility_of_even(double r) {
  return utility(0.5, r);
}

/// E of i against j, seen with the risk exponent r, whose utility_of_even is `even`.
double expectation(const Poll& t, int i, int j, double p, double r, double even, double status_quo) {
  const double z = t.distance(i, j);
  const double success = utility(0.5 - 0.5 * z, r);
  const double failure = utility(0.5 + 0.5 * z, r);
  const double s = t.salience[at(j)];
  const double challenge = s * (p * success + (1 - p) * failure) + (1 - s) * success;
  double wait = status_quo * even;
  if (status_quo < 1) {
    // Left alone, j may move to the median, which helps i if that is nearer to it than j is now.
    const double to_median = std::abs(t.position[at(i)] - t.median) / t.range;
    const double moved = to_median + z;
    const bool is_better = z - to_median > kSame;
    wait += (1 - status_quo) * utility(is_better ? 0.5 - 0.25 * moved : 0.5 + 0.25 * moved, r);
  }
  return challenge - wait;
}

Pairs expectations(const Poll& t, const Pairs& support, std::span<const double> exponent, double status_quo) {
  Pairs e(t.n());
  for (int i = 0; i < t.n(); ++i) {
    const double even = utility_of_even(exponent[at(i)]);
    for (int j = 0; j < t.n(); ++j) {
      e(i, j) = i == j ? 0 : expectation(t, i, j, support(i, j), exponent[at(i)], even, status_quo);
    }
  }
  return e;
}

/// In the order in which offers are taken.
enum class OfferKind { conflict, compromise, capitulation, none };

struct Offer {
  OfferKind kind = OfferKind::none;
  double key = 0;    ///< the least wins among offers of a kind
  double lands = 0;  ///< the position that it leads to
};

/// What i may have to concede to j.
Offer offer_to(const ChallengeRound& round, int i, int j, ChallengeReading reading) {
  const double own = round.expected(i, j);
  const double theirs = round.foreseen(i, j);
  const double from = round.position[at(i)];
  const double to = round.position[at(j)];
  const double way = std::abs(to - from);
  if (theirs <= kSame || std::abs(own) <= kSame || way == 0) {
    return {};
  }
  if (own > 0) {
    return theirs - own > kSame ? Offer{OfferKind::conflict, way, to} : Offer{};
  }
  if (theirs + own > kSame) {
    const double part = -own / theirs;
    const double meeting_point = (-own * from + theirs * to) / (theirs - own);
    return {OfferKind::compromise, reading == ChallengeReading::literal ? part * way : meeting_point,
            from + part * (to - from)};
  }
  return reading == ChallengeReading::literal && theirs + own < -kSame ? Offer{OfferKind::capitulation, way, to}
                                                                       : Offer{};
}

/// Where i stands after the best of the offers made to it. Ties go to the lower position, whoever made the offer: the
/// order of actors changes nothing.
double position_after(const ChallengeRound& round, int i, ChallengeReading reading) {
  std::vector<Offer> offers;
  for (int j = 0; j < static_cast<int>(round.position.size()); ++j) {
    const Offer offer = offer_to(round, i, j, reading);
    if (offer.kind == OfferKind::none || (!offers.empty() && offer.kind > offers.front().kind)) {
      continue;
    }
    if (!offers.empty() && offer.kind < offers.front().kind) {
      offers.clear();
    }
    offers.push_back(offer);
  }
  if (offers.empty()) {
    return round.position[at(i)];
  }
  double least = offers.front().key;
  for (const Offer& offer : offers) {
    least = std::min(least, offer.key);
  }
  double lowest = std::numeric_limits<double>::infinity();
  for (const Offer& offer : offers) {
    if (offer.key - least <= round.same_position) {
      lowest = std::min(lowest, offer.lands);
    }
  }
  return lowest;
}

/// Makes one position of those that are equal: the one that was there before, or else the lowest.
void join_equal(std::vector<double>& position, std::span<const double> before, double same_position) {
  std::vector<std::size_t> order(position.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) { return position[x] < position[y]; });
  for (std::size_t first = 0, next = 0; first < order.size(); first = next) {
    for (next = first + 1; next < order.size(); ++next) {
      if (position[order[next]] - position[order[next - 1]] > same_position) {
        break;
      }
    }
    const double lowest = position[order[first]];
    const double highest = position[order[next - 1]];
    double one = std::numeric_limits<double>::infinity();
    for (const double x : before) {
      if (x >= lowest - same_position && x <= highest + same_position) {
        one = std::min(one, x);
      }
    }
    one = std::isinf(one) ? lowest : one;
    for (std::size_t k = first; k < next; ++k) {
      position[order[k]] = one;
    }
  }
}

double range_of(std::span<const double> position) {
  const auto [least, most] = std::minmax_element(position.begin(), position.end());
  return position.empty() ? 0 : *most - *least;
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
  round.median = weighted_median(position, weight, kSame);
  round.mean = weighted_mean(position, weight);
  round.security.assign(at(n), 0);
  round.risk.assign(at(n), 0);
  round.exponent.assign(at(n), 1);
  if (range <= 0) {
    return round;
  }
  const Poll table{position, capability, salience, range, round.median};
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
  for (int i = 0; i < n && high - low > kSame; ++i) {
    round.risk[at(i)] = (2 * round.security[at(i)] - high - low) / (high - low);
    round.exponent[at(i)] = (1 - round.risk[at(i)] / 3) / (1 + round.risk[at(i)] / 3);
  }
  if (options.reading == ChallengeReading::replication) {
    round.support = support_of(table, round.exponent, options.reading);
  }
  round.expected = expectations(table, round.support, round.exponent, options.status_quo);
  for (int i = 0; i < n; ++i) {
    const double even = utility_of_even(round.exponent[at(i)]);
    for (int j = 0; j < n; ++j) {
      if (i != j) {
        const bool has_own_view = options.reading == ChallengeReading::replication;
        round.foreseen(i, j) = has_own_view ? expectation(table, j, i, round.support(j, i), round.exponent[at(i)], even,
                                                          options.status_quo)
                                            : round.expected(j, i);
      }
    }
  }
  return round;
}

std::vector<double> take_offers(const ChallengeRound& round, ChallengeReading reading) {
  std::vector<double> moved = round.position;
  for (int i = 0; i < static_cast<int>(moved.size()); ++i) {
    moved[at(i)] = position_after(round, i, reading);
  }
  join_equal(moved, round.position, round.same_position);
  return moved;
}

std::vector<ChallengeRound> challenge_rounds(std::span<const double> position, std::span<const double> capability,
                                             std::span<const double> salience, const ChallengeOptions& options) {
  const double first_range = range_of(position);
  const double same_position = kSame * first_range;
  std::vector<double> now(position.begin(), position.end());
  join_equal(now, {}, same_position);
  std::vector<ChallengeRound> rounds;
  for (int r = 0; r <= options.rounds; ++r) {
    const double range = options.reading == ChallengeReading::replication ? first_range : range_of(now);
    rounds.push_back(assess_challenges(now, capability, salience, range, options));
    rounds.back().same_position = same_position;
    now = take_offers(rounds.back(), options.reading);
  }
  return rounds;
}

}  // namespace truel::laws
