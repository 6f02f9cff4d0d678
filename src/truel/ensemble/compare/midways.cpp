#include "truel/ensemble/compare/midways.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "truel/ensemble/compare/compare.hpp"
#include "truel/model/intervention_numbers.hpp"

namespace truel::ensemble {

namespace {

/// Whether all that is no number is the same in both, and nothing was laid in by an analysis, which is of one of them.
bool are_laid_out_alike(const CompiledModel& first, const CompiledModel& second) {
  const auto is_laid_in = [](const War& war) {
    return !war.laid_in.empty() || !war.laid_in_defence.empty() || !war.laid_in_lethality.empty() ||
           !war.laid_in_lulls.empty();
  };
  bool are_alike = std::equal(first.first_control().begin(), first.first_control().end(),
                              second.first_control().begin(), second.first_control().end());
  for (ActorIndex a = 0; a < first.n_actors(); ++a) {
    are_alike = are_alike && first.command_of(a) == second.command_of(a);
  }
  return are_alike && !is_laid_in(first.war()) && !is_laid_in(second.war());
}

}  // namespace

std::optional<SharedPast> shared_past(const CompiledModel& first, const CompiledModel& second) {
  const std::optional<Day> fork = fork_day(first, second);
  const War& war = first.war();
  if (!fork || *fork <= war.start || !are_laid_out_alike(first, second)) {
    return std::nullopt;
  }
  std::set<int> dated;
  for (const Intervention& row : war.interventions) {
    const std::array numbers = numbers_of(row);
    dated.insert(numbers.begin(), numbers.end());
  }
  for (const Intervention& row : war.interventions) {
    dated.erase(row.target);
  }
  SharedPast past{.until = *fork - war.start, .own_numbers = differing_numbers(war, second.war())};
  const bool are_dated =
      std::all_of(past.own_numbers.begin(), past.own_numbers.end(), [&](int number) { return dated.contains(number); });
  return are_dated ? std::optional(std::move(past)) : std::nullopt;
}

int decision_day(const War& war, int day) {
  return day / war.decision_interval_days * war.decision_interval_days;
}

void Midways::keep(std::uint32_t number, int day, std::unique_ptr<const solver::Midway> midway) {
  const std::size_t bytes = midway->bytes();
  const std::lock_guard lock(mutex_);
  auto& own = midways_[number];
  const bool is_later = own.empty() || own.back()->state.day < day;
  if (is_later && bytes_ + bytes <= most_bytes_) {
    bytes_ += bytes;
    own.push_back(std::move(midway));
  }
}

const solver::Midway* Midways::latest(std::uint32_t number, int day) const {
  const std::lock_guard lock(mutex_);
  const auto own = midways_.find(number);
  if (own == midways_.end()) {
    return nullptr;
  }
  const auto after =
      std::find_if(own->second.begin(), own->second.end(), [&](const auto& midway) { return midway->state.day > day; });
  return after == own->second.begin() ? nullptr : std::prev(after)->get();
}

}  // namespace truel::ensemble
