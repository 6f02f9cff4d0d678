#include "truel/laws/interventions/interventions.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>
#include <vector>

#include "truel/base/math.hpp"
#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/alignment/coalition.hpp"
#include "truel/laws/derived.hpp"
#include "truel/laws/hidden_lethality/lulls.hpp"
#include "truel/laws/interventions/allegiance.hpp"
#include "truel/laws/interventions/lay_in.hpp"
#include "truel/laws/laws.hpp"
#include "truel/model/intervention_numbers.hpp"
#include "truel/world/lots.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {
namespace {

void note(const War& war, State& s, int row, const EventInfo& event, double fighters) {
  const Intervention& i = war.interventions[at(row)];
  if (s.journal != nullptr && !(i.is_more && i.action == InterventionAction::set)) {
    s.journal->events.push_back({s.day, event.kind, i.actor, i.place < 0 ? kNone : i.place, i.other, fighters,
                                 &Interventions::kDated, EventNumbers(), row});
  }
}

/// Takes up to `wanted` fighters away, in proportion to where they stand (or from one place), marches left alone.
double remove_fighters(State& s, ActorIndex a, PlaceIndex place, double wanted, bool is_whole) {
  const PlaceIndex first = place == kEverywhere ? PlaceIndex{0} : place;
  const PlaceIndex last = place == kEverywhere ? PlaceIndex{s.n_places - 1} : place;
  double there = 0;
  for (PlaceIndex p = first; p <= last; ++p) {
    there += s.fighters[s.slot(p, a)];
  }
  const double taken = std::min(wanted, there);
  double running = 0;
  double done = 0;
  for (PlaceIndex p = first; p <= last && there > 0; ++p) {
    double& n = s.fighters[s.slot(p, a)];
    running += n;
    const double upto = is_whole ? std::floor(taken * running / there + 0.5) : taken * running / there;
    n = taken < there ? std::max(0.0, n - (upto - done)) : 0;  // the last of all, whatever rounding leaves of him
    done = upto;
    refresh_place(s, p);
  }
  return done;
}

struct Arrival {
  PlaceIndex place;
  ActorIndex actor;
};

void take(State& s, PlaceIndex place, ActorIndex a) {
  s.control[place] = a;
  ++s.tallies.n_holder_changes;
  s.held_since[place] = s.day;
  s.tallies.place_changes[place] += 1;
  s.taken_from[place] = kNone;
}

/// Of those who have arrived today, when all have, the strongest takes a place that nobody holds, unless enemies came
/// on the same day.
void take_unheld(State& s, PlaceIndex place, const std::vector<Arrival>& arrivals) {
  ActorMask arrived = 0;
  ActorMask hostile = 0;
  for (const Arrival& arrival : arrivals) {
    if (arrival.place == place) {
      arrived |= bit(arrival.actor);
      hostile |= s.derived.hostile[at(arrival.actor)];
    }
  }
  if (s.control[place] == kNone && (arrived & hostile) == 0) {
    take(s, place, greatest_of(s, arrived, [&](ActorIndex a) { return s.fighters[s.slot(place, a)]; }));
  }
}

/// Days until a change ends that has lasted `age` days, where a share `u` of such changes lasts longer. Its rate is
/// rate / (1 + age / half) (model.md, section 4); half 0: `rate` at any age.
double time_to_end(double rate, double half, double age, double u) {
  return half > 0 ? (half + age) * math::expm1(-math::log(u) / (rate * half)) : -math::log(u) / rate;
}

/// The ends of changes that no other change ends.
void append_ends(const War& war, State& s) {
  InterventionsState& own = own_state<Interventions>(s);
  const std::size_t n = own.agenda.size();
  for (std::size_t k = 0; k < n; ++k) {
    const DatedChange change = own.agenda[k];
    const Intervention& i = war.interventions[at(change.row)];
    const double rate = i.ends == kNone || war.changed_by(i) == kNone ? 0 : s.value(i.ends);
    const bool is_ended = rate > 0 && std::any_of(own.agenda.begin(), own.agenda.end(), [&](const DatedChange& other) {
                            return other.row == own.enders[at(change.row)] && other.day >= change.day;
                          });
    if (rate > 0 && !is_ended) {
      RandomStream random(s.seed, s.run, 0, Interventions::kPurpose,
                          static_cast<std::uint32_t>(i.luck - war.support_row(0)));
      const Day from = std::max(change.day, i.lasted);
      const double days =
          std::min(1 + time_to_end(rate, s.value(i.half_rate), from - change.day, random.uniform()), 1e6);
      own.agenda.push_back({from + static_cast<Day>(days), change.row, true});
      own.before.resize(war.interventions.size());
    }
  }
}

/// Keeps what a number is before its change, if that may end: of a change that takes the place of another one, which
/// still holds, what it was before that.
void remember(const War& war, State& s, int row) {
  auto& before = own_state<Interventions>(s).before;
  const Intervention& i = war.interventions[at(row)];
  const int number = war.changed_by(i);
  if (before.empty() || number == kNone) {
    return;
  }
  double was = s.value(number);
  for (std::size_t k = 0; k < before.size(); ++k) {
    const Intervention& other = war.interventions[k];
    if (before[k] && war.changed_by(other) == number && s.value(other.value) == was) {
      was = *before[k];
      break;
    }
  }
  before[at(row)] = was;
}

/// Whether a change that may end has been made, and its number has not changed again.
bool holds(const War& war, const State& s, int row) {
  const Intervention& i = war.interventions[at(row)];
  return own_state<Interventions>(s).before[at(row)] && s.value(war.changed_by(i)) == s.value(i.value);
}

/// Gives the number of a change that holds back what it was. Returns whether relations move.
bool end(const CompiledModel& model, State& s, int row) {
  const War& war = model.war();
  const int number = war.changed_by(war.interventions[at(row)]);
  std::optional<double>& before = own_state<Interventions>(s).before[at(row)];
  s.value(number) = *before;
  before.reset();
  if (const auto [a, b] = war.alignment_pair(number); a != kNone) {
    s.set_alignment(a, b, scenario_alignment(model, s, a, b));  // what no tie gives has no value
    return true;
  }
  return take_alignment(model, s, number);
}

}  // namespace

