// The arrays of an ensemble in memory, for languages that read memory rather than files.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "truel/output/arrays/targets/array_target.hpp"

namespace truel::output {

/// One variable. Values lie row after row (the last dimension is the fastest), aligned for every type; those that were
/// never put are not defined.
struct MemoryArray {
  std::string name;
  ArrayType type = ArrayType::float64;
  std::vector<std::string> dimensions;  ///< names
  std::vector<std::size_t> shape;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<std::int8_t> flag_values;  ///< empty: it is no flag
  std::shared_ptr<std::byte[]> values;   ///< shared, so that a reader can outlive the rest

  std::size_t size() const;  ///< entries
};

/// Keeps what is put. Memory: the sum of all arrays, with no copy beside it. Throws std::bad_alloc where there is too
/// little.
class MemoryArrays final : public ArrayTarget {
 public:
  ArrayDimension dimension(const std::string& name, std::size_t length) override;
  int variable(const std::string& name, ArrayType type, const std::vector<ArrayDimension>& dimensions,
               const std::string& long_name, const std::string& units = "") override;
  void attribute(int variable, const char* name, std::string_view value) override;
  void attribute(const char* name, std::string_view value) override;
  void put(int variable, const std::vector<ArrayDimension>& dimensions, std::size_t first,
           const ArrayValues& values) override;
  bool ok() const override { return true; }

  const std::vector<MemoryArray>& arrays() const { return arrays_; }
  const std::vector<std::pair<std::string, std::string>>& attributes() const { return attributes_; }

 protected:
  void put_flag_values(int variable, std::span<const std::int8_t> values) override;
  void finish_definitions() override;

 private:
  std::vector<std::string> dimensions_;
  std::vector<MemoryArray> arrays_;
  std::vector<std::pair<std::string, std::string>> attributes_;
};

}  // namespace truel::output
