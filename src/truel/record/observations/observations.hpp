// Observations as published, brought onto the places and sides of a war.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/model/war.hpp"
#include "truel/record/control/control.hpp"
#include "truel/record/observations/events.hpp"
#include "truel/record/observations/rules.hpp"

namespace truel::record {

/// What became of a file below the folder of observations.
struct ObservedFile {
  std::string name{};    ///< below the folder
  std::string kind{};    ///< "control spells", "UCDP events", "ACLED events", or why it is not read
  std::string sha256{};  ///< of its text, unpacked
  std::size_t rows = 0;
  bool is_read = false;
  bool is_cited = false;
};

/// How often something was dropped or merged, and why.
struct Count {
  std::string reason;
  std::size_t rows = 0;
};

/// A place of the war in a table of GeoNames.
struct GazetteerEntry {
  PlaceIndex place = kNone;
  std::string name{};
  double km = 0;  ///< between the two positions
};

struct Observations {
  Sides sides;  ///< those of the war, then those that only the record names
  ControlRecord control;
  Day control_from = 0, control_to = -1;  ///< days that files cover; before them control is the package's own record
  std::vector<Event> events;              ///< of deaths, sorted by date and id
  /// Whole months of deaths, as month_of counts them: of each file from that of its first event to the last that ends
  /// by its last event.
  std::set<int> covered_months;
  Day events_from = 0, events_to = -1;  ///< of the first and of the last of them; none: the end is before the beginning
  std::vector<GazetteerEntry> gazetteer;  ///< places of the war that GeoNames has under their geonames_id
  bool has_gazetteer = false;
  std::vector<ObservedFile> files;
  std::vector<Count> counts;
  std::map<std::string, std::size_t> unmatched_places, unmatched_sides;  ///< text of the record -> rows
  /// Of the files that were read: those of the publishers of their kind, then those that the package has for them.
  std::vector<std::string> citations;

  /// The months between the first and the last covered one that no file covers, as "2018-01 to 2018-12"; "" without
  /// any.
  std::string gaps() const;
  /// The hash of all that was read: the same only where scores and fits know the same.
  std::string sha256() const;
  /// Adds rows to those of the same reason.
  void count(const std::string& reason, std::size_t rows = 1);
};

/// The mistake in a folder of observations that is none.
std::optional<Diagnostic> no_folder(const std::filesystem::path& folder);

/// Reads every file of observations below `folder`. Files are known by their columns, whatever their names and
/// subfolders; compressed ones are unpacked. Where rules name files only those are read. Control before the first
/// observed day is that of the package. Errors: no such folder; no file with known columns; tables that cannot be read;
/// dates that are none.
Result<Observations> read_observations(const War& war, const Rules& rules, const std::filesystem::path& folder);

/// A record as a package reads it.
struct PackageRecord {
  Rules rules;
  Observations observations;
};

/// The rules of the package that the war was read from, and what they read below `folder`; of an empty path no
/// observations but the sides: who holds what is in control.csv of the package alone. Errors: those of both.
Result<PackageRecord> read_record(const War& war, const std::filesystem::path& package,
                                  const std::filesystem::path& folder);

}  // namespace truel::record
