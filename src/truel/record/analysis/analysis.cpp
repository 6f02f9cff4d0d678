#include "truel/record/analysis/analysis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "truel/base/math.hpp"
#include "truel/base/month.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/laws/laws.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/model/distributions/truncated.hpp"
#include "truel/record/forecast_war.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::record {
namespace {

constexpr int kQuarter = 3;          ///< months
constexpr Day kLaidInEvery = 7;      ///< days: the less often, the farther runs have gone astray
constexpr std::uint32_t kRuns = 64;  ///< of a quarter that strengths are taken from
constexpr double kMostFactor = 4;    ///< of strengths, either way
constexpr Day kUpToDate = 366;       ///< days for which a row of forces.csv says what an actor has

using Hidden = laws::HiddenDefence;
using Lethality = laws::HiddenLethality;
constexpr int kMostMonths = 12;                 ///< that what is hidden is looked for in
constexpr int kLeastMonths = 6;                 ///< fewer say too little
constexpr std::uint32_t kLeastParticles = 256;  ///< runs of these months: as many as the forecast has, but
constexpr std::uint32_t kMostParticles = 1024;  ///< these at least and at most
constexpr double kDaysOfMonth = kDaysAYear / 12;
constexpr double kFollowed = 0.05;  ///< share of the runs that have to make a change of the record

Distribution scaled_strength(Distribution d, double factor) {
  d.a *= factor;
  d.b *= d.kind == DistributionKind::lognormal ? 1 : factor;  // there it is a ratio
  d.c *= factor;
  for (double& value : d.among) {
    value *= factor;
  }
  return d;
}

/// The men of the last rows of forces.csv up to the first day, and the factors on them.
Analyst::Scales scales_of(const std::vector<double>& factors, const War& war) {
  Analyst::Scales scales;
  for (std::size_t row = 0; row < war.forces.size(); ++row) {
    const double factor = factors[at(war.forces[row].actor)];
    if (factor != 1 && war.forces[row].date <= war.start) {
      scales.emplace_back(war.force(static_cast<int>(row)), factor);
    }
  }
  return scales;
}

void scale_strengths(const std::vector<double>& factors, War& war) {
  for (const auto& [parameter, factor] : scales_of(factors, war)) {
    Distribution& men = war.parameters[at(parameter)].distribution;
    men = scaled_strength(men, factor);
  }
}

bool has_row_everywhere(const War& war, ActorIndex a) {
  return std::any_of(war.forces.begin(), war.forces.end(),
                     [&](const Force& force) { return force.actor == a && force.place == kEverywhere; });
}

/// A row of all its men; of an actor that has none such, of the men at any place.
bool has_row_within(const War& war, ActorIndex a, Day after, Day until) {
  const bool of_any_place = !has_row_everywhere(war, a);
  return std::any_of(war.forces.begin(), war.forces.end(), [&](const Force& force) {
    return force.actor == a && (of_any_place || force.place == kEverywhere) && after < force.date &&
           force.date <= until;
  });
}

/// Whether forces.csv has said nothing of an actor for a year before a day, and the package's own first day, of which
/// its strengths are, is not in that year either.
bool is_outdated(const War& war, ActorIndex actor, Day day) {
  const bool is_of_first_day = war.start <= day && day - war.start <= kUpToDate;
  return !is_of_first_day && has_row_within(war, actor, std::numeric_limits<Day>::min(), day) &&
         !has_row_within(war, actor, day - kUpToDate, day);
}

template <class L>
bool may_act(const War& war) {
  return upper_bound(war.parameters[at(war.law(laws::switch_of<L>()))].distribution) > 0;
}

template <class L>
double middle_of(const War& war, int number) {
  return median(war.parameters[at(war.law(laws::number_of<L>(number)))]);
}

/// Correlation of deviations from one month to the next.
template <class L>
double kept_share(const War& war) {
  return math::exp(-kDaysOfMonth / middle_of<L>(war, L::decay_days));
}

/// What a remark about an account begins with.
std::string of_account(const std::string& account) {
  return account == kBase ? "" : account + ": ";
}

}  // namespace

bool has_outdated_strengths(const War& war, Day day) {
  for (ActorIndex a = 0; a < static_cast<ActorIndex>(war.actors.size()); ++a) {
    if (is_outdated(war, a, day)) {
      return true;
    }
  }
  return false;
}

