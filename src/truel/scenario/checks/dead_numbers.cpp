#include "truel/scenario/checks/dead_numbers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "truel/base/index.hpp"
#include "truel/model/latest_rows.hpp"
#include "truel/model/readings.hpp"
#include "truel/scenario/reading/numbers.hpp"

namespace truel::scenario {
namespace {

constexpr std::size_t kRowsNamed = 3;
constexpr std::size_t kReadersNamed = 3;

/// What to do so that it is met.
std::string words_of_need(const ReadingNeed& need, std::string_view beside_tie, const Parameter* example) {
  const std::string column = need.column.substr(need.column.find('.') + 1);
  const std::string name = beside_tie == "commands" ? column + " of its command"
                           : beside_tie == "actors" ? column + " of the first of the two"
                                                    : std::string(need.text.substr(0, need.text.find('=')));
  const bool is_switch_like = example != nullptr && is_switch(example->path);
  if (need.value) {
    return is_switch_like ? fmt::format("{} is false", name) : fmt::format("{} is {}", name, *need.value);
  }
  return name + (is_switch_like ? " is true" : " is not 0");
}

/// Dead numbers that are told together.
struct Group {
  Location where;       ///< of the first
  std::string account;  ///< whose file it is; "": the package's
  std::vector<std::string> names;
  std::vector<int> lines;
};

std::string words_of_group(const Group& group, const std::string& path) {
  const std::size_t n = group.lines.size();
  if (n == 1) {
    return in_quotes(path) + " changes nothing";
  }
  const std::size_t shown = std::min(n, kRowsNamed);
  const std::string more = n > shown ? fmt::format(" and {} more", n - shown) : "";
  if (group.names.size() > 1) {
    return fmt::format("{} numbers change nothing: {}{}", n,
                       fmt::join(group.names.begin(), group.names.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                       more);
  }
  return fmt::format("{} changes nothing in lines {}{}", in_quotes(group.names[0]),
                     fmt::join(group.lines.begin(), group.lines.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                     more);
}

}  // namespace

ReadingNeed::ReadingNeed(std::string_view need) : text(need), column(need) {
  if (const auto equals = column.find('='); equals != std::string::npos) {
    value = column.substr(equals + 1);
    column.resize(equals);
  }
  if (const auto star = column.find("*."); star != std::string::npos) {
    column.erase(star, 2);
    is_of_any_row = true;
  }
}

Readers::Readers(const War& war) : row(war.parameters.size()), column(war.parameters.size()) {
  for (std::size_t p = 0; p < war.parameters.size(); ++p) {
    auto& [name, numbers] = *columns.try_emplace(column_of(war.parameters[p].path)).first;
    row[p] = static_cast<int>(numbers.size());
    column[p] = &name;
    numbers.push_back(static_cast<int>(p));
  }
  for (const Intervention& change : war.interventions) {
    for (const int number : {change.compliance, change.ends}) {  // not every change has them
      if (number != kNone) {
        row[at(number)] = row[at(change.value)];
      }
    }
  }
  Day first = war.start;  // a run may begin on any earlier day of which it is known who holds what
  for (const ControlSpell& spell : war.control) {
    first = std::min(first, spell.from);
  }
  outdated = outdated_numbers(war, first);
  for (const Reading& reading : readings()) {
    auto& of_reading = needs.emplace(reading.number, std::vector<ReadingNeed>())->second;
    for (const std::string_view need : reading.needs) {
      if (!need.empty()) {
        of_reading.emplace_back(need);
      }
    }
  }
}

std::optional<std::string> MissingNeeds::of(int parameter) {
  if (const auto outdated = readers_.outdated.find(parameter); outdated != readers_.outdated.end()) {
    return fmt::format("control.csv begins before {}, when a later row takes its place", format_date(outdated->second));
  }
  std::vector<std::string> ways;
  const auto [first, last] = readers_.needs.equal_range(*readers_.column[at(parameter)]);
  for (auto reader = first; reader != last; ++reader) {
    std::string way;
    for (const ReadingNeed& need : reader->second) {
      if (!is_met(need, parameter)) {
        const auto found = readers_.columns.find(need.column);
        const Parameter* example =
            found == readers_.columns.end() ? nullptr : &war_.parameters[at(found->second.front())];
        way += (way.empty() ? "" : " and ") + words_of_need(need, table_beside_tie(need, parameter), example);
      }
    }
    if (way.empty()) {
      return std::nullopt;
    }
    const auto holds = [](std::string_view whole, std::string_view part) {
      return whole == part || (whole.starts_with(part) && whole.substr(part.size()).starts_with(" and "));
    };
    if (std::none_of(ways.begin(), ways.end(), [&](const std::string& other) { return holds(way, other); })) {
      std::erase_if(ways, [&](const std::string& other) { return holds(other, way); });  // the shorter is enough
      ways.push_back(way);
    }
  }
  if (ways.size() > kReadersNamed) {
    ways.resize(kReadersNamed);
  }
  return ways.empty() ? std::nullopt : std::optional(fmt::format("{}", fmt::join(ways, ", or where ")));
}

bool MissingNeeds::is_met(const ReadingNeed& need, int parameter) {
  const auto column = readers_.columns.find(need.column);
  if (column == readers_.columns.end()) {
    return false;  // the war has no row of the table
  }
  const auto& numbers = column->second;
  const bool is_constant = war_.parameters[at(numbers.front())].path == "scenario." + need.column;
  if (!need.is_of_any_row && !is_constant) {
    int row = readers_.row[at(parameter)];
    if (const std::string_view table = table_beside_tie(need, parameter); !table.empty()) {
      row /= static_cast<int>(war_.actors.size());  // the rows of ties are all pairs of actors
      if (table == "commands") {
        row = war_.actors[at(row)].command;
      }
    }
    return may_be(numbers[at(row)], need);
  }
  const auto [known, is_new] = of_any_row_.try_emplace(need.text, false);
  if (is_new) {
    known->second = std::any_of(numbers.begin(), numbers.end(), [&](int number) { return may_be(number, need); });
  }
  return known->second;
}

std::string_view MissingNeeds::table_beside_tie(const ReadingNeed& need, int parameter) const {
  if (need.is_of_any_row || !readers_.column[at(parameter)]->starts_with("ties.")) {
    return {};
  }
  const std::string_view table = std::string_view(need.column).substr(0, need.column.find('.'));
  return table == "commands" || table == "actors" ? table : std::string_view();
}

bool MissingNeeds::may_be(int parameter, const ReadingNeed& need) const {
  const Parameter& p = war_.parameters[at(parameter)];
  if (is_changed_[at(parameter)] || !p.distribution.is_value()) {
    return true;
  }
  const double value = p.distribution.a;
  if (!need.value) {
    return (value != 0 && !std::isnan(value)) || (p.is_given && p.path.ends_with(".on"));
  }
  if (*need.value == "given") {
    return !std::isnan(value);
  }
  const std::vector<std::string> words = words_of(p.words);
  const auto word = std::find(words.begin(), words.end(), *need.value);
  double wanted = static_cast<double>(word - words.begin());
  if (word == words.end()) {
    std::from_chars(need.value->data(), need.value->data() + need.value->size(), wanted);
  }
  return value == wanted;
}

bool is_own(const Account& account, const AccountSetting& setting) {
  return setting.where.file.ends_with("/" + account.id + ".toml");
}

void warn_of_dead_numbers(const Readers& readers, const War& war, const std::vector<bool>& is_changed,
                          Mistakes& warnings) {
  struct Said {  // something of a number
    Location where;
    int number;
    std::string account;
  };
  std::vector<Said> said;
  for (std::size_t p = 0; p < war.parameters.size(); ++p) {
    const Distribution& d = war.parameters[p].distribution;
    const bool is_none = d.is_value() && d.a == 0;  // that there is none of it fills a table
    if (war.parameters[p].is_given && !is_none) {
      said.push_back({war.parameters[p].where, static_cast<int>(p), ""});
    }
  }
  for (const Account& account : war.accounts) {
    for (const AccountSetting& setting : account.settings) {
      // No account lies over a table of draws.
      if (is_own(account, setting) || setting.where.file.ends_with(".csv")) {
        said.push_back({setting.where, setting.target, account.id});
      }
    }
  }
  for (int row = 0; row < static_cast<int>(war.interventions.size()); ++row) {
    if (const int target = war.interventions[at(row)].target; target != kNone) {
      said.push_back({war.parameters[at(war.intervention(row))].where, target, ""});
    }
  }
  std::stable_sort(said.begin(), said.end(), [](const Said& x, const Said& y) {
    return std::tie(x.where.file, x.where.line, x.where.column) < std::tie(y.where.file, y.where.line, y.where.column);
  });
  MissingNeeds missing_for(readers, war, is_changed);
  std::map<std::tuple<std::string, std::string, std::string>, std::pair<Group, std::string>> groups;
  for (const auto& [where, number, account] : said) {
    const auto missing = missing_for.of(number);
    if (!missing) {
      continue;
    }
    const std::string& column = *readers.column[at(number)];
    const bool is_constant = war.parameters[at(number)].path.starts_with("scenario.");
    const std::string together = is_constant ? column.substr(0, column.rfind('.')) : column;
    auto& [group, path] = groups[{where.file, together, *missing}];
    if (group.lines.empty()) {
      group.where = where;
      group.account = account;
      path = war.parameters[at(number)].path;
    }
    const std::string name = is_constant ? column : column.substr(column.find('.') + 1);
    if (std::find(group.names.begin(), group.names.end(), name) == group.names.end()) {
      group.names.push_back(name);
    }
    if (group.lines.empty() || is_constant || group.lines.back() != where.line) {
      group.lines.push_back(where.line);
    }
  }
  for (const auto& [key, found] : groups) {
    const auto& [group, path] = found;
    const bool is_one = group.lines.size() == 1;
    warnings.add({.where = group.where,
                  .what = words_of_group(group, path),
                  .hint = fmt::format("{} where {}; see to that, or remove {}", is_one ? "it acts" : "they act",
                                      std::get<2>(key), is_one ? "it" : "them"),
                  .account = group.account});
  }
}

}  // namespace truel::scenario
