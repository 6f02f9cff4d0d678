// What all files of arrays share: dimensions, coordinates, words about the run; and the columns of realizations.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "truel/output/arrays/targets/array_target.hpp"
#include "truel/output/output.hpp"

namespace truel::output {

/// In `control`, of realizations that failed.
inline constexpr std::int8_t kUnknown = -2;
inline constexpr std::size_t kFingerprintDigits = 16;

template <class T, class F>
std::vector<std::string> names_of(const std::vector<T>& items, F&& name) {
  std::vector<std::string> names;
  names.reserve(items.size());
  for (const T& item : items) {
    names.push_back(std::string(name(item)));
  }
  return names;
}

class Frame {
 public:
  Frame(ArrayTarget& file, const CompiledModel& model, const std::vector<int>& days);

  void describe(const solver::SolveOptions& options, const Provenance& provenance, std::string_view comment);
  /// The variable `control` over these dimensions, with its meanings.
  int control(const std::vector<ArrayDimension>& dimensions);
  void put_coordinates();

  const War& war;
  const bool moves_alignment;
  ArrayDimension time, actor, place, parameter;

 private:
  ArrayTarget& file_;
  const std::vector<int>& days_;
  int time_ = -1, latitude_ = -1, longitude_ = -1;
};

/// Values of one variable of some realizations, one after another.
template <class T>
struct Column {
  int variable = -1;
  std::vector<ArrayDimension> dimensions;
  std::vector<T> values;

  void put(ArrayTarget& file, std::size_t first) {
    file.put(variable, dimensions, first, std::span<const T>(values));
    values.clear();
  }
};

/// Defines columns, whose first dimension is the realization.
struct ColumnMaker {
  ArrayTarget& file;
  ArrayDimension realization;

  template <class T>
  void operator()(Column<T>& column, const char* name, ArrayType type, std::vector<ArrayDimension> more,
                  const char* long_name, const char* units = "") const {
    more.insert(more.begin(), realization);
    column.variable = file.variable(name, type, more, long_name, units);
    column.dimensions = std::move(more);
  }
};

/// The whole path: NetCDF takes some relative names for addresses on the network.
std::filesystem::path whole_path(const std::filesystem::path& path);

}  // namespace truel::output
