#include "truel/record/score/power.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "truel/base/index.hpp"
#include "truel/base/random.hpp"
#include "truel/ensemble/parallel.hpp"

namespace truel::record {
namespace {

// A stream of the record, beside those of the laws.
constexpr auto kHalves = static_cast<Purpose>(131);
/// Ways in which the runs of an account are halved; records take them in turn.
constexpr std::size_t kSplits = 8;

using PowerSums = std::vector<double>;  ///< [window * blocks + block]

PowerSums less(PowerSums one, const PowerSums& other) {
  std::transform(one.begin(), one.end(), other.begin(), one.begin(), std::minus<>());
  return one;
}

/// A forecast by counts of runs, of which one may be left out.
class Counts {
 public:
  /// takes: [run] whether the run is one of the forecast's.
  Counts(const Case& c, const HoldersOfRuns& runs, std::vector<bool> takes, std::size_t n_holders)
      : case_(&c), runs_(&runs), takes_(std::move(takes)), n_holders_(n_holders) {
    const std::size_t units = c.counts.size();
    count_.assign(units * n_holders, 0);
    for (std::size_t r = 0; r < takes_.size(); ++r) {
      takes_[r] = takes_[r] && runs.held[r * units] != HoldersOfRuns::kFailed;
      members_ += takes_[r] ? 1 : 0;
      for (std::size_t k = 0; k < units && takes_[r]; ++k) {
        count_[k * n_holders + at(runs.held[r * units + k])] += 1;
      }
    }
    for (std::size_t k = 0; k < units; ++k) {
      const auto own = count_.begin() + static_cast<std::ptrdiff_t>(k * n_holders);
      squares_.push_back(std::inner_product(own, own + static_cast<std::ptrdiff_t>(n_holders), own, 0.0));
    }
  }

  /// Adds fair Brier scores of the forecast without the run `left_out`, held against `observed` [unit].
  void add_losses(std::size_t left_out, const std::int16_t* observed, double* blocks) const {
    const std::size_t units = case_->counts.size();
    const bool is_in = takes_[left_out];
    const double m = members_ - (is_in ? 1 : 0);
    for (std::size_t k = 0; k < units; ++k) {
      if (!case_->counts[k]) {
        continue;
      }
      double squares = squares_[k];
      double hits = count_[k * n_holders_ + at(observed[k])];
      if (is_in) {
        const std::int16_t own = runs_->held[left_out * units + k];
        squares -= 2 * count_[k * n_holders_ + at(own)] - 1;
        hits -= own == observed[k] ? 1 : 0;
      }
      // Brier score and what makes it fair (proper_scores.hpp), with the squares of shares summed once.
      const double shares = squares / (m * m);
      blocks[at(case_->block[k])] += shares - 2 * hits / m + 1 - (1 - shares) / (m - 1);
    }
  }

 private:
  const Case* case_;
  const HoldersOfRuns* runs_;
  std::vector<bool> takes_;
  std::size_t n_holders_;
  double members_ = 0;
  std::vector<double> count_;    ///< [unit * holders + holder]
  std::vector<double> squares_;  ///< [unit] sum of squares of its counts
};

std::vector<bool> half(std::size_t runs, std::size_t split, std::uint64_t seed) {
  RandomStream random(seed, static_cast<std::uint32_t>(split), 0, kHalves, 0);
  std::vector<std::size_t> order(runs);
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t k = runs; k > 1; --k) {
    const auto other = std::min(k - 1, static_cast<std::size_t>(random.uniform() * static_cast<double>(k)));
    std::swap(order[k - 1], order[other]);
  }
  std::vector<bool> is_in(runs, false);
  for (std::size_t k = 0; k < runs / 2; ++k) {
    is_in[order[k]] = true;
  }
  return is_in;
}

/// The windows of one horizon, by origin.
struct Group {
  std::vector<const Case*> cases;
  std::vector<std::string> accounts;                    ///< in the order in which they were asked for
  std::vector<std::vector<const HoldersOfRuns*>> runs;  ///< [account][window]

