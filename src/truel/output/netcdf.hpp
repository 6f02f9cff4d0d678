// NetCDF-4 files: the only place that knows the library.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace truel::output {

enum class NetcdfType { byte, character, int32, uint64, float32, float64 };

/// A dimension. One of length 0 is made unlimited and left empty, as NetCDF knows no other empty dimension.
struct NetcdfDimension {
  int id = -1;
  std::size_t length = 0;
};

/// A file being written. After the first failure every further call does nothing, so that only `close` needs to be
/// looked at. It holds no time stamp: the same calls write the same bytes.
class NetcdfFile {
 public:
  /// Variables are compressed in chunks of at most so many entries of their first dimension.
  NetcdfFile(const std::filesystem::path& path, std::size_t rows_a_chunk);
  NetcdfFile(const NetcdfFile&) = delete;
  NetcdfFile& operator=(const NetcdfFile&) = delete;
  ~NetcdfFile();

  NetcdfDimension dimension(const std::string& name, std::size_t length);

  /// A variable with its name for people and, unless they are "", its units. In floating-point ones NaN is missing.
  int variable(const std::string& name, NetcdfType type, const std::vector<NetcdfDimension>& dimensions,
               const std::string& long_name, const std::string& units = "");

  /// Text, one entry of the dimension each, as rows of characters: every reader of NetCDF understands these. Written by
  /// `end_definitions`.
  int labels(const std::string& name, const NetcdfDimension& dimension, const std::string& long_name,
             const std::vector<std::string>& texts);

  /// The dimension of the characters of rows of text of this length.
  NetcdfDimension characters(std::size_t length);

  /// Attribute of a variable, or of the file where no variable is named.
  void attribute(int variable, const char* name, std::string_view value);
  void attribute(const char* name, std::string_view value);
  /// CF flag_values and flag_meanings.
  void flags(int variable, const std::vector<std::pair<int, std::string>>& meanings);

  void end_definitions();

  /// Rows `first`, `first` + 1, ... of a variable over `dimensions`, as many as `values` hold.
  void put(int variable, const std::vector<NetcdfDimension>& dimensions, std::size_t first,
           std::span<const std::int8_t> values);
  void put(int variable, const std::vector<NetcdfDimension>& dimensions, std::size_t first,
           std::span<const char> values);
  void put(int variable, const std::vector<NetcdfDimension>& dimensions, std::size_t first,
           std::span<const std::int32_t> values);
  void put(int variable, const std::vector<NetcdfDimension>& dimensions, std::size_t first,
           std::span<const std::uint64_t> values);
  void put(int variable, const std::vector<NetcdfDimension>& dimensions, std::size_t first,
           std::span<const float> values);
  void put(int variable, const std::vector<NetcdfDimension>& dimensions, std::size_t first,
           std::span<const double> values);

  bool ok() const { return failure_.empty(); }

  /// Why the file is not whole, or "".
  std::string close();

 private:
  struct Labels {
    int variable;
    std::vector<NetcdfDimension> dimensions;
    std::vector<char> text;
  };

  template <class T, class F>
  void put_rows(const std::vector<NetcdfDimension>& dimensions, std::size_t first, std::span<const T> values, F&& call);
  void check(int status, const std::string& what);

  int id_ = -1;
  std::size_t rows_a_chunk_;
  std::string failure_;
  std::map<std::size_t, NetcdfDimension> characters_;
  std::vector<Labels> labels_;
};

/// Version of the library that this was built with.
std::string_view netcdf_version();

}  // namespace truel::output
