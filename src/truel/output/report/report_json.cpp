#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "truel/model/basic_model.hpp"
#include "truel/model/names.hpp"
#include "truel/output/comparison/united.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/json.hpp"
#include "truel/output/output.hpp"
#include "truel/output/report/dated_events.hpp"
#include "truel/output/report/page_evidence.hpp"
#include "truel/output/report/page_war.hpp"
#include "truel/output/report/regions.hpp"
#include "truel/output/report/track_record.hpp"
#include "truel/output/summary/answers.hpp"
#include "truel/output/summary/deadly.hpp"
#include "truel/output/summary/falls.hpp"
#include "truel/output/summary/issues.hpp"

namespace truel::output {
namespace {

using ensemble::KeptRun;
using ensemble::Quantity;
using ensemble::Summary;

constexpr int kDecimals = 3;  ///< of probabilities and shares
/// Dates that the page draws; a screen has no room for more, and the file stays small when every day is stored.
constexpr std::size_t kMostDates = 200;
/// Dates for which the page keeps the maps of accounts.
constexpr std::size_t kMostAccountDates = 40;

/// Indices into the stored days that the page shows: evenly spaced, the first and the last among them.
std::vector<std::size_t> shown_times(std::size_t n_times, std::size_t most = kMostDates) {
  const std::size_t step = (n_times + most - 1) / most;
  std::vector<std::size_t> times;
  for (std::size_t t = 0; t + 1 < n_times; t += step) {
    times.push_back(t);
  }
  times.push_back(n_times - 1);
  return times;
}

template <class F>
Json series(const std::vector<std::size_t>& times, F&& value) {
  return list_of(times, [&](std::size_t t) { return value(t); });
}

Json date_range(const War& war, const Quantity& day) {
  if (!std::isfinite(day.q50)) {
    return nullptr;
  }
  return {{"q05", format_date(date_of(war, day.q05))},
          {"q50", format_date(date_of(war, day.q50))},
          {"q95", format_date(date_of(war, day.q95))}};
}

/// The share of the land that an actor holds, date by date: mean and the 90 % range of the runs.
Json territory_of(const ensemble::ActorSummary& actor, const std::vector<std::size_t>& times) {
  const auto share = [&](double Quantity::*part) {
    return series(times, [&](std::size_t t) { return page_share(actor.territory[t].*part); });
  };
  return {{"mean", share(&Quantity::mean)}, {"q05", share(&Quantity::q05)}, {"q95", share(&Quantity::q95)}};
}

/// The share of the runs in which an actor has not collapsed, date by date.
Json surviving_of(const ensemble::ActorSummary& actor, const std::vector<std::size_t>& times) {
  return series(times, [&](std::size_t t) { return page_share(actor.surviving[t]); });
}

Json actors_of(const CompiledModel& model, const Summary& summary, const std::vector<std::size_t>& times) {
  const War& war = model.war();
  Json list = Json::array();
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    const Actor& actor = war.actors[at(a)];
    const ensemble::ActorSummary& s = summary.actors[at(a)];
    const auto people = [&](double Quantity::*part) {
      return series(times, [&](std::size_t t) { return significant(s.fighters[t].*part, kDigits); });
    };
    list.push_back(
        {{"id", actor.id},
         {"name", actor.name},
         {"short_name", without_brackets(actor.name)},
         {"kind", model.is_air(a) ? "air" : "ground"},
         {"command", war.commands[at(actor.command)].id},
         {"colour", actor.colour},
         {"record_code", actor.record_code},
         {"first_day_fighters", model.is_air(a) ? Json(nullptr) : significant(s.fighters.front().q50, kDigits)},
         {"survival_probability", significant(s.survival_probability, kDigits)},
         {"survival_se", significant(s.survival_se, 2)},
         {"survival_low", significant(s.survival_interval.low, kDigits)},
         {"survival_high", significant(s.survival_interval.high, kDigits)},
         {"collapse_share", significant(s.collapse_share, kDigits)},
         {"collapse_date", date_range(war, s.of(ActorOutcome::collapse_day))},
         {"final_fighters", quantity(s.of(ActorOutcome::final_fighters), kDigits)},
         {"value_share", quantity(s.of(ActorOutcome::value_share), kDigits)},
         {"population_share", quantity(s.of(ActorOutcome::population_share), kDigits)},
         {"losses", quantity(s.of(ActorOutcome::killed), kDigits)},
         {"fighters",
          {{"mean", people(&Quantity::mean)},
           {"q05", people(&Quantity::q05)},
           {"q50", people(&Quantity::q50)},
           {"q95", people(&Quantity::q95)}}},
         {"territory", territory_of(s, times)},
         {"surviving", surviving_of(s, times)}});
  }
  return list;
}

Json places_of(const CompiledModel& model, const Summary& summary, const std::vector<std::size_t>& times) {
  const War& war = model.war();
  Json list = Json::array();
  for (PlaceIndex p = 0; p < model.n_places(); ++p) {
    Json control = Json::object();
    for (ActorIndex holder = kNone; holder < model.n_actors(); ++holder) {
      Json probabilities =
          series(times, [&](std::size_t t) { return page_share(shortest(summary.control.of(p, t, holder))); });
      const bool is_ever =
          std::any_of(probabilities.begin(), probabilities.end(), [](const Json& x) { return x != 0; });
      if (is_ever) {
        control[std::string(holder_id(war, holder))] = std::move(probabilities);
      }
    }
    list.push_back(page_place(war, p));
    list.back()["control"] = std::move(control);
  }
  return list;
}

/// Means over the realizations kept in full that came to their end: shares at each date (those of the last decision),
/// score and contributions over all decisions at which the target was an enemy.
Json priorities_of(const CompiledModel& model, const Summary& summary, const std::vector<KeptRun>& kept,
                   const std::vector<std::size_t>& times) {
  const War& war = model.war();
  const int interval = war.decision_interval_days;
  const int last_decision = std::max(0, model.n_days() - 1) / interval;
  struct Means {
    std::vector<double> share;
    double score = 0, decisions = 0;
    std::array<double, kFeatures.size()> contribution{};
  };
  std::map<std::pair<CommandIndex, ActorIndex>, Means> means;
  double runs = 0;
  for (const KeptRun& k : kept) {
    if (k.run.status != solver::RunStatus::complete) {
      continue;
    }
    ++runs;
    for (const PriorityRecord& r : k.path.journal.priorities) {
      Means& m = means[{r.command, r.target}];
      m.share.resize(at(last_decision + 1));
      m.share[at(std::min(r.day / interval, last_decision))] += r.share;
      m.score += r.score;
      ++m.decisions;
      for (std::size_t f = 0; f < m.contribution.size(); ++f) {
        m.contribution[f] += r.contribution[f];
      }
    }
  }
  Json list = Json::array();
  for (const auto& [pair, m] : means) {
    Json features = Json::object();
    for (std::size_t f = 0; f < m.contribution.size(); ++f) {
      if (Json mean = decimals(m.contribution[f] / m.decisions, kDecimals); mean != 0) {
        features[std::string(kFeatures[f].name)] = std::move(mean);
      }
    }
    const auto share_at = [&, &share = m.share](std::size_t t) {
      return page_share(share[at(std::min(summary.days[t] / interval, last_decision))] / runs);
    };
    list.push_back({{"command", war.commands[at(pair.first)].id},
                    {"target", war.actors[at(pair.second)].id},
                    {"share", series(times, share_at)},
                    {"score", decimals(m.score / m.decisions, kDecimals)},
                    {"features", std::move(features)}});
  }
  return list;
}

/// What the map and the headline of an account need: [place] of holder -> probability in percent, and of each ground
/// actor its land and its survival.
Json course_of(const CompiledModel& model, const ensemble::AccountSummary& account,
               const std::vector<std::size_t>& times) {
  const War& war = model.war();
  const std::size_t n = at(model.n_actors()) + 1;
  Json places = Json::array();
  for (std::size_t p = 0; p < at(model.n_places()); ++p) {
    Json control = Json::object();
    for (std::size_t holder = 0; holder < n; ++holder) {
      const ActorIndex who = holder + 1 == n ? ActorIndex(kNone) : ActorIndex(holder);
      Json percents = series(times, [&](std::size_t t) {
        const auto share = static_cast<double>(account.control.of(PlaceIndex(p), t, who));
        return Json(static_cast<int>(std::lround(100 * share)));
      });
      if (std::any_of(percents.begin(), percents.end(), [](const Json& x) { return x != 0; })) {
        control[std::string(holder_id(war, who))] = std::move(percents);
      }
    }
    places.push_back(std::move(control));
  }
  Json territory = Json::object();
  Json surviving = Json::object();
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    const ensemble::ActorSummary& s = account.actors[at(a)];
    if (!model.is_air(a)) {
      territory[war.actors[at(a)].id] = territory_of(s, times);
      surviving[war.actors[at(a)].id] = surviving_of(s, times);
    }
  }
  return {{"control", std::move(places)}, {"territory", std::move(territory)}, {"surviving", std::move(surviving)}};
}

