#include "truel/output/arrays/law_columns.hpp"

#include <limits>

#include "truel/laws/declarations.hpp"

namespace truel::output {

using enum ArrayType;

void WarColumns::define(const ColumnMaker& column, const Frame& frame, const CompiledModel& model) {
  moves_alignment_ = frame.moves_alignment;
  if (moves_alignment_) {
    define_alignment(column, frame);
  }
  for (std::size_t o = 0; o < war_outcomes().size(); ++o) {
    const WarOutcomeInfo& info = war_outcomes()[o];
    if (const int place = laws::place_of(model, static_cast<WarOutcome>(o)); place != kNone) {
      OfWar& outcome = war_outcomes_.emplace_back();
      outcome.first = at(place);
      const char* unit = info.scale == OutcomeScale::day ? "day" : "1";
      if (info.of == WarOutcomeInfo::Of::war) {
        column(outcome.column, info.array.data(), float64, {}, info.meaning.data(), unit);
      } else {
        column(outcome.column, info.array.data(), float64, {frame.actor}, info.meaning.data(), unit);
        column.file.attribute(outcome.column.variable, "coordinates", "actor_name actor_kind");
        outcome.count = frame.actor.length;
      }
    }
  }
}

/// Of every pair, an actor with itself included.
void WarColumns::define_alignment(const ColumnMaker& column, const Frame& frame) {
  const War& war = frame.war;
  std::vector<std::string> first;
  std::vector<std::string> second;
  for (std::size_t a = 0; a < war.actors.size(); ++a) {
    for (std::size_t b = a; b < war.actors.size(); ++b) {
      first.push_back(war.actors[a].id);
      second.push_back(war.actors[b].id);
    }
  }
  const ArrayDimension pair = column.file.dimension("pair", first.size());
  column.file.labels("pair_first", pair, "first actor of the pair", first);
  column.file.labels("pair_second", pair, "second actor of the pair", second);
  column(alignment_, "alignment", float32, {pair, frame.time}, "alignment of the two actors, from enmity to alliance",
         "1");
  column.file.attribute(alignment_.variable, "coordinates", "pair_first pair_second");
}

void WarColumns::add(const solver::Run& run, bool is_complete) {
  for (const float x : run.alignment) {
    alignment_.values.push_back(is_complete ? x : std::numeric_limits<float>::quiet_NaN());
  }
  for (OfWar& outcome : war_outcomes_) {
    for (std::size_t k = 0; k < outcome.count; ++k) {
      outcome.column.values.push_back(is_complete ? run.war_outcome[outcome.first + k] : kAbsent);
    }
  }
}

void WarColumns::put(ArrayTarget& file, std::size_t first) {
  if (moves_alignment_) {
    alignment_.put(file, first);
  }
  for (OfWar& outcome : war_outcomes_) {
    outcome.column.put(file, first);
  }
}

void SettlementColumns::define(const ColumnMaker& column, const Frame& frame) {
  if (shape_.issues == 0) {
    return;
  }
  n_times_ = frame.time.length;
  const ArrayDimension issue = column.file.dimension("issue", frame.war.issues.size());
  const ArrayDimension round = column.file.dimension("round", at(shape_.rounds + 1));
  column.file.labels("issue", issue, "issue of the talks", frame.war.issues);
  const std::vector<ArrayDimension> rounds = {issue, round};
  const std::vector<ArrayDimension> times = {issue, frame.time};
  const std::vector<ArrayDimension> actors = {issue, frame.actor, frame.time};
  column(columns_[0], "settlement_round_median", float64, rounds,
         "weighted median of the positions after each round, on the last day", "1");
  column(columns_[1], "settlement_round_mean", float64, rounds,
         "weighted mean of the positions after each round, on the last day", "1");
  column(columns_[2], "settlement_median", float64, times, "predicted settlement: weighted median", "1");
  column(columns_[3], "settlement_mean", float64, times, "predicted settlement: weighted mean", "1");
  column(columns_[4], "settlement_position", float64, actors, "position of the actor after the last round", "1");
  column(columns_[5], "settlement_risk", float64, actors, "attitude of the actor to risk", "1");
  column(columns_[6], "settlement_probability", float64, actors, "chance of the actor's position", "1");
}

void SettlementColumns::add(const solver::Run& run, bool is_complete) {
  if (shape_.issues == 0) {
    return;
  }
  const auto last_day = [&](std::size_t where) { return is_complete ? run.settlement[where] : kAbsent; };
  const auto add_series = [&](std::size_t column, std::size_t row) {
    for (std::size_t t = 0; t < n_times_; ++t) {
      const auto value = static_cast<double>(run.settlement_series[row * n_times_ + t]);
      columns_[column].values.push_back(is_complete ? value : kAbsent);
    }
  };
  for (IssueIndex i = 0; i < shape_.issues; ++i) {
    for (int r = 0; r <= shape_.rounds; ++r) {
      columns_[0].values.push_back(last_day(shape_.median(i, r)));
      columns_[1].values.push_back(last_day(shape_.mean(i, r)));
    }
    add_series(2, shape_.series(i, SettlementSeries::median));
    add_series(3, shape_.series(i, SettlementSeries::mean));
    for (ActorIndex a = 0; a < shape_.actors; ++a) {
      add_series(4, shape_.series(i, SettlementSeries::position, a));
      add_series(5, shape_.series(i, SettlementSeries::risk, a));
      add_series(6, shape_.series(i, SettlementSeries::probability, a));
    }
  }
}

void SettlementColumns::put(ArrayTarget& file, std::size_t first) {
  if (shape_.issues == 0) {
    return;
  }
  for (Column<double>& column : columns_) {
    column.put(file, first);
  }
}

}  // namespace truel::output
