// Writes docs/parameters.md from the list of parameters that the reader, the checker and the model use.
//
// usage: parameter_docs > docs/parameters.md
//        parameter_docs --check docs/parameters.md     exit status 1 if the file is not what it would write
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "truel/model/actor_outcome.hpp"
#include "truel/model/metric.hpp"
#include "truel/model/parameters.hpp"
#include "truel/scenario/formats/table.hpp"

namespace {

using truel::ParameterInfo;

std::string number(double value) {
  if (std::isnan(value)) {
    return "none";
  }
  return std::isinf(value) ? "" : fmt::format("{:.10g}", value);
}

/// A heading and a table; names lose `prefix`.
std::string section(std::string_view title, std::string_view note, const std::vector<ParameterInfo>& infos,
                    std::string_view prefix) {
  std::string text = fmt::format("\n## {}\n\n{}\n\n", title, note);
  text += "| name | unit | default | least | greatest | meaning |\n|---|---|---|---|---|---|\n";
  for (const ParameterInfo& info : infos) {
    text += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", info.name.substr(prefix.size()), info.unit,
                        number(info.fallback), number(info.least), number(info.greatest), info.meaning);
  }
  return text;
}

std::string columns_of(const truel::scenario::TableInfo& table) {
  if (table.numbers.empty()) {
    return "";
  }
  static const std::vector<std::pair<std::string_view, std::string_view>> paths{
      {"actors.csv", "actors.ID.NAME"},
      {"commands.csv", "commands.ID.NAME"},
      {"places.csv", "places.ID.NAME"},
      {"links.csv", "links.A.B.NAME"},
      {"ties.csv", "ties.A.B.NAME"},
      {"sponsors.csv", "sponsors.RECIPIENT.SPONSOR.NAME"},
      {"forces.csv", "forces.ACTOR.PLACE.DATE"},
      {"support.csv", "support.ACTOR.PLACE.DATE"},
      {"positions.csv", "positions.ACTOR.ISSUE.NAME"},
      {"interventions.csv", "interventions.ID.NAME"},
  };
  std::string note = "Columns of the table.";
  for (const auto& [file, path] : paths) {
    if (file == table.file) {
      note = fmt::format("Columns of the table; path `{}`.", path);
      if (table.file == "interventions.csv") {
        note +=
            " The day of the row is a number, too: `interventions.ID.date`, written as\n"
            "dates ([scenario-format.md](scenario-format.md#dates)).";
      }
    }
  }
  return section(table.file, note, {table.numbers.begin(), table.numbers.end()}, "");
}

/// The parameters whose name begins with `prefix`.
std::vector<ParameterInfo> laws_below(std::string_view prefix) {
  std::vector<ParameterInfo> found;
  for (const ParameterInfo& info : truel::law_parameters()) {
    if (info.name.starts_with(prefix)) {
      found.push_back(info);
    }
  }
  return found;
}

/// What is counted of an actor, and where each number is shown.
std::string actor_outcomes() {
  std::string text =
      "\n## Numbers of an actor\n\nWhat a realization keeps of every actor. `ensemble.nc` has them all, by realization "
      "and actor; the name goes into\n`actors.ACTOR.NAME` of a check or a question (m), a quantity of `summary.json` "
      "(s), "
      "an `--outcome` of a sensitivity study\n(o) and a replay (r), there sometimes by another name. Gains (+) and "
      "losses "
      "(-) make the fighters of the last day out of\nthose of the first.\n\n| name | in ensemble.nc | unit | | shown | "
      "meaning |\n|---|---|---|---|---|---|\n";
  for (const truel::ActorOutcomeInfo& info : truel::kActorOutcomeInfos) {
    std::string shown;
    for (const auto& [where, letter] : {std::pair{truel::kInMetrics, "m"}, std::pair{truel::kInSummary, "s"},
                                        std::pair{truel::kInStudies, "o"}, std::pair{truel::kInReplays, "r"}}) {
      shown += info.is_in(where) ? letter : "";
    }
    const char* flow = info.flow == truel::Flow::gain ? "+" : info.flow == truel::Flow::loss ? "-" : "";
    text += fmt::format("| `{}` | `{}` | {} | {} | {} | {} |\n", info.name, info.array, truel::unit_of(info.scale),
                        flow, shown, info.meaning);
  }
  return text;
}

std::string page() {
  std::string text =
      "# Parameters\n\n"
      "Every number that a scenario may give. Made from `src/truel/model/parameters.cpp` by "
      "`tools/parameter_docs.cpp`; a\n"
      "test keeps it true. How a number is written, and what it rests on, is in "
      "[scenario-format.md](scenario-format.md);\n"
      "what the numbers do is in [model.md](model.md).\n\n"
      "`none` as a default means that the number has no value until the scenario gives one: what the meaning says "
      "then\n"
      "holds, or the law that needs it does not act. A switch is `true` or `false` (1 or 0) and needs no basis. A "
      "value, a\n"
      "range or a triangle must lie within the bounds; of a `normal`, `lognormal` or `beta`, which only thin out "
      "towards\n"
      "theirs, the centre must, and the distribution is cut off at the bounds.\n";
  for (const auto& table : truel::scenario::tables()) {
    text += columns_of(table);
  }
  text += section("scenario.toml: thresholds", "Keys of `[thresholds]`; path `scenario.thresholds.NAME`.",
                  laws_below("thresholds."), "thresholds.");
  std::set<std::string> laws;
  for (const ParameterInfo& info : truel::law_parameters()) {
    if (!info.name.starts_with("laws.")) {
      continue;
    }
    const std::string law(info.name.substr(5, info.name.find('.', 5) - 5));
    if (laws.insert(law).second) {  // parameters of a law need not follow one another
      const std::string prefix = fmt::format("laws.{}.", law);
      text +=
          section(fmt::format("scenario.toml: laws.{}", law),
                  fmt::format("Keys of `[laws.{0}]`; path `scenario.laws.{0}.NAME`.", law), laws_below(prefix), prefix);
    }
  }
  const auto terrain = truel::terrain_parameters();
  text += section("scenario.toml: terrain", "Keys of `[terrain.ID]`; path `scenario.terrain.ID.NAME`.",
                  {terrain.begin(), terrain.end()}, "");
  text += actor_outcomes();
  text +=
      "\n## Metrics\n\nWhat a `[[check]]` can ask for. ACTOR and PLACE stand for ids, DAY for days since the first or "
      "a "
      "date. Of a\nprobability, the meaning is what must be so in a realization. An ending `.mean` (the default), "
      "`.se`, "
      "`.q05`, `.q50` or\n`.q95` says which statistic of the realizations.\n\n| name | meaning |\n|---|---|\n";
  for (const truel::MetricInfo& info : truel::metrics()) {
    text += fmt::format("| `{}` | {} |\n", info.shape, info.meaning);
  }
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string text = page();
  if (argc == 1) {
    fmt::print("{}", text);
    return 0;
  }
  if (argc != 3 || std::string_view(argv[1]) != "--check") {
    fmt::print(stderr, "usage: parameter_docs [--check FILE]\n");
    return 2;
  }
  std::ifstream stream(argv[2], std::ios::binary);
  const std::string committed{std::istreambuf_iterator<char>(stream), {}};
  if (committed != text) {
    fmt::print(stderr, "{} is out of date; write it anew: parameter_docs > {}\n", argv[2], argv[2]);
    return 1;
  }
  return 0;
}
