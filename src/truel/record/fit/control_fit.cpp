#include "truel/record/fit/control_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <numeric>
#include <thread>

#include "truel/ensemble/design.hpp"
#include "truel/ensemble/parallel.hpp"
#include "truel/model/truncated.hpp"
#include "truel/record/fit/bank_store.hpp"
#include "truel/record/fit/smoother.hpp"
#include "truel/record/fit/weights.hpp"
#include "truel/record/forecast_war.hpp"
#include "truel/record/observations.hpp"
#include "truel/record/score_control.hpp"
#include "truel/scenario/scenario.hpp"
#include "truel/solver/stoppable.hpp"

namespace truel::record::fit {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr unsigned char kFailed = 255;

/// Below this effective size weights say more about single draws than about numbers; a quarter of a small bank.
constexpr double kLeastEffective = 100;

/// Fewer dummies say too little of what chance does; with as many as there are numbers one number at most is expected
/// to stand out by chance.
constexpr int kLeastDummies = 20;

/// Records made up of the bank's own runs, to see how often intervals have the truth.
constexpr std::uint32_t kMadeUp = 200;

/// Places by which an outcome of the smoother may be off where all runs agree.
constexpr double kLeastError = 0.5;

/// Draws that the time is measured on.
constexpr std::uint32_t kProbes = 4;

struct Origin {
  Day day = 0;
  std::vector<std::size_t> windows;  ///< into Fitter::windows_, the shortest first
  std::optional<dynamics::CompiledModel> model;
};

/// Runs that are alike but for their draws.
struct Job {
  std::vector<const dynamics::CompiledModel*> models;  ///< [origin]
  std::vector<std::vector<std::size_t>> windows;       ///< [origin] whose last days are kept
  std::function<void(std::uint32_t draw, std::span<double> values)> fill;
};

/// Complete runs of one draw in one window: holders [run][unit].
using Holders = std::vector<std::vector<int>>;

class Fitter {
 public:
  Fitter(const ControlFitOptions& options, const Rules& rules, const Observations& observations, ControlFit& out)
      : options_(options),
        out_(out),
        sides_(observations.sides),
        counts_as_(merge(sides_, rules)),
        record_(observations.control.merged(counts_as_)) {
    for (std::size_t k = 0; k < counts_as_.size(); ++k) {
      out_.merged = out_.merged || at(counts_as_[k]) != k;
    }
  }

  Diagnostics run(const std::vector<Window>& windows) {
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
    if (options_.method == ControlMethod::smoother) {
      return smooth_numbers();
    }
    if (!fill_bank()) {
      return {};
    }
    read_bank();
    learn();
    check();
    return {};
  }

 private:
  std::size_t n_origins() const { return origins_.size(); }
  std::uint32_t record_number(std::uint32_t draw, std::size_t origin) const {
    return draw * static_cast<std::uint32_t>(n_origins()) + static_cast<std::uint32_t>(origin);
  }
  std::uint32_t check_runs() const { return std::min(options_.check_runs, options_.draws); }

  Diagnostics set_up(const std::vector<Window>& windows) {
    for (const Window& window : windows) {
      const Case c = control_case(out_.war, record_, window, out_.merged, true);
      BankWindow& bank = windows_.emplace_back();
      bank.window = window;
      bank.sides = counts_as_.size();
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
        origins_.push_back({window.origin, {}, {}});
      }
      origins_.back().windows.push_back(windows_.size() - 1);
    }
    for (Origin& origin : origins_) {
      const auto war = forecast_war(options_.package, "", {}, origin.day, last_day(origin), options_.told);
      if (!war) {
        return war.error();
      }
      auto model = dynamics::compile(std::make_shared<const War>(*war));
      if (!model) {
        return model.error();
      }
      origin.model.emplace(std::move(*model));
    }
    return {};
  }

  Day last_day(const Origin& origin) const {
    Day last = origin.day;
    for (const std::size_t w : origin.windows) {
      last = std::max(last, windows_[w].window.until);
    }
    return last;
  }

  /// What the kept runs depend on.
  std::string question() const {
    std::string text =
        fmt::format("truel {} fit package {} draws {} runs {} check {} seed {} solver {} steps {} told {} sides {}",
                    options_.version, out_.war.sha256, options_.draws, options_.runs, check_runs(), options_.seed,
                    to_string(options_.solver), options_.steps_per_day, options_.told, fmt::join(sides_.codes, " "));
    for (const BankWindow& window : windows_) {
      text += fmt::format(" {}..{}", format_date(window.window.origin), format_date(window.window.until));
    }
    return text + fmt::format(" strength {} numbers {} smoother {} steps {}", options_.strength.value_or(-1),
                              options_.most_numbers, options_.method == ControlMethod::smoother, options_.steps);
  }

