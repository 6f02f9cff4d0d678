// Runs, comparisons and sensitivity, for Python.
#pragma once

#include <nanobind/nanobind.h>

namespace truel::python {

void bind_studies(nanobind::module_& m);

}  // namespace truel::python
