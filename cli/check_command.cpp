#include "check_command.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "diagnostics.hpp"
#include "session.hpp"
#include "truel/app/package.hpp"
#include "truel/base/bytes/utf8.hpp"
#include "truel/output/json.hpp"
#include "truel/output/score/score.hpp"
#include "truel/output/terminal/text.hpp"
#include "truel/record/deaths/deaths.hpp"
#include "truel/record/observations/observations.hpp"
#include "truel/scenario/scenario.hpp"
#include "warnings.hpp"

namespace truel::cli {
namespace {

output::Json list_of(const Diagnostics& diagnostics) {
  output::Json list = output::Json::array();
  for (const Diagnostic& each : diagnostics) {
    output::Json one;
    one["file"] = each.where.file;
    one["line"] = each.where.line > 0 ? output::Json(each.where.line) : output::Json();
    one["column"] = each.where.column > 0 ? output::Json(each.where.column) : output::Json();
    one["what"] = each.what;
    one["hint"] = each.hint;
    list.push_back(std::move(one));
  }
  return list;
}

/// Nothing where there are none.
std::string and_warnings(const Diagnostics& warnings) {
  return warnings.empty() ? "" : ", " + output::plural(static_cast<std::int64_t>(warnings.size()), "warning");
}

Result<record::Observations> observations_of(const War& war, const CheckArguments& a) {
  TRUEL_TRY(auto read, record::read_record(war, a.package, a.observed));
  record::count_left_out(war, record::Dyads(war, read.observations, read.rules), read.observations);
  return std::move(read.observations);
}

}  // namespace

void add_check_options(CLI::App& app, CheckArguments& a) {
  app.add_option("package", a.package, "Folder of the war (a package)")->required();
  app.add_option(
      "--observed", a.observed,
      "Folder of observed data: also say what of it is read, and which of its places and sides have no match");
  app.add_flag("--strict", a.strict, "Warnings refuse the package, too");
  app.add_flag("--json", a.json, "Print mistakes and warnings as JSON instead of text");
  app.footer(
      "Exit status: 0 without mistakes, 2 with one (with --strict: or a warning).\n"
      "Examples:\n"
      "  # What is wrong with the package?\n"
      "  truel check scenarios/syria-2016\n"
      "  # Is anything wrong, warnings included? For a script\n"
      "  truel check scenarios/syria-2016 --strict --json");
}

Result<int> check_command(const CheckArguments& a) {
  Diagnostics warnings;
  const auto war = app::read(a.package, {}, warnings);
  Diagnostics mistakes = war ? Diagnostics() : war.error();
  std::optional<record::Observations> observations;
  if (war && !a.observed.empty()) {
    auto read = observations_of(*war, a);
    if (read) {
      observations = std::move(*read);
    } else {
      mistakes = read.error();
    }
  }
  const int status = mistakes.empty() && (warnings.empty() || !a.strict) ? kDone : kWrongInput;
  if (a.json) {
    output::Json all;
    all["package"] = a.package;
    all["mistakes"] = list_of(mistakes);
    all["warnings"] = list_of(warnings);
    fmt::print("{}\n", output::text_of(all, 2));
    return status;
  }
  if (war) {
    warn(warnings, warnings.size());
  }
  if (!mistakes.empty()) {
    report(mistakes, status);
    if (gathered(mistakes).size() < mistakes.size()) {
      say("--json lists each with its line\n");
    }
    return status;
  }
  int given = 0;
  int uncertain = 0;
  for (const Parameter& parameter : war->parameters) {
    given += parameter.is_given;
    uncertain += parameter.is_given && !parameter.distribution.is_value();
  }
  const auto of = [](const auto& list, std::string_view word) {
    return output::plural(static_cast<std::int64_t>(list.size()), word);
  };
  fmt::print("{}: no mistakes{}\n{} in {}, {}, {}, {}, {}\n{}, {} of them uncertain\n", escaped(a.package),
             and_warnings(warnings), of(war->actors, "actor"), of(war->commands, "command"), of(war->places, "place"),
             of(war->links, "road"), of(war->claims, "claim"), of(war->accounts, "account"),
             output::plural(given, "value"), uncertain);
  if (observations) {
    fmt::print("{}\n", output::observations_text(*war, *observations));
  }
  return status;
}

}  // namespace truel::cli
