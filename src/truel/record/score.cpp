#include "truel/record/score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <tuple>

#include "truel/base/month.hpp"
#include "truel/ensemble/parts.hpp"
#include "truel/record/control/baselines.hpp"
#include "truel/record/control/score_control.hpp"
#include "truel/record/deaths/deaths.hpp"
#include "truel/record/deaths/score_deaths.hpp"
#include "truel/record/forecast_war.hpp"
#include "truel/record/scores.hpp"
#include "truel/scenario/scenario.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::record {
namespace {

/// Weights of a blend that are tried.
constexpr int kBlendSteps = 100;

/// Forecasts of the model and of B2 in a window: what a blend is made of.
struct Blended {
  std::size_t in_case = 0;
  Window window;
  bool merged = false;
  std::string account;
  std::vector<double> model, hazard;
  double model_members = 0, hazard_members = 0;
};

/// The windows of one origin.
struct Asked {
  std::vector<Window> control, deaths;
  std::vector<ControlSpell> later;  ///< control_on of the origin
};

std::map<Day, Asked> asked_by_origin(const Scores& scores) {
  std::map<Day, Asked> asked;
  for (const Window& window : scores.control_windows) {
    asked[window.origin].control.push_back(window);
  }
  for (const Window& window : scores.death_windows) {
    asked[window.origin].deaths.push_back(window);
  }
  for (auto& [origin, windows] : asked) {
    windows.later = control_on(scores.war, scores.observations, origin);
  }
  return asked;
}

/// One war of a score: the model, and the days of it whose holders are looked at.
struct Forecast {
  CompiledModel model;
  ensemble::EnsembleOptions options;
  std::vector<std::size_t> days;  ///< ascending
  std::size_t n_days = 0;         ///< that a run stores

  /// Position among `days` of a day of the run, which is one of them.
  std::size_t position(std::size_t day) const {
    return static_cast<std::size_t>(std::lower_bound(days.begin(), days.end(), day) - days.begin());
  }

