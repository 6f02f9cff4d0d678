#include "truel/ensemble/compare/united.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <utility>

#include "truel/base/statistics/median.hpp"
#include "truel/ensemble/compare/midways.hpp"
#include "truel/ensemble/compare/variants.hpp"
#include "truel/laws/laws.hpp"

namespace truel::ensemble {
namespace {

constexpr LawParameter kPartOfAllies = laws::number_of<laws::Operations>(laws::Operations::joint);

double alignment_of(const CompiledModel& model, ActorIndex a, ActorIndex b) {
  const double given = model.medians()[at(model.war().alignment(a, b))];
  return std::isnan(given) ? model.war().default_alignment : given;
}

double median_of(const CompiledModel& model, LawParameter p) {
  return model.medians()[at(model.war().law(p))];
}

/// Memory for realizations of divided enemies as they stand on the day from which these unite.
constexpr std::size_t kBytesOfDivided = std::size_t{256} << 20;

/// Where the package lets no allied man count before he has come: the middle of what coalitions have.
constexpr double kJoint = 0.55;

/// Men of each command who can be led on the first day, at the medians, of the actors that count.
std::vector<double> first_men(const CompiledModel& model, const std::function<bool(ActorIndex)>& counts) {
  const War& war = model.war();
  const auto median = [&](int parameter) { return model.medians()[at(parameter)]; };
  std::vector<double> men(war.commands.size());
  for (const int row : model.first_forces()) {
    if (const ActorIndex a = war.forces[at(row)].actor; counts(a)) {
      men[at(model.command_of(a))] +=
          median(war.force(row)) * median(war.actor(a, ActorParameter::front_line_fraction));
    }
  }
  return men;
}

/// A war in which numbers are held, and what they are held at.
struct HeldWar {
  War war;
  std::vector<std::pair<int, double>> values;

  void hold(int number, double value) {
    const auto own = [&](int row) { return !war.interventions[at(row)].is_of_many; };
    for (const int row : rows_that_set(war, number)) {
      if (own(row)) {
        values.emplace_back(war.intervention(row), value);
      }
    }
    values.emplace_back(number, value);
    ensemble::hold(war, number, value);
  }
};

/// Lets the lead have the staffs of all whose men it gets, less one that the joining takes up, as many for each man as
/// they have together on the first day.
void join_staffs(HeldWar& together, const CompiledModel& model, CommandIndex lead, const std::vector<double>& joined) {
  const auto men_each = [&](CommandIndex c) {
    return model.medians()[at(model.war().command(c, CommandParameter::men_per_staff))];
  };
  double staffs = -1;
  double men = 0;
  for (CommandIndex c = 0; c < model.n_commands(); ++c) {
    if (joined[at(c)] > 0) {
      staffs += std::isnan(men_each(c)) ? kUnbounded : std::max(1.0, joined[at(c)] / men_each(c));
      men += joined[at(c)];
    }
  }
  const int of_lead = together.war.command(lead, CommandParameter::men_per_staff);
  if (staffs >= 1) {
    const double least = together.war.parameters[at(of_lead)].least;
    together.hold(of_lead, std::isfinite(staffs) ? std::max(least, men / staffs) : kAbsent);
  }
}

/// Puts all of them under the command of those with most men on the first day; gives that command.
CommandIndex put_under_one_command(HeldWar& together, const CompiledModel& model, std::span<const ActorIndex> actors) {
  const std::vector<double> men =
      first_men(model, [&](ActorIndex a) { return std::find(actors.begin(), actors.end(), a) != actors.end(); });
  const auto most = std::max_element(men.begin(), men.end());
  const CommandIndex lead =
      *most > 0 ? static_cast<CommandIndex>(most - men.begin()) : model.command_of(actors.front());
  for (const ActorIndex a : actors) {
    together.war.actors[at(a)].command = lead;
  }
  join_staffs(together, model, lead, men);
  return lead;
}

const ComparedRow& row_of(const Comparison& comparison, ComparedKind kind, ActorIndex actor) {
  return *std::find_if(comparison.rows.begin(), comparison.rows.end(),
                       [&](const ComparedRow& row) { return row.outcome.kind == kind && row.outcome.actor == actor; });
}

UnitedOutcome outcome_of(const Comparison& comparison, ComparedKind kind, ActorIndex actor, bool is_divided) {
  const ComparedRow& row = row_of(comparison, kind, actor);
  if (is_divided) {
    return {row.first};
  }
  return {row.second, row.difference.value, row.low, row.high};
}

HalfGone half_gone_of(const Comparison& comparison, ActorIndex actor, bool is_divided) {
  const auto numbers = [&](ComparedKind kind) -> const std::vector<double>& {
    const ComparedRow& row = row_of(comparison, kind, actor);
    return is_divided ? row.first_numbers : row.second_numbers;
  };
  const std::vector<double>& life = numbers(ComparedKind::life);
  const std::vector<double>& survival = numbers(ComparedKind::survival);
  std::vector<double> days;
  for (std::size_t r = 0; r < life.size(); ++r) {
    if (!std::isnan(survival[r])) {
      days.push_back(survival[r] == 1 ? kUnbounded : life[r]);
    }
  }
  std::sort(days.begin(), days.end());
  const auto seen = [](double day) { return std::isfinite(day) ? day : kAbsent; };
  HalfGone half;
  if (!days.empty()) {
    half.day = seen(days[(days.size() - 1) / 2]);  // the first day on which it is at least half
    const Interval interval = median_interval(days);
    half.interval = {seen(interval.low), seen(interval.high)};
  }
  return half;
}

Fate fate_of(const Comparison& comparison, ActorIndex actor, bool is_divided) {
  const auto of = [&](ComparedKind kind) { return outcome_of(comparison, kind, actor, is_divided); };
  return {of(ComparedKind::survival), of(ComparedKind::life), of(ComparedKind::value), of(ComparedKind::fighters),
          half_gone_of(comparison, actor, is_divided)};
}

HeldWar held_together(const CompiledModel& model, ActorIndex actor, Unity unity) {
  HeldWar together{model.war(), {}};
  const War& war = together.war;
  if (unity == Unity::divided) {
    return together;
  }
  const std::vector<ActorIndex> enemies = enemies_of(model, actor);
  const double neutral = neutral_alignment(war);
  const double least = unity == Unity::truce ? neutral : 1;
  for (const ActorIndex a : enemies) {
    together.hold(war.tie(a, actor, TieParameter::bargain), 0);
    for (const ActorIndex b : enemies) {
      if (a < b) {
        together.hold(war.alignment(a, b), std::max(least, alignment_of(model, a, b)));
      }
    }
  }
  if (unity >= Unity::coordinated && median_of(model, kPartOfAllies) <= 0) {
    together.hold(war.law(kPartOfAllies), kJoint);
  }
  if (unity == Unity::one_command && !enemies.empty()) {
    const CommandIndex lead = put_under_one_command(together, model, enemies);
    const auto under_it = compile(std::make_shared<const War>(war));
    TRUEL_CHECK(under_it.has_value());
    for (const auto& [number, value] : all_effort_at(*under_it, lead, actor)) {
      together.hold(number, value);
    }
  }
  return together;
}

}  // namespace

std::vector<ActorIndex> enemies_of(const CompiledModel& model, ActorIndex actor) {
  const double enemy = median_of(model, LawParameter::enemy_threshold);
  std::vector<ActorIndex> enemies;
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    if (a != actor && alignment_of(model, a, actor) <= enemy) {
      enemies.push_back(a);
    }
  }
  return enemies;
}

