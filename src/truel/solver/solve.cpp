#include <algorithm>
#include <cmath>

#include "truel/dynamics/alignment.hpp"
#include "truel/dynamics/alignment_rules.hpp"
#include "truel/dynamics/decision.hpp"
#include "truel/dynamics/interventions.hpp"
#include "truel/dynamics/loyalty.hpp"
#include "truel/dynamics/movement.hpp"
#include "truel/dynamics/settlement.hpp"
#include "truel/solver/stepper.hpp"

namespace truel::solver {

using dynamics::CompiledModel;
using dynamics::State;

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

std::string_view to_string(AlignmentOutcome outcome) {
  constexpr std::array<std::string_view, kAlignmentOutcomes> names{"energy",   "imbalanced_triads", "friendly_share",
                                                                   "factions", "updates",           "limit_day"};
  return names.at(static_cast<std::size_t>(outcome));
}

std::vector<int> stored_days(const CompiledModel& model, const SolveOptions& options) {
  std::vector<int> days;
  for (int day = 0; day < model.n_days(); day += options.every_days) {
    days.push_back(day);
  }
  days.push_back(model.n_days());
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
  outcome.assign(n * at(kActorOutcomes), 0);
  support.assign(n * at(model.n_places()), 0);
  draws.assign(model.uncertain().size(), 0);
  if (model.moves_alignment()) {
    alignment.assign(n * (n + 1) / 2 * n_times, 0);
    alignment_outcome.assign(at(kAlignmentOutcomes) + n, kAbsent);
  }
  settlement_series.assign(model.settlement().series_count() * n_times, 0);
  settlement.assign(model.settlement().size(), 0);
}

namespace {

/// FNV-1a over the bytes of an array (Fowler, Noll and Vo).
template <class T>
void mix(std::uint64_t& hash, const std::vector<T>& data) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
  for (std::size_t i = 0; i < data.size() * sizeof(T); ++i) {
    hash = (hash ^ bytes[i]) * 0x100000001b3;
  }
}

class Recorder {
 public:
  Recorder(const CompiledModel& model, std::span<Run> runs, std::span<Path* const> paths, std::size_t n_times)
      : model_(model), runs_(runs), paths_(paths), n_times_(n_times), total_(at(model.n_actors())) {}

  void store(const State& s, std::size_t time) {
    const War& war = model_.war();
    for (int lane = 0; lane < s.width; ++lane) {
      Run& run = runs_[at(lane)];
      double all_value = 0;
      for (PlaceIndex p = 0; p < s.n_places; ++p) {
        const int holder = s.control[s.one(p, lane)];
        const double value = s.value(war.place(p, PlaceParameter::value), lane);
        all_value += value;
        run.control[at(p) * n_times_ + time] = static_cast<std::int8_t>(holder);
        if (holder >= 0) {
          run.value_share[at(holder) * n_times_ + time] += static_cast<float>(value);
        }
      }
      dynamics::total_fighters(s, lane, total_);
      for (ActorIndex a = 0; a < s.n_actors; ++a) {
        run.fighters[at(a) * n_times_ + time] = static_cast<float>(total_[at(a)]);
        if (all_value > 0) {
          run.value_share[at(a) * n_times_ + time] /= static_cast<float>(all_value);
        }
        for (ActorIndex b = 0; b < s.n_actors; ++b) {
          run.dyad_losses[at(a * s.n_actors + b) * n_times_ + time] = static_cast<float>(s.losses[s.pair(a, b, lane)]);
        }
        for (ActorIndex b = a; b < s.n_actors && model_.moves_alignment(); ++b) {
          run.alignment[alignment_pair(s.n_actors, a, b) * n_times_ + time] =
              static_cast<float>(s.alignment[s.pair(a, b, lane)]);
        }
      }
      if (model_.settlement().issues > 0) {
        store_settlement(s, lane, time);
      }
      if (Path* path = paths_[at(lane)]; path != nullptr) {
        for (PlaceIndex p = 0; p < s.n_places; ++p) {
          for (ActorIndex a = 0; a < s.n_actors; ++a) {
            path->fighters.push_back(static_cast<float>(s.fighters[s.slot(p, a, lane)]));
            path->support.push_back(static_cast<float>(s.support[s.slot(p, a, lane)]));
          }
        }
      }
    }
  }

