// What becomes of the numbers that a user sets.
#pragma once

#include <string>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/model/war.hpp"

namespace truel::app {

/// A number that the user sets and an intervention of the package sets again.
struct SettingUndone {
  std::string path;    ///< as the user wrote it
  bool names_many;     ///< that path
  std::string first;   ///< path of the first of its numbers to be set again
  std::string by;      ///< id of the intervention
  Day on;              ///< its median day
  bool has_no_effect;  ///< on the first day or before, so that the user's value never holds
};
std::vector<SettingUndone> settings_undone(const War& war, const std::vector<std::string>& settings);

}  // namespace truel::app
