#include "truel/sensitivity/analysis.hpp"

#include <algorithm>
#include <array>

#include "truel/base/random.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/ensemble/parallel.hpp"
#include "truel/sensitivity/keys.hpp"

namespace truel::sensitivity {
namespace {

using Values = std::vector<double>;  // [1 + replicates]

/// The runs of all blocks, seen as rows of one sample and as columns by role.
class Runs {
 public:
  Runs(const Study& study, const Outcomes& outcomes, std::uint64_t seed, const Bootstrap& bootstrap)
      : study_(study),
        outcomes_(outcomes),
        seed_(seed),
        bootstrap_(bootstrap),
        rows_(outcomes.y, row_blocks(study, outcomes), bootstrap, classes_for(outcomes.y.size())) {
    const std::size_t size = study.block_size();
    columns_.resize(size);
    for (std::size_t i = 0; i < outcomes.y.size(); ++i) {
      columns_[i % size].push_back(outcomes.y[i]);
    }
  }

  const Study& study() const { return study_; }
  const Outcomes& outcomes() const { return outcomes_; }
  const Bootstrap& bootstrap() const { return bootstrap_; }
  const GivenData& rows() const { return rows_; }
  std::uint64_t seed() const { return seed_; }
  const Values& column(Role role) const { return columns_[static_cast<std::size_t>(role)]; }
  const Values& column(std::size_t role) const { return columns_[role]; }

  /// f(weights, mean of the replicate) over its variance, for every replicate.
  template <class F>
  Values shares(F&& f) const {
    Values result;
    for (std::size_t r = 0; r <= bootstrap_.replicates(); ++r) {
      result.push_back(f(bootstrap_.weights(r), rows_.mean()[r]) / rows_.variance()[r]);
    }
    return result;
  }

  /// Labels of the rows from one label for each point of each block; `point_of(role)` chooses.
  template <class F>
  void spread(const std::vector<std::uint16_t>& of_points, F&& point_of, std::vector<std::uint16_t>& rows) const {
    const std::size_t size = study_.block_size();
    rows.resize(outcomes_.y.size());
    for (std::size_t role = 0; role < size; ++role) {
      const auto point = static_cast<std::size_t>(point_of(role));
      for (std::size_t b = 0; b < outcomes_.blocks.size(); ++b) {
        rows[b * size + role] = of_points[2 * b + point];
      }
    }
  }

 private:
  static std::vector<std::uint32_t> row_blocks(const Study& study, const Outcomes& outcomes) {
    std::vector<std::uint32_t> block(outcomes.y.size());
    for (std::size_t i = 0; i < block.size(); ++i) {
      block[i] = static_cast<std::uint32_t>(i / study.block_size());
    }
    return block;
  }

  const Study& study_;
  const Outcomes& outcomes_;
  std::uint64_t seed_;
  const Bootstrap& bootstrap_;
  GivenData rows_;
  std::vector<Values> columns_;  ///< [role][block]
};

Values combined(const Values& x, double factor, const Values& y) {
  Values result(x);
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] += factor * y[i];
  }
  return result;
}

Values middle(const Values& x, const Values& y) {
  Values result(x);
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] = (x[i] + y[i]) / 2;
  }
  return result;
}

std::vector<std::uint16_t> account_labels(const Runs& runs) {
  std::vector<std::uint16_t> of_points;
  for (const std::uint32_t block : runs.outcomes().blocks) {
    for (const int point : {0, 1}) {
      of_points.push_back(static_cast<std::uint16_t>(account_at(runs.study(), runs.seed(), block, point)));
    }
  }
  std::vector<std::uint16_t> rows;
  runs.spread(
      of_points, [&](std::size_t role) { return point_of_account(runs.study(), role); }, rows);
  return rows;
}

/// The rows for which `keep` says so, as a sample of their own.
template <class F>
GivenData subset(const Runs& runs, const std::vector<std::uint16_t>& label, F&& keep,
                 std::vector<std::uint16_t>& kept_label) {
  Values y;
  std::vector<std::uint32_t> block;
  kept_label.clear();
  for (std::size_t i = 0; i < label.size(); ++i) {
    if (keep(label[i])) {
      y.push_back(runs.outcomes().y[i]);
      block.push_back(static_cast<std::uint32_t>(i / runs.study().block_size()));
      kept_label.push_back(label[i]);
    }
  }
  return {std::move(y), std::move(block), runs.bootstrap(), 2};
}

