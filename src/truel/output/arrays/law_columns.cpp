#include "truel/output/arrays/law_columns.hpp"

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
    Columns::About about = {
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

void add_settlement(Columns& columns, const Frame& frame, const SettlementShape& shape) {
  if (shape.issues == 0) {
    return;
  }
  const ArrayDimension issue = columns.file.dimension("issue", frame.war.issues.size());
  const ArrayDimension round = columns.file.dimension("round", at(shape.rounds + 1));
  columns.file.labels("issue", issue, "issue of the talks", frame.war.issues);

  using Where = std::size_t (SettlementShape::*)(IssueIndex, int) const;
  const auto add_rounds = [&](const char* name, Where where, const char* meaning) {
    columns.add<double>({.name = name, .of = {issue, round}, .meaning = meaning, .unit = "1"},
                        [&shape, where](const Run& run, auto& values) {
                          for (IssueIndex i = 0; i < shape.issues; ++i) {
                            for (int r = 0; r <= shape.rounds; ++r) {
                              values.push_back(run.settlement[(shape.*where)(i, r)]);
                            }
                          }
                        });
  };
  add_rounds("settlement_round_median", &SettlementShape::median,
             "weighted median of the positions after each round, on the last day");
  add_rounds("settlement_round_mean", &SettlementShape::mean,
             "weighted mean of the positions after each round, on the last day");

  const std::size_t n_times = frame.time.length;
  const auto add_series = [&](const char* name, SettlementSeries series, bool is_of_actors, const char* meaning) {
    const std::vector<ArrayDimension> of = is_of_actors ? std::vector{issue, frame.actor, frame.time}  //
                                                        : std::vector{issue, frame.time};
    columns.add<double>(
        {.name = name, .of = of, .meaning = meaning, .unit = "1"},
        [&shape, n_times, series, n = is_of_actors ? shape.actors : 1](const Run& run, auto& values) {
          for (IssueIndex i = 0; i < shape.issues; ++i) {
            for (ActorIndex a = 0; a < n; ++a) {
              append(values, std::span(run.settlement_series).subspan(shape.series(i, series, a) * n_times, n_times));
            }
          }
        });
  };
  add_series("settlement_median", SettlementSeries::median, false, "predicted settlement: weighted median");
  add_series("settlement_mean", SettlementSeries::mean, false, "predicted settlement: weighted mean");
  add_series("settlement_position", SettlementSeries::position, true, "position of the actor after the last round");
  add_series("settlement_risk", SettlementSeries::risk, true, "attitude of the actor to risk");
  add_series("settlement_probability", SettlementSeries::probability, true, "chance of the actor's position");
}

}  // namespace truel::output
