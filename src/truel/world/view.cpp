#include "truel/world/view.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "truel/world/compiled/road_search.hpp"

namespace truel {

View::View(const CompiledModel& model)
    : n_actors(model.n_actors()),
      n_places(model.n_places()),
      n_commands(model.n_commands()),
      fighters(at(n_places * n_actors)),
      control(at(n_places)),
      present(at(n_places)),
      around(at(n_places)),
      value(at(n_places)),
      closeness(model.war().links.size()),
      total(at(n_actors)),
      strength(at(n_commands)),
      members(at(n_commands)),
      friends(at(n_commands)),
      enemies(at(n_commands)),
      troops(at(n_actors)),
      lands(at(n_actors), kNone),
      foes_beside(at(n_places)) {
  found.reserve(at(n_actors + n_commands));  // so that references stay good
}

void View::take_snapshot(const CompiledModel& model, const State& s) {
  const War& war = model.war();
  ++n_snapshots;
  for (auto& list : troops) {
    list.clear();
  }
  std::fill(total.begin(), total.end(), 0);
  std::fill(lands.begin(), lands.end(), kNone);
  std::fill(foes_beside.begin(), foes_beside.end(), kAbsent);
  ActorMask in_the_war = 0;
  n_maps += n_snapshots == 1 || control != s.control;
  thread_local std::vector<std::uint8_t> has_changed;  // [place] beside one with others in it, or of another holder
  has_changed.assign(at(n_places), n_snapshots == 1);
  for (PlaceIndex p = 0; p < n_places && n_snapshots > 1; ++p) {
    if (control[at(p)] != s.control[at(p)] || present[at(p)] != s.present[at(p)]) {
      for (const Neighbour& next : model.neighbours(p)) {
        has_changed[at(next.place)] = 1;
      }
    }
  }
  fighters = s.fighters;
  control = s.control;
  present = s.present;
  marches.reserve(s.marches.capacity());  // grows as that list does, not by one each time
  marches = s.marches;
  for (PlaceIndex p = 0; p < n_places; ++p) {
    value[at(p)] = s.value(war.place(p, PlaceParameter::value));
    if (control[at(p)] >= 0) {
      in_the_war |= bit(control[at(p)]);
    }
    for (ActorMask rest = present[at(p)]; rest != 0; rest &= rest - 1) {
      const ActorIndex a = first_of(rest);
      troops[at(a)].push_back({p, n(p, a)});
      total[at(a)] += n(p, a);
    }
  }
  for (PlaceIndex p = 0; p < n_places; ++p) {
    if (!has_changed[at(p)]) {
      continue;
    }
    Surroundings seen;
    for (const Neighbour& next : model.neighbours(p)) {
      const ActorIndex holder = control[at(next.place)];
      seen.present |= present[at(next.place)];
      seen.holders |= holder >= 0 ? bit(holder) : 0;
      seen.has_nobodys_land = seen.has_nobodys_land || holder < 0;
    }
    around[at(p)] = seen;
  }
  for (const March& march : s.marches) {
    total[at(march.actor)] += march.fighters;
  }
  closeness = s.derived.closeness;
  for (ActorIndex a = 0; a < n_actors; ++a) {
    in_the_war |= total[at(a)] > 0 ? bit(a) : 0;
  }
  for (CommandIndex c = 0; c < n_commands; ++c) {
    members[at(c)] = friends[at(c)] = enemies[at(c)] = 0;
    strength[at(c)] = 0;
    for (const ActorIndex a : model.members(c)) {
      members[at(c)] |= bit(a);
      friends[at(c)] |= s.derived.friendly[a];
      enemies[at(c)] |= s.derived.hostile[a];
      strength[at(c)] += total[at(a)];
    }
    enemies[at(c)] &= model.ground() & in_the_war & ~friends[at(c)];
  }
}

namespace {

/// Finds what is connected among `pockets.places`, over land of the hosts too.
void connect(const CompiledModel& model, const View& view, Pockets& pockets) {
  constexpr int kUnseen = -2;
  thread_local std::vector<PlaceIndex> stack;
  thread_local std::vector<std::uint8_t> crossed;
  crossed.assign(at(model.n_places()), 0);
  pockets.of.assign(at(model.n_places()), kNone);
  pockets.has_entry.clear();
  for (const PlaceIndex p : pockets.places) {
    pockets.of[at(p)] = kUnseen;
  }
  for (const PlaceIndex start : pockets.places) {
    if (pockets.of[at(start)] != kUnseen) {
      continue;
    }
    const int number = static_cast<int>(pockets.has_entry.size());
    std::uint8_t has_entry = 0;
    pockets.of[at(start)] = number;
    stack.assign(1, start);
    while (!stack.empty()) {
      const PlaceIndex p = stack.back();
      stack.pop_back();
      has_entry |= crossed[at(p)] ? 0 : model.war().places[at(p)].is_entry;
      for (const Neighbour& next : model.neighbours(p)) {
        if (pockets.of[at(next.place)] == kUnseen) {
          pockets.of[at(next.place)] = number;
          stack.push_back(next.place);
        } else if (is_one_of(view.control[at(next.place)], pockets.hosts) && !crossed[at(next.place)]) {
          crossed[at(next.place)] = 1;
          stack.push_back(next.place);
        }
      }
    }
    pockets.has_entry.push_back(has_entry);
  }
}

/// Forgets the lists of Pockets::within that places which have come to them or gone from them since `before`
/// (Pockets::of) could change: those that hold one, or a place beside one. Roads elsewhere are as they were.
void forget_changed_roads(const CompiledModel& model, const std::vector<int>& before, Pockets& pockets) {
  if (before.size() != pockets.of.size()) {
    pockets.reach_km = kAbsent;
  }
  if (std::isnan(pockets.reach_km)) {
    return;
  }
  thread_local std::vector<std::uint8_t> is_changed;  // [place] or beside one that is
  thread_local std::vector<PlaceIndex> kept;          // one list behind another
  is_changed.assign(at(model.n_places()), 0);
  kept.clear();
  for (PlaceIndex p = 0; p < model.n_places(); ++p) {
    if ((before[at(p)] == kNone) != (pockets.of[at(p)] == kNone)) {
      is_changed[at(p)] = 1;
      for (const Neighbour& next : model.neighbours(p)) {
        is_changed[at(next.place)] = 1;
      }
    }
  }
  for (PlaceIndex from = 0; from < model.n_places(); ++from) {
    Pockets::Range& list = pockets.reached_from[at(from)];
    if (list.first == Pockets::kNotFound) {
      continue;
    }
    const std::span<const PlaceIndex> places(pockets.reached.data() + list.first, list.last - list.first);
    if (is_changed[at(from)] != 0 ||
        std::any_of(places.begin(), places.end(), [&](PlaceIndex p) { return is_changed[at(p)] != 0; })) {
      list = {Pockets::kNotFound, Pockets::kNotFound};
    } else {
      list = {kept.size(), kept.size() + places.size()};
      kept.insert(kept.end(), places.begin(), places.end());
    }
  }
  pockets.reached.swap(kept);
}

}  // namespace

const Border& Pockets::border(const CompiledModel& model) {
  Border& b = border_of_places;
  if (std::exchange(has_border, true)) {
    return b;
  }
  b.places.clear();
  b.is_beside.assign(of.size(), 0);
  for (const PlaceIndex p : places) {
    for (const Neighbour& next : model.neighbours(p)) {
      if (of[at(next.place)] == kNone && !std::exchange(b.is_beside[at(next.place)], std::uint8_t{1})) {
        b.places.push_back(next.place);
      }
    }
  }
  const int n = model.n_places();
  const int* number = of.data();
  const std::uint8_t* is_beside = b.is_beside.data();
  b.first.resize(at(n + 1));
  b.touched.clear();
  const bool is_one = has_entry.size() == 1;
  int n_touched = 0;
  for (int p = 0; p < n; ++p) {
    b.first[at(p)] = n_touched;
    if (number[p] == kNone && is_beside[p] == 0) {
      continue;
    }
    if (is_one) {
      ++n_touched;
      continue;
    }
    int last = kNone;  // the neighbours of most places belong to one
    const auto touch = [&](int k) {
      const auto of_p = b.touched.begin() + b.first[at(p)];
      if (k != kNone && k != last && std::find(of_p, b.touched.end(), k) == b.touched.end()) {
        b.touched.push_back(k);
      }
      last = k;
    };
    touch(number[p]);
    for (const Neighbour& next : model.neighbours(p)) {
      touch(number[at(next.place)]);
    }
    n_touched = static_cast<int>(b.touched.size());
  }
  b.first[at(n)] = n_touched;
  b.touched.resize(at(n_touched), 0);
  return b;
}

std::span<const PlaceIndex> Pockets::within(const CompiledModel& model, PlaceIndex from, double km) {
  if (reach_km != km) {
    reach_km = km;
    reached.clear();
    reached_from.assign(of.size(), {kNotFound, kNotFound});
  }
  Range& list = reached_from[at(from)];
  if (list.first == kNotFound) {
    const auto roads = [&](PlaceIndex p) { return model.neighbours(p); };
    const auto is_theirs = [&](PlaceIndex p) { return of[at(p)] != kNone; };
    thread_local RoadSearch search;
    search.start(from, model.n_places(), km);
    list.first = reached.size();
    while (const std::optional<NearPlace> near = search.next(roads, is_theirs)) {
      reached.push_back(near->place);
    }
    list.last = reached.size();
  }
  return {reached.data() + list.first, list.last - list.first};
}

ActorMask hosts_of(const CompiledModel& model, const State& s, ActorMask who) {
  if (!model.may_be_positive(TieParameter::passage)) {
    return 0;
  }
  ActorMask hosts = 0;
  for (ActorIndex host = 0; host < s.n_actors; ++host) {
    bool lets_all_pass = !model.is_air(host);
    for (ActorMask rest = who; rest != 0 && lets_all_pass; rest &= rest - 1) {
      const ActorIndex a = first_of(rest);
      const ActorMask sides = s.derived.hostile[a] | s.derived.friendly[a];
      lets_all_pass =
          model.is_air(a) || ((sides & bit(host)) == 0 && s.value(model.war().tie(host, a, TieParameter::passage)) > 0);
    }
    hosts |= lets_all_pass ? bit(host) : 0;
  }
  return hosts;
}

Pockets& pockets_of(const CompiledModel& model, const State& s, View& view, ActorIndex a) {
  int& land = view.lands[at(a)];
  if (land == kNone) {
    land =
        static_cast<int>(&view.pockets(model, s.derived.friendly[a], hosts_of(model, s, bit(a))) - view.found.data());
  }
  return view.found[at(land)];
}

double View::men_beside(const CompiledModel& model, const State& s, PlaceIndex p) {
  double& men = foes_beside[at(p)];
  if (std::isnan(men)) {
    men = 0;
    const ActorMask hostile = s.derived.hostile[at(control[at(p)])];
    for (const Neighbour& next : model.neighbours(p)) {
      for (ActorMask rest = hostile & present[at(next.place)]; rest != 0; rest &= rest - 1) {
        men += n(next.place, first_of(rest));
      }
    }
  }
  return men;
}

Pockets& View::pockets(const CompiledModel& model, ActorMask who, ActorMask hosts) {
  auto pockets = std::find_if(found.begin(), found.end(),
                              [&](const Pockets& old) { return old.friends == who && old.hosts == hosts; });
  if (pockets != found.end() && (pockets->snapshot == n_snapshots || pockets->map == n_maps)) {
    pockets->snapshot = n_snapshots;
    return *pockets;
  }
  held.clear();
  for (PlaceIndex p = 0; p < n_places; ++p) {
    if (is_one_of(control[at(p)], who)) {
      held.push_back(p);
    }
  }
  if (pockets == found.end()) {  // in the place of friends that are none any more, if there are such
    pockets = std::find_if(found.begin(), found.end(), [&](const Pockets& old) { return old.snapshot != n_snapshots; });
    if (pockets == found.end()) {
      pockets = found.emplace(found.end());
    }
    pockets->friends = who;
    pockets->hosts = hosts;
    pockets->of.clear();
  }
  if (pockets->of.empty() || pockets->places != held || hosts != 0) {
    thread_local std::vector<int> before;
    before = pockets->of;
    pockets->places = held;
    connect(model, *this, *pockets);
    if (pockets->of != before) {
      pockets->has_border = false;
      forget_changed_roads(model, before, *pockets);
    }
  }
  pockets->snapshot = n_snapshots;
  pockets->map = n_maps;
  return *pockets;
}

}  // namespace truel
