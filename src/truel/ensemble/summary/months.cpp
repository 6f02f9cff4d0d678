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

/// One number of MonthTallies, and where its quantity goes.
struct Series {
  const std::vector<float> MonthTallies::*values;
  std::size_t index;
  Quantity* quantity;
};

void mark(const std::vector<float>& values, std::vector<std::uint8_t>& seen) {
  seen.resize(values.size(), 0);
  for (std::size_t k = 0; k < values.size(); ++k) {
    seen[k] = static_cast<std::uint8_t>(seen[k] | static_cast<std::uint8_t>(values[k] != 0));
  }
}

}  // namespace

void MonthsSeen::add(const MonthTallies& months) {
  for (const MonthTallyInfo& tally : kOfDyads) {
    mark(months.*tally.values, dyad_);
  }
  for (const MonthTallyInfo& tally : kOfPlaces) {
    mark(months.*tally.values, place_);
  }
}

MonthSummary summarise_months(const CompiledModel& model, const RunStore& store,
                              std::span<const std::uint32_t> complete, const MonthsSeen& seen) {
  MonthSummary summary;
  summary.months = calendar_months(model.war().start, model.war().end);
  const std::size_t n = at(model.n_actors());
  const std::size_t n_countries = model.countries().size();
  const std::size_t n_places = at(model.n_places());
  const auto index_of = [&](const DyadMonth& d) {
    return ((d.month * n_countries + at(d.country)) * n + at(d.attacker)) * n + at(d.target);
  };
  for (std::size_t month = 0; month < summary.months.size() && !complete.empty(); ++month) {
    for (std::size_t pair = 0; pair < n * n; ++pair) {
      for (std::size_t country = 0; country < n_countries; ++country) {
        const DyadMonth dyad{
            month, static_cast<ActorIndex>(pair / n), static_cast<ActorIndex>(pair % n), static_cast<int>(country), {}};
        if (seen.dyad_[index_of(dyad)] != 0) {
          summary.dyads.push_back(dyad);
        }
      }
    }
    for (std::size_t p = 0; p < n_places; ++p) {
      if (seen.place_[month * n_places + p] != 0) {
        summary.places.push_back({month, static_cast<PlaceIndex>(p), {}});
      }
    }
  }
  std::vector<Series> series;
  for (DyadMonth& d : summary.dyads) {
    for (std::size_t k = 0; k < kOfDyads.size(); ++k) {
      series.push_back({kOfDyads[k].values, index_of(d), &d.quantities[k]});
    }
  }
  for (PlaceMonth& p : summary.places) {
    const std::size_t index = p.month * n_places + at(p.place);
    for (std::size_t k = 0; k < kOfPlaces.size(); ++k) {
      series.push_back({kOfPlaces[k].values, index, &p.quantities[k]});
    }
  }

  const std::size_t kept = std::min(complete.size(), kQuantileRuns);
  const std::size_t a_pass = std::max<std::size_t>(1, kSeriesBytes / std::max<std::size_t>(1, kept * sizeof(float)));
  solver::Run run;
  for (std::size_t from = 0; from < series.size(); from += a_pass) {
    const std::size_t count = std::min(a_pass, series.size() - from);
    std::vector<Moments> moments(count);
    std::vector<float> values(count * kept);  // [series][realization]
    for (std::size_t r = 0; r < complete.size(); ++r) {
      store.read(complete[r], run);
      for (std::size_t k = 0; k < count; ++k) {
        const float x = (run.months.*series[from + k].values)[series[from + k].index];
        moments[k].add(static_cast<double>(x), complete[r]);
        if (r < kept) {
          values[k * kept + r] = x;
        }
      }
    }
    for_each_index(count, 0, [&](std::size_t k) {
      const auto begin = values.begin() + static_cast<std::ptrdiff_t>(k * kept);
      std::vector<float> own(begin, begin + static_cast<std::ptrdiff_t>(kept));
      Quantity& quantity = *series[from + k].quantity;
      quantity = quantity_of(moments[k]);
      set_quantiles(own, quantity);
    });
  }
  return summary;
}

}  // namespace truel::ensemble
