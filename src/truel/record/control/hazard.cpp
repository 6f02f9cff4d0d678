#include "truel/record/control/hazard.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "truel/base/geodesic.hpp"
#include "truel/base/math.hpp"
#include "truel/base/month.hpp"
#include "truel/record/observations/read_events.hpp"

namespace truel::record {
namespace {

constexpr int kRecentMonths = 3;
constexpr int kLongAgo = 1000;
constexpr int kNewtonSteps = 30;
constexpr double kRidge = 1;

/// log(1 + deaths) within 25 km in the 90 days before a day: [place].
std::vector<double> deaths_before(const Past& past, Day day) {
  if (past.deaths_before != nullptr) {
    if (const auto found = past.deaths_before->find(day); found != past.deaths_before->end()) {
      return found->second;
    }
  }
  std::vector<double> deaths(past.war->places.size(), 0);
  std::vector<GreatCircleBox> boxes;
  for (const Place& place : past.war->places) {
    boxes.emplace_back(place.latitude, place.longitude, kDeathsKm);
  }
  const auto first = std::lower_bound(past.events.begin(), past.events.end(), day - kDeathsDays,
                                      [](const Event& e, Day d) { return e.date < d; });
  for (auto event = first; event != past.events.end() && event->date < day; ++event) {
    for (std::size_t p = 0; p < deaths.size() && event->where_precision < kVaguePlace; ++p) {
      const Place& place = past.war->places[p];
      if (boxes[p].has(event->latitude, event->longitude) &&
          great_circle_km(place.latitude, place.longitude, event->latitude, event->longitude) <= kDeathsKm) {
        deaths[p] += event->best;
      }
    }
  }
  for (double& d : deaths) {
    d = math::log1p(d);
  }
  if (past.deaths_before != nullptr) {
    past.deaths_before->emplace(day, deaths);
  }
  return deaths;
}

/// The war as the record has it on a day.
SimulatedWar recorded(const Past& past, const std::vector<int>& holders, Day day, bool with_deaths) {
  SimulatedWar war{holders, std::vector<int>(holders.size(), kLongAgo), std::vector<std::uint8_t>(holders.size()), {}};
  for (int back = kRecentMonths; back >= 1; --back) {
    const std::vector<int> then = settled_holders(*past.control, add_months(day, -back));
    const std::vector<int> next = settled_holders(*past.control, add_months(day, 1 - back));
    for (std::size_t p = 0; p < holders.size(); ++p) {
      if (then[p] >= 0 && next[p] >= 0 && then[p] != next[p]) {
        war.months_since[p] = back - 1;
      }
    }
  }
  for (std::size_t p = 0; p < holders.size(); ++p) {
    war.contested[p] = past.control->holder(static_cast<PlaceIndex>(p), day) == kContested;
  }
  if (with_deaths) {
    war.deaths = deaths_before(past, day);
  }
  return war;
}

double logistic(double x) {
  return 1 / (1 + math::exp(-x));
}

struct Sample {
  std::vector<double> x;
  double y = 0;
};

/// Solves a symmetric positive system [n][n] in place by Cholesky's method: Boost's uBLAS of Debian 12 does not compile
/// in C++20, and one small system is no reason for another library.
void solve_positive(std::vector<double>& matrix, std::vector<double>& right) {
  const std::size_t n = right.size();
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = j; i < n; ++i) {
      double sum = matrix[i * n + j];
      for (std::size_t k = 0; k < j; ++k) {
        sum -= matrix[i * n + k] * matrix[j * n + k];
      }
      matrix[i * n + j] = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / matrix[j * n + j];
    }
    for (std::size_t k = 0; k < j; ++k) {
      right[j] -= matrix[j * n + k] * right[k];
    }
    right[j] /= matrix[j * n + j];
  }
  for (std::size_t j = n; j-- > 0;) {
    for (std::size_t k = j + 1; k < n; ++k) {
      right[j] -= matrix[k * n + j] * right[k];
    }
    right[j] /= matrix[j * n + j];
  }
}

