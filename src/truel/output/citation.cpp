#include "truel/output/citation.hpp"

#include <fmt/format.h>

#include "truel/output/json.hpp"

namespace truel::output {
namespace {

/// "Name, Name" of a CSL-JSON entry.
std::string authors_of(const Json& entry) {
  std::string authors;
  const auto text = [](const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  for (const char* role : {"author", "editor"}) {
    if (const auto list = entry.find(role); authors.empty() && list != entry.end() && list->is_array()) {
      for (const Json& person : *list) {
        if (!person.is_object()) {
          continue;
        }
        const std::string given = text(person, "given");
        const std::string family = text(person, "family");
        const std::string literal = text(person, "literal");
        const std::string name = !literal.empty()                  ? literal
                                 : given.empty() || family.empty() ? given + family
                                                                   : fmt::format("{} {}", given, family);
        authors += fmt::format("{}{}", authors.empty() || name.empty() ? "" : ", ", name);
      }
    }
  }
  return authors.empty() ? text(entry, "publisher") : authors;
}

/// "2016-05-03", "2016-05" or "2016" of a CSL-JSON entry, or its date in words.
std::string issued_of(const Json& entry) {
  const auto issued = entry.find("issued");
  if (issued == entry.end() || !issued->is_object()) {
    return "";
  }
  for (const char* key : {"raw", "literal"}) {
    if (const auto words = issued->find(key); words != issued->end() && words->is_string()) {
      return words->get<std::string>();
    }
  }
  const auto parts = issued->find("date-parts");
  if (parts == issued->end() || !parts->is_array() || parts->empty() || !parts->front().is_array()) {
    return "";
  }
  std::string date;
  for (const Json& part : parts->front()) {  // numbers, in some exports as text
    const std::string digits = part.is_string() ? part.get<std::string>() : part.dump();
    date += date.empty() ? digits : fmt::format("-{:0>2}", digits);
  }
  return date;
}

}  // namespace

Citation cite(const Source& source) {
  const Json entry = Json::parse(source.csl_json, nullptr, false);
  if (!entry.is_object()) {
    return {source.id, "", ""};
  }
  const auto title = entry.find("title");
  return {title != entry.end() && title->is_string() ? title->get<std::string>() : source.id, authors_of(entry),
          issued_of(entry)};
}

}  // namespace truel::output
