// `[sets]` of scenario.toml: names for actors, or for places, that paths may use instead of ids.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "truel/base/index.hpp"
#include "truel/scenario/reader/reader.hpp"

namespace truel::scenario {
namespace {

const std::array kKinds = std::to_array<std::string>({"actors", "places"});
/// In paths of forces and support: the row of all places that no other row names.
constexpr std::string_view kAll = "all";

}  // namespace

void Reader::read_sets_of(const TomlValue& sets, const Ids& ids, std::string_view kind, std::string_view listed_in,
                          std::vector<NamedSet>& read) {
  const bool is_of_actors = &ids == &actors_;
  for (const TomlEntry& entry : sets.entries) {
    is_good_id(entry.key, false, entry.where, "set");
    const bool is_sponsor = is_of_actors && std::any_of(war_.sponsors.begin(), war_.sponsors.end(),
                                                        [&](const Sponsor& s) { return s.sponsor == entry.key; });
    const std::string_view taken = ids.find(entry.key) != kNone ? is_of_actors ? "an actor" : "a place"
                                   : is_of_actors && commands_.find(entry.key) != kNone ? "a command"
                                   : is_sponsor                                         ? "a sponsor"
                                   : !is_of_actors && entry.key == kAll ? "a word of the paths of forces and support"
                                                                        : std::string_view{};
    if (!taken.empty()) {
      mistakes_.add(entry.where, fmt::format("the set {} has the name of {}", in_quotes(entry.key), taken),
                    "rename it: a path could not tell the two apart");
      continue;
    }
    if (!expect(entry.value, TomlKind::array, entry.key)) {
      continue;
    }
    NamedSet set{.id = entry.key, .members = {}};
    std::map<std::string, int> seen;
    for (const TomlValue& item : entry.value.items) {
      if (!expect(item, TomlKind::string, fmt::format("a member of {}", entry.key)) ||
          !unique(seen, item.text, fmt::format("member {} of {}", in_quotes(item.text), in_quotes(entry.key)),
                  item.where, "remove one")) {
        continue;
      }
      if (const int found = ids.find(item.text); found != kNone) {
        set.members.push_back(found);
      } else if (is_of_actors && commands_.find(item.text) != kNone) {
        const std::vector<ActorIndex> members = actors_named(war_, item.text);
        set.members.insert(set.members.end(), members.begin(), members.end());
      } else if (ids.is_whole && (!is_of_actors || commands_.is_whole)) {
        std::vector<std::string> known = ids.names;
        if (is_of_actors) {
          known.insert(known.end(), commands_.names.begin(), commands_.names.end());
        }
        mistakes_.add(item.where,
                      fmt::format("unknown {} {} in the set {}", kind, in_quotes(item.text), in_quotes(entry.key)),
                      mistakes_.did_you_mean(item.text, known, fmt::format("add it to {}", listed_in)));
      }
    }
    std::sort(set.members.begin(), set.members.end());
    set.members.erase(std::unique(set.members.begin(), set.members.end()), set.members.end());
    if (entry.value.items.empty()) {
      warnings_.add(entry.where, fmt::format("the set {} has no members", in_quotes(entry.key)),
                    "give it some, or remove it");
    }
    read.push_back(std::move(set));
  }
  std::sort(read.begin(), read.end(), [](const NamedSet& x, const NamedSet& y) { return x.id < y.id; });
}

void Reader::read_sets() {
  if (!sets_) {
    return;
  }
  const int before = mistakes_.count(sets_->where.file);
  if (expect(*sets_, TomlKind::table, "sets")) {
    check_keys(*sets_, kKinds, "kind of set");
    const auto read_kind = [&](const std::string& key, const Ids& ids, std::string_view kind,
                               std::string_view listed_in, std::vector<NamedSet>& read) {
      if (const TomlValue* sets = sets_->find(key); sets != nullptr && expect(*sets, TomlKind::table, "sets." + key)) {
        read_sets_of(*sets, ids, kind, listed_in, read);
      }
    };
    read_kind(kKinds[0], actors_, "actor", "actors.csv", war_.actor_sets);
    read_kind(kKinds[1], places_, "place", "places.csv", war_.place_sets);
  }
  are_sets_whole_ =
      mistakes_.count(sets_->where.file) == before && actors_.is_whole && commands_.is_whole && places_.is_whole;
}

}  // namespace truel::scenario
