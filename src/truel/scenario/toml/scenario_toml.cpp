// scenario.toml: the words, days, constants and terrains of a package.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "truel/base/formats/plain_text.hpp"
#include "truel/base/formats/toml_fields.hpp"
#include "truel/base/index.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/toml/toml.hpp"

namespace truel::scenario {
namespace {

const std::array kScenarioKeys = std::to_array<std::string>(
    {"format", "title", "description", "start", "end", "decision_interval_days", "default_alignment", "questions",
     "question", "if_united", "thresholds", "laws", "terrain", "sets", "run", "check"});
const std::array kUnityKeys = std::to_array<std::string>({"depends_on", "without"});
const std::array kNumberKeys = std::to_array<std::string>({"value", "basis"});

/// Keys that [[...]] makes lists of tables.
const std::array kScenarioLists = std::to_array<std::string>({"run", "check", "question"});

constexpr int kLongestInterval = 3650;

/// The numbers of a TOML table; `strip` is what `infos` write before its keys.
void read_toml_numbers(Context& in, const TomlValue& table, std::span<const ParameterInfo> infos,
                       std::string_view strip, const std::string& prefix) {
  std::vector<std::string> known{"basis"};
  std::map<std::string, std::string> renamed;
  for (const ParameterInfo& info : infos) {
    if (info.name.starts_with(strip)) {
      known.emplace_back(info.name.substr(strip.size()));
      if (!info.formerly.empty()) {
        renamed.emplace(info.formerly, known.back());
      }
    }
  }
  check_toml_keys(table, known, "key", in.mistakes, renamed);
  const std::string table_basis = toml_text(table, "basis", false, in.mistakes);
  for (const ParameterInfo& info : infos) {
    if (!info.name.starts_with(strip)) {
      continue;
    }
    const std::string key(info.name.substr(strip.size()));
    const TomlValue* value = table.find(key);
    if (value == nullptr) {
      continue;
    }
    std::string basis = table_basis;
    Location basis_where = table.find("basis") != nullptr ? table.find("basis")->where : value->where;
    if (value->kind == TomlKind::table) {
      check_toml_keys(*value, kNumberKeys, "key", in.mistakes);
      if (const TomlValue* own = value->find("basis"); own != nullptr) {
        basis = toml_text(*value, "basis", false, in.mistakes);
        basis_where = own->where;
      }
      const TomlValue* inner = value->find("value");
      if (inner == nullptr) {
        in.mistakes.add(value->where, key + " has no value", "write { value = ..., basis = \"...\" }");
        continue;
      }
      value = inner;
    }
    const auto distribution = toml_number(in, *value, key, number_form(info));
    // A switch or a choice says what the model is; it measures nothing and needs no basis.
    if (!number_form(info).has_steps() || !basis.empty()) {
      if (basis.empty()) {
        in.mistakes.add(value->where, "a number without a basis",
                        fmt::format("write {} = {{ value = ..., basis = \"...\" }}, or a basis for the table", key));
      } else {
        check_basis(in, basis, basis_where);
      }
    }
    if (distribution) {
      check_range(in, key, info, *distribution, value->where);
      in.given.push_back({prefix + key, *distribution, basis.empty() ? std::string(kSwitch) : basis, value->where});
    }
  }
}

void read_laws(Context& in, const TomlValue& laws) {
  std::vector<std::string> names;
  for (const ParameterInfo& info : law_parameters()) {
    if (info.name.starts_with("laws.")) {
      const std::string_view rest = info.name.substr(5);
      const std::string law(rest.substr(0, rest.find('.')));
      if (std::find(names.begin(), names.end(), law) == names.end()) {
        names.push_back(law);
      }
    }
  }
  check_toml_keys(laws, names, "law", in.mistakes);
  for (const TomlEntry& entry : laws.entries) {
    if (std::find(names.begin(), names.end(), entry.key) == names.end() ||
        !toml_is(entry.value, TomlKind::table, "laws." + entry.key, in.mistakes)) {
      continue;
    }
    const std::string path = "laws." + entry.key + ".";
    read_toml_numbers(in, entry.value, law_parameters(), path, "scenario." + path);
    // The table alone switches the law on.
    const bool has_switch = std::any_of(law_parameters().begin(), law_parameters().end(),
                                        [&](const ParameterInfo& info) { return info.name == path + "on"; });
    if (has_switch && entry.value.find("on") == nullptr) {
      in.given.push_back({"scenario." + path + "on", {.a = 1}, std::string(kSwitch), entry.where});
    }
  }
}

}  // namespace

void read_scenario_toml(Context& in) {
  const std::string label = in.package.label("scenario.toml");
  const PackageFile* file = in.package.find("scenario.toml");
  in.terrains.is_whole = false;
  in.are_sets_whole = false;
  if (file == nullptr) {
    if (in.mistakes.count(label) == 0) {
      in.mistakes.add({label}, "missing file", "every package needs it; `truel new DIR` writes an example");
    }
    return;
  }
  const auto text = text_of(file->bytes, label, in.mistakes);
  const auto root = text ? parse_toml(*text, label, in.mistakes, kScenarioLists) : std::nullopt;
  if (!root) {
    return;
  }
  check_toml_keys(*root, kScenarioKeys, "key", in.mistakes);
  if (const TomlValue* format = root->find("format"); format == nullptr) {
    in.mistakes.add({label, 1, 1}, "no format", "write format = 1");
  } else if (toml_is(*format, TomlKind::integer, "format", in.mistakes) && format->number != 1) {
    in.mistakes.add(format->where, fmt::format("format {}", format->number), "this truel reads format = 1");
  }
  in.war.title = toml_text(*root, "title", true, in.mistakes);
  in.war.description = toml_text(*root, "description", false, in.mistakes);
  for (std::string& words : toml_texts(*root, "questions", in.mistakes)) {
    in.war.questions.push_back({.words = std::move(words)});
  }
  if (const auto start = toml_date(*root, "start", in.mistakes)) {
    in.start = {*start, root->find("start")->where};
  }
  if (const auto end = toml_date(*root, "end", in.mistakes)) {
    in.end = {*end, root->find("end")->where};
  }
  if (const TomlValue* days = root->find("decision_interval_days");
      days != nullptr && toml_is(*days, TomlKind::integer, "decision_interval_days", in.mistakes)) {
    if (days->number >= 1 && days->number <= kLongestInterval) {
      in.war.decision_interval_days = static_cast<int>(days->number);
    } else {
      in.mistakes.add(days->where, fmt::format("a decision interval of {} days", days->number),
                      fmt::format("keep it within 1 and {}", kLongestInterval));
    }
  }
  if (const TomlValue* alignment = root->find("default_alignment"); alignment != nullptr) {
    if (alignment->kind == TomlKind::integer || toml_is(*alignment, TomlKind::real, "default_alignment", in.mistakes)) {
      if (std::abs(alignment->number) <= 1) {
        in.war.default_alignment = alignment->number;
      } else {
        in.mistakes.add(alignment->where, fmt::format("default_alignment is {}", alignment->number),
                        "keep it within -1 and 1");
      }
    }
  }
  if (const TomlValue* united = root->find("if_united");
      united != nullptr && toml_is(*united, TomlKind::table, "if_united", in.mistakes)) {
    check_toml_keys(*united, kUnityKeys, "key", in.mistakes);
    UnityHinge& hinge = in.war.if_united;
    hinge.depends_on = toml_text(*united, "depends_on", true, in.mistakes);
    hinge.without = toml_text(*united, "without", false, in.mistakes);
    if (!hinge.without.empty()) {
      check_account(in, hinge.without, united->find("without")->where);
    }
  }
  if (const TomlValue* thresholds = root->find("thresholds");
      thresholds != nullptr && toml_is(*thresholds, TomlKind::table, "thresholds", in.mistakes)) {
    read_toml_numbers(in, *thresholds, law_parameters(), "thresholds.", "scenario.thresholds.");
  }
  if (const TomlValue* laws = root->find("laws");
      laws != nullptr && toml_is(*laws, TomlKind::table, "laws", in.mistakes)) {
    read_laws(in, *laws);
  }
  std::vector<std::string> terrain_ids;
  if (const TomlValue* terrain = root->find("terrain");
      terrain != nullptr && toml_is(*terrain, TomlKind::table, "terrain", in.mistakes)) {
    for (const TomlEntry& entry : terrain->entries) {
      is_good_id(in, entry.key, false, entry.where, "terrain");
      terrain_ids.push_back(entry.key);
      if (toml_is(entry.value, TomlKind::table, "terrain." + entry.key, in.mistakes)) {
        read_toml_numbers(in, entry.value, terrain_parameters(), "", "scenario.terrain." + entry.key + ".");
      }
    }
  }
  if (const TomlValue* sets = root->find("sets"); sets != nullptr) {
    in.sets = *sets;
  }
  in.runs = toml_tables(*root, "run", in.mistakes);
  in.checks = toml_tables(*root, "check", in.mistakes);
  in.questions = toml_tables(*root, "question", in.mistakes);
  in.terrains.set(std::move(terrain_ids));
  in.terrains.is_whole = true;
  in.are_sets_whole = true;
  in.war.terrains = in.terrains.names;
}

}  // namespace truel::scenario
