// Our own reader rather than libcsv: that library hands over cells without their positions, trims spaces, passes over
// the quotes that RFC 4180 forbids (or, in strict mode, stops at the first of them), and names no line for a quote that
// never closes. Messages with line and column, and all mistakes in one go, need a reader that keeps count itself.
#include "truel/base/formats/csv.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace truel {
namespace {

constexpr std::size_t kMostColumns = 4096;
// Every quote that does not close makes the reader go back to the next line; bounded, so that time stays linear.
constexpr int kMostUnclosed = 100;

class Parser {
 public:
  Parser(std::string_view text, const std::string& label, Mistakes& mistakes, char separator)
      : text_(text), label_(label), mistakes_(mistakes), separator_(separator) {}

  CsvTable parse() {
    while (at_ < text_.size() && n_unclosed_ < kMostUnclosed) {
      parse_row();
    }
    return std::move(table_);
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  char here() const { return text_[at_]; }
  bool at_line_end() const {
    return here() == '\n' || (here() == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n');
  }

  void advance() {
    const auto byte = static_cast<unsigned char>(text_[at_++]);
    if (byte == '\n') {
      ++line_;
      column_ = 1;
    } else if ((at_ >= text_.size() || (static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U)) {
      ++column_;  // at the last byte of a character
    }
  }

  void skip_line_end() {
    if (!at_end()) {
      at_ += here() == '\r' ? 1 : 0;
      advance();
    }
  }

  void parse_row() {
    const bool is_header = table_.header.empty();
    const int line = line_;
    const int column = column_;
    const std::size_t most = is_header ? kMostColumns : table_.header.size();
    std::vector<CsvCell>& out = is_header ? table_.header : table_.cells;
    const std::size_t first = out.size();
    std::size_t count = 0;
    bool is_broken = false;
    while (true) {
      CsvCell cell = parse_cell(is_broken);
      cell.number = static_cast<int>(count) + 1;
      if (count++ < most) {
        out.push_back(cell);
      }
      if (is_broken || at_end() || here() != separator_) {
        break;
      }
      advance();
    }
    skip_line_end();
    const bool is_blank = count == 1 && out.back().text.empty() && !is_broken;
    if (is_blank) {
      out.pop_back();
      return;
    }
    if (is_header) {
      if (count > kMostColumns) {
        mistakes_.add({label_, line, column}, fmt::format("a header of {} columns", count),
                      fmt::format("keep at most {}", kMostColumns));
      }
      return;
    }
    const bool is_whole = count == table_.header.size() && !is_broken;
    table_.rows.push_back({first, std::min(count, most), line, is_whole});
    if (!is_whole && !is_broken) {
      const bool is_short = count < table_.header.size();
      mistakes_.add({label_, line, column},
                    fmt::format("a row too {}: {} {}, the header has {}", is_short ? "short" : "long", count,
                                count == 1 ? "cell" : "cells", table_.header.size()),
                    is_short ? "add the cells that are missing, empty ones too"
                             : "put a cell that contains a comma in double quotes");
    }
  }

  CsvCell parse_cell(bool& is_broken) {
    return !at_end() && here() == '"' ? parse_quoted(is_broken) : parse_plain(is_broken);
  }

  CsvCell parse_plain(bool& is_broken) {
    const std::size_t from = at_;
    CsvCell cell{.text = {}, .line = line_, .column = column_};
    bool has_quote = false;
    while (!at_end() && here() != separator_ && !at_line_end()) {
      if (here() == '"' && !has_quote) {
        has_quote = true;
        mistakes_.add({label_, line_, column_}, "a double quote inside a cell without quotes",
                      "put the whole cell in double quotes and double those inside it");
      } else if (here() == '\r') {
        mistakes_.add({label_, line_, column_}, "a carriage return that ends no line", "end lines with LF or CRLF");
        is_broken = true;
        skip_to_line_end();
        break;
      }
      advance();
    }
    cell.text = text_.substr(from, at_ - from);
    return cell;
  }

  CsvCell parse_quoted(bool& is_broken) {
    CsvCell cell{.text = {}, .line = line_, .column = column_};
    const std::size_t open = at_;
    advance();
    const std::size_t from = at_;
    bool is_verbatim = true;
    while (!at_end()) {
      if (here() == '"') {
        if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
          is_verbatim = false;
          advance();
        } else {
          break;
        }
      } else if (here() == '\r') {
        is_verbatim = false;
      }
      advance();
    }
    const std::size_t to = at_;
    if (!at_end()) {
      advance();
    }
    const bool is_closed = to < text_.size() && (at_end() || here() == separator_ || at_line_end());
    if (is_closed) {
      cell.text = text_.substr(from, to - from);
      if (!is_verbatim) {
        cell.text = unescape(cell.text);
      }
      return cell;
    }
    is_broken = true;
    if (to < text_.size() && line_ == cell.line) {
      mistakes_.add({label_, line_, column_}, "text after the double quote that ends a cell",
                    "double the quotes inside a quoted cell");
      skip_to_line_end();
      return cell;
    }
    // Most likely the closing quote was forgotten on the first line: go on with the line after it.
    mistakes_.add(location_of(label_, cell), "a double quote that is not closed",
                  "close the cell with a double quote, and double the quotes inside it");
    ++n_unclosed_;
    at_ = open;
    line_ = cell.line;
    column_ = cell.column;
    skip_to_line_end();
    return cell;
  }

  void skip_to_line_end() {
    while (!at_end() && !at_line_end()) {
      advance();
    }
  }

  std::string_view unescape(std::string_view raw) {
    std::string plain;
    plain.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
      const bool is_second_quote = raw[i] == '"' && i + 1 < raw.size();
      const bool is_crlf = raw[i] == '\r' && i + 1 < raw.size() && raw[i + 1] == '\n';
      i += is_second_quote || is_crlf ? 1 : 0;
      plain += raw[i];
    }
    return table_.unescaped.emplace_back(std::move(plain));
  }

  std::string_view text_;
  const std::string& label_;
  Mistakes& mistakes_;
  const char separator_;
  CsvTable table_;
  std::size_t at_ = 0;
  int line_ = 1;
  int column_ = 1;
  int n_unclosed_ = 0;
};

}  // namespace

CsvTable parse_csv(std::string_view text, const std::string& label, Mistakes& mistakes, char separator) {
  return Parser(text, label, mistakes, separator).parse();
}

}  // namespace truel
