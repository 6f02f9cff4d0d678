// Arrays of the engine as arrays of NumPy.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <vector>

#include "truel/output/arrays/targets/memory_arrays.hpp"

namespace truel::python {

/// {name: (dimensions, array, attributes)}; the arrays are the engine's memory, which lives as long as one of them.
/// Text is rows of bytes.
nanobind::dict variables_of(const output::MemoryArrays& arrays);

/// An array of one dimension that keeps the values.
nanobind::ndarray<nanobind::numpy, double> array_of(std::vector<double> values);

}  // namespace truel::python