 private:
  /// Keeps what is followed over time; the rest is that of the last stored day.
  void store_settlement(const State& s, int lane, std::size_t time) {
    using dynamics::SettlementSeries;
    const dynamics::SettlementShape& shape = model_.settlement();
    Run& run = runs_[at(lane)];
    dynamics::predict_settlement(model_, s, lane, run.settlement);
    const auto keep = [&](std::size_t row, std::size_t from) {
      run.settlement_series[row * n_times_ + time] = static_cast<float>(run.settlement[from]);
    };
    for (IssueIndex i = 0; i < shape.issues; ++i) {
      keep(shape.series(i, SettlementSeries::median), shape.median(i, shape.rounds));
      keep(shape.series(i, SettlementSeries::mean), shape.mean(i, shape.rounds));
      for (ActorIndex a = 0; a < shape.actors; ++a) {
        keep(shape.series(i, SettlementSeries::position, a), shape.position(i, shape.rounds, a));
        keep(shape.series(i, SettlementSeries::risk, a), shape.seat(i, dynamics::SeatFact::risk, a));
        keep(shape.series(i, SettlementSeries::probability, a), shape.seat(i, dynamics::SeatFact::probability, a));
      }
    }
  }

  const CompiledModel& model_;
  std::span<Run> runs_;
  std::span<Path* const> paths_;
  std::size_t n_times_;
  std::vector<double> total_;  ///< [actor] fighters
};

/// An actor has collapsed when it holds no place and fields less than the scenario's fraction of its first-day fighters
/// (of all who came since, for one that started without any). Who never had a fighter or a place is not in the war.
class CollapseWatch {
 public:
  CollapseWatch(const CompiledModel& model, const State& s)
      : model_(model),
        day_(at(s.n_actors * s.width), kAbsent),
        places_held_(at(s.n_actors * s.width)),
        is_in_the_war_(at(s.n_actors * s.width)) {}

  void look(const State& s) {
    if (s.control != control_) {  // on most days no place changes hands
      control_ = s.control;
      count_places(s);
    }
    for (int lane = 0; lane < s.width; ++lane) {
      const double fraction = s.value(model_.war().law(LawParameter::collapse_fraction), lane);
      for (ActorIndex a = 0; a < s.n_actors; ++a) {
        if (model_.is_air(a)) {
          continue;
        }
        double& day = day_[s.one(a, lane)];
        const double came = s.arrived[s.one(a, lane)] + s.recruited[s.one(a, lane)] + s.joined[s.one(a, lane)];
        const double yardstick = s.first_fighters[s.one(a, lane)] > 0 ? s.first_fighters[s.one(a, lane)] : came;
        std::uint8_t& is_in_the_war = is_in_the_war_[s.one(a, lane)];
        is_in_the_war = is_in_the_war || yardstick > 0 || places_held_[s.one(a, lane)] > 0;
        const bool has_collapsed = is_in_the_war && places_held_[s.one(a, lane)] == 0 &&
                                   dynamics::total_fighters(s, a, lane) < std::max(fraction * yardstick, 1e-9);
        if (!has_collapsed) {
          day = kAbsent;  // it came back
        } else if (std::isnan(day)) {
          day = s.day;
          if (dynamics::Journal* journal = s.journal[at(lane)]; journal != nullptr) {
            journal->events.push_back(
                {s.day, "collapse", a, kNone, kNone, dynamics::total_fighters(s, a, lane), "no place left"});
          }
        }
      }
    }
  }

