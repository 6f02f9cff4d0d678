#include "truel/record/deaths/score_deaths.hpp"

#include <algorithm>

#include "truel/base/index.hpp"
#include "truel/base/month.hpp"
#include "truel/record/deaths/baselines.hpp"
#include "truel/record/score/proper_scores.hpp"

namespace truel::record {

DeathTally::DeathTally(const CompiledModel& model, MonthDeaths deaths, std::size_t n_units)
    : deaths_(std::move(deaths)), n_units_(n_units), first_month_(month_of(model.war().start)) {
  n_months_ = calendar_months(model.war().start, model.war().end).size();
  members_.resize(n_months_ * n_units_);
}

void DeathTally::add(const solver::Run& run) {
  if (run.status != solver::RunStatus::complete) {
    return;
  }
  std::vector<float> sum(n_units_);
  for (std::size_t month = 0; month < n_months_; ++month) {
    std::fill(sum.begin(), sum.end(), 0.0F);
    deaths_(run.months, month, sum);
    for (std::size_t u = 0; u < n_units_; ++u) {
      members_[month * n_units_ + u].push_back(sum[u]);
    }
  }
}

MonthDeaths deaths_of_dyads(const CompiledModel& model, const Dyads& dyads, bool with_harm) {
  const std::size_t n_actors = at(model.n_actors());
  std::vector<int> dyad;                 // [country][attacker][target]
  std::vector<std::vector<int>> shared;  // the same: dyads that strikes support
  for (const std::string& country : model.countries()) {
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      for (ActorIndex b = 0; b < model.n_actors(); ++b) {
        const bool counts = dyads.looks_at(country);
        dyad.push_back(counts ? dyads.of_actors(a, b) : kNone);
        shared.push_back(counts ? dyads.supported(a, b) : std::vector<int>{});
      }
    }
  }
  return [=](const solver::MonthTallies& months, std::size_t month, std::span<float> units) {
    const std::size_t n_pairs = n_actors * n_actors;
    const std::span losses(months.losses.data() + month * dyad.size(), dyad.size());
    std::vector<double> with(n_actors, 1);  // [attacker] deaths for each fighter whom it kills
    if (with_harm) {
      std::vector<double> kills(n_actors, 0);
      for (std::size_t k = 0; k < losses.size(); ++k) {
        kills[k % n_pairs / n_actors] += losses[k];
      }
      for (std::size_t a = 0; a < n_actors; ++a) {
        with[a] += kills[a] > 0 ? months.harm[month * n_actors + a] / kills[a] : 0;
      }
    }
    std::vector<double> own(units.size());  // fighters killed by those on the ground, in one country
    for (std::size_t first = 0; first < losses.size(); first += n_pairs) {
      std::fill(own.begin(), own.end(), 0);
      for (std::size_t k = first; k < first + n_pairs; ++k) {
        if (dyad[k] != kNone) {
          own[at(dyad[k])] += losses[k];
          units[at(dyad[k])] += static_cast<float>(losses[k] * with[(k - first) / n_actors]);
        }
      }
      for (std::size_t k = first; k < first + n_pairs; ++k) {
        if (losses[k] <= 0 || shared[k].empty()) {
          continue;
        }
        double sum = 0;
        for (const int d : shared[k]) {
          sum += own[at(d)];
        }
        for (const int d : shared[k]) {
          const double share = sum > 0 ? own[at(d)] / sum : d == shared[k].front() ? 1 : 0;
          units[at(d)] += static_cast<float>(share * losses[k] * with[(k - first) / n_actors]);
        }
      }
    }
  };
}

MonthDeaths deaths_of_places(std::vector<int> unit, bool with_harm) {
  return [unit = std::move(unit), with_harm](const solver::MonthTallies& months, std::size_t month,
                                             std::span<float> units) {
    for (std::size_t p = 0; p < unit.size(); ++p) {
      if (unit[p] != kNone) {
        const std::size_t entry = month * unit.size() + p;
        units[at(unit[p])] += months.place_losses[entry] + (with_harm ? months.place_harm[entry] : 0);
      }
    }
  };
}

std::vector<double> DeathTally::members(std::size_t unit, int month) const {
  const int column = month - first_month_;
  if (column < 0 || at(column) >= n_months_) {
    return {};
  }
  const std::vector<float>& own = members_[at(column) * n_units_ + unit];
  std::vector<double> members(own.begin(), own.end());
  std::sort(members.begin(), members.end());
  return members;
}

std::vector<double> DeathTally::sums(std::size_t unit, const std::vector<int>& months) const {
  std::vector<double> sums;
  for (const int month : months) {
    const int column = month - first_month_;
    if (column < 0 || at(column) >= n_months_) {
      continue;
    }
    const std::vector<float>& own = members_[at(column) * n_units_ + unit];
    sums.resize(own.size(), 0);
    for (std::size_t k = 0; k < own.size(); ++k) {
      sums[k] += own[k];
    }
  }
  return sums;
}

std::vector<int> months_of(const DeathSeries& series, const Window& window) {
  std::vector<int> months;
  for (int month = std::max(series.first, month_of(window.origin)); month <= series.last(); ++month) {
    if (series.covers(month) && is_whole_in(window, month)) {
      months.push_back(month);
    }
  }
  return months;
}

Case death_case(const DeathSeries& series, const std::string& unit, const Window& window, bool merged) {
  Case c{.window = window, .target = Target::deaths, .unit = unit, .merged = merged};
  for (std::size_t u = 0; u < series.names.size(); ++u) {
    for (const int month : months_of(series, window)) {
      c.names.push_back(series.names[u] + " " + format_month(month));
      c.block.push_back(series.block[u]);
      c.counts.push_back(true);
      c.has_changed.push_back(false);
    }
  }
  return c;
}

void score_deaths(const DeathSeries& series, const std::vector<Case>& cases, std::size_t in_case,
                  const std::string& model, const std::string& account, const std::vector<std::vector<double>>& members,
                  std::size_t size, std::vector<Losses>& out, const FairScore& fair_score) {
  const Case& c = cases[in_case];
  const std::vector<int> months = months_of(series, c.window);
  const auto begin = [&](std::string_view score) { return unscored(cases, in_case, score, model, account); };
  Losses fair = begin(kFairCrps);
  Losses whole = begin(kCrps);
  Losses ignorant = begin(kIgnorance);
  Losses spread = begin(kIntervalScore);
  Losses half = begin(kWithin50);
  Losses most = begin(kWithin90);
  for (std::size_t k = 0; k < c.names.size(); ++k) {
    if (members[k].empty()) {
      continue;
    }
    const double observed = series.deaths[k / months.size()][at(months[k % months.size()] - series.first)];
    const std::vector<double> sized = members[k].size() == size ? members[k] : of_size(members[k], size);
    fair.loss[k] = fair_score ? fair_score(k, observed) : fair_crps(members[k], observed);
    whole.loss[k] = crps(sized, observed);
    ignorant.loss[k] = ignorance(sized, observed);
    spread.loss[k] = interval_score(sized, observed, 0.9);
    half.loss[k] = lies_within(members[k], observed, 0.5);
    most.loss[k] = lies_within(members[k], observed, 0.9);
  }
  for (Losses* l : {&fair, &whole, &ignorant, &spread, &half, &most}) {
    out.push_back(std::move(*l));
  }
}

}  // namespace truel::record
