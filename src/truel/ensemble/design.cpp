#include "truel/ensemble/design.hpp"

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <optional>
#include <vector>

#include "truel/base/random.hpp"

namespace truel::ensemble {
namespace {

/// Dimensions for which Boost has direction numbers; beyond them plain random numbers serve.
constexpr int kSobolDimensions = 3667;

/// Point `number` of the sequence in point.size() dimensions. Neighbours follow one another cheaply, jumps cost more:
/// each thread remembers where it was.
void sobol_point(std::uint32_t number, std::span<std::uint64_t> point) {
  // Realization 0 is the origin, which Boost's sequence leaves out: without it the first powers of two would not be
  // evenly spread.
  if (number == 0) {
    std::fill(point.begin(), point.end(), 0);
    return;
  }
  struct Walk {
    boost::random::sobol sequence;
    std::size_t dimensions;
    std::uint32_t next;
  };
  thread_local std::optional<Walk> walk;
  if (!walk || walk->dimensions != point.size()) {
    walk.emplace(Walk{boost::random::sobol(point.size()), point.size(), 1});
  }
  if (walk->next != number) {
    walk->sequence.seed(std::uint64_t{number} - 1);
  }
  for (std::uint64_t& x : point) {
    x = walk->sequence();
  }
  walk->next = number + 1;
}

}  // namespace

void draw_parameters(const dynamics::CompiledModel& model, std::uint64_t seed, std::uint32_t number,
                     std::span<double> values) {
  std::copy(model.medians().begin(), model.medians().end(), values.begin());
  if (model.uncertain().empty()) {
    return;
  }
  const int needed = *std::max_element(model.dimension().begin(), model.dimension().end()) + 1;
  const int n = std::min(needed, kSobolDimensions);
  std::vector<std::uint64_t> point(at(n));
  sobol_point(number, point);
  for (std::size_t u = 0; u < model.uncertain().size(); ++u) {
    const int parameter = model.uncertain()[u];
    const int dimension = model.dimension()[u];
    double uniform = 0;
    if (dimension < n) {
      RandomStream shift(seed, 0, 0, Purpose::design, static_cast<std::uint32_t>(dimension));
      const std::uint64_t high = shift();
      const std::uint64_t bits = point[at(dimension)] ^ (high << 32 | shift());
      uniform = (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53;
    } else {
      uniform = RandomStream(seed, number + 1, 0, Purpose::design, static_cast<std::uint32_t>(dimension)).uniform();
    }
    const Parameter& p = model.war().parameters[at(parameter)];
    values[at(parameter)] = std::clamp(quantile(p.distribution, uniform), p.least, p.greatest);
  }
}

}  // namespace truel::ensemble
