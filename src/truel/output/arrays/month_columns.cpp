#include "truel/output/arrays/month_columns.hpp"

#include <fmt/format.h>

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

MonthColumns::MonthColumns(Columns& columns, const Frame& frame, const ArrayDimension& dyad, const CompiledModel& model,
                           const ensemble::Summary& summary, bool takes_all)
    : months_(summary.months.months) {
  month_ = columns.file.dimension("month", months_.size());
  const ArrayDimension country = columns.file.dimension("country", model.countries().size());
  columns.file.labels("month", month_, "calendar month",
                      names_of(months_, [](const MonthSpan& m) { return format_month(m.month); }));
  columns.file.labels("country", country, "country of the place", model.countries());
  month_start_ = columns.file.variable("month_start", int32, {month_}, "first day of the month within the war",
                                       fmt::format("days since {} 00:00:00", format_date(frame.war.start)));
  columns.file.attribute(month_start_, "calendar", "proleptic_gregorian");
  month_days_ = columns.file.variable("month_days", int32, {month_}, "days of the month within the war", "day");
  if (!takes_all) {
    columns.file.attribute(
        "months_left_out",
        "the numbers by month of all realizations together have more than 4 GiB: months_dyads.csv and "
        "months_places.csv have their means and quantiles");
    return;
  }
  for (const MonthTallyInfo& tally : kMonthTallies) {
    Columns::Description about = {.name = tally.array, .meaning = tally.meaning, .unit = "1"};
    if (tally.of != MonthTallyInfo::Of::dyad_and_country) {
      const bool is_of_actors = tally.of == MonthTallyInfo::Of::actor;
      about.of = {month_, is_of_actors ? frame.actor : frame.place};
      about.coordinates = is_of_actors ? "actor_name actor_kind month_start month_days"
                                       : "latitude longitude place_name month_start month_days";
      columns.add<float>(about,
                         [&tally](const solver::Run& run, auto& values) { append(values, run.months.*tally.values); });
      continue;
    }
    about.of = {month_, dyad, country};
    about.coordinates = "attacker target month_start month_days";
    columns.add<float>(about, [&tally, &dyads = summary.dyads, rows = month_.length * country.length, country,
                               n = at(model.n_actors())](const solver::Run& run, auto& values) {
      for (std::size_t first = 0; first < rows; first += country.length) {
        for (const ensemble::DyadSummary& d : dyads) {
          for (std::size_t row = first; row < first + country.length; ++row) {
            values.push_back((run.months.*tally.values)[(row * n + at(d.attacker)) * n + at(d.target)]);
          }
        }
      }
    });
  }
}

void MonthColumns::put_spans(ArrayTarget& file) const {
  std::vector<std::int32_t> from;
  std::vector<std::int32_t> days;
  for (const MonthSpan& month : months_) {
    from.push_back(month.from);
    days.push_back(month.until - month.from);
  }
  file.put(month_start_, {month_}, 0, std::span<const std::int32_t>(from));
  file.put(month_days_, {month_}, 0, std::span<const std::int32_t>(days));
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
