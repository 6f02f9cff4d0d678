#include "truel/record/observations/read_events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/month.hpp"

namespace truel::record {
namespace {

bool is_civilians(std::string_view name) {
  return name.starts_with("Civilians");
}

constexpr std::string_view kUcdpNames =
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_"
    "id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,"
    "where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob\n";
constexpr std::size_t kUcdpColumns = 49;

}  // namespace

std::string not_ucdp_events(const Columns& columns) {
  if (!columns.has({"date_end", "date_start", "date"})) {
    return "events without a day or month";
  }
  if (!columns.has({"side_a"}) || !columns.has({"side_b"})) {
    return "events without the names of their sides";
  }
  return "";
}

bool is_acled(const Columns& columns) {
  return columns.has({"event_date"}) && columns.has({"actor1"}) && columns.has({"fatalities"});
}

std::string_view missing_ucdp_names(const CsvTable& table) {
  const std::vector<CsvCell>& first = table.header;
  const auto is_number = [&](std::size_t column) { return parse_count(first[column].text).has_value(); };
  // By its number, year and type of violence: names are no numbers.
  return first.size() == kUcdpColumns && is_number(0) && is_number(2) && is_number(5) ? kUcdpNames : std::string_view{};
}

EventReader::EventReader(const War& war, const Rules& rules, Observations& observations)
    : war_(war), rules_(rules), out_(observations), counts_as_(merge(observations.sides, rules)) {
  for (const Place& place : war.places) {
    boxes_.emplace_back(place.latitude, place.longitude, rules.near_km);
  }
}

bool EventReader::is_called(const Actor& actor, std::string_view name, std::string_view ucdp_id) const {
  return (!ucdp_id.empty() && actor.ucdp_id == ucdp_id) || actor.name == name || actor.id == name ||
         std::any_of(war_.aliases.begin(), war_.aliases.end(), [&](const Alias& alias) {
           return !alias.is_search_only && alias.name == name && alias.id == actor.id;
         });
}

int EventReader::known_side(std::string_view name, std::string_view ucdp_id) const {
  if (const auto rule = rules_.sides.find(name); rule != rules_.sides.end()) {
    return out_.sides.find(rule->second);
  }
  for (std::size_t a = 0; a < war_.actors.size(); ++a) {
    if (is_called(war_.actors[a], name, ucdp_id)) {
      return out_.sides.of_actor[a];
    }
  }
  return kNone;
}

bool EventReader::is_matched(std::string_view name, std::string_view ucdp_id) const {
  const auto rule = rules_.sides.find(name);
  return std::any_of(war_.actors.begin(), war_.actors.end(), [&](const Actor& actor) {
    return rule != rules_.sides.end() ? record_code(actor) == rule->second : is_called(actor, name, ucdp_id);
  });
}

int EventReader::side(std::string_view name, std::string_view ucdp_id) {
  if (const int whole = known_side(name, ucdp_id); whole != kNone) {
    return whole;
  }
  int found = kNone;
  bool is_mixed = false;
  for (std::size_t from = 0; from <= name.size() && name.find(',') != std::string_view::npos;) {
    const std::size_t to = std::min(name.find(',', from), name.size());
    if (const int part = known_side(trimmed(name.substr(from, to - from)), ""); part != kNone) {
      is_mixed = is_mixed || (found != kNone && counts_as_[at(found)] != counts_as_[at(part)]);
      found = found == kNone ? part : found;
    }
    from = to + 1;
  }
  if (is_mixed) {
    out_.count("merged: a coalition of several sides, counted as the first that the war has");
  }
  if (found == kNone && !is_civilians(name) && !is_matched(name, ucdp_id)) {
    ++out_.unmatched_sides[std::string(name)];
  }
  return found;
}

PlaceIndex EventReader::nearest_place(double latitude, double longitude) const {
  PlaceIndex nearest = kNone;
  double least = rules_.near_km;
  for (std::size_t p = 0; p < war_.places.size(); ++p) {
    const Place& place = war_.places[p];
    if (boxes_[p].has(latitude, longitude)) {
      if (const double km = great_circle_km(place.latitude, place.longitude, latitude, longitude); km <= least) {
        least = km;
        nearest = static_cast<PlaceIndex>(p);
      }
    }
  }
  return nearest;
}

std::set<int> EventReader::end_table() {
  const Day first = std::exchange(first_, kLastOfAll);
  const Day last = std::exchange(last_, kFirstOfAll);
  std::set<int> months;
  if (first > last) {
    return months;  // no event
  }
  for (int month = month_of(first); first_day(month + 1) - 1 <= last; ++month) {
    months.insert(month);
  }
  return months;
}

void EventReader::keep(Event event, std::string_view id) {
  first_ = std::min(first_, event.date);
  last_ = std::max(last_, event.date);
  if (id.empty()) {
    out_.count("kept: without an id, so an event that is there twice counts twice");
  } else if (!seen_.insert(event.id).second) {
    out_.count("merged: the same event id again");
    return;
  }
  if (event.low > event.best) {
    out_.count("kept: low above best");
  }
  if (event.best > event.high) {
    out_.count("kept: best above high");
  }
  if (event.where_precision >= kVaguePlace) {
    out_.count("left out by place: known to a line, area or country only");
  } else if ((event.place = nearest_place(event.latitude, event.longitude)) == kNone) {
    out_.count(fmt::format("left out by place: no place of the map within {} km", rules_.near_km));
  }
  if (event.date_precision >= kVagueDate) {
    out_.count("left out by month: known to a month or worse");
  }
  out_.events.push_back(std::move(event));
}

std::set<int> EventReader::read_ucdp(const CsvTable& table, const Columns& columns) {
  const std::size_t id = columns.find({"id"});
  const std::size_t date = columns.find({"date_end", "date_start", "date"});
  const std::size_t type = columns.find({"type_of_violence"});
  const std::size_t side_a = columns.find({"side_a"});
  const std::size_t side_b = columns.find({"side_b"});
  const std::size_t id_a = columns.find({"side_a_new_id", "side_a_dset_id", "side_a_id"});
  const std::size_t id_b = columns.find({"side_b_new_id", "side_b_dset_id", "side_b_id"});
  const std::size_t where = columns.find({"where_prec"});
  const std::size_t when = columns.find({"date_prec"});
  const std::size_t country = columns.find({"country"});
  const std::size_t latitude = columns.find({"latitude"});
  const std::size_t longitude = columns.find({"longitude"});
  const std::size_t deaths_a = columns.find({"deaths_a"});
  const std::size_t deaths_b = columns.find({"deaths_b"});
  const std::size_t civilians = columns.find({"deaths_civilians", "civilian_deaths"});
  const std::size_t unknown = columns.find({"deaths_unknown"});
  const std::size_t low = columns.find({"low", "low_est"});
  const std::size_t best = columns.find({"best", "best_est"});
  const std::size_t high = columns.find({"high", "high_est"});
  for (const CsvRow& row : table.rows) {
    const auto text = [&](std::size_t column) { return columns.cell(row, column); };
    const auto number = [&](std::size_t column, double otherwise) {
      return parse_count(text(column)).value_or(otherwise);
    };
    Event event;
    const auto day = parse_any_date(text(date));
    const auto y = parse_count(text(latitude));
    const auto x = parse_count(text(longitude));
    if (!row.is_whole || !day || (best != kNoColumn && !parse_count(text(best)))) {
      out_.count(!row.is_whole ? "dropped: a row with too few or too many cells"
                 : !day        ? "dropped: no date"
                               : "dropped: no number of deaths");
      continue;
    }
    event.id = "ucdp " + std::string(text(id));
    event.date = *day;
    event.violence = static_cast<int>(number(type, 1));
    event.side_a = side(text(side_a), text(id_a));
    event.side_b = side(text(side_b), text(id_b));
    event.country = text(country);
    event.where_precision = y && x ? static_cast<int>(number(where, 1)) : kVaguePlace;
    event.date_precision = static_cast<int>(number(when, 1));
    event.latitude = y.value_or(0);
    event.longitude = x.value_or(0);
    event.deaths_a = number(deaths_a, 0);
    event.deaths_b = number(deaths_b, 0);
    event.civilians = number(civilians, 0);
    event.unknown = number(unknown, 0);
    event.best = number(best, event.deaths_a + event.deaths_b + event.civilians + event.unknown);
    event.low = number(low, event.best);
    event.high = number(high, event.best);
    keep(std::move(event), text(id));
  }
  return end_table();
}

std::set<int> EventReader::read_acled(const CsvTable& table, const Columns& columns) {
  const std::size_t id = columns.find({"event_id_cnty", "data_id", "event_id_no_cnty"});
  const std::size_t date = columns.find({"event_date"});
  const std::size_t type = columns.find({"event_type"});
  const std::size_t side_a = columns.find({"actor1"});
  const std::size_t side_b = columns.find({"actor2"});
  const std::size_t where = columns.find({"geo_precision"});
  const std::size_t when = columns.find({"time_precision"});
  const std::size_t country = columns.find({"country"});
  const std::size_t latitude = columns.find({"latitude"});
  const std::size_t longitude = columns.find({"longitude"});
  const std::size_t deaths = columns.find({"fatalities"});
  for (const CsvRow& row : table.rows) {
    const auto text = [&](std::size_t column) { return columns.cell(row, column); };
    const auto day = parse_any_date(text(date));
    const auto fatalities = parse_count(text(deaths));
    const auto y = parse_count(text(latitude));
    const auto x = parse_count(text(longitude));
    if (!row.is_whole || !day || !fatalities) {
      out_.count(!row.is_whole ? "dropped: a row with too few or too many cells"
                 : !day        ? "dropped: no date"
                               : "dropped: no number of deaths");
      continue;
    }
    Event event;
    event.id = "acled " + std::string(text(id));
    event.date = *day;
    event.violence = text(type) == "Violence against civilians" ? kOneSided : 1;
    event.side_a = side(text(side_a), "");
    event.side_b = text(side_b).empty() ? kNone : side(text(side_b), "");
    event.country = text(country);
    // ACLED: 1 the place, 2 near it, 3 the region; 1 the day, 2 the week, 3 the month.
    const double area = parse_count(text(where)).value_or(1);
    const double span = parse_count(text(when)).value_or(1);
    event.where_precision = !y || !x ? kVaguePlace : area >= 3 ? 4 : static_cast<int>(area);
    event.date_precision = span >= 3 ? kVagueDate : span >= 2 ? 3 : 1;
    event.latitude = y.value_or(0);
    event.longitude = x.value_or(0);
    (event.violence == kOneSided ? event.civilians : event.unknown) = *fatalities;
    event.low = event.best = event.high = *fatalities;
    keep(std::move(event), text(id));
  }
  return end_table();
}

}  // namespace truel::record
