// What must hold in every war, tried on random ones: nobody is lost from the books, nobody fights twice at a time.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "support/outcomes.hpp"
#include "support/random_war.hpp"
#include "support/solve.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

using solver::Run;
using solver::SolveOptions;
using solver::SolverKind;

constexpr double kRounding = 1e-9;

/// Compared without a word: a failing property would print every byte.
bool is_same(const Run& x, const Run& y) {
  return bytes_of(x) == bytes_of(y);
}

bool is_whole(double x) {
  return x == std::floor(x);
}

/// Men gained by any law are those alive and those lost by any; who joins has left another; every death has its
/// attacker.
void check_books(const State& s, double slack) {
  double joined = 0;
  double defected = 0;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    const auto of = [&](ActorOutcome o) { return s.tally(o, a); };
    const double came = s.tallies.first_fighters[at(a)] + sum_of(is_gain, of);
    const double went = sum_of(is_loss, of);
    joined += s.tally(kJoined, a);
    defected += s.tally(kDefected, a);
    RC_ASSERT(std::abs(came - went - total_fighters(s, a)) <= slack * (1 + came));
    double by_somebody = 0;
    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      RC_ASSERT(s.tallies.losses[s.pair(b, a)] >= 0);
      by_somebody += s.tallies.losses[s.pair(b, a)];
    }
    RC_ASSERT(std::abs(by_somebody - s.tally(ActorOutcome::killed, a)) <= slack * (1 + came));
  }
  RC_ASSERT(std::abs(joined - defected) <= slack * (1 + joined));
}

void check_state(const CompiledModel& model, const State& s, bool whole) {
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    double supporters = 0;
    ActorMask here = 0;
    bool is_contested = false;
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      const double n = s.fighters[s.slot(p, a)];
      RC_ASSERT(std::isfinite(n) && n >= 0);
      RC_ASSERT(!whole || is_whole(n));
      RC_ASSERT(n == 0 || !model.is_air(a));
      here |= n > 0 ? bit(a) : 0;
      const double support = s.support[s.slot(p, a)];
      RC_ASSERT(support >= 0 && support <= 1 + kRounding);
      supporters += support;
      RC_ASSERT(s.tallies.recent_harm[s.slot(p, a)] >= 0);
    }
    RC_ASSERT(supporters <= 1 + kRounding);
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      is_contested = is_contested || ((here >> a & 1) != 0 && (s.derived.hostile[at(a)] & here) != 0);
    }
    RC_ASSERT(s.present[at(p)] == here);
    RC_ASSERT((s.contested[at(p)] != 0) == is_contested);
    RC_ASSERT(std::isnan(s.battle_since[at(p)]) != is_contested);
    RC_ASSERT(s.population[at(p)] >= 0);
    const int holder = s.control[at(p)];
    RC_ASSERT(holder == kNone || (holder >= 0 && holder < s.n_actors && !model.is_air(holder)));
  }
  for (const March& march : s.marches) {
    RC_ASSERT(march.fighters >= 0);
    RC_ASSERT(!whole || is_whole(march.fighters));
    RC_ASSERT(march.arrival_day > s.day);
  }
  std::vector<double> sorties(at(s.n_actors), 0);
  for (const laws::Strike& strike : laws::own_state<laws::Strikes>(s).list) {
    RC_ASSERT(strike.share >= 0 && model.is_air(strike.air));
    sorties[at(strike.air)] += strike.share;
  }
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    double effort = 0;
    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      RC_ASSERT(s.effort[s.pair(a, b)] >= 0);
      effort += s.effort[s.pair(a, b)];
    }
    RC_ASSERT(effort <= 1 + kRounding);
    RC_ASSERT(sorties[at(a)] <= 1 + kRounding);
  }
}

