#include "truel/ensemble/design/design.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "truel/base/random.hpp"
#include "truel/ensemble/design/point_set.hpp"
#include "truel/model/distributions/truncated.hpp"

namespace truel::ensemble {

namespace {

// Of the purpose `design`: the streams of tables of draws lie beyond the sets of dimensions.
constexpr std::uint32_t kTables = 1U << 23;
constexpr std::uint32_t kOffsetStep = 16;  // sensitivity studies have steps 1 to 8

/// Where a random permutation of 0..n - 1, another for every block, takes `index`: the permutation of the next power of
/// two, gone on with until it comes back below n (Black and Rogaway 2002).
std::uint32_t shuffled(std::uint64_t seed, std::uint32_t table, std::uint32_t block, std::uint32_t n,
                       std::uint32_t index) {
  const auto bits = std::max(2U, static_cast<std::uint32_t>(std::bit_width(n - 1)));
  do {
    index = permuted(seed, kTables | table, block >> 8 & 0x3FFFU, block & 0xFFU, bits, index);
  } while (index >= n);
  return index;
}

}  // namespace

std::size_t drawn_row(const JointDraws& draws, std::uint32_t table, std::uint64_t seed, std::uint32_t number) {
  const auto n = static_cast<std::uint32_t>(draws.rows());
  const std::uint32_t block = number / n;
  const std::uint32_t position = n < 2 ? 0 : shuffled(seed, table, block, n, number % n);
  if (draws.weights.empty()) {
    return position;
  }
  // Systematic resampling of the block (Kitagawa 1996), its copies in random order.
  const double offset = RandomStream(seed, block, kOffsetStep, Purpose::design, kTables | table).uniform();
  const double wanted = (position + offset) / n;
  const double sum = std::accumulate(draws.weights.begin(), draws.weights.end(), 0.0);
  double reached = 0;
  std::size_t last = 0;
  for (std::size_t row = 0; row < draws.weights.size(); ++row) {
    if (draws.weights[row] > 0) {
      last = row;
      reached += draws.weights[row] / sum;
      if (wanted < reached) {
        break;
      }
    }
  }
  return last;
}

void draw_uniforms(const CompiledModel& model, std::uint64_t seed, std::uint32_t number, std::span<double> uniforms) {
  std::array<std::uint32_t, kSetDimensions> point{};
  std::uint32_t set = 0;
  for (std::size_t u = 0; u < model.uncertain().size(); ++u) {
    const auto dimension = static_cast<std::uint32_t>(model.dimension()[u]);
    if (u == 0 || dimension / kSetDimensions != set) {
      set = dimension / kSetDimensions;
      point = sobol_point(seed, set, number);
    }
    uniforms[u] = scrambled(seed, dimension, number, point[dimension % kSetDimensions]);
  }
}

void draw_parameters(const CompiledModel& model, std::uint64_t seed, std::uint32_t number, std::span<double> values) {
  std::copy(model.medians().begin(), model.medians().end(), values.begin());
  std::vector<double> uniforms(model.uncertain().size());
  draw_uniforms(model, seed, number, uniforms);
  for (std::size_t u = 0; u < uniforms.size(); ++u) {
    const int parameter = model.uncertain()[u];
    const Parameter& p = model.war().parameters[at(parameter)];
    values[at(parameter)] = truncated_quantile(p.distribution, uniforms[u], p.least, p.greatest);
  }
  const std::vector<JointDraws>& tables = model.war().draws;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const JointDraws& draws = tables[t];
    const std::size_t n_columns = draws.parameters.size();
    const std::size_t row = drawn_row(draws, static_cast<std::uint32_t>(t), seed, number);
    for (std::size_t c = 0; c < n_columns; ++c) {
      const auto parameter = at(draws.parameters[c]);
      if (model.war().parameters[parameter].distribution.kind == DistributionKind::drawn) {
        values[parameter] = draws.values[row * n_columns + c];
      }
    }
  }
}

}  // namespace truel::ensemble
