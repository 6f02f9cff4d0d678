// What laws declare of their own (law.hpp), for those who list it: docs and tests.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "truel/base/purposes.hpp"
#include "truel/laws/law.hpp"
#include "truel/model/parameters.hpp"
#include "truel/model/results/actor_outcome.hpp"
#include "truel/model/results/war_outcome.hpp"
#include "truel/world/state.hpp"

namespace truel::laws {

struct Declaration {
  std::string_view name;  ///< empty: it has no page of its own
  std::span<const ParameterInfo> numbers;
  std::span<const NumberPosition> positions;
  std::span<const PurposeInfo> purposes;
  std::span<const ActorOutcomeInfo> outcomes;
  std::span<const WarOutcomeInfo> war_outcomes;
  std::span<const LawStateInfo> states;
  std::span<const EventInfo> events;
  std::span<const EventCause> causes;
};

/// Of every law, in the order of the list.
std::span<const Declaration> declarations();

/// All kinds of events: kCommonEvents, then those of the laws.
std::vector<EventInfo> event_kinds();
/// All causes of events, in the same order.
std::vector<EventCause> event_causes();

/// Where an outcome of the war stands among those of this war's realizations (solver::Run::war_outcome), that of every
/// actor the one of this actor; kNone where its law can not act.
int place_of(const CompiledModel& model, WarOutcome outcome, ActorIndex a = 0);
/// How many numbers these are.
std::size_t count_war_outcomes(const CompiledModel& model);
/// Fills them in: [WarOutcome whose law may act], of every actor [actor].
void see_war(const CompiledModel& model, const State& state, std::span<double> out);

/// What the law says of issues that predicts where they end (issue_law()): [model.issues().size()].
void see_issues(const CompiledModel& model, const State& state, std::span<double> out);

}  // namespace truel::laws
