// Draws from the prior, reweighted by what the record says, screened, and checked.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "truel/base/statistics/statistics.hpp"
#include "truel/ensemble/design/design.hpp"
#include "truel/record/fit/control/control_methods.hpp"
#include "truel/record/fit/control/kept_runs.hpp"

namespace truel::record::fit {
namespace {

/// Below this effective size weights say more about single draws than about numbers; a quarter of a small bank.
constexpr double kLeastEffective = 100;

/// Fewer dummies say too little of what chance does; with as many as there are numbers one number at most is expected
/// to stand out by chance.
constexpr int kLeastDummies = 20;

/// Records made up of the bank's own runs, to see how often intervals have the truth.
constexpr std::uint32_t kMadeUp = 200;

class BankFit {
 public:
  BankFit(const ControlFitOptions& options, const Rules& rules, const Observations& observations, ControlFit& out)
      : options_(options), out_(out), frame_(options, rules, observations, out), runs_(frame_) {}

  Diagnostics run(const std::vector<Window>& windows) {
    if (Diagnostics faults = set_up(frame_, windows); !faults.empty()) {
      return faults;
    }
    if (Diagnostics faults = runs_.open(); !faults.empty()) {
      return faults;
    }
    if (options_.made != nullptr ? copy_bank() : fill_bank()) {
      read_bank();
      learn();
      if (options_.method != ControlMethod::tempered || !out_.draws || move_draws(frame_, runs_)) {
        check();
      }
    }
    return {};
  }

 private:
  bool fill_bank() {
    const Job job = runs_.prior_job();
    const std::vector<Task> tasks = runs_.tasks_of(0);
    const std::size_t all = frame_.n_origins() * std::size_t{options_.draws} * options_.runs + later_runs();
    runs_.expect(tasks.size() * options_.runs + later_runs());
    if (!runs_.probe(tasks, job, all)) {
      return false;
    }
    return runs_.solve_all(runs_.tasks_of(0), job);
  }

  /// Those that follow from the bank.
  std::size_t later_runs() const {
    // How many powers a tempered fit takes is known when the bank is there: two are a guess.
    constexpr TemperedOptions kDefaults;
    const std::size_t moved = options_.method == ControlMethod::tempered
                                  ? std::size_t{particles(options_)} * (1 + 2 * kDefaults.moves) * options_.runs
                                  : 0;
    return frame_.n_origins() * (moved + frame_.check_runs());
  }

  /// Takes the bank from where it was made. False: the disk is full.
  bool copy_bank() {
    runs_.expect(later_runs());
    return runs_.copy(*options_.made);
  }

  void read_bank() {
    held_.resize(frame_.windows.size());
    for (std::size_t o = 0; o < frame_.n_origins(); ++o) {
      for (std::size_t k = 0; k < frame_.origins[o].windows.size(); ++k) {
        const std::size_t w = frame_.origins[o].windows[k];
        held_[w].assign(2 * frame_.counts_as.size() + 1, 0);
        for (std::uint32_t draw = 0; draw < options_.draws; ++draw) {
          const Holders runs = add_record(frame_, frame_.windows[w], runs_.get(draw, o), frame_.origins[o].windows, k);
          if (k == 0) {
            out_.runs += options_.runs;
            out_.failed_runs += options_.runs - runs.size();
          }
          for (const std::vector<int>& run : runs) {
            note_held(run, held_[w]);
          }
        }
      }
    }
  }

