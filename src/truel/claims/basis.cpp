#include "truel/claims/basis.hpp"

#include <algorithm>
#include <span>

#include "truel/base/index.hpp"
#include "truel/model/basis.hpp"
#include "truel/model/intervention_numbers.hpp"

namespace truel::claims {
namespace {

const ParameterInfo* find_in(std::span<const ParameterInfo> infos, std::string_view name) {
  const auto found = std::find_if(infos.begin(), infos.end(), [&](const ParameterInfo& i) { return i.name == name; });
  return found == infos.end() ? nullptr : &*found;
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
    const std::string_view column = path.substr(path.rfind('.') + 1);
    if (column == "date") {
      return "days since 1970-01-01";
    }
    if (const ParameterInfo* info = find_in(kInterventionNumbers, column); column != "value") {
      return info->unit;
    }
    const Intervention& intervention = *std::find_if(war.interventions.begin(), war.interventions.end(),
                                                     [&](const Intervention& i) { return i.value == parameter; });
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
  std::vector<Basis> parts;
  for (const BasisPart& part : basis_parts(basis)) {
    // Asked of every number of a page: claims are gone through only where a part names one.
    const auto claim = part.kind != BasisKind::claim ? war.claims.end()
                                                     : std::find_if(war.claims.begin(), war.claims.end(),
                                                                    [&](const Claim& c) { return c.id == part.id; });
    if (part.kind == BasisKind::assumed) {
      parts.push_back({"assumed", "", std::string(part.text)});
    } else if (part.kind == BasisKind::source) {
      parts.push_back({"source", std::string(part.id), std::string(part.rest)});
    } else if (claim != war.claims.end()) {
      parts.push_back({"claim", claim->id, claim->statement});
    } else {
      parts.push_back({"default", "", std::string(part.text)});
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

}  // namespace truel::claims
