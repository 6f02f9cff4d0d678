#include <fmt/format.h>

#include "truel/base/index.hpp"
#include "truel/output/score/score.hpp"
#include "truel/output/terminal/text.hpp"
#include "truel/record/score/input_doubts.hpp"

namespace truel::output {
namespace {

void list_unmatched(const std::map<std::string, std::size_t>& unmatched, const char* what, std::string& out) {
  if (unmatched.empty()) {
    out += fmt::format("every {} has a match\n", what);
    return;
  }
  std::size_t rows = 0;
  for (const auto& [name, n] : unmatched) {
    rows += n;
  }
  out += fmt::format("without a match: {} of the kind {}, in {}\n", unmatched.size(), what,
                     plural(static_cast<std::int64_t>(rows), "row"));
  for (const auto& [name, n] : unmatched) {
    out += fmt::format("  {} ({})\n", printable(name), n);
  }
}

void list_apart(const War& war, const record::Observations& o, std::string& out) {
  const auto apart = record::places_apart(war, o, o.control_from, o.control_to);
  if (apart.empty()) {
    return;
  }
  out += fmt::format(
      "{} with other holders in control.csv; forecasts from that day on begin with those, so end a spell of "
      "control.csv where these data know better\n",
      plural(static_cast<std::int64_t>(apart.size()), "place"));
  for (const auto& [place, day] : apart) {
    out += fmt::format("  {} from {}\n", war.places[at(place)].id, format_date(day));
  }
}

}  // namespace

std::string observations_text(const War& war, const record::Observations& o) {
  constexpr double kFarKm = 10;
  std::string out;
  for (const auto& file : o.files) {
    out += fmt::format("{}: {}, {}{}\n", printable(file.name), file.kind,
                       plural(static_cast<std::int64_t>(file.rows), "row"),
                       !file.is_read                                     ? ", not read"
                       : file.kind == "control spells" && !file.is_cited ? ", no citation in observations.toml"
                                                                         : "");
  }
  if (o.control_to >= o.control_from) {
    out += fmt::format("control from {} to {}\n", format_date(o.control_from), format_date(o.control_to));
  }
  if (!o.covered_months.empty()) {
    out +=
        fmt::format("{} events from {} to {}\n", o.events.size(), format_date(o.events_from), format_date(o.events_to));
  } else if (!o.events.empty()) {
    out += fmt::format("{} events, in no whole month\n", o.events.size());
  }
  if (const std::string gaps = o.gaps(); !gaps.empty()) {
    out += fmt::format("no file of events covers {}\n", gaps);
  }
  for (const auto& count : o.counts) {
    out += fmt::format("{} {}\n", plural(static_cast<std::int64_t>(count.rows), "row"), count.reason);
  }
  list_apart(war, o, out);
  list_unmatched(o.unmatched_places, "place", out);
  list_unmatched(o.unmatched_sides, "side", out);
  if (o.has_gazetteer) {
    std::size_t named = 0;
    for (const Place& place : war.places) {
      named += place.geonames_id.empty() ? 0 : 1;
    }
    out += fmt::format("{} of {} places with a geonames_id are in GeoNames\n", o.gazetteer.size(), named);
    for (const auto& entry : o.gazetteer) {
      if (entry.km > kFarKm) {
        out += fmt::format("  {} is {:.0f} km from {} there\n", war.places[at(entry.place)].id, entry.km,
                           printable(entry.name));
      }
    }
  }
  out.pop_back();
  return out;
}

}  // namespace truel::output
