#include "truel/record/control/own_control.hpp"

#include <algorithm>
#include <numeric>

#include "truel/model/distributions/truncated.hpp"

namespace truel::record {
namespace {

/// Of the land, the share that must be known for shares of it to be told.
constexpr double kNearlyAll = 0.95;

}  // namespace

std::vector<double> OwnControl::land(Day day) const {
  std::vector<double> shares(at(sides.size()), 0);
  double known = 0;
  for (std::size_t p = 0; p < value.size(); ++p) {
    const SideIndex holder = control.holder(static_cast<PlaceIndex>(p), day);
    known += holder == kUnknown ? 0 : value[p];
    if (holder >= 0) {
      shares[at(holder)] += value[p];
    }
  }
  return known < kNearlyAll ? std::vector<double>() : shares;
}

std::optional<OwnControl> own_control(const War& war) {
  std::vector<int> spells(war.places.size(), 0);
  Day first = war.start;
  Day last = war.start;
  for (const ControlSpell& spell : war.control) {
    ++spells[at(spell.place)];
    first = std::min(first, spell.from);
    last = std::max(last, spell.to);
  }
  if (last <= war.start || std::none_of(spells.begin(), spells.end(), [](int n) { return n > 1; })) {
    return std::nullopt;
  }
  OwnControl own{.sides = sides_of(war), .control = ControlRecord(war.places.size(), first, last), .value = {}};
  for (const ControlSpell& spell : war.control) {
    own.control.set(spell.place, spell.from, spell.to, own.sides.of_holder(spell.controller), false);
  }
  for (PlaceIndex p = 0; p < static_cast<PlaceIndex>(war.places.size()); ++p) {
    own.value.push_back(median(war.parameters[at(war.place(p, PlaceParameter::value))]));
  }
  const double all = std::accumulate(own.value.begin(), own.value.end(), 0.0);
  for (double& v : own.value) {
    v /= all;
  }
  return own;
}

}  // namespace truel::record
