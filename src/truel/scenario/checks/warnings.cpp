// What is no mistake and yet can hardly be meant. Rules look at everything a package says, its accounts, dated changes
// and checks too: what any of them uses is meant.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "truel/base/geodesic.hpp"
#include "truel/base/index.hpp"
#include "truel/scenario/checks/dead_numbers.hpp"
#include "truel/scenario/reader/reader.hpp"

namespace truel::scenario {
namespace {

// Lengths of roads are rounded and read off maps, and a place is a point where a town is not.
constexpr double kSlackShare = 0.1;
constexpr double kSlackKm = 3;
/// A road that is so much shorter or longer than the air line says that a coordinate is wrong, not the road.
constexpr double kFarFactor = 5;
constexpr double kFarKm = 30;

constexpr double kRounding = 1e-9;

bool is_positive(const Parameter& p) {
  return checked_greatest(p.distribution) > 0;  // not of NaN
}

}  // namespace

void Reader::find_changed() {
  is_changed_.assign(war_.parameters.size(), false);
  const auto mark = [&](int parameter) {
    if (parameter != kNone) {
      is_changed_[at(parameter)] = true;
    }
  };
  const auto mark_all = [&](const CheckRun& run) {
    for (const std::string& setting : run.settings) {
      for (const int number :
           path_index_->named(std::string_view(setting).substr(0, setting.find('=')), n_looked_at_)) {
        mark(number);
      }
    }
    if (run.cases) {
      for (const auto& [path, column] : run.cases->columns) {
        mark(find_path(path));
      }
    }
  };
  for (const Account& account : war_.accounts) {
    for (const AccountSetting& setting : account.settings) {
      mark(setting.target);
    }
  }
  for (const Intervention& change : war_.interventions) {
    mark(change.target);
  }
  for (const Check& check : war_.checks) {
    mark_all(check.run);
    if (check.against) {
      mark_all(*check.against);
    }
  }
}

bool Reader::may_be_positive(int parameter) const {
  return is_positive(war_.parameters[at(parameter)]) || is_changed_[at(parameter)];
}

bool Reader::may_be_on(LawEffect effect) const {
  const std::vector<LawParameter> switches = switches_of(effect);
  return std::any_of(switches.begin(), switches.end(), [&](LawParameter on) { return may_be_positive(war_.law(on)); });
}

bool Reader::may_gain_fighters(ActorIndex a) const {
  if (may_be_on(LawEffect::brings_men)) {
    return true;
  }
  for (const ActorParameter p : {ActorParameter::recruitment_per_day, ActorParameter::recruits_per_day,
                                 ActorParameter::recruits_per_harm, ActorParameter::underground_recruitment_per_day}) {
    if (may_be_positive(war_.actor(a, p))) {
      return true;
    }
  }
  for (ActorIndex b = 0; b < static_cast<int>(war_.actors.size()); ++b) {
    if (b != a && may_be_positive(war_.tie(b, a, TieParameter::defection_per_day))) {
      return true;
    }
  }
  return std::any_of(war_.interventions.begin(), war_.interventions.end(), [&](const Intervention& change) {
    return (change.action == InterventionAction::arrive && change.actor == a) || change.dissenters == a ||
           (change.action == InterventionAction::merge && change.other == a);
  });
}

bool Reader::may_be_enemies(ActorIndex a, ActorIndex b) const {
  const int alignment = war_.alignment(a, b);
  const int threshold = war_.law(LawParameter::enemy_threshold);
  const Parameter& given = war_.parameters[at(alignment)];
  const bool is_same_command = war_.actors[at(a)].command == war_.actors[at(b)].command;
  const double least = !std::isnan(checked_least(given.distribution)) ? checked_least(given.distribution)
                       : is_same_command                              ? 1
                                                                      : war_.default_alignment;
  return least <= checked_greatest(war_.parameters[at(threshold)].distribution) || is_changed_[at(alignment)] ||
         is_changed_[at(threshold)];
}

void Reader::warn_of_actors() {
  const int n_actors = static_cast<int>(war_.actors.size());
  const bool is_fought = may_be_positive(war_.law(LawParameter::operations_on)) || may_be_on(LawEffect::kills);
  if (war_.forces.empty() || !is_fought) {
    return;  // talks and alignments need neither fighters nor enemies
  }
  const bool may_turn = may_be_on(LawEffect::turns_relations) ||
                        std::any_of(war_.interventions.begin(), war_.interventions.end(),
                                    [](const Intervention& change) { return is_allegiance(change.action); });
  for (ActorIndex a = 0; a < n_actors; ++a) {
    const Actor& actor = war_.actors[at(a)];
    const bool has_seat =
        std::any_of(war_.seats.begin(), war_.seats.end(), [&](const Seat& seat) { return seat.actor == a; });
    const bool has_place = std::any_of(war_.control.begin(), war_.control.end(),
                                       [&](const ControlSpell& spell) { return spell.controller == a; });
    const bool is_air = actor.kind == ActorKind::air;
    bool has_force = is_air ? may_be_positive(war_.actor(a, ActorParameter::sorties_per_day)) : may_gain_fighters(a);
    for (int f = 0; f < static_cast<int>(war_.forces.size()); ++f) {
      has_force = has_force || (war_.forces[at(f)].actor == a && may_be_positive(war_.force(f)));
    }
    if (!has_force && (may_turn || has_seat || has_place)) {
      continue;  // it is here for whom it sides with, to talk, or to own what others fight over
    }
    if (!has_force) {
      warnings_.add(actor_where_[at(a)], fmt::format("the actor `{}` has no forces and never gets any", actor.id),
                    is_air ? "give its sorties_per_day, or remove it" : "add a row to forces.csv, or remove it");
      continue;
    }
    bool has_enemy = may_turn || (!is_air && may_be_on(LawEffect::needs_no_enemies)) || n_actors < 2;
    for (ActorIndex b = 0; b < n_actors; ++b) {
      has_enemy = has_enemy || (b != a && may_be_enemies(a, b));
    }
    if (!has_enemy) {
      warnings_.add(actor_where_[at(a)], fmt::format("the actor `{}` has no enemy and never gets one", actor.id),
                    fmt::format("an alignment of {:g} or less makes enemies: look at ties.csv and default_alignment",
                                war_.parameters[at(war_.law(LawParameter::enemy_threshold))].distribution.a));
    }
  }
}

void Reader::warn_of_late_forces() {
  std::map<ActorIndex, int> first_row;  // by date
  for (int f = 0; f < static_cast<int>(war_.forces.size()); ++f) {
    const auto [first, is_new] = first_row.try_emplace(war_.forces[at(f)].actor, f);
    if (war_.forces[at(f)].date < war_.forces[at(first->second)].date) {
      first->second = f;
    }
  }
  for (const auto& [actor, f] : first_row) {
    const Day begin = war_.forces[at(f)].date;
    // Men who have arrived before stand for those who are not there on the first day.
    const bool arrives =
        std::any_of(war_.interventions.begin(), war_.interventions.end(), [&, who = actor](const auto& c) {
          return c.action == InterventionAction::arrive && c.actor == who && c.date <= begin;
        });
    if (begin > war_.start && !arrives) {
      warnings_.add(overlay_.from ? Location{"--from"} : war_.parameters[at(war_.force(f))].where,
                    fmt::format("`{}` has no fighters on the first day, {}: its rows in forces.csv begin on {}",
                                war_.actors[at(actor)].id, format_date(war_.start), format_date(begin)),
                    "give its strength of the first day or before, or let it arrive by an intervention");
    }
  }
}

void Reader::warn_of_holders() {
  if (spells_.empty()) {
    return;
  }
  std::vector<bool> is_held(war_.places.size(), false);
  std::vector<const Spell*> next(war_.places.size(), nullptr);
  for (const Spell& each : spells_) {  // sorted by place and first day
    const std::size_t p = at(each.spell.place);
    is_held[p] = is_held[p] || (each.spell.from <= war_.start && war_.start <= each.spell.to);
    const bool is_next = next[p] == nullptr && each.spell.from > war_.start && each.spell.from <= war_.end;
    next[p] = is_next ? &each : next[p];
  }
  std::map<PlaceIndex, int> forces_at;
  for (int f = 0; f < static_cast<int>(war_.forces.size()); ++f) {
    const Force& force = war_.forces[at(f)];
    if (force.place != kEverywhere && force.date <= war_.start && is_positive(war_.parameters[at(war_.force(f))])) {
      forces_at.try_emplace(force.place, f);
    }
  }
  for (PlaceIndex p = 0; p < static_cast<int>(war_.places.size()); ++p) {
    const std::string& id = war_.places[at(p)].id;
    if (is_held[at(p)]) {
      continue;
    }
    if (const Spell* spell = next[at(p)]; spell != nullptr) {
      const Day late = spell->spell.from - war_.start;
      warnings_.add(spell->where,
                    fmt::format("nobody holds `{}` on the first day, {}: this spell begins {} {} later", id,
                                format_date(war_.start), late, late == 1 ? "day" : "days"),
                    "say who holds it on the first day; none and contested are answers, too");
    } else if (const auto found = forces_at.find(p); found != forces_at.end()) {
      warnings_.add(war_.parameters[at(war_.force(found->second))].where,
                    fmt::format("forces of `{}` at `{}`, which nobody holds on the first day, {}",
                                war_.actors[at(war_.forces[at(found->second)].actor)].id, id, format_date(war_.start)),
                    "say in control.csv who holds it; none and contested are answers, too");
    }
  }
}

void Reader::warn_of_distances() {
  for (std::size_t l = 0; l < war_.links.size(); ++l) {
    const Parameter& road = war_.parameters[at(war_.link(static_cast<int>(l), LinkParameter::road_km))];
    if (!road.is_given) {
      continue;
    }
    const Place& a = war_.places[at(war_.links[l].a)];
    const Place& b = war_.places[at(war_.links[l].b)];
    const double air_km = geodesic_km(a.latitude, a.longitude, b.latitude, b.longitude);
    const double longest = checked_greatest(road.distribution);
    const double shortest = checked_least(road.distribution);
    const std::string coordinates = "look at latitude and longitude of both, and at road_km";
    if (air_km > kFarFactor * longest + kFarKm || shortest > kFarFactor * air_km + kFarKm) {
      warnings_.add(road.where,
                    fmt::format("the coordinates put `{}` and `{}` {:.0f} km apart, their road is {} km long", a.id,
                                b.id, air_km, to_string(road.distribution)),
                    coordinates);
    } else if (longest < air_km * (1 - kSlackShare) - kSlackKm) {
      warnings_.add(road.where,
                    fmt::format("the road from `{}` to `{}` is {} km long, the air line {:.0f} km", a.id, b.id,
                                to_string(road.distribution), air_km),
                    coordinates);
    }
  }
}

void Reader::warn_of_positions() {
  const auto position = [&](int seat) -> const Parameter& {
    return war_.parameters[at(war_.position(seat, PositionParameter::position))];
  };
  std::vector<int> seats;
  for (int s = 0; s < static_cast<int>(war_.seats.size()); ++s) {
    if (position(s).distribution.is_value()) {
      seats.push_back(s);
    }
  }
  const auto key = [&](int seat) { return std::pair(war_.seats[at(seat)].issue, position(seat).distribution.a); };
  std::stable_sort(seats.begin(), seats.end(), [&](int s, int t) { return key(s) < key(t); });
  for (std::size_t i = 1; i < seats.size(); ++i) {
    const auto [issue, x] = key(seats[i - 1]);
    const auto [same_issue, y] = key(seats[i]);
    if (issue == same_issue && x < y && y - x <= kRounding * std::max(std::abs(x), std::abs(y))) {
      const auto actor = [&](int seat) { return war_.actors[at(war_.seats[at(seat)].actor)].id; };
      warnings_.add(std::max(position(seats[i - 1]).where, position(seats[i]).where,
                             [](const Location& p, const Location& q) { return p.line < q.line; }),
                    fmt::format("`{}` and `{}` differ on `{}` by rounding alone: {} and {}", actor(seats[i - 1]),
                                actor(seats[i]), war_.issues[at(issue)], x, y),
                    "write the same digits for the same position");
    }
  }
}

void Reader::warn() {
  find_changed();
  warn_of_actors();
  warn_of_late_forces();
  warn_of_holders();
  warn_of_distances();
  warn_of_positions();
  warn_of_draws();
  warn_of_dead_numbers(war_, is_changed_, warnings_);
}

}  // namespace truel::scenario
