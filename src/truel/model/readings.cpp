#include "truel/model/readings.hpp"

namespace truel {
namespace {

constexpr bool kAtStart = true;

constexpr std::array kCommon = std::to_array<Reading>({
    // Results of every run.
    {"places.population", {}, kAtStart},
    {"places.value"},
    {"support.share"},
    {"forces.fighters"},
    {"actors.front_line_fraction", {}, kAtStart},
    {"commands.doctrine"},
    {"ties.alignment"},
    {"thresholds.ally"},
    {"thresholds.enemy"},
    {"thresholds.collapse_fraction"},
    {"thresholds.extinction"},
    {"interventions.value", {"interventions.on"}},
    {"interventions.date", {"interventions.on"}},
    {"interventions.compliance", {"interventions.on"}},
    {"interventions.ends_per_day", {"interventions.on"}},
    {"interventions.half_rate_days", {"interventions.ends_per_day"}},
    {"links.road_km", {}, kAtStart},  // forecasts of a record's control are scored by distance
});

}  // namespace

std::string column_of(std::string_view path) {
  if (path.starts_with("scenario.terrain.")) {
    return std::string("terrain").append(path.substr(path.rfind('.')));
  }
  if (path.starts_with("scenario.")) {
    return std::string(path.substr(9));
  }
  const std::string_view table = path.substr(0, path.find('.'));
  return table == "forces"    ? "forces.fighters"
         : table == "support" ? "support.share"
                              : std::string(table).append(path.substr(path.rfind('.')));
}

bool is_read_at_start(std::string_view path) {
  const std::string column = column_of(path);
  bool is_read = false;
  bool is_later = false;
  for (const Reading& reading : readings()) {
    is_read = is_read || reading.number == column;
    is_later = is_later || (reading.number == column && !reading.is_at_start);
  }
  return is_read && !is_later;
}

std::span<const Reading> common_readings() {
  return kCommon;
}

}  // namespace truel
