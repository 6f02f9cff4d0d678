// scenario.toml and accounts/*.toml.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <set>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/formats/plain_text.hpp"
#include "truel/base/index.hpp"
#include "truel/scenario/reader/reader.hpp"

namespace truel::scenario {
namespace {

const std::array kScenarioKeys = std::to_array<std::string>(
    {"format", "title", "description", "start", "end", "decision_interval_days", "default_alignment", "questions",
     "question", "thresholds", "laws", "terrain", "sets", "run", "check"});
const std::array kNumberKeys = std::to_array<std::string>({"value", "basis"});
const std::array kAccountKeys =
    std::to_array<std::string>({"title", "story", "claims", "over", "draws", "basis", "fitted_until", "set"});
const std::array kSettingKeys = std::to_array<std::string>({"path", "value", "basis"});

/// Keys that [[...]] makes lists of tables.
const std::array kScenarioLists = std::to_array<std::string>({"run", "check", "question"});
const std::array kAccountLists = std::to_array<std::string>({"set"});

constexpr int kLongestInterval = 3650;
/// Numbers that accounts have from those that they lie over, all together: each takes some hundred bytes.
constexpr std::size_t kMostInherited = 1'000'000;

}  // namespace

bool Reader::expect(const TomlValue& value, TomlKind kind, std::string_view key) {
  if (value.kind == kind) {
    return true;
  }
  std::string hint = fmt::format("write {}", name_of(kind));
  if (kind == TomlKind::table) {
    hint = fmt::format("write [{}] on a line of its own, and its keys below", key);
  } else if (kind == TomlKind::date) {
    hint = "write a date without quotes, as 2016-01-31";
  } else if (kind == TomlKind::string) {
    hint = "put it in double quotes";
  } else if (kind == TomlKind::array) {
    hint = "put it in square brackets";
  }
  mistakes_.add(value.where, fmt::format("{} is {}, not {}", key, name_of(value.kind), name_of(kind)), std::move(hint));
  return false;
}

std::vector<TomlValue> Reader::toml_tables(const TomlValue& root, std::string_view key) {
  const TomlValue* value = root.find(key);
  if (value == nullptr || value->kind == TomlKind::array) {
    return value == nullptr ? std::vector<TomlValue>() : value->items;
  }
  add_no_list(value->where, key, value->kind, mistakes_);
  return {};
}

std::string Reader::toml_text(const TomlValue& table, std::string_view key, bool is_needed) {
  const TomlValue* value = table.find(key);
  if (value == nullptr) {
    if (is_needed) {
      mistakes_.add(table.where, fmt::format("no {}", key), fmt::format("write {} = \"...\"", key));
    }
    return "";
  }
  if (!expect(*value, TomlKind::string, key)) {
    return "";
  }
  if (is_needed && shows_nothing(value->text)) {
    mistakes_.add(value->where, fmt::format("an empty {}", key), fmt::format("write {} = \"...\"", key));
  }
  return value->text;
}

std::vector<std::string> Reader::toml_texts(const TomlValue& table, std::string_view key) {
  std::vector<std::string> texts;
  const TomlValue* value = table.find(key);
  if (value != nullptr && expect(*value, TomlKind::array, key)) {
    for (const TomlValue& item : value->items) {
      if (expect(item, TomlKind::string, fmt::format("an item of {}", key))) {
        texts.push_back(item.text);
      }
    }
  }
  return texts;
}

std::optional<Day> Reader::toml_date(const TomlValue& table, std::string_view key) {
  const TomlValue* value = table.find(key);
  if (value == nullptr) {
    mistakes_.add(table.where, fmt::format("no {}", key), fmt::format("write {} = 2016-01-01", key));
    return std::nullopt;
  }
  return expect(*value, TomlKind::date, key) ? std::optional(value->date) : std::nullopt;
}

void Reader::check_keys(const TomlValue& table, std::span<const std::string> known, std::string_view what) {
  for (const TomlEntry& entry : table.entries) {
    if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
      mistakes_.add(entry.where, fmt::format("unknown {} {}", what, in_quotes(entry.key)),
                    mistakes_.did_you_mean(entry.key, known, fmt::format("known are {}", fmt::join(known, ", "))));
    }
  }
}