// The properties below say something only if the wars they see have something in them.
TEST(RandomWars, let_every_law_act) {
  int wars = 0;
  int killed = 0;
  int struck = 0;
  int recruited = 0;
  int deserted = 0;
  int arrived = 0;
  int left = 0;
  int defected = 0;
  int harmed = 0;
  int games = 0;
  int talks = 0;
  int aligned = 0;
  std::map<std::string_view, int> events;
  const bool passed = rc::check([&] {
    ++wars;
    const CompiledModel model = random_war().compile();
    solver::Path path;
    const solver::Run run = solve_one(model, {}, 0, &path);
    std::set<std::string_view> kinds;
    for (const Event& event : path.journal.events) {
      kinds.insert(event.kind);
    }
    for (const std::string_view kind : kinds) {
      ++events[kind];
    }
    const auto any = [&](ActorOutcome o) {
      double sum = 0;
      for (ActorIndex a = 0; a < model.n_actors(); ++a) {
        sum += run.of(a, o);
      }
      return sum > 0 ? 1 : 0;
    };
    killed += any(ActorOutcome::killed);
    recruited += any(kRecruited);
    deserted += any(kDeserted);
    arrived += any(ActorOutcome::arrived);
    left += any(ActorOutcome::left);
    defected += any(kDefected);
    harmed += any(ActorOutcome::harm);
    double by_air = 0;
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      for (ActorIndex b = 0; b < model.n_actors() && model.is_air(a); ++b) {
        by_air += run.losses[at(a * model.n_actors() + b)];
      }
    }
    struck += by_air > 0;
    games += run.games.games > 0;
    talks += !run.issues.empty();
    aligned += !run.alignment.empty();
  });
  EXPECT_TRUE(passed);
  for (const int count :
       {killed, struck, recruited, deserted, arrived, left, defected, harmed, games, talks, aligned}) {
    EXPECT_GT(count, wars / 15);
  }
  for (const EventInfo& info : laws::event_kinds()) {
    EXPECT_GE(events[info.kind], wars / 50) << info.kind;
    events.erase(info.kind);
  }
  EXPECT_TRUE(events.empty()) << events.begin()->first << " is of no law and not common";
}

// A law, a choice or a constant that nobody draws would be in none of the properties: this notices a new one.
TEST(RandomWars, draw_every_switch_every_choice_every_constant_and_every_kind_of_number) {
  std::map<std::string, std::set<double>> switches;  // by path, and by word of choices
  std::set<std::string> constants;
  std::set<DistributionKind> kinds;
  const bool passed = rc::check([&] {
    const CompiledModel model = random_war().compile();
    const War& war = model.war();
    const std::vector<double> values = values_of(model, 1, 0, 1);
    for (const Parameter& parameter : war.parameters) {
      kinds.insert(parameter.distribution.kind);
    }
    for (const ParameterInfo& info : law_parameters()) {
      const double value = values[at(war.law(law_parameter(info.name)))];
      if (info.unit == "switch" || info.unit == "choice") {
        switches[std::string(info.name)].insert(value);
      } else if (value != info.fallback && !std::isnan(value)) {
        constants.insert(std::string(info.name));
      }
    }
    for (CommandIndex c = 0; c < model.n_commands(); ++c) {
      switches["doctrine"].insert(values[at(war.command(c, CommandParameter::doctrine))]);
    }
    for (const Intervention& i : war.interventions) {
      if (i.action == InterventionAction::set && war.parameters[at(i.target)].path.ends_with(".on")) {
        switches["changed by an intervention"].insert(1);
      }
    }
  });
  EXPECT_TRUE(passed);
  for (const ParameterInfo& info : law_parameters()) {
    const std::string name(info.name);
    if (info.unit == "switch" || info.unit == "choice") {
      const auto words = std::count(info.words.begin(), info.words.end(), ' ') + 1;
      EXPECT_EQ(switches[name].size(), info.unit == "switch" ? 2 : words) << name;
    } else {
      EXPECT_TRUE(constants.contains(name)) << name;
    }
  }
  EXPECT_EQ(switches["doctrine"].size(), 3);
  EXPECT_FALSE(switches["changed by an intervention"].empty());
  EXPECT_EQ(kinds.size(), static_cast<std::size_t>(DistributionKind::either) + 1);
}

