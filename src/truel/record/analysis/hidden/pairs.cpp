#include "truel/record/analysis/hidden/pairs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "truel/base/math.hpp"
#include "truel/base/month.hpp"
#include "truel/base/statistics/covariance.hpp"
#include "truel/laws/hidden_lethality/hidden_lethality.hpp"
#include "truel/record/fit/smoother.hpp"

namespace truel::record::hidden {
namespace {

constexpr std::size_t kMonthsOfLevel = 3;
constexpr std::size_t kQuartersOfLull = 2;  // assumed: half a year without fighting is no pause between two battles
constexpr float kNotKnown = std::numeric_limits<float>::quiet_NaN();

double log_of(double deaths) {
  return math::log(1 + deaths);
}

double deaths_of(double log) {
  return std::max(0.0, math::exp(log) - 1);
}

/// Log of all deaths, of logs of those of months.
double level_of(const double* first, std::size_t m) {
  double sum = 0;
  for (std::size_t k = 0; k < m; ++k) {
    sum += deaths_of(first[k]);
  }
  return log_of(sum);
}

/// Half the mean square of steps from one month to the next.
double unrest(const double* first, std::size_t m) {
  double sum = 0;
  for (std::size_t k = 1; k < m; ++k) {
    sum += (first[k] - first[k - 1]) * (first[k] - first[k - 1]);
  }
  return sum / static_cast<double>(2 * (m - 1));
}

/// Deaths of the quarters from `first` on in each run, had its deviation been `after` and not `before`: a level answers
/// a deviation linearly. levels [n][quarters]: of runs with the deviations before.
std::vector<double> deaths_after(const std::vector<double>& levels, std::size_t quarters, std::size_t first,
                                 const std::vector<double>& before, const std::vector<double>& after) {
  const std::size_t n = before.size();
  const std::vector<double> z = centred(before, n, 1);
  const double variance = cross_covariance(z, z, n, 1, 1).front();
  const std::vector<double> of_levels = cross_covariance(z, centred(levels, n, quarters), n, 1, quarters);
  std::vector<double> deaths(n, 0);
  for (std::size_t q = first; q < quarters; ++q) {
    const double slope = variance > 0 ? std::max(0.0, of_levels[q] / variance) : 0;
    for (std::size_t i = 0; i < n; ++i) {
      deaths[i] += deaths_of(levels[i * quarters + q] + slope * (after[i] - before[i]));
    }
  }
  return deaths;
}

}  // namespace

double error_of_record(const std::vector<double>& record, const std::vector<double>& runs) {
  const std::size_t m = record.size();
  double of_runs = 0;
  for (std::size_t first = 0; first < runs.size(); first += m) {
    of_runs += unrest(&runs[first], m) * static_cast<double>(m) / static_cast<double>(runs.size());
  }
  return std::sqrt(std::max(kLeastError * kLeastError, unrest(record.data(), m) - of_runs));
}

double lull_share(double recorded, const std::vector<double>& runs) {
  const auto n = static_cast<double>(runs.size());
  const auto as_few =
      static_cast<double>(std::count_if(runs.begin(), runs.end(), [&](double x) { return x <= recorded; }));
  return as_few >= kRareShare * n ? 0 : 1 - recorded / (std::accumulate(runs.begin(), runs.end(), 0.0) / n);
}

Pairs::Pairs(const War& war, const Observations& observations, const Rules& rules, std::uint64_t seed, std::size_t n,
             double kept_share)
    : n_actors_(static_cast<int>(war.actors.size())),
      dyads_(war, observations, rules),
      record_(deaths_by_dyad(observations, dyads_, DeathCount::fighters)),
      seed_(seed),
      deviations_(seed, n, dyads_.size(), kept_share, laws::HiddenLethality::kPurpose),
      months_{deviations_.deviations(0)},
      conflict_(dyads_.size(), 0),
      is_moved_(dyads_.size(), false),
      lull_(dyads_.size(), 0) {
  for (ActorIndex a = 0; a < n_actors_; ++a) {
    for (ActorIndex b = 0; b < n_actors_; ++b) {
      int dyad = a < b ? dyads_.of_actors(a, b) : kNone;
      for (const auto& [air, target] : {std::pair(a, b), std::pair(b, a)}) {
        if (const std::vector<int> supported = dyads_.supported(air, target);
            a < b && dyad == kNone && !supported.empty()) {
          dyad = supported.front();
        }
      }
      dyad_of_pair_.push_back(dyad);
    }
  }
}

void Pairs::pass_month() {
  deviations_.pass_month(std::vector<std::uint8_t>(dyads_.size(), 0));
  months_.push_back(deviations_.deviations(months_.size()));
}

LaidInDeviations Pairs::laid_in(Day day, std::size_t month) const {
  LaidInDeviations row{day, {}};
  for (const std::vector<float>& of_run : months_[month]) {
    std::vector<float>& of_pair = row.deviations.emplace_back(dyad_of_pair_.size(), kNotKnown);
    for (std::size_t k = 0; k < dyad_of_pair_.size(); ++k) {
      if (dyad_of_pair_[k] != kNone) {
        of_pair[k] = of_run[at(dyad_of_pair_[k])];
      }
    }
  }
  return row;
}

std::vector<LaidInLull> Pairs::lulls(Day day) const {
  std::vector<LaidInLull> rows;
  for (std::size_t d = 0; d < dyads_.size(); ++d) {
    if (lull_[d] <= 0) {
      continue;
    }
    LaidInLull& row = rows.emplace_back(LaidInLull{day, lull_[d], {}});
    for (int pair = 0; pair < static_cast<int>(dyad_of_pair_.size()); ++pair) {
      if (dyad_of_pair_[at(pair)] == static_cast<int>(d)) {
        row.pairs.emplace_back(pair / n_actors_, pair % n_actors_);
      }
    }
  }
  return rows;
}

std::size_t Pairs::look_at(Day start, Day until) {
  const std::vector<MonthSpan> months = calendar_months(start, until);
  for (std::size_t k = 0; k < months.size() && dyads_.size() > 0; ++k) {
    const int month = months[k].month;
    if (first_day(month) >= start && first_day(month + 1) <= until && month >= record_.first &&
        month <= record_.last() && record_.covers(month)) {
      compared_.push_back(k);
      recorded_.push_back(at(month - record_.first));
    }
  }
  return compared_.size();
}

void Pairs::compare_with(const CompiledModel& model) {
  deaths_ = deaths_of_dyads(model, dyads_, false);
  log_deaths_.assign(dyads_.size(), std::vector<double>(deviations_.size() * compared_.size(),
                                                        std::numeric_limits<double>::quiet_NaN()));
}

void Pairs::add(const solver::Run& run) {
  for (std::size_t k = 0; k < compared_.size() && run.status == solver::RunStatus::complete; ++k) {
    std::vector<float> deaths(dyads_.size());
    deaths_(run.months, compared_[k], deaths);
    for (std::size_t d = 0; d < deaths.size(); ++d) {
      log_deaths_[d][run.number * compared_.size() + k] = log_of(deaths[d]);
    }
  }
}

void Pairs::move(std::size_t first) {
  const std::size_t n = deviations_.size();
  const std::size_t m = compared_.size();
  const std::size_t moved = months_.size() - first;
  const std::size_t quarters = (m + kMonthsOfLevel - 1) / kMonthsOfLevel;
  for (std::size_t d = 0; d < dyads_.size(); ++d) {
    std::vector<double>& runs = log_deaths_[d];
    for (std::size_t k = 0; k < m; ++k) {
      double sum = 0;
      double complete = 0;
      for (std::size_t i = 0; i < n; ++i) {
        if (!std::isnan(runs[i * m + k])) {
          sum += runs[i * m + k];
          complete += 1;
        }
      }
      for (std::size_t i = 0; i < n; ++i) {
        double& of_run = runs[i * m + k];
        of_run = std::isnan(of_run) && complete > 0 ? sum / complete : of_run;
      }
    }
    std::vector<double> record;
    for (const std::size_t column : recorded_) {
      record.push_back(log_of(record_.deaths[d][column]));
    }
    const double of_month = error_of_record(record, runs);
    // Levels of quarters, the last of them that before the forecast: single months, of which many have no battle, say
    // little of a factor that lasts.
    std::vector<double> level;
    std::vector<double> error;
    std::vector<double> levels(n * quarters);
    for (std::size_t q = 0; q < quarters; ++q) {
      const std::size_t to = m - kMonthsOfLevel * (quarters - 1 - q);
      const std::size_t from = to - std::min(to, kMonthsOfLevel);
      level.push_back(level_of(&record[from], to - from));
      error.push_back(std::max(kLeastError, of_month / std::sqrt(static_cast<double>(to - from))));
      for (std::size_t i = 0; i < n; ++i) {
        levels[i * quarters + q] = level_of(&runs[i * m + from], to - from);
      }
    }
    conflict_[d] = fit::conflict(levels, level, error, n).back();
    std::vector<double> z(n * moved);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < moved; ++j) {
        z[i * moved + j] = months_[first + j][i][d];
      }
    }
    const std::vector<double> before = last(d);
    const fit::SmootherOptions options{.steps = 1, .seed = seed_ + d};
    fit::smooth(
        level, error, options,
        [&](int, std::span<const double>, std::span<double> y) {
          std::copy(levels.begin(), levels.end(), y.begin());
          return true;
        },
        n, moved, z);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < moved; ++j) {
        months_[first + j][i][d] = static_cast<float>(z[i * moved + j]);
      }
    }
    is_moved_[d] = last(d) != before;
    const std::size_t last_quarters = quarters - std::min(quarters, kQuartersOfLull);
    double recorded = 0;
    for (std::size_t q = last_quarters; q < quarters; ++q) {
      recorded += deaths_of(level[q]);
    }
    lull_[d] = lull_share(recorded, deaths_after(levels, quarters, last_quarters, before, last(d)));
  }
}

std::vector<double> Pairs::last(std::size_t dyad) const {
  std::vector<double> of_run;
  for (const std::vector<float>& dyads : months_.back()) {
    of_run.push_back(dyads[dyad]);
  }
  return of_run;
}

}  // namespace truel::record::hidden
