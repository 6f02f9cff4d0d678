// Points of a randomised low-discrepancy design that fill a few dimensions evenly, in as many sets as are needed.
#pragma once

#include <array>
#include <cstdint>

namespace truel::ensemble {

/// Realization r belongs to replicate r % kReplicates. Replicates are randomised independently, each in the same way:
/// the spread of their means tells the error of the mean over all.
inline constexpr std::uint32_t kReplicates = 8;

/// Coordinates of a set.
inline constexpr std::uint32_t kSetDimensions = 4;

/// The point of realization `number` in one set of four dimensions, before scrambling. In each replicate the points are
/// those of the first four dimensions of the Sobol sequence (Sobol 1967; direction numbers of Joe and Kuo 2008), taken
/// in a random order of its own for every set, so that sets are as good as independent of one another (padding, as
/// Burley 2020 does with an order that is random at every scale; here it is a random permutation of the first 32
/// points, another of the next 32, and so on with 64, 128: coarser, and numbers of different sets are then no more
/// correlated than independent draws). Depends on its arguments alone.
std::array<std::uint32_t, kSetDimensions> sobol_point(std::uint64_t seed, std::uint32_t set, std::uint32_t number);

/// Nested uniform scrambling (Owen 1995) of a coordinate of `sobol_point`: a number in (0, 1), 53 bits, uniform for
/// random seeds. dimension: kSetDimensions * set + coordinate.
double scrambled(std::uint64_t seed, std::uint32_t dimension, std::uint32_t number, std::uint32_t coordinate);

/// Where a random permutation of 0..2^bits - 1 (2 <= bits <= 31) takes `index`: one for every seed, set, replicate and
/// block of points. Two blocks in the same order would be one block twice over to whoever correlates two sets.
std::uint32_t permuted(std::uint64_t seed, std::uint32_t set, std::uint32_t replicate, std::uint32_t block,
                       std::uint32_t bits, std::uint32_t index);

}  // namespace truel::ensemble
