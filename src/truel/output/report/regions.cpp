#include "truel/output/report/regions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "truel/output/describe.hpp"
#include "truel/output/tables/table.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

using ensemble::RegionEnd;
using ensemble::RegionMap;

constexpr std::string_view kLetters = "123snf";  ///< in the order of RegionEnd

constexpr std::array<RegionEnd, ensemble::kRegionEnds> kEnds = {RegionEnd::first_wins, RegionEnd::second_wins,
                                                                RegionEnd::third_wins, RegionEnd::stalemate,
                                                                RegionEnd::nobody,     RegionEnd::failed};

bool is_victory(RegionEnd end) {
  return end <= RegionEnd::third_wins;
}

std::string end_id(const War& war, const RegionMap& map, RegionEnd end) {
  return is_victory(end) ? war.actors[at(map.sides[static_cast<std::size_t>(end)])].id : std::string(to_string(end));
}

/// "victory of the League", or the word for another end.
std::string what(const War& war, const RegionMap& map, RegionEnd end) {
  return is_victory(end) ? "victory of " + short_name(war, map.sides[static_cast<std::size_t>(end)])
                         : std::string(to_string(end));
}

/// "33.2 %"; "<0.1 %" for what is not nothing.
std::string one_decimal(double share) {
  return share > 0 && share < 0.0005 ? "<0.1 %" : fmt::format("{:.1f} %", 100 * share);
}

std::string markup(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : std::string(1, c);
  }
  return out;
}

std::string colour(const War& war, const RegionMap& map, RegionEnd end) {
  constexpr std::array kFallback = {"#4477aa", "#ee6677", "#228833"};
  if (is_victory(end)) {
    const auto side = static_cast<std::size_t>(end);
    const std::string& given = war.actors[at(map.sides[side])].colour;
    return given.empty() ? kFallback[side] : given;
  }
  return end == RegionEnd::stalemate ? "#999999" : end == RegionEnd::nobody ? "#dddddd" : "#000000";
}

// The triangle in the picture, in units of the SVG: first side on top, second on the left, third on the right.
constexpr double kSide = 600;
constexpr double kLeft = 70;
constexpr double kTop = 60;
const double kHeight = kSide * std::sqrt(3) / 2;

double across(double first, double third) {
  return kLeft + kSide * (third + first / 2);
}
double down(double first) {
  return kTop + kHeight * (1 - first);
}

}  // namespace

std::string regions_csv(const CompiledModel& model, const RegionMap& map) {
  const War& war = model.war();
  const auto head = [&](ActorIndex a) { return "first_day_" + war.actors[at(a)].id; };
  const auto fighters = [&](int part) { return map.total * part / map.divisions; };
  const auto& [one, two, three] = map.sides;
  std::string out = csv_row({head(one), head(two), head(three), "end", "fighters_left", "decided_days"});
  for (const ensemble::RegionPoint& p : map.points) {
    const auto& [a, b, c] = p.parts;
    out += csv_row({fighters(a), fighters(b), fighters(c), end_id(war, map, p.end), p.left, p.decided_days});
  }
  return out;
}

Json regions_json(const CompiledModel& model, const RegionMap& map) {
  const War& war = model.war();
  Json sides = list_of(map.sides, [&](ActorIndex a) { return war.actors[at(a)].id; });
  Json shares = Json::object();
  for (const RegionEnd end : kEnds) {
    shares[end_id(war, map, end)] = map.share(end);
  }
  std::string ends;
  for (const ensemble::RegionPoint& p : map.points) {
    ends += kLetters[static_cast<std::size_t>(p.end)];
  }
  return {{"divisions", map.divisions},
          {"total_fighters", map.total},
          {"sides", std::move(sides)},
          {"shares", std::move(shares)},
          {"ends", std::move(ends)}};
}

