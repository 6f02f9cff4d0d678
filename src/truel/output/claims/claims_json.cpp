#include "truel/base/index.hpp"
#include "truel/claims/basis.hpp"
#include "truel/output/citation.hpp"
#include "truel/output/claims/claims.hpp"

namespace truel::output {
namespace {

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json account_or_null(const claims::Evidence& evidence, const claims::Number& number) {
  return number.account == kNone ? Json(nullptr) : Json(evidence.war().accounts[at(number.account)].id);
}

/// {"path", "account"} of numbers.
Json paths_of(const claims::Evidence& evidence, const std::vector<int>& numbers) {
  Json list = Json::array();
  for (const int n : numbers) {
    const claims::Number& number = evidence.numbers()[at(n)];
    list.push_back({{"path", evidence.war().parameters[at(number.parameter)].path},
                    {"account", account_or_null(evidence, number)}});
  }
  return list;
}

Json claim_json(const claims::Evidence& evidence, int index) {
  const War& war = evidence.war();
  const Claim& c = war.claims[at(index)];
  Json positions = list_of(c.positions, [&](const Position& p) -> Json {
    return {{"topic", p.topic}, {"stand", to_string(p.stand)}};
  });
  return {{"id", c.id},
          {"source", c.source},
          {"paragraph", c.paragraph > 0 ? Json(c.paragraph) : Json(nullptr)},
          {"speaker", or_null(c.speaker)},
          {"kind", or_null(c.kind)},
          {"subject", or_null(c.subject)},
          {"object", or_null(c.object)},
          {"place_id", or_null(c.place)},
          {"from_date", or_null(c.from_date)},
          {"to_date", or_null(c.to_date)},
          {"low", or_null(c.low)},
          {"high", or_null(c.high)},
          {"unit", or_null(c.unit)},
          {"stance", or_null(c.stance)},
          {"positions", std::move(positions)},
          {"statement", c.statement},
          {"numbers", paths_of(evidence, evidence.rests_on(index))}};
}

Json claims_list(const claims::Evidence& evidence, std::span<const int> claims) {
  return list_of(claims, [&](int c) { return claim_json(evidence, c); });
}

Json counts(const claims::Coverage& c) {
  return {{"name", c.name},
          {"numbers", c.numbers},
          {"uncertain", c.uncertain},
          {"on_claims", c.claim},
          {"on_sources", c.source},
          {"on_assumptions", c.assumed},
          {"on_claims_alone", c.claim_alone},
          {"assumed_alone", c.assumed_alone},
          {"general_knowledge", c.general_knowledge},
          {"source_ranges", c.source_ranges},
          {"source_widths", c.source_widths}};
}

Json counts(const std::vector<claims::Coverage>& rows) {
  return list_of(rows, [&](const claims::Coverage& c) { return counts(c); });
}

Json counts(const std::vector<claims::CoverageTables::CitationCount>& rows) {
  return list_of(rows, [&](const claims::CoverageTables::CitationCount& c) -> Json {
    return {{"name", c.name}, {"claims", c.claims}, {"numbers", c.numbers}};
  });
}

}  // namespace

Json claims_json(const claims::Evidence& evidence, std::span<const int> claims) {
  Json sources = Json::array();
  for (const Source& source : evidence.war().sources) {
    for (const int c : claims) {
      if (evidence.war().claims[at(c)].source == source.id) {
        const Citation cited = cite(source);
        sources.push_back(
            {{"id", source.id}, {"title", cited.title}, {"author", cited.author}, {"issued", cited.issued}});
        break;
      }
    }
  }
  return {{"claims", claims_list(evidence, claims)}, {"sources", std::move(sources)}};
}

Json numbers_json(const claims::Evidence& evidence, std::span<const claims::Number> numbers) {
  const War& war = evidence.war();
  Json list = Json::array();
  for (const claims::Number& n : numbers) {
    Json basis = Json::array();
    for (const claims::Basis& part : claims::resolve_basis(war, n.basis)) {
      Json one = {{"kind", part.kind}, {"id", or_null(part.id)}, {"text", part.text}};
      if (part.kind == "claim") {
        const Claim& c = war.claims[at(evidence.claim(part.id))];
        one["source"] = c.source;
        one["paragraph"] = c.paragraph > 0 ? Json(c.paragraph) : Json(nullptr);
        one["speaker"] = c.speaker;
        one["stance"] = c.stance;
      }
      basis.push_back(std::move(one));
    }
    list.push_back({{"path", war.parameters[at(n.parameter)].path},
                    {"account", account_or_null(evidence, n)},
                    {"value", to_string(n.distribution)},
                    {"unit", claims::unit_of(war, n.parameter)},
                    {"basis", std::move(basis)}});
  }
  return {{"numbers", std::move(list)}};
}

Json conflicts_json(const claims::Evidence& evidence, std::span<const claims::Conflict> conflicts) {
  const War& war = evidence.war();
  Json list = Json::array();
  for (const claims::Conflict& conflict : conflicts) {
    Json pairs = Json::array();
    for (const claims::Contradiction& pair : conflict.pairs) {
      pairs.push_back({{"one", war.claims[at(pair.one)].id},
                       {"other", war.claims[at(pair.other)].id},
                       {"rule", claims::to_string(pair.rule)}});
    }
    list.push_back({{"topic", conflict.topic == kNone ? Json(nullptr) : Json(war.topics[at(conflict.topic)].id)},
                    {"statement", conflict.statement},
                    {"between_sources", conflict.is_between_sources},
                    {"one_says", conflict.one_says},
                    {"one", claims_list(evidence, conflict.one)},
                    {"other_says", conflict.other_says},
                    {"other", claims_list(evidence, conflict.other)},
                    {"in_doubt", claims_list(evidence, conflict.in_doubt)},
                    {"pairs", std::move(pairs)},
                    {"parameters", paths_of(evidence, conflict.touched)}});
  }
  return {{"conflicts", std::move(list)}};
}

Json coverage_json(const claims::CoverageTables& coverage) {
  Json influence = list_of(coverage.influence, [&](const claims::WeightedCoverage& w) -> Json {
    return {{"outcome", w.outcome},
            {"numbers", w.numbers},
            {"sum_of_first", w.weight},
            {"on_claims", w.claim},
            {"on_sources", w.source},
            {"on_assumptions", w.assumed},
            {"on_claims_alone", w.claim_alone},
            {"assumed_alone", w.assumed_alone}};
  });
  Json json = {{"coverage",
                {{"total", counts(coverage.total)},
                 {"tables", counts(coverage.tables)},
                 {"accounts", counts(coverage.accounts)},
                 {"kinds_of_claims", counts(coverage.kinds)},
                 {"sources", counts(coverage.sources)}}}};
  if (!influence.empty()) {
    json["coverage"]["influence"] = std::move(influence);
  }
  return json;
}

}  // namespace truel::output
