// Dated changes of the scenario.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <set>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::test {
namespace {

using solver::SolverKind;

/// a and b face each other at the town; a kills nobody unless something changes.
WarBuilder standoff() {
  WarBuilder war(40);
  war.ground("a").ground("b").place("town", "a").place("camp", "b");
  return war.force("a", "town", 100).force("b", "town", 1e6);
}

/// b's losses by each day, from daily records.
std::vector<float> losses_of_b(const CompiledModel& model, std::uint32_t number = 0) {
  const solver::Run run = solve_one(model, {.every_days = 1}, number);
  const std::size_t n_times = 41;
  const std::size_t pair = at(kA * 2 + kB) * n_times;
  return {run.dyad_losses.begin() + static_cast<std::ptrdiff_t>(pair),
          run.dyad_losses.begin() + static_cast<std::ptrdiff_t>(pair + n_times)};
}

std::vector<float> losses_of_b(const WarBuilder& war) {
  return losses_of_b(war.compile());
}

TEST(Set, changes_the_number_from_its_day_on) {
  WarBuilder war = standoff();
  war.change(10, "actors.a.kill_rate", .1).change(20, "actors.a.kill_rate", 0);
  const std::vector<float> losses = losses_of_b(war);
  EXPECT_EQ(losses[10], 0);
  EXPECT_GT(losses[11], 0);
  EXPECT_EQ(losses[40], losses[20]);
  EXPECT_NEAR(losses[20], 100, 4 * 10);
}

TEST(Set, dated_before_or_on_the_first_day_has_already_happened) {
  for (const int day : {-100, 0}) {
    WarBuilder war = standoff();
    war.change(day, "actors.a.kill_rate", .1).change(day, "actors.a.front_line_fraction", .5);
    EXPECT_GT(losses_of_b(war)[1], 0);
    const Scene scene(war.compile());
    EXPECT_EQ(scene.state.tallies.first_fighters[kA], 50);  // even the first forces are those of the changed scenario
  }
}

TEST(Set, of_two_before_the_first_day_the_later_holds) {
  WarBuilder war = standoff();
  war.change(-100, "actors.a.kill_rate", .1).change(-50, "actors.a.kill_rate", 0);
  EXPECT_EQ(losses_of_b(war)[40], 0);
}

TEST(Set, can_end_a_battle_and_begin_it_again) {
  WarBuilder war = standoff();
  war.set("actors.a.kill_rate", .1).change(10, "ties.a.b.alignment", 0).change(30, "ties.a.b.alignment", -1);
  const std::vector<float> losses = losses_of_b(war);
  EXPECT_GT(losses[10], 0);
  EXPECT_EQ(losses[30], losses[10]);
  EXPECT_GT(losses[31], losses[30]);
}

TEST(Set, means_the_same_to_every_solver) {
  WarBuilder war = standoff();
  war.change(10, "actors.a.kill_rate", .1).change(20, "actors.a.kill_rate", 0);
  for (const SolverKind kind : {SolverKind::exact, SolverKind::mean_field}) {
    const solver::Run run = solve_one(war.compile(), {.solver = kind});
    EXPECT_NEAR(run.of(kB, ActorOutcome::killed), 100, kind == SolverKind::exact ? 40 : 1e-4);
  }
}

TEST(Arrival, adds_fighters_and_counts_them) {
  WarBuilder war = standoff();
  war.arrive(5, "b", "camp", 30).arrive(6, "b", "camp", 12);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_EQ(run.of(kB, ActorOutcome::arrived), 42);
  EXPECT_EQ(run.of(kB, ActorOutcome::final_fighters), 1e6 + 42);
}

TEST(Arrival, before_the_first_day_is_part_of_the_first_strength) {
  WarBuilder war = standoff();
  war.arrive(-1, "b", "camp", 30).leave(-1, "a", "*", 10);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_EQ(run.of(kB, ActorOutcome::arrived), 0);
  EXPECT_EQ(run.of(kA, ActorOutcome::left), 0);
}

TEST(Arrival, takes_land_that_nobody_holds_or_that_a_friend_holds_without_men) {
  WarBuilder war(20);
  war.ground("a").ground("b").ground("f").align("a", "f", 1);
  war.place("empty").place("friends", "f").place("garrisoned", "f").force("f", "garrisoned", 1);
  war.place("enemys", "b").force("b", "enemys", 1);
  for (const char* place : {"empty", "friends", "garrisoned", "enemys"}) {
    war.arrive(3, "a", place, 10);
  }
  Scene scene(war.compile());
  scene.play(3);
  EXPECT_EQ(scene.control(0), war.actor("a"));
  EXPECT_EQ(scene.control(1), war.actor("a"));
  EXPECT_EQ(scene.control(2), war.actor("f"));
  EXPECT_EQ(scene.control(3), war.actor("b"));
}

TEST(Arrival, of_enemies_on_one_day_is_nobodys_gain) {
  for (const char* first : {"a", "b"}) {
    WarBuilder war(20);
    war.ground("a").ground("b").ground("f").align("b", "f", 1).place("empty").place("shared");
    war.arrive(3, first, "empty", 10).arrive(3, *first == 'a' ? "b" : "a", "empty", 10);
    war.arrive(3, "b", "shared", 10).arrive(3, "f", "shared", 11);
    Scene scene(war.compile());
    scene.play(3);
    EXPECT_EQ(scene.control(0), kNone) << first;
    EXPECT_EQ(scene.control(1), war.actor("f")) << "the stronger of two friends";
    scene.play(4);
    EXPECT_EQ(scene.control(0), kNone) << first;
  }
}

TEST(Arrival, at_an_enemy_place_without_defenders_takes_it) {
  WarBuilder war(20);
  war.ground("a").ground("b").place("town", "b").arrive(3, "a", "town", 10);
  Scene scene(war.compile());
  scene.play(3);
  EXPECT_EQ(scene.control(0), war.actor("a"));
}

TEST(Departure, takes_men_from_everywhere_in_proportion) {
  WarBuilder war(20);
  war.ground("a").place("north", "a").place("south", "a").force("a", "north", 300).force("a", "south", 100);
  war.leave(3, "a", "*", 200);
  Scene scene(war.compile());
  scene.play(3);
  EXPECT_EQ(scene.fighters(0, kA), 150);
  EXPECT_EQ(scene.fighters(1, kA), 50);
  EXPECT_EQ(scene.state.tally(ActorOutcome::left, kA), 200);
}

TEST(Departure, from_one_place_leaves_the_others_alone_and_takes_no_more_than_there_are) {
  WarBuilder war(20);
  war.ground("a").place("north", "a").place("south", "a").force("a", "north", 300).force("a", "south", 100);
  war.leave(3, "a", "south", 250);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_EQ(run.of(kA, ActorOutcome::left), 100);
  EXPECT_EQ(run.of(kA, ActorOutcome::final_fighters), 300);
}

TEST(Departure, of_the_last_defender_leaves_the_place_to_the_enemy_who_stands_there) {
  for (const SolverKind kind : kAllSolvers) {
    WarBuilder war(20);
    war.ground("a")
        .ground("b")
        .place("town", "a")
        .force("a", "town", 100)
        .force("b", "town", 10)
        .leave(3, "a", "*", 100);
    const solver::Run run = solve_one(war.compile(), {.solver = kind, .every_days = 1});
    EXPECT_EQ(run.control[2], war.actor("a"));
    EXPECT_EQ(run.control[3], war.actor("b"));
  }
}

TEST(Interventions, are_noted_where_the_path_is_kept) {
  WarBuilder war = standoff();
  war.change(2, "actors.a.supply", 2).arrive(3, "b", "camp", 30).leave(4, "a", "town", 1000);
  solver::Path path;
  solve_one(war.compile(), {}, 0, &path);
  std::vector<std::pair<int, double>> noted;
  for (const Event& event : path.journal.events) {
    if (event.kind == "intervention") {
      noted.emplace_back(event.day, event.fighters);
      EXPECT_EQ(event.intervention, static_cast<int>(noted.size()) - 1);
    }
  }
  EXPECT_EQ(noted, (std::vector<std::pair<int, double>>{{2, 2.}, {3, 30.}, {4, 100.}}));
}

Distribution day(const WarBuilder& war, int day) {
  return {.a = static_cast<double>(war.build()->start + day), .is_date = true};
}

TEST(Days, of_changes_are_numbers_of_the_realization) {
  WarBuilder war = standoff();
  war.change(10, "actors.a.kill_rate", .1).set("interventions.change0.date", day(war, 17));
  for (const SolverKind kind : kAllSolvers) {
    const solver::Run run = solve_one(war.compile(), {.solver = kind, .every_days = 1});
    const auto losses = run.dyad_losses.begin() + (kA * 2 + kB) * 41;
    EXPECT_EQ(losses[17], 0);
    EXPECT_GT(losses[18], 0);
  }
  war.set("interventions.change0.date", day(war, -3));
  EXPECT_GT(losses_of_b(war)[1], 0);
}

TEST(Days, that_are_moved_change_the_order_of_changes) {
  WarBuilder war = standoff();
  war.change(10, "actors.a.kill_rate", 0).change(20, "actors.a.kill_rate", .1);
  war.set("interventions.change0.date", day(war, 30));
  const std::vector<float> losses = losses_of_b(war);
  EXPECT_EQ(losses[20], 0);
  EXPECT_GT(losses[21], 0);
  EXPECT_EQ(losses[40], losses[30]);
}

TEST(Days, that_are_drawn_are_those_on_which_it_happens) {
  WarBuilder war = standoff();
  war.change(10, "actors.a.kill_rate", .1);
  Distribution range = day(war, 5);
  range.kind = DistributionKind::uniform;
  range.b = range.a + 3;
  war.set("interventions.change0.date", range);
  std::set<int> seen;
  for (const solver::Run& run : solve_many(war.compile(), {.every_days = 1}, 32)) {
    const auto losses = run.dyad_losses.begin() + (kA * 2 + kB) * 41;
    const auto first = static_cast<int>(std::find_if(losses, losses + 41, [](float n) { return n > 0; }) - losses);
    EXPECT_EQ(first - 1, static_cast<int>(run.draws[0]) - war.build()->start);
    seen.insert(first - 1);
  }
  EXPECT_EQ(seen, (std::set<int>{5, 6, 7, 8}));
}

TEST(Switches, of_changes_that_are_off_leave_the_war_alone) {
  WarBuilder war = standoff();
  const std::vector<float> without = losses_of_b(war);
  war.change(10, "actors.a.kill_rate", .1).set("interventions.change0.on", 0);
  EXPECT_EQ(losses_of_b(war), without);
}

TEST(Switches, of_two_changes_decide_where_one_happens_only_with_the_other) {
  WarBuilder war = standoff();
  const std::vector<float> without = losses_of_b(war);
  war.change(10, "actors.b.desertion_per_day", 0).change(20, "actors.a.kill_rate", .1).only_with(0);
  EXPECT_GT(losses_of_b(war)[21], 0);
  for (const char* off : {"interventions.change0.on", "interventions.change1.on"}) {
    EXPECT_EQ(losses_of_b(WarBuilder(war).set(off, 0)), without) << off;
  }
}

WarBuilder change_that_ends(int day, double per_day) {
  return standoff().change(day, "actors.a.kill_rate", .1).ending(per_day);
}

TEST(Ends, come_at_a_constant_rate_after_the_day_of_the_change) {
  const CompiledModel model = change_that_ends(10, .1).compile();
  double days = 0;
  constexpr std::uint32_t kRuns = 400;
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    const std::vector<float> losses = losses_of_b(model, run);
    EXPECT_EQ(losses[10], 0);
    for (int day = 11; day <= 40; ++day) {
      days += losses[day] > losses[day - 1] ? 1 : 0;  // a day without a death is one in twenty thousand
    }
  }
  // The sum over i from 0 to 29 of exp(-0.1 i); standard deviation of a run some 8.5.
  EXPECT_NEAR(days / kRuns, (1 - std::exp(-3)) / (1 - std::exp(-.1)), 4 * 8.5 / std::sqrt(kRuns));
}

