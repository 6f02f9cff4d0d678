#include "truel/laws/turned_line/turned_line.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "truel/laws/contest.hpp"
#include "truel/laws/defence.hpp"
#include "truel/laws/laws.hpp"
#include "truel/world/compiled/road_search.hpp"
#include "truel/world/lots.hpp"
#include "truel/world/marches.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {
namespace {

using T = TurnedLine;

/// Men of one actor who leave a place, or walk into one.
struct Order {
  PlaceIndex from, to;
  ActorIndex who;
  double km, men;
  MarchTask task;
};

/// The men of a command at a place who judge, and who is on their side.
struct Garrison : CommandMasks {
  PlaceIndex place;
  CommandIndex command;
};

class Line {
 public:
  Line(const CompiledModel& model, State& state)
      : model_(model),
        war_(model.war()),
        s_(state),
        own_(own_state<T>(state)),
        seen_(state.laws.lists[state_of<T>(T::seen)]),
        judged_on_(state.laws.lists[state_of<T>(T::judged_on)]),
        empty_since_(state.laws.lists[state_of<T>(T::empty_since)]) {}

  double number(T::Number k) const { return s_.value(war_.law(number_of<T>(k))); }

  /// Garrisons beside places that have fallen since it was last asked are to judge.
  void see_captures() const {
    for_each_unseen_capture(s_, seen_, own_.n_seen, [&](PlaceIndex p) {
      const ActorIndex holder = s_.control[p];
      const ActorIndex before = s_.taken_from[p];
      if (holder < 0 || before < 0 || (s_.derived.hostile[before] & bit(holder)) == 0) {
        return;
      }
      const double day = std::max<double>(s_.day, s_.held_since[p] + std::ceil(number(T::notice_days)));
      for (const Neighbour& next : model_.neighbours(p)) {
        for (const ActorIndex a : model_.members(model_.command_of(before))) {
          double& judged = judged_on_[s_.slot(next.place, a)];
          judged = judged < s_.day ? day : std::min(judged, day);
        }
      }
      own_.last_judges = std::max(own_.last_judges, day);
    });
  }

  /// Garrisons whose day has come, each of which then has judged.
  std::vector<Garrison> due() const {
    std::vector<Garrison> list;
    const double today = s_.day;
    for (PlaceIndex p = 0; today <= own_.last_judges && p < s_.n_places; ++p) {
      const double* judged_on = &judged_on_[s_.slot(p, 0)];
      ActorMask judging = 0;
      for (ActorMask rest = s_.present[p]; rest != 0; rest &= rest - 1) {
        judging |= judged_on[first_of(rest)] == today ? rest & -rest : 0;
      }
      if (judging == 0) {
        continue;
      }
      const std::size_t first = list.size();
      for (; judging != 0; judging &= judging - 1) {
        const CommandIndex c = model_.command_of(first_of(judging));
        const auto known = std::find_if(list.begin() + static_cast<std::ptrdiff_t>(first), list.end(),
                                        [&](const Garrison& g) { return g.command == c; });
        if (known == list.end()) {
          list.push_back({masks_of(model_, s_, c), p, c});
        }
      }
    }
    return list;
  }

  /// Whether a garrison would rather be elsewhere.
  bool wants_to_leave(const Garrison& g) const {
    if (!is_ours(g, g.place)) {
      return false;
    }
    const bool is_lost = win_probability_of(g, g.place, 0) < breaking_point(g);
    return is_lost || last_way_will_be_cut(g);
  }

  /// A garrison that wants to leave, and all of that day that do: none goes where another leaves.
  void leave(const Garrison& g, std::span<const Garrison> leaving, std::vector<Order>& orders) const {
    const PlaceIndex p = g.place;
    const double men = fighters_at(s_, p, g.members);
    const std::optional<NearPlace> goal = haven(g, leaving, men, breaking_point(g) + number(T::margin));
    for (ActorMask rest = goal ? g.members & s_.present[p] : 0; rest != 0; rest &= rest - 1) {
      const ActorIndex a = first_of(rest);
      const double leave = s_.fighters[s_.slot(p, a)] - laws::stay(s_, p, a);
      if (leave > 0) {
        orders.push_back({p, goal->place, a, goal->km, leave, MarchTask::retreat});
      }
    }
  }

