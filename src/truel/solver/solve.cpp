#include <algorithm>
#include <cmath>

#include "truel/base/hash.hpp"
#include "truel/base/month.hpp"
#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/derived.hpp"
#include "truel/laws/interventions/interventions.hpp"
#include "truel/laws/laws.hpp"
#include "truel/laws/support/loyalty.hpp"
#include "truel/solver/decision.hpp"
#include "truel/solver/extinction.hpp"
#include "truel/solver/start.hpp"
#include "truel/solver/stepper.hpp"
#include "truel/solver/stoppable.hpp"
#include "truel/talks/settlement.hpp"
#include "truel/world/columns.hpp"

namespace truel::solver {

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

namespace {

/// How many calendar_months there are.
std::size_t month_count(const War& war) {
  return at(std::max(1, month_of(war.end - 1) - month_of(war.start) + 1));
}

}  // namespace

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
  months.losses.assign(n_months * model.countries().size() * n * n, 0);
  months.harm.assign(n_months * n, 0);
  for (auto* by_place : {&months.place_losses, &months.place_harm, &months.changes}) {
    by_place->assign(n_months * at(model.n_places()), 0);
  }
  draws.assign(model.uncertain().size(), 0);
  if (laws::Alignment::may_act(model)) {
    alignment.assign(n * (n + 1) / 2 * n_times, 0);
  }
  war_outcome.assign(laws::count_war_outcomes(model), kAbsent);
  settlement_series.assign(model.settlement().series_count() * n_times, 0);
  settlement.assign(model.settlement().size(), 0);
}

namespace {

/// Of everything that a run holds but its number.
std::uint64_t fingerprint(const Run& run) {
  const double scalars[] = {static_cast<double>(run.status),
                            run.civilian_harm,
                            run.games.games,
                            run.games.converged,
                            run.games.cycles,
                            run.games.rounds};
  std::uint64_t hash = hash_of(std::span<const double>(scalars));
  hash = hash_of(std::span<const PlanTally>(run.plans), hash);
  for (const auto* part : {&run.fighters, &run.value_share, &run.dyad_losses, &run.settlement_series, &run.alignment}) {
    hash = hash_of(std::span<const float>(*part), hash);
  }
  hash = hash_of(std::span<const std::int8_t>(run.control), hash);
  for (const auto* part : {&run.losses, &run.effort, &run.attacks, &run.outcome, &run.support, &run.draws,
                           &run.settlement, &run.war_outcome}) {
    hash = hash_of(std::span<const double>(*part), hash);
  }
  return hash;
}

/// Writes the state of the stored days into a Run, and into its Path where that is kept.
class Recorder {
 public:
  Recorder(const CompiledModel& model, std::size_t n_times)
      : model_(model), n_times_(n_times), total_(at(model.n_actors())) {}

  void store(const State& s, std::size_t time, Run& run, Path* path) {
    const War& war = model_.war();
    double all_value = 0;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      const ActorIndex holder = s.control[p];
      const double value = s.value(war.place(p, PlaceParameter::value));
      all_value += value;
      run.control[at(p) * n_times_ + time] = static_cast<std::int8_t>(holder);
      if (holder >= 0) {
        run.value_share[at(holder) * n_times_ + time] += static_cast<float>(value);
      }
    }
    total_fighters(s, total_);
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      run.fighters[at(a) * n_times_ + time] = static_cast<float>(total_[at(a)]);
      if (all_value > 0) {
        run.value_share[at(a) * n_times_ + time] /= static_cast<float>(all_value);
      }
      for (ActorIndex b = 0; b < s.n_actors; ++b) {
        run.dyad_losses[s.pair(a, b) * n_times_ + time] = static_cast<float>(s.losses[s.pair(a, b)]);
      }
      for (ActorIndex b = a; b < s.n_actors && laws::Alignment::may_act(model_); ++b) {
        run.alignment[alignment_pair(s.n_actors, a, b) * n_times_ + time] =
            static_cast<float>(s.alignment[s.pair(a, b)]);
      }
    }
    if (model_.settlement().issues > 0) {
      store_settlement(s, time, run);
    }
    if (path != nullptr) {
      path->fighters.insert(path->fighters.end(), s.fighters.begin(), s.fighters.end());
      path->support.insert(path->support.end(), s.support.begin(), s.support.end());
    }
  }

 private:
  /// Keeps what is followed over time; the rest is that of the last stored day.
  void store_settlement(const State& s, std::size_t time, Run& run) {
    const SettlementShape& shape = model_.settlement();
    talks::predict_settlement(model_, s, run.settlement);
    const auto keep = [&](std::size_t row, std::size_t from) {
      run.settlement_series[row * n_times_ + time] = static_cast<float>(run.settlement[from]);
    };
    for (IssueIndex i = 0; i < shape.issues; ++i) {
      keep(shape.series(i, SettlementSeries::median), shape.median(i, shape.rounds));
      keep(shape.series(i, SettlementSeries::mean), shape.mean(i, shape.rounds));
      for (ActorIndex a = 0; a < shape.actors; ++a) {
        keep(shape.series(i, SettlementSeries::position, a), shape.position(i, shape.rounds, a));
        keep(shape.series(i, SettlementSeries::risk, a), shape.seat(i, SeatFact::risk, a));
        keep(shape.series(i, SettlementSeries::probability, a), shape.seat(i, SeatFact::probability, a));
      }
    }
  }

  const CompiledModel& model_;
  std::size_t n_times_;
  std::vector<double> total_;  ///< [actor] fighters
};

