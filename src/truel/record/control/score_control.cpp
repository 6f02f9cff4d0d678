#include "truel/record/control/score_control.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "truel/base/month.hpp"
#include "truel/record/map.hpp"
#include "truel/record/score/proper_scores.hpp"
#include "truel/world/compiled/road_search.hpp"

namespace truel::record {
namespace {

std::vector<double> shares_of(std::vector<double> counts, double members) {
  for (double& count : counts) {
    count /= std::max(1.0, members);
  }
  return counts;
}

}  // namespace

ControlTally::ControlTally(const Sides& sides, std::size_t n_places, std::vector<std::size_t> times,
                           std::size_t n_times)
    : sides_(sides),
      n_places_(n_places),
      times_(std::move(times)),
      n_times_(n_times),
      counts_(times_.size(), std::vector<double>(n_places * at(sides.size()), 0)) {}

void ControlTally::add(const solver::Run& run) {
  if (run.status != solver::RunStatus::complete) {
    ++failed_;
    return;
  }
  members_ += 1;
  for (std::size_t t = 0; t < times_.size(); ++t) {
    for (std::size_t p = 0; p < n_places_; ++p) {
      const int side = sides_.of_holder(run.control[p * n_times_ + times_[t]]);
      counts_[t][p * at(sides_.size()) + at(side)] += 1;
    }
  }
}

std::vector<double> ControlTally::shares(std::size_t time) const {
  return shares_of(counts_[time], members_);
}

ChangeTally::ChangeTally(const Sides& sides, std::vector<int> counts_as, std::size_t n_places,
                         std::vector<std::size_t> times, std::size_t n_times)
    : sides_(sides),
      counts_as_(std::move(counts_as)),
      n_places_(n_places),
      times_(std::move(times)),
      n_times_(n_times),
      counts_(times_.empty() ? 0 : times_.size() - 1, std::vector<double>(n_places, 0)) {}

void ChangeTally::add(const solver::Run& run) {
  if (run.status != solver::RunStatus::complete) {
    return;
  }
  members_ += 1;
  const auto side = [&](std::size_t place, std::size_t time) {
    return counts_as_[at(sides_.of_holder(run.control[place * n_times_ + time]))];
  };
  for (std::size_t span = 0; span < counts_.size(); ++span) {
    for (std::size_t p = 0; p < n_places_; ++p) {
      counts_[span][p] += side(p, times_[span]) != side(p, times_[span + 1]) ? 1 : 0;
    }
  }
}

std::vector<double> ChangeTally::shares(std::size_t span) const {
  return shares_of(counts_[span], members_);
}

EndTally::EndTally(const Sides& sides, std::vector<int> counts_as, std::size_t n_places, std::size_t time,
                   std::size_t n_times, std::size_t runs)
    : sides_(sides),
      counts_as_(std::move(counts_as)),
      n_places_(n_places),
      time_(time),
      n_times_(n_times),
      held_(runs * n_places, -1) {}

void EndTally::add(const solver::Run& run) {
  if (run.status != solver::RunStatus::complete) {
    return;
  }
  for (std::size_t p = 0; p < n_places_; ++p) {
    const int side = counts_as_[at(sides_.of_holder(run.control[p * n_times_ + time_]))];
    held_[run.number * n_places_ + p] = static_cast<std::int16_t>(side);
  }
}

std::vector<double> merged_shares(const std::vector<double>& shares, std::span<const int> counts_as) {
  const std::size_t n = counts_as.size();
  std::vector<double> merged(shares.size(), 0);
  for (std::size_t k = 0; k < shares.size(); ++k) {
    merged[k / n * n + at(counts_as[k % n])] += shares[k];
  }
  return merged;
}

Case control_case(const War& war, const ControlRecord& record, const Window& window, bool merged, bool with_low) {
  Case c{.window = window, .target = Target::control, .unit = "place", .merged = merged, .with_low = with_low};
  Provinces provinces;
  for (std::size_t p = 0; p < war.places.size(); ++p) {
    const Place& place = war.places[p];
    const auto index = static_cast<PlaceIndex>(p);
    const int before = record.holder(index, window.origin);
    const int after = record.holder(index, window.until);
    const bool is_low = record.is_low(index, window.origin) || record.is_low(index, window.until);
    c.names.push_back(place.id);
    c.block.push_back(provinces.of(place));
    c.counts.push_back(before >= 0 && after >= 0 && (with_low || !is_low));
    c.has_changed.push_back(before != after);
  }
  return c;
}

std::vector<Day> month_bounds(const Window& window) {
  std::vector<Day> bounds{window.origin};
  for (int month = 1; add_months(window.origin, month) - 1 <= window.until; ++month) {
    bounds.push_back(std::min(add_months(window.origin, month), window.until));
  }
  return bounds;
}

Case change_case(const War& war, const ControlRecord& record, const Window& window, bool merged) {
  Case c{.window = window, .target = Target::control, .unit = "place-month", .merged = merged};
  const std::vector<Day> bounds = month_bounds(window);
  for (std::size_t month = 0; month + 1 < bounds.size(); ++month) {
    const Case places = control_case(war, record, {bounds[month], bounds[month], bounds[month + 1], 1}, merged);
    for (std::size_t p = 0; p < places.names.size(); ++p) {
      c.names.push_back(places.names[p] + " " + format_date(bounds[month]));
      c.block.push_back(places.block[p]);
      c.counts.push_back(places.counts[p]);
      c.has_changed.push_back(places.has_changed[p]);
    }
  }
  return c;
}

void score_changes(const std::vector<Case>& cases, std::size_t in_case, const std::string& model,
                   const std::string& account, const std::vector<std::vector<double>>& change, double members,
                   double log_members, std::vector<Losses>& out) {
  const Case& c = cases[in_case];
  Losses logarithmic = unscored(cases, in_case, kLog, model, account);
  Losses chance = unscored(cases, in_case, kChangeProbability, model, account);
  for (std::size_t k = 0; k < c.counts.size(); ++k) {
    if (c.counts[k]) {
      const std::size_t n_places = change.front().size();
      const double p = change[k / n_places][k % n_places];
      const std::array<double, 2> own{1 - p, p};
      logarithmic.loss[k] = log_score(own, c.has_changed[k] ? 1 : 0, members > 0 ? members : log_members, own.size());
      chance.loss[k] = p;
    }
  }
  out.push_back(std::move(logarithmic));
  out.push_back(std::move(chance));
}

Reach places_within_reach(const War& war) {
  const int n = static_cast<int>(war.places.size());
  const std::vector<std::vector<NearPlace>> roads = roads_of(war);
  Reach reach(kReachesKm.size(), std::vector<std::vector<PlaceIndex>>(at(n)));
  RoadSearch search;
  for (PlaceIndex from = 0; from < n; ++from) {
    search.start(from, n, kReachesKm.back());
    for (std::optional<NearPlace> near = NearPlace{from, 0}; near;
         near = search.next([&](PlaceIndex p) -> const auto& { return roads[at(p)]; })) {
      for (std::size_t r = 0; r < kReachesKm.size(); ++r) {
        if (near->km <= kReachesKm.at(r)) {
          reach[r][at(from)].push_back(near->place);
        }
      }
    }
    for (std::vector<std::vector<PlaceIndex>>& within : reach) {
      std::sort(within[at(from)].begin(), within[at(from)].end());
    }
  }
  return reach;
}

void score_control(const Reach& reach, const ControlRecord& record, const std::vector<Case>& cases, std::size_t in_case,
                   const PlaceForecast& forecast, std::size_t holders, double log_members, std::vector<Losses>& out) {
  const Case& c = cases[in_case];
  const std::size_t n = forecast.p.size() / std::max<std::size_t>(1, c.counts.size());
  const auto begin = [&](std::string_view score) {
    return unscored(cases, in_case, score, forecast.model, forecast.account);
  };
  Losses quadratic = begin(kBrier);
  Losses logarithmic = begin(kLog);
  Losses change = begin(kChangeProbability);
  for (std::size_t p = 0; p < c.counts.size(); ++p) {
    if (!c.counts[p]) {
      continue;
    }
    const auto place = static_cast<PlaceIndex>(p);
    const auto observed = at(record.holder(place, c.window.until));
    const std::span<const double> own = std::span(forecast.p).subspan(p * n, n);
    const std::vector<double>& sure = forecast.sure.empty() ? forecast.p : forecast.sure;
    quadratic.loss[p] =
        brier(own, observed) - (forecast.excess.empty() ? brier_excess(own, forecast.members) : forecast.excess[p]);
    logarithmic.loss[p] = log_score(std::span(sure).subspan(p * n, n), observed,
                                    forecast.members > 0 ? forecast.members : log_members, holders);
    change.loss[p] = 1 - own[at(record.holder(place, c.window.origin))];
  }
  out.push_back(std::move(quadratic));
  out.push_back(std::move(logarithmic));
  out.push_back(std::move(change));
  for (std::size_t r = 0; r < kReachesKm.size(); ++r) {
    Losses skill = begin(fmt::format("fss-{}", kReachesKm.at(r)));
    skill.is_skill = true;
    skill.weight.assign(c.counts.size(), 0);
    std::vector<double> expected(n);
    std::vector<double> observed(n);
    for (std::size_t p = 0; p < c.counts.size(); ++p) {
      std::fill(expected.begin(), expected.end(), 0);
      std::fill(observed.begin(), observed.end(), 0);
      double places = 0;
      for (const PlaceIndex q : reach[r][p]) {
        if (c.counts[at(q)]) {
          places += 1;
          observed[at(record.holder(q, c.window.until))] += 1;
          for (std::size_t k = 0; k < n; ++k) {
            expected[k] += forecast.p[at(q) * n + k];
          }
        }
      }
      if (places == 0 || !c.counts[p]) {
        continue;
      }
      skill.loss[p] = 0;
      for (std::size_t k = 0; k < n; ++k) {
        const double f = expected[k] / places;
        const double o = observed[k] / places;
        skill.loss[p] += (f - o) * (f - o);
        skill.weight[p] += f * f + o * o;
      }
    }
    out.push_back(std::move(skill));
  }
}

}  // namespace truel::record