InterventionsState::InterventionsState(const CompiledModel& model) {
  const std::vector<Intervention>& rows = model.war().interventions;
  for (const Intervention& row : rows) {
    const auto ender =
        std::find_if(rows.begin(), rows.end(), [&](const Intervention& i) { return i.id == row.ended_by; });
    enders.push_back(ender == rows.end() ? kNone : static_cast<int>(ender - rows.begin()));
  }
}

void draw_up_agenda(const CompiledModel& model, State& s) {
  InterventionsState& own = own_state<Interventions>(s);
  const War& war = model.war();
  own.agenda.clear();
  own.before.clear();
  for (int row = 0; row < static_cast<int>(war.interventions.size()); ++row) {
    const Intervention& i = war.interventions[at(row)];
    if (happens(i, [&](int is_on) { return s.value(is_on) > 0; })) {
      own.agenda.push_back({static_cast<Day>(std::lround(s.value(i.when))), row});
    }
  }
  const auto is_before = [](const DatedChange& x, const DatedChange& y) {
    return std::tuple(x.day, !x.is_end, x.row) < std::tuple(y.day, !y.is_end, y.row);
  };
  if (!std::is_sorted(own.agenda.begin(), own.agenda.end(), is_before)) {  // rows are, unless a day was moved or drawn
    std::sort(own.agenda.begin(), own.agenda.end(), is_before);
  }
  const std::size_t n = own.agenda.size();
  append_ends(war, s);
  if (own.agenda.size() > n) {
    std::sort(own.agenda.begin(), own.agenda.end(), is_before);
  }
}

void set_parameters_dated_before_start(const CompiledModel& model, State& s) {
  const War& war = model.war();
  for (const auto& [day, row, is_end] : own_state<Interventions>(s).agenda) {
    const Intervention& i = war.interventions[at(row)];
    if (is_end) {
      if (day <= war.start && holds(war, s, row)) {
        end(model, s, row);
      }
      continue;
    }
    remember(war, s, row);
    if (i.action == InterventionAction::set && day <= war.start && i.target != kNone) {
      s.value(i.target) = s.value(i.value);
    } else if (is_allegiance(i.action) && day < war.start) {
      realign_before_start(model, s, row);
    }
  }
}