std::string regions_sentence(const CompiledModel& model, const RegionMap& map) {
  std::string parts;
  for (const RegionEnd end : kEnds) {
    if (const double share = map.share(end); share > 0 || is_victory(end)) {
      parts += fmt::format("{}{} from {}", parts.empty() ? "" : ", ", what(model.war(), map, end), one_decimal(share));
    }
  }
  return fmt::format("Of all divisions of {} fighters among the three ({} in the mean field): {}.",
                     rounded_count(map.total), grouped(static_cast<double>(map.points.size())), parts);
}

std::string regions_svg(const CompiledModel& model, const RegionMap& map) {
  const War& war = model.war();
  const double n = map.divisions;
  const double thick = 1.04 * kHeight / n;
  std::array<std::string, ensemble::kRegionEnds> paths;
  // Divisions beside each other in a row that end alike are one stroke. Inside a row the third side's part falls.
  for (std::size_t from = 0; from < map.points.size();) {
    const ensemble::RegionPoint& first = map.points[from];
    std::size_t to = from;
    while (to + 1 < map.points.size() && map.points[to + 1].parts[0] == first.parts[0] &&
           map.points[to + 1].end == first.end) {
      ++to;
    }
    const double row = first.parts[0] / n;
    const double right = across(row, first.parts[2] / n) + kSide / n / 2;
    const double left = across(row, map.points[to].parts[2] / n) - kSide / n / 2;
    paths[static_cast<std::size_t>(first.end)] += fmt::format("M{:.2f},{:.2f}H{:.2f}", left, down(row), right);
    from = to + 1;
  }
  const auto n_ends = std::count_if(kEnds.begin(), kEnds.end(), [&](RegionEnd end) { return map.share(end) > 0; });
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "font-family=\"sans-serif\" font-size=\"15\">\n<title>{2}: who wins from every division of {3} "
      "fighters</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
      kSide + 2 * kLeft, kTop + kHeight + 50 + 22.0 * static_cast<double>(n_ends), markup(printable(war.title)),
      rounded_count(map.total));
  for (const RegionEnd end : kEnds) {
    const std::string& path = paths[static_cast<std::size_t>(end)];
    if (!path.empty()) {
      out += fmt::format("<path d=\"{}\" stroke=\"{}\" stroke-width=\"{:.2f}\" fill=\"none\"/>\n", path,
                         markup(colour(war, map, end)), thick);
    }
  }
  std::string grid;
  for (const double f : {.25, .5, .75}) {
    grid += fmt::format("M{:.2f},{:.2f}L{:.2f},{:.2f}", across(f, 0), down(f), across(f, 1 - f), down(f));
    grid += fmt::format("M{:.2f},{:.2f}L{:.2f},{:.2f}", across(0, f), down(0), across(1 - f, f), down(1 - f));
    grid += fmt::format("M{:.2f},{:.2f}L{:.2f},{:.2f}", across(0, f), down(0), across(f, 0), down(f));
  }
  out += fmt::format("<path d=\"{}\" stroke=\"#ffffff\" stroke-opacity=\"0.5\" fill=\"none\"/>\n", grid);
  const auto label = [&](double x, double y, const char* anchor, std::string_view text) {
    out += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"{}\">{}</text>\n", x, y, anchor, markup(text));
  };
  label(across(1, 0), kTop - 14, "middle", fmt::format("all to {}", short_name(war, map.sides[0])));
  label(kLeft, down(0) + 26, "middle", fmt::format("all to {}", short_name(war, map.sides[1])));
  label(kLeft + kSide, down(0) + 26, "middle", fmt::format("all to {}", short_name(war, map.sides[2])));
  double y = down(0) + 46;
  for (const RegionEnd end : kEnds) {
    if (map.share(end) > 0) {
      out += fmt::format("<rect x=\"{:.0f}\" y=\"{:.0f}\" width=\"14\" height=\"14\" fill=\"{}\"/>\n",
                         kLeft + 0.36 * kSide, y, markup(colour(war, map, end)));
      label(kLeft + 0.36 * kSide + 22, y + 12, "start",
            fmt::format("{} from {}", what(war, map, end), one_decimal(map.share(end))));
      y += 22;
    }
  }
  return out + "</svg>\n";
}

}  // namespace truel::output
