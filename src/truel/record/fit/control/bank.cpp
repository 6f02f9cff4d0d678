#include "truel/record/fit/control/bank.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "truel/base/index.hpp"
#include "truel/base/math.hpp"
#include "truel/base/statistics/distributions.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/model/parameters.hpp"
#include "truel/record/score/proper_scores.hpp"

namespace truel::record::fit {
namespace {

constexpr int kLeastPower = -12;
constexpr int kGreatestPower = 3;

/// Of the intervals of the number of changes; so few windows covered that the tail is smaller are no chance.
constexpr double kCoverage = 0.9;
constexpr double kLeastTail = 0.05;

}  // namespace

void add_draw(BankWindow& window, const std::vector<std::vector<int>>& holders) {
  const std::size_t n = window.units();
  const std::size_t first = window.share.size();
  window.share.resize(first + n * window.sides, 0);
  const auto members = static_cast<double>(holders.size());
  std::vector<float>& moved = window.moved.emplace_back();
  for (const std::vector<int>& run : holders) {
    float count = 0;
    for (std::size_t u = 0; u < n; ++u) {
      window.share[first + u * window.sides + at(run[u])] += static_cast<float>(1 / members);
      count += run[u] != window.before[u] ? 1.0F : 0.0F;
    }
    moved.push_back(count);
  }
  double loss = holders.size() < 2 ? kAbsent : 0;
  std::vector<double> p(window.sides);
  for (std::size_t u = 0; u < n && holders.size() >= 2; ++u) {
    std::fill(p.begin(), p.end(), 0);
    for (const std::vector<int>& run : holders) {
      p[at(run[u])] += 1 / members;
    }
    loss += brier(p, at(window.observed[u])) - brier_excess(p, members);
  }
  window.loss.push_back(loss);
  ++window.draws;
}

namespace {

/// Fair CRPS of a draw's runs against these deaths, summed over cells.
double death_loss(std::span<const float> deaths, std::size_t runs, std::span<const double> recorded) {
  if (runs < 2) {
    return kAbsent;
  }
  double loss = 0;
  std::vector<double> members(runs);
  for (std::size_t c = 0; c < recorded.size(); ++c) {
    std::copy_n(deaths.begin() + static_cast<std::ptrdiff_t>(c * runs), runs, members.begin());
    loss += fair_crps(members, recorded[c]);
  }
  return loss;
}

}  // namespace

void add_deaths(BankWindow& window, const std::vector<std::vector<float>>& deaths) {
  const std::size_t runs = deaths.size();
  std::vector<float>& own = window.deaths.emplace_back(window.cells() * runs);
  std::vector<float>& all = window.all_deaths.emplace_back();
  for (std::size_t k = 0; k < runs; ++k) {
    double sum = 0;
    for (std::size_t c = 0; c < window.cells(); ++c) {
      own[c * runs + k] = deaths[k][c];
      sum += math::expm1(static_cast<double>(deaths[k][c]));
    }
    all.push_back(static_cast<float>(sum));
  }
  for (std::size_t c = 0; c < window.cells(); ++c) {
    const auto first = own.begin() + static_cast<std::ptrdiff_t>(c * runs);
    std::sort(first, first + static_cast<std::ptrdiff_t>(runs));
  }
  window.death_loss.push_back(death_loss(own, runs, window.recorded));
}

std::vector<double> losses_against(const BankWindow& window, std::span<const int> observed,
                                   std::span<const float> recorded) {
  const std::size_t n = window.follows_control() ? window.units() : 0;
  const std::vector<double> deaths(recorded.begin(), recorded.end());
  std::vector<double> losses;
  std::vector<double> p(window.sides);
  for (std::size_t i = 0; i < window.draws; ++i) {
    const auto members = static_cast<double>(window.moved[i].size());
    double loss = members < 2 ? kAbsent : 0;
    if (window.follows_deaths() && !deaths.empty()) {
      loss += death_loss(window.deaths[i], window.moved[i].size(), deaths);
    }
    for (std::size_t u = 0; u < n; ++u) {
      std::copy_n(window.share.begin() + static_cast<std::ptrdiff_t>((i * n + u) * window.sides), window.sides,
                  p.begin());
      loss += brier(p, at(observed[u])) - brier_excess(p, members);
    }
    losses.push_back(loss);
  }
  return losses;
}

std::vector<double> bank_weights(std::span<const BankWindow* const> learnt, double w, std::size_t draws,
                                 std::span<const double> prior) {
  std::vector<double> log_weight(draws, 0);
  for (std::size_t i = 0; i < draws; ++i) {
    log_weight[i] = prior.empty() ? 0 : math::log(prior[i]);
    for (const BankWindow* window : learnt) {
      log_weight[i] -=
          std::isnan(window->followed(i)) ? std::numeric_limits<double>::infinity() : w * window->followed(i);
    }
  }
  return normalised(log_weight);
}

std::vector<double> mixture_losses(const BankWindow& window, std::span<const double> weights) {
  const double effective = effective_size(weights);
  const double unbiased = effective > 1 ? effective / (effective - 1) : 1;
  const std::size_t cells = window.units() * window.sides;
  std::vector<double> mean(cells), excess(cells);
  for (std::size_t i = 0; i < window.draws; ++i) {
    for (std::size_t c = 0; c < cells && weights[i] > 0; ++c) {
      mean[c] += weights[i] * static_cast<double>(window.share[i * cells + c]);
    }
  }
  for (std::size_t i = 0; i < window.draws; ++i) {
    for (std::size_t c = 0; c < cells && weights[i] > 0; ++c) {
      const double distance = static_cast<double>(window.share[i * cells + c]) - mean[c];
      excess[c] += weights[i] * weights[i] * distance * distance;
    }
  }
  std::vector<double> losses;
  for (std::size_t u = 0; u < window.units(); ++u) {
    double& loss =
        losses.emplace_back(brier(std::span(mean).subspan(u * window.sides, window.sides), at(window.observed[u])));
    for (std::size_t k = 0; k < window.sides; ++k) {
      loss -= unbiased * excess[u * window.sides + k];
    }
  }
  return losses;
}

double mixture_loss(const BankWindow& window, std::span<const double> weights) {
  const std::vector<double> losses = mixture_losses(window, weights);
  return std::accumulate(losses.begin(), losses.end(), 0.0);
}

double mixture_death_loss(const BankWindow& window, std::span<const double> weights) {
  struct Member {
    double value, weight;
  };
  double squares = 0;
  for (const double weight : weights) {
    squares += weight * weight;
  }
  const bool is_mixed = effective_size(weights) > 1;
  double loss = 0;
  std::vector<Member> members;
  for (std::size_t c = 0; c < window.cells(); ++c) {
    members.clear();
    double within = 0;  // ordered pairs of runs of one draw: weights times distance
    for (std::size_t i = 0; i < window.draws; ++i) {
      const std::size_t runs = window.moved[i].size();
      const double weight = weights[i] > 0 ? weights[i] / static_cast<double>(runs) : 0;
      for (std::size_t k = 0; k < runs && weight > 0; ++k) {
        const auto value = static_cast<double>(window.deaths[i][c * runs + k]);
        members.push_back({value, weight});
        within += 2 * weight * weight * (2 * static_cast<double>(k) + 1 - static_cast<double>(runs)) * value;
      }
    }
    std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.value < b.value; });
    double distance = 0;
    double all = 0;
    double below = 0;      // weight of the members before
    double below_sum = 0;  // their weights times values
    for (const Member& m : members) {
      distance += m.weight * std::abs(m.value - window.recorded[c]);
      all += 2 * m.weight * (m.value * below - below_sum);
      below += m.weight;
      below_sum += m.weight * m.value;
    }
    loss += distance - (is_mixed ? (all - within) / (1 - squares) : all) / 2;
  }
  return loss;
}

