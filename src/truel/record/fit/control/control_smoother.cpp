// Draws that are moved towards the record, all numbers at once.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "truel/base/statistics/distributions.hpp"
#include "truel/ensemble/design/design.hpp"
#include "truel/record/fit/control/control_methods.hpp"
#include "truel/record/fit/control/kept_runs.hpp"
#include "truel/record/fit/smoother.hpp"

namespace truel::record::fit {
namespace {

/// Places by which an outcome of the smoother may be off where all runs agree.
constexpr double kLeastError = 0.5;
/// The same of the log of deaths: a tenth of them.
constexpr double kLeastDeathError = 0.1;

class SmootherFit {
 public:
  SmootherFit(const ControlFitOptions& options, const Rules& rules, const Observations& observations, ControlFit& out)
      : options_(options), out_(out), frame_(options, rules, observations, out), runs_(frame_) {}

  Diagnostics run(const std::vector<Window>& windows) {
    if (Diagnostics faults = set_up(frame_, windows); !faults.empty()) {
      return faults;
    }
    if (Diagnostics faults = runs_.open(); !faults.empty()) {
      return faults;
    }
    return smooth_numbers();
  }

 private:
  /// Numbers of places that a side holds at the end of the first window of an origin, or, side kNone, that changed
  /// hands, as a square root; or the mean over its months of log1p deaths of a dyad.
  struct Outcome {
    std::size_t origin = 0;
    int side = kNone, dyad = kNone;
  };

  std::string name_of(const Outcome& outcome) const {
    return outcome.dyad != kNone   ? "log1p deaths a month, " + frame_.dyads.names()[at(outcome.dyad)]
           : outcome.side == kNone ? "root of the places that changed hands"
                                   : "places held by " + frame_.sides.codes[at(outcome.side)];
  }

  /// holders: [unit]. deaths: [cell].
  template <class Deaths>
  double value_of(const Outcome& outcome, const BankWindow& window, std::span<const int> holders,
                  const Deaths& deaths) const {
    if (outcome.dyad != kNone) {
      const std::size_t months = window.cells() / frame_.dyads.size();
      double sum = 0;
      for (std::size_t m = 0; m < months; ++m) {
        sum += static_cast<double>(deaths[at(outcome.dyad) * months + m]);
      }
      return sum / static_cast<double>(months);
    }
    double count = 0;
    for (std::size_t u = 0; u < holders.size(); ++u) {
      count += outcome.side == kNone ? holders[u] != window.before[u] : holders[u] == outcome.side;
    }
    return outcome.side == kNone ? std::sqrt(count) : count;
  }

  /// Values of all uncertain numbers at normal scores.
  void values_of(std::span<const double> z, std::span<double> values) const {
    const CompiledModel& model = *frame_.origins.front().model;
    std::copy(model.medians().begin(), model.medians().end(), values.begin());
    for (std::size_t u = 0; u < z.size(); ++u) {
      values[at(model.uncertain()[u])] = value_at(frame_.out.war, model.uncertain()[u], z[u]);
    }
  }

