#include "truel/record/score/death_scorer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string_view>

#include "truel/base/month.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/record/deaths/baselines.hpp"
#include "truel/record/deaths/fights.hpp"
#include "truel/record/score/proper_scores.hpp"

namespace truel::record {
namespace {

constexpr int kYear = 12;              ///< months
constexpr double kMuchUndated = 0.05;  ///< share of the deaths that is worth a word

/// What the name of a unit ends in.
std::string_view suffix_of(DeathCount count) {
  switch (count) {
    case DeathCount::best:
      return kBestSuffix;
    case DeathCount::low:
      return kLowSuffix;
    case DeathCount::high:
      return kHighSuffix;
    case DeathCount::fighters:
      break;
  }
  return "";
}

}  // namespace

DeathScorer::DeathScorer(const ScoreOptions& options, const Rules& rules, bool with_merged, Scores& out)
    : options_(options), out_(out), dyads_(out.war, out.observations, rules), with_merged_(with_merged) {
  const auto add = [&](bool is_by_place, bool with_harm, const std::vector<DeathCount>& counts) {
    DeathUnits units{is_by_place, with_harm, {}};
    for (const DeathCount count : counts) {
      DeathRecord& record = units.records.emplace_back();
      record.unit = std::string(is_by_place ? "place" : "dyad") + std::string(suffix_of(count));
      record.series = is_by_place ? deaths_by_place(out.war, out.observations, dyads_, count, unit_of_place_)
                                  : deaths_by_dyad(out.observations, dyads_, count);
    }
    deaths_.push_back(std::move(units));
  };
  for (const bool is_by_place : {false, true}) {
    add(is_by_place, false, {DeathCount::fighters});
    add(is_by_place, true, {DeathCount::best, DeathCount::low, DeathCount::high});
  }
  count_left_out(out.war, dyads_, out_.observations);
  for (const DeathUnits& units : deaths_) {
    if (units.known().left_out > 0 && !units.with_harm) {
      tell_left_out(units);
    }
  }
  // A record that knows none of them would hold every forecast against nobody's death.
  std::erase_if(deaths_, [&](const DeathUnits& units) { return is_without_record(units); });
}

void DeathScorer::tell_left_out(const DeathUnits& units) {
  const char* unit = units.is_by_place ? "place" : "dyad";
  out_.remarks.push_back(
      is_without_record(units)
          ? fmt::format("no observed event is of a {0} that could be scored: deaths by {0} are not; `truel check "
                        "--observed` says why",
                        unit)
          : fmt::format("{} of {} observed events are of no {} that is scored: `truel check --observed` says why",
                        units.known().left_out, out_.observations.events.size(), unit));
  if (const double share = units.known().of_no_month; share >= kMuchUndated) {
    out_.remarks.push_back(
        fmt::format("of the observed deaths by {} {:.0f} % are in events dated to a month or worse, which belong to no "
                    "month: a forecast has all deaths and is compared with the others",
                    unit, 100 * share));
  }
}

std::size_t DeathScorer::case_of(DeathRecord& record, const Window& window) {
  const auto [found, is_new] = record.cases.emplace(std::pair(window.origin, window.until), out_.cases.size());
  if (is_new) {
    out_.cases.push_back(death_case(record.series, record.unit, window, with_merged_));
  }
  return found->second;
}

void DeathScorer::score_members(DeathUnits& units, const Window& window, const std::string& model,
                                const std::string& account, const std::vector<std::vector<double>>& members,
                                const FairScore& fair_score) {
  for (DeathRecord& record : units.records) {
    score_deaths(record.series, out_.cases, case_of(record, window), model, account, members, options_.runs,
                 out_.losses, fair_score);
  }
}

void DeathScorer::score_baselines(const std::vector<Window>& windows) {
  if (windows.empty()) {
    return;
  }
  for (DeathUnits& units : deaths_) {
    const DeathSeries& all = units.known();
    // Whole months before the origin, which the windows share.
    const int known = std::clamp(month_of(windows.front().origin) - all.first, 0, all.last() - all.first + 1);
    std::vector<std::vector<DeathForecast>> forecasts;
    for (const std::vector<double>& deaths : all.deaths) {
      forecasts.push_back(death_baselines({deaths.begin(), deaths.begin() + known}));
    }
    units.level.assign(forecasts.size(), {});
    for (std::size_t u = 0; u < forecasts.size(); ++u) {
      for (const DeathForecast& f : forecasts[u]) {
        if (f.model == kConflictology) {
          units.level[u] = f.members;
        }
      }
    }
    for (const Window& window : windows) {
      const std::size_t n_months = months_of(all, window).size();
      std::map<std::string, std::vector<std::vector<double>>> members;
      for (std::size_t u = 0; u < forecasts.size(); ++u) {
        for (const DeathForecast& f : forecasts[u]) {
          std::vector<std::vector<double>>& own = members[f.model];
          own.resize(forecasts.size() * n_months);
          std::fill_n(own.begin() + static_cast<std::ptrdiff_t>(u * n_months), n_months, f.members);
        }
      }
      for (const auto& [model, own] : members) {
        score_members(units, window, model, "", own);
      }
      if (!units.is_by_place && !units.with_harm) {
        std::vector<int> year;
        for (int month = all.first + known - kYear; month < all.first + known; ++month) {
          year.push_back(month);
        }
        if (known >= kYear && std::all_of(year.begin(), year.end(), [&](int month) { return all.covers(month); })) {
          score_fights(window, std::string(kLastYear), "", as_members(sums_of(all, year)));
        }
        score_fights(window, std::string(kEven), "", std::vector<std::vector<double>>(all.names.size(), {1}));
      }
    }
  }
}

std::vector<DeathTally> DeathScorer::tallies(const CompiledModel& model) const {
  std::vector<DeathTally> tallies;
  for (const DeathUnits& units : deaths_) {
    tallies.emplace_back(model,
                         units.is_by_place ? deaths_of_places(unit_of_place_, units.with_harm)
                                           : deaths_of_dyads(model, dyads_, units.with_harm),
                         units.known().names.size());
  }
  return tallies;
}

void DeathScorer::score_model(const std::vector<Window>& windows, const std::string& account,
                              const std::vector<DeathTally>& tallies) {
  for (std::size_t k = 0; k < deaths_.size(); ++k) {
    score_units(deaths_[k], windows, account,
                [&](std::size_t unit, int month) { return tallies[k].members(unit, month); });
    if (!deaths_[k].is_by_place && !deaths_[k].with_harm) {
      const DeathSeries& all = deaths_[k].known();
      for (const Window& window : windows) {
        std::vector<std::vector<double>> over_window;
        for (std::size_t u = 0; u < all.names.size(); ++u) {
          over_window.push_back(tallies[k].sums(u, months_of(all, window)));
        }
        score_fights(window, std::string(kTruel), account, over_window);
        if (options_.power) {
          keep_dyads_by_run(window, account, tallies[k]);
        }
      }
    }
    score_blend(deaths_[k], windows, account, tallies[k]);
    score_recalibrated(deaths_[k], windows, account, tallies[k]);
  }
}

void DeathScorer::score_blend(DeathUnits& units, const std::vector<Window>& windows, const std::string& account,
                              const DeathTally& tally) {
  const DeathSeries& all = units.known();
  const bool is_known = std::any_of(units.level.begin(), units.level.end(), [](const auto& l) { return !l.empty(); });
  if (windows.empty() || !is_known) {
    return;
  }
  std::vector<PastMonth>& mixed = units.mixed[account];
  std::vector<MixtureTerms> past;
  std::set<int> past_months;
  for (const PastMonth& earlier : mixed) {
    if (earlier.month < month_of(windows.front().origin)) {
      past.insert(past.end(), earlier.units.begin(), earlier.units.end());
      past_months.insert(earlier.month);
    }
  }
  const double share = careful_share(past, past_months.size());
  out_.death_blends.push_back({windows.front().origin, units.records.front().unit, account, share, past_months.size()});
  std::set<int> months;  // windows of one origin share them
  for (const Window& window : windows) {
    const std::vector<int> own = months_of(all, window);
    months.insert(own.begin(), own.end());
    std::vector<std::vector<double>> model;
    std::vector<std::vector<double>> members;
    for (std::size_t u = 0; u < all.names.size(); ++u) {
      for (const int month : own) {
        model.push_back(tally.members(u, month));
        const bool has_both = !model.back().empty() && !units.level[u].empty();
        members.push_back(has_both ? mixture(model.back(), units.level[u], share, options_.runs)
                                   : std::vector<double>{});
      }
    }
    score_members(units, window, std::string(kBlend), account, members, [&](std::size_t k, double observed) {
      return mixture_crps(mixture_terms(model[k], units.level[k / own.size()], observed), share);
    });
  }
  for (const int month : months) {
    PastMonth& one = mixed.emplace_back();
    one.month = month;
    for (std::size_t u = 0; u < all.names.size(); ++u) {
      if (const std::vector<double> model = tally.members(u, month); !model.empty() && !units.level[u].empty()) {
        one.units.push_back(mixture_terms(model, units.level[u], all.deaths[u][at(month - all.first)]));
      }
    }
  }
}

PitHistogram& DeathScorer::histogram(const std::string& unit, std::string_view model, const std::string& account,
                                     int months) {
  for (PitHistogram& known : out_.pits) {
    if (known.unit == unit && known.model == model && known.account == account && known.horizon_months == months) {
      return known;
    }
  }
  return out_.pits.emplace_back(PitHistogram{unit, std::string(model), account, months});
}

void DeathScorer::score_recalibrated(DeathUnits& units, const std::vector<Window>& windows, const std::string& account,
                                     const DeathTally& tally) {
  if (windows.empty()) {
    return;
  }
  const DeathSeries& all = units.known();
  std::vector<std::pair<int, Pit>>& known = units.pits[account];
  std::vector<Pit> past;
  for (const auto& [month, pit] : known) {
    if (month < month_of(windows.front().origin)) {
      past.push_back(pit);
    }
  }
  const Recalibration recalibration(std::move(past));
  std::map<std::size_t, std::vector<double>> known_weights;  // nearly all forecasts have as many members
  const auto weights = [&](std::size_t n) -> const std::vector<double>& {
    const auto [own, is_new] = known_weights.try_emplace(n);
    if (is_new) {
      own->second = recalibration.weights(n);
    }
    return own->second;
  };
  std::set<int> months;  // windows of one origin share them
  for (const Window& window : windows) {
    const std::vector<int> own = months_of(all, window);
    std::vector<std::vector<double>> model;
    std::vector<std::vector<double>> members;
    for (std::size_t u = 0; u < all.names.size(); ++u) {
      for (const int month : own) {
        model.push_back(tally.members(u, month));
        members.emplace_back();
        if (model.back().empty()) {
          continue;
        }
        const Pit pit = pit_of(model.back(), all.deaths[u][at(month - all.first)]);
        if (!months.contains(month)) {
          known.emplace_back(month, pit);
        }
        const std::string& unit = units.records.front().unit;
        add(pit, histogram(unit, kTruel, account, window.months));
        if (recalibration.size() > 0) {
          members.back() = of_size(model.back(), weights(model.back().size()), options_.runs);
          add({recalibration(pit.low), recalibration(pit.high)},
              histogram(unit, kRecalibrated, account, window.months));
        }
      }
    }
    months.insert(own.begin(), own.end());
    if (recalibration.size() > 0) {
      score_members(units, window, std::string(kRecalibrated), account, members, [&](std::size_t k, double observed) {
        return weighted_crps(model[k], weights(model[k].size()), observed);
      });
    }
  }
}

void DeathScorer::keep_dyads() {
  std::erase_if(deaths_, [](const DeathUnits& units) { return units.is_by_place; });
}

void DeathScorer::score_given(const std::vector<Window>& windows, const std::string& account,
                              const GivenMembers& members) {
  for (DeathUnits& units : deaths_) {
    const DeathSeries& all = units.known();
    score_units(units, windows, account, [&](std::size_t unit, int month) {
      std::vector<double> own = members(units.with_harm, all.names[unit], month);
      std::sort(own.begin(), own.end());
      return own;
    });
    if (units.with_harm) {
      continue;
    }
    for (const Window& window : windows) {
      std::vector<std::vector<double>> over_window;
      for (const std::string& dyad : all.names) {
        std::vector<double>& sums = over_window.emplace_back();
        for (const int month : months_of(all, window)) {
          const std::vector<double> own = members(false, dyad, month);
          sums.resize(own.size(), 0);
          std::transform(own.begin(), own.end(), sums.begin(), sums.begin(), std::plus<>());
        }
      }
      // Shares are of all dyads of a side: with one that was not forecast nobody knows them.
      if (std::none_of(over_window.begin(), over_window.end(), [](const auto& own) { return own.empty(); })) {
        score_fights(window, std::string(kTruel), account, over_window);
      }
    }
  }
}

void DeathScorer::score_units(DeathUnits& units, const std::vector<Window>& windows, const std::string& account,
                              const std::function<std::vector<double>(std::size_t unit, int month)>& members_of) {
  const DeathSeries& all = units.known();
  for (const Window& window : windows) {
    std::vector<std::vector<double>> members;
    for (std::size_t u = 0; u < all.names.size(); ++u) {
      for (const int month : months_of(all, window)) {
        members.push_back(members_of(u, month));
      }
    }
    score_members(units, window, std::string(kTruel), account, members);
  }
}

void DeathScorer::score_fights(const Window& window, const std::string& model, const std::string& account,
                               const std::vector<std::vector<double>>& members) {
  const std::vector<Fight> fights = fights_of(dyads_);
  std::vector<std::vector<double>> counted;  // [count][fight]
  for (const DeathUnits& units : deaths_) {
    for (const DeathRecord& record : units.records) {
      if (!units.is_by_place) {
        counted.push_back(shares_of(fights, sums_of(record.series, months_of(record.series, window))));
      }
    }
  }
  const std::vector<double>& observed = counted.front();
  const auto [found, is_new] = fights_.emplace(std::pair(window.origin, window.until), out_.cases.size());
  if (is_new) {
    Case c{.window = window, .target = Target::fights, .unit = "enemy", .merged = with_merged_};
    for (std::size_t f = 0; f < fights.size(); ++f) {
      c.names.push_back(fights[f].side + " against " + fights[f].enemy);
      c.block.push_back(static_cast<int>(fights[f].dyad));
      c.counts.push_back(std::isfinite(observed[f]));
      c.has_changed.push_back(false);
    }
    out_.cases.push_back(std::move(c));
  }
  Losses fair = unscored(out_.cases, found->second, kFairCrps, model, account);
  Losses whole = unscored(out_.cases, found->second, kCrps, model, account);
  const std::vector<std::vector<double>> shares = member_shares(fights, members);
  for (std::size_t f = 0; f < fights.size(); ++f) {
    if (std::isfinite(observed[f]) && !shares[f].empty()) {
      fair.loss[f] = fair_crps(shares[f], observed[f]);
      whole.loss[f] = crps(shares[f], observed[f]);
    }
    if (model != kTruel) {
      continue;
    }
    FightRow row{.window = window, .account = account, .side = fights[f].side, .enemy = fights[f].enemy};
    row.record = observed[f];
    for (const std::vector<double>& share : counted) {
      row.record_low = std::fmin(row.record_low, share[f]);
      row.record_high = std::fmax(row.record_high, share[f]);
    }
    if (!shares[f].empty()) {
      row.median = quantile_of_sorted(shares[f], 0.5);
      row.low = quantile_of_sorted(shares[f], 0.05);
      row.high = quantile_of_sorted(shares[f], 0.95);
    }
    out_.fights.push_back(std::move(row));
  }
  out_.losses.push_back(std::move(fair));
  out_.losses.push_back(std::move(whole));
}

void DeathScorer::keep_dyads_by_run(const Window& window, const std::string& account, const DeathTally& tally) {
  const auto is_longer = [&](const Window& w) { return w.origin != window.origin || w.until > window.until; };
  if (std::any_of(out_.death_windows.begin(), out_.death_windows.end(), is_longer)) {
    return;  // of many origins it would be too much
  }
  const auto keep = [&](const std::string& whose, std::size_t dyad, const std::vector<std::vector<double>>& by_month) {
    for (std::size_t run = 0; !by_month.empty() && run < by_month.front().size(); ++run) {
      const auto& [side, enemy] = dyads_.sides()[dyad];
      DyadRow row{.window = window, .account = whose, .realization = run, .side = side, .enemy = enemy, .deaths = 0};
      for (const std::vector<double>& month : by_month) {
        row.deaths += month[run];
        row.months += month[run] >= 1 ? 1 : 0;
      }
      out_.dyads.push_back(std::move(row));
    }
  };
  const auto units = std::find_if(deaths_.begin(), deaths_.end(),
                                  [](const DeathUnits& each) { return !each.is_by_place && !each.with_harm; });
  const DeathSeries& record = units->known();
  const bool is_first = out_.dyads.empty();
  for (std::size_t d = 0; d < dyads_.size(); ++d) {
    std::vector<std::vector<double>> of_record, of_runs;
    for (const int month : months_of(record, window)) {
      of_record.push_back({record.deaths[d][at(month - record.first)]});
      of_runs.push_back(tally.sums(d, {month}));
    }
    if (is_first) {
      keep("", d, of_record);
    }
    keep(account, d, of_runs);
  }
}

}  // namespace truel::record
