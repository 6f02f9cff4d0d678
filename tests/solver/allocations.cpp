// No memory is asked for inside a step: the program counts every call of operator new.
//
// What does allocate, outside the steps: the state and the records of a realization once at its start; the journal of a
// realization whose path is kept, at every event; scratch vectors that each thread keeps, when they grow for the first
// time (a war solved before has grown them); lists of columns and recruits beyond the room reserved for them; the
// mean-field solver, which sets up its integrator anew for every stretch of days.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <numeric>

#include "support/outcomes.hpp"
#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace {

std::atomic<long> allocations{0};

void* counted(std::size_t bytes) {
  ++allocations;
  if (void* memory = std::malloc(bytes > 0 ? bytes : 1)) {
    return memory;
  }
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t bytes) {
  return counted(bytes);
}
void* operator new[](std::size_t bytes) {
  return counted(bytes);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace truel::test {
namespace {

/// A war without end in which every law acts: two sides of 40 towns along a road, each with an air arm.
WarBuilder endless_war(int days) {
  WarBuilder war(days);
  war.decide_every(7).ground("a").ground("b").air("jets", "a").air("drones", "b");
  for (const char* command : {"a", "b"}) {
    war.doctrine(command, Doctrine::priority);
    war.set(std::string("commands.") + command + ".weight_vital", 1);
  }
  for (int p = 0; p < 40; ++p) {
    const std::string id = "p" + std::to_string(p);
    war.place(id, p < 20 ? "a" : "b").set("places." + id + ".population", 5000 + 100 * p);
    if (p > 0) {
      war.road("p" + std::to_string(p - 1), id, 25);
    }
  }
  for (const std::string actor : {"a", "b"}) {
    const std::string path = "actors." + actor + ".";
    war.force(actor, "*", 3000).support(actor, "*", .3);
    war.set(path + "kill_rate", .01).set(path + "recruitment_per_day", .0005).set(path + "concealment", .3);
    war.set(path + "income", 2000).set(path + "desertion_per_day", .01).set(path + "legitimacy_per_day", .001);
  }
  for (const std::string air : {"jets", "drones"}) {
    war.set("actors." + air + ".sorties_per_day", 5).set("actors." + air + ".kills_per_sortie", .3);
  }
  for (const char* law : {"strikes", "recruitment", "income", "support", "operations"}) {
    war.set(std::string("scenario.laws.") + law + ".on", 1);
  }
  return war.set("scenario.laws.operations.estimate_error", .3).set("scenario.laws.support.shift_per_harm", .5);
}

long allocations_of(const CompiledModel& model, const solver::SolveOptions& options, std::size_t count) {
  const std::vector<double> values = values_of(model, options.seed, 0, count);
  std::vector<std::uint32_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0U);
  std::vector<solver::Run> runs(count);
  const std::vector<solver::Path*> no_paths(count, nullptr);
  const long before = allocations;
  solver::solve(model, options, numbers, values, runs, no_paths);
  return allocations - before;
}

TEST(Allocations, are_counted) {
  const long before = allocations;
  const auto memory = std::make_unique<std::vector<int>>(100);
  EXPECT_EQ(allocations - before, 2);
}

TEST(Leap, allocates_nothing_in_a_day) {
  Scene scene(endless_war(400).compile());
  scene.state.journal = nullptr;
  solver::SolveOptions options;
  const auto stepper = solver::make_leap(scene.model, options, scene.state);
  std::vector<double> extinction(at(scene.state.n_actors), kAbsent);
  stepper->extinction = &extinction;
  solver::RunStatus status = solver::RunStatus::complete;
  long in_steps = 0;
  for (int day = 0; day < 350; ++day) {
    scene.begin_day();
    stepper->forget();
    const long before = allocations;
    stepper->advance(scene.state, day + 1, status);
    in_steps += day < 20 ? 0 : allocations - before;
  }
  EXPECT_EQ(in_steps, 0);
  EXPECT_GT(scene.state.tally(ActorOutcome::killed, 0) + scene.state.tally(ActorOutcome::killed, 1),
            100);  // there was something to do
  EXPECT_GT(scene.state.tally(kRecruited, 0), 100);
  EXPECT_GT(scene.state.tally(kDeserted, 0) + scene.state.tally(kDeserted, 1), 0);
}

TEST(Decisions, allocate_next_to_nothing_once_their_scratch_has_grown) {
  Scene scene(endless_war(800).compile());
  scene.state.journal = nullptr;
  scene.play(160);
  long in_decisions = 0;
  for (int epoch = 0; epoch < 80; ++epoch) {
    scene.play(scene.state.day + 6);
    const long before = allocations;
    scene.decide(6);
    in_decisions += allocations - before;
  }
  EXPECT_LE(in_decisions, 8);  // a list may still grow beyond what it ever held
}

TEST(Solve, of_twice_the_days_allocates_no_more) {
  for (const std::size_t count : {1, 4}) {
    const solver::SolveOptions options{.every_days = 1000};
    const CompiledModel once = endless_war(400).compile();
    const CompiledModel twice = endless_war(800).compile();
    allocations_of(twice, options, count);  // grows what the thread keeps
    const long short_war = allocations_of(once, options, count);
    const long long_war = allocations_of(twice, options, count);
    RecordProperty("allocations_of_400_days_" + std::to_string(count), std::to_string(short_war));
    RecordProperty("allocations_of_800_days_" + std::to_string(count), std::to_string(long_war));
    EXPECT_LE(std::abs(long_war - short_war), static_cast<long>(20 * count));
  }
}

}  // namespace
}  // namespace truel::test
