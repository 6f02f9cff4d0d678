// observations.toml: how a package reads the records it is held against.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/model/war.hpp"

namespace truel::record {

/// Sides of a record that cannot be told apart there, taken as one.
struct MergedSides {
  std::string name;
  std::vector<std::string> codes;
};

struct Citation {
  std::string file;  ///< a word of the file's name
  std::string text;
};

struct Rules {
  std::vector<std::string> files;  ///< below the folder of observations; empty: all that have known columns
  std::map<std::string, std::string, std::less<>> holders;  ///< a controller of a record -> record code
  std::map<std::string, std::string, std::less<>> places;   ///< a place of a record -> place_id
  std::map<std::string, std::string, std::less<>> sides;    ///< a side of an event data set -> side code
  std::vector<MergedSides> merged;
  /// A side without men on the ground -> codes of those whom its strikes support, the first foremost.
  std::map<std::string, std::vector<std::string>, std::less<>> supports;
  std::vector<Citation> citations;
  double near_km = 25;  ///< an event farther from every place of the map belongs to none
};

inline constexpr const char* kRulesFile = "observations.toml";

/// Reads observations.toml of a package; a package without one has the rules of an empty one. Errors: a file that
/// cannot be read, is empty or no TOML, keys and kinds that are not those of docs/observed-data.md.
Result<Rules> read_rules(const std::filesystem::path& package);

/// What the package says is to be cited of a file with this name.
std::vector<std::string> citations_of(const Rules& rules, std::string_view file);

/// Who counts as whom: the codes of holders and sides, in the order of their names, "none" last.
struct Sides {
  std::vector<std::string> codes;
  std::vector<int> of_actor;  ///< [actor] into codes
  int none = 0;

  int size() const { return static_cast<int>(codes.size()); }
  int find(std::string_view code) const;  ///< kNone: unknown
  int add(std::string_view code);         ///< the code, new if it is unknown

  /// The side of who holds a place: kContested of a contested one, kNone of an actor of no side.
  int of_holder(ActorIndex holder) const {
    return holder == kNone ? none : holder == kContested ? kContested : of_actor[at(holder)];
  }
};

/// The code of an actor in records: its own id where it has none.
const std::string& record_code(const Actor& actor);

/// The record codes of a war's actors (an actor without one counts as itself) and "none".
Sides sides_of(const War& war);

/// For each code the code that it counts as once sides are merged: [code], a code of the same list. The first of the
/// merged codes that is known stands for all.
std::vector<int> merge(const Sides& sides, const Rules& rules);

}  // namespace truel::record
