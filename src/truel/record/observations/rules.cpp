#include "truel/record/observations/rules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "truel/base/formats/mistakes.hpp"
#include "truel/base/formats/plain_text.hpp"
#include "truel/base/formats/toml_tree.hpp"
#include "truel/base/index.hpp"
#include "truel/scenario/formats/package_files.hpp"

namespace truel::record {
namespace {

const std::vector<std::string> kKeys{"format", "files",  "near_km",  "holders",  "places",
                                     "sides",  "merged", "supports", "citations"};

class RulesReader {
 public:
  explicit RulesReader(Mistakes& mistakes) : mistakes_(mistakes) {}

  /// label: the file, as mistakes name it.
  Rules read(const TomlValue& root, const std::string& label) {
    Rules rules;
    // A file that was cut short may have nothing but comments left.
    if (std::none_of(root.entries.begin(), root.entries.end(), [](const TomlEntry& e) { return e.key == "format"; })) {
      mistakes_.add({label, 1, 1}, "no format", "write format = 1; is the file whole?");
    }
    for (const TomlEntry& entry : root.entries) {
      const TomlValue& value = entry.value;
      if (entry.key == "format") {
        if (value.kind != TomlKind::integer || value.number != 1) {
          mistakes_.add(value.where, "the format of observations.toml is 1", "write format = 1");
        }
      } else if (entry.key == "files") {
        rules.files = texts(value);
      } else if (entry.key == "near_km") {
        if ((value.kind != TomlKind::integer && value.kind != TomlKind::real) || value.number <= 0) {
          mistakes_.add(value.where, "near_km is a number above 0", "write kilometres, such as near_km = 25");
        } else {
          rules.near_km = value.number;
        }
      } else if (entry.key == "holders") {
        rules.holders = words(value);
      } else if (entry.key == "places") {
        rules.places = words(value);
      } else if (entry.key == "sides") {
        rules.sides = words(value);
      } else if (entry.key == "merged" && is_a(value, TomlKind::table)) {
        for (const TomlEntry& merged : value.entries) {
          rules.merged.push_back({merged.key, texts(merged.value)});
        }
      } else if (entry.key == "supports" && is_a(value, TomlKind::table)) {
        for (const TomlEntry& air : value.entries) {
          rules.supports[air.key] = texts(air.value);
        }
      } else if (entry.key == "citations") {
        for (const auto& [file, text] : words(value)) {
          rules.citations.push_back({file, text});
        }
      } else if (entry.key != "merged" && entry.key != "supports") {
        mistakes_.add(entry.where, "unknown key " + in_quotes(entry.key),
                      mistakes_.did_you_mean(entry.key, kKeys, fmt::format("known are {}", fmt::join(kKeys, ", "))));
      }
    }
    return rules;
  }

 private:
  bool is_a(const TomlValue& value, TomlKind kind) {
    if (value.kind != kind) {
      mistakes_.add(value.where, fmt::format("{} where {} belongs", name_of(value.kind), name_of(kind)),
                    "docs/observed-data.md has an example");
    }
    return value.kind == kind;
  }

  std::vector<std::string> texts(const TomlValue& value) {
    std::vector<std::string> result;
    if (is_a(value, TomlKind::array)) {
      for (const TomlValue& item : value.items) {
        if (is_a(item, TomlKind::string)) {
          result.push_back(item.text);
        }
      }
    }
    return result;
  }

  std::map<std::string, std::string, std::less<>> words(const TomlValue& value) {
    std::map<std::string, std::string, std::less<>> result;
    if (is_a(value, TomlKind::table)) {
      for (const TomlEntry& entry : value.entries) {
        if (is_a(entry.value, TomlKind::string)) {
          result[entry.key] = entry.value.text;
        }
      }
    }
    return result;
  }

  Mistakes& mistakes_;
};

}  // namespace

Result<Rules> read_rules(const std::filesystem::path& package) {
  const std::string name = kRulesFile;
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::symlink_status(package / name, error))) {
    return Rules{};
  }
  Mistakes mistakes;
  Rules rules;
  scenario::PackageFiles files{.folder = package.generic_string(), .files = {}};
  scenario::load_file(package, name, files, mistakes);
  for (const scenario::PackageFile& file : files.files) {
    const std::string label = files.label(name);
    const auto text = text_of(file.bytes, label, mistakes);
    const auto root = text ? parse_toml(*text, label, mistakes) : std::nullopt;
    if (root) {
      rules = RulesReader(mistakes).read(*root, label);
    }
  }
  if (!mistakes.empty()) {
    return mistakes.take();
  }
  return rules;
}

int Sides::find(std::string_view code) const {
  const auto found = std::find(codes.begin(), codes.end(), code);
  return found == codes.end() ? kNone : static_cast<int>(found - codes.begin());
}

int Sides::add(std::string_view code) {
  if (const int known = find(code); known != kNone) {
    return known;
  }
  codes.emplace_back(code);
  return size() - 1;
}

const std::string& record_code(const Actor& actor) {
  return actor.record_code.empty() ? actor.id : actor.record_code;
}

Sides sides_of(const War& war) {
  Sides sides;
  for (const Actor& actor : war.actors) {
    if (actor.kind == ActorKind::ground) {
      sides.codes.push_back(record_code(actor));
    }
  }
  std::sort(sides.codes.begin(), sides.codes.end());
  sides.codes.erase(std::unique(sides.codes.begin(), sides.codes.end()), sides.codes.end());
  sides.none = sides.add("none");
  for (const Actor& actor : war.actors) {
    sides.of_actor.push_back(sides.find(record_code(actor)));  // kNone: an air arm of a side without men on the ground
  }
  return sides;
}

std::vector<std::string> citations_of(const Rules& rules, std::string_view file) {
  std::vector<std::string> texts;
  for (const Citation& citation : rules.citations) {
    if (file.find(citation.file) != file.npos) {
      texts.push_back(citation.text);
    }
  }
  return texts;
}

std::vector<int> merge(const Sides& sides, const Rules& rules) {
  std::vector<int> counts_as(sides.codes.size());
  std::iota(counts_as.begin(), counts_as.end(), 0);
  for (const MergedSides& merged : rules.merged) {
    int first = kNone;
    for (const std::string& name : merged.codes) {
      if (const int code = sides.find(name); code != kNone) {
        first = first == kNone ? code : first;
        counts_as[at(code)] = first;
      }
    }
  }
  return counts_as;
}

}  // namespace truel::record
