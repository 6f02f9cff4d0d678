// What a package says its results must be: `[[check]]` in scenario.toml.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/result.hpp"
#include "truel/model/metric.hpp"

namespace truel {

enum class Relation { equal, above, below };
enum class ToleranceKind { none, absolute, relative, standard_errors };

/// The run that a check looks at. Checks with the same run share it.
struct CheckRun {
  std::string solver = "leap";  ///< leap, exact or mean-field
  std::uint32_t runs = 1;
  std::uint64_t seed = 1;
  int steps_per_day = 1;
  int every = 0;  ///< days between stored states; 0: as the metrics need
  std::optional<Day> from, until;
  std::vector<std::string> accounts;
  std::vector<std::string> settings;  ///< "path=value", as for --set

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
  std::string needs;       ///< a file below the data folder, or empty
  CheckRun run;
  std::optional<CheckRun> against;  ///< the metric is then the paired difference, run minus against
  Location where;
};

}  // namespace truel