/// Cuts the tallies of a realization at the ends of calendar months.
class MonthRecorder {
 public:
  explicit MonthRecorder(const CompiledModel& model) : months_(calendar_months(model.war().start, model.war().end)) {}

  void restart(const State& s) {
    done_ = 0;
    losses_.assign(s.country_losses.size(), 0);
    harm_.assign(at(s.n_actors), 0);
    for (auto* mark : {&place_losses_, &place_harm_, &changes_}) {
      mark->assign(s.place_losses.size(), 0);
    }
  }

  /// Before anything happens on a day: ends the months before it.
  void begin_day(const State& s, Run& run) {
    while (done_ + 1 < months_.size() && months_[done_].until <= s.day) {
      record(s, run);
    }
  }

  /// Ends all months; nothing has happened since the first that has not ended.
  void finish(const State& s, Run& run) {
    if (done_ < months_.size()) {
      record(s, run);
    }
    done_ = months_.size();  // in the others nothing did, as Run::resize has it
  }

  /// The first day of a month after this day; past the last day of the war if there is none.
  int next_first_day(int day) const {
    const auto next = std::find_if(months_.begin() + static_cast<std::ptrdiff_t>(done_), months_.end(),
                                   [&](const MonthSpan& m) { return m.from > day; });
    return next == months_.end() ? months_.back().until : next->from;
  }

 private:
  void record(const State& s, Run& run) {
    take(s.country_losses, losses_, run.months.losses);
    take(s.tally(ActorOutcome::harm), harm_, run.months.harm);
    take(s.place_losses, place_losses_, run.months.place_losses);
    take(s.place_harm, place_harm_, run.months.place_harm);
    take(s.place_changes, changes_, run.months.changes);
    ++done_;
  }

  /// What a tally gained since the mark.
  void take(std::span<const double> tally, std::vector<double>& mark, std::vector<float>& out) const {
    float* row = out.data() + done_ * tally.size();
    for (std::size_t k = 0; k < tally.size(); ++k) {
      row[k] = static_cast<float>(tally[k] - mark[k]);
    }
    mark.assign(tally.begin(), tally.end());
  }

  std::vector<MonthSpan> months_;
  std::size_t done_ = 0;
  std::vector<double> losses_, harm_, place_losses_, place_harm_, changes_;  ///< up to the month under way
};

/// Fighters whom an actor gained or lost since the first day: the sum of the outcomes that count as such.
template <bool (*counts)(Flow)>
double total(const State& s, ActorIndex a) {
  static const std::vector<ActorOutcome> outcomes = [] {
    std::vector<ActorOutcome> found;
    for (const ActorOutcomeInfo& info : actor_outcomes()) {
      if (counts(info.flow)) {
        found.push_back(info.outcome);
      }
    }
    return found;
  }();
  double sum = 0;
  for (const ActorOutcome outcome : outcomes) {
    sum += s.tally(outcome, a);
  }
  return sum;
}

