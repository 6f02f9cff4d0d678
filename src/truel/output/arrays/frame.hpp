// What all files of arrays share: dimensions, coordinates, words about the run; and columns of realizations.
#pragma once

#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
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

inline constexpr const char* kControlMeaning = "actor that controls the place";
inline constexpr const char* kPlaceCoordinates = "latitude longitude place_name";
inline constexpr const char* kActorCoordinates = "actor_name actor_kind";

class Frame {
 public:
  Frame(ArrayTarget& file, const CompiledModel& model, const std::vector<int>& days);

  void describe(const solver::SolveOptions& options, const Provenance& provenance, std::string_view comment);
  /// Says what the values of the variable `control` mean.
  void describe_control(int variable);
  void put_coordinates();

  const War& war;
  const bool moves_alignment;
  ArrayDimension time, actor, place, parameter;

 private:
  ArrayTarget& file_;
  const std::vector<int>& days_;
  int time_ = -1, latitude_ = -1, longitude_ = -1;
};

template <class T>
constexpr ArrayType array_type() {
  using enum ArrayType;
  return std::is_same_v<T, std::int8_t>     ? byte
         : std::is_same_v<T, char>          ? character
         : std::is_same_v<T, std::int32_t>  ? int32
         : std::is_same_v<T, std::uint64_t> ? uint64
         : std::is_same_v<T, float>         ? float32
                                            : float64;
}

/// Variables whose first dimension is the realization, each told of once: its name, what it is, and what it takes out
/// of a run.
class Columns {
 public:
  Columns(ArrayTarget& target, ArrayDimension realization) : file(target), realization_(realization) {}

  struct Description {
    std::string_view name;
    std::vector<ArrayDimension> of{};  ///< beside the realization
    std::string_view meaning;
    std::string_view unit{};
    std::string_view coordinates{};
  };

  /// take(run, values) appends what the run has to values; of one that did not come to its end all are missing. Gives
  /// the variable.
  template <class T, class Take>
  int add(const Description& about, Take take) {
    std::size_t count = 1;
    for (const ArrayDimension& dimension : about.of) {
      count *= dimension.length;
    }
    return add_kept<T>(about, [take, count](const solver::Run& run, std::vector<T>& values) {
      if (run.status == solver::RunStatus::complete) {
        take(run, values);
      } else {
        values.insert(values.end(), count, missing<T>());
      }
    });
  }

  /// The same of what every realization has.
  template <class T, class Take>
  int add_kept(const Description& about, Take take) {
    const auto column = std::make_shared<Column<T>>();
    column->dimensions = about.of;
    column->dimensions.insert(column->dimensions.begin(), realization_);
    column->variable = file.variable(std::string(about.name), array_type<T>(), column->dimensions,
                                     std::string(about.meaning), std::string(about.unit));
    if (!about.coordinates.empty()) {
      file.attribute(column->variable, "coordinates", about.coordinates);
    }
    take_.push_back([column, take](const solver::Run& run) { take(run, column->values); });
    put_.push_back([column, this](std::size_t first) {
      file.put(column->variable, column->dimensions, first, std::span<const T>(column->values));
      column->values.clear();
    });
    return column->variable;
  }

  void take(const solver::Run& run) const {
    for (const auto& take_one : take_) {
      take_one(run);
    }
  }
  /// Puts what was taken since the last time, from realization `first` on.
  void put(std::size_t first) const {
    for (const auto& put_one : put_) {
      put_one(first);
    }
  }

  ArrayTarget& file;

 private:
  template <class T>
  struct Column {
    int variable = -1;
    std::vector<ArrayDimension> dimensions;
    std::vector<T> values;
  };
  template <class T>
  static constexpr T missing() {
    return std::is_floating_point_v<T> ? std::numeric_limits<T>::quiet_NaN() : static_cast<T>(kUnknown);
  }

  ArrayDimension realization_;
  std::vector<std::function<void(const solver::Run&)>> take_;
  std::vector<std::function<void(std::size_t)>> put_;
};

/// Adds numbers to what there are.
template <class T, class Values>
void append(std::vector<T>& to, const Values& values) {
  to.insert(to.end(), values.begin(), values.end());
}

/// The whole path: NetCDF takes some relative names for addresses on the network.
std::filesystem::path whole_path(const std::filesystem::path& path);

}  // namespace truel::output
