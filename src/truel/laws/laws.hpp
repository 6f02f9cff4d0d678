// The laws that act between decisions, in the one list that the solvers go through.
#pragma once

#include <tuple>
#include <utility>

#include "truel/laws/defection/defection.hpp"
#include "truel/laws/fire/fire.hpp"
#include "truel/laws/recruitment/desertion.hpp"
#include "truel/laws/recruitment/recruitment.hpp"
#include "truel/laws/strikes/strikes.hpp"

namespace truel::laws {

/// What a law found out about a group; a type of its own for every law.
template <class Law>
struct Found {
  explicit Found(const State& state) : cell(state) {}
  typename Law::Cell cell;
};

/// Laws that take turns in a step of the leap: group by group, each law once.
template <class... Laws>
struct Row {
  static constexpr bool kIsPooled = (Laws::kIsPooled || ...);
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

using All = List<Row<Fire>, Row<Strikes>, Row<Recruitment, Desertion>, Row<Defection>>;

/// Whether nothing can happen before the next decision or dated change: no law has an open group, nobody is on the
/// road, and no law moves alignment.
inline bool is_quiet(const CompiledModel& model, const State& s) {
  bool quiet = !model.moves_alignment() && s.columns.empty();
  All::for_each([&]<class L>() {
    for (int g = 0; quiet && L::may_act(model) && g < L::groups(s); ++g) {
      quiet = !L::is_open(s, g);
    }
  });
  return quiet;
}

}  // namespace truel::laws
