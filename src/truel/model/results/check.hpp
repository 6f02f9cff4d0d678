// What a package says its results must be: `[[check]]` in scenario.toml.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/result.hpp"
#include "truel/model/results/metric.hpp"
#include "truel/model/solver_names.hpp"

namespace truel {

enum class Relation { equal, above, below };
enum class ToleranceKind { none, absolute, relative, standard_errors };

/// A table whose every row is a war of its own: numbers of the row are laid over the package.
struct CaseTable {
  std::string file;                                          ///< below the package, or below the data folder
  bool is_data = false;                                      ///< below the data folder
  char separator = ',';                                      ///< between two cells
  std::vector<std::pair<std::string, std::string>> columns;  ///< path of a number, and the column that it is in
  std::vector<std::pair<Metric, std::string>> record;        ///< what the table says came out, and the column

  auto operator<=>(const CaseTable&) const = default;
};

/// The run that a check looks at. Checks with the same run share it.
struct CheckRun {
  std::string solver{kUsualSolver};  ///< of kSolverNames
  std::uint32_t runs = 1;
  std::uint64_t seed = 1;
  int steps_per_day = 1;
  int every = 0;  ///< days between stored states; 0: as the metrics need
  std::optional<Day> from, until;
  std::vector<std::string> accounts;
  std::vector<std::string> settings;  ///< "path=value", as for --set
  std::optional<CaseTable> cases;     ///< one run for each of its rows

  auto operator<=>(const CheckRun&) const = default;
};

struct Check {
  std::string what;    ///< a few words
  std::string metric;  ///< as written
  Metric reading;      ///< what it means
  double value = 0;    ///< expected
  Relation relation = Relation::equal;
  ToleranceKind tolerance_kind = ToleranceKind::none;
  double tolerance = 0;
  std::string source;      ///< paper with equation, table or figure; "closed form"; "exact chain"
  std::string reason;      ///< why an effect has its size; may be empty
  std::string known_miss;  ///< why the model does not give what the source says; empty: it must
  CheckRun run;
  std::optional<CheckRun> against;  ///< the metric is then the paired difference, run minus against
  Location where;
};

}  // namespace truel
