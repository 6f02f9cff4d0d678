#include "truel/record/fit/battles/battles.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "truel/base/math.hpp"
#include "truel/base/statistics/distributions.hpp"
#include "truel/record/fit/stream.hpp"

namespace truel::record::fit {
namespace {

constexpr std::uint32_t kBattleEntity = 80;

/// 1 / ln(e + step) of the first steps: battles are seldom longer.
const std::vector<double>& tiring() {
  static const std::vector<double> table = [] {
    std::vector<double> values(4096);
    for (std::size_t step = 0; step < values.size(); ++step) {
      values[step] = 1 / math::log(std::numbers::e + static_cast<double>(step));
    }
    return values;
  }();
  return table;
}

double whole(double men) {
  return static_cast<double>(static_cast<std::int64_t>(men));
}

/// The loop of all laws; `losses` gives those of red and blue in a step.
template <class Losses>
Casualties steps(const Battle& battle, const Losses& losses) {
  const double red_end = battle.red - battle.red_dead;
  const double blue_end = battle.blue - battle.blue_dead;
  double red = battle.red;
  double blue = battle.blue;
  for (std::size_t step = 0; red > red_end && blue > blue_end; ++step) {
    const auto [red_lost, blue_lost] = losses(red, blue, step);
    red = whole(red - red_lost);
    blue = whole(blue - blue_lost);
  }
  return {battle.red - red, battle.blue - blue};
}

/// Ratios of powers, one after another.
class Ratios {
 public:
  Ratios(double mean, double sd, std::uint64_t seed, std::uint32_t number)
      : random_(seed, number, 0, kFitting, kBattleEntity), shape_(mean / sd * (mean / sd)), scale_(sd * sd / mean) {}
  double next() { return random_.gamma(shape_, scale_); }

 private:
  RandomStream random_;
  const double shape_, scale_;
};

double relative(double simulated, double recorded) {
  return std::abs(simulated - recorded) / recorded;
}

}  // namespace

Casualties fight(AttritionLaw law, const Battle& battle, double ratio) {
  const double greater = std::max(battle.red, battle.blue);
  const double blue_power = 100 / (law == AttritionLaw::linear ? battle.red * battle.blue : greater);
  // A ratio beyond this ends the battle in the first step whatever it is, and whole men must stay countable.
  const double red_power = blue_power * std::min(ratio, 1e9);
  switch (law) {
    case AttritionLaw::linear:
      return steps(battle, [=](double red, double blue, std::size_t) {
        return std::pair(blue_power * blue * red, red_power * red * blue);
      });
    case AttritionLaw::square:
      return steps(battle,
                   [=](double red, double blue, std::size_t) { return std::pair(blue_power * blue, red_power * red); });
    case AttritionLaw::logarithmic:
      return steps(battle,
                   [=](double red, double blue, std::size_t) { return std::pair(blue_power * red, red_power * blue); });
    case AttritionLaw::fatigue:
      break;
  }
  const std::vector<double>& table = tiring();
  return steps(battle, [&, blue_power, red_power](double red, double blue, std::size_t step) {
    const double fresh = step < table.size() ? table[step] : 1 / math::log(std::numbers::e + static_cast<double>(step));
    return std::pair(blue_power * red * fresh, red_power * blue * fresh);
  });
}

void fight_all(AttritionLaw law, std::span<const Battle> battles, double mean, double sd, std::uint64_t seed,
               std::uint32_t number, std::span<double> dead) {
  Ratios ratios(mean, sd, seed, number);
  for (std::size_t b = 0; b < battles.size(); ++b) {
    const Casualties both = fight(law, battles[b], ratios.next());
    dead[2 * b] = both.red;
    dead[2 * b + 1] = both.blue;
  }
}

AbcDistance battles_distance(std::span<const Battle> battles, std::uint64_t seed) {
  return [battles, seed](int model, std::span<const double> z, std::uint32_t number, double bound) {
    Ratios ratios(ratio_of_score(z[0]), ratio_of_score(z[1]), seed, number);
    double sum = 0;
    for (const Battle& battle : battles) {
      const Casualties dead = fight(static_cast<AttritionLaw>(model), battle, ratios.next());
      sum += relative(dead.red, battle.red_dead) + relative(dead.blue, battle.blue_dead);
      if (sum >= bound) {
        break;
      }
    }
    return sum;
  };
}

double ratio_of_score(double z) {
  return kMostRatio * normal_cdf(z);
}

}  // namespace truel::record::fit
