// A war held against a record: score and fit, for Python.
#pragma once

#include <nanobind/nanobind.h>

namespace truel::python {

void bind_record(nanobind::module_& m);

}  // namespace truel::python