// After i days a share (1 + i / 5)^(-0.5) still lasts.
TEST(Ends, come_at_half_the_rate_after_the_days_that_say_so) {
  const CompiledModel model = change_that_ends(0, .1).set("interventions.change0.half_rate_days", 5).compile();
  std::array<double, 41> lasting{};
  constexpr std::uint32_t kRuns = 2000;
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    const std::vector<float> losses = losses_of_b(model, run);
    for (int day = 1; day <= 40; ++day) {
      lasting[at(day)] += losses[day] > losses[day - 1] ? 1. / kRuns : 0;
    }
  }
  for (const int day : {2, 6, 21, 40}) {
    EXPECT_NEAR(lasting[at(day)], std::pow(1 + (day - 1) / 5., -.5), 4 * .5 / std::sqrt(kRuns)) << day;
  }
}

/// Days on which b and c begin to die, whom truces from day 5 on spare; in each of 50 runs.
std::vector<std::array<int, 2>> days_of_war(bool is_one_truce) {
  WarBuilder war(40);
  war.ground("a").ground("b").ground("c").place("town", "a");
  war.force("a", "town", 100).force("b", "town", 1e6).force("c", "town", 1e6).set("actors.a.kill_rate", 10);
  war.change(5, "ties.a.b.alignment", 1).ending(.2).change(5, "ties.a.c.alignment", 1);
  is_one_truce ? war.ending_with(0) : war.ending(.2);
  const CompiledModel model = war.set("ties.b.c.alignment", 1).compile();
  std::vector<std::array<int, 2>> days;
  for (std::uint32_t number = 0; number < 50; ++number) {
    const solver::Run run = solve_one(model, {.every_days = 1}, number);
    std::array<int, 2> first{40, 40};
    for (const int enemy : {1, 2}) {
      const float* losses = &run.dyad_losses[at(kA * 3 + enemy) * 41];
      for (int day = 40; day > 5; --day) {
        first[at(enemy - 1)] = losses[day] > losses[day - 1] ? day : first[at(enemy - 1)];
      }
    }
    days.push_back(first);
  }
  return days;
}

