#include "truel/world/lots.hpp"

namespace truel {

double lot(const State& s, Lot of, int index) {
  constexpr int kBitsOfIndex = 22;
  const auto entity = static_cast<std::uint32_t>(of) << kBitsOfIndex | static_cast<std::uint32_t>(index);
  return RandomStream(s.seed, s.run, static_cast<std::uint32_t>(s.day), Purpose::lot, entity).uniform();
}

std::size_t greatest_of(const State& s, std::span<const double> numbers, Lot of) {
  std::size_t greatest = 0;
  for (std::size_t k = 1; k < numbers.size(); ++k) {
    if (numbers[k] > numbers[greatest] ||
        (numbers[k] == numbers[greatest] && is_drawn_before(s, of, static_cast<int>(k), static_cast<int>(greatest)))) {
      greatest = k;
    }
  }
  return greatest;
}

}  // namespace truel
