// How hard two actors fight each other, and how much their commands give to it, beyond what anybody can count.
#pragma once

#include <vector>

#include "truel/laws/hidden_lethality/lulls.hpp"
#include "truel/laws/law.hpp"

namespace truel::laws {

struct LethalityState {
  explicit LethalityState(const CompiledModel& model);
  std::vector<double> deviation;  ///< [pair, the lower index first] of the log of the factor, in standard deviations
  std::vector<double> factor;     ///< [pair, either way]
  std::vector<Lull> lulls;        ///< that this run was given
};

/// Every two actors have a log-normal factor on what they kill of each other, the same both ways, which lasts
/// and which nobody sees; with it goes what their commands give to the war on one another
/// (docs/laws/hidden_lethality.md).
struct HiddenLethality {
  static constexpr std::string_view kName = "hidden_lethality";
  using Own = LethalityState;

  enum Number { on, spread, decay_days, effort_spread };
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.hidden_lethality.on", "switch", 0, 0, 1,
       "two actors fight each other harder or less than anybody can count"},
      {"laws.hidden_lethality.spread", "log s.d.", 0.7, 0, 5, "of the factor on what two actors kill of each other"},
      {"laws.hidden_lethality.decay_days", "days", 365, 1, 1e6,
       "after which the deviation of a pair has 1/e of its correlation with what it was"},
      {"laws.hidden_lethality.effort_spread", "log s.d.", 0, 0, 10,
       "of the factor on the share of its effort that a command gives to an enemy, by the same deviation"},
  });
  static constexpr auto kSomePriority = has_doctrine("commands.*", Doctrine::priority);
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.hidden_lethality.decay_days", {"laws.hidden_lethality.spread"}},
      {"laws.hidden_lethality.decay_days", {"laws.hidden_lethality.effort_spread", kSomePriority}},
      {"laws.hidden_lethality.effort_spread", {kSomePriority}},
  });

  static constexpr Purpose kPurpose{24};
  static constexpr Purpose kLullPurpose{27};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "hidden lethality", "actor x actors + actor",
       "how the deviation of the pair's lethality moves at a decision"},
      {kLullPurpose, "lull", "row of lulls that an analysis lays in",
       "whether two sides hold their fire as a forecast begins, and how long (step: 0)"},
  });

  static constexpr EventInfo kDrawn{
      "hidden_lethality", "on the first day: how many times as many two enemies kill of each other (fighters)"};
  static constexpr std::array kEvents{kDrawn};

  static constexpr bool kNeedsBattle = true;

  /// Deviations of all pairs on the first day, and what the last `days` have changed of them.
  static void look_back(const CompiledModel& model, State& state, int days, bool is_whole);
};

/// The factor on what one kills of the other: 1 without the law.
double hidden_lethality(const State& state, ActorIndex a, ActorIndex b);

/// The factor on the weight of enemy b in the effort of a command, by the pair of its first member and b: 1 without the
/// law.
double hidden_leaning(const CompiledModel& model, const State& state, CommandIndex c, ActorIndex b);

}  // namespace truel::laws