void take_agenda(State& s, InterventionsState changes, Day today) {
  InterventionsState& own = own_state<Interventions>(s);
  for (const DatedChange& change : changes.agenda) {
    if (!change.is_end && change.day < today && !changes.before.empty()) {
      changes.before[at(change.row)] = own.before[at(change.row)];
    }
  }
  own = std::move(changes);
}

void take_over(const CompiledModel& model, State& s) {
  const War& war = model.war();
  const LaterWar& later = *model.later();
  auto& before = own_state<Interventions>(s).before;
  for (const auto& [number, value] : later.values) {
    s.value(number) = value;
    if (const auto [a, b] = war.alignment_pair(number); a != kNone) {
      s.value(number) = std::max(value, s.alignment[s.pair(a, b)]);
      s.set_alignment(a, b, s.value(number));
    }
    for (std::size_t row = 0; row < before.size(); ++row) {
      if (war.changed_by(war.interventions[row]) == number) {
        before[row].reset();
      }
    }
  }
  read_relations(*later.model, s);
  derive_actors(*later.model, s);
  derive_places(*later.model, s);
  refresh_all_places(s);
}

bool intervene(const CompiledModel& model, State& s, bool is_whole) {
  const War& war = model.war();
  const Day today = war.start + s.day;
  const auto first =
      std::lower_bound(own_state<Interventions>(s).agenda.begin(), own_state<Interventions>(s).agenda.end(), today,
                       [](const DatedChange& change, Day day) { return change.day < day; });
  bool any = false;
  bool moves_relations = false;
  std::vector<Arrival> arrivals;
  for (auto change = first; change != own_state<Interventions>(s).agenda.end() && change->day == today; ++change) {
    const int row = change->row;
    const Intervention& i = war.interventions[at(row)];
    if (change->is_end) {
      if (!holds(war, s, row)) {
        continue;
      }
      any = true;
      moves_relations = end(model, s, row) || moves_relations;
      note(war, s, row, Interventions::kEnded, 0);
      continue;
    }
    if (i.action == InterventionAction::set && (s.day == 0 || i.target == kNone)) {
      continue;  // what a first-day `set` changes is part of the start
    }
    any = true;
    remember(war, s, row);
    double value = s.value(i.value);
    if (i.action == InterventionAction::set) {
      s.value(i.target) = value;
      moves_relations = take_alignment(model, s, i.target) || moves_relations;
      note(war, s, row, Interventions::kEvent, value);
      continue;
    }
    if (is_allegiance(i.action)) {
      note(war, s, row, Interventions::kEvent, change_allegiance(model, s, row, is_whole));
      moves_relations = true;
      continue;
    }
    value = is_whole ? std::floor(value + 0.5) : value;
    if (i.action == InterventionAction::leave) {
      const double gone = remove_fighters(s, i.actor, i.place, value, is_whole);
      s.tally(ActorOutcome::left, i.actor) += gone;
      note(war, s, row, Interventions::kEvent, gone);
      continue;
    }
    s.fighters[s.slot(i.place, i.actor)] += value;
    s.tally(ActorOutcome::arrived, i.actor) += value;
    const ActorIndex holder = s.control[i.place];
    if (holder == kNone) {
      arrivals.push_back({i.place, i.actor});
    } else if (holder != i.actor && s.fighters[s.slot(i.place, holder)] <= 0 &&
               (s.derived.friendly[i.actor] & bit(holder)) != 0) {
      take(s, i.place, i.actor);
    }
    refresh_place(s, i.place);
    note(war, s, row, Interventions::kEvent, value);
  }
  any = lay_in(model, s, is_whole) || any;
  moves_relations = lay_in_lulls(model, s) || moves_relations;
  any = any || moves_relations;
  if (any) {
    if (moves_relations) {
      read_relations(model, s);
    }
    derive_actors(model, s);
    derive_places(model, s);
    for (const Arrival& arrival : arrivals) {
      take_unheld(s, arrival.place, arrivals);
    }
    refresh_all_places(s);  // a changed alignment starts or ends battles
  }
  return any;
}

}  // namespace truel::laws
