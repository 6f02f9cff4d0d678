// Settings of accounts that cannot change anything.
#pragma once

#include <vector>

#include "truel/base/formats/mistakes.hpp"
#include "truel/model/war.hpp"
#include "truel/scenario/checks/dead_numbers.hpp"

namespace truel::scenario {

/// A warning for each line of an account that changes nothing when the account is run by itself: what reads its numbers
/// is off there, or weighs them with 0; or it moves an alignment without passing a threshold, and no law reads more of
/// alignments. Lines that change nothing under any account are left to warn_of_dead_numbers. is_changed: [parameter]
/// whether an account, a dated change or a check sets it; of the war: whether a dated change or a check does.
void warn_of_dead_settings(const Readers& readers, const War& war, const std::vector<bool>& is_changed,
                           const std::vector<bool>& is_changed_by_the_war, Mistakes& warnings);

}  // namespace truel::scenario
