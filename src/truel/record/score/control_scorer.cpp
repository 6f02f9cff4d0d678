#include "truel/record/score/control_scorer.hpp"

#include <algorithm>
#include <set>
#include <span>

#include "truel/base/month.hpp"
#include "truel/record/control/baselines.hpp"
#include "truel/record/score/proper_scores.hpp"

namespace truel::record {
namespace {

/// Weights of a blend that are tried.
constexpr int kBlendSteps = 100;
/// Between the origins of windows: longer ones overlap, and count for as much as each has of its own.
constexpr double kOriginMonths = 3;

std::size_t month_index(const Window& w) {
  return static_cast<std::size_t>(w.months);
}

}  // namespace

void ControlTallies::add(const solver::Run& run) {
  holders.add(run);
  for (std::vector<ChangeTally>& own : changes) {
    for (ChangeTally& change : own) {
      change.add(run);
    }
  }
  for (EndTally& end : ends) {
    end.add(run);
  }
}

ControlScorer::ControlScorer(const ScoreOptions& options, const Rules& rules, Scores& out)
    : options_(options), out_(out), reach_(places_within_reach(out.war)), merges_(merges_of(out.observations, rules)) {}

void ControlScorer::score_places(const Window& window, const Merge& merge, const PlaceForecast& forecast) {
  for (const bool with_low : {true, false}) {
    const std::size_t c = case_of(window, merge, with_low);
    std::vector<Losses> losses;
    score_control(reach_, merge.record, out_.cases, c, forecast, merge.holders(), options_.runs, losses);
    for (Losses& l : losses) {
      if (with_low || l.score == kBrier) {
        out_.losses.push_back(std::move(l));
      }
    }
  }
}

std::size_t ControlScorer::case_of(const Window& window, const Merge& merge, bool with_low) {
  const auto key = std::tuple(window.origin, window.until, merge.merged, with_low);
  const auto [found, is_new] = case_index_.emplace(key, out_.cases.size());
  if (is_new) {
    out_.cases.push_back(control_case(out_.war, merge.record, window, merge.merged, with_low));
    if (with_low) {
      out_.compared.push_back(count(window, merge, out_.cases.back()));
    }
  }
  return found->second;
}

WindowCounts ControlScorer::count(const Window& window, const Merge& merge, const Case& c) const {
  WindowCounts result{.window = window, .merged = merge.merged};
  for (std::size_t p = 0; p < c.counts.size(); ++p) {
    const auto place = static_cast<PlaceIndex>(p);
    const int before = merge.record.holder(place, window.origin);
    const int after = merge.record.holder(place, window.until);
    result.compared += c.counts[p];
    result.changed += c.counts[p] && c.has_changed[p];
    result.unknown += before == kUnknown || after == kUnknown;
    result.contested += before != kUnknown && after != kUnknown && (before == kContested || after == kContested);
    result.low +=
        c.counts[p] && (merge.record.is_low(place, window.origin) || merge.record.is_low(place, window.until));
  }
  return result;
}

void ControlScorer::score_baselines(const std::vector<Window>& windows) {
  int months = 1;
  for (const Window& window : windows) {
    months = std::max(months, window.months);
  }
  for (const Merge& merge : merges_) {
    Past past;
    past.war = &out_.war;
    past.control = &merge.record;
    past.n_sides = out_.observations.sides.size();
    past.origin = windows.front().origin;
    if (const auto from = unbroken_deaths_before(past.origin)) {
      past.events = out_.observations.events;
      past.events_from = *from;
      past.deaths_before = &deaths_before_;
    }
    past.months = months;
    past.seed = options_.seed;
    for (const ControlBaseline& baseline : kControlBaselines) {
      if (baseline.has_data != nullptr && !baseline.has_data(past)) {
        if (&merge == &merges_.front()) {
          without_deaths_.push_back(past.origin);
        }
        continue;
      }
      const ControlForecast f = baseline.forecast(past);
      const ControlForecast sure = baseline.smoothed == nullptr ? f : baseline.smoothed(past);
      const std::string name(baseline.name);
      for (const Window& window : windows) {
        if (baseline.is_blended) {
          hazards_[{window.origin, window.until, merge.merged}] = {f.p[month_index(window)], f.members};
        }
        const std::size_t month = month_index(window);
        score_places(window, merge, {.model = name, .p = f.p[month], .members = f.members, .sure = sure.p[month]});
        score_hazard(window, merge, name, "", sure.change, sure.members);
      }
    }
  }
}

std::optional<Day> ControlScorer::unbroken_deaths_before(Day origin) const {
  const std::set<int>& covered = out_.observations.covered_months;
  int month = month_of(origin - 1) + 1;
  while (covered.contains(month - 1)) {
    --month;
  }
  return month <= month_of(origin - 1) ? std::optional(first_day(month)) : std::nullopt;
}

std::size_t ControlScorer::change_case_of(const Window& window, const Merge& merge) {
  const auto [found, is_new] =
      change_index_.emplace(std::tuple(window.origin, window.until, merge.merged), out_.cases.size());
  if (is_new) {
    out_.cases.push_back(change_case(out_.war, merge.record, window, merge.merged));
  }
  return found->second;
}

void ControlScorer::score_hazard(const Window& window, const Merge& merge, const std::string& model,
                                 const std::string& account, const std::vector<std::vector<double>>& change,
                                 double members) {
  const std::size_t months = month_bounds(window).size() - 1;
  if (months > 0 && change.size() >= months) {
    score_changes(out_.cases, change_case_of(window, merge), model, account, change, members, options_.runs,
                  out_.losses);
  }
}

ControlTallies ControlScorer::tallies(const Forecast& forecast, const std::vector<Window>& windows) const {
  const Sides& sides = out_.observations.sides;
  const std::size_t n_places = out_.war.places.size();
  const std::size_t n_times = forecast.days.size();
  const auto position = [&](Day day) {
    return forecast.position(static_cast<std::size_t>(day - forecast.model.war().start));
  };
  std::vector<std::size_t> times;
  std::vector<std::vector<ChangeTally>> changes;
  for (const Window& window : windows) {
    times.push_back(position(window.until));
    std::vector<std::size_t> bounds;
    for (const Day day : month_bounds(window)) {
      bounds.push_back(position(day));
    }
    std::vector<ChangeTally>& own = changes.emplace_back();
    for (const Merge& merge : merges_) {
      own.emplace_back(sides, merge.counts_as, n_places, bounds, n_times);
    }
  }
  std::vector<EndTally> ends;
  for (const std::size_t time : times) {
    if (options_.power) {
      ends.emplace_back(sides, merges_.back().counts_as, n_places, time, n_times, options_.runs);
    }
  }
  return {ControlTally(sides, n_places, times, n_times), std::move(changes), std::move(ends)};
}

void ControlScorer::score_model(const std::vector<Window>& windows, const std::string& account,
                                ControlTallies tallies) {
  for (std::size_t w = 0; w < windows.size(); ++w) {
    const Window& window = windows[w];
    const std::vector<double> shares = tallies.holders.shares(w);
    for (std::size_t m = 0; m < merges_.size(); ++m) {
      const Merge& merge = merges_[m];
      const ChangeTally& tally = tallies.changes[w][m];
      std::vector<std::vector<double>> change;
      for (std::size_t month = 0; month + 1 < month_bounds(window).size(); ++month) {
        change.push_back(tally.shares(month));
      }
      score_hazard(window, merge, std::string(kTruel), account, change, tally.members());
      std::vector<double> places = score_shares(window, merge, account, shares, tallies.holders.members());
      const std::size_t in_case = case_of(window, merge, true);
      const auto& [hazard, members] = hazards_.at({window.origin, window.until, merge.merged});
      if (options_.power && &merge == &merges_.back()) {
        ends_.push_back({in_case, account, std::move(tallies.ends[w]).held()});
      }
      forecasts_.push_back(
          {in_case, window, merge.merged, account, std::move(places), hazard, tallies.holders.members(), members});
    }
  }
}

std::vector<double> ControlScorer::score_shares(const Window& window, const Merge& merge, const std::string& account,
                                                const std::vector<double>& shares, double members) {
  PlaceForecast places{.model = std::string(kTruel),
                       .account = account,
                       .p = merged_shares(shares, merge.counts_as),
                       .members = members};
  score_places(window, merge, places);
  if (!merge.merged) {
    note_held(case_of(window, merge, true), merge.record, account, places.p);
  }
  return std::move(places.p);
}

void ControlScorer::score_given(const Window& window, const std::string& account, const std::vector<double>& shares,
                                double members) {
  for (const Merge& merge : merges_) {
    score_shares(window, merge, account, shares, members);
  }
}

void ControlScorer::note_held(std::size_t in_case, const ControlRecord& record, const std::string& account,
                              const std::vector<double>& p) {
  HeldPlaces held{.in_case = in_case, .account = account, .p = p};
  const Window& window = out_.cases[in_case].window;
  for (PlaceIndex place = 0; place < static_cast<PlaceIndex>(out_.war.places.size()); ++place) {
    held.before.push_back(record.holder(place, window.origin));
    held.observed.push_back(record.holder(place, window.until));
  }
  out_.held.push_back(std::move(held));
}

PlaceForecast ControlScorer::blend(const WindowForecasts& f, double weight) const {
  PlaceForecast forecast{.model = std::string(kBlend), .account = f.account, .p = f.model};
  const auto n = at(out_.observations.sides.size());
  for (std::size_t k = 0; k < forecast.p.size(); ++k) {
    forecast.p[k] = weight * f.model[k] + (1 - weight) * f.hazard[k];
  }
  for (std::size_t p = 0; p < forecast.p.size() / n; ++p) {
    forecast.excess.push_back(weight * weight * brier_excess(std::span(f.model).subspan(p * n, n), f.model_members) +
                              (1 - weight) * (1 - weight) *
                                  brier_excess(std::span(f.hazard).subspan(p * n, n), f.hazard_members));
  }
  return forecast;
}

double ControlScorer::blend_loss(const WindowForecasts& f, double weight) const {
  const PlaceForecast forecast = blend(f, weight);
  const Case& c = out_.cases[f.in_case];
  const auto n = at(out_.observations.sides.size());
  const ControlRecord& record = merges_[f.merged ? 1 : 0].record;
  double sum = 0;
  for (std::size_t p = 0; p < c.counts.size(); ++p) {
    if (c.counts[p]) {
      sum += brier(std::span(forecast.p).subspan(p * n, n),
                   at(record.holder(static_cast<PlaceIndex>(p), f.window.until))) -
             forecast.excess[p];
    }
  }
  return sum;
}

std::vector<const ControlScorer::WindowForecasts*> ControlScorer::earlier_than(const WindowForecasts& f) const {
  std::vector<const WindowForecasts*> earlier;
  for (const WindowForecasts& own : forecasts_) {
    if (own.account == f.account && own.merged == f.merged && own.window.months == f.window.months &&
        own.window.until < f.window.origin) {
      earlier.push_back(&own);
    }
  }
  return earlier;
}

void ControlScorer::score_blends() {
  for (const WindowForecasts& f : forecasts_) {
    const std::vector<const WindowForecasts*> earlier = earlier_than(f);
    if (earlier.empty()) {
      continue;  // nothing had ended yet that a weight could be learnt from
    }
    std::vector<double> loss(kBlendSteps + 1, 0);
    for (const WindowForecasts* own : earlier) {
      for (std::size_t k = 0; k < loss.size(); ++k) {
        loss[k] += blend_loss(*own, static_cast<double>(k) / kBlendSteps);
      }
    }
    const double weight = static_cast<double>(std::min_element(loss.begin(), loss.end()) - loss.begin()) / kBlendSteps;
    out_.blends.push_back({f.window, f.merged, f.account, weight, earlier.size()});
    score_places(f.window, merges_[f.merged ? 1 : 0], blend(f, weight));
  }
}

ChangeRecalibration ControlScorer::recalibration_by(const std::vector<const WindowForecasts*>& earlier) const {
  std::vector<PastChange> past;
  const auto n = at(out_.observations.sides.size());
  for (const WindowForecasts* own : earlier) {
    const Case& c = out_.cases[own->in_case];
    const ControlRecord& record = merges_[own->merged ? 1 : 0].record;
    for (std::size_t p = 0; p < c.counts.size(); ++p) {
      if (c.counts[p]) {
        const double stays = own->model[p * n + at(record.holder(static_cast<PlaceIndex>(p), own->window.origin))];
        past.push_back({log_odds(1 - stays, own->model_members), c.has_changed[p], kOriginMonths / own->window.months});
      }
    }
  }
  return recalibration_of(past);
}

PlaceForecast ControlScorer::recalibrated(const WindowForecasts& f, const ChangeRecalibration& with) const {
  PlaceForecast forecast{
      .model = std::string(kRecalibrated), .account = f.account, .p = f.model, .members = f.model_members};
  const Case& c = out_.cases[f.in_case];
  const Merge& merge = merges_[f.merged ? 1 : 0];
  const auto n = at(out_.observations.sides.size());
  forecast.excess.assign(c.counts.size(), 0);
  for (std::size_t p = 0; p < c.counts.size(); ++p) {
    if (c.counts[p]) {
      forecast.excess[p] = recalibrate(with, std::span(forecast.p).subspan(p * n, n),
                                       at(merge.record.holder(static_cast<PlaceIndex>(p), f.window.origin)),
                                       merge.counts_as, f.model_members);
    }
  }
  return forecast;
}

void ControlScorer::score_recalibrated() {
  for (const WindowForecasts& f : forecasts_) {
    const std::vector<const WindowForecasts*> earlier = earlier_than(f);
    if (earlier.empty()) {
      continue;
    }
    const ChangeRecalibration with = recalibration_by(earlier);
    out_.recalibrations.push_back({f.window, f.merged, f.account, with, earlier.size()});
    score_places(f.window, merges_[f.merged ? 1 : 0], recalibrated(f, with));
  }
}

void ControlScorer::score_power() {
  if (options_.power) {
    out_.power = power(out_.cases, ends_, out_.losses, {.seed = options_.seed}, options_.threads);
  }
}

}  // namespace truel::record
