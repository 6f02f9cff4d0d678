#include "truel/record/sealed/sealed_files.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "truel/base/bytes/files.hpp"
#include "truel/base/bytes/sha256.hpp"
#include "truel/base/formats/csv.hpp"
#include "truel/base/month.hpp"
#include "truel/record/observations/columns.hpp"

namespace truel::record {
namespace {

using Json = nlohmann::json;

/// Files that are missing or changed, by the list of the manifest.
Diagnostics changed_files(const std::filesystem::path& folder, const Json& files) {
  Diagnostics faults;
  for (const auto& [name, sha256] : files.items()) {
    const std::filesystem::path path = folder / name;
    const auto bytes = bytes_of_file(path);
    if (!bytes) {
      faults.push_back({{path.string()}, "is missing, or cannot be read", "take the forecast as it was sealed"});
    } else if (sha256_hex(*bytes) != sha256.get<std::string>()) {
      faults.push_back({{path.string()},
                        "is not the file that was sealed: its SHA-256 is another than in forecast.json",
                        "take the forecast as it was sealed"});
    }
  }
  return faults;
}

/// Files of the package that nobody sealed: one of rules or of an account would change what comes of the forecast.
Diagnostics added_files(const std::filesystem::path& folder, const Json& files) {
  Diagnostics faults;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator entry(folder / "package", error), end; !error && entry != end;
       entry.increment(error)) {
    const std::filesystem::path& path = entry->path();
    if (!entry->is_directory(error) && !files.contains(path.lexically_relative(folder).generic_string())) {
      faults.push_back({{path.string()}, "was not sealed with the forecast", "take the forecast as it was sealed"});
    }
  }
  return faults;
}

Diagnostics read_model_output(const std::filesystem::path& path, SealedModel& model) {
  const std::optional<std::string> text = bytes_of_file(path);
  Mistakes mistakes;
  const CsvTable table = parse_csv(*text, path.string(), mistakes);
  const Columns columns(table);
  const std::size_t target = columns.find({"target"});
  const std::size_t location = columns.find({"location"});
  const std::size_t date = columns.find({"target_end_date"});
  const std::size_t id = columns.find({"output_type_id"});
  const std::size_t value = columns.find({"value"});
  for (const CsvRow& row : table.rows) {
    const std::string_view what = columns.cell(row, target);
    const auto day = parse_date(columns.cell(row, date));
    const auto number = parse_count(columns.cell(row, value));
    if (!day || !number) {
      mistakes.add({path.string(), row.line, 1}, "no date or no number");
      continue;
    }
    const std::string where(columns.cell(row, location));
    if (what == kHolderTarget) {
      model.holders[{where, *day}][std::string(columns.cell(row, id))] = *number;
    } else {
      model.deaths[{what == kDeathsTarget, where, month_of(*day)}].push_back(*number);
    }
  }
  return mistakes.take();
}

SealedForecast sealed_of(const Json& manifest) {
  SealedForecast s;
  const auto day = [](const Json& text) { return parse_date(text.get<std::string>()).value(); };
  s.sealed_at = manifest.at("sealed_at");
  s.version = manifest.at("version");
  s.package_sha256 = manifest.at("package_sha256");
  s.from = day(manifest.at("from"));
  s.until = day(manifest.at("until"));
  for (const Json& date : manifest.at("dates")) {
    s.dates.push_back(day(date));
  }
  s.settings = manifest.at("settings").get<std::vector<std::string>>();
  s.countries = manifest.at("countries").get<std::vector<std::string>>();
  s.seed = manifest.at("seed");
  s.runs = manifest.at("runs");
  s.told = manifest.at("told");
  for (const Json& model : manifest.at("models")) {
    s.models.push_back({.account = model.at("account"), .file = model.at("file"), .runs = model.at("runs")});
  }
  return s;
}

}  // namespace

Result<SealedForecast> read_sealed(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "forecast.json";
  const auto text = bytes_of_file(path);
  if (!text) {
    return Diagnostic{{path.string()}, "is missing, or cannot be read", "give a folder that truel forecast made"};
  }
  const Diagnostic no_forecast{{path.string()}, "is no forecast", "give a folder that truel forecast made"};
  try {
    const Json manifest = Json::parse(*text);
    if (manifest.at("format") != 1) {
      return Diagnostic{{path.string()}, "has a format that this version does not read", "take a later version"};
    }
    SealedForecast sealed = sealed_of(manifest);
    const Json& files = manifest.at("files");
    Diagnostics faults = changed_files(folder, files);
    const Diagnostics added = added_files(folder, files);
    faults.insert(faults.end(), added.begin(), added.end());
    if (!faults.empty()) {
      return faults;
    }
    sealed.seal = sha256_hex(*text);
    for (SealedModel& model : sealed.models) {
      if (!files.contains(model.file)) {
        return no_forecast;
      }
      if (const Diagnostics mistakes = read_model_output(folder / model.file, model); !mistakes.empty()) {
        return mistakes;
      }
    }
    return sealed;
  } catch (const Json::exception&) {
    return no_forecast;
  } catch (const std::bad_optional_access&) {
    return no_forecast;
  }
}

}  // namespace truel::record
