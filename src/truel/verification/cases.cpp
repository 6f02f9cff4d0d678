#include "truel/verification/cases.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "truel/base/bytes/files.hpp"
#include "truel/base/formats/csv.hpp"
#include "truel/base/index.hpp"

namespace truel::verification {
namespace {

namespace fs = std::filesystem;

class Reading {
 public:
  Reading(const CsvTable& table, const std::string& label, Mistakes& mistakes)
      : table_(table), label_(label), mistakes_(mistakes) {
    for (const CsvCell& cell : table.header) {
      names_.emplace_back(cell.text);
    }
  }

  /// Adds a column of numbers to `rows`.
  void read(const std::string& column, std::vector<std::vector<Cases::Cell>>& rows) {
    const auto found = std::find(names_.begin(), names_.end(), column);
    if (found == names_.end()) {
      mistakes_.add({label_, 1, 1}, "no column " + in_quotes(column),
                    mistakes_.did_you_mean(column, names_, fmt::format("it has {}", fmt::join(names_, ", "))));
      return;
    }
    const auto index = static_cast<std::size_t>(found - names_.begin());
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      if (table_.rows[r].is_whole) {
        const CsvCell& cell = table_.cells[table_.rows[r].first + index];
        rows[r].push_back({number(cell), location_of(label_, cell)});
      }
    }
  }

 private:
  double number(const CsvCell& cell) {
    double value = 0;
    const char* end = cell.text.data() + cell.text.size();
    const auto [stop, error] = std::from_chars(cell.text.data(), end, value);
    if (error != std::errc{} || stop != end || !std::isfinite(value)) {
      mistakes_.add(location_of(label_, cell), in_quotes(cell.text) + " is no number",
                    "write one number a cell, as 0.5");
    }
    return value;
  }

  const CsvTable& table_;
  const std::string& label_;
  Mistakes& mistakes_;
  std::vector<std::string> names_;
};

}  // namespace

fs::path cases_file(const CaseTable& table, const fs::path& package, const fs::path& data) {
  return table.is_data ? (data.empty() ? fs::path() : data / table.file) : package / table.file;
}

Result<Cases> read_cases(const CaseTable& table, const fs::path& file) {
  const std::string label = file.lexically_normal().generic_string();
  const auto text = bytes_of_file(file);
  if (!text) {
    return Diagnostics{{{label}, "no file that can be read", "it is named as the table of cases"}};
  }
  Mistakes mistakes;
  const CsvTable csv = parse_csv(*text, label, mistakes, table.separator);
  if (csv.rows.empty()) {
    mistakes.add({label, 1, 1}, "a table without rows", "write a header and one row for each case");
  }
  Cases cases;
  cases.columns.resize(csv.rows.size());
  cases.record.resize(csv.rows.size());
  Reading reading(csv, label, mistakes);
  for (const auto& [path, column] : table.columns) {
    reading.read(column, cases.columns);
  }
  for (const auto& [metric, column] : table.record) {
    reading.read(column, cases.record);
  }
  for (const std::vector<Cases::Cell>& row : cases.record) {
    for (const Cases::Cell& cell : row) {
      if (cell.value == 0) {
        mistakes.add(cell.where, "a record of 0, which has no relative error", "leave the row out");
      }
    }
  }
  if (!mistakes.empty()) {
    return mistakes.take();
  }
  return cases;
}

Diagnostics lay_over(const CaseTable& table, const std::vector<Cases::Cell>& row, War& war) {
  Diagnostics mistakes;
  for (std::size_t c = 0; c < row.size(); ++c) {
    Parameter& parameter = war.parameters[at(war.find_parameter(table.columns[c].first))];
    if (row[c].value < parameter.least || row[c].value > parameter.greatest) {
      mistakes.push_back({row[c].where, fmt::format("{} is {:g}", parameter.path, row[c].value),
                          fmt::format("keep it within {:g} and {:g}", parameter.least, parameter.greatest)});
    }
    parameter.distribution = {.a = row[c].value};
    parameter.is_given = true;
  }
  return mistakes;
}

CaseMeans::CaseMeans(std::span<const Metric> metrics, std::size_t runs)
    : metrics_(metrics), sum_(metrics.size(), std::vector<double>(runs)), n_(sum_) {}

void CaseMeans::add(const std::vector<std::vector<double>>& numbers, const std::vector<Cases::Cell>& record) {
  const auto count = [&](std::size_t m, std::size_t r, double value) {
    if (!std::isnan(value)) {
      sum_[m][r] += value;
      n_[m][r] += 1;
    }
  };
  for (std::size_t m = 0; m < metrics_.size(); ++m) {
    for (std::size_t r = 0; r < sum_[m].size(); ++r) {
      const MetricInfo& info = info_of(metrics_[m]);
      if (info.value == nullptr && info.detail == kCasesCount) {
        sum_[m][r] += 1;
        n_[m][r] = 1;
      } else if (info.value == nullptr) {
        for (std::size_t k = 0; k < record.size(); ++k) {
          const double value = numbers[metrics_.size() + k][r];
          count(m, r, std::abs(value - record[k].value) / std::abs(record[k].value));
        }
      } else {
        count(m, r, numbers[m][r]);
      }
    }
  }
}

std::vector<std::vector<double>> CaseMeans::numbers() const {
  std::vector<std::vector<double>> means = sum_;
  for (std::size_t m = 0; m < means.size(); ++m) {
    for (std::size_t r = 0; r < means[m].size(); ++r) {
      means[m][r] = n_[m][r] > 0 ? sum_[m][r] / n_[m][r] : kAbsent;
    }
  }
  return means;
}

}  // namespace truel::verification
