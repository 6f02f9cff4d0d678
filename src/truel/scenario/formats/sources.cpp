#include "truel/scenario/formats/sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

namespace truel::scenario {
namespace {

using nlohmann::json;

// CSL-JSON nests a handful of levels. The library itself would follow a deeper nesting until the stack ends.
constexpr int kMostBraces = 32;

/// Turns rising offsets into lines and columns in one pass over the text.
class Cursor {
 public:
  Cursor(std::string_view text, const std::string& label) : text_(text), where_{label, 1, 1} {}

  const Location& go_to(std::size_t offset) {
    for (; at_ < std::min(offset, text_.size()); ++at_) {
      if (text_[at_] == '\n') {
        ++where_.line;
        where_.column = 1;
      } else if ((static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U) {
        ++where_.column;
      }
    }
    return where_;
  }

 private:
  std::string_view text_;
  Location where_;
  std::size_t at_ = 0;
};

/// Input iterator that tells how far the library has read, which its events do not.
class Counting {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Counting(const char* at, std::size_t* read) : at_(at), read_(read) {}
  reference operator*() const { return *at_; }
  Counting& operator++() {
    ++at_;
    ++*read_;
    return *this;
  }
  bool operator==(const Counting& other) const { return at_ == other.at_; }
  bool operator!=(const Counting& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  std::size_t* read_;
};

/// Walks through the text: notes where the entries of the list begin, and what stops the reading.
class Walk : public nlohmann::json_sax<json> {
 public:
  explicit Walk(const std::size_t* read) : read_(read) {}

  std::vector<std::size_t> entry_at;  ///< of each item of the list, just behind its first character
  bool is_list = false;
  bool is_too_deep = false;
  std::size_t stopped_at = 0;
  std::string problem;

  bool null() override { return scalar(); }
  bool boolean(bool /*value*/) override { return scalar(); }
  bool number_integer(number_integer_t /*value*/) override { return scalar(); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return scalar(); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return scalar(); }
  bool string(string_t& /*value*/) override { return scalar(); }
  bool binary(binary_t& /*value*/) override { return scalar(); }
  bool key(string_t& /*value*/) override { return true; }
  bool start_object(std::size_t /*size*/) override { return open(false); }
  bool start_array(std::size_t /*size*/) override { return open(true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& error) override {
    stopped_at = position == 0 ? 0 : position - 1;
    problem = error.what();
    // The library puts its own name and position in front.
    if (const auto at = problem.find("column "); at != std::string::npos) {
      if (const auto colon = problem.find(": ", at); colon != std::string::npos) {
        problem.erase(0, colon + 2);
      }
    }
    return false;
  }

 private:
  bool scalar() {
    if (depth_ == 1) {
      entry_at.push_back(*read_);
    }
    return true;
  }
  bool open(bool is_array) {
    if (depth_ == 0) {
      is_list = is_array;
    } else if (depth_ == 1) {
      entry_at.push_back(*read_);
    }
    is_too_deep = ++depth_ > kMostBraces;
    stopped_at = *read_;
    return !is_too_deep;
  }
  bool close() {
    --depth_;
    return true;
  }

  const std::size_t* read_;
  int depth_ = 0;
};

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
  Cursor cursor(text, label);
  std::size_t read = 0;
  Walk walk(&read);
  if (!json::sax_parse(Counting(text.data(), &read), Counting(text.data() + text.size(), &read), &walk)) {
    mistakes.add(cursor.go_to(walk.stopped_at),
                 walk.is_too_deep ? std::string("values nested too deeply") : "not JSON: " + walk.problem,
                 "export the sources again as CSL-JSON");
    return {};
  }
  const json list = json::parse(text);
  if (!walk.is_list) {
    mistakes.add({label, 1, 1}, "not a list of sources", "write CSL-JSON: [{\"id\": \"...\", ...}, ...]");
    return {};
  }
  std::vector<Source> sources;
  std::map<std::string, int, std::less<>> first_line;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const json& entry = list[i];
    const Location where = cursor.go_to(walk.entry_at[i] - 1);
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