War united(const CompiledModel& model, ActorIndex actor, Unity unity) {
  return held_together(model, actor, unity).war;
}

Result<std::optional<Day>> day_of_unity(const War& war, const std::string& text, const char* name) {
  if (text.empty()) {
    return war.laid_in.empty() ? std::nullopt : std::optional(war.laid_in.back().day);
  }
  const std::optional<Day> day = parse_date(text);
  if (!day || *day < war.start || *day >= war.end) {
    return Diagnostic{{},
                      fmt::format("{} {} is not a {}", name, text, day ? "day of this war before its last" : "date"),
                      fmt::format("write YYYY-MM-DD, from {} to {}", format_date(war.start), format_date(war.end - 1))};
  }
  return day;
}

CompiledModel united_from(const CompiledModel& model, ActorIndex actor, Unity unity, const std::optional<Day>& from) {
  HeldWar together = held_together(model, actor, unity);
  auto compiled = compile(std::make_shared<const War>(std::move(together.war)));
  TRUEL_CHECK(compiled.has_value());
  if (!from || *from <= model.war().start) {
    return std::move(*compiled);
  }
  return with_later(model,
                    {*from, std::make_shared<const CompiledModel>(std::move(*compiled)), std::move(together.values)});
}

std::size_t runs_of_united(std::size_t actors, std::size_t runs) {
  return (1 + actors * (kUnities.size() - 1)) * runs;
}

std::optional<UnitedMatrix> united_fates(const CompiledModel& model, std::span<const ActorIndex> actors,
                                         const EnsembleOptions& options, const std::optional<Day>& from) {
  ProgressOfAll all_of_them(options.progress, runs_of_united(actors.size(), options.runs));
  EnsembleOptions side = options;
  const auto extend = [&](MeasuredSide& of) {
    all_of_them.attach(side);
    of.extend(options.runs, side);
    return options.stop == nullptr || !options.stop->load();
  };
  MeasuredSide divided(model);
  if (from && *from > model.war().start) {
    divided.keep({decision_day(model.war(), *from - model.war().start)}, kBytesOfDivided);
  }
  if (!extend(divided)) {
    return std::nullopt;
  }
  UnitedMatrix all{options.runs, from, {}};
  for (const ActorIndex actor : actors) {
    UnitedFates fates{actor, enemies_of(model, actor), {}};
    for (std::size_t u = 1; u < kUnities.size(); ++u) {
      const CompiledModel united = united_from(model, actor, static_cast<Unity>(u), from);
      MeasuredSide together(united);
      together.follow(divided);
      if (!extend(together)) {
        return std::nullopt;
      }
      const Comparison comparison = compare(divided, together, options.runs);
      fates.of[0] = fate_of(comparison, actor, true);
      fates.of[u] = fate_of(comparison, actor, false);
    }
    all.rows.push_back(std::move(fates));
  }
  return all;
}

}  // namespace truel::ensemble
