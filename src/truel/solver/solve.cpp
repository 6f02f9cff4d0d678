#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "truel/laws/laws.hpp"
#include "truel/model/solver_names.hpp"
#include "truel/solver/decision.hpp"
#include "truel/solver/results/collapse.hpp"
#include "truel/solver/results/last_day.hpp"
#include "truel/solver/results/month_recorder.hpp"
#include "truel/solver/results/run_parts.hpp"
#include "truel/solver/results/state_recorder.hpp"
#include "truel/solver/results/turnover.hpp"
#include "truel/solver/start.hpp"
#include "truel/solver/steppers/extinction.hpp"
#include "truel/solver/steppers/stepper.hpp"
#include "truel/solver/stoppable.hpp"
#include "truel/world/marches.hpp"

namespace truel::solver {
namespace {

std::unique_ptr<Stepper> make_stepper(const CompiledModel& model, const SolveOptions& options, const State& state) {
  constexpr std::array<decltype(&make_leap), kSolverNames.size()> kMakers{make_leap, make_exact, make_mean_field};
  return kMakers.at(static_cast<std::size_t>(options.solver))(model, options, state);
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
      s.value(war.law(laws::switch_of<laws::Operations>())) > 0) {
    return s.day + 1;
  }
  int next = std::min(model.n_days(), (s.day / war.decision_interval_days + 1) * war.decision_interval_days);
  next = std::min(next, *std::upper_bound(stored.begin(), stored.end(), s.day));
  if (!is_quiet && options.keeps_months) {  // a month without events may end unseen
    next = std::min(next, months.next_first_day(s.day));
  }
  for (const laws::DatedChange& change : laws::own_state<laws::Interventions>(s).agenda) {
    if (const int day = change.day - war.start; day > s.day) {
      next = std::min(next, day);
      break;
    }
  }
  for (const LaidInHolder& row : war.laid_in) {
    if (const int day = row.day - war.start; day > s.day) {
      next = std::min(next, day);
      break;
    }
  }
  if (model.later() != nullptr && model.later()->from - war.start > s.day) {
    next = std::min<int>(next, model.later()->from - war.start);
  }
  return next;
}

/// What moves a realization while the war is what a model says: all of it, or what comes before or after it goes on as
/// another one.
struct Stage {
  Stage(const CompiledModel& of, const SolveOptions& options, const State& state, std::size_t n_times,
        std::vector<double>& extinction, const std::atomic<bool>* stop)
      : model(of), recorder(of, n_times), stepper(make_stepper(of, options, state)) {
    stepper->extinction = &extinction;
    stepper->stop = stop;
  }

  const CompiledModel& model;
  StateRecorder recorder;
  std::unique_ptr<Stepper> stepper;
};

/// A state that others begin with.
struct FirstState {
  explicit FirstState(State of) : state(std::move(of)), own(std::exchange(state.laws.own, {})) {}

  State state;  ///< but for what laws keep of their own
  std::vector<LawState> own;

  void copy_to(State& s) const {
    std::vector<LawState> kept = std::exchange(s.laws.own, {});
    s = state;  // keeps its memory, as what laws keep does
    s.laws.own = std::move(kept);
    laws::AllLaws::for_each([&]<class Law>() {
      if constexpr (requires { typename Law::Own; }) {
        laws::own_state<Law>(s) = own[laws::position_of<Law>()].template as<typename Law::Own>();
      }
    });
  }
};

/// But for its parameters.
State state_of(const CompiledModel& model) {
  State state(model);
  state.values.clear();
  return state;
}

/// The first realization once commands have decided on its first day, if nothing was drawn at random until then: others
/// with the same parameters begin as it does.
struct Opening {
  FirstState first;
  std::vector<double> extinction;
  const double* values;  ///< those of the one place that has them
  bool is_over;
};

/// What it takes to solve realizations one after another: made once, so that a small war does not spend its time on
/// asking for memory.
class Simulation {
 public:
  Simulation(const CompiledModel& model, const SolveOptions& options, const std::atomic<bool>* stop)
      : options_(options),
        stored_(stored_days(model, options)),
        blank_(state_of(model)),
        state_(model),
        view_(model),
        collapse_(model),
        months_(model, options.keeps_months) {
    for (const CompiledModel* of = &model; of != nullptr; of = of->later() ? of->later()->model.get() : nullptr) {
      stages_.emplace_back(*of, options, state_, stored_.size(), extinction_, stop);
    }
    now_ = stages_.data();
  }

