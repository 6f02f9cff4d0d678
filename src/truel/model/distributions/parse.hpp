// Numbers as people write them.
#pragma once

#include <string_view>

#include "truel/base/result.hpp"
#include "truel/model/distributions/distribution.hpp"

namespace truel {

/// Reads a number of the scenario format: a value, a range, a distribution, true or false (1 and 0). The diagnostic of
/// a text that is none of these has no location.
Result<Distribution> parse_number(std::string_view text);

/// The same of a day: a date, a range of dates, or a distribution of them, whose draws are whole days. The diagnostic
/// has no location.
Result<Distribution> parse_dates(std::string_view text);

}  // namespace truel
