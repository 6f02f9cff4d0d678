// Paths: the names of numbers, of one or of many.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "truel/model/war.hpp"

namespace truel {

/// The actors that a name stands for, ascending: an actor by its id, a set or a command by its members, `*`: all.
/// Nothing if nobody has the name.
std::vector<ActorIndex> actors_named(const War& war, std::string_view name);

/// The path of a setting, "path=value", without blanks at its ends; of a text without `=` all of it.
std::string_view path_of_setting(std::string_view setting);

/// Looks numbers up by path. A path names one number as it stands, or many (docs/scenario-format.md, Paths that name
/// many numbers): `*` within a part stands for any characters of the part, a last part `*` for all that may follow, and
/// the name of a set or a command for the ids of its members.
class PathIndex {
 public:
  /// war: laid out; it and its paths must outlive this. Cost: linear in the numbers.
  explicit PathIndex(const War& war);

  /// The number with this path, or kNone. Of an alignment the one that counts; a road may be named from either end.
  int find(std::string_view path) const;

  /// Whether a path that is not there as it stands is meant to name many: it has a `*`, a set or a command.
  bool may_name_many(std::string_view path) const;

  /// The numbers that the path names, ascending, each once; alignments as `find` has them. Unless both ends of a tie
  /// are written as ids, the ties of actors with themselves are left out. Adds the numbers looked at to `cost`.
  std::vector<int> named(std::string_view path, std::size_t& cost) const;

  /// What is wrong with a path that names nothing.
  struct PathFault {
    std::string part;                ///< the first part that fits none of the numbers that the parts before it fit
    std::vector<std::string> known;  ///< what could stand in its place; empty: the path is too short or too long
    bool is_empty_set = false;       ///< the part is a set without members
    bool is_group = false;           ///< the part is a set or a command, and none of its members has a number there
  };
  PathFault unmatched(std::string_view path) const;

 private:
  /// Numbers one after another whose paths begin with the same two parts.
  struct Range {
    std::string_view table, id;
    int first = 0, last = 0;  ///< `last` is one beyond
  };

  const War& war_;
  std::unordered_map<std::string_view, int> index_;
  std::vector<Range> ranges_;
};

}  // namespace truel
