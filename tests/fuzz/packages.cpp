#include "packages.hpp"

#include <algorithm>

#include "truel/base/result.hpp"
#include "truel/scenario/read.hpp"

namespace truel::scenario {
namespace {

bool is_index(int index, std::size_t size) {
  return index >= 0 && static_cast<std::size_t>(index) < size;
}

void check_sound(const War& war) {
  for (const Actor& actor : war.actors) {
    TRUEL_CHECK(is_index(actor.command, war.commands.size()));
  }
  for (const Link& link : war.links) {
    TRUEL_CHECK(is_index(link.a, war.places.size()) && is_index(link.b, war.places.size()) && link.a != link.b);
  }
  for (const ControlSpell& spell : war.control) {
    TRUEL_CHECK(is_index(spell.place, war.places.size()) && spell.from <= spell.to);
  }
  for (const Check& check : war.checks) {
    TRUEL_CHECK(check.reading.actor == kNone || is_index(check.reading.actor, war.actors.size()));
    TRUEL_CHECK(check.reading.other == kNone || is_index(check.reading.other, war.actors.size()));
    TRUEL_CHECK(check.reading.place == kNone || is_index(check.reading.place, war.places.size()));
  }
  for (const Force& force : war.forces) {
    TRUEL_CHECK(is_index(force.actor, war.actors.size()));
  }
  for (const Intervention& change : war.interventions) {
    const bool is_set = change.action == InterventionAction::set;
    TRUEL_CHECK(is_set ? is_index(change.target, war.parameters.size()) : is_index(change.actor, war.actors.size()));
    TRUEL_CHECK(!is_allegiance(change.action) ||
                (is_index(change.other, war.actors.size()) &&
                 (change.is_more || is_index(change.compliance, war.parameters.size()))));
    for (const int number : {change.value, change.when, change.on}) {
      TRUEL_CHECK(is_index(number, war.parameters.size()));
    }
  }
  for (const Parameter& parameter : war.parameters) {
    TRUEL_CHECK(!parameter.is_given || (fault(parameter.distribution).empty() && !parameter.basis.empty()));
  }
  TRUEL_CHECK(war.start <= war.end);
}

}  // namespace

PackageFiles split_package(std::string_view text) {
  PackageFiles package{.folder = "p", .files = {}};
  constexpr std::string_view kMark = "=== ";
  std::string* bytes = nullptr;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const std::string_view whole = text.substr(0, end == std::string_view::npos ? end : end + 1);
    text.remove_prefix(whole.size());
    if (line.starts_with(kMark)) {
      std::string name(line.substr(kMark.size()));
      const bool is_known = std::find(known_files().begin(), known_files().end(), name) != known_files().end();
      const bool is_account = name.starts_with("accounts/") && name.ends_with(".toml") && name.size() > 14;
      if ((is_known || is_account) && package.find(name) == nullptr) {
        bytes = &package.files.emplace_back(PackageFile{std::move(name), {}}).bytes;
      }
    } else if (bytes != nullptr) {
      *bytes += whole;
    }
  }
  std::sort(package.files.begin(), package.files.end(),
            [](const PackageFile& x, const PackageFile& y) { return x.name < y.name; });
  return package;
}

void read_and_check(const PackageFiles& package) {
  Overlay overlay{.settings = {"scenario.thresholds.ally=0.6"}};
  for (const PackageFile& file : package.files) {
    if (file.name.starts_with("accounts/")) {
      overlay.accounts.push_back(file.name.substr(9, file.name.size() - 14));
    }
  }
  const Result<War> war = read_package(package, overlay);
  if (war) {
    check_sound(*war);
  } else {
    TRUEL_CHECK(!war.error().empty());
    for (const Diagnostic& mistake : war.error()) {
      // The last resort of the reader; no input of this size should need it.
      TRUEL_CHECK(!mistake.what.starts_with("cannot be read"));
      TRUEL_CHECK(!mistake.where.file.empty() && to_string(mistake).find('\n') == std::string::npos);
    }
  }
}

}  // namespace truel::scenario