  /// Leaves of a run the status, the deaths of months, and the holders [place][day of `days`].
  std::function<void(solver::Run&)> reduction() const {
    return [days = days, n_days = n_days](solver::Run& run) {
      std::vector<std::int8_t> control;
      control.reserve(run.control.size() / n_days * days.size());
      for (std::size_t from = 0; from < run.control.size(); from += n_days) {
        for (const std::size_t day : days) {
          control.push_back(run.control[from + day]);
        }
      }
      run.control = std::move(control);
      for (std::vector<float>* series : {&run.fighters, &run.value_share, &run.dyad_losses, &run.settlement_series,
                                         &run.alignment, &run.months.changes}) {
        series->clear();
      }
      for (std::vector<double>* numbers :
           {&run.losses, &run.effort, &run.attacks, &run.support, &run.draws, &run.settlement, &run.war_outcome}) {
        numbers->clear();
      }
      run.plans.clear();
    };
  }
};

/// How the wars of a score are run.
ensemble::EnsembleOptions ensemble_options(const ScoreOptions& options) {
  ensemble::EnsembleOptions ensemble;
  ensemble.solve.solver = options.solver;
  ensemble.solve.seed = options.seed;
  ensemble.solve.steps_per_day = options.steps_per_day;
  ensemble.solve.every_days = 1;  // any day may end a window
  ensemble.runs = options.runs;
  ensemble.threads = options.threads;
  ensemble.stop = options.stop;
  return ensemble;
}

/// The war of the windows of one origin under an account.
Result<Forecast> forecast_of(const ScoreOptions& options, const Asked& asked, const std::string& account) {
  const Day origin = (asked.control.empty() ? asked.deaths : asked.control).front().origin;
  Day until = origin;
  for (const Window& window : asked.control) {
    until = std::max(until, window.until);
  }
  for (const Window& window : asked.deaths) {
    until = std::max(until, window.until + 1);  // the morning after the last day
  }
  const auto war = forecast_war(options.package, account, options.settings, origin, until, options.told, asked.later);
  if (!war) {
    return war.error();
  }
  auto model = compile(std::make_shared<const War>(*war));
  if (!model) {
    return model.error();
  }
  Forecast forecast{std::move(*model), ensemble_options(options), {}, 0};
  forecast.n_days = solver::stored_days(forecast.model, forecast.options.solve).size();
  for (const Window& window : asked.control) {
    forecast.days.push_back(static_cast<std::size_t>(window.until - origin));
    for (const Day day : month_bounds(window)) {
      forecast.days.push_back(static_cast<std::size_t>(day - origin));
    }
  }
  std::sort(forecast.days.begin(), forecast.days.end());
  forecast.days.erase(std::unique(forecast.days.begin(), forecast.days.end()), forecast.days.end());
  return forecast;
}

class Scorer {
 public:
  Scorer(const ScoreOptions& options, const Rules& rules, Scores& out)
      : options_(options), out_(out), dyads_(out.war, out.observations, rules), reach_(places_within_reach(out.war)) {
    const auto add_deaths = [&](bool is_by_place, bool with_harm, const std::vector<DeathCount>& counts) {
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
      add_deaths(is_by_place, false, {DeathCount::fighters});
      add_deaths(is_by_place, true, {DeathCount::best, DeathCount::low, DeathCount::high});
    }
    count_left_out(out.war, dyads_, out_.observations);
    for (const DeathUnits& units : deaths_) {
      const std::size_t n = units.known().left_out;
      if (n == 0 || units.with_harm) {
        continue;
      }
      const char* unit = units.is_by_place ? "place" : "dyad";
      out_.remarks.push_back(
          is_without_record(units)
              ? fmt::format(
                    "no event of the record is of a {0} that could be scored: deaths by {0} are not; `truel check "
                    "--observed` says why",
                    unit)
              : fmt::format(
                    "{} of {} events of the record are of no {} that is scored: `truel check --observed` says why", n,
                    out_.observations.events.size(), unit));
    }
    // A record that knows none of them would hold every forecast against nobody's death.
    std::erase_if(deaths_, [&](const DeathUnits& units) { return is_without_record(units); });
    const Sides& sides = out.observations.sides;
    std::vector<int> apart(at(sides.size()));
    for (std::size_t k = 0; k < apart.size(); ++k) {
      apart[k] = static_cast<int>(k);
    }
    const std::vector<int> together = merge(sides, rules);
    merges_.push_back({false, apart, out.observations.control});
    if (together != apart) {
      merges_.push_back({true, together, out.observations.control.merged(together)});
    }
  }

  Diagnostics run() {
    const std::map<Day, Asked> by_origin = asked_by_origin(out_);
    wanted_ = by_origin.size() * options_.accounts.size() * options_.runs;
    begin_ = std::chrono::steady_clock::now();
    for (const auto& [origin, asked] : by_origin) {
      if (!asked.control.empty()) {
        score_control_baselines(asked.control);
      }
      score_death_baselines(asked.deaths);
      for (const std::string& account : options_.accounts) {
        if (Diagnostics faults = score_model(asked, account); !faults.empty()) {
          return faults;
        }
        if (out_.was_interrupted) {
          return {};
        }
      }
    }
    score_blends();
    const auto of_control = std::count_if(by_origin.begin(), by_origin.end(),
                                          [](const auto& asked) { return !asked.second.control.empty(); });
    if (!without_deaths_.empty()) {
      out_.remarks.push_back(fmt::format(
          "spatial-hazard-deaths has no data at {} of {} origins, of which the last is {}: no unbroken record "
          "of deaths reaches far enough back from them",
          without_deaths_.size(), of_control, format_date(without_deaths_.back())));
    }
    return {};
  }

 private:
  struct Merge {
    bool merged = false;
    std::vector<int> counts_as;
    ControlRecord record;

    std::size_t holders() const { return std::set<int>(counts_as.begin(), counts_as.end()).size(); }
  };

  /// A record that forecasts of deaths are held against.
  struct DeathRecord {
    std::string unit;
    DeathSeries series;
    std::map<std::pair<Day, Day>, std::size_t> cases;  ///< by first and last day of the window
  };

  /// Units by which deaths are counted, and the records that the same forecasts are held against: first that which
  /// baselines know.
  struct DeathUnits {
    bool is_by_place = false, with_harm = false;
    std::vector<DeathRecord> records;