/// An actor has collapsed when it holds no place and fields less than the scenario's fraction of its first-day fighters
/// (of all who came since, for one that started without any). Who never had a fighter or a place is not in the war.
class CollapseWatch {
 public:
  explicit CollapseWatch(const CompiledModel& model) : model_(model) { restart(); }

  void restart() {
    day_.assign(at(model_.n_actors()), kAbsent);
    places_held_.assign(at(model_.n_actors()), 0);
    is_in_the_war_.assign(at(model_.n_actors()), 0);
    control_.clear();
  }

  void observe(const State& s) {
    if (s.control != control_) {  // on most days no place changes hands
      control_ = s.control;
      count_places(s);
    }
    const double fraction = s.value(model_.war().law(LawParameter::collapse_fraction));
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      if (model_.is_air(a)) {
        continue;
      }
      double& day = day_[at(a)];
      std::uint8_t& is_in_the_war = is_in_the_war_[at(a)];
      if (places_held_[at(a)] > 0) {
        is_in_the_war = 1;
        day = kAbsent;
        continue;
      }
      const double came = total<is_gain>(s, a);
      const double yardstick = s.first_fighters[at(a)] > 0 ? s.first_fighters[at(a)] : came;
      is_in_the_war = is_in_the_war || yardstick > 0;
      const bool has_collapsed = is_in_the_war && total_fighters(s, a) < std::max(fraction * yardstick, 1e-9);
      if (!has_collapsed) {
        day = kAbsent;  // it came back
      } else if (std::isnan(day)) {
        day = s.day;
        if (s.journal != nullptr) {
          s.journal->events.push_back({s.day, "collapse", a, kNone, kNone, total_fighters(s, a), "no place left"});
        }
      }
    }
  }

  /// NaN: it has not collapsed.
  double day(ActorIndex a) const { return day_[at(a)]; }
  bool is_in_the_war(ActorIndex a) const { return is_in_the_war_[at(a)] != 0; }

 private:
  void count_places(const State& s) {
    std::fill(places_held_.begin(), places_held_.end(), 0);
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      if (const ActorIndex holder = s.control[p]; holder >= 0) {
        ++places_held_[at(holder)];
      }
    }
  }

  const CompiledModel& model_;
  std::vector<double> day_;
  std::vector<ActorIndex> control_;          ///< as it was when the places were counted
  std::vector<int> places_held_;             ///< [actor]
  std::vector<std::uint8_t> is_in_the_war_;  ///< [actor] so far
};

void finish(const CompiledModel& model, const State& s, const CollapseWatch& collapse,
            const std::vector<double>& extinction, Run& run) {
  const War& war = model.war();
  const int n = s.n_actors;
  double people = 0;
  double value = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    people += s.population[p];
    value += s.value(war.place(p, PlaceParameter::value));
  }
  for (ActorIndex a = 0; a < n; ++a) {
    double own_people = 0;
    double own_value = 0;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      if (s.control[p] == a) {
        own_people += s.population[p];
        own_value += s.value(war.place(p, PlaceParameter::value));
      }
    }
    const double collapse_day = collapse.day(a);
    for (const ActorOutcomeInfo& info : actor_outcomes()) {
      if (info.flow != Flow::not_counted) {
        run.of(a, info.outcome) = s.tally(info.outcome, a);
      }
    }
    run.of(a, ActorOutcome::first_fighters) = s.first_fighters[a];
    run.of(a, ActorOutcome::final_fighters) = total_fighters(s, a);
    laws::see_actor(s, a, [&](ActorOutcome outcome, double value) { run.of(a, outcome) = value; });
    run.of(a, ActorOutcome::population_share) = people > 0 ? own_people / people : 0;
    run.of(a, ActorOutcome::value_share) = value > 0 ? own_value / value : 0;
    const bool is_rated = !model.is_air(a) && collapse.is_in_the_war(a);
    run.of(a, ActorOutcome::survives) = !is_rated ? kAbsent : std::isnan(collapse_day) ? 1 : 0;
    run.of(a, ActorOutcome::collapse_day) = collapse_day;
    run.of(a, ActorOutcome::turn_day) = s.turn_day[a];
    run.of(a, ActorOutcome::extinction_day) = extinction[at(a)];
    run.civilian_harm += s.tally(ActorOutcome::harm, a);
    for (ActorIndex b = 0; b < n; ++b) {
      run.losses[at(a * n + b)] = s.losses[s.pair(a, b)];
      run.effort[at(a * n + b)] = s.effort_days[s.pair(a, b)] / std::max(1, model.n_days());
    }
  }
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    for (ActorIndex a = 0; a < n; ++a) {
      run.support[at(p * n + a)] = s.support[s.slot(p, a)];
    }
  }
  laws::see_war(model, s, run.war_outcome);
  run.attacks = s.attacks;
  run.plans = s.ledger.plans;
  run.games = s.games;
  run.fingerprint = fingerprint(run);
}

