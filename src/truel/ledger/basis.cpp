#include "truel/ledger/basis.hpp"

#include <algorithm>
#include <span>

#include "truel/base/index.hpp"

namespace truel::ledger {
namespace {

const ParameterInfo* find_in(std::span<const ParameterInfo> infos, std::string_view name) {
  const auto found = std::find_if(infos.begin(), infos.end(), [&](const ParameterInfo& i) { return i.name == name; });
  return found == infos.end() ? nullptr : &*found;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

const ParameterInfo* info_of(const War& war, int parameter) {
  const std::string_view path = war.parameters[at(parameter)].path;
  const std::string_view table = path.substr(0, path.find('.'));
  const std::string_view column = path.substr(path.rfind('.') + 1);
  if (table == "actors") {
    return find_in(actor_parameters(), column);
  }
  if (table == "commands") {
    return find_in(command_parameters(), column);
  }
  if (table == "places") {
    return find_in(place_parameters(), column);
  }
  if (table == "links") {
    return find_in(link_parameters(), column);
  }
  if (table == "ties") {
    return find_in(tie_parameters(), column);
  }
  if (table == "sponsors") {
    return find_in(sponsor_parameters(), column);
  }
  if (table == "positions") {
    return find_in(position_parameters(), column);
  }
  if (table == "forces" || table == "support" || table == "interventions") {
    return nullptr;
  }
  constexpr std::string_view terrain = "scenario.terrain.";
  return path.starts_with(terrain) ? find_in(terrain_parameters(), column)
                                   : find_in(law_parameters(), path.substr(path.find('.') + 1));
}

std::string_view unit_of(const War& war, int parameter) {
  const std::string_view path = war.parameters[at(parameter)].path;
  if (path.starts_with("forces.")) {
    return "fighters";
  }
  if (path.starts_with("support.")) {
    return "share";
  }
  if (path.starts_with("interventions.")) {
    if (path.ends_with(".compliance")) {
      return "share";
    }
    const Intervention& intervention = war.interventions[at(parameter - war.intervention(0))];
    if (intervention.action == InterventionAction::realign) {
      return "alignment";
    }
    const bool is_set = intervention.action == InterventionAction::set && intervention.target != kNone;
    return is_set ? unit_of(war, intervention.target) : "fighters";
  }
  const ParameterInfo* info = info_of(war, parameter);
  return info == nullptr ? std::string_view{} : info->unit;
}

std::vector<Basis> resolve_basis(const War& war, std::string_view basis) {
  constexpr std::string_view outside = "source:";
  std::vector<Basis> parts;
  while (!basis.empty()) {
    const auto semicolon = basis.find(';');
    const std::string_view part = trimmed(basis.substr(0, semicolon));
    basis = semicolon == std::string_view::npos ? std::string_view{} : basis.substr(semicolon + 1);
    if (part.empty()) {
      continue;
    }
    if (part.starts_with("assumed:")) {
      parts.push_back({"assumed", "", std::string(part)});
    } else if (part.starts_with(outside)) {
      const std::string_view rest = part.substr(outside.size());
      const auto space = rest.find_first_of(" \t");
      parts.push_back(
          {"source", std::string(rest.substr(0, space)),
           std::string(space == std::string_view::npos ? std::string_view{} : trimmed(rest.substr(space)))});
    } else if (const auto claim =
                   std::find_if(war.claims.begin(), war.claims.end(), [&](const Claim& c) { return c.id == part; });
               claim != war.claims.end()) {
      parts.push_back({"claim", claim->id, claim->statement});
    } else {
      parts.push_back({"default", "", std::string(part)});
    }
  }
  if (parts.empty()) {
    parts.push_back({"default", "", "default"});
  }
  return parts;
}

bool is_evidence(const War& war, int parameter) {
  const Parameter& p = war.parameters[at(parameter)];
  if (const std::string_view unit = unit_of(war, parameter); !p.is_given || unit == "switch" || unit == "choice") {
    return false;
  }
  const int n = static_cast<int>(war.actors.size());
  if (n == 0 || !p.path.starts_with("ties.") || !p.path.ends_with(".alignment")) {
    return true;
  }
  const int pair = (parameter - war.tie(0, 0, TieParameter::alignment)) / static_cast<int>(tie_parameters().size());
  return pair / n <= pair % n;
}

}  // namespace truel::ledger
