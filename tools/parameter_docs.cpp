// Writes what docs say of the lists in the code: docs/parameters.md, the purposes in docs/randomness.md, and what each
// law of docs/laws declares; and what the page is to know of them, web/src/catalogue.ts.
//
// usage: parameter_docs .
//        parameter_docs --check .     exit status 1 if a file is not what it would write
//
// The argument is the root of the repository.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/bytes/files.hpp"
#include "truel/base/purposes.hpp"
#include "truel/ensemble/compare/compare.hpp"
#include "truel/laws/declarations.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/model/parameters.hpp"
#include "truel/model/results/actor_outcome.hpp"
#include "truel/model/results/issue_result.hpp"
#include "truel/model/results/metric.hpp"
#include "truel/record/control/baselines.hpp"
#include "truel/record/deaths/baselines.hpp"
#include "truel/record/score/losses.hpp"
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

std::string law_section(std::string_view law, const std::vector<ParameterInfo>& infos) {
  return section(fmt::format("scenario.toml: laws.{}", law),
                 fmt::format("Keys of `[laws.{0}]`; path `scenario.laws.{0}.NAME`.", law), infos,
                 fmt::format("laws.{}.", law));
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

/// Whether a law with a page of its own declares the number.
bool is_on_own_page(const ParameterInfo& number) {
  const auto declared = truel::laws::declarations();
  return std::any_of(declared.begin(), declared.end(), [&](const truel::laws::Declaration& law) {
    return !law.name.empty() && std::any_of(law.numbers.begin(), law.numbers.end(),
                                            [&](const ParameterInfo& other) { return other.name == number.name; });
  });
}

/// The parameters whose name begins with `prefix`.
std::vector<ParameterInfo> laws_below(std::string_view prefix) {
  std::vector<ParameterInfo> found;
  for (const ParameterInfo& info : truel::law_parameters()) {
    if (info.name.starts_with(prefix) && !is_on_own_page(info)) {
      found.push_back(info);
    }
  }
  return found;
}

constexpr std::string_view kOutcomeTable =
    "| name | in ensemble.nc | unit | | shown | meaning |\n|---|---|---|---|---|---|\n";

/// Whether a law with a page of its own counts it.
bool is_on_own_page(const truel::ActorOutcomeInfo& outcome) {
  const auto declared = truel::laws::declarations();
  return std::any_of(declared.begin(), declared.end(), [&](const truel::laws::Declaration& law) {
    return !law.name.empty() && std::any_of(law.outcomes.begin(), law.outcomes.end(),
                                            [&](const auto& other) { return other.name == outcome.name; });
  });
}

std::string outcome_rows(std::span<const truel::ActorOutcomeInfo> infos) {
  std::string text;
  for (const truel::ActorOutcomeInfo& info : infos) {
    std::string shown;
    for (const auto& [where, letter] : {std::pair{truel::kInMetrics, "m"}, std::pair{truel::kInSummary, "s"},
                                        std::pair{truel::kInStudies, "o"}, std::pair{truel::kInReplays, "r"}}) {
      shown += info.is_in(where) ? letter : "";
    }
    const char* flow = info.flow == truel::Flow::gain ? "+" : truel::is_loss(info.flow) ? "-" : "";
    text += fmt::format("| `{}` | `{}` | {} | {} | {} | {} |\n", info.name, info.array, truel::unit_of(info.scale),
                        flow, shown, info.meaning);
  }
  return text;
}

/// What is counted of an actor, and where each number is shown.
std::string actor_outcomes() {
  std::string text =
      "\n## Numbers of an actor\n\nWhat a realization keeps of every actor. `ensemble.nc` has them all, by realization "
      "and actor; the name goes into\n`actors.ACTOR.NAME` of a check or a question (m), a quantity of `summary.json` "
      "(s), "
      "a `--metric` of a sensitivity study\n(o) and a replay (r), there sometimes by another name. Gains (+) and "
      "losses "
      "(-) make the fighters of the last day out of\nthose of the first.\n\n";
  std::vector<truel::ActorOutcomeInfo> here;
  for (const truel::ActorOutcomeInfo& info : truel::actor_outcomes()) {
    if (!is_on_own_page(info)) {
      here.push_back(info);
    }
  }
  return text.append(kOutcomeTable) + outcome_rows(here);
}

std::string page() {
  std::string text =
      "# Parameters\n\n"
      "Every number that a scenario may give, but for those of the laws in [laws/](laws), which stand on their pages. "
      "Made from\n`src/truel/model/parameters.cpp` and what laws declare by `tools/parameter_docs.cpp`; a test keeps "
      "it "
      "true. How a\nnumber is written, and what it rests on, is in [scenario-format.md](scenario-format.md); what the "
      "numbers do is in\n[model.md](model.md).\n\n"
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
    if (!info.name.starts_with("laws.") || is_on_own_page(info)) {
      continue;
    }
    const std::string law(info.name.substr(5, info.name.find('.', 5) - 5));
    if (laws.insert(law).second) {  // parameters of a law need not follow one another
      text += law_section(law, laws_below(fmt::format("laws.{}.", law)));
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
    const auto outcomes = truel::actor_outcomes();
    const bool is_elsewhere = std::any_of(outcomes.begin(), outcomes.end(), [&](const auto& outcome) {
      return info.shape == fmt::format("actors.ACTOR.{}", outcome.name) && is_on_own_page(outcome);
    });
    text += is_elsewhere ? "" : fmt::format("| `{}` | {} |\n", info.shape, info.meaning);
  }
  return text;
}

std::string purpose_table(std::span<const truel::PurposeInfo> infos) {
  std::string text = "| purpose | entity | what is drawn |\n|---|---|---|\n";
  for (const truel::PurposeInfo& info : infos) {
    text += fmt::format("| {} | {} | {} |\n", info.name, info.entity, info.drawn);
  }
  return text;
}

/// All but those on the pages of laws, by their numbers.
std::vector<truel::PurposeInfo> purposes() {
  std::vector<truel::PurposeInfo> found(truel::kPurposes.begin(), truel::kPurposes.end());
  for (const truel::laws::Declaration& law : truel::laws::declarations()) {
    if (law.name.empty()) {
      found.insert(found.end(), law.purposes.begin(), law.purposes.end());
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.purpose < b.purpose; });
  return found;
}

/// What a law declares, as its page shows it.
std::string declared(const truel::laws::Declaration& law) {
  std::string text;
  if (!law.numbers.empty()) {
    text += law_section(law.name, {law.numbers.begin(), law.numbers.end()});
  }
  if (!law.purposes.empty()) {
    text += "\n## Random numbers\n\nAs in [randomness.md](../randomness.md).\n\n" + purpose_table(law.purposes);
  }
  if (!law.outcomes.empty()) {
    text += "\n## Numbers of an actor\n\nAs in [parameters.md](../parameters.md#numbers-of-an-actor).\n\n";
    text.append(kOutcomeTable) += outcome_rows(law.outcomes);
  }
  if (!law.war_outcomes.empty()) {
    text += "\n## Seen on the last day\n\n| metric | array of ensemble.nc | of | meaning |\n|---|---|---|---|\n";
    for (const truel::WarOutcomeInfo& info : law.war_outcomes) {
      text += fmt::format("| `{}` | `{}` | {} | {} |\n", info.name, info.array,
                          info.of == truel::WarOutcomeInfo::Of::war ? "war" : "actor", info.meaning);
    }
  }
  if (!law.states.empty()) {
    text += "\n## State\n\n| name | of every | first | meaning |\n|---|---|---|---|\n";
    for (const truel::LawStateInfo& info : law.states) {
      using Of = truel::LawStateInfo::Of;
      text += fmt::format("| {} | {} | {} | {} |\n", info.name,
                          info.of == Of::place   ? "place"
                          : info.of == Of::actor ? "actor"
                                                 : "actor at every place",
                          number(info.first), info.meaning);
    }
  }
  return text;
}

/// A sentence with the names of its numbers, but not how they are written: "share {share:.2f}" as "share {share}".
std::string without_formats(std::string text) {
  for (std::size_t at = text.find(":."); at != std::string::npos; at = text.find(":.")) {
    text.erase(at, text.find('}', at) - at);
  }
  return text;
}

std::string event_tables() {
  std::string text = "| kind | what happened |\n|---|---|\n";
  for (const truel::EventInfo& info : truel::laws::event_kinds()) {
    text += fmt::format("| `{}` | {} |\n", info.kind, info.meaning);
  }
  text += "\n| cause | reason, its numbers in braces |\n|---|---|\n";
  for (const truel::EventCause& cause : truel::laws::event_causes()) {
    text +=
        fmt::format("| `{}` | {} |\n", cause.name, without_formats(fmt::format("{}{}", cause.sentence, cause.more)));
  }
  text += "\n| number | is |\n|---|---|\n";
  for (const truel::EventNumberInfo& info : truel::kEventNumbers) {
    text += fmt::format("| `{}` | {} |\n", info.name, info.meaning);
  }
  return text;
}

/// A type of TypeScript: one of these names.
template <class Rows, class Name>
std::string one_of(const Rows& rows, Name name) {
  std::vector<std::string> names;
  for (const auto& row : rows) {
    if (const std::string_view text = name(row); !text.empty()) {
      names.push_back(fmt::format("\"{}\"", text));
    }
  }
  return fmt::format("{}", fmt::join(names, " | "));
}

std::vector<std::string_view> forecast_models() {
  using namespace truel::record;
  std::vector<std::string_view> names{kTruel, kBlend, kRecalibrated};
  for (const ControlBaseline& baseline : kControlBaselines) {
    names.push_back(baseline.name);
  }
  const std::vector<std::string_view> of_deaths = death_baseline_names();
  names.insert(names.end(), of_deaths.begin(), of_deaths.end());
  return names;
}

/// What the page is to know of the lists of results.
std::string page_catalogue() {
  using Info = truel::IssueResultInfo;
  const auto itself = [](std::string_view name) { return name; };
  const truel::IssueLawInfo& law = truel::issue_law();
  const auto of_rounds = [](const Info& info) { return info.of == Info::Of::round ? info.name : std::string_view(); };
  const auto of_seats = [](const Info& info) {
    return info.of == Info::Of::round_and_actor || info.of == Info::Of::actor ? info.name : std::string_view();
  };
  return fmt::format(
      R"(// What the engine's lists of results name. Made by tools/parameter_docs.cpp; a test keeps it up to date.

/** The id of the basic model among accounts. */
export const kBase = "{}";

/** By what two wars are compared. */
export type ComparedKind = {};

/** Forecasts that are scored: the model's, and those that it is held beside. */
export type ForecastModel = {};

/** By what they are scored, on a page of their own. */
export type PageScore = {};

/** The features of an enemy that a command weighs. */
export type Feature = {};

/** What a law says that talks would give: a key of the data, and a kind of what is compared. */
export const kIssueOutcome = "{}";

/** Its numbers of an issue after each round, those of each date after the last, and those of an actor at the table. */
export type IssueRound = {};
export type IssueCourse = {};
export type IssueSeat = {};
)",
      truel::kBase, one_of(truel::ensemble::compared_kinds(), itself), one_of(forecast_models(), itself),
      one_of(truel::record::kPageScores, itself),
      one_of(truel::kFeatures, [](const truel::FeatureInfo& info) { return info.name; }), law.name,
      one_of(law.results, of_rounds),
      one_of(law.results, [&](const Info& info) { return info.over_time.empty() ? "" : of_rounds(info); }),
      one_of(law.results, of_seats));
}

