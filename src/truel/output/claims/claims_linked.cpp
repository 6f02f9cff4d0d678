// Claims as RDF: nodes first, then two ways to write them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <compare>
#include <map>
#include <set>

#include "truel/base/index.hpp"
#include "truel/claims/basis.hpp"
#include "truel/output/citation.hpp"
#include "truel/output/claims/claims.hpp"
#include "truel/output/describe.hpp"

namespace truel::output {
namespace {

struct Prefix {
  std::string_view name, iri;
};
constexpr std::array kPrefixes = std::to_array<Prefix>({{"prov", "http://www.w3.org/ns/prov#"},
                                                        {"dcterms", "http://purl.org/dc/terms/"},
                                                        {"xsd", "http://www.w3.org/2001/XMLSchema#"},
                                                        {"truel", "urn:truel:terms#"}});

/// An IRI, or a text with the name of its type ("xsd:integer"; "" for a plain text).
struct Value {
  std::string text;
  std::string type;
  bool is_iri = false;
  auto operator<=>(const Value&) const = default;
};

struct Node {
  std::vector<std::string> types;
  std::map<std::string, std::set<Value>> values;  ///< by predicate
};

/// Letters, digits and what RFC 3986 leaves unreserved stay as they are.
std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '.' || c == '_' || c == '~';
    out += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

class Graph {
 public:
  Graph(const claims::Evidence& evidence, const LinkedData& data) : evidence_(evidence), war_(evidence.war()) {
    for (const int c : data.claims) {
      add_claim(c);
    }
    for (const claims::Number& n : data.numbers) {
      add_number(n);
    }
    for (const claims::Conflict& conflict : data.conflicts) {
      for (const claims::Contradiction& pair : conflict.pairs) {
        add_claim(pair.one);
        add_claim(pair.other);
        link(claim_iri(pair.one), "truel:contradicts", claim_iri(pair.other));
        link(claim_iri(pair.other), "truel:contradicts", claim_iri(pair.one));
      }
    }
  }
  const std::map<std::string, Node>& nodes() const { return nodes_; }

 private:
  std::string iri(std::string_view kind, std::string_view id) const {
    return fmt::format("urn:truel:{}:{}:{}", percent_encoded(package_name(war_)), kind, percent_encoded(id));
  }
  std::string claim_iri(int c) const { return iri("claim", war_.claims[at(c)].id); }

  void link(const std::string& from, const std::string& predicate, std::string to) {
    nodes_[from].values[predicate].insert({std::move(to), "", true});
  }
  void say(const std::string& node, const std::string& predicate, std::string text, std::string type = "") {
    if (!text.empty()) {
      nodes_[node].values[predicate].insert({std::move(text), std::move(type), false});
    }
  }
  static std::string date_type(std::string_view date) {
    return date.size() == 4 ? "xsd:gYear" : date.size() == 7 ? "xsd:gYearMonth" : "xsd:date";
  }

  std::string add_source(const std::string& id) {
    const std::string node = iri("source", id);
    const auto found =
        std::find_if(war_.sources.begin(), war_.sources.end(), [&](const Source& s) { return s.id == id; });
    if (nodes_.contains(node) || found == war_.sources.end()) {
      return node;
    }
    nodes_[node].types = {"prov:Entity", "truel:Source"};
    const Citation cited = cite(*found);
    say(node, "dcterms:title", cited.title);
    say(node, "dcterms:creator", cited.author);
    say(node, "dcterms:issued", cited.issued);
    return node;
  }

  void add_claim(int index) {
    const Claim& c = war_.claims[at(index)];
    const std::string node = claim_iri(index);
    if (nodes_.contains(node)) {
      return;
    }
    nodes_[node].types = {"prov:Entity", "truel:Claim"};
    link(node, "prov:hadPrimarySource", add_source(c.source));
    if (!c.speaker.empty()) {
      // Authors without a name are one agent a source.
      const bool is_unnamed = c.speaker.starts_with("the author");
      const std::string agent = iri("speaker", is_unnamed ? c.source + " " + c.speaker : c.speaker);
      nodes_[agent].types = {"prov:Agent"};
      say(agent, "dcterms:title", c.speaker);
      link(node, "prov:wasAttributedTo", agent);
    }
    say(node, "dcterms:identifier", c.id);
    say(node, "dcterms:description", c.statement);
    say(node, "truel:paragraph", c.paragraph > 0 ? fmt::format("{}", c.paragraph) : "", "xsd:integer");
    say(node, "truel:kind", c.kind);
    say(node, "truel:stance", c.stance);
    say(node, "truel:subject", c.subject);
    say(node, "truel:object", c.object);
    say(node, "truel:place", c.place);
    say(node, "truel:from", c.from_date, date_type(c.from_date));
    say(node, "truel:to", c.to_date, date_type(c.to_date));
    say(node, "truel:low", c.low, "xsd:double");
    say(node, "truel:high", c.high, "xsd:double");
    say(node, "truel:unit", c.unit);
    for (const Position& p : c.positions) {
      const std::string topic = iri("topic", p.topic);
      const auto found =
          std::find_if(war_.topics.begin(), war_.topics.end(), [&](const Topic& t) { return t.id == p.topic; });
      nodes_[topic].types = {"truel:Topic"};
      say(topic, "dcterms:description", found->statement);
      link(node,
           p.stand == Stand::for_it       ? "truel:supports"
           : p.stand == Stand::against_it ? "truel:opposes"
                                          : "truel:doubts",
           topic);
    }
  }

