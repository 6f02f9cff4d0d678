#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "truel/base/math.hpp"
#include "truel/output/sensitivity/sensitivity.hpp"
#include "truel/output/svg.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

using sensitivity::Analysis;
using sensitivity::Estimate;
using sensitivity::Study;

// Colours that people with any colour vision tell apart (Okabe and Ito 2008), on white.
constexpr const char* kOrange = "#e69f00";
constexpr const char* kGreen = "#009e73";
constexpr const char* kGrey = "#8c8c8c";
constexpr const char* kFaint = "#e4e4e4";

constexpr double kWidth = 960;
constexpr double kMargin = 24;
constexpr double kRow = 22;
constexpr double kLabels = 330;  ///< width of the names left of a chart
constexpr int kLineColumns = 128;
constexpr std::size_t kShownInputs = 20;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// Percent for a label: none is below nought, though an estimate may be.
std::string percent_label(double share) {
  const double shown = std::max(0.0, share);
  return fixed(100 * shown, shown < 0.0995 ? 1 : 0) + " %";
}

/// One row of a chart: a filled mark with its interval, and an open one below it if there is a second estimate.
struct Mark {
  std::string name;
  Estimate first;
  bool has_second;
  Estimate second;
  const char* colour;
};

class Drawing {
 public:
  void text(double x, double at_y, std::string_view what, int size = 13, const char* more = "") {
    out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{}\" {}>{}</text>\n", x, at_y, size, more,
                        escaped(what));
  }
  void line(double x1, double y1, double x2, double y2, const char* colour, double width) {
    out_ += fmt::format(
        "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"{}\"/>\n", x1, y1,
        x2, y2, colour, width);
  }
  void box(double x, double at_y, double width, double height, const char* colour) {
    out_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>\n", x, at_y,
                        width, height, colour);
  }
  void dot(double x, double at_y, const char* colour, bool is_open) {
    out_ +=
        fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4.5\" fill=\"{}\" stroke=\"{}\" stroke-width=\"2\"/>\n", x,
                    at_y, is_open ? "#ffffff" : colour, colour);
  }

  double y = 0;  ///< where the next part begins

  void heading(std::string_view what) {
    y += 34;
    text(kMargin, y, what, 15, "font-weight=\"bold\"");
    y += 8;
  }

  void paragraph(std::string_view what) {
    for (const std::string& one : wrapped(what, kLineColumns)) {
      y += 18;
      text(kMargin, y, one);
    }
  }

  /// The parts of the variance as one bar, and what they are below it.
  void bar(const std::vector<Mark>& parts) {
    double sum = 0;
    for (const Mark& part : parts) {
      sum += std::max(0.0, part.first.value);
    }
    y += 10;
    double x = kMargin;
    for (const Mark& part : parts) {
      const double width = (kWidth - 2 * kMargin) * std::max(0.0, part.first.value) / sum;
      box(x, y, std::max(0.0, width - 1), 34, part.colour);
      x += width;
    }
    y += 54;
    x = kMargin;
    for (const Mark& part : parts) {
      box(x, y - 11, 12, 12, part.colour);
      text(x + 18, y, part.name);
      text(x + 18, y + 17,
           fmt::format("{} ({} to {})", percent_label(part.first.value), percent_label(part.first.low),
                       percent_label(part.first.high)));
      x += (kWidth - 2 * kMargin) / static_cast<double>(parts.size());
    }
    y += 22;
  }

  /// Estimates with their intervals on one axis; `floor` above 0: the width of the noise, shaded. as_percent: of the
  /// axis.
  void chart(const std::vector<Mark>& marks, double floor, bool as_percent) {
    double least = as_percent ? 0 : marks.front().first.value;
    double greatest = floor;
    for (const Mark& mark : marks) {
      for (const Estimate* e : {&mark.first, mark.has_second ? &mark.second : &mark.first}) {
        for (const double x : {e->value, e->low, e->high}) {
          least = std::isfinite(x) ? std::min(least, x) : least;
          greatest = std::isfinite(x) ? std::max(greatest, x) : greatest;
        }
      }
    }
    const double step = nice_step((greatest - least) / 5);
    least = std::floor(least / step) * step;
    greatest = std::max(least + step, std::ceil(greatest / step) * step);
    const double left = kMargin + kLabels;
    const double width = kWidth - 2 * kMargin - kLabels - 60;
    const auto place = [&](double value) { return left + width * (value - least) / (greatest - least); };
    const double top = y + 6;
    const double bottom = top + kRow * static_cast<double>(marks.size());
    if (floor > 0) {
      box(place(0), top, place(floor) - place(0), bottom - top, kFaint);
    }
    for (int k = 0; least + k * step <= greatest + step / 2; ++k) {
      const double value = least + k * step;
      line(place(value), top, place(value), bottom, kFaint, 1);
      text(place(value), bottom + 15, as_percent ? fmt::format("{:.3g} %", 100 * value + 0.0) : rounded_count(value),
           11, "text-anchor=\"middle\"");
    }
    line(place(std::max(0.0, least)), top, place(std::max(0.0, least)), bottom, kInk, 1);
    y = top;
    for (const Mark& mark : marks) {
      const double middle = y + kRow / 2;
      text(left - 12, middle + 4, fitted(mark.name, 50), 12, "text-anchor=\"end\"");
      const double lift = mark.has_second ? 4 : 0;
      estimate(mark.first, middle - lift, place, mark.colour, false);
      if (mark.has_second) {
        estimate(mark.second, middle + lift, place, mark.colour, true);
      }
      text(kWidth - kMargin - 50, middle + 4,
           as_percent ? percent_label(mark.first.value) : rounded_count(mark.first.value), 12);
      y += kRow;
    }
    y += 20;
  }

  std::string take(double height) && {
    return fmt::format(
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
               "height=\"{1:.0f}\" font-family=\"Helvetica, Arial, sans-serif\" fill=\"{2}\">\n"
               "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
               kWidth, height, kInk) +
           out_ + "</svg>\n";
  }

 private:
  static double nice_step(double rough) {
    const double power = math::pow(10, std::floor(math::log10(std::max(rough, 1e-9))));
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (rough <= factor * power) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  template <class Place>
  void estimate(const Estimate& e, double at_y, Place&& place, const char* colour, bool is_open) {
    if (std::isfinite(e.low) && std::isfinite(e.high)) {
      line(place(e.low), at_y, place(e.high), at_y, colour, 2);
    }
    dot(place(e.value), at_y, colour, is_open);
  }

  std::string out_;
};

