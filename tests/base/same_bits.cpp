// Prints a line for each function that has to be the same bits everywhere: its name and a hash of its results for a few
// thousand numbers. tests/house/same_bits_test.py builds it in several ways.
#include <bit>
#include <cstdint>
#include <cstdio>

#include "truel/base/geodesic.hpp"
#include "truel/base/math.hpp"
#include "truel/base/random.hpp"
#ifndef WITHOUT_DISTRIBUTIONS  // which take the longest to compile
#include "truel/base/statistics/distributions.hpp"
#endif

namespace {

using truel::RandomStream;

constexpr std::uint32_t kNumbers = 4000;

/// A hash of what `value` makes of each of many streams.
template <class Value>
void line(const char* name, const Value& value) {
  std::uint64_t hash = 0;
  for (std::uint32_t number = 0; number < kNumbers; ++number) {
    RandomStream random(7, number, 0, truel::Purpose{5}, 0);
    hash = std::rotl(hash ^ std::bit_cast<std::uint64_t>(value(random)), 23) * 0x9e3779b97f4a7c15;
  }
  std::printf("%-24s %016llx\n", name, static_cast<unsigned long long>(hash));
}

double between(RandomStream& random, double low, double high) {
  return low + (high - low) * random.uniform();
}

}  // namespace

int main() {
  namespace math = truel::math;
  line("exp", [](auto& r) { return math::exp(between(r, -40, 40)); });
  line("exp2", [](auto& r) { return math::exp2(between(r, -40, 40)); });
  line("expm1", [](auto& r) { return math::expm1(between(r, -3, 3)); });
  line("log", [](auto& r) { return math::log(between(r, 0, 3)); });
  line("log2", [](auto& r) { return math::log2(between(r, 0, 1000)); });
  line("log10", [](auto& r) { return math::log10(between(r, 0, 1000)); });
  line("log1p", [](auto& r) { return math::log1p(between(r, -1, 3)); });
  line("pow", [](auto& r) {
    const double base = between(r, 0, 20);
    return math::pow(base, between(r, -10, 10));
  });
  line("cbrt", [](auto& r) { return math::cbrt(between(r, -100, 100)); });
  line("hypot", [](auto& r) {
    const double x = between(r, -9, 9);
    return math::hypot(x, between(r, -9, 9));
  });
  line("sin", [](auto& r) { return math::sin(between(r, -10, 10)); });
  line("cos", [](auto& r) { return math::cos(between(r, -10, 10)); });
  line("tan", [](auto& r) { return math::tan(between(r, -10, 10)); });
  line("asin", [](auto& r) { return math::asin(between(r, -1, 1)); });
  line("acos", [](auto& r) { return math::acos(between(r, -1, 1)); });
  line("atan", [](auto& r) { return math::atan(between(r, -10, 10)); });
  line("atan2", [](auto& r) {
    const double y = between(r, -9, 9);
    return math::atan2(y, between(r, -9, 9));
  });
  line("geodesic_km", [](auto& r) {
    const double latitude = between(r, -80, 80);
    const double longitude = between(r, -180, 180);
    const double other = latitude + between(r, -9, 9);
    return truel::geodesic_km(latitude, longitude, other, longitude + between(r, -9, 9));
  });
  line("normal", [](auto& r) { return r.normal(); });
  line("poisson, few", [](auto& r) { return r.poisson(between(r, 0, 12)); });
  line("poisson, many", [](auto& r) { return r.poisson(between(r, 12, 1000)); });
  line("binomial, few", [](auto& r) { return r.binomial(50, between(r, 0, .2)); });
  line("binomial, many", [](auto& r) { return r.binomial(5000, between(r, .1, .9)); });
  line("gamma", [](auto& r) {
    const double shape = between(r, .1, 5);
    return r.gamma(shape, 2);
  });
#ifndef WITHOUT_DISTRIBUTIONS
  line("normal_cdf", [](auto& r) { return truel::normal_cdf(between(r, -9, 9)); });
  line("normal_above", [](auto& r) { return truel::normal_above(between(r, -9, 9)); });
  line("normal_quantile", [](auto& r) { return truel::normal_quantile(r.uniform()); });
  line("normal_quantile_above", [](auto& r) { return truel::normal_quantile_above(r.uniform()); });
  line("beta_cdf", [](auto& r) {
    const double a = between(r, .2, 9);
    const double b = between(r, .2, 9);
    return truel::beta_cdf(a, b, r.uniform());
  });
  line("beta_quantile", [](auto& r) {
    const double a = between(r, .2, 9);
    const double b = between(r, .2, 9);
    return truel::beta_quantile(a, b, r.uniform());
  });
  line("triangular_quantile", [](auto& r) { return truel::triangular_quantile(-1, .3, 4, r.uniform()); });
  line("student_t_quantile", [](auto& r) {
    const double degrees = between(r, 1, 300);
    return truel::student_t_quantile(degrees, r.uniform());
  });
  line("binomial_at_most", [](auto& r) {
    const double p = r.uniform();
    return truel::binomial_at_most(60, p, std::uint32_t{r()} % 61);
  });
  line("binomial_at_least", [](auto& r) {
    const double p = r.uniform();
    return truel::binomial_at_least(60, p, std::uint32_t{r()} % 61);
  });
  line("poisson_quantiles", [](auto& r) {
    const double mean = between(r, .1, 200);
    const double level = r.uniform();
    return truel::poisson_quantiles(mean, {&level, 1})[0];
  });
  line("negative_binomial", [](auto& r) {
    const double size = between(r, .1, 9);
    const double p = between(r, .01, .99);
    const double level = r.uniform();
    return truel::negative_binomial_quantiles(size, p, {&level, 1})[0];
  });
#endif
}
