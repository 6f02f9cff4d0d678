#include "truel/base/formats/csv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace truel {
namespace {

using Lines = std::vector<std::string>;

struct Read {
  std::string text;
  CsvTable table;
  Lines mistakes;
};

Read parse(std::string text) {
  Read read{std::move(text), {}, {}};
  Mistakes mistakes;
  read.table = parse_csv(read.text, "t.csv", mistakes);
  for (const Diagnostic& d : mistakes.take()) {
    read.mistakes.push_back(to_string(d));
  }
  return read;
}

/// Cells of all rows with their positions: "text@line:column".
Lines cells(const CsvTable& table) {
  Lines lines;
  for (const CsvCell& cell : table.header) {
    lines.push_back(std::string(cell.text) + "@" + std::to_string(cell.line) + ":" + std::to_string(cell.column));
  }
  for (const CsvRow& row : table.rows) {
    for (std::size_t i = 0; i < row.n_cells; ++i) {
      const CsvCell& cell = table.cells[row.first + i];
      lines.push_back(std::string(cell.text) + "@" + std::to_string(cell.line) + ":" + std::to_string(cell.column));
    }
  }
  return lines;
}

TEST(Csv, cells_know_their_line_and_column) {
  const Read read = parse("a,b\n1,22\n333,4\n");
  EXPECT_EQ(cells(read.table), (Lines{"a@1:1", "b@1:3", "1@2:1", "22@2:3", "333@3:1", "4@3:5"}));
  EXPECT_EQ(read.mistakes, Lines{});
}

TEST(Csv, columns_count_characters_not_bytes) {
  EXPECT_EQ(cells(parse("a,b\n\u00e9\u0628\U0001F600,x\n").table)[3], "x@2:5");
}

TEST(Csv, crlf_line_ends_give_the_same_cells) {
  EXPECT_EQ(cells(parse("a,b\r\n1,2\r\n").table), cells(parse("a,b\n1,2\n").table));
}

TEST(Csv, the_last_line_needs_no_end) {
  EXPECT_EQ(cells(parse("a\n1").table), (Lines{"a@1:1", "1@2:1"}));
}

TEST(Csv, empty_lines_are_passed_over) {
  const Read read = parse("\na,b\n\n1,2\n\r\n\n");
  EXPECT_EQ(cells(read.table), (Lines{"a@2:1", "b@2:3", "1@4:1", "2@4:3"}));
  EXPECT_EQ(read.mistakes, Lines{});
}

TEST(Csv, quotes_keep_commas_line_ends_and_doubled_quotes) {
  const Read read = parse("a,b\n\"x, y\",\"say \"\"so\"\"\"\n\"two\r\nlines\",z\n");
  EXPECT_EQ(cells(read.table), (Lines{"a@1:1", "b@1:3", "x, y@2:1", "say \"so\"@2:8", "two\nlines@3:1", "z@4:8"}));
  EXPECT_EQ(read.mistakes, Lines{});
}

TEST(Csv, empty_cells_stay) {
  EXPECT_EQ(cells(parse("a,b,c\n,,\n\"\",,x\n").table),
            (Lines{"a@1:1", "b@1:3", "c@1:5", "@2:1", "@2:2", "@2:3", "@3:1", "@3:4", "x@3:5"}));
}

TEST(Csv, rows_too_short_and_too_long_are_named) {
  EXPECT_EQ(parse("a,b\n1\n1,2,3\n1,2\n").mistakes,
            (Lines{"t.csv:2:1: a row too short: 1 cell, the header has 2; add the cells that are missing, empty ones "
                   "too",
                   "t.csv:3:1: a row too long: 3 cells, the header has 2; put a cell that contains a comma in double "
                   "quotes"}));
}

TEST(Csv, a_quote_that_never_closes_is_found_where_it_opens) {
  EXPECT_EQ(parse("a,b\n1,\"two\n3,4\n").mistakes,
            (Lines{"t.csv:2:3: a double quote that is not closed; close the cell with a double quote, and double the "
                   "quotes inside it"}));
}

TEST(Csv, reading_goes_on_with_the_line_after_an_unclosed_quote) {
  const Read read = parse("a,b\n1,\"two\n3,\"4\"\n5,\"six\n7\n");
  EXPECT_EQ(read.mistakes,
            (Lines{"t.csv:2:3: a double quote that is not closed; close the cell with a double quote, and double the "
                   "quotes inside it",
                   "t.csv:4:3: a double quote that is not closed; close the cell with a double quote, and double the "
                   "quotes inside it",
                   "t.csv:5:1: a row too short: 1 cell, the header has 2; add the cells that are missing, empty ones "
                   "too"}));
  EXPECT_EQ(read.table.rows.size(), 4U);
  EXPECT_TRUE(read.table.rows[1].is_whole);
}

TEST(Csv, text_after_a_closing_quote_is_a_mistake) {
  EXPECT_EQ(parse("a,b\n\"x\"y,2\n").mistakes,
            (Lines{"t.csv:2:4: text after the double quote that ends a cell; double the quotes inside a quoted cell"}));
}

TEST(Csv, a_quote_inside_a_plain_cell_is_a_mistake) {
  EXPECT_EQ(parse("a,b\nsix \"inch\",2\n").mistakes,
            (Lines{"t.csv:2:5: a double quote inside a cell without quotes; put the whole cell in double quotes and "
                   "double those inside it"}));
}

TEST(Csv, a_lone_carriage_return_is_a_mistake) {
  EXPECT_EQ(parse("a,b\n1,2\r3,4\n").mistakes[0],
            "t.csv:2:4: a carriage return that ends no line; end lines with LF or CRLF");
}

TEST(Csv, a_row_of_countless_cells_keeps_no_more_than_the_header_has) {
  const Read read = parse("a,b\n" + std::string(100'000, ',') + "\n");
  EXPECT_EQ(read.table.cells.size(), 2U);
  EXPECT_EQ(read.mistakes.size(), 1U);
}

TEST(Csv, a_file_of_unclosed_quotes_ends_after_a_hundred) {
  std::string text = "a,b\n";
  for (int i = 0; i < 10'000; ++i) {
    text += "x,\"y\n";
  }
  EXPECT_EQ(parse(text).mistakes.size(), 100U);
}

/// A table as RFC 4180 writes it, every cell in quotes.
std::string quoted_csv(const std::vector<Lines>& rows, const std::string& line_end) {
  std::string text;
  for (const Lines& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += i > 0 ? ",\"" : "\"";
      for (const char c : row[i]) {
        text += c == '"' ? "\"\"" : std::string(1, c);
      }
      text += '"';
    }
    text += line_end;
  }
  return text;
}

RC_GTEST_PROP(CsvProperty, any_cells_written_with_quotes_are_read_back, ()) {
  const auto width = *rc::gen::inRange<std::size_t>(2, 6);
  const auto cell = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,\"\n ;'\t\xC3\xA9", 11)));
  const auto row = rc::gen::container<Lines>(width, cell);
  const auto rows = *rc::gen::nonEmpty(rc::gen::container<std::vector<Lines>>(row));
  const auto line_end = *rc::gen::element<std::string>("\n", "\r\n");
  const Read read = parse(quoted_csv(rows, line_end));
  RC_ASSERT(read.mistakes.empty());
  RC_ASSERT(read.table.rows.size() + 1 == rows.size());
  for (std::size_t r = 1; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < width; ++c) {
      RC_ASSERT(read.table.cells[read.table.rows[r - 1].first + c].text == rows[r][c]);
    }
  }
}

RC_GTEST_PROP(CsvProperty, any_bytes_give_rows_no_longer_than_the_header, ()) {
  const auto text = *rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::arbitrary<char>(), rc::gen::elementOf(std::string(",\"\n\r"))));
  const Read read = parse(text);
  for (const CsvRow& row : read.table.rows) {
    RC_ASSERT(row.n_cells <= read.table.header.size());
    RC_ASSERT(row.first + row.n_cells <= read.table.cells.size());
  }
}

}  // namespace
}  // namespace truel