Analyst::Analyst(AnalysisOptions options, const Rules& rules, const War& war, const Observations& observations)
    : options_(std::move(options)), rules_(rules), war_(war), observations_(observations) {
  options_.ensemble.progress = nullptr;
  options_.ensemble.precision = 0;
  options_.ensemble.solve.every_days = 1;
}

void Analyst::begin_work(const std::string& what, const std::string& account, Day origin, Day strengths_on,
                         std::size_t days) {
  work_of_ = fmt::format("{} {}{}, {}", options_.begins_at_origin ? "forecast from" : "analysis of",
                         format_date(origin), account.empty() ? "" : " under " + account, what);
  work_wanted_ = days;
  work_done_ = 0;
  work_begin_ = std::chrono::steady_clock::now();
  const Day first = first_days_possible(war_, observations_).first;
  for (Day day = strengths_on; add_months(day, -kQuarter) >= first && !made_.contains({account, day});) {
    const Day before = add_months(day, -kQuarter);
    work_wanted_ += std::size_t{kRuns} * static_cast<std::size_t>(day - before);
    day = before;
  }
}

ensemble::EnsembleOptions Analyst::next_work(std::uint32_t runs, Day days) {
  ensemble::EnsembleOptions options = options_.ensemble;
  options.runs = runs;
  if (options_.progress) {
    options.progress = [this, days, before = work_done_](const ensemble::Progress& p) {
      work_done_ = before + p.done * static_cast<std::size_t>(days);
      ensemble::tell([this](const ensemble::Progress& all) { options_.progress(work_of_, all); }, work_begin_,
                     work_done_, work_wanted_);
    };
  }
  return options;
}

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

Result<War> Analyst::war_of(const std::string& account, Day origin, Day until, std::optional<Day> known,
                            Scales* scales) {
  const Day before = add_months(origin, -kQuarter);
  const bool has_quarter = !options_.begins_at_origin && before >= first_days_possible(war_, observations_).first;
  const Day start = has_quarter ? before : origin;
  begin_work("strengths", account, origin, start);
  TRUEL_TRY(const auto strengths, strengths_for(account, start));
  if (options_.begins_at_origin) {
    tell(strengths, origin);
  }
  auto war = forecast_war(options_.package, account, options_.settings, start, until, known,
                          control_until(war_, observations_, start));
  if (!war) {
    return war;
  }
  if (!war->given.empty() && !options_.begins_at_origin) {
    return Diagnostic{{"--set places." + war_.places[at(war->given.front().first)].id + ".control"},
                      "an analysis lays in who held the place as observed",
                      "leave --analysis out, or this setting"};
  }
  if (scales != nullptr) {
    *scales = scales_of(strengths, *war);
  } else {
    scale_strengths(strengths, *war);
  }
  if (!options_.begins_at_origin) {
    if (!has_quarter) {
      learned_.remarks.push_back(fmt::format(
          "control.csv and forces.csv begin on {}, less than a quarter before {}: a forecast from it starts "
          "without an analysis",
          format_date(first_days_possible(war_, observations_).first), format_date(origin)));
    }
    for (Day day = start + (origin - start - 1) % kLaidInEvery + 1; day <= origin; day += kLaidInEvery) {
      lay_in(day, *war);
    }
  }
  if (!looks_for_places(*war) && !looks_for_pairs(*war)) {
    return war;
  }
  const int months = months_before(origin);
  if (months < kLeastMonths) {
    if (!options_.begins_at_origin) {
      learned_.remarks.push_back(fmt::format(
          "the observed data have {} months before {}: too few to say what is hidden", months, format_date(origin)));
    }
    return war;
  }
  TRUEL_TRY(const auto guesses, guesses_of(*war, account, origin, months));
  if (guesses.pairs) {
    war->laid_in_lulls = guesses.pairs->lulls(start);
  }
  const std::vector<std::vector<std::size_t>> drawn =
      guesses.places ? guesses.places->drawn(options_.ensemble.runs) : std::vector<std::vector<std::size_t>>{};
  for (int m = has_quarter ? months - kQuarter : months; m <= months; ++m) {
    const Day day = add_months(origin, m - months);
    if (guesses.pairs) {
      war->laid_in_lethality.push_back(guesses.pairs->laid_in(day, at(m)));
    }
    if (!guesses.places) {
      continue;
    }
    LaidInDeviations row{day, {}};
    const auto& deviations = guesses.places->deviations(at(m));
    for (const std::vector<std::size_t>& of_run : drawn) {
      std::vector<float>& of_place = row.deviations.emplace_back(of_run.size());
      for (std::size_t p = 0; p < of_run.size(); ++p) {
        of_place[p] = deviations[of_run[p]][p];
      }
    }
    war->laid_in_defence.push_back(std::move(row));
  }
  return war;
}