Estimate sum_of(const Estimate& x, const Estimate& y) {
  return {x.value + y.value, kAbsent, kAbsent};
}

void draw(Drawing& drawing, const Study& study, const Analysis& a) {
  const War& war = study.war();
  drawing.y += 36;
  drawing.text(kMargin, drawing.y, "What drives the " + outcome_name(war, a.outcome), 20, "font-weight=\"bold\"");
  drawing.y += 6;
  if (a.stopped_before) {
    drawing.paragraph(partial_remark(a));
  }
  drawing.paragraph(sensitivity_answer(study, a));
  if (a.variance == 0) {
    return;
  }

  drawing.heading("Where its variance comes from");
  const auto [account, numbers, both, chance] = a.whole;
  std::vector<Mark> parts;
  if (study.has_accounts()) {
    parts.push_back({"Choice of account", account, false, {}, kBlue});
  }
  parts.push_back({"Uncertain parameters", numbers, false, {}, kOrange});
  if (study.has_accounts()) {
    parts.push_back({"The two together", both, false, {}, kGreen});
  }
  parts.push_back({"Chance", chance, false, {}, kGrey});
  drawing.bar(parts);

  if (study.has_accounts()) {
    drawing.heading("Mean under each account");
    std::vector<Mark> means;
    for (std::size_t k = 0; k < a.accounts.size(); ++k) {
      means.push_back({study.rivals[k].id, a.accounts[k].mean, false, {}, kBlue});
    }
    drawing.chart(means, 0, is_event(a.outcome));
  }
  if (a.inputs.empty()) {
    return;
  }
  const bool by_table = study.grouping == sensitivity::Grouping::table;
  const bool by_source = study.grouping == sensitivity::Grouping::source;
  drawing.heading(by_table    ? "Parameters by table"
                  : by_source ? "Parameters by source"
                              : "Parameters by what they rest on");
  std::vector<Mark> groups;
  if (study.has_accounts()) {
    groups.push_back({"Choice of account", a.account, true, sum_of(a.account, a.both), kBlue});
  }
  for (const sensitivity::GroupIndex& g : by_table ? a.tables : by_source ? a.sources : a.rests) {
    groups.push_back({fmt::format("{} ({})", by_source ? source_name(war, g.name) : g.name, g.inputs),
                      g.is_resampled ? g.first : g.main_effects, g.is_resampled, g.total, kOrange});
  }
  drawing.chart(groups, 0, true);
  drawing.paragraph("Filled: alone. Open: with all it does together with others, without chance.");

  drawing.heading("Strongest parameters");
  std::vector<Mark> inputs;
  for (std::size_t k = 0; k < std::min(kShownInputs, a.inputs.size()); ++k) {
    const sensitivity::InputIndex& index = a.inputs[k];
    const std::string& path = war.parameters[at(study.inputs[index.input].parameter)].path;
    inputs.push_back({path, index.first, index.is_resampled, index.total, a.is_above_floor(index) ? kOrange : kGrey});
  }
  drawing.chart(inputs, a.first_floor, true);
  drawing.paragraph(
      fmt::format("First-order index. Shaded: up to the strongest of {} dummy parameters that act on nothing. Lines: "
                  "95 % intervals "
                  "(bootstrap). {} runs in {} blocks.",
                  grouped(static_cast<double>(a.dummies)), grouped(static_cast<double>(a.runs)),
                  grouped(static_cast<double>(a.blocks))));
}

}  // namespace

std::string sensitivity_svg(const Study& study, std::span<const Analysis> analyses) {
  Drawing drawing;
  for (const Analysis& a : analyses) {
    draw(drawing, study, a);
  }
  const double height = drawing.y + kMargin;
  return std::move(drawing).take(height);
}

}  // namespace truel::output
