#include "truel/laws/counterattack/counterattack.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "truel/base/math.hpp"
#include "truel/laws/contest.hpp"
#include "truel/laws/defence.hpp"
#include "truel/laws/laws.hpp"
#include "truel/laws/operations/garrisons.hpp"
#include "truel/world/lots.hpp"
#include "truel/world/marches.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {
namespace {

using C = Counterattack;

/// 0: who takes a place is dug in at once.
double dig_in_days(const CompiledModel& model, const State& s) {
  const bool has_digging = s.value(model.war().law(number_of<C>(C::on))) > 0;
  return has_digging ? s.value(model.war().law(number_of<C>(C::dig_in_days))) : 0;
}

/// Men of a command who go from a place next to the one it has lost.
struct Blow {
  PlaceIndex from, to;
  CommandIndex command;
  ActorMask who;
  double km, men;
};

/// The command that has lost a place, and its side.
struct Loser : CommandMasks {
  CommandIndex command;
};

/// The losses of a day, and what is ordered because of them.
class Losses {
 public:
  Losses(const CompiledModel& model, State& state) : model_(model), war_(model.war()), s_(state) {}

  double number(C::Number k) const { return s_.value(war_.law(number_of<C>(k))); }
  double& kept(C::OwnState k, PlaceIndex p) const { return s_.laws.lists[state_of<C>(k)][at(p)]; }

  /// Places whose losers may strike today.
  std::vector<PlaceIndex> due() const {
    std::vector<PlaceIndex> list;
    const double lasts = s_.value(war_.law(number_of<Operations>(Operations::retake_days)));
    for (PlaceIndex p = 0; p < s_.n_places; ++p) {
      const ActorIndex holder = s_.control[p];
      const ActorIndex before = s_.taken_from[p];
      const int days = s_.day - s_.held_since[p];
      if (holder < 0 || before < 0 || days < 1 || days > lasts || (s_.derived.hostile[before] & bit(holder)) == 0) {
        continue;
      }
      const bool is_first = kept(C::struck_after, p) < s_.tallies.place_changes[p];
      if (is_first || s_.day - kept(C::struck_on, p) >= number(C::again_days)) {
        list.push_back(p);
      }
    }
    return list;
  }

