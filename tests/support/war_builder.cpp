#include "support/war_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "truel/base/index.hpp"
#include "truel/laws/derived.hpp"

namespace truel::test {
namespace {

template <class Thing>
int index_of(const std::vector<Thing>& things, std::string_view id) {
  const auto found = std::find_if(things.begin(), things.end(), [&](const Thing& thing) { return thing.id == id; });
  TRUEL_CHECK(found != things.end());
  return static_cast<int>(found - things.begin());
}

}  // namespace

WarBuilder::WarBuilder(int days) {
  war_.start = kFirstDay;
  war_.end = kFirstDay + days;
  war_.decision_interval_days = days + 1;
  war_.default_alignment = -1;
  set("scenario.laws.fire.on", 1);
}

WarBuilder& WarBuilder::decide_every(int days) {
  war_.decision_interval_days = days;
  return *this;
}

WarBuilder& WarBuilder::default_alignment(double alignment) {
  war_.default_alignment = alignment;
  return *this;
}

WarBuilder& WarBuilder::add_actor(const std::string& id, const std::string& command, ActorKind kind) {
  const std::string& name = command.empty() ? id : command;
  auto& commands = war_.commands;
  const auto is_it = [&](const Command& c) { return c.id == name; };
  if (std::none_of(commands.begin(), commands.end(), is_it)) {
    Command& added = commands.emplace_back();
    added.id = added.name = name;
  }
  Actor& added = war_.actors.emplace_back();
  added.id = added.name = id;
  added.kind = kind;
  added.command = index_of(commands, name);
  return *this;
}

WarBuilder& WarBuilder::ground(const std::string& id, const std::string& command) {
  return add_actor(id, command, ActorKind::ground);
}

WarBuilder& WarBuilder::air(const std::string& id, const std::string& command) {
  return add_actor(id, command, ActorKind::air);
}

WarBuilder& WarBuilder::doctrine(const std::string& id, Doctrine doctrine) {
  return set("commands." + id + ".doctrine", static_cast<double>(doctrine));
}

WarBuilder& WarBuilder::place(const std::string& id, const std::string& controller) {
  Place& added = war_.places.emplace_back();
  added.id = added.name = id;
  if (!controller.empty()) {
    war_.control.push_back({.place = static_cast<int>(war_.places.size()) - 1,
                            .from = war_.start,
                            .to = war_.end,
                            .controller = actor(controller)});
  }
  return *this;
}

int WarBuilder::terrain_number(const std::string& id) {
  if (id.empty()) {
    return kNone;
  }
  auto& terrains = war_.terrains;
  const auto found = std::find(terrains.begin(), terrains.end(), id);
  if (found != terrains.end()) {
    return static_cast<int>(found - terrains.begin());
  }
  terrains.push_back(id);
  return static_cast<int>(terrains.size()) - 1;
}

WarBuilder& WarBuilder::terrain(const std::string& place, const std::string& terrain) {
  war_.places[at(at_place(place))].terrain = terrain_number(terrain);
  return *this;
}

WarBuilder& WarBuilder::country(const std::string& place, const std::string& name) {
  war_.places[at(at_place(place))].country = name;
  return *this;
}

WarBuilder& WarBuilder::entry(const std::string& place) {
  war_.places[at(at_place(place))].is_entry = true;
  return *this;
}

WarBuilder& WarBuilder::city(const std::string& place, int number) {
  war_.places[at(at_place(place))].city = number;
  return *this;
}

WarBuilder& WarBuilder::road(const std::string& a, const std::string& b, double km, const std::string& terrain) {
  war_.links.push_back({.a = at_place(a), .b = at_place(b), .terrain = terrain_number(terrain), .road = ""});
  return set("links." + a + "." + b + ".road_km", km);
}

WarBuilder& WarBuilder::force(const std::string& who, const std::string& place, double fighters) {
  for (const Force& other : war_.forces) {
    TRUEL_CHECK(other.actor != actor(who) || other.place != at_place(place));  // only one of two would hold
  }
  war_.forces.push_back({.actor = actor(who), .place = at_place(place), .date = war_.start});
  force_values_.push_back(fighters);
  return *this;
}

WarBuilder& WarBuilder::support(const std::string& who, const std::string& place, double share) {
  war_.support.push_back({.actor = actor(who), .place = at_place(place), .date = war_.start});
  support_values_.push_back(share);
  return *this;
}

WarBuilder& WarBuilder::sponsor(const std::string& recipient, const std::string& sponsor, int from, int to) {
  war_.sponsors.push_back(
      {.recipient = actor(recipient), .sponsor = sponsor, .from = war_.start + from, .to = war_.start + to});
  return *this;
}

void WarBuilder::intervene(int day, InterventionAction action, const std::string& who, const std::string& place,
                           double value) {
  war_.interventions.push_back({.id = fmt::format("change{}", war_.interventions.size()),
                                .date = war_.start + day,
                                .action = action,
                                .actor = who.empty() ? kNone : actor(who),
                                .place = place.empty() ? kNone : at_place(place),
                                .note = ""});
  intervention_values_.push_back(value);
}

WarBuilder& WarBuilder::change(int day, const std::string& path, double value) {
  change_paths_[static_cast<int>(war_.interventions.size())] = path;
  intervene(day, InterventionAction::set, "", "", value);
  return *this;
}

WarBuilder& WarBuilder::ending(double per_day) {
  return set(fmt::format("interventions.change{}.ends_per_day", war_.interventions.size() - 1), per_day);
}

WarBuilder& WarBuilder::ending_with(int change) {
  war_.interventions.back().ends_with = war_.interventions.at(at(change)).id;
  return *this;
}

WarBuilder& WarBuilder::only_with(int change) {
  war_.interventions.back().only_with = war_.interventions.at(at(change)).id;
  return *this;
}

WarBuilder& WarBuilder::hold(const std::string& path, double value) {
  for (const auto& [row, changed] : change_paths_) {
    if (changed == path) {
      intervention_values_[at(row)] = value;
    }
  }
  return set(path, value);
}

WarBuilder& WarBuilder::arrive(int day, const std::string& who, const std::string& place, double fighters) {
  intervene(day, InterventionAction::arrive, who, place, fighters);
  return *this;
}

WarBuilder& WarBuilder::leave(int day, const std::string& who, const std::string& place, double fighters) {
  intervene(day, InterventionAction::leave, who, place, fighters);
  return *this;
}

WarBuilder& WarBuilder::turn(int day, InterventionAction action, const std::string& who, const std::string& other,
                             double compliance, const std::string& dissenters, double value) {
  compliance_[static_cast<int>(war_.interventions.size())] = compliance;
  intervene(day, action, who, "", value);
  war_.interventions.back().other = actor(other);
  war_.interventions.back().dissenters = dissenters.empty() ? kNone : actor(dissenters);
  return *this;
}

WarBuilder& WarBuilder::seat(const std::string& who, const std::string& issue, double position, double salience) {
  auto& issues = war_.issues;
  if (std::find(issues.begin(), issues.end(), issue) == issues.end()) {
    issues.push_back(issue);
  }
  const auto number = static_cast<IssueIndex>(std::find(issues.begin(), issues.end(), issue) - issues.begin());
  const Seat added{.actor = actor(who), .issue = number};
  const auto key = [](const Seat& s) { return std::pair(s.actor, s.issue); };
  war_.seats.insert(std::upper_bound(war_.seats.begin(), war_.seats.end(), added,
                                     [&](const Seat& x, const Seat& y) { return key(x) < key(y); }),
                    added);
  const std::string path = "positions." + who + "." + issue;
  return set(path + ".position", position).set(path + ".salience", salience);
}

WarBuilder& WarBuilder::align(const std::string& a, const std::string& b, double alignment) {
  const bool in_order = actor(a) < actor(b);
  return set("ties." + (in_order ? a : b) + "." + (in_order ? b : a) + ".alignment", alignment);
}

WarBuilder& WarBuilder::set(const std::string& path, double value) {
  return set(path, Distribution{.a = value});
}

WarBuilder& WarBuilder::set(const std::string& path, const Distribution& distribution) {
  settings_.emplace_back(path, distribution);
  return *this;
}

/// The path of an alignment with the actor of the smaller number first; any other path as it is.
std::string WarBuilder::canonical(const std::string& path) const {
  constexpr std::string_view kBefore = "ties.";
  constexpr std::string_view kAfter = ".alignment";
  if (!path.starts_with(kBefore) || !path.ends_with(kAfter)) {
    return path;
  }
  const std::size_t dot = path.find('.', kBefore.size());
  const std::string a = path.substr(kBefore.size(), dot - kBefore.size());
  const std::string b = path.substr(dot + 1, path.size() - kAfter.size() - dot - 1);
  return actor(a) < actor(b) ? path : fmt::format("{}{}.{}{}", kBefore, b, a, kAfter);
}

WarBuilder WarBuilder::renumbered() const {
  WarBuilder other = *this;
  War& war = other.war_;
  const auto turn = [](auto& index, const auto& things) {
    if (index >= 0) {
      index = static_cast<int>(things.size()) - 1 - index;
    }
  };
  std::reverse(war.actors.begin(), war.actors.end());
  std::reverse(war.commands.begin(), war.commands.end());
  std::reverse(war.places.begin(), war.places.end());
  for (Actor& actor : war.actors) {
    turn(actor.command, war.commands);
  }
  for (Link& link : war.links) {
    turn(link.a, war.places);
    turn(link.b, war.places);
  }
  for (ControlSpell& spell : war.control) {
    turn(spell.place, war.places);
    turn(spell.controller, war.actors);
  }
  for (Force& force : war.forces) {
    turn(force.actor, war.actors);
    turn(force.place, war.places);
  }
  for (SupportRow& row : war.support) {
    turn(row.actor, war.actors);
    turn(row.place, war.places);
  }
  for (Sponsor& sponsor : war.sponsors) {
    turn(sponsor.recipient, war.actors);
  }
  for (Seat& seat : war.seats) {
    turn(seat.actor, war.actors);
  }
  for (Intervention& i : war.interventions) {
    turn(i.place, war.places);
    for (ActorIndex* actor : {&i.actor, &i.other, &i.dissenters}) {
      turn(*actor, war.actors);
    }
  }
  for (auto& [path, distribution] : other.settings_) {
    path = other.canonical(path);
  }
  for (auto& [row, path] : other.change_paths_) {
    path = other.canonical(path);
  }
  return other;
}

ActorIndex WarBuilder::actor(std::string_view id) const {
  return index_of(war_.actors, id);
}
CommandIndex WarBuilder::command(std::string_view id) const {
  return index_of(war_.commands, id);
}
PlaceIndex WarBuilder::at_place(std::string_view id) const {
  return id == "*" ? kEverywhere : index_of(war_.places, id);
}

std::shared_ptr<const War> WarBuilder::build() const {
  auto war = std::make_shared<War>(war_);
  war->lay_out_parameters();
  std::unordered_map<std::string_view, std::size_t> by_path;
  for (std::size_t i = 0; i < war->parameters.size(); ++i) {
    by_path.emplace(war->parameters[i].path, i);
  }
  for (const auto& [path, distribution] : settings_) {
    TRUEL_CHECK(by_path.contains(path));
    Parameter& parameter = war->parameters[by_path[path]];
    parameter.distribution = distribution;
    parameter.is_given = true;
    parameter.varies_in_package = !distribution.is_value();
  }
  for (std::size_t i = 0; i < force_values_.size(); ++i) {
    war->parameters[at(war->force(static_cast<int>(i)))].distribution.a = force_values_[i];
  }
  for (std::size_t i = 0; i < support_values_.size(); ++i) {
    war->parameters[at(war->support_row(static_cast<int>(i)))].distribution.a = support_values_[i];
  }
  for (std::size_t i = 0; i < intervention_values_.size(); ++i) {
    const int row = static_cast<int>(i);
    war->parameters[at(war->intervention(row))].distribution.a = intervention_values_[i];
    if (const auto change = change_paths_.find(row); change != change_paths_.end()) {
      TRUEL_CHECK(by_path.contains(change->second));
      war->interventions[i].target = static_cast<int>(by_path[change->second]);
    }
  }
  for (const auto& [row, compliance] : compliance_) {
    war->parameters[at(war->interventions[at(row)].compliance)].distribution.a = compliance;
  }
  // Dated changes are in the order of their dates, as the reader leaves them. Each keeps its value.
  TRUEL_CHECK(std::is_sorted(war->interventions.begin(), war->interventions.end(),
                             [](const Intervention& x, const Intervention& y) { return x.date < y.date; }));
  return war;
}

CompiledModel WarBuilder::compile() const {
  auto model = truel::compile(build());
  TRUEL_CHECK(model.has_value());
  return std::move(model.value());
}

}  // namespace truel::test
