// A sample of the posterior that a bank says of: draws moved by tempered sequential Monte Carlo, instead of weights.
#include <algorithm>
#include <cmath>
#include <limits>

#include "truel/ensemble/design/design.hpp"
#include "truel/record/fit/control/control_methods.hpp"
#include "truel/record/fit/control/kept_runs.hpp"
#include "truel/record/fit/tempered.hpp"

namespace truel::record::fit {
namespace {

/// Of fewer particles the covariance that moves them says little.
constexpr std::uint32_t kLeastParticles = 64;

}  // namespace

std::uint32_t particles(const ControlFitOptions& options) {
  return std::max(kLeastParticles, options.draws / 4);
}

bool move_draws(const Frame& frame, ControlRuns& runs) {
  const ControlFitOptions& options = frame.options;
  ControlFit& fit = frame.out;
  const std::vector<int> parameters = fit.draws->parameters;
  const std::size_t n = particles(options);
  const std::size_t d = parameters.size();
  const CompiledModel& model = *frame.origins.front().model;
  std::span<const double> points;
  std::span<const std::uint32_t> chance;
  Job job = runs.prior_job();
  // What is not moved is drawn with the chance of the particle, so that a move is judged by what it moves.
  job.fill = [&](std::uint32_t particle, std::span<double> values) {
    ensemble::draw_parameters(model, options.seed, chance[particle], values);
    for (std::size_t j = 0; j < d; ++j) {
      values[at(parameters[j])] = value_at(frame.out.war, parameters[j], points[particle * d + j]);
    }
  };
  std::uint32_t first = runs.fitting_draws() + 2 * frame.check_runs();
  const auto log_likelihood = [&](std::span<const double> z, std::span<const std::uint32_t> keys,
                                  std::span<double> out) {
    points = z;
    chance = keys;
    std::vector<Task> tasks;
    for (std::uint32_t i = 0; i < n; ++i) {
      for (std::size_t o = 0; o < frame.n_origins(); ++o) {
        if (!runs.has(first + i, o)) {
          tasks.push_back({runs.record_number(first + i, o), i, keys[i] * options.runs, options.runs, o});
        }
      }
    }
    // How many powers there will be is not known before the last.
    runs.expect(tasks.size() * options.runs + frame.n_origins() * frame.check_runs());
    if (!runs.solve_all(tasks, job)) {
      return false;
    }
    std::fill(out.begin(), out.end(), 0.0);
    std::vector<BankWindow> windows = without_draws(frame);
    for (std::size_t o = 0; o < frame.n_origins(); ++o) {
      for (std::size_t k = 0; k < frame.origins[o].windows.size(); ++k) {
        BankWindow& window = windows[frame.origins[o].windows[k]];
        for (std::uint32_t i = 0; i < n; ++i) {
          add_record(frame, window, runs.get(first + i, o), frame.origins[o].windows, k);
          const double loss = window.followed(window.draws - 1);
          out[i] = std::isnan(loss) ? -std::numeric_limits<double>::infinity() : out[i] - fit.strength() * loss;
        }
      }
    }
    fit.runs += n * frame.n_origins() * options.runs;
    first += static_cast<std::uint32_t>(n);
    return true;
  };
  const TemperedSample sample = tempered({.particles = n, .dimensions = d, .seed = options.seed}, log_likelihood);
  if (!sample.is_whole) {
    return false;
  }
  fit.tempering = sample.steps;
  JointDraws moved;
  moved.parameters = parameters;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < d; ++j) {
      moved.values.push_back(value_at(frame.out.war, parameters[j], sample.z[i * d + j]));
    }
  }
  const std::vector<double> same(n, 1 / static_cast<double>(n));
  std::vector<double> column(n);
  for (FittedNumber& number : fit.numbers) {
    const auto found = std::find(parameters.begin(), parameters.end(), number.parameter);
    if (found != parameters.end()) {
      const auto j = static_cast<std::size_t>(found - parameters.begin());
      for (std::size_t i = 0; i < n; ++i) {
        column[i] = moved.values[i * d + j];
      }
      set_posterior(number, column, same, static_cast<double>(n));
    }
  }
  fit.draws = std::move(moved);
  return true;
}

}  // namespace truel::record::fit
