#include "truel/output/tables/tables.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <span>

#include "truel/base/month.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/json.hpp"
#include "truel/output/tables/table.hpp"
#include "truel/world/journal.hpp"

namespace truel::output {
namespace {

/// Six digits, as no result is better known; an empty cell for NaN, which spreadsheets and R read as missing.
std::string cells(const ensemble::Quantity& q) {
  return fmt::format("{},{},{},{},{}", csv_cell(q.mean), csv_cell(q.se), csv_cell(q.q05), csv_cell(q.q50),
                     csv_cell(q.q95));
}

/// Whether a spreadsheet takes a text for a formula. A number is none, whatever its sign.
bool is_formula(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || std::string_view("=+-@").find(text[first]) == std::string_view::npos) {
    return false;
  }
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error != std::errc() || end != text.data() + text.size();
}

std::string cells(std::span<const ensemble::Quantity> quantities) {
  std::string text;
  for (const ensemble::Quantity& q : quantities) {
    text += (text.empty() ? "" : ",") + cells(q);
  }
  return text;
}

/// The columns that `cells` fills.
std::string heads_of(std::string_view name) {
  return fmt::format(",{0}_mean,{0}_se,{0}_q05,{0}_q50,{0}_q95", name);
}

template <class Tallies>
std::string heads(const Tallies& tallies) {
  std::string text;
  for (const auto& tally : tallies) {
    text += heads_of(tally.name);
  }
  return text + '\n';
}

/// What is of the run alone in which it happens also says in how many it does: `cells`, and their number.
std::string cells_and_runs(const ensemble::Quantity& q) {
  return fmt::format("{},{}", cells(q), q.runs);
}

}  // namespace

std::string csv_cell(double x) {
  return std::isfinite(x) ? fmt::format("{:.6g}", x + 0.0) : "";  // + 0.0: no "-0"
}

std::string csv_cell(std::string_view given) {
  // A text that a spreadsheet would calculate, and not show, gets the mark by which they know that it is one.
  std::string text(is_formula(given) ? "'" : "");
  text += given;
  const bool is_plain = text.find_first_of(",\"\r\n\t") == std::string::npos &&
                        (text.empty() || (text.front() != ' ' && text.back() != ' '));
  if (is_plain) {
    return text;
  }
  std::string out = "\"";
  for (const char c : text) {
    out += c;
    if (c == '"') {
      out += c;
    }
  }
  return out + '"';
}

std::string dyads_csv(const CompiledModel& model, const ensemble::Summary& summary) {
  const War& war = model.war();
  std::string out = "attacker,target" + heads_of("losses") + heads_of("effort_share");
  for (const AttackTallyInfo& tally : kAttackTallies) {
    out += heads_of(tally.name) + fmt::format(",{}_runs", tally.name);
  }
  out += '\n';
  for (const ensemble::DyadSummary& d : summary.dyads) {
    out += fmt::format("{},{},{},{}", csv_cell(holder_id(war, d.attacker)), csv_cell(holder_id(war, d.target)),
                       cells(d.losses), cells(d.effort_share));
    for (const ensemble::Quantity& tally : d.attacks) {
      out += ',' + cells_and_runs(tally);
    }
    out += '\n';
  }
  return out;
}

std::string months_dyads_csv(const CompiledModel& model, const ensemble::Summary& summary) {
  const War& war = model.war();
  std::string out =
      "month,attacker,target,country" + heads(solver::kMonthTalliesOf<solver::MonthTallyInfo::Of::dyad_and_country>);
  for (const ensemble::DyadMonth& d : summary.months.dyads) {
    out += fmt::format("{},{},{},{},{}\n", format_month(summary.months.months[d.month].month),
                       csv_cell(holder_id(war, d.attacker)), csv_cell(holder_id(war, d.target)),
                       csv_cell(model.countries()[at(d.country)]), cells(d.quantities));
  }
  return out;
}

std::string months_places_csv(const CompiledModel& model, const ensemble::Summary& summary) {
  const War& war = model.war();
  std::string out = "month,place,country" + heads(solver::kMonthTalliesOf<solver::MonthTallyInfo::Of::place>);
  for (const ensemble::PlaceMonth& p : summary.months.places) {
    out +=
        fmt::format("{},{},{},{}\n", format_month(summary.months.months[p.month].month),
                    csv_cell(place_id(war, p.place)), csv_cell(war.places[at(p.place)].country), cells(p.quantities));
  }
  return out;
}