bool Analyst::looks_for_places(const War& war) const {
  return !options_.begins_at_origin && may_act<Hidden>(war);
}

bool Analyst::looks_for_pairs(const War& war) const {
  return options_.looks_for_pairs && may_act<Lethality>(war);
}

int Analyst::months_before(Day origin) const {
  const Day first = first_days_possible(war_, observations_).first;
  int months = kMostMonths;
  while (months > 0 && add_months(origin, -months) < first) {
    --months;
  }
  return months;
}

std::vector<SideIndex> Analyst::holders_on(Day day) const {
  std::vector<SideIndex> holders(war_.places.size(), SideIndex{kUnknown});
  War of_day;
  lay_in(day, of_day);
  for (const LaidInHolder& row : of_day.laid_in) {
    holders[at(row.place)] = SideIndex{observations_.sides.of_actor[at(row.holder)]};
  }
  return holders;
}

Result<Analyst::Guesses> Analyst::guesses_of(const War& of_origin, const std::string& account, Day origin, int months) {
  const Day start = add_months(origin, -months);
  const std::uint32_t n = std::clamp(options_.ensemble.runs, kLeastParticles, kMostParticles);
  Guesses guesses;
  if (looks_for_pairs(of_origin)) {
    guesses.pairs.emplace(war_, observations_, rules_, options_.ensemble.solve.seed, n,
                          kept_share<Lethality>(of_origin));
  }
  const std::size_t months_of_deaths = guesses.pairs ? guesses.pairs->look_at(start, origin) : 0;
  const bool has_deaths = months_of_deaths >= at(kLeastMonths);
  if (options_.begins_at_origin && !has_deaths) {
    return Guesses{};
  }
  std::vector<Day> days;
  std::vector<std::vector<SideIndex>> holders;
  for (int m = 0; m <= months; ++m) {
    days.push_back(add_months(origin, m - months));
    holders.push_back(holders_on(days.back()));
  }
  begin_work("what is hidden", account, origin, start, std::size_t{n} * static_cast<std::size_t>(origin - start));
  TRUEL_TRY(const auto strengths, strengths_for(account, start));
  TRUEL_TRY(auto war, forecast_war(options_.package, account, options_.settings, start, origin, std::nullopt,
                                   control_until(war_, observations_, start)));
  scale_strengths(strengths, war);
  const std::size_t n_places = war_.places.size();
  if (looks_for_places(war)) {
    guesses.places.emplace(options_.ensemble.solve.seed, n, n_places, kept_share<Hidden>(war), Hidden::kPurpose);
  }
  for (int m = 0; m < months; ++m) {
    if (m > 0) {
      lay_in(days[at(m)], war);
    }
    if (guesses.pairs) {
      war.laid_in_lethality.push_back(guesses.pairs->laid_in(days[at(m)], at(m)));
      guesses.pairs->pass_month();
    }
    if (guesses.places) {
      war.laid_in_defence.push_back({days[at(m)], guesses.places->deviations(at(m))});
      std::vector<std::uint8_t> has_new_holder(n_places, 0);
      for (std::size_t p = 0; p < n_places; ++p) {
        has_new_holder[p] = holders[at(m)][p] != holders[at(m + 1)][p] ? 1 : 0;
      }
      guesses.places->pass_month(has_new_holder);
    }
  }
  TRUEL_TRY(auto model, compile(std::make_shared<const War>(std::move(war))));
  if (guesses.pairs) {
    guesses.pairs->compare_with(model);
  }
  ensemble::EnsembleOptions options = next_work(n, origin - start);
  options.solve.keeps_months = has_deaths;
  const std::size_t n_days = solver::stored_days(model, options.solve).size();
  std::vector<std::vector<std::vector<std::uint8_t>>> agrees(at(months),
                                                             std::vector(n_places, std::vector<std::uint8_t>(n, 0)));
  ensemble::visit(model, options, [&](const solver::Run& run) {
    if (has_deaths) {
      guesses.pairs->add(run);
    }
    for (int m = 0; m < months && run.status == solver::RunStatus::complete; ++m) {
      const std::size_t eve = static_cast<std::size_t>(days[at(m + 1)] - start - 1);  // before the record is laid in
      for (std::size_t p = 0; p < n_places; ++p) {
        const int holder = run.control[p * n_days + eve];
        const SideIndex seen = holders[at(m + 1)][p];
        agrees[at(m)][p][run.number] = holder >= 0 && observations_.sides.of_actor[at(holder)] == seen ? 1 : 0;
      }
    }
  });
  const std::string name = account_name(account);
  if (guesses.places) {
    const std::string followed = weigh(*guesses.places, holders, agrees);
    tell(*guesses.places, name, origin, middle_of<Hidden>(model.war(), Hidden::spread), followed);
  }
  if (guesses.pairs && !has_deaths) {
    learned_.remarks.push_back(
        fmt::format("{}the observed data have deaths of {} months before {}: too few to say how hard sides fight",
                    of_account(name), months_of_deaths, format_date(origin)));
    guesses.pairs.reset();
  } else if (guesses.pairs) {
    guesses.pairs->move(at(months - kQuarter));
    tell(*guesses.pairs, name, origin, middle_of<Lethality>(model.war(), Lethality::spread));
  }
  return guesses;
}

