#include "requests.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace truel::server {
namespace {

using output::Json;

constexpr std::size_t kMostSettings = 500, kMostAccounts = 32, kLongestText = 300;
constexpr std::size_t kMostFiles = 64;
constexpr std::uint32_t kMostPairs = 2000;
constexpr std::array<std::string_view, 10> kQuestionKeys = {
    "against", "against_settings", "against_united", "accounts", "settings", "united",
    "until",   "until_sure",       "pairs",          "session"};

/// The reason why a body is not what it has to be.
struct Wrong {
  std::string what, how;
};

Json object_of(std::string_view text) {
  Json body = Json::parse(text, nullptr, false);
  if (!body.is_object()) {
    throw Wrong{"the body is no JSON object", "see /api/openapi.json"};
  }
  return body;
}

/// A list of texts of the body, or nothing where it has none.
std::vector<std::string> texts_of(const Json& body, const char* key, std::size_t most) {
  if (!body.contains(key)) {
    return {};
  }
  const Json& list = body[key];
  const bool is_good =
      list.is_array() && list.size() <= most && std::all_of(list.begin(), list.end(), [](const Json& x) {
        return x.is_string() && x.get_ref<const std::string&>().size() <= kLongestText;
      });
  if (!is_good) {
    throw Wrong{fmt::format("{} is no list of at most {} texts", key, most),
                fmt::format("texts have at most {} bytes", kLongestText)};
  }
  return list.get<std::vector<std::string>>();
}

/// Whose enemies stand together, and how; nobody's where the body does not say.
UnitedEnemies united_of(const Json& body, const char* key) {
  if (!body.contains(key)) {
    return {};
  }
  const Json& given = body[key];
  const auto is_word = [&](const char* part) {
    return given.contains(part) && given[part].is_string() &&
           given[part].get_ref<const std::string&>().size() <= kLongestText;
  };
  const bool has_day = given.contains("from");
  if (!given.is_object() || given.size() != (has_day ? 3 : 2) || !is_word("actor") || !is_word("way") ||
      (has_day && !is_word("from"))) {
    throw Wrong{fmt::format("{} is not {{\"actor\", \"way\"}}, with \"from\" or without", key),
                "way is truce, coordinated or one_command, from a day (YYYY-MM-DD)"};
  }
  return {.actor = given["actor"], .way = given["way"], .from = has_day ? given["from"] : Json("")};
}

Question read_question(const Json& body) {
  for (const auto& [key, value] : body.items()) {
    if (std::find(kQuestionKeys.begin(), kQuestionKeys.end(), key) == kQuestionKeys.end()) {
      throw Wrong{fmt::format("unknown key {}", key.substr(0, kLongestText)),
                  fmt::format("known are {}", fmt::join(kQuestionKeys, ", "))};
    }
  }
  Question question;
  question.against = texts_of(body, "against", kMostAccounts);
  question.against_settings = texts_of(body, "against_settings", kMostSettings);
  question.accounts = texts_of(body, "accounts", kMostAccounts);
  question.settings = texts_of(body, "settings", kMostSettings);
  question.against_united = united_of(body, "against_united");
  question.united = united_of(body, "united");
  if (body.contains("until")) {
    question.until = body["until"].is_string() ? parse_date(body["until"].get_ref<const std::string&>()) : std::nullopt;
    if (!question.until) {
      throw Wrong{"until is no date", "write YYYY-MM-DD, with a year from 0001 to 9999"};
    }
  }
  auto kinds = ensemble::kinds_named(texts_of(body, "until_sure", ensemble::compared_kinds().size()));
  if (!kinds) {
    throw Wrong{kinds.error().front().what, kinds.error().front().hint};
  }
  question.until_sure = std::move(*kinds);
  if (body.contains("pairs")) {
    const Json& pairs = body["pairs"];
    if (!pairs.is_number_unsigned() || pairs.get<std::uint64_t>() < 2 || pairs.get<std::uint64_t>() > kMostPairs) {
      throw Wrong{"pairs is no whole number", fmt::format("from 2 to {}", kMostPairs)};
    }
    question.runs = pairs;
  }
  if (body.contains("session")) {
    if (!body["session"].is_string() || body["session"].get_ref<const std::string&>().size() > kLongestText) {
      throw Wrong{"session is no text", fmt::format("texts have at most {} bytes", kLongestText)};
    }
    question.session = body["session"];
  }
  return question;
}

bool is_known_file(std::string_view name) {
  const auto known = scenario::known_files();
  if (std::find(known.begin(), known.end(), name) != known.end()) {
    return true;
  }
  // accounts/ID.toml and accounts/ID.csv; an id is that of the format, which holds neither a point nor a slash.
  constexpr std::string_view kFolder = "accounts/";
  if (!name.starts_with(kFolder)) {
    return false;
  }
  const std::string_view file = name.substr(kFolder.size());
  const std::string_view id = file.substr(0, file.find('.'));
  const std::string_view extension = file.substr(id.size());
  return !id.empty() && id.size() <= 64 && (extension == ".toml" || extension == ".csv") &&
         id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

scenario::PackageFiles read_draft(const Json& body) {
  if (body.size() != 1 || !body.contains("files") || !body["files"].is_object() || body["files"].size() > kMostFiles) {
    throw Wrong{fmt::format("the body is not {{\"files\": {{name: text}}}} of at most {} files", kMostFiles),
                "see /api/openapi.json"};
  }
  scenario::PackageFiles draft;
  std::size_t bytes = 0;
  for (const auto& [name, text] : body["files"].items()) {
    if (!is_known_file(name)) {
      throw Wrong{fmt::format("a file named {}", name.substr(0, kLongestText)),
                  fmt::format("known are {} and accounts/ID.toml", fmt::join(scenario::known_files(), ", "))};
    }
    if (!text.is_string()) {
      throw Wrong{fmt::format("{} is no text", name), "see /api/openapi.json"};
    }
    bytes += text.get_ref<const std::string&>().size();
    draft.files.push_back({.name = name, .bytes = text});
  }
  if (bytes > kLargestDraft) {
    throw Wrong{
        fmt::format("a war of {} bytes", bytes),
        fmt::format("one of at most {} can be written here; edit the tables of a larger one as files", kLargestDraft)};
  }
  std::sort(draft.files.begin(), draft.files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return draft;
}

template <class Read>
auto read_body(std::string_view text, Read read) -> Result<decltype(read(Json()))> {
  try {
    return read(object_of(text));
  } catch (const Wrong& wrong) {
    return Diagnostic{{}, wrong.what, wrong.how};
  }
}

}  // namespace

Result<Question> question_of(std::string_view body) {
  return read_body(body, read_question);
}

Result<scenario::PackageFiles> draft_of(std::string_view body) {
  return read_body(body, read_draft);
}

Json files_json(const scenario::PackageFiles& package) {
  Json files = Json::object();
  std::size_t bytes = 0;
  for (const scenario::PackageFile& file : package.files) {
    files[file.name] = file.bytes;
    bytes += file.bytes.size();
  }
  return bytes <= kLargestDraft ? Json{{"files", std::move(files)}} : Json();
}

Json diagnostics_json(const Diagnostics& list) {
  Json json = Json::array();
  for (const Diagnostic& d : list) {
    json.push_back({{"where", d.where.file.empty() ? "" : fmt::format("{}:{}", d.where.file, d.where.line)},
                    {"file", d.where.file},
                    {"line", d.where.line},
                    {"column", d.where.column},
                    {"what", d.what},
                    {"hint", d.hint}});
  }
  return json;
}

Json errors_json(const Diagnostics& mistakes) {
  return {{"errors", diagnostics_json(mistakes)}};
}

}  // namespace truel::server