TEST(Ends, of_changes_that_end_together_come_on_one_day) {
  std::set<int> all;
  for (const auto& [of_b, of_c] : days_of_war(true)) {
    EXPECT_EQ(of_b, of_c);
    all.insert(of_b);
  }
  EXPECT_GT(all.size(), 5U);
  const auto apart = days_of_war(false);
  EXPECT_GT(std::count_if(apart.begin(), apart.end(), [](const auto& days) { return days[0] != days[1]; }), 25);
}

TEST(Ends, leave_alone_what_has_changed_again) {
  const std::vector<float> losses = losses_of_b(change_that_ends(10, .1).change(11, "actors.a.kill_rate", .05));
  EXPECT_GT(losses[40], losses[39]);
}

TEST(Ends, of_a_change_that_is_renewed_give_back_what_was_before_both) {
  WarBuilder war = standoff().set("actors.a.kill_rate", .1);
  war.change(5, "ties.a.b.alignment", .5).ending(.01);
  war.change(10, "ties.a.b.alignment", .4).ending(5);
  const std::vector<float> losses = losses_of_b(war);
  EXPECT_EQ(losses[10], losses[6]);
  EXPECT_GT(losses[40], losses[39]);
}

TEST(Ends, give_back_what_was_before) {
  EXPECT_EQ(losses_of_b(change_that_ends(-100, 5))[40], 0);
  EXPECT_GT(losses_of_b(change_that_ends(-100, 0))[40], 0);
  WarBuilder war = standoff().set("actors.a.kill_rate", .1);
  war.change(10, "ties.a.b.alignment", 1).ending(.5);
  const std::vector<float> losses = losses_of_b(war);
  EXPECT_EQ(losses[11], losses[10]);
  EXPECT_GT(losses[40], losses[11]);
  WarBuilder other = standoff().set("actors.a.kill_rate", .1).align("a", "b", -.9);
  other.change(10, "scenario.thresholds.enemy", -1).ending(5);
  EXPECT_GT(losses_of_b(other)[40], losses_of_b(other)[39]);
}

