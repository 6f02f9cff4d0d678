#include "truel/solver/run.hpp"

#include <algorithm>

#include "truel/base/month.hpp"
#include "truel/model/solver_names.hpp"
#include "truel/solver/results/run_parts.hpp"

namespace truel::solver {
namespace {

/// How many calendar_months there are.
std::size_t month_count(const War& war) {
  return at(std::max(1, month_of(war.end - 1) - month_of(war.start) + 1));
}

}  // namespace

std::string_view to_string(SolverKind kind) {
  return kSolverNames.at(static_cast<std::size_t>(kind));
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

void Run::resize(const CompiledModel& model, std::size_t n_times, bool has_months) {
  const auto make_room = [&](const auto& part) {
    auto& list = this->*part.values;
    const std::size_t size = part.size(model, n_times);
    if (list.size() == size) {  // most often: it was used before
      std::fill(list.begin(), list.end(), part.blank);
    } else {
      list.assign(size, part.blank);
    }
  };
  std::apply([&](const auto&... part) { (make_room(part), ...); }, kRunParts);
  make_room(kDyadLosses);
  const std::size_t n_months = has_months ? month_count(model.war()) : 0;
  for (const MonthTallyInfo& tally : kMonthTallies) {
    (months.*tally.values).assign(n_months * month_row(model, tally.of), 0);
  }
}

}  // namespace truel::solver
