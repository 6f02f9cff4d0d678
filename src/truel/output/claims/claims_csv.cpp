#include <fmt/format.h>

#include <set>

#include "truel/base/index.hpp"
#include "truel/claims/basis.hpp"
#include "truel/output/claims/claims.hpp"
#include "truel/output/tables/table.hpp"

namespace truel::output {
namespace {

std::string account_of(const claims::Evidence& evidence, const claims::Number& number) {
  return number.account == kNone ? "" : evidence.war().accounts[at(number.account)].id;
}

/// Paths of the numbers that rest on either claim, with "ACCOUNT:" before those of accounts.
std::string paths_under(const claims::Evidence& evidence, const claims::Contradiction& pair) {
  std::set<int> numbers(evidence.rests_on(pair.one).begin(), evidence.rests_on(pair.one).end());
  numbers.insert(evidence.rests_on(pair.other).begin(), evidence.rests_on(pair.other).end());
  std::string paths;
  for (const int n : numbers) {
    const claims::Number& number = evidence.numbers()[at(n)];
    const std::string account = account_of(evidence, number);
    paths += fmt::format("{}{}{}", paths.empty() ? "" : " ", account.empty() ? "" : account + ":",
                         evidence.war().parameters[at(number.parameter)].path);
  }
  return paths;
}

}  // namespace

std::string_view to_string(Stand stand) {
  return stand == Stand::for_it ? "for" : stand == Stand::against_it ? "against" : "doubts";
}

std::string claims_csv(const claims::Evidence& evidence, std::span<const int> claims) {
  std::string out =
      "id,source,paragraph,speaker,kind,subject,object,place_id,from_date,to_date,low,high,unit,stance,positions,"
      "numbers,statement\n";
  for (const int index : claims) {
    const Claim& c = evidence.war().claims[at(index)];
    std::string positions;
    for (const Position& p : c.positions) {
      positions += fmt::format("{}{}: {}", positions.empty() ? "" : "; ", p.topic, to_string(p.stand));
    }
    out +=
        csv_row({c.id, c.source, c.paragraph, c.speaker, c.kind, c.subject, c.object, c.place, c.from_date, c.to_date,
                 c.low, c.high, c.unit, c.stance, positions, evidence.rests_on(index).size(), c.statement});
  }
  return out;
}

std::string numbers_csv(const claims::Evidence& evidence, std::span<const claims::Number> numbers) {
  const War& war = evidence.war();
  std::string out = "path,account,value,unit,rests_on,id,source,paragraph,speaker,text\n";
  for (const claims::Number& n : numbers) {
    const auto line = [&](const auto&... cells) {
      out += csv_row({war.parameters[at(n.parameter)].path, account_of(evidence, n), to_string(n.distribution),
                      claims::unit_of(war, n.parameter), cells...});
    };
    for (const claims::Basis& part : claims::resolve_basis(war, n.basis)) {
      if (part.kind == "claim") {
        const Claim& c = war.claims[at(evidence.claim(part.id))];
        line(part.kind, part.id, c.source, c.paragraph, c.speaker, c.statement);
      } else {
        line(part.kind, part.id, part.kind == "source" ? part.id : "", "", "", part.text);
      }
    }
  }
  return out;
}

std::string conflicts_csv(const claims::Evidence& evidence, std::span<const claims::Conflict> conflicts) {
  const War& war = evidence.war();
  std::string out =
      "topic,statement,rule,one,one_source,one_paragraph,one_speaker,one_says,other,other_source,other_paragraph,"
      "other_speaker,other_says,paths\n";
  for (const claims::Conflict& conflict : conflicts) {
    for (const claims::Contradiction& pair : conflict.pairs) {
      const Claim& one = war.claims[at(pair.one)];
      const Claim& other = war.claims[at(pair.other)];
      out += csv_row({conflict.topic == kNone ? "" : war.topics[at(conflict.topic)].id, conflict.statement,
                      claims::to_string(pair.rule), one.id, one.source, one.paragraph, one.speaker, one.statement,
                      other.id, other.source, other.paragraph, other.speaker, other.statement,
                      paths_under(evidence, pair)});
    }
  }
  return out;
}

std::string coverage_csv(const claims::CoverageTables& coverage) {
  std::string out =
      "of,name,claims,numbers,uncertain,on_claims,on_sources,on_assumptions,on_claims_alone,assumed_alone,general_"
      "knowledge,"
      "source_ranges,source_widths\n";
  const auto counts = [&](std::string_view of, const claims::Coverage& c) {
    out += csv_row({of, c.name, "", c.numbers, c.uncertain, c.claim, c.source, c.assumed, c.claim_alone,
                    c.assumed_alone, c.general_knowledge, c.source_ranges, c.source_widths});
  };
  for (const claims::Coverage& c : coverage.tables) {
    counts("table", c);
  }
  counts("package", coverage.total);
  for (const claims::Coverage& c : coverage.accounts) {
    counts("account", c);
  }
  const auto cited = [&](std::string_view of, const std::vector<claims::CoverageTables::CitationCount>& list) {
    for (const claims::CoverageTables::CitationCount& c : list) {
      out += csv_row({of, c.name, c.claims, c.numbers, "", c.numbers, "", "", "", "", "", "", ""});
    }
  };
  cited("kind of claim", coverage.kinds);
  cited("source", coverage.sources);
  const auto all = [](double x) { return fmt::format("{}", x); };  // its digits
  for (const claims::WeightedCoverage& w : coverage.influence) {
    out += csv_row({"influence", w.outcome, "", w.numbers, "", all(w.claim), all(w.source), all(w.assumed),
                    all(w.claim_alone), all(w.assumed_alone), "", "", ""});
  }
  return out;
}

}  // namespace truel::output
