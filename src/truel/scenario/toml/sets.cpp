// `[sets]` of scenario.toml: names for actors, or for places, that paths may use instead of ids.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "truel/base/formats/toml_fields.hpp"
#include "truel/base/index.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/toml/toml.hpp"

namespace truel::scenario {
namespace {

const std::array kKinds = std::to_array<std::string>({"actors", "places"});
/// In paths of forces and support: the row of all places that no other row names.
constexpr std::string_view kAll = "all";

void read_sets_of(Context& in, const TomlValue& sets, const Ids& ids, std::string_view kind, std::string_view listed_in,
                  std::vector<NamedSet>& read) {
  const bool is_of_actors = &ids == &in.actors;
  for (const TomlEntry& entry : sets.entries) {
    is_good_id(in, entry.key, false, entry.where, "set");
    const bool is_sponsor = is_of_actors && std::any_of(in.war.sponsors.begin(), in.war.sponsors.end(),
                                                        [&](const Sponsor& s) { return s.sponsor == entry.key; });
    const std::string_view taken = ids.find(entry.key) != kNone ? is_of_actors ? "an actor" : "a place"
                                   : is_of_actors && in.commands.find(entry.key) != kNone ? "a command"
                                   : is_sponsor                                           ? "a sponsor"
                                   : !is_of_actors && entry.key == kAll ? "a word of the paths of forces and support"
                                                                        : std::string_view{};
    if (!taken.empty()) {
      in.mistakes.add(entry.where, fmt::format("the set {} has the name of {}", in_quotes(entry.key), taken),
                      "rename it: a path could not distinguish them");
      continue;
    }
    if (!toml_is(entry.value, TomlKind::array, entry.key, in.mistakes)) {
      continue;
    }
    NamedSet set{.id = entry.key, .members = {}};
    std::map<std::string, int> seen;
    for (const TomlValue& item : entry.value.items) {
      if (!toml_is(item, TomlKind::string, fmt::format("a member of {}", entry.key), in.mistakes) ||
          !is_unseen(in, seen, item.text, fmt::format("member {} of {}", in_quotes(item.text), in_quotes(entry.key)),
                     item.where, "remove one")) {
        continue;
      }
      if (const int found = ids.find(item.text); found != kNone) {
        set.members.push_back(found);
      } else if (is_of_actors && in.commands.find(item.text) != kNone) {
        const std::vector<ActorIndex> members = actors_named(in.war, item.text);
        set.members.insert(set.members.end(), members.begin(), members.end());
      } else if (ids.is_whole && (!is_of_actors || in.commands.is_whole)) {
        std::vector<std::string> known = ids.names;
        if (is_of_actors) {
          known.insert(known.end(), in.commands.names.begin(), in.commands.names.end());
        }
        in.mistakes.add(item.where,
                        fmt::format("unknown {} {} in the set {}", kind, in_quotes(item.text), in_quotes(entry.key)),
                        in.mistakes.did_you_mean(item.text, known, fmt::format("add it to {}", listed_in)));
      }
    }
    std::sort(set.members.begin(), set.members.end());
    set.members.erase(std::unique(set.members.begin(), set.members.end()), set.members.end());
    if (entry.value.items.empty()) {
      in.warnings.add(entry.where, fmt::format("the set {} has no members", in_quotes(entry.key)),
                      "give it some, or remove it");
    }
    read.push_back(std::move(set));
  }
  std::sort(read.begin(), read.end(), [](const NamedSet& x, const NamedSet& y) { return x.id < y.id; });
}

}  // namespace

void read_sets(Context& in) {
  if (!in.sets) {
    return;
  }
  const int before = in.mistakes.count(in.sets->where.file);
  if (toml_is(*in.sets, TomlKind::table, "sets", in.mistakes)) {
    check_toml_keys(*in.sets, kKinds, "kind of set", in.mistakes);
    const auto read_kind = [&](const std::string& key, const Ids& ids, std::string_view kind,
                               std::string_view listed_in, std::vector<NamedSet>& read) {
      if (const TomlValue* sets = in.sets->find(key);
          sets != nullptr && toml_is(*sets, TomlKind::table, "sets." + key, in.mistakes)) {
        read_sets_of(in, *sets, ids, kind, listed_in, read);
      }
    };
    read_kind(kKinds[0], in.actors, "actor", "actors.csv", in.war.actor_sets);
    read_kind(kKinds[1], in.places, "place", "places.csv", in.war.place_sets);
  }
  in.are_sets_whole = in.mistakes.count(in.sets->where.file) == before && in.actors.is_whole && in.commands.is_whole &&
                      in.places.is_whole;
}

}  // namespace truel::scenario
