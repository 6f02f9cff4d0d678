#include "truel/claims/coverage.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "truel/base/index.hpp"
#include "truel/claims/basis.hpp"

namespace truel::claims {
namespace {

/// Tables in the order of the scenario format; a table that the list lacks comes after them.
constexpr std::array<std::string_view, 11> kOrder = {"scenario", "actors",    "commands",     "places",
                                                     "links",    "forces",    "support",      "ties",
                                                     "sponsors", "positions", "interventions"};

bool is_general_knowledge(const Basis& part) {
  return part.kind == "assumed" && part.text.starts_with("assumed: general knowledge");
}

void count(const War& war, const Number& number, Coverage& into) {
  const std::vector<Basis> parts = resolve_basis(war, number.basis);
  const auto has = [&](std::string_view kind) {
    return std::any_of(parts.begin(), parts.end(), [&](const Basis& b) { return b.kind == kind; });
  };
  const bool has_claim = has("claim");
  const bool has_source = has("source");
  const bool has_assumption = has("assumed");
  const bool is_uncertain = !number.distribution.is_value();
  ++into.numbers;
  into.uncertain += is_uncertain ? 1 : 0;
  into.claim += has_claim ? 1 : 0;
  into.source += has_source ? 1 : 0;
  into.assumed += has_assumption ? 1 : 0;
  into.with_basis += has_claim || has_source || has_assumption ? 1 : 0;
  into.claim_alone += has_claim && !has_source && !has_assumption ? 1 : 0;
  into.assumed_alone += has_assumption && !has_claim && !has_source ? 1 : 0;
  into.general_knowledge += std::any_of(parts.begin(), parts.end(), is_general_knowledge) ? 1 : 0;
  into.source_ranges += is_uncertain && has_source ? 1 : 0;
  into.source_widths += is_uncertain && has_source && !has_assumption ? 1 : 0;
}

WeightedCoverage weighed(const War& war, const Influence& influence) {
  WeightedCoverage result{.outcome = influence.outcome};
  for (const Influence::Weight& one : influence.weights) {
    Coverage rests;
    count(
        war,
        {.parameter = one.parameter, .distribution = {}, .basis = war.parameters[at(one.parameter)].basis, .where = {}},
        rests);
    const double weight = std::max(0.0, one.first);
    ++result.numbers;
    result.weight += weight;
    result.claim += weight * rests.claim;
    result.source += weight * rests.source;
    result.assumed += weight * rests.assumed;
    result.claim_alone += weight * rests.claim_alone;
    result.assumed_alone += weight * rests.assumed_alone;
  }
  for (double* share : {&result.claim, &result.source, &result.assumed, &result.claim_alone, &result.assumed_alone}) {
    *share = result.weight > 0 ? *share / result.weight : 0;
  }
  return result;
}

std::size_t rank(std::string_view table) {
  return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), table) - kOrder.begin());
}

/// Claims and numbers by a text of the claim.
template <class F>
std::vector<CoverageTables::CitationCount> cited_by(const Evidence& evidence, F&& text_of) {
  struct Citations {
    int claims = 0;
    std::set<int> numbers;
  };
  std::map<std::string, Citations> citations;
  for (int c = 0; c < static_cast<int>(evidence.war().claims.size()); ++c) {
    Citations& one = citations[text_of(evidence.war().claims[at(c)])];
    ++one.claims;
    for (const int n : evidence.rests_on(c)) {
      if (evidence.numbers()[at(n)].account == kNone) {
        one.numbers.insert(n);
      }
    }
  }
  std::vector<CoverageTables::CitationCount> list;
  for (const auto& [name, one] : citations) {
    list.push_back({name, one.claims, static_cast<int>(one.numbers.size())});
  }
  return list;
}

}  // namespace

CoverageTables coverage(const Evidence& evidence, const std::vector<Influence>& influences) {
  const War& war = evidence.war();
  CoverageTables result;
  result.total.name = "all";
  std::map<std::pair<std::size_t, std::string>, Coverage> tables;
  for (const Account& account : war.accounts) {
    result.accounts.push_back({.name = account.id});
  }
  for (const Number& number : evidence.numbers()) {
    if (number.account != kNone) {
      count(war, number, result.accounts[at(number.account)]);
      continue;
    }
    const std::string_view path = war.parameters[at(number.parameter)].path;
    const std::string_view table = path.substr(0, path.find('.'));
    Coverage& of_table = tables[{rank(table), std::string(table)}];
    of_table.name = std::string(table) + (table == "scenario" ? ".toml" : ".csv");
    count(war, number, of_table);
    count(war, number, result.total);
  }
  for (auto& [key, of_table] : tables) {
    result.tables.push_back(std::move(of_table));
  }
  result.kinds = cited_by(evidence, [](const Claim& c) { return c.kind; });
  result.sources = cited_by(evidence, [](const Claim& c) { return c.source; });
  for (const Influence& influence : influences) {
    result.influence.push_back(weighed(war, influence));
  }
  return result;
}

}  // namespace truel::claims
