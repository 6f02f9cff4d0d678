// Numbers of a package that cannot change anything.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "truel/base/formats/mistakes.hpp"
#include "truel/model/war.hpp"

namespace truel::scenario {

/// Index of every number of the war, given or not, that changes nothing: what reads it (model/readings.hpp) is off, or
/// weighs it with 0. is_changed: [parameter] whether something, such as an account, may set it to other values.
/// Cost: numbers of the war.
std::vector<int> dead_numbers(const War& war, const std::vector<bool>& is_changed);

/// [number] of these: nothing where it may change something; otherwise in words what would have to be so.
std::vector<std::optional<std::string>> missing_for(const War& war, const std::vector<bool>& is_changed,
                                                    std::span<const int> numbers);

/// A warning for each column of a file, or table of constants, in which numbers change nothing, whatever account is
/// run. is_changed: [parameter] whether an account, a dated change or a check sets it.
void warn_of_dead_numbers(const War& war, const std::vector<bool>& is_changed, Mistakes& warnings);

}  // namespace truel::scenario
