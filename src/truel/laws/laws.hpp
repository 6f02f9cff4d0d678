// The one list of laws.
#pragma once

#include <algorithm>
#include <tuple>
#include <type_traits>
#include <utility>

#include "truel/laws/agreement/agreement.hpp"
#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/alignment/alignment_flow.hpp"
#include "truel/laws/alignment/alignment_mover.hpp"
#include "truel/laws/battles/battles.hpp"
#include "truel/laws/best_response/best_response.hpp"
#include "truel/laws/counterattack/counterattack.hpp"
#include "truel/laws/declarations.hpp"
#include "truel/laws/defection/defection.hpp"
#include "truel/laws/entrenchment/entrenchment.hpp"
#include "truel/laws/exploitation/exploitation.hpp"
#include "truel/laws/fire/fire.hpp"
#include "truel/laws/front_fire/front_fire.hpp"
#include "truel/laws/hidden_defence/hidden_defence.hpp"
#include "truel/laws/hidden_lethality/hidden_lethality.hpp"
#include "truel/laws/interventions/interventions.hpp"
#include "truel/laws/local_defence/local_defence.hpp"
#include "truel/laws/operations/operations.hpp"
#include "truel/laws/peacekeeping/peacekeeping.hpp"
#include "truel/laws/priority/priority.hpp"
#include "truel/laws/recruitment/income.hpp"
#include "truel/laws/recruitment/recruitment.hpp"
#include "truel/laws/settlement/settlement.hpp"
#include "truel/laws/siege/siege.hpp"
#include "truel/laws/strikes/strikes.hpp"
#include "truel/laws/support/loyalty.hpp"
#include "truel/laws/support/support.hpp"
#include "truel/laws/turned_line/turned_line.hpp"
#include "truel/laws/underground/underground.hpp"

namespace truel::laws {

/// What a law found out about a group; a type of its own for every law.
template <class Law>
struct Findings {
  explicit Findings(const State& state) : cell(state) {}
  typename Law::Cell cell;
};

/// Laws that take turns in a step of the leap: group by group, each law once.
template <class... Laws>
struct Row {
  static constexpr bool kIsPooled = (Laws::kIsPooled || ...);
  static constexpr std::size_t kSize = sizeof...(Laws);
  template <template <class> class T>
  using Each = std::tuple<T<Laws>...>;
  template <template <class> class T>
  static Each<T> each(const State& state) {
    return Each<T>(T<Laws>(state)...);
  }

  template <class F>
  static void for_each(F&& f) {
    (f.template operator()<Laws>(), ...);
  }
};

/// Rows act one after another in a step of the leap.
template <class... Rows>
struct List {
  /// A T<Law> for every law, made from a state.
  template <template <class> class T>
  using Each = decltype(std::tuple_cat(std::declval<typename Rows::template Each<T>>()...));
  template <template <class> class T>
  static Each<T> each(const State& state) {
    return std::tuple_cat(Rows::template each<T>(state)...);
  }

  template <class F>
  static void for_each_row(F&& f) {
    (f.template operator()<Rows>(), ...);
  }
  template <class F>
  static void for_each(F&& f) {
    (Rows::for_each(f), ...);
  }
};

/// Those that act between decisions, which solvers go through.
using LawsBetweenDecisions = List<Row<Fire>, Row<Strikes>, Row<FrontFire>, Row<Recruitment, Income>, Row<Defection>>;

/// All laws, in the order in which they act at decisions. A new one comes last: where it stands is where its numbers
/// and outcomes follow those of others.
template <class... Laws>
struct Set {
  /// A T<Law> for every law, made from an argument.
  template <template <class> class T>
  using Each = std::tuple<T<Laws>...>;
  template <template <class> class T, class From>
  static Each<T> each(const From& from) {
    return Each<T>(T<Laws>(from)...);
  }

