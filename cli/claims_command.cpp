#include "claims_command.hpp"

#include <fmt/format.h>

#include <functional>
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

/// What was asked for, in each form that it can be printed in.
struct Told {
  std::function<output::Json()> json;
  std::function<std::string()> csv;
  std::function<std::string(int width)> table;
  output::LinkedData data{};
};

int print(const ClaimsArguments& a, const ledger::Ledger& ledger, const Told& told) {
  const std::string text = a.json      ? output::text_of(told.json(), 2)
                           : a.csv     ? told.csv()
                           : a.turtle  ? output::turtle(ledger, told.data)
                           : a.json_ld ? output::json_ld(ledger, told.data)
                                       : told.table(terminal_columns());
  fmt::print("{}{}", text, text.ends_with('\n') ? "" : "\n");
  return kDone;
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
    return print(a, ledger,
                 {[&] { return output::coverage_json(coverage); }, [&] { return output::coverage_csv(coverage); },
                  [&](int width) { return output::coverage_table(coverage, width); }});
  }
  if (!a.of.empty()) {
    TRUEL_TRY(const auto numbers, ledger::numbers_at(ledger, a.of));
    return print(a, ledger,
                 {[&] { return output::numbers_json(ledger, numbers); },
                  [&] { return output::numbers_csv(ledger, numbers); },
                  [&](int width) { return output::numbers_table(ledger, numbers, width); },
                  {.numbers = numbers}});
  }
  TRUEL_TRY(const auto claims, ledger::select(ledger, a.filter));
  if (a.conflicts) {
    const std::vector<ledger::Conflict> conflicts = about(ledger::conflicts(ledger), claims);
    return print(a, ledger,
                 {[&] { return output::conflicts_json(ledger, conflicts); },
                  [&] { return output::conflicts_csv(ledger, conflicts); },
                  [&](int width) { return output::conflicts_table(ledger, conflicts, width); },
                  {.conflicts = conflicts}});
  }
  return print(a, ledger,
               {[&] { return output::claims_json(ledger, claims); },
                [&] { return output::claims_csv(ledger, claims); },
                [&](int width) { return output::claims_table(ledger, claims, width); },
                {.claims = claims}});
}

}  // namespace truel::cli
