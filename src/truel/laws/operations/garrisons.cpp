// What a command holds, and where its reserves wait.
#include "truel/laws/operations/garrisons.hpp"

#include <cmath>
#include <optional>

#include "truel/laws/operations/orders.hpp"
#include "truel/world/compiled/road_search.hpp"

namespace truel::laws {
namespace {

struct Deficit {
  PlaceIndex place;
  double missing, merit;
};

/// Own men whom a law keeps at a place.
double men_who_stay(const Situation& now, PlaceIndex p) {
  double men = 0;
  for (ActorMask rest = now.members & now.view.present[at(p)]; rest != 0; rest &= rest - 1) {
    men += stay(now.state, p, first_of(rest));
  }
  return men;
}

/// Whether so many men have a post to hold. They have none beside a place that was lost lately if all enemies next door
/// would drive them out.
bool has_post(const Situation& now, PlaceIndex p, double men) {
  double threat = 0;
  bool is_turned = false;
  for (const Neighbour& next : now.model.neighbours(p)) {
    threat += now.estimate(next.place);
    is_turned = is_turned || (now.foe[at(next.place)] > 0 && now.is_retaking(next.place));
  }
  return !is_turned || win_probability(men / now.exposure(p), threat, now.contest_exponent) >=
                           now.parameter(CommandParameter::breaking_point);
}

void reinforce(const Situation& now, Orders& orders, std::vector<Deficit>& deficits) {
  std::sort(deficits.begin(), deficits.end(), [&](const Deficit& x, const Deficit& y) {
    return x.merit != y.merit ? x.merit > y.merit : now.is_drawn_first(x.place, y.place);
  });
  const double reach = now.parameter(CommandParameter::reach_km);
  const double breaking_point = now.parameter(CommandParameter::breaking_point);
  for (const auto& [p, missing, merit] : deficits) {
    // No dribbling into a battle that stays lost.
    if (now.foe[at(p)] > 0) {
      double have = now.friends_here[at(p)] + now.friends_inbound[at(p)];
      orders.for_each_source(p, reach, [&](PlaceIndex from, double) {
        have += orders.free[at(from)];
        return true;
      });
      if (win_probability(have / now.exposure(p), now.estimate(p), now.contest_exponent) < breaking_point) {
        continue;
      }
    }
    orders.gather(p, reach, missing, MarchTask::reinforce);
  }
}

/// The nearest place of ours that is a goal. far: of these goals, for those who have none within the lists of roads.
template <class IsGoal>
std::optional<NearPlace> nearest(const Situation& now, PlaceIndex p, IsGoal is_goal, NearestByRoad& far) {
  const auto near = now.model.near(p);
  std::optional<NearPlace> found;
  for_each_near(
      now.state, near, kUnbounded, [&](const NearPlace& n) { return is_goal(n.place); },
      [&](const NearPlace& n) {
        found = n;
        return false;
      });
  if (found) {
    return found;
  }
  if (at(now.view.n_places) == near.size() + 1) {
    return std::nullopt;
  }
  // On a large map the list may end before the nearest goal. One search then serves all who have these goals.
  if (!far.has_begun()) {
    far.begin(now.ours, is_goal, now.view.n_places);
  }
  return far.from(
      p, [&](PlaceIndex x, PlaceIndex y) { return now.is_drawn_first(x, y); },
      [&](PlaceIndex q) { return now.model.neighbours(q); });
}

/// Places of ours that meet an enemy.
struct FrontPlaces {
  std::vector<PlaceIndex> places;        ///< ascending
  std::vector<int> pocket;               ///< [place] of ours that meets an enemy there; kNone: none
  std::vector<std::uint8_t> has_places;  ///< [pocket]
  // Of the reserves by threat.
  std::vector<double> room;         ///< [place of these] free men that it still gets
  std::vector<PlaceIndex> in_need;  ///< those that got room for at least one man