  template <class F>
  static constexpr void for_each(F&& f) {
    (f.template operator()<Laws>(), ...);
  }
};
using AllLaws =
    Set<Fire, Strikes, Recruitment, Income, Support, Loyalty, Alignment, Defection, Underground, Siege, LocalDefence,
        Peacekeeping, Agreement, Exploitation, Counterattack, TurnedLine, Battles, Operations, BestResponse,
        Interventions, Priority, Settlement, HiddenDefence, HiddenLethality, Entrenchment, FrontFire>;

/// How the law whose events may come in rounds lets them.
using Rounds = Fire::Rounds;
template <class L>
constexpr bool may_come_in_rounds() {
  return requires {
    typename L::Rounds;
  };
}

/// Those that move numbers while nothing happens.
using Drifts = Set<Alignment>;

template <class Drift>
using MoverOf = typename Drift::Mover;

template <class L>
constexpr Declaration declaration_of() {
  Declaration d;
  if constexpr (requires { L::kName; }) {
    d.name = L::kName;
  }
  if constexpr (requires { L::kNumbers; }) {
    d.numbers = L::kNumbers;
  }
  if constexpr (requires { L::kPositions; }) {
    d.positions = L::kPositions;
  }
  if constexpr (requires { L::kPurposes; }) {
    d.purposes = L::kPurposes;
  }
  if constexpr (requires { L::kOutcomes; }) {
    d.outcomes = L::kOutcomes;
  }
  if constexpr (requires { L::kWarOutcomes; }) {
    d.war_outcomes = L::kWarOutcomes;
  }
  if constexpr (requires { L::kStates; }) {
    d.states = L::kStates;
  }
  if constexpr (requires { L::kEvents; }) {
    d.events = L::kEvents;
  }
  if constexpr (requires { L::kCauses; }) {
    d.causes = L::kCauses;
  }
  return d;
}

/// How many of what `count` says the laws before L have.
template <class L, class Count>
constexpr int before(Count&& count) {
  int n = 0;
  bool is_before = true;
  AllLaws::for_each([&]<class Other>() {
    is_before = is_before && !std::is_same_v<Other, L>;
    n += is_before ? static_cast<int>(count(declaration_of<Other>())) : 0;
  });
  return n;
}

template <class L>
inline constexpr int kNumbersBefore = before<L>([](const Declaration& d) { return d.numbers.size(); });
template <class L>
inline constexpr int kOutcomesBefore = before<L>([](const Declaration& d) { return d.outcomes.size(); });
template <class L>
inline constexpr int kWarOutcomesBefore = before<L>([](const Declaration& d) { return d.war_outcomes.size(); });
template <class L>
inline constexpr int kLawsBefore = before<L>([](const Declaration&) { return 1; });
template <class L>
inline constexpr int kStatesBefore = before<L>([](const Declaration& d) { return d.states.size(); });

template <class L>
constexpr LawParameter number_of(int k) {
  return static_cast<LawParameter>(static_cast<int>(LawParameter::declared) + kNumbersBefore<L> + k);
}

template <class L>
constexpr ActorOutcome outcome_of(int k) {
  return static_cast<ActorOutcome>(static_cast<int>(ActorOutcome::declared) + kOutcomesBefore<L> + k);
}

template <class L>
constexpr WarOutcome war_outcome_of(int k) {
  return static_cast<WarOutcome>(kWarOutcomesBefore<L> + k);
}

template <class L>
constexpr std::size_t state_of(int k) {
  return static_cast<std::size_t>(kStatesBefore<L> + k);
}

template <class L>
constexpr std::size_t position_of() {
  return static_cast<std::size_t>(kLawsBefore<L>);
}

/// Whether it has a switch. Priority, best responses and dated changes act as the scenario says of commands and days.
template <class L>
constexpr bool has_switch() {
  return requires {
    L::on;
  };
}

/// The switch of a law that has one.
template <class L>
constexpr LawParameter switch_of() {
  static_assert(L::kNumbers[L::on].unit == "switch", "`on` is the switch of a law");
  return number_of<L>(L::on);
}

template <class L>
constexpr bool needs_battle() {
  if constexpr (requires { L::kNeedsBattle; }) {
    return L::kNeedsBattle;
  } else {
    return false;
  }
}

inline void look_back(const CompiledModel& model, State& s, int days, bool is_whole) {
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::look_back(model, s, days, is_whole); }) {
      L::look_back(model, s, days, is_whole);
    }
  });
}

inline void set_rates(const CompiledModel& model, State& s, View& view) {
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::set_rates(model, s, view); }) {
      L::set_rates(model, s, view);
    }
  });
}

inline void after_orders(const CompiledModel& model, State& s, const View& view) {
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::after_orders(model, s, view); }) {
      L::after_orders(model, s, view);
    }
  });
}

inline void before_days(const CompiledModel& model, State& s) {
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::before_days(model, s); }) {
      L::before_days(model, s);
    }
  });
}

inline void pass_days(const CompiledModel& model, State& s, int days) {
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::pass_days(model, s, days); }) {
      L::pass_days(model, s, days);
    }
  });
}

