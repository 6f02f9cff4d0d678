#include "truel/ensemble/compare/united.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "truel/ensemble/compare/variants.hpp"

namespace truel::ensemble {
namespace {

double alignment_of(const CompiledModel& model, ActorIndex a, ActorIndex b) {
  const double given = model.medians()[at(model.war().alignment(a, b))];
  return std::isnan(given) ? model.war().default_alignment : given;
}

double median_of(const CompiledModel& model, LawParameter p) {
  return model.medians()[at(model.war().law(p))];
}

/// All effort of a command goes at one actor.
void aim(War& war, const CompiledModel& model, CommandIndex c, ActorIndex actor) {
  hold(war, war.command(c, CommandParameter::doctrine), static_cast<double>(Doctrine::fixed));
  for (const ActorIndex a : model.members(c)) {
    for (ActorIndex b = 0; b < model.n_actors(); ++b) {
      const int share = war.tie(a, b, TieParameter::share);
      if (b == actor || std::isfinite(model.medians()[at(share)])) {
        hold(war, share, b == actor ? 1 : 0);
      }
    }
  }
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

Fate fate_of(const Comparison& comparison, ActorIndex actor, bool is_divided) {
  const auto of = [&](ComparedKind kind) { return outcome_of(comparison, kind, actor, is_divided); };
  return {of(ComparedKind::survival), of(ComparedKind::life), of(ComparedKind::value), of(ComparedKind::fighters)};
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
  War war = model.war();
  if (unity == Unity::divided) {
    return war;
  }
  const std::vector<ActorIndex> enemies = enemies_of(model, actor);
  const double neutral = neutral_alignment(war);
  const double least = unity == Unity::truce ? neutral : 1;
  for (const ActorIndex a : enemies) {
    hold(war, war.tie(a, actor, TieParameter::bargain), 0);
    for (const ActorIndex b : enemies) {
      if (a < b) {
        hold(war, war.alignment(a, b), std::max(least, alignment_of(model, a, b)));
      }
    }
  }
  if (unity == Unity::one_aim) {
    hold(war, war.law(LawParameter::operations_joint), 1);
    for (CommandIndex c = 0; c < model.n_commands(); ++c) {
      const auto& members = model.members(c);
      if (std::any_of(members.begin(), members.end(),
                      [&](ActorIndex a) { return std::find(enemies.begin(), enemies.end(), a) != enemies.end(); })) {
        aim(war, model, c, actor);
      }
    }
  }
  return war;
}

std::optional<std::vector<UnitedFates>> united_fates(const CompiledModel& model, std::span<const ActorIndex> actors,
                                                     const EnsembleOptions& options) {
  const std::size_t ensembles = 1 + actors.size() * (kUnities.size() - 1);
  std::size_t n_done = 0;
  double before = 0;
  double seconds = 0;
  EnsembleOptions side = options;
  side.progress = [&](const Progress& p) {
    seconds = before + p.seconds;
    if (options.progress) {
      options.progress({n_done * options.runs + p.done, ensembles * options.runs, seconds});
    }
  };
  const auto extend = [&](MeasuredSide& of) {
    of.extend(options.runs, side);
    ++n_done;
    before = seconds;
    return options.stop == nullptr || !options.stop->load();
  };
  MeasuredSide divided(model);
  if (!extend(divided)) {
    return std::nullopt;
  }
  std::vector<UnitedFates> all;
  for (const ActorIndex actor : actors) {
    UnitedFates fates{actor, enemies_of(model, actor), {}};
    for (std::size_t u = 1; u < kUnities.size(); ++u) {
      const auto war = std::make_shared<const War>(united(model, actor, static_cast<Unity>(u)));
      const auto compiled = compile(war);
      TRUEL_CHECK(compiled.has_value());
      MeasuredSide together(*compiled);
      if (!extend(together)) {
        return std::nullopt;
      }
      const Comparison comparison = compare(divided, together, options.runs);
      fates.of[0] = fate_of(comparison, actor, true);
      fates.of[u] = fate_of(comparison, actor, false);
    }
    all.push_back(std::move(fates));
  }
  return all;
}

}  // namespace truel::ensemble