  void find(const Situation& now) {
    places.clear();
    pocket.assign(at(now.view.n_places), kNone);
    has_places.assign(now.n_pockets, 0);
    for (const PlaceIndex p : now.ours) {
      if (now.touches_enemies(p)) {
        places.push_back(p);
        pocket[at(p)] = now.pocket[at(p)];
        has_places[at(now.pocket[at(p)])] = 1;
      }
    }
  }
};

/// What each front place gets of the free men of its pocket, as the enemies opposite it are of all that the pocket
/// meets, less those who are there or on the way.
void share_out_reserves(const Situation& now, const Orders& orders, FrontPlaces& front) {
  thread_local std::vector<double> met, free;  // [pocket] enemies next to its front; its free men
  front.room.resize(at(now.view.n_places));
  front.in_need.clear();
  met.assign(now.n_pockets, 0);
  free.assign(now.n_pockets, 0);
  for (const PlaceIndex p : front.places) {
    double opposite = 0;
    for (const Neighbour& next : now.model.neighbours(p)) {
      opposite += now.estimate(next.place);
    }
    front.room[at(p)] = opposite;
    met[at(front.pocket[at(p)])] += opposite;
  }
  for (const PlaceIndex p : now.stations) {
    if (const int pocket = now.pocket[at(p)]; pocket != kNone) {
      free[at(pocket)] += orders.free[at(p)];
    }
  }
  for (const PlaceIndex p : front.places) {
    double& room = front.room[at(p)];
    if (const int pocket = front.pocket[at(p)]; met[at(pocket)] > 0) {
      room = free[at(pocket)] * room / met[at(pocket)] - orders.free[at(p)] - orders.inbound[at(p)];
    }
    if (room >= 1) {
      front.in_need.push_back(p);
    }
  }
}

/// Sends the free men at a place to the nearest places of its pocket's front that have room, unless the first is within
/// reach already. Returns whether one has room within the lists of roads.
bool go_where_there_is_room(const Situation& now, Orders& orders, PlaceIndex p, FrontPlaces& front) {
  const double reach = now.parameter(CommandParameter::reach_km);
  const auto for_each_in_need = [&](auto add) { std::for_each(front.in_need.begin(), front.in_need.end(), add); };
  const auto has_room = [&](const NearPlace& n) {
    return front.pocket[at(n.place)] == now.pocket[at(p)] && front.room[at(n.place)] >= 1;
  };
  bool has_goal = false;
  for_each_near_of(now.model, now.state, p, kUnbounded, for_each_in_need, has_room, [&](const NearPlace& goal) {
    const bool is_in_reach = !has_goal && goal.km <= reach;
    has_goal = true;
    if (is_in_reach) {
      return false;
    }
    double& room = front.room[at(goal.place)];
    room -= orders.send_free(p, goal.place, goal.km, room, orders.free[at(p)], now.members, MarchTask::reinforce);
    return orders.free[at(p)] > 0;
  });
  return has_goal;
}

}  // namespace

double garrison_per_person(const War& war, const State& s, CommandIndex command, ActorMask members) {
  const double wanted = s.value(war.command(command, CommandParameter::garrison_per_1000)) / 1000;
  if (wanted <= 0) {
    return 0;
  }
  double people = 0;
  double fighters = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    people += s.is_held_by(p, members) ? s.population[p] : 0;
    if ((s.present[at(p)] & members) != 0) {  // at most places nobody
      fighters += fighters_at(s, p, members);
    }
  }
  const double posted = (1 - s.value(war.command(command, CommandParameter::reserve_share))) * fighters;
  return wanted * people > posted ? posted / people : wanted;
}