void check_every_day(const WarBuilder& war, SolverKind kind, double slack) {
  const bool is_whole = kind != SolverKind::mean_field;
  Scene scene(war.compile(), is_whole);
  scene.play(scene.model.n_days(), kind, [&] {
    check_state(scene.model, scene.state, is_whole);
    check_books(scene.state, slack);
  });
}

RC_GTEST_PROP(Invariants, hold_on_every_day_of_the_leap, ()) {
  check_every_day(random_war(), SolverKind::leap, 0);
}

RC_GTEST_PROP(Invariants, hold_on_every_day_of_the_exact_solver, ()) {
  check_every_day(random_war({.most_fighters = 80}), SolverKind::exact, 0);
}

RC_GTEST_PROP(Invariants, hold_on_every_day_of_the_mean_field, ()) {
  check_every_day(random_war({.most_fighters = *rc::gen::element(80, 300)}), SolverKind::mean_field, 1e-6);
}

// The same of what is kept of a realization.
RC_GTEST_PROP(Invariants, hold_in_the_outcome_of_every_solver, ()) {
  const CompiledModel model = random_war({.most_fighters = 80}).compile();
  for (const SolverKind kind : kAllSolvers) {
    const SolveOptions options{.solver = kind};
    const Run run = solve_one(model, options, 5);
    RC_ASSERT(run.status == solver::RunStatus::complete);
    const bool whole = kind != SolverKind::mean_field;
    const std::size_t n = at(model.n_actors());
    const std::size_t n_times = solver::stored_days(model, options).size();
    double shares = 0;
    double people = 0;
    double joined = 0;
    double defected = 0;
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      const auto of = [&](ActorOutcome o) { return run.of(a, o); };
      const double came = of(ActorOutcome::first_fighters) + sum_of(is_gain, of);
      const double went = sum_of(is_loss, of);
      joined += of(kJoined);
      defected += of(kDefected);
      RC_ASSERT(std::abs(came - went - of(ActorOutcome::final_fighters)) <= (whole ? 0 : 1e-6 * (1 + came)));
      RC_ASSERT(static_cast<float>(of(ActorOutcome::final_fighters)) == run.fighters[at(a) * n_times + n_times - 1]);
      double by_somebody = 0;
      for (std::size_t b = 0; b < n; ++b) {
        by_somebody += run.losses[b * n + at(a)];
        float before = 0;
        for (std::size_t t = 0; t < n_times; ++t) {
          const float losses = run.dyad_losses[(b * n + at(a)) * n_times + t];
          RC_ASSERT(losses >= before);
          before = losses;
        }
        RC_ASSERT(before == static_cast<float>(run.losses[b * n + at(a)]));
      }
      RC_ASSERT(std::abs(by_somebody - of(ActorOutcome::killed)) <= (whole ? 0 : 1e-6 * (1 + came)));
      shares += of(ActorOutcome::value_share);
      people += of(ActorOutcome::population_share);
      const double survives = of(ActorOutcome::survives);
      RC_ASSERT(!model.is_air(a) || std::isnan(survives));
      RC_ASSERT(!std::isnan(survives) || came == 0);
      RC_ASSERT((survives == 0) == !std::isnan(of(ActorOutcome::collapse_day)));
    }
    RC_ASSERT(shares <= 1 + kRounding && people <= 1 + kRounding);
    RC_ASSERT(std::abs(joined - defected) <= (whole ? 0 : 1e-6 * (1 + joined)));
  }
}

