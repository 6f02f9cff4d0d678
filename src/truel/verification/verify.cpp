#include "truel/verification/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>
#include <set>

#include "truel/app/package.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/ensemble/compare/paired.hpp"
#include "truel/scenario/formats/package_files.hpp"
#include "truel/scenario/scenario.hpp"
#include "truel/verification/cases.hpp"

namespace truel::verification {
namespace {

namespace fs = std::filesystem;

/// What one run configuration gives: the numbers of the metrics asked of it, realization by realization.
struct Group {
  std::uint32_t runs = 0;  ///< the most that a check asks for
  std::vector<Metric> metrics;
  std::vector<std::vector<double>> numbers;  ///< [metric][realization]
  std::string failure;                       ///< the status of failed realizations
  std::optional<Cases> cases;                ///< of CheckRun::cases
};

/// What configurations have in common that differ in no more than how many realizations they make: the first of the
/// many are the few.
struct OrderWithoutRuns {
  bool operator()(CheckRun a, const CheckRun& b) const {
    a.runs = b.runs;
    return a < b;
  }
};

using Groups = std::map<CheckRun, Group, OrderWithoutRuns>;

/// The checks of a package, and the runs they need.
struct Plan {
  Package package;
  fs::path folder;
  War war;  ///< the basic model
  Groups groups;
  struct MetricPair {
    std::size_t metric, against_metric;
  };
  std::vector<MetricPair> uses;  ///< of each row, into Group::metrics
  Diagnostics mistakes;          ///< of the tables of cases

