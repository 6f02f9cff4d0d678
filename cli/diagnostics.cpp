#include "diagnostics.hpp"

#include <fmt/ranges.h>

#include <cctype>
#include <cerrno>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "truel/output/terminal/text.hpp"

namespace truel::cli {
namespace {

constexpr std::size_t kRowsNamed = 3;
/// Wrong values beside that of the first row.
constexpr std::size_t kValuesNamed = 2;

/// A message in two parts: what it says of any value, and the values, quoted or numbers, in their order.
struct Parts {
  std::string form;
  std::vector<std::string> values;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The end of the number or date that begins here: 12, -0.5, 1e-06, 2016-01-31.
std::size_t end_of_number(std::string_view text, std::size_t i) {
  while (i < text.size() && (is_digit(text[i]) || ((text[i] == '.' || text[i] == '-' || text[i] == 'e') &&
                                                   i + 1 < text.size() && (is_digit(text[i + 1]) || text[i] == 'e')))) {
    ++i;
  }
  return i;
}

Parts parts_of(std::string_view text) {
  Parts parts;
  for (std::size_t i = 0; i < text.size();) {
    const auto close = text[i] == '`' ? text.find('`', i + 1) : std::string_view::npos;
    const bool is_in_word = i > 0 && (std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0 || text[i - 1] == '_');
    const bool is_number =
        !is_in_word && (is_digit(text[i]) || (text[i] == '-' && i + 1 < text.size() && is_digit(text[i + 1])));
    const std::size_t end = close != std::string_view::npos ? close + 1 : is_number ? end_of_number(text, i + 1) : i;
    if (end > i) {
      parts.values.emplace_back(text.substr(i, end - i));
      parts.form += '`';
      i = end;
    } else {
      parts.form += text[i++];
    }
  }
  return parts;
}

/// What sets a message apart from another of the same form: the one value that differs, else all of it.
std::string difference(const Diagnostic& one, const Diagnostic& first) {
  const std::vector<std::string> values = parts_of(one.what).values;
  const std::vector<std::string> others = parts_of(first.what).values;
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != others[i]) {
      text = text.empty() ? values[i] : fmt::format("\"{}\"", one.what);
    }
  }
  return one.hint == first.hint
             ? text
             : fmt::format("{} ({})", text.empty() ? fmt::format("\"{}\"", one.what) : text, one.hint);
}

/// Of a mistake that is in many rows one line: the first row's, with the first rows and values and how many more.
Diagnostic of_rows(const std::vector<const Diagnostic*>& same, const std::set<int>& rows) {
  Diagnostic one = *same.front();
  std::string lines;
  std::size_t named = 0;
  for (const int row : rows) {
    if (named == kRowsNamed) {
      lines += fmt::format(" and {} more", rows.size() - named);
      break;
    }
    lines += fmt::format("{}{}", named++ == 0 ? "" : ", ", row);
  }
  std::set<std::pair<std::string_view, std::string_view>> seen{{one.what, one.hint}};
  std::string values;
  for (const Diagnostic* d : same) {
    if (seen.emplace(d->what, d->hint).second && seen.size() <= kValuesNamed + 1) {
      values += fmt::format("{}{}", values.empty() ? "; also " : ", ", difference(*d, one));
    }
  }
  if (seen.size() > kValuesNamed + 1) {
    values += fmt::format(" and {} more", seen.size() - kValuesNamed - 1);
  }
  one.what += fmt::format(" (in {} rows: lines {}{})", rows.size(), lines, values);
  return one;
}

}  // namespace

int flush_output() {
  static int first_error = 0;
  if (std::fflush(stdout) != 0 && first_error == 0) {
    first_error = errno;
  }
  return first_error;
}

std::vector<CountedDiagnostic> gathered(const Diagnostics& diagnostics) {
  // Rows of a table have the same mistake where one column has it. A file of keys has no columns: there a hint that
  // differs tells of another mistake.
  using Key = std::tuple<std::string, int, std::string, std::string>;
  std::map<Key, std::vector<const Diagnostic*>> same;
  std::vector<Key> order;
  for (const Diagnostic& d : diagnostics) {
    Key key(d.where.file, d.where.cell, parts_of(d.what).form, d.where.cell > 0 ? parts_of(d.hint).form : d.hint);
    auto& list = same[key];
    if (list.empty()) {
      order.push_back(std::move(key));
    }
    list.push_back(&d);
  }
  std::vector<CountedDiagnostic> messages;
  for (const Key& key : order) {
    const auto& list = same.at(key);
    std::set<int> rows;
    for (const Diagnostic* d : list) {
      rows.insert(d->where.line);
    }
    if (rows.size() > 1) {
      messages.push_back({of_rows(list, rows), list.size()});
      continue;
    }
    for (const Diagnostic* d : list) {
      messages.push_back({*d, 1});
    }
  }
  return messages;
}

int report(const Diagnostics& diagnostics, int status) {
  const std::vector<CountedDiagnostic> messages = gathered(diagnostics);
  std::set<std::string> to_correct_first;
  for (const CountedDiagnostic& message : messages) {
    say("{}\n", to_string(message.one));
    if (message.one.hides_more) {
      to_correct_first.insert(message.one.where.file);
    }
  }
  if (diagnostics.size() > 1 || !to_correct_first.empty()) {
    say("{}{}{}\n", output::plural(static_cast<std::int64_t>(diagnostics.size()), "mistake"),
        messages.size() < diagnostics.size()
            ? " in " + output::plural(static_cast<std::int64_t>(messages.size()), "message")
            : "",
        to_correct_first.empty()
            ? ""
            : fmt::format("; correct {} first: more may follow", fmt::join(to_correct_first, " and ")));
  }
  return status;
}

}  // namespace truel::cli
