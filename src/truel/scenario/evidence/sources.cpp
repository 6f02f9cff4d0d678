#include "truel/scenario/evidence/sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "truel/base/formats/json_text.hpp"

namespace truel::scenario {
namespace {

using nlohmann::json;

std::string id_of(const json& entry) {
  const auto id = entry.find("id");
  if (id == entry.end()) {
    return "";
  }
  return id->is_string() ? id->get<std::string>() : id->is_number_integer() ? id->dump() : "";
}

/// CSL-JSON: {"issued": {"date-parts": [[year, month, day], ...]}}.
bool is_of_year_0(const json& entry) {
  const auto year = json::json_pointer("/issued/date-parts/0/0");
  return entry.contains(year) && (entry[year] == 0 || entry[year] == "0");
}

}  // namespace

std::vector<Source> parse_sources(std::string_view text, const std::string& label, Mistakes& mistakes) {
  const auto read = parse_json(text, label, "", "export the sources again as CSL-JSON", mistakes);
  if (!read) {
    return {};
  }
  const json& list = read->value;
  if (!list.is_array()) {
    mistakes.add({label, 1, 1}, "not a list of sources", "write CSL-JSON: [{\"id\": \"...\", ...}, ...]");
    return {};
  }
  std::vector<Source> sources;
  std::map<std::string, int, std::less<>> first_line;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const json& entry = list[i];
    const Location where = read->where(i);
    if (!entry.is_object()) {
      mistakes.add(where, "an entry that is not an object", "write {\"id\": \"...\", ...}");
      continue;
    }
    std::string id = id_of(entry);
    if (id.empty()) {
      mistakes.add(where, "a source without an id", "add \"id\": a short name to cite it by");
      continue;
    }
    if (id.find_first_of(" \t\r\n;") != std::string::npos) {
      mistakes.add(where, "a source id with a space or semicolon in it: " + in_quotes(id),
                   "a basis could not name it; replace them by _");
    }
    if (id.size() > kLongestId) {
      mistakes.add(where, fmt::format("a source id of {} characters: {}", id.size(), in_quotes(id)),
                   fmt::format("an id has at most {}", kLongestId));
    }
    if (is_of_year_0(entry)) {
      mistakes.add(where, "a year 0 in \"issued\"", "give the year of the source, or leave \"issued\" out");
    }
    const auto [seen, is_new] = first_line.try_emplace(id, where.line);
    if (!is_new) {
      mistakes.add(where, "duplicate source id " + in_quotes(id),
                   fmt::format("the first is in line {}; remove or rename one", seen->second));
      continue;
    }
    sources.push_back({.id = std::move(id), .csl_json = entry.dump()});
  }
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) { return a.id < b.id; });
  return sources;
}

}  // namespace truel::scenario