  std::size_t runs() const {
    return std::accumulate(groups.begin(), groups.end(), std::size_t{0},
                           [](std::size_t sum, const auto& group) { return sum + runs_of(group.second); });
  }
  static std::size_t runs_of(const Group& group) {
    return group.runs * (group.cases ? group.cases->columns.size() : 1);
  }
};

/// Without dots and a slash at the end, so that its last part is its name.
fs::path normal(const fs::path& path) {
  const fs::path plain = path.lexically_normal();
  return plain.filename().empty() && plain.has_relative_path() ? plain.parent_path() : plain;
}

bool is_at_hand(const CheckRun& run, const fs::path& package, const fs::path& data) {
  std::error_code error;
  return !run.cases || !run.cases->is_data || fs::exists(cases_file(*run.cases, package, data), error);
}

Plan plan_of(const fs::path& folder, War read, const VerifyOptions& options) {
  Plan plan;
  plan.war = std::move(read);
  const War& war = plan.war;
  plan.folder = folder;
  plan.package.name = normal(fs::absolute(folder)).filename().string();
  plan.package.title = war.title;
  const auto ask = [&](const CheckRun& run, const Metric& metric) {
    Group& group = plan.groups[run];
    group.runs = std::max(group.runs, run.runs);
    group.metrics.push_back(metric);
    return group.metrics.size() - 1;
  };
  for (const Check& check : war.checks) {
    Row row;
    row.package = plan.package.name;
    row.check = check;
    Plan::MetricPair use{};
    if (is_at_hand(check.run, folder, options.data)) {
      row.verdict = Verdict::fail;
      use.metric = ask(check.run, check.reading);
      use.against_metric = check.against ? ask(*check.against, check.reading) : 0;
    }
    plan.package.rows.push_back(std::move(row));
    plan.uses.push_back(use);
  }
  for (auto& [run, group] : plan.groups) {
    if (run.cases) {
      auto cases = read_cases(*run.cases, cases_file(*run.cases, folder, options.data));
      if (cases) {
        group.cases = std::move(*cases);
      } else {
        cases.add_error_to(plan.mistakes);
      }
    }
  }
  return plan;
}

/// Days between stored states that store every day the metrics look at.
int stored_every(const CheckRun& run, const std::vector<Metric>& metrics, int n_days) {
  if (run.every > 0) {
    return run.every;
  }
  int every = std::max(1, n_days);
  for (const Metric& metric : metrics) {
    every = info_of(metric).needs_every_day ? 1 : metric.day > 0 ? std::gcd(every, metric.day) : every;
  }
  return every;
}

/// The numbers of the metrics in so many realizations of one war.
Result<ensemble::Measurement> measure(War war, const CheckRun& run, std::uint32_t runs,
                                      const std::vector<Metric>& metrics, const VerifyOptions& options,
                                      const std::function<void(std::size_t)>& progress) {
  TRUEL_TRY(const auto model, compile(std::make_shared<const War>(std::move(war))));
  ensemble::EnsembleOptions ensemble{.solve = {.solver = *app::solver_of(run.solver),
                                               .seed = run.seed,
                                               .every_days = stored_every(run, metrics, model.n_days()),
                                               .steps_per_day = run.steps_per_day,
                                               .event_limit = options.event_limit},
                                     .runs = runs,
                                     .threads = options.threads,
                                     .stop = options.stop};
  ensemble.progress = [&](const ensemble::Progress& p) { progress(p.done); };
  return ensemble::measure(model, ensemble, metrics);
}

/// Solves one run configuration, case after case where it has some; the mistakes that keep it from running, if there
/// are any.
Diagnostics solve(const Plan& plan, const CheckRun& run, Group& group, const VerifyOptions& options,
                  const std::function<void(std::size_t)>& progress) {
  const scenario::Overlay overlay{
      .accounts = run.accounts, .settings = run.settings, .from = run.from, .until = run.until};
  const bool has_days = run.from || run.until;
  TRUEL_TRY(const auto war,
            has_days ? scenario::read(plan.folder, overlay) : scenario::with_overlay(plan.war, overlay));
  std::vector<Metric> asked = group.metrics;
  if (run.cases) {
    std::transform(run.cases->record.begin(), run.cases->record.end(), std::back_inserter(asked),
                   [](const auto& record) { return record.first; });
  }
  CaseMeans means(group.metrics, group.runs);
  Diagnostics mistakes;
  std::size_t done = 0;
  for (std::size_t row = 0; row < (group.cases ? group.cases->columns.size() : 1); ++row) {
    War one = war;
    if (group.cases) {
      const Diagnostics wrong = lay_over(*run.cases, group.cases->columns[row], one);
      mistakes.insert(mistakes.end(), wrong.begin(), wrong.end());
    }
    if (!mistakes.empty()) {
      continue;
    }
    TRUEL_TRY(const auto measured, measure(std::move(one), run, group.runs, asked, options,
                                           [&](std::size_t more) { progress(done + more); }));
    done += group.runs;
    means.add(measured.numbers, group.cases ? group.cases->record[row] : std::vector<Cases::Cell>());
    if (measured.failed > 0 && group.failure.empty()) {
      const std::string_view status = solver::to_string(measured.first_failure);
      group.failure = group.runs == 1 ? std::string(status)
                                      : fmt::format("{} in {} of {} runs", status, measured.failed, group.runs);
      group.failure += group.cases ? fmt::format(", case {}", row + 1) : "";
    }
  }
  group.numbers = means.numbers();
  return mistakes;
}

std::vector<double> first_of(const std::vector<double>& numbers, std::size_t n) {
  return {numbers.begin(), std::next(numbers.begin(), static_cast<std::ptrdiff_t>(n))};
}

struct Estimate {
  double value = kAbsent, standard_error = kAbsent;
  std::size_t n = 0;
};

/// A statistic of the realizations in which the metric has a number.
Estimate estimate(std::vector<double> values, Statistic statistic) {
  const Mean mean = mean_of(values);
  Estimate e{.n = mean.n};
  if (e.n == 0) {
    return e;
  }
  std::erase_if(values, [](double x) { return std::isnan(x); });
  std::sort(values.begin(), values.end());
  switch (statistic) {
    case Statistic::mean:
      e.value = mean.value;
      e.standard_error = mean.standard_error;
      break;
    case Statistic::se:
      e.value = mean.standard_error;
      break;
    case Statistic::q05:
      e.value = quantile_of_sorted(values, 0.05);
      break;
    case Statistic::q50:
      e.value = quantile_of_sorted(values, 0.50);
      break;
    case Statistic::q95:
      e.value = quantile_of_sorted(values, 0.95);
      break;
  }
  return e;
}

double margin_of(const Check& check, const Estimate& e) {
  switch (check.tolerance_kind) {
    case ToleranceKind::none:
      return 0;
    case ToleranceKind::absolute:
      return check.tolerance;
    case ToleranceKind::relative:
      return check.tolerance * std::abs(check.value);
    case ToleranceKind::standard_errors: {
      const bool is_probability =
          info_of(check.reading).is_probability() && !check.against && check.value >= 0 && check.value <= 1;
      const double n = static_cast<double>(std::max<std::size_t>(1, e.n));
      return check.tolerance * (is_probability ? std::sqrt(check.value * (1 - check.value) / n) : e.standard_error);
    }
  }
  return 0;
}

bool holds(const Check& check, double got, double margin) {
  switch (check.relation) {
    case Relation::equal:
      return std::abs(got - check.value) <= margin;
    case Relation::above:
      return got > check.value + margin;
    case Relation::below:
      return got < check.value - margin;
  }
  return false;
}

void judge(Row& row, const Plan::MetricPair& use, const Groups& groups) {
  const Check& check = row.check;
  const Group& group = groups.at(check.run);
  const Group* against = check.against ? &groups.at(*check.against) : nullptr;
  row.status = !group.failure.empty() || against == nullptr ? group.failure : against->failure;
  if (!row.status.empty()) {
    return;
  }
  const std::vector<double> numbers = first_of(group.numbers[use.metric], check.run.runs);
  const Estimate e = estimate(
      against == nullptr
          ? numbers
          : ensemble::differences(numbers, first_of(against->numbers[use.against_metric], check.against->runs)),
      check.reading.statistic);
  row.got = e.value;
  row.standard_error = e.standard_error;
  row.margin = margin_of(check, e);
  if (std::isnan(row.got)) {
    row.status = "never";
  }
  const bool holds_now = holds(check, row.got, row.margin);  // nothing holds of NaN
  if (check.known_miss.empty()) {
    row.verdict = holds_now ? Verdict::pass : Verdict::fail;
  } else {
    row.verdict = holds_now ? Verdict::fail : Verdict::known_miss;
  }
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::fail:
      return "fail";
    case Verdict::no_data:
      return "no data";
    case Verdict::known_miss:
      return "known miss";
  }
  return "";
}

std::size_t Verification::count(Verdict verdict) const {
  std::size_t n = 0;
  for (const Package& package : packages) {
    n += static_cast<std::size_t>(std::count_if(package.rows.begin(), package.rows.end(),
                                                [&](const Row& row) { return row.verdict == verdict; }));
  }
  return n;
}

Result<std::vector<fs::path>> find_packages(const std::vector<fs::path>& folders) {
  std::set<fs::path> found;
  Diagnostics mistakes;
  for (const fs::path& given : folders) {
    const fs::path folder = normal(given);
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
      mistakes.push_back({{folder.string()},
                          "no such folder",
                          scenario::hint_of_folder(folder, "name a package, or a folder that holds packages")});
      continue;
    }
    bool has_package = false;
    if (fs::exists(folder / "scenario.toml", error)) {
      found.insert(folder);
      continue;
    }
    fs::recursive_directory_iterator walk(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
      std::error_code ignored;
      if (walk->is_directory(ignored) && fs::exists(walk->path() / "scenario.toml", ignored)) {
        found.insert(walk->path());
        has_package = true;
        walk.disable_recursion_pending();
      }
    }
    if (!has_package) {
      mistakes.push_back({{folder.string()}, "holds no package", "a package is a folder with scenario.toml"});
    }
  }
  if (!mistakes.empty()) {
    return mistakes;
  }
  return std::vector<fs::path>(found.begin(), found.end());
}