// What is told by month, country and place is the whole, cut into pieces.
RC_GTEST_PROP(Invariants, months_and_places_add_up_to_the_whole_in_every_solver, ()) {
  const CompiledModel model = random_war({.most_fighters = 80}).compile();
  const auto sum = [](const std::vector<float>& values, std::size_t first, std::size_t stride) {
    double total = 0;
    for (std::size_t k = first; k < values.size(); k += stride) {
      RC_ASSERT(values[k] >= 0);
      total += static_cast<double>(values[k]);
    }
    return total;
  };
  for (const SolverKind kind : kAllSolvers) {
    solver::Path path;
    const Run run = solve_one(model, {.solver = kind}, 5, &path);
    const std::size_t n = at(model.n_actors());
    double killed = 0;
    for (std::size_t pair = 0; pair < n * n; ++pair) {
      const double losses = run.losses[pair];
      RC_ASSERT(std::abs(sum(run.months.losses, pair, n * n) - losses) <= 1e-6 * (1 + losses));
      killed += losses;
    }
    RC_ASSERT(std::abs(sum(run.months.place_losses, 0, 1) - killed) <= 1e-6 * (1 + killed));
    for (std::size_t a = 0; a < n; ++a) {
      const double harm = run.of(static_cast<ActorIndex>(a), ActorOutcome::harm);
      RC_ASSERT(std::abs(sum(run.months.harm, a, n) - harm) <= 1e-6 * (1 + harm));
    }
    RC_ASSERT(std::abs(sum(run.months.place_harm, 0, 1) - run.civilian_harm) <= 1e-5 * (1 + run.civilian_harm));
    const auto captures = std::count_if(path.journal.events.begin(), path.journal.events.end(),
                                        [](const Event& e) { return e.kind == "capture"; });
    RC_ASSERT(sum(run.months.changes, 0, 1) >= static_cast<double>(captures));
  }
}

RC_GTEST_PROP(Invariants, commands_know_what_lies_one_road_away, ()) {
  Scene scene(random_war().compile());
  scene.play(*rc::gen::inRange(0, scene.model.n_days()));
  const View& view = scene.view;
  for (PlaceIndex p = 0; p < view.n_places; ++p) {
    ActorMask present = 0;
    ActorMask holders = 0;
    bool has_nobodys_land = false;
    for (const Neighbour& next : scene.model.neighbours(p)) {
      for (ActorIndex a = 0; a < view.n_actors; ++a) {
        present |= view.n(next.place, a) > 0 ? bit(a) : 0;
        holders |= view.control[at(next.place)] == a ? bit(a) : 0;
      }
      has_nobodys_land = has_nobodys_land || view.control[at(next.place)] == kNone;
    }
    const Surroundings& around = view.around[at(p)];
    RC_ASSERT(around.present == present && around.holders == holders && around.has_nobodys_land == has_nobodys_land);
  }
}

RC_GTEST_PROP(Invariants, commands_know_where_the_land_of_their_friends_ends, ()) {
  const CompiledModel model = random_war().compile();
  Scene scene(model);
  const int half = *rc::gen::inRange(0, model.n_days());
  for (const int until : {half, model.n_days()}) {
    scene.play(until);
    for (CommandIndex c = 0; c < scene.view.n_commands; ++c) {
      Pockets& pockets = scene.view.pockets(model, scene.view.friends[at(c)]);
      const Border& border = pockets.border(model);
      for (PlaceIndex p = 0; p < model.n_places(); ++p) {
        std::set<int> touched{pockets.of[at(p)]};
        for (const Neighbour& next : model.neighbours(p)) {
          touched.insert(pockets.of[at(next.place)]);
        }
        touched.erase(kNone);
        const bool is_beside = pockets.of[at(p)] == kNone && !touched.empty();
        RC_ASSERT((border.is_beside[at(p)] != 0) == is_beside);
        RC_ASSERT(std::count(border.places.begin(), border.places.end(), p) == (is_beside ? 1 : 0));
        const auto first = border.touched.begin() + border.first[at(p)];
        const auto last = border.touched.begin() + border.first[at(p) + 1];
        RC_ASSERT(std::set<int>(first, last) == touched && last - first == static_cast<std::ptrdiff_t>(touched.size()));
      }
    }
  }
}

