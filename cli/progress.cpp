#include "progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "diagnostics.hpp"
#include "terminal.hpp"
#include "truel/model/basic_model.hpp"

namespace truel::cli {
namespace {

std::string clock(double seconds) {
  const auto s = static_cast<long>(std::ceil(seconds));
  return s < 60 ? fmt::format("{} s", s) : fmt::format("{} min {:02d} s", s / 60, s % 60);
}

}  // namespace

std::string of_accounts(std::span<const std::string> ids) {
  std::vector<std::string> named(ids.begin(), ids.end());
  const bool has_base = std::erase_if(named, [](const std::string& id) { return id.empty() || id == kBase; }) > 0;
  const std::string accounts = named.empty()       ? ""
                               : named.size() == 1 ? fmt::format("account {}", named[0])
                               : named.size() == 2 ? fmt::format("accounts {} and {}", named[0], named[1])
                                                   : fmt::format("{} accounts", named.size());
  return !has_base ? accounts : accounts.empty() ? "basic model" : "basic model and " + accounts;
}

ProgressLine::ProgressLine(bool quiet, std::string of, NextWork after, const char* counted)
    : of_(of.empty() ? "" : std::move(of) + ": "),
      counted_(counted),
      after_(std::move(after)),
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
  const double each = seconds / static_cast<double>(done);
  const double part = each * (static_cast<double>(wanted) - static_cast<double>(done));
  std::string left = clock(part) + " left";
  if (after_.runs > 0) {
    left += fmt::format("; {} to follow, {} left in all", after_.what,
                        clock(part + each * static_cast<double>(after_.runs)));
  }
  draw(fmt::format("{}{} of {} {}{}", of_, done, wanted, counted_, account_), done, wanted, left, seconds);
}

void ProgressLine::show_account(const std::string& id) {
  const std::lock_guard lock(mutex_);
  account_ = fmt::format(", now {}", of_accounts({&id, 1}));
}

void ProgressLine::show_share(const std::string& of, std::size_t done, std::size_t wanted, double seconds) {
  const std::lock_guard lock(mutex_);
  if (of != last_of_) {
    last_of_ = of;
    last_tenth_ = 0;
    last_seconds_ = is_terminal_ ? 0 : -4;
  }
  const bool is_at_end = is_terminal_ && has_drawn_ && done >= wanted;
  if (is_at_end) {
    say("\r\033[K");
    has_drawn_ = false;
  }
  if (quiet_ || seconds < 1 || done == 0 || done >= wanted || (!is_terminal_ && seconds < last_seconds_ + 5)) {
    return;
  }
  const double left = seconds * static_cast<double>(wanted - done) / static_cast<double>(done);
  draw(fmt::format("{}: {} %", of, 100 * done / wanted), done, wanted, clock(left) + " left", seconds);
}

void ProgressLine::draw(const std::string& what, std::size_t done, std::size_t wanted, const std::string& left,
                        double seconds) {
  if (is_terminal_) {
    if (seconds - last_seconds_ < 0.1) {
      return;
    }
    // What is longer than a line of the terminal would not be drawn over: the bar is as long as the words leave it
    // room.
    constexpr int kLongest = 30, kUsual = 80;
    const std::string words = fmt::format("{}, about {}", what, left);
    const int room = terminal_columns(kUsual) - static_cast<int>(words.size()) - 4;
    const auto width = static_cast<std::size_t>(std::clamp(room, 0, kLongest));
    const std::size_t full = width * done / wanted;
    say("\r\033[K[{:#<{}}{:.<{}}] {}", "", full, "", width - full, words);
    std::fflush(stderr);
    has_drawn_ = true;
    last_seconds_ = seconds;
    return;
  }
  if (const std::size_t tenth = 10 * done / wanted; tenth > last_tenth_) {
    say("{}, about {}\n", what, left);
    last_tenth_ = tenth;
    last_seconds_ = seconds;
  }
}

record::TellAnalysis tell_analysis(bool quiet) {
  return [line = std::make_shared<ProgressLine>(quiet)](const std::string& of, const ensemble::Progress& days) {
    line->show_share(of, days.done, days.wanted, days.seconds);
  };
}

}  // namespace truel::cli
