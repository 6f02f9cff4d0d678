#include "truel/record/sealed/foretell.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "truel/base/month.hpp"
#include "truel/ensemble/parts.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/record/analysis/analysis.hpp"
#include "truel/record/control/score_control.hpp"
#include "truel/record/deaths/deaths.hpp"
#include "truel/record/deaths/score_deaths.hpp"
#include "truel/record/forecast_war.hpp"
#include "truel/record/score/forecast.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::record {
namespace {

std::set<std::string> countries_of(const War& war) {
  std::set<std::string> countries;
  for (const Place& place : war.places) {
    countries.insert(place.country);
  }
  return countries;
}

std::string listed(const std::set<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

Diagnostics unknown_names(const ForetellOptions& options, const War& war, const Sides& sides) {
  Diagnostics faults;
  const std::set<std::string> countries = countries_of(war);
  const auto look_for = [&](const char* option, const std::string& country) {
    if (!countries.contains(country)) {
      faults.push_back(
          {{option}, fmt::format("the package has no place in {}", country), "it has " + listed(countries)});
    }
  };
  for (const std::string& country : options.countries) {
    look_for("--country", country);
  }
  for (const auto& [country, id] : options.views) {
    look_for("--views", country);
  }
  for (const std::string& code : options.governments) {
    if (sides.find(code) == kNone) {
      faults.push_back({{"--government"},
                        fmt::format("no side {}", code),
                        "the sides are " + listed({sides.codes.begin(), sides.codes.end()})});
    }
  }
  if (!options.views.empty() && options.governments.empty()) {
    faults.push_back(
        {{"--views"}, "no government", "VIEWS counts fighting with a government: name it with --government"});
  }
  return faults;
}

/// Deaths of a month that are one country's for VIEWS: those of dyads with a government.
MonthDeaths deaths_for_views(const CompiledModel& model, const War& war, const Sides& sides, const Rules& rules,
                             const ForetellOptions& options) {
  std::vector<std::pair<MonthDeaths, std::vector<bool>>> countries;
  for (const auto& [country, id] : options.views) {
    const Dyads dyads(war, sides, rules, {country});
    std::vector<bool> counts(dyads.size(), false);
    for (const std::string& code : options.governments) {
      for (int other = 0; other < sides.size(); ++other) {
        const int dyad = dyads.of_sides(sides.find(code), other);
        if (dyad != kNone) {
          counts[at(dyad)] = true;
        }
      }
    }
    countries.emplace_back(deaths_of_dyads(model, dyads, true), std::move(counts));
  }
  return [countries = std::move(countries)](const solver::MonthTallies& months, std::size_t month,
                                            std::span<float> units) {
    for (std::size_t c = 0; c < countries.size(); ++c) {
      std::vector<float> of_dyads(countries[c].second.size(), 0);
      countries[c].first(months, month, of_dyads);
      for (std::size_t d = 0; d < of_dyads.size(); ++d) {
        units[c] += countries[c].second[d] ? of_dyads[d] : 0;
      }
    }
  };
}

/// Deaths in months of a run, [run][month * units + unit].
class MemberTally {
 public:
  MemberTally(MonthDeaths deaths, std::size_t n_units, std::vector<std::size_t> months, std::size_t runs)
      : deaths_(std::move(deaths)), n_units_(n_units), months_(std::move(months)), members_(runs) {}

  void add(const solver::Run& run) {
    std::vector<float>& own = members_[run.number];
    own.assign(months_.size() * n_units_, 0);
    for (std::size_t m = 0; m < months_.size(); ++m) {
      deaths_(run.months, months_[m], std::span(own).subspan(m * n_units_, n_units_));
    }
  }
  DeathMembers of(const std::vector<std::uint32_t>& runs) {
    DeathMembers members;
    for (const std::uint32_t run : runs) {
      members.push_back(std::move(members_[run]));
    }
    return members;
  }

 private:
  MonthDeaths deaths_;
  std::size_t n_units_;
  std::vector<std::size_t> months_;
  DeathMembers members_;
};

/// What `foretell` begins with, when all has been read.
struct ForecastInput {
  PendingForecast told;
  PackageRecord record;
  OriginWindows asked;
};

Result<ForecastInput> read_input(const ForetellOptions& options) {
  TRUEL_TRY(auto war, scenario::read(options.run.package));
  TRUEL_TRY(auto record, read_record(war, options.run.package, options.run.observed));
  ForecastInput input{.told = {.war = std::move(war)}, .record = std::move(record), .asked = {}};
  PendingForecast& told = input.told;
  const Observations& observations = input.record.observations;
  told.sides = sides_of(told.war);
  told.origin = options.run.from.value_or(told.war.start);
  told.until = options.run.until.value_or(told.war.end);
  told.record_sha256 = options.run.observed.empty() ? "" : observations.sha256();
  Diagnostics faults = unknown_names(options, told.war, told.sides);
  const Diagnostics days = wrong_days(told.war, observations, told.origin, told.until);
  faults.insert(faults.end(), days.begin(), days.end());
  for (const Account& account : told.war.accounts) {
    const auto& asked = options.run.accounts;
    if (std::find(asked.begin(), asked.end(), account.id) != asked.end() && account.fitted_until &&
        *account.fitted_until >= told.origin) {
      faults.push_back({{"--account " + account.id},
                        fmt::format("is fitted to observed data until {}", format_date(*account.fitted_until)),
                        fmt::format("give --from {} or later", format_date(*account.fitted_until + 1))});
    }
  }
  if (!faults.empty()) {
    return faults;
  }
  const Window whole{told.origin, told.origin, told.until, months_between(told.origin, told.until)};
  told.dates = month_bounds(whole);
  told.dates.erase(told.dates.begin());
  if (told.dates.empty() || told.dates.back() != told.until) {
    told.dates.push_back(told.until);
  }
  for (int month = month_of(told.origin); month <= month_of(told.until); ++month) {
    if (is_whole_in(whole, month)) {
      told.months.push_back(month);
    }
  }
  if (told.months.empty()) {
    const std::string none =
        fmt::format("no calendar month lies whole from {} to {}", format_date(told.origin), format_date(told.until));
    if (!options.views.empty()) {
      return Diagnostic{{"--views"}, none, "VIEWS counts by months: give an earlier --from or a later --until"};
    }
    told.remarks.push_back(none + ": deaths are not forecast");
  }
  for (const Day date : told.dates) {
    input.asked.control.push_back({told.origin, told.origin, date, months_between(told.origin, date)});
  }
  input.asked.deaths = {whole};
  input.asked.later = control_until(told.war, observations, told.origin);
  const std::set<std::string> countries = options.countries.empty() ? countries_of(told.war) : options.countries;
  told.countries.assign(countries.begin(), countries.end());
  return input;
}

}  // namespace

Result<PendingForecast> foretell(const ForetellOptions& options) {
  TRUEL_TRY(auto input, read_input(options));
  PendingForecast& told = input.told;
  const Dyads dyads(told.war, told.sides, input.record.rules, {told.countries.begin(), told.countries.end()});
  told.dyads = dyads.names();
  Analyst analyst(analysis_options(options.run), input.record.rules, told.war, input.record.observations);
  const auto begin_time = std::chrono::steady_clock::now();
  const std::size_t wanted = options.run.accounts.size() * options.run.runs;
  std::size_t done = 0;
  for (const std::string& account : options.run.accounts) {
    TRUEL_TRY(const auto forecast, forecast_of(options.run, input.asked, account, analyst));
    std::vector<std::size_t> times;
    for (const Day date : told.dates) {
      times.push_back(forecast.position(static_cast<std::size_t>(date - forecast.model.war().start)));
    }
    std::vector<std::size_t> months;
    for (const int month : told.months) {
      months.push_back(at(month - month_of(forecast.model.war().start)));
    }
    ControlTally holders(told.sides, told.war.places.size(), times, forecast.days.size());
    MemberTally fighters(deaths_of_dyads(forecast.model, dyads, false), dyads.size(), months, options.run.runs);
    MemberTally everybody(deaths_of_dyads(forecast.model, dyads, true), dyads.size(), months, options.run.runs);
    MemberTally views(deaths_for_views(forecast.model, told.war, told.sides, input.record.rules, options),
                      options.views.size(), months, options.run.runs);
    AccountForecast by{.account = account_name(account)};
    if (options.run.tell_account) {
      options.run.tell_account(account);
    }
    ensemble::EnsembleOptions ensemble = forecast.options;
    ensemble.progress = [&, before = done](const ensemble::Progress& p) {
      done = before + p.done;
      ensemble::tell(options.run.progress, begin_time, done, wanted);
    };
    ensemble::visit(forecast.model, ensemble, {.reduce = forecast.reduction()}, [&](const solver::Run& run) {
      holders.add(run);
      if (run.status != solver::RunStatus::complete) {
        return;
      }
      by.runs.push_back(run.number);
      fighters.add(run);
      everybody.add(run);
      views.add(run);
    });
    if (options.run.stop != nullptr && options.run.stop->load()) {
      told.was_interrupted = true;
      break;
    }
    std::sort(by.runs.begin(), by.runs.end());
    for (std::size_t d = 0; d < told.dates.size(); ++d) {
      by.holders.push_back(holders.shares(d));
    }
    by.fighters = fighters.of(by.runs);
    by.everybody = everybody.of(by.runs);
    by.views = views.of(by.runs);
    told.failed_runs += holders.failed();
    told.accounts.push_back(std::move(by));
  }
  told.learned = analyst.learned();
  told.remarks.insert(told.remarks.end(), told.learned.remarks.begin(), told.learned.remarks.end());
  return std::move(told);
}

}  // namespace truel::record