  /// Sums and squares of the number of places that each side holds, over runs; the number of runs.
  void note_held(const std::vector<int>& run, std::vector<double>& sums) const {
    std::vector<double> own(frame_.counts_as.size());
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
    out_.death_loss.assign(n, 0);
    std::vector<double> followed(n);
    double units = 0;
    double cells = 0;
    double followed_units = 0;
    for (const BankWindow& window : frame_.windows) {
      units += static_cast<double>(window.units());
      cells += static_cast<double>(window.cells());
      followed_units += static_cast<double>(window.followed_units());
      std::vector<double>& own = out_.window_loss.emplace_back();
      for (std::size_t i = 0; i < n; ++i) {
        out_.loss[i] += window.loss[i];
        out_.death_loss[i] += window.death_loss[i];
        followed[i] += window.followed(i);
        own.push_back(window.loss[i] / static_cast<double>(window.units()));
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      out_.loss[i] /= units;
      out_.death_loss[i] = cells > 0 ? out_.death_loss[i] / cells : kAbsent;
      followed[i] /= followed_units;
      out_.lost_draws += std::isnan(followed[i]) ? 1 : 0;
    }
    out_.least_effective = std::min(kLeastEffective, static_cast<double>(n) / 4);
    if (options_.strength) {
      out_.tried = {temper(frame_.windows, 0), temper(frame_.windows, *options_.strength)};
      out_.chosen = 1;
      if (const Tempering& asked = out_.tried.back(); !asked.covers()) {
        out_.remarks.push_back(fmt::format(
            "at this strength the number of changes lay in the 90 % interval in {} of {} windows held back: "
            "intervals are too narrow",
            asked.covered, asked.windows));
      }
    } else {
      for (const double w : strengths()) {
        out_.tried.push_back(temper(frame_.windows, w));
      }
      out_.chosen = choose(out_.tried, out_.least_effective);
      if (std::isnan(out_.tried.front().mean)) {
        out_.remarks.emplace_back(
            "no window begins after another has ended, so nothing says how far to follow the data: give an earlier "
            "--from, or --strength");
      }
    }
    std::vector<const BankWindow*> all;
    for (const BankWindow& window : frame_.windows) {
      all.push_back(&window);
    }
    prior_ = bank_weights(all, 0, n);
    out_.weights = bank_weights(all, out_.strength(), n);
    screen_numbers(std::move(followed));
    find_conflicts();
  }

  /// score: [draw] what weights follow.
  void screen_numbers(std::vector<double> score) {
    const std::size_t n = options_.draws;
    const CompiledModel& model = *frame_.origins.front().model;
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
    double worst = 0;
    for (const double s : score) {
      worst = std::isnan(s) ? worst : std::max(worst, s);
    }
    std::replace_if(
        score.begin(), score.end(), [](double s) { return std::isnan(s); }, worst);
    out_.dummies = std::max(kLeastDummies, static_cast<int>(d));
    const Screening screening = screen(x, d, score, out_.dummies, options_.seed);
    out_.delta_floor = screening.delta_floor;
    out_.ks_floor = screening.ks_floor;
    std::size_t kept = 0;
    std::vector<double> column(n);
    for (const ScreenedInput& one : screening.ranked) {
      FittedNumber number{.parameter = uncertain[one.input],
                          .screened = one,
                          .is_kept = one.stands_out && kept < options_.most_numbers && out_.strength() > 0};
      kept += number.is_kept ? 1 : 0;
      for (std::size_t i = 0; i < n; ++i) {
        column[i] = x[i * d + one.input];
      }
      number.prior = spread(column, prior_);
      set_posterior(number, column, out_.weights, out_.effective());
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
      for (std::size_t o = 0; o < frame_.n_origins(); ++o) {
        for (std::size_t k = 0; k < frame_.origins[o].windows.size() && is_whole; ++k) {
          const std::string_view record = runs_.get(truth, o);
          const Holders runs = holders(frame_, record, frame_.origins[o].windows, k);
          is_whole = !runs.empty();
          if (is_whole) {
            const std::vector<double> losses =
                losses_against(frame_.windows[frame_.origins[o].windows[k]], runs.front(),
                               deaths(frame_, record, frame_.origins[o].windows, k).front());
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
          out_.made_up > 0 ? static_cast<double>(covered[k]) / static_cast<double>(out_.made_up) : kAbsent;
    }
  }

  void find_conflicts() {
    const auto add = [&](std::size_t w, std::string what, double observed, double prior, double sd, double posterior) {
      if (sd > 0) {
        out_.conflicts.push_back({w, std::move(what), observed, prior, sd, posterior, (observed - prior) / sd});
      }
    };
    for (std::size_t w = 0; w < frame_.windows.size(); ++w) {
      const BankWindow& window = frame_.windows[w];
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
        add(w, "places held by " + frame_.sides.codes[k], observed[k], mean, sd, posterior);
      }
    }
    std::stable_sort(out_.conflicts.begin(), out_.conflicts.end(),
                     [](const Conflict& a, const Conflict& b) { return std::abs(a.z) > std::abs(b.z); });
  }

  /// Runs the fitted account on the windows that it was fitted to, and gathers the scores in sample.
  void check() {
    std::vector<BankWindow> own;
    if (out_.draws) {
      const std::vector<CompiledModel> fitted = fitted_models(frame_);
      own = runs_.checked(fitted, 0);
      if (own.empty()) {
        return;
      }
    }
    for (std::size_t w = 0; w < frame_.windows.size(); ++w) {
      const BankWindow& window = frame_.windows[w];
      WindowFit fit = begin_window(frame_, w);
      const auto n = static_cast<double>(window.units());
      fit.prior = mixture_loss(window, prior_) / n;
      fit.reweighted = mixture_loss(window, out_.weights) / n;
      fit.held_back = out_.tried[out_.chosen].held_back[w];
      if (const auto cells = static_cast<double>(window.cells()); cells > 0) {
        fit.deaths_prior = mixture_death_loss(window, prior_) / cells;
        fit.deaths_reweighted = mixture_death_loss(window, out_.weights) / cells;
        const std::vector<double> before = weights_before(frame_.windows, window, out_.strength());
        fit.deaths_held_back = before.empty() ? kAbsent : mixture_death_loss(window, before) / cells;
        fit.deaths_fitted = out_.draws ? own[w].death_loss.front() / cells : kAbsent;
      }
      fit.by_place = by_place(w);
      fit.moved_prior = moved(window, prior_);
      add_checks(fit, window, prior_, &PredictiveCheck::prior);
      if (out_.draws) {
        add_checks(fit, own[w], std::vector<double>{1}, &PredictiveCheck::fitted);
        fit.fitted = own[w].loss.front() / n;
        fit.moved_fitted = moved(own[w], std::vector<double>{1});
      }
      out_.windows.push_back(fit);
    }
  }

  std::vector<PlaceFit> by_place(std::size_t w) const {
    const BankWindow& window = frame_.windows[w];
    const std::vector<double> prior = mixture_losses(window, prior_);
    const std::vector<double> reweighted = mixture_losses(window, out_.weights);
    const std::vector<double> weights = weights_before(frame_.windows, window, out_.strength());
    const std::vector<double> held_back =
        weights.empty() ? std::vector<double>(window.units(), kAbsent) : mixture_losses(window, weights);
    std::vector<PlaceFit> places;
    for (std::size_t u = 0; u < window.units(); ++u) {
      places.push_back({frame_.places[w][u], window.before[u] != window.observed[u] ? 2.0 : 0.0, prior[u],
                        reweighted[u], held_back[u]});
    }
    return places;
  }

  const ControlFitOptions& options_;
  ControlFit& out_;
  Frame frame_;
  ControlRuns runs_;
  std::vector<std::vector<double>> held_;  ///< [window] as note_held writes it
  std::vector<double> prior_;
};

}  // namespace

Diagnostics fit_by_bank(const ControlFitOptions& options, const Rules& rules, const Observations& observations,
                        const std::vector<Window>& windows, ControlFit& out) {
  return BankFit(options, rules, observations, out).run(windows);
}

}  // namespace truel::record::fit
