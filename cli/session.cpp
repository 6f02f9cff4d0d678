#include "session.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <cstdlib>

namespace truel::cli {
namespace {

std::atomic<bool> interrupted{false};

void on_interrupt(int) {
  if (interrupted.exchange(true)) {
    std::_Exit(kInterrupted);  // the second Ctrl-C means now; the runs on disk are whole
  }
}

}  // namespace

const std::atomic<bool>& watch_for_interrupts() {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  return interrupted;
}

std::string utc_now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())));
}

std::optional<Day> date_of_option(const std::string& text, const char* option, Diagnostics& faults) {
  if (text.empty()) {
    return std::nullopt;
  }
  const auto date = parse_date(text);
  if (!date) {
    faults.push_back({{}, fmt::format("{} {} is not a date", option, text), "write YYYY-MM-DD"});
  }
  return date;
}

}  // namespace truel::cli
