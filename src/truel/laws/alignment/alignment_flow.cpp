#include "truel/laws/alignment/alignment_flow.hpp"

#include <algorithm>
#include <cmath>

#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

constexpr double kBeyondDoubt = 1e6;

double greatest_size(std::span<const double> values) {
  double greatest = 0;
  for (const double x : values) {
    greatest = std::max(greatest, std::abs(x));
  }
  return greatest;
}

}  // namespace

bool AlignmentFlow::acts(const CompiledModel& model, const State& s) {
  return alignment_rule(model, s) == AlignmentRule::terms;
}

void AlignmentFlow::begin(State& s, double time) {
  is_moving_ = acts(model_, s);
  if (!is_moving_) {
    return;
  }
  terms_.load(s);
  if (greatest_size(s.alignment) >= terms_.limit()) {
    own_state<Alignment>(s).end = time;
    is_moving_ = false;
  }
}

std::size_t AlignmentFlow::unknowns() const {
  return at(model_.n_actors()) * at(model_.n_actors());
}

void AlignmentFlow::pack(const State& s, double* y) const {
  std::copy(s.alignment.begin(), s.alignment.end(), y);
}

void AlignmentFlow::unpack(const double* y, State& s) const {
  for (std::size_t i = 0; i < unknowns(); ++i) {
    s.alignment[i] = terms_.has_clip() ? std::clamp(y[i], -1.0, 1.0) : y[i];
  }
}

void AlignmentFlow::slope(const double* y, std::span<const double> losses, double* dy) const {
  terms_.slope({y, unknowns()}, losses, {dy, unknowns()});
}

double AlignmentFlow::root(const double* y) const {
  return terms_.limit() - greatest_size({y, unknowns()});
}

void AlignmentFlow::end(State& s, double time) const {
  own_state<Alignment>(s).end = time;
}

void AlignmentFlow::before_blow(State& s) {
  own_state<Alignment>(s).losses = s.tallies.losses;
}

bool AlignmentFlow::is_beyond_doubt(const double* y) const {
  return greatest_size({y, unknowns()}) > kBeyondDoubt;
}

}  // namespace truel::laws
