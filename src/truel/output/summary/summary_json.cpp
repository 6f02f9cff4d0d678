#include "truel/laws/declarations.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/output/comparison/united.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/json.hpp"
#include "truel/output/output.hpp"
#include "truel/output/report/regions.hpp"
#include "truel/output/summary/answers.hpp"
#include "truel/output/summary/falls.hpp"
#include "truel/output/summary/issues.hpp"

namespace truel::output {
namespace {

Json alignment_json(const CompiledModel& model, const ensemble::AlignmentSummary& s, std::size_t n_times) {
  const War& war = model.war();
  Json json = Json::object();
  Json& pairs = json["pairs"] = Json::array();
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
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

/// What laws see of the war, each under the name of its law.
void add_war_outcomes(const CompiledModel& model, const ensemble::Summary& summary, Json& json) {
  for (std::size_t o = 0; o < war_outcomes().size(); ++o) {
    const auto outcome = static_cast<WarOutcome>(o);
    const int place = laws::place_of(model, outcome);
    if (place == kNone) {
      continue;
    }
    const WarOutcomeInfo& info = info_of(outcome);
    const std::size_t dot = info.name.find('.');
    Json& entry = json[std::string(info.name.substr(0, dot))][std::string(info.name.substr(dot + 1))];
    if (info.of == WarOutcomeInfo::Of::war) {
      entry = quantity(summary.war_outcome[at(place)]);
      continue;
    }
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      entry[model.war().actors[at(a)].id] = quantity(summary.war_outcome[at(place + a)]);
    }
  }
}

/// The headline outcomes under each account, by its id; "base": the basic model.
Json accounts_json(const CompiledModel& model, const std::vector<ensemble::AccountSummary>& accounts) {
  Json json = Json::object();
  for (const ensemble::AccountSummary& account : accounts) {
    Json actors = Json::object();
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      const ensemble::ActorSummary& s = account.actors[at(a)];
      actors[model.war().actors[at(a)].id] = {{"survival_probability", number(s.survival_probability)},
                                              {"survival_se", number(s.survival_se)},
                                              {"survival_low", number(s.survival_interval.low)},
                                              {"survival_high", number(s.survival_interval.high)},
                                              {"final_fighters", quantity(s.of(ActorOutcome::final_fighters))},
                                              {"value_share", quantity(s.of(ActorOutcome::value_share))},
                                              {"losses", quantity(s.of(ActorOutcome::killed))}};
    }
    json[account_name(account.id)] = {
        {"runs", account.runs}, {"failed_runs", account.failed_runs}, {"actors", std::move(actors)}};
  }
  return json;
}

}  // namespace

std::string summary_json(const CompiledModel& model, const ensemble::EnsembleOptions& options,
                         const ensemble::Summary& summary, const Provenance& provenance) {
  const War& war = model.war();
  Json json = heading(war, provenance);
  json.update({{"seed", options.solve.seed},
               {"runs", summary.runs},
               {"failed_runs", summary.failed_runs},
               {"partial", summary.stopped_before.has_value()},
               {"quantile_runs", summary.quantile_runs},
               {"uncertain_parameters", model.uncertain().size()},
               {"solver", solver::to_string(options.solve.solver)},
               {"start", format_date(war.start)},
               {"end", format_date(war.end)}});

  if (summary.stopped_before) {
    json["runs_wanted"] = *summary.stopped_before;
  }

  Json& actors = json["actors"] = Json::object();
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    const ensemble::ActorSummary& s = summary.actors[at(a)];
    const bool is_air = model.is_air(a);
    actors[war.actors[at(a)].id] = {{"name", war.actors[at(a)].name},
                                    {"kind", is_air ? "air" : "ground"},
                                    {"first_day_fighters", number(is_air ? kAbsent : s.first_fighters)},
                                    {"survival_probability", number(s.survival_probability)},
                                    {"survival_se", number(s.survival_se)},
                                    {"survival_low", number(s.survival_interval.low)},
                                    {"survival_high", number(s.survival_interval.high)},
                                    {"collapse_share", number(s.collapse_share)},
                                    {"turn_share", number(s.turn_share)}};
    for (const ActorOutcomeInfo& info : actor_outcomes()) {
      if (info.is_in(kInSummary)) {
        actors[war.actors[at(a)].id][std::string(info.name)] = quantity(s.of(info.outcome));
      }
    }
  }

  json["falls"] = list_of(falls(model, summary), [&](const Fall& fall) -> Json {
    return {{"actor", war.actors[at(fall.actor)].id},
            {"probability", number(fall.probability)},
            {"median_date", format_date(fall.median_date)},
            {"runs", fall.runs}};
  });

  Json& dyads = json["dyads"] = Json::array();
  for (const ensemble::DyadSummary& d : summary.dyads) {
    Json dyad = {{"attacker", war.actors[at(d.attacker)].id},
                 {"target", war.actors[at(d.target)].id},
                 {"losses", quantity(d.losses)},
                 {"effort_share", quantity(d.effort_share)}};
    for (std::size_t k = 0; k < kAttackTallyCount; ++k) {
      dyad[std::string(kAttackTallies[k].name)] = quantity(d.attacks[k]);
    }
    dyads.push_back(std::move(dyad));
  }

  if (summary.alignment) {
    json["alignment"] = alignment_json(model, *summary.alignment, summary.days.size());
  }
  add_war_outcomes(model, summary, json);

  Json& places = json["places"] = Json::object();
  const std::size_t last = summary.days.size() - 1;
  for (PlaceIndex p = 0; p < model.n_places(); ++p) {
    Json control = Json::object();
    for (ActorIndex holder = kNone; holder < model.n_actors(); ++holder) {
      if (const float probability = summary.control.of(p, last, holder); probability > 0) {
        control[std::string(holder_id(war, holder))] = shortest(probability);
      }
    }
    places[war.places[at(p)].id] = {{"control", std::move(control)}};
  }

  Json& commands = json["commands"] = Json::object();
  for (std::size_t c = 0; c < summary.plans.size(); ++c) {
    const laws::PlanTally& plan = summary.plans[c];
    const auto share = [](double part, double all) { return all > 0 ? Json(part / all) : Json(nullptr); };
    commands[war.commands[c].id] = {{"tied_share", share(plan.men - plan.deployable, plan.men)},
                                    {"targets_per_decision", share(plan.places, plan.decisions)},
                                    {"no_men_share", share(plan.no_men, plan.places)},
                                    {"poor_odds_share", share(plan.unlikely, plan.places)},
                                    {"no_effort_share", share(plan.no_effort, plan.places)},
                                    {"no_staff_share", share(plan.no_staff, plan.places)}};
  }

  json["civilian_harm"] = quantity(summary.civilian_harm);
  if (model.issues().issues > 0) {
    json[issue_law().name] = issues_json(model, summary);
  }
  json["dates"] = list_of(summary.days, [&](int day) { return format_date(war.start + day); });
  if (const ensemble::GameSummary& d = summary.decisions; d.games > 0) {
    json["decisions"] = {{"games", d.games}, {"converged", d.converged}, {"cycles", d.cycles}, {"rounds", d.rounds}};
  }
  if (!war.questions.empty()) {
    json["questions"] = questions_json(model, summary, 0, AccountsBy::id);
  }
  if (!summary.accounts.empty()) {
    json["each_account"] = accounts_json(model, summary.accounts);
  }
  if (summary.regions) {
    json["regions"] = regions_json(model, *summary.regions);
  }
  if (summary.united) {
    json["united"] = united_fates_json(war, *summary.united);
  }
  return text_of(json, 1);
}

}  // namespace truel::output
