#include "truel/record/score/reliability.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "truel/base/random.hpp"

namespace truel::record {
namespace {

// A stream of the record, beside those of the laws.
constexpr auto kConsistency = static_cast<Purpose>(130);
constexpr int kResamplesOfReliability = 200;

/// Mean squared error of steps, and of one probability for all.
double squared_error(const std::vector<ReliabilityStep>& steps, std::size_t n) {
  double sum = 0;
  for (const ReliabilityStep& step : steps) {
    sum += static_cast<double>(step.n) * step.share * (1 - step.share);
  }
  return sum / static_cast<double>(n);
}

/// The share that the steps give to a forecast: that of the last step which begins at or below it.
double share_at(const std::vector<ReliabilityStep>& steps, double forecast) {
  double share = steps.front().share;
  for (const ReliabilityStep& step : steps) {
    share = step.from <= forecast ? step.share : share;
  }
  return share;
}

void add_bands(const std::vector<double>& forecast, std::uint64_t seed, std::vector<ReliabilityStep>& steps) {
  std::vector<std::vector<double>> shares(steps.size());
  std::vector<double> came(forecast.size());
  for (int repeat = 0; repeat < kResamplesOfReliability; ++repeat) {
    RandomStream random(seed, static_cast<std::uint32_t>(repeat), 0, kConsistency, 0);
    for (std::size_t k = 0; k < came.size(); ++k) {
      came[k] = random.uniform() < forecast[k] ? 1 : 0;
    }
    const std::vector<ReliabilityStep> drawn = isotonic(forecast, came);
    for (std::size_t s = 0; s < steps.size(); ++s) {
      shares[s].push_back(share_at(drawn, (steps[s].from + steps[s].until) / 2));
    }
  }
  for (std::size_t s = 0; s < steps.size(); ++s) {
    std::sort(shares[s].begin(), shares[s].end());
    steps[s].low = shares[s][kResamplesOfReliability / 20];
    steps[s].high = shares[s][kResamplesOfReliability - 1 - kResamplesOfReliability / 20];
  }
}

/// Forecasts of changes of hands, and whether each came.
struct Changes {
  std::vector<double> forecast{}, came{};
  std::vector<double> raw{};  ///< of what was recalibrated: the forecast before

  void add(const Case& c, const Losses& own, const Losses* before) {
    for (std::size_t k = 0; k < c.counts.size(); ++k) {
      if (c.counts[k] && !std::isnan(own.loss[k])) {
        forecast.push_back(std::clamp(own.loss[k], 0.0, 1.0));
        came.push_back(c.has_changed[k] ? 1 : 0);
        if (before != nullptr) {
          raw.push_back(std::clamp(before->loss[k], 0.0, 1.0));
        }
      }
    }
  }
};

double mean_squared_difference(const std::vector<double>& forecast, const std::vector<double>& came) {
  double sum = 0;
  for (std::size_t k = 0; k < came.size(); ++k) {
    sum += (forecast[k] - came[k]) * (forecast[k] - came[k]);
  }
  return sum / static_cast<double>(came.size());
}

}  // namespace

std::vector<ReliabilityStep> isotonic(std::span<const double> forecast, std::span<const double> came) {
  std::vector<std::size_t> order(forecast.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return forecast[a] < forecast[b]; });
  std::vector<ReliabilityStep> steps;
  const auto pool_last = [&] {
    const ReliabilityStep last = steps.back();
    steps.pop_back();
    ReliabilityStep& before = steps.back();
    const auto n = static_cast<double>(before.n);
    const auto more = static_cast<double>(last.n);
    before.share = (n * before.share + more * last.share) / (n + more);
    before.n += last.n;
    before.until = last.until;
  };
  for (std::size_t k = 0; k < order.size(); ++k) {
    const double x = forecast[order[k]];
    steps.push_back({.from = x, .until = x, .share = came[order[k]], .n = 1});
    const bool is_tie = steps.size() > 1 && steps[steps.size() - 2].until == x;
    if (is_tie) {
      pool_last();
    }
    if (k + 1 < order.size() && forecast[order[k + 1]] == x) {
      continue;  // ties are one before they are compared
    }
    while (steps.size() > 1 && steps[steps.size() - 2].share >= steps.back().share) {
      pool_last();
    }
  }
  return steps;
}

std::vector<Reliability> reliability(const std::vector<Case>& cases, const std::vector<Losses>& losses,
                                     std::uint64_t seed) {
  const auto is_told = [&](const Losses& l) { return l.score == kChangeProbability && cases[l.in_case].with_low; };
  std::map<std::pair<std::size_t, std::string>, const Losses*> raw;
  for (const Losses& l : losses) {
    if (is_told(l) && l.model == kTruel) {
      raw[{l.in_case, l.account}] = &l;
    }
  }
  using Name = std::tuple<int, std::string, bool, std::string, std::string>;
  std::map<Name, Changes> pooled;
  for (const Losses& l : losses) {
    const Case& c = cases[l.in_case];
    if (is_told(l)) {
      pooled[{c.window.months, c.unit, c.merged, l.model, l.account}].add(
          c, l, l.model == kRecalibrated ? raw.at({l.in_case, l.account}) : nullptr);
    }
  }
  std::vector<Reliability> all;
  for (const auto& [name, changes] : pooled) {
    if (changes.forecast.empty()) {
      continue;
    }
    const auto& [months, unit, merged, model, account] = name;
    Reliability r{.horizon_months = months, .unit = unit, .merged = merged, .model = model, .account = account};
    r.n = changes.forecast.size();
    r.changed = static_cast<std::size_t>(std::count(changes.came.begin(), changes.came.end(), 1.0));
    const double rate = static_cast<double>(r.changed) / static_cast<double>(r.n);
    r.steps = isotonic(changes.forecast, changes.came);
    r.score = mean_squared_difference(changes.forecast, changes.came);
    r.uncertainty = rate * (1 - rate);
    const double recalibrated = squared_error(r.steps, r.n);
    r.miscalibration = r.score - recalibrated;
    r.discrimination = r.uncertainty - recalibrated;
    if (!changes.raw.empty()) {
      r.raw_miscalibration =
          mean_squared_difference(changes.raw, changes.came) - squared_error(isotonic(changes.raw, changes.came), r.n);
    }
    add_bands(changes.forecast, seed, r.steps);
    all.push_back(std::move(r));
  }
  return all;
}

}  // namespace truel::record
