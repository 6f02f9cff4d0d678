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

/// Gathers the numbers of MonthTallies that differ from 0 in some realization: each from the first in which it does, as
/// many as there is room for. What the others were is read from the store afterwards.
class MonthsTally {
 public:
  /// realizations: how many there are at most. bytes: room for values; memory for them.
  MonthsTally(const CompiledModel& model, std::size_t realizations, std::size_t bytes);

  /// number: of the realization.
  void add(const solver::MonthTallies& months, std::uint32_t number);

  /// Whether there is room for all, so that none is read again.
  bool has_room() const;

  /// `complete`: the realizations that were added, which are read once more for every 96 MiB of values that had no
  /// room; store: null where all had. Quantiles are over the first kQuantileRuns.
  MonthSummary summary(const RunStore* store, std::span<const std::uint32_t> complete);

 private:
  /// One number of MonthTallies in the realizations that were added.
  struct Series {
    const std::vector<float> solver::MonthTallies::*list;
    std::size_t index;
    Moments moments{};
    std::vector<float> values{};  ///< of the first kQuantileRuns

    void add(const solver::MonthTallies& months, std::uint32_t number);
    Quantity quantity();  ///< leaves no values
  };

  /// The numbers of a dyad in a country, or of a place, one after the other.
  struct Kind {
    std::span<const solver::MonthTallyInfo> tallies;
    std::vector<std::uint8_t> seen;     ///< [month and dyad or place] whether any of its numbers was not 0
    std::vector<std::size_t> gathered;  ///< [the same] where its first is among gathered_, of those seen with room
  };

  void look(const solver::MonthTallies& months, Kind& kind);

  const CompiledModel& model_;
  std::size_t most_values_;  ///< values of a series, at most
  std::size_t most_;         ///< of gathered_
  std::size_t n_added_ = 0;
  Moments of_zeros_;  ///< of a number that was 0 in all that were added
  Kind dyads_, places_;
  std::vector<Series> gathered_;
};

}  // namespace truel::ensemble
