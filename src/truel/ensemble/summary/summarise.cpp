#include <algorithm>
#include <cmath>
#include <optional>

#include "truel/ensemble/ensemble.hpp"
#include "truel/ensemble/parallel.hpp"
#include "truel/ensemble/summary/metrics.hpp"
#include "truel/ensemble/summary/summary_maker.hpp"
#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/declarations.hpp"

namespace truel::ensemble {

using solver::Run;

namespace {

/// Gathers what a law says of the issues of talks; does nothing where it does not act.
class IssueTally {
 public:
  IssueTally(const IssueShape& shape, std::size_t n_times)
      : shape_(shape), n_times_(n_times), last_day_(shape.size()), by_time_(issue_law().results.size()) {
    for (std::size_t k = 0; k < by_time_.size(); ++k) {
      const IssueResultInfo& info = issue_law().results[k];
      if (info.of == IssueResultInfo::Of::round && !info.over_time.empty()) {
        by_time_[k].resize(at(shape.issues) * n_times);
      }
    }
  }

  void add(const Run& run) {
    for (std::size_t i = 0; i < last_day_.size(); ++i) {
      if (!std::isnan(run.issues[i])) {
        last_day_[i].add(run.issues[i], run.number);
      }
    }
    for (std::size_t k = 0; k < by_time_.size(); ++k) {
      for (std::size_t i = 0; i < by_time_[k].size(); ++i) {
        const std::size_t row = shape_.series(static_cast<int>(k), static_cast<IssueIndex>(i / n_times_));
        by_time_[k][i].add(static_cast<double>(run.issue_series[row * n_times_ + i % n_times_]), run.number);
      }
    }
  }

  IssueSummary summary() {
    IssueSummary s;
    for (const Moments& m : last_day_) {
      s.last_day.push_back(quantity_of(m));
    }
    for (std::vector<QuantityTally>& tallies : by_time_) {
      std::vector<Quantity>& list = s.by_time.emplace_back();
      for (QuantityTally& tally : tallies) {
        list.push_back(tally.quantity());
      }
    }
    return s;
  }

 private:
  const IssueShape& shape_;
  std::size_t n_times_;
  std::vector<Moments> last_day_;
  std::vector<std::vector<QuantityTally>> by_time_;  ///< as IssueSummary::by_time
};

/// Adds up the alignments of complete realizations.
class AlignmentTally {
 public:
  AlignmentTally(const CompiledModel& model, std::size_t n_times)
      : n_(laws::Alignment::may_act(model) ? at(model.n_actors()) : 0),
        n_times_(n_times),
        last_(n_ * (n_ + 1) / 2),
        by_time_(last_.size() * n_times) {}

  void add(const Run& run) {
    for (std::size_t pair = 0; pair < last_.size(); ++pair) {
      for (std::size_t t = 0; t < n_times_; ++t) {
        by_time_[pair * n_times_ + t].add(static_cast<double>(run.alignment[pair * n_times_ + t]), run.number);
      }
      last_[pair].add(static_cast<double>(run.alignment[(pair + 1) * n_times_ - 1]), run.number);
    }
  }

  std::optional<AlignmentSummary> summary() {
    if (n_ == 0) {
      return std::nullopt;
    }
    AlignmentSummary s;
    for (QuantityTally& tally : last_) {
      s.last.push_back(tally.quantity());
    }
    for (const Moments& moments : by_time_) {
      s.by_time.push_back(moments.mean());
    }
    return s;
  }

 private:
  std::size_t n_, n_times_;
  std::vector<QuantityTally> last_;
  std::vector<Moments> by_time_;
};

/// The metrics of the questions of a war.
class AnswerTally {
 public:
  AnswerTally(const CompiledModel& model, std::span<const int> days) : model_(model), days_(days) {
    for (const Question& question : model.war().questions) {
      std::vector<QuestionTally>& asked = asked_.emplace_back();
      for (const Metric& metric : question.metrics) {
        asked.push_back({on_stored_day(metric, model.war(), days), {}});
      }
    }
  }

  void add(const Run& run) {
    for (std::vector<QuestionTally>& question : asked_) {
      for (QuestionTally& one : question) {
        if (one.metric) {
          one.tally.add(value_in(run, *one.metric, model_, days_), run.number);
        }
      }
    }
  }

