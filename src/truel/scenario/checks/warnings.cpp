// What is no mistake and yet can hardly be meant. Rules look at everything a package says, its accounts, dated changes
// and checks too: what any of them uses is meant.
#include "truel/scenario/checks/warnings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "truel/base/geodesic.hpp"
#include "truel/base/index.hpp"
#include "truel/model/distributions/truncated.hpp"
#include "truel/model/intervention_numbers.hpp"
#include "truel/model/latest_rows.hpp"
#include "truel/model/long_war.hpp"
#include "truel/scenario/checks/dead_numbers.hpp"
#include "truel/scenario/checks/dead_settings.hpp"
#include "truel/scenario/reading/paths.hpp"

namespace truel::scenario {
namespace {

// Lengths of roads are rounded and read off maps, and a place is a point where a town is not.
constexpr double kSlackShare = 0.1;
constexpr double kSlackKm = 3;
/// A road that is so much shorter or longer than the air line says that a coordinate is wrong, not the road.
constexpr double kFarFactor = 5;
constexpr double kFarKm = 30;

/// A fighter who kills more than one enemy a day ends any war within days.
constexpr double kDeadlyRate = 1;

constexpr double kRounding = 1e-9;

bool is_positive(const Parameter& p) {
  return checked_greatest(p.distribution) > 0;  // not of NaN
}

/// [parameter] whether a dated change or a check sets it, or an account that is asked for.
std::vector<bool> changed_numbers(Context& in, bool with_accounts) {
  std::vector<bool> is_changed(in.war.parameters.size(), false);
  const auto mark = [&](int parameter) {
    if (parameter != kNone) {
      is_changed[at(parameter)] = true;
    }
  };
  const auto mark_all = [&](const CheckRun& run) {
    for (const std::string& setting : run.settings) {
      for (const int number : in.paths.index->named(path_of_setting(setting), in.paths.n_looked_at)) {
        mark(number);
      }
    }
    if (run.cases) {
      for (const auto& [path, column] : run.cases->columns) {
        mark(find_path(in, path));
      }
    }
  };
  for (const Account& account : in.war.accounts) {
    for (const AccountSetting& setting : account.settings) {
      if (with_accounts) {
        mark(setting.target);
      }
    }
  }
  for (const Intervention& change : in.war.interventions) {
    mark(change.target);
  }
  for (const Check& check : in.war.checks) {
    mark_all(check.run);
    if (check.against) {
      mark_all(*check.against);
    }
  }
  return is_changed;
}

/// What may happen in the war, whatever account is run.
struct PossibleWar {
  const War& war;
  std::vector<bool> is_changed;  ///< [parameter]

  bool may_be_positive(int parameter) const {
    return is_positive(war.parameters[at(parameter)]) || is_changed[at(parameter)];
  }

  /// Whether a law that may do this may be switched on.
  bool may_be_on(LawEffect effect) const {
    const std::vector<LawParameter> switches = switches_of(effect);
    return std::any_of(switches.begin(), switches.end(), [&](LawParameter on) { return may_be_positive(war.law(on)); });
  }

  bool may_gain_fighters(ActorIndex a) const {
    if (may_be_on(LawEffect::brings_men) || std::any_of(kRecruits.begin(), kRecruits.end(), [&](auto& recruits) {
          return may_be_positive(war.actor(a, recruits.number));
        })) {
      return true;
    }
    for (ActorIndex b = 0; b < static_cast<int>(war.actors.size()); ++b) {
      if (b != a && may_be_positive(war.tie(b, a, TieParameter::defection_per_day))) {
        return true;
      }
    }
    return std::any_of(war.interventions.begin(), war.interventions.end(), [&](const Intervention& change) {
      return (change.action == InterventionAction::arrive && change.actor == a) || change.dissenters == a ||
             (change.action == InterventionAction::merge && change.other == a);
    });
  }

  bool may_be_friends(ActorIndex a, ActorIndex b) const {
    const int alignment = war.alignment(a, b);
    const int threshold = war.law(LawParameter::ally_threshold);
    const double stated = checked_greatest(war.parameters[at(alignment)].distribution);
    const double most = std::isnan(stated) ? war.unstated_alignment(a, b) : stated;
    return most >= checked_least(war.parameters[at(threshold)].distribution) || is_changed[at(alignment)] ||
           is_changed[at(threshold)];
  }

