#include "truel/output/fit/control_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "truel/base/choice.hpp"
#include "truel/base/date.hpp"
#include "truel/base/index.hpp"
#include "truel/output/json.hpp"
#include "truel/output/tables/table.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/record/control/baselines.hpp"

namespace truel::output {
namespace {

using record::fit::Conflict;
using record::fit::ControlFit;
using record::fit::CourseSpread;
using record::fit::FitTarget;
using record::fit::FittedNumber;
using record::fit::Prediction;
using record::fit::PredictiveCheck;
using record::fit::Spread;
using record::fit::Tempering;
using record::fit::WindowFit;

/// A number of changes beyond so many standard deviations of the prior is told.
constexpr double kConflict = 2;
constexpr std::size_t kMostConflicts = 8;
constexpr std::size_t kMostNumbers = 20;

const std::string& path_of(const ControlFit& fit, const FittedNumber& number) {
  return fit.war.parameters[at(number.parameter)].path;
}

bool has_deaths(const ControlFit& fit) {
  return std::any_of(fit.windows.begin(), fit.windows.end(), [](const WindowFit& w) { return w.cells > 0; });
}

std::string window_name(const record::Window& window) {
  return fmt::format("{}, {} months", format_date(window.origin), window.months);
}

Json json_of(const Spread& s) {
  return {{"mean", number(s.mean)},
          {"sd", number(s.sd)},
          {"q05", number(s.q05)},
          {"q50", number(s.q50)},
          {"q95", number(s.q95)}};
}

Json json_of(const PredictiveCheck& check, bool is_fitted) {
  const auto said = [](const Prediction& p) {
    return Json{{"mean", number(p.said.mean)},
                {"q05", number(p.said.low)},
                {"q95", number(p.said.high)},
                {"below", number(p.below)}};
  };
  return {{"observed", number(check.observed)},
          {"prior", said(check.prior)},
          {"fitted", is_fitted ? said(check.fitted) : Json(nullptr)}};
}

Json json_of_deaths(const WindowFit& w) {
  return {{"dyad_months", w.cells},
          {"prior", number(w.deaths_prior)},
          {"reweighted", number(w.deaths_reweighted)},
          {"fitted", number(w.deaths_fitted)},
          {"held_back", number(w.deaths_held_back)}};
}

Json json_of(const CourseSpread& m) {
  return {{"mean", number(m.mean)}, {"q05", number(m.low)}, {"q95", number(m.high)}};
}

/// Mean over units of windows with this horizon; NaN where none has the score.
template <class Score>
double pooled(const ControlFit& fit, int months, std::size_t WindowFit::*units, const Score& score) {
  double sum = 0;
  double all = 0;
  for (const WindowFit& window : fit.windows) {
    if (window.window.months == months && !std::isnan(score(window))) {
      sum += score(window) * static_cast<double>(window.*units);
      all += static_cast<double>(window.*units);
    }
  }
  return sum / all;
}

std::string told(double x) {
  return std::isnan(x) ? "-" : fmt::format("{:.3f}", x);
}

/// The scores of one target in WindowFit.
struct TargetScores {
  std::string what;
  std::size_t WindowFit::*units;
  double WindowFit::*persistence;  ///< null: it has none
  double WindowFit::*prior;
  double WindowFit::*fitted;
  double WindowFit::*reweighted;
  double WindowFit::*held_back;
};

void add_scores(TextTable& sheet, const ControlFit& fit, const TargetScores& scored) {
  std::map<int, std::size_t> horizons;
  for (const WindowFit& window : fit.windows) {
    if (window.*scored.units > 0) {
      ++horizons[window.window.months];
    }
  }
  using Horizon = std::pair<int, std::size_t>;  // months, windows
  using Column = TextTable::Of<Horizon>;
  const auto of = [&](std::string_view head, double WindowFit::*score, int cost = 0) {
    return Column{std::string(head),
                  [&, score](const Horizon& h) {
                    return told(pooled(fit, h.first, scored.units, [&](const WindowFit& w) { return w.*score; }));
                  },
                  cost};
  };
  std::vector<Column> columns = {{scored.what, [](auto& h) { return fmt::format("{} months", h.first); }},
                                 {"windows", [](auto& h) { return fmt::format("{}", h.second); }}};
  if (scored.persistence != nullptr) {
    columns.push_back(of(record::kPersistence, scored.persistence, 1));
  }
  columns.push_back(of("prior", scored.prior));
  columns.push_back(of("fitted", scored.fitted));
  if (!fit.tried.empty()) {  // the smoother has no weights
    columns.push_back(of("reweighted", scored.reweighted, 2));
    columns.push_back({"prior, later", [&](const Horizon& h) {
                         return told(pooled(fit, h.first, scored.units, [&](const WindowFit& w) {
                           return std::isnan(w.*scored.held_back) ? w.*scored.held_back : w.*scored.prior;
                         }));
                       }});
    columns.push_back(of("learnt before", scored.held_back));
  }
  sheet.table({horizons.begin(), horizons.end()}, columns);
}

void add_scores(TextTable& sheet, const ControlFit& fit) {
  add_scores(sheet, fit,
             {"Brier score of a place", &WindowFit::places, &WindowFit::persistence, &WindowFit::prior,
              &WindowFit::fitted, &WindowFit::reweighted, &WindowFit::held_back});
  if (has_deaths(fit)) {
    sheet.blank();
    add_scores(sheet, fit,
               {"CRPS of log(1 + deaths) of a dyad and month", &WindowFit::cells, nullptr, &WindowFit::deaths_prior,
                &WindowFit::deaths_fitted, &WindowFit::deaths_reweighted, &WindowFit::deaths_held_back});
  }
  sheet.text(fit.tried.empty()
                 ? "In sample: no proof."
                 : "All but the last two columns are in sample: no proof. The last two compare, on windows that begin "
                   "after others have ended, the prior with what those others teach; the strength was chosen on them.");
}

/// What the runs say of the course of windows, beside the record: means over windows of one horizon.
void add_checks(TextTable& sheet, const ControlFit& fit) {
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {{"changes", "places that changed hands"},
                                                                      {"first_month_changes", "in the first month"},
                                                                      {"spell_days", "days until a place was lost"},
                                                                      {"deaths", "deaths of fighters"}};
  std::map<int, std::vector<const WindowFit*>> horizons;
  for (const WindowFit& window : fit.windows) {
    horizons[window.window.months].push_back(&window);
  }
  TextTable::Column names{"runs against what was observed", {}, 0};
  std::vector<TextTable::Column> columns{{"observed", {}, 0}, {"prior", {}, 0}, {"below", {}, 0},  {"in 90 %", {}, 1},
                                         {"fitted", {}, 0},   {"below", {}, 0}, {"in 90 %", {}, 2}};
  for (const auto& [months, windows] : horizons) {
    for (std::size_t k = 0; k < std::size(kWords); ++k) {
      double observed = 0;
      double n = 0;
      double mean[2] = {0, 0};
      double below[2] = {0, 0};
      int inside[2] = {0, 0};
      for (const WindowFit* window : windows) {
        if (k >= window->checks.size()) {
          continue;  // no record of deaths
        }
        const PredictiveCheck& check = window->checks[k];
        const Prediction* said[] = {&check.prior, &check.fitted};
        if (std::isnan(check.prior.below) || (fit.draws && std::isnan(check.fitted.below))) {
          continue;
        }
        n += 1;
        observed += check.observed;
        for (int who = 0; who < 2; ++who) {
          mean[who] += said[who]->said.mean;
          below[who] += said[who]->below;
          inside[who] += check.observed >= said[who]->said.low && check.observed <= said[who]->said.high ? 1 : 0;
        }
      }
      if (n == 0) {
        continue;
      }
      names.cells.push_back(fmt::format("{} months, {}", months, kWords[k].second));
      columns[0].cells.push_back(fmt::format("{:.1f}", observed / n));
      for (std::size_t who = 0; who < 2; ++who) {
        const bool is_there = who == 0 || fit.draws;
        columns[1 + 3 * who].cells.push_back(is_there ? fmt::format("{:.1f}", mean[who] / n) : "-");
        columns[2 + 3 * who].cells.push_back(is_there ? fmt::format("{:.2f}", below[who] / n) : "-");
        columns[3 + 3 * who].cells.push_back(is_there ? fmt::format("{} of {:.0f}", inside[who], n) : "-");
      }
    }
  }
  sheet.table(names, columns);
  sheet.text(
      "Means over windows. Below: share of the runs that lie below the observed value, 0.5 where it lies in their "
      "middle. In "
      "90 %: windows whose observed value lies between the 5 % and 95 % quantiles of the runs.");
}

void add_words_on_numbers(TextTable& sheet, const ControlFit& fit) {
  if (fit.tried.empty()) {
    const auto moved = std::count_if(fit.numbers.begin(), fit.numbers.end(), [](const auto& n) { return n.is_kept; });
    sheet.text(fmt::format(
        "Those of the {} numbers moved that went farthest. In brackets: Monte Carlo error of the shift.", moved));
    return;
  }
  sheet.text(
      fmt::format("Numbers that move the score more than {} random ones do; all others stay at the prior. In "
                  "brackets: Monte Carlo error of the shift.",
                  fit.dummies));
  double coverage = 0;
  double n_kept = 0;
  for (const FittedNumber& n : fit.numbers) {
    coverage += n.is_kept ? n.coverage : 0;
    n_kept += n.is_kept ? 1 : 0;
  }
  sheet.text(fmt::format(
      "Fitted to {} simulated wars, runs of the prior sample itself, the 90 % intervals have the true value in "
      "{:.0f} % of them.",
      fit.made_up, 100 * coverage / n_kept));
}

void add_strength(TextTable& sheet, const ControlFit& fit) {
  const Tempering& chosen = fit.tried[fit.chosen];
  sheet.text(fmt::format(
      "{} draws of {} uncertain parameters, {} runs, {} windows{}. Strength {:.4g}{}: effective size {:.0f}. "
      "Of {} windows held back the number of changes lies in the 90 % interval in {}.",
      fit.weights.size(), fit.numbers.size(), fit.runs, fit.windows.size(),
      fit.merged ? ", sides that the data cannot keep apart as one" : "", chosen.w,
      fit.target == FitTarget::control  ? ""
      : fit.target == FitTarget::deaths ? " on deaths alone"
                                        : " on control and deaths",
      chosen.effective, chosen.windows, chosen.covered));
  if (!fit.tempering.empty()) {
    std::string powers;
    for (const record::fit::TemperedStep& step : fit.tempering) {
      powers += fmt::format("{}{:.2g} ({:.0f} %)", powers.empty() ? "" : ", ", step.power, 100 * step.acceptance);
    }
    sheet.text(fmt::format("{} particles moved to powers (of the moves, taken) {}.", fit.draws->rows(), powers));
  }
}

}  // namespace

std::string control_fit_table(const ControlFit& fit, int columns_wide) {
  TextTable sheet(columns_wide);
  if (fit.tried.empty()) {
    sheet.text(fmt::format("{} draws of {} uncertain parameters moved by the ensemble smoother, {} runs, {} windows{}.",
                           fit.weights.size(), fit.numbers.size(), fit.runs, fit.windows.size(),
                           fit.merged ? ", sides that the data cannot keep apart as one" : ""));
  } else {
    add_strength(sheet, fit);
  }
  if (fit.failed_runs > 0) {
    sheet.text(fmt::format("{} runs failed and are left out; {} draws have too few runs and no weight.",
                           fit.failed_runs, fit.lost_draws));
  }
  for (const std::string& remark : fit.remarks) {
    sheet.text(remark + ".");
  }
  sheet.blank();
  add_scores(sheet, fit);
  sheet.blank();
  add_checks(sheet, fit);
  std::vector<FittedNumber> kept;
  for (const FittedNumber& n : fit.numbers) {
    if (n.is_kept && kept.size() < kMostNumbers) {
      kept.push_back(n);
    }
  }
  if (!kept.empty()) {
    const auto mean = [](const Spread& s) { return fmt::format("{:.3g}", s.mean); };
    const auto range = [](const Spread& s) { return fmt::format("{:.3g} to {:.3g}", s.q05, s.q95); };
    sheet.blank();
    sheet.table<FittedNumber>(
        kept, {{"number", [&](auto& n) { return path_of(fit, n); }},
               {"prior", [&](auto& n) { return mean(n.prior); }},
               {"90 %", [&](auto& n) { return range(n.prior); }, 2},
               {"posterior", [&](auto& n) { return mean(n.posterior); }},
               {"90 %", [&](auto& n) { return range(n.posterior); }, 1},
               {"shift in sd", [](auto& n) { return fmt::format("{:+.2f} ({:.2f})", n.shift, n.shift_error); }}});
    add_words_on_numbers(sheet, fit);
  }
  std::size_t n_conflicts = 0;
  for (const Conflict& c : fit.conflicts) {
    if (std::abs(c.z) >= kConflict && n_conflicts++ < kMostConflicts) {
      if (n_conflicts == 1) {
        sheet.blank();
        sheet.text("Where prior and record conflict:");
      }
      sheet.item(fmt::format("{}: {}: {:g}, by the prior {:.1f} (sd {:.1f}), after the fit {:.1f}",
                             window_name(fit.windows[c.window].window), c.what, c.observed, c.prior, c.prior_sd,
                             c.posterior));
    }
  }
  for (const std::string& citation : fit.citations) {
    sheet.blank();
    sheet.item(citation);
  }
  return std::move(sheet).take();
}

std::string control_fit_json(const ControlFit& fit, const record::fit::ControlFitOptions& options,
                             const Provenance& provenance) {
  Json json = heading(fit.war, provenance);
  json["seed"] = options.seed;
  json["account"] = options.account.empty() ? Json(nullptr) : Json(options.account);
  json["until"] = format_date(options.until);
  json["told"] = options.told;
  json["merged"] = fit.merged;
  json["draws"] = fit.weights.size();
  json["runs"] = fit.runs;
  json["failed_runs"] = fit.failed_runs;
  json["lost_draws"] = fit.lost_draws;
  json["method"] = choice_name(record::fit::kControlMethods, options.method);
  json["target"] = choice_name(record::fit::kFitTargets, fit.target);
  json["strength"] = fit.tried.empty() ? Json(nullptr) : number(fit.strength());
  json["effective_size"] = number(fit.effective());
  json["least_effective_size"] = number(fit.least_effective);
  json["powers"] = list_of(fit.tempering, [&](const record::fit::TemperedStep& step) -> Json {
    return {{"power", number(step.power)}, {"acceptance", number(step.acceptance)}};
  });
  json["remarks"] = fit.remarks;
  json["citations"] = fit.citations;
  json["strengths"] = list_of(fit.tried, [&](const Tempering& t) -> Json {
    return {{"strength", number(t.w)},
            {"effective_size", number(t.effective)},
            {"held_back", number(t.mean)},
            {"windows", t.windows},
            {"covered", t.covered},
            {"refused", t.w == 0                            ? Json(nullptr)
                        : t.effective < fit.least_effective ? Json("effective size")
                        : !t.covers()                       ? Json("coverage")
                                                            : Json(nullptr)}};
  });
  json["windows"] = Json::array();
  for (const WindowFit& w : fit.windows) {
    json["windows"].push_back({{"origin", format_date(w.window.origin)},
                               {"until", format_date(w.window.until)},
                               {"horizon_months", w.window.months},
                               {"places", w.places},
                               {"changed", w.changed},
                               {std::string(record::kPersistence), number(w.persistence)},
                               {"prior", number(w.prior)},
                               {"reweighted", number(w.reweighted)},
                               {"fitted", number(w.fitted)},
                               {"held_back", number(w.held_back)},
                               {"deaths", json_of_deaths(w)},
                               {"changes_prior", json_of(w.moved_prior)},
                               {"changes_fitted", fit.draws ? json_of(w.moved_fitted) : Json(nullptr)}});
    Json& checks = json["windows"].back()["checks"] = Json::object();
    for (const PredictiveCheck& check : w.checks) {
      checks[check.what] = json_of(check, fit.draws.has_value());
    }
  }
  json["made_up_records"] = fit.made_up;
  json["dummies"] = fit.dummies;
  json["delta_floor"] = number(fit.delta_floor);
  json["ks_floor"] = number(fit.ks_floor);
  json["numbers"] = Json::array();
  for (const FittedNumber& n : fit.numbers) {
    if (n.is_kept || n.screened.stands_out) {
      json["numbers"].push_back({{"path", path_of(fit, n)},
                                 {"is_fitted", n.is_kept},
                                 {"delta", number(n.screened.delta)},
                                 {"ks", number(n.screened.ks)},
                                 {"prior", json_of(n.prior)},
                                 {"posterior", json_of(n.posterior)},
                                 {"shift", number(n.shift)},
                                 {"shift_error", number(n.shift_error)},
                                 {"coverage", number(n.is_kept ? n.coverage : kAbsent)}});
    }
  }
  json["conflicts"] = Json::array();
  for (const Conflict& c : fit.conflicts) {
    if (std::abs(c.z) >= kConflict) {
      const record::Window& window = fit.windows[c.window].window;
      json["conflicts"].push_back({{"origin", format_date(window.origin)},
                                   {"horizon_months", window.months},
                                   {"what", c.what},
                                   {"observed", number(c.observed)},
                                   {"prior", number(c.prior)},
                                   {"prior_sd", number(c.prior_sd)},
                                   {"z", number(c.z)},
                                   {"posterior", number(c.posterior)}});
    }
  }
  return text_of(json, 1);
}

namespace {

std::string control_numbers_csv(const ControlFit& fit) {
  const auto six = [](double x) { return fmt::format("{:.6g}", x); };  // the smoother screens nothing: "nan"
  return csv_of<FittedNumber>({{"path", [&](auto& n) { return path_of(fit, n); }},
                               {"is_fitted", [](auto& n) { return n.is_kept ? "true" : "false"; }},
                               {"delta", [&](auto& n) { return six(n.screened.delta); }},
                               {"ks", [&](auto& n) { return six(n.screened.ks); }},
                               {"prior_mean", [](auto& n) { return n.prior.mean; }},
                               {"prior_sd", [](auto& n) { return n.prior.sd; }},
                               {"prior_q05", [](auto& n) { return n.prior.q05; }},
                               {"prior_q50", [](auto& n) { return n.prior.q50; }},
                               {"prior_q95", [](auto& n) { return n.prior.q95; }},
                               {"posterior_mean", [](auto& n) { return n.posterior.mean; }},
                               {"posterior_sd", [](auto& n) { return n.posterior.sd; }},
                               {"posterior_q05", [](auto& n) { return n.posterior.q05; }},
                               {"posterior_q50", [](auto& n) { return n.posterior.q50; }},
                               {"posterior_q95", [](auto& n) { return n.posterior.q95; }},
                               {"shift", [](auto& n) { return n.shift; }},
                               {"shift_error", [](auto& n) { return n.shift_error; }}},
                              fit.numbers);
}

std::string control_bank_csv(const ControlFit& fit) {
  std::vector<std::string> heads{"draw", "weight", "loss", "death_loss"};
  for (const WindowFit& w : fit.windows) {
    heads.push_back(fmt::format("{}..{}", format_date(w.window.origin), format_date(w.window.until)));
  }
  Table table(std::move(heads));
  for (std::size_t i = 0; i < fit.weights.size(); ++i) {
    std::vector<Cell> row{i, all_digits(fit.weights[i]), all_digits(fit.loss[i]), all_digits(fit.death_loss[i])};
    for (const std::vector<double>& own : fit.window_loss) {
      row.emplace_back(all_digits(own[i]));
    }
    table.add(std::move(row));
  }
  return table.csv();
}

/// What a table has of each part of each window: the window, then these.
template <class Part>
std::string csv_of_windows(const ControlFit& fit, std::vector<Part> WindowFit::*parts,
                           std::vector<Field<Part>> fields) {
  using Row = std::pair<const record::Window&, const Part&>;
  std::vector<Row> rows;
  for (const WindowFit& w : fit.windows) {
    for (const Part& part : w.*parts) {
      rows.push_back({w.window, part});
    }
  }
  std::vector<Field<Row>> all{{"origin", [](auto& row) { return format_date(row.first.origin); }},
                              {"until", [](auto& row) { return format_date(row.first.until); }},
                              {"horizon_months", [](auto& row) { return row.first.months; }}};
  for (Field<Part>& field : fields) {
    all.push_back({field.name, [of = std::move(field.of)](auto& row) { return of(row.second); }});
  }
  return csv_of<Row>(all, rows);
}

std::string control_losses_csv(const ControlFit& fit) {
  return csv_of_windows(fit, &WindowFit::by_place,
                        {{"place", [&](auto& p) { return fit.war.places[at(p.place)].id; }},
                         {record::kPersistence, [](auto& p) { return all_digits(p.persistence); }},
                         {"prior", [](auto& p) { return all_digits(p.prior); }},
                         {"reweighted", [](auto& p) { return all_digits(p.reweighted); }},
                         {"held_back", [](auto& p) { return all_digits(p.held_back); }}});
}

std::string control_checks_csv(const ControlFit& fit) {
  const auto fitted = [&](const PredictiveCheck& check) {
    return fit.draws ? check.fitted : Prediction{{kAbsent, kAbsent, kAbsent}, kAbsent};
  };
  return csv_of_windows(fit, &WindowFit::checks,
                        {{"what", [](auto& c) { return c.what; }},
                         {"observed", [](auto& c) { return c.observed; }},
                         {"prior_mean", [](auto& c) { return c.prior.said.mean; }},
                         {"prior_q05", [](auto& c) { return c.prior.said.low; }},
                         {"prior_q95", [](auto& c) { return c.prior.said.high; }},
                         {"prior_below", [](auto& c) { return c.prior.below; }},
                         {"fitted_mean", [&](auto& c) { return fitted(c).said.mean; }},
                         {"fitted_q05", [&](auto& c) { return fitted(c).said.low; }},
                         {"fitted_q95", [&](auto& c) { return fitted(c).said.high; }},
                         {"fitted_below", [&](auto& c) { return fitted(c).below; }}});
}

}  // namespace

std::vector<std::pair<std::string, std::string>> control_fit_texts(const ControlFit& fit,
                                                                   const record::fit::ControlFitOptions& options,
                                                                   const Provenance& provenance) {
  std::vector<std::pair<std::string, std::string>> texts{
      {"fit.json", control_fit_json(fit, options, provenance) + '\n'},
      {"numbers.csv", control_numbers_csv(fit)},
      {"checks.csv", control_checks_csv(fit)}};
  if (options.method != record::fit::ControlMethod::smoother) {
    texts.emplace_back("bank.csv", control_bank_csv(fit));
    texts.emplace_back("losses.csv", control_losses_csv(fit));
  }
  if (fit.draws) {
    texts.emplace_back("fitted.toml", record::fit::fitted_account(fit, options, "fitted"));
    texts.emplace_back("fitted.csv", record::fit::fitted_draws(fit));
  }
  return texts;
}

}  // namespace truel::output
