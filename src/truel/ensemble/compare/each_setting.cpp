#include "truel/ensemble/compare/each_setting.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <utility>

#include "truel/base/statistics/distributions.hpp"
#include "truel/model/latest_rows.hpp"

namespace truel::ensemble {
namespace {

constexpr double kError = 0.05;  ///< of a line that moves nothing, to be said to move something

/// What the package says of the numbers that a line of the account sets.
struct Line {
  std::vector<std::pair<int, Parameter>> changed;
  std::vector<int> as_package;  ///< numbers of which the account says the same
};

/// An alignment that the package leaves out is its default.
bool is_as_before(const War& war, int number, const Distribution& before, const Distribution& now) {
  const auto [a, b] = war.alignment_pair(number);
  const bool is_unstated = a != kNone && before.is_value() && std::isnan(before.a);
  return is_unstated ? now.is_value() && now.a == war.unstated_alignment(a, b) : to_string(now) == to_string(before);
}

std::map<int, Line> lines_of(const War& war) {
  std::map<int, Line> lines;
  for (const auto& [number, before] : war.replaced) {
    const Parameter& now = war.parameters[at(number)];
    if (now.where.line == 0) {
      continue;  // of the run, not of the account
    }
    Line& line = lines[now.where.line];
    if (is_as_before(war, number, before.distribution, now.distribution)) {
      line.as_package.push_back(number);
    } else {
      line.changed.emplace_back(number, before);
    }
  }
  return lines;
}

War without(const War& war, const std::vector<std::pair<int, Parameter>>& line) {
  War package = war;
  for (const auto& [number, before] : line) {
    package.parameters[at(number)] = before;
  }
  return package;
}

/// Greater where a difference is surer.
double sureness(const ComparedRow& row) {
  const double se = row.difference.standard_error;
  return row.changed > 1 && se > 0 ? std::abs(row.difference.value) / se : 0;
}

std::vector<std::size_t> surest(const std::vector<ComparedRow>& rows) {
  const auto asked = std::count_if(rows.begin(), rows.end(), [](const ComparedRow& row) { return row.changed > 0; });
  std::vector<std::size_t> sure;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto degrees = static_cast<double>(rows[r].difference.n) - 1;
    if (rows[r].is_certain() && degrees > 0 &&
        sureness(rows[r]) > student_t_quantile(degrees, 1 - kError / 2 / static_cast<double>(asked))) {
      sure.push_back(r);
    }
  }
  std::stable_sort(sure.begin(), sure.end(),
                   [&](std::size_t x, std::size_t y) { return sureness(rows[x]) > sureness(rows[y]); });
  return sure;
}

/// The latest day on which a number of a line is replaced; none where one is not.
std::optional<Day> day_of_replacement(const std::vector<int>& numbers, const std::map<int, Day>& outdated) {
  Day last = 0;
  for (const int number : numbers) {
    const auto found = outdated.find(number);
    if (found == outdated.end()) {
      return std::nullopt;
    }
    last = std::max(last, found->second);
  }
  return last;
}

}  // namespace

bool SettingEffect::acts() const {
  return std::any_of(comparison.rows.begin(), comparison.rows.end(),
                     [](const ComparedRow& row) { return row.changed > 0; });
}

Result<std::vector<SettingEffect>> effects_of_each_setting(const CompiledModel& model, const EnsembleOptions& options,
                                                           std::span<const ComparedOutcome> more) {
  const War& war = model.war();
  if (!war.draws.empty()) {
    return Diagnostic{{war.draws.front().file},
                      "numbers that are drawn together cannot be taken away one by one",
                      "name an account without draws"};
  }
  const std::map<int, Line> lines = lines_of(war);
  const std::map<int, Day> outdated = outdated_numbers(war, war.start);
  const auto compared =
      std::count_if(lines.begin(), lines.end(), [](const auto& line) { return !line.second.changed.empty(); });
  ProgressOfAll all_of_them(options.progress, (1 + static_cast<std::size_t>(compared)) * options.runs);
  EnsembleOptions side = options;
  const auto is_whole = [&](MeasuredSide& of) {
    all_of_them.attach(side);
    of.extend(options.runs, side);
    return options.stop == nullptr || !options.stop->load();
  };
  std::vector<SettingEffect> effects;
  MeasuredSide account(model, more);
  if (!is_whole(account)) {
    return effects;
  }
  for (const auto& [at_line, line] : lines) {
    const auto& numbers = line.changed;
    if (numbers.empty()) {
      effects.push_back({war.parameters[at(line.as_package.front())].where, line.as_package, {}, {}, {}, true});
      continue;
    }
    TRUEL_TRY(const auto compiled, compile(std::make_shared<const War>(without(war, numbers))));
    MeasuredSide rest(compiled, more);
    if (!is_whole(rest)) {
      break;
    }
    SettingEffect effect{
        war.parameters[at(numbers.front().first)].where, {}, compare(rest, account, options.runs), {}, {}, false};
    for (const auto& [number, before] : numbers) {
      effect.numbers.push_back(number);
    }
    effect.replaced_on = day_of_replacement(effect.numbers, outdated);
    effect.moved = surest(effect.comparison.rows);
    for (ComparedRow& row : effect.comparison.rows) {
      row.first_numbers.clear();  // those of all lines together would be large
      row.second_numbers.clear();
    }
    effects.push_back(std::move(effect));
  }
  return effects;
}

}  // namespace truel::ensemble
