#include "truel/ensemble/summary/regions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "truel/ensemble/parallel.hpp"
#include "truel/solver/start.hpp"

namespace truel::ensemble {

using solver::Run;

std::string_view to_string(RegionEnd end) {
  switch (end) {
    case RegionEnd::stalemate:
      return "stalemate";
    case RegionEnd::nobody:
      return "nobody";
    case RegionEnd::failed:
      return "failed";
    default:
      return "";
  }
}

double RegionMap::share(RegionEnd end) const {
  const auto n = std::count_if(points.begin(), points.end(), [&](const RegionPoint& p) { return p.end == end; });
  return static_cast<double>(n) / static_cast<double>(points.size());
}

namespace {

/// What is left to whoever wins among equals, as a share of the first force: they end together but for the error of the
/// integration, which grows as they near the end.
constexpr double kTied = 1e-6;

RegionEnd end_of(const std::array<ActorIndex, 3>& sides, double total, const Run& run, RegionPoint& point) {
  if (run.status != solver::RunStatus::complete) {
    return RegionEnd::failed;
  }
  int alive = 0;
  int winner = 0;
  double last_gone = 0;
  for (int side = 0; side < 3; ++side) {
    const double fighters = run.of(sides[at(side)], ActorOutcome::final_fighters);
    point.left += fighters;
    if (fighters > 0) {
      ++alive;
      winner = side;
    } else if (const double gone = run.of(sides[at(side)], ActorOutcome::extinction_day); !std::isnan(gone)) {
      last_gone = std::max(last_gone, gone);
    }
  }
  if (alive == 1 && point.left > kTied * total) {
    point.decided_days = last_gone;
    return static_cast<RegionEnd>(winner);
  }
  return alive < 2 ? RegionEnd::nobody : RegionEnd::stalemate;
}

/// First-day fighters of each actor as the package has them, at the medians.
std::vector<double> first_fighters(const CompiledModel& model) {
  State state(model);
  state.values.assign(model.medians().begin(), model.medians().end());
  solver::start_realization(model, state, false);
  return state.tallies.first_fighters;
}

}  // namespace

Result<RegionMap> map_regions(const CompiledModel& model, const RegionOptions& options) {
  const War& war = model.war();
  const std::string file = war.folder.empty() ? std::string() : war.folder + "/";
  std::vector<ActorIndex> ground;
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    if (!model.is_air(a)) {
      ground.push_back(a);
    }
  }
  if (ground.size() != 3) {
    return Diagnostic{
        {file + "actors.csv"},
        fmt::format("a map of regions divides a force among three ground actors; this war has {}", ground.size()),
        "pose the question as a package of three, or run without --map-regions"};
  }
  RegionMap map;
  map.divisions = options.divisions;
  std::copy(ground.begin(), ground.end(), map.sides.begin());
  const std::vector<double> first = first_fighters(model);
  Diagnostics faults;
  for (const ActorIndex a : map.sides) {
    map.total += first[at(a)];
    if (first[at(a)] <= 0) {
      faults.push_back({{file + "forces.csv"},
                        fmt::format("{} has no fighters on the first day, so it is not known where its part of the "
                                    "force would stand",
                                    war.actors[at(a)].id),
                        "give it a row with fighters, however few"});
    }
  }
  if (!faults.empty()) {
    return faults;
  }

  solver::SolveOptions solve{.solver = solver::SolverKind::mean_field,
                             .every_days = std::max(1, model.n_days()),
                             .tolerance = options.tolerance};
  solve.keeps_months = false;  // every stop begins the integration anew
  solve.counts_losses = false;
  const int n = options.divisions;
  const auto row_begin = [&](int i) { return at(i) * at(n + 1) - at(i) * at(i - 1) / 2; };
  map.points.resize(at(n + 1) * at(n + 2) / 2, {{}, RegionEnd::failed, 0, kAbsent});
  // A row of the map is one task: long enough to be worth handing out, short enough to share the work evenly. A few of
  // its points are solved together, so that what a solver needs is made once for them.
  constexpr int kTogether = 16;
  for_each_index(at(n + 1), options.threads, [&](std::size_t row) {
    const int i = static_cast<int>(row);
    const std::vector<std::uint32_t> numbers(kTogether, 0);
    const std::vector<solver::Path*> no_paths(kTogether, nullptr);
    std::vector<Run> runs(kTogether);
    std::vector<double> values;
    const auto goes_on = [&] { return options.stop == nullptr || !options.stop->load(); };
    for (int from = 0; i + from <= n && goes_on(); from += kTogether) {
      const int count = std::min(kTogether, n - i - from + 1);
      values.clear();
      for (int k = 0; k < count; ++k) {
        RegionPoint& point = map.points[row_begin(i) + at(from + k)];
        point.parts = {i, from + k, n - i - from - k};
        values.insert(values.end(), model.medians().begin(), model.medians().end());
        double* own = values.data() + at(k) * model.medians().size();
        for (std::size_t f = 0; f < war.forces.size(); ++f) {
          const auto side = std::find(map.sides.begin(), map.sides.end(), war.forces[f].actor);
          if (side != map.sides.end()) {
            const double wanted = map.total * point.parts[static_cast<std::size_t>(side - map.sides.begin())] / n;
            const int parameter = war.force(static_cast<int>(f));
            own[parameter] = model.medians()[at(parameter)] * (wanted / first[at(*side)]);
          }
        }
      }
      solver::solve(model, solve, std::span(numbers).first(at(count)), values, std::span(runs).first(at(count)),
                    std::span(no_paths).first(at(count)));
      for (int k = 0; k < count; ++k) {
        RegionPoint& point = map.points[row_begin(i) + at(from + k)];
        point.end = end_of(map.sides, map.total, runs[at(k)], point);
      }
    }
  });
  return map;
}

}  // namespace truel::ensemble
