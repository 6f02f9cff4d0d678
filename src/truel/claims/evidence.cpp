#include "truel/claims/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/formats/did_you_mean.hpp"
#include "truel/base/index.hpp"
#include "truel/claims/basis.hpp"
#include "truel/model/path_hints.hpp"

namespace truel::claims {
namespace {

bool is_below(std::string_view path, std::string_view beginning) {
  return path.starts_with(beginning) && (path.size() == beginning.size() || path[beginning.size()] == '.');
}

Diagnostic unknown(std::string_view what, std::string_view text, const std::vector<std::string>& known,
                   std::string otherwise) {
  return {{}, fmt::format("unknown {} `{}`", what, text), did_you_mean(text, known, std::move(otherwise))};
}

/// Ids by the lower-case names that they may be called by.
struct Names {
  std::unordered_map<std::string, std::string> id_of;
  std::vector<std::string> ids;

  void add(const std::string& id, std::string_view name) {
    id_of.try_emplace(lower_case(id), id);
    id_of.try_emplace(lower_case(name), id);
    ids.push_back(id);
  }
  void add_aliases(const War& war) {
    const std::set<std::string> known(ids.begin(), ids.end());
    for (const Alias& alias : war.aliases) {
      if (known.contains(alias.id)) {
        id_of.try_emplace(lower_case(alias.name), alias.id);
      }
    }
  }
  const std::string* find(std::string_view text) const {
    const auto found = id_of.find(lower_case(text));
    return found == id_of.end() ? nullptr : &found->second;
  }
};

Names party_names(const War& war) {
  Names names;
  for (const Actor& actor : war.actors) {
    names.add(actor.id, actor.name);
  }
  for (const Command& command : war.commands) {
    names.add(command.id, command.name);
  }
  for (const Sponsor& sponsor : war.sponsors) {
    names.add(sponsor.sponsor, sponsor.sponsor);
  }
  names.add_aliases(war);
  return names;
}

Names place_names(const War& war) {
  Names names;
  for (const Place& place : war.places) {
    names.add(place.id, place.name);
  }
  names.add_aliases(war);
  return names;
}

/// The id itself, the command of the actor, the members of the command.
std::set<std::string> kin(const War& war, const std::string& id) {
  std::set<std::string> ids{id};
  for (const Actor& actor : war.actors) {
    const std::string& command = war.commands[at(actor.command)].id;
    if (actor.id == id) {
      ids.insert(command);
    }
    if (command == id) {
      ids.insert(actor.id);
    }
  }
  return ids;
}

std::set<std::string> parts_of_city(const War& war, const std::string& id) {
  std::set<std::string> ids{id};
  const auto found = std::find_if(war.places.begin(), war.places.end(), [&](const Place& p) { return p.id == id; });
  if (found != war.places.end() && found->city != kNone) {
    for (const Place& place : war.places) {
      if (place.city == found->city) {
        ids.insert(place.id);
      }
    }
  }
  return ids;
}

/// The path under which the war keeps a road or an alignment that is named from its other end.
std::string turned(std::string_view path) {
  const bool is_road = path.starts_with("links.");
  const bool is_alignment = path.starts_with("ties.") && path.ends_with(".alignment");
  const auto first = path.find('.');
  const auto second = first == std::string_view::npos ? first : path.find('.', first + 1);
  const auto third = second == std::string_view::npos ? second : path.find('.', second + 1);
  if (!(is_road || is_alignment) || second == std::string_view::npos) {
    return std::string(path);
  }
  return fmt::format("{}.{}.{}{}", path.substr(0, first), path.substr(second + 1, third - second - 1),
                     path.substr(first + 1, second - first - 1),
                     third == std::string_view::npos ? std::string_view{} : path.substr(third));
}

}  // namespace

Evidence::Evidence(const War& war) : war_(war), rests_on_(war.claims.size()) {
  for (std::size_t c = 0; c < war.claims.size(); ++c) {
    claim_index_.emplace(war.claims[c].id, static_cast<int>(c));
  }
  for (int p = 0; p < static_cast<int>(war.parameters.size()); ++p) {
    if (is_evidence(war, p)) {
      const Parameter& parameter = war.parameters[at(p)];
      numbers_.push_back({p, kNone, parameter.distribution, parameter.basis, parameter.where});
    }
  }
  for (int a = 0; a < static_cast<int>(war.accounts.size()); ++a) {
    for (const AccountSetting& setting : war.accounts[at(a)].settings) {
      numbers_.push_back({setting.target, a, setting.distribution, setting.basis, setting.where});
    }
  }
  for (int n = 0; n < static_cast<int>(numbers_.size()); ++n) {
    for (const Basis& part : resolve_basis(war, numbers_[at(n)].basis)) {
      if (const int c = part.kind == "claim" ? claim(part.id) : kNone;
          c != kNone && (rests_on_[at(c)].empty() || rests_on_[at(c)].back() != n)) {
        rests_on_[at(c)].push_back(n);
      }
    }
  }
}

int Evidence::claim(std::string_view id) const {
  const auto found = claim_index_.find(id);
  return found == claim_index_.end() ? kNone : found->second;
}

Result<std::vector<Number>> numbers_at(const Evidence& evidence, std::string_view path) {
  const War& war = evidence.war();
  std::string other_end = turned(path);
  const bool is_known_turned = war.find_parameter(other_end) != kNone;
  // Of the two paths of an alignment only the one that is_evidence counts; of the two of a road one exists.
  std::string_view wanted = path;
  const int direct = war.find_parameter(path);
  const bool is_second = direct != kNone && is_known_turned && other_end != path && !is_evidence(war, direct) &&
                         is_evidence(war, war.find_parameter(other_end));
  if (is_second || (direct == kNone && is_known_turned)) {
    wanted = other_end;
  }
  std::vector<Number> found;
  const PathIndex index(war);
  if (index.find(path) == kNone && index.may_name_many(path)) {
    std::size_t cost = 0;
    const std::vector<int> named = index.named(path, cost);
    for (const Number& number : evidence.numbers()) {
      if (std::binary_search(named.begin(), named.end(), number.parameter)) {
        found.push_back(number);
      }
    }
    if (found.empty() && !named.empty()) {
      return Diagnostic{{},
                        fmt::format("none of the {} numbers that `{}` names is given", named.size(), path),
                        "name one of them: its default"};
    }
    if (found.empty()) {
      return PathHints(war, index).fault_of_many(path);
    }
    return found;
  }
  for (const Number& number : evidence.numbers()) {
    if (is_below(war.parameters[at(number.parameter)].path, wanted)) {
      found.push_back(number);
    }
  }
  const bool has_own = std::any_of(found.begin(), found.end(), [](const Number& n) { return n.account == kNone; });
  if (const int exact = war.find_parameter(wanted); exact != kNone && !has_own) {
    const Parameter& parameter = war.parameters[at(exact)];
    found.insert(found.begin(), {exact, kNone, parameter.distribution, parameter.basis, parameter.where});
  }
  if (!found.empty()) {
    return found;
  }
  const bool is_beginning = std::any_of(war.parameters.begin(), war.parameters.end(),
                                        [&](const Parameter& p) { return is_below(p.path, path); });
  return is_beginning ? Diagnostic{{},
                                   fmt::format("no number is given below `{}`", path),
                                   "name one of its numbers: its default"}
                      : PathHints(war, index).fault_of(path);
}

Result<std::vector<int>> select(const Evidence& evidence, const Filter& filter) {
  const War& war = evidence.war();
  Diagnostics faults;
  std::set<std::string> parties;
  std::set<std::string> places;
  if (!filter.source.empty()) {
    const std::vector<std::string> known = ids_of(war.sources);
    if (std::find(known.begin(), known.end(), filter.source) == known.end()) {
      faults.push_back(unknown("source", filter.source, known, "sources.json lists the sources"));
    }
  }
  if (!filter.actor.empty()) {
    const Names names = party_names(war);
    if (const std::string* id = names.find(filter.actor)) {
      parties = kin(war, *id);
    } else {
      faults.push_back(
          unknown("actor", filter.actor, names.ids, "actors.csv, commands.csv and sponsors.csv list them"));
    }
  }
  if (!filter.place.empty()) {
    const Names names = place_names(war);
    if (const std::string* id = names.find(filter.place)) {
      places = parts_of_city(war, *id);
    } else {
      faults.push_back(unknown("place", filter.place, names.ids, "places.csv lists the places"));
    }
  }
  std::set<int> behind;
  if (!filter.parameter.empty()) {
    const auto numbers = numbers_at(evidence, filter.parameter);
    if (!numbers) {
      numbers.add_error_to(faults);
    } else {
      for (const Number& number : *numbers) {
        for (const Basis& part : resolve_basis(war, number.basis)) {
          if (part.kind == "claim") {
            behind.insert(evidence.claim(part.id));
          }
        }
      }
    }
  }
  if (!faults.empty()) {
    return faults;
  }
  std::vector<int> selected;
  for (int c = 0; c < static_cast<int>(war.claims.size()); ++c) {
    const Claim& claim = war.claims[at(c)];
    if ((filter.source.empty() || claim.source == filter.source) &&
        (filter.actor.empty() || parties.contains(claim.subject) || parties.contains(claim.object)) &&
        (filter.place.empty() || places.contains(claim.place)) && (filter.parameter.empty() || behind.contains(c))) {
      selected.push_back(c);
    }
  }
  return selected;
}

}  // namespace truel::claims