  /// NaN: it has not collapsed.
  double day(const State& s, ActorIndex a, int lane) const { return day_[s.one(a, lane)]; }
  bool is_in_the_war(const State& s, ActorIndex a, int lane) const { return is_in_the_war_[s.one(a, lane)] != 0; }

 private:
  void count_places(const State& s) {
    std::fill(places_held_.begin(), places_held_.end(), 0);
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      for (int lane = 0; lane < s.width; ++lane) {
        if (const int holder = s.control[s.one(p, lane)]; holder >= 0) {
          ++places_held_[s.one(holder, lane)];
        }
      }
    }
  }

  const CompiledModel& model_;
  std::vector<double> day_;
  std::vector<int> control_;                 ///< as it was when the places were counted
  std::vector<int> places_held_;             ///< [actor][lane]
  std::vector<std::uint8_t> is_in_the_war_;  ///< [actor][lane] so far
};

void finish(const CompiledModel& model, const State& s, const CollapseWatch& collapse,
            const std::vector<double>& extinction, int lane, Run& run) {
  const War& war = model.war();
  const int n = s.n_actors;
  double people = 0;
  double value = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    people += s.population[s.one(p, lane)];
    value += s.value(war.place(p, PlaceParameter::value), lane);
  }
  for (ActorIndex a = 0; a < n; ++a) {
    double own_people = 0;
    double own_value = 0;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      if (s.control[s.one(p, lane)] == a) {
        own_people += s.population[s.one(p, lane)];
        own_value += s.value(war.place(p, PlaceParameter::value), lane);
      }
    }
    const double collapse_day = collapse.day(s, a, lane);
    run.of(a, ActorOutcome::first_fighters) = s.first_fighters[s.one(a, lane)];
    run.of(a, ActorOutcome::final_fighters) = dynamics::total_fighters(s, a, lane);
    run.of(a, ActorOutcome::underground) = dynamics::underground_fighters(s, a, lane);
    run.of(a, ActorOutcome::killed) = s.killed[s.one(a, lane)];
    run.of(a, ActorOutcome::recruited) = s.recruited[s.one(a, lane)];
    run.of(a, ActorOutcome::arrived) = s.arrived[s.one(a, lane)];
    run.of(a, ActorOutcome::joined) = s.joined[s.one(a, lane)];
    run.of(a, ActorOutcome::deserted) = s.deserted[s.one(a, lane)];
    run.of(a, ActorOutcome::defected) = s.defected[s.one(a, lane)];
    run.of(a, ActorOutcome::left) = s.left[s.one(a, lane)];
    run.of(a, ActorOutcome::harm) = s.harm[s.one(a, lane)];
    run.of(a, ActorOutcome::population_share) = people > 0 ? own_people / people : 0;
    run.of(a, ActorOutcome::value_share) = value > 0 ? own_value / value : 0;
    const bool is_rated = !model.is_air(a) && collapse.is_in_the_war(s, a, lane);
    run.of(a, ActorOutcome::survives) = !is_rated ? kAbsent : std::isnan(collapse_day) ? 1 : 0;
    run.of(a, ActorOutcome::collapse_day) = collapse_day;
    run.of(a, ActorOutcome::extinction_day) = extinction[s.one(a, lane)];
    run.civilian_harm += s.harm[s.one(a, lane)];
    for (ActorIndex b = 0; b < n; ++b) {
      run.losses[at(a * n + b)] = s.losses[s.pair(a, b, lane)];
      run.effort[at(a * n + b)] = s.effort_days[s.pair(a, b, lane)] / std::max(1, model.n_days());
    }
  }
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    for (ActorIndex a = 0; a < n; ++a) {
      run.support[at(p * n + a)] = s.support[s.slot(p, a, lane)];
    }
  }
  if (model.moves_alignment()) {
    const auto set = [&](AlignmentOutcome o, double x) { run.alignment_outcome[at(static_cast<int>(o))] = x; };
    set(AlignmentOutcome::energy, dynamics::energy(model, s, lane));
    set(AlignmentOutcome::imbalanced_triads, dynamics::imbalanced_triads(s, lane));
    set(AlignmentOutcome::friendly_share, dynamics::friendly_share(s, lane));
    set(AlignmentOutcome::factions, dynamics::factions(model, s, lane));
    set(AlignmentOutcome::updates, s.alignment_updates[at(lane)]);
    set(AlignmentOutcome::limit_day, s.alignment_end[at(lane)]);
    for (ActorIndex a = 0; a < n; ++a) {
      run.alignment_outcome[at(kAlignmentOutcomes + a)] = dynamics::frustration(model, s, a, lane);
    }
  }
  run.games = s.games[at(lane)];
  run.fingerprint = 0xcbf29ce484222325;
  mix(run.fingerprint, run.fighters);
  mix(run.fingerprint, run.control);
  mix(run.fingerprint, run.losses);
  mix(run.fingerprint, run.outcome);
  mix(run.fingerprint, run.draws);
  mix(run.fingerprint, run.alignment);
  mix(run.fingerprint, run.alignment_outcome);
  mix(run.fingerprint, run.settlement);
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
int next_stop(const CompiledModel& model, const SolveOptions& options, const State& s, std::span<const int> stored) {
  const War& war = model.war();
  // The leap steps through days anyway, unless nothing happens on them, and in a war of movement control is looked at
  // daily. Loyalties move daily. Alignment answers to the losses of each day, except in the mean-field equations, of
  // which its own are a part.
  const dynamics::AlignmentRule rule = dynamics::alignment_rule(model, s, 0);
  const bool aligns_daily = rule != dynamics::AlignmentRule::none &&
                            (options.solver == SolverKind::exact || rule != dynamics::AlignmentRule::terms);
  const auto is_on = [&](LawParameter p) { return s.value(war.law(p), 0) > 0; };
  if ((options.solver == SolverKind::leap && !dynamics::is_quiet(model, s)) || aligns_daily ||
      is_on(LawParameter::operations_on) || is_on(LawParameter::loyalty_on)) {
    return s.day + 1;
  }
  int next = std::min(model.n_days(), (s.day / war.decision_interval_days + 1) * war.decision_interval_days);
  next = std::min(next, *std::upper_bound(stored.begin(), stored.end(), s.day));
  for (const Intervention& i : war.interventions) {
    if (const int day = i.date - war.start; day > s.day) {
      next = std::min(next, day);
    }
  }
  return next;
}

