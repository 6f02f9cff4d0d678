// What two wars share is solved once, and nobody can tell from what comes out.
#include "truel/ensemble/compare/midways.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "support/war_builder.hpp"
#include "truel/ensemble/compare/compare.hpp"
#include "truel/ensemble/compare/united.hpp"
#include "truel/ensemble/parts.hpp"
#include "truel/solver/results/run_parts.hpp"

namespace truel::test {
namespace {

using ensemble::Midways;

/// Three enemies with operations, uncertain numbers, a truce that may end, men who come and a number that changes.
WarBuilder quarrel() {
  WarBuilder war(120);
  war.decide_every(7).default_alignment(-1).ground("weak").ground("one").ground("two");
  war.place("town", "weak").place("gate", "one").place("mill", "two").place("field");
  war.road("town", "gate", 20).road("town", "mill", 30).road("gate", "mill", 25).road("mill", "field", 10);
  war.force("weak", "town", 160).force("one", "gate", 200).force("two", "mill", 220);
  for (const char* actor : {"weak", "one", "two"}) {
    war.set(std::string("actors.") + actor + ".kill_rate", {DistributionKind::uniform, 0.001, 0.004});
    war.set(std::string("actors.") + actor + ".recruits_per_day", 1);
  }
  war.set("scenario.laws.recruitment.on", 1).set("scenario.laws.operations.on", 1);
  war.set("scenario.laws.operations.estimate_error", 0.3);
  war.change(20, "ties.one.two.alignment", 0).ending(0.02);
  war.arrive(50, "weak", "town", 30);
  war.change(60, "actors.one.recruits_per_day", 3);
  return war;
}

std::shared_ptr<const War> changed(const std::shared_ptr<const War>& war, const std::string& path, double value) {
  auto copy = std::make_shared<War>(*war);
  copy->parameters[at(copy->find_parameter(path))].distribution = {.a = value};
  return copy;
}

constexpr std::uint32_t kRuns = 24;

std::vector<solver::Run> solved(const CompiledModel& model, const solver::SharedStart* shared_start) {
  const ensemble::EnsembleOptions options{.runs = kRuns};
  std::vector<solver::Run> runs(kRuns);
  ensemble::visit(model, options, {.shared_start = shared_start},
                  [&](const solver::Run& run) { runs[run.number] = run; });
  return runs;
}

void keep_all(const CompiledModel& model, Midways& midways) {
  solver::SharedStart keeps;
  keeps.keep_days = midways.days();
  keeps.keep = [&](std::uint32_t number, int day, std::unique_ptr<const solver::Midway> midway) {
    midways.keep(number, day, std::move(midway));
  };
  const auto kept = solved(model, &keeps);
  const auto plain = solved(model, nullptr);
  for (std::uint32_t r = 0; r < kRuns; ++r) {
    EXPECT_EQ(kept[r].fingerprint, plain[r].fingerprint);
  }
}

/// All lists of a realization.
std::string lists_of(const solver::Run& run) {
  std::string bytes;
  solver::for_each_list(run, [&](const auto& list) {
    bytes.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(list[0]));
  });
  bytes.append(reinterpret_cast<const char*>(run.dyad_losses.data()), run.dyad_losses.size() * sizeof(float));
  return bytes;
}

/// Realizations that begin where those of the first war stand are those of the second, in all that is kept of them.
void expect_shared(const CompiledModel& first, const CompiledModel& second, int fork) {
  const auto past = ensemble::shared_past(first, second);
  ASSERT_TRUE(past.has_value());
  EXPECT_EQ(past->until, fork);
  Midways midways({14, 42, ensemble::decision_day(first.war(), fork)}, std::size_t{1} << 30);
  keep_all(first, midways);
  int begun = 0;
  solver::SharedStart shares;
  shares.own_numbers = past->own_numbers;
  shares.from = [&](std::uint32_t number) {
    const solver::Midway* midway = midways.latest(number, past->until);
    begun += midway != nullptr && midway->state.day > 14;
    return midway;
  };
  ensemble::EnsembleOptions options{.runs = kRuns};
  options.threads = 1;  // `begun` is counted by one
  std::vector<solver::Run> shared(kRuns);
  ensemble::visit(second, options, {.shared_start = &shares},
                  [&](const solver::Run& run) { shared[run.number] = run; });
  const auto anew = solved(second, nullptr);
  EXPECT_EQ(begun, static_cast<int>(kRuns));
  for (std::uint32_t r = 0; r < kRuns; ++r) {
    EXPECT_EQ(shared[r].fingerprint, anew[r].fingerprint) << r;
    EXPECT_EQ(lists_of(shared[r]), lists_of(anew[r])) << r;
  }
}

TEST(Midways, a_war_whose_dated_change_is_another_goes_on_from_there) {
  const auto base = quarrel().build();
  const auto first = compile(base);
  const auto expect_of = [&](const std::string& path, double value, int fork) {
    SCOPED_TRACE(path);
    expect_shared(*first, *compile(changed(base, path, value)), fork);
  };
  const auto path_of = [&](int row) { return base->parameters[at(base->intervention(row))].path; };
  expect_of(path_of(1), 90, 50);
  expect_of("interventions.change1.on", 0, 50);
  expect_of("interventions.change1.date", kFirstDay + 80, 50);
  expect_of(path_of(2), 6, 60);
  expect_of("interventions.change2.on", 0, 60);
}

TEST(Midways, enemies_who_unite_later_go_on_from_there) {
  const CompiledModel model = quarrel().compile();
  for (const ensemble::Unity unity :
       {ensemble::Unity::truce, ensemble::Unity::coordinated, ensemble::Unity::one_command}) {
    expect_shared(model, ensemble::united_from(model, 0, unity, kFirstDay + 45), 45);
  }
}

TEST(Midways, nothing_else_is_shared) {
  const auto base = quarrel().build();
  const auto first = compile(base);
  EXPECT_FALSE(ensemble::shared_past(*first, *first).has_value());
  EXPECT_FALSE(ensemble::shared_past(*first, *compile(changed(base, "actors.two.recruits_per_day", 2))).has_value());
  EXPECT_FALSE(ensemble::shared_past(*first, ensemble::united_from(*first, 0, ensemble::Unity::truce, {})).has_value());
}

TEST(Midways, a_comparison_is_the_same_whether_sides_share_or_not) {
  const auto base = quarrel().build();
  const auto first = compile(base);
  const auto second = compile(changed(base, "interventions.change1.on", 0));
  const ensemble::EnsembleOptions options{.runs = kRuns};
  const auto shared = ensemble::compare(*first, *second, options);
  ensemble::MeasuredSide one(*first);
  ensemble::MeasuredSide other(*second);
  one.extend(kRuns, options);
  other.extend(kRuns, options);
  const auto apart = ensemble::compare(one, other, kRuns);
  for (std::size_t k = 0; k < apart.rows.size(); ++k) {
    EXPECT_EQ(shared.rows[k].changed, apart.rows[k].changed);
    EXPECT_EQ(shared.rows[k].difference.n, apart.rows[k].difference.n);
    for (std::uint32_t r = 0; r < kRuns; ++r) {
      const double one_of = shared.rows[k].second_numbers[r];
      const double other_of = apart.rows[k].second_numbers[r];
      EXPECT_TRUE(one_of == other_of || (std::isnan(one_of) && std::isnan(other_of))) << apart.rows[k].outcome.name;
    }
  }
}

TEST(Midways, no_more_memory_is_taken_than_was_given) {
  const CompiledModel model = quarrel().compile();
  Midways all({14}, std::size_t{1} << 30);
  keep_all(model, all);
  Midways some({14}, 3 * all.latest(0, 14)->bytes());
  keep_all(model, some);
  int kept = 0;
  for (std::uint32_t r = 0; r < kRuns; ++r) {
    kept += some.latest(r, 14) != nullptr;
  }
  EXPECT_GT(kept, 0);
  EXPECT_LE(kept, 3);
  EXPECT_EQ(all.latest(0, 13), nullptr);
}

}  // namespace
}  // namespace truel::test