std::string Analyst::weigh(hidden::Particles& particles, const std::vector<std::vector<SideIndex>>& holders,
                           const std::vector<std::vector<std::vector<std::uint8_t>>>& agrees) {
  std::size_t changes = 0;
  std::size_t followed = 0;
  for (std::size_t p = 0; p < war_.places.size(); ++p) {
    std::size_t known_since = 0;  // month since which the holder of the origin holds the place
    for (std::size_t m = 0; m < agrees.size(); ++m) {
      known_since = holders[m][p] != holders[m + 1][p] ? m + 1 : known_since;
    }
    for (std::size_t m = 0; m < agrees.size(); ++m) {
      const SideIndex before = holders[m][p];
      const SideIndex after = holders[m + 1][p];
      if (before == kUnknown || after == kUnknown) {
        continue;
      }
      const std::vector<std::uint8_t>& as_recorded = agrees[m][p];
      if (before != after) {
        const auto came = std::count(as_recorded.begin(), as_recorded.end(), 1);
        ++changes;
        followed += static_cast<double>(came) >= kFollowed * static_cast<double>(particles.size()) ? 1 : 0;
      } else if (m >= known_since) {
        particles.weigh(p, as_recorded);
      }
    }
  }
  return fmt::format("of {} changes of hands {} came in at least {:.0f} % of these runs{}", changes, followed,
                     100 * kFollowed, 2 * followed < changes ? ", so they do not follow this war" : "");
}

void Analyst::tell(const hidden::Particles& particles, const std::string& account, Day origin, double spread,
                   const std::string& followed) {
  std::vector<double> sizes;
  std::size_t least = 0;
  const auto& deviations = particles.deviations(at(months_before(origin)));
  for (std::size_t p = 0; p < war_.places.size(); ++p) {
    const std::vector<double> weights = particles.weights(p);
    std::vector<double> factors;
    for (const std::vector<float>& of_particle : deviations) {
      factors.push_back(math::exp(spread * of_particle[p]));
    }
    const double size = particles.raw_size(p);
    least = size < particles.raw_size(least) ? p : least;
    sizes.push_back(size);
    learned_.places.push_back({origin, account, PlaceIndex{static_cast<int>(p)},
                               weighted_quantile(factors, weights, 0.5), weighted_quantile(factors, weights, 0.05),
                               weighted_quantile(factors, weights, 0.95), size});
  }
  const double least_size = particles.raw_size(least);
  std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2), sizes.end());
  learned_.remarks.push_back(
      fmt::format("{}the months before {}: {} runs, whose effective size at a place is {:.0f} at the median "
                  "and {:.0f} at the least ({}); {}",
                  of_account(account), format_date(origin), particles.size(), sizes[sizes.size() / 2], least_size,
                  war_.places[least].name, followed));
}

