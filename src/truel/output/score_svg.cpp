#include "truel/output/score_svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "truel/output/score_rows.hpp"

namespace truel::output {
namespace {

// Colours that people with any colour vision tell apart (Okabe and Ito 2008), on white.
constexpr const char* kBlue = "#0072b2";
constexpr const char* kOrange = "#d55e00";
constexpr const char* kInk = "#222222";
constexpr const char* kFaint = "#cccccc";
constexpr double kWidth = 860;
constexpr double kLabels = 280;
constexpr double kRow = 22;

}  // namespace

std::string scores_svg(const record::Scores& scores) {
  std::vector<const record::ScoreRow*> rows = headline_rows(scores);
  std::erase_if(rows, [](const auto* r) { return r->model == "persistence" || !std::isfinite(r->difference); });
  double least = -0.01;
  double greatest = 0.01;
  for (const auto* row : rows) {
    for (const double x : {row->difference, row->difference_low, row->difference_high}) {
      if (std::isfinite(x)) {
        least = std::min(least, x);
        greatest = std::max(greatest, x);
      }
    }
  }
  const auto x_of = [&](double d) { return kLabels + (kWidth - kLabels - 30) * (d - least) / (greatest - least); };
  const double height = 70 + kRow * static_cast<double>(rows.size()) + 30;
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" "
      "font-family=\"sans-serif\" font-size=\"13\" fill=\"{2}\">\n<rect width=\"100%\" height=\"100%\" "
      "fill=\"white\"/>\n<text x=\"16\" y=\"24\" font-size=\"15\">Brier score of control, difference from "
      "persistence</text>\n<text x=\"16\" y=\"44\">left of the line is better; bars hold 95 in 100 of the "
      "resampled provinces and origins</text>\n",
      kWidth, height, kInk);
  out += fmt::format("<line x1=\"{0:.1f}\" y1=\"56\" x2=\"{0:.1f}\" y2=\"{1:.1f}\" stroke=\"{2}\"/>\n", x_of(0),
                     height - 26, kInk);
  double y = 74;
  for (const auto* row : rows) {
    const char* colour = row->model == "truel" || row->model == "blend" ? kOrange : kBlue;
    out += fmt::format("<text x=\"16\" y=\"{:.1f}\">{} months: {}</text>\n", y + 4, row->window.months, name_of(*row));
    if (std::isfinite(row->difference_low)) {
      out += fmt::format(
          "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"3\"/>\n",
          x_of(row->difference_low), y, x_of(row->difference_high), y, kFaint);
    }
    out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\" fill=\"{}\"/>\n", x_of(row->difference), y, colour);
    y += kRow;
  }
  for (const double tick : {least, 0.0, greatest}) {
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{:+.2f}</text>\n", x_of(tick),
                       height - 8, tick);
  }
  return out + "</svg>\n";
}

}  // namespace truel::output