/// A share of the variance: at most 1.
Estimate share_of(const Values& values) {
  const Estimate e = with_interval(values);
  return {std::min(e.value, 1.0), std::min(e.low, 1.0), std::min(e.high, 1.0)};
}

/// Of every sample what is below 0 becomes 0, and the rest is scaled to add up to 1.
void make_whole(std::array<Values, 4>& parts) {
  for (std::size_t i = 0; i < parts[0].size(); ++i) {
    double sum = 0;
    for (Values& part : parts) {
      part[i] = std::max(0.0, part[i]);
      sum += part[i];
    }
    for (Values& part : parts) {
      part[i] /= sum;
    }
  }
}

/// A part of a whole: what making it whole does to samples may leave their quantiles beside the value, which is told
/// with them.
Estimate part_of(const Values& values) {
  const Estimate e = share_of(values);
  return {e.value, std::min(e.low, e.value), std::max(e.high, e.value)};
}

/// The four parts of the variance; returns the account's.
Values split(const Runs& runs, Analysis& result) {
  const Study& study = runs.study();
  const auto n_accounts = static_cast<int>(study.rivals.size());
  const Values& first = runs.column(Role::first);
  const Values& first_repeated = runs.column(Role::first_repeated);
  const Values& second = runs.column(Role::second);
  const Values& second_repeated = runs.column(Role::second_repeated);
  const Values all = runs.shares([&](auto weights, double mean) {
    return (shared_variance(first, first_repeated, mean, weights) +
            shared_variance(second, second_repeated, mean, weights)) /
           2;
  });
  Values account(all.size(), 0);
  Values numbers = all;
  if (study.has_accounts()) {
    const std::vector<std::uint16_t> label = account_labels(runs);
    account = runs.rows().first_order(label, n_accounts, true);
    const Values& first_other = runs.column(Role::first_other_account);
    const Values& second_other = runs.column(Role::second_other_account);
    numbers = runs.shares([&](auto weights, double mean) {
      return (shared_variance(first, first_other, mean, weights) +
              shared_variance(first_repeated, first_other, mean, weights) +
              shared_variance(second, second_other, mean, weights) +
              shared_variance(second_repeated, second_other, mean, weights)) /
             4;
    });
    std::vector<std::uint16_t> kept;
    for (int a = 0; a < n_accounts; ++a) {
      AccountOutcome& one = result.accounts.emplace_back();
      one.mean = with_interval(subset(
                                   runs, label, [&](int l) { return l == a; }, kept)
                                   .mean());
      one.share_without = {kAbsent, kAbsent, kAbsent};
      if (n_accounts > 2) {
        const GivenData others = subset(
            runs, label, [&](int l) { return l != a; }, kept);
        one.share_without = share_of(others.first_order(kept, n_accounts, true));
      }
    }
  } else {
    result.accounts.push_back({result.mean, {kAbsent, kAbsent, kAbsent}});
  }
  if (study.inputs.empty()) {
    std::fill(numbers.begin(), numbers.end(), 0);
  }
  const Values one(all.size(), 1);
  const Values both = combined(combined(all, -1, account), -1, numbers);
  const Values chance = combined(one, -1, all);
  result.account = share_of(account);
  result.numbers = share_of(numbers);
  result.both = share_of(both);
  result.chance = share_of(chance);
  std::array<Values, 4> whole{account, numbers, both, chance};
  make_whole(whole);
  result.whole = {part_of(whole[0]), part_of(whole[1]), part_of(whole[2]), part_of(whole[3])};
  result.account_less_numbers = with_interval(combined(account, -1, numbers));
  return account;
}

