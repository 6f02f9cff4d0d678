// Progress of long work, on standard error.
#pragma once

#include <cstddef>
#include <mutex>
#include <span>
#include <string>
#include <utility>

#include "truel/record/analysis/analysis.hpp"

namespace truel::cli {

/// What comes after a piece of work, in words, and how many runs it takes.
struct NextWork {
  std::string what;
  std::size_t runs = 0;
};

/// What is counted: runs, those of pairs two by two.
inline constexpr const char* kRuns = "runs";
inline constexpr const char* kRunsOfPairs = "runs (two a pair)";

/// What work is of that accounts were given for, as a line of progress begins: "account ehsan", "accounts ehsan and
/// magnier", "basic model and 6 accounts", where `base` or "" is among them; "" of none.
std::string of_accounts(std::span<const std::string> ids);

/// A bar that redraws itself on a terminal; elsewhere a plain line for every tenth of the work. Says nothing when quiet
/// or when the work takes less than a second.
class ProgressLine {
 public:
  /// of: what the work is of, such as an account, if it is part of a whole. counted: what is done.
  explicit ProgressLine(bool quiet, std::string of = "", NextWork after = {}, const char* counted = kRuns);
  ~ProgressLine();

  /// From any thread.
  void show(std::size_t done, std::size_t wanted, double seconds);
  /// Whose runs come next, of work that is of several accounts.
  void show_account(const std::string& id);
  /// The same of work that is counted in no runs, and its name: off a terminal at most a line in five seconds, as what
  /// comes before runs is often made many times.
  void show_share(const std::string& of, std::size_t done, std::size_t wanted, double seconds);

 private:
  void draw(const std::string& what, std::size_t done, std::size_t wanted, const std::string& left, double seconds);

  std::mutex mutex_;
  std::string of_, account_;
  const char* counted_;
  NextWork after_;
  bool quiet_, is_terminal_, has_drawn_ = false;
  double last_seconds_ = 0;
  std::string last_of_;  ///< show_share
  std::size_t last_tenth_ = 0;
};

/// What the work gives, with a line (above) from its begin to its end: the options that it works with tell how far it
/// is.
template <class Options, class Work>
auto with_progress(Options& options, Work&& work, bool quiet, std::string of = "", NextWork after = {},
                   const char* counted = kRuns) {
  ProgressLine line(quiet, std::move(of), std::move(after), counted);
  options.progress = [&](const ensemble::Progress& p) { line.show(p.done, p.wanted, p.seconds); };
  if constexpr (requires { options.tell_account; }) {
    if (options.accounts.size() > 1) {
      options.tell_account = [&](const std::string& account) { line.show_account(account); };
    }
  }
  auto result = work();
  options.progress = {};
  if constexpr (requires { options.tell_account; }) {
    options.tell_account = {};
  }
  return result;
}

/// Says how far an analysis is, unless quiet.
record::TellAnalysis tell_analysis(bool quiet);

}  // namespace truel::cli
