#include "truel/ensemble/compare/paired.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace truel::ensemble {

void ProgressOfAll::attach(EnsembleOptions& options) {
  options.progress = [this, before = done_, seconds = seconds_](const Progress& p) {
    done_ = before + p.done;
    seconds_ = seconds + p.seconds;
    if (progress_) {
      progress_({done_, wanted_, seconds_});
    }
  };
}

int stored_every(std::span<const Metric> metrics, int n_days) {
  return std::accumulate(metrics.begin(), metrics.end(), std::max(1, n_days), [](int every, const Metric& metric) {
    return metric.day > 0 ? std::gcd(every, metric.day) : every;
  });
}

Measurement measure(const CompiledModel& model, const EnsembleOptions& options, std::span<const Metric> metrics,
                    const std::function<void(const solver::Run&)>& also, const Source& source) {
  const std::vector<int> days = solver::stored_days(model, options.solve);
  Measurement result;
  result.numbers.assign(metrics.size(), std::vector<double>(options.runs, kAbsent));
  std::uint32_t first_failed = options.first + options.runs;
  visit(model, options, source, [&](const solver::Run& run) {
    if (run.status != solver::RunStatus::complete) {
      ++result.failed;
      if (run.number < first_failed) {
        first_failed = run.number;
        result.first_failure = run.status;
      }
      return;
    }
    for (std::size_t m = 0; m < metrics.size(); ++m) {
      result.numbers[m][run.number - options.first] = value_in(run, metrics[m], model, days);
    }
    if (also) {
      also(run);
    }
  });
  return result;
}

std::vector<double> differences(std::span<const double> first, std::span<const double> second) {
  TRUEL_CHECK(first.size() == second.size());
  std::vector<double> result(first.size());
  std::transform(first.begin(), first.end(), second.begin(), result.begin(), std::minus<>());
  return result;
}

}  // namespace truel::ensemble