  /// Who walks in where nobody has stood for long.
  void fill(std::vector<Order>& orders) const {
    thread_local std::vector<std::uint8_t> has_visit;
    has_visit.resize(at(s_.n_places));
    std::fill(has_visit.begin(), has_visit.end(), std::uint8_t{0});  // assign() would be no call of memset
    const double walk_in_days = number(T::walk_in_days);
    for (const March& march : s_.marches) {
      has_visit[at(march.to)] = 1;
    }
    const int day = s_.day;
    const ActorMask* present = s_.present.data();
    const std::uint8_t* is_visited = has_visit.data();
    double* empty_since = empty_since_.data();
    for (PlaceIndex p = 0; p < s_.n_places; ++p) {
      double& since = empty_since[p];
      if (present[p] != 0 || is_visited[p] != 0) {
        since = -1;
        continue;
      }
      since = since < 0 ? day : since;
      const double stands_empty = day - since;
      if (stands_empty >= walk_in_days && !laws::spares(s_, p)) {
        walk_in(p, orders);
      }
    }
  }

  void carry_out(const Order& m) const {
    if (s_.journal != nullptr) {
      const EventInfo& event = m.task == MarchTask::retreat ? T::kWithdrawal : T::kWalkIn;
      const PlaceIndex where = m.task == MarchTask::retreat ? m.from : m.to;
      s_.journal->events.push_back({s_.day, event.kind, m.who, where, s_.control[m.to], m.men});
    }
    s_.tally(outcome_of<T>(T::withdrawals), m.who) += m.task == MarchTask::retreat ? 1 : 0;
    send_march(model_, s_, m.who, m.from, m.to, m.km, m.men, m.task);
  }

 private:
  double breaking_point(const Garrison& g) const {
    return s_.value(war_.command(g.command, CommandParameter::breaking_point));
  }
  bool is_ours(const Garrison& g, PlaceIndex p) const { return s_.is_held_by(p, g.friends); }
  bool is_open(const Garrison& g, PlaceIndex p) const { return is_safe_for(s_, p, g.friends, g.enemies); }

  /// Chance to hold a place against all enemies in it and one road away, with so many more men.
  double win_probability_of(const Garrison& g, PlaceIndex p, double more) const {
    double friends = fighters_at(s_, p, g.friends) + more;
    for (const March& march : s_.marches) {
      const bool comes = march.to == p && march.task != MarchTask::retreat;
      friends += comes && (g.friends & bit(march.actor)) != 0 ? march.fighters : 0;
    }
    double enemies = fighters_at(s_, p, g.enemies);
    for (const Neighbour& next : model_.neighbours(p)) {
      enemies += fighters_at(s_, next.place, g.enemies);
    }
    const double exponent = contest_exponent(war_, s_);
    return win_probability(friends / exposure(model_, s_, p), enemies, exponent);
  }

  /// Whether one way out is left, and enemies next to it who would more likely than not win it can be there before us.
  bool last_way_will_be_cut(const Garrison& g) const {
    const Neighbour* way = nullptr;
    for (const Neighbour& next : model_.neighbours(g.place)) {
      if (!is_open(g, next.place)) {
        continue;
      }
      if (way != nullptr) {
        return false;
      }
      way = &next;
    }
    if (way == nullptr) {
      return false;
    }
    double own_days = 0;
    for (ActorMask rest = g.members & s_.present[g.place]; rest != 0; rest &= rest - 1) {
      const double speed = s_.value(war_.actor(first_of(rest), ActorParameter::speed_km_per_day));
      own_days = std::max(own_days, speed > 0 ? way->km / speed : 1);
    }
    const double guards = fighters_at(s_, way->place, g.friends) / exposure(model_, s_, way->place);
    const std::span<const Neighbour> roads = model_.neighbours(way->place);
    const double pace = s_.value(war_.law(number_of<Exploitation>(Exploitation::km_per_day)));
    return std::any_of(roads.begin(), roads.end(), [&](const Neighbour& road) {
      const double enemies = road.place == g.place ? 0 : fighters_at(s_, road.place, g.enemies);
      return enemies > guards && road.km / pace < number(T::notice_days) + own_days;
    });
  }

