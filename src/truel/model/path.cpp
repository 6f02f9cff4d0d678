#include "truel/model/path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <unordered_set>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/index.hpp"

namespace truel {
namespace {

/// What an id in a path is an id of.
enum class IdKind { other, actor, place };

IdKind kind_of(std::string_view table, std::size_t part) {
  const bool is_first = part == 1;
  const bool is_second = part == 2;
  if (table == "actors" || table == "positions") {
    return is_first ? IdKind::actor : IdKind::other;
  }
  if (table == "ties" || table == "sponsors") {
    return is_first || is_second ? IdKind::actor : IdKind::other;
  }
  if (table == "places") {
    return is_first ? IdKind::place : IdKind::other;
  }
  if (table == "links") {
    return is_first || is_second ? IdKind::place : IdKind::other;
  }
  if (table == "forces" || table == "support") {
    return is_first ? IdKind::actor : is_second ? IdKind::place : IdKind::other;
  }
  return IdKind::other;
}

using Parts = std::vector<std::string_view>;

void split(std::string_view path, Parts& parts) {
  parts.clear();
  for (;;) {
    const auto dot = path.find('.');
    parts.push_back(path.substr(0, dot));
    if (dot == std::string_view::npos) {
      return;
    }
    path.remove_prefix(dot + 1);
  }
}

/// Whether the text is the pattern with each `*` replaced by some characters, or none. Linear but for the product of
/// the lengths at worst, and both are ids.
bool fits(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0;
  std::size_t star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

const NamedSet* find_set(const std::vector<NamedSet>& sets, std::string_view id) {
  const auto found = std::lower_bound(sets.begin(), sets.end(), id,
                                      [](const NamedSet& set, std::string_view wanted) { return set.id < wanted; });
  return found != sets.end() && found->id == id ? &*found : nullptr;
}

template <class Things>
int find_id(const Things& things, std::string_view id) {  // they are sorted by id
  const auto found = std::lower_bound(things.begin(), things.end(), id,
                                      [](const auto& thing, std::string_view wanted) { return thing.id < wanted; });
  return found != things.end() && found->id == id ? static_cast<int>(found - things.begin()) : kNone;
}

std::vector<ActorIndex> members_of(const War& war, CommandIndex command) {
  std::vector<ActorIndex> members;
  for (ActorIndex a = 0; a < static_cast<int>(war.actors.size()); ++a) {
    if (war.actors[at(a)].command == command) {
      members.push_back(a);
    }
  }
  return members;
}

/// The ids that a part stands for, if it is the name of a set or of a command.
std::optional<std::vector<std::string_view>> ids_of(const War& war, IdKind kind, std::string_view name) {
  std::vector<std::string_view> ids;
  if (kind == IdKind::place && find_id(war.places, name) == kNone) {
    if (const NamedSet* set = find_set(war.place_sets, name); set != nullptr) {
      for (const PlaceIndex p : set->members) {
        ids.push_back(war.places[at(p)].id);
      }
      return ids;
    }
  }
  if (kind == IdKind::actor && find_id(war.actors, name) == kNone) {
    if (find_set(war.actor_sets, name) != nullptr || find_id(war.commands, name) != kNone) {
      for (const ActorIndex a : actors_named(war, name)) {
        ids.push_back(war.actors[at(a)].id);
      }
      return ids;
    }
  }
  return std::nullopt;
}

/// A path that may name many, read for one table.
class Pattern {
 public:
  Pattern(const War& war, const Parts& parts, std::string_view table) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      parts_.push_back(
          {parts[i], parts[i].find('*') != std::string_view::npos, ids_of(war, kind_of(table, i), parts[i])});
    }
    takes_rest_ = parts.size() > 1 && parts.back() == "*";
  }

  bool fits_part(std::size_t i, std::string_view text) const {
    const Part& part = parts_[i];
    if (part.ids) {
      return std::binary_search(part.ids->begin(), part.ids->end(), text);
    }
    return part.is_open ? fits(part.text, text) : part.text == text;
  }

  /// Whether the parts before `n` fit those of a path.
  bool fits_first(const Parts& path, std::size_t n) const {
    for (std::size_t i = 0; i < n; ++i) {
      if (i >= path.size() || !fits_part(i, path[i])) {
        return false;
      }
    }
    return true;
  }

  bool fits_path(const Parts& path) const {
    const bool is_as_long = takes_rest_ ? path.size() >= parts_.size() : path.size() == parts_.size();
    return is_as_long && fits_first(path, parts_.size());
  }

  bool is_one_id(std::size_t i) const { return !parts_[i].ids && !parts_[i].is_open; }
  bool is_group(std::size_t i) const { return parts_[i].ids.has_value(); }
  bool is_empty_set(std::size_t i) const { return parts_[i].ids && parts_[i].ids->empty(); }
  std::size_t size() const { return parts_.size(); }

 private:
  struct Part {
    std::string_view text;
    bool is_open;  // has a `*`
    std::optional<std::vector<std::string_view>> ids;
  };
  std::vector<Part> parts_;
  bool takes_rest_ = false;
};

}  // namespace

std::string_view path_of_setting(std::string_view setting) {
  return trimmed(setting.substr(0, setting.find('=')));
}

