#include "truel/base/formats/toml_tree.hpp"

#include <fmt/format.h>

#include "truel/base/bytes/utf8.hpp"
// Linked as Debian's shared library, not compiled in from its headers: those end the program at a line such as "[#",
// by an assertion that the library is built without.
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <tuple>

namespace truel {
namespace {

Location location(const toml::source_region& region, const std::string& label) {
  return {label, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

constexpr int kDeepest = 64;
constexpr std::size_t kLongestProblem = 200;

/// Finds where keys, lists and tables nest deeper than kDeepest levels. The library follows every level with a call of
/// its own and sets no limit to the parts of a dotted key, so that 100 kB of "a.a.a." would end the program; whatever
/// else is wrong with the text is left to it.
class DepthScan {
 public:
  explicit DepthScan(std::string_view text) : text_(text) {}

  /// Where the text is too deep; nothing if it nowhere is.
  std::optional<Location> run(const std::string& label) {
    while (at_ < text_.size()) {
      step();
      if (depth_ + parts_ > kDeepest) {
        return Location{label, line_, static_cast<int>(at_ - line_begin_)};
      }
    }
    return std::nullopt;
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '"' || c == '\'') {
      skip_string(c);
      return;
    }
    ++at_;
    if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '\n') {
      new_line();
      parts_ = 0;
    } else if (c == '.') {
      ++parts_;
    } else if (c == '[' || c == '{') {
      open_.push_back(parts_ + 1);
      depth_ += parts_ + 1;
      parts_ = 0;
    } else if (c == ']' || c == '}') {
      depth_ -= open_.empty() ? 0 : open_.back();
      open_.resize(open_.empty() ? 0 : open_.size() - 1);
      parts_ = 0;
    } else if (c == ',') {
      parts_ = 0;
    }
  }

  void new_line() {
    ++line_;
    line_begin_ = at_;
  }

  void skip_string(char quote) {
    const std::string three(3, quote);
    const bool is_long = text_.substr(at_, 3) == three;
    at_ += is_long ? 3 : 1;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '\n') {
        new_line();
        if (!is_long) {
          return;  // it does not close: the library says so
        }
      } else if (c == '\\' && quote == '"') {
        at_ += at_ < text_.size() && text_[at_] != '\n' ? 1 : 0;
      } else if (c == quote && (!is_long || text_.substr(at_ - 1, 3) == three)) {
        at_ += is_long ? 2 : 0;
        return;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0, line_begin_ = 0;
  int line_ = 1;
  int parts_ = 0;          // dots since the last mark that ends a key
  int depth_ = 0;          // of all brackets that are open, with the parts of the keys before them
  std::vector<int> open_;  // what each of them adds
};

/// Where [list] stands with single brackets for its first time.
std::optional<Location> single_header(std::string_view text, const std::string& list, const std::string& label) {
  const std::string header = "[" + list + "]";
  for (int line = 1; !text.empty(); ++line) {
    const auto end = text.find('\n');
    const std::string_view row = text.substr(0, end);
    const auto first = row.find_first_not_of(" \t");
    if (first != std::string_view::npos && row.substr(first).starts_with(header)) {
      return Location{label, line, static_cast<int>(first) + 1};
    }
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return std::nullopt;
}

/// A value as it is written, and the key before it with its equals sign, if it has one.
struct ValueText {
  std::string_view key, value;

  /// Whether it can only be meant as text, which quotes would make of it.
  bool is_text() const {
    return !value.empty() && (std::isalpha(static_cast<unsigned char>(value[0])) != 0 || value[0] < 0) &&
           value.find_first_of("\"\\") == std::string_view::npos && value != "true" && value != "false" &&
           value != "inf" && value != "nan";
  }
};

/// The value in which the library stumbled. No value where it stumbled within quotes.
ValueText written_at(std::string_view text, const Location& where) {
  for (int line = 1; line < where.line; ++line) {
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  text = text.substr(0, text.find('\n'));
  const std::string_view before = text.substr(0, static_cast<std::size_t>(where.column - 1));
  if (std::count(before.begin(), before.end(), '"') % 2 != 0 ||
      std::count(before.begin(), before.end(), '\'') % 2 != 0) {
    return {};
  }
  const std::size_t key = before.find_last_of("[{,") + 1;  // npos + 1 is 0
  const std::size_t value = std::max(key, before.find('=', key) + 1);
  const std::string_view rest = text.substr(value);
  return {trimmed(text.substr(key, value - key)), trimmed(rest.substr(0, rest.find_first_of(key > 0 ? ",]}#" : "#")))};
}

/// Whether the library says of a value that it is none: it takes words without quotes for true, false, inf or nan.
bool misreads_words(std::string_view problem) {
  constexpr std::array kProblems = std::to_array<std::string_view>(
      {"parsing boolean", "parsing value", "parsing floating-point", "expected a comment or whitespace"});
  return std::any_of(kProblems.begin(), kProblems.end(),
                     [&](std::string_view words) { return problem.find(words) != std::string_view::npos; });
}

// Recursion is bounded by DepthScan, twice over: a header and what is below it.
TomlValue convert(const toml::node& node, const std::string& label) {
  TomlValue value;
  value.where = location(node.source(), label);
  if (const auto* table = node.as_table()) {
    value.kind = TomlKind::table;
    for (const auto& [key, child] : *table) {
      value.entries.push_back({std::string(key.str()), location(key.source(), label), convert(child, label)});
    }
    // The library sorts by key; messages and defaults follow the text.
    std::stable_sort(value.entries.begin(), value.entries.end(), [](const TomlEntry& a, const TomlEntry& b) {
      return std::tie(a.where.line, a.where.column) < std::tie(b.where.line, b.where.column);
    });
  } else if (const auto* array = node.as_array()) {
    value.kind = TomlKind::array;
    for (const toml::node& child : *array) {
      value.items.push_back(convert(child, label));
    }
  } else if (const auto* string = node.as_string()) {
    value.kind = TomlKind::string;
    value.text = string->get();
  } else if (const auto* integer = node.as_integer()) {
    value.kind = TomlKind::integer;
    value.number = static_cast<double>(integer->get());
  } else if (const auto* real = node.as_floating_point()) {
    value.kind = TomlKind::real;
    value.number = real->get();
  } else if (const auto* boolean = node.as_boolean()) {
    value.kind = TomlKind::boolean;
    value.number = boolean->get() ? 1 : 0;
  } else if (const auto* date = node.as_date()) {
    const toml::date& d = date->get();
    const auto day = parse_date(fmt::format("{:04d}-{:02d}-{:02d}", d.year, d.month, d.day));
    value.kind = day ? TomlKind::date : TomlKind::other;
    value.date = day.value_or(0);
  }
  return value;
}

}  // namespace

const TomlValue* TomlValue::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const TomlEntry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

std::string_view name_of(TomlKind kind) {
  switch (kind) {
    case TomlKind::table:
      return "a table";
    case TomlKind::array:
      return "a list";
    case TomlKind::string:
      return "a string";
    case TomlKind::integer:
      return "a whole number";
    case TomlKind::real:
      return "a number";
    case TomlKind::boolean:
      return "true or false";
    case TomlKind::date:
      return "a date";
    case TomlKind::other:
      break;
  }
  return "a time";
}

void add_no_list(const Location& where, std::string_view key, TomlKind kind, Mistakes& mistakes, bool hides_more) {
  mistakes.add(where, fmt::format("{} is {}, not a list of tables", key, name_of(kind)),
               fmt::format("write [[{}]] on a line of its own, with two brackets, and its keys below", key),
               hides_more);
}

std::optional<TomlValue> parse_toml(std::string_view text, const std::string& label, Mistakes& mistakes,
                                    std::span<const std::string> lists) {
  if (const auto where = DepthScan(text).run(label)) {
    mistakes.add(*where, fmt::format("keys or values nested more than {} levels deep", kDeepest),
                 "no part of a scenario needs so many", kHidesMore);
    return std::nullopt;
  }
  try {
    return convert(toml::parse(text), label);
  } catch (const toml::parse_error& error) {
    // Beside another header of the same list, one with single brackets is no TOML; the library names whichever is
    // later.
    for (const std::string& list : lists) {
      const bool is_of_list = error.description().find("redefine") != std::string_view::npos &&
                              error.description().find("'" + list + "'") != std::string_view::npos;
      if (const auto where = is_of_list ? single_header(text, list, label) : std::nullopt) {
        add_no_list(*where, list, TomlKind::table, mistakes, kHidesMore);
        return std::nullopt;
      }
    }
    const Location where = location(error.source(), label);
    const std::string_view problem = error.description();
    const ValueText written = written_at(text, where);
    if (problem.find("parsing date") != std::string_view::npos) {
      mistakes.add(where, "impossible date " + in_quotes(written.value), "write a day of the calendar as YYYY-MM-DD",
                   kHidesMore);
    } else if (misreads_words(problem) && written.is_text()) {
      mistakes.add(
          where,
          fmt::format("text needs quotes: {}",
                      in_quotes(fmt::format("{}{}\"{}\"", written.key, written.key.empty() ? "" : " ", written.value))),
          "", kHidesMore);
    } else {
      mistakes.add(where, "not TOML: " + std::string(problem.substr(0, kLongestProblem)),
                   "see https://toml.io for how to write it", kHidesMore);
    }
    return std::nullopt;
  }
}

}  // namespace truel
