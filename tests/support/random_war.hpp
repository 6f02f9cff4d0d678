// Wars that nobody thought of, for the properties that must hold in every war.
#pragma once

#include "support/war_builder.hpp"

namespace truel::test {

struct RandomWarLimits {
  int most_fighters = 300;  ///< of an actor at a place on the first day
  int most_days = 45;
  bool may_be_uncertain = true;  ///< some parameters are ranges
  bool has_every_law = true;     ///< else: none that goes by the order of ids (rules of alignment, best responses)
};

/// A war drawn with RapidCheck: call it inside a property. How many actors and places there are, how long it lasts and
/// which laws act is drawn by RapidCheck, which makes a failing war smaller; all the rest follows from one drawn
/// number.
WarBuilder random_war(const RandomWarLimits& limits = {});

}  // namespace truel::test
