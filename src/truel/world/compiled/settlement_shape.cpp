#include "truel/world/compiled/settlement_shape.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <utility>

namespace truel {

SettlementShape settlement_shape(const War& war, Diagnostics& faults) {
  const auto law = [&](LawParameter p) -> const Parameter& { return war.parameters[at(war.law(p))]; };
  const auto fault = [&](const Location& where, std::string what, std::string hint) {
    faults.push_back({where, std::move(what), std::move(hint)});
  };
  for (const LawParameter p : {law_parameter("laws.settlement.on"), law_parameter("laws.settlement.election"),
                               law_parameter("laws.settlement.rounds")}) {
    if (!law(p).distribution.is_value()) {
      fault(law(p).where, law(p).path + " is uncertain", "it decides which numbers there are: give it one value");
    }
    for (int i = 0; i < static_cast<int>(war.interventions.size()); ++i) {
      if (war.interventions[at(i)].target == war.law(p)) {
        fault(war.parameters[at(war.intervention(i))].where, law(p).path + " changes during the war",
              "it decides which numbers there are: set it in scenario.toml or an account");
      }
    }
  }
  const double rounds = law(law_parameter("laws.settlement.rounds")).distribution.a;
  if (rounds != std::floor(rounds)) {
    fault(law(law_parameter("laws.settlement.rounds")).where, fmt::format("{} rounds of challenges", rounds),
          "write a whole number");
  }
  if (law(law_parameter("laws.settlement.on")).distribution.a <= 0 || war.issues.empty()) {
    return {};
  }
  const bool is_election = law(law_parameter("laws.settlement.election")).distribution.a > 0;
  const int n_issues = static_cast<int>(war.issues.size());
  for (std::size_t row = 0; row < war.seats.size() && is_election;) {  // sorted by actor
    const ActorIndex a = war.seats[row].actor;
    std::size_t next = row;
    while (next < war.seats.size() && war.seats[next].actor == a) {
      ++next;
    }
    if (next - row != war.issues.size()) {
      fault({war.folder + "/positions.csv"},
            fmt::format("`{}` has positions on {} of {} issues", war.actors[at(a)].id, next - row, n_issues),
            "an election settles all issues at once: add the others, with salience 0 where it does not care");
    }
    row = next;
  }
  return {.issues = n_issues,
          .actors = static_cast<int>(war.actors.size()),
          .rounds = is_election ? 1 : static_cast<int>(rounds),
          .talks = is_election ? 1 : n_issues};
}

}  // namespace truel