  Diagnostics smooth_numbers() {
    const std::size_t n = options_.draws;
    const std::size_t d = frame_.origins.front().model->uncertain().size();
    std::vector<CompiledModel> quarters;
    Job job;
    for (Origin& origin : frame_.origins) {
      job.windows.push_back({origin.windows.front()});
      TRUEL_TRY(auto model, model_of(frame_, origin.day, job.windows.back(), origin.scales));
      quarters.push_back(std::move(model));
    }
    for (const CompiledModel& model : quarters) {
      job.models.push_back(&model);
    }
    std::vector<double> z(n * d);
    for (std::uint32_t i = 0; i < options_.draws; ++i) {
      const auto own = std::span(z).subspan(i * d, d);
      ensemble::draw_uniforms(*frame_.origins.front().model, options_.seed, i, own);
      std::transform(own.begin(), own.end(), own.begin(), normal_quantile);
    }
    const std::vector<double> prior = z;
    std::span<const double> points = z;
    job.fill = [&](std::uint32_t draw, std::span<double> values) { values_of(points.subspan(draw * d, d), values); };
    const std::vector<Task> tasks = runs_.tasks_of(0);
    const auto steps = static_cast<std::uint32_t>(options_.steps);
    const std::size_t all = frame_.n_origins() * (std::size_t{steps} * options_.draws * options_.runs +
                                                  2 * std::size_t{frame_.check_runs()});
    runs_.expect(tasks.size() * options_.runs +
                 frame_.n_origins() * ((steps - 1) * n * options_.runs + 2 * frame_.check_runs()));
    if (!runs_.probe(tasks, job, all) || !runs_.solve_all(runs_.tasks_of(0), job)) {
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
          if (!runs_.solve_all(runs_.tasks_of(first), job)) {
            return false;
          }
          read_outcomes(job, first, outcomes, y);
          return true;
        },
        n, d, z);
    if (!is_done) {
      return {};
    }
    out_.runs = frame_.n_origins() * steps * n * options_.runs;
    out_.weights.assign(n, 1 / static_cast<double>(n));
    out_.loss.assign(n, kAbsent);
    keep_moved(prior, z, d);
    std::vector<CompiledModel> whole;
    for (const Origin& origin : frame_.origins) {
      whole.push_back(*origin.model);
    }
    const std::vector<BankWindow> before = runs_.checked(whole, 0);
    const std::vector<BankWindow> after =
        before.empty() || !out_.draws ? before : runs_.checked(fitted_models(frame_), 1);
    if (after.empty()) {
      return {};
    }
    for (std::size_t w = 0; w < frame_.windows.size(); ++w) {
      WindowFit fit = begin_window(frame_, w);
      const auto places = static_cast<double>(frame_.windows[w].units());
      fit.prior = before[w].loss.front() / places;
      if (const auto cells = static_cast<double>(frame_.windows[w].cells()); cells > 0) {
        fit.deaths_prior = before[w].death_loss.front() / cells;
        fit.deaths_fitted = out_.draws ? after[w].death_loss.front() / cells : kAbsent;
      }
      fit.moved_prior = moved(before[w], std::vector<double>{1});
      add_checks(fit, before[w], std::vector<double>{1}, &PredictiveCheck::prior);
      if (out_.draws) {
        add_checks(fit, after[w], std::vector<double>{1}, &PredictiveCheck::fitted);
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
      const std::size_t w = frame_.origins[outcomes[k].origin].windows.front();
      out_.conflicts.push_back({w, name_of(outcomes[k]), record[k], mean, (record[k] - mean) / z_of_record[k],
                                posterior_of(outcomes[k], after[w]), z_of_record[k]});
    }
    std::stable_sort(out_.conflicts.begin(), out_.conflicts.end(),
                     [](const Conflict& a, const Conflict& b) { return std::abs(a.z) > std::abs(b.z); });
    return {};
  }

  /// Mean of an outcome over the runs of a window, which are all of one draw.
  double posterior_of(const Outcome& outcome, const BankWindow& runs) const {
    const std::vector<float>& moved = runs.moved.front();
    const auto n = static_cast<double>(moved.size());
    double sum = 0;
    if (outcome.dyad != kNone) {
      const std::size_t a_dyad = moved.size() * runs.cells() / frame_.dyads.size();
      const auto first = runs.deaths.front().begin() + static_cast<std::ptrdiff_t>(at(outcome.dyad) * a_dyad);
      return std::accumulate(first, first + static_cast<std::ptrdiff_t>(a_dyad), 0.0) / static_cast<double>(a_dyad);
    }
    for (std::size_t u = 0; u < runs.units() && outcome.side != kNone; ++u) {
      sum += static_cast<double>(runs.share[u * runs.sides + at(outcome.side)]);
    }
    for (const float count : moved) {
      sum += outcome.side == kNone ? std::sqrt(static_cast<double>(count)) / n : 0;
    }
    return sum;
  }

  std::vector<Outcome> possible_outcomes(std::size_t origin, const BankWindow& window) const {
    std::vector<Outcome> outcomes;
    for (int side = kNone; side < static_cast<int>(frame_.counts_as.size()) && window.follows_control(); ++side) {
      outcomes.push_back({origin, side});
    }
    for (std::size_t dyad = 0; dyad < frame_.dyads.size() && window.follows_deaths() && window.cells() > 0; ++dyad) {
      outcomes.push_back({origin, kNone, static_cast<int>(dyad)});
    }
    return outcomes;
  }

  /// What the complete runs of a draw say of outcomes of one origin: [outcome][run].
  std::vector<std::vector<double>> values_of_runs(const Job& job, std::uint32_t draw, std::size_t origin,
                                                  std::span<const Outcome> outcomes) const {
    const std::string_view bytes = runs_.get(draw, origin);
    const Holders runs = holders(frame_, bytes, job.windows[origin], 0);
    const std::vector<std::vector<float>> killed = deaths(frame_, bytes, job.windows[origin], 0);
    const BankWindow& window = frame_.windows[job.windows[origin].front()];
    std::vector<std::vector<double>> values;
    for (const Outcome& outcome : outcomes) {
      std::vector<double>& own = values.emplace_back();
      for (std::size_t r = 0; r < runs.size(); ++r) {
        own.push_back(value_of(outcome, window, runs[r], killed[r]));
      }
    }
    return values;
  }