  /// values: [parameter]. False: it was stopped.
  bool run(std::uint32_t number, std::span<const double> values, Run& run, Path* path,
           const SharedStart* shared_start) {
    const int interval = model().war().decision_interval_days;
    State& s = state_;
    const bool is_alone = stages_.size() == 1 && path == nullptr && shared_start == nullptr;
    const bool opens_as_the_first = is_alone && opening_ && opening_->values == values.data();
    start(number, values, run, path, opens_as_the_first);
    if (const Midway* midway = shared_start != nullptr && shared_start->from ? shared_start->from(number) : nullptr) {
      go_on_from(*midway, shared_start->own_numbers, run);
    }
    std::size_t time = at(static_cast<int>(std::lower_bound(stored_.begin(), stored_.end(), s.day) - stored_.begin()));
    const int first_day = s.day;
    while (!now_->stepper->is_stopped()) {
      if (shared_start != nullptr && s.day > first_day &&
          std::binary_search(shared_start->keep_days.begin(), shared_start->keep_days.end(), s.day)) {
        shared_start->keep(number, s.day, midway_of(run));
      }
      months_.begin_day(s, run);
      const bool is_opening = opens_as_the_first && s.day == first_day;
      const bool is_decision = s.day % interval == 0 && s.day < model().n_days();
      bool has_intervened = false;
      if (!is_opening) {
        const bool goes_on_otherwise = begin_next_stage();
        has_intervened = laws::intervene(model(), s, is_whole()) || goes_on_otherwise;
        if (has_intervened) {
          note_extinctions();
        }
        arrive_marches(s);
        if (is_decision) {
          decide(interval);
        }
      }
      if (has_intervened || is_decision || laws::changes_rates_daily(model(), s, !is_whole())) {
        now_->stepper->forget();
      }
      collapse_.observe(s);
      if (s.day == stored_[time]) {
        now_->recorder.store(s, time++, run, path);
      }
      if (is_alone && s.day == first_day && is_decision && !opening_ && !s.run.was_asked_for()) {
        opening_.emplace(Opening{FirstState(s), extinction_, values.data(), is_over()});
      }
      if (is_decision && (is_opening ? opening_->is_over : is_over())) {
        pass_time(interval, time, run, path);
      }
      if (s.day == model().n_days()) {
        months_.finish(s, run);
        finish(model(), s, collapse_, extinction_, run);
        run.fingerprint = options_.takes_fingerprint ? fingerprint_of(run) : 0;
        return true;
      }
      const int stop = next_stop(model(), options_, s, stored_, months_);
      const int days = stop - s.day;
      laws::before_days(model(), s);
      if (!laws::is_quiet(model(), s)) {
        now_->stepper->advance(s, stop, run.status);
      }
      s.day = stop;
      laws::pass_days(model(), s, days);
    }
    return false;
  }

 private:
  const CompiledModel& model() const { return now_->model; }
  bool is_whole() const { return options_.solver != SolverKind::mean_field; }

  /// Whether the war goes on as another one from today on.
  bool begin_next_stage() {
    const LaterWar* later = model().later();
    if (later == nullptr || later->from != model().war().start + state_.day) {
      return false;
    }
    laws::take_over(model(), state_);
    ++now_;
    now_->stepper->restart();
    return true;
  }

  void decide(int interval) {
    solver::decide(model(), state_, view_, state_.day > 0 ? interval : 0, is_whole());
    note_extinctions();
    count_effort(interval);
  }

  /// Whether all decisions to come would be the one that has just been made, and nothing else is to come: nobody meets
  /// an enemy, no law gives or takes fighters, nothing is dated, and no command has an enemy left whom it would weigh.
  bool is_over() const {
    const State& s = state_;
    const War& war = model().war();
    bool some_act = false;
    laws::AllLaws::for_each([&]<class Law>() {
      if constexpr (laws::has_switch<Law>() && !laws::needs_battle<Law>()) {
        some_act = some_act || s.value(war.law(laws::switch_of<Law>())) > 0;
      }
    });
    const auto& agenda = laws::own_state<laws::Interventions>(s).agenda;
    if (some_act || !laws::is_quiet(model(), s) || (!agenda.empty() && agenda.back().day > war.start + s.day) ||
        (!war.laid_in.empty() && war.laid_in.back().day > war.start + s.day) || model().later() != nullptr) {
      return false;
    }
    for (CommandIndex c = 0; c < model().n_commands(); ++c) {
      if (view_.enemies[at(c)] != 0 && doctrine(war, s, c) != Doctrine::fixed) {
        return false;
      }
    }
    return true;
  }

  /// Goes to the last day of a war that is over: what is decided and stored on the way is what it is today.
  void pass_time(int interval, std::size_t& time, Run& run, Path* path) {
    State& s = state_;
    while (s.day < model().n_days()) {
      s.day = std::min(stored_[time], (s.day / interval + 1) * interval);
      if (s.day % interval == 0 && s.day < model().n_days()) {
        count_effort(interval);
      }
      if (s.day == stored_[time] && s.day < model().n_days()) {
        now_->recorder.store(s, time++, run, path);
      }
    }
    now_->recorder.store(s, time++, run, path);
  }

