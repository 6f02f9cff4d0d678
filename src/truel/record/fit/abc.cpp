#include "truel/record/fit/abc.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>

#include "truel/base/math.hpp"
#include "truel/base/statistics/covariance.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/ensemble/parallel.hpp"
#include "truel/record/fit/stream.hpp"

namespace truel::record::fit {
namespace {

enum class Use : std::uint32_t { rejection = 32, first, resampling, moves };

/// Draws that one thread tries in a row.
constexpr std::uint32_t kDrawsTogether = 256;
/// Share of the proposals of a move that are drawn from the prior.
constexpr double kFreshShare = 0.25;
constexpr int kMostMoves = 20;

RandomStream stream(std::uint64_t seed, std::size_t run, std::size_t step, Use use) {
  return {seed, static_cast<std::uint32_t>(run), static_cast<std::uint32_t>(step), kFitting,
          static_cast<std::uint32_t>(use)};
}

void draw_prior(std::span<const int> dimensions, RandomStream& random, AbcParticle& particle) {
  particle.model = std::min(static_cast<int>(random.uniform() * static_cast<double>(dimensions.size())),
                            static_cast<int>(dimensions.size()) - 1);
  particle.z.resize(static_cast<std::size_t>(dimensions[static_cast<std::size_t>(particle.model)]));
  std::generate(particle.z.begin(), particle.z.end(), [&] { return random.normal(); });
}

bool is_nearer(const AbcParticle& a, const AbcParticle& b) {
  return a.distance < b.distance || (a.distance == b.distance && a.number < b.number);
}

/// Median absolute deviation of each outcome over simulations [simulation][outcome]; 1 where there is none.
std::vector<double> deviations(const std::vector<std::vector<double>>& simulations, std::size_t n_outcomes) {
  std::vector<double> scales(n_outcomes, 1);
  std::vector<double> x(simulations.size());
  for (std::size_t k = 0; k < n_outcomes; ++k) {
    std::transform(simulations.begin(), simulations.end(), x.begin(), [&](const auto& s) { return s[k]; });
    const double centre = order_statistic(x, 50);
    std::transform(x.begin(), x.end(), x.begin(), [&](double value) { return std::abs(value - centre); });
    const double deviation = order_statistic(x, 50);
    scales[k] = deviation > 0 ? deviation : 1;
  }
  return scales;
}

/// A step's measure of distance, and how far a particle may be.
struct Ball {
  std::vector<double> scales;
  double tolerance = std::numeric_limits<double>::infinity();
};

double distance(const AbcProblem& problem, bool is_absolute, std::span<const double> scales,
                std::span<const double> outcomes) {
  double sum = 0;
  for (std::size_t k = 0; k < problem.observed.size(); ++k) {
    const double difference = (outcomes[k] - problem.observed[k]) / scales[k];
    sum += is_absolute ? std::abs(difference) : difference * difference;
  }
  return is_absolute ? sum : std::sqrt(sum);
}

/// Roots of the covariance of each model's particles, scaled for a random walk; empty where there are too few.
std::vector<std::vector<double>> walks(const std::vector<AbcParticle>& particles, std::span<const int> dimensions) {
  std::vector<std::vector<double>> roots(dimensions.size());
  for (std::size_t m = 0; m < dimensions.size(); ++m) {
    const auto d = static_cast<std::size_t>(dimensions[m]);
    std::vector<double> points;
    for (const AbcParticle& p : particles) {
      if (static_cast<std::size_t>(p.model) == m) {
        points.insert(points.end(), p.z.begin(), p.z.end());
      }
    }
    const std::size_t n = d > 0 ? points.size() / d : 0;
    if (n > 2 * d) {
      roots[m] = cholesky(covariance(points, d, std::vector<double>(n, 1 / static_cast<double>(n))), d);
      for (double& x : roots[m]) {
        x *= 2.38 / std::sqrt(static_cast<double>(d));
      }
    }
  }
  return roots;
}

/// A proposal and the log ratio of its prior to that of where it comes from, as far as acceptance needs it.
double propose(const AbcParticle& from, std::span<const int> dimensions, const std::vector<std::vector<double>>& roots,
               RandomStream& random, AbcParticle& to) {
  const auto m = static_cast<std::size_t>(from.model);
  if (random.uniform() < kFreshShare || roots[m].empty()) {
    draw_prior(dimensions, random, to);
    return 0;  // drawn from the prior: the ratio of proposals takes it away
  }
  const std::size_t d = from.z.size();
  std::vector<double> normal(d);
  std::generate(normal.begin(), normal.end(), [&] { return random.normal(); });
  to.model = from.model;
  to.z = from.z;
  for (std::size_t j = 0; j < d; ++j) {
    for (std::size_t k = 0; k <= j; ++k) {
      to.z[j] += roots[m][j * d + k] * normal[k];
    }
  }
  return (std::inner_product(from.z.begin(), from.z.end(), from.z.begin(), 0.0) -
          std::inner_product(to.z.begin(), to.z.end(), to.z.begin(), 0.0)) /
         2;
}

}  // namespace

std::vector<AbcParticle> reject(std::span<const int> dimensions, const AbcDistance& distance,
                                const RejectionOptions& options) {
  // A heap with the farthest of the nearest on top. Whatever the order of threads, the nearest in the end are the same:
  // nothing nearer than the farthest in the heap is ever passed over.
  std::vector<AbcParticle> nearest;
  std::mutex mutex;
  std::atomic<double> bound{std::numeric_limits<double>::infinity()};
  std::atomic<std::uint32_t> done{0};
  const auto stopped = [&] { return options.stop != nullptr && options.stop->load(std::memory_order_relaxed); };
  const std::size_t chunks = (std::size_t{options.draws} + kDrawsTogether - 1) / kDrawsTogether;
  ensemble::for_each_index(chunks, options.threads, [&](std::size_t chunk) {
    if (stopped()) {
      return;
    }
    AbcParticle particle;
    const auto first = static_cast<std::uint32_t>(chunk * kDrawsTogether);
    const std::uint32_t end = std::min(options.draws, first + kDrawsTogether);
    for (std::uint32_t number = first; number < end; ++number) {
      RandomStream random = stream(options.seed, number, 0, Use::rejection);
      draw_prior(dimensions, random, particle);
      particle.number = number;
      // As far as the farthest is still to be measured: ties go to the lower number.
      const double beyond = std::nextafter(bound.load(), std::numeric_limits<double>::infinity());
      particle.distance = distance(particle.model, particle.z, number, beyond);
      if (std::isnan(particle.distance) || particle.distance >= beyond) {
        continue;
      }
      const std::lock_guard lock(mutex);
      if (nearest.size() == options.keep) {
        if (!is_nearer(particle, nearest.front())) {
          continue;
        }
        std::pop_heap(nearest.begin(), nearest.end(), is_nearer);
        nearest.pop_back();
      }
      nearest.push_back(particle);
      std::push_heap(nearest.begin(), nearest.end(), is_nearer);
      if (nearest.size() == options.keep) {
        bound = nearest.front().distance;
      }
    }
    if (options.progress) {
      options.progress(done += end - first);
    }
  });
  if (stopped()) {
    return {};
  }
  std::sort(nearest.begin(), nearest.end(), is_nearer);
  return nearest;
}

AbcSmcSample abc_smc(const AbcProblem& problem, const AbcSmcOptions& options) {
  const std::size_t n = options.particles;
  const std::size_t n_outcomes = problem.observed.size();
  AbcSmcSample sample;
  std::vector<AbcParticle> particles(n);
  std::vector<std::vector<double>> outcomes(n, std::vector<double>(n_outcomes));
  ensemble::for_each_index(n, options.threads, [&](std::size_t i) {
    RandomStream random = stream(options.seed, i, 0, Use::first);
    draw_prior(problem.dimensions, random, particles[i]);
    particles[i].number = static_cast<std::uint32_t>(i);
    problem.simulate(particles[i].model, particles[i].z, particles[i].number, outcomes[i]);
  });
  sample.simulations = n;
  std::vector<std::vector<double>> last = outcomes;  // all simulations of the last step
  std::vector<Ball> balls;
  int moves = 1;
  std::size_t stream_step = 1;
  for (int step = 0; step < options.most_steps; ++step) {
    Ball ball{options.scales.empty() ? deviations(last, n_outcomes) : options.scales, 0};
    std::vector<double> distances(n);
    for (std::size_t i = 0; i < n; ++i) {
      distances[i] = distance(problem, options.is_absolute, ball.scales, outcomes[i]);
      particles[i].distance = distances[i];
    }
    std::vector<double> sorted = distances;
    std::sort(sorted.begin(), sorted.end());
    const auto kept = static_cast<std::size_t>(options.keep * static_cast<double>(n - 1));
    ball.tolerance = std::max(sorted[kept], options.least_tolerance);
    balls.push_back(ball);

    std::vector<double> weights(n);
    for (std::size_t i = 0; i < n; ++i) {
      weights[i] = distances[i] <= ball.tolerance ? 1 : 0;
    }
    const double alive = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& w : weights) {
      w /= alive;
    }
    const double uniform = stream(options.seed, 0, stream_step, Use::resampling).uniform();
    const std::vector<std::size_t> parents = truel::resample(weights, n, uniform);
    const std::vector<AbcParticle> old = particles;
    const std::vector<std::vector<double>> old_outcomes = outcomes;
    for (std::size_t i = 0; i < n; ++i) {
      particles[i] = old[parents[i]];
      outcomes[i] = old_outcomes[parents[i]];
    }
    const std::vector<std::vector<double>> roots = walks(particles, problem.dimensions);

    last.assign(n * static_cast<std::size_t>(moves), std::vector<double>(n_outcomes));
    std::vector<std::size_t> taken(n);
    ensemble::for_each_index(n, options.threads, [&](std::size_t i) {
      AbcParticle proposal;
      for (int move = 0; move < moves; ++move) {
        const std::size_t number = sample.simulations + static_cast<std::size_t>(move) * n + i;
        RandomStream random = stream(options.seed, number, stream_step, Use::moves);
        const double log_ratio = propose(particles[i], problem.dimensions, roots, random, proposal);
        const double chance = random.uniform();
        proposal.number = static_cast<std::uint32_t>(number);
        std::vector<double>& made = last[static_cast<std::size_t>(move) * n + i];
        problem.simulate(proposal.model, proposal.z, proposal.number, made);
        const bool is_within = std::all_of(balls.begin(), balls.end(), [&](const Ball& b) {
          return distance(problem, options.is_absolute, b.scales, made) <= b.tolerance;
        });
        if (is_within && math::log(chance) < log_ratio) {
          proposal.distance = distance(problem, options.is_absolute, ball.scales, made);
          particles[i] = proposal;
          outcomes[i] = made;
          ++taken[i];
        }
      }
    });
    ++stream_step;
    sample.simulations += last.size();
    const double acceptance = static_cast<double>(std::accumulate(taken.begin(), taken.end(), std::size_t{0})) /
                              static_cast<double>(last.size());
    sample.steps.push_back({ball.tolerance, acceptance});
    if (acceptance < options.least_acceptance || ball.tolerance <= options.least_tolerance) {
      break;
    }
    // So many that a particle is left unmoved with a chance of 1 in 20.
    moves = std::clamp(static_cast<int>(std::ceil(math::log(0.05) / math::log1p(-std::min(acceptance, 0.99)))), 1,
                       kMostMoves);
  }
  sample.particles = std::move(particles);
  return sample;
}

std::vector<double> model_shares(std::span<const AbcParticle> particles, std::size_t models) {
  std::vector<double> shares(models);
  for (const AbcParticle& particle : particles) {
    shares[static_cast<std::size_t>(particle.model)] += 1 / static_cast<double>(particles.size());
  }
  return shares;
}

}  // namespace truel::record::fit