/// A page with what stands between the two marks written anew.
std::optional<std::string> with_made(const std::string& page, const std::string& made) {
  constexpr std::string_view kBegin = "<!-- made by tools/parameter_docs.cpp -->\n";
  constexpr std::string_view kEnd = "<!-- made until here -->\n";
  const std::size_t begin = page.find(kBegin);
  const std::size_t end = page.find(kEnd);
  if (begin == std::string::npos || end == std::string::npos || end < begin) {
    return std::nullopt;
  }
  return page.substr(0, begin + kBegin.size()) + made + page.substr(end);
}

/// "" where there is none.
std::string read(const std::filesystem::path& file) {
  return truel::bytes_of_file(file).value_or("");
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_check = argc == 3 && std::string_view(argv[1]) == "--check";
  if (!is_check && argc != 2) {
    fmt::print(stderr, "usage: parameter_docs [--check] ROOT\n");
    return 2;
  }
  const std::filesystem::path root = argv[argc - 1];
  const std::filesystem::path docs = root / "docs";
  std::vector<std::pair<std::filesystem::path, std::optional<std::string>>> pages{
      {docs / "parameters.md", page()},
      {docs / "results.md", with_made(read(docs / "results.md"), event_tables())},
      {docs / "randomness.md", with_made(read(docs / "randomness.md"), purpose_table(purposes()))},
      {root / "web" / "src" / "catalogue.ts", page_catalogue()},
  };
  for (const truel::laws::Declaration& law : truel::laws::declarations()) {
    if (law.name.empty()) {
      continue;
    }
    const std::filesystem::path file = docs / "laws" / fmt::format("{}.md", law.name);
    pages.emplace_back(file, with_made(read(file), declared(law)));
  }
  int status = 0;
  for (const auto& [file, text] : pages) {
    if (!text) {
      fmt::print(stderr, "{} is missing, or has no two marks like those of randomness.md\n", file.string());
      status = 1;
    } else if (is_check && read(file) != *text) {
      fmt::print(stderr, "{} is out of date; write it anew: parameter_docs .\n", file.string());
      status = 1;
    } else if (!is_check) {
      std::ofstream(file, std::ios::binary) << *text;
    }
  }
  return status;
}
