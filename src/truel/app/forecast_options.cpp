#include "truel/app/forecast_options.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "truel/base/bytes/files.hpp"
#include "truel/base/formats/csv.hpp"
#include "truel/record/observations/columns.hpp"
#include "truel/record/observations/rules.hpp"
#include "truel/scenario/formats/package_files.hpp"

namespace truel::app {
namespace {

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value > 0 ? std::optional(value) : std::nullopt;
}

}  // namespace

Result<record::ForetellOptions> forecast_options(const ScoreRequest& asked, const ForecastRequest& more,
                                                 const DayNames& names) {
  auto run = score_options(asked, names);
  Diagnostics faults = run ? Diagnostics{} : run.error();
  record::ForetellOptions options;
  options.countries = {more.countries.begin(), more.countries.end()};
  options.governments = {more.governments.begin(), more.governments.end()};
  for (const std::string& text : more.views) {
    const std::size_t sign = text.rfind('=');
    const auto id = sign == std::string::npos ? std::nullopt : whole_number(std::string_view(text).substr(sign + 1));
    if (!id || sign == 0) {
      faults.push_back({{"--views " + text}, "is no country and number", "write COUNTRY=country_id: Syria=220"});
      continue;
    }
    const bool is_id_taken =
        std::any_of(options.views.begin(), options.views.end(), [&](const auto& known) { return known.second == *id; });
    if (is_id_taken || !options.views.emplace(text.substr(0, sign), *id).second) {
      faults.push_back(
          {{"--views " + text}, "names a country or a number again", "give each country an id of its own"});
    }
  }
  if (!faults.empty()) {
    return faults;
  }
  options.run = std::move(*run);
  return options;
}

bool is_utc_second(const std::string& text) {
  constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:ddZ";
  return text.size() == kShape.size() &&
         std::equal(text.begin(), text.end(), kShape.begin(),
                    [](char c, char shape) { return shape == 'd' ? c >= '0' && c <= '9' : c == shape; }) &&
         parse_date(text.substr(0, 10)) && text.substr(11, 2) < "24" && text.substr(14, 2) < "60" &&
         text.substr(17, 2) < "60";
}

Result<std::vector<int>> country_ids(const std::string& file) {
  const auto text = bytes_of_file(file);
  if (!text) {
    return Diagnostic{{file}, "cannot be read", "give a table with the column country_id"};
  }
  Mistakes mistakes;
  const CsvTable table = parse_csv(*text, file, mistakes);
  const record::Columns columns(table);
  const std::size_t column = columns.find({"country_id"});
  if (column == record::kNoColumn) {
    mistakes.add({file, 1, 1}, "no column country_id", "give a table with the countries of VIEWS");
  }
  std::set<int> ids;
  for (const CsvRow& row : table.rows) {
    if (column == record::kNoColumn) {
      break;
    }
    if (const auto id = whole_number(columns.cell(row, column))) {
      ids.insert(*id);
    } else {
      mistakes.add({file, row.line, 1}, "country_id is no whole number above 0");
    }
  }
  if (!mistakes.empty()) {
    return mistakes.take();
  }
  return std::vector<int>(ids.begin(), ids.end());
}

Result<std::vector<std::pair<std::string, std::string>>> files_of_package(const std::string& folder) {
  Mistakes mistakes;
  scenario::PackageFiles package = scenario::load_package(folder, mistakes);
  // Without it nobody would know later which sides of a record are those of the package.
  if (std::filesystem::exists(std::filesystem::path(folder) / record::kRulesFile)) {
    scenario::load_file(folder, record::kRulesFile, package, mistakes);
  }
  if (!mistakes.empty()) {
    return mistakes.take();
  }
  std::vector<std::pair<std::string, std::string>> files;
  for (scenario::PackageFile& file : package.files) {
    files.emplace_back(std::move(file.name), std::move(file.bytes));
  }
  return files;
}

}  // namespace truel::app
