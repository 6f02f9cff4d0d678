#include "truel/laws/alignment/alignment_mover.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "truel/base/math.hpp"
#include "truel/laws/alignment/alignment_rules.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

/// The coefficients of Dormand and Prince (1980), order 5 with an embedded solution of order 4. The last row is the
/// step itself; its slope is the first of the next step.
constexpr int kStages = 7;
constexpr std::array<std::array<double, kStages - 1>, kStages> kStage{{
    {},
    {1.0 / 5},
    {3.0 / 40, 9.0 / 40},
    {44.0 / 45, -56.0 / 15, 32.0 / 9},
    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
    {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84},
}};
constexpr std::array<double, kStages> kError{71.0 / 57600,      0,          -71.0 / 16695, 71.0 / 1920,
                                             -17253.0 / 339200, 22.0 / 525, -1.0 / 40};

constexpr double kTolerance = 1e-9;
constexpr double kLeastStep = 1e-14;  // of the stretch; only a solution that blows up needs a smaller one

}  // namespace

AlignmentMover::AlignmentMover(const CompiledModel& model) : model_(model), terms_(model) {
  const std::size_t size = Alignment::may_act(model) ? at(model.n_actors()) * at(model.n_actors()) : 0;
  for (auto* v : {&now_, &tried_, &losses_}) {
    v->assign(size, 0);
  }
  slopes_.assign(kStages, std::vector<double>(size, 0));
}

bool AlignmentMover::reaches_limit(std::span<const double> alignment) const {
  return std::any_of(alignment.begin(), alignment.end(), [&](double x) { return !(std::abs(x) < terms_.limit()); });
}

bool AlignmentMover::advance(State& s, int from, int until) {
  switch (alignment_rule(model_, s)) {
    case AlignmentRule::none:
      break;
    case AlignmentRule::triads:
      for (int day = from; day < until; ++day) {
        update_triads(model_, s, day);
      }
      break;
    case AlignmentRule::landscape:
      for (int day = from; day < until; ++day) {
        update_sides(model_, s, day);
      }
      break;
    case AlignmentRule::terms:
      integrate(s, from, until);
      break;
  }
  return !Alignment::has_diverged(model_, s);
}

void AlignmentMover::integrate(State& s, double from, double until) {
  const int n = s.n_actors;
  terms_.load(s);
  for (ActorIndex a = 0; a < n; ++a) {
    for (ActorIndex b = 0; b < n; ++b) {
      const std::size_t pair = s.pair(a, b);
      now_[at(a * n + b)] = s.alignment[pair];
      losses_[at(a * n + b)] = (s.tallies.losses[pair] - own_state<Alignment>(s).losses[pair]) / (until - from);
      own_state<Alignment>(s).losses[pair] = s.tallies.losses[pair];
    }
  }
  const std::size_t size = now_.size();
  const auto clip = [&](double x) { return terms_.has_clip() ? std::clamp(x, -1.0, 1.0) : x; };
  double time = from;
  double step = until - from;
  terms_.slope(now_, losses_, slopes_[0]);
  while (time < until && !reaches_limit(now_)) {
    step = std::min(step, until - time);
    double error = 0;
    if (terms_.has_balance()) {
      for (int stage = 1; stage < kStages; ++stage) {
        for (std::size_t i = 0; i < size; ++i) {
          double sum = 0;
          for (int k = 0; k < stage; ++k) {
            sum += kStage[at(stage)][at(k)] * slopes_[at(k)][i];
          }
          tried_[i] = now_[i] + step * sum;
        }
        terms_.slope(tried_, losses_, slopes_[at(stage)]);
      }
      for (std::size_t i = 0; i < size; ++i) {
        double sum = 0;
        for (int k = 0; k < kStages; ++k) {
          sum += kError[at(k)] * slopes_[at(k)][i];
        }
        const double scale = kTolerance * (1 + std::abs(now_[i]));
        error = std::max(error, std::isfinite(tried_[i]) ? std::abs(step * sum) / scale : kUnbounded);
      }
      if (!(error <= 1)) {
        step *= std::isfinite(error) ? std::max(0.2, 0.9 * math::pow(error, -0.2)) : 0.2;
        if (step < kLeastStep * (until - from)) {
          break;  // the solution goes to infinity before the next number that can be told from this time
        }
        continue;
      }
    } else {
      for (std::size_t i = 0; i < size; ++i) {
        tried_[i] = now_[i] + step * slopes_[0][i];  // exact: nothing depends on alignment itself
      }
    }
    time = step < until - time ? time + step : until;
    std::transform(tried_.begin(), tried_.end(), now_.begin(), clip);
    terms_.slope(now_, losses_, slopes_[0]);
    step *= error > 0 ? std::min(5.0, 0.9 * math::pow(error, -0.2)) : 5.0;
  }
  if (time < until || reaches_limit(now_)) {
    own_state<Alignment>(s).end = time;
  }
  for (ActorIndex a = 0; a < n; ++a) {
    for (ActorIndex b = 0; b < n; ++b) {
      s.alignment[s.pair(a, b)] = now_[at(a * n + b)];
    }
  }
}

}  // namespace truel::laws
