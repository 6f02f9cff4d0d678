// When an actor has collapsed.
#pragma once

#include <cstdint>
#include <vector>

#include "truel/world/state.hpp"

namespace truel::solver {

/// An actor has collapsed when it holds no place and fields less than the scenario's fraction of its first-day fighters
/// (of all who came since, for one that started without any). Who never had a fighter or a place is not in the war.
class CollapseWatch {
 public:
  explicit CollapseWatch(const CompiledModel& model);

  void restart();
  /// Once a day.
  void observe(const State& state);

  /// NaN: it has not collapsed.
  double day(ActorIndex a) const { return memory_.day[at(a)]; }
  bool is_in_the_war(ActorIndex a) const { return memory_.is_in_the_war[at(a)] != 0; }

  /// What it has observed of a realization.
  struct Memory {
    std::vector<double> day;
    int n_holder_changes = -1;                ///< State::n_holder_changes when the places were counted
    std::vector<int> places_held;             ///< [actor]
    std::vector<std::uint8_t> is_in_the_war;  ///< [actor] so far
  };
  const Memory& memory() const { return memory_; }
  /// Goes on from there, of a realization of a war with the same actors.
  void go_on_from(const Memory& memory) { memory_ = memory; }

 private:
  void count_places(const State& state);

  const CompiledModel& model_;
  Memory memory_;
};

}  // namespace truel::solver
