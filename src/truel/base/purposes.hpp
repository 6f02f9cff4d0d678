// What random numbers are drawn for, in words: the table of docs/randomness.md is made from this list.
#pragma once

#include <array>
#include <string_view>

#include "truel/base/random.hpp"

namespace truel {

struct PurposeInfo {
  Purpose purpose;
  std::string_view name;
  std::string_view entity;  ///< what the last part of the key counts
  std::string_view drawn;
};

/// Those that no law declares; a purpose has a row for each kind of entity.
inline constexpr std::array kPurposes = std::to_array<PurposeInfo>({
    {Purpose::design, "design", "set of four dimensions",
     "the order of the design's points (step from 2^30: replicate, block and round; in the place of the realization: a "
     "half of the index)"},
    {Purpose::design, "design", "dimension of a parameter",
     "which bits of a coordinate are turned (step from 2^31: replicate and level; in the place of the realization: the "
     "bits before)"},
    {Purpose::design, "design", "account or parameter", "the draws of a sensitivity study (steps 1 to 8)"},
    {Purpose::events, "events", "0", "all events of the exact solver until the next stop"},
    {Purpose::lot, "lot", "actor, place, command or column",
     "which of equals comes first: the strongest of equally strong, the nearer of equally near, the first player "
     "(step: "
     "day; which kind they are of stands above bit 22)"},
});

}  // namespace truel
