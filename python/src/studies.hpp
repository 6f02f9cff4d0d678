// What the verbs of the program do, for Python.
#pragma once

#include <nanobind/nanobind.h>

namespace truel::python {

void bind_studies(nanobind::module_& m);

}  // namespace truel::python