    const DeathSeries& known() const { return records.front().series; }
  };

  bool is_without_record(const DeathUnits& units) const {
    return units.known().left_out == out_.observations.events.size();
  }

  /// What the name of a unit ends in.
  static std::string_view suffix_of(DeathCount count) {
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

  static std::size_t month_index(const Window& w) { return static_cast<std::size_t>(w.months); }

  /// Cases of a window: with and without spells of which the record is unsure.
  void score_places(const Window& window, const Merge& merge, const PlaceForecast& forecast) {
    for (const bool with_low : {true, false}) {
      const std::size_t c = case_of(window, merge, with_low);
      std::vector<Losses> losses;
      score_control(reach_, merge.record, out_.cases, c, forecast, merge.holders(), options_.runs, losses);
      for (Losses& l : losses) {
        if (with_low || l.score == "brier") {
          out_.losses.push_back(std::move(l));
        }
      }
    }
  }

  std::size_t case_of(const Window& window, const Merge& merge, bool with_low) {
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

  Compared count(const Window& window, const Merge& merge, const Case& c) const {
    Compared result{.window = window, .merged = merge.merged};
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

  void score_control_baselines(const std::vector<Window>& windows) {
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
      }
      past.months = months;
      past.seed = options_.seed;
      const ControlForecast smoothed = smoothed_persistence(past);
      const auto add = [&](const char* name, const ControlForecast& f, bool is_smoothed) {
        for (const Window& window : windows) {
          PlaceForecast forecast{.model = name, .p = f.p[month_index(window)], .members = f.members};
          if (is_smoothed) {
            forecast.sure = smoothed.p[month_index(window)];
          }
          score_places(window, merge, forecast);
          // Who says that nothing changes hands is scored, where certainty is punished, by the share that did before.
          const ControlForecast& sure = is_smoothed ? smoothed : f;
          score_hazard(window, merge, name, "", sure.change, sure.members);
        }
      };
      add("persistence", persistence(past), true);
      add("pair-rates", pair_rates(past), false);
      add("contact", contact(past), false);
      const ControlForecast hazard = spatial_hazard(past);
      add("spatial-hazard", hazard, false);
      if (has_deaths(past)) {
        add("spatial-hazard-deaths", spatial_hazard_with_deaths(past), false);
      } else if (&merge == &merges_.front()) {
        without_deaths_.push_back(past.origin);
      }
      for (const Window& window : windows) {
        hazards_[{window.origin, window.until, merge.merged}] = {hazard.p[month_index(window)], hazard.members};
      }
    }
  }

  /// The day since which the record of deaths has no gap up to an origin; nothing where it lacks the month before.
  std::optional<Day> unbroken_deaths_before(Day origin) const {
    const std::set<int>& covered = out_.observations.covered_months;
    int month = month_of(origin - 1) + 1;
    while (covered.contains(month - 1)) {
      --month;
    }
    return month <= month_of(origin - 1) ? std::optional(first_day(month)) : std::nullopt;
  }

  std::size_t death_case_of(DeathRecord& record, const Window& window) {
    const auto [found, is_new] = record.cases.emplace(std::pair(window.origin, window.until), out_.cases.size());
    if (is_new) {
      out_.cases.push_back(death_case(record.series, record.unit, window, merges_.size() > 1));
    }
    return found->second;
  }

  /// Scores members [unit and month] in every record of these units.
  void score_members(DeathUnits& units, const Window& window, const std::string& model, const std::string& account,
                     const std::vector<std::vector<double>>& members) {
    for (DeathRecord& record : units.records) {
      score_deaths(record.series, out_.cases, death_case_of(record, window), model, account, members, options_.runs,
                   out_.losses);
    }
  }

  void score_death_baselines(const std::vector<Window>& windows) {
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
      }
    }
  }

  std::size_t change_case_of(const Window& window, const Merge& merge) {
    const auto [found, is_new] =
        change_index_.emplace(std::tuple(window.origin, window.until, merge.merged), out_.cases.size());
    if (is_new) {
      out_.cases.push_back(change_case(out_.war, merge.record, window, merge.merged));
    }
    return found->second;
  }

