// What follows from the list of laws: all numbers, outcomes and states, those that laws declare included.
#include "truel/laws/laws.hpp"

#include <vector>

#include "truel/base/result.hpp"

namespace truel {
namespace laws {
namespace {

constexpr bool every_purpose_is_of_one_law() {
  std::array<bool, 256> taken{};
  for (const PurposeInfo& info : kPurposes) {
    taken[static_cast<std::size_t>(info.purpose)] = true;
  }
  bool is_good = true;
  Declared::for_each([&]<class L>() {
    for (const PurposeInfo& info : declaration_of<L>().purposes) {
      is_good = is_good && !taken[static_cast<std::size_t>(info.purpose)];
    }
    for (const PurposeInfo& info : declaration_of<L>().purposes) {
      taken[static_cast<std::size_t>(info.purpose)] = true;
    }
  });
  return is_good;
}
static_assert(every_purpose_is_of_one_law(), "a law's number of a purpose is another's already");

}  // namespace

std::span<const Declaration> declarations() {
  static const std::vector<Declaration> all = [] {
    std::vector<Declaration> found;
    Declared::for_each([&]<class L>() {
      if constexpr (requires { L::kName; }) {
        found.push_back(declaration_of<L>());
      }
    });
    return found;
  }();
  return all;
}

}  // namespace laws

std::span<const ParameterInfo> law_parameters() {
  static const std::vector<ParameterInfo> all = [] {
    const std::span<const ParameterInfo> common = common_law_parameters();
    std::vector<ParameterInfo> rows(common.begin(), common.end());
    laws::Declared::for_each([&]<class L>() {
      if constexpr (requires { L::kNumbers; }) {
        // Laws with a place of their own among the common ones, and the others behind them, stand in this order.
        const auto at_place = static_cast<std::ptrdiff_t>(laws::number_of<L>(0));
        TRUEL_CHECK(at_place <= static_cast<std::ptrdiff_t>(rows.size()));
        rows.insert(rows.begin() + at_place, L::kNumbers.begin(), L::kNumbers.end());
      }
    });
    return rows;
  }();
  return all;
}

std::span<const ActorOutcomeInfo> actor_outcomes() {
  static const std::vector<ActorOutcomeInfo> all = [] {
    std::vector<ActorOutcomeInfo> rows(kCommonOutcomes.begin(), kCommonOutcomes.end());
    for (const laws::Declaration& law : laws::declarations()) {
      for (ActorOutcomeInfo info : law.outcomes) {
        info.outcome = static_cast<ActorOutcome>(rows.size());
        rows.push_back(info);
      }
    }
    return rows;
  }();
  return all;
}

std::span<const LawStateInfo> law_states() {
  static const std::vector<LawStateInfo> all = [] {
    std::vector<LawStateInfo> rows;
    for (const laws::Declaration& law : laws::declarations()) {
      rows.insert(rows.end(), law.states.begin(), law.states.end());
    }
    return rows;
  }();
  return all;
}

}  // namespace truel