TEST(Ends, mean_the_same_to_every_solver) {
  for (const SolverKind solver : kAllSolvers) {
    const solver::Run run = solve_one(change_that_ends(10, .1).compile(), {.solver = solver, .every_days = 1});
    const auto* losses = &run.dyad_losses[at(kA * 2 + kB) * 41];
    int last = 0;
    for (int day = 1; day <= 40; ++day) {
      last = losses[day] > losses[day - 1] ? day : last;
    }
    static const int of_first = last;
    EXPECT_EQ(last, of_first);
    EXPECT_GT(last, 10);
  }
}

/// a holds two places, b one; the record has b's town in a's hands on day 10.
TEST(LaidIn, gives_a_place_to_its_holder_and_loses_nobody) {
  WarBuilder builder(40);
  builder.ground("a").ground("b").place("town", "b").place("camp", "b").place("fort", "a").place("gate", "a");
  builder.road("town", "camp", 10).road("town", "fort", 10).road("fort", "gate", 10);
  builder.force("a", "fort", 100).force("a", "gate", 50).force("b", "town", 30).force("b", "camp", 20);
  auto war = std::make_shared<War>(*builder.build());
  const PlaceIndex town = builder.at_place("town");
  war->laid_in = {{war->start + 10, town, kA}, {war->start + 10, builder.at_place("fort"), kA}};
  const CompiledModel model = *compile(war);
  Scene scene(model);
  scene.play(9);
  EXPECT_EQ(scene.control(town), kB);
  scene.play(10);
  EXPECT_EQ(scene.control(town), kA);
  EXPECT_EQ(scene.fighters(town, kB), 0);
  EXPECT_EQ(scene.fighters(builder.at_place("camp"), kB), 50);
  EXPECT_EQ(scene.fighters(town, kA), 50);  // of 150 men at two places, a third
  EXPECT_EQ(scene.total(kA), 150);
  EXPECT_EQ(scene.total(kB), 50);
  EXPECT_EQ(scene.state.tallies.place_changes[town], 0);
}