  void drop_what_matters_little(std::vector<PlaceIndex>& list) const {
    std::vector<double> values;
    for (PlaceIndex p = 0; p < s_.n_places; ++p) {
      values.push_back(value(p));
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::nth_element(values.begin(), middle, values.end());
    const double least = number(C::least_value) * *middle;
    std::erase_if(list, [&](PlaceIndex p) { return value(p) < least; });
  }

  double value(PlaceIndex p) const { return s_.value(war_.place(p, PlaceParameter::value)); }

  /// What the loser of a place sends against it, if it is likely enough to win.
  void strike(PlaceIndex p, std::vector<Blow>& blows) const {
    const CommandIndex losing = model_.command_of(s_.taken_from[p]);
    const Loser loser{masks_of(model_, s_, losing), losing};
    double have = fighters_at(s_, p, loser.friends);
    if (have <= 0 && laws::spares(s_, p)) {
      return;
    }
    for (const March& march : s_.marches) {
      have += march.to == p && (loser.friends & bit(march.actor)) != 0 ? march.fighters : 0;
    }
    std::vector<Blow> sources;
    double days = 0;
    for (const Neighbour& next : model_.neighbours(p)) {
      Blow blow{next.place, p, loser.command, near_enough(loser, next), next.km, 0};
      blow.men = spare(loser, blow, blows);
      if (blow.men > 0) {
        sources.push_back(blow);
        days = std::max(days, march(blow));
      }
    }
    const double defenders =
        fighters_at(s_, p, loser.enemies) / exposure(model_, s_, p, s_.day + static_cast<int>(days));
    double beyond = 0;
    for (const Neighbour& next : model_.neighbours(p)) {
      beyond += fighters_at(s_, next.place, loser.enemies);
    }
    const double wanted = std::max({command(loser, CommandParameter::attack_ratio) * defenders,
                                    command(loser, CommandParameter::hold_ratio) * beyond, 1.0});
    double missing = wanted - have;
    for (const Blow& blow : sources) {
      have += blow.men;
    }
    const double exponent = contest_exponent(war_, s_);
    if (sources.empty() || missing <= 0 ||
        win_probability(have, defenders, exponent) < number(C::least_win_probability)) {
      return;
    }
    std::sort(sources.begin(), sources.end(), [&](const Blow& x, const Blow& y) {
      return x.km != y.km ? x.km < y.km : is_drawn_before(s_, Lot::place, x.from, y.from);
    });
    for (Blow& blow : sources) {
      blow.men = std::min(blow.men, is_whole() ? std::ceil(missing) : missing);
      if (blow.men > 0) {
        missing -= blow.men;
        blows.push_back(blow);
      }
    }
    kept(C::struck_on, p) = s_.day;
    kept(C::struck_after, p) = s_.tallies.place_changes[p];
    s_.tally(outcome_of<C>(C::counterattacks), s_.taken_from[p]) += 1;
    if (s_.journal != nullptr) {
      s_.journal->events.push_back({s_.day, C::kCounterattack.kind, s_.taken_from[p], p, s_.control[p], have});
    }
  }

  void carry_out(const Blow& blow) const {
    send_in_proportion(model_, s_, blow.who, blow.from, blow.to, blow.km, blow.men, MarchTask::offensive, is_whole());
  }

 private:
  /// Whether men are whole before anything is carried out: looked at on days on which somebody can strike.
  bool is_whole() const {
    if (!is_whole_) {
      is_whole_ = has_whole_men(s_);
    }
    return *is_whole_;
  }
  double command(const Loser& loser, CommandParameter k) const { return s_.value(war_.command(loser.command, k)); }
  double speed(ActorIndex a) const { return s_.value(war_.actor(a, ActorParameter::speed_km_per_day)); }

  /// Days on the road of the slowest.
  double march(const Blow& blow) const {
    double days = 1;
    for (ActorMask rest = blow.who & s_.present[blow.from]; rest != 0; rest &= rest - 1) {
      if (const double km = speed(first_of(rest)); km > 0) {
        days = std::max(days, std::ceil(blow.km / km));
      }
    }
    return days;
  }

  ActorMask near_enough(const Loser& loser, const Neighbour& next) const {
    ActorMask who = 0;
    for (ActorMask rest = loser.members & s_.present[next.place]; rest != 0; rest &= rest - 1) {
      const ActorIndex a = first_of(rest);
      who |= speed(a) <= 0 || next.km <= number(C::march_days) * speed(a) ? bit(a) : 0;
    }
    return who;
  }

  /// Men whom nothing keeps where they are: no fight, no enemy beside them but those in the place that was lost, no
  /// law, and no other blow.
  double spare(const Loser& loser, const Blow& blow, const std::vector<Blow>& blows) const {
    const PlaceIndex q = blow.from;
    if (blow.who == 0 || !s_.is_held_by(q, loser.friends) || fighters_at(s_, q, loser.enemies) > 0) {
      return 0;
    }
    const double men = fighters_at(s_, q, loser.members);
    double need = 0;
    for (const Neighbour& next : model_.neighbours(q)) {
      need += next.place == blow.to ? 0 : fighters_at(s_, next.place, loser.enemies);
    }
    need *= command(loser, CommandParameter::hold_ratio);
    if (const double reserve = command(loser, CommandParameter::reserve_share); reserve > 0) {
      need = std::min(need, (1 - reserve) * men);
    }
    need = std::max({need, command(loser, CommandParameter::least_garrison),
                     garrison_per_person(war_, s_, loser.command, loser.members) * s_.population[q]});
    double tied = 0;
    for (ActorMask rest = loser.members & s_.present[q]; rest != 0; rest &= rest - 1) {
      tied += laws::stay(s_, q, first_of(rest));
    }
    if (!own_state<Operations>(s_).home.empty()) {
      tied = std::max(tied, command(loser, CommandParameter::home_share) *
                                own_state<Operations>(s_).home[at(loser.command * s_.n_places + q)]);
    }
    double free = men - std::max(need, tied);
    for (const Blow& other : blows) {
      free -= other.from == q && other.command == loser.command ? other.men : 0;
    }
    free = std::min(free, fighters_at(s_, q, blow.who));
    return free < 1 ? 0 : is_whole() ? std::floor(free) : free;
  }

  const CompiledModel& model_;
  const War& war_;
  State& s_;
  mutable std::optional<bool> is_whole_;
};

}  // namespace

double let_through_by_works(const CompiledModel& model, const State& s, PlaceIndex p, int day) {
  const double full = s.derived.exposure[p];
  const double days = s.tallies.place_changes[p] > 0 ? dig_in_days(model, s) : 0;
  if (days <= 0) {
    return full;
  }
  const double dug = -math::expm1(-(day - s.held_since[p]) / days);
  return dug <= 0 ? 1 : full / (full + (1 - full) * dug);
}

bool Counterattack::steps_daily(const CompiledModel& model, const State& s, bool) {
  constexpr int kTimes = 40;  // after which nothing of the digging is left to do, as is to be seen on one day more
  const double days = s.tallies.n_holder_changes > 0 ? laws::dig_in_days(model, s) : 0;
  bool some_dig = false;
  for (PlaceIndex p = 0; days > 0 && p < s.n_places && !some_dig; ++p) {
    some_dig = s.contested[p] && s.tallies.place_changes[p] > 0 && s.day - s.held_since[p] <= kTimes * days + 1;
  }
  return some_dig;
}

void Counterattack::pass_days(const CompiledModel& model, State& s, int) {
  const War& war = model.war();
  if (s.value(war.law(number_of<C>(on))) <= 0 || s.value(war.law(switch_of<Operations>())) <= 0 ||
      s.tallies.n_holder_changes == 0) {
    return;
  }
  const Losses losses(model, s);
  std::vector<PlaceIndex> due = losses.due();
  if (due.empty()) {
    return;
  }
  losses.drop_what_matters_little(due);
  std::sort(due.begin(), due.end(), [&](PlaceIndex x, PlaceIndex y) {
    return losses.value(x) != losses.value(y) ? losses.value(x) > losses.value(y)
                                              : is_drawn_before(s, Lot::place, x, y);
  });
  std::vector<Blow> blows;
  for (const PlaceIndex p : due) {
    losses.strike(p, blows);
  }
  for (const Blow& blow : blows) {
    losses.carry_out(blow);
  }
}

}  // namespace truel::laws
