// A sample of the posterior that a bank says of: draws moved by tempered sequential Monte Carlo, instead of weights.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "truel/ensemble/design/design.hpp"
#include "truel/record/fit/control/control_runs.hpp"
#include "truel/record/fit/tempered.hpp"

namespace truel::record::fit {

bool ControlRuns::move_draws() {
  const std::vector<int> parameters = out_.draws->parameters;
  const std::size_t n = particles();
  const std::size_t d = parameters.size();
  const CompiledModel& model = *origins_.front().model;
  std::span<const double> points;
  std::span<const std::uint32_t> chance;
  Job job = prior_job();
  // What is not moved is drawn with the chance of the particle, so that a move is judged by what it moves.
  job.fill = [&](std::uint32_t particle, std::span<double> values) {
    ensemble::draw_parameters(model, options_.seed, chance[particle], values);
    for (std::size_t j = 0; j < d; ++j) {
      values[at(parameters[j])] = value_at(parameters[j], points[particle * d + j]);
    }
  };
  std::uint32_t first = fitting_draws() + 2 * check_runs();
  const auto log_likelihood = [&](std::span<const double> z, std::span<const std::uint32_t> keys,
                                  std::span<double> out) {
    points = z;
    chance = keys;
    std::vector<Task> tasks;
    for (std::uint32_t i = 0; i < n; ++i) {
      for (std::size_t o = 0; o < n_origins(); ++o) {
        if (const std::uint32_t record = record_number(first + i, o); !store_->has(record)) {
          tasks.push_back({record, i, keys[i] * options_.runs, options_.runs, o});
        }
      }
    }
    // How many powers there will be is not known before the last.
    wanted_ = std::max(wanted_, done_ + tasks.size() * options_.runs + n_origins() * check_runs());
    if (!solve_all(tasks, job)) {
      return false;
    }
    std::fill(out.begin(), out.end(), 0.0);
    std::vector<BankWindow> windows = without_draws();
    for (std::size_t o = 0; o < n_origins(); ++o) {
      for (std::size_t k = 0; k < origins_[o].windows.size(); ++k) {
        BankWindow& window = windows[origins_[o].windows[k]];
        for (std::uint32_t i = 0; i < n; ++i) {
          add_record(window, store_->get(record_number(first + i, o)), origins_[o].windows, k);
          const double loss = window.followed(window.draws - 1);
          out[i] = std::isnan(loss) ? -std::numeric_limits<double>::infinity() : out[i] - out_.strength() * loss;
        }
      }
    }
    out_.runs += n * n_origins() * options_.runs;
    first += static_cast<std::uint32_t>(n);
    return true;
  };
  const TemperedSample sample = tempered({.particles = n, .dimensions = d, .seed = options_.seed}, log_likelihood);
  if (!sample.is_whole) {
    return false;
  }
  out_.tempering = sample.steps;
  JointDraws moved;
  moved.parameters = parameters;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < d; ++j) {
      moved.values.push_back(value_at(parameters[j], sample.z[i * d + j]));
    }
  }
  const std::vector<double> same(n, 1 / static_cast<double>(n));
  std::vector<double> column(n);
  for (FittedNumber& number : out_.numbers) {
    const auto found = std::find(parameters.begin(), parameters.end(), number.parameter);
    if (found != parameters.end()) {
      const auto j = static_cast<std::size_t>(found - parameters.begin());
      for (std::size_t i = 0; i < n; ++i) {
        column[i] = moved.values[i * d + j];
      }
      set_posterior(number, column, same, static_cast<double>(n));
    }
  }
  out_.draws = std::move(moved);
  return true;
}

}  // namespace truel::record::fit