namespace {

/// Runs that have a value, with the weights of their draws in equal parts.
struct WeightedRuns {
  std::vector<double> value{}, weight{};
};

WeightedRuns weigh(const std::vector<std::vector<float>>& values, std::span<const double> weights) {
  WeightedRuns w;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (const float x : values[i]) {
      if (!std::isnan(x)) {
        w.value.push_back(static_cast<double>(x));
        w.weight.push_back(weights[i] / static_cast<double>(values[i].size()));
      }
    }
  }
  return w;
}

}  // namespace

CourseSpread moved(const std::vector<std::vector<float>>& values, std::span<const double> weights) {
  const auto [value, weight] = weigh(values, weights);
  if (value.empty()) {
    return {kAbsent, kAbsent, kAbsent};
  }
  return {weighted_mean(value, weight), weighted_quantile(value, weight, 0.05), weighted_quantile(value, weight, 0.95)};
}

std::vector<double> weights_before(std::span<const BankWindow> windows, const BankWindow& window, double w) {
  std::vector<const BankWindow*> ended;
  for (const BankWindow& other : windows) {
    if (other.window.until < window.window.origin) {
      ended.push_back(&other);
    }
  }
  return ended.empty() ? std::vector<double>() : bank_weights(ended, w, window.draws);
}