/// What it takes to solve realizations, `width` side by side, one group after another: made once, so that a small war
/// does not spend its time on asking for memory.
class Course {
 public:
  Course(const CompiledModel& model, const SolveOptions& options, int width)
      : model_(model),
        options_(options),
        stored_(stored_days(model, options)),
        blank_(model, width),
        state_(model, width),
        view_(model),
        stepper_(make_stepper(model, options, state_)) {
    stepper_->extinction = &extinction_;
  }

  void run(std::span<const std::uint32_t> numbers, std::span<const double> values, std::span<Run> runs,
           std::span<Path* const> paths) {
    const int interval = model_.war().decision_interval_days;
    State& s = state_;
    start(numbers, values, runs, paths);
    Recorder recorder(model_, runs, paths, stored_.size());
    CollapseWatch collapse(model_, s);
    std::size_t time = 0;
    for (;;) {
      for (int lane = 0; lane < s.width; ++lane) {
        if (dynamics::intervene(model_, s, lane, is_whole())) {
          note_extinctions(lane);
        }
        dynamics::arrive_columns(s, lane);
        if (s.day % interval == 0 && s.day < model_.n_days()) {
          dynamics::decide(model_, s, view_, lane, s.day > 0 ? interval : 0, is_whole());
          if (model_.may_go_underground()) {
            note_extinctions(lane);
          }
          const int days = std::min(interval, model_.n_days() - s.day);
          for (ActorIndex a = 0; a < s.n_actors; ++a) {
            for (ActorIndex b = 0; b < s.n_actors; ++b) {
              s.effort_days[s.pair(a, b, lane)] += days * s.effort[s.pair(a, b, lane)];
            }
          }
        }
      }
      collapse.look(s);
      if (s.day == stored_[time]) {
        recorder.store(s, time++);
      }
      if (s.day == model_.n_days()) {
        break;
      }
      const int stop = next_stop(model_, options_, s, stored_);
      const int days = stop - s.day;
      if (!dynamics::is_quiet(model_, s)) {
        stepper_->advance(s, stop, status_);
      }
      s.day = stop;
      for (int lane = 0; lane < s.width; ++lane) {
        dynamics::move_loyalties(model_, s, days, lane);
      }
    }
    for (int lane = 0; lane < s.width; ++lane) {
      runs[at(lane)].status = status_[at(lane)];
      finish(model_, s, collapse, extinction_, lane, runs[at(lane)]);
    }
  }

