#include "truel/scenario/mistakes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>
#include <utility>

namespace truel::scenario {
namespace {

constexpr int kKeptPerFile = 1000;
constexpr std::size_t kQuotedBytes = 60;
constexpr std::size_t kSearched = 20000;
constexpr std::size_t kMostCompared = 2'000'000;
constexpr std::size_t kLongestCompared = 200;

/// Optimal string alignment distance, or limit + 1 as soon as it must exceed the limit.
int edit_distance(std::string_view a, std::string_view b, int limit) {
  const int n = static_cast<int>(a.size());
  const int m = static_cast<int>(b.size());
  if (std::abs(n - m) > limit) {
    return limit + 1;
  }
  using Row = std::array<int, kLongestCompared + 1>;
  Row before_last{};
  Row last{};
  Row row{};
  for (int j = 0; j <= m; ++j) {
    last[static_cast<std::size_t>(j)] = j;
  }
  for (int i = 1; i <= n; ++i) {
    row[0] = i;
    int least = i;
    for (int j = 1; j <= m; ++j) {
      const auto at = static_cast<std::size_t>(j);
      const char x = a[static_cast<std::size_t>(i - 1)];
      const char y = b[at - 1];
      int cost = std::min({last[at] + 1, row[at - 1] + 1, last[at - 1] + (x == y ? 0 : 1)});
      if (i > 1 && j > 1 && x == b[at - 2] && a[static_cast<std::size_t>(i - 2)] == y) {
        cost = std::min(cost, before_last[at - 2] + 1);
      }
      row[at] = cost;
      least = std::min(least, cost);
    }
    if (least > limit) {
      return limit + 1;
    }
    before_last = last;
    last = row;
  }
  return last[static_cast<std::size_t>(m)];
}

/// Keys and texts of the user may hold anything; a message stays on its line.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return text;
}

}  // namespace

Mistakes::File& Mistakes::file(const std::string& name) {
  return files_.try_emplace(name, File{.rank = static_cast<int>(files_.size())}).first->second;
}

void Mistakes::announce(const std::string& name) {
  file(name);
}

int Mistakes::count(const std::string& name) const {
  const auto found = files_.find(name);
  return found == files_.end() ? 0 : found->second.count;
}

void Mistakes::add(Location where, std::string what, std::string hint) {
  if (++file(where.file).count <= kKeptPerFile) {
    list_.push_back({std::move(where), one_line(std::move(what)), one_line(std::move(hint))});
  }
}

std::string Mistakes::did_you_mean(std::string_view text, std::span<const std::string> known, std::string otherwise) {
  if (n_compared_ > kMostCompared) {
    return otherwise;
  }
  n_compared_ += known.size();
  const std::string* found = nearest(text, known);
  return found != nullptr ? "did you mean " + in_quotes(*found) + "?" : std::move(otherwise);
}

Diagnostics Mistakes::take() {
  const auto place = [&](const Diagnostic& d) {
    return std::tuple(file(d.where.file).rank, d.where.line, d.where.column);
  };
  std::stable_sort(list_.begin(), list_.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
  const auto last = std::unique(list_.begin(), list_.end(), [&](const Diagnostic& a, const Diagnostic& b) {
    return place(a) == place(b) && a.what == b.what;
  });
  list_.erase(last, list_.end());
  for (const auto& [name, seen] : files_) {
    if (seen.count > kKeptPerFile) {
      list_.push_back({{name, 0, 0},
                       fmt::format("{} more mistakes are not listed", seen.count - kKeptPerFile),
                       "mend the ones above and check again"});
    }
  }
  return std::exchange(list_, {});
}

std::string in_quotes(std::string_view text) {
  std::string_view shown = text;
  if (shown.size() > kQuotedBytes) {
    std::size_t end = kQuotedBytes;
    while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xC0U) == 0x80U) {
      --end;  // not within a character
    }
    shown = shown.substr(0, end);
  }
  return fmt::format("`{}{}`", one_line(std::string(shown)), shown.size() < text.size() ? "..." : "");
}

const std::string* nearest(std::string_view text, std::span<const std::string> known) {
  if (text.size() > kLongestCompared) {
    return nullptr;
  }
  const std::string* best = nullptr;
  int limit = static_cast<int>(text.size()) / 3;
  for (const std::string& candidate : known.first(std::min(known.size(), kSearched))) {
    if (candidate.size() > kLongestCompared) {
      continue;
    }
    const int distance = edit_distance(text, candidate, limit);
    if (distance <= limit) {
      best = &candidate;
      limit = distance - 1;
      if (limit < 0) {
        break;
      }
    }
  }
  return best;
}

}  // namespace truel::scenario
