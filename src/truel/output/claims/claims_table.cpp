#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "truel/base/index.hpp"
#include "truel/claims/basis.hpp"
#include "truel/output/citation.hpp"
#include "truel/output/claims/claims.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

/// Numbers named under a contradiction; the rest are counted.
constexpr std::size_t kNamed = 6;

/// Lines of text under a hanging indent, at most `width` columns wide.
class Page {
 public:
  explicit Page(int width) : width_(width == 0 ? TextTable::kPipeWidth : std::max(width, TextTable::kLeastWidth)) {}

  /// `head` at `indent`, and the text beside it from column `hang` on.
  void entry(int indent, std::string_view head, int hang, std::string_view text) {
    std::string first = std::string(at(indent), ' ') + printable(head);
    if (!head.empty() && display_width(first) >= hang && !text.empty()) {
      add(first);
      first.clear();
    }
    for (const std::string& line : wrapped(text, width_ - hang)) {
      add(left_aligned(first, hang) + line);
      first.clear();
    }
    if (text.empty()) {
      add(first);
    }
  }
  void text(int indent, std::string_view paragraph) { entry(0, "", indent, printable(paragraph)); }
  void blank() { out_ += '\n'; }
  std::string take() && {
    while (out_.ends_with('\n')) {
      out_.pop_back();
    }
    return std::move(out_);
  }

 private:
  void add(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    out_ += line + "\n";
  }
  int width_;
  std::string out_;
};

/// "Elijah J. Magnier denies: The idea ..."
std::string told(const Claim& c) {
  const std::string who = c.speaker.empty() ? c.source : c.speaker;
  const std::string_view verb = c.stance == "denies"    ? " denies"
                                : c.stance == "doubts"  ? " doubts"
                                : c.stance == "reports" ? " (reported)"
                                                        : "";
  return printable(fmt::format("{}{}: {}", who, verb, c.statement));
}

std::string place_in_source(const Claim& c) {
  return c.paragraph > 0 ? fmt::format("{}:{}", c.source, c.paragraph) : c.source;
}

std::string path_of(const claims::Evidence& evidence, int n) {
  const claims::Number& number = evidence.numbers()[at(n)];
  const War& war = evidence.war();
  const std::string& path = war.parameters[at(number.parameter)].path;
  return number.account == kNone ? path : fmt::format("{} (account {})", path, war.accounts[at(number.account)].id);
}

void side(Page& page, const claims::Evidence& evidence, std::string_view says, const std::vector<int>& claims) {
  if (claims.empty()) {
    return;
  }
  page.text(3, fmt::format("{}:", says));
  for (const int index : claims) {
    const Claim& c = evidence.war().claims[at(index)];
    page.entry(5, c.id, 12, fmt::format("{} [{}]", told(c), place_in_source(c)));
  }
}

const Source* source_of(const War& war, const std::string& id) {
  const auto found = std::find_if(war.sources.begin(), war.sources.end(), [&](const Source& s) { return s.id == id; });
  return found == war.sources.end() ? nullptr : &*found;
}

std::string cited(const War& war, const std::string& id) {
  const Source* source = source_of(war, id);
  if (source == nullptr) {
    return id;
  }
  const Citation c = cite(*source);
  std::string text;
  for (const std::string& part : {c.author, c.title, c.issued}) {
    text += part.empty() ? "" : fmt::format("{}{}", text.empty() ? "" : ", ", part);
  }
  return printable(text);
}

}  // namespace

std::string claims_table(const claims::Evidence& evidence, std::span<const int> claims, int width) {
  const War& war = evidence.war();
  Page page(width);
  std::set<std::string> sources;
  int longest = 0;
  for (const int index : claims) {
    sources.insert(war.claims[at(index)].source);
    longest = std::max(longest, display_width(war.claims[at(index)].id));
  }
  page.text(0, fmt::format("{} from {}", plural(claims.size(), "claim"), plural(sources.size(), "source")));
  for (const std::string& source : sources) {
    page.blank();
    page.text(0, fmt::format("{}: {}", source, cited(war, source)));
    for (const int index : claims) {
      const Claim& c = war.claims[at(index)];
      if (c.source == source) {
        const std::size_t n = evidence.rests_on(index).size();
        page.entry(2, c.id, 4 + longest,
                   fmt::format("{} [paragraph {}; {}{}]", told(c), c.paragraph, c.kind,
                               n == 0 ? "" : fmt::format("; under {}", plural(n, "parameter"))));
      }
    }
  }
  return std::move(page).take();
}

std::string numbers_table(const claims::Evidence& evidence, std::span<const claims::Number> numbers, int width) {
  const War& war = evidence.war();
  Page page(width);
  for (const claims::Number& n : numbers) {
    const std::string unit(claims::unit_of(war, n.parameter));
    const ParameterInfo* info = claims::info_of(war, n.parameter);
    page.text(0, fmt::format("{}{} = {}{}{}", war.parameters[at(n.parameter)].path,
                             n.account == kNone ? "" : fmt::format(", account {}", war.accounts[at(n.account)].id),
                             to_string(n.distribution), unit.empty() ? "" : fmt::format(" ({})", unit),
                             n.where.file.empty() ? "" : fmt::format(" [{}:{}]", n.where.file, n.where.line)));
    for (const claims::Basis& part : claims::resolve_basis(war, n.basis)) {
      if (part.kind == "claim") {
        const Claim& c = war.claims[at(evidence.claim(part.id))];
        page.entry(2, c.id, 12, told(c));
        page.text(12, fmt::format("{}, paragraph {}: {}", c.source, c.paragraph, cited(war, c.source)));
      } else if (part.kind == "source") {
        page.entry(2, "source", 12,
                   fmt::format("{}{}: {}", part.id, part.text.empty() ? "" : " " + part.text, cited(war, part.id)));
      } else if (part.kind == "assumed") {
        page.entry(2, "assumed", 12, printable(part.text.substr(part.text.find(':') + 1)));
      } else {
        const std::string why = unit == "switch" || unit == "choice"
                                    ? fmt::format("a {} says what the model is and measures nothing", unit)
                                    : "the package gives no number";
        page.entry(2, "default", 12, info == nullptr ? why : fmt::format("{}; {}", why, info->meaning));
      }
    }
    page.blank();
  }
  return std::move(page).take();
}