  void score_hazard(const Window& window, const Merge& merge, const std::string& model, const std::string& account,
                    const std::vector<std::vector<double>>& change, double members) {
    const std::size_t months = month_bounds(window).size() - 1;
    if (months > 0 && change.size() >= months) {
      score_changes(out_.cases, change_case_of(window, merge), model, account, change, members, options_.runs,
                    out_.losses);
    }
  }

  Diagnostics score_model(const Asked& asked, const std::string& account) {
    const std::vector<Window>& windows = asked.control;
    const Day origin = (windows.empty() ? asked.deaths : windows).front().origin;
    const auto forecast = forecast_of(options_, asked, account);
    if (!forecast) {
      return forecast.error();
    }
    const CompiledModel& model = forecast->model;
    ensemble::EnsembleOptions ensemble = forecast->options;
    const ensemble::Source source{forecast->reduction(), options_.made, made_first_};
    made_first_ += options_.runs;
    const std::size_t done_before = done_;
    ensemble.progress = [&](const ensemble::Progress& p) {
      done_ = done_before + p.done;
      ensemble::tell(options_.progress, begin_, done_, wanted_);
    };
    std::vector<std::size_t> times;
    for (const Window& window : windows) {
      times.push_back(forecast->position(static_cast<std::size_t>(window.until - origin)));
    }
    const std::size_t n_times = forecast->days.size();
    ControlTally tally(out_.observations.sides, out_.war.places.size(), times, n_times);
    std::vector<std::vector<ChangeTally>> changes;  // [window][merge]
    for (const Window& window : windows) {
      std::vector<std::size_t> bounds;
      for (const Day day : month_bounds(window)) {
        bounds.push_back(forecast->position(static_cast<std::size_t>(day - origin)));
      }
      std::vector<ChangeTally>& own = changes.emplace_back();
      for (const Merge& merge : merges_) {
        own.emplace_back(out_.observations.sides, merge.counts_as, out_.war.places.size(), bounds, n_times);
      }
    }
    std::vector<DeathTally> deaths;
    for (const DeathUnits& units : deaths_) {
      deaths.emplace_back(model,
                          units.is_by_place ? deaths_of_places(unit_of_place_, units.with_harm)
                                            : deaths_of_dyads(model, dyads_, units.with_harm),
                          units.known().names.size());
    }
    ensemble::visit(model, ensemble, source, [&](const solver::Run& run) {
      tally.add(run);
      for (std::vector<ChangeTally>& own : changes) {
        for (ChangeTally& change : own) {
          change.add(run);
        }
      }
      for (std::size_t k = 0; k < deaths.size() && !asked.deaths.empty(); ++k) {
        deaths[k].add(run);
      }
    });
    out_.failed_runs += tally.failed();
    if (options_.stop != nullptr && options_.stop->load()) {
      out_.was_interrupted = true;
      return {};
    }
    for (std::size_t k = 0; k < deaths.size(); ++k) {
      score_model_deaths(deaths_[k], asked.deaths, account, deaths[k]);
    }
    for (std::size_t w = 0; w < windows.size(); ++w) {
      const std::vector<double> shares = tally.shares(w);
      for (std::size_t m = 0; m < merges_.size(); ++m) {
        const Merge& merge = merges_[m];
        const std::string name = account.empty() ? "base" : account;
        std::vector<std::vector<double>> change;
        for (std::size_t month = 0; month + 1 < month_bounds(windows[w]).size(); ++month) {
          change.push_back(changes[w][m].shares(month));
        }
        score_hazard(windows[w], merge, "truel", name, change, changes[w][m].members());
        PlaceForecast places{
            .model = "truel", .account = name, .p = merged_shares(shares, merge.counts_as), .members = tally.members()};
        score_places(windows[w], merge, places);
        if (!merge.merged) {
          note_held(case_of(windows[w], merge, true), merge.record, name, places.p);
        }
        const auto& hazard = hazards_.at({windows[w].origin, windows[w].until, merge.merged});
        blended_.push_back({case_of(windows[w], merge, true), windows[w], merge.merged, name, places.p, hazard.first,
                            places.members, hazard.second});
      }
    }
    return {};
  }

