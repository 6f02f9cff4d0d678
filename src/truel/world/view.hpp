// What the commands know when they decide: the state at a decision epoch, laid out place by place.
#pragma once

#include <vector>

#include "truel/world/state.hpp"

namespace truel {

/// Where the land of one group of friends ends.
struct Border {
  std::vector<PlaceIndex> places;       ///< of others, one road away from theirs
  std::vector<std::uint8_t> is_beside;  ///< [place] whether it is one of these
  std::vector<int> first;               ///< [place + 1] where those that it touches begin in `touched`
  std::vector<int> touched;             ///< numbers of pockets
};

/// Connected sets of places held by one group of friends.
struct Pockets {
  ActorMask friends = 0;
  ActorMask hosts = 0;                  ///< whose land joins theirs
  std::vector<int> of;                  ///< [place] number; kNone: not theirs
  std::vector<PlaceIndex> places;       ///< theirs, ascending
  std::vector<std::uint8_t> has_entry;  ///< [pocket]
  int snapshot = 0;                     ///< the last snapshot at which they were these
  int map = 0;                          ///< the same of View::n_maps

  /// Found when it is first asked for, and again once they hold other places.
  const Border& border(const CompiledModel& model);
  /// Places of theirs that a road of theirs joins to one of them, nearest first, without it: found like the border. The
  /// list is good until the next one is asked for.
  std::span<const PlaceIndex> within(const CompiledModel& model, PlaceIndex from, double km);

  struct Range {
    std::size_t first, last;
  };

  Border border_of_places;
  bool has_border = false;
  double reach_km = kAbsent;        ///< how far `reached` goes
  std::vector<PlaceIndex> reached;  ///< one list behind another
  std::vector<Range> reached_from;  ///< [place] where its list stands; one that begins at kNotFound is not found yet
  static constexpr std::size_t kNotFound = ~std::size_t{0};
};

/// Fighters of one actor at one place.
struct Troop {
  PlaceIndex place;
  double fighters;
};

/// What is one road away from a place.
struct Surroundings {
  ActorMask present = 0;          ///< who has fighters there
  ActorMask holders = 0;          ///< who holds places there
  bool has_nobodys_land = false;  ///< a place that nobody holds
};

/// All commands decide at once on the same view; what one of them orders does not change it.
struct View {
  View(const CompiledModel& model);

  /// Copies the state. Cost: places times actors.
  void take_snapshot(const CompiledModel& model, const State& state);

  int n_actors, n_places, n_commands;
  std::vector<double> fighters;            ///< [place][actor]
  std::vector<ActorIndex> control;         ///< [place]
  std::vector<ActorMask> present;          ///< [place] who has fighters there
  std::vector<Surroundings> around;        ///< [place]
  std::vector<double> value;               ///< [place]
  std::vector<double> closeness;           ///< [link] exp(-km / vital_km)
  std::vector<double> total;               ///< [actor] marches included
  std::vector<double> strength;            ///< [command] ground fighters
  std::vector<ActorMask> members;          ///< [command]
  std::vector<ActorMask> friends;          ///< [command] members and those friendly to one of them
  std::vector<ActorMask> enemies;          ///< [command] hostile to a member, on the ground, still in the war
  std::vector<std::vector<Troop>> troops;  ///< [actor] where it has fighters, places ascending

  std::vector<March> marches;  ///< on the road

  std::vector<Pockets> found;  ///< at this snapshot or an earlier one
  std::vector<PlaceIndex> held;
  std::vector<int> lands;  ///< [actor] in `found`, of it and its friends; kNone: not asked for at this snapshot
  std::vector<double> foes_beside;  ///< [place] for men_beside
  int n_snapshots = 0;
  int n_maps = 0;  ///< snapshots at which a place had another holder than before

  double n(PlaceIndex p, ActorIndex a) const { return fighters[at(p * n_actors + a)]; }
  template <std::integral P, std::integral A>
  double n(P, A) const = delete;

  /// Men one road away from a place that somebody holds who are hostile to him; added up once a snapshot.
  double men_beside(const CompiledModel& model, const State& state, PlaceIndex p);

  /// The pockets of these friends, who may cross the land of the hosts; found once for each group of friends, and again
  /// when it holds other places.
  Pockets& pockets(const CompiledModel& model, ActorMask who, ActorMask hosts = 0);
};

/// Who lets all of these actors' marches and supplies through: neither friend nor enemy of any, with
/// ties.HOST.ACTOR.passage.
ActorMask hosts_of(const CompiledModel& model, const State& state, ActorMask who);
/// The pockets of an actor and its friends.
Pockets& pockets_of(const CompiledModel& model, const State& state, View& view, ActorIndex actor);

}  // namespace truel