/// The basic model and each account, with its story, its claims and the headline outcomes.
Json accounts_of(const CompiledModel& model, const Summary& summary, const std::vector<std::size_t>& times) {
  const War& war = model.war();
  Json list = Json::array();
  for (const ensemble::AccountSummary& one : summary.accounts) {
    const auto account =
        std::find_if(war.accounts.begin(), war.accounts.end(), [&](const Account& a) { return a.id == one.id; });
    const bool is_base = account == war.accounts.end();
    Json actors = Json::array();
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      const ensemble::ActorSummary& s = one.actors[at(a)];
      actors.push_back({{"id", war.actors[at(a)].id},
                        {"survival_probability", significant(s.survival_probability, kDigits)},
                        {"survival_se", significant(s.survival_se, 2)},
                        {"survival_low", significant(s.survival_interval.low, kDigits)},
                        {"survival_high", significant(s.survival_interval.high, kDigits)},
                        {"value_share", quantity(s.of(ActorOutcome::value_share), kDigits)},
                        {"losses", quantity(s.of(ActorOutcome::killed), kDigits)}});
    }
    list.push_back({{"id", is_base ? kBase : account->id},
                    {"title", is_base ? "The basic model" : account->title},
                    {"letter", is_base ? "" : account_letter(account->title)},
                    {"story", is_base ? "" : account->story},
                    {"claims", is_base ? std::vector<std::string>{} : account->claims},
                    {"settings", is_base ? 0 : account->settings.size()},
                    {"runs", one.runs},
                    {"failed_runs", one.failed_runs},
                    {"actors", std::move(actors)}});
    if (one.runs > 0 && one.control.fits(summary.control)) {
      list.back().update(course_of(model, one, times));
    }
  }
  return list;
}

}  // namespace

