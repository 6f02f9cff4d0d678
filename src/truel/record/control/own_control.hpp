// Who held what by the package itself (control.csv), before its first day and after it.
#pragma once

#include <optional>
#include <vector>

#include "truel/record/control/control.hpp"
#include "truel/record/observations/rules.hpp"

namespace truel::record {

struct OwnControl {
  Sides sides;
  ControlRecord control;
  std::vector<double> value;  ///< [place] as a share of the value of all places, each by its median

  /// [side] share of the land on a day; empty where the record does not say of nearly all of it who held it. Contested
  /// places are nobody's.
  std::vector<double> land(Day day) const;
};

/// None where control.csv tells of no change of hands, or ends by the first day of the run.
std::optional<OwnControl> own_control(const War& war);

}  // namespace truel::record
