#include "truel/scenario/formats/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "truel/base/formats/did_you_mean.hpp"
#include "truel/base/formats/plain_text.hpp"

namespace truel::scenario {
namespace {

bool has_map(const PackageFiles& package) {
  constexpr std::array files =
      std::to_array<std::string_view>({"places.csv", "links.csv", "control.csv", "forces.csv", "support.csv"});
  return std::any_of(files.begin(), files.end(), [&](std::string_view file) { return package.find(file) != nullptr; });
}

constexpr std::string_view kBasis = "_basis";

/// Names of all columns that a table may have.
std::vector<std::string> known_columns(const TableInfo& info) {
  std::vector<std::string> names;
  for (const ColumnInfo& column : info.columns) {
    names.emplace_back(column.name);
  }
  for (const ParameterInfo& number : info.numbers) {
    names.emplace_back(number.name);
  }
  if (info.has_basis) {
    names.emplace_back("basis");
    for (const ParameterInfo& number : info.numbers) {
      names.push_back(fmt::format("{}{}", number.name, kBasis));
    }
  }
  return names;
}

}  // namespace

Table::Table(const TableInfo& info, const PackageFiles& package, Mistakes& mistakes)
    : label_(package.label(info.file)) {
  const PackageFile* file = package.find(info.file);
  if (file == nullptr) {
    const bool is_needed = info.need == Need::always || (info.need == Need::with_a_map && has_map(package));
    // A file that is there but could not be loaded has been reported.
    const bool is_reported = mistakes.count(label_) > 0;
    if (is_needed && !is_reported) {
      mistakes.add({label_}, "missing file",
                   fmt::format("every package {}needs it; `truel new DIR` writes an example",
                               info.need == Need::always ? "" : "with a map "));
    }
    is_whole_ = !is_needed && !is_reported;
    return;
  }
  is_present_ = true;
  if (const auto text = text_of(file->bytes, label_, mistakes)) {
    csv_ = parse_csv(*text, label_, mistakes);
    is_whole_ = mistakes.count(label_) == 0;
    find_columns(info, mistakes);
  }
}

void Table::find_columns(const TableInfo& info, Mistakes& mistakes) {
  const std::vector<std::string> known = known_columns(info);
  std::vector<std::string> absent;
  std::vector<std::string> absent_bases;
  for (const std::string& name : known) {
    const bool is_there =
        std::any_of(csv_.header.begin(), csv_.header.end(), [&](const CsvCell& cell) { return cell.text == name; });
    if (!is_there) {
      (name.ends_with(kBasis) ? absent_bases : absent).push_back(name);
    }
  }
  if (csv_.header.size() == 1 && csv_.header[0].text.find_first_of(";\t") != std::string_view::npos) {
    mistakes.add(at(csv_.header[0]), "a header of one column", "separate the columns with commas");
    is_whole_ = false;
    csv_.rows.clear();
    return;
  }
  const auto meant_by = [&](std::string_view text) -> const std::string* {
    for (const ColumnInfo& column : info.columns) {
      if (std::find(column.also_called.begin(), column.also_called.end(), text) != column.also_called.end()) {
        const auto name = std::find(absent.begin(), absent.end(), column.name);
        return name == absent.end() ? nullptr : &*name;
      }
    }
    return mistakes.nearest(text, text.ends_with(kBasis) ? absent_bases : absent);
  };
  std::set<std::string_view> meant;  // of these the header is told once
  for (std::size_t i = 0; i < csv_.header.size(); ++i) {
    const CsvCell& cell = csv_.header[i];
    if (cell.text.empty()) {
      mistakes.add(at(cell), "a column without a name", "name it, or remove it");
    } else if (std::find(known.begin(), known.end(), cell.text) == known.end()) {
      const std::string* column = meant_by(cell.text);
      mistakes.add(at(cell), "unknown column " + in_quotes(cell.text),
                   column != nullptr ? did_you_mean(*column)
                                     : "the columns of this table are listed in docs/scenario-format.md and "
                                       "docs/parameters.md");
      if (column != nullptr) {
        meant.insert(*column);
      }
    } else if (const auto [first, is_new] = index_.try_emplace(std::string(cell.text), i); !is_new) {
      mistakes.add(at(cell), "column " + in_quotes(cell.text) + " is there twice", "remove or rename one");
    }
    if (cell.text.ends_with(kBasis) && info.has_basis) {
      const std::string_view number = cell.text.substr(0, cell.text.size() - kBasis.size());
      const bool is_alone = std::find(absent.begin(), absent.end(), number) != absent.end();
      if (is_alone) {
        mistakes.add(at(cell), fmt::format("column {} without the column {}", in_quotes(cell.text), in_quotes(number)),
                     "add the numbers that it is the basis of, or remove it");
      }
    }
  }
  const auto need = [&](std::string_view name) {
    if (!index_.contains(name)) {
      if (!meant.contains(name)) {
        mistakes.add({label_, csv_.header.empty() ? 1 : csv_.header[0].line, 1}, "no column " + in_quotes(name),
                     "add it to the header");
      }
      is_whole_ = false;
    }
  };
  for (const ColumnInfo& column : info.columns) {
    if (column.is_needed) {
      need(column.name);
    }
  }
  if (info.needs_number) {
    need(info.numbers[0].name);
  }
}

CsvCell Table::cell(const CsvRow& row, std::string_view column) const {
  const auto found = index_.find(column);
  if (found == index_.end() || found->second >= row.n_cells) {
    return {{}, row.line, 1};
  }
  return csv_.cells[row.first + found->second];
}

}  // namespace truel::scenario
