#include "progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <string>
#include <utility>

#include "diagnostics.hpp"

namespace truel::cli {
namespace {

std::string clock(double seconds) {
  const auto s = static_cast<long>(std::ceil(seconds));
  return s < 60 ? fmt::format("{} s", s) : fmt::format("{} min {:02d} s", s / 60, s % 60);
}

}  // namespace

ProgressLine::ProgressLine(bool quiet, std::string of, std::size_t parts_after)
    : of_(of.empty() ? "" : std::move(of) + ": "),
      parts_after_(parts_after),
      quiet_(quiet),
      is_terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (has_drawn_) {
    say("\r\033[K");
  }
}

void ProgressLine::show(std::size_t done, std::size_t wanted, double seconds) {
  const std::lock_guard lock(mutex_);
  if (quiet_ || seconds < 1 || done == 0 || wanted == 0) {
    return;
  }
  const double whole = seconds * static_cast<double>(wanted) / static_cast<double>(done);
  const double part = whole - seconds;
  std::string left = clock(part) + " left";
  if (parts_after_ > 0) {
    left += fmt::format(", {} of all", clock(part + static_cast<double>(parts_after_) * whole));
  }
  if (is_terminal_) {
    if (seconds - last_seconds_ < 0.1) {
      return;
    }
    constexpr std::size_t kWidth = 30;
    const std::size_t full = kWidth * done / wanted;
    say("\r\033[K[{:#<{}}{:.<{}}] {}{} of {} runs, about {}", "", full, "", kWidth - full, of_, done, wanted, left);
    std::fflush(stderr);
    has_drawn_ = true;
    last_seconds_ = seconds;
    return;
  }
  if (const std::size_t tenth = 10 * done / wanted; tenth > last_tenth_) {
    say("{}{} of {} runs, about {}\n", of_, done, wanted, left);
    last_tenth_ = tenth;
  }
}

}  // namespace truel::cli