/// Of two places that b has besides, one has three times the men of the other.
TEST(LaidIn, sends_men_who_never_came_back_to_where_they_are) {
  WarBuilder builder(40);
  builder.ground("a").ground("b").place("town", "b").place("camp", "b").place("base", "b").place("fort", "a");
  builder.road("town", "camp", 10).road("camp", "base", 10).road("town", "fort", 10);
  builder.force("a", "fort", 100).force("b", "town", 40).force("b", "camp", 15).force("b", "base", 45);
  auto war = std::make_shared<War>(*builder.build());
  war->laid_in = {{war->start + 10, builder.at_place("town"), kA}};
  const CompiledModel model = *compile(war);
  Scene scene(model);
  scene.play(10);
  EXPECT_EQ(scene.fighters(builder.at_place("town"), kB), 0);
  EXPECT_EQ(scene.fighters(builder.at_place("camp"), kB), 25);
  EXPECT_EQ(scene.fighters(builder.at_place("base"), kB), 75);
}

TEST(LaidIn, says_nothing_where_the_holder_is_the_same) {
  const WarBuilder builder = standoff();
  auto war = std::make_shared<War>(*builder.build());
  const solver::Run without = solve_one(*compile(std::make_shared<const War>(*war)), {});
  war->laid_in = {{war->start + 10, builder.at_place("town"), kA}};
  EXPECT_EQ(bytes_of(solve_one(*compile(war), {})), bytes_of(without));
}

}  // namespace
}  // namespace truel::test
