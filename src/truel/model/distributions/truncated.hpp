// Distributions cut off at bounds.
#pragma once

#include "truel/model/war.hpp"

namespace truel {

/// The u-quantile, 0 < u < 1, of the distribution cut off below `least` and above `greatest` and scaled up again: what
/// lies outside is never drawn, and no value is drawn more often than its neighbours. Normal, lognormal and beta are
/// cut off; the other kinds have ends, which have to lie within. Exact to the rounding of Boost's functions, also where
/// little of the distribution is within. Rises with u.
double truncated_quantile(const Distribution& distribution, double u, double least, double greatest);

/// Of the number as it is drawn: cut off at its bounds.
double median(const Parameter& number);

}  // namespace truel
