#include "truel/ensemble/compare/until_sure.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "truel/base/formats/did_you_mean.hpp"
#include "truel/base/statistics/looks.hpp"

namespace truel::ensemble {
namespace {

/// With fewer pairs Student's t knows too little of skewed differences.
constexpr std::uint32_t kFirstLook = 16;
/// A look is left out where so many times its pairs are more than the last has.
constexpr double kTooNear = 1.25;

constexpr double kShareRead = 0.02;
constexpr double kChanceRead = 0.1;
constexpr double kPartRead = 0.1;

std::vector<std::uint32_t> looks_up_to(std::uint32_t most) {
  std::vector<std::uint32_t> looks;
  for (std::uint64_t pairs = kFirstLook; kTooNear * static_cast<double>(pairs) <= most; pairs *= 2) {
    looks.push_back(static_cast<std::uint32_t>(pairs));
    if (kTooNear * static_cast<double>(pairs + pairs / 2) <= most) {
      looks.push_back(static_cast<std::uint32_t>(pairs + pairs / 2));
    }
  }
  looks.push_back(most);
  return looks;
}

double larger(const ComparedRow& row) {
  return std::max(std::abs(row.first.value), std::abs(row.second.value));
}

/// How far to either side an interval may reach that is read as a point.
double read_to(const ComparedRow& row, const Comparison& comparison) {
  switch (row.outcome.kind) {
    case ComparedKind::value:
    case ComparedKind::people:
      return kShareRead;
    case ComparedKind::survival:
      return kChanceRead;
    case ComparedKind::life:
      return kShareRead * comparison.days;
    case ComparedKind::losses:
    case ComparedKind::fighters: {
      double all = 0;
      for (const ComparedRow& other : comparison.rows) {
        all += other.outcome.kind == row.outcome.kind && other.difference.n > 0 ? larger(other) : 0;
      }
      return kShareRead * all;
    }
    default:
      return kPartRead * larger(row);
  }
}

}  // namespace

UntilSure::UntilSure(std::vector<ComparedKind> shown, std::uint32_t most)
    : shown_(std::move(shown)), looks_(looks_up_to(most)), miss_(miss_of_each_look(looks_)) {}

bool UntilSure::is_sure(const Comparison& comparison) const {
  bool any = false;
  for (const ComparedRow& row : comparison.rows) {
    if (row.changed == 0 || std::find(shown_.begin(), shown_.end(), row.outcome.kind) == shown_.end()) {
      continue;
    }
    any = true;
    if (!row.is_certain() && !((row.high - row.low) / 2 <= read_to(row, comparison))) {
      return false;
    }
  }
  return any;
}

Result<std::vector<ComparedKind>> kinds_named(std::span<const std::string> names) {
  std::vector<ComparedKind> kinds;
  for (const std::string& name : names) {
    const auto known = std::find(compared_kinds().begin(), compared_kinds().end(), name);
    if (known == compared_kinds().end()) {
      const std::vector<std::string> kinds_known(compared_kinds().begin(), compared_kinds().end());
      return Diagnostic{{},
                        fmt::format("until sure: no outcome {}", name),
                        did_you_mean(name, kinds_known, fmt::format("known are {}", fmt::join(kinds_known, ", ")))};
    }
    const auto kind = static_cast<ComparedKind>(known - compared_kinds().begin());
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
      kinds.push_back(kind);
    }
  }
  return kinds;
}

}  // namespace truel::ensemble
