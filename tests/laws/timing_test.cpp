// Who fires when, and who holds his fire.
#include <gtest/gtest.h>

#include <map>

#include "support/battle.hpp"
#include "support/statistics.hpp"
#include "truel/laws/fire/fire_rates.hpp"
#include "truel/world/presence.hpp"

namespace truel::test {
namespace {

std::string order(const Scene& scene) {
  std::string names;
  for (const ActorIndex a : scene.state.derived.turn) {
    names += static_cast<char>('a' + a);
  }
  return names;
}

WarBuilder three() {
  return battle_war({{1, 1, 1}, all_pairs(3, .5), even_shares(3)}, 20).set("scenario.laws.fire.timing", 2);
}

TEST(Turns, are_in_the_order_of_their_numbers) {
  WarBuilder war = three();
  war.set("actors.a.turn", 2).set("actors.b.turn", -1).set("actors.c.turn", .5);
  const CompiledModel model = war.compile();
  EXPECT_EQ(order(Scene(model)), "bca");
  war.change(0, "actors.c.turn", 3);
  const CompiledModel changed = war.compile();
  EXPECT_EQ(order(Scene(changed)), "bac");
}

TEST(Turns, of_equals_are_drawn_once_for_each_realization) {
  const CompiledModel model = three().compile();
  std::map<std::string, double> seen;
  const int n = 6000;
  for (int number = 0; number < n; ++number) {
    Scene scene(model, true, 5, static_cast<std::uint32_t>(number));
    const std::string first = order(scene);
    scene.begin_day();
    ASSERT_EQ(order(scene), first);
    seen[first] += 1;
  }
  std::vector<double> counts;
  for (const auto& [names, times] : seen) {
    counts.push_back(times);
  }
  ASSERT_EQ(counts.size(), 6U);
  expect_distribution(counts, std::vector<double>(6, 1. / 6), n, "orders");
}

TEST(Abstention, withholds_its_share_of_fire_where_more_than_one_enemy_stands) {
  for (const double power_law : {0., 1.}) {
    WarBuilder war = three();
    war.set("commands.a.abstention", .75).set("scenario.laws.fire.power_law", power_law);
    Scene scene = decided(war.compile());
    const auto rate = [&](ActorIndex by, ActorIndex whom) {
      laws::FireRates rates(scene.state);
      laws::fire_rates(scene.model, scene.state, 0, 0, rates);
      for (std::size_t k = 0; k < rates.pairs.size(); ++k) {
        if (rates.pairs[k].attacker == by && rates.pairs[k].target == whom) {
          return rates.rate[k];
        }
      }
      return 0.;
    };
    EXPECT_DOUBLE_EQ(rate(0, 1), .5 * .5 * .25);
    EXPECT_DOUBLE_EQ(rate(1, 0), .5 * .5);
    scene.state.fighters[scene.state.slot(0, ActorIndex(2))] = 0;
    refresh_place(scene.state, 0);
    EXPECT_DOUBLE_EQ(rate(0, 1), .5);
  }
}

}  // namespace
}  // namespace truel::test
