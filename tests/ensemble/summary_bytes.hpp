#pragma once

#include <string>

#include "truel/ensemble/ensemble.hpp"

namespace truel::test {

/// Every byte of a summary: equal strings are equal summaries.
inline std::string bytes_of(const ensemble::Summary& summary) {
  std::string bytes;
  const auto put = [&](const auto& value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof value); };
  const auto put_all = [&](const auto& values) {
    put(values.size());
    for (const auto& value : values) {
      put(value);
    }
  };
  put_all(summary.numbers);
  put(summary.runs);
  put(summary.failed_runs);
  put(summary.quantile_runs);
  put_all(summary.days);
  for (const ensemble::ActorSummary& actor : summary.actors) {
    put(actor.first_fighters);
    put(actor.survival_probability);
    put(actor.survival_se);
    put(actor.survival_interval);
    put(actor.collapse_share);
    put(actor.turn_share);
    put_all(actor.outcomes);
    put_all(actor.fighters);
    put_all(actor.territory);
  }
  for (const ensemble::DyadSummary& dyad : summary.dyads) {
    put(dyad.attacker);
    put(dyad.target);
    put(dyad.losses);
    put(dyad.effort_share);
    put_all(dyad.losses_by_time);
  }
  put_all(summary.control.values());
  for (const ensemble::DyadMonth& d : summary.months.dyads) {
    put_all(d.quantities);
  }
  for (const ensemble::PlaceMonth& p : summary.months.places) {
    put_all(p.quantities);
  }
  put(summary.civilian_harm);
  return bytes;
}

}  // namespace truel::test
