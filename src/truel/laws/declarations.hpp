// What laws declare of their own (law.hpp), for those who list it: docs and tests.
#pragma once

#include <span>
#include <string_view>

#include "truel/base/purposes.hpp"
#include "truel/model/actor_outcome.hpp"
#include "truel/model/parameters.hpp"
#include "truel/world/state.hpp"

namespace truel::laws {

struct Declaration {
  std::string_view name;  ///< empty: it has no page of its own
  std::span<const ParameterInfo> numbers;
  LawParameter follows = LawParameter::declared;
  std::span<const PurposeInfo> purposes;
  std::span<const ActorOutcomeInfo> outcomes;
  std::span<const LawStateInfo> states;
};

/// Of every law, in the order of the list.
std::span<const Declaration> declarations();

}  // namespace truel::laws