  void note_held(std::size_t in_case, const ControlRecord& record, const std::string& account,
                 const std::vector<double>& p) {
    HeldPlaces held{.in_case = in_case, .account = account, .p = p};
    const Window& window = out_.cases[in_case].window;
    for (PlaceIndex place = 0; place < static_cast<PlaceIndex>(out_.war.places.size()); ++place) {
      held.before.push_back(record.holder(place, window.origin));
      held.observed.push_back(record.holder(place, window.until));
    }
    out_.held.push_back(std::move(held));
  }

  void score_model_deaths(DeathUnits& units, const std::vector<Window>& windows, const std::string& account,
                          const DeathTally& deaths) {
    const DeathSeries& all = units.known();
    for (const Window& window : windows) {
      std::vector<std::vector<double>> members;
      for (std::size_t u = 0; u < all.names.size(); ++u) {
        for (const int month : months_of(all, window)) {
          members.push_back(deaths.members(u, month));
        }
      }
      score_members(units, window, "truel", account.empty() ? "base" : account, members);
    }
  }

  /// Fair Brier scores of the mixture at the places of its case, and what is taken off.
  PlaceForecast blend(const Blended& b, double weight) const {
    PlaceForecast forecast{.model = "blend", .account = b.account, .p = b.model};
    const auto n = at(out_.observations.sides.size());
    for (std::size_t k = 0; k < forecast.p.size(); ++k) {
      forecast.p[k] = weight * b.model[k] + (1 - weight) * b.hazard[k];
    }
    for (std::size_t p = 0; p < forecast.p.size() / n; ++p) {
      forecast.excess.push_back(weight * weight * brier_excess(std::span(b.model).subspan(p * n, n), b.model_members) +
                                (1 - weight) * (1 - weight) *
                                    brier_excess(std::span(b.hazard).subspan(p * n, n), b.hazard_members));
    }
    return forecast;
  }

  double blend_loss(const Blended& b, double weight) const {
    const PlaceForecast forecast = blend(b, weight);
    const Case& c = out_.cases[b.in_case];
    const auto n = at(out_.observations.sides.size());
    const ControlRecord& record = merges_[b.merged ? 1 : 0].record;
    double sum = 0;
    for (std::size_t p = 0; p < c.counts.size(); ++p) {
      if (c.counts[p]) {
        sum += brier(std::span(forecast.p).subspan(p * n, n),
                     at(record.holder(static_cast<PlaceIndex>(p), b.window.until))) -
               forecast.excess[p];
      }
    }
    return sum;
  }

  void score_blends() {
    for (const Blended& b : blended_) {
      std::vector<double> loss(kBlendSteps + 1, 0);
      std::size_t n = 0;
      for (const Blended& earlier : blended_) {
        if (earlier.account == b.account && earlier.merged == b.merged && earlier.window.months == b.window.months &&
            earlier.window.until < b.window.origin) {
          ++n;
          for (std::size_t k = 0; k < loss.size(); ++k) {
            loss[k] += blend_loss(earlier, static_cast<double>(k) / kBlendSteps);
          }
        }
      }
      if (n == 0) {
        continue;  // nothing had ended yet that a weight could be learnt from
      }
      const double weight =
          static_cast<double>(std::min_element(loss.begin(), loss.end()) - loss.begin()) / kBlendSteps;
      out_.blends.push_back({b.window, b.merged, b.account, weight, n});
      score_places(b.window, merges_[b.merged ? 1 : 0], blend(b, weight));
    }
  }

  const ScoreOptions& options_;
  Scores& out_;
  Dyads dyads_;
  std::vector<DeathUnits> deaths_;
  std::vector<int> unit_of_place_;  ///< [place] of deaths
  Reach reach_;
  std::vector<Merge> merges_;
  std::map<std::tuple<Day, Day, bool, bool>, std::size_t> case_index_;
  std::map<std::tuple<Day, Day, bool>, std::size_t> change_index_;
  std::map<std::tuple<Day, Day, bool>, std::pair<std::vector<double>, double>> hazards_;
  std::vector<Blended> blended_;
  std::vector<Day> without_deaths_;  ///< origins at which a baseline that knows deaths has none
  std::size_t done_ = 0, wanted_ = 0;
  std::uint32_t made_first_ = 0;  ///< of ScoreOptions::made, the first realization of the next war
  std::chrono::steady_clock::time_point begin_;
};

