// Tables of draws beside accounts: accounts/NAME.csv.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "truel/base/formats/csv.hpp"
#include "truel/base/formats/plain_text.hpp"
#include "truel/base/formats/toml_fields.hpp"
#include "truel/base/index.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/reading/paths.hpp"
#include "truel/scenario/toml/toml.hpp"

namespace truel::scenario {
namespace {

constexpr std::string_view kWeight = "weight";

/// What a column says by itself: as many values as it has rows, sorted, each with the same chance.
Distribution by_itself(const JointDraws& draws, std::size_t column) {
  const std::size_t n = draws.rows();
  const std::size_t n_columns = draws.parameters.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto value = [&](std::size_t row) { return draws.values[row * n_columns + column]; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return value(a) < value(b); });
  const auto weight = [&](std::size_t row) { return draws.weights.empty() ? 1.0 : draws.weights[row]; };
  double sum = 0;
  for (const std::size_t row : order) {
    sum += weight(row);
  }
  Distribution d{.kind = DistributionKind::drawn};
  double reached = 0;
  std::size_t k = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double wanted = (static_cast<double>(i) + 0.5) / static_cast<double>(n) * sum;
    while (k + 1 < n && reached + weight(order[k]) < wanted) {
      reached += weight(order[k++]);
    }
    d.among.push_back(value(order[k]));
  }
  return d;
}

/// What the columns of a table are of.
struct Columns {
  std::vector<int> target_of;  ///< [column] index into War::parameters; kNone: of none
  std::size_t weight;          ///< the column of weights; as many as there are columns: none
};

/// Appends the numbers that have a column. line: of the account that names the table.
Columns columns_of(Context& in, const CsvTable& csv, const std::string& label, int line, std::map<int, int>& first_line,
                   std::vector<int>& parameters) {
  Columns columns{std::vector<int>(csv.header.size(), kNone), csv.header.size()};
  std::map<int, int> seen;  // the columns of this table
  for (std::size_t c = 0; c < csv.header.size(); ++c) {
    const CsvCell& cell = csv.header[c];
    const Location where = location_of(label, cell);
    if (cell.text == kWeight) {
      if (columns.weight < c) {
        in.mistakes.add(where, "duplicate column `weight`", "remove one");
      }
      columns.weight = c;
      continue;
    }
    const int target = resolve(in, cell.text, where);
    if (target == kNone) {
      continue;
    }
    const std::size_t column = c + 1;
    if (const auto [first, is_new] = seen.try_emplace(target, static_cast<int>(column)); !is_new) {
      in.mistakes.add(where, "duplicate column " + in_quotes(cell.text),
                      fmt::format("the first is column {}; remove one", first->second));
      continue;
    }
    if (const auto [first, is_new] = first_line.try_emplace(target, line); !is_new) {
      in.mistakes.add(where,
                      fmt::format("{} is set in line {} of the account as well", in_quotes(cell.text), first->second),
                      "remove one");
      continue;
    }
    columns.target_of[c] = target;
    parameters.push_back(target);
  }
  return columns;
}

/// Appends values and weights of all rows. Returns the sum of the weights.
double values_of(Context& in, const CsvTable& csv, const std::string& label, const Columns& columns,
                 JointDraws& draws) {
  double sum = 0;
  for (const CsvRow& row : csv.rows) {
    for (std::size_t c = 0; c < row.n_cells; ++c) {
      const CsvCell& cell = csv.cells[row.first + c];
      const Location where = location_of(label, cell);
      const bool is_weight = c == columns.weight;
      if (!is_weight && columns.target_of[c] == kNone) {
        continue;
      }
      const auto value = read_number(
          in, cell.text, where, is_weight ? NumberForm{} : number_form(in.war.parameters[at(columns.target_of[c])]));
      if (!value) {
        continue;
      }
      if (!value->is_value()) {
        in.mistakes.add(where, fmt::format("{} is no single number", in_quotes(cell.text)), "write one value a row");
      } else if (is_weight && value->a < 0) {
        in.mistakes.add(where, fmt::format("a weight of {}", value->a), "keep weights at 0 or above");
      } else if (is_weight) {
        draws.weights.push_back(value->a);
        sum += value->a;
      } else {
        check_range(in, csv.header[c].text, in.war.parameters[at(columns.target_of[c])], *value, where);
        draws.values.push_back(value->a);
      }
    }
  }
  return sum;
}

}  // namespace

void read_draws(Context& in, const TomlValue& root, Account& account, std::map<int, int>& first_line) {
  const TomlValue* named = root.find("draws");
  const TomlValue* basis_value = root.find("basis");
  if (named == nullptr) {
    if (basis_value != nullptr) {
      in.mistakes.add(basis_value->where, "a basis without draws", "write it in each [[set]], or name draws = \"...\"");
    }
    return;
  }
  const std::string name = toml_text(root, "draws", true, in.mistakes);
  const std::string basis = toml_text(root, "basis", false, in.mistakes);
  if (basis.empty()) {
    in.mistakes.add(named->where, "draws without a basis", "write basis = \"...\" below draws");
  } else {
    check_basis(in, basis, basis_value->where);
  }
  if (name.empty()) {
    return;
  }
  const PackageFile* file = in.package.find("accounts/" + name);
  if (file == nullptr || !name.ends_with(".csv")) {
    in.mistakes.add(named->where, "no table " + in_quotes(name),
                    "name a .csv that lies in the folder accounts, beside this file");
    return;
  }
  const std::string label = in.package.label(file->name);
  const auto text = text_of(file->bytes, label, in.mistakes);
  if (!text) {
    return;
  }
  const int mistakes_before = in.mistakes.count(label);
  const CsvTable csv = parse_csv(*text, label, in.mistakes);
  JointDraws draws;
  draws.file = file->name;
  const Columns columns = columns_of(in, csv, label, named->where.line, first_line, draws.parameters);
  if (draws.parameters.empty() && in.mistakes.count(label) == mistakes_before) {
    in.mistakes.add({label, 1, 1}, "no column of a number", "head columns with paths, such as actors.ID.kill_rate");
  }
  if (csv.rows.empty()) {
    in.mistakes.add({label, 1, 1}, "no draws", "write one row a draw");
  }
  const double sum = values_of(in, csv, label, columns, draws);
  if (in.mistakes.count(label) > mistakes_before) {
    return;
  }
  if (columns.weight < csv.header.size() && !(sum > 0 && std::isfinite(sum))) {
    in.mistakes.add({label, 1, csv.header[columns.weight].column}, "weights that do not sum to a positive number",
                    "give some draw a weight above 0");
    return;
  }
  for (std::size_t c = 0; c < draws.parameters.size(); ++c) {
    const auto head =
        std::find(columns.target_of.begin(), columns.target_of.end(), draws.parameters[c]) - columns.target_of.begin();
    const CsvCell& cell = csv.header[static_cast<std::size_t>(head)];
    account.settings.push_back({draws.parameters[c], by_itself(draws, c), basis, location_of(label, cell)});
  }
  account.draws = std::move(draws);
}

}  // namespace truel::scenario