  bool may_be_enemies(ActorIndex a, ActorIndex b) const {
    const int alignment = war.alignment(a, b);
    const int threshold = war.law(LawParameter::enemy_threshold);
    const Parameter& given = war.parameters[at(alignment)];
    const double stated = checked_least(given.distribution);
    const double least = std::isnan(stated) ? war.unstated_alignment(a, b) : stated;
    return least <= checked_greatest(war.parameters[at(threshold)].distribution) || is_changed[at(alignment)] ||
           is_changed[at(threshold)];
  }
};

void warn_of_actors(Context& in, const PossibleWar& possible) {
  const int n_actors = static_cast<int>(in.war.actors.size());
  const bool is_fought =
      possible.may_be_positive(in.war.law(law_parameter("laws.operations.on"))) || possible.may_be_on(LawEffect::kills);
  if (in.war.forces.empty() || !is_fought) {
    return;  // talks and alignments need neither fighters nor enemies
  }
  const bool may_turn = possible.may_be_on(LawEffect::turns_relations) ||
                        std::any_of(in.war.interventions.begin(), in.war.interventions.end(),
                                    [](const Intervention& change) { return is_allegiance(change.action); });
  for (ActorIndex a = 0; a < n_actors; ++a) {
    const Actor& actor = in.war.actors[at(a)];
    const bool has_seat =
        std::any_of(in.war.seats.begin(), in.war.seats.end(), [&](const Seat& seat) { return seat.actor == a; });
    const bool has_place = std::any_of(in.war.control.begin(), in.war.control.end(),
                                       [&](const ControlSpell& spell) { return spell.controller == a; });
    const bool is_air = actor.kind == ActorKind::air;
    bool has_force = is_air ? possible.may_be_positive(in.war.actor(a, ActorParameter::sorties_per_day))
                            : possible.may_gain_fighters(a);
    for (int f = 0; f < static_cast<int>(in.war.forces.size()); ++f) {
      has_force = has_force || (in.war.forces[at(f)].actor == a && possible.may_be_positive(in.war.force(f)));
    }
    if (!has_force && (may_turn || has_seat || has_place)) {
      continue;  // it is here for whom it sides with, to talk, or to own what others fight over
    }
    if (!has_force) {
      in.warnings.add(in.actors.where[at(a)], fmt::format("the actor `{}` has no forces and never gets any", actor.id),
                      is_air ? "give its sorties_per_day, or remove it" : "add a row to forces.csv, or remove it");
      continue;
    }
    bool has_enemy = may_turn || (!is_air && possible.may_be_on(LawEffect::needs_no_enemies)) || n_actors < 2;
    for (ActorIndex b = 0; b < n_actors; ++b) {
      has_enemy = has_enemy || (b != a && possible.may_be_enemies(a, b));
    }
    if (!has_enemy) {
      in.warnings.add(in.actors.where[at(a)], fmt::format("the actor `{}` has no enemy and never gets one", actor.id),
                      fmt::format("an alignment of {:g} or less makes enemies: look at ties.csv and default_alignment",
                                  in.war.parameters[at(in.war.law(LawParameter::enemy_threshold))].distribution.a));
    }
  }
}

void warn_of_late_forces(Context& in) {
  std::map<ActorIndex, int> first_row;  // by date
  for (int f = 0; f < static_cast<int>(in.war.forces.size()); ++f) {
    const auto [first, is_new] = first_row.try_emplace(in.war.forces[at(f)].actor, f);
    if (in.war.forces[at(f)].date < in.war.forces[at(first->second)].date) {
      first->second = f;
    }
  }
  for (const auto& [actor, f] : first_row) {
    const Day begin = in.war.forces[at(f)].date;
    // Men who have arrived before stand for those who are not there on the first day.
    const bool arrives =
        std::any_of(in.war.interventions.begin(), in.war.interventions.end(), [&, who = actor](const auto& c) {
          return c.action == InterventionAction::arrive && c.actor == who && c.date <= begin;
        });
    if (begin > in.war.start && !arrives) {
      in.warnings.add(in.overlay.from ? Location{"--from"} : in.war.parameters[at(in.war.force(f))].where,
                      fmt::format("`{}` has no fighters on the first day, {}: its rows in forces.csv begin on {}",
                                  in.war.actors[at(actor)].id, format_date(in.war.start), format_date(begin)),
                      "give its strength of the first day or before, or let it arrive by an intervention");
    }
  }
}

/// Strengths that contradict each other on the first day: those named at places come to more than the whole.
void warn_of_strengths_beyond_the_whole(Context& in) {
  const std::vector<int> rows = first_forces(in.war);
  std::map<ActorIndex, double> named;
  for (const int f : rows) {
    const Force& force = in.war.forces[at(f)];
    named[force.actor] += force.place == kEverywhere ? 0 : median(in.war.parameters[at(in.war.force(f))]);
  }
  for (const int f : rows) {
    const Force& force = in.war.forces[at(f)];
    const Parameter& whole = in.war.parameters[at(in.war.force(f))];
    if (force.place == kEverywhere && named[force.actor] > median(whole)) {
      in.warnings.add(
          whole.where,
          fmt::format("`{}` has {:.0f} fighters in all on the first day, {}, and {:.0f} at the places named "
                      "(medians)",
                      in.war.actors[at(force.actor)].id, median(whole), format_date(in.war.start), named[force.actor]),
          "a row with a place is a part of the whole: raise the whole, or runs begin with fewer there");
    }
  }
}

/// Fighters whom a row `*` spreads over what their side holds on the first day, where that is nothing.
void warn_of_men_without_a_place(Context& in, const PossibleWar& possible) {
  std::set<ActorIndex> holders;
  for (const ControlSpell& spell : in.war.control) {
    if (spell.controller >= 0 && spell.from <= in.war.start && in.war.start <= spell.to) {
      holders.insert(spell.controller);
    }
  }
  for (const int f : first_forces(in.war)) {
    const Force& force = in.war.forces[at(f)];
    const bool has_place = std::any_of(holders.begin(), holders.end(), [&](ActorIndex holder) {
      return holder == force.actor || possible.may_be_friends(holder, force.actor);
    });
    const Parameter& men = in.war.parameters[at(in.war.force(f))];
    if (force.place == kEverywhere && is_positive(men) && !has_place) {
      in.warnings.add(men.where,
                      fmt::format("the fighters of `{}` are spread over the places that it or its friends hold on the "
                                  "first day, and these are none: they are lost",
                                  in.war.actors[at(force.actor)].id),
                      "name a place in the row, or give the actor one in control.csv");
    }
  }
}

/// The day until which forces.csv says of most sides how strong they are as a whole (place `*`): the middle one of the
/// sides' latest rows. 0 without any.
Day last_day_of_strengths(const War& war) {
  std::vector<Day> last(war.actors.size(), 0);
  for (const Force& force : war.forces) {
    Day& own = last[at(force.actor)];
    own = force.place == kEverywhere ? std::max(own, force.date) : own;
  }
  std::erase(last, 0);
  if (last.empty()) {
    return 0;
  }
  const auto middle = last.begin() + static_cast<std::ptrdiff_t>(last.size() / 2);
  std::nth_element(last.begin(), middle, last.end());
  return *middle;
}

/// Strengths that have grown old by a first day which the user chose.
void warn_of_old_forces(Context& in) {
  constexpr int kOld = 180;  // days, after which a war has changed them
  const Day last = last_day_of_strengths(in.war);
  if (in.overlay.from && last > 0 && in.war.start - last > kOld) {
    in.warnings.add(
        {"--from"},
        fmt::format("the latest strengths of most sides in forces.csv are of {}, {} days before", format_date(last),
                    in.war.start - last),
        "add rows with later strengths, or run with --analysis, which begins with the men that the war has left");
  }
}

void warn_of_holders(Context& in) {
  if (in.spells.empty()) {
    return;
  }
  std::vector<bool> is_held(in.war.places.size(), false);
  std::vector<const Spell*> next(in.war.places.size(), nullptr);
  for (const Spell& each : in.spells) {  // sorted by place and first day
    const std::size_t p = at(each.spell.place);
    is_held[p] = is_held[p] || (each.spell.from <= in.war.start && in.war.start <= each.spell.to);
    const bool is_next = next[p] == nullptr && each.spell.from > in.war.start && each.spell.from <= in.war.end;
    next[p] = is_next ? &each : next[p];
  }
  std::map<PlaceIndex, int> forces_at;
  for (int f = 0; f < static_cast<int>(in.war.forces.size()); ++f) {
    const Force& force = in.war.forces[at(f)];
    if (force.place != kEverywhere && force.date <= in.war.start &&
        is_positive(in.war.parameters[at(in.war.force(f))])) {
      forces_at.try_emplace(force.place, f);
    }
  }
  for (PlaceIndex p = 0; p < static_cast<int>(in.war.places.size()); ++p) {
    const std::string& id = in.war.places[at(p)].id;
    if (is_held[at(p)]) {
      continue;
    }
    if (const Spell* spell = next[at(p)]; spell != nullptr) {
      const Day late = spell->spell.from - in.war.start;
      in.warnings.add(spell->where,
                      fmt::format("nobody holds `{}` on the first day, {}: this spell begins {} {} later", id,
                                  format_date(in.war.start), late, late == 1 ? "day" : "days"),
                      "say who holds it on the first day; none and contested are answers, too");
    } else if (const auto found = forces_at.find(p); found != forces_at.end()) {
      in.warnings.add(
          in.war.parameters[at(in.war.force(found->second))].where,
          fmt::format("forces of `{}` at `{}`, which nobody holds on the first day, {}",
                      in.war.actors[at(in.war.forces[at(found->second)].actor)].id, id, format_date(in.war.start)),
          "say in control.csv who holds it; none and contested are answers, too");
    }
  }
}

void warn_of_distances(Context& in) {
  for (std::size_t l = 0; l < in.war.links.size(); ++l) {
    const Parameter& road = in.war.parameters[at(in.war.link(static_cast<int>(l), LinkParameter::road_km))];
    if (!road.is_given) {
      continue;
    }
    const Place& a = in.war.places[at(in.war.links[l].a)];
    const Place& b = in.war.places[at(in.war.links[l].b)];
    const double air_km = geodesic_km(a.latitude, a.longitude, b.latitude, b.longitude);
    const double longest = checked_greatest(road.distribution);
    const double shortest = checked_least(road.distribution);
    const std::string coordinates = "look at latitude and longitude of both, and at road_km";
    if (air_km > kFarFactor * longest + kFarKm || shortest > kFarFactor * air_km + kFarKm) {
      in.warnings.add(road.where,
                      fmt::format("the coordinates put `{}` and `{}` {:.0f} km apart, their road is {} km long", a.id,
                                  b.id, air_km, to_string(road.distribution)),
                      coordinates);
    } else if (longest < air_km * (1 - kSlackShare) - kSlackKm) {
      in.warnings.add(road.where,
                      fmt::format("the road from `{}` to `{}` is {} km long, the air line {:.0f} km", a.id, b.id,
                                  to_string(road.distribution), air_km),
                      coordinates);
    }
  }
}

void warn_of_kill_rates(Context& in) {
  if (!is_long(in.war)) {
    return;
  }
  const auto look_at = [&](const Parameter& rate) {
    if (rate.is_given && median(rate) > kDeadlyRate) {
      in.warnings.add(rate.where,
                      fmt::format("kill_rate is {} a fighter and day: in the wars that come with truel at most 0.04",
                                  to_string(rate.distribution)),
                      "it is of a fighter and day, as in 2000 fighters that kill 4 a day: 0.002");
    }
  };
  const auto n = static_cast<int>(in.war.actors.size());
  for (ActorIndex a = 0; a < n; ++a) {
    look_at(in.war.parameters[at(in.war.actor(a, ActorParameter::kill_rate))]);
  }
  for (int pair = 0; pair < n * n; ++pair) {
    look_at(in.war.parameters[at(in.war.tie(pair / n, pair % n, TieParameter::kill_rate))]);
  }
}

/// Roads that the men of a command never march in one order.
struct ShortReach {
  CommandIndex command;
  int n_longer;  ///< roads that are longer than its reach_km, whatever is drawn
};

/// Commands that attack over less than half of the roads. A reach that is written is meant as long as anybody reaches
/// further: a party that only raids, a town that is to lie out of reach. 0 is one that sends nobody.
void warn_of_reach(Context& in, const PossibleWar& possible) {
  if (!possible.may_be_positive(in.war.law(law_parameter("laws.operations.on")))) {
    return;
  }
  const int n_roads = static_cast<int>(in.war.links.size());
  std::vector<ShortReach> short_reaches;
  bool reaches_anybody = false;
  for (CommandIndex c = 0; c < static_cast<int>(in.war.commands.size()); ++c) {
    const int reach = in.war.command(c, CommandParameter::reach_km);
    const bool has_men = std::any_of(in.war.actors.begin(), in.war.actors.end(), [&](const Actor& actor) {
      return actor.command == c && actor.kind == ActorKind::ground;
    });
    if (!has_men || !possible.may_be_positive(reach)) {
      continue;
    }
    int n_longer = 0;
    for (int l = 0; l < n_roads; ++l) {
      const int road = in.war.link(l, LinkParameter::road_km);
      const bool is_longer = checked_least(in.war.parameters[at(road)].distribution) >
                             checked_greatest(in.war.parameters[at(reach)].distribution);
      n_longer += is_longer && !possible.is_changed[at(road)] ? 1 : 0;
    }
    if (2 * n_longer > n_roads && !possible.is_changed[at(reach)]) {
      short_reaches.push_back({c, n_longer});
    } else {
      reaches_anybody = true;
    }
  }
  for (const auto& [c, n_longer] : short_reaches) {
    const Parameter& reach = in.war.parameters[at(in.war.command(c, CommandParameter::reach_km))];
    if (!reach.is_given || !reaches_anybody) {
      in.warnings.add(reach.is_given ? reach.where : Location{in.package.label("commands.csv")},
                      fmt::format("{} of {} roads are longer than reach_km of `{}` ({:g} km): its men do not march so "
                                  "far to attack",
                                  n_longer, n_roads, in.war.commands[at(c)].id, checked_greatest(reach.distribution)),
                      "raise reach_km in commands.csv");
    }
  }
}

void warn_of_positions(Context& in) {
  const auto position = [&](int seat) -> const Parameter& {
    return in.war.parameters[at(in.war.position(seat, PositionParameter::position))];
  };
  std::vector<int> seats;
  for (int s = 0; s < static_cast<int>(in.war.seats.size()); ++s) {
    if (position(s).distribution.is_value()) {
      seats.push_back(s);
    }
  }
  const auto key = [&](int seat) { return std::pair(in.war.seats[at(seat)].issue, position(seat).distribution.a); };
  std::stable_sort(seats.begin(), seats.end(), [&](int s, int t) { return key(s) < key(t); });
  for (std::size_t i = 1; i < seats.size(); ++i) {
    const auto [issue, x] = key(seats[i - 1]);
    const auto [same_issue, y] = key(seats[i]);
    if (issue == same_issue && x < y && y - x <= kRounding * std::max(std::abs(x), std::abs(y))) {
      const auto actor = [&](int seat) { return in.war.actors[at(in.war.seats[at(seat)].actor)].id; };
      in.warnings.add(std::max(position(seats[i - 1]).where, position(seats[i]).where,
                               [](const Location& p, const Location& q) { return p.line < q.line; }),
                      fmt::format("`{}` and `{}` differ on `{}` by rounding alone: {} and {}", actor(seats[i - 1]),
                                  actor(seats[i]), in.war.issues[at(issue)], x, y),
                      "write the same digits for the same position");
    }
  }
}

/// What an account sets for the whole war and a dated change sets anew, unless the account says something of the change
/// too, which shows that it is known there.
void warn_of_overwritten_settings(Context& in) {
  const auto may_be_on = [&](int number) { return is_positive(in.war.parameters[at(number)]); };
  for (const Account& account : in.war.accounts) {
    std::map<int, const AccountSetting*> set;
    for (const AccountSetting& setting : account.settings) {
      set.emplace(setting.target, &setting);
    }
    std::set<int> told;  // lines
    for (const Intervention& change : in.war.interventions) {
      const auto found = set.find(in.war.changed_by(change));
      if (found == set.end() || change.date > in.war.end || !happens(change, may_be_on) || set.contains(change.on) ||
          set.contains(change.value) || set.contains(change.when)) {
        continue;
      }
      const AccountSetting& setting = *found->second;
      if (is_own(account, setting) && told.insert(setting.where.line).second) {
        in.warnings.add(
            {.where = setting.where,
             .what = fmt::format("account `{}` sets {}; the dated change `{}` sets it anew on {}", account.id,
                                 setting.written.empty() ? in.war.parameters[at(setting.target)].path : setting.written,
                                 change.id, format_date(change.date)),
             .hint = fmt::format("set interventions.{}.on = false in the account too, or leave it", change.id),
             .account = account.id});
      }
    }
  }
}

void warn_of_draws(Context& in) {
  const auto is_read = [&](const PackageFile& file) {
    return std::any_of(in.war.accounts.begin(), in.war.accounts.end(),
                       [&](const Account& account) { return account.draws.file == file.name; });
  };
  for (const PackageFile& file : in.package.files) {
    if (file.name.starts_with("accounts/") && !is_account(file) && !is_read(file)) {
      in.warnings.add({in.package.label(file.name)}, "a table of draws that no account names",
                      "write draws = \"...\" in an account, or remove the file");
    }
  }
}

}  // namespace

void warn(Context& in) {
  const PossibleWar possible{in.war, changed_numbers(in, true)};
  warn_of_actors(in, possible);
  warn_of_late_forces(in);
  warn_of_strengths_beyond_the_whole(in);
  warn_of_men_without_a_place(in, possible);
  warn_of_old_forces(in);
  warn_of_holders(in);
  warn_of_distances(in);
  warn_of_kill_rates(in);
  warn_of_reach(in, possible);
  warn_of_positions(in);
  warn_of_overwritten_settings(in);
  warn_of_draws(in);
  const Readers readers(in.war);
  warn_of_dead_numbers(readers, in.war, possible.is_changed, in.warnings);
  warn_of_dead_settings(readers, in.war, possible.is_changed, changed_numbers(in, false), in.warnings);
}

}  // namespace truel::scenario