/// The windows that are asked for, as far as package and record allow; what they do not allow becomes a remark.
void set_windows(const ScoreOptions& options, Scores& out) {
  const auto [earliest, latest] = first_days_possible(out.war, out.observations);
  const Observations& o = out.observations;
  const bool has_control = o.control_to >= o.control_from;
  const bool has_events = !o.covered_months.empty();
  const auto has_no_month = [&](const Window& w) {
    return std::none_of(o.covered_months.begin(), o.covered_months.end(),
                        [&](int month) { return is_whole_in(w, month); });
  };
  const Day asked_last = options.until.value_or(has_control ? o.control_to : o.events_to);
  const auto end = [&](bool is_there, Day last, const char* what) {
    if (is_there && asked_last > last) {
      out.remarks.push_back(
          fmt::format("the record of {} ends on {}: windows of it end there", what, format_date(last)));
    }
    return std::min(asked_last, last);
  };
  const Day control_end = end(has_control, o.control_to, "control");
  const Day events_end = end(has_events, o.events_to, "deaths");
  if (const std::string gaps = o.gaps(); !gaps.empty()) {
    out.remarks.push_back(fmt::format(
        "no file of events covers {}: deaths of these months are not scored, and no baseline knows them", gaps));
  }
  if (options.quarterly) {
    const Day first = std::max(options.from.value_or(add_months(earliest, kLearningMonths)), earliest);
    if (has_control) {
      out.control_windows = quarterly_windows(first, control_end);
    }
    if (has_events) {
      out.death_windows = quarterly_windows(std::max(first, o.events_from), events_end);
    }
    for (std::vector<Window>* windows : {&out.control_windows, &out.death_windows}) {
      std::erase_if(*windows, [&, latest = latest](const Window& w) { return w.origin > latest + 1; });
      for (Window& window : *windows) {
        window.origin = std::min(window.origin, latest);  // what is known the day before is what is known that morning
      }
    }
    std::erase_if(out.death_windows, has_no_month);
    return;
  }
  const Day from = options.from.value_or(out.war.start);
  const Day origin = std::clamp(from, earliest, latest);
  if (origin != from) {
    out.remarks.push_back(fmt::format("neither control.csv of the package nor the record reaches {}: runs begin on {}",
                                      format_date(from), format_date(origin)));
  }
  if (has_control && control_end > origin && control_end >= from) {
    out.control_windows = {{origin, from, control_end, months_between(origin, control_end)}};
  }
  const Window deaths{origin, from, events_end, months_between(origin, events_end)};
  if (!has_no_month(deaths)) {
    out.death_windows = {deaths};
  }
}

/// Nothing is scored on what it was fitted on: names the accounts whose numbers know a day that is asked for, or leaves
/// them out where all accounts were asked for.
Diagnostics keep_to_fits(ScoreOptions& options, Scores& out) {
  Day first = std::numeric_limits<Day>::max();
  for (const std::vector<Window>* windows : {&out.control_windows, &out.death_windows}) {
    for (const Window& window : *windows) {
      first = std::min(first, window.from);
    }
  }
  Diagnostics faults;
  for (const Account& account : out.war.accounts) {
    const auto asked = std::find(options.accounts.begin(), options.accounts.end(), account.id);
    if (asked == options.accounts.end() || !account.fitted_until || *account.fitted_until < first) {
      continue;
    }
    const std::string what = fmt::format("is fitted to the record until {}, and a window begins on {}",
                                         format_date(*account.fitted_until), format_date(first));
    if (options.leaves_out_fitted) {
      out.remarks.push_back(fmt::format("the account {} {}: it is left out", account.id, what));
      options.accounts.erase(asked);
    } else {
      faults.push_back({{"--account " + account.id},
                        what,
                        fmt::format("give --from {} or later", format_date(*account.fitted_until + 1))});
    }
  }
  return faults;
}

/// What a score begins with, when all has been read.
struct Begun {
  ScoreOptions options;  ///< with the accounts that may be scored
  Rules rules;
  Scores scores;
};