std::optional<Distribution> Reader::toml_number(const TomlValue& value, std::string_view key, const Takes& takes) {
  if (takes.is_date && value.kind == TomlKind::date) {
    return Distribution{.a = static_cast<double>(value.date), .is_date = true};
  }
  switch (value.kind) {
    case TomlKind::integer:
    case TomlKind::real:
    case TomlKind::boolean:
      if (!std::isfinite(value.number)) {
        mistakes_.add(value.where, fmt::format("{} is not finite", key), "write a finite number");
        return std::nullopt;
      }
      return Distribution{.a = value.number};
    case TomlKind::string:
      return number(value.text, value.where, takes);
    default:
      mistakes_.add(
          value.where,
          fmt::format("{} is {}, not a {}", key, name_of(value.kind), takes.is_switch ? "switch" : "number"),
          takes.is_switch ? "write true or false" : "write 0.5, \"0.4..0.6\" or { value = 0.5, basis = \"...\" }");
      return std::nullopt;
  }
}

/// The numbers of a TOML table; `strip` is what `infos` write before its keys.
void Reader::read_toml_numbers(const TomlValue& table, std::span<const ParameterInfo> infos, std::string_view strip,
                               const std::string& prefix) {
  std::vector<std::string> known{"basis"};
  for (const ParameterInfo& info : infos) {
    if (info.name.starts_with(strip)) {
      known.emplace_back(info.name.substr(strip.size()));
    }
  }
  check_keys(table, known, "key");
  const std::string table_basis = toml_text(table, "basis", false);
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
      check_keys(*value, kNumberKeys, "key");
      if (const TomlValue* own = value->find("basis"); own != nullptr) {
        basis = toml_text(*value, "basis", false);
        basis_where = own->where;
      }
      const TomlValue* inner = value->find("value");
      if (inner == nullptr) {
        mistakes_.add(value->where, key + " has no value", "write { value = ..., basis = \"...\" }");
        continue;
      }
      value = inner;
    }
    const auto distribution = toml_number(*value, key, takes_of(info));
    // A switch or a choice says what the model is; it measures nothing and needs no basis.
    if (!takes_of(info).has_steps() || !basis.empty()) {
      if (basis.empty()) {
        mistakes_.add(value->where, "a number without a basis",
                      fmt::format("write {} = {{ value = ..., basis = \"...\" }}, or a basis for the table", key));
      } else {
        check_basis(basis, basis_where);
      }
    }
    if (distribution) {
      check_range(key, info, *distribution, value->where);
      given_.push_back({prefix + key, *distribution, basis.empty() ? std::string(kSwitch) : basis, value->where});
    }
  }
}

void Reader::read_laws(const TomlValue& laws) {
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
  check_keys(laws, names, "law");
  for (const TomlEntry& entry : laws.entries) {
    if (std::find(names.begin(), names.end(), entry.key) == names.end() ||
        !expect(entry.value, TomlKind::table, "laws." + entry.key)) {
      continue;
    }
    const std::string path = "laws." + entry.key + ".";
    read_toml_numbers(entry.value, law_parameters(), path, "scenario." + path);
    // The table alone switches the law on.
    const bool has_switch = std::any_of(law_parameters().begin(), law_parameters().end(),
                                        [&](const ParameterInfo& info) { return info.name == path + "on"; });
    if (has_switch && entry.value.find("on") == nullptr) {
      given_.push_back({"scenario." + path + "on", {.a = 1}, std::string(kSwitch), entry.where});
    }
  }
}