  /// Solves realizations of one draw: sides [run][window][place] as bytes; nothing if it was stopped.
  std::string solve(const Job& job, std::size_t origin, std::uint32_t draw,
                    std::span<const std::uint32_t> numbers) const {
    const dynamics::CompiledModel& model = *job.models[origin];
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
      }
    }
    return bytes;
  }

  bool is_stopped() const { return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed); }

  struct Task {
    std::uint32_t record = 0, draw = 0, first_number = 0, runs = 0;
    std::size_t origin = 0;
  };

  /// False: stopped, or the disk is full.
  bool solve_all(const std::vector<Task>& tasks, const Job& job) {
    std::mutex mutex;
    std::atomic<bool> has_space = out_.has_space;
    ensemble::for_each_index(tasks.size(), options_.threads, [&](std::size_t t) {
      if (is_stopped() || !has_space) {
        return;
      }
      const Task& task = tasks[t];
      std::vector<std::uint32_t> numbers(task.runs);
      std::iota(numbers.begin(), numbers.end(), task.first_number);
      std::string bytes = solve(job, task.origin, task.draw, numbers);
      const std::lock_guard lock(mutex);
      if (bytes.empty()) {
        return;
      }
      has_space = has_space && store_->append(task.record, std::move(bytes));
      done_ += task.runs;
      if (options_.progress && is_under_way_) {
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin_;
        options_.progress({done_, wanted_, seconds.count()});
      }
    });
    out_.has_space = has_space;
    out_.was_interrupted = is_stopped();
    return !out_.was_interrupted && out_.has_space;
  }

  bool fill_bank() {
    const Job job = prior_job();
    const std::vector<Task> tasks = tasks_of(0);
    const std::size_t all = n_origins() * (std::size_t{options_.draws} * options_.runs + check_runs());
    wanted_ = tasks.size() * options_.runs + n_origins() * check_runs();
    if (!probe(tasks, job, all)) {
      return false;
    }
    return solve_all(tasks_of(0), job);
  }

  Job prior_job() const {
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

  /// What the store lacks of the draws, whose records begin at `first` draws; their chance is the same in every step.
  std::vector<Task> tasks_of(std::uint32_t first) const {
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

  /// Runs the first few draws and says what all will take.
  bool probe(const std::vector<Task>& tasks, const Job& job, std::size_t all) {
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
      e.bytes = std::uint64_t{out_.war.places.size()} * all * windows_.size() / n_origins();
      if (!options_.begin(e)) {
        out_.was_interrupted = true;
        return false;
      }
    }
    is_under_way_ = true;
    return true;
  }

  /// The complete runs of a record as holders in one of its origin's windows.
  Holders holders(std::string_view bytes, const std::vector<std::size_t>& windows, std::size_t k) const {
    const std::size_t n_places = out_.war.places.size();
    const std::size_t a_run = n_places * windows.size();
    Holders result;
    for (std::size_t run = 0; (run + 1) * a_run <= bytes.size(); ++run) {
      std::vector<int> held;
      for (const PlaceIndex p : places_[windows[k]]) {
        const auto side = static_cast<unsigned char>(bytes[run * a_run + k * n_places + at(p)]);
        if (side == kFailed) {
          break;
        }
        held.push_back(counts_as_[at(side)]);
      }
      if (held.size() == places_[windows[k]].size()) {
        result.push_back(std::move(held));
      }
    }
    return result;
  }

  void read_bank() {
    held_.resize(windows_.size());
    for (std::size_t o = 0; o < n_origins(); ++o) {
      for (std::size_t k = 0; k < origins_[o].windows.size(); ++k) {
        const std::size_t w = origins_[o].windows[k];
        held_[w].assign(2 * counts_as_.size() + 1, 0);
        for (std::uint32_t draw = 0; draw < options_.draws; ++draw) {
          const Holders runs = holders(store_->get(record_number(draw, o)), origins_[o].windows, k);
          if (k == 0) {
            out_.runs += options_.runs;
            out_.failed_runs += options_.runs - runs.size();
          }
          for (const std::vector<int>& run : runs) {
            note_held(run, held_[w]);
          }
          add_draw(windows_[w], runs);
        }
      }
    }
  }

  /// Sums and squares of the number of places that each side holds, over runs; the number of runs.
  void note_held(const std::vector<int>& run, std::vector<double>& sums) const {
    std::vector<double> own(counts_as_.size());
    for (const int side : run) {
      own[at(side)] += 1;
    }
    for (std::size_t k = 0; k < own.size(); ++k) {
      sums[k] += own[k];
      sums[own.size() + k] += own[k] * own[k];
    }
    sums.back() += 1;
  }

  void learn() {
    const std::size_t n = options_.draws;
    out_.loss.assign(n, 0);
    double units = 0;
    for (const BankWindow& window : windows_) {
      units += static_cast<double>(window.units());
      std::vector<double>& own = out_.window_loss.emplace_back();
      for (std::size_t i = 0; i < n; ++i) {
        out_.loss[i] += window.loss[i];
        own.push_back(window.loss[i] / static_cast<double>(window.units()));
      }
    }
    double worst = 0;
    for (double& loss : out_.loss) {
      loss /= units;
      worst = std::isnan(loss) ? worst : std::max(worst, loss);
      out_.lost_draws += std::isnan(loss) ? 1 : 0;
    }
    out_.least_effective = std::min(kLeastEffective, static_cast<double>(n) / 4);
    if (options_.strength) {
      out_.tried = {temper(windows_, 0), temper(windows_, *options_.strength)};
      out_.chosen = 1;
    } else {
      for (const double w : strengths()) {
        out_.tried.push_back(temper(windows_, w));
      }
      out_.chosen = choose(out_.tried, out_.least_effective);
      if (out_.tried.front().windows == 0) {
        out_.remarks.emplace_back(
            "no window begins after another has ended, so nothing says how far to follow the record: give an earlier "
            "--from, or --strength");
      }
    }
    std::vector<const BankWindow*> all;
    for (const BankWindow& window : windows_) {
      all.push_back(&window);
    }
    prior_ = bank_weights(all, 0, n);
    out_.weights = bank_weights(all, out_.strength(), n);
    screen_numbers(worst);
    find_conflicts();
  }

  void screen_numbers(double worst) {
    const std::size_t n = options_.draws;
    const dynamics::CompiledModel& model = *origins_.front().model;
    const std::span<const int> uncertain = model.uncertain();
    const std::size_t d = uncertain.size();
    std::vector<double> values(model.war().parameters.size());
    std::vector<double> x(n * d);
    for (std::uint32_t i = 0; i < options_.draws; ++i) {
      ensemble::draw_parameters(model, options_.seed, i, values);
      for (std::size_t u = 0; u < d; ++u) {
        x[i * d + u] = values[at(uncertain[u])];
      }
    }
    std::vector<double> score = out_.loss;
    std::replace_if(
        score.begin(), score.end(), [](double s) { return std::isnan(s); }, worst);
    out_.dummies = std::max(kLeastDummies, static_cast<int>(d));
    const Screening screening = screen(x, d, score, out_.dummies, options_.seed);
    out_.delta_floor = screening.delta_floor;
    out_.ks_floor = screening.ks_floor;
    std::size_t kept = 0;
    std::vector<double> column(n);
    for (const Screened& one : screening.ranked) {
      FittedNumber number;
      number.parameter = uncertain[one.input];
      number.screened = one;
      number.is_kept = one.stands_out && kept < options_.most_numbers && out_.strength() > 0;
      kept += number.is_kept ? 1 : 0;
      for (std::size_t i = 0; i < n; ++i) {
        column[i] = x[i * d + one.input];
      }
      number.prior = spread(column, prior_);
      number.posterior = spread(column, out_.weights);
      number.shift = number.prior.sd > 0 ? (number.posterior.mean - number.prior.mean) / number.prior.sd : 0;
      number.shift_error = 1 / std::sqrt(out_.effective());
      out_.numbers.push_back(number);
    }
    if (kept == 0) {
      out_.remarks.emplace_back(
          out_.strength() > 0 ? "no number moves the score more than chance does: all stay at the prior"
                              : "no strength of learning did better on windows held back than the prior does: all "
                                "numbers stay at it");
      return;
    }
    JointDraws draws;
    std::vector<std::size_t> inputs;
    for (const FittedNumber& number : out_.numbers) {
      if (number.is_kept) {
        inputs.push_back(number.screened.input);
      }
    }
    std::sort(inputs.begin(), inputs.end());
    for (const std::size_t input : inputs) {
      draws.parameters.push_back(uncertain[input]);
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (out_.weights[i] > 0) {
        draws.weights.push_back(out_.weights[i]);
        for (const std::size_t input : inputs) {
          draws.values.push_back(x[i * d + input]);
        }
      }
    }
    out_.draws = std::move(draws);
    cover(x, d);
  }

  /// Takes the first run of each of some draws for the record and fits all other draws to it: how often the 90 %
  /// interval of each moved number has the value that made the record. x: [draw][uncertain number].
  void cover(std::span<const double> x, std::size_t d) {
    const std::size_t n = options_.draws;
    std::vector<std::size_t> covered(out_.numbers.size());
    for (std::uint32_t truth = 0; truth < std::min(kMadeUp, options_.draws); ++truth) {
      std::vector<double> log_weight(n, 0);
      bool is_whole = true;
      for (std::size_t o = 0; o < n_origins(); ++o) {
        for (std::size_t k = 0; k < origins_[o].windows.size() && is_whole; ++k) {
          const Holders runs = holders(store_->get(record_number(truth, o)), origins_[o].windows, k);
          is_whole = !runs.empty();
          if (is_whole) {
            const std::vector<double> losses = losses_against(windows_[origins_[o].windows[k]], runs.front());
            for (std::size_t i = 0; i < n; ++i) {
              log_weight[i] -= out_.strength() * losses[i];
            }
          }
        }
      }
      if (!is_whole) {
        continue;
      }
      ++out_.made_up;
      log_weight[truth] = -std::numeric_limits<double>::infinity();
      const std::vector<double> weights = normalised(log_weight);
      std::vector<double> column(n);
      for (std::size_t k = 0; k < out_.numbers.size(); ++k) {
        if (out_.numbers[k].is_kept) {
          for (std::size_t i = 0; i < n; ++i) {
            column[i] = x[i * d + out_.numbers[k].screened.input];
          }
          covered[k] += column[truth] >= weighted_quantile(column, weights, 0.05) &&
                        column[truth] <= weighted_quantile(column, weights, 0.95);
        }
      }
    }
    for (std::size_t k = 0; k < covered.size(); ++k) {
      out_.numbers[k].coverage =
          out_.made_up > 0 ? static_cast<double>(covered[k]) / static_cast<double>(out_.made_up) : kNaN;
    }
  }

  static Spread spread(std::span<const double> values, std::span<const double> weights) {
    return {weighted_mean(values, weights), weighted_sd(values, weights), weighted_quantile(values, weights, 0.05),
            weighted_quantile(values, weights, 0.5), weighted_quantile(values, weights, 0.95)};
  }

  void find_conflicts() {
    const auto add = [&](std::size_t w, std::string what, double observed, double prior, double sd, double posterior) {
      if (sd > 0) {
        out_.conflicts.push_back({w, std::move(what), observed, prior, sd, posterior, (observed - prior) / sd});
      }
    };
    for (std::size_t w = 0; w < windows_.size(); ++w) {
      const BankWindow& window = windows_[w];
      std::vector<double> value, before, after;
      double changed = 0;
      std::vector<double> observed(window.sides);
      for (std::size_t u = 0; u < window.units(); ++u) {
        changed += window.before[u] != window.observed[u] ? 1 : 0;
        observed[at(window.observed[u])] += 1;
      }
      for (std::size_t i = 0; i < window.draws; ++i) {
        for (const float count : window.moved[i]) {
          value.push_back(static_cast<double>(count));
          before.push_back(prior_[i]);
          after.push_back(out_.weights[i]);
        }
      }
      add(w, "places that changed hands", changed, weighted_mean(value, before), weighted_sd(value, before),
          weighted_mean(value, after));
      for (std::size_t k = 0; k < window.sides; ++k) {
        const double runs = held_[w].back();
        const double mean = held_[w][k] / runs;
        const double sd = std::sqrt(std::max(0.0, held_[w][window.sides + k] / runs - mean * mean));
        double posterior = 0;
        for (std::size_t i = 0; i < window.draws; ++i) {
          for (std::size_t u = 0; u < window.units(); ++u) {
            posterior +=
                out_.weights[i] * static_cast<double>(window.share[(i * window.units() + u) * window.sides + k]);
          }
        }
        add(w, "places held by " + sides_.codes[k], observed[k], mean, sd, posterior);
      }
    }
    std::stable_sort(out_.conflicts.begin(), out_.conflicts.end(),
                     [](const Conflict& a, const Conflict& b) { return std::abs(a.z) > std::abs(b.z); });
  }

  /// Runs the fitted account on the windows that it was fitted to, and gathers the scores in sample.
  void check() {
    std::vector<BankWindow> own;
    if (out_.draws) {
      const std::vector<dynamics::CompiledModel> fitted = fitted_models();
      own = checked(fitted, 0);
      if (own.empty()) {
        return;
      }
    }
    for (std::size_t w = 0; w < windows_.size(); ++w) {
      const BankWindow& window = windows_[w];
      WindowFit fit = begin_window(window);
      const auto n = static_cast<double>(window.units());
      fit.prior = mixture_loss(window, prior_) / n;
      fit.reweighted = mixture_loss(window, out_.weights) / n;
      fit.held_back = out_.tried[out_.chosen].held_back[w];
      fit.moved_prior = moved(window, prior_);
      if (out_.draws) {
        fit.fitted = own[w].loss.front() / n;
        fit.moved_fitted = moved(own[w], std::vector<double>{1});
      }
      out_.windows.push_back(fit);
    }
  }

  static WindowFit begin_window(const BankWindow& window) {
    WindowFit fit{.window = window.window, .places = window.units()};
    for (std::size_t u = 0; u < window.units(); ++u) {
      fit.changed += window.before[u] != window.observed[u] ? 1 : 0;
    }
    fit.persistence = 2 * static_cast<double>(fit.changed) / static_cast<double>(window.units());
    fit.prior = fit.reweighted = fit.fitted = fit.held_back = kNaN;
    return fit;
  }

  std::vector<dynamics::CompiledModel> fitted_models() const {
    std::vector<dynamics::CompiledModel> fitted;
    for (const Origin& origin : origins_) {
      auto war = std::make_shared<War>(origin.model->war());
      for (const int parameter : out_.draws->parameters) {
        // Rows replace it: any distribution of this kind does.
        war->parameters[at(parameter)].distribution = {.kind = DistributionKind::drawn,
                                                       .among = {origin.model->medians()[at(parameter)]}};
      }
      war->draws = {*out_.draws};
      fitted.push_back(*dynamics::compile(std::move(war)));
    }
    return fitted;
  }

  /// All windows with the runs of a package as one draw; none if it was stopped. `set`: 0, 1, ... of those checked.
  std::vector<BankWindow> checked(const std::vector<dynamics::CompiledModel>& models, std::uint32_t set) {
    const std::uint32_t steps =
        options_.method == ControlMethod::smoother ? static_cast<std::uint32_t>(options_.steps) : 1;
    const std::uint32_t first = steps * options_.draws + set * check_runs();
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
    std::vector<BankWindow> own = windows_;
    for (BankWindow& window : own) {
      window.share.clear();
      window.loss.clear();
      window.moved.clear();
      window.draws = 0;
    }
    for (std::size_t o = 0; o < n_origins(); ++o) {
      for (std::size_t k = 0; k < origins_[o].windows.size(); ++k) {
        Holders runs;
        for (std::uint32_t c = 0; c < check_runs(); ++c) {
          for (std::vector<int>& run : holders(store_->get(record_number(first + c, o)), origins_[o].windows, k)) {
            runs.push_back(std::move(run));
          }
        }
        add_draw(own[origins_[o].windows[k]], runs);
      }
    }
    return own;
  }

  // The smoother.

  /// Numbers of places that a side holds at the end of the first window of an origin, or, side kNone, that changed
  /// hands, as a square root.
  struct Outcome {
    std::size_t origin = 0;
    int side = kNone;
  };

  static double value_of(const Outcome& outcome, const BankWindow& window, std::span<const int> holders) {
    double count = 0;
    for (std::size_t u = 0; u < holders.size(); ++u) {
      count += outcome.side == kNone ? holders[u] != window.before[u] : holders[u] == outcome.side;
    }
    return outcome.side == kNone ? std::sqrt(count) : count;
  }

  /// Values of all uncertain numbers at normal scores.
  void values_of(std::span<const double> z, std::span<double> values) const {
    const dynamics::CompiledModel& model = *origins_.front().model;
    std::copy(model.medians().begin(), model.medians().end(), values.begin());
    for (std::size_t u = 0; u < z.size(); ++u) {
      const Parameter& p = model.war().parameters[at(model.uncertain()[u])];
      // Within what the design reaches, so that no distribution is asked for its very end.
      const double uniform = std::clamp(normal_cdf(z[u]), 0x1p-40, 1 - 0x1p-40);
      values[at(model.uncertain()[u])] = truncated_quantile(p.distribution, uniform, p.least, p.greatest);
    }
  }

  Diagnostics smooth_numbers() {
    const std::size_t n = options_.draws;
    const std::size_t d = origins_.front().model->uncertain().size();
    std::vector<dynamics::CompiledModel> quarters;
    Job job;
    for (Origin& origin : origins_) {
      job.windows.push_back({origin.windows.front()});
      const auto war = forecast_war(options_.package, "", {}, origin.day, windows_[origin.windows.front()].window.until,
                                    options_.told);
      if (!war) {
        return war.error();
      }
      auto model = dynamics::compile(std::make_shared<const War>(*war));
      if (!model) {
        return model.error();
      }
      quarters.push_back(std::move(*model));
    }
    for (const dynamics::CompiledModel& model : quarters) {
      job.models.push_back(&model);
    }
    std::vector<double> z(n * d);
    for (std::uint32_t i = 0; i < options_.draws; ++i) {
      const auto own = std::span(z).subspan(i * d, d);
      ensemble::draw_uniforms(*origins_.front().model, options_.seed, i, own);
      std::transform(own.begin(), own.end(), own.begin(), normal_quantile);
    }
    const std::vector<double> prior = z;
    std::span<const double> points = z;
    job.fill = [&](std::uint32_t draw, std::span<double> values) { values_of(points.subspan(draw * d, d), values); };
    const std::vector<Task> tasks = tasks_of(0);
    const auto steps = static_cast<std::uint32_t>(options_.steps);
    const std::size_t all =
        n_origins() * (std::size_t{steps} * options_.draws * options_.runs + 2 * std::size_t{check_runs()});
    wanted_ = tasks.size() * options_.runs + n_origins() * ((steps - 1) * n * options_.runs + 2 * check_runs());
    if (!probe(tasks, job, all) || !solve_all(tasks_of(0), job)) {
      return {};
    }

    std::vector<Outcome> outcomes;
    std::vector<double> record, error_sd;
    set_outcomes(job, outcomes, record, error_sd);
    std::vector<double> first_y(n * outcomes.size());
    read_outcomes(job, 0, outcomes, first_y);
    const SmootherOptions smoother{.steps = options_.steps, .seed = options_.seed};
    const bool is_done = smooth(
        record, error_sd, smoother,
        [&](int step, std::span<const double> now, std::span<double> y) {
          points = now;
          const std::uint32_t first = static_cast<std::uint32_t>(step) * options_.draws;
          if (!solve_all(tasks_of(first), job)) {
            return false;
          }
          read_outcomes(job, first, outcomes, y);
          return true;
        },
        n, d, z);
    if (!is_done) {
      return {};
    }
    out_.runs = n_origins() * steps * n * options_.runs;
    out_.weights.assign(n, 1 / static_cast<double>(n));
    out_.loss.assign(n, kNaN);
    keep_moved(prior, z, d);
    std::vector<dynamics::CompiledModel> whole;
    for (const Origin& origin : origins_) {
      whole.push_back(*origin.model);
    }
    const std::vector<BankWindow> before = checked(whole, 0);
    const std::vector<BankWindow> after = before.empty() || !out_.draws ? before : checked(fitted_models(), 1);
    if (after.empty()) {
      return {};
    }
    for (std::size_t w = 0; w < windows_.size(); ++w) {
      WindowFit fit = begin_window(windows_[w]);
      const auto places = static_cast<double>(windows_[w].units());
      fit.prior = before[w].loss.front() / places;
      fit.moved_prior = moved(before[w], std::vector<double>{1});
      if (out_.draws) {
        fit.fitted = after[w].loss.front() / places;
        fit.moved_fitted = moved(after[w], std::vector<double>{1});
      }
      out_.windows.push_back(fit);
    }
    const std::vector<double> z_of_record = conflict(first_y, record, error_sd, n);
    for (std::size_t k = 0; k < outcomes.size(); ++k) {
      double mean = 0;
      for (std::size_t i = 0; i < n; ++i) {
        mean += first_y[i * outcomes.size() + k] / static_cast<double>(n);
      }
      const std::size_t w = origins_[outcomes[k].origin].windows.front();
      double posterior = 0;
      for (std::size_t u = 0; u < windows_[w].units() && outcomes[k].side != kNone; ++u) {
        posterior += static_cast<double>(after[w].share[u * windows_[w].sides + at(outcomes[k].side)]);
      }
      for (const float count : after[w].moved.front()) {
        posterior += outcomes[k].side == kNone
                         ? std::sqrt(static_cast<double>(count)) / static_cast<double>(after[w].moved.front().size())
                         : 0;
      }
      out_.conflicts.push_back({w,
                                outcomes[k].side == kNone ? "root of the places that changed hands"
                                                          : "places held by " + sides_.codes[at(outcomes[k].side)],
                                record[k], mean, (record[k] - mean) / z_of_record[k], posterior, z_of_record[k]});
    }
    std::stable_sort(out_.conflicts.begin(), out_.conflicts.end(),
                     [](const Conflict& a, const Conflict& b) { return std::abs(a.z) > std::abs(b.z); });
    return {};
  }

  /// The outcomes that vary, what the record has, and the error of each: the record is one course that the war could
  /// have taken, so its error is what chance alone makes of the runs of one draw.
  void set_outcomes(const Job& job, std::vector<Outcome>& outcomes, std::vector<double>& record,
                    std::vector<double>& error_sd) const {
    for (std::size_t o = 0; o < n_origins(); ++o) {
      const BankWindow& window = windows_[job.windows[o].front()];
      for (int side = kNone; side < static_cast<int>(counts_as_.size()); ++side) {
        const Outcome outcome{o, side};
        double within = 0;
        double free = 0;
        double least = std::numeric_limits<double>::infinity();
        double greatest = -least;
        for (std::uint32_t i = 0; i < options_.draws; ++i) {
          const Holders runs = holders(store_->get(record_number(i, o)), job.windows[o], 0);
          std::vector<double> values;
          for (const std::vector<int>& run : runs) {
            values.push_back(value_of(outcome, window, run));
            least = std::min(least, values.back());
            greatest = std::max(greatest, values.back());
          }
          const double mean = std::accumulate(values.begin(), values.end(), 0.0) /
                              std::max<double>(1, static_cast<double>(values.size()));
          for (const double value : values) {
            within += (value - mean) * (value - mean);
          }
          free += values.empty() ? 0 : static_cast<double>(values.size() - 1);
        }
        if (greatest > least && free > 0) {
          outcomes.push_back(outcome);
          record.push_back(value_of(outcome, window, window.observed));
          error_sd.push_back(std::max(kLeastError, std::sqrt(within / free)));
        }
      }
    }
  }

  /// Means over the runs of each draw: [draw][outcome]. A draw without complete runs gets the mean of the others.
  void read_outcomes(const Job& job, std::uint32_t first, const std::vector<Outcome>& outcomes,
                     std::span<double> y) const {
    const std::size_t m = outcomes.size();
    for (std::size_t k = 0; k < m; ++k) {
      const std::size_t o = outcomes[k].origin;
      double sum = 0;
      double known = 0;
      for (std::uint32_t i = 0; i < options_.draws; ++i) {
        const Holders runs = holders(store_->get(record_number(first + i, o)), job.windows[o], 0);
        double& own = y[i * m + k] = runs.empty() ? kNaN : 0;
        for (const std::vector<int>& run : runs) {
          own += value_of(outcomes[k], windows_[job.windows[o].front()], run) / static_cast<double>(runs.size());
        }
        sum += runs.empty() ? 0 : own;
        known += runs.empty() ? 0 : 1;
      }
      for (std::size_t i = 0; i < options_.draws; ++i) {
        y[i * m + k] = std::isnan(y[i * m + k]) ? sum / std::max(1.0, known) : y[i * m + k];
      }
    }
  }

  /// Columns of the numbers that were moved at all; what they were and are.
  void keep_moved(std::span<const double> prior, std::span<const double> z, std::size_t d) {
    const std::size_t n = options_.draws;
    const std::span<const int> uncertain = origins_.front().model->uncertain();
    const std::size_t n_values = out_.war.parameters.size();
    std::vector<double> before(n * n_values), after(n * n_values);
    for (std::size_t i = 0; i < n; ++i) {
      values_of(prior.subspan(i * d, d), std::span(before).subspan(i * n_values, n_values));
      values_of(z.subspan(i * d, d), std::span(after).subspan(i * n_values, n_values));
    }
    const std::vector<double> same(n, 1 / static_cast<double>(n));
    std::vector<double> old_column(n), column(n);
    JointDraws draws;
    for (std::size_t u = 0; u < d; ++u) {
      FittedNumber number;
      number.parameter = uncertain[u];
      for (std::size_t i = 0; i < n; ++i) {
        number.is_kept = number.is_kept || z[i * d + u] != prior[i * d + u];
        old_column[i] = before[i * n_values + at(uncertain[u])];
        column[i] = after[i * n_values + at(uncertain[u])];
      }
      number.prior = spread(old_column, same);
      number.posterior = spread(column, same);
      number.shift = number.prior.sd > 0 ? (number.posterior.mean - number.prior.mean) / number.prior.sd : 0;
      number.shift_error = 1 / std::sqrt(static_cast<double>(n));
      number.screened = {u, kNaN, kNaN, number.is_kept};
      number.coverage = kNaN;
      if (number.is_kept) {
        draws.parameters.push_back(uncertain[u]);
      }
      out_.numbers.push_back(number);
    }
    for (std::size_t i = 0; i < n && !draws.parameters.empty(); ++i) {
      for (const int parameter : draws.parameters) {
        draws.values.push_back(after[i * n_values + at(parameter)]);
      }
    }
    if (draws.parameters.empty()) {
      out_.remarks.emplace_back("no number goes with an outcome more than chance does: all stay at the prior");
    } else {
      out_.draws = std::move(draws);
    }
    std::stable_sort(out_.numbers.begin(), out_.numbers.end(), [](const FittedNumber& a, const FittedNumber& b) {
      return std::abs(a.shift) > std::abs(b.shift);
    });
  }

  const ControlFitOptions& options_;
  ControlFit& out_;
  Sides sides_;
  std::vector<int> counts_as_;
  ControlRecord record_;
  std::vector<BankWindow> windows_;
  std::vector<std::vector<PlaceIndex>> places_;  ///< [window][unit]
  std::vector<Origin> origins_;
  std::vector<std::vector<double>> held_;  ///< [window] as note_held writes it
  std::vector<double> prior_;
  std::optional<BankStore> store_;
  std::size_t done_ = 0, wanted_ = 0;
  bool is_under_way_ = false;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace

Result<ControlFit> fit_control(const ControlFitOptions& options) {
  auto war = scenario::read(options.package);
  if (!war) {
    return war.error();
  }
  const auto rules = read_rules(options.package);
  if (!rules) {
    return rules.error();
  }
  const auto observations = read_observations(*war, *rules, options.observed);
  if (!observations) {
    return observations.error();
  }
  ControlFit out{.war = std::move(*war)};
  const auto [earliest, latest] = first_days_possible(out.war);
  const Day first = std::max(options.from.value_or(add_months(earliest, kLearningMonths)), earliest);
  std::vector<Window> windows;
  if (observations->control_to >= observations->control_from) {
    windows = quarterly_windows(first, std::min(options.until, observations->control_to));
  }
  std::erase_if(windows, [&, last = latest](const Window& w) { return w.origin > last; });
  if (windows.empty()) {
    return Diagnostic{{options.observed.string()},
                      "no window that package and record allow",
                      fmt::format("the record has control from {} to {}, and the first window begins on {} at the "
                                  "earliest and has three months; give a later --until",
                                  format_date(observations->control_from), format_date(observations->control_to),
                                  format_date(first))};
  }
  if (options.until > observations->control_to) {
    out.remarks.push_back(
        fmt::format("the record of control ends on {}: windows end there", format_date(observations->control_to)));
  }
  if (observations->sides.size() >= kFailed) {
    return Diagnostic{
        {options.observed.string()}, "more sides than a bank can hold", "merge some in observations.toml"};
  }
  Fitter fitter(options, *rules, *observations, out);
  if (Diagnostics faults = fitter.run(windows); !faults.empty()) {
    return faults;
  }
  return out;
}

std::string fitted_account(const ControlFit& fit, const ControlFitOptions& options, const std::string& name) {
  double reweighted = 0;
  double prior = 0;
  double places = 0;
  for (const WindowFit& window : fit.windows) {
    reweighted += window.fitted * static_cast<double>(window.places);
    prior += window.prior * static_cast<double>(window.places);
    places += static_cast<double>(window.places);
  }
  const std::string until = format_date(options.until);
  const std::string how =
      fit.tried.empty() ? fmt::format("ensemble smoother, {} steps", options.steps)
                        : fmt::format("weights of strength {}, effective size {:.0f}", fit.strength(), fit.effective());
  return fmt::format(
      "title = \"Fitted to the record of control until {0}\"\n"
      "story = \"\"\"\n"
      "{1} numbers as `truel fit` found them from {2} draws of their ranges and {3} windows that end by {0}\n"
      "({4}). In sample their Brier score is {5:.3f}, and {6:.3f} unfitted.\n"
      "\"\"\"\n"
      "draws = \"{7}.csv\"\n"
      "basis = \"assumed: drawn by truel fit from their ranges and the record of control until {0}\"\n"
      "fitted_until = {0}\n",
      until, fit.draws->parameters.size(), options.draws, fit.windows.size(), how, reweighted / places, prior / places,
      name);
}

std::string fitted_draws(const ControlFit& fit) {
  std::string out = "weight";
  for (const int parameter : fit.draws->parameters) {
    out += "," + fit.war.parameters[at(parameter)].path;
  }
  out += "\n";
  const std::size_t n = fit.draws->parameters.size();
  const bool has_weights = !fit.draws->weights.empty();
  for (std::size_t row = 0; row < fit.draws->rows(); ++row) {
    out += has_weights ? fmt::format("{}", fit.draws->weights[row]) : "1";
    for (std::size_t c = 0; c < n; ++c) {
      out += fmt::format(",{}", fit.draws->values[row * n + c]);
    }
    out += "\n";
  }
  return out;
}

}  // namespace truel::record::fit
