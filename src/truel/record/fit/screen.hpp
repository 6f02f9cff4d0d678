// Which numbers move a score at all: the few that a fit can learn about.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace truel::record::fit {

struct ScreenedInput {
  std::size_t input;
  double delta;     ///< Borgonovo's (2007), of the score on the input; biased upwards, as for the dummies
  double ks;        ///< greatest distance between the input's distribution in the best tenth and in the rest
  bool stands_out;  ///< both above those of every dummy
};

struct Screening {
  std::vector<ScreenedInput> ranked;     ///< all inputs, by delta / delta_floor + ks / ks_floor, greatest first
  double delta_floor = 0, ks_floor = 0;  ///< greatest of the dummies
};

/// u: [draw][input] where each input's draw lies in its prior, 0 to 1. score: [draw], lower is better. Dummies are
/// random numbers that nothing depends on. Cost: a sort of the draws for each input.
Screening screen(std::span<const double> u, std::size_t n_inputs, std::span<const double> score, int dummies,
                 std::uint64_t seed);

}  // namespace truel::record::fit
