#include "truel/output/arrays/law_columns.hpp"

#include <fmt/format.h>

#include "truel/laws/declarations.hpp"

namespace truel::output {

using solver::Run;

void add_alignment(Columns& columns, const Frame& frame) {
  if (!frame.moves_alignment) {
    return;
  }
  const War& war = frame.war;
  std::vector<std::string> first;
  std::vector<std::string> second;
  for (std::size_t a = 0; a < war.actors.size(); ++a) {
    for (std::size_t b = a; b < war.actors.size(); ++b) {
      first.push_back(war.actors[a].id);
      second.push_back(war.actors[b].id);
    }
  }
  const ArrayDimension pair = columns.file.dimension("pair", first.size());
  columns.file.labels("pair_first", pair, "first actor of the pair", first);
  columns.file.labels("pair_second", pair, "second actor of the pair", second);
  columns.add<float>({.name = "alignment",
                      .of = {pair, frame.time},
                      .meaning = "alignment of the two actors, from enmity to alliance",
                      .unit = "1",
                      .coordinates = "pair_first pair_second"},
                     [](const Run& run, auto& values) { append(values, run.alignment); });
}

void add_war_outcomes(Columns& columns, const Frame& frame, const CompiledModel& model) {
  for (std::size_t o = 0; o < war_outcomes().size(); ++o) {
    const WarOutcomeInfo& info = war_outcomes()[o];
    const int place = laws::place_of(model, static_cast<WarOutcome>(o));
    if (place == kNone) {
      continue;
    }
    Columns::Description about = {
        .name = info.array, .meaning = info.meaning, .unit = info.scale == OutcomeScale::day ? "day" : "1"};
    if (info.of == WarOutcomeInfo::Of::actor) {
      about.of = {frame.actor};
      about.coordinates = kActorCoordinates;
    }
    const std::size_t count = about.of.empty() ? 1 : frame.actor.length;
    columns.add<double>(about, [place, count](const Run& run, auto& values) {
      append(values, std::span(run.war_outcome).subspan(at(place), count));
    });
  }
}

void add_issues(Columns& columns, const Frame& frame, const IssueShape& shape) {
  if (shape.issues == 0) {
    return;
  }
  const IssueLawInfo& law = issue_law();
  const int n_results = static_cast<int>(law.results.size());
  const ArrayDimension issue = columns.file.dimension("issue", frame.war.issues.size());
  const ArrayDimension round = columns.file.dimension("round", at(shape.rounds + 1));
  columns.file.labels("issue", issue, "issue of the talks", frame.war.issues);
  for (int k = 0; k < n_results; ++k) {
    const IssueResultInfo& info = law.results[at(k)];
    if (!info.by_round.empty()) {
      const std::string name = fmt::format("{}_round_{}", law.name, info.name);
      columns.add<double>({.name = name, .of = {issue, round}, .meaning = info.by_round, .unit = "1"},
                          [&shape, k](const Run& run, auto& values) {
                            for (IssueIndex i = 0; i < shape.issues; ++i) {
                              for (int r = 0; r <= shape.rounds; ++r) {
                                values.push_back(run.issues[shape.place(k, i, r)]);
                              }
                            }
                          });
    }
  }
  const std::size_t n_times = frame.time.length;
  for (int k = 0; k < n_results; ++k) {
    const IssueResultInfo& info = law.results[at(k)];
    if (info.over_time.empty()) {
      continue;
    }
    const std::string name = fmt::format("{}_{}", law.name, info.name);
    const bool is_of_actors = info.of != IssueResultInfo::Of::round;
    columns.add<double>(
        {.name = name,
         .of = is_of_actors ? std::vector{issue, frame.actor, frame.time} : std::vector{issue, frame.time},
         .meaning = info.over_time,
         .unit = "1"},
        [&shape, n_times, k](const Run& run, auto& values) {
          for (IssueIndex i = 0; i < shape.issues; ++i) {
            for (ActorIndex a = 0; a < shape.series_of(k); ++a) {
              append(values, std::span(run.issue_series).subspan(shape.series(k, i, a) * n_times, n_times));
            }
          }
        });
  }
}

}  // namespace truel::output
