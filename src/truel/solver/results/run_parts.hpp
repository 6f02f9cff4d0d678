// The parts of a realization, each declared once: what `Run` keeps, how much of it there is. Making room, the store and
// what compares realizations are loops over these.
#pragma once

#include <tuple>

#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/declarations.hpp"
#include "truel/solver/run.hpp"

namespace truel::solver {

/// A part that is many numbers.
template <class T>
struct RunPart {
  std::vector<T> Run::*values;
  std::size_t (*size)(const CompiledModel& model, std::size_t n_times);
  T blank{};
};

/// Those but the tallies by month (kMonthTallies), in the order of the store. To add one: its member in `Run`, its row
/// here, and what fills it, results/state_recorder.cpp or results/last_day.cpp.
inline constexpr std::tuple kRunParts = {
    RunPart<float>{&Run::fighters, [](const CompiledModel& m, std::size_t times) { return at(m.n_actors()) * times; }},
    RunPart<float>{&Run::value_share,
                   [](const CompiledModel& m, std::size_t times) { return at(m.n_actors()) * times; }},
    RunPart<std::int8_t>{&Run::control,
                         [](const CompiledModel& m, std::size_t times) { return at(m.n_places()) * times; }, kNone},
    RunPart<double>{&Run::losses, [](const CompiledModel& m, std::size_t) { return at(m.n_actors() * m.n_actors()); }},
    RunPart<double>{&Run::effort, [](const CompiledModel& m, std::size_t) { return at(m.n_actors() * m.n_actors()); }},
    RunPart<double>{&Run::attacks, [](const CompiledModel& m,
                                      std::size_t) { return at(m.n_actors() * m.n_actors()) * kAttackTallyCount; }},
    RunPart<laws::PlanTally>{&Run::plans, [](const CompiledModel& m, std::size_t) { return at(m.n_commands()); }},
    RunPart<double>{&Run::outcome,
                    [](const CompiledModel& m, std::size_t) { return at(m.n_actors() * n_actor_outcomes()); }},
    RunPart<double>{&Run::support,
                    [](const CompiledModel& m, std::size_t) { return at(m.n_places() * m.n_actors()); }},
    RunPart<double>{&Run::draws, [](const CompiledModel& m, std::size_t) { return m.uncertain().size(); }},
    RunPart<float>{&Run::alignment,
                   [](const CompiledModel& m, std::size_t times) {
                     const int n = laws::Alignment::may_act(m) ? m.n_actors() : 0;
                     return at(n * (n + 1) / 2) * times;
                   }},
    RunPart<double>{&Run::war_outcome,
                    [](const CompiledModel& m, std::size_t) { return laws::count_war_outcomes(m); }, kAbsent},
    RunPart<float>{&Run::issue_series,
                   [](const CompiledModel& m, std::size_t times) { return m.issues().series_count() * times; }},
    RunPart<double>{&Run::issues, [](const CompiledModel& m, std::size_t) { return m.issues().size(); }},
};

/// dyad_losses: of most pairs they are 0 on all days, and the store leaves these out.
inline constexpr RunPart<float> kDyadLosses = {&Run::dyad_losses, [](const CompiledModel& m, std::size_t times) {
                                                 return at(m.n_actors() * m.n_actors()) * times;
                                               }};

/// Calls f(member of Run) for every part that is many numbers and of one list, those by month too, but dyad_losses.
template <class R, class F>
void for_each_list(R& run, F&& f) {
  std::apply([&](const auto&... part) { (f(run.*part.values), ...); }, kRunParts);
  for (const MonthTallyInfo& tally : kMonthTallies) {
    f(run.months.*tally.values);
  }
}

/// Calls f with every part but its number and dyad_losses, in the order of the store.
template <class R, class F>
void for_each_part(R& run, F&& f) {
  f(run.status);
  f(run.fingerprint);
  f(run.civilian_harm);
  f(run.games);
  for_each_list(run, f);
}

}  // namespace truel::solver