std::vector<ActorIndex> actors_named(const War& war, std::string_view name) {
  if (name == "*") {
    std::vector<ActorIndex> all(war.actors.size());
    std::iota(all.begin(), all.end(), 0);
    return all;
  }
  if (const int actor = find_id(war.actors, name); actor != kNone) {
    return {actor};
  }
  if (const NamedSet* set = find_set(war.actor_sets, name); set != nullptr) {
    return {set->members.begin(), set->members.end()};
  }
  const CommandIndex command = find_id(war.commands, name);
  return command == kNone ? std::vector<ActorIndex>() : members_of(war, command);
}

PathIndex::PathIndex(const War& war) : war_(war) {
  for (int i = 0; i < static_cast<int>(war.parameters.size()); ++i) {
    const std::string_view path = war.parameters[at(i)].path;
    index_.emplace(path, i);
    const auto dot = path.find('.');
    const std::string_view table = path.substr(0, dot);
    const std::string_view rest = path.substr(dot + 1);
    const std::string_view id = rest.substr(0, rest.find('.'));
    if (ranges_.empty() || ranges_.back().table != table || ranges_.back().id != id) {
      ranges_.push_back({table, id, i, i});
    }
    ranges_.back().last = i + 1;
  }
}

int PathIndex::find(std::string_view path) const {
  if (const auto found = index_.find(path); found != index_.end()) {
    const auto [a, b] = war_.alignment_pair(found->second);
    return a == kNone ? found->second : war_.alignment(a, b);
  }
  // A road has two ends and no direction.
  Parts parts;
  split(path, parts);
  if (parts.size() == 4 && parts[0] == "links") {
    const auto turned = index_.find(fmt::format("links.{}.{}.{}", parts[2], parts[1], parts[3]));
    return turned == index_.end() ? kNone : turned->second;
  }
  return kNone;
}

bool PathIndex::may_name_many(std::string_view path) const {
  if (path.find('*') != std::string_view::npos) {
    return true;
  }
  Parts parts;
  split(path, parts);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (ids_of(war_, kind_of(parts[0], i), parts[i])) {
      return true;
    }
  }
  return false;
}

std::vector<int> PathIndex::named(std::string_view path, std::size_t& cost) const {
  if (const int one = find(path); one != kNone) {
    return {one};
  }
  Parts parts;
  split(path, parts);
  if (parts.size() < 2) {
    return {};
  }
  std::vector<int> numbers;
  std::string_view table;
  std::optional<Pattern> pattern;
  Parts of_path;
  for (const Range& range : ranges_) {
    ++cost;
    if (!pattern || range.table != table) {
      table = range.table;
      pattern.emplace(war_, parts, table);
    }
    const bool may_be_turned = table == "links";
    if (!pattern->fits_part(0, table) || (!may_be_turned && !pattern->fits_part(1, range.id))) {
      continue;
    }
    cost += at(range.last - range.first);
    for (int i = range.first; i < range.last; ++i) {
      split(war_.parameters[at(i)].path, of_path);
      const bool is_tie_with_itself = table == "ties" && parts.size() > 2 && of_path[1] == of_path[2] &&
                                      !(pattern->is_one_id(1) && pattern->is_one_id(2));
      bool is_named = !is_tie_with_itself && pattern->fits_path(of_path);
      if (!is_named && may_be_turned) {
        std::swap(of_path[1], of_path[2]);
        is_named = pattern->fits_path(of_path);
      }
      if (is_named) {
        const auto [a, b] = war_.alignment_pair(i);
        numbers.push_back(a == kNone ? i : war_.alignment(a, b));
      }
    }
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

PathIndex::PathFault PathIndex::unmatched(std::string_view path) const {
  Parts parts;
  split(path, parts);
  PathFault result;
  std::size_t n_fit = 0;  // parts that fit the beginning of some path
  std::string_view table;
  std::optional<Pattern> pattern;
  Parts of_path;
  std::unordered_set<std::string_view> seen;
  const auto add = [&](std::string_view known) {
    if (seen.insert(known).second) {
      result.known.emplace_back(known);
    }
  };
  for (const Parameter& parameter : war_.parameters) {
    split(parameter.path, of_path);
    if (!pattern || of_path[0] != table) {
      table = of_path[0];
      pattern.emplace(war_, parts, table);
    }
    std::size_t n = 0;
    while (n < parts.size() && n < of_path.size() && pattern->fits_part(n, of_path[n])) {
      ++n;
    }
    if (n > n_fit) {
      n_fit = n;
      result = {};
      seen.clear();
    }
    if (n == n_fit && n < parts.size()) {
      result.part = parts[n];
      result.is_empty_set = pattern->is_empty_set(n);
      result.is_group = pattern->is_group(n);
      if (n < of_path.size()) {
        const IdKind kind = kind_of(table, n);
        if (result.known.empty() && kind != IdKind::other) {
          for (const NamedSet& set : kind == IdKind::actor ? war_.actor_sets : war_.place_sets) {
            add(set.id);
          }
          for (std::size_t c = 0; kind == IdKind::actor && c < war_.commands.size(); ++c) {
            add(war_.commands[c].id);
          }
        }
        add(of_path[n]);
      }
    }
  }
  return result;
}

}  // namespace truel