void Analyst::tell(const hidden::Pairs& pairs, const std::string& account, Day origin, double spread) {
  std::size_t farthest = 0;
  for (std::size_t d = 0; d < pairs.size(); ++d) {
    std::vector<double> factors = pairs.last(d);
    for (double& deviation : factors) {
      deviation = math::exp(spread * deviation);
    }
    std::sort(factors.begin(), factors.end());
    learned_.pairs.push_back({origin, account, pairs.name(d), quantile_of_sorted(factors, 0.5),
                              quantile_of_sorted(factors, 0.05), quantile_of_sorted(factors, 0.95), pairs.conflict(d),
                              pairs.lull(d)});
    farthest = std::abs(pairs.conflict(d)) > std::abs(pairs.conflict(farthest)) ? d : farthest;
    if (pairs.lull(d) > 0 && told_lulls_.insert(pairs.name(d)).second) {
      learned_.remarks.push_back(
          fmt::format("{}{} have nearly stopped fighting by {}: in {:.0f} % of the runs they hold their fire at first",
                      of_account(account), pairs.name(d), format_date(origin), 100 * pairs.lull(d)));
    }
  }
  if (!options_.begins_at_origin) {
    learned_.remarks.push_back(
        fmt::format("{}the months before {}: of all pairs the deaths of {} lie farthest from the runs, {:+.1f} "
                    "standard deviations on average{}",
                    of_account(account), format_date(origin), pairs.name(farthest), pairs.conflict(farthest),
                    pairs.is_moved(farthest) ? ""
                                             : "; nothing is learned from them, since in the runs their deaths hardly "
                                               "depend on how hard they fight"));
  } else if (!std::exchange(has_told_of_pairs_, true)) {
    learned_.remarks.push_back(
        fmt::format("from {} on forecasts begin with what the deaths of the year before say of how hard each pair of "
                    "sides fights",
                    format_date(origin)));
  }
}

Result<Analyst::Strengths> Analyst::strengths_for(const std::string& account, Day day) {
  if (!options_.begins_at_origin) {
    return strengths_on(account, day);
  }
  Strengths factors(war_.actors.size(), 1);
  if (!has_outdated_strengths(war_, day)) {
    return factors;
  }
  const auto left = strengths_on(account, day);
  if (!left) {
    return left;
  }
  for (std::size_t a = 0; a < factors.size(); ++a) {
    factors[a] = is_outdated(war_, static_cast<ActorIndex>(a), day) ? (*left)[a] : 1;
  }
  return factors;
}

void Analyst::tell(const Strengths& strengths, Day origin) {
  std::vector<std::string> changed;
  for (std::size_t a = 0; a < strengths.size(); ++a) {
    if (strengths[a] != 1) {
      changed.push_back(fmt::format("{} {:.0f} %", war_.actors[a].name, 100 * strengths[a]));
    }
  }
  if (!changed.empty() && !std::exchange(has_told_of_strengths_, true)) {
    learned_.remarks.push_back(
        fmt::format("forces.csv has said nothing for a year of some who fight on {}: from then on forecasts begin with "
                    "what {} runs of the war until their first day leave of those men ({})",
                    format_date(origin), kRuns, fmt::join(changed, ", ")));
  }
}

Result<Analyst::Strengths> Analyst::strengths_on(const std::string& account, Day day) {
  if (const auto found = made_.find({account, day}); found != made_.end()) {
    return found->second;
  }
  Strengths strengths(war_.actors.size(), 1);
  if (const Day before = add_months(day, -kQuarter); before >= first_days_possible(war_, observations_).first) {
    TRUEL_TRY(const auto earlier, strengths_on(account, before));
    TRUEL_TRY(strengths, after_quarter(earlier, account, before, day));
  }
  made_.emplace(std::pair(account, day), strengths);
  return strengths;
}

Result<Analyst::Strengths> Analyst::after_quarter(const Strengths& before, const std::string& account, Day from,
                                                  Day day) {
  TRUEL_TRY(auto war, forecast_war(options_.package, account, options_.settings, from, day, std::nullopt,
                                   control_until(war_, observations_, from)));
  scale_strengths(before, war);
  TRUEL_TRY(auto model, compile(std::make_shared<const War>(std::move(war))));
  ensemble::EnsembleOptions options = next_work(kRuns, day - from);
  options.solve.every_days = day - from;
  options.solve.keeps_months = false;
  const std::size_t n_days = solver::stored_days(model, options.solve).size();
  std::vector<std::vector<float>> of_run(kRuns);
  ensemble::visit(model, options, [&](const solver::Run& run) {
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