  void count_effort(int interval) {
    State& s = state_;
    const int days = std::min(interval, model().n_days() - s.day);
    for (std::size_t pair = 0; pair < s.effort.size(); ++pair) {
      s.tallies.effort_days[pair] += days * s.effort[pair];
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

  void start(std::uint32_t number, std::span<const double> values, Run& run, Path* path, bool opens_as_the_first) {
    State& s = state_;
    now_ = stages_.data();
    (opens_as_the_first ? opening_->first : blank_).copy_to(s);
    s.seed = options_.seed;
    s.run = number;
    s.journal = path != nullptr ? &path->journal : nullptr;
    if (opens_as_the_first) {
      extinction_ = opening_->extinction;
    } else {
      s.values.assign(values.begin(), values.end());
      extinction_.assign(at(s.n_actors), kAbsent);
    }
    collapse_.restart();
    now_->stepper->restart();
    run.resize(model(), stored_.size(), options_.keeps_months || options_.counts_losses);
    run.number = number;
    run.status = RunStatus::complete;
    run.civilian_harm = 0;
    for (std::size_t u = 0; u < run.draws.size(); ++u) {
      run.draws[u] = values[at(model().uncertain()[u])];
    }
    if (!opens_as_the_first) {
      start_realization(model(), s, is_whole());
    }
    months_.restart(s);
  }

  std::unique_ptr<const Midway> midway_of(const Run& run) const {
    auto midway = std::make_unique<Midway>(Midway{state_, collapse_.memory(), months_, extinction_, run});
    if (!options_.keeps_months) {
      midway->run.months = {};  // nothing but room
    }
    return midway;
  }

  /// Goes on from where a realization of another war stands, which differs in dated changes to come alone: once this
  /// one has started, which says what those are. Where changes may end in one of the two alone it begins anew: what the
  /// numbers were before is then known to that one.
  void go_on_from(const Midway& midway, std::span<const int> own_numbers, Run& run) {
    TRUEL_CHECK(options_.solver == SolverKind::leap && state_.journal == nullptr);
    if (laws::own_state<laws::Interventions>(state_).before.empty() !=
        laws::own_state<laws::Interventions>(midway.state).before.empty()) {
      return;
    }
    const Day today = model().war().start + midway.state.day;
    std::vector<double> own;
    std::transform(own_numbers.begin(), own_numbers.end(), std::back_inserter(own),
                   [&](int number) { return state_.value(number); });
    laws::InterventionsState changes = std::move(laws::own_state<laws::Interventions>(state_));
    state_ = midway.state;
    for (std::size_t k = 0; k < own.size(); ++k) {
      state_.value(own_numbers[k]) = own[k];
    }
    laws::take_agenda(state_, std::move(changes), today);
    collapse_.go_on_from(midway.collapse);
    months_ = midway.months;
    extinction_ = midway.extinction;
    MonthTallies no_months = std::move(run.months);
    std::vector<double> draws = std::move(run.draws);
    run = midway.run;
    run.draws = std::move(draws);
    if (!options_.keeps_months) {
      run.months = std::move(no_months);
    }
  }

  const SolveOptions& options_;
  const std::vector<int> stored_;
  const FirstState blank_;
  std::optional<Opening> opening_;
  State state_;
  View view_;
  CollapseWatch collapse_;
  MonthRecorder months_;
  std::vector<double> extinction_;  ///< [actor]
  std::vector<Stage> stages_;
  Stage* now_ = nullptr;
};

}  // namespace

std::size_t Midway::bytes() const {
  std::size_t sum = sizeof *this + bytes_of_lists(state);
  const auto add = [&](const auto& list) { sum += list.size() * sizeof(list[0]); };
  for_each_list(run, add);
  add(run.dyad_losses);
  return sum;
}

void solve(const CompiledModel& model, const SolveOptions& options, std::span<const std::uint32_t> numbers,
           std::span<const double> values, std::span<Run> runs, std::span<Path* const> paths) {
  solve_until(nullptr, model, options, numbers, values, runs, paths);
}

std::size_t solve_until(const std::atomic<bool>* stop, const CompiledModel& model, const SolveOptions& options,
                        std::span<const std::uint32_t> numbers, std::span<const double> values, std::span<Run> runs,
                        std::span<Path* const> paths, const SharedStart* shared_start) {
  if (numbers.empty()) {
    return 0;
  }
  const bool is_same_for_all = values.size() == model.war().parameters.size();
  const std::size_t n_values = is_same_for_all ? values.size() : values.size() / numbers.size();
  const std::size_t step = is_same_for_all ? 0 : n_values;
  Simulation simulation(model, options, stop);
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    if (!simulation.run(numbers[k], values.subspan(k * step, n_values), runs[k], paths[k], shared_start)) {
      return k;
    }
  }
  return numbers.size();
}

}  // namespace truel::solver
