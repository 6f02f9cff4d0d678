#include "errors.hpp"

#include <nanobind/stl/string.h>

namespace truel::python {

namespace nb = nanobind;

namespace {

/// What is no UTF-8 becomes a question mark: a file can hold anything.
nb::object text_of(const std::string& bytes) {
  return nb::steal(PyUnicode_DecodeUTF8(bytes.data(), static_cast<Py_ssize_t>(bytes.size()), "replace"));
}

}  // namespace

nb::list tuples_of(const Diagnostics& diagnostics) {
  nb::list list;
  for (const Diagnostic& d : diagnostics) {
    list.append(nb::make_tuple(text_of(d.where.file), d.where.line, d.where.column, text_of(d.what), text_of(d.hint)));
  }
  return list;
}

void raise_input_error(const Diagnostics& diagnostics) {
  const nb::object type = nb::module_::import_("truel._errors").attr("InputError");
  const nb::object error = type(tuples_of(diagnostics));
  PyErr_SetObject(type.ptr(), error.ptr());
  throw nb::python_error();
}

}  // namespace truel::python
