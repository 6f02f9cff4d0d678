// One block of random numbers.
#pragma once

#include <Random123/philox.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace truel {

using PhiloxCounter = r123::Philox4x32::ctr_type;
using PhiloxKey = r123::Philox4x32::key_type;

/// Four numbers of 32 bits: Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011) of a counter, as r123::Philox4x32 has
/// it. Processors with SSE2, as all of 64 bits by Intel and AMD are, make the two products of a round at once.
inline PhiloxCounter philox(const PhiloxCounter& counter, const PhiloxKey& key) {
#if defined(__SSE2__)
  constexpr int kRounds = 10;
  const auto pair = [](std::uint32_t low, std::uint32_t high) {
    return _mm_set_epi32(0, static_cast<int>(high), 0, static_cast<int>(low));
  };
  const __m128i multipliers = pair(PHILOX_M4x32_0, PHILOX_M4x32_1);
  const __m128i bump = pair(PHILOX_W32_0, PHILOX_W32_1);
  __m128i keys = pair(key[0], key[1]);
  // Of the halves of 64 bits only the lower 32 count: words 0 and 2, and words 1 and 3.
  __m128i even = pair(counter[0], counter[2]);  // not loaded as a whole: words just written would stall that
  __m128i odd = pair(counter[1], counter[3]);
  for (int round = 0; round < kRounds; ++round) {
    const __m128i products = _mm_shuffle_epi32(_mm_mul_epu32(even, multipliers), _MM_SHUFFLE(1, 0, 3, 2));
    even = _mm_xor_si128(_mm_srli_epi64(products, 32), _mm_xor_si128(odd, keys));
    odd = products;
    keys = _mm_add_epi32(keys, bump);
  }
  PhiloxCounter block;
  _mm_storeu_si128(reinterpret_cast<__m128i*>(&block.v[0]),
                   _mm_unpacklo_epi64(_mm_unpacklo_epi32(even, odd), _mm_unpackhi_epi32(even, odd)));
  return block;
#else
  return r123::Philox4x32()(counter, key);
#endif
}

}  // namespace truel
