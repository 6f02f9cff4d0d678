#include "truel/output/score/score_svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <vector>

#include "truel/output/score/score_rows.hpp"
#include "truel/output/svg.hpp"
#include "truel/output/terminal/text.hpp"
#include "truel/record/control/baselines.hpp"

namespace truel::output {
namespace {

// Colours that people with any colour vision tell apart (Okabe and Ito 2008), on white.
constexpr const char* kVermillion = "#d55e00";
constexpr const char* kGrid = "#cccccc";
constexpr double kChartWidth = 860;
constexpr double kNames = 280;
constexpr double kLine = 22;

constexpr double kPanel = 240;  ///< side of a panel of the reliability diagram
constexpr double kBetween = 60;
constexpr double kBelow = 88;  ///< between rows of panels: what stands under one, and the title of the next

/// One panel: the recalibrated probability over the forecast one, with the band of forecasts that are right.
std::string panel_svg(const record::Reliability& r, const std::string& title, double left, double top) {
  const auto x = [&](double p) { return left + kPanel * p; };
  const auto y = [&](double p) { return top + kPanel * (1 - p); };
  std::string out = fmt::format(
      "<text x=\"{0:.1f}\" y=\"{1:.1f}\">{2}</text>\n<rect x=\"{0:.1f}\" y=\"{3:.1f}\" width=\"{4}\" height=\"{4}\" "
      "fill=\"none\" stroke=\"{5}\"/>\n<line x1=\"{0:.1f}\" y1=\"{6:.1f}\" x2=\"{7:.1f}\" y2=\"{3:.1f}\" "
      "stroke=\"{5}\"/>\n",
      left, top - 8, title, top, kPanel, kGrid, top + kPanel, left + kPanel);
  for (const double p : {0.0, 0.5, 1.0}) {
    out += fmt::format(
        "<text x=\"{0:.1f}\" y=\"{1:.1f}\" font-size=\"10\" text-anchor=\"end\">{4:g}</text>\n<text x=\"{2:.1f}\" "
        "y=\"{3:.1f}\" font-size=\"10\" text-anchor=\"middle\">{4:g}</text>\n",
        left - 12, y(p) + 4, x(p), top + kPanel + 21, p);
  }
  std::string band;
  std::string back;
  std::string line;
  for (const record::ReliabilityStep& step : r.steps) {
    const double middle = (step.from + step.until) / 2;
    band += fmt::format("{:.1f},{:.1f} ", x(middle), y(step.high));
    back = fmt::format("{:.1f},{:.1f} ", x(middle), y(step.low)) + back;
    line += fmt::format("{:.1f},{:.1f} {:.1f},{:.1f} ", x(step.from), y(step.share), x(step.until), y(step.share));
  }
  out += fmt::format("<polygon points=\"{}{}\" fill=\"{}\" opacity=\"0.6\"/>\n", band, back, kGrid);
  out += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>\n", line,
                     r.account.empty() ? kBlue : kVermillion);
  for (const record::ReliabilityStep& step : r.steps) {
    out +=
        fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"{}\"/>\n", x((step.from + step.until) / 2),
                    y(step.share), 2 + 8 * std::sqrt(static_cast<double>(step.n) / static_cast<double>(r.n)),
                    r.account.empty() ? kBlue : kVermillion);
  }
  std::vector<std::string> lines = {
      fmt::format("miscalibration {:.4f}, discrimination {:.4f},", r.miscalibration, r.discrimination),
      fmt::format("uncertainty {:.4f}", r.uncertainty)};
  if (!std::isnan(r.raw_miscalibration)) {
    lines.push_back(fmt::format("raw, same windows: miscalibration {:.4f}", r.raw_miscalibration));
  }
  double below = top + kPanel + 37;
  for (const std::string& words : lines) {
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"11\">{}</text>\n", left, below, words);
    below += 14;
  }
  return out;
}

}  // namespace

