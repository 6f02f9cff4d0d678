#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "truel/base/index.hpp"
#include "truel/model/readings.hpp"
#include "truel/scenario/checks/warnings.hpp"
#include "truel/scenario/reader/reader.hpp"

namespace truel::scenario {

void Reader::finish_interventions() {
  std::vector<PendingIntervention> kept = std::move(pending_);
  std::vector<Intervention> single = std::move(war_.interventions);
  war_.interventions.clear();
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const PendingIntervention& p = kept[i];
    Intervention change = single[i];
    Parameter& value = war_.parameters[at(change.value)];
    Parameter& when = war_.parameters[at(change.when)];
    if (!when.is_given) {  // the day is a part of the change that the value measures
      when.basis = value.basis;
      when.where = p.date_where;
    }
    value.least = 0;
    value.greatest = force_numbers()[0].greatest;
    if (is_allegiance(change.action)) {
      value.least = change.action == InterventionAction::realign ? -1 : 0;
      value.greatest = 1;
    }
    const std::size_t first = war_.interventions.size();
    if (change.action == InterventionAction::set) {
      const std::vector<int> targets = resolve_all(p.path, p.path_where);
      value.least = -kUnbounded;
      value.greatest = kUnbounded;
      for (const int target : targets) {
        const Parameter& changed = war_.parameters[at(target)];
        value.least = std::max(value.least, changed.least);
        value.greatest = std::min(value.greatest, changed.greatest);
        change.target = target;
        war_.interventions.push_back(change);
      }
      check_targets(p, value, targets);
    } else if (change.action == InterventionAction::realign) {
      for (const ActorIndex actor : p.actors) {
        const int compliance = single[i].compliance;
        change.compliance = compliance;
        for (const ActorIndex other : p.others) {
          if (actor != other) {
            change.actor = actor;
            change.other = other;
            war_.interventions.push_back(change);
            change.compliance = kNone;  // those who do not follow an actor leave it once
          }
        }
      }
    } else {
      war_.interventions.push_back(change);
    }
    const std::size_t n = war_.interventions.size() - first;
    for (std::size_t row = first; row < war_.interventions.size(); ++row) {
      war_.interventions[row].is_of_many = n > 1;
      war_.interventions[row].is_more = row > first;
    }
    if (value.is_given && change.action != InterventionAction::set) {
      check_bounds("value", value.least, value.greatest, value.distribution, value.where);
    }
  }
}

/// That an intervention may change these numbers, and to its value.
void Reader::check_targets(const PendingIntervention& pending, const Parameter& value, std::span<const int> targets) {
  const int before = mistakes_.count(pending.path_where.file);
  const bool is_to_check = value.is_given && !is_switch(pending.path);  // its row has been read as that of a switch
  for (const int target : targets) {
    const Parameter& changed = war_.parameters[at(target)];
    for (const std::string_view part : {"forces.", "support.", "interventions."}) {
      if (changed.path.starts_with(part)) {
        mistakes_.add(pending.path_where, in_quotes(pending.path) + " is a dated number, which no intervention changes",
                      part == "forces." ? "use the actions arrive and leave" : "set a parameter instead");
      }
    }
    if (is_read_at_start(changed.path)) {
      mistakes_.add(pending.path_where,
                    fmt::format("{} is read at the start of a run, so that no dated change of it does anything",
                                in_quotes(changed.path)),
                    "give it in its table, in an account or by --set, and remove this row");
    }
    if (const Takes takes = takes_of(changed); is_to_check && takes.has_steps()) {
      check_steps(pending.path, takes, value.distribution, value.where);
    }
    if (mistakes_.count(pending.path_where.file) > before) {
      return;
    }
  }
  if (is_to_check && !targets.empty()) {
    check_bounds(pending.path, value.least, value.greatest, value.distribution, value.where);
  }
}

}  // namespace truel::scenario
