// Event data sets: UCDP GED of any version, and ACLED.
#pragma once

#include <limits>
#include <set>
#include <string>
#include <string_view>

#include "truel/base/geodesic.hpp"
#include "truel/record/observations/columns.hpp"
#include "truel/record/observations/observations.hpp"

namespace truel::record {

/// Why a table with this header is not read as dated events of known sides; "" if it is.
std::string not_ucdp_events(const Columns& columns);
bool is_acled(const Columns& columns);

/// The names of the 49 columns of UCDP GED, as a line, where a table begins with an event instead: some releases of
/// candidate events, such as 24.0.1, have none. "" for every other table.
std::string_view missing_ucdp_names(const CsvTable& table);

/// Turns rows into events of a war, and counts what is dropped and what is merged.
class EventReader {
 public:
  EventReader(const War& war, const Rules& rules, Observations& observations);

  /// Each gives the months that the table covers whole, as Observations::covered_months has them.
  std::set<int> read_ucdp(const CsvTable& table, const Columns& columns);
  std::set<int> read_acled(const CsvTable& table, const Columns& columns);

 private:
  int side(std::string_view name, std::string_view ucdp_id);
  bool is_called(const Actor& actor, std::string_view name, std::string_view ucdp_id) const;
  int known_side(std::string_view name, std::string_view ucdp_id) const;
  /// Whether the war has this side, be it one without men on the ground, which is no side of the record.
  bool is_matched(std::string_view name, std::string_view ucdp_id) const;
  PlaceIndex nearest_place(double latitude, double longitude) const;
  /// id: of the row, "" where it has none.
  void keep(Event event, std::string_view id);
  /// The months that the table covers whole; the next table begins.
  std::set<int> end_table();

  static constexpr Day kFirstOfAll = std::numeric_limits<Day>::min(), kLastOfAll = std::numeric_limits<Day>::max();

  const War& war_;
  const Rules& rules_;
  Observations& out_;
  std::vector<int> counts_as_;
  std::vector<GreatCircleBox> boxes_;  ///< [place] what may be near it
  std::set<std::string, std::less<>> seen_;
  Day first_ = kLastOfAll, last_ = kFirstOfAll;  ///< of the events of the table, those included that another has, too
};

}  // namespace truel::record