std::vector<double> ridge_logistic(const std::vector<Sample>& samples, std::size_t n) {
  double events = 0;
  for (const Sample& s : samples) {
    events += s.y;
  }
  const double mean = (events + 0.5) / (static_cast<double>(samples.size()) + 50);  // 1 in 100 without any sample
  std::vector<double> beta(n, 0);
  beta[0] = math::log(mean / (1 - mean));
  for (int step = 0; step < kNewtonSteps; ++step) {
    std::vector<double> hessian(n * n, 0);
    std::vector<double> gradient(n, 0);
    for (std::size_t k = 1; k < n; ++k) {
      hessian[k * n + k] = kRidge;
      gradient[k] = -kRidge * beta[k];
    }
    for (const Sample& s : samples) {
      const double p = logistic(std::inner_product(s.x.begin(), s.x.end(), beta.begin(), 0.0));
      for (std::size_t k = 0; k < n; ++k) {
        if (s.x[k] != 0) {
          gradient[k] += (s.y - p) * s.x[k];
          for (std::size_t j = 0; j <= k; ++j) {
            hessian[k * n + j] += p * (1 - p) * s.x[k] * s.x[j];
          }
        }
      }
    }
    solve_positive(hessian, gradient);
    double greatest = 0;
    for (std::size_t k = 0; k < n; ++k) {
      beta[k] += gradient[k];
      greatest = std::max(greatest, std::abs(gradient[k]));
    }
    if (greatest < 1e-9 || samples.empty()) {
      break;
    }
  }
  return beta;
}

}  // namespace

std::vector<int> settled_holders(const ControlRecord& control, Day day) {
  std::vector<int> holders(at(control.n_places()));
  for (PlaceIndex p = 0; p < control.n_places(); ++p) {
    holders[at(p)] = control.settled(p, day);
  }
  return holders;
}

void for_each_month(const Past& past,
                    const std::function<void(const std::vector<int>&, const std::vector<int>&, Day)>& body) {
  int back = 0;
  while (add_months(past.origin, -back - 1) >= past.control->first()) {
    ++back;
  }
  for (; back > 0; --back) {
    const Day day = add_months(past.origin, -back);
    body(settled_holders(*past.control, day), settled_holders(*past.control, add_months(past.origin, 1 - back)), day);
  }
}

PairCounts count_pairs(const Past& past) {
  const auto n = at(past.n_sides);
  PairCounts counts{std::vector<double>(n * n, 0), std::vector<double>(n, 0)};
  for_each_month(past, [&](const std::vector<int>& before, const std::vector<int>& after, Day) {
    for (std::size_t p = 0; p < before.size(); ++p) {
      if (before[p] >= 0 && after[p] >= 0) {
        counts.months[at(before[p])] += 1;
        counts.changes[at(before[p]) * n + at(after[p])] += before[p] != after[p] ? 1 : 0;
      }
    }
  });
  return counts;
}

Map::Map(const War& war) : neighbours_(war.places.size()) {
  for (const Link& link : war.links) {
    neighbours_[at(link.a)].push_back(link.b);
    neighbours_[at(link.b)].push_back(link.a);
  }
}

std::vector<double> Map::shares(const std::vector<int>& holders, PlaceIndex p, int n_sides) const {
  std::vector<double> shares(at(n_sides), 0);
  double known = 0;
  for (const PlaceIndex q : neighbours_[at(p)]) {
    known += holders[at(q)] >= 0 ? 1 : 0;
  }
  for (const PlaceIndex q : neighbours_[at(p)]) {
    if (holders[at(q)] >= 0) {
      shares[at(holders[at(q)])] += 1 / known;
    }
  }
  return shares;
}

SimulatedWar begin_simulation(const Past& past, const std::vector<int>& holders) {
  return recorded(past, holders, past.origin, has_deaths(past));
}

