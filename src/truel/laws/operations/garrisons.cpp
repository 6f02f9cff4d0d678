// What a command gives up, what it holds, and where its reserves wait.
#include <fmt/format.h>

#include <cmath>

#include "truel/laws/laws.hpp"
#include "truel/laws/operations/planner.hpp"
#include "truel/laws/underground/underground.hpp"

namespace truel::laws {

void Planner::retreat() {
  const double breaking_point = parameter(CommandParameter::breaking_point);
  const double step_back = air_kills_ > 0 ? parameter(CommandParameter::withdraw_and_strike) : 0;
  for (const PlaceIndex p : workspace_.stations) {
    if (mine_[at(p)] <= 0 || foe_[at(p)] <= 0) {
      continue;
    }
    const bool defends = is_ours(p);
    const double our_cover = defends ? exposure(p) : 1;
    const ActorIndex holder = v_.control[at(p)];
    const double their_cover = holder >= 0 && (enemies_ & bit(holder)) != 0 ? exposure(p) : 1;
    const double odds = win_probability((friends_here_[at(p)] + workspace_.friends_inbound[at(p)]) / our_cover,
                                        estimate(p) / their_cover, odds_exponent_);
    if (odds >= (defends ? std::max(breaking_point, step_back) : breaking_point)) {
      continue;
    }
    if (defends && odds < breaking_point) {
      hide(p);
    }
    const Neighbour* way_out = nullptr;
    for (const Neighbour& next : model_.neighbours(p)) {
      if (is_ours(next.place) && foe_[at(next.place)] <= 0 &&
          (way_out == nullptr || next.km < way_out->km ||
           (next.km == way_out->km && is_drawn_before(s_, Lot::place, next.place, way_out->place)))) {
        way_out = &next;
      }
    }
    if (way_out != nullptr) {
      std::string reason;
      if (s_.journal != nullptr) {
        reason = fmt::format(
            "odds {:.2f} below {}", odds,
            defends && step_back > breaking_point ? "the point where the air arm works better" : "the breaking point");
      }
      const double gone = send(p, way_out->place, way_out->km, mine_[at(p)], members_, ColumnTask::retreat);
      note(kRetreat, p, enemy_at(p), gone, reason);
    }
  }
}

void Planner::hide(PlaceIndex p) {
  for (ActorMask rest = members_ & v_.present[at(p)]; rest != 0; rest &= rest - 1) {
    mine_[at(p)] -= laws::go_underground(model_, s_, p, first_of(rest), is_whole_);
  }
}

double Planner::men_who_stay(PlaceIndex p) const {
  double men = 0;
  for (ActorMask rest = members_ & v_.present[at(p)]; rest != 0; rest &= rest - 1) {
    men += laws::stay(s_, p, first_of(rest));
  }
  return men;
}

void Planner::set_garrisons() {
  const double hold = parameter(CommandParameter::hold_ratio);
  const double screen = parameter(CommandParameter::screen_share);
  const double screen_below = law(LawParameter::operations_screen_below);
  const double home_share = parameter(CommandParameter::home_share);
  const double reserve_share = parameter(CommandParameter::reserve_share);
  if (home_share > 0 && books_.home.empty()) {
    books_.home.assign(at(v_.n_commands * v_.n_places), 0);
  }
  if (home_share > 0 && s_.day == 0) {
    std::copy(mine_.begin(), mine_.end(), books_.home.begin() + c_ * v_.n_places);
  }
  const bool some_stay = laws::some_stay(model_, s_);
  workspace_.deficits.clear();
  free_in_all_ = 0;
  for (const PlaceIndex p : workspace_.stations) {
    if (!is_ours(p)) {
      // Men left on land that now belongs to a neutral side are free to go.
      workspace_.free[at(p)] = foe_[at(p)] <= 0 ? mine_[at(p)] : 0;
      continue;
    }
    if (mine_[at(p)] <= 0 && foe_[at(p)] <= 0 && !(is_own(p) && touches_foes(p))) {
      continue;  // nobody to keep and nobody to hold it against
    }
    double need = 0;
    double merit = 0;
    if (foe_[at(p)] > 0) {
      need = std::max(mine_[at(p)], estimate(p) * exposure(p) - (friends_here_[at(p)] - mine_[at(p)]));
      merit = share(enemy_at(p));
    } else if (is_own(p) && touches_foes(p)) {  // a friend's town is the friend's to garrison
      for (const Neighbour& next : model_.neighbours(p)) {
        if (foe_[at(next.place)] <= 0) {
          continue;
        }
        const double effort = share(enemy_at(next.place));
        const double wanted = hold * estimate(next.place) * (effort < screen_below ? screen : 1);
        need += wanted;
        merit = std::max(merit, effort);
      }
    }
    if (reserve_share > 0 && foe_[at(p)] <= 0) {
      need = std::min(need, (1 - reserve_share) * mine_[at(p)]);  // a post is manned by those who are there
    }
    if (some_stay) {
      need = std::max(need, men_who_stay(p));
    }
    const double tied = home_share > 0 ? home_share * books_.home[at(c_ * v_.n_places + p)] : 0;
    workspace_.free[at(p)] = std::max(0.0, mine_[at(p)] - std::max(need, tied));
    if (is_whole_) {
      workspace_.free[at(p)] = std::floor(workspace_.free[at(p)]);
    }
    free_in_all_ += workspace_.free[at(p)];
    workspace_.sources[at(pocket_[at(p)])] += workspace_.free[at(p)] > 0;
    const double missing = need - mine_[at(p)] - workspace_.inbound[at(p)];
    if (missing >= 1) {
      workspace_.deficits.push_back({p, missing, merit * v_.value[at(p)]});
    }
  }
}

void Planner::reinforce() {
  std::sort(workspace_.deficits.begin(), workspace_.deficits.end(), [&](const Deficit& x, const Deficit& y) {
    return x.merit != y.merit ? x.merit > y.merit : is_drawn_before(s_, Lot::place, x.place, y.place);
  });
  const double reach = parameter(CommandParameter::reach_km);
  const double breaking_point = parameter(CommandParameter::breaking_point);
  for (const Deficit& deficit : workspace_.deficits) {
    // No dribbling into a battle that stays lost.
    if (foe_[at(deficit.place)] > 0) {
      double have = friends_here_[at(deficit.place)] + workspace_.friends_inbound[at(deficit.place)];
      for_each_source(deficit.place, reach, [&](PlaceIndex from, double) {
        have += workspace_.free[at(from)];
        return true;
      });
      if (win_probability(have / exposure(deficit.place), estimate(deficit.place), odds_exponent_) < breaking_point) {
        continue;
      }
    }
    gather(deficit.place, reach, deficit.missing, ColumnTask::reinforce);
  }
}

template <class IsGoal>
std::optional<Near> Planner::nearest(PlaceIndex p, IsGoal is_goal, NearestByRoad& far) const {
  const auto near = model_.near(p);
  std::optional<Near> found;
  for_each_near(
      s_, near, kUnbounded, [&](const Near& n) { return is_goal(n.place); },
      [&](const Near& n) {
        found = n;
        return false;
      });
  if (found) {
    return found;
  }
  if (at(v_.n_places) == near.size() + 1) {
    return std::nullopt;
  }
  // On a large map the list may end before the nearest goal. One search then serves all who have these goals.
  if (!far.is_done()) {
    const auto comes_first = [&](PlaceIndex x, PlaceIndex y) { return is_drawn_before(s_, Lot::place, x, y); };
    far.search(ours_, is_goal, comes_first, v_.n_places, [&](PlaceIndex q) { return model_.neighbours(q); });
  }
  return far.from(p);
}

void Planner::bring_up_reserves() {
  const double reach = parameter(CommandParameter::reach_km);
  std::vector<int>& front = workspace_.front;
  std::vector<std::uint8_t>& has_front = workspace_.has_front;
  std::vector<NearestByRoad>& far = workspace_.far;
  front.assign(at(v_.n_places), kNone);
  has_front.assign(workspace_.sources.size(), 0);
  far.resize(std::max(far.size(), workspace_.sources.size() + 1));
  std::for_each(far.begin(), far.end(), [](NearestByRoad& goals) { goals.forget(); });
  for (const PlaceIndex p : ours_) {
    if (touches_enemies(p)) {
      front[at(p)] = pocket_[at(p)];
      has_front[at(pocket_[at(p)])] = 1;
    }
  }
  for (const PlaceIndex p : workspace_.stations) {
    if (workspace_.free[at(p)] <= 0 || front[at(p)] != kNone) {
      continue;
    }
    const int pocket = pocket_[at(p)];
    if (pocket == kNone ? ours_.empty() : has_front[at(pocket)] == 0) {
      continue;
    }
    const std::optional<Near> goal =
        pocket == kNone ? nearest(
                              p, [&](PlaceIndex q) { return is_ours(q); }, far[0])
                        : nearest(
                              p, [&](PlaceIndex q) { return front[at(q)] == pocket; }, far[at(pocket) + 1]);
    if (goal && (goal->km > reach || pocket == kNone)) {
      take_free(p, send(p, goal->place, goal->km, workspace_.free[at(p)], members_, ColumnTask::reinforce));
    }
  }
}

}  // namespace truel::laws
