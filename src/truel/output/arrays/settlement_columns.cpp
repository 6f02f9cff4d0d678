#include "truel/output/arrays/settlement_columns.hpp"

namespace truel::output {

using enum ArrayType;

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
