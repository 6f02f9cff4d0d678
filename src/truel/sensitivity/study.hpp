// What is asked: the accounts that compete, the numbers that are uncertain in one of them, the groups they fall into,
// and the design of the runs.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::sensitivity {

/// One of the accounts between which belief is divided, in equal parts.
struct Rival {
  std::string id, title;
  CompiledModel model;
};

/// A number that is uncertain under at least one of the rivals.
struct Input {
  int parameter;                     ///< index into War::parameters
  Distribution distribution;         ///< of the first rival under which it is uncertain
  std::string basis;                 ///< of the same
  std::vector<std::string> sources;  ///< of its basis (sources_of_basis): it is in the group of each
  std::string table;
};

/// What one resamples together.
struct Group {
  std::string name;
  std::vector<std::size_t> inputs;  ///< indices into Study::inputs, ascending
};

/// What the numbers are grouped by: what they rest on (Rest), each source, table, or each by itself.
enum class Grouping { basis, source, table, parameter };
inline constexpr std::array<std::string_view, 4> kGroupings{"basis", "source", "table", "parameter"};

/// What makes the width of a number's range, each number in one: assumption alone; claims, or an outside source, where
/// its basis names these and assumes nothing; assumption beside these, as half of a known number is as wide as the
/// half.
enum class Rest { assumptions, claims, outside_sources, partly_assumed };
inline constexpr std::array<const char*, 4> kRestNames = {"assumptions", "claims", "outside sources", "partly assumed"};
Rest rest_of(const Input& input);

/// Runs of one block, in the order of the design. Each has its own chance; they share inputs as docs/sensitivity.md
/// says. Those of the accounts are only there if accounts compete; the groups follow.
enum class Role : std::size_t {
  first,                 ///< account and numbers of the block's first point
  first_repeated,        ///< the same inputs again
  second,                ///< account and numbers of its second point
  second_repeated,       ///< the same inputs again
  first_other_account,   ///< numbers of the first point, account of the second
  second_other_account,  ///< numbers of the second point, account of the first
};

struct Study {
  std::vector<Rival> rivals;  ///< the same war, other numbers
  std::vector<Input> inputs;  ///< ascending by parameter
  std::vector<Group> groups;  ///< what is resampled; those by source overlap where a number has several
  Grouping grouping = Grouping::basis;

  const War& war() const { return rivals.front().model.war(); }
  bool has_accounts() const { return rivals.size() > 1; }
  /// Role of the run at the first point with the numbers of group 0 from the second.
  std::size_t first_group_role() const {
    return static_cast<std::size_t>(Role::first_other_account) + (has_accounts() ? 2 : 0);
  }
  std::size_t block_size() const { return first_group_role() + groups.size(); }
};

/// The table or section that a path belongs to: its first part; "laws", "thresholds" and "terrain" of scenario.toml.
std::string table_of(std::string_view path);

/// The inputs by what a grouping sees in them, groups in the order of their names.
std::vector<Group> groups_of(const std::vector<Input>& inputs, Grouping grouping, const War& war);

/// Errors: the rivals are not the same war; nothing is uncertain and there is one account only.
Result<Study> make_study(std::vector<Rival> rivals, Grouping grouping);

/// Account of a point (0 or 1) of a block. As many blocks as there are rivals have each of them once as their first
/// point.
std::size_t account_at(const Study& study, std::uint64_t seed, std::uint32_t block, int point);

/// Draw between 0 and 1 of an input at a point (0 or 1) of a block: plain random numbers.
double draw_at(const Study& study, std::uint64_t seed, std::uint32_t block, int point, std::size_t input);

/// Which point (0 or 1) gives the account, or an input, to a run of the block.
int point_of_account(const Study& study, std::size_t role);
int point_of_input(const Study& study, std::size_t role, std::size_t input);

/// The rival that a run of a block follows; writes its parameter values: [parameters].
std::size_t set_values(const Study& study, std::uint64_t seed, std::uint32_t block, std::size_t role,
                       std::span<double> values);

}  // namespace truel::sensitivity
