#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "truel/output/describe.hpp"
#include "truel/output/falls.hpp"
#include "truel/output/output.hpp"
#include "truel/output/text.hpp"

namespace truel::output {
namespace {

using ensemble::ActorSummary;
using ensemble::Summary;

constexpr int kLeastColumns = 60;
constexpr int kGap = 2;
constexpr int kLeastName = 16;

/// "87 %", and one digit more where the error is that small.
std::string probability(double p, double se) {
  const bool is_fine = p > 0 && p < 1 && std::isfinite(se) && se < 0.005;
  return is_fine ? fmt::format("{:.1f} %", 100 * p) : percent(p);
}

/// "±1.2", in points of a percentage; nothing where all realizations agree.
std::string error_of(double p, double se) {
  return p > 0 && p < 1 && std::isfinite(se) ? fmt::format("±{:.1f}", 100 * se) : "";
}

std::string interval(const ensemble::Quantity& q) {
  const std::string low = rounded_count(q.q05);
  const std::string high = rounded_count(q.q95);
  return low == high ? low : low + "–" + high;
}

struct TableColumn {
  std::string head;
  std::vector<std::string> cells;
  int cost = 0;  ///< columns with the greatest cost go first where the terminal is narrow; 0: never

  int width() const {
    int width = display_width(head);
    for (const std::string& cell : cells) {
      width = std::max(width, display_width(cell));
    }
    return width;
  }
};

std::string answer(const War& war, const Summary& summary, const std::vector<Fall>& all) {
  if (summary.runs == 0) {
    return "No run came to its end, so there is no answer.";
  }
  if (all.empty()) {
    return fmt::format("No actor collapses by {} in any of the runs.", long_date(war.end));
  }
  const Fall& first = all.front();
  const double se = std::sqrt(first.probability * (1 - first.probability) / std::max<double>(1, static_cast<double>(summary.runs)));
  const std::string name = short_name(war, first.actor);
  const std::string share = first.probability >= 1 ? "all runs" : fmt::format("{} of the runs (±{:.1f})", percent(first.probability), 100 * se);
  if (first.probability >= 0.5) {
    return fmt::format("Earliest to fall: {}. Collapse in {}, in half of these by {}.", name, share, long_date(first.median_date));
  }
  return fmt::format("No actor collapses in most runs. Nearest to it: {}, in {}.", name, share);
}

}  // namespace

std::string terminal_table(const dynamics::CompiledModel& model, const Summary& summary, int columns_wide) {
  const War& war = model.war();
  const int wide = std::max(columns_wide, kLeastColumns);

  std::vector<ActorIndex> order;
  std::vector<std::string> unrated;
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    if (std::isnan(summary.actors[at(a)].survival_probability)) {
      unrated.push_back(short_name(war, a));
    } else {
      order.push_back(a);
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](ActorIndex a, ActorIndex b) {
    const ActorSummary& x = summary.actors[at(a)];
    const ActorSummary& y = summary.actors[at(b)];
    return x.survival_probability != y.survival_probability ? x.survival_probability > y.survival_probability
                                                            : x.final_fighters.q50 > y.final_fighters.q50;
  });

  TableColumn names{"Actor", {}};
  std::vector<TableColumn> columns = {{"Survives", {}}, {"", {}, 3}, {"Falls", {}}, {"First day", {}, 4}, {"Last day", {}},
                                      {"90 in 100 runs", {}, 1}, {"Value", {}, 2}, {"People", {}, 6}, {"Killed", {}, 5}};
  for (const ActorIndex a : order) {
    const ActorSummary& s = summary.actors[at(a)];
    names.cells.push_back(short_name(war, a));
    const std::array<std::string, 9> cells = {
        probability(s.survival_probability, s.survival_se),
        error_of(s.survival_probability, s.survival_se),
        s.collapse_share > 0 && std::isfinite(s.collapse_day.q50) ? short_month(date_of(war, s.collapse_day.q50)) : "-",
        rounded_count(s.first_fighters),
        rounded_count(s.final_fighters.q50),
        interval(s.final_fighters),
        percent(s.value_share.mean),
        percent(s.population_share.mean),
        rounded_count(s.losses.q50)};
    for (std::size_t c = 0; c < cells.size(); ++c) {
      columns[c].cells.push_back(cells[c]);
    }
  }
  const auto room_for_names = [&] {
    return std::accumulate(columns.begin(), columns.end(), wide,
                           [](int left, const TableColumn& c) { return left - kGap - c.width(); });
  };
  while (room_for_names() < std::min(names.width(), kLeastName)) {
    const auto costliest = std::max_element(columns.begin(), columns.end(),
                                            [](const TableColumn& a, const TableColumn& b) { return a.cost < b.cost; });
    if (costliest->cost == 0) {
      break;
    }
    columns.erase(costliest);
  }
  const int name_width = std::clamp(room_for_names(), 5, names.width());

  std::string out;
  const auto add = [&](std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  };
  const auto add_text = [&](std::string_view text) {
    for (const std::string& line : wrapped(text, wide)) {
      add(line);
    }
  };
  add_text(fmt::format("{}: {} to {}, {} {}", printable(war.title), long_date(war.start), long_date(war.end),
                       grouped(static_cast<double>(summary.runs)), summary.runs == 1 ? "run" : "runs"));
  add_text(answer(war, summary, falls(model, summary)));
  add("");
  std::string head = left_aligned(names.head, name_width);
  for (const TableColumn& c : columns) {
    head += std::string(kGap, ' ') + right_aligned(c.head, c.width());
  }
  add(head);
  for (std::size_t row = 0; row < order.size(); ++row) {
    std::string line = left_aligned(fitted(names.cells[row], name_width), name_width);
    for (const TableColumn& c : columns) {
      line += std::string(kGap, ' ') + right_aligned(c.cells[row], c.width());
    }
    add(line);
  }
  add("");
  if (!unrated.empty()) {
    add_text(fmt::format("Not rated, as they hold no ground: {}.", fmt::join(unrated, ", ")));
  }
  add_text(fmt::format("Civilians harmed: {} (in 90 of 100 runs {}).", rounded_count(summary.civilian_harm.q50),
                       interval(summary.civilian_harm)));
  add_text("Survives: share of the runs, ± Monte Carlo error in points. Falls: middle date of the runs in which it "
           "does. Fighters and killed: middle run. Value, people: mean share of the map held on the last day.");
  if (summary.failed_runs > 0) {
    add_text(fmt::format("{} of {} runs failed and are left out of these numbers; ensemble.nc says which and why.",
                         grouped(static_cast<double>(summary.failed_runs)),
                         grouped(static_cast<double>(summary.failed_runs + summary.runs))));
  }
  out.pop_back();
  return out;
}

}  // namespace truel::output
