#include "claims_command.hpp"

#include <fmt/format.h>

#include <set>

#include "diagnostics.hpp"
#include "session.hpp"
#include "terminal.hpp"
#include "truel/app/package.hpp"
#include "truel/output/claims/claims.hpp"

namespace truel::cli {
namespace {

/// Contradictions in which a selected claim takes part.
std::vector<ledger::Conflict> about(std::vector<ledger::Conflict> all, const std::vector<int>& claims) {
  const std::set<int> wanted(claims.begin(), claims.end());
  std::erase_if(all, [&](const ledger::Conflict& c) {
    return std::none_of(c.pairs.begin(), c.pairs.end(), [&](const ledger::Contradiction& pair) {
      return wanted.contains(pair.one) || wanted.contains(pair.other);
    });
  });
  return all;
}

void print(const std::string& text) {
  fmt::print("{}{}", text, text.ends_with('\n') ? "" : "\n");
}

void print(const output::Json& json) {
  print(output::text_of(json, 2));
}

}  // namespace

void add_claims_options(CLI::App& app, ClaimsArguments& a) {
  app.add_option("package", a.package, "Folder of the war (a package)")->required();
  app.add_option("--source", a.filter.source, "Only claims of this source");
  app.add_option("--actor", a.filter.actor,
                 "Only claims about this actor, command or sponsor: an id, or a name that sources use");
  app.add_option("--place", a.filter.place, "Only claims about this place");
  app.add_option("--parameter", a.filter.parameter,
                 "Only claims behind this parameter: a path, or the beginning of one");
  CLI::Option* of = app.add_option("--of", a.of,
                                   "What parameters rest on, in the package and in each account: a path, of one or of "
                                   "many, or the beginning of one");
  CLI::Option* conflicts =
      app.add_flag("--conflicts", a.conflicts, "Where claims contradict each other, and which numbers that touches");
  CLI::Option* coverage =
      app.add_flag("--coverage", a.coverage, "How many of the parameters rest on claims, other sources, assumptions");
  app.add_option("--influence", a.influence,
                 "With --coverage: also weigh the parameters by a sensitivity.json of truel sensitivity")
      ->needs(coverage);
  conflicts->excludes(of);
  coverage->excludes(of)->excludes(conflicts);
  for (const char* name : {"--source", "--actor", "--place", "--parameter"}) {
    of->excludes(app.get_option(name));
    coverage->excludes(app.get_option(name));
  }
  CLI::Option* csv = app.add_flag("--csv", a.csv, "Print CSV instead of text");
  CLI::Option* json = app.add_flag("--json", a.json, "Print JSON instead of text");
  CLI::Option* json_ld = app.add_flag("--json-ld", a.json_ld, "Print JSON-LD with the terms of PROV-O");
  CLI::Option* turtle = app.add_flag("--turtle", a.turtle, "Print Turtle with the terms of PROV-O");
  json->excludes(csv);
  json_ld->excludes(csv)->excludes(json)->excludes(coverage);
  turtle->excludes(csv)->excludes(json)->excludes(json_ld)->excludes(coverage);
  app.footer(
      "Examples:\n"
      "  # What do sources say of this actor at this place?\n"
      "  truel claims scenarios/syria-2016 --actor Daesh --place palmyra\n"
      "  # What does this parameter rest on?\n"
      "  truel claims scenarios/syria-2016 --of actors.isis.front_line_fraction\n"
      "  # Which claims stand behind these parameters?\n"
      "  truel claims scenarios/syria-2016 --parameter commands.damascus\n"
      "  # Where do sources contradict each other?\n"
      "  truel claims scenarios/syria-2016 --conflicts\n"
      "  # Where does this source contradict others?\n"
      "  truel claims scenarios/syria-2016 --conflicts --source cole2015 --json\n"
      "  # How much of the package is assumed?\n"
      "  truel claims scenarios/syria-2016 --coverage\n"
      "  # What does one parameter rest on, as linked data?\n"
      "  truel claims scenarios/syria-2016 --of ties.syrian_army.isis --turtle");
}

Result<int> claims_command(const ClaimsArguments& a) {
  TRUEL_TRY(const auto war, app::read(a.package));
  const ledger::Ledger ledger(war);
  if (a.coverage) {
    std::vector<ledger::Influence> influences;
    if (!a.influence.empty()) {
      TRUEL_TRY(influences, output::read_influence(a.influence, war));
    }
    const ledger::CoverageTables coverage = ledger::coverage(ledger, influences);
    if (a.json) {
      print(output::coverage_json(coverage));
    } else {
      print(a.csv ? output::coverage_csv(coverage) : output::coverage_table(coverage, terminal_columns()));
    }
    return kDone;
  }
  if (!a.of.empty()) {
    TRUEL_TRY(const auto numbers, ledger::numbers_at(ledger, a.of));
    const output::LinkedData data{.claims = {}, .numbers = numbers, .conflicts = {}};
    if (a.json) {
      print(output::numbers_json(ledger, numbers));
    } else {
      print(a.csv       ? output::numbers_csv(ledger, numbers)
            : a.turtle  ? output::turtle(ledger, data)
            : a.json_ld ? output::json_ld(ledger, data)
                        : output::numbers_table(ledger, numbers, terminal_columns()));
    }
    return kDone;
  }
  TRUEL_TRY(const auto claims, ledger::select(ledger, a.filter));
  if (a.conflicts) {
    const std::vector<ledger::Conflict> conflicts = about(ledger::conflicts(ledger), claims);
    const output::LinkedData data{.claims = {}, .numbers = {}, .conflicts = conflicts};
    if (a.json) {
      print(output::conflicts_json(ledger, conflicts));
    } else {
      print(a.csv       ? output::conflicts_csv(ledger, conflicts)
            : a.turtle  ? output::turtle(ledger, data)
            : a.json_ld ? output::json_ld(ledger, data)
                        : output::conflicts_table(ledger, conflicts, terminal_columns()));
    }
    return kDone;
  }
  const output::LinkedData data{.claims = claims, .numbers = {}, .conflicts = {}};
  if (a.json) {
    print(output::claims_json(ledger, claims));
  } else {
    print(a.csv       ? output::claims_csv(ledger, claims)
          : a.turtle  ? output::turtle(ledger, data)
          : a.json_ld ? output::json_ld(ledger, data)
                      : output::claims_table(ledger, claims, terminal_columns()));
  }
  return kDone;
}

}  // namespace truel::cli
