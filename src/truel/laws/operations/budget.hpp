// Effort as a budget of man-days: what a command may spend on each enemy, and what it spends.
#pragma once

#include <algorithm>
#include <array>

#include "truel/laws/operations/targets.hpp"

namespace truel::laws {

/// Planned days from the order to the last day of recovery.
int cycle_days(const Situation& now, bool is_prepared);
/// Whether an operation of the command ties men who do not march: they prepare for it or recover from it.
inline bool ties_men(const Situation& now, const Operation& o) {
  return o.command == now.command && (o.is_preparing() || o.rest != Operation::kRunning);
}
/// Whether an attack has been under way for as long as it was planned for.
inline bool has_had_its_days(const Situation& now, const Operation& o) {
  return o.has_marched && now.state.day >= o.march_day + now.law(Operations::planned_days);
}
/// Credit that an operation will still need.
inline double committed(const Situation& now, const Operation& o) {
  return o.men * std::max(0, o.until - now.state.day);
}
/// The same of the operations of the command under way against each enemy: [actor].
std::array<double, kMaxActors> committed(const Situation& now, const Orders& orders);
/// Debits the days until the next decision of all operations.
void pay(const Situation& now, Orders& orders);
/// Credits each enemy with its share of the man-days of those who could attack. targets: what could be begun if nobody
/// prepared or recovered, which says how much may be saved.
void credit(const Situation& now, Orders& orders, double deployable, const Targets& targets);

}  // namespace truel::laws
