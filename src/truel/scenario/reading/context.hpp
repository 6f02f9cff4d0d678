// What the functions that read a package share.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "truel/base/formats/mistakes.hpp"
#include "truel/base/formats/toml_tree.hpp"
#include "truel/model/path.hpp"
#include "truel/model/path_hints.hpp"
#include "truel/model/war.hpp"
#include "truel/scenario/formats/package_files.hpp"
#include "truel/scenario/formats/table.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::scenario {

/// The ids of one kind of thing, sorted; an index into `names` is an index into the war.
struct Ids {
  std::vector<std::string> names;
  std::unordered_map<std::string, int> index;
  bool is_whole = true;         ///< false where the file that lists them is broken: then nothing can be called unknown
  std::vector<int> of_row;      ///< index of each row of their table, or kNone
  std::vector<Location> where;  ///< by index; the table as a whole where no row can be read

  void set(std::vector<std::string> unsorted);
  int find(std::string_view name) const;  ///< or kNone
};

/// A number that the package gives.
struct GivenNumber {
  std::string path;
  Distribution distribution;
  std::string basis;
  Location where;
};

/// A day that the package writes somewhere.
struct WrittenDay {
  Day day;
  Location where;
};

/// A row of control.csv.
struct Spell {
  ControlSpell spell;
  Location where;
};

/// A row of interventions.csv, until the numbers that its path names are laid out.
struct PendingIntervention {
  Intervention intervention;
  std::string path;
  Location path_where, date_where, ended_by_where, ends_with_where, only_with_where;
  std::vector<ActorIndex> actors, others;  ///< of `realign`: who, with whom
};

/// What has been looked up by path.
struct PathSearch {
  std::optional<PathIndex> index;            ///< of the war, once it is laid out
  std::optional<PathHints> hints;            ///< once a path is not found
  std::size_t n_named = 0, n_looked_at = 0;  ///< by paths that name many numbers
  bool has_named_too_many = false;
  std::optional<std::unordered_set<int>> misfits;  ///< filled when a path names many numbers
};

/// A package while it is read. Reading goes on past every mistake; what a mistake leaves out is left out of the war,
/// which is thrown away at the end if there was any.
struct Context {
  Context(const PackageFiles& files, const Overlay& laid_over, Mistakes found);
  Context(const Context&) = delete;  // `paths` looks into `war`
  Context& operator=(const Context&) = delete;

  const Table& table(std::string_view file) const { return tables.find(file)->second; }

  const PackageFiles& package;
  const Overlay& overlay;
  Mistakes mistakes;
  Mistakes warnings{"warnings"};  ///< of what is no mistake and can hardly be meant
  War war;

  std::map<std::string_view, Table> tables;
  Ids actors, commands, places, terrains, claims, topics, sources;
  std::vector<std::string> account_ids;  ///< that there are files for, whether or not they can be read
  std::vector<GivenNumber> given;
  PathSearch paths;

  std::optional<WrittenDay> start, end;  ///< as scenario.toml says, whatever is laid over it
  std::vector<WrittenDay> dated_rows;    ///< rows that must not lie after the end
  std::vector<Spell> spells;             ///< by place and first day
  bool has_all_spells = false;
  std::vector<PendingIntervention> interventions;
  std::optional<TomlValue> sets;  ///< the tables of scenario.toml that name things of other files
  bool are_sets_whole = true;
  std::vector<TomlValue> checks, runs, questions;
};

}  // namespace truel::scenario
