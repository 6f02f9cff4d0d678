#include "truel/output/arrays/targets/memory_arrays.hpp"

#include <cstring>

#include "truel/base/index.hpp"
#include "truel/base/result.hpp"

namespace truel::output {
namespace {

std::size_t bytes_of(ArrayType type) {
  switch (type) {
    case ArrayType::byte:
    case ArrayType::character:
      return 1;
    case ArrayType::int32:
    case ArrayType::float32:
      return 4;
    case ArrayType::uint64:
    case ArrayType::float64:
      return 8;
  }
  return 0;
}

}  // namespace

std::size_t MemoryArray::size() const {
  std::size_t n = 1;
  for (const std::size_t length : shape) {
    n *= length;
  }
  return n;
}

ArrayDimension MemoryArrays::dimension(const std::string& name, std::size_t length) {
  dimensions_.push_back(name);
  return {static_cast<int>(dimensions_.size()) - 1, length};
}

int MemoryArrays::variable(const std::string& name, ArrayType type, const std::vector<ArrayDimension>& dimensions,
                           const std::string& long_name, const std::string& units) {
  MemoryArray array;
  array.name = name;
  array.type = type;
  for (const ArrayDimension& d : dimensions) {
    array.dimensions.push_back(dimensions_[at(d.id)]);
    array.shape.push_back(d.length);
  }
  array.attributes.emplace_back("long_name", long_name);
  if (!units.empty()) {
    array.attributes.emplace_back("units", units);
  }
  arrays_.push_back(std::move(array));
  return static_cast<int>(arrays_.size()) - 1;
}

void MemoryArrays::attribute(int variable, const char* name, std::string_view value) {
  arrays_[at(variable)].attributes.emplace_back(name, value);
}

void MemoryArrays::attribute(const char* name, std::string_view value) {
  attributes_.emplace_back(name, value);
}

void MemoryArrays::put_flag_values(int variable, std::span<const std::int8_t> values) {
  arrays_[at(variable)].flag_values.assign(values.begin(), values.end());
}

void MemoryArrays::finish_definitions() {
  for (MemoryArray& array : arrays_) {
    array.values = std::make_shared_for_overwrite<std::byte[]>(array.size() * bytes_of(array.type));
  }
}

void MemoryArrays::put(int variable, const std::vector<ArrayDimension>& /*dimensions*/, std::size_t first,
                       const ArrayValues& values) {
  const auto bytes = std::visit([](const auto& own) { return std::as_bytes(own); }, values);
  if (bytes.empty()) {
    return;
  }
  const MemoryArray& array = arrays_[at(variable)];
  const std::size_t all = array.size() * bytes_of(array.type);
  const std::size_t offset = first * (all / array.shape[0]);
  TRUEL_CHECK(offset + bytes.size() <= all);
  std::memcpy(array.values.get() + offset, bytes.data(), bytes.size());
}

}  // namespace truel::output
