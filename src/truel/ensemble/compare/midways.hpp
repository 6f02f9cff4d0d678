// What two versions of a war share: until the day on which they part their realizations are solved once.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "truel/solver/midway.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::ensemble {

/// How the second of two wars goes on from the first.
struct SharedPast {
  int until = 0;                 ///< days since the start: no realization differs before
  std::vector<int> own_numbers;  ///< of the second (solver::SharedStart)
};

/// None: they part on the first day, or nothing says that they are the same until a later one: only numbers of dated
/// changes may differ, and what the war goes on as.
std::optional<SharedPast> shared_past(const CompiledModel& first, const CompiledModel& second);

/// The last day on which commands decide, at or before this one; both since the start.
int decision_day(const War& war, int day);

/// Realizations of a side as they stand on some days. Safe for several threads.
class Midways {
 public:
  /// days: since the start, ascending, on which commands decide. Beyond so much memory none is added.
  Midways(std::vector<int> days, std::size_t most_bytes) : days_(std::move(days)), most_bytes_(most_bytes) {}

  const std::vector<int>& days() const { return days_; }
  void keep(std::uint32_t number, int day, std::unique_ptr<const solver::Midway> midway);
  /// The latest one of a realization up to this day; null: there is none. It stays as long as this.
  const solver::Midway* latest(std::uint32_t number, int day) const;

 private:
  const std::vector<int> days_;
  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::unordered_map<std::uint32_t, std::vector<std::unique_ptr<const solver::Midway>>> midways_;  ///< days ascending
};

}  // namespace truel::ensemble
