// Tables of draws beside accounts: accounts/NAME.csv.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "truel/base/formats/csv.hpp"
#include "truel/base/formats/plain_text.hpp"
#include "truel/base/index.hpp"
#include "truel/scenario/reader/reader.hpp"

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

}  // namespace

void Reader::read_draws(const TomlValue& root, Account& account, std::map<int, int>& first_line) {
  const TomlValue* named = root.find("draws");
  const TomlValue* basis_value = root.find("basis");
  if (named == nullptr) {
    if (basis_value != nullptr) {
      mistakes_.add(basis_value->where, "a basis without draws", "write it in each [[set]], or name draws = \"...\"");
    }
    return;
  }
  const std::string name = toml_text(root, "draws", true);
  const std::string basis = toml_text(root, "basis", false);
  if (basis.empty()) {
    mistakes_.add(named->where, "draws without a basis", "write basis = \"...\" below draws");
  } else {
    check_basis(basis, basis_value->where);
  }
  if (name.empty()) {
    return;
  }
  const PackageFile* file = package_.find("accounts/" + name);
  if (file == nullptr || !name.ends_with(".csv")) {
    mistakes_.add(named->where, "no table " + in_quotes(name),
                  "name a .csv that lies in the folder accounts, beside this file");
    return;
  }
  draws_read_.insert(file->name);
  const std::string label = package_.label(file->name);
  const auto text = text_of(file->bytes, label, mistakes_);
  if (!text) {
    return;
  }
  const int mistakes_before = mistakes_.count(label);
  const CsvTable csv = parse_csv(*text, label, mistakes_);
  JointDraws draws;
  draws.file = file->name;
  std::vector<int> target_of(csv.header.size(), kNone);
  std::size_t weight_column = csv.header.size();
  std::map<int, int> seen;  // the columns of this table
  for (std::size_t c = 0; c < csv.header.size(); ++c) {
    const CsvCell& cell = csv.header[c];
    const Location where{label, cell.line, cell.column};
    if (cell.text == kWeight) {
      if (weight_column < c) {
        mistakes_.add(where, "duplicate column `weight`", "remove one");
      }
      weight_column = c;
      continue;
    }
    const int target = resolve(cell.text, where);
    if (target == kNone) {
      continue;
    }
    const std::size_t column = c + 1;
    if (const auto [first, is_new] = seen.try_emplace(target, static_cast<int>(column)); !is_new) {
      mistakes_.add(where, "duplicate column " + in_quotes(cell.text),
                    fmt::format("the first is column {}; remove one", first->second));
      continue;
    }
    if (const auto [first, is_new] = first_line.try_emplace(target, named->where.line); !is_new) {
      mistakes_.add(where,
                    fmt::format("{} is set in line {} of the account as well", in_quotes(cell.text), first->second),
                    "remove one");
      continue;
    }
    target_of[c] = target;
    draws.parameters.push_back(target);
  }
  if (draws.parameters.empty() && mistakes_.count(label) == mistakes_before) {
    mistakes_.add({label, 1, 1}, "no column of a number", "head columns with paths, such as actors.ID.kill_rate");
  }
  if (csv.rows.empty()) {
    mistakes_.add({label, 1, 1}, "no draws", "write one row a draw");
  }
  double sum = 0;
  for (const CsvRow& row : csv.rows) {
    for (std::size_t c = 0; c < row.n_cells; ++c) {
      const CsvCell& cell = csv.cells[row.first + c];
      const Location where{label, cell.line, cell.column};
      const bool is_weight = c == weight_column;
      if (!is_weight && target_of[c] == kNone) {
        continue;
      }
      const auto value = number(cell.text, where, is_weight ? Takes{} : takes_of(war_.parameters[at(target_of[c])]));
      if (!value) {
        continue;
      }
      if (!value->is_value()) {
        mistakes_.add(where, fmt::format("{} is no single number", in_quotes(cell.text)), "write one value a row");
      } else if (is_weight && value->a < 0) {
        mistakes_.add(where, fmt::format("a weight of {}", value->a), "keep weights at 0 or above");
      } else if (is_weight) {
        draws.weights.push_back(value->a);
        sum += value->a;
      } else {
        check_range(csv.header[c].text, war_.parameters[at(target_of[c])], *value, where);
        draws.values.push_back(value->a);
      }
    }
  }
  if (mistakes_.count(label) > mistakes_before) {
    return;
  }
  if (weight_column < csv.header.size() && !(sum > 0 && std::isfinite(sum))) {
    mistakes_.add({label, 1, csv.header[weight_column].column}, "weights that do not sum to a positive number",
                  "give some draw a weight above 0");
    return;
  }
  for (std::size_t c = 0; c < draws.parameters.size(); ++c) {
    const auto head = std::find(target_of.begin(), target_of.end(), draws.parameters[c]) - target_of.begin();
    const CsvCell& cell = csv.header[static_cast<std::size_t>(head)];
    account.settings.push_back({draws.parameters[c], by_itself(draws, c), basis, {label, cell.line, cell.column}});
  }
  account.draws = std::move(draws);
}

void Reader::warn_of_draws() {
  for (const PackageFile& file : package_.files) {
    if (file.name.starts_with("accounts/") && !is_account(file) && !draws_read_.contains(file.name)) {
      warnings_.add({package_.label(file.name)}, "a table of draws that no account names",
                    "write draws = \"...\" in an account, or remove the file");
    }
  }
}

}  // namespace truel::scenario