std::string events_csv(const CompiledModel& model, std::span<const ensemble::KeptRun> kept) {
  const War& war = model.war();
  const auto actor = [&](ActorIndex a) { return a < 0 ? std::string() : std::string(holder_id(war, a)); };
  std::vector<std::string> heads = {"realization", "date",     "kind",   "actor", "place_id",
                                    "other",       "fighters", "reason", "cause", "intervention"};
  for (const EventNumberInfo& info : kEventNumbers) {
    heads.emplace_back(info.name);
  }
  Table table(std::move(heads));
  for (const ensemble::KeptRun& k : kept) {
    for (const Event& e : k.path.journal.events) {
      std::vector<Cell> cells = {k.run.number,
                                 format_date(war.start + e.day),
                                 e.kind,
                                 actor(e.actor),
                                 place_id(war, e.place),
                                 actor(e.other),
                                 e.fighters,
                                 reason_of(war, e),
                                 e.cause->name,
                                 e.intervention == kNone ? "" : war.interventions[at(e.intervention)].id};
      for (const EventNumberInfo& info : kEventNumbers) {
        cells.emplace_back(e.numbers.*info.of);
      }
      table.add(std::move(cells));
    }
  }
  return table.csv();
}

std::string priorities_csv(const CompiledModel& model, std::span<const ensemble::KeptRun> kept) {
  const War& war = model.war();
  const auto features = features_of(model);
  std::vector<std::string> heads = {"realization", "date", "command", "target", "share", "score"};
  for (const FeatureInfo& feature : features) {
    heads.emplace_back(feature.name);
  }
  Table table(std::move(heads));
  for (const ensemble::KeptRun& k : kept) {
    for (const PriorityRecord& r : k.path.journal.priorities) {
      std::vector<Cell> cells = {k.run.number,
                                 format_date(war.start + r.day),
                                 war.commands[at(r.command)].id,
                                 holder_id(war, r.target),
                                 r.share,
                                 r.score};
      cells.insert(cells.end(), r.contribution.begin(),
                   r.contribution.begin() + static_cast<std::ptrdiff_t>(features.size()));
      table.add(std::move(cells));
    }
  }
  return table.csv();
}

std::string control_geojson(const CompiledModel& model, const ensemble::Summary& summary) {
  const War& war = model.war();
  const std::size_t last = summary.days.size() - 1;
  // The same columns for every place, as a table of attributes wants: those who hold any place in any realization.
  std::vector<ActorIndex> holders;
  for (ActorIndex holder = kNone; holder < model.n_actors(); ++holder) {
    for (PlaceIndex p = 0; p < model.n_places(); ++p) {
      if (summary.control.of(p, last, holder) > 0) {
        holders.push_back(holder);
        break;
      }
    }
  }
  std::string features;
  for (PlaceIndex p = 0; p < model.n_places(); ++p) {
    const Place& place = war.places[at(p)];
    Json properties = {{"place_id", place.id},
                       {"name", place.name},
                       {"country", place.country},
                       {"kind", place.kind},
                       {"population", number(model.medians()[at(war.place(p, PlaceParameter::population))])},
                       {"value", number(model.medians()[at(war.place(p, PlaceParameter::value))])},
                       {"date", format_date(war.end)}};
    ActorIndex likeliest = kNone;
    Json probabilities = Json::object();
    for (const ActorIndex holder : holders) {
      const float probability = summary.control.of(p, last, holder);
      if (probability > summary.control.of(p, last, likeliest)) {
        likeliest = holder;
      }
      probabilities[fmt::format("p_{}", holder_id(war, holder))] = shortest(probability);
    }
    properties["holder"] = holder_id(war, likeliest);
    properties["holder_probability"] = shortest(summary.control.of(p, last, likeliest));
    properties.update(probabilities);
    const Json feature = {{"type", "Feature"},
                          {"id", place.id},
                          {"geometry", {{"type", "Point"}, {"coordinates", {place.longitude, place.latitude}}}},
                          {"properties", std::move(properties)}};
    features += (features.empty() ? "" : ",\n") + text_of(feature, -1);
  }
  return fmt::format("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features);
}

}  // namespace truel::output
