#include "truel/laws/operations/situation.hpp"

#include <bit>

namespace truel::laws {
namespace {

void make_zero(std::vector<double>& list, int n) {
  list.resize(at(n));
  std::fill(list.begin(), list.end(), 0.0);  // assign() would be no call of memset
}

}  // namespace

void add_up(const View& view, ActorMask who, std::span<double> there) {
  for (ActorMask rest = who; rest != 0; rest &= rest - 1) {
    for (const Troop& troop : view.troops[at(first_of(rest))]) {
      there[at(troop.place)] += troop.fighters;
    }
  }
}

Situation::Situation(const CompiledModel& m, const State& s, View& v, SituationRoom& room, CommandIndex c,
                     bool only_whole)
    : model(m),
      war(m.war()),
      state(s),
      view(v),
      command(c),
      is_whole(only_whole),
      members(v.members[at(c)]),
      friends(v.friends[at(c)]),
      enemies(v.enemies[at(c)]),
      operations(room.operations),
      least_win_probability(room.least_win_probability),
      room_(room),
      memo_(v) {
  read_actors();
  room.prospects.resize(at(view.n_places));
  ++room.n_decisions;
  make_zero(room.friends_here, view.n_places);
  make_zero(room.foe, view.n_places);
  make_zero(room.friends_inbound, view.n_places);
  add_up(view, friends, room.friends_here);
  add_up(view, enemies, room.foe);
  for (const March& march : view.marches) {
    if ((friends & bit(march.actor)) != 0 && march.task != MarchTask::retreat) {
      room.friends_inbound[at(march.to)] += march.fighters;
    }
  }
  friends_here = room.friends_here;
  foe = room.foe;
  friends_inbound = room.friends_inbound;
  Pockets& found = v.pockets(model, friends, hosts_of(model, state, members));
  border = &found.border(model);
  pocket = found.of;
  n_pockets = found.has_entry.size();
  ours = found.places;
  list_stations();
  draw_factors();
  strength_km = law(Operations::strength_km);
  contest_exponent = laws::contest_exponent(war, state);
  room.least_win_probability.set(law(Operations::least_win_probability), contest_exponent);
  predation = parameter(CommandParameter::predation);
  count_allies();
}

void Situation::read_actors() {
  ActorMask on_the_ground = 0;
  for (ActorMask rest = friends; rest != 0; rest &= rest - 1) {
    const ActorIndex a = first_of(rest);
    if (model.is_air(a)) {
      air_kills += state.value(war.actor(a, ActorParameter::sorties_per_day)) *
                   state.value(war.actor(a, ActorParameter::kills_per_sortie));
    } else if ((members & bit(a)) != 0) {
      on_the_ground |= bit(a);
      const double range = state.value(war.actor(a, ActorParameter::raid_range_km));
      if (range > 0) {
        mobile |= bit(a);
        raid_km = std::max(raid_km, range);
      }
    }
  }
  lead = greatest_of(state, on_the_ground, [&](ActorIndex a) { return view.total[at(a)]; });
  if (state.value(war.law(number_of<Strikes>(Strikes::on))) <= 0) {
    air_kills = 0;
  }
}

void Situation::list_stations() {
  std::vector<PlaceIndex>& list = room_.abroad;
  list.clear();
  for (ActorMask rest = members; rest != 0; rest &= rest - 1) {
    for (const Troop& troop : view.troops[at(first_of(rest))]) {
      if (!is_ours(troop.place) && troop.fighters > 0) {
        list.push_back(troop.place);
      }
    }
  }
  if (std::popcount(members) > 1) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  room_.stations.resize(ours.size() + list.size());
  std::merge(ours.begin(), ours.end(), list.begin(), list.end(), room_.stations.begin());
  abroad = list;
  stations = room_.stations;
}

void Situation::draw_factors() {
  if (!is_whole) {
    return;
  }
  const std::size_t entities = at(view.n_commands) * at(view.n_places);
  estimate_error_ = std::max(0.0, law(Operations::estimate_error));
  const double lasts = law(Operations::estimate_days);
  const auto period = static_cast<std::uint32_t>(lasts > 0 ? state.day / lasts : state.day);
  room_.misjudged.set(state, period, estimate_error_, entities);
  unseen_spread_ = std::max(0.0, law(Operations::unseen_worth));
  room_.unseen.set(state, 0, unseen_spread_, entities);
}

void Situation::count_allies() {
  if ((friends & ~members) == 0 || law(Operations::joint) <= 0 || law(Operations::ledger) <= 0) {
    return;
  }
  make_zero(room_.allies, view.n_places);
  add_up(view, friends & ~members, room_.allies);
  for (const PlaceIndex p : ours) {
    if (room_.allies[at(p)] <= 0 || !touches_foes(p)) {
      continue;
    }
    double tied = 0;
    for (const Neighbour& next : model.neighbours(p)) {
      tied += estimate(next.place);
    }
    room_.allies[at(p)] = std::max(0.0, room_.allies[at(p)] - parameter(CommandParameter::hold_ratio) * tied);
  }
  allies = room_.allies;
  room_.with_allies.clear();
  for (ActorMask rest = friends & ~members; rest != 0; rest &= rest - 1) {
    for (const Troop& troop : view.troops[at(first_of(rest))]) {
      if (allies[at(troop.place)] > 0) {
        room_.with_allies.push_back(troop.place);
      }
    }
  }
  for (const Operation& o : operations) {
    if (is_joint(o, o.place)) {
      prospect(o.place).is_joint = true;
    }
  }
}

/// The factor by which the command misjudges strength at a place: log-normal with mean 1, one for each place and
/// decision.
double Situation::misjudgement(PlaceIndex p) const {
  const double sigma = estimate_error_;
  return sigma > 0 ? room_.misjudged.of(command * view.n_places + p, -(sigma * sigma / 2)) : 1;
}

double Situation::unseen_worth(PlaceIndex p) const {
  return unseen_spread_ > 0 ? room_.unseen.of(command * view.n_places + p, 0) : 1;
}

double Situation::strength_left(double km) const {
  return std::isnan(strength_km) ? 1 : math::exp(-km / strength_km);
}

double Situation::allies_near(PlaceIndex p, double reach_km) const {
  const std::span<const NearPlace> near = model.near(p);
  double men = 0;
  visit_near_of(
      model, p, [&](auto add) { std::for_each(room_.with_allies.begin(), room_.with_allies.end(), add); },
      [&](std::size_t k) {
        const auto [place, km] = near[k];
        if (km > reach_km) {
          return false;
        }
        men += allies[at(place)] > 0 ? allies[at(place)] * strength_left(km) : 0;
        return true;
      });
  return men;
}

ActorIndex Situation::strongest_enemy_at(PlaceIndex p) const {
  return greatest_of(state, enemies & view.present[at(p)], [&](ActorIndex b) { return view.n(p, b); });
}

double Situation::find_untied(PlaceIndex p) const {
  const double seen = estimate(p);
  return seen > 0 ? std::max(0.0, seen - parameter(CommandParameter::hold_ratio) * memo_.men_beside(model, state, p))
                  : 0;
}

double Situation::share(ActorIndex enemy) const {
  return enemy == kNone ? 1.0 / std::max(1, std::popcount(enemies)) : state.effort[state.pair(lead, enemy)];
}

bool Situation::is_retaking(PlaceIndex p) const {
  const int before = state.taken_from[at(p)];
  return is_one_of(before, friends) && state.day - state.held_since[at(p)] <= law(Operations::retake_days);
}

bool Situation::is_joint(const Operation& o, PlaceIndex p) const {
  return o.command != command && o.place == p && o.is_known_to_allies(state.day) &&
         (view.members[at(o.command)] & friends) != 0;
}

}  // namespace truel::laws
