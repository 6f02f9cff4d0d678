#include "diagnostics.hpp"

#include <cerrno>
#include <map>
#include <tuple>
#include <vector>

namespace truel::cli {
namespace {

/// From so many rows on the same mistake is one line.
constexpr std::size_t kSameFrom = 4;
constexpr std::size_t kRowsNamed = 3;

/// The first row's line with the first rows and the count of all.
Diagnostic of_rows(const std::vector<const Diagnostic*>& same) {
  Diagnostic one = *same.front();
  std::string rows;
  for (std::size_t i = 0; i < kRowsNamed; ++i) {
    rows += fmt::format("{}{}", i == 0 ? "" : ", ", same[i]->where.line);
  }
  one.what += fmt::format(" (in {} rows: {}, ...)", same.size(), rows);
  return one;
}

}  // namespace

int flush_output() {
  static int first_error = 0;
  if (std::fflush(stdout) != 0 && first_error == 0) {
    first_error = errno;
  }
  return first_error;
}

Diagnostics gathered(const Diagnostics& diagnostics) {
  using Key = std::tuple<std::string, std::string, std::string>;
  std::map<Key, std::vector<const Diagnostic*>> same;
  std::vector<Key> order;
  for (const Diagnostic& d : diagnostics) {
    Key key(d.where.file, d.what, d.hint);
    auto& list = same[key];
    if (list.empty()) {
      order.push_back(std::move(key));
    }
    list.push_back(&d);
  }
  Diagnostics lines;
  for (const Key& key : order) {
    const auto& list = same.at(key);
    if (list.size() >= kSameFrom && list.front()->where.line > 0) {
      lines.push_back(of_rows(list));
      continue;
    }
    for (const Diagnostic* d : list) {
      lines.push_back(*d);
    }
  }
  return lines;
}

int report(const Diagnostics& diagnostics, int status) {
  for (const Diagnostic& diagnostic : gathered(diagnostics)) {
    say("{}\n", to_string(diagnostic));
  }
  if (diagnostics.size() > 1) {
    say("{} mistakes\n", diagnostics.size());
  }
  return status;
}

}  // namespace truel::cli
