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
std::vector<claims::Conflict> about(std::vector<claims::Conflict> all, const std::vector<int>& claims) {
  const std::set<int> wanted(claims.begin(), claims.end());
  std::erase_if(all, [&](const claims::Conflict& c) {
    return std::none_of(c.pairs.begin(), c.pairs.end(), [&](const claims::Contradiction& pair) {
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

int print(const ClaimsArguments& a, const claims::Evidence& evidence, const Told& told) {
  const std::string text = a.json      ? output::text_of(told.json(), 2)
                           : a.csv     ? told.csv()
                           : a.turtle  ? output::turtle(evidence, told.data)
                           : a.json_ld ? output::json_ld(evidence, told.data)
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
      app.add_flag("--conflicts", a.conflicts, "Where claims contradict each other, and which parameters that affects");
  CLI::Option* coverage =
      app.add_flag("--coverage", a.coverage,
                   "How many of the parameters rest on claims, other sources, assumptions, and how many ranges are "
                   "as wide as a source says");
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
  const claims::Evidence evidence(war);
  if (a.coverage) {
    std::vector<claims::Influence> influences;
    if (!a.influence.empty()) {
      TRUEL_TRY(influences, output::read_influence(a.influence, war));
    }
    const claims::CoverageTables coverage = claims::coverage(evidence, influences);
    return print(a, evidence,
                 {[&] { return output::coverage_json(coverage); }, [&] { return output::coverage_csv(coverage); },
                  [&](int width) { return output::coverage_table(coverage, width); }});
  }
  if (!a.of.empty()) {
    TRUEL_TRY(const auto numbers, claims::numbers_at(evidence, a.of));
    return print(a, evidence,
                 {[&] { return output::numbers_json(evidence, numbers); },
                  [&] { return output::numbers_csv(evidence, numbers); },
                  [&](int width) { return output::numbers_table(evidence, numbers, width); },
                  {.numbers = numbers}});
  }
  TRUEL_TRY(const auto claims, claims::select(evidence, a.filter));
  if (a.conflicts) {
    const std::vector<claims::Conflict> conflicts = about(claims::conflicts(evidence), claims);
    return print(a, evidence,
                 {[&] { return output::conflicts_json(evidence, conflicts); },
                  [&] { return output::conflicts_csv(evidence, conflicts); },
                  [&](int width) { return output::conflicts_table(evidence, conflicts, width); },
                  {.conflicts = conflicts}});
  }
  return print(a, evidence,
               {[&] { return output::claims_json(evidence, claims); },
                [&] { return output::claims_csv(evidence, claims); },
                [&](int width) { return output::claims_table(evidence, claims, width); },
                {.claims = claims}});
}

}  // namespace truel::cli