/// First and total order of a group that the design resamples.
std::pair<Values, Values> resampled(const Runs& runs, std::size_t group) {
  const Values& a = runs.column(Role::first);
  const Values& a_repeated = runs.column(Role::first_repeated);
  const Values& ab = runs.column(runs.study().first_group_role() + group);
  // Means of two runs with the same inputs hold half of the chance.
  const Values a_mean = middle(a, a_repeated);
  const Values b_mean = middle(runs.column(Role::second), runs.column(Role::second_repeated));
  const Values first =
      runs.shares([&](auto weights, double mean) { return saltelli_first(a_mean, b_mean, ab, mean, weights); });
  // Two runs that differ in the group also differ by chance, which a run repeated with the same inputs tells.
  const Values total = runs.shares([&](auto weights, double) {
    return (jansen_total(a, ab, weights) + jansen_total(a_repeated, ab, weights)) / 2 -
           jansen_total(a, a_repeated, weights);
  });
  return {first, total};
}

/// Returns what the groups weigh as one.
std::vector<Values> resample(const Runs& runs, Analysis& result) {
  const Study& study = runs.study();
  std::vector<Values> as_one;
  for (std::size_t g = 0; g < study.groups.size(); ++g) {
    const auto [first, total] = resampled(runs, g);
    as_one.push_back(first);
    if (study.grouping == Grouping::parameter) {
      const std::size_t only = study.groups[g].inputs.front();
      const auto index = std::find_if(result.inputs.begin(), result.inputs.end(),
                                      [&](const InputIndex& i) { return i.input == only; });
      index->is_resampled = true;
      index->total = share_of(total);
      continue;
    }
    std::vector<GroupIndex>& groups = study.grouping == Grouping::table   ? result.tables
                                      : study.grouping == Grouping::basis ? result.rests
                                                                          : result.sources;
    groups[g].is_resampled = true;  // all lists are in the order of names
    groups[g].first = share_of(first);
    groups[g].total = share_of(total);
  }
  return as_one;
}

void compare_drivers(const Values& account, const std::vector<Values>& by_rest, Analysis& result) {
  constexpr std::array kDriverOfRest = {Driver::assumptions, Driver::word_of_sources, Driver::outside_sources,
                                        Driver::partly_assumed};  // [Rest]
  std::vector<Values> shares(kDriverNames.size(), Values(account.size(), 0));
  const auto& of = [&](Driver driver) -> Values& { return shares[static_cast<std::size_t>(driver)]; };
  of(Driver::word_of_sources) = account;
  for (std::size_t g = 0; g < result.rests.size(); ++g) {
    const auto rest = std::find(kRestNames.begin(), kRestNames.end(), result.rests[g].name) - kRestNames.begin();
    const Driver driver = kDriverOfRest[static_cast<std::size_t>(rest)];
    of(driver) = combined(of(driver), 1, by_rest[g]);
  }
  for (std::size_t d = 0; d < shares.size(); ++d) {
    result.drivers.push_back(share_of(shares[d]));
    bool is_main = true;
    for (std::size_t other = 0; other < shares.size(); ++other) {
      is_main = is_main && (other == d || with_interval(combined(shares[d], -1, shares[other])).low > 0);
    }
    result.main_driver = is_main ? static_cast<int>(d) : result.main_driver;
  }
}

std::vector<GroupIndex> sums(const std::vector<Group>& groups, const std::vector<Values>& first) {
  std::vector<GroupIndex> result;
  for (const Group& group : groups) {
    Values sum(first.empty() ? 1 : first.front().size(), 0);
    for (const std::size_t input : group.inputs) {
      sum = combined(sum, 1, first[input]);
    }
    result.push_back({group.name, group.inputs.size(), share_of(sum), false, {}, {}});
  }
  return result;
}

/// Draws of every input, or of its dummies, at both points of every block, in classes.
class Columns {
 public:
  Columns(const Runs& runs, int n_classes) : runs_(runs), n_classes_(n_classes) {}

  void input(std::size_t i, std::vector<std::uint16_t>& rows) const {
    fill(i, rows,
         [&](std::uint32_t block, int point) { return draw_at(runs_.study(), runs_.seed(), block, point, i); });
  }

  /// A dummy takes the place of an input in the design and acts on nothing.
  void dummy(std::size_t number, std::vector<std::uint16_t>& rows) const {
    fill(number % runs_.study().inputs.size(), rows, [&](std::uint32_t block, int point) {
      return RandomStream(runs_.seed(), block, kDummyStep + static_cast<std::uint32_t>(point), Purpose::design,
                          static_cast<std::uint32_t>(number))
          .uniform();
    });
  }

