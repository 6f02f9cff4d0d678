#include "truel/output/json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace truel::output {
namespace {

constexpr double kLargestWhole = 9007199254740992;  // 2^53

Json compact(double x) {
  if (!std::isfinite(x)) {
    return nullptr;
  }
  if (x == std::floor(x) && std::abs(x) < kLargestWhole) {
    return static_cast<std::int64_t>(x);
  }
  return x;
}

}  // namespace

Json number(double x) {
  return std::isfinite(x) ? Json(x) : Json(nullptr);
}

double shortest(float x) {
  return std::strtod(fmt::format("{}", x).c_str(), nullptr);
}

Json quantity(const ensemble::Quantity& q) {
  return {{"mean", number(q.mean)},
          {"se", number(q.se)},
          {"q05", number(q.q05)},
          {"q50", number(q.q50)},
          {"q95", number(q.q95)}};
}

Json decimals(double x, int n) {
  return std::isfinite(x) ? compact(std::strtod(fmt::format("{:.{}f}", x, n).c_str(), nullptr)) : Json(nullptr);
}

Json significant(double x, int digits) {
  return std::isfinite(x) ? compact(std::strtod(fmt::format("{:.{}g}", x, digits).c_str(), nullptr)) : Json(nullptr);
}

Json quantity(const ensemble::Quantity& q, int digits) {
  return {{"mean", significant(q.mean, digits)},
          {"se", significant(q.se, 2)},
          {"q05", significant(q.q05, digits)},
          {"q50", significant(q.q50, digits)},
          {"q95", significant(q.q95, digits)}};
}

std::string text_of(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace truel::output
