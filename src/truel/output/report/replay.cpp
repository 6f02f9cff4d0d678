#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "truel/output/describe.hpp"
#include "truel/output/json.hpp"
#include "truel/output/output.hpp"
#include "truel/output/summary/falls.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"
#include "truel/world/journal.hpp"

namespace truel::output {
namespace {

using ensemble::KeptRun;
using solver::Run;

constexpr std::size_t kMostChanges = 30;
constexpr std::size_t kMostTargets = 3;
constexpr std::size_t kMostReasons = 3;

std::string fingerprint_of(const Run& run) {
  return fmt::format("{:016x}", run.fingerprint);
}

Json id_or_null(std::string_view id) {
  return id.empty() ? Json(nullptr) : Json(id);
}

/// Who controls the place on the last day.
int last_holder(const CompiledModel& model, const Run& run, PlaceIndex p) {
  const std::size_t n_times = run.control.size() / at(model.n_places());
  return run.control[(at(p) + 1) * n_times - 1];
}

/// One command's enemies: how much of its effort each got over the war, and what spoke for it.
struct Rivalry {
  double share = 0, decisions = 0;
  std::array<double, kFeatures.size()> contribution{};
};

std::string reasons(const Rivalry& rivalry) {
  std::vector<std::size_t> order;
  for (std::size_t f = 0; f < rivalry.contribution.size(); ++f) {
    if (std::abs(rivalry.contribution[f] / rivalry.decisions) >= 0.005) {
      order.push_back(f);
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return std::abs(rivalry.contribution[x]) > std::abs(rivalry.contribution[y]);
  });
  order.resize(std::min(order.size(), kMostReasons));
  std::string out;
  for (const std::size_t f : order) {
    out += fmt::format("{}{} {:+.2f}", out.empty() ? "" : ", ", kFeatures[f].name,
                       rivalry.contribution[f] / rivalry.decisions);
  }
  return out;
}

/// What became of the places that have another holder on the last day: the event that decided it, in order of time.
std::vector<const Event*> lasting_changes(const CompiledModel& model, const KeptRun& kept) {
  std::map<PlaceIndex, const Event*> last;
  for (const Event& e : kept.path.journal.events) {
    if (e.kind == kCapture.kind && e.place >= 0) {
      last[e.place] = &e;
    }
  }
  std::vector<const Event*> changes;
  for (const auto& [place, event] : last) {
    if (last_holder(model, kept.run, place) == event->actor && model.first_control()[at(place)] != event->actor) {
      changes.push_back(event);
    }
  }
  const auto value = [&](const Event* e) {
    return model.medians()[at(model.war().place(e->place, PlaceParameter::value))];
  };
  std::stable_sort(changes.begin(), changes.end(), [&](const Event* x, const Event* y) { return value(x) > value(y); });
  changes.resize(std::min(changes.size(), kMostChanges));
  std::stable_sort(changes.begin(), changes.end(), [](const Event* x, const Event* y) { return x->day < y->day; });
  return changes;
}

}  // namespace

std::string replay_json(const CompiledModel& model, const solver::SolveOptions& options, const KeptRun& kept) {
  const War& war = model.war();
  const Run& run = kept.run;
  Json json = {{"format", 1},
               {"package", package_name(war)},
               {"package_sha256", war.sha256},
               {"title", war.title},
               {"seed", options.seed},
               {"realization", run.number},
               {"status", solver::to_string(run.status)},
               {"fingerprint", fingerprint_of(run)},
               {"solver", solver::to_string(options.solver)},
               {"start", format_date(war.start)},
               {"end", format_date(war.end)},
               {"civilian_harm", number(run.civilian_harm)}};
  Json& actors = json["actors"] = Json::object();
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    const double survives = run.of(a, ActorOutcome::survives);
    Json& actor = actors[war.actors[at(a)].id];
    actor = {{"kind", model.is_air(a) ? "air" : "ground"},
             {"survives", std::isnan(survives) ? Json(nullptr) : Json(survives > 0)}};
    for (const ActorOutcomeInfo& info : actor_outcomes()) {
      if (info.is_in(kInReplays)) {
        actor[std::string(info.replay)] = number(run.of(a, info.outcome));
      }
    }
  }
  Json& dyads = json["dyads"] = Json::array();
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    for (ActorIndex b = 0; b < model.n_actors(); ++b) {
      const std::size_t pair = at(a * model.n_actors() + b);
      if (run.losses[pair] > 0 || run.effort[pair] > 0) {
        dyads.push_back({{"attacker", war.actors[at(a)].id},
                         {"target", war.actors[at(b)].id},
                         {"losses", number(run.losses[pair])},
                         {"effort_share", number(run.effort[pair])}});
      }
    }
  }
  Json& places = json["places"] = Json::object();
  for (PlaceIndex p = 0; p < model.n_places(); ++p) {
    places[war.places[at(p)].id] = holder_id(war, last_holder(model, run, p));
  }
  Json& draws = json["draws"] = Json::object();
  for (std::size_t u = 0; u < run.draws.size(); ++u) {
    const Parameter& parameter = war.parameters[at(model.uncertain()[u])];
    draws[parameter.path] =
        parameter.is_date ? Json(format_date(static_cast<Day>(run.draws[u]))) : number(run.draws[u]);
  }
  json["events"] = list_of(kept.path.journal.events, [&](const Event& e) -> Json {
    return {{"date", format_date(war.start + e.day)},
            {"kind", e.kind},
            {"actor", e.actor < 0 ? Json(nullptr) : Json(holder_id(war, e.actor))},
            {"place", id_or_null(place_id(war, e.place))},
            {"other", e.other < 0 ? Json(nullptr) : Json(holder_id(war, e.other))},
            {"fighters", number(e.fighters)},
            {"reason", reason_of(war, e)}};
  });
  Json& decisions = json["decisions"] = Json::array();
  for (const PriorityRecord& r : kept.path.journal.priorities) {
    Json features = Json::object();
    for (std::size_t f = 0; f < features_of(model).size(); ++f) {
      features[std::string(kFeatures[f].name)] = significant(r.contribution[f], 6);
    }
    decisions.push_back({{"date", format_date(war.start + r.day)},
                         {"command", war.commands[at(r.command)].id},
                         {"target", war.actors[at(r.target)].id},
                         {"share", significant(r.share, 6)},
                         {"score", significant(r.score, 6)},
                         {"features", std::move(features)}});
  }
  return text_of(json, -1);
}