 private:
  template <class F>
  void fill(std::size_t input, std::vector<std::uint16_t>& rows, F&& draw) const {
    std::vector<double> u;
    for (const std::uint32_t block : runs_.outcomes().blocks) {
      u.push_back(draw(block, 0));
      u.push_back(draw(block, 1));
    }
    runs_.spread(
        equal_width_classes(u, n_classes_),
        [&](std::size_t role) { return point_of_input(runs_.study(), role, input); }, rows);
  }

  const Runs& runs_;
  int n_classes_;
};

void one_by_one(const Runs& runs, Analysis& result, int threads) {
  const Study& study = runs.study();
  const std::size_t n = study.inputs.size();
  // A class needs enough points, not enough runs: those of a block share two points.
  result.classes = classes_for(2 * runs.outcomes().blocks.size());
  result.bins = runs.rows().bins();
  const Columns columns(runs, result.classes);

  std::vector<Values> first(n);
  std::vector<InputIndex> inputs(n);
  ensemble::for_each_index(n, threads, [&](std::size_t i) {
    std::vector<std::uint16_t> label;
    columns.input(i, label);
    first[i] = runs.rows().first_order(label, result.classes, true);
    const Values delta = runs.rows().delta(label, result.classes, true);
    inputs[i] = {i, share_of(first[i]), bias_reduced(delta), delta.front()};
  });
  result.dummies = kDummiesAnInput * n;
  std::vector<double> dummy_first(result.dummies);
  std::vector<double> dummy_delta(result.dummies);
  ensemble::for_each_index(n, threads, [&](std::size_t i) {
    std::vector<std::uint16_t> label;
    for (std::size_t d = i; d < result.dummies; d += n) {
      columns.dummy(d, label);
      dummy_first[d] = runs.rows().first_order(label, result.classes, false).front();
      dummy_delta[d] = runs.rows().delta(label, result.classes, false).front();
    }
  });
  result.first_floor = *std::max_element(dummy_first.begin(), dummy_first.end());
  result.delta_floor = *std::max_element(dummy_delta.begin(), dummy_delta.end());
  result.first_noise = order_statistic(std::move(dummy_first), 95);
  result.delta_noise = order_statistic(std::move(dummy_delta), 95);

  result.rests = sums(groups_of(study.inputs, Grouping::basis, study.war()), first);
  result.sources = sums(groups_of(study.inputs, Grouping::source, study.war()), first);
  result.tables = sums(groups_of(study.inputs, Grouping::table, study.war()), first);
  Values all(first.front().size(), 0);
  for (const Values& one : first) {
    all = combined(all, 1, one);
  }
  result.main_effects = share_of(all);
  std::stable_sort(inputs.begin(), inputs.end(),
                   [](const InputIndex& x, const InputIndex& y) { return x.first.value > y.first.value; });
  result.inputs = std::move(inputs);
}

}  // namespace

Analysis analyse(const Study& study, const Outcome& outcome, const Outcomes& outcomes, std::uint64_t seed,
                 int threads) {
  TRUEL_CHECK(outcomes.blocks.size() >= kLeastBlocks);
  const Bootstrap bootstrap(outcomes.blocks.size(), kReplicates, seed);
  const Runs runs(study, outcomes, seed, bootstrap);
  Analysis result;
  result.outcome = outcome;
  result.blocks = outcomes.blocks.size();
  result.runs = outcomes.y.size();
  result.failed_runs = outcomes.failed_runs;
  result.undefined_runs = outcomes.undefined_runs;
  result.replicates = kReplicates;
  result.mean = with_interval(runs.rows().mean());
  const auto [least, greatest] = std::minmax_element(outcomes.y.begin(), outcomes.y.end());
  result.variance = *least == *greatest ? 0 : runs.rows().variance().front();
  if (result.variance == 0) {
    return result;
  }
  const Values account = split(runs, result);
  if (!study.inputs.empty()) {
    one_by_one(runs, result, threads);
    const std::vector<Values> as_one = resample(runs, result);
    if (study.grouping == Grouping::basis) {
      compare_drivers(account, as_one, result);
    }
  }
  return result;
}

}  // namespace truel::sensitivity
