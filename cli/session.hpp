// What long-running verbs share: interruption, the clock, dates as arguments, exit statuses.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "truel/base/date.hpp"
#include "truel/base/result.hpp"

namespace truel::cli {

/// Exit statuses of the program.
enum ExitStatus { kDone = 0, kCheckFailed = 1, kWrongInput = 2, kFailed = 3, kInterrupted = 130 };

/// From here on Ctrl-C sets the flag that is returned; a second one ends the program at once.
const std::atomic<bool>& watch_for_interrupts();

std::string utc_now();

/// The date that an option gives; none if the option is empty or wrong, and then a fault is added.
std::optional<Day> date_of_option(const std::string& text, const char* option, Diagnostics& faults);

}  // namespace truel::cli
