#include "truel/record/analysis/analysis.hpp"

#include <algorithm>
#include <memory>

#include "truel/base/month.hpp"
#include "truel/record/forecast_war.hpp"
#include "truel/record/score/forecast.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::record {
namespace {

constexpr int kQuarter = 3;          ///< months
constexpr std::uint32_t kRuns = 64;  ///< of a quarter that strengths are taken from
constexpr double kMostFactor = 4;    ///< of strengths, either way

Distribution scaled_strength(Distribution d, double factor) {
  d.a *= factor;
  d.b *= d.kind == DistributionKind::lognormal ? 1 : factor;  // there it is a ratio
  d.c *= factor;
  for (double& value : d.among) {
    value *= factor;
  }
  return d;
}

void scale_strengths(const std::vector<double>& factors, War& war) {
  for (std::size_t row = 0; row < war.forces.size(); ++row) {
    const double factor = factors[at(war.forces[row].actor)];
    if (factor != 1 && war.forces[row].date <= war.start) {
      Distribution& men = war.parameters[at(war.force(static_cast<int>(row)))].distribution;
      men = scaled_strength(men, factor);
    }
  }
}

bool has_row_within(const War& war, ActorIndex a, Day after, Day until) {
  return std::any_of(war.forces.begin(), war.forces.end(), [&](const Force& force) {
    return force.actor == a && force.place == kEverywhere && after < force.date && force.date <= until;
  });
}

}  // namespace

Analyst::Analyst(const ScoreOptions& options, const War& war, const Observations& observations)
    : options_(options), war_(war), observations_(observations) {}

void Analyst::lay_in(Day day, War& war) const {
  std::vector<ControlSpell> spells = control_on(war_, observations_, day);
  if (spells.empty()) {
    spells = war_.control;
  }
  for (const ControlSpell& spell : spells) {
    if (spell.controller >= 0 && spell.from <= day && day <= spell.to) {
      war.laid_in.push_back({day, spell.place, spell.controller});
    }
  }
}

Result<War> Analyst::war_of(const std::string& account, Day origin, Day until, std::optional<Day> known) {
  const Day before = add_months(origin, -kQuarter);
  const Day start = before < first_days_possible(war_, observations_).first ? origin : before;
  const auto strengths = strengths_on(account, start);
  if (!strengths) {
    return strengths.error();
  }
  auto war = forecast_war(options_.package, account, options_.settings, start, until, known,
                          control_on(war_, observations_, start));
  if (!war) {
    return war;
  }
  scale_strengths(*strengths, *war);
  for (int months = kQuarter - 1; months >= 0 && start < origin; --months) {
    lay_in(add_months(origin, -months), *war);
  }
  return war;
}

Result<Analyst::Strengths> Analyst::strengths_on(const std::string& account, Day day) {
  if (const auto found = made_.find({account, day}); found != made_.end()) {
    return found->second;
  }
  Strengths strengths(war_.actors.size(), 1);
  if (const Day before = add_months(day, -kQuarter); before >= first_days_possible(war_, observations_).first) {
    const auto earlier = strengths_on(account, before);
    if (!earlier) {
      return earlier.error();
    }
    auto later = after_quarter(*earlier, account, before, day);
    if (!later) {
      return later.error();
    }
    strengths = std::move(*later);
  }
  made_.emplace(std::pair(account, day), strengths);
  return strengths;
}

Result<Analyst::Strengths> Analyst::after_quarter(const Strengths& before, const std::string& account, Day from,
                                                  Day day) const {
  auto war = forecast_war(options_.package, account, options_.settings, from, day, std::nullopt,
                          control_on(war_, observations_, from));
  if (!war) {
    return war.error();
  }
  scale_strengths(before, *war);
  auto model = compile(std::make_shared<const War>(std::move(*war)));
  if (!model) {
    return model.error();
  }
  ensemble::EnsembleOptions options = ensemble_options(options_);
  options.progress = nullptr;
  options.runs = kRuns;
  options.solve.every_days = day - from;
  options.solve.keeps_months = false;
  const std::size_t n_days = solver::stored_days(*model, options.solve).size();
  std::vector<std::vector<float>> of_run(kRuns);
  ensemble::visit(*model, options, [&](const solver::Run& run) {
    if (run.status == solver::RunStatus::complete) {
      of_run[run.number] = run.fighters;
    }
  });
  Strengths now = before;
  for (std::size_t a = 0; a < war_.actors.size(); ++a) {
    if (has_row_within(war_, static_cast<ActorIndex>(a), from, day)) {
      now[a] = 1;
      continue;
    }
    double first = 0;
    double last = 0;
    for (const std::vector<float>& fighters : of_run) {
      if (!fighters.empty()) {
        first += fighters[a * n_days];
        last += fighters[(a + 1) * n_days - 1];
      }
    }
    if (first > 0) {
      now[a] = std::clamp(before[a] * last / first, 1 / kMostFactor, kMostFactor);
    }
  }
  return now;
}

}  // namespace truel::record
