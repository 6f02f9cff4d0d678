#include "support/solve.hpp"

#include <numeric>
#include <utility>

#include "truel/laws/laws.hpp"
#include "truel/solver/results/run_parts.hpp"
#include "truel/solver/start.hpp"
#include "truel/world/marches.hpp"

namespace truel::test {

using solver::Run;
using solver::SolveOptions;

std::vector<double> values_of(const CompiledModel& model, std::uint64_t seed, std::uint32_t first, std::size_t count) {
  const std::size_t n = model.war().parameters.size();
  std::vector<double> values(n * count);
  for (std::size_t k = 0; k < count; ++k) {
    ensemble::draw_parameters(model, seed, first + static_cast<std::uint32_t>(k), std::span(values).subspan(k * n, n));
  }
  return values;
}

Run solve_one(const CompiledModel& model, const SolveOptions& options, std::uint32_t number, solver::Path* path) {
  Run run;
  const std::vector<double> values = values_of(model, options.seed, number, 1);
  solver::solve(model, options, std::span(&number, 1), values, std::span(&run, 1), std::span(&path, 1));
  return run;
}

std::vector<Run> solve_many(const CompiledModel& model, const SolveOptions& options, std::size_t count) {
  std::vector<Run> runs(count);
  std::vector<std::uint32_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0U);
  const std::vector<solver::Path*> no_paths(count, nullptr);
  solver::solve(model, options, numbers, values_of(model, options.seed, 0, count), runs, no_paths);
  return runs;
}

namespace {

template <class T>
void append(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
void append(std::string& bytes, const std::vector<T>& values) {
  append(bytes, values.size());
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

void append(std::string& bytes, std::string_view text) {
  append(bytes, text.size());
  bytes += text;
}

template <class... Ts>
void append_all(std::string& bytes, const Ts&... values) {
  (append(bytes, values), ...);
}

}  // namespace

std::string bytes_of(const Run& run) {
  std::string bytes;
  append_all(bytes, run.number, run.dyad_losses);
  solver::for_each_part(run, [&](const auto& part) { append(bytes, part); });
  return bytes;
}

std::string bytes_of(const solver::Path& path) {
  std::string bytes;
  append_all(bytes, path.fighters, path.support);
  for (const Event& event : path.journal.events) {
    append_all(bytes, event.day, event.kind, event.actor, event.place, event.other, event.fighters, event.cause->name,
               event.intervention);
    for (const EventNumberInfo& info : kEventNumbers) {
      append(bytes, event.numbers.*info.of);
    }
  }
  for (const PriorityRecord& record : path.journal.priorities) {
    append_all(bytes, record.day, record.command, record.target, record.share, record.score, record.contribution);
  }
  return bytes;
}

Scene::Scene(const CompiledModel& m, bool is_whole, std::uint64_t seed, std::uint32_t number)
    : model(m), state(m), view(m), is_whole_(is_whole) {
  state.seed = seed;
  state.run = number;
  const std::vector<double> values = values_of(m, seed, number, 1);
  state.values.assign(values.begin(), values.end());
  state.journal = &journal;
  solver::start_realization(m, state, is_whole);
}

Scene::Scene(CompiledModel&& m, bool is_whole, std::uint64_t seed, std::uint32_t number)
    : Scene(std::make_shared<const CompiledModel>(std::move(m)), is_whole, seed, number) {}

Scene::Scene(std::shared_ptr<const CompiledModel> own, bool is_whole, std::uint64_t seed, std::uint32_t number)
    : Scene(*own, is_whole, seed, number) {
  own_ = std::move(own);
}

void Scene::begin_day() {
  const int interval = model.war().decision_interval_days;
  laws::intervene(model, state, is_whole_);
  arrive_marches(state);
  if (state.day % interval == 0 && state.day < model.n_days()) {
    decide(state.day > 0 ? interval : 0);
  }
  has_begun_ = true;
}

void Scene::decide(int days) {
  solver::decide(model, state, view, days, is_whole_);
}

void Scene::play(int until, solver::SolverKind kind, const std::function<void()>& look) {
  const SolveOptions options{.solver = kind, .seed = state.seed};
  const auto stepper = kind == solver::SolverKind::leap    ? solver::make_leap(model, options, state)
                       : kind == solver::SolverKind::exact ? solver::make_exact(model, options, state)
                                                           : solver::make_mean_field(model, options, state);
  std::vector<double> extinction(at(state.n_actors), kAbsent);
  stepper->extinction = &extinction;
  solver::RunStatus status = solver::RunStatus::complete;
  if (!has_begun_) {
    begin_day();
    look();
  }
  while (state.day < until) {
    laws::before_days(model, state);
    stepper->forget();  // what the solvers keep from day to day, they find anew here
    stepper->advance(state, state.day + 1, status);
    laws::pass_days(model, state, 1);
    begin_day();
    look();
  }
}

double Scene::marching(ActorIndex a, PlaceIndex to, MarchTask task) const {
  double sum = 0;
  for (const March& march : state.marches) {
    sum += march.actor == a && march.to == to && march.task == task ? march.fighters : 0;
  }
  return sum;
}

double Scene::marching(ActorIndex a) const {
  double sum = 0;
  for (const March& march : state.marches) {
    sum += march.actor == a ? march.fighters : 0;
  }
  return sum;
}

Scene decided(CompiledModel model) {
  Scene scene(std::move(model));
  scene.begin_day();
  return scene;
}

}  // namespace truel::test
