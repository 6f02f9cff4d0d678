// What lots decide: in which order places by distance are asked.

#include "truel/world/lots.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "support/dice.hpp"
#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

/// The same, place by place: the nearest that is still to be asked, of equals the one with the lower lot, each once.
template <class IsAsked, class Use>
void ask_plainly(const State& s, std::span<const NearPlace> near, double most_km, IsAsked is_asked, Use use) {
  std::vector<NearPlace> left;
  for (const NearPlace& n : near) {
    if (n.km <= most_km) {
      left.push_back(n);
    }
  }
  std::sort(left.begin(), left.end(), [&](const NearPlace& x, const NearPlace& y) {
    return x.km != y.km ? x.km < y.km : is_drawn_before(s, Lot::place, x.place, y.place);
  });
  for (const NearPlace& next : left) {
    if (is_asked(next) && !use(next)) {
      return;
    }
  }
}

CompiledModel one_place() {
  WarBuilder war(30);
  war.ground("a").place("here", "a").force("a", "here", 1);
  return war.compile();
}

TEST(NearPlace, is_asked_in_the_order_of_distance_and_lot) {
  const CompiledModel model = one_place();
  Scene scene(model);
  State& s = scene.state;
  constexpr int kPlaces = 24;
  for (std::uint32_t draw = 0; draw < 400; ++draw) {
    s.run = draw;
    Dice dice(draw);
    const int distances = 1 + dice.below(kPlaces);  // few: many are equally far
    std::vector<NearPlace> near;
    for (int p = 0; p < kPlaces; ++p) {
      near.push_back({PlaceIndex(p), static_cast<double>(dice.below(distances))});
    }
    std::stable_sort(near.begin(), near.end(), [](const NearPlace& x, const NearPlace& y) { return x.km < y.km; });
    std::vector<double> men;
    for (int p = 0; p < kPlaces; ++p) {
      men.push_back(dice.below(3));
    }
    const double most_km = dice.below(distances + 1);
    const int wanted = 1 + dice.below(kPlaces);
    // Whom a place sends, and that with him those of the next one go too: fewer are asked than at first.
    const auto play = [&](auto&& ask) {
      std::vector<double> there = men;
      std::vector<int> order;
      ask([&](const NearPlace& n) { return there[at(n.place)] > 0; },
          [&](const NearPlace& n) {
            order.push_back(n.place);
            there[at(n.place)] = 0;
            there[at((n.place + 1) % kPlaces)] = 0;
            return static_cast<int>(order.size()) < wanted;
          });
      return order;
    };
    EXPECT_EQ(play([&](auto is_asked, auto use) { for_each_near(s, near, most_km, is_asked, use); }),
              play([&](auto is_asked, auto use) { ask_plainly(s, near, most_km, is_asked, use); }));
  }
}

TEST(Lot, is_the_same_whatever_was_asked_before) {
  const CompiledModel model = one_place();
  Scene scene(model);
  State& s = scene.state;
  Dice dice(0);
  for (int ask = 0; ask < 300; ++ask) {
    s.seed = static_cast<std::uint64_t>(dice.below(2));
    s.run = static_cast<std::uint32_t>(dice.below(2));
    s.day = dice.below(2);
    const auto of = static_cast<Lot>(dice.below(4));
    const int index = dice.below(6) - 1;  // -1: of no place
    const double known = lot(s, of, index);
    double fresh = 0;
    std::thread([&] { fresh = lot(s, of, index); }).join();  // where nothing was asked yet
    EXPECT_EQ(known, fresh);
  }
}

}  // namespace
}  // namespace truel::test
