#include "truel/record/control/baselines.hpp"

#include "truel/base/math.hpp"
#include "truel/base/month.hpp"
#include "truel/record/control/hazard.hpp"

namespace truel::record {
namespace {

// Streams of the record, beside those of the laws.
constexpr auto kSimulations = static_cast<Purpose>(128);

constexpr double kFewChanges = 0.01;  ///< prior rate of leaving a side, a month
constexpr double kHalf = 0.5;         ///< a change: the weight of a prior

ControlForecast empty_forecast(const Past& past, double members) {
  ControlForecast f;
  f.n_sides = past.n_sides;
  f.members = members;
  f.p.assign(at(past.months + 1), std::vector<double>(past.war->places.size() * at(past.n_sides), 0));
  f.change.assign(at(past.months), std::vector<double>(past.war->places.size(), 0));
  return f;
}

/// Moves the settled holders of the origin by one matrix of monthly transitions.
ControlForecast by_matrix(const Past& past, const std::vector<double>& matrix) {
  const auto n = at(past.n_sides);
  ControlForecast f = empty_forecast(past, 0);
  for (std::size_t p = 0; p < past.war->places.size(); ++p) {
    const int holder = past.control->settled(static_cast<PlaceIndex>(p), past.origin);
    if (holder < 0) {
      continue;
    }
    f.p[0][p * n + at(holder)] = 1;
    for (std::size_t month = 1; month < f.p.size(); ++month) {
      for (std::size_t a = 0; a < n; ++a) {
        f.change[month - 1][p] += f.p[month - 1][p * n + a] * (1 - matrix[a * n + a]);
        for (std::size_t b = 0; b < n; ++b) {
          f.p[month][p * n + b] += f.p[month - 1][p * n + a] * matrix[a * n + b];
        }
      }
    }
  }
  return f;
}

std::vector<double> unit_matrix(std::size_t n) {
  std::vector<double> matrix(n * n, 0);
  for (std::size_t a = 0; a < n; ++a) {
    matrix[a * n + a] = 1;
  }
  return matrix;
}

/// Adds up simulated wars. step: the holders a month later, from a stream of its own.
template <class Step>
ControlForecast simulated(const Past& past, Step&& step) {
  ControlForecast f = empty_forecast(past, past.simulations);
  const auto n = at(past.n_sides);
  const double share = 1.0 / past.simulations;
  const std::vector<int> start = settled_holders(*past.control, past.origin);
  for (int run = 0; run < past.simulations; ++run) {
    SimulatedWar war = begin_simulation(past, start);
    RandomStream random(past.seed, static_cast<std::uint32_t>(run), static_cast<std::uint32_t>(past.origin),
                        kSimulations, 0);
    for (std::size_t month = 0; month < f.p.size(); ++month) {
      for (std::size_t p = 0; p < start.size(); ++p) {
        if (war.holders[p] >= 0) {
          f.p[month][p * n + at(war.holders[p])] += share;
        }
      }
      if (month + 1 == f.p.size()) {
        break;
      }
      const std::vector<int> before = war.holders;
      step(war, random);
      for (std::size_t p = 0; p < before.size(); ++p) {
        f.change[month][p] += before[p] != war.holders[p] ? share : 0;
      }
    }
  }
  return f;
}

ControlForecast by_hazard(const Past& past, bool with_deaths) {
  const Map map(*past.war);
  const Hazard hazard = fit_hazard(past, map, with_deaths);
  return simulated(past, [&](SimulatedWar& war, RandomStream& random) { hazard.step(map, war, random); });
}

}  // namespace

ControlForecast persistence(const Past& past) {
  return by_matrix(past, unit_matrix(at(past.n_sides)));
}

ControlForecast smoothed_persistence(const Past& past) {
  const PairCounts counts = count_pairs(past);
  double changes = kHalf;
  double months = kHalf / kFewChanges;
  const auto n = at(past.n_sides);
  for (std::size_t a = 0; a < n; ++a) {
    months += counts.months[a];
    for (std::size_t b = 0; b < n; ++b) {
      changes += counts.changes[a * n + b];
    }
  }
  const double rate = changes / months;
  std::vector<double> matrix(n * n, rate / static_cast<double>(n - 1));
  for (std::size_t a = 0; a < n; ++a) {
    matrix[a * n + a] = 1 - rate;
  }
  return by_matrix(past, matrix);
}

ControlForecast pair_rates(const Past& past) {
  const PairCounts counts = count_pairs(past);
  const auto n = at(past.n_sides);
  std::vector<double> matrix = unit_matrix(n);
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      if (a != b) {
        const double prior = 1.0 / static_cast<double>(n - 1);
        const double rate = (counts.changes[a * n + b] + prior) / (counts.months[a] + 1 / kFewChanges);
        matrix[a * n + b] = rate;
        matrix[a * n + a] -= rate;
      }
    }
  }
  return by_matrix(past, matrix);
}

ControlForecast spatial_hazard(const Past& past) {
  return by_hazard(past, false);
}

ControlForecast spatial_hazard_with_deaths(const Past& past) {
  return by_hazard(past, true);
}

bool has_deaths(const Past& past) {
  return !past.events.empty() && add_months(past.origin, -1) - kDeathsDays >= past.events_from - 31;
}

ControlForecast contact(const Past& past) {
  const Map map(*past.war);
  const auto n = at(past.n_sides);
  // Months of holding, weighted by the share of neighbours of the other side.
  std::vector<double> exposure(n * n, 0);
  for_each_month(past, [&](const std::vector<int>& before, const std::vector<int>&, Day) {
    for (std::size_t p = 0; p < before.size(); ++p) {
      if (before[p] >= 0) {
        const std::vector<double> shares = map.shares(before, static_cast<PlaceIndex>(p), past.n_sides);
        for (std::size_t b = 0; b < n; ++b) {
          exposure[at(before[p]) * n + b] += shares[b];
        }
      }
    }
  });
  const PairCounts counts = count_pairs(past);
  double changes = kHalf;
  double months = kHalf / kFewChanges;
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      changes += a == b ? 0 : counts.changes[a * n + b];
      months += a == b ? 0 : exposure[a * n + b];
    }
  }
  const double mean = changes / months;
  std::vector<double> rate(n * n, 0);
  for (std::size_t k = 0; k < n * n; ++k) {
    rate[k] = (counts.changes[k] + kHalf) / (exposure[k] + kHalf / mean);
  }
  return simulated(past, [&](SimulatedWar& war, RandomStream& random) {
    const std::vector<int> before = war.holders;
    for (std::size_t p = 0; p < before.size(); ++p) {
      if (before[p] < 0) {
        continue;
      }
      std::vector<double> shares = map.shares(before, static_cast<PlaceIndex>(p), past.n_sides);
      double total = 0;
      for (std::size_t b = 0; b < n; ++b) {
        shares[b] *= at(before[p]) == b ? 0 : rate[at(before[p]) * n + b];
        total += shares[b];
      }
      if (random.uniform() < 1 - math::exp(-total)) {
        war.holders[p] = choose(shares, total, random);
      }
    }
  });
}

}  // namespace truel::record