template <class L>
constexpr bool moves_men_alone() {
  if constexpr (requires { L::kMovesMenAlone; }) {
    return L::kMovesMenAlone;
  } else {
    return false;
  }
}

inline bool steps_daily(const CompiledModel& model, const State& s, bool has_flow) {
  bool is_daily = false;
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::steps_daily(model, s, has_flow); }) {
      is_daily = is_daily || L::steps_daily(model, s, has_flow);
    }
  });
  return is_daily;
}

/// Whether rates may be others each day although everybody stands where he stood and holds what he held.
inline bool changes_rates_daily(const CompiledModel& model, const State& s, bool has_flow) {
  bool are_new = false;
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::steps_daily(model, s, has_flow); } && !moves_men_alone<L>()) {
      are_new = are_new || L::steps_daily(model, s, has_flow);
    }
  });
  return are_new;
}

inline void before_operations(const CompiledModel& model, State& s, View& view) {
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::before_operations(model, s, view); }) {
      L::before_operations(model, s, view);
    }
  });
}

/// What laws see of an actor on the last day alone: set(outcome, value).
template <class SetOutcome>
void see_actor(const State& s, ActorIndex a, SetOutcome&& set) {
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::actor_outcome(s, a, 0); }) {
      for (std::size_t k = 0; k < L::kOutcomes.size(); ++k) {
        if (L::kOutcomes[k].flow == Flow::not_counted) {
          set(outcome_of<L>(static_cast<int>(k)), L::actor_outcome(s, a, static_cast<int>(k)));
        }
      }
    }
  });
}

/// The law that says what talks would give.
template <class See>
constexpr void with_issue_law(See&& see) {
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::kIssueResults; }) {
      see.template operator()<L>();
    }
  });
}

inline void begin(const CompiledModel& model, State& s) {
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::begin(model, s); }) {
      L::begin(model, s);
    }
  });
}

inline bool change_relations(const CompiledModel& model, State& s) {
  bool has_changed = false;
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::change_relations(model, s); }) {
      has_changed = (L::may_act(model) && L::change_relations(model, s)) || has_changed;
    }
  });
  return has_changed;
}

inline bool after_losses(State& s, ActorIndex a, double dead) {
  bool gives_in = false;
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::after_losses(s, a, dead); }) {
      gives_in = L::after_losses(s, a, dead) || gives_in;
    }
  });
  return gives_in;
}

/// Calls see(give_in, losses) of every law by which the actor may give in when it has lost so many more.
template <class See>
void for_each_limit_of_losses(const State& s, ActorIndex a, See&& see) {
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::bearable_losses(s, a); }) {
      see(&L::give_in, L::bearable_losses(s, a));
    }
  });
}

inline bool spares(const State& s, PlaceIndex p) {
  bool spared = false;
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::spares(s, p); }) {
      spared = spared || L::spares(s, p);
    }
  });
  return spared;
}

/// Whether the command attacks nothing at the place from outside: nobody does, or it lies abroad.
inline bool spares(const CompiledModel& model, const State& s, CommandIndex c, PlaceIndex p) {
  return spares(s, p) || Operations::stays_out_of(model, s, c, p);
}

/// Whether a law that is switched on may keep men where they are.
inline bool some_stay(const CompiledModel& model, const State& s) {
  bool some = false;
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::stays(s, PlaceIndex{}, ActorIndex{}); }) {
      some = some || s.value(model.war().law(switch_of<L>())) > 0;
    }
  });
  return some;
}

/// Fighters of an actor at a place whom no order takes away from it.
inline double stay(const State& s, PlaceIndex p, ActorIndex a) {
  double men = 0;
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::stays(s, p, a); }) {
      men = std::max(men, L::stays(s, p, a));
    }
  });
  return men;
}

/// Whether nothing can happen before the next decision or dated change: no law has an open group, nobody is on the
/// road, and no drift may act.
inline bool is_quiet(const CompiledModel& model, const State& s) {
  bool quiet = s.marches.empty();
  Drifts::for_each([&]<class L>() { quiet = quiet && !L::may_act(model); });
  LawsBetweenDecisions::for_each([&]<class L>() {
    for (int g = 0; quiet && L::may_act(model) && g < L::groups(s); ++g) {
      quiet = !L::is_open(s, g);
    }
  });
  return quiet;
}

}  // namespace truel::laws
