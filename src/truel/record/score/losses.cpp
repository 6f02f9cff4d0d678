#include "truel/record/score/losses.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

#include "truel/base/index.hpp"
#include "truel/base/random.hpp"
#include "truel/ensemble/parallel.hpp"
#include "truel/record/control/baselines.hpp"
#include "truel/record/deaths/baselines.hpp"

namespace truel::record {
namespace {

// A stream of the record, beside those of the laws.
constexpr auto kBootstrap = static_cast<Purpose>(129);

/// Sums over the units of one block in one window.
struct Sums {
  double loss = 0, weight = 0;
  double shared_loss = 0, shared_weight = 0;  ///< over the units in which the baseline has a score as well
  double base_loss = 0, base_weight = 0;
};

/// The losses of one model in windows of one horizon, and the units of them that a row is about.
struct Task {
  std::vector<const Losses*> group;
  Subset subset;
};

/// Windows, blocks and months of a resample.
using Shape = std::tuple<std::size_t, std::size_t, int>;

struct Part {
  const Case* in = nullptr;
  std::vector<Sums> blocks;
  std::size_t n = 0, n_shared = 0;
};

struct Total {
  double value = kNoScore, difference = kNoScore, base = kNoScore;
};

Total total_of(const Sums& s, bool is_skill) {
  const auto quotient = [&](double loss, double weight) {
    return weight > 0 ? (is_skill ? 1 - loss / weight : loss / weight) : kNoScore;
  };
  const double base = quotient(s.base_loss, s.base_weight);
  return {quotient(s.loss, s.weight), quotient(s.shared_loss, s.shared_weight) - base, base};
}

bool is_in(const Case& c, std::size_t unit, Subset subset) {
  return c.counts[unit] && (subset == Subset::all || c.has_changed[unit] == (subset == Subset::changed));
}

std::size_t blocks_of(const Case& c) {
  return at(c.block.empty() ? 0 : 1 + *std::max_element(c.block.begin(), c.block.end()));
}

Part part_of(const Case& c, const Losses& own, const Losses* base, Subset subset) {
  Part part;
  part.in = &c;
  part.blocks.resize(blocks_of(c));
  const auto weight = [](const Losses& l, std::size_t k) { return l.weight.empty() ? 1 : l.weight[k]; };
  for (std::size_t k = 0; k < c.counts.size(); ++k) {
    if (!is_in(c, k, subset) || std::isnan(own.loss[k])) {
      continue;
    }
    Sums& sums = part.blocks[at(c.block[k])];
    ++part.n;
    sums.loss += own.loss[k];
    sums.weight += weight(own, k);
    if (base != nullptr && !std::isnan(base->loss[k])) {
      ++part.n_shared;
      sums.shared_loss += own.loss[k];
      sums.shared_weight += weight(own, k);
      sums.base_loss += base->loss[k];
      sums.base_weight += weight(*base, k);
    }
  }
  return part;
}

void add(Sums& to, const Sums& s, double times) {
  to.loss += times * s.loss;
  to.weight += times * s.weight;
  to.shared_loss += times * s.shared_loss;
  to.shared_weight += times * s.shared_weight;
  to.base_loss += times * s.base_loss;
  to.base_weight += times * s.base_weight;
}

/// Times that each of n things is drawn, in circular runs of this length.
std::vector<double> draw_runs(std::size_t n, std::size_t length, RandomStream& random) {
  std::vector<double> times(n, 0);
  for (std::size_t drawn = 0; drawn < n;) {
    const auto first = std::min(n - 1, static_cast<std::size_t>(random.uniform() * static_cast<double>(n)));
    for (std::size_t k = 0; k < length && drawn < n; ++k, ++drawn) {
      times[(first + k) % n] += 1;
    }
  }
  return times;
}

ScoreRow row_of(const std::vector<Part>& parts, const Losses& own, const std::string& against, Subset subset,
                const std::vector<Resample>& resamples) {
  const Case& first = *parts.front().in;
  ScoreRow row{.is_pooled = parts.size() > 1,
               .window = first.window,
               .target = first.target,
               .unit = first.unit,
               .subset = subset,
               .merged = first.merged,
               .with_low = first.with_low,
               .score = own.score,
               .model = own.model,
               .account = own.account,
               .against = against,
               .windows = parts.size()};
  Sums all;
  for (const Part& part : parts) {
    row.window.until = std::max(row.window.until, part.in->window.until);
    row.n += part.n;
    row.against_n += part.n_shared;
    for (const Sums& sums : part.blocks) {
      add(all, sums, 1);
    }
  }
  const Total whole = total_of(all, own.is_skill);
  row.value = whole.value;
  row.difference = whole.difference;
  row.against_value = whole.base;
  std::vector<double> values;
  std::vector<double> differences;
  for (const Resample& drawn : resamples) {
    Sums sums;
    for (std::size_t p = 0; p < parts.size(); ++p) {
      for (std::size_t b = 0; b < parts[p].blocks.size(); ++b) {
        add(sums, parts[p].blocks[b], drawn.windows[p] * drawn.blocks[b]);
      }
    }
    const Total total = total_of(sums, own.is_skill);
    values.push_back(total.value);
    differences.push_back(total.difference);
  }
  std::tie(row.low, row.high) = interval_of(std::move(values));
  std::tie(row.difference_low, row.difference_high) = interval_of(std::move(differences));
  return row;
}

/// The baselines that a target's differences are taken from: the first that has a score.
std::vector<std::string_view> reference_models(Target target) {
  switch (target) {
    case Target::control:
      return {kPersistence};
    case Target::deaths:
      return {kConflictology, kZero};
    case Target::fights:
      return {kLastYear, kEven};
  }
  return {};
}

}  // namespace

std::string_view to_string(Target target) {
  return target == Target::control ? "control" : target == Target::deaths ? "deaths" : "fights";
}

std::string_view to_string(Subset subset) {
  return subset == Subset::all ? "all" : subset == Subset::changed ? "changed" : "unchanged";
}

std::string_view to_string(Verdict verdict) {
  constexpr std::array<std::string_view, 4> kNames = {"better", "the same", "no clear difference", "worse"};
  return kNames[static_cast<std::size_t>(verdict)];
}

Verdict verdict_of(double difference_low, double difference_high) {
  constexpr double kLeast = 0.0005;
  if (std::abs(difference_low) < kLeast && std::abs(difference_high) < kLeast) {
    return Verdict::same;
  }
  return difference_low > 0 ? Verdict::worse : difference_high < 0 ? Verdict::better : Verdict::unclear;
}

Losses unscored(const std::vector<Case>& cases, std::size_t in_case, std::string_view score, std::string_view model,
                std::string_view account) {
  Losses l{
      .in_case = in_case, .score = std::string(score), .model = std::string(model), .account = std::string(account)};
  l.loss.assign(cases[in_case].counts.size(), kNoScore);
  return l;
}

std::pair<double, double> interval_of(std::vector<double> values) {
  std::erase_if(values, [](double x) { return std::isnan(x); });
  if (values.size() < 2) {
    return {kNoScore, kNoScore};
  }
  const auto level = [&](double q) {
    const auto at_q = values.begin() + std::lround(q * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at_q, values.end());
    return *at_q;
  };
  return {level(0.025), level(0.975)};
}

Resample resample(std::uint64_t seed, std::size_t repeat, std::size_t n_windows, std::size_t n_blocks, int months) {
  RandomStream random(seed, static_cast<std::uint32_t>(repeat), 0, kBootstrap, 0);
  const auto length = static_cast<std::size_t>(std::max(1, months / 3));
  Resample drawn;
  drawn.blocks = draw_runs(n_blocks, 1, random);
  drawn.windows = draw_runs(n_windows, std::min(length, n_windows), random);
  return drawn;
}

std::vector<ScoreRow> summarise(const std::vector<Case>& cases, const std::vector<Losses>& losses,
                                const BootstrapOptions& options) {
  using Name = std::tuple<std::size_t, std::string, std::string>;
  std::map<Name, const Losses*> baselines;
  for (const Losses& l : losses) {
    baselines.emplace(Name{l.in_case, l.score, l.model}, &l);
  }
  const auto baseline = [&](const Losses& l, std::string_view model) -> const Losses* {
    const auto found = baselines.find({l.in_case, l.score, std::string(model)});
    return found == baselines.end() ? nullptr : found->second;
  };
  using Series = std::tuple<int, std::string, bool, bool, int, std::string, std::string, std::string>;
  std::map<Series, std::vector<const Losses*>> series;
  std::vector<Task> tasks;
  const auto add_tasks = [&](const std::vector<const Losses*>& group) {
    tasks.push_back({group, Subset::all});
    if (cases[group.front()->in_case].target == Target::control) {
      tasks.push_back({group, Subset::changed});
      tasks.push_back({group, Subset::unchanged});
    }
  };
  for (const Losses& l : losses) {
    const Case& c = cases[l.in_case];
    add_tasks({&l});
    series[{static_cast<int>(c.target), c.unit, c.merged, c.with_low, c.window.months, l.score, l.model, l.account}]
        .push_back(&l);
  }
  for (auto& [key, group] : series) {
    if (group.size() > 1) {
      std::stable_sort(group.begin(), group.end(), [&](const Losses* a, const Losses* b) {
        return cases[a->in_case].window.origin < cases[b->in_case].window.origin;
      });
      add_tasks(group);
    }
  }
  const auto shape_of = [&](const Task& task) {
    std::size_t blocks = 0;
    for (const Losses* l : task.group) {
      blocks = std::max(blocks, blocks_of(cases[l->in_case]));
    }
    return Shape{task.group.size(), blocks, cases[task.group.front()->in_case].window.months};
  };
  // The same draws for every model: their differences are paired.
  std::map<Shape, std::vector<Resample>> resamples;
  for (const Task& task : tasks) {
    const Shape shape = shape_of(task);
    const auto [windows, blocks, months] = shape;
    if (const auto [drawn, is_new] = resamples.try_emplace(shape); is_new && blocks > 0) {
      for (std::size_t repeat = 0; repeat < at(options.repeats); ++repeat) {
        drawn->second.push_back(resample(options.seed, repeat, windows, blocks, months));
      }
    }
  }
  std::vector<ScoreRow> rows(tasks.size());
  ensemble::for_each_index(tasks.size(), options.threads, [&](std::size_t k) {
    const Task& task = tasks[k];
    std::string against;
    for (const std::string_view model : reference_models(cases[task.group.front()->in_case].target)) {
      const auto has_it = [&](const Losses* l) { return baseline(*l, model) != nullptr; };
      if (against.empty() && std::any_of(task.group.begin(), task.group.end(), has_it)) {
        against = model;
      }
    }
    std::vector<Part> parts;
    for (const Losses* l : task.group) {
      parts.push_back(part_of(cases[l->in_case], *l, baseline(*l, against), task.subset));
    }
    if (std::all_of(parts.begin(), parts.end(), [](const Part& part) { return part.n == 0; })) {
      return;
    }
    rows[k] = row_of(parts, *task.group.front(), against, task.subset, resamples.at(shape_of(task)));
  });
  std::erase_if(rows, [](const ScoreRow& row) { return row.n == 0; });
  return rows;
}

}  // namespace truel::record
