#include "truel/output/arrays/war_outcome_columns.hpp"

#include "truel/laws/declarations.hpp"

namespace truel::output {

using enum ArrayType;

void WarOutcomeColumns::define(const ColumnMaker& column, const Frame& frame, const CompiledModel& model) {
  for (std::size_t o = 0; o < war_outcomes().size(); ++o) {
    const WarOutcomeInfo& info = war_outcomes()[o];
    if (const int place = laws::place_of(model, static_cast<WarOutcome>(o)); place != kNone) {
      Outcome& outcome = outcomes_.emplace_back();
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

void WarOutcomeColumns::add(const solver::Run& run, bool is_complete) {
  for (Outcome& outcome : outcomes_) {
    for (std::size_t k = 0; k < outcome.count; ++k) {
      outcome.column.values.push_back(is_complete ? run.war_outcome[outcome.first + k] : kAbsent);
    }
  }
}

void WarOutcomeColumns::put(ArrayTarget& file, std::size_t first) {
  for (Outcome& outcome : outcomes_) {
    outcome.column.put(file, first);
  }
}

}  // namespace truel::output
