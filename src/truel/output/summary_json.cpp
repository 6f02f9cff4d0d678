#include "truel/output/describe.hpp"
#include "truel/output/falls.hpp"
#include "truel/output/json.hpp"
#include "truel/output/output.hpp"
#include "truel/output/regions.hpp"

namespace truel::output {
namespace {

Json alignment_json(const dynamics::CompiledModel& model, const ensemble::AlignmentSummary& s, std::size_t n_times) {
  const War& war = model.war();
  Json json = Json::object();
  for (std::size_t o = 0; o < s.outcomes.size(); ++o) {
    json[std::string(solver::to_string(static_cast<solver::AlignmentOutcome>(o)))] = quantity(s.outcomes[o]);
  }
  Json& frustration = json["frustration"] = Json::object();
  Json& pairs = json["pairs"] = Json::array();
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    frustration[war.actors[at(a)].id] = quantity(s.frustration[at(a)]);
    for (ActorIndex b = a + 1; b < model.n_actors(); ++b) {
      const std::size_t pair = solver::alignment_pair(model.n_actors(), a, b);
      Json means = Json::array();
      for (std::size_t t = 0; t < n_times; ++t) {
        means.push_back(number(s.by_time[pair * n_times + t]));
      }
      pairs.push_back({{"a", war.actors[at(a)].id},
                       {"b", war.actors[at(b)].id},
                       {"last", quantity(s.last[pair])},
                       {"mean", std::move(means)}});
    }
  }
  return json;
}

}  // namespace

namespace {

/// The settlement predicted on the last day, and how the prediction moved.
Json settlement_json(const dynamics::CompiledModel& model, const ensemble::Summary& summary) {
  const War& war = model.war();
  const dynamics::SettlementShape& shape = model.settlement();
  const std::vector<ensemble::Quantity>& last_day = summary.settlement.last_day;
  const auto mean_and_error = [&](std::size_t where) {
    return Json{{"mean", number(last_day[where].mean)}, {"se", number(last_day[where].se)}};
  };
  Json issues = Json::object();
  for (IssueIndex i = 0; i < shape.issues; ++i) {
    Json& issue = issues[war.issues[at(i)]] = Json::object();
    for (int r = 0; r <= shape.rounds; ++r) {
      issue["rounds"].push_back(
          {{"median", mean_and_error(shape.median(i, r))}, {"mean", mean_and_error(shape.mean(i, r))}});
    }
    for (std::size_t t = 0; t < summary.days.size(); ++t) {
      issue["median"].push_back(quantity(summary.settlement.median[at(i) * summary.days.size() + t]));
      issue["mean"].push_back(quantity(summary.settlement.mean[at(i) * summary.days.size() + t]));
    }
    Json& actors = issue["actors"] = Json::object();
    for (const Seat& seat : war.seats) {
      if (seat.issue != i) {
        continue;
      }
      Json& actor = actors[war.actors[at(seat.actor)].id] = {
          {"position", mean_and_error(shape.position(i, shape.rounds, seat.actor))}};
      for (std::size_t f = 0; f < dynamics::kSeatFactNames.size(); ++f) {
        actor[dynamics::kSeatFactNames[f]] =
            mean_and_error(shape.seat(i, static_cast<dynamics::SeatFact>(f), seat.actor));
      }
    }
  }
  return issues;
}

}  // namespace

std::string summary_json(const dynamics::CompiledModel& model, const ensemble::EnsembleOptions& options,
                         const ensemble::Summary& summary, const Provenance& provenance) {
  const War& war = model.war();
  Json json = {{"format", 1},
               {"package", package_name(war)},
               {"package_sha256", war.sha256},
               {"version", provenance.version},
               {"title", war.title},
               {"accounts", provenance.accounts},
               {"settings", provenance.settings},
               {"seed", options.solve.seed},
               {"runs", summary.runs},
               {"failed_runs", summary.failed_runs},
               {"quantile_runs", summary.quantile_runs},
               {"uncertain_parameters", model.uncertain().size()},
               {"solver", solver::to_string(options.solve.solver)},
               {"start", format_date(war.start)},
               {"end", format_date(war.end)}};

  Json& actors = json["actors"] = Json::object();
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    const ensemble::ActorSummary& s = summary.actors[at(a)];
    const bool is_air = model.is_air(a);
    actors[war.actors[at(a)].id] = {{"name", war.actors[at(a)].name},
                                    {"kind", is_air ? "air" : "ground"},
                                    {"first_day_fighters", number(is_air ? kAbsent : s.first_fighters)},
                                    {"survival_probability", number(s.survival_probability)},
                                    {"survival_se", number(s.survival_se)},
                                    {"collapse_share", number(s.collapse_share)},
                                    {"collapse_day", quantity(s.collapse_day)},
                                    {"final_fighters", quantity(s.final_fighters)},
                                    {"underground", quantity(s.underground)},
                                    {"population_share", quantity(s.population_share)},
                                    {"value_share", quantity(s.value_share)},
                                    {"losses", quantity(s.losses)},
                                    {"recruited", quantity(s.recruited)},
                                    {"arrived", quantity(s.arrived)},
                                    {"joined", quantity(s.joined)},
                                    {"deserted", quantity(s.deserted)},
                                    {"defected", quantity(s.defected)},
                                    {"left", quantity(s.left)}};
  }

  Json& all_falls = json["falls"] = Json::array();
  for (const Fall& fall : falls(model, summary)) {
    all_falls.push_back({{"actor", war.actors[at(fall.actor)].id},
                         {"probability", number(fall.probability)},
                         {"median_date", format_date(fall.median_date)}});
  }

  Json& dyads = json["dyads"] = Json::array();
  for (const ensemble::DyadSummary& d : summary.dyads) {
    dyads.push_back({{"attacker", war.actors[at(d.attacker)].id},
                     {"target", war.actors[at(d.target)].id},
                     {"losses", quantity(d.losses)},
                     {"effort_share", quantity(d.effort_share)}});
  }

  if (summary.alignment) {
    json["alignment"] = alignment_json(model, *summary.alignment, summary.days.size());
  }

  Json& places = json["places"] = Json::object();
  const std::size_t last = summary.days.size() - 1;
  for (PlaceIndex p = 0; p < model.n_places(); ++p) {
    Json control = Json::object();
    for (int holder = kNone; holder < model.n_actors(); ++holder) {
      if (const float probability = summary.control_probability(p, last, holder); probability > 0) {
        control[std::string(holder_id(war, holder))] = shortest(probability);
      }
    }
    places[war.places[at(p)].id] = {{"control", std::move(control)}};
  }

  json["civilian_harm"] = quantity(summary.civilian_harm);
  if (model.settlement().issues > 0) {
    json["settlement"] = settlement_json(model, summary);
  }
  Json& dates = json["dates"] = Json::array();
  for (const int day : summary.days) {
    dates.push_back(format_date(war.start + day));
  }
  if (const ensemble::GameSummary& d = summary.decisions; d.games > 0) {
    json["decisions"] = {{"games", d.games}, {"converged", d.converged}, {"cycles", d.cycles}, {"rounds", d.rounds}};
  }
  if (summary.regions) {
    json["regions"] = regions_json(model, *summary.regions);
  }
  return text_of(json, 1);
}

}  // namespace truel::output