std::string reliability_svg(const record::Scores& scores) {
  // Rows: horizons; columns: the model and accounts, each beside its recalibration, then the baseline that it has to
  // beat. Places, sides merged where the package has such.
  bool has_merged = false;
  for (const record::Reliability& r : scores.reliabilities) {
    has_merged = has_merged || r.merged;
  }
  std::map<int, std::vector<const record::Reliability*>> rows;
  std::size_t columns = 1;
  for (const record::Reliability& r : scores.reliabilities) {
    if (r.unit == "place" && r.merged == has_merged &&
        (r.model == record::kTruel || r.model == record::kRecalibrated || r.model == record::kSpatialHazard)) {
      rows[r.horizon_months].push_back(&r);
      columns = std::max(columns, rows[r.horizon_months].size());
    }
  }
  for (auto& [months, group] : rows) {
    std::stable_sort(group.begin(), group.end(), [](const record::Reliability* a, const record::Reliability* b) {
      return std::tuple(a->account.empty(), a->account, a->model) <
             std::tuple(b->account.empty(), b->account, b->model);
    });
  }
  const double width = 40 + static_cast<double>(columns) * (kPanel + kBetween);
  const double height = 80 + static_cast<double>(rows.size()) * (kPanel + kBelow);
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" "
      "font-family=\"sans-serif\" font-size=\"13\" fill=\"{2}\">\n<rect width=\"100%\" height=\"100%\" "
      "fill=\"white\"/>\n<text x=\"20\" y=\"22\" font-size=\"15\">Share of places that changed hands, over the "
      "probability forecast</text>\n<text x=\"20\" y=\"40\" font-size=\"11\">grey: where nine in ten points would lie, "
      "were the forecasts right</text>\n",
      width, height, kInk);
  double top = 76;
  for (const auto& [months, group] : rows) {
    double left = 30;
    for (const record::Reliability* r : group) {
      const std::string name = name_of({.model = r->model, .account = r->account});
      out += panel_svg(*r, fmt::format("{}: {}", plural(months, "month"), name), left, top);
      left += kPanel + kBetween;
    }
    top += kPanel + kBelow;
  }
  return out + "</svg>\n";
}

std::string scores_svg(const record::Scores& scores) {
  std::vector<const record::ScoreRow*> rows = headline_rows(scores);
  std::erase_if(rows, [](const auto* r) { return r->model == record::kPersistence || !std::isfinite(r->difference); });
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
  const auto x_of = [&](double d) { return kNames + (kChartWidth - kNames - 30) * (d - least) / (greatest - least); };
  const double height = 70 + kLine * static_cast<double>(rows.size()) + 30;
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" "
      "font-family=\"sans-serif\" font-size=\"13\" fill=\"{2}\">\n<rect width=\"100%\" height=\"100%\" "
      "fill=\"white\"/>\n<text x=\"16\" y=\"24\" font-size=\"15\">Brier score of control, difference from "
      "persistence</text>\n<text x=\"16\" y=\"44\">left of the line is better; bars: 95 % interval, from "
      "resampled provinces and origins</text>\n",
      kChartWidth, height, kInk);
  out += fmt::format("<line x1=\"{0:.1f}\" y1=\"56\" x2=\"{0:.1f}\" y2=\"{1:.1f}\" stroke=\"{2}\"/>\n", x_of(0),
                     height - 26, kInk);
  double y = 74;
  for (const auto* row : rows) {
    const char* colour = row->account.empty() ? kBlue : kVermillion;
    out += fmt::format("<text x=\"16\" y=\"{:.1f}\">{} months: {}</text>\n", y + 4, row->window.months, name_of(*row));
    if (std::isfinite(row->difference_low)) {
      out += fmt::format(
          "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"3\"/>\n",
          x_of(row->difference_low), y, x_of(row->difference_high), y, kGrid);
    }
    out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\" fill=\"{}\"/>\n", x_of(row->difference), y, colour);
    y += kLine;
  }
  for (const double tick : {least, 0.0, greatest}) {
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{:+.2f}</text>\n", x_of(tick),
                       height - 8, tick);
  }
  return out + "</svg>\n";
}

}  // namespace truel::output
