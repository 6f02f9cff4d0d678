#include "truel/solver/results/month_recorder.hpp"

#include <algorithm>

namespace truel::solver {

MonthRecorder::MonthRecorder(const CompiledModel& model, bool keeps_months)
    : months_(keeps_months ? calendar_months(model.war().start, model.war().end) : std::vector<MonthSpan>()) {}

void MonthRecorder::restart(const State& s) {
  done_ = 0;
  for (std::size_t k = 0; k < kMonthTallies.size(); ++k) {
    marks_[k].assign(kMonthTallies[k].so_far(s).size(), 0);
  }
}

void MonthRecorder::begin_day(const State& s, Run& run) {
  while (done_ + 1 < months_.size() && months_[done_].until <= s.day) {
    record(s, run);
  }
}

void MonthRecorder::finish(const State& s, Run& run) {
  if (done_ < months_.size()) {
    record(s, run);
  }
  done_ = months_.size();  // in the others nothing did, as Run::resize has it
}

int MonthRecorder::next_first_day(int day) const {
  const auto next = std::find_if(months_.begin() + static_cast<std::ptrdiff_t>(done_), months_.end(),
                                 [&](const MonthSpan& m) { return m.from > day; });
  return next == months_.end() ? months_.back().until : next->from;
}

void MonthRecorder::record(const State& s, Run& run) {
  for (std::size_t k = 0; k < kMonthTallies.size(); ++k) {
    const std::span<const double> so_far = kMonthTallies[k].so_far(s);
    float* row = (run.months.*kMonthTallies[k].values).data() + done_ * so_far.size();
    for (std::size_t i = 0; i < so_far.size(); ++i) {
      row[i] = static_cast<float>(so_far[i] - marks_[k][i]);
    }
    marks_[k].assign(so_far.begin(), so_far.end());
  }
  ++done_;
}

}  // namespace truel::solver