CourseSpread moved(const BankWindow& window, std::span<const double> weights) {
  return moved(window.moved, weights);
}

double share_below(const std::vector<std::vector<float>>& values, std::span<const double> weights, double observed) {
  const auto [value, weight] = weigh(values, weights);
  double below = 0;
  double all = 0;
  for (std::size_t k = 0; k < value.size(); ++k) {
    all += weight[k];
    below += value[k] < observed ? weight[k] : value[k] == observed ? weight[k] / 2 : 0;
  }
  return all > 0 && !std::isnan(observed) ? below / all : kAbsent;
}

Tempering temper(std::span<const BankWindow> windows, double w) {
  Tempering result{.w = w};
  const std::size_t draws = windows.empty() ? 0 : windows.front().draws;
  std::vector<const BankWindow*> all;
  for (const BankWindow& window : windows) {
    all.push_back(&window);
  }
  result.effective = effective_size(bank_weights(all, w, draws));
  double sum = 0;
  double units = 0;
  for (const BankWindow& window : windows) {
    const std::vector<double> weights = weights_before(windows, window, w);
    if (weights.empty() || window.units() == 0) {
      result.held_back.push_back(kAbsent);
      continue;
    }
    const double loss = mixture_loss(window, weights);
    result.held_back.push_back(loss / static_cast<double>(window.units()));
    sum += (window.follows_control() ? loss : 0) + (window.follows_deaths() ? mixture_death_loss(window, weights) : 0);
    units += static_cast<double>(window.followed_units());
    double changed = 0;
    for (std::size_t u = 0; u < window.units(); ++u) {
      changed += window.before[u] != window.observed[u] ? 1 : 0;
    }
    const CourseSpread said = moved(window, weights);
    result.covered += changed >= said.low && changed <= said.high ? 1 : 0;
    ++result.windows;
  }
  result.mean = sum / units;
  return result;
}

bool Tempering::covers() const {
  if (covered == windows) {
    return true;
  }
  return binomial_at_most(static_cast<double>(windows), kCoverage, static_cast<double>(covered)) >= kLeastTail;
}

std::vector<double> strengths() {
  std::vector<double> list{0};
  for (int power = kLeastPower; power <= kGreatestPower; ++power) {
    list.push_back(math::exp2(power));
  }
  return list;
}

std::size_t choose(std::span<const Tempering> tried, double least_effective) {
  std::size_t best = 0;
  for (std::size_t k = 1; k < tried.size(); ++k) {
    if (tried[k].effective >= least_effective && tried[k].covers() && tried[k].mean < tried[best].mean) {
      best = k;
    }
  }
  return best;
}

}  // namespace truel::record::fit