  /// The nearest place over open land where they are so likely to win once they are there.
  std::optional<NearPlace> haven(const Garrison& g, std::span<const Garrison> leaving, double men, double least) const {
    std::vector<PlaceIndex> open;
    for (PlaceIndex p = 0; p < s_.n_places; ++p) {
      if (p != g.place && is_open(g, p)) {
        open.push_back(p);
      }
    }
    const auto is_goal = [&](PlaceIndex p) {
      return win_probability_of(g, p, men) >= least &&
             std::none_of(leaving.begin(), leaving.end(),
                          [&](const Garrison& other) { return other.place == p && other.command == g.command; });
    };
    const auto comes_first = [&](PlaceIndex x, PlaceIndex y) { return is_drawn_before(s_, Lot::place, x, y); };
    NearestByRoad roads;
    roads.begin(open, is_goal, s_.n_places);
    return roads.from(g.place, comes_first, [&](PlaceIndex p) {
      return p != g.place && is_open(g, p) ? model_.neighbours(p) : std::span<const Neighbour>{};
    });
  }

  void walk_in(PlaceIndex p, std::vector<Order>& orders) const {
    const ActorIndex holder = s_.control[p];
    const auto may_go = [&](ActorIndex a, PlaceIndex from) {
      return s_.derived.hostile[a] != 0 && (holder < 0 || (s_.derived.hostile[a] & bit(holder)) != 0) &&
             s_.is_held_by(from, s_.derived.friendly[a]) && !s_.contested[from] &&
             !Operations::stays_out_of(model_, s_, model_.command_of(a), p);
    };
    const auto idle = [&](ActorIndex a, PlaceIndex from) {
      return may_go(a, from) ? std::max(0.0, s_.fighters[s_.slot(from, a)] - laws::stay(s_, from, a)) : 0;
    };
    ActorMask around = 0;
    for (const Neighbour& next : model_.neighbours(p)) {
      for (ActorMask rest = s_.present[next.place]; rest != 0; rest &= rest - 1) {
        around |= idle(first_of(rest), next.place) >= 1 ? bit(first_of(rest)) : 0;
      }
    }
    const ActorIndex a = greatest_of(s_, around, [&](ActorIndex b) {
      double men = 0;
      for (const Neighbour& next : model_.neighbours(p)) {
        men += idle(b, next.place);
      }
      return men;
    });
    if (a == kNone) {
      return;
    }
    const Neighbour* from = nullptr;
    for (const Neighbour& next : model_.neighbours(p)) {
      const double men = idle(a, next.place);
      const double most = from == nullptr ? 0 : idle(a, from->place);
      if (men > most || (from != nullptr && men == most && is_drawn_before(s_, Lot::place, next.place, from->place))) {
        from = &next;
      }
    }
    const double there = idle(a, from->place);
    const double party = std::max(1.0, there * number(T::party));
    orders.push_back(
        {from->place, p, a, from->km, has_whole_men(s_) ? std::floor(party) : party, MarchTask::offensive});
  }

  const CompiledModel& model_;
  const War& war_;
  State& s_;
  TurnedLineState& own_;
  std::span<double> seen_;         ///< [place] changes of hands looked at
  std::span<double> judged_on_;    ///< [place][actor] day
  std::span<double> empty_since_;  ///< [place] day; below 0: it is not
};

}  // namespace

void TurnedLine::pass_days(const CompiledModel& model, State& s, int) {
  const War& war = model.war();
  if (s.value(war.law(number_of<T>(on))) <= 0 || s.value(war.law(switch_of<Operations>())) <= 0) {
    return;
  }
  const Line line(model, s);
  line.see_captures();
  std::vector<Order> orders;
  std::vector<Garrison> leaving = line.due();
  std::erase_if(leaving, [&](const Garrison& garrison) { return !line.wants_to_leave(garrison); });
  for (const Garrison& garrison : leaving) {
    line.leave(garrison, leaving, orders);
  }
  if (line.number(walk_in_days) > 0) {
    line.fill(orders);
  }
  for (const Order& order : orders) {
    line.carry_out(order);
  }
}

}  // namespace truel::laws
