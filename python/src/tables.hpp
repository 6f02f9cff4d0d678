// Tables as Python gets them.
#pragma once

#include <nanobind/nanobind.h>

#include <functional>

namespace truel::python {

/// What a row has there: a member of it, or a function.
template <class Value>
struct Column {
  const char* name;
  Value value;
};

/// A list for each column, by its name.
template <class Rows, class... Values>
nanobind::dict table_of(const Rows& rows, const Column<Values>&... columns) {
  nanobind::dict table;
  const auto add = [&](const auto& column) {
    nanobind::list cells;
    for (const auto& row : rows) {
      cells.append(std::invoke(column.value, row));
    }
    table[column.name] = cells;
  };
  (add(columns), ...);
  return table;
}

}  // namespace truel::python
