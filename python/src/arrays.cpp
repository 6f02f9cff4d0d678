#include "arrays.hpp"

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

namespace truel::python {

namespace nb = nanobind;
using output::ArrayType;
using output::MemoryArray;

namespace {

template <class T>
nb::object view_of(const MemoryArray& array) {
  auto owner = std::make_unique<std::shared_ptr<std::byte[]>>(array.values);
  void* data = array.values.get();
  const nb::capsule keep(owner.get(), [](void* p) noexcept { delete static_cast<std::shared_ptr<std::byte[]>*>(p); });
  static_cast<void>(owner.release());
  return nb::cast(nb::ndarray<nb::numpy, T>(static_cast<T*>(data), array.shape.size(), array.shape.data(), keep));
}

nb::object numpy_of(const MemoryArray& array) {
  switch (array.type) {
    case ArrayType::byte:
      return view_of<std::int8_t>(array);
    case ArrayType::character:
      return view_of<std::uint8_t>(array);
    case ArrayType::int32:
      return view_of<std::int32_t>(array);
    case ArrayType::uint64:
      return view_of<std::uint64_t>(array);
    case ArrayType::float32:
      return view_of<float>(array);
    case ArrayType::float64:
      return view_of<double>(array);
  }
  return nb::none();
}

}  // namespace

nb::dict variables_of(const output::MemoryArrays& arrays) {
  nb::dict variables;
  for (const MemoryArray& array : arrays.arrays()) {
    nb::dict attributes;
    for (const auto& [name, value] : array.attributes) {
      attributes[name.c_str()] = value;
    }
    if (!array.flag_values.empty()) {
      attributes["flag_values"] = std::vector<int>(array.flag_values.begin(), array.flag_values.end());
    }
    variables[array.name.c_str()] = nb::make_tuple(array.dimensions, numpy_of(array), attributes);
  }
  return variables;
}

nb::ndarray<nb::numpy, double> array_of(std::vector<double> values) {
  auto owner = std::make_unique<std::vector<double>>(std::move(values));
  double* data = owner->data();
  const std::size_t size = owner->size();
  const nb::capsule keep(owner.get(), [](void* p) noexcept { delete static_cast<std::vector<double>*>(p); });
  static_cast<void>(owner.release());
  return nb::ndarray<nb::numpy, double>(data, {size}, keep);
}

}  // namespace truel::python