  std::vector<const HoldersOfRuns*>& of(const std::string& account) {
    const auto found = std::find(accounts.begin(), accounts.end(), account);
    if (found == accounts.end()) {
      accounts.push_back(account);
      return runs.emplace_back();
    }
    return runs[static_cast<std::size_t>(found - accounts.begin())];
  }
};

class Judge {
 public:
  Judge(const Group& group, const BootstrapOptions& options) {
    for (const Case* c : group.cases) {
      for (const int block : c->block) {
        n_blocks_ = std::max(n_blocks_, at(block) + 1);
      }
    }
    weight_.assign(group.cases.size() * n_blocks_, 0);
    for (std::size_t w = 0; w < group.cases.size(); ++w) {
      const Case& c = *group.cases[w];
      for (std::size_t k = 0; k < c.counts.size(); ++k) {
        weight_[w * n_blocks_ + at(c.block[k])] += c.counts[k] ? 1 : 0;
      }
    }
    n_ = std::accumulate(weight_.begin(), weight_.end(), 0.0);
    const auto repeats = static_cast<std::size_t>(options.repeats);
    times_.assign(weight_.size(), std::vector<double>(repeats, 0));
    for (std::size_t r = 0; r < repeats; ++r) {
      const Resample drawn =
          resample(options.seed, r, group.cases.size(), n_blocks_, group.cases.front()->window.months);
      double sum = 0;
      for (std::size_t k = 0; k < weight_.size(); ++k) {
        times_[k][r] = drawn.windows[k / n_blocks_] * drawn.blocks[k % n_blocks_];
        sum += times_[k][r] * weight_[k];
      }
      for (std::size_t k = 0; k < weight_.size(); ++k) {
        times_[k][r] /= sum;  // not a number where nothing was drawn: left out by interval_of
      }
    }
  }

  std::size_t n_sums() const { return weight_.size(); }
  std::size_t n_blocks() const { return n_blocks_; }
  double n() const { return n_; }

  /// Mean of differences of losses, [window * blocks + block].
  double mean(const PowerSums& difference) const {
    return std::accumulate(difference.begin(), difference.end(), 0.0) / n_;
  }

  std::pair<double, double> interval(const PowerSums& difference) const {
    std::vector<double> means(times_.front().size(), 0);
    for (std::size_t k = 0; k < difference.size(); ++k) {
      if (difference[k] != 0) {
        const std::vector<double>& times = times_[k];
        for (std::size_t r = 0; r < means.size(); ++r) {
          means[r] += difference[k] * times[r];
        }
      }
    }
    return interval_of(std::move(means));
  }

 private:
  std::size_t n_blocks_ = 0;
  double n_ = 0;
  std::vector<double> weight_;              ///< [window * blocks + block] units compared
  std::vector<std::vector<double>> times_;  ///< [window * blocks + block][repeat] over the units drawn
};

/// The runs of one account as records.
std::vector<Power> with_truth(const Group& group, const Judge& judge, std::size_t truth, std::uint64_t seed) {
  const std::vector<const HoldersOfRuns*>& own = group.runs[truth];
  const std::size_t n_windows = group.cases.size();
  const std::size_t n_runs = own.front()->held.size() / group.cases.front()->counts.size();
  std::int16_t most = 0;
  for (const std::vector<const HoldersOfRuns*>& windows : group.runs) {
    for (const HoldersOfRuns* runs : windows) {
      most = std::max(most, *std::max_element(runs->held.begin(), runs->held.end()));
    }
  }
  const auto counts = [&](const std::vector<const HoldersOfRuns*>& runs, const std::vector<bool>& takes) {
    std::vector<Counts> result;
    for (std::size_t w = 0; w < n_windows; ++w) {
      result.emplace_back(*group.cases[w], *runs[w], takes, at(most) + 1);
    }
    return result;
  };
  std::vector<std::vector<Counts>> forecasts;
  std::vector<Power> rows;
  for (std::size_t k = 0; k < group.accounts.size(); ++k) {
    forecasts.push_back(counts(group.runs[k], std::vector<bool>(n_runs, true)));
    rows.push_back({.horizon_months = group.cases.front()->window.months,
                    .merged = group.cases.front()->merged,
                    .windows = n_windows,
                    .n = static_cast<std::size_t>(judge.n()),
                    .truth = group.accounts[truth],
                    .other = group.accounts[k]});
  }
  std::vector<std::pair<std::vector<Counts>, std::vector<Counts>>> halves;
  for (std::size_t split = 0; split < kSplits; ++split) {
    std::vector<bool> takes = half(n_runs, split, seed);
    std::vector<Counts> first = counts(own, takes);
    takes.flip();
    halves.emplace_back(std::move(first), counts(own, takes));
  }
  const auto failed = [&](std::size_t run) {
    return std::any_of(own.begin(), own.end(), [&](const HoldersOfRuns* runs) {
      return runs->held[run * (runs->held.size() / n_runs)] == HoldersOfRuns::kFailed;
    });
  };
  const auto sums = [&](const std::vector<Counts>& forecast, std::size_t record) {
    PowerSums result(judge.n_sums(), 0);
    for (std::size_t w = 0; w < n_windows; ++w) {
      const std::size_t units = group.cases[w]->counts.size();
      forecast[w].add_losses(record, &own[w]->held[record * units], &result[w * judge.n_blocks()]);
    }
    return result;
  };
  std::vector<std::vector<double>> means(rows.size());
  for (std::size_t record = 0; record < n_runs; ++record) {
    if (failed(record)) {
      continue;
    }
    const PowerSums of_truth = sums(forecasts[truth], record);
    const auto& [first, second] = halves[record % kSplits];
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const PowerSums difference =
          k == truth ? less(sums(first, record), sums(second, record)) : less(of_truth, sums(forecasts[k], record));
      const auto [low, high] = judge.interval(difference);
      ++rows[k].records;
      rows[k].told += high < 0 ? 1 : 0;
      rows[k].wrong += low > 0 ? 1 : 0;
      const double mean = judge.mean(difference);
      rows[k].ahead += mean < 0 ? 1 : 0;
      means[k].push_back(mean);
    }
  }
  for (std::size_t k = 0; k < rows.size(); ++k) {
    Power& row = rows[k];
    const auto records = static_cast<double>(row.records);
    row.ahead /= records;
    row.told /= records;
    row.wrong /= records;
    row.mean = std::accumulate(means[k].begin(), means[k].end(), 0.0) / records;
    double squares = 0;
    for (const double mean : means[k]) {
      squares += (mean - row.mean) * (mean - row.mean);
    }
    row.spread = std::sqrt(squares / (records - 1));
  }
  return rows;
}