  Answers answers(double runs) {
    Answers answers;
    for (std::vector<QuestionTally>& question : asked_) {
      std::vector<AnswerSummary>& list = answers.emplace_back();
      for (QuestionTally& one : question) {
        AnswerSummary& answer = list.emplace_back();
        if (!one.metric) {
          continue;
        }
        answer.quantity = one.tally.quantity(bounds_of(scale_of(*one.metric), model_.n_days()));
        answer.share = one.tally.moments.n() / runs;
        answer.day = one.metric->day;
        if (info_of(*one.metric).is_probability() && answer.share > 0) {
          answer.interval = one.tally.moments.interval();
        }
      }
    }
    return answers;
  }

 private:
  struct QuestionTally {
    std::optional<Metric> metric;  ///< none: its day is not one of the run
    QuantityTally tally;
  };
  const CompiledModel& model_;
  std::span<const int> days_;
  std::vector<std::vector<QuestionTally>> asked_;
};

/// What the time series of actors were in the realizations that quantiles rest on.
class SeriesValues {
 public:
  /// Of the actors [from, to), in at most so many realizations.
  SeriesValues(std::size_t from, std::size_t to, std::size_t n_times, std::size_t most)
      : from_(from), to_(to), n_times_(n_times), most_(most), values_((to - from) * 2 * n_times * most) {}

  void add(const Run& run) {
    if (count_ == most_) {
      return;
    }
    for (std::size_t a = from_; a < to_; ++a) {
      for (std::size_t t = 0; t < n_times_; ++t) {
        values_[first(a, 0, t) + count_] = run.fighters[a * n_times_ + t];
        values_[first(a, 1, t) + count_] = run.value_share[a * n_times_ + t];
      }
    }
    ++count_;
  }

  void set_quantiles_of(std::vector<ActorSummary>& actors) const {
    for_each_index(to_ - from_, 0, [&](std::size_t i) {
      const std::size_t a = from_ + i;
      std::vector<float> values;
      for (std::size_t t = 0; t < n_times_; ++t) {
        for (const int series : {0, 1}) {
          const auto begin = values_.begin() + static_cast<std::ptrdiff_t>(first(a, series, t));
          values.assign(begin, begin + static_cast<std::ptrdiff_t>(count_));
          set_quantiles(values, series == 0 ? actors[a].fighters[t] : actors[a].territory[t]);
        }
      }
    });
  }

 private:
  std::size_t first(std::size_t a, int series, std::size_t t) const {
    return (((a - from_) * 2 + at(series)) * n_times_ + t) * most_;
  }

  std::size_t from_, to_, n_times_, most_;
  std::size_t count_ = 0;
  std::vector<float> values_;  ///< [actor][series][time][realization]
};

}  // namespace

/// What is counted while realizations come.
struct SummaryMaker::Sums {
  Sums(const CompiledModel& of, const solver::SolveOptions& options, std::size_t most_runs)
      : model(of),
        days(solver::stored_days(of, options)),
        n(at(of.n_actors())),
        n_times(days.size()),
        most(std::min(most_runs, kQuantileRuns)),
        fighters(n * n_times),
        territory(n * n_times),
        collapsed(n * n_times, 0),
        outcomes(n * actor_outcomes().size()),
        dyad_losses(n * n),
        dyad_effort(n * n),
        dyad_attacks(n * n * kAttackTallyCount),
        dyad_sum(n * n * n_times, 0),
        answers(of, days),
        alignment(of, n_times),
        war_outcome(laws::count_war_outcomes(of)),
        issues(of.issues(), n_times),
        actors_a_pass(std::max<std::size_t>(1, kSeriesBytes / bytes_an_actor())) {
    if (actors_a_pass >= n) {
      series.emplace(0, n, n_times, most);
    }
    months.emplace(of, most, series ? kSeriesBytes - std::min(kSeriesBytes, n * bytes_an_actor()) : 0);
    summary.actors.resize(n);
    summary.plans.resize(at(of.n_commands()));
    summary.control = ControlShares(at(of.n_places()), n_times);
  }

  /// Of the values that quantiles of its time series rest on.
  std::size_t bytes_an_actor() const { return std::max<std::size_t>(1, 2 * n_times * most * sizeof(float)); }

  void add(const Run& run);
  void add_actors(const Run& run);
  void add_dyads(const Run& run);
  Summary summed(const RunStore* store);
  void sum_up_actors(double runs);
  void sum_up_dyads(double runs);
  void sum_up_series(const RunStore* store);

