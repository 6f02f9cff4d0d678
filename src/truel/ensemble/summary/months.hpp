// What happened in each calendar month, and where, over the realizations.
#pragma once

#include <span>
#include <vector>

#include "truel/base/month.hpp"
#include "truel/ensemble/store/run_store.hpp"
#include "truel/ensemble/summary/quantity.hpp"
#include "truel/solver/run.hpp"
#include "truel/world/compiled_model.hpp"

namespace truel::ensemble {

struct DyadMonth {
  std::size_t month;  ///< index into MonthSummary::months
  ActorIndex attacker, target;
  int country;  ///< index into CompiledModel::countries
  Quantity losses;
};

struct PlaceMonth {
  std::size_t month;
  PlaceIndex place;
  Quantity losses, harm, changes;
};

struct MonthSummary {
  std::vector<MonthSpan> months;
  std::vector<DyadMonth> dyads;    ///< those with losses in some realization: month, attacker, target, country
  std::vector<PlaceMonth> places;  ///< those where something happened in some realization: month, place
};

/// Which of the numbers of MonthTallies differ from 0 in some realization.
class MonthsSeen {
 public:
  void add(const solver::MonthTallies& months);

 private:
  friend MonthSummary summarise_months(const CompiledModel&, const RunStore&, std::span<const std::uint32_t>,
                                       const MonthsSeen&);
  std::vector<std::uint8_t> losses_, place_;  ///< place_: of any of the three
};

/// Reads the realizations `complete` once more for every 96 MiB of values. Quantiles are over the first kQuantileRuns.
MonthSummary summarise_months(const CompiledModel& model, const RunStore& store,
                              std::span<const std::uint32_t> complete, const MonthsSeen& seen);

}  // namespace truel::ensemble
