// The runs that a fit to a record of control rests on: solved, kept on disk and read back.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/record/deaths/deaths.hpp"
#include "truel/record/deaths/score_deaths.hpp"
#include "truel/record/fit/control/bank.hpp"
#include "truel/record/fit/control/bank_store.hpp"
#include "truel/record/fit/control/control_fit.hpp"
#include "truel/record/observations/observations.hpp"
#include "truel/record/observations/rules.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::record::fit {

/// The side of a run that failed, in the store; so many sides cannot be kept.
inline constexpr unsigned char kFailed = 255;

/// Of fewer particles the covariance that moves them says little.
inline constexpr std::uint32_t kLeastParticles = 64;

struct Origin {
  Day day = 0;
  std::vector<std::size_t> windows;  ///< into ControlRuns::windows_, the shortest first
  std::optional<CompiledModel> model;
  MonthDeaths deaths;  ///< of dyads, fighters
};

/// Runs that are alike but for their draws.
struct Job {
  std::vector<const CompiledModel*> models;       ///< [origin]
  std::vector<std::vector<std::size_t>> windows;  ///< [origin] whose last days are kept
  std::function<void(std::uint32_t draw, std::span<double> values)> fill;
};

/// Complete runs of one draw in one window: holders [run][unit].
using Holders = std::vector<std::vector<int>>;

/// What is kept of a run in a window beside the holders of places on its last day.
struct Course {
  float first_month = 0;  ///< places that another side holds a month after the origin than on it
  float spell_days = 0;   ///< mean length of the spells that end in the window, from the origin on; NaN: none does
};

/// sides: [place][day] who holds each place compared, from the origin to the last day. first_month: a day.
Course course_of(const std::vector<std::vector<int>>& sides, std::size_t first_month);

/// What the methods of fitting share.
class ControlRuns {
 protected:
  ControlRuns(const ControlFitOptions& options, const Rules& rules, const Observations& observations, ControlFit& out);

  /// Windows, and packages as known at their origins.
  Diagnostics set_up(const std::vector<Window>& windows);
  /// The same, and the store.
  Diagnostics open(const std::vector<Window>& windows);
  /// The package from an origin to the end of windows. later: control_on of the origin. Errors: those of forecast_war.
  Result<CompiledModel> model_of(Day origin, const std::vector<std::size_t>& windows,
                                 const std::vector<ControlSpell>& later) const;
  /// What the kept runs depend on.
  std::string question() const;

  std::size_t n_origins() const { return origins_.size(); }
  std::uint32_t record_number(std::uint32_t draw, std::size_t origin) const {
    return draw * static_cast<std::uint32_t>(n_origins()) + static_cast<std::uint32_t>(origin);
  }
  std::uint32_t check_runs() const { return std::min(options_.check_runs, options_.draws); }
  /// Draws of a bank, or of all steps of the smoother: those of the checks follow, two sets of them at most.
  std::uint32_t fitting_draws() const {
    return (options_.method == ControlMethod::smoother ? static_cast<std::uint32_t>(options_.steps) : 1) *
           options_.draws;
  }
  std::uint32_t particles() const { return std::max(kLeastParticles, options_.draws / 4); }

  struct Task {
    std::uint32_t record = 0, draw = 0, first_number = 0, runs = 0;
    std::size_t origin = 0;
  };

