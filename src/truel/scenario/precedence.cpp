#include "truel/scenario/precedence.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "truel/base/index.hpp"

namespace truel::scenario {
namespace {

bool is_within(const std::vector<int>& part, const std::vector<int>& whole) {
  return std::all_of(part.begin(), part.end(),
                     [&](int number) { return std::binary_search(whole.begin(), whole.end(), number); });
}

}  // namespace

Precedence most_special(std::span<const PathLine> lines, bool is_layered) {
  std::unordered_map<int, std::vector<int>> lines_of;
  for (int l = 0; l < static_cast<int>(lines.size()); ++l) {
    for (const int number : lines[at(l)].numbers) {
      lines_of[number].push_back(l);
    }
  }
  // Numbers that the same lines name are many: what was found of a pair of lines is kept.
  enum class Relation { special, same, neither };
  std::map<std::pair<int, int>, Relation> known;
  const auto relation = [&](int special, int general) {
    const auto [entry, is_new] = known.try_emplace({special, general}, Relation::neither);
    const std::vector<int>& few = lines[at(special)].numbers;
    const std::vector<int>& many = lines[at(general)].numbers;
    if (is_new && few.size() <= many.size() && is_within(few, many)) {
      entry->second = few.size() < many.size() ? Relation::special : Relation::same;
    }
    return entry->second;
  };
  Precedence result;
  std::map<std::pair<int, int>, Precedence::Clash> clashes;
  for (const auto& [number, naming] : lines_of) {
    int best = naming[0];
    for (const int line : naming) {
      const std::size_t size = lines[at(line)].numbers.size();
      const std::size_t least = lines[at(best)].numbers.size();
      best = size < least || (size == least && is_layered && relation(line, best) == Relation::same) ? line : best;
    }
    bool is_clear = true;
    for (const int line : naming) {
      const Relation how = line == best ? Relation::special : relation(best, line);
      if (how == Relation::special || (how == Relation::same && is_layered)) {
        continue;
      }
      is_clear = false;
      const auto [first, second] = std::minmax(best, line);
      const auto [clash, is_new] =
          clashes.try_emplace({first, second}, Precedence::Clash{first, second, number, how == Relation::same});
      clash->second.number = std::min(clash->second.number, number);
    }
    if (is_clear) {
      result.laid.push_back({best, number});
    }
  }
  std::sort(result.laid.begin(), result.laid.end(),
            [](const auto& x, const auto& y) { return std::pair(x.line, x.number) < std::pair(y.line, y.number); });
  for (const auto& [pair, clash] : clashes) {
    result.clashes.push_back(clash);
  }
  return result;
}

}  // namespace truel::scenario
