// Included before every source: Boost puts a number into the words of an error through a stream, which would bring all
// locales of the C++ library into the module.
#pragma once

#include <fmt/format.h>

#include <boost/math/policies/error_handling.hpp>
#include <string>

#include "truel/base/real.hpp"

namespace boost::math::policies::detail {
template <>
inline std::string prec_format(const double& number) {
  return fmt::to_string(number);
}
template <>
inline std::string prec_format(const truel::Real& number) {
  return prec_format(number.value());
}
}  // namespace boost::math::policies::detail