 private:
  bool is_whole() const { return options_.solver != SolverKind::mean_field; }

  /// Of actors whose last fighters an intervention took or a search found: steppers note their own.
  void note_extinctions(int lane) {
    const State& s = state_;
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      const std::size_t k = s.one(a, lane);
      const bool has_gone = s.left[k] + s.deserted[k] + s.defected[k] + s.killed[k] > 0;
      if (std::isnan(extinction_[k]) && has_gone && dynamics::total_fighters(s, a, lane) <= 0) {
        extinction_[k] = s.day;
      }
    }
  }

  void start(std::span<const std::uint32_t> numbers, std::span<const double> values, std::span<Run> runs,
             std::span<Path* const> paths) {
    State& s = state_;
    s = blank_;  // keeps its memory
    s.seed = options_.seed;
    std::copy(values.begin(), values.end(), s.values.begin());
    status_.assign(at(s.width), RunStatus::complete);
    extinction_.assign(at(s.n_actors * s.width), kAbsent);
    stepper_->restart();
    for (int lane = 0; lane < s.width; ++lane) {
      Run& run = runs[at(lane)];
      run.resize(model_, stored_.size());
      run.number = s.run[at(lane)] = numbers[at(lane)];
      s.journal[at(lane)] = paths[at(lane)] != nullptr ? &paths[at(lane)]->journal : nullptr;
      for (std::size_t u = 0; u < run.draws.size(); ++u) {
        run.draws[u] = s.value(model_.uncertain()[u], lane);
      }
      dynamics::start_lane(model_, s, lane, is_whole());
    }
  }

  const CompiledModel& model_;
  const SolveOptions& options_;
  const std::vector<int> stored_;
  const State blank_;
  State state_;
  dynamics::View view_;
  std::vector<double> extinction_;  ///< [actor][lane]
  std::vector<RunStatus> status_;   ///< [lane]
  std::unique_ptr<Stepper> stepper_;
};

}  // namespace

void solve(const CompiledModel& model, const SolveOptions& options, std::span<const std::uint32_t> numbers,
           std::span<const double> values, std::span<Run> runs, std::span<Path* const> paths) {
  if (numbers.empty()) {
    return;
  }
  // Events and error control differ from lane to lane: only the leap takes more than one.
  const std::size_t width = options.solver == SolverKind::leap ? numbers.size() : 1;
  const std::size_t n_values = values.size() / numbers.size();
  Course course(model, options, static_cast<int>(width));
  for (std::size_t k = 0; k < numbers.size(); k += width) {
    course.run(numbers.subspan(k, width), values.subspan(k * n_values, width * n_values), runs.subspan(k, width),
               paths.subspan(k, width));
  }
}

}  // namespace truel::solver
