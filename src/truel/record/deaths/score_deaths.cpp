#include "truel/record/deaths/score_deaths.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "truel/base/index.hpp"
#include "truel/base/month.hpp"
#include "truel/record/scores.hpp"

namespace truel::record {

DeathTally::DeathTally(const CompiledModel& model, std::vector<float> solver::MonthTallies::*values,
                       std::vector<int> unit, std::size_t n_units)
    : values_(values), unit_(std::move(unit)), n_units_(n_units), first_month_(month_of(model.war().start)) {
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
    const float* values = (run.months.*values_).data() + month * unit_.size();
    for (std::size_t k = 0; k < unit_.size(); ++k) {
      if (unit_[k] != kNone) {
        sum[at(unit_[k])] += values[k];
      }
    }
    for (std::size_t u = 0; u < n_units_; ++u) {
      members_[month * n_units_ + u].push_back(sum[u]);
    }
  }
}

std::vector<int> dyads_of_losses(const CompiledModel& model, const Dyads& dyads) {
  std::vector<int> dyad;
  for (const std::string& country : model.countries()) {
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      for (ActorIndex b = 0; b < model.n_actors(); ++b) {
        dyad.push_back(dyads.looks_at(country) ? dyads.of_actors(a, b) : kNone);
      }
    }
  }
  return dyad;
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

std::vector<int> months_of(const DeathSeries& series, const Window& window) {
  std::vector<int> months;
  for (int month = std::max(series.first, month_of(window.origin)); month <= series.last(); ++month) {
    if (first_day(month) >= std::max(window.origin, window.from) && first_day(month + 1) - 1 <= window.until) {
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
                  std::size_t size, std::vector<Losses>& out) {
  const Case& c = cases[in_case];
  const std::vector<int> months = months_of(series, c.window);
  const auto begin = [&](const char* score) {
    Losses l{.in_case = in_case, .score = score, .model = model, .account = account, .loss = {}, .weight = {}};
    l.loss.assign(c.names.size(), kNoScore);
    return l;
  };
  Losses fair = begin("fair-crps");
  Losses whole = begin("crps");
  Losses ignorant = begin("ign");
  Losses spread = begin("mis");
  for (std::size_t k = 0; k < c.names.size(); ++k) {
    if (members[k].empty()) {
      continue;
    }
    const double observed = series.deaths[k / months.size()][at(months[k % months.size()] - series.first)];
    const std::vector<double> sized = members[k].size() == size ? members[k] : of_size(members[k], size);
    fair.loss[k] = fair_crps(members[k], observed);
    whole.loss[k] = crps(sized, observed);
    ignorant.loss[k] = ignorance(sized, observed);
    spread.loss[k] = interval_score(sized, observed, 0.9);
  }
  for (Losses* l : {&fair, &whole, &ignorant, &spread}) {
    out.push_back(std::move(*l));
  }
}

}  // namespace truel::record