void Reader::read_scenario_toml() {
  const std::string label = package_.label("scenario.toml");
  const PackageFile* file = package_.find("scenario.toml");
  terrains_.is_whole = false;
  are_sets_whole_ = false;
  if (file == nullptr) {
    if (mistakes_.count(label) == 0) {
      mistakes_.add({label}, "missing file", "every package needs it; `truel new DIR` writes an example");
    }
    return;
  }
  const auto text = text_of(file->bytes, label, mistakes_);
  const auto root = text ? parse_toml(*text, label, mistakes_, kScenarioLists) : std::nullopt;
  if (!root) {
    return;
  }
  check_keys(*root, kScenarioKeys, "key");
  if (const TomlValue* format = root->find("format"); format == nullptr) {
    mistakes_.add({label, 1, 1}, "no format", "write format = 1");
  } else if (expect(*format, TomlKind::integer, "format") && format->number != 1) {
    mistakes_.add(format->where, fmt::format("format {}", format->number), "this truel reads format = 1");
  }
  war_.title = toml_text(*root, "title", true);
  war_.description = toml_text(*root, "description", false);
  for (std::string& words : toml_texts(*root, "questions")) {
    war_.questions.push_back({.words = std::move(words)});
  }
  if (const auto start = toml_date(*root, "start")) {
    package_start_ = {*start, root->find("start")->where};
  }
  if (const auto end = toml_date(*root, "end")) {
    package_end_ = {*end, root->find("end")->where};
  }
  if (const TomlValue* days = root->find("decision_interval_days");
      days != nullptr && expect(*days, TomlKind::integer, "decision_interval_days")) {
    if (days->number >= 1 && days->number <= kLongestInterval) {
      war_.decision_interval_days = static_cast<int>(days->number);
    } else {
      mistakes_.add(days->where, fmt::format("a decision interval of {} days", days->number),
                    fmt::format("keep it within 1 and {}", kLongestInterval));
    }
  }
  if (const TomlValue* alignment = root->find("default_alignment"); alignment != nullptr) {
    if (alignment->kind == TomlKind::integer || expect(*alignment, TomlKind::real, "default_alignment")) {
      if (std::abs(alignment->number) <= 1) {
        war_.default_alignment = alignment->number;
      } else {
        mistakes_.add(alignment->where, fmt::format("default_alignment is {}", alignment->number),
                      "keep it within -1 and 1");
      }
    }
  }
  if (const TomlValue* thresholds = root->find("thresholds");
      thresholds != nullptr && expect(*thresholds, TomlKind::table, "thresholds")) {
    read_toml_numbers(*thresholds, law_parameters(), "thresholds.", "scenario.thresholds.");
  }
  if (const TomlValue* laws = root->find("laws"); laws != nullptr && expect(*laws, TomlKind::table, "laws")) {
    read_laws(*laws);
  }
  std::vector<std::string> terrain_ids;
  if (const TomlValue* terrain = root->find("terrain");
      terrain != nullptr && expect(*terrain, TomlKind::table, "terrain")) {
    for (const TomlEntry& entry : terrain->entries) {
      is_good_id(entry.key, false, entry.where, "terrain");
      terrain_ids.push_back(entry.key);
      if (expect(entry.value, TomlKind::table, "terrain." + entry.key)) {
        read_toml_numbers(entry.value, terrain_parameters(), "", "scenario.terrain." + entry.key + ".");
      }
    }
  }
  if (const TomlValue* sets = root->find("sets"); sets != nullptr) {
    sets_ = *sets;
  }
  run_entries_ = toml_tables(*root, "run");
  check_entries_ = toml_tables(*root, "check");
  question_entries_ = toml_tables(*root, "question");
  terrains_.set(std::move(terrain_ids));
  terrains_.is_whole = true;
  are_sets_whole_ = true;
  war_.terrains = terrains_.names;
}

Takes Reader::takes_of_first(const PathLine& line) const {
  return line.numbers.empty() ? Takes{} : takes_of(war_.parameters[at(line.numbers[0])]);
}

std::vector<PathLine> Reader::toml_paths(const TomlValue& entry) {
  std::vector<PathLine> lines;
  const TomlValue* value = entry.find("path");
  if (value == nullptr || value->kind != TomlKind::array) {
    if (std::string path = toml_text(entry, "path", true); value != nullptr && !path.empty()) {
      std::vector<int> numbers = resolve_all(path, value->where);
      lines.push_back({std::move(path), std::move(numbers), value->where});
    }
    return lines;
  }
  if (value->items.empty()) {
    mistakes_.add(value->where, "no path in the list", "write path = [\"...\", \"...\"], or one path alone");
  }
  for (const TomlValue& item : value->items) {
    if (expect(item, TomlKind::string, "a path")) {
      lines.push_back({item.text, resolve_all(item.text, item.where), item.where});
    }
  }
  return lines;
}

