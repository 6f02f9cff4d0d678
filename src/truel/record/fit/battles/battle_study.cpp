#include "truel/record/fit/battles/battle_study.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "truel/base/bytes/files.hpp"
#include "truel/base/formats/csv.hpp"
#include "truel/record/observations/observations.hpp"

namespace truel::record::fit {
namespace {

namespace fs = std::filesystem;

/// Columns of one side.
struct Side {
  std::string strength, dead;
};

std::string column_of(const CaseTable& table, std::string_view begin, std::string_view end) {
  for (const auto& [path, column] : table.columns) {
    if (path.starts_with(begin) && path.ends_with(end)) {
      return column;
    }
  }
  return "";
}

/// The two sides of a table of battles; none if it is a table of something else.
std::vector<Side> sides_of(const War& war, const CaseTable& table) {
  std::vector<Side> sides;
  for (const Actor& actor : war.actors) {
    const Side side{column_of(table, "forces." + actor.id + ".", ""),
                    column_of(table, "actors." + actor.id + ".", ".breakpoint")};
    if (!side.strength.empty() && !side.dead.empty()) {
      sides.push_back(side);
    }
  }
  if (sides.size() != 2) {
    sides.clear();
  }
  return sides;
}

std::vector<CaseTable> tables_of(const War& war) {
  std::vector<CaseTable> tables;
  for (const Check& check : war.checks) {
    if (check.run.cases && check.run.cases->is_data && !sides_of(war, *check.run.cases).empty() &&
        std::find(tables.begin(), tables.end(), *check.run.cases) == tables.end()) {
      tables.push_back(*check.run.cases);
    }
  }
  return tables;
}

std::optional<double> persons(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  return is_number && value > 0 && value < 1e9 && value == std::floor(value) ? std::optional(value) : std::nullopt;
}

Result<BattleTable> read_table(const War& war, const CaseTable& table, const fs::path& path) {
  const std::string label = path.lexically_normal().generic_string();
  const auto text = bytes_of_file(path);
  if (!text) {
    return Diagnostic{
        {label}, "no file that can be read", "the package's checks name it; give its folder as --observed"};
  }
  Mistakes mistakes;
  const CsvTable csv = parse_csv(*text, label, mistakes, table.separator);
  const auto find = [&](const std::string& name) {
    const auto cell = std::find_if(csv.header.begin(), csv.header.end(), [&](const auto& c) { return c.text == name; });
    if (cell == csv.header.end()) {
      mistakes.add({label, 1, 1}, "no column " + name, "the package's checks take it");
    }
    return static_cast<std::size_t>(cell - csv.header.begin());
  };
  std::vector<std::pair<std::size_t, std::size_t>> columns;  // strength and dead of a side
  for (const Side& side : sides_of(war, table)) {
    const std::size_t strength = find(side.strength);
    columns.emplace_back(strength, find(side.dead));
  }
  std::sort(columns.begin(), columns.end());
  if (csv.rows.empty()) {
    mistakes.add({label, 1, 1}, "a table without rows", "write a header and one row for each battle");
  }
  if (!mistakes.empty()) {
    return mistakes.take();
  }
  BattleTable result{table.file, {}, {}};
  for (const CsvRow& row : csv.rows) {
    const auto cell = [&](std::size_t column) {
      const CsvCell& found = csv.cells[row.first + column];
      const auto value = persons(found.text);
      if (!value) {
        mistakes.add(location_of(label, found), in_quotes(found.text) + " is no whole number of persons above 0",
                     "correct it, or leave the row out");
      }
      return value.value_or(std::numeric_limits<double>::quiet_NaN());
    };
    if (row.is_whole) {
      Battle battle{cell(columns[0].first), cell(columns[0].second), cell(columns[1].first), cell(columns[1].second)};
      if (battle.red_dead > battle.red || battle.blue_dead > battle.blue) {
        mistakes.add({label, row.line, 1}, "more dead than there were men", "correct it, or leave the row out");
      }
      result.battles.push_back(battle);
    }
  }
  if (!mistakes.empty()) {
    return mistakes.take();
  }
  return result;
}

}  // namespace

bool has_battles(const War& war) {
  return !tables_of(war).empty();
}

Result<std::vector<BattleTable>> read_battles(const War& war, const Rules& rules, const fs::path& observed) {
  if (auto fault = no_folder(observed)) {
    return *fault;
  }
  std::vector<BattleTable> tables;
  Diagnostics faults;
  for (const CaseTable& table : tables_of(war)) {
    auto read = read_table(war, table, observed / table.file);
    if (read) {
      read->citations = citations_of(rules, read->file);
      tables.push_back(std::move(*read));
    } else {
      read.add_error_to(faults);
    }
  }
  if (!faults.empty()) {
    return faults;
  }
  return tables;
}

BattleFit fit_battles(const BattleTable& table, const BattleOptions& options) {
  const std::vector<int> dimensions(kAttritionLaws.size(), 2);
  BattleFit fit{table.file, table.battles.size(), 0, {}, {}, {}, table.citations};
  if (options.method == AbcMethod::rejection) {
    const RejectionOptions rejection{
        .draws = options.draws,
        .keep = std::max(1U, static_cast<std::uint32_t>(std::lround(options.keep * options.draws))),
        .seed = options.seed,
        .threads = options.threads,
        .progress = options.progress,
        .stop = options.stop};
    fit.sample = reject(dimensions, battles_distance(table.battles, options.seed), rejection);
    fit.simulations = options.draws;
  } else {
    AbcProblem problem;
    problem.dimensions = dimensions;
    for (const Battle& battle : table.battles) {
      problem.observed.push_back(battle.red_dead);
      problem.observed.push_back(battle.blue_dead);
    }
    problem.simulate = [&](int model, std::span<const double> z, std::uint32_t number, std::span<double> dead) {
      fight_all(static_cast<AttritionLaw>(model), table.battles, ratio_of_score(z[0]), ratio_of_score(z[1]),
                options.seed, number, dead);
    };
    const AbcSmcOptions smc{.particles = options.particles,
                            .is_absolute = true,
                            .scales = problem.observed,
                            .seed = options.seed,
                            .threads = options.threads};
    AbcSmcSample sample = abc_smc(problem, smc);
    fit.sample = std::move(sample.particles);
    fit.steps = std::move(sample.steps);
    fit.simulations = sample.simulations;
  }
  fit.law_shares = model_shares(fit.sample, kAttritionLaws.size());
  return fit;
}

}  // namespace truel::record::fit
