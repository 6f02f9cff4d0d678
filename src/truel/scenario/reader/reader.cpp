#include "truel/scenario/reader/reader.hpp"

#include <fmt/format.h>

#include <exception>
#include <new>
#include <utility>

#include "truel/base/formats/plain_text.hpp"
#include "truel/base/index.hpp"
#include "truel/scenario/checks/numbers_together.hpp"
#include "truel/scenario/checks/warnings.hpp"
#include "truel/scenario/formats/map_geojson.hpp"
#include "truel/scenario/formats/sources.hpp"

namespace truel::scenario {
namespace {

// The pairs of actors are laid out as one table.
constexpr std::size_t kMostActors = 256;
constexpr std::size_t kMostPlaces = 100'000;

}  // namespace

Reader::Reader(const PackageFiles& package, const Overlay& overlay, Mistakes mistakes)
    : package_(package), overlay_(overlay), mistakes_(std::move(mistakes)) {
  for (const std::string& name : known_files()) {
    mistakes_.announce(package.label(name));
    warnings_.announce(package.label(name));
  }
}

Result<War> Reader::read() {
  war_.folder = package_.folder;
  war_.sha256 = package_sha256(package_);

  std::map<std::string_view, Table> table;
  for (const TableInfo& info : tables()) {
    table.emplace(info.file, Table(info, package_, mistakes_));
  }
  if (const PackageFile* file = package_.find("sources.json"); file != nullptr) {
    const std::string label = package_.label(file->name);
    if (const auto text = text_of(file->bytes, label, mistakes_)) {
      war_.sources = parse_sources(*text, label, mistakes_);
    }
    sources_.is_whole = mistakes_.count(label) == 0;
  }
  if (const PackageFile* file = package_.find("map.geojson"); file != nullptr) {
    const std::string label = package_.label(file->name);
    if (const auto text = text_of(file->bytes, label, mistakes_)) {
      war_.ground = parse_map(*text, label, mistakes_);
    }
  }
  std::vector<std::string> source_ids;
  for (const Source& source : war_.sources) {
    source_ids.push_back(source.id);
  }
  sources_.set(std::move(source_ids));
  collect_ids(table.at("commands.csv"), "id", false, commands_, command_rows_);
  collect_ids(table.at("actors.csv"), "id", false, actors_, actor_rows_);
  collect_ids(table.at("places.csv"), "place_id", false, places_, place_rows_);
  collect_ids(table.at("claims.csv"), "id", true, claims_, claim_rows_);
  collect_ids(table.at("topics.csv"), "id", false, topics_, topic_rows_);
  const auto limit = [&](const Ids& ids, std::size_t most, std::string_view file, std::string_view what) {
    const Table& source = table.at(file);
    if (ids.names.empty() && source.is_whole() && source.is_present()) {
      mistakes_.add({source.label(), 1, 0}, fmt::format("no {}", what), "add at least one row");
    }
    if (ids.names.size() > most) {
      mistakes_.add({source.label(), 1, 0}, fmt::format("{} {}", ids.names.size(), what),
                    fmt::format("keep at most {}", most));
    }
    return ids.names.size() <= most;
  };
  if (!limit(actors_, kMostActors, "actors.csv", "actors") || !limit(places_, kMostPlaces, "places.csv", "places")) {
    return mistakes_.take();
  }

  read_scenario_toml();
  read_commands(table.at("commands.csv"));
  read_actors(table.at("actors.csv"));
  read_places(table.at("places.csv"));
  read_links(table.at("links.csv"));
  read_control(table.at("control.csv"));
  read_forces(table.at("forces.csv"));
  read_support(table.at("support.csv"));
  read_ties(table.at("ties.csv"));
  read_sponsors(table.at("sponsors.csv"));
  read_seats(table.at("positions.csv"));
  read_topics(table.at("topics.csv"));
  read_claims(table.at("claims.csv"));
  read_aliases(table.at("aliases.csv"));
  read_death_scores(table.at("death_scores.csv"));
  read_sets();
  read_interventions(table.at("interventions.csv"));
  lay_out();
  finish_interventions();
  for (const PackageFile& file : package_.files) {
    if (is_account(file)) {
      read_account(file);
    }
  }
  lay_accounts_over();
  read_checks();
  read_questions();
  apply_overlay();
  check_connected(table.at("places.csv"), table.at("links.csv"));
  check_spells();
  check_dates();
  check_forces_begin();
  check_numbers_together(war_, mistakes_);
  if (!mistakes_.empty()) {
    return mistakes_.take();
  }
  warn();
  return std::move(war_);
}

Result<War> read_package(const PackageFiles& package, const Overlay& overlay, Mistakes mistakes,
                         Diagnostics* warnings) {
  try {
    Reader reader(package, overlay, std::move(mistakes));
    auto war = reader.read();
    if (war && warnings != nullptr) {
      *warnings = reader.warnings();
    }
    return war;
  } catch (const std::bad_alloc&) {
    throw;  // no fault of the package
  } catch (const std::exception& error) {
    return Diagnostic{{package.folder}, fmt::format("cannot be read: {}", error.what()), ""};
  }
}

namespace {

Result<War> read_folder(const std::filesystem::path& folder, const Overlay& overlay, Diagnostics* warnings) {
  try {
    Mistakes mistakes;
    const PackageFiles package = load_package(folder, mistakes);
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) {
      return mistakes.take();
    }
    return read_package(package, overlay, std::move(mistakes), warnings);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    return Diagnostic{{folder.generic_string()}, fmt::format("cannot be read: {}", error.what()), ""};
  }
}

}  // namespace

Result<War> read(const std::filesystem::path& folder, const Overlay& overlay) {
  return read_folder(folder, overlay, nullptr);
}

Result<War> read(const std::filesystem::path& folder, const Overlay& overlay, Diagnostics& warnings) {
  return read_folder(folder, overlay, &warnings);
}

}  // namespace truel::scenario