void Reader::read_account(const PackageFile& file) {
  const std::string label = package_.label(file.name);
  Account account;
  account.id = file.name.substr(9, file.name.size() - 14);  // between "accounts/" and ".toml"
  is_good_id(account.id, false, {label}, "account id");
  const auto text = text_of(file.bytes, label, mistakes_);
  const auto root = text ? parse_toml(*text, label, mistakes_, kAccountLists) : std::nullopt;
  if (!root) {
    return;
  }
  check_keys(*root, kAccountKeys, "key");
  account.title = toml_text(*root, "title", true);
  account.story = toml_text(*root, "story", false);
  account.claims = toml_texts(*root, "claims");
  if (const TomlValue* claims = root->find("claims"); claims != nullptr && claims_.is_whole) {
    for (const TomlValue& claim : claims->items) {
      if (claim.kind == TomlKind::string && claims_.find(claim.text) == kNone) {
        mistakes_.add(claim.where, "unknown claim " + in_quotes(claim.text),
                      mistakes_.did_you_mean(claim.text, claims_.names, "add it to claims.csv"));
      }
    }
  }
  if (const std::string over = toml_text(*root, "over", false); !over.empty()) {
    const std::vector<std::string> known = account_ids();
    const Location where = root->find("over")->where;
    if (std::find(known.begin(), known.end(), over) == known.end()) {
      mistakes_.add(where, "unknown account " + in_quotes(over),
                    mistakes_.did_you_mean(over, known, fmt::format("known are {}", fmt::join(known, ", "))));
    } else {
      over_.emplace(account.id, Over{over, where});
    }
  }
  std::vector<PathLine> lines;
  std::vector<AccountSetting> said;  // of each line
  for (const TomlValue& entry : toml_tables(*root, "set")) {
    if (!expect(entry, TomlKind::table, "[set]")) {
      continue;
    }
    check_keys(entry, kSettingKeys, "key");
    std::vector<PathLine> named = toml_paths(entry);
    const std::string basis = toml_text(entry, "basis", false);
    const TomlValue* value = entry.find("value");
    if (value == nullptr) {
      mistakes_.add(entry.where, "no value", "write value = ...");
      continue;
    }
    const auto known =
        std::find_if(named.begin(), named.end(), [](const PathLine& line) { return !line.numbers.empty(); });
    const auto distribution = toml_number(*value, "value", known == named.end() ? Takes{} : takes_of_first(*known));
    if (basis.empty()) {
      mistakes_.add(value->where, "a number without a basis", "write basis = \"...\" in the same [[set]]");
    } else {
      check_basis(basis, entry.find("basis")->where);
    }
    for (PathLine& line : named) {
      if (!line.numbers.empty() && distribution) {
        check_values(line, *distribution, value->where);
        lines.push_back(std::move(line));
        said.push_back({kNone, *distribution, basis, value->where});
      }
    }
  }
  std::map<int, int> first_line;  // of each number that the account sets
  for (const Precedence::Laid& laid : laid_by(lines, false)) {
    account.settings.push_back(said[at(laid.line)]);
    account.settings.back().target = laid.number;
    first_line.emplace(laid.number, lines[at(laid.line)].where.line);
  }
  if (root->find("fitted_until") != nullptr) {
    account.fitted_until = toml_date(*root, "fitted_until");
  }
  read_draws(*root, account, first_line);
  war_.accounts.push_back(std::move(account));
}

void Reader::lay_accounts_over() {
  std::size_t n_inherited = 0;
  for (Account& top : war_.accounts) {
    std::vector<Account*> chain{&top};
    for (auto over = over_.find(top.id); over != over_.end(); over = over_.find(chain.back()->id)) {
      const auto below = std::find_if(war_.accounts.begin(), war_.accounts.end(),
                                      [&](const Account& a) { return a.id == over->second.account; });
      if (below == war_.accounts.end()) {
        break;  // a file that cannot be read, which is told
      }
      if (std::find(chain.begin(), chain.end(), &*below) != chain.end()) {
        mistakes_.add(over->second.where, fmt::format("the account {} lies over itself", in_quotes(below->id)),
                      "let one account of the circle lie over the package as it stands: remove its over");
        over_.clear();
        return;
      }
      chain.push_back(&*below);
    }
    for (std::size_t k = chain.size() - 1; k-- > 0;) {
      Account& account = *chain[k];
      const Account& below = *chain[k + 1];
      if (below.draws.rows() > 0) {
        mistakes_.add(over_.at(account.id).where, fmt::format("{} is a table of draws", in_quotes(below.id)),
                      "an account lies over one of values and ranges");
      }
      n_inherited += below.settings.size();
      if (n_inherited > kMostInherited) {
        mistakes_.add(over_.at(account.id).where, "accounts lie over too many numbers",
                      fmt::format("keep those that they have from others at {} in a package", kMostInherited));
        return;
      }
      std::set<int> own;
      for (const AccountSetting& setting : account.settings) {
        own.insert(setting.target);
      }
      std::copy_if(below.settings.begin(), below.settings.end(), std::back_inserter(account.settings),
                   [&](const AccountSetting& setting) { return !own.contains(setting.target); });
      account.fitted_until = std::max(account.fitted_until, below.fitted_until);
      over_.erase(account.id);
    }
  }
}

}  // namespace truel::scenario