  /// Hands what is kept of each task to `keep`, one at a time, until that is false: then so is this.
  bool solve_tasks(const std::vector<Task>& tasks, const Job& job,
                   const std::function<bool(const Task&, std::string)>& keep) const;
  /// The same into the store. False: stopped, or the disk is full.
  bool solve_all(const std::vector<Task>& tasks, const Job& job);
  Job prior_job() const;
  /// What the store lacks of the draws, whose records begin at `first` draws; their chance is the same in every step.
  std::vector<Task> tasks_of(std::uint32_t first) const;
  /// The task of a record of the first step.
  Task task_of(std::uint32_t record) const;
  /// Bytes of such a record.
  std::size_t bytes_of(std::size_t origin) const { return bytes_of_run(origins_[origin].windows) * options_.runs; }
  /// Runs the first few draws and says what all will take.
  bool probe(const std::vector<Task>& tasks, const Job& job, std::size_t all);
  /// The complete runs of a record as holders in one of its origin's windows.
  Holders holders(std::string_view bytes, const std::vector<std::size_t>& windows, std::size_t k) const;
  /// The deaths of all cells of a window, out of the bytes that begin with it.
  void copy_cells(std::string_view window, std::vector<float>& cells) const;
  /// The same runs' deaths: [run][cell] log1p.
  std::vector<std::vector<float>> deaths(std::string_view bytes, const std::vector<std::size_t>& windows,
                                         std::size_t k) const;
  /// Adds the complete runs of a record to one of its origin's windows, as a draw; gives their holders.
  Holders add_record(BankWindow& window, std::string_view bytes, const std::vector<std::size_t>& windows,
                     std::size_t k) const;
  /// Whether bytes_of(origin) bytes have known sides where sides belong, and deaths where deaths do.
  bool is_of_sides(std::string_view bytes, std::size_t origin) const;
  /// What the record says of a window.
  WindowFit begin_window(std::size_t w) const;
  /// What runs with these weights of draws say of the course of a window: `said` of each check.
  static void add_checks(WindowFit& fit, const BankWindow& runs, std::span<const double> weights,
                         Prediction PredictiveCheck::*said);
  /// The windows as they were opened.
  std::vector<BankWindow> without_draws() const;
  /// The value of an uncertain number whose normal score is z.
  double value_at(int parameter, double z) const;
  /// Replaces the weighted draws of the numbers that the bank moves by a sample of the posterior of its strength.
  /// False: stopped, or the disk is full.
  bool move_draws();
  std::vector<CompiledModel> fitted_models() const;
  /// All windows with the runs of a package as one draw; none if it was stopped. `set`: 0, 1, ... of those checked.
  std::vector<BankWindow> checked(const std::vector<CompiledModel>& models, std::uint32_t set);
  static Spread spread(std::span<const double> values, std::span<const double> weights);
  /// What draws with these weights say of a number whose prior is known.
  static void set_posterior(FittedNumber& number, std::span<const double> values, std::span<const double> weights,
                            double effective);

  const ControlFitOptions& options_;
  ControlFit& out_;
  const Observations& observations_;
  Sides sides_;
  std::vector<int> counts_as_;
  ControlRecord record_;
  Dyads dyads_;
  DeathSeries deaths_;  ///< fighters by dyad
  std::vector<BankWindow> windows_;
  std::vector<std::vector<PlaceIndex>> places_;  ///< [window][unit]
  std::vector<Origin> origins_;
  std::optional<BankStore> store_;
  std::size_t done_ = 0;    ///< runs
  std::size_t wanted_ = 0;  ///< runs, all in all; the method says how many
  bool is_under_way_ = false;
  std::chrono::steady_clock::time_point begin_;
  std::string later_;  ///< what origins after the package's own record begin with

 private:
  /// Bytes of one run in one window: a side for each place, the course, log1p deaths of each cell.
  std::size_t bytes_of_window(std::size_t window) const {
    return out_.war.places.size() + sizeof(Course) + windows_[window].cells() * sizeof(float);
  }
  std::size_t bytes_of_run(const std::vector<std::size_t>& windows) const;
  /// Calls `use` with the bytes of the k-th of the windows in every complete run of a record.
  template <class Use>
  void for_each_run(std::string_view bytes, const std::vector<std::size_t>& windows, std::size_t k, Use&& use) const;
  /// What the record says of deaths in a window: its months, and cells [dyad][month].
  void set_deaths(BankWindow& window) const;
  /// Days from the origin to the day a month later, or to the window's last.
  std::size_t first_month(std::size_t window) const;
  /// Log1p deaths of a run in the cells of a window.
  std::vector<float> deaths_of(const solver::Run& run, std::size_t origin, std::size_t window) const;
  /// Solves realizations of one draw: sides [run][window][place] as bytes; nothing if it was stopped.
  std::string solve(const Job& job, std::size_t origin, std::uint32_t draw,
                    std::span<const std::uint32_t> numbers) const;
  bool is_stopped() const { return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed); }
};

}  // namespace truel::record::fit
