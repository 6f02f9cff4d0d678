// Text for people: widths on a terminal, numbers, dates.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/date.hpp"

namespace truel::output {

/// One line that a terminal may show: control characters become spaces, what is no UTF-8 becomes U+FFFD.
std::string printable(std::string_view text);

/// Columns that a terminal gives to printable UTF-8: combining marks take none, wide East Asian characters two.
int display_width(std::string_view text);

/// Cut to `width` columns with an ellipsis where it is longer.
std::string fitted(std::string_view text, int width);

/// Filled with spaces to `width` columns, on the right or on the left.
std::string left_aligned(std::string_view text, int width);
std::string right_aligned(std::string_view text, int width);

/// Broken between words into lines of at most `width` columns; a number and its % are one word.
std::vector<std::string> wrapped(std::string_view text, int width);

/// "1,234,567".
std::string grouped(double x);

/// So many decimals, and 0 without a sign whatever it was before rounding: "-0.04" with one decimal is "0.0".
std::string fixed(double x, int decimals);

/// A count to three significant digits: "74,800". "-" for NaN.
std::string rounded_count(double x);

/// "1 month", "3 months".
std::string plural(std::int64_t n, std::string_view word);

/// With a capital letter.
std::string capitalised(std::string_view text);

/// A share in whole percent; halves go up, as browsers round.
double whole_percent(double share);

/// "34 %"; "<1 %" and ">99 %" for what is neither impossible nor certain. "-" for NaN.
std::string percent(double share);

/// "12 March 2017", "Mar 2017".
std::string long_date(Day day);
std::string short_month(Day day);

}  // namespace truel::output