std::string conflicts_table(const claims::Evidence& evidence, std::span<const claims::Conflict> conflicts, int width) {
  Page page(width);
  const auto between =
      std::count_if(conflicts.begin(), conflicts.end(), [](const claims::Conflict& c) { return c.is_between_sources; });
  page.text(0, fmt::format("{}, {} of them between sources. Words are the package's own; [source:paragraph]",
                           plural(conflicts.size(), "contradiction"), between));
  for (std::size_t i = 0; i < conflicts.size(); ++i) {
    const claims::Conflict& c = conflicts[i];
    page.blank();
    page.entry(0, fmt::format("{}.", i + 1), i < 99 ? 4 : 5, printable(c.statement));
    side(page, evidence, c.one_says, c.one);
    side(page, evidence, c.other_says, c.other);
    side(page, evidence, "in doubt", c.in_doubt);
    std::string names;
    for (std::size_t k = 0; k < std::min(kNamed, c.touched.size()); ++k) {
      names += fmt::format("{}{}", k == 0 ? "" : "; ", path_of(evidence, c.touched[k]));
    }
    page.text(
        3, c.touched.empty()
               ? "no parameter rests on these claims"
               : fmt::format("{} under them: {}{}", plural(c.touched.size(), "parameter"), names,
                             c.touched.size() > kNamed ? fmt::format("; and {} more", c.touched.size() - kNamed) : ""));
  }
  return std::move(page).take();
}

std::string coverage_table(const claims::CoverageTables& coverage, int width) {
  TextTable sheet(width);
  const claims::Coverage& all = coverage.total;
  const auto share = [](int part, int whole) { return whole == 0 ? 0.0 : static_cast<double>(part) / whole; };
  sheet.text(fmt::format(
      "Of {} parameters {} contain an assumption with its reason, and {} rest on nothing else. {} name a "
      "claim of a source, {} other published data. A parameter can rest on several.",
      grouped(all.numbers), percent(share(all.assumed, all.numbers)), percent(share(all.assumed_alone, all.numbers)),
      percent(share(all.claim, all.numbers)), percent(share(all.source, all.numbers))));
  sheet.text(
      fmt::format("Of {} that are uncertain {} have a range that names published data. Only {} of these are as "
                  "wide as the data say: the others owe all or part of their width to an assumption.",
                  grouped(all.uncertain), grouped(all.source_ranges), grouped(all.source_widths)));
  sheet.blank();
  const auto table = [&](const std::string& head, std::vector<claims::Coverage> rows) {
    const auto part = [&](const char* column, int claims::Coverage::*of, int cost = 0) {
      return TextTable::Of<claims::Coverage>{
          column, [&, of](const claims::Coverage& c) { return percent(share(c.*of, c.numbers)); }, cost};
    };
    sheet.table<claims::Coverage>(rows, {{head, [](auto& c) { return c.name; }},
                                         {"parameters", [](auto& c) { return grouped(c.numbers); }},
                                         {"uncertain", [](auto& c) { return grouped(c.uncertain); }, 3},
                                         part("claim", &claims::Coverage::claim),
                                         part("source", &claims::Coverage::source),
                                         part("assumed", &claims::Coverage::assumed, 1),
                                         part("claim alone", &claims::Coverage::claim_alone, 2),
                                         part("assumed alone", &claims::Coverage::assumed_alone)});
    sheet.blank();
  };
  for (const claims::WeightedCoverage& w : coverage.influence) {
    sheet.text(
        w.weight > 0
            ? fmt::format("By influence on {}: {} stand out of the noise, {} of the variance by themselves. Of that "
                          "weight {} rests on claims of sources, {} on other published data, {} on nothing but an "
                          "assumption.",
                          w.outcome, plural(w.numbers, "parameter"), percent(std::min(1.0, w.weight)), percent(w.claim),
                          percent(w.source), percent(w.assumed_alone))
            : fmt::format("By influence on {}: no number stands out of the noise.", w.outcome));
    sheet.blank();
  }
  std::vector<claims::Coverage> tables = coverage.tables;
  tables.push_back(all);
  table("Table", std::move(tables));
  if (!coverage.accounts.empty()) {
    table("Account", coverage.accounts);
  }
  const auto cited_table = [&](const std::string& head,
                               const std::vector<claims::CoverageTables::CitationCount>& rows) {
    sheet.table<claims::CoverageTables::CitationCount>(
        rows, {{head, [](auto& c) { return c.name.empty() ? "(no kind)" : c.name; }},
               {"claims", [](auto& c) { return grouped(c.claims); }},
               {"parameters on them", [](auto& c) { return grouped(c.numbers); }}});
    sheet.blank();
  };
  if (!coverage.kinds.empty()) {
    cited_table("Kind of claim", coverage.kinds);
    cited_table("Source", coverage.sources);
  }
  std::string out = std::move(sheet).take();
  out.erase(out.find_last_not_of('\n') + 1);
  return out;
}

}  // namespace truel::output