RC_GTEST_PROP(Invariants, commands_know_who_could_march_to_a_place_and_who_ties_men_there, ()) {
  const CompiledModel model = random_war().compile();
  Scene scene(model);
  const int half = *rc::gen::inRange(0, model.n_days());
  const double km = *rc::gen::inRange(0, 200);
  for (const int until : {half, model.n_days()}) {
    scene.play(until);
    View& view = scene.view;
    view.take_snapshot(model, scene.state);
    for (PlaceIndex p = 0; p < model.n_places(); ++p) {
      if (view.control[at(p)] < 0) {
        continue;
      }
      const ActorIndex holder = view.control[at(p)];
      Pockets& land = pockets_of(model, scene.state, view, holder);
      Pockets anew;
      anew.of = land.of;
      const auto reached = land.within(model, p, km);
      const auto expected = anew.within(model, p, km);
      RC_ASSERT(std::equal(reached.begin(), reached.end(), expected.begin(), expected.end()));
      double men = 0;
      for (const Neighbour& next : model.neighbours(p)) {
        for (ActorIndex a = 0; a < view.n_actors; ++a) {
          men += (scene.state.derived.hostile[at(holder)] & bit(a)) != 0 ? view.n(next.place, a) : 0;
        }
      }
      RC_ASSERT(view.men_beside(model, scene.state, p) == men);
    }
  }
}

RC_GTEST_PROP(SameBytes, whoever_was_solved_before_in_the_same_call, ()) {
  const CompiledModel model = random_war({.most_fighters = 80}).compile();
  for (const SolverKind kind : kAllSolvers) {
    const SolveOptions options{.solver = kind, .steps_per_day = *rc::gen::inRange(1, 3)};
    const std::vector<Run> together = solve_many(model, options, 4);
    for (std::uint32_t r = 0; r < 4; ++r) {
      RC_ASSERT(is_same(together[r], solve_one(model, options, r)));
    }
  }
}

RC_GTEST_PROP(SameBytes, whether_the_path_is_kept_or_not, ()) {
  const CompiledModel model = random_war({.most_fighters = 80}).compile();
  for (const SolverKind kind : kAllSolvers) {
    const SolveOptions options{.solver = kind};
    solver::Path path;
    RC_ASSERT(is_same(solve_one(model, options, 3, &path), solve_one(model, options, 3)));
    RC_ASSERT(path.fighters.size() ==
              solver::stored_days(model, options).size() * at(model.n_places()) * at(model.n_actors()));
  }
}

RC_GTEST_PROP(SameBytes, in_the_loop_that_these_tests_use_as_in_the_solver_s, ()) {
  Scene scene(random_war().compile(), true, 1, 9);
  scene.play(scene.model.n_days());
  const Run run = solve_one(scene.model, {}, 9);
  for (ActorIndex a = 0; a < scene.model.n_actors(); ++a) {
    RC_ASSERT(run.of(a, ActorOutcome::final_fighters) == scene.total(a));
    RC_ASSERT(run.of(a, ActorOutcome::harm) == scene.state.tally(ActorOutcome::harm, a));
  }
}

RC_GTEST_PROP(Realizations, of_other_numbers_or_seeds_are_others, ()) {
  // A battle, so that chance has something to decide.
  WarBuilder war(10);
  war.ground("a").ground("b").place("field", "a").force("a", "field", 500).force("b", "field", 500);
  war.set("actors.a.kill_rate", .05).set("actors.b.kill_rate", .05);
  const CompiledModel model = war.compile();
  const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
  const auto number = *rc::gen::inRange<std::uint32_t>(0, 1'000'000);
  for (const SolverKind kind : {SolverKind::leap, SolverKind::exact}) {
    SolveOptions options{.solver = kind, .seed = seed};
    const std::uint64_t one = solve_one(model, options, number).fingerprint;
    RC_ASSERT(one == solve_one(model, options, number).fingerprint);
    RC_ASSERT(one != solve_one(model, options, number + 1).fingerprint);
    options.seed = seed + 1;
    RC_ASSERT(one != solve_one(model, options, number).fingerprint);
  }
}

}  // namespace
}  // namespace truel::test