std::unique_ptr<Stepper> make_stepper(const CompiledModel& model, const SolveOptions& options, const State& state) {
  switch (options.solver) {
    case SolverKind::leap:
      return make_leap(model, options, state);
    case SolverKind::exact:
      return make_exact(model, options, state);
    case SolverKind::mean_field:
      return make_mean_field(model, options, state);
  }
  return nullptr;
}

/// The next day on which something may be decided, arrive, change or be stored.
int next_stop(const CompiledModel& model, const SolveOptions& options, const State& s, std::span<const int> stored,
              const MonthRecorder& months) {
  const War& war = model.war();
  // The leap steps through days anyway, unless nothing happens on them, and in a war of movement control is looked at
  // daily.
  const bool has_flow = options.solver == SolverKind::mean_field;
  const bool is_quiet = laws::is_quiet(model, s);
  if ((options.solver == SolverKind::leap && !is_quiet) || laws::steps_daily(model, s, has_flow) ||
      s.value(war.law(LawParameter::operations_on)) > 0) {
    return s.day + 1;
  }
  int next = std::min(model.n_days(), (s.day / war.decision_interval_days + 1) * war.decision_interval_days);
  next = std::min(next, *std::upper_bound(stored.begin(), stored.end(), s.day));
  next = is_quiet ? next : std::min(next, months.next_first_day(s.day));  // a month without events may end unseen
  for (const State::DatedChange& change : s.agenda) {
    if (const int day = change.day - war.start; day > s.day) {
      next = std::min(next, day);
      break;
    }
  }
  return next;
}

/// What it takes to solve realizations one after another: made once, so that a small war does not spend its time on
/// asking for memory.
class Simulation {
 public:
  Simulation(const CompiledModel& model, const SolveOptions& options, const std::atomic<bool>* stop)
      : model_(model),
        options_(options),
        stored_(stored_days(model, options)),
        blank_(model),
        state_(model),
        view_(model),
        recorder_(model, stored_.size()),
        collapse_(model),
        months_(model),
        stepper_(make_stepper(model, options, state_)) {
    stepper_->extinction = &extinction_;
    stepper_->stop = stop;
  }

  /// values: [parameter]. False: it was stopped.
  bool run(std::uint32_t number, std::span<const double> values, Run& run, Path* path) {
    const int interval = model_.war().decision_interval_days;
    State& s = state_;
    start(number, values, run, path);
    std::size_t time = 0;
    while (!stepper_->is_stopped()) {
      months_.begin_day(s, run);
      if (laws::intervene(model_, s, is_whole())) {
        note_extinctions();
      }
      arrive_columns(s);
      const bool is_decision = s.day % interval == 0 && s.day < model_.n_days();
      if (is_decision) {
        decide(interval);
      }
      collapse_.observe(s);
      if (s.day == stored_[time]) {
        recorder_.store(s, time++, run, path);
      }
      if (is_decision && is_over()) {
        pass_time(interval, time, run, path);
      }
      if (s.day == model_.n_days()) {
        months_.finish(s, run);
        finish(model_, s, collapse_, extinction_, run);
        return true;
      }
      const int stop = next_stop(model_, options_, s, stored_, months_);
      const int days = stop - s.day;
      if (!laws::is_quiet(model_, s)) {
        stepper_->advance(s, stop, run.status);
      }
      s.day = stop;
      laws::pass_days(model_, s, days);
    }
    return false;
  }

 private:
  bool is_whole() const { return options_.solver != SolverKind::mean_field; }

  void decide(int interval) {
    solver::decide(model_, state_, view_, state_.day > 0 ? interval : 0, is_whole());
    note_extinctions();
    count_effort(interval);
  }