std::string report_json(const CompiledModel& model, const ensemble::EnsembleOptions& options, const Summary& summary,
                        const std::vector<KeptRun>& kept, const Provenance& provenance) {
  const War& war = model.war();
  const std::vector<std::size_t> times = shown_times(summary.days.size());

  Json dyads = Json::array();
  for (const ensemble::DyadSummary& d : summary.dyads) {
    dyads.push_back(
        {{"attacker", war.actors[at(d.attacker)].id},
         {"target", war.actors[at(d.target)].id},
         {"losses", quantity(d.losses, kDigits)},
         {"effort_share", quantity(d.effort_share, kDigits)},
         {"losses_by_date", series(times, [&](std::size_t t) { return significant(d.losses_by_time[t], kDigits); })}});
  }
  Json all_falls = list_of(falls(model, summary), [&](const Fall& fall) -> Json {
    return {{"actor", war.actors[at(fall.actor)].id},
            {"probability", significant(fall.probability, kDigits)},
            {"median_date", format_date(fall.median_date)},
            {"runs", fall.runs}};
  });

  const Parameter& collapse_fraction = war.parameters[at(war.law(LawParameter::collapse_fraction))];
  Json json = {{"format", 1},
               {"truel", provenance.version},
               {"title", war.title},
               {"description", war.description},
               {"package", package_name(war)},
               {"questions", questions_json(model, summary, kDigits, AccountsBy::title)},
               {"early_end", early_end_text(war)},
               {"collapse_fraction", to_string(collapse_fraction.distribution)},
               {"seed", options.solve.seed},
               {"runs", summary.runs},
               {"failed_runs", summary.failed_runs},
               {"runs_wanted", summary.stopped_before ? Json(*summary.stopped_before) : Json(nullptr)},
               {"solver", solver::to_string(options.solve.solver)},
               {"account", provenance.accounts.empty() ? Json(nullptr)
                                                       : Json(fmt::format("{}", fmt::join(provenance.accounts, ", ")))},
               {"account_titles", account_titles(war, provenance.accounts)},
               {"deadly", deadly_text(war, summary)},
               {"settings", provenance.settings},
               {"start", format_date(war.start)},
               {"end", format_date(war.end)},
               {"dates", series(times, [&](std::size_t t) { return Json(format_date(war.start + summary.days[t])); })},
               {"commands", page_commands(war)},
               {"actors", actors_of(model, summary, times)},
               {"places", places_of(model, summary, times)},
               {"links", page_links(war)},
               {"ground", page_ground(war)},
               {"dyads", std::move(dyads)},
               {"priorities", priorities_of(model, summary, kept, times)},
               {"civilian_harm", quantity(summary.civilian_harm, kDigits)},
               {"falls", std::move(all_falls)},
               {"record", track_record_json(model, summary)},
               {"events", dated_events_json(model)}};
  add_analysis(json, provenance, war);
  json.update(page_evidence(war));
  json["not_modelled"] = not_modelled();
  if (const ensemble::GameSummary& d = summary.decisions; d.games > 0) {
    json["decisions"] = {{"games", significant(d.games, kDigits)},
                         {"converged", decimals(d.converged, kDecimals)},
                         {"cycles", decimals(d.cycles, kDecimals)},
                         {"rounds", significant(d.rounds, kDigits)}};
  }
  if (!summary.accounts.empty()) {
    // Of the dates that the page draws, so that each account's are among them, and the one on which it opens.
    std::vector<std::size_t> indices = shown_times(times.size(), kMostAccountDates);
    const Json& record = json["record"];
    const Json& dates = json["dates"];
    const auto past = record.is_null() ? dates.begin() : std::upper_bound(dates.begin(), dates.end(), record["last"]);
    if (past != dates.begin()) {
      const auto opens = static_cast<std::size_t>(past - dates.begin()) - 1;
      if (const auto next = std::lower_bound(indices.begin(), indices.end(), opens); *next != opens) {
        indices.insert(next, opens);
      }
    }
    std::vector<std::size_t> account_times;
    for (const std::size_t i : indices) {
      account_times.push_back(times[i]);
    }
    json["accounts"] = accounts_of(model, summary, account_times);
    json["account_dates"] = indices;
  }
  if (model.issues().issues > 0) {
    json[issue_law().name] = issues_json(model, summary);
  }
  if (summary.regions) {
    json["regions"] = regions_json(model, *summary.regions);
  }
  if (summary.united) {
    json["united"] = page_united(model, *summary.united);
  }
  return text_of(json, -1);
}

}  // namespace truel::output
