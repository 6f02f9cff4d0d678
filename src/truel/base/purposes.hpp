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
    {Purpose::fire, "fire", "place", "deaths of each force at the place, and to which attackers they are laid"},
    {Purpose::strikes, "strikes", "0", "deaths by all strikes of the step"},
    {Purpose::recruitment, "recruitment", "actor", "recruits of the step and where they come up"},
    {Purpose::desertion, "desertion", "actor", "deserters of the step and where they stood"},
    {Purpose::underground, "underground", "place × number of actors + actor",
     "those who are found underground in an interval, those who join, who found them"},
    {Purpose::defection, "defection", "actor",
     "those who change sides in the step, where they stood and whom they join"},
    {Purpose::estimate, "estimate", "command × number of places + place",
     "error of the command's estimate at this epoch, or for as long as an error lasts"},
    {Purpose::rounds, "rounds", "place",
     "hits of a salvo or a turn, and whose hits killed (the step is the number of the round)"},
    {Purpose::turns, "turns", "actor", "its lot among actors with the same turn (step 0)"},
    {Purpose::harm_recruits, "harm_recruits", "place × number of actors + actor",
     "recruits that harm done by others makes in the step"},
    {Purpose::alignment, "alignment", "0", "which pair or triad moves next, and how"},
    {Purpose::events, "events", "0", "all events of the exact solver until the next stop"},
    {Purpose::ledger, "ledger", "command × number of actors + enemy",
     "ledger: the credit that the first day begins with (step 0)"},
    {Purpose::ledger, "ledger", "command × number of places + place",
     "ledger: what is left of the preparation of an attack under way on the first day (step 1)"},
    {Purpose::worth, "worth", "command × number of places + place",
     "what makes the place worth an attack to the command beyond what the package says (step 0)"},
});

}  // namespace truel