/// [account] sums of what the record at hand says, empty where it says nothing.
std::vector<PowerSums> observed_sums(const Group& group, const Judge& judge, const std::vector<Case>& cases,
                                     const std::vector<Losses>& losses) {
  std::vector<PowerSums> sums(group.accounts.size());
  for (const Losses& l : losses) {
    const auto window = std::find(group.cases.begin(), group.cases.end(), &cases[l.in_case]);
    const auto account = std::find(group.accounts.begin(), group.accounts.end(), l.account);
    if (l.score != kBrier || l.model != kTruel || window == group.cases.end() || account == group.accounts.end()) {
      continue;
    }
    PowerSums& own = sums[static_cast<std::size_t>(account - group.accounts.begin())];
    own.resize(judge.n_sums(), 0);
    const auto first = static_cast<std::size_t>(window - group.cases.begin()) * judge.n_blocks();
    for (std::size_t k = 0; k < l.loss.size(); ++k) {
      if ((*window)->counts[k]) {
        own[first + at((*window)->block[k])] += l.loss[k];
      }
    }
  }
  return sums;
}

}  // namespace

double Power::standard_error(double share) const {
  return std::sqrt(share * (1 - share) / static_cast<double>(records));
}

std::vector<Power> power(const std::vector<Case>& cases, const std::vector<HoldersOfRuns>& runs,
                         const std::vector<Losses>& losses, const BootstrapOptions& options, int threads) {
  std::map<std::pair<int, bool>, Group> groups;
  std::vector<const HoldersOfRuns*> by_origin;
  for (const HoldersOfRuns& one : runs) {
    by_origin.push_back(&one);
  }
  std::stable_sort(by_origin.begin(), by_origin.end(), [&](const HoldersOfRuns* a, const HoldersOfRuns* b) {
    return cases[a->in_case].window.origin < cases[b->in_case].window.origin;
  });
  for (const HoldersOfRuns* one : by_origin) {
    const Case& c = cases[one->in_case];
    Group& group = groups[{c.window.months, c.merged}];
    if (std::find(group.cases.begin(), group.cases.end(), &c) == group.cases.end()) {
      group.cases.push_back(&c);
    }
    group.of(one->account).push_back(one);
  }
  std::vector<Power> rows;
  for (const auto& [key, group] : groups) {
    const Judge judge(group, options);
    std::vector<std::vector<Power>> by_truth(group.accounts.size());
    ensemble::for_each_index(by_truth.size(), threads, [&, &group = group](std::size_t truth) {
      by_truth[truth] = with_truth(group, judge, truth, options.seed);
    });
    const std::vector<PowerSums> observed = observed_sums(group, judge, cases, losses);
    for (std::size_t truth = 0; truth < by_truth.size(); ++truth) {
      for (std::size_t other = 0; other < by_truth[truth].size(); ++other) {
        Power& row = by_truth[truth][other];
        if (truth != other && !observed[truth].empty() && !observed[other].empty()) {
          const PowerSums difference = less(observed[truth], observed[other]);
          row.observed = judge.mean(difference);
          std::tie(row.observed_low, row.observed_high) = judge.interval(difference);
        }
        rows.push_back(std::move(row));
      }
    }
  }
  return rows;
}

}  // namespace truel::record