  /// Whether all decisions to come would be the one that has just been made, and nothing else is to come: nobody meets
  /// an enemy, no law gives or takes fighters, nothing is dated, and no command has an enemy left whom it would weigh.
  bool is_over() const {
    const State& s = state_;
    const War& war = model_.war();
    bool some_act = s.value(war.law(LawParameter::operations_on)) > 0;
    laws::Declared::for_each([&]<class Law>() {
      if constexpr (!laws::needs_battle<Law>()) {
        some_act = some_act || s.value(war.law(laws::switch_of<Law>())) > 0;
      }
    });
    if (some_act || model_.settlement().issues > 0 || !laws::is_quiet(model_, s) ||
        (!s.agenda.empty() && s.agenda.back().day > war.start + s.day)) {
      return false;
    }
    for (CommandIndex c = 0; c < model_.n_commands(); ++c) {
      if (view_.enemies[at(c)] != 0 && doctrine(war, s, c) != Doctrine::fixed) {
        return false;
      }
    }
    return true;
  }

  /// Goes to the last day of a war that is over: what is decided and stored on the way is what it is today.
  void pass_time(int interval, std::size_t& time, Run& run, Path* path) {
    State& s = state_;
    while (s.day < model_.n_days()) {
      s.day = std::min(stored_[time], (s.day / interval + 1) * interval);
      if (s.day % interval == 0 && s.day < model_.n_days()) {
        count_effort(interval);
      }
      if (s.day == stored_[time] && s.day < model_.n_days()) {
        recorder_.store(s, time++, run, path);
      }
    }
    recorder_.store(s, time++, run, path);
  }

  void count_effort(int interval) {
    State& s = state_;
    const int days = std::min(interval, model_.n_days() - s.day);
    for (std::size_t pair = 0; pair < s.effort.size(); ++pair) {
      s.effort_days[pair] += days * s.effort[pair];
    }
  }

  /// Of actors whose last fighters an intervention took, a search found or a siege sent home: steppers note their own.
  void note_extinctions() {
    const State& s = state_;
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      if (total<is_loss>(s, a) > 0) {
        note_extinction(s, a, s.day, extinction_);
      }
    }
  }

  void start(std::uint32_t number, std::span<const double> values, Run& run, Path* path) {
    State& s = state_;
    s = blank_;  // keeps its memory
    s.seed = options_.seed;
    s.run = number;
    s.journal = path != nullptr ? &path->journal : nullptr;
    std::copy(values.begin(), values.end(), s.values.begin());
    extinction_.assign(at(s.n_actors), kAbsent);
    collapse_.restart();
    stepper_->restart();
    run.resize(model_, stored_.size());
    run.number = number;
    run.status = RunStatus::complete;
    run.civilian_harm = 0;
    for (std::size_t u = 0; u < run.draws.size(); ++u) {
      run.draws[u] = s.value(model_.uncertain()[u]);
    }
    start_realization(model_, s, is_whole());
    months_.restart(s);
  }

  const CompiledModel& model_;
  const SolveOptions& options_;
  const std::vector<int> stored_;
  const State blank_;
  State state_;
  View view_;
  Recorder recorder_;
  CollapseWatch collapse_;
  MonthRecorder months_;
  std::vector<double> extinction_;  ///< [actor]
  std::unique_ptr<Stepper> stepper_;
};

}  // namespace

void solve(const CompiledModel& model, const SolveOptions& options, std::span<const std::uint32_t> numbers,
           std::span<const double> values, std::span<Run> runs, std::span<Path* const> paths) {
  solve_until(nullptr, model, options, numbers, values, runs, paths);
}

std::size_t solve_until(const std::atomic<bool>* stop, const CompiledModel& model, const SolveOptions& options,
                        std::span<const std::uint32_t> numbers, std::span<const double> values, std::span<Run> runs,
                        std::span<Path* const> paths) {
  if (numbers.empty()) {
    return 0;
  }
  const std::size_t n_values = values.size() / numbers.size();
  Simulation simulation(model, options, stop);
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    if (!simulation.run(numbers[k], values.subspan(k * n_values, n_values), runs[k], paths[k])) {
      return k;
    }
  }
  return numbers.size();
}

}  // namespace truel::solver
