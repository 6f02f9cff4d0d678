// Draws of a test's details, the same each time.
#pragma once

#include <cstdint>

#include "truel/base/random.hpp"

namespace truel::test {

class Dice {
 public:
  explicit Dice(std::uint32_t number) : random_(2016, number, 0, Purpose::design, 0) {}

  bool chance(double p) { return random_.uniform() < p; }
  int below(int n) { return static_cast<int>(random_.uniform() * n); }
  double between(double a, double b) { return a + (b - a) * random_.uniform(); }

 private:
  RandomStream random_;
};

}  // namespace truel::test
