// The wars of a table of cases: one for each row, its numbers laid over the package.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/model/war.hpp"

namespace truel::verification {

struct Cases {
  struct Cell {
    double value = 0;
    Location where;
  };
  /// [row]; cells in the order of CaseTable::columns and CaseTable::record.
  std::vector<std::vector<Cell>> columns, record;
};

/// Where the table lies: below the package, or below the data folder. Empty: the data folder was not named.
std::filesystem::path cases_file(const CaseTable& table, const std::filesystem::path& package,
                                 const std::filesystem::path& data);

/// Reads the columns that the cases take. Errors, all of a file: no such file, no row, a column that it has not, rows
/// that are too short or too long, cells that are no number.
Result<Cases> read_cases(const CaseTable& table, const std::filesystem::path& file);

/// Writes the numbers of a row over those of a war, as --set would. Returns the mistakes: numbers out of bounds.
Diagnostics lay_over(const CaseTable& table, const std::vector<Cases::Cell>& row, War& war);

/// Gathers the numbers of the metrics case by case: of each realization the mean over the cases in which the metric has
/// a number. Realization r of all cases has the same draws of what is uncertain: it is one hypothesis about all of
/// them.
class CaseMeans {
 public:
  CaseMeans(std::span<const Metric> metrics, std::size_t runs);

  /// numbers: [metric, then metric of the record][realization] of one case. record: what the table says of it.
  void add(const std::vector<std::vector<double>>& numbers, const std::vector<Cases::Cell>& record);

  std::vector<std::vector<double>> numbers() const;  ///< [metric][realization]; NaN: none in any case

 private:
  std::span<const Metric> metrics_;
  std::vector<std::vector<double>> sum_, n_;  ///< [metric][realization]
};

}  // namespace truel::verification
