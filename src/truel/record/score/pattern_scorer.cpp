#include "truel/record/score/pattern_scorer.hpp"

#include <algorithm>
#include <cmath>

namespace truel::record {

std::vector<Day> look_days(const Window& window, int every) {
  std::vector<Day> days;
  for (Day day = window.origin; every > 0 && day < window.until; day += every) {
    days.push_back(day);
  }
  days.push_back(window.until);
  return days;
}

PatternScorer::PatternScorer(const ScoreOptions& options, const Rules& rules, Scores& out)
    : options_(options), out_(out), map_(front_map(out.war)), merges_(merges_of(out.observations, rules)) {}

PatternScorer::Tally PatternScorer::tally(const Forecast& forecast, const std::vector<Window>& windows) const {
  Tally tally;
  tally.scorer_ = this;
  tally.window_ = *std::max_element(windows.begin(), windows.end(),
                                    [](const Window& a, const Window& b) { return a.until < b.until; });
  tally.days_ = look_days(tally.window_, options_.look_days);
  for (const Day day : tally.days_) {
    tally.times_.push_back(forecast.position(static_cast<std::size_t>(day - forecast.model.war().start)));
  }
  tally.n_times_ = forecast.days.size();
  const Sides& sides = out_.observations.sides;
  for (const Merge& merge : merges_) {
    std::vector<int>& of_actor = tally.of_actor_.emplace_back();
    for (const int side : sides.of_actor) {
      of_actor.push_back(merge.counts_as[at(side)]);
    }
    std::vector<Day> all;
    for (Day day = merge.record.first(); day <= tally.window_.until; ++day) {
      all.push_back(day);
    }
    tally.observed_.push_back(looks_at(merge.record, tally.days_, sides.none));
    tally.enemies_.emplace_back(sides.size(), changes_of(looks_at(merge.record, all, sides.none)));
  }
  tally.values_.resize(merges_.size());
  return tally;
}

void PatternScorer::Tally::add(const solver::Run& run) {
  if (run.status != solver::RunStatus::complete) {
    return;
  }
  for (std::size_t m = 0; m < values_.size(); ++m) {
    Looks looks = looks_at(run, days_, times_, n_times_, of_actor_[m]);
    for (std::size_t p = 0; p < looks.holder.size(); ++p) {
      if (observed_[m].holder[p].back() == kUnknown) {  // never observed: it counts in no run, either
        std::fill(looks.holder[p].begin(), looks.holder[p].end(), kUnknown);
      }
    }
    const FactParts facts = facts_of(looks, scorer_->map_, enemies_[m]);
    for (std::size_t f = 0; f < kFacts.size(); ++f) {
      if (const double value = value_of(kFacts.at(f).shape, facts.parts.at(f)); std::isfinite(value)) {
        values_[m].at(f).push_back(value);
      }
    }
  }
}

void PatternScorer::score_model(const std::string& account, const Tally& tally) {
  constexpr double kLow = 0.025;
  for (std::size_t m = 0; m < merges_.size(); ++m) {
    const FactParts facts = facts_of(tally.observed_[m], map_, tally.enemies_[m]);
    for (std::size_t f = 0; f < kFacts.size(); ++f) {
      PatternRow row{.window = tally.window_, .merged = merges_[m].merged, .account = account, .fact = f};
      row.record = value_of(kFacts.at(f).shape, facts.parts.at(f));
      if (std::isfinite(row.record)) {
        const Interval interval = resampled(f, facts, options_.seed);
        row.record_low = interval.low;
        row.record_high = interval.high;
      }
      std::vector<double> values = tally.values_[m].at(f);
      row.runs = values.size();
      if (!values.empty()) {
        std::sort(values.begin(), values.end());
        row.runs_median = quantile_of_sorted(values, 0.5);
        row.runs_low = quantile_of_sorted(values, kLow);
        row.runs_high = quantile_of_sorted(values, 1 - kLow);
        const auto [from, until] = std::equal_range(values.begin(), values.end(), row.record);
        row.rank = std::isfinite(row.record)
                       ? (static_cast<double>(from - values.begin()) + static_cast<double>(until - from) / 2) /
                             static_cast<double>(values.size())
                       : kNoScore;
      }
      out_.patterns.push_back(row);
    }
  }
}

}  // namespace truel::record
