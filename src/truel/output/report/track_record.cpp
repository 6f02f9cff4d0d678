#include "truel/output/report/track_record.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "truel/model/basic_model.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/report/dated_events.hpp"
#include "truel/output/report/page_war.hpp"
#include "truel/record/control/baselines.hpp"
#include "truel/record/control/own_control.hpp"
#include "truel/record/control/score_control.hpp"
#include "truel/record/score/losses.hpp"
#include "truel/record/score/proper_scores.hpp"

namespace truel::output {
namespace {

using ensemble::Summary;
using record::Losses;

/// Months after the first day at which control is compared, beside the end of the record.
constexpr std::array kHorizons{1, 3, 6, 12, 24};
constexpr double kDaysAMonth = kDaysAYear / 12;
/// Months of record before the first day that a baseline learns from, at least.
constexpr int kLearningMonths = 9;

constexpr std::string_view kTruth = "probability";  ///< score: of the true holder

Json spells_of(const War& war, Day first, Day last) {
  std::vector<std::vector<const ControlSpell*>> by_place(war.places.size());
  for (const ControlSpell& spell : war.control) {
    if (spell.to >= first && spell.from <= last) {
      by_place[at(spell.place)].push_back(&spell);
    }
  }
  Json places = Json::array();
  for (auto& spells : by_place) {
    std::sort(spells.begin(), spells.end(),
              [](const ControlSpell* a, const ControlSpell* b) { return a->from < b->from; });
    Json list = Json::array();
    for (const ControlSpell* spell : spells) {
      list.push_back(Json::array(
          {format_date(std::max(first, spell->from)), format_date(std::min(last, spell->to)),
           spell->controller == kContested ? std::string_view("contested") : holder_id(war, spell->controller)}));
    }
    places.push_back(std::move(list));
  }
  return places;
}

/// Stored days at which control is compared.
std::vector<std::size_t> compared_times(const Summary& summary, int last_day) {
  std::vector<std::size_t> times;
  const auto add = [&](int day) {
    const auto after = std::upper_bound(summary.days.begin(), summary.days.end(), day);
    const auto time = static_cast<std::size_t>(after - summary.days.begin()) - 1;
    if (time > 0 && (times.empty() || times.back() != time)) {
      times.push_back(time);
    }
  };
  for (const int months : kHorizons) {
    if (const int day = static_cast<int>(months * kDaysAMonth + 0.5); day <= last_day) {
      add(day);
    }
  }
  add(last_day);
  return times;
}

/// [place * sides + side] shares of the realizations in which each side holds each place at a stored time.
std::vector<double> shares_of(const ensemble::ControlShares& control, const Summary& summary, std::size_t time,
                              std::size_t n_places, const record::Sides& sides) {
  const auto n_actors = static_cast<int>(summary.actors.size());
  const std::size_t n_sides = at(sides.size());
  std::vector<double> shares(n_places * n_sides, 0);
  for (std::size_t p = 0; p < n_places; ++p) {
    for (ActorIndex holder = kNone; holder < n_actors; ++holder) {
      const int side = sides.of_holder(holder);
      if (side >= 0) {  // an air arm is of no side, and holds nothing
        shares[p * n_sides + at(side)] += static_cast<double>(control.of(PlaceIndex(p), time, holder));
      }
    }
  }
  return shares;
}

/// Appends the Brier score and the probability of the true holder of a forecast. members: realizations behind it.
void add_losses(const std::vector<record::Case>& cases, std::size_t in_case, const record::ControlRecord& record,
                const std::string& model, const std::string& account, std::span<const double> p, double members,
                std::vector<Losses>& out) {
  const record::Case& c = cases[in_case];
  const std::size_t n_sides = p.size() / c.counts.size();
  Losses brier = record::unscored(cases, in_case, record::kBrier, model, account);
  Losses truth = record::unscored(cases, in_case, kTruth, model, account);
  for (std::size_t place = 0; place < c.counts.size(); ++place) {
    if (c.counts[place]) {
      const auto observed = at(record.holder(static_cast<PlaceIndex>(place), c.window.until));
      const std::span<const double> own = p.subspan(place * n_sides, n_sides);
      brier.loss[place] = record::brier(own, observed) - record::brier_excess(own, members);
      truth.loss[place] = own[observed];
    }
  }
  out.push_back(std::move(brier));
  out.push_back(std::move(truth));
}

/// Of the baselines and of the model, in cases of which each ends at one of the times.
std::vector<Losses> losses_of(const War& war, const record::OwnControl& observed, const Summary& summary,
                              const std::vector<std::size_t>& times, const std::vector<record::Case>& cases) {
  std::vector<Losses> losses;
  if (cases.empty()) {
    return losses;
  }
  const record::ControlRecord& record = observed.control;
  const record::Past past{.war = &war,
                          .control = &record,
                          .n_sides = observed.sides.size(),
                          .origin = war.start,
                          .events = {},
                          .events_from = 0,
                          .months = cases.back().window.months};
  const record::ControlForecast nothing_changes = record::persistence(past);
  std::optional<record::ControlForecast> hazard;
  if (war.start - record.first() >= static_cast<int>(kLearningMonths * kDaysAMonth)) {
    hazard = record::spatial_hazard(past);
  }
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto months = at(cases[i].window.months);
    add_losses(cases, i, record, std::string(record::kPersistence), "", nothing_changes.p[months],
               nothing_changes.members, losses);
    if (hazard) {
      add_losses(cases, i, record, std::string(record::kSpatialHazard), "", hazard->p[months], hazard->members, losses);
    }
    const auto add_model = [&](const std::string& account, const ensemble::ControlShares& control, std::size_t runs) {
      add_losses(cases, i, record, std::string(record::kTruel), account,
                 shares_of(control, summary, times[i], war.places.size(), observed.sides), static_cast<double>(runs),
                 losses);
    };
    if (summary.accounts.empty()) {
      add_model("", summary.control, summary.runs);
    }
    for (const ensemble::AccountSummary& account : summary.accounts) {
      if (account.runs > 0 && account.control.fits(summary.control)) {
        add_model(account_name(account.id), account.control, account.runs);
      }
    }
  }
  return losses;
}

Json deaths_of(const War& war) {
  Json deaths = Json::array();
  for (const DeathScore& score : war.death_scores) {
    Json row{{"from", format_date(score.from)},
             {"to", format_date(score.to)},
             {"score", score.score},
             {"model", score.model},
             {"account", score.account.empty() ? Json(nullptr) : Json(score.account)},
             {"value", score.value},
             {"pairs", score.pairs},
             {"months", score.months},
             {"runs", score.runs}};
    if (score.difference) {
      row["against"] = score.against;
      row["difference"] = score.difference->mean;
      row["difference_low"] = score.difference->low;
      row["difference_high"] = score.difference->high;
      row["verdict"] = record::to_string(record::verdict_of(score.difference->low, score.difference->high));
    }
    deaths.push_back(std::move(row));
  }
  return deaths;
}

}  // namespace

