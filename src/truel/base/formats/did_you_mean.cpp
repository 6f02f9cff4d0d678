#include "truel/base/formats/did_you_mean.hpp"

#include <fmt/format.h>

#include <utility>

#include "truel/base/formats/mistakes.hpp"
#include "truel/base/statistics/nearest.hpp"

namespace truel {

std::string did_you_mean(std::string_view x) {
  return fmt::format("did you mean {}?", in_quotes(x));
}

std::string did_you_mean(std::string_view text, std::span<const std::string> known, std::string otherwise,
                         std::string_view before) {
  const std::string* found = nearest(text, known);
  return found == nullptr ? std::move(otherwise) : did_you_mean(fmt::format("{}{}", before, *found));
}

}  // namespace truel
