#include "truel/base/statistics/nearest.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "truel/base/bytes/utf8.hpp"

namespace truel {
namespace {

constexpr std::size_t kSearched = 20000;
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

/// What somebody has begun to write, where nothing else begins so.
std::vector<const std::string*> only_one_beginning_with(std::string_view text, std::span<const std::string> known) {
  constexpr std::size_t kLeast = 3;  // letters that say anything
  std::vector<const std::string*> found;
  if (text.size() < kLeast) {
    return found;
  }
  for (const std::string& candidate : known.first(std::min(known.size(), kSearched))) {
    if (candidate.starts_with(text)) {
      found.push_back(&candidate);
    }
  }
  return found.size() == 1 ? found : std::vector<const std::string*>{};
}

}  // namespace

std::vector<const std::string*> all_nearest(std::string_view text, std::span<const std::string> known) {
  std::vector<const std::string*> best;
  if (text.size() > kLongestCompared) {
    return best;
  }
  const std::string plain = lower_case(text);  // who writes ISIS means isis
  int limit = static_cast<int>(text.size()) / 3;
  for (const std::string& candidate : known.first(std::min(known.size(), kSearched))) {
    if (candidate.size() > kLongestCompared) {
      continue;
    }
    const int distance = edit_distance(plain, lower_case(candidate), limit);
    if (distance > limit) {
      continue;
    }
    if (distance < limit) {
      best.clear();
      limit = distance;
    }
    best.push_back(&candidate);
  }
  return best.empty() ? only_one_beginning_with(text, known) : best;
}

const std::string* nearest(std::string_view text, std::span<const std::string> known) {
  const std::vector<const std::string*> best = all_nearest(text, known);
  return best.empty() ? nullptr : best.front();
}

}  // namespace truel
