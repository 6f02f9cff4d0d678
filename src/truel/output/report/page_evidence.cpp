#include "truel/output/report/page_evidence.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truel/claims/conflicts.hpp"
#include "truel/claims/coverage.hpp"
#include "truel/output/citation.hpp"

namespace truel::output {
namespace {

using claims::Basis;
using claims::is_evidence;
using claims::resolve_basis;
using claims::unit_of;

Json sources_of(const War& war) {
  Json list = Json::array();
  for (const Source& source : war.sources) {
    const Citation c = cite(source);
    list.push_back({{"id", source.id}, {"title", c.title}, {"author", c.author}, {"issued", c.issued}});
  }
  return list;
}

Json claims_of(const War& war) {
  return list_of(war.claims, [&](const Claim& c) -> Json {
    return {{"id", c.id},           {"source", c.source}, {"paragraph", c.paragraph},
            {"speaker", c.speaker}, {"kind", c.kind},     {"subject", c.subject},
            {"object", c.object},   {"stance", c.stance}, {"statement", c.statement},
            {"low", c.low},         {"high", c.high},     {"unit", c.unit}};
  });
}

/// Contradictions between claims, by the ids of the claims on either side.
Json conflicts_of(const claims::Evidence& evidence) {
  const War& war = evidence.war();
  const auto ids = [&](const std::vector<int>& claims) {
    return list_of(claims, [&](int c) { return war.claims[at(c)].id; });
  };
  return list_of(claims::conflicts(evidence), [&](const claims::Conflict& c) -> Json {
    return {{"statement", c.statement},    {"between_sources", c.is_between_sources},
            {"one_says", c.one_says},      {"one", ids(c.one)},
            {"other_says", c.other_says},  {"other", ids(c.other)},
            {"in_doubt", ids(c.in_doubt)}, {"numbers", c.touched.size()}};
  });
}

/// Tables in the order in which their numbers matter most to a war. Of places, roads and support, which are many, only
/// what is uncertain is shown.
constexpr std::array<std::string_view, 10> kTables = {"forces",   "actors",        "commands", "sponsors", "ties",
                                                      "scenario", "interventions", "support",  "places",   "links"};
constexpr std::size_t kFirstOfMany = 7;

Json numbers_of(const War& war) {
  Json list = Json::array();
  for (std::size_t table = 0; table < kTables.size(); ++table) {
    for (int i = 0; i < static_cast<int>(war.parameters.size()); ++i) {
      const Parameter& p = war.parameters[at(i)];
      const bool is_of_table = std::string_view(p.path).substr(0, p.path.find('.')) == kTables[table];
      if (!is_of_table || !is_evidence(war, i) || (table >= kFirstOfMany && p.distribution.is_value())) {
        continue;
      }
      Json basis = list_of(resolve_basis(war, p.basis), [&](const Basis& part) { return page_basis(part); });
      list.push_back({{"path", p.path},
                      {"value", to_string(p.distribution)},
                      {"unit", unit_of(war, i)},
                      {"basis", std::move(basis)}});
    }
  }
  return list;
}

/// {id: [names]}: what sources call actors, commands, places and sponsors besides.
Json also_called(const War& war) {
  Json names = Json::object();
  for (const Alias& alias : war.aliases) {
    names[alias.id].push_back(alias.name);
  }
  return names;
}

}  // namespace

Json page_basis(const claims::Basis& part) {
  return {{"kind", part.kind}, {"id", part.id.empty() ? Json(nullptr) : Json(part.id)}, {"text", part.text}};
}

Json page_evidence(const War& war) {
  const claims::Evidence evidence(war);
  // A parameter that rests on two kinds is counted with both.
  const claims::Coverage total = claims::coverage(evidence).total;
  return {{"claims", claims_of(war)},
          {"conflicts", conflicts_of(evidence)},
          {"sources", sources_of(war)},
          {"numbers", numbers_of(war)},
          {"basis_counts", {{"claim", total.claim}, {"source", total.source}, {"assumed", total.assumed}}},
          {"with_basis", total.with_basis},
          {"also_called", also_called(war)}};
}

}  // namespace truel::output
