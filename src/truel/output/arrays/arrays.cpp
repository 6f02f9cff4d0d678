#include "truel/output/arrays/arrays.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "truel/output/arrays/frame.hpp"
#include "truel/output/arrays/law_columns.hpp"
#include "truel/output/arrays/month_columns.hpp"
#include "truel/output/arrays/targets/netcdf.hpp"
#include "truel/output/files.hpp"

namespace truel::output {
namespace {

using ensemble::DyadSummary;
using ensemble::Summary;
using solver::Run;
using solver::RunStatus;
using enum ArrayType;

/// Realizations that are gathered before they are written: part of the format, because it decides where chunks lie.
/// Of very many, as many more as leave kMostBlocks of them, if they are small.
constexpr std::size_t kBlock = 64;
constexpr std::size_t kMostBlocks = 128;
constexpr std::size_t kBlockBytes = std::size_t{16} << 20;

std::size_t block_length(const CompiledModel& model, const Summary& summary) {
  const std::size_t n = at(model.n_actors());
  const std::size_t bytes = sizeof(double) * (n * actor_outcomes().size() + 2 * summary.dyads.size() +
                                              n * summary.days.size() + model.uncertain().size()) +
                            at(model.n_places()) * summary.days.size() + month_bytes(model, summary);
  std::size_t length = kBlock;
  while (length * kMostBlocks < summary.numbers.size() && 2 * length * bytes <= kBlockBytes) {
    length *= 2;
  }
  return length;
}

/// The columns of a realization itself.
void add_origin(Columns& columns, const Frame& frame, std::uint64_t seed) {
  columns.add_kept<std::int32_t>(
      {.name = "realization", .meaning = "number of the realization", .unit = "1"},
      [](const Run& run, auto& values) { values.push_back(static_cast<std::int32_t>(run.number)); });
  columns.add_kept<std::uint64_t>(
      {.name = "seed", .meaning = "seed; with the number it gives the realization its own random numbers", .unit = "1"},
      [seed](const Run&, auto& values) { values.push_back(seed); });
  const int status = columns.add_kept<std::int8_t>(
      {.name = "status", .meaning = "whether the realization came to its end, or why not"},
      [](const Run& run, auto& values) { values.push_back(static_cast<std::int8_t>(run.status)); });
  std::vector<std::pair<int, std::string>> meanings;
  for (const RunStatus s :
       {RunStatus::complete, RunStatus::step_too_small, RunStatus::not_finite, RunStatus::event_limit}) {
    meanings.emplace_back(static_cast<int>(s), solver::to_string(s));
  }
  if (frame.moves_alignment) {
    meanings.emplace_back(static_cast<int>(RunStatus::diverged), solver::to_string(RunStatus::diverged));
  }
  columns.file.flags(status, meanings);
  const int fingerprint =
      columns.add_kept<char>({.name = "fingerprint",
                              .of = {columns.file.characters(kFingerprintDigits)},
                              .meaning = "hash (XXH3 of 64 bits, hexadecimal) of the results of the realization"},
                             [](const Run& run, auto& values) {
                               append(values, fmt::format("{:0{}x}", run.fingerprint, kFingerprintDigits));
                             });
  columns.file.attribute(fingerprint, "_Encoding", "utf-8");
  columns.add_kept<double>({.name = "draws",
                            .of = {frame.parameter},
                            .meaning = "value drawn for the parameter, in the unit that parameter_unit names",
                            .coordinates = "parameter_unit"},
                           [](const Run& run, auto& values) { append(values, run.draws); });
}

/// Those over time, of actors and places.
void add_series(Columns& columns, const Frame& frame) {
  const auto of_actors = [&](const char* name, std::vector<float> Run::*part, const char* meaning) {
    columns.add<float>({.name = name,
                        .of = {frame.time, frame.actor},
                        .meaning = meaning,
                        .unit = "1",
                        .coordinates = kActorCoordinates},
                       [part, n_times = frame.time.length, n = frame.actor.length](const Run& run, auto& values) {
                         for (std::size_t t = 0; t < n_times; ++t) {
                           for (std::size_t a = 0; a < n; ++a) {
                             values.push_back((run.*part)[a * n_times + t]);
                           }
                         }
                       });
  };
  of_actors("fighters", &Run::fighters, "fighters of the actor, columns on the road included");
  of_actors("value_share", &Run::value_share, "share of the value of all places that the actor holds");
}

/// What two do to each other.
void add_dyads(Columns& columns, const Frame& frame, const std::vector<DyadSummary>& dyads,
               const ArrayDimension& dyad) {
  const auto add = [&](std::string_view name, std::string_view unit, std::string_view meaning, auto value) {
    columns.add<double>(
        {.name = name, .of = {dyad}, .meaning = meaning, .unit = unit, .coordinates = "attacker target"},
        [&dyads, value, n = frame.actor.length](const Run& run, auto& values) {
          for (const DyadSummary& d : dyads) {
            values.push_back(value(run, at(d.attacker) * n + at(d.target)));
          }
        });
  };
  add("losses", "1", "fighters of the target killed by the attacker",
      [](const Run& run, std::size_t pair) { return run.losses[pair]; });
  add("effort_share", "1", "share of the attacker's effort aimed at the target, mean over time",
      [](const Run& run, std::size_t pair) { return run.effort[pair]; });
  for (std::size_t k = 0; k < kAttackTallyCount; ++k) {
    add(kAttackTallies[k].name, kAttackTallies[k].is_day ? "day" : "1", kAttackTallies[k].meaning,
        [k](const Run& run, std::size_t pair) { return run.attacks[pair * kAttackTallyCount + k]; });
  }
}

/// Of the last day.
void add_outcomes(Columns& columns, const Frame& frame) {
  for (const ActorOutcomeInfo& info : actor_outcomes()) {
    columns.add<double>({.name = info.array,
                         .of = {frame.actor},
                         .meaning = info.meaning,
                         .unit = info.scale == OutcomeScale::day ? "day" : "1",
                         .coordinates = kActorCoordinates},
                        [outcome = info.outcome, n = frame.actor.length](const Run& run, auto& values) {
                          for (ActorIndex a = 0; a < static_cast<int>(n); ++a) {
                            values.push_back(run.of(a, outcome));
                          }
                        });
  }
  columns.add<double>(
      {.name = "civilian_harm", .meaning = "persons who are no fighters harmed by fire and strikes", .unit = "1"},
      [](const Run& run, auto& values) { values.push_back(run.civilian_harm); });
}

}  // namespace

void put_ensemble(const CompiledModel& model, const solver::SolveOptions& options, const Summary& summary,
                  const ensemble::RunStore& store, const Provenance& provenance, ArrayTarget& file) {
  Frame frame(file, model, summary.days);
  frame.describe(options, provenance,
                 "A realization is one run of the war with its own draw of the uncertain parameters; its random "
                 "numbers follow from seed and realization number. Results of realizations whose status is not "
                 "complete are missing; their draws are kept.");
  const std::vector<std::uint32_t>& numbers = summary.numbers;
  if (summary.stopped_before) {
    file.attribute("partial",
                   fmt::format("interrupted: {} of {} realizations are here", numbers.size(), *summary.stopped_before));
  }
  Columns columns(file, file.dimension("realization", numbers.size()));
  const ArrayDimension dyad = file.dimension("dyad", summary.dyads.size());
  const auto actor_id = [&](ActorIndex DyadSummary::*which) {
    return names_of(summary.dyads, [&](const DyadSummary& d) { return frame.war.actors[at(d.*which)].id; });
  };
  file.labels("attacker", dyad, "actor whose fire and strikes kill", actor_id(&DyadSummary::attacker));
  file.labels("target", dyad, "actor whose fighters are killed", actor_id(&DyadSummary::target));
  add_origin(columns, frame, options.seed);
  add_series(columns, frame);
  const int control = columns.add<std::int8_t>({.name = "control",
                                                .of = {frame.place, frame.time},
                                                .meaning = kControlMeaning,
                                                .coordinates = kPlaceCoordinates},
                                               [](const Run& run, auto& values) { append(values, run.control); });
  frame.describe_control(control);
  add_dyads(columns, frame, summary.dyads, dyad);
  const int losses_mean =
      file.variable("losses_mean", float64, {dyad, frame.time},
                    "fighters of the target killed by the attacker up to the time, mean over the complete "
                    "realizations",
                    "1");
  file.attribute(losses_mean, "coordinates", "attacker target");
  add_outcomes(columns, frame);
  const MonthColumns months(columns, frame, dyad, model, summary, takes_months(model, summary));
  add_alignment(columns, frame);
  add_war_outcomes(columns, frame, model);
  add_issues(columns, frame, model.issues());
  file.end_definitions();

  frame.put_coordinates();
  std::vector<double> losses;
  for (const DyadSummary& d : summary.dyads) {
    append(losses, d.losses_by_time);
  }
  file.put(losses_mean, {dyad, frame.time}, 0, std::span<const double>(losses));
  months.put_spans(file);
  Run run;
  const std::size_t block = block_length(model, summary);
  for (std::size_t first = 0; first < numbers.size() && file.ok(); first += block) {
    for (std::size_t r = first; r < std::min(first + block, numbers.size()); ++r) {
      store.read(numbers[r], run);
      columns.take(run);
    }
    columns.put(first);
  }
}

std::optional<Diagnostic> write_ensemble_nc(const CompiledModel& model, const solver::SolveOptions& options,
                                            const Summary& summary, const ensemble::RunStore& store,
                                            const Provenance& provenance, const std::filesystem::path& path) {
  NewFile file(whole_path(path));
  NetcdfFile netcdf(file.part(), block_length(model, summary));
  put_ensemble(model, options, summary, store, provenance, netcdf);
  if (auto failure = netcdf.close(path)) {
    return failure;
  }
  return file.commit();
}

}  // namespace truel::output
