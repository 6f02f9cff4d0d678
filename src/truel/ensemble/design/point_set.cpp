#include "truel/ensemble/design/point_set.hpp"

#include <algorithm>
#include <bit>
#include <boost/random/sobol.hpp>

#include "truel/base/random.hpp"

namespace truel::ensemble {
namespace {

/// Points that are permuted together at first; the blocks after them are as long as all before.
constexpr std::uint32_t kFirstBits = 5;

// Steps of the purpose `design`; sensitivity studies have those from 1 to 8.
constexpr std::uint32_t kOrderStep = 1U << 30;
constexpr std::uint32_t kScrambleStep = 1U << 31;

using Columns = std::array<std::array<std::uint32_t, 32>, kSetDimensions>;

/// The first rows of Boost's table of direction numbers: all its 3,667 dimensions would be a third of the data in the
/// engine of a page.
struct FirstDimensions {
  using value_type = unsigned short;  // NOLINT(google-runtime-int): as Boost's engine takes it
  static constexpr unsigned max_dimension = kSetDimensions;
  static constexpr unsigned num_polynomials = max_dimension - 1;
  static constexpr unsigned max_degree = 3;
  static value_type polynomial(std::size_t n) {
    static constexpr value_type kPolynomials[num_polynomials] = {3, 7, 11};
    return kPolynomials[n];
  }
  static value_type minit(std::size_t dimension, std::size_t degree) {
    static constexpr value_type kStarts[num_polynomials][max_degree] = {{1, 0, 0}, {1, 3, 0}, {1, 3, 1}};
    return kStarts[dimension][degree];
  }
};

/// Columns of the generating matrices, from Boost's direction numbers: its sequence goes from point 2^k - 1 to point
/// 2^k by adding column k alone.
Columns columns_of_sobol() {
  Columns columns;
  boost::random::sobol_engine<std::uint64_t, 64, FirstDimensions> sequence(kSetDimensions);
  for (std::uint32_t k = 0; k < 32; ++k) {
    const std::uint64_t first = (std::uint64_t{1} << k) - 1;
    std::array<std::uint64_t, kSetDimensions> before{};  // the sequence leaves out point 0, the origin
    if (first > 0) {
      sequence.seed(first - 1);
      for (std::uint64_t& x : before) {
        x = sequence();
      }
    } else {
      sequence.seed();
    }
    for (std::uint32_t d = 0; d < kSetDimensions; ++d) {
      columns[d][k] = static_cast<std::uint32_t>((before[d] ^ sequence()) >> 32);
    }
  }
  return columns;
}

std::uint32_t place_in_sequence(std::uint64_t seed, std::uint32_t set, std::uint32_t number) {
  const std::uint32_t index = number / kReplicates;
  const std::uint32_t first = index >> kFirstBits == 0 ? 0 : std::bit_floor(index);
  const std::uint32_t bits = first == 0 ? kFirstBits : static_cast<std::uint32_t>(std::countr_zero(first));
  const std::uint32_t block = first == 0 ? 0 : bits - kFirstBits + 1;
  return first + permuted(seed, set, number % kReplicates, block, bits, index - first);
}

}  // namespace

std::uint32_t permuted(std::uint64_t seed, std::uint32_t set, std::uint32_t replicate, std::uint32_t block,
                       std::uint32_t bits, std::uint32_t index) {
  // A Feistel network of two halves that differ by a bit at most: after a few rounds of independent functions no pair
  // of places is told from a random one.
  constexpr std::uint32_t kRounds = 12;
  const std::uint32_t low_bits = bits / 2;
  const std::uint32_t low_mask = (1U << low_bits) - 1;
  const std::uint32_t high_mask = (1U << (bits - low_bits)) - 1;
  std::uint32_t low = index & low_mask;
  std::uint32_t high = index >> low_bits;
  for (std::uint32_t round = 0; round < kRounds; ++round) {
    const std::uint32_t step = kOrderStep | replicate << 16 | block << 8 | round;
    std::uint32_t& changed = round % 2 == 0 ? high : low;
    const std::uint32_t other = round % 2 == 0 ? low : high;
    changed ^= RandomStream(seed, other, step, Purpose::design, set)() & (round % 2 == 0 ? high_mask : low_mask);
  }
  return high << low_bits | low;
}

std::array<std::uint32_t, kSetDimensions> sobol_point(std::uint64_t seed, std::uint32_t set, std::uint32_t number) {
  static const Columns columns = columns_of_sobol();
  std::array<std::uint32_t, kSetDimensions> point{};
  for (std::uint32_t rest = place_in_sequence(seed, set, number); rest != 0; rest &= rest - 1) {
    const auto k = static_cast<std::size_t>(std::countr_zero(rest));
    for (std::uint32_t d = 0; d < kSetDimensions; ++d) {
      point[d] ^= columns[d][k];
    }
  }
  return point;
}

double scrambled(std::uint64_t seed, std::uint32_t dimension, std::uint32_t number, std::uint32_t coordinate) {
  // Every bit is turned or not by a random bit that belongs to the bits before it. One block of the generator has those
  // of a tree of seven levels; the last one has what follows the bits of the sequence.
  constexpr std::uint32_t kLevels = 7;
  std::uint32_t turned = 0;
  const auto stream = [&](std::uint32_t before, std::uint32_t level) {
    return RandomStream(seed, before, kScrambleStep | (number % kReplicates) << 8 | level, Purpose::design, dimension);
  };
  for (std::uint32_t top = 0; top < 32; top += kLevels) {
    RandomStream random = stream(top == 0 ? 0 : coordinate >> (32 - top), top);
    std::array<std::uint32_t, 4> tree;
    for (std::uint32_t& word : tree) {
      word = random();
    }
    for (std::uint32_t level = top; level < std::min(top + kLevels, 32U); ++level) {
      const std::uint32_t depth = level - top;
      const std::uint32_t path = level == 0 ? 0 : coordinate >> (32 - level) & ((1U << depth) - 1);
      const std::uint32_t node = (1U << depth) - 1 + path;
      turned |= (tree[node / 32] >> node % 32 & 1U) << (31 - level);
    }
  }
  const std::uint64_t fine = stream(coordinate, 32)() >> 11;
  return (static_cast<double>(std::uint64_t{coordinate ^ turned} << 21 | fine) + 0.5) * 0x1p-53;
}

}  // namespace truel::ensemble