int choose(std::span<const double> weights, double total, RandomStream& random) {
  double left = random.uniform() * total;
  int last = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    if (weights[k] > 0) {
      last = static_cast<int>(k);
      left -= weights[k];
      if (left < 0) {
        break;
      }
    }
  }
  return last;
}

std::size_t Hazard::features(const Map& map, const SimulatedWar& war, PlaceIndex p, std::vector<double>& x) const {
  constexpr std::size_t kShared = 6;
  const int holder = war.holders[at(p)];
  x.assign(kShared + (with_deaths_ ? 1 : 0) + at(n_sides_), 0);
  double others = 0;
  double known = 0;
  double recent = 0;
  for (const PlaceIndex q : map.neighbours(p)) {
    known += war.holders[at(q)] >= 0 ? 1 : 0;
    others += war.holders[at(q)] >= 0 && war.holders[at(q)] != holder ? 1 : 0;
    recent += war.months_since[at(q)] < kRecentMonths ? 1 : 0;
  }
  x[0] = 1;
  x[1] = known > 0 ? others / known : 0;
  x[2] = others > 0 ? 1 : 0;
  x[3] = war.contested[at(p)];
  x[4] = war.months_since[at(p)] < kRecentMonths ? 1 : 0;
  x[5] = known > 0 ? recent / known : 0;
  if (with_deaths_) {
    x[kShared] = war.deaths[at(p)];
  }
  x[kShared + (with_deaths_ ? 1 : 0) + at(holder)] = 1;
  return x.size();
}

void Hazard::step(const Map& map, SimulatedWar& war, RandomStream& random) const {
  const SimulatedWar before = war;
  std::vector<double> x;
  for (std::size_t p = 0; p < before.holders.size(); ++p) {
    const int holder = before.holders[p];
    if (holder < 0) {
      continue;
    }
    war.months_since[p] = std::min(kLongAgo, before.months_since[p] + 1);
    features(map, before, static_cast<PlaceIndex>(p), x);
    double linear = 0;
    for (std::size_t k = 0; k < x.size(); ++k) {
      linear += x[k] * coefficients_[k];
    }
    if (random.uniform() >= logistic(linear)) {
      continue;
    }
    std::vector<double> weights = map.shares(before.holders, static_cast<PlaceIndex>(p), n_sides_);
    double total = 0;
    for (std::size_t b = 0; b < weights.size(); ++b) {
      weights[b] = at(holder) == b ? 0 : (0.05 + weights[b]) * (pair_changes_[at(holder) * weights.size() + b] + 0.2);
      total += weights[b];
    }
    war.holders[p] = choose(weights, total, random);
    war.months_since[p] = 0;
    war.contested[p] = 0;
  }
}

Hazard fit_hazard(const Past& past, const Map& map, bool with_deaths) {
  Hazard hazard;
  hazard.n_sides_ = past.n_sides;
  hazard.with_deaths_ = with_deaths;
  hazard.pair_changes_ = count_pairs(past).changes;
  std::vector<Sample> samples;
  std::size_t n = 0;
  for_each_month(past, [&](const std::vector<int>& before, const std::vector<int>& after, Day day) {
    if (with_deaths && day - kDeathsDays < past.events_from - 31) {
      return;
    }
    const SimulatedWar war = recorded(past, before, day, with_deaths);
    for (std::size_t p = 0; p < before.size(); ++p) {
      if (before[p] >= 0 && after[p] >= 0) {
        Sample sample;
        n = hazard.features(map, war, static_cast<PlaceIndex>(p), sample.x);
        sample.y = before[p] != after[p] ? 1 : 0;
        samples.push_back(std::move(sample));
      }
    }
  });
  if (samples.empty()) {  // a record that begins at the origin
    constexpr std::size_t kMost = 7;
    n = kMost + at(past.n_sides);
  }
  hazard.coefficients_ = ridge_logistic(samples, n);
  return hazard;
}

}  // namespace truel::record
