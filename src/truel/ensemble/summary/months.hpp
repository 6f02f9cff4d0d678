// What happened in each calendar month, and where, over the realizations.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "truel/base/month.hpp"
#include "truel/ensemble/store/run_store.hpp"
#include "truel/ensemble/summary/quantity.hpp"
#include "truel/solver/run.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::ensemble {

struct DyadMonth {
  std::size_t month;  ///< index into MonthSummary::months
  ActorIndex attacker, target;
  int country;  ///< index into CompiledModel::countries
  std::array<Quantity, solver::kMonthTalliesOf<solver::MonthTallyInfo::Of::dyad_and_country>.size()> quantities;
};

struct PlaceMonth {
  std::size_t month;
  PlaceIndex place;
  std::array<Quantity, solver::kMonthTalliesOf<solver::MonthTallyInfo::Of::place>.size()> quantities;
};

struct MonthSummary {
  std::vector<MonthSpan> months;
  std::vector<DyadMonth>
      dyads;  ///< those where something happened in some realization: month, attacker, target, country
  std::vector<PlaceMonth> places;  ///< those where something happened in some realization: month, place
};

/// Which of the numbers of MonthTallies differ from 0 in some realization.
class MonthsSeen {
 public:
  void add(const solver::MonthTallies& months);

 private:
  friend MonthSummary summarise_months(const CompiledModel&, const RunStore&, std::span<const std::uint32_t>,
                                       const MonthsSeen&);
  std::vector<std::uint8_t> dyad_, place_;  ///< of any of dyads by country, or of places
};

/// Reads the realizations `complete` once more for every 96 MiB of values. Quantiles are over the first kQuantileRuns.
MonthSummary summarise_months(const CompiledModel& model, const RunStore& store,
                              std::span<const std::uint32_t> complete, const MonthsSeen& seen);

}  // namespace truel::ensemble
