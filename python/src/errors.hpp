// Diagnostics as exceptions of Python.
#pragma once

#include <nanobind/nanobind.h>

#include "truel/base/result.hpp"

namespace truel::python {

/// (file, line, column, what, hint) each, which truel._errors.Diagnostic takes.
nanobind::list tuples_of(const Diagnostics& diagnostics);

/// Raises truel.InputError with all of them.
[[noreturn]] void raise_input_error(const Diagnostics& diagnostics);

/// The value, or truel.InputError.
template <class T>
T value_or_raise(Result<T>&& result) {
  if (!result) {
    raise_input_error(result.error());
  }
  return std::move(*result);
}

}  // namespace truel::python