Result<Begun> begin(const ScoreOptions& options) {
  if (options.from && options.until && *options.from > *options.until) {
    return Diagnostic{
        {},
        fmt::format("--from {} is after --until {}", format_date(*options.from), format_date(*options.until)),
        "give the earlier day as --from"};
  }
  auto war = scenario::read(options.package);
  if (!war) {
    return war.error();
  }
  auto rules = read_rules(options.package);
  if (!rules) {
    return rules.error();
  }
  auto observations = read_observations(*war, *rules, options.observed);
  if (!observations) {
    return observations.error();
  }
  Begun begun{options, std::move(*rules), Scores{.war = std::move(*war), .observations = std::move(*observations)}};
  Scores& out = begun.scores;
  set_windows(options, out);
  if (out.control_windows.empty() && out.death_windows.empty()) {
    const ControlRecord& record = out.observations.control;
    return Diagnostic{
        {options.observed.string()},
        "no window that package and record allow",
        fmt::format("the record has control from {} to {}, and with control.csv of the package it lets forecasts begin "
                    "by {}; give --from and --until within both",
                    format_date(record.first()), format_date(record.last()),
                    format_date(first_days_possible(out.war, out.observations).second + 1))};
  }
  const Day known = days_of_control(out.war).second;
  for (const std::vector<Window>* windows : {&out.control_windows, &out.death_windows}) {
    if (std::any_of(windows->begin(), windows->end(), [&](const Window& w) { return w.origin > known; })) {
      out.remarks.push_back(
          fmt::format("control.csv of the package ends on {}: forecasts from later days begin with who holds what by "
                      "the record and with the package's strengths",
                      format_date(known)));
      break;
    }
  }
  if (Diagnostics faults = keep_to_fits(begun.options, out); !faults.empty()) {
    return faults;
  }
  return begun;
}

}  // namespace

Result<Scores> score(const ScoreOptions& options) {
  auto begun = begin(options);
  if (!begun) {
    return begun.error();
  }
  Scores& out = begun->scores;
  Scorer scorer(begun->options, begun->rules, out);
  if (Diagnostics faults = scorer.run(); !faults.empty()) {
    return faults;
  }
  out.rows = summarise(out.cases, out.losses, {.seed = options.seed});
  out.reliabilities = reliability(out.cases, out.losses, options.seed);
  return std::move(out);
}

Result<ScoreWork> work_of_score(const ScoreOptions& options) {
  auto begun = begin(options);
  if (!begun) {
    return begun.error();
  }
  const std::map<Day, Asked> by_origin = asked_by_origin(begun->scores);
  std::vector<std::pair<Asked, std::string>> wars;  // in the order in which a Scorer goes through them
  ScoreWork result;
  result.files = begun->scores.war.sha256;
  for (const auto& [origin, asked] : by_origin) {
    for (const std::vector<Window>* windows : {&asked.control, &asked.deaths}) {
      for (const Window& window : *windows) {
        result.files += fmt::format(" {}..{}", format_date(window.origin), format_date(window.until));
      }
    }
    result.files += text_of(asked.later);
    for (const std::string& account : begun->options.accounts) {
      wars.emplace_back(asked, account);
    }
  }
  for (std::size_t k = 0; k < begun->options.accounts.size() && k < wars.size(); ++k) {
    if (const auto first = forecast_of(begun->options, wars[k].first, wars[k].second); !first) {
      return first.error();
    }
  }
  const std::size_t n = wars.size();
  if (std::uint64_t{options.runs} * n > std::numeric_limits<std::uint32_t>::max()) {
    return Diagnostic{{}, "more realizations than a shard can number", "give fewer --runs"};
  }
  const auto member = [options = begun->options, wars = std::move(wars),
                       now = std::shared_ptr<Forecast>()](std::size_t k) mutable {
    auto forecast = forecast_of(options, wars[k].first, wars[k].second);
    if (!forecast) {
      throw std::runtime_error(to_string(forecast.error().front()));
    }
    now = std::make_shared<Forecast>(std::move(*forecast));
    return ensemble::Member{&now->model, now->reduction()};
  };
  result.work = ensemble::work_of(n, member, ensemble_options(options));
  return result;
}

}  // namespace truel::record