  void add_number(const claims::Number& number) {
    const std::string& path = war_.parameters[at(number.parameter)].path;
    const std::string own = iri("number", path);
    std::string node = own;
    if (number.account != kNone) {
      const Account& account = war_.accounts[at(number.account)];
      node = iri("account", account.id) + ":number:" + percent_encoded(path);
      const std::string collection = iri("account", account.id);
      nodes_[collection].types = {"prov:Collection", "truel:Account"};
      say(collection, "dcterms:title", account.title);
      link(collection, "prov:hadMember", node);
      link(node, "prov:wasRevisionOf", own);
    }
    nodes_[own].types = nodes_[node].types = {"prov:Entity", "truel:Number"};
    say(own, "dcterms:identifier", path);
    say(node, "prov:value", to_string(number.distribution));
    say(node, "truel:unit", std::string(claims::unit_of(war_, number.parameter)));
    for (const claims::Basis& part : claims::resolve_basis(war_, number.basis)) {
      if (part.kind == "claim") {
        const int c = evidence_.claim(part.id);
        add_claim(c);
        link(node, "prov:wasDerivedFrom", claim_iri(c));
      } else if (part.kind == "source") {
        link(node, "prov:wasDerivedFrom", add_source(part.id));
      } else if (part.kind == "assumed") {
        const auto why = part.text.find_first_not_of(' ', part.text.find(':') + 1);
        say(node, "truel:assumption", part.text.substr(why));
      }
    }
  }

  const claims::Evidence& evidence_;
  const War& war_;
  std::map<std::string, Node> nodes_;
};

std::string turtle_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
  out += '"';
  return out;
}

}  // namespace

std::string turtle(const claims::Evidence& evidence, const LinkedData& data) {
  const Graph graph(evidence, data);
  std::string out;
  for (const Prefix& p : kPrefixes) {
    out += fmt::format("@prefix {}: <{}> .\n", p.name, p.iri);
  }
  for (const auto& [iri, node] : graph.nodes()) {
    out += fmt::format("\n<{}> a {}", iri, fmt::join(node.types, ", "));
    for (const auto& [predicate, values] : node.values) {
      std::string list;
      for (const Value& v : values) {
        list += list.empty() ? "" : ", ";
        list += v.is_iri ? fmt::format("<{}>", v.text) : turtle_text(v.text) + (v.type.empty() ? "" : "^^" + v.type);
      }
      out += fmt::format(" ;\n  {} {}", predicate, list);
    }
    out += " .\n";
  }
  return out;
}

std::string json_ld(const claims::Evidence& evidence, const LinkedData& data) {
  const Graph graph(evidence, data);
  Json context = Json::object();
  for (const Prefix& p : kPrefixes) {
    context[std::string(p.name)] = p.iri;
  }
  Json list = Json::array();
  for (const auto& [iri, node] : graph.nodes()) {
    Json one = {{"@id", iri}, {"@type", node.types}};
    for (const auto& [predicate, values] : node.values) {
      Json of_predicate = Json::array();
      for (const Value& v : values) {
        if (v.is_iri) {
          of_predicate.push_back({{"@id", v.text}});
        } else if (v.type.empty()) {
          of_predicate.push_back({{"@value", v.text}});
        } else {
          of_predicate.push_back({{"@value", v.text}, {"@type", v.type}});
        }
      }
      one[predicate] = std::move(of_predicate);
    }
    list.push_back(std::move(one));
  }
  return text_of({{"@context", std::move(context)}, {"@graph", std::move(list)}}, 2) + "\n";
}

}  // namespace truel::output
