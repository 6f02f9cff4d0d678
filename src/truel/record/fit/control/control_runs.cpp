#include "truel/record/fit/control/control_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <memory>
#include <mutex>
#include <numeric>

#include "truel/base/math.hpp"
#include "truel/base/month.hpp"
#include "truel/base/statistics/distributions.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/ensemble/design/design.hpp"
#include "truel/ensemble/parallel.hpp"
#include "truel/model/distributions/truncated.hpp"
#include "truel/record/control/score_control.hpp"
#include "truel/record/forecast_war.hpp"
#include "truel/solver/stoppable.hpp"

namespace truel::record::fit {
namespace {

/// Draws that the time is measured on.
constexpr std::uint32_t kProbes = 4;

}  // namespace

ControlRuns::ControlRuns(const ControlFitOptions& options, const Rules& rules, const Observations& observations,
                         ControlFit& out)
    : options_(options),
      out_(out),
      observations_(observations),
      sides_(observations.sides),
      counts_as_(merge(sides_, rules)),
      record_(observations.control.merged(counts_as_)),
      dyads_(out.war, observations, rules),
      deaths_(deaths_by_dyad(observations, dyads_, DeathCount::fighters)) {
  for (std::size_t k = 0; k < counts_as_.size(); ++k) {
    out_.merged = out_.merged || at(counts_as_[k]) != k;
  }
}

Diagnostics ControlRuns::open(const std::vector<Window>& windows) {
  if (Diagnostics faults = set_up(windows); !faults.empty()) {
    return faults;
  }
  if (options_.open && !options_.open()) {
    return {{{options_.store.parent_path().string()}, "cannot be made", "check the folder above it"}};
  }
  auto store = BankStore::open(options_.store, question());
  if (!store) {
    return store.error();
  }
  store_.emplace(std::move(*store));
  begin_ = std::chrono::steady_clock::now();
  return {};
}

Diagnostics ControlRuns::set_up(const std::vector<Window>& windows) {
  for (const Window& window : windows) {
    const Case c = control_case(out_.war, record_, window, out_.merged, true);
    BankWindow& bank = windows_.emplace_back();
    bank.window = window;
    bank.sides = counts_as_.size();
    bank.target = options_.target;
    set_deaths(bank);
    std::vector<PlaceIndex>& places = places_.emplace_back();
    for (std::size_t p = 0; p < c.counts.size(); ++p) {
      if (c.counts[p]) {
        const auto place = static_cast<PlaceIndex>(p);
        places.push_back(place);
        bank.before.push_back(record_.holder(place, window.origin));
        bank.observed.push_back(record_.holder(place, window.until));
      }
    }
    if (origins_.empty() || origins_.back().day != window.origin) {
      origins_.push_back({window.origin, {}, {}, {}});
    }
    origins_.back().windows.push_back(windows_.size() - 1);
  }
  for (Origin& origin : origins_) {
    const std::vector<ControlSpell> later = control_on(out_.war, observations_, origin.day);
    later_ += text_of(later);
    auto model = model_of(origin.day, origin.windows, later);
    if (!model) {
      return model.error();
    }
    origin.model.emplace(std::move(*model));
    origin.deaths = deaths_of_dyads(*origin.model, dyads_, false);
  }
  if (options_.target != FitTarget::control &&
      std::all_of(windows_.begin(), windows_.end(), [](const BankWindow& w) { return w.cells() == 0; })) {
    return {{{options_.observed.string()},
             "no window has a whole month with events of deaths that are of a dyad",
             "give a later --until, or --target control; `truel check --observed` says what the record has"}};
  }
  return {};
}

void ControlRuns::set_deaths(BankWindow& window) const {
  if (deaths_.left_out == observations_.events.size()) {
    return;  // of no dyad: the record does not say that nobody died
  }
  const std::vector<int> months = months_of(deaths_, window.window);
  for (const std::vector<double>& of_dyad : deaths_.deaths) {
    for (const int month : months) {
      window.recorded.push_back(math::log1p(of_dyad[at(month - deaths_.first)]));
    }
  }
}

std::size_t ControlRuns::bytes_of_run(const std::vector<std::size_t>& windows) const {
  std::size_t bytes = 0;
  for (const std::size_t w : windows) {
    bytes += bytes_of_window(w);
  }
  return bytes;
}

Result<CompiledModel> ControlRuns::model_of(Day origin, const std::vector<std::size_t>& windows,
                                            const std::vector<ControlSpell>& later) const {
  Day last = origin;
  for (const std::size_t w : windows) {
    // Deaths of a month are those up to the morning after its last day.
    last = std::max(last, windows_[w].window.until + (windows_[w].cells() > 0 ? 1 : 0));
  }
  auto war = forecast_war(options_.package, options_.account, options_.settings, origin, last,
                          options_.told ? std::nullopt : std::optional(origin), later);
  if (!war) {
    return war.error();
  }
  return compile(std::make_shared<const War>(std::move(*war)));
}

std::string ControlRuns::question() const {
  std::string text = fmt::format(
      "truel {} fit package {} account {} set [{}] draws {} runs {} check {} seed {} solver {} steps {} told {} sides "
      "{}",
      options_.version, out_.war.sha256, options_.account, fmt::join(options_.settings, " "), options_.draws,
      options_.runs, check_runs(), options_.seed, to_string(options_.solver), options_.steps_per_day, options_.told,
      fmt::join(sides_.codes, " "));
  for (const BankWindow& window : windows_) {
    text += fmt::format(" {}..{}", format_date(window.window.origin), format_date(window.window.until));
    if (const std::vector<int> months = months_of(deaths_, window.window); window.cells() > 0) {
      text += fmt::format(" deaths {}..{}", format_month(months.front()), format_month(months.back()));
    }
  }
  text += fmt::format(" target {} dyads {}", to_string(options_.target), fmt::join(dyads_.names(), ", "));
  return text +
         fmt::format(" strength {} numbers {} method {} steps {}", options_.strength.value_or(-1),
                     options_.most_numbers, static_cast<int>(options_.method), options_.steps) +
         " courses" + later_;
}

std::string ControlRuns::solve(const Job& job, std::size_t origin, std::uint32_t draw,
                               std::span<const std::uint32_t> numbers) const {
  const CompiledModel& model = *job.models[origin];
  const std::size_t n_values = model.war().parameters.size();
  std::vector<double> values(n_values * numbers.size());
  job.fill(draw, std::span(values).first(n_values));
  for (std::size_t k = 1; k < numbers.size(); ++k) {
    std::copy_n(values.begin(), n_values, values.begin() + static_cast<std::ptrdiff_t>(k * n_values));
  }
  solver::SolveOptions solve;
  solve.solver = options_.solver;
  solve.seed = options_.seed;
  solve.steps_per_day = options_.steps_per_day;
  solve.every_days = 1;  // any day may end a window
  std::vector<solver::Run> runs(numbers.size());
  const std::vector<solver::Path*> no_paths(numbers.size(), nullptr);
  if (solver::solve_until(options_.stop, model, solve, numbers, values, runs, no_paths) < numbers.size()) {
    return {};
  }
  const std::size_t n_times = solver::stored_days(model, solve).size();
  std::string bytes;
  for (const solver::Run& run : runs) {
    for (const std::size_t w : job.windows[origin]) {
      const auto time = static_cast<std::size_t>(windows_[w].window.until - origins_[origin].day);
      for (std::size_t p = 0; p < out_.war.places.size(); ++p) {
        const int holder = run.control[p * n_times + time];
        const int side = holder == kNone ? sides_.none : sides_.of_actor[at(holder)];
        bytes +=
            static_cast<char>(run.status == solver::RunStatus::complete ? static_cast<unsigned char>(side) : kFailed);
      }
      std::vector<std::vector<int>> sides;
      for (const PlaceIndex p : places_[w]) {
        std::vector<int>& days = sides.emplace_back();
        for (std::size_t day = 0; day <= time; ++day) {
          const int holder = run.control[at(p) * n_times + day];
          days.push_back(counts_as_[at(holder < 0 ? sides_.none : sides_.of_actor[at(holder)])]);
        }
      }
      const Course course = course_of(sides, first_month(w));
      bytes.append(reinterpret_cast<const char*>(&course), sizeof course);
      const std::vector<float> killed = deaths_of(run, origin, w);
      bytes.append(reinterpret_cast<const char*>(killed.data()), killed.size() * sizeof(float));
    }
  }
  return bytes;
}

std::vector<float> ControlRuns::deaths_of(const solver::Run& run, std::size_t origin, std::size_t w) const {
  std::vector<float> cells(windows_[w].cells());
  if (cells.empty()) {
    return cells;
  }
  const std::vector<int> months = months_of(deaths_, windows_[w].window);
  std::vector<float> dyads(dyads_.size());
  for (std::size_t m = 0; m < months.size(); ++m) {
    std::fill(dyads.begin(), dyads.end(), 0.0F);
    origins_[origin].deaths(run.months, at(months[m] - month_of(origins_[origin].day)), dyads);
    for (std::size_t d = 0; d < dyads.size(); ++d) {
      cells[d * months.size() + m] = math::log1p(dyads[d]);
    }
  }
  return cells;
}

bool ControlRuns::solve_tasks(const std::vector<Task>& tasks, const Job& job,
                              const std::function<bool(const Task&, std::string)>& keep) const {
  std::mutex mutex;
  std::atomic<bool> goes_on{true};
  ensemble::for_each_index(tasks.size(), options_.threads, [&](std::size_t t) {
    if (is_stopped() || !goes_on) {
      return;
    }
    const Task& task = tasks[t];
    std::vector<std::uint32_t> numbers(task.runs);
    std::iota(numbers.begin(), numbers.end(), task.first_number);
    std::string bytes = solve(job, task.origin, task.draw, numbers);
    const std::lock_guard lock(mutex);
    if (!bytes.empty() && goes_on) {
      goes_on = keep(task, std::move(bytes));
    }
  });
  return goes_on;
}

bool ControlRuns::solve_all(const std::vector<Task>& tasks, const Job& job) {
  if (out_.has_space) {
    out_.has_space = solve_tasks(tasks, job, [&](const Task& task, std::string bytes) {
      const bool has_space = store_->append(task.record, std::move(bytes));
      done_ += task.runs;
      if (is_under_way_) {
        ensemble::tell(options_.progress, begin_, done_, wanted_);
      }
      return has_space;
    });
  }
  out_.was_interrupted = is_stopped();
  return !out_.was_interrupted && out_.has_space;
}

Job ControlRuns::prior_job() const {
  Job job;
  for (const Origin& origin : origins_) {
    job.models.push_back(&*origin.model);
    job.windows.push_back(origin.windows);
  }
  job.fill = [this](std::uint32_t draw, std::span<double> values) {
    ensemble::draw_parameters(*origins_.front().model, options_.seed, draw, values);
  };
  return job;
}

std::vector<ControlRuns::Task> ControlRuns::tasks_of(std::uint32_t first) const {
  std::vector<Task> tasks;
  for (std::uint32_t draw = 0; draw < options_.draws; ++draw) {
    for (std::size_t o = 0; o < n_origins(); ++o) {
      if (const std::uint32_t record = record_number(first + draw, o); !store_->has(record)) {
        tasks.push_back({record, draw, draw * options_.runs, options_.runs, o});
      }
    }
  }
  return tasks;
}

ControlRuns::Task ControlRuns::task_of(std::uint32_t record) const {
  const auto n = static_cast<std::uint32_t>(n_origins());
  const std::uint32_t draw = record / n;
  return {record, draw, draw * options_.runs, options_.runs, record % n};
}

bool ControlRuns::probe(const std::vector<Task>& tasks, const Job& job, std::size_t all) {
  const std::size_t n_probes = std::min(tasks.size(), std::size_t{kProbes} * n_origins());
  const std::vector<Task> probes(tasks.begin(), tasks.begin() + static_cast<std::ptrdiff_t>(n_probes));
  const auto begin = std::chrono::steady_clock::now();
  if (!solve_all(probes, job)) {
    return false;
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  if (options_.begin) {
    Expectation e{options_.draws, all, n_origins(), windows_.size()};
    const double done = static_cast<double>(n_probes * options_.runs);
    e.seconds = done > 0 ? elapsed.count() * (static_cast<double>(wanted_) - done) / done : 0;
    std::uint64_t a_draw = 0;
    for (const Origin& origin : origins_) {
      a_draw += bytes_of_run(origin.windows);
    }
    e.bytes = a_draw * all / n_origins();
    if (!options_.begin(e)) {
      out_.was_interrupted = true;
      return false;
    }
  }
  is_under_way_ = true;
  return true;
}

template <class Use>
void ControlRuns::for_each_run(std::string_view bytes, const std::vector<std::size_t>& windows, std::size_t k,
                               Use&& use) const {
  const std::size_t a_run = bytes_of_run(windows);
  const std::size_t first = bytes_of_run({windows.begin(), windows.begin() + static_cast<std::ptrdiff_t>(k)});
  for (std::size_t run = 0; (run + 1) * a_run <= bytes.size(); ++run) {
    const std::string_view window = bytes.substr(run * a_run + first, bytes_of_window(windows[k]));
    if (window.front() != static_cast<char>(kFailed)) {
      use(window);
    }
  }
}

Holders ControlRuns::holders(std::string_view bytes, const std::vector<std::size_t>& windows, std::size_t k) const {
  Holders result;
  for_each_run(bytes, windows, k, [&](std::string_view window) {
    std::vector<int>& held = result.emplace_back();
    for (const PlaceIndex p : places_[windows[k]]) {
      held.push_back(counts_as_[at(static_cast<unsigned char>(window[at(p)]))]);
    }
  });
  return result;
}

void ControlRuns::copy_cells(std::string_view window, std::vector<float>& cells) const {
  // Not by memcpy, which takes no null pointer: a window may have no cells.
  window.copy(reinterpret_cast<char*>(cells.data()), cells.size() * sizeof(float),
              out_.war.places.size() + sizeof(Course));
}

std::vector<std::vector<float>> ControlRuns::deaths(std::string_view bytes, const std::vector<std::size_t>& windows,
                                                    std::size_t k) const {
  std::vector<std::vector<float>> result;
  for_each_run(bytes, windows, k, [&](std::string_view window) {
    std::vector<float>& cells = result.emplace_back(windows_[windows[k]].cells());
    copy_cells(window, cells);
  });
  return result;
}

Holders ControlRuns::add_record(BankWindow& window, std::string_view bytes, const std::vector<std::size_t>& windows,
                                std::size_t k) const {
  Holders runs = holders(bytes, windows, k);
  add_draw(window, runs);
  add_deaths(window, deaths(bytes, windows, k));
  std::vector<float>& first_month = window.first_month.emplace_back();
  std::vector<float>& spell_days = window.spell_days.emplace_back();
  for_each_run(bytes, windows, k, [&](std::string_view bytes_of_run) {
    Course course;
    std::memcpy(&course, bytes_of_run.data() + out_.war.places.size(), sizeof course);
    first_month.push_back(course.first_month);
    spell_days.push_back(course.spell_days);
  });
  return runs;
}

bool ControlRuns::is_of_sides(std::string_view bytes, std::size_t origin) const {
  const std::vector<std::size_t>& windows = origins_[origin].windows;
  while (!bytes.empty()) {
    for (const std::size_t w : windows) {
      const std::string_view sides = bytes.substr(0, out_.war.places.size());
      const bool is_known = std::all_of(sides.begin(), sides.end(), [&](char side) {
        const auto code = static_cast<unsigned char>(side);
        return code == kFailed || code < counts_as_.size();
      });
      std::vector<float> cells(windows_[w].cells());
      copy_cells(bytes, cells);
      if (!is_known || !std::all_of(cells.begin(), cells.end(), [](float x) { return x >= 0 && std::isfinite(x); })) {
        return false;
      }
      bytes.remove_prefix(bytes_of_window(w));
    }
  }
  return true;
}

std::size_t ControlRuns::first_month(std::size_t window) const {
  const Window& w = windows_[window].window;
  return static_cast<std::size_t>(std::min(add_months(w.origin, 1), w.until) - w.origin);
}

Course course_of(const std::vector<std::vector<int>>& sides, std::size_t first_month) {
  Course course;
  double days = 0;
  double ended = 0;
  for (const std::vector<int>& of_place : sides) {
    course.first_month += of_place[first_month] != of_place.front() ? 1.0F : 0.0F;
    std::size_t since = 0;
    for (std::size_t day = 1; day < of_place.size(); ++day) {
      if (of_place[day] != of_place[day - 1]) {
        days += static_cast<double>(day - since);
        ended += 1;
        since = day;
      }
    }
  }
  course.spell_days = static_cast<float>(ended > 0 ? days / ended : kAbsent);
  return course;
}

void ControlRuns::add_checks(WindowFit& fit, const BankWindow& runs, std::span<const double> weights,
                             Prediction PredictiveCheck::*said) {
  const std::vector<std::vector<float>>* values[] = {&runs.moved, &runs.first_month, &runs.spell_days,
                                                     &runs.all_deaths};
  for (std::size_t k = 0; k < fit.checks.size(); ++k) {
    PredictiveCheck& check = fit.checks[k];
    check.*said = {moved(*values[k], weights), share_below(*values[k], weights, check.observed)};
  }
}

WindowFit ControlRuns::begin_window(std::size_t w) const {
  const BankWindow& window = windows_[w];
  WindowFit fit{.window = window.window, .places = window.units()};
  for (std::size_t u = 0; u < window.units(); ++u) {
    fit.changed += window.before[u] != window.observed[u] ? 1 : 0;
  }
  fit.persistence = 2 * static_cast<double>(fit.changed) / static_cast<double>(window.units());
  fit.prior = fit.reweighted = fit.fitted = fit.held_back = kAbsent;
  std::vector<std::vector<int>> sides;
  for (const PlaceIndex p : places_[w]) {
    std::vector<int>& days = sides.emplace_back();
    for (Day day = window.window.origin; day <= window.window.until; ++day) {
      const int holder = record_.holder(p, day);
      days.push_back(holder >= 0 ? holder : days.back());  // the first day has one holder: the place is compared
    }
  }
  const Course course = course_of(sides, first_month(w));
  fit.checks = {{"changes", static_cast<double>(fit.changed), {}, {}},
                {"first_month_changes", static_cast<double>(course.first_month), {}, {}},
                {"spell_days", static_cast<double>(course.spell_days), {}, {}}};
  fit.cells = window.cells();
  fit.deaths_prior = fit.deaths_reweighted = fit.deaths_fitted = fit.deaths_held_back = kAbsent;
  if (window.cells() > 0) {
    double deaths = 0;
    for (const double cell : window.recorded) {
      deaths += math::expm1(cell);
    }
    fit.checks.push_back({"deaths", deaths, {}, {}});
  }
  return fit;
}

std::vector<BankWindow> ControlRuns::without_draws() const {
  std::vector<BankWindow> own;
  for (const BankWindow& window : windows_) {  // what is known of all draws is large: it is not copied
    own.push_back({.window = window.window,
                   .before = window.before,
                   .observed = window.observed,
                   .sides = window.sides,
                   .target = window.target,
                   .recorded = window.recorded});
  }
  return own;
}

double ControlRuns::value_at(int parameter, double z) const {
  const Parameter& p = out_.war.parameters[at(parameter)];
  // Within what the design reaches, so that no distribution is asked for its very end.
  const double uniform = std::clamp(normal_cdf(z), 0x1p-40, 1 - 0x1p-40);
  return truncated_quantile(p.distribution, uniform, p.least, p.greatest);
}

std::vector<CompiledModel> ControlRuns::fitted_models() const {
  std::vector<CompiledModel> fitted;
  for (const Origin& origin : origins_) {
    auto war = std::make_shared<War>(origin.model->war());
    for (const int parameter : out_.draws->parameters) {
      // Rows replace it: any distribution of this kind does.
      war->parameters[at(parameter)].distribution = {.kind = DistributionKind::drawn,
                                                     .among = {origin.model->medians()[at(parameter)]}};
    }
    war->draws = {*out_.draws};
    fitted.push_back(*compile(std::move(war)));
  }
  return fitted;
}

std::vector<BankWindow> ControlRuns::checked(const std::vector<CompiledModel>& models, std::uint32_t set) {
  const std::uint32_t first = fitting_draws() + set * check_runs();
  Job job = prior_job();
  for (std::size_t o = 0; o < n_origins(); ++o) {
    job.models[o] = &models[o];
  }
  job.fill = [&](std::uint32_t draw, std::span<double> values) {
    ensemble::draw_parameters(models.front(), options_.seed, draw, values);
  };
  std::vector<Task> tasks;
  for (std::uint32_t c = 0; c < check_runs(); ++c) {
    for (std::size_t o = 0; o < n_origins(); ++o) {
      if (const std::uint32_t record = record_number(first + c, o); !store_->has(record)) {
        tasks.push_back({record, c, options_.draws * options_.runs + c, 1, o});
      }
    }
  }
  if (!solve_all(tasks, job)) {
    return {};
  }
  std::vector<BankWindow> own = without_draws();
  for (std::size_t o = 0; o < n_origins(); ++o) {
    for (std::size_t k = 0; k < origins_[o].windows.size(); ++k) {
      std::string all;  // the runs of all draws as those of one
      for (std::uint32_t c = 0; c < check_runs(); ++c) {
        all += store_->get(record_number(first + c, o));
      }
      add_record(own[origins_[o].windows[k]], all, origins_[o].windows, k);
    }
  }
  return own;
}

void ControlRuns::set_posterior(FittedNumber& number, std::span<const double> values, std::span<const double> weights,
                                double effective) {
  number.posterior = spread(values, weights);
  number.shift = number.prior.sd > 0 ? (number.posterior.mean - number.prior.mean) / number.prior.sd : 0;
  number.shift_error = 1 / std::sqrt(effective);
}

Spread ControlRuns::spread(std::span<const double> values, std::span<const double> weights) {
  return {weighted_mean(values, weights), weighted_sd(values, weights), weighted_quantile(values, weights, 0.05),
          weighted_quantile(values, weights, 0.5), weighted_quantile(values, weights, 0.95)};
}

}  // namespace truel::record::fit