Json track_record_json(const CompiledModel& model, const Summary& summary) {
  const War& war = model.war();
  const std::optional<record::OwnControl> observed = record::own_control(war);
  if (!observed || summary.runs == 0) {
    return nullptr;
  }
  const record::ControlRecord& record = observed->control;
  const Day last = std::min(record.last(), war.end);
  std::set<std::pair<Day, std::string>> told;  // one event may be several interventions, all of one day and note
  for (std::size_t i = 0; i < war.interventions.size(); ++i) {
    const Intervention& one = war.interventions[i];
    const Distribution& day = war.parameters[at(one.when)].distribution;
    if (upper_bound(day) > war.start && lower_bound(day) <= last && does_something(model, i)) {
      told.emplace(static_cast<Day>(model.medians()[at(one.when)]), one.note.empty() ? one.id : one.note);
    }
  }
  Json told_by_year = Json::object();
  for (const auto& [day, event] : told) {
    const std::string year = format_date(day).substr(0, 4);
    told_by_year[year] = told_by_year.value(year, 0) + 1;
  }
  const std::vector<std::size_t> times = compared_times(summary, last - war.start);

  std::vector<record::Case> cases;
  for (const std::size_t time : times) {
    const Day until = war.start + summary.days[time];
    const record::Window window{
        .origin = war.start, .from = war.start, .until = until, .months = record::months_between(war.start, until)};
    cases.push_back(record::control_case(war, record, window, false));
  }
  const std::vector<Losses> losses = losses_of(war, *observed, summary, times, cases);
  Json scores = Json::array();
  for (const record::ScoreRow& row : record::summarise(cases, losses, {})) {
    if (row.is_pooled) {
      continue;
    }
    const Json verdict = row.score == record::kBrier  // of the other, more is better
                             ? Json(record::to_string(record::verdict_of(row.difference_low, row.difference_high)))
                             : Json(nullptr);
    scores.push_back({{"date", format_date(row.window.until)},
                      {"months", row.window.months},
                      {"score", row.score},
                      {"subset", record::to_string(row.subset)},
                      {"model", row.model},
                      {"account", row.account.empty() ? Json(nullptr) : Json(row.account)},
                      {"value", significant(row.value, kDigits)},
                      {"low", significant(row.low, kDigits)},
                      {"high", significant(row.high, kDigits)},
                      {"difference", significant(row.difference, kDigits)},
                      {"difference_low", significant(row.difference_low, kDigits)},
                      {"difference_high", significant(row.difference_high, kDigits)},
                      {"verdict", verdict},
                      {"places", row.n}});
  }
  return {{"first", format_date(war.start)},
          {"last", format_date(last)},
          {"is_whole", record.last() >= war.end},
          {"told", told.size()},
          {"told_by_year", std::move(told_by_year)},
          {"places", spells_of(war, war.start, last)},
          {"scores", std::move(scores)},
          {"deaths", deaths_of(war)}};
}

}  // namespace truel::output
