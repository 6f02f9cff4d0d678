#include "truel/model/war.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "truel/model/index_of.hpp"

namespace truel {
namespace {

// The calendar of the format, from 0001-01-01 to 9999-12-31, in days since 1970-01-01.
constexpr double kFirstDate = -719'162;
constexpr double kLastDate = 2'932'896;

void append(std::vector<Parameter>& parameters, const std::string& prefix, std::span<const ParameterInfo> infos) {
  for (const ParameterInfo& info : infos) {
    parameters.push_back({.path = fmt::format("{}.{}", prefix, info.name),
                          .distribution = {.a = info.fallback},
                          .basis = "default",
                          .where = {},
                          .least = info.least,
                          .greatest = info.greatest,
                          .words = info.words});
  }
}

std::string place_part(const War& war, PlaceIndex place) {
  return place == kEverywhere ? "all" : war.places[static_cast<std::size_t>(place)].id;
}

}  // namespace

void War::lay_out_parameters() {
  n_actor_ = static_cast<int>(actor_parameters().size());
  n_command_ = static_cast<int>(command_parameters().size());
  n_place_ = static_cast<int>(place_parameters().size());
  n_link_ = static_cast<int>(link_parameters().size());
  n_tie_ = static_cast<int>(tie_parameters().size());
  n_sponsor_ = static_cast<int>(sponsor_parameters().size());
  n_terrain_ = static_cast<int>(terrain_parameters().size());
  n_position_ = static_cast<int>(position_parameters().size());

  parameters.clear();
  const auto here = [&] { return static_cast<int>(parameters.size()); };
  const std::span<const int> positions = law_positions();
  TRUEL_CHECK(positions.size() <= law_.size());
  std::copy(positions.begin(), positions.end(), law_.begin());
  append(parameters, "scenario", law_parameters());
  offset_.terrain = here();
  for (const std::string& id : terrains) {
    append(parameters, "scenario.terrain." + id, terrain_parameters());
  }
  offset_.actor = here();
  for (const Actor& a : actors) {
    append(parameters, "actors." + a.id, actor_parameters());
  }
  offset_.command = here();
  for (const Command& c : commands) {
    append(parameters, "commands." + c.id, command_parameters());
  }
  offset_.place = here();
  for (const Place& p : places) {
    append(parameters, "places." + p.id, place_parameters());
  }
  const auto id = [&](PlaceIndex p) -> const std::string& { return places[static_cast<std::size_t>(p)].id; };
  offset_.link = here();
  for (const Link& l : links) {
    append(parameters, fmt::format("links.{}.{}", id(l.a), id(l.b)), link_parameters());
  }
  offset_.tie = here();
  for (const Actor& a : actors) {
    for (const Actor& b : actors) {
      append(parameters, fmt::format("ties.{}.{}", a.id, b.id), tie_parameters());
    }
  }
  const auto actor_id = [&](ActorIndex a) -> const std::string& { return actors[static_cast<std::size_t>(a)].id; };
  offset_.sponsor = here();
  for (const Sponsor& s : sponsors) {
    append(parameters, fmt::format("sponsors.{}.{}", actor_id(s.recipient), s.sponsor), sponsor_parameters());
  }
  const auto single = [&](std::string path, double least) {
    parameters.push_back(
        {.path = std::move(path), .distribution = {}, .basis = "default", .where = {}, .least = least});
  };
  offset_.force = here();
  for (const Force& f : forces) {
    single(fmt::format("forces.{}.{}.{}", actor_id(f.actor), place_part(*this, f.place), format_date(f.date)), 0);
  }
  offset_.support = here();
  for (const SupportRow& s : support) {
    single(fmt::format("support.{}.{}.{}", actor_id(s.actor), place_part(*this, s.place), format_date(s.date)), 0);
    parameters.back().greatest = 1;
  }
  for (Intervention& i : interventions) {
    i.value = here();
    single(fmt::format("interventions.{}.value", i.id), -kUnbounded);
    parameters.back().distribution.a = i.action == InterventionAction::pledge || i.action == InterventionAction::merge;
  }
  for (Intervention& i : interventions) {
    if (is_allegiance(i.action)) {
      i.compliance = here();
      single(fmt::format("interventions.{}.compliance", i.id), 0);
      parameters.back().greatest = 1;
      parameters.back().distribution.a = 1;
    }
  }
  offset_.position = here();
  for (const Seat& p : seats) {
    append(parameters, fmt::format("positions.{}.{}", actor_id(p.actor), issues[static_cast<std::size_t>(p.issue)]),
           position_parameters());
  }
  // Last, so that a number has the same place in the list, and with it the same draws, whether they are there or not.
  for (Intervention& i : interventions) {
    i.when = here();
    single(fmt::format("interventions.{}.date", i.id), kFirstDate);
    parameters.back().greatest = kLastDate;
    parameters.back().distribution = {.a = static_cast<double>(i.date), .is_date = true};
    parameters.back().is_date = true;
    i.on = here();
    single(fmt::format("interventions.{}.on", i.id), 0);
    parameters.back().greatest = 1;
    parameters.back().distribution.a = 1;
  }
  for (Intervention& i : interventions) {
    i.luck = i.value;
    if (i.ends_with.empty() && (i.action == InterventionAction::set || i.action == InterventionAction::realign)) {
      i.ends = here();
      single(fmt::format("interventions.{}.ends_per_day", i.id), 0);
      parameters.back().greatest = 10;
    }
  }
  for (Intervention& i : interventions) {
    if (i.ends != kNone) {
      i.half_rate = here();
      single(fmt::format("interventions.{}.half_rate_days", i.id), 0);
    }
  }
  for (Intervention& i : interventions) {
    if (const int other = index_of(interventions, i.ends_with); other != kNone) {
      i.ends = interventions[at(other)].ends;
      i.half_rate = interventions[at(other)].half_rate;
      i.luck = interventions[at(other)].luck;
    }
    if (const int other = index_of(interventions, i.only_with); other != kNone) {
      i.other_on = interventions[at(other)].on;
    }
  }
}

std::pair<ActorIndex, ActorIndex> War::alignment_pair(int parameter) const {
  const int n = static_cast<int>(actors.size());
  const int offset = parameter - offset_.tie - static_cast<int>(TieParameter::alignment);
  if (n == 0 || offset < 0 || offset % n_tie_ != 0 || offset / n_tie_ >= n * n) {
    return {kNone, kNone};
  }
  return {offset / n_tie_ / n, offset / n_tie_ % n};
}

int War::find_parameter(std::string_view path) const {
  const auto found =
      std::find_if(parameters.begin(), parameters.end(), [&](const Parameter& p) { return p.path == path; });
  return found == parameters.end() ? kNone : static_cast<int>(found - parameters.begin());
}

}  // namespace truel