void set_garrisons(const Situation& now, Orders& orders) {
  const View& v = now.view;
  const double hold = now.parameter(CommandParameter::hold_ratio);
  const double screen = now.parameter(CommandParameter::screen_share);
  const double screen_below = now.law(Operations::screen_below);
  const double home_share = now.parameter(CommandParameter::home_share);
  const double reserve_share = now.parameter(CommandParameter::reserve_share);
  const double least = now.parameter(CommandParameter::least_garrison);
  const double per_person = garrison_per_person(now.war, now.state, now.command, now.members);
  std::vector<double>& home = orders.books.home;
  if (home_share > 0 && home.empty()) {
    home.assign(at(v.n_commands * v.n_places), 0);
  }
  if (home_share > 0 && now.state.day == 0) {
    std::copy(orders.mine.begin(), orders.mine.end(), home.begin() + now.command * v.n_places);
  }
  const bool is_some_law = some_stay(now.model, now.state);
  thread_local std::vector<Deficit> deficits;
  deficits.clear();
  for (const PlaceIndex p : now.stations) {
    const double mine = orders.mine[at(p)];
    const double foe = now.foe[at(p)];
    const bool is_shared = v.control[at(p)] < 0 && foe <= 0;  // with neutral sides, none in control
    if (!now.is_ours(p) && !is_shared) {
      // Men left on land that now belongs to a neutral side are free to go.
      orders.set_free(p, foe <= 0 ? mine : 0);
      continue;
    }
    // A friend's town is the friend's to garrison.
    const bool is_front = (now.is_own(p) || is_shared) && now.touches_enemies(p);
    const double to_hold_people = now.is_own(p) && foe <= 0 ? per_person * now.state.population[at(p)] : 0;
    if (mine <= 0 && foe <= 0 && !is_front && to_hold_people <= 0) {
      continue;  // nobody to keep and nobody to hold it against
    }
    double need = 0;
    double merit = 0;
    if (foe > 0) {
      need = std::max(mine, now.estimate(p) * now.exposure(p) - (now.friends_here[at(p)] - mine));
      merit = now.share(now.enemy_at(p));
    } else if (is_front) {
      for (const Neighbour& next : now.model.neighbours(p)) {
        if (now.foe[at(next.place)] <= 0) {
          continue;
        }
        const double effort = now.share(now.enemy_at(next.place));
        const double wanted = hold * now.estimate(next.place) * (effort < screen_below ? screen : 1);
        need += wanted;
        merit = std::max(merit, effort);
      }
    }
    if (reserve_share > 0 && foe <= 0) {
      need = std::min(need, (1 - reserve_share) * mine);  // a post is manned by those who are there
    }
    const double post = std::max(is_front && foe <= 0 ? least : 0, to_hold_people);
    if (need < post && has_post(now, p, std::max(mine, post))) {
      need = post;
    }
    if (is_some_law) {
      need = std::max(need, men_who_stay(now, p));
    }
    const double tied = home_share > 0 ? home_share * home[at(now.command * v.n_places + p)] : 0;
    const double free = std::max(0.0, mine - std::max(need, tied));
    orders.set_free(p, now.is_whole ? std::floor(free) : free);
    const double missing = need - mine - orders.inbound[at(p)];
    if (missing >= 1) {
      deficits.push_back({p, missing, merit * v.value[at(p)]});
    }
  }
  reinforce(now, orders, deficits);
}

void bring_up_reserves(const Situation& now, Orders& orders) {
  const auto waits = [&](PlaceIndex p) {
    return orders.free[at(p)] > 0 && !(now.is_ours(p) && now.touches_enemies(p));
  };
  if (std::none_of(now.stations.begin(), now.stations.end(), waits)) {
    return;
  }
  const double reach = now.parameter(CommandParameter::reach_km);
  const bool is_by_threat = now.law(Operations::reserves_by_threat) > 0;
  thread_local FrontPlaces front;
  thread_local std::vector<NearestByRoad> far;  // [0] the places of ours; [1 + pocket] its front
  front.find(now);
  far.resize(std::max(far.size(), now.n_pockets + 1));
  std::for_each(far.begin(), far.end(), [](NearestByRoad& goals) { goals.forget(); });
  if (is_by_threat) {
    share_out_reserves(now, orders, front);
  }
  for (const PlaceIndex p : now.stations) {
    const int pocket = now.pocket[at(p)];
    if (!waits(p) || (pocket == kNone ? now.ours.empty() : front.has_places[at(pocket)] == 0)) {
      continue;
    }
    if (is_by_threat && pocket != kNone && go_where_there_is_room(now, orders, p, front)) {
      continue;
    }
    const double free = orders.free[at(p)];
    const auto is_ours = [&](PlaceIndex q) { return now.is_ours(q); };
    const auto is_its_front = [&](PlaceIndex q) { return front.pocket[at(q)] == pocket; };
    const std::optional<NearPlace> goal =
        pocket == kNone ? nearest(now, p, is_ours, far[0]) : nearest(now, p, is_its_front, far[at(pocket) + 1]);
    if (goal && (goal->km > reach || pocket == kNone)) {
      orders.take_free(p, orders.send(p, goal->place, goal->km, free, now.members, MarchTask::reinforce));
    }
  }
}

}  // namespace truel::laws
