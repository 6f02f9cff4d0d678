#include "truel/output/terminal/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace truel::output {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Range {
  char32_t first, last;
};

// Marks that sit on the character before them, and characters without a width (Unicode categories Mn, Me, Cf) in the
// scripts that names of actors and places are likely to use.
constexpr std::array kZeroWide = std::to_array<Range>(
    {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2}, {0x05C4, 0x05C5},
     {0x05C7, 0x05C7}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670}, {0x06D6, 0x06DC}, {0x06DF, 0x06E4},
     {0x06E7, 0x06E8}, {0x06EA, 0x06ED}, {0x0711, 0x0711}, {0x0730, 0x074A}, {0x08D3, 0x08FF}, {0x093C, 0x093C},
     {0x094D, 0x094D}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
     {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
     {0xFEFF, 0xFEFF}});
// Unicode East Asian Width W and F.
constexpr std::array kTwoWide = std::to_array<Range>({{0x1100, 0x115F},
                                                      {0x2E80, 0x303E},
                                                      {0x3041, 0x33FF},
                                                      {0x3400, 0x4DBF},
                                                      {0x4E00, 0x9FFF},
                                                      {0xA000, 0xA4CF},
                                                      {0xA960, 0xA97F},
                                                      {0xAC00, 0xD7A3},
                                                      {0xF900, 0xFAFF},
                                                      {0xFE30, 0xFE6F},
                                                      {0xFF00, 0xFF60},
                                                      {0xFFE0, 0xFFE6},
                                                      {0x1F300, 0x1FAFF},
                                                      {0x20000, 0x3FFFD}});

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& r) { return r.first <= c && c <= r.last; });
}

/// Takes one character off the front; kReplacement for a byte that begins none.
char32_t next(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : (lead & 0xF0) == 0xE0       ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  char32_t c = length == 1 ? lead : lead & (0x7F >> length);
  bool is_good = length > 0 && length <= text.size();
  for (std::size_t i = 1; is_good && i < length; ++i) {
    is_good = (byte(i) & 0xC0) == 0x80;
    c = (c << 6) | (byte(i) & 0x3F);
  }
  const bool is_overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
  if (!is_good || is_overlong || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) {
    text.remove_prefix(1);
    return kReplacement;
  }
  text.remove_prefix(length);
  return c;
}

int width_of(char32_t c) {
  return is_in(kZeroWide, c) ? 0 : is_in(kTwoWide, c) ? 2 : 1;
}

constexpr std::array kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                "July",    "August",   "September", "October", "November", "December"};

struct DateParts {
  int year, month, day;
};

DateParts parts_of(Day day) {
  const std::string iso = format_date(day);  // YYYY-MM-DD
  return {std::atoi(iso.substr(0, 4).c_str()), std::atoi(iso.substr(5, 2).c_str()),
          std::atoi(iso.substr(8, 2).c_str())};
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = next(text);
    // Controls could move the cursor or recolour the screen; marks of writing direction could reorder the row.
    const bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
    const bool is_direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    if (is_control) {
      out += ' ';
    } else if (c == kReplacement) {
      out += "\xEF\xBF\xBD";
    } else if (!is_direction) {
      out += before.substr(0, before.size() - text.size());
    }
  }
  return out;
}

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    width += width_of(next(text));
  }
  return width;
}

std::string fitted(std::string_view text, int width) {
  if (display_width(text) <= width) {
    return std::string(text);
  }
  std::string out;
  int used = 0;
  while (!text.empty()) {
    const std::string_view before = text;
    const int w = width_of(next(text));
    if (used + w > width - 1) {
      break;
    }
    used += w;
    out += before.substr(0, before.size() - text.size());
  }
  return out + "…";
}

std::string left_aligned(std::string_view text, int width) {
  return std::string(text) + std::string(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ');
}

std::string right_aligned(std::string_view text, int width) {
  return std::string(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ') + std::string(text);
}

std::vector<std::string> wrapped(std::string_view text, int width) {
  std::vector<std::string> lines;
  std::string line;
  while (!text.empty()) {
    auto space = text.find(' ');
    if (space != std::string_view::npos && text.substr(space + 1).starts_with('%')) {
      space = text.find(' ', space + 1);  // a number and its % stay together
    }
    const std::string_view word = text.substr(0, space);
    text = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
    if (!line.empty() && display_width(line) + 1 + display_width(word) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (!line.empty()) {
      line += ' ';
    }
    line += fitted(word, width);
  }
  if (!line.empty()) {
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string grouped(double x) {
  std::string digits = fmt::format("{:.0f}", std::abs(x));
  for (int i = static_cast<int>(digits.size()) - 3; i > 0; i -= 3) {
    digits.insert(static_cast<std::size_t>(i), ",");
  }
  return fmt::format("{}{}", x <= -0.5 ? "-" : "", digits);
}

std::string fixed(double x, int decimals) {
  std::string text = fmt::format("{:.{}f}", x, decimals);
  return text.starts_with('-') && text.find_first_of("123456789") == std::string::npos ? text.substr(1) : text;
}

std::string rounded_count(double x) {
  if (!std::isfinite(x)) {
    return "-";
  }
  return std::abs(x) < 1000 ? grouped(x) : grouped(std::strtod(fmt::format("{:.3g}", x).c_str(), nullptr));
}

std::string plural(std::int64_t n, std::string_view word) {
  return fmt::format("{} {}{}", n, word, n == 1 ? "" : "s");
}

std::string capitalised(std::string_view text) {
  std::string found(text);
  if (!found.empty() && found[0] >= 'a' && found[0] <= 'z') {
    found[0] = static_cast<char>(found[0] - 'a' + 'A');
  }
  return found;
}

double whole_percent(double share) {
  return std::floor(100 * share + 0.5);
}

std::string percent(double share) {
  if (!std::isfinite(share)) {
    return "-";
  }
  if (share > 0 && share < 0.005) {
    return "<1 %";
  }
  if (share < 1 && share > 0.995) {
    return ">99 %";
  }
  return fixed(whole_percent(share), 0) + " %";
}

std::string long_date(Day day) {
  const DateParts d = parts_of(day);
  return fmt::format("{} {} {}", d.day, kMonths[static_cast<std::size_t>(d.month - 1)], d.year);
}

std::string short_month(Day day) {
  const DateParts d = parts_of(day);
  return fmt::format("{:.3} {}", kMonths[static_cast<std::size_t>(d.month - 1)], d.year);
}

}  // namespace truel::output