  /// The outcomes that vary, what the record has, and the error of each: the record is one course that the war could
  /// have taken, so its error is what chance alone makes of the runs of one draw.
  void set_outcomes(const Job& job, std::vector<Outcome>& outcomes, std::vector<double>& record,
                    std::vector<double>& error_sd) const {
    struct Variation {
      double within = 0, free = 0;
      double least = std::numeric_limits<double>::infinity(), greatest = -least;
    };
    for (std::size_t o = 0; o < frame_.n_origins(); ++o) {
      const BankWindow& window = frame_.windows[job.windows[o].front()];
      const std::vector<Outcome> possible = possible_outcomes(o, window);
      std::vector<Variation> variations(possible.size());
      for (std::uint32_t i = 0; i < options_.draws; ++i) {
        const std::vector<std::vector<double>> all = values_of_runs(job, i, o, possible);
        for (std::size_t k = 0; k < possible.size(); ++k) {
          const std::vector<double>& values = all[k];
          const double mean = std::accumulate(values.begin(), values.end(), 0.0) /
                              std::max<double>(1, static_cast<double>(values.size()));
          for (const double value : values) {
            variations[k].least = std::min(variations[k].least, value);
            variations[k].greatest = std::max(variations[k].greatest, value);
            variations[k].within += (value - mean) * (value - mean);
          }
          variations[k].free += values.empty() ? 0 : static_cast<double>(values.size() - 1);
        }
      }
      for (std::size_t k = 0; k < possible.size(); ++k) {
        if (variations[k].greatest > variations[k].least && variations[k].free > 0) {
          outcomes.push_back(possible[k]);
          record.push_back(value_of(possible[k], window, window.observed, window.recorded));
          error_sd.push_back(std::max(possible[k].dyad == kNone ? kLeastError : kLeastDeathError,
                                      std::sqrt(variations[k].within / variations[k].free)));
        }
      }
    }
  }

  /// Means over the runs of each draw: [draw][outcome]. A draw without complete runs gets the mean of the others.
  void read_outcomes(const Job& job, std::uint32_t first, const std::vector<Outcome>& outcomes,
                     std::span<double> y) const {
    const std::size_t m = outcomes.size();
    for (std::size_t from = 0, to = 0; from < m; from = to) {
      while (to < m && outcomes[to].origin == outcomes[from].origin) {
        ++to;
      }
      std::vector<double> sum(m);
      double known = 0;
      for (std::uint32_t i = 0; i < options_.draws; ++i) {
        const std::vector<std::vector<double>> all =
            values_of_runs(job, first + i, outcomes[from].origin, std::span(outcomes).subspan(from, to - from));
        known += all.front().empty() ? 0 : 1;
        for (std::size_t k = from; k < to; ++k) {
          const std::vector<double>& values = all[k - from];
          double& own = y[i * m + k] = values.empty() ? kAbsent : 0;
          for (const double value : values) {
            own += value / static_cast<double>(values.size());
          }
          sum[k] += values.empty() ? 0 : own;
        }
      }
      for (std::size_t i = 0; i < options_.draws; ++i) {
        for (std::size_t k = from; k < to; ++k) {
          y[i * m + k] = std::isnan(y[i * m + k]) ? sum[k] / std::max(1.0, known) : y[i * m + k];
        }
      }
    }
  }

  /// Columns of the numbers that were moved at all; what they were and are.
  void keep_moved(std::span<const double> prior, std::span<const double> z, std::size_t d) {
    const std::size_t n = options_.draws;
    const std::span<const int> uncertain = frame_.origins.front().model->uncertain();
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
      FittedNumber number{.parameter = uncertain[u]};
      for (std::size_t i = 0; i < n; ++i) {
        number.is_kept = number.is_kept || z[i * d + u] != prior[i * d + u];
        old_column[i] = before[i * n_values + at(uncertain[u])];
        column[i] = after[i * n_values + at(uncertain[u])];
      }
      number.prior = spread(old_column, same);
      set_posterior(number, column, same, static_cast<double>(n));
      number.screened = {u, kAbsent, kAbsent, number.is_kept};
      number.coverage = kAbsent;
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
  Frame frame_;
  ControlRuns runs_;
};

}  // namespace

Diagnostics fit_by_smoother(const ControlFitOptions& options, const Rules& rules, const Observations& observations,
                            const std::vector<Window>& windows, ControlFit& out) {
  return SmootherFit(options, rules, observations, out).run(windows);
}

}  // namespace truel::record::fit
