#include "truel/laws/alignment/alignment_terms.hpp"

#include <algorithm>
#include <cmath>

#include "truel/laws/laws.hpp"

namespace truel::laws {

AlignmentTerms::AlignmentTerms(const CompiledModel& model)
    : model_(model), n_(model.n_actors()), pull_(at(n_ * n_)), strength_(at(n_), 1) {}

void AlignmentTerms::load(const State& s) {
  const AlignmentState& own = own_state<Alignment>(s);
  const War& war = model_.war();
  const auto constant = [&](LawParameter p) { return s.value(war.law(p)); };
  balance_ = constant(number_of<Alignment>(Alignment::balance));
  friction_ = constant(number_of<Alignment>(Alignment::friction));
  has_clip_ = constant(number_of<Alignment>(Alignment::clip)) > 0;
  const double limit = constant(number_of<Alignment>(Alignment::limit));
  limit_ = has_clip_ ? kUnbounded : std::isnan(limit) ? kDiverged : limit;
  for (ActorIndex a = 0; a < n_; ++a) {
    strength_[at(a)] = own.strength[a];
    for (ActorIndex b = 0; b < n_; ++b) {
      pull_[at(a * n_ + b)] = own.pull[s.pair(a, b)];
    }
  }
}

void AlignmentTerms::slope(std::span<const double> alignment, std::span<const double> losses,
                           std::span<double> slope) const {
  const auto value = [&](ActorIndex a, ActorIndex b) {
    const double x = alignment[at(a * n_ + b)];
    return has_clip_ ? std::clamp(x, -1.0, 1.0) : x;
  };
  for (ActorIndex a = 0; a < n_; ++a) {
    for (ActorIndex b = a; b < n_; ++b) {
      double sum = 0;
      for (ActorIndex c = 0; c < n_ && balance_ > 0; ++c) {
        sum += value(a, c) * value(c, b);
      }
      double moved = balance_ * sum;
      if (a != b) {
        const double shares = losses[at(a * n_ + b)] / strength_[at(b)] + losses[at(b * n_ + a)] / strength_[at(a)];
        moved += pull_[at(a * n_ + b)] - friction_ * shares;
      }
      const double x = alignment[at(a * n_ + b)];
      if (has_clip_ && ((x >= 1 && moved > 0) || (x <= -1 && moved < 0))) {
        moved = 0;
      }
      slope[at(a * n_ + b)] = slope[at(b * n_ + a)] = moved;
    }
  }
}

}  // namespace truel::laws
