#include "truel/scenario/read.hpp"

#include <fmt/format.h>

#include <exception>
#include <new>
#include <utility>

#include "truel/base/formats/plain_text.hpp"
#include "truel/scenario/checks/dates.hpp"
#include "truel/scenario/checks/numbers_together.hpp"
#include "truel/scenario/checks/warnings.hpp"
#include "truel/scenario/evidence/evidence.hpp"
#include "truel/scenario/evidence/sources.hpp"
#include "truel/scenario/formats/map_geojson.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/overlay.hpp"
#include "truel/scenario/reading/paths.hpp"
#include "truel/scenario/tables/tables.hpp"
#include "truel/scenario/toml/toml.hpp"

namespace truel::scenario {
namespace {

// The pairs of actors are laid out as one table.
constexpr std::size_t kMostActors = 256;
constexpr std::size_t kMostPlaces = 100'000;

void read_files(Context& in) {
  const auto text_in = [&](std::string_view name) -> std::optional<std::string_view> {
    const PackageFile* file = in.package.find(name);
    return file == nullptr ? std::nullopt : text_of(file->bytes, in.package.label(name), in.mistakes);
  };
  for (const TableInfo& info : tables()) {
    in.tables.emplace(info.file, Table(info, in.package, in.mistakes));
  }
  const std::string sources = in.package.label("sources.json");
  if (const auto text = text_in("sources.json")) {
    in.war.sources = parse_sources(*text, sources, in.mistakes);
  }
  in.sources.is_whole = in.mistakes.count(sources) == 0 || in.package.find("sources.json") == nullptr;
  if (const auto text = text_in("map.geojson")) {
    in.war.ground = parse_map(*text, in.package.label("map.geojson"), in.mistakes);
  }
}

/// All ids, so that tables may name each other's rows. False: there are too many of them to go on.
bool read_ids(Context& in) {
  in.sources.set(ids_of(in.war.sources));
  collect_ids(in, in.table("commands.csv"), "id", false, in.commands);
  collect_ids(in, in.table("actors.csv"), "id", false, in.actors);
  collect_ids(in, in.table("places.csv"), "place_id", false, in.places);
  collect_ids(in, in.table("claims.csv"), "id", true, in.claims);
  collect_ids(in, in.table("topics.csv"), "id", false, in.topics);
  const auto limit = [&](const Ids& ids, std::size_t most, std::string_view file, std::string_view what) {
    const Table& source = in.table(file);
    if (ids.names.empty() && source.is_whole() && source.is_present()) {
      in.mistakes.add({source.label(), 1, 0}, fmt::format("no {}", what), "add at least one row");
    }
    if (ids.names.size() > most) {
      in.mistakes.add({source.label(), 1, 0}, fmt::format("{} {}", ids.names.size(), what),
                      fmt::format("keep at most {}", most));
    }
    return ids.names.size() <= most;
  };
  return limit(in.actors, kMostActors, "actors.csv", "actors") && limit(in.places, kMostPlaces, "places.csv", "places");
}

Result<War> read(Context& in, bool are_warnings_asked) {
  in.war.folder = in.package.folder;
  in.war.sha256 = package_sha256(in.package);
  read_files(in);
  if (!read_ids(in)) {
    return in.mistakes.take();
  }
  read_scenario_toml(in);
  read_commands(in);
  read_actors(in);
  read_places(in);
  read_links(in);
  read_control(in);
  read_forces(in);
  read_support(in);
  read_ties(in);
  read_sponsors(in);
  read_positions(in);
  read_topics(in);
  read_claims(in);
  read_aliases(in);
  read_death_scores(in);
  read_sets(in);
  read_interventions(in);
  lay_out(in);
  finish_interventions(in);
  read_accounts(in);
  read_checks(in);
  read_questions(in);
  apply_overlay(in);
  check_connected(in);
  check_spells(in);
  check_dates(in);
  check_forces_begin(in);
  check_numbers_together(in.war, in.mistakes);
  if (!in.mistakes.empty()) {
    return in.mistakes.take();
  }
  if (are_warnings_asked) {
    warn(in);
  }
  return std::move(in.war);
}

}  // namespace

Context::Context(const PackageFiles& files, const Overlay& laid_over, Mistakes found)
    : package(files), overlay(laid_over), mistakes(std::move(found)) {
  for (const std::string& name : known_files()) {
    mistakes.announce(package.label(name));
    warnings.announce(package.label(name));
  }
  for (const PackageFile& file : package.files) {
    if (is_account(file)) {
      account_ids.push_back(account_id(file));
    }
  }
}

Result<War> read_package(const PackageFiles& package, const Overlay& overlay, Mistakes mistakes,
                         Diagnostics* warnings) {
  try {
    Context in(package, overlay, std::move(mistakes));
    auto war = read(in, warnings != nullptr);
    if (war && warnings != nullptr) {
      *warnings = in.warnings.take();
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

std::vector<std::string> accounts_in(std::string_view joined) {
  std::vector<std::string> ids;
  while (!joined.empty()) {
    const std::size_t end = std::min(joined.find('+'), joined.size());
    ids.emplace_back(joined.substr(0, end));
    joined.remove_prefix(std::min(end + 1, joined.size()));
  }
  return ids;
}

Result<War> read(const std::filesystem::path& folder, const Overlay& overlay) {
  return read_folder(folder, overlay, nullptr);
}

Result<War> read(const std::filesystem::path& folder, const Overlay& overlay, Diagnostics& warnings) {
  return read_folder(folder, overlay, &warnings);
}

}  // namespace truel::scenario
