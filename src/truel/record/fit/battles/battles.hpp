// The laws of attrition on recorded battles, stepped as X. Rubio-Campillo, "Model selection in historical research
// using approximate Bayesian computation", PLOS ONE 11 (2016) e0146491, steps them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "truel/record/fit/abc.hpp"

namespace truel::record::fit {

/// Losses of R in a step: in proportion to B R (linear), to B (square), to R (logarithmic), to R / ln(e + step)
/// (fatigue).
enum class AttritionLaw { linear, square, logarithmic, fatigue };
inline constexpr std::array<std::string_view, 4> kAttritionLaws{"linear", "square", "logarithmic", "fatigue"};

/// Persons.
struct Battle {
  double red = 0, red_dead = 0, blue = 0, blue_dead = 0;
};

/// Greatest mean and greatest standard deviation of the ratio of powers under the prior, both uniform from 0.
inline constexpr double kMostRatio = 5;

/// Casualties of both sides: the battle goes on, step by step, until one of them has lost at least what it lost in
/// history. Blue's strength a step is 100 / (red blue) under the linear law and 100 / max(red, blue) under the others,
/// red's is `ratio` times that; whole men are left after every step.
struct Casualties {
  double red, blue;
};
Casualties fight(AttritionLaw law, const Battle& battle, double ratio);

/// Casualties [battle][red, blue] with a ratio for each battle from the gamma distribution of this mean and standard
/// deviation, keyed by seed and number.
void fight_all(AttritionLaw law, std::span<const Battle> battles, double mean, double sd, std::uint64_t seed,
               std::uint32_t number, std::span<double> dead);

/// The study's distance, |simulated - recorded| / recorded summed over battles and sides, by rival laws; normal scores:
/// mean and standard deviation. Stops a draw as soon as it is beyond the bound. Keeps the span.
AbcDistance battles_distance(std::span<const Battle> battles, std::uint64_t seed);

/// Mean or standard deviation that a normal score stands for.
double ratio_of_score(double z);

}  // namespace truel::record::fit