std::string replay_table(const CompiledModel& model, const solver::SolveOptions& options, const KeptRun& kept) {
  const War& war = model.war();
  const Run& run = kept.run;
  std::vector<ActorIndex> order;
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    if (!model.is_air(a)) {
      order.push_back(a);
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](ActorIndex a, ActorIndex b) {
    return run.of(a, ActorOutcome::final_fighters) > run.of(b, ActorOutcome::final_fighters);
  });

  TextTable sheet(0);
  sheet.text(fmt::format("{}: realization {} of seed {}, {} to {}, {}", printable(war.title), run.number, options.seed,
                         long_date(war.start), long_date(war.end), solver::to_string(options.solver)));
  sheet.text(fmt::format("Status: {}. Fingerprint: {}.", solver::to_string(run.status), fingerprint_of(run)));
  sheet.blank();
  TextTable::Column names{"Actor", {}};
  std::vector<TextTable::Column> columns = {{"Survives", {}},  {"First day", {}}, {"Last day", {}}, {"Killed", {}},
                                            {"Joined", {}, 3}, {"Left", {}, 4},   {"Land", {}, 1},  {"People", {}, 2}};
  for (const ActorIndex a : order) {
    const double day = run.of(a, ActorOutcome::collapse_day);
    double joined = 0;
    double gone = 0;
    for (const ActorOutcomeInfo& info : actor_outcomes()) {
      joined += info.flow == Flow::gain ? run.of(a, info.outcome) : 0;
      gone += is_loss(info.flow) && info.outcome != ActorOutcome::killed ? run.of(a, info.outcome) : 0;
    }
    names.cells.push_back(short_name(war, a));
    const std::array<std::string, 8> cells = {
        std::isfinite(day) ? fmt::format("until {}", format_date(date_of(war, day))) : "yes",
        rounded_count(run.of(a, ActorOutcome::first_fighters)),
        rounded_count(run.of(a, ActorOutcome::final_fighters)),
        rounded_count(run.of(a, ActorOutcome::killed)),
        rounded_count(joined),
        rounded_count(gone),
        percent(run.of(a, ActorOutcome::value_share)),
        percent(run.of(a, ActorOutcome::population_share))};
    for (std::size_t c = 0; c < cells.size(); ++c) {
      columns[c].cells.push_back(cells[c]);
    }
  }
  sheet.table(names, std::move(columns));
  sheet.text("Joined: recruited, sent into the war or come over. Left: deserted, called off or gone over.");

  if (const std::vector<const Event*> changes = lasting_changes(model, kept); !changes.empty()) {
    sheet.blank();
    sheet.text("Changed hands for good, the most valuable places:");
    for (const Event* e : changes) {
      const std::string from = e->other >= 0 ? fmt::format(" from {}", short_name(war, e->other)) : "";
      sheet.item(fmt::format("{} {}: {}{}", format_date(war.start + e->day), printable(war.places[at(e->place)].name),
                             short_name(war, e->actor), from));
    }
  }

  std::map<CommandIndex, std::map<ActorIndex, Rivalry>> rivalries;
  std::map<CommandIndex, std::set<int>> decisions;
  for (const PriorityRecord& r : kept.path.journal.priorities) {
    Rivalry& rivalry = rivalries[r.command][r.target];
    rivalry.share += r.share;
    ++rivalry.decisions;
    for (std::size_t f = 0; f < r.contribution.size(); ++f) {
      rivalry.contribution[f] += r.contribution[f];
    }
    decisions[r.command].insert(r.day);
  }
  if (!rivalries.empty()) {
    sheet.blank();
    sheet.text("Whom the commands fought first, with their mean effort and what moved the score most:");
    for (const auto& [command, targets] : rivalries) {
      std::vector<std::pair<ActorIndex, const Rivalry*>> ranked;
      for (const auto& [target, rivalry] : targets) {
        ranked.emplace_back(target, &rivalry);
      }
      std::stable_sort(ranked.begin(), ranked.end(),
                       [](const auto& x, const auto& y) { return x.second->share > y.second->share; });
      ranked.resize(std::min(ranked.size(), kMostTargets));
      const Command& c = war.commands[at(command)];
      std::string line = printable(c.name.empty() ? c.id : c.name) + ":";
      for (const auto& [target, rivalry] : ranked) {
        const std::string why = reasons(*rivalry);
        line += fmt::format(" {} {}{};", short_name(war, target),
                            percent(rivalry->share / static_cast<double>(decisions[command].size())),
                            why.empty() ? "" : fmt::format(" ({})", why));
      }
      line.back() = '.';
      sheet.item(line);
    }
  }
  return std::move(sheet).take();
}

}  // namespace truel::output
