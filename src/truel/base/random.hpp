// Random numbers that depend on nothing but their key: the same on any thread, in any order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "truel/base/philox.hpp"

namespace truel {

/// What a stream is for. Part of the key, so that a new use never shifts the numbers of another. A law may have one of
/// its own, with a number that no other has (laws/law.hpp); what each is for is said in base/purposes.hpp.
enum class Purpose : std::uint32_t { design = 0, events = 6, lot = 19 };

/// The Philox4x32-10 generator (Salmon, Moraes, Dror and Shaw 2011) on the counter (run, step, purpose and entity,
/// block). Satisfies UniformRandomBitGenerator. Making a stream costs nothing; four numbers cost one Philox block.
class RandomStream {
 public:
  using result_type = std::uint32_t;

  RandomStream(std::uint64_t seed, std::uint32_t run, std::uint32_t step, Purpose purpose, std::uint32_t entity)
      : key_{{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}},
        counter_{{run, step, static_cast<std::uint32_t>(purpose) << 24 | entity, 0}} {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  result_type operator()() {
    if (used_ == 4) {
      draw_block();
    }
    return block_[used_++];
  }

  /// Uniform on the open interval (0, 1), 53 bits.
  double uniform() {
    const std::uint32_t high = (*this)();
    return uniform_of(high, (*this)());
  }

  /// The same, an even number at once: n calls of uniform() on a stream that nobody has drawn from otherwise.
  void uniform(double* out, std::size_t n) {
    for (std::size_t k = 0; k < n; k += 2) {
      const PhiloxCounter block = philox(counter_, key_);
      ++counter_[3];
      out[k] = uniform_of(block[0], block[1]);
      out[k + 1] = uniform_of(block[2], block[3]);
    }
  }

  /// Uniform on (0, 1), 32 bits: enough to choose among a few entries, at half the cost.
  double coarse_uniform() { return coarse_uniform_of((*this)()); }

  /// n of them at once.
  void coarse_uniform(double* out, std::size_t n) {
    double* const end = out + n;
    for (; used_ < 4 && out != end; ++used_) {
      *out++ = coarse_uniform_of(block_[used_]);
    }
    for (; end - out >= 4; out += 4) {
      const PhiloxCounter block = philox(counter_, key_);
      ++counter_[3];
      for (int k = 0; k < 4; ++k) {
        out[k] = coarse_uniform_of(block[k]);
      }
    }
    for (; out != end; ++out) {
      *out = coarse_uniform();
    }
  }

  /// Standard normal (Boost's ziggurat, after Marsaglia and Tsang 2000).
  double normal();

  /// Number of events of a Poisson process with this mean >= 0.
  double poisson(double mean);

  /// Number of successes in n (a whole number >= 0) trials with chance 0 <= p <= 1 each.
  double binomial(double n, double p);

  /// Gamma, with mean shape * scale.
  double gamma(double shape, double scale);

 private:
  void draw_block() {
    block_ = philox(counter_, key_);
    ++counter_[3];
    used_ = 0;
  }

  static double coarse_uniform_of(result_type word) { return (word + 0.5) * 0x1p-32; }

  static double uniform_of(std::uint64_t high, std::uint32_t low) {
    const std::uint64_t bits = (high << 21) ^ (low >> 11);
    return (static_cast<double>(bits & ((std::uint64_t{1} << 53) - 1)) + 0.5) * 0x1p-53;
  }

  PhiloxKey key_;
  PhiloxCounter counter_;
  PhiloxCounter block_{};
  int used_ = 4;
};

}  // namespace truel
