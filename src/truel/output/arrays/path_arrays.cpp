#include <fmt/format.h>

#include "truel/output/arrays/arrays.hpp"
#include "truel/output/arrays/frame.hpp"
#include "truel/output/arrays/targets/netcdf.hpp"
#include "truel/output/files.hpp"

namespace truel::output {
namespace {

using solver::Run;
using enum ArrayType;

/// Days of a path in one chunk.
constexpr std::size_t kPathDays = 16;

/// [actor][time] as [time][actor].
std::vector<float> by_time(const std::vector<float>& by_actor, std::size_t n_actors) {
  const std::size_t n_times = by_actor.size() / n_actors;
  std::vector<float> out(by_actor.size());
  for (std::size_t a = 0; a < n_actors; ++a) {
    for (std::size_t t = 0; t < n_times; ++t) {
      out[t * n_actors + a] = by_actor[a * n_times + t];
    }
  }
  return out;
}

}  // namespace

std::optional<Diagnostic> write_path_nc(const CompiledModel& model, const solver::SolveOptions& options,
                                        const ensemble::KeptRun& kept, const Provenance& provenance,
                                        const std::filesystem::path& path) {
  NewFile target(whole_path(path));
  const std::vector<int> days = solver::stored_days(model, options);
  NetcdfFile file(target.part(), kPathDays);
  Frame frame(file, model, days);
  const Run& run = kept.run;
  frame.describe(options, provenance, "One realization of an ensemble, with the state of every place.");
  file.attribute("realization", fmt::format("{}", run.number));
  file.attribute("status", solver::to_string(run.status));
  file.attribute("fingerprint", fmt::format("{:0{}x}", run.fingerprint, kFingerprintDigits));
  const std::vector<ArrayDimension> state = {frame.time, frame.place, frame.actor};
  const std::vector<ArrayDimension> totals = {frame.time, frame.actor};
  const int fighters = file.variable("fighters", float32, state, "fighters of the actor at the place", "1");
  const int support =
      file.variable("support", float32, state, "share of the people of the place that support the actor", "1");
  const int total =
      file.variable("total_fighters", float32, totals, "fighters of the actor, columns on the road included", "1");
  const int value =
      file.variable("value_share", float32, totals, "share of the value of all places that the actor holds", "1");
  const int control = file.variable("control", byte, {frame.place, frame.time}, kControlMeaning);
  file.attribute(control, "coordinates", kPlaceCoordinates);
  frame.describe_control(control);
  const int draws = file.variable("draws", float64, {frame.parameter},
                                  "value drawn for the parameter, in the unit that parameter_unit names");
  file.attribute(draws, "coordinates", "parameter_unit");
  for (const int v : {fighters, support}) {
    file.attribute(v, "coordinates", "latitude longitude place_name actor_name actor_kind");
  }
  for (const int v : {total, value}) {
    file.attribute(v, "coordinates", kActorCoordinates);
  }
  file.end_definitions();
  frame.put_coordinates();
  file.put(fighters, state, 0, std::span<const float>(kept.path.fighters));
  file.put(support, state, 0, std::span<const float>(kept.path.support));
  file.put(total, totals, 0, std::span<const float>(by_time(run.fighters, frame.actor.length)));
  file.put(value, totals, 0, std::span<const float>(by_time(run.value_share, frame.actor.length)));
  file.put(control, {frame.place, frame.time}, 0, std::span<const std::int8_t>(run.control));
  file.put(draws, {frame.parameter}, 0, std::span<const double>(run.draws));
  if (auto failure = file.close(path)) {
    return failure;
  }
  return target.commit();
}

}  // namespace truel::output