Verification verify(const std::vector<fs::path>& packages, const VerifyOptions& options) {
  Verification result;
  std::vector<Plan> plans;
  for (const fs::path& folder : packages) {
    auto war = app::read(folder);
    if (!war) {
      war.add_error_to(result.mistakes);
      continue;
    }
    ++result.packages_read;
    if (!war->checks.empty()) {
      plans.push_back(plan_of(folder, std::move(*war), options));
    } else {
      result.without_checks.push_back(folder);
    }
  }
  const std::size_t wanted = std::accumulate(plans.begin(), plans.end(), std::size_t{0},
                                             [](std::size_t sum, const Plan& plan) { return sum + plan.runs(); });
  std::size_t done = 0;
  for (Plan& plan : plans) {
    Diagnostics mistakes = plan.mistakes;
    for (auto& [run, group] : plan.groups) {
      if (!plan.mistakes.empty()) {
        break;
      }
      Diagnostics wrong = solve(plan, run, group, options, [&](std::size_t more) {
        if (options.progress) {
          options.progress(done + more, wanted);
        }
      });
      mistakes.insert(mistakes.end(), wrong.begin(), wrong.end());
      done += Plan::runs_of(group);
    }
    if (!mistakes.empty()) {
      result.mistakes.insert(result.mistakes.end(), mistakes.begin(), mistakes.end());
      continue;
    }
    for (std::size_t r = 0; r < plan.package.rows.size(); ++r) {
      if (Row& row = plan.package.rows[r]; row.verdict != Verdict::no_data) {
        judge(row, plan.uses[r], plan.groups);
      }
    }
    result.packages.push_back(std::move(plan.package));
    plan.groups.clear();
    plan.war = {};
  }
  return result;
}

}  // namespace truel::verification
