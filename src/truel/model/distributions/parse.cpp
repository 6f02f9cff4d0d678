#include "truel/model/distributions/parse.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/formats/did_you_mean.hpp"
#include "truel/base/formats/mistakes.hpp"

namespace truel {
namespace {

struct Form {
  std::string_view name;
  DistributionKind kind;
  std::size_t n_arguments;
  std::string_view written;
};

constexpr std::size_t kTwoOrMore = 0;  // takes as many arguments as are written

constexpr std::array kForms = std::to_array<Form>({
    {"uniform", DistributionKind::uniform, 2, "uniform(1500, 2000)"},
    {"loguniform", DistributionKind::loguniform, 2, "loguniform(2000, 20000)"},
    {"normal", DistributionKind::normal, 2, "normal(100, 15)"},
    {"lognormal", DistributionKind::lognormal, 2, "lognormal(1200, 1.5)"},
    {"triangular", DistributionKind::triangular, 3, "triangular(10, 15, 30)"},
    {"beta", DistributionKind::beta, 2, "beta(2, 8)"},
    {"either", DistributionKind::either, kTwoOrMore, "either(0, 1)"},
});

constexpr std::string_view kAnyForm =
    "write a value (1200), a range (1500..2000) or a distribution (lognormal(1200, 1.5))";

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<double> parse_value(std::string_view text) {
  text = without_blanks(text);
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc() || stop != end || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// `text` written as the format wants it, if it is one of the usual other ways to write a number.
std::optional<std::string> mended(std::string_view text) {
  std::string plain = replaced(replaced(std::string(text), "\u2212", "-"), "\u2013", "-");
  if (plain.ends_with('%')) {
    if (const auto percent = parse_value(std::string_view(plain).substr(0, plain.size() - 1))) {
      return fmt::format("{}", *percent / 100);
    }
  }
  if (plain.starts_with('+')) {
    plain.erase(0, 1);
  }
  if (parse_value(plain)) {
    return plain;
  }
  if (const auto dash = plain.find('-', 1); dash != std::string::npos) {
    const auto low = parse_value(std::string_view(plain).substr(0, dash));
    const auto high = parse_value(std::string_view(plain).substr(dash + 1));
    if (low && high) {
      return fmt::format("{}..{}", *low, *high);
    }
  }
  // 12,500 and 1 250 000 have groups of three digits; any other comma between digits is a decimal comma.
  for (const std::string_view separator : {",", " ", "\u00A0", "\u202F", "'"}) {
    const auto at = plain.find(separator);
    if (at == std::string::npos || at == 0) {
      continue;
    }
    const bool is_group = plain.size() - (plain.rfind(separator) + separator.size()) == 3;
    const std::string tried = replaced(plain, separator, is_group || separator != "," ? "" : ".");
    if (parse_value(tried)) {
      return tried;
    }
  }
  return std::nullopt;
}

constexpr std::string_view kAnyDate =
    "write a date (2016-05-01), a range of dates (2016-05-01..2016-06-30) or a distribution of them "
    "(normal(2016-05-01, "
    "10), in days)";

std::optional<double> parse_day(std::string_view text) {
  const auto day = parse_date(without_blanks(text));
  return day ? std::optional(static_cast<double>(*day)) : std::nullopt;
}

Diagnostic malformed(std::string_view text) {
  const auto better = mended(text);
  return {{}, "malformed number " + in_quotes(text), better ? "write " + *better : std::string(kAnyForm)};
}

// Between these shapes Boost finds quantiles in microseconds; far outside it takes minutes or throws.
constexpr double kLeastShape = 0.01;
constexpr double kGreatestShape = 1e6;

Result<Distribution> checked(const Distribution& d, std::string_view text) {
  std::string wrong = fault(d);
  if (wrong.empty() && d.kind == DistributionKind::beta &&
      (std::min(d.a, d.b) < kLeastShape || std::max(d.a, d.b) > kGreatestShape)) {
    wrong = "a shape that is extreme";
  }
  if (wrong.empty()) {
    return d;
  }
  std::string hint = "see docs/scenario-format.md, Numbers";
  if (wrong.ends_with("numbers")) {
    hint = "give it ends that somebody can mean";
  } else if (d.kind == DistributionKind::uniform || (d.kind == DistributionKind::loguniform && d.b > 0 && d.a > d.b)) {
    hint = "write " + to_string(Distribution{.kind = d.kind, .a = d.b, .b = d.a, .c = 0, .is_date = d.is_date});
  } else if (d.kind == DistributionKind::loguniform) {
    hint = "give a least value above 0";
  } else if (d.kind == DistributionKind::triangular) {
    hint = "write triangular(least, likeliest, greatest)";
  } else if (d.kind == DistributionKind::lognormal) {
    hint = "write lognormal(median, geometric standard deviation), the second at least 1";
  } else if (d.kind == DistributionKind::normal) {
    hint = "write a positive standard deviation, or the value alone";
  } else if (d.kind == DistributionKind::either) {
    hint = d.is_date ? "write two or more dates, or the date alone"
                     : "write two or more values, as either(0, 1), or the value alone";
  } else if (d.kind == DistributionKind::beta) {
    hint = fmt::format("write two shapes between {} and {}", kLeastShape, kGreatestShape);
  }
  return Diagnostic{{}, fmt::format("{} in {}", wrong, in_quotes(text)), hint};
}

/// Whether dates can be spread like that: it needs no zero to count from.
bool is_of_dates(const Form& form) {
  return form.kind != DistributionKind::loguniform && form.kind != DistributionKind::lognormal &&
         form.kind != DistributionKind::beta;
}

Result<Distribution> parse_form(std::string_view text, std::size_t open, bool is_date) {
  const std::string_view name = without_blanks(text.substr(0, open));
  const Form* form = nullptr;
  std::vector<std::string> names;
  for (const Form& f : kForms) {
    if (is_date && !is_of_dates(f)) {
      continue;
    }
    names.emplace_back(f.name);
    form = f.name == name ? &f : form;
  }
  if (form == nullptr) {
    return Diagnostic{{},
                      "unknown distribution " + in_quotes(name),
                      did_you_mean(name, names, fmt::format("known are {}", fmt::join(names, ", ")))};
  }
  const std::string hint = is_date ? std::string(kAnyDate) : fmt::format("write it like {}", form->written);
  if (!text.ends_with(')')) {
    return Diagnostic{{}, "malformed number " + in_quotes(text), hint};
  }
  std::vector<double> values;
  std::string_view rest = text.substr(open + 1, text.size() - open - 2);
  for (bool is_last = false; !is_last;) {
    const auto comma = rest.find(',');
    is_last = comma == std::string_view::npos;
    const bool is_spread = form->kind == DistributionKind::normal && values.size() == 1;
    const auto value = is_date && !is_spread ? parse_day(rest.substr(0, comma)) : parse_value(rest.substr(0, comma));
    if (!value) {
      return Diagnostic{{}, "malformed number " + in_quotes(text), hint};
    }
    values.push_back(*value);
    rest = is_last ? std::string_view{} : rest.substr(comma + 1);
  }
  if (form->n_arguments == kTwoOrMore) {
    return checked({.kind = form->kind, .among = std::move(values), .is_date = is_date}, text);
  }
  if (values.size() != form->n_arguments) {
    return Diagnostic{{}, fmt::format("{} takes {} numbers, not {}", name, form->n_arguments, values.size()), hint};
  }
  values.resize(3);
  return checked({.kind = form->kind, .a = values[0], .b = values[1], .c = values[2], .is_date = is_date}, text);
}

}  // namespace

Result<Distribution> parse_number(std::string_view text) {
  text = without_blanks(text);
  if (text.empty()) {
    return Diagnostic{{}, "no number", std::string(kAnyForm)};
  }
  if (text == "true" || text == "false") {
    return Distribution{.a = text == "true" ? 1.0 : 0.0};
  }
  if (const auto value = parse_value(text)) {
    return Distribution{.a = *value};
  }
  if (const auto open = text.find('('); open != std::string_view::npos) {
    return parse_form(text, open, false);
  }
  if (const auto dots = text.find(".."); dots != std::string_view::npos) {
    const auto low = parse_value(text.substr(0, dots));
    const auto high = parse_value(text.substr(dots + 2));
    if (low && high) {
      return checked({.kind = DistributionKind::uniform, .a = *low, .b = *high}, text);
    }
  }
  return malformed(text);
}

Result<Distribution> parse_dates(std::string_view text) {
  text = without_blanks(text);
  if (const auto day = parse_day(text)) {
    return Distribution{.a = *day, .is_date = true};
  }
  if (const auto open = text.find('('); open != std::string_view::npos) {
    return parse_form(text, open, true);
  }
  if (const auto dots = text.find(".."); dots != std::string_view::npos) {
    const auto first = parse_day(text.substr(0, dots));
    const auto last = parse_day(text.substr(dots + 2));
    if (first && last) {
      return checked({.kind = DistributionKind::uniform, .a = *first, .b = *last, .is_date = true}, text);
    }
  }
  return Diagnostic{{}, "impossible date " + in_quotes(text), std::string(kAnyDate)};
}

}  // namespace truel