  /// Where an outcome stands in `outcomes`.
  std::size_t place_of(std::size_t a, ActorOutcome o) const {
    return a * actor_outcomes().size() + at(actor_outcome_positions()[static_cast<std::size_t>(o)]);
  }

  const CompiledModel& model;
  const std::vector<int> days;
  const std::size_t n, n_times;
  const std::size_t most;  ///< realizations that quantiles rest on
  Summary summary;
  std::vector<std::uint32_t> complete;
  std::vector<Moments> fighters, territory;  ///< [actor][time]
  std::vector<std::uint32_t> collapsed;      ///< [actor][time]
  QuantityTallies outcomes;                  ///< as Run::outcome
  QuantityTallies dyad_losses, dyad_effort;  ///< [attacker][target]
  QuantityTallies dyad_attacks;              ///< [attacker][target][AttackTally]
  std::vector<double> dyad_sum;              ///< [attacker][target][time]
  QuantityTally harm;
  AnswerTally answers;
  AlignmentTally alignment;
  std::vector<QuantityTally> war_outcome;
  IssueTally issues;
  /// Quantiles of the time series: as many actors a pass over the store as memory allows, all of them in the first if
  /// so.
  std::size_t actors_a_pass;
  std::optional<SeriesValues> series;
  std::optional<MonthsTally> months;
};

void SummaryMaker::Sums::add(const Run& run) {
  const std::uint32_t number = run.number;
  summary.numbers.push_back(number);
  if (run.status != solver::RunStatus::complete) {
    ++summary.failed_runs;
    return;
  }
  complete.push_back(number);
  if (series) {
    series->add(run);
  }
  answers.add(run);
  harm.add(run.civilian_harm, number);
  alignment.add(run);
  for (std::size_t o = 0; o < war_outcome.size(); ++o) {
    war_outcome[o].add(run.war_outcome[o], number);
  }
  summary.decisions.games += run.games.games;
  summary.decisions.converged += run.games.converged;
  summary.decisions.cycles += run.games.cycles;
  summary.decisions.rounds += run.games.rounds;
  issues.add(run);
  months->add(run.months, number);
  for (std::size_t c = 0; c < summary.plans.size(); ++c) {
    summary.plans[c].add(run.plans[c]);
  }
  add_actors(run);
  add_dyads(run);
  summary.control.count(run.control);
}

void SummaryMaker::Sums::add_actors(const Run& run) {
  outcomes.add(run.outcome, run.number);
  for (std::size_t a = 0; a < n; ++a) {
    const double collapse_day = run.of(static_cast<ActorIndex>(a), ActorOutcome::collapse_day);
    for (std::size_t k = a * n_times, t = 0; t < n_times; ++t, ++k) {
      fighters[k].add(static_cast<double>(run.fighters[k]), run.number);
      territory[k].add(static_cast<double>(run.value_share[k]), run.number);
      collapsed[k] += collapse_day <= days[t] ? 1 : 0;  // never of no number
    }
  }
}

void SummaryMaker::Sums::add_dyads(const Run& run) {
  dyad_losses.add(run.losses, run.number);
  dyad_effort.add(run.effort, run.number);
  dyad_attacks.add(run.attacks, run.number);
  for (std::size_t d = 0; d < n * n; ++d) {
    for (std::size_t t = 0; t < n_times && run.losses[d] > 0; ++t) {
      dyad_sum[d * n_times + t] += static_cast<double>(run.dyad_losses[d * n_times + t]);
    }
  }
}

Summary SummaryMaker::Sums::summed(const RunStore* store) {
  summary.days = days;
  summary.runs = complete.size();
  summary.quantile_runs = std::min(complete.size(), kQuantileRuns);
  summary.civilian_harm = harm.quantity();
  summary.alignment = alignment.summary();
  summary.war_outcome.resize(war_outcome.size());
  for (std::size_t o = 0; o < war_outcomes().size(); ++o) {
    const int place = laws::place_of(model, static_cast<WarOutcome>(o));
    const WarOutcomeInfo& info = war_outcomes()[o];
    const int count = place == kNone ? 0 : info.of == WarOutcomeInfo::Of::war ? 1 : model.n_actors();
    for (int k = 0; k < count; ++k) {
      summary.war_outcome[at(place + k)] = war_outcome[at(place + k)].quantity(bounds_of(info.scale, model.n_days()));
    }
  }
  summary.issues = issues.summary();
  const double runs = std::max<double>(1, static_cast<double>(complete.size()));
  summary.answers = answers.answers(runs);
  if (GameSummary& d = summary.decisions; d.games > 0) {
    d.converged /= d.games;
    d.cycles /= d.games;
    d.rounds /= d.games;
    d.games /= runs;
  }
  summary.control.divide(runs);
  sum_up_actors(runs);
  sum_up_dyads(runs);
  sum_up_series(store);
  summary.months = months->summary(store, complete);
  return std::move(summary);
}

void SummaryMaker::Sums::sum_up_actors(double runs) {
  for (std::size_t a = 0; a < n; ++a) {
    ActorSummary& s = summary.actors[a];
    s.first_fighters = outcomes.moments(place_of(a, ActorOutcome::first_fighters)).mean();
    const Moments survival = outcomes.moments(place_of(a, ActorOutcome::survives));
    s.survival_probability = survival.mean();
    s.survival_se = survival.se();
    s.survival_interval = survival.interval();
    for (const ActorOutcomeInfo& info : actor_outcomes()) {
      if (info.is_in(kInSummary)) {
        s.of(info.outcome) = outcomes.quantity(place_of(a, info.outcome), bounds_of(info.scale, model.n_days()));
      }
    }
    s.collapse_share = s.of(ActorOutcome::collapse_day).runs / runs;
    s.turn_share = s.of(ActorOutcome::turn_day).runs / runs;
    s.fighters.resize(n_times);
    s.territory.resize(n_times);
    s.surviving.resize(n_times, kAbsent);
    for (std::size_t t = 0; t < n_times; ++t) {
      s.fighters[t] = quantity_of(fighters[a * n_times + t]);
      s.territory[t] = quantity_of(territory[a * n_times + t]);
      if (survival.n() > 0) {
        s.surviving[t] = 1 - collapsed[a * n_times + t] / survival.n();
      }
    }
  }
}

void SummaryMaker::Sums::sum_up_dyads(double runs) {
  for (std::size_t d = 0; d < n * n; ++d) {
    if (dyad_losses.moments(d).sum() <= 0 && dyad_effort.moments(d).sum() <= 0) {
      continue;
    }
    DyadSummary dyad{static_cast<ActorIndex>(d / n),
                     static_cast<ActorIndex>(d % n),
                     dyad_losses.quantity(d),
                     dyad_effort.quantity(d, bounds_of(OutcomeScale::share, model.n_days())),
                     {},
                     {}};
    for (std::size_t k = 0; k < kAttackTallyCount; ++k) {
      const OutcomeScale scale = kAttackTallies.at(k).is_day ? OutcomeScale::day : OutcomeScale::people;
      dyad.attacks[k] = dyad_attacks.quantity(d * kAttackTallyCount + k, bounds_of(scale, model.n_days()));
    }
    for (std::size_t t = 0; t < n_times; ++t) {
      dyad.losses_by_time.push_back(dyad_sum[d * n_times + t] / runs);
    }
    summary.dyads.push_back(std::move(dyad));
  }
}

/// store: where what had no room is read again; null where all had.
void SummaryMaker::Sums::sum_up_series(const RunStore* store) {
  if (series) {
    series->set_quantiles_of(summary.actors);
    series.reset();  // room for months
    return;
  }
  Run run;
  for (std::size_t from = 0; from < n; from += actors_a_pass) {
    SeriesValues some(from, std::min(n, from + actors_a_pass), n_times, most);
    for (std::size_t r = 0; r < summary.quantile_runs; ++r) {
      store->read(complete[r], run);
      some.add(run);
    }
    some.set_quantiles_of(summary.actors);
  }
}

SummaryMaker::SummaryMaker(const CompiledModel& model, const solver::SolveOptions& options, std::size_t most_runs)
    : sums_(std::make_unique<Sums>(model, options, most_runs)) {}

SummaryMaker::~SummaryMaker() = default;

bool SummaryMaker::has_room() const {
  return sums_->series && sums_->months->has_room();
}

void SummaryMaker::add(const Run& run) {
  sums_->add(run);
}

Summary SummaryMaker::end() {
  return sums_->summed(nullptr);
}

Summary SummaryMaker::end(const RunStore& store) {
  return sums_->summed(&store);
}

Summary summarise(const CompiledModel& model, const solver::SolveOptions& options, const RunStore& store) {
  SummaryMaker maker(model, options, store.size());
  Run run;
  for (const std::uint32_t number : store.numbers()) {
    store.read(number, run);
    maker.add(run);
  }
  return maker.end(store);
}

}  // namespace truel::ensemble
