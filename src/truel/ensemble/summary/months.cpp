#include "truel/ensemble/summary/months.hpp"

#include <algorithm>

#include "truel/base/index.hpp"
#include "truel/ensemble/parallel.hpp"

namespace truel::ensemble {
namespace {

using solver::MonthTallies;
using solver::MonthTallyInfo;

constexpr auto kOfDyads = solver::kMonthTalliesOf<MonthTallyInfo::Of::dyad_and_country>;
constexpr auto kOfPlaces = solver::kMonthTalliesOf<MonthTallyInfo::Of::place>;

/// Kind::gathered of what is read from the store.
constexpr std::size_t kNoRoom = static_cast<std::size_t>(-1);

}  // namespace

MonthsTally::MonthsTally(const CompiledModel& model, std::size_t realizations, std::size_t bytes)
    : model_(model),
      most_values_(std::min(realizations, kQuantileRuns)),
      most_(bytes / (sizeof(Series) + most_values_ * sizeof(float))),
      dyads_{kOfDyads, {}, {}},
      places_{kOfPlaces, {}, {}} {}

bool MonthsTally::has_room() const {
  std::size_t a_month = 0;
  for (const MonthTallyInfo& tally : solver::kMonthTallies) {
    a_month += solver::month_row(model_, tally.of);
  }
  return a_month * calendar_months(model_.war().start, model_.war().end).size() <= most_;
}

void MonthsTally::Series::add(const MonthTallies& months, std::uint32_t number) {
  const float x = (months.*list)[index];
  moments.add(static_cast<double>(x), number);
  if (values.size() < kQuantileRuns) {
    values.push_back(x);
  }
}

Quantity MonthsTally::Series::quantity() {
  Quantity quantity = quantity_of(moments);
  set_quantiles(values, quantity);
  values = {};
  return quantity;
}

void MonthsTally::add(const MonthTallies& months, std::uint32_t number) {
  look(months, dyads_);
  look(months, places_);
  for (Series& series : gathered_) {
    series.add(months, number);
  }
  of_zeros_.add(0, number);
  ++n_added_;
}

/// Begins to gather what is not 0 for the first time: it was 0 so far.
void MonthsTally::look(const MonthTallies& months, Kind& kind) {
  for (const MonthTallyInfo& tally : kind.tallies) {
    const std::vector<float>& values = months.*tally.values;
    kind.seen.resize(values.size(), 0);
    kind.gathered.resize(values.size(), kNoRoom);
    unsigned is_any_new = 0;  // most often none
    for (std::size_t k = 0; k < values.size(); ++k) {
      is_any_new |= static_cast<unsigned>(values[k] != 0) & (kind.seen[k] ^ 1U);
    }
    for (std::size_t k = 0; is_any_new != 0 && k < values.size(); ++k) {
      if (values[k] == 0 || kind.seen[k] != 0) {
        continue;
      }
      kind.seen[k] = 1;
      if (gathered_.size() + kind.tallies.size() <= most_) {
        kind.gathered[k] = gathered_.size();
        for (const MonthTallyInfo& one : kind.tallies) {
          Series& begun = gathered_.emplace_back(Series{one.values, k, of_zeros_});
          begun.values.reserve(most_values_);
          begun.values.assign(std::min(n_added_, most_values_), 0);
        }
      }
    }
  }
}

MonthSummary MonthsTally::summary(const RunStore* store, std::span<const std::uint32_t> complete) {
  MonthSummary summary;
  summary.months = calendar_months(model_.war().start, model_.war().end);
  const std::size_t n = at(model_.n_actors());
  const std::size_t n_countries = model_.countries().size();
  const std::size_t n_places = at(model_.n_places());
  const auto index_of = [&](const DyadMonth& d) {
    return ((d.month * n_countries + at(d.country)) * n + at(d.attacker)) * n + at(d.target);
  };
  for (std::size_t month = 0; month < summary.months.size() && !complete.empty(); ++month) {
    for (std::size_t pair = 0; pair < n * n; ++pair) {
      for (std::size_t country = 0; country < n_countries; ++country) {
        const DyadMonth dyad{
            month, static_cast<ActorIndex>(pair / n), static_cast<ActorIndex>(pair % n), static_cast<int>(country), {}};
        if (dyads_.seen[index_of(dyad)] != 0) {
          summary.dyads.push_back(dyad);
        }
      }
    }
    for (std::size_t p = 0; p < n_places; ++p) {
      if (places_.seen[month * n_places + p] != 0) {
        summary.places.push_back({month, static_cast<PlaceIndex>(p), {}});
      }
    }
  }
  std::vector<Quantity*> gathered(gathered_.size());
  std::vector<Series> left;
  std::vector<Quantity*> of_left;
  const auto ask_for = [&](const Kind& kind, std::size_t index, std::span<Quantity> quantities) {
    for (std::size_t k = 0; k < quantities.size(); ++k) {
      if (kind.gathered[index] != kNoRoom) {
        gathered[kind.gathered[index] + k] = &quantities[k];
      } else {
        left.push_back({kind.tallies[k].values, index});
        of_left.push_back(&quantities[k]);
      }
    }
  };
  for (DyadMonth& d : summary.dyads) {
    ask_for(dyads_, index_of(d), d.quantities);
  }
  for (PlaceMonth& p : summary.places) {
    ask_for(places_, p.month * n_places + at(p.place), p.quantities);
  }

  for_each_index(gathered.size(), 0, [&](std::size_t k) { *gathered[k] = gathered_[k].quantity(); });
  gathered_ = {};
  const std::size_t a_pass =
      std::max<std::size_t>(1, kSeriesBytes / std::max<std::size_t>(1, most_values_ * sizeof(float)));
  solver::Run run;
  for (std::size_t from = 0; from < left.size(); from += a_pass) {
    const std::size_t count = std::min(a_pass, left.size() - from);
    const std::span<Series> some = std::span(left).subspan(from, count);
    for (Series& series : some) {
      series.values.reserve(most_values_);
    }
    for (const std::uint32_t number : complete) {
      store->read(number, run);
      for (Series& series : some) {
        series.add(run.months, number);
      }
    }
    for_each_index(count, 0, [&](std::size_t k) { *of_left[from + k] = some[k].quantity(); });
  }
  return summary;
}

}  // namespace truel::ensemble
