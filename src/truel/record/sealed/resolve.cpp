#include "truel/record/sealed/resolve.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

#include "truel/model/basic_model.hpp"
#include "truel/record/score/control_scorer.hpp"
#include "truel/record/score/death_scorer.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::record {
namespace {

/// The probabilities of a date as shares [place * sides + side]; a place that was not foretold has none.
std::vector<double> shares_of(const SealedModel& model, const War& war, const Sides& sides, Day date) {
  std::vector<double> shares(war.places.size() * at(sides.size()), 0);
  for (std::size_t p = 0; p < war.places.size(); ++p) {
    const auto found = model.holders.find({war.places[p].id, date});
    if (found == model.holders.end()) {
      continue;
    }
    for (const auto& [code, probability] : found->second) {
      if (const int side = sides.find(code); side != kNone) {
        shares[p * at(sides.size()) + at(side)] = probability;
      }
    }
  }
  return shares;
}

void set_sealed_windows(const SealedForecast& sealed, Scores& out) {
  const Observations& o = out.observations;
  for (const Day date : sealed.dates) {
    if (o.control_from <= date && date <= o.control_to) {
      out.control_windows.push_back({sealed.from, sealed.from, date, months_between(sealed.from, date)});
    }
  }
  const Window deaths{sealed.from, sealed.from, std::min(sealed.until, o.events_to),
                      months_between(sealed.from, std::max(sealed.from + 1, std::min(sealed.until, o.events_to)))};
  if (std::any_of(o.covered_months.begin(), o.covered_months.end(),
                  [&](int month) { return is_whole_in(deaths, month); })) {
    out.death_windows = {deaths};
  }
}

/// Takes out of the record the deaths in countries of the package that the forecast leaves out, and says where only the
/// forecast has some.
void match_countries(const SealedForecast& sealed, Scores& out) {
  const std::set<std::string> foretold(sealed.countries.begin(), sealed.countries.end());
  std::set<std::string> left_out;
  for (const Place& place : out.war.places) {
    if (!foretold.contains(place.country)) {
      left_out.insert(place.country);
    }
  }
  std::set<std::string> unseen = foretold;
  unseen.erase("");
  for (const Event& event : out.observations.events) {
    unseen.erase(event.country);
  }
  std::erase_if(out.observations.events, [&](const Event& event) { return left_out.contains(event.country); });
  if (!unseen.empty()) {
    out.remarks.push_back(
        fmt::format("the forecast has deaths in {}, where no event is observed: they are scored as too many. "
                    "--country of truel forecast names the countries whose deaths count",
                    fmt::join(unseen, ", ")));
  }
}

std::vector<Question> questions_of(const SealedForecast& sealed, const Scores& scores) {
  std::vector<Question> questions;
  const Observations& o = scores.observations;
  for (const SealedModel& model : sealed.models) {
    for (const Day date : sealed.dates) {
      const std::vector<double> shares = shares_of(model, scores.war, o.sides, date);
      for (std::size_t p = 0; p < scores.war.places.size(); ++p) {
        const auto place = static_cast<PlaceIndex>(p);
        const int before = o.control.holder(place, sealed.from);
        Question q{.account = model.account, .place = scores.war.places[p].id, .date = date};
        const bool is_open = date < o.control_from || date > o.control_to;
        const SideIndex after = is_open ? SideIndex{kUnknown} : o.control.holder(place, date);
        q.state = before < 0  ? Question::State::void_
                  : is_open   ? Question::State::open
                  : after < 0 ? Question::State::void_
                              : Question::State::resolved;
        q.probability = before < 0 ? kNoScore : 1 - shares[p * at(o.sides.size()) + at(before)];
        if (before >= 0) {
          q.before = o.sides.codes[at(before)];
        }
        if (q.state == Question::State::resolved) {
          q.after = o.sides.codes[at(after)];
          q.came = before != after;
        }
        questions.push_back(std::move(q));
      }
    }
  }
  return questions;
}

}  // namespace

Result<Resolution> resolve(const std::filesystem::path& folder, const std::filesystem::path& observed) {
  TRUEL_TRY(auto sealed, read_sealed(folder));
  const std::filesystem::path package = folder / "package";
  TRUEL_TRY(auto war, scenario::read(package));
  TRUEL_TRY(auto record, read_record(war, package, observed));
  Resolution result;
  result.options.package = package;
  result.options.observed = observed;
  result.options.settings = sealed.settings;
  result.options.from = sealed.from;
  result.options.until = sealed.until;
  result.options.told = sealed.told;
  result.options.runs = sealed.runs;
  result.options.seed = sealed.seed;
  for (const SealedModel& model : sealed.models) {
    result.options.accounts.push_back(model.account == kBase ? "" : model.account);
  }
  Scores& out = result.scores;
  out.war = std::move(war);
  out.observations = std::move(record.observations);
  set_sealed_windows(sealed, out);
  if (out.control_windows.empty() && out.death_windows.empty()) {
    return Diagnostic{{observed.string()},
                      fmt::format("the observed data reach nothing that was foretold: days from {} to {}",
                                  format_date(sealed.from), format_date(sealed.until)),
                      "wait for it, or give a later record"};
  }
  if (const std::size_t open = sealed.dates.size() - out.control_windows.size(); open > 0) {
    out.remarks.push_back(fmt::format("{} of {} dates are open: the observed data of control do not reach them", open,
                                      sealed.dates.size()));
  }
  ControlScorer control(result.options, record.rules, out);
  if (!out.control_windows.empty()) {
    control.score_baselines(out.control_windows);
  }
  if (!out.death_windows.empty()) {
    match_countries(sealed, out);
  }
  DeathScorer deaths(result.options, record.rules, control.has_merged(), out);
  deaths.keep_dyads();
  deaths.score_baselines(out.death_windows);
  for (const SealedModel& model : sealed.models) {
    for (const Window& window : out.control_windows) {
      control.score_given(window, model.account, shares_of(model, out.war, out.observations.sides, window.until),
                          model.runs);
    }
    deaths.score_given(out.death_windows, model.account, [&](bool with_harm, const std::string& dyad, int month) {
      const auto found = model.deaths.find({with_harm, dyad, month});
      return found == model.deaths.end() ? std::vector<double>{} : found->second;
    });
  }
  out.rows = summarise(out.cases, out.losses, {.seed = result.options.seed});
  out.reliabilities = reliability(out.cases, out.losses, result.options.seed);
  result.questions = questions_of(sealed, out);
  result.sealed = std::move(sealed);
  return result;
}

}  // namespace truel::record
