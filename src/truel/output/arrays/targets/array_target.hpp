// Where results go as arrays with names, dimensions and words about them: a NetCDF file, or memory.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace truel::output {

enum class ArrayType { byte, character, int32, uint64, float32, float64 };

/// Values of one of these types, in this order: those of the variable that they are put into.
using ArrayValues = std::variant<std::span<const std::int8_t>, std::span<const char>, std::span<const std::int32_t>,
                                 std::span<const std::uint64_t>, std::span<const float>, std::span<const double>>;

/// A dimension; `id` is the target's.
struct ArrayDimension {
  int id = -1;
  std::size_t length = 0;
};

/// First everything is defined, then `end_definitions`, then values are put. After the first failure every further call
/// does nothing, so that a writer looks at `ok` only where it would work for nothing.
class ArrayTarget {
 public:
  ArrayTarget() = default;
  ArrayTarget(const ArrayTarget&) = delete;
  ArrayTarget& operator=(const ArrayTarget&) = delete;
  virtual ~ArrayTarget() = default;

  virtual ArrayDimension dimension(const std::string& name, std::size_t length) = 0;

  /// A variable with its name for people and, unless they are "", its units. In floating-point ones NaN is missing.
  virtual int variable(const std::string& name, ArrayType type, const std::vector<ArrayDimension>& dimensions,
                       const std::string& long_name, const std::string& units = "") = 0;

  /// Text, one entry of the dimension each, as rows of characters: every reader of NetCDF understands these. Written by
  /// `end_definitions`.
  int labels(const std::string& name, const ArrayDimension& along, const std::string& long_name,
             const std::vector<std::string>& texts);

  /// The dimension of the characters of rows of text of this length.
  ArrayDimension characters(std::size_t length);

  /// Attribute of a variable.
  virtual void attribute(int variable, const char* name, std::string_view value) = 0;
  /// Attribute of the whole.
  virtual void attribute(const char* name, std::string_view value) = 0;
  /// CF flag_values and flag_meanings; a blank in a meaning becomes an underscore.
  void flags(int variable, const std::vector<std::pair<int, std::string>>& meanings);

  void end_definitions();

  /// Rows `first`, `first` + 1, ... of a variable over `dimensions`, as many as `values` hold.
  virtual void put(int variable, const std::vector<ArrayDimension>& dimensions, std::size_t first,
                   const ArrayValues& values) = 0;

  virtual bool ok() const = 0;

 protected:
  virtual void put_flag_values(int variable, std::span<const std::int8_t> values) = 0;
  virtual void finish_definitions() = 0;

 private:
  struct Labels {
    int variable;
    std::vector<ArrayDimension> dimensions;
    std::vector<char> text;
  };

  std::map<std::size_t, ArrayDimension> characters_;
  std::vector<Labels> labels_;
};

}  // namespace truel::output
