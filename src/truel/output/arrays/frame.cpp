#include "truel/output/arrays/frame.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "truel/laws/alignment/alignment.hpp"
#include "truel/output/describe.hpp"

namespace truel::output {

using enum ArrayType;

Frame::Frame(ArrayTarget& file, const CompiledModel& model, const std::vector<int>& days)
    : war(model.war()), moves_alignment(laws::Alignment::may_act(model)), file_(file), days_(days) {
  time = file.dimension("time", days.size());
  actor = file.dimension("actor", war.actors.size());
  place = file.dimension("place", war.places.size());
  parameter = file.dimension("parameter", model.uncertain().size());

  time_ = file.variable("time", int32, {time}, "time", fmt::format("days since {} 00:00:00", format_date(war.start)));
  file.attribute(time_, "standard_name", "time");
  file.attribute(time_, "calendar", "proleptic_gregorian");
  file.attribute(time_, "axis", "T");
  file.labels("actor", actor, "actor", names_of(war.actors, [](const Actor& a) { return a.id; }));
  file.labels("actor_name", actor, "name of the actor", names_of(war.actors, [](const Actor& a) { return a.name; }));
  file.labels("actor_kind", actor, "ground or air",
              names_of(war.actors, [](const Actor& a) { return a.kind == ActorKind::air ? "air" : "ground"; }));
  file.labels("actor_colour", actor, "colour of the actor, #rrggbb, where the package gives one",
              names_of(war.actors, [](const Actor& a) { return a.colour; }));
  file.labels("place", place, "place", names_of(war.places, [](const Place& p) { return p.id; }));
  file.labels("place_name", place, "name of the place", names_of(war.places, [](const Place& p) { return p.name; }));
  latitude_ = file.variable("latitude", float64, {place}, "latitude of the place (WGS 84)", "degrees_north");
  file.attribute(latitude_, "standard_name", "latitude");
  longitude_ = file.variable("longitude", float64, {place}, "longitude of the place (WGS 84)", "degrees_east");
  file.attribute(longitude_, "standard_name", "longitude");
  std::vector<std::string> paths, units;
  for (const int u : model.uncertain()) {
    paths.push_back(war.parameters[at(u)].path);
    units.emplace_back(unit_of(war, u));
  }
  file.labels("parameter", parameter, "path of an uncertain number of the scenario", paths);
  file.labels("parameter_unit", parameter, "unit of the number", units);
}

void Frame::describe(const solver::SolveOptions& options, const Provenance& provenance, std::string_view comment) {
  file_.attribute("Conventions", "CF-1.8");
  file_.attribute("title", war.title);
  file_.attribute("source", fmt::format("truel {}", provenance.version));
  file_.attribute("package", package_name(war));
  file_.attribute("package_sha256", war.sha256);
  file_.attribute("accounts", fmt::format("{}", fmt::join(provenance.accounts, " ")));
  file_.attribute("settings", fmt::format("{}", fmt::join(provenance.settings, "; ")));
  file_.attribute("solver", solver::to_string(options.solver));
  file_.attribute("seed", fmt::format("{}", options.seed));
  file_.attribute("start", format_date(war.start));
  file_.attribute("end", format_date(war.end));
  file_.attribute("comment", comment);
}

void Frame::describe_control(int variable) {
  std::vector<std::pair<int, std::string>> meanings = {{kUnknown, "unknown"}, {kNone, "none"}};
  for (ActorIndex a = 0; a < static_cast<int>(war.actors.size()); ++a) {
    meanings.emplace_back(a, war.actors[at(a)].id);
  }
  file_.flags(variable, meanings);
}

void Frame::put_coordinates() {
  file_.put(time_, {time}, 0, std::span<const std::int32_t>(days_));
  std::vector<double> latitude, longitude;
  for (const Place& p : war.places) {
    latitude.push_back(p.latitude);
    longitude.push_back(p.longitude);
  }
  file_.put(latitude_, {place}, 0, std::span<const double>(latitude));
  file_.put(longitude_, {place}, 0, std::span<const double>(longitude));
}

std::filesystem::path whole_path(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::absolute(path, error);
  return error ? path : whole;
}

}  // namespace truel::output
