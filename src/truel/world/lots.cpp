#include "truel/world/lots.hpp"

#include <array>
#include <vector>

namespace truel {
namespace {

/// Lots of one day of one realization: who is compared with many others is drawn once.
struct DrawnLots {
  struct DatedLot {
    double lot = 0;
    std::uint64_t day = 0;  ///< n_days when it was drawn
  };
  std::uint64_t seed = 0;
  std::uint32_t run = 0;
  int day = 0;
  std::uint64_t n_days = 0;  ///< that were asked about, of all realizations
  std::array<std::vector<DatedLot>, static_cast<std::size_t>(Lot::march)>
      lots;  ///< [Lot][index]; ids of marches never end
};

double draw_lot(const State& s, Lot of, int index) {
  constexpr int kBitsOfIndex = 22;
  const auto entity = static_cast<std::uint32_t>(of) << kBitsOfIndex | static_cast<std::uint32_t>(index);
  return RandomStream(s.seed, s.run, static_cast<std::uint32_t>(s.day), Purpose::lot, entity).uniform();
}

}  // namespace

double lot(const State& s, Lot of, int index) {
  if (of == Lot::march || index < 0) {  // a place that is none has a lot too
    return draw_lot(s, of, index);
  }
  thread_local DrawnLots drawn;
  if (drawn.n_days == 0 || drawn.day != s.day || drawn.run != s.run || drawn.seed != s.seed) {
    drawn.seed = s.seed;
    drawn.run = s.run;
    drawn.day = s.day;
    ++drawn.n_days;
  }
  std::vector<DrawnLots::DatedLot>& lots = drawn.lots[static_cast<std::size_t>(of)];
  if (lots.size() <= at(index)) {
    lots.resize(at(index) + 1);
  }
  DrawnLots::DatedLot& one = lots[at(index)];
  if (one.day != drawn.n_days) {
    one = {draw_lot(s, of, index), drawn.n_days};
  }
  return one.lot;
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
