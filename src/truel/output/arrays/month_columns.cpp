#include "truel/output/arrays/month_columns.hpp"

#include <fmt/format.h>

#include <limits>

#include "truel/base/month.hpp"
#include "truel/output/arrays/arrays.hpp"

namespace truel::output {

using solver::kMonthTallies;
using solver::MonthTallyInfo;
using enum ArrayType;

namespace {

/// Numbers by month of all realizations together, before they are compressed.
constexpr std::size_t kMostMonthBytes = std::size_t{4} << 30;

}  // namespace

MonthColumns::MonthColumns(const CompiledModel& model, const ensemble::Summary& summary, bool takes_all)
    : summary_(summary), countries_(model.countries()), n_actors_(at(model.n_actors())), takes_all_(takes_all) {}

void MonthColumns::define(const ColumnMaker& column, const Frame& frame, const ArrayDimension& dyad) {
  const std::vector<MonthSpan>& months = summary_.months.months;
  month_ = column.file.dimension("month", months.size());
  const ArrayDimension country = column.file.dimension("country", countries_.size());
  column.file.labels("month", month_, "calendar month",
                     names_of(months, [](const MonthSpan& m) { return format_month(m.month); }));
  column.file.labels("country", country, "country of the place", countries_);
  month_start_ = column.file.variable("month_start", int32, {month_}, "first day of the month within the war",
                                      fmt::format("days since {} 00:00:00", format_date(frame.war.start)));
  column.file.attribute(month_start_, "calendar", "proleptic_gregorian");
  month_days_ = column.file.variable("month_days", int32, {month_}, "days of the month within the war", "day");
  if (!takes_all_) {
    column.file.attribute(
        "months_left_out",
        "the numbers by month of all realizations together have more than 4 GiB: months_dyads.csv and "
        "months_places.csv have their means and quantiles");
    return;
  }
  for (std::size_t k = 0; k < kMonthTallies.size(); ++k) {
    const MonthTallyInfo& tally = kMonthTallies[k];
    const auto [dimensions, coordinates] = [&]() -> std::pair<std::vector<ArrayDimension>, const char*> {
      switch (tally.of) {
        case MonthTallyInfo::Of::dyad_and_country:
          return {{month_, dyad, country}, "attacker target month_start month_days"};
        case MonthTallyInfo::Of::actor:
          return {{month_, frame.actor}, "actor_name actor_kind month_start month_days"};
        case MonthTallyInfo::Of::place:
          break;
      }
      return {{month_, frame.place}, "latitude longitude place_name month_start month_days"};
    }();
    column(tallies_[k], tally.array, float32, dimensions, tally.meaning, "1");
    column.file.attribute(tallies_[k].variable, "coordinates", coordinates);
  }
}

void MonthColumns::put_spans(ArrayTarget& file) const {
  std::vector<std::int32_t> from;
  std::vector<std::int32_t> days;
  for (const MonthSpan& month : summary_.months.months) {
    from.push_back(month.from);
    days.push_back(month.until - month.from);
  }
  file.put(month_start_, {month_}, 0, std::span<const std::int32_t>(from));
  file.put(month_days_, {month_}, 0, std::span<const std::int32_t>(days));
}

void MonthColumns::add(const solver::MonthTallies& months, bool is_complete) {
  if (!takes_all_) {
    return;
  }
  constexpr float missing = std::numeric_limits<float>::quiet_NaN();
  const std::size_t n = n_actors_;
  for (std::size_t k = 0; k < kMonthTallies.size(); ++k) {
    const std::vector<float>& values = months.*kMonthTallies[k].values;
    std::vector<float>& out = tallies_[k].values;
    const auto add = [&](std::size_t entry) { out.push_back(is_complete ? values[entry] : missing); };
    if (kMonthTallies[k].of != MonthTallyInfo::Of::dyad_and_country) {
      for (std::size_t entry = 0; entry < values.size(); ++entry) {
        add(entry);
      }
      continue;
    }
    for (std::size_t month = 0; month < summary_.months.months.size(); ++month) {
      for (const ensemble::DyadSummary& d : summary_.dyads) {
        for (std::size_t country = 0; country < countries_.size(); ++country) {
          add(((month * countries_.size() + country) * n + at(d.attacker)) * n + at(d.target));
        }
      }
    }
  }
}

void MonthColumns::put(ArrayTarget& file, std::size_t first) {
  if (takes_all_) {
    for (auto& tally : tallies_) {
      tally.put(file, first);
    }
  }
}

/// Bytes of the numbers by month of one realization.
std::size_t month_bytes(const CompiledModel& model, const ensemble::Summary& summary) {
  std::size_t numbers = 0;
  for (const MonthTallyInfo& tally : kMonthTallies) {
    numbers += tally.of == MonthTallyInfo::Of::dyad_and_country ? summary.dyads.size() * model.countries().size()
                                                                : solver::month_row(model, tally.of);
  }
  return sizeof(float) * summary.months.months.size() * numbers;
}

bool takes_months(const CompiledModel& model, const ensemble::Summary& summary) {
  return summary.numbers.size() * month_bytes(model, summary) <= kMostMonthBytes;
}

}  // namespace truel::output
