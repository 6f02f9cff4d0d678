// NetCDF-4 files: the only place that knows the library.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/output/arrays/targets/array_target.hpp"

namespace truel::output {

/// A file being written. After the first failure only `close` needs to be looked at. It holds no time stamp: the same
/// calls write the same bytes. A dimension of length 0 is made unlimited and left empty, as NetCDF knows no other empty
/// dimension. Throws std::bad_alloc where there is too little memory, as memory_arrays.hpp does.
class NetcdfFile final : public ArrayTarget {
 public:
  /// Variables are compressed in chunks of at most so many entries of their first dimension.
  NetcdfFile(const std::filesystem::path& path, std::size_t rows_a_chunk);
  ~NetcdfFile() override;

  ArrayDimension dimension(const std::string& name, std::size_t length) override;
  int variable(const std::string& name, ArrayType type, const std::vector<ArrayDimension>& dimensions,
               const std::string& long_name, const std::string& units = "") override;
  void attribute(int variable, const char* name, std::string_view value) override;
  void attribute(const char* name, std::string_view value) override;
  void put(int variable, const std::vector<ArrayDimension>& dimensions, std::size_t first,
           const ArrayValues& values) override;
  bool ok() const override { return !failure_; }

  /// Why the file, which is to have this name, is not whole.
  std::optional<Diagnostic> close(const std::filesystem::path& name);

 protected:
  void put_flag_values(int variable, std::span<const std::int8_t> values) override;
  void finish_definitions() override;

 private:
  void check(int status, const std::string& what);

  int id_ = -1;
  std::size_t rows_a_chunk_;
  std::optional<Diagnostic> failure_;
};

/// Version of the library that this was built with.
std::string_view netcdf_version();

}  // namespace truel::output
