// Places of a set near a place come as they do where all near places are looked through.

#include "truel/world/near_of.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

/// A square of towns with roads of 10 to 30 km, many equally far, and two more that no road joins to it.
CompiledModel square_and_island() {
  constexpr int kSide = 9;
  WarBuilder war(30);
  war.ground("a");
  const auto name = [](int x, int y) { return "p" + std::to_string(x) + "-" + std::to_string(y); };
  for (int x = 0; x < kSide; ++x) {
    for (int y = 0; y < kSide; ++y) {
      war.place(name(x, y), "a");
      if (x > 0) {
        war.road(name(x - 1, y), name(x, y), 10 + 10 * ((x + y) % 3));
      }
      if (y > 0) {
        war.road(name(x, y - 1), name(x, y), 10);
      }
    }
  }
  war.place("east", "a").place("west", "a").road("east", "west", 10).force("a", "east", 1);
  return war.compile();
}

TEST(NearOf, asks_in_the_order_of_all_near_places) {
  const CompiledModel model = square_and_island();
  Scene scene(model);
  State& s = scene.state;
  for (std::uint32_t draw = 0; draw < 400; ++draw) {
    s.run = draw;
    RandomStream random(1, draw, 0, Purpose::design, 0);
    const double share = random.uniform();
    std::vector<PlaceIndex> set;
    std::vector<double> men(at(model.n_places()), 0);
    for (PlaceIndex p = 0; p < model.n_places(); ++p) {
      if (random.uniform() < share) {
        set.push_back(p);
        men[at(p)] = random.uniform() < 0.8 ? 1 : 0;  // some of the set are not asked any more
      }
    }
    const PlaceIndex to(static_cast<int>(random.uniform() * model.n_places()));
    const double most_km = 200 * random.uniform();
    const auto wanted = static_cast<std::size_t>(1 + random.uniform() * 40);
    const auto play = [&](auto&& ask) {
      std::vector<double> there = men;
      std::vector<int> order;
      ask([&](const NearPlace& n) { return there[at(n.place)] > 0; },
          [&](const NearPlace& n) {
            order.push_back(n.place);
            there[at(n.place)] = 0;
            return order.size() < wanted;
          });
      return order;
    };
    const auto for_each_of = [&](auto add) { std::for_each(set.begin(), set.end(), add); };
    EXPECT_EQ(
        play([&](auto is_asked, auto use) { for_each_near_of(model, s, to, most_km, for_each_of, is_asked, use); }),
        play([&](auto is_asked, auto use) { for_each_near(s, model.near(to), most_km, is_asked, use); }));
  }
}

TEST(NearOf, visits_all_of_the_set_that_are_near_and_no_others) {
  const CompiledModel model = square_and_island();
  const PlaceIndex last(model.n_places() - 1);
  const auto everybody = [&](auto add) {
    for (PlaceIndex p = 0; p < model.n_places(); ++p) {
      add(p);
    }
  };
  for (const PlaceIndex to : {PlaceIndex(0), PlaceIndex(40), last}) {
    std::size_t next = 0;
    visit_near_of(model, to, everybody, [&](std::size_t k) { return k == next++; });
    EXPECT_EQ(next, model.near(to).size());
  }
  EXPECT_EQ(model.near(last).size(), 1U);
}

}  // namespace
}  // namespace truel::test
