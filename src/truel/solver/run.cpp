#include "truel/solver/run.hpp"

#include <algorithm>

#include "truel/base/month.hpp"
#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/declarations.hpp"

namespace truel::solver {
namespace {

/// How many calendar_months there are.
std::size_t month_count(const War& war) {
  return at(std::max(1, month_of(war.end - 1) - month_of(war.start) + 1));
}

}  // namespace

std::string_view to_string(SolverKind kind) {
  switch (kind) {
    case SolverKind::leap:
      return "leap";
    case SolverKind::exact:
      return "exact";
    case SolverKind::mean_field:
      return "mean-field";
  }
  return "";
}

std::string_view to_string(RunStatus status) {
  switch (status) {
    case RunStatus::complete:
      return "complete";
    case RunStatus::step_too_small:
      return "step too small";
    case RunStatus::not_finite:
      return "not finite";
    case RunStatus::event_limit:
      return "event limit";
    case RunStatus::diverged:
      return "alignment diverged";
  }
  return "";
}

std::vector<int> stored_days(const CompiledModel& model, const SolveOptions& options) {
  std::vector<int> days;
  for (int day = 0; day < model.n_days(); day += options.every_days) {
    days.push_back(day);
  }
  days.push_back(model.n_days());
  // A question about a day is answered for that day, and not for the last stored one before it.
  for (const Question& question : model.war().questions) {
    for (const Metric& metric : question.metrics) {
      const int day = metric.is_date ? metric.day - model.war().start : metric.day;
      if (day > 0 && day < model.n_days()) {
        days.push_back(day);
      }
    }
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

void Run::resize(const CompiledModel& model, std::size_t n_times) {
  const std::size_t n = at(model.n_actors());
  fighters.assign(n * n_times, 0);
  value_share.assign(n * n_times, 0);
  dyad_losses.assign(n * n * n_times, 0);
  control.assign(at(model.n_places()) * n_times, kNone);
  losses.assign(n * n, 0);
  effort.assign(n * n, 0);
  outcome.assign(n * at(n_actor_outcomes()), 0);
  support.assign(n * at(model.n_places()), 0);
  const std::size_t n_months = month_count(model.war());
  for (const MonthTallyInfo& tally : kMonthTallies) {
    (months.*tally.values).assign(n_months * month_row(model, tally.of), 0);
  }
  draws.assign(model.uncertain().size(), 0);
  if (laws::Alignment::may_act(model)) {
    alignment.assign(n * (n + 1) / 2 * n_times, 0);
  }
  war_outcome.assign(laws::count_war_outcomes(model), kAbsent);
  settlement_series.assign(model.settlement().series_count() * n_times, 0);
  settlement.assign(model.settlement().size(), 0);
}

}  // namespace truel::solver
