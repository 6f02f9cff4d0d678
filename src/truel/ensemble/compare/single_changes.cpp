#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "truel/ensemble/compare/variants.hpp"
#include "truel/ensemble/compare/why.hpp"
#include "truel/model/names.hpp"
#include "truel/world/journal.hpp"

namespace truel::ensemble {
namespace {

/// Part of a gap below which a feature is left alone.
constexpr double kNegligible = 0.01;

/// Makes changes of one war, one after another.
class Changer {
 public:
  Changer(const CompiledModel& model, ActorIndex actor) : model_(model), war_(model.war()), actor_(actor) {}

  void aim_all(CommandIndex c) {
    begin(fmt::format("{} would aim all effort at it", short_name(war_.commands[at(c)])));
    for (const auto& [number, value] : all_effort_at(model_, c, actor_)) {
      set(number, value);
    }
    end();
  }

  /// feature: index into kFeatures.
  void weigh(CommandIndex c, std::size_t feature, bool kept_off) {
    const int weight = war_.command(c, CommandParameter::weight) + static_cast<int>(feature);
    begin(fmt::format("{} {} {}", short_name(war_.commands[at(c)]),
                      kept_off ? "would give no weight to" : "would weigh twice", kFeatures[feature].name));
    set(weight, kept_off ? 0
                         : std::clamp(2 * median(weight), war_.parameters[at(weight)].least,
                                      war_.parameters[at(weight)].greatest));
    end();
  }

  /// A truce between two commands if some of their members are enemies at the median of their alignment.
  void truce(CommandIndex c, CommandIndex d) {
    begin(fmt::format("a truce of {} and {}", short_name(war_.commands[at(c)]), short_name(war_.commands[at(d)])));
    const double enemy = median(war_.law(LawParameter::enemy_threshold));
    for (const ActorIndex a : model_.members(c)) {
      for (const ActorIndex b : model_.members(d)) {
        const int alignment = war_.alignment(a, b);
        const double given = median(alignment);
        if ((std::isnan(given) ? war_.default_alignment : given) <= enemy) {
          set(alignment, neutral_alignment(war_));
        }
      }
    }
    end();
  }

  /// Numbers that feed the actor, where any of them may be above 0.
  void cut(const std::string& what, const std::vector<int>& flows) {
    begin(what);
    for (const int flow : flows) {
      if (may_be_positive(war_, flow)) {
        set(flow, 0);
      }
    }
    end();
  }

  std::vector<Change> take() && { return std::move(changes_); }

 private:
  double median(int parameter) const { return model_.medians()[at(parameter)]; }

  void begin(std::string what) { changes_.push_back({std::move(what), {}}); }

  void set(int parameter, double value) { changes_.back().held.emplace_back(parameter, value); }

  /// A change of nothing is none.
  void end() {
    if (changes_.back().held.empty()) {
      changes_.pop_back();
    }
  }

  const CompiledModel& model_;
  const War& war_;
  ActorIndex actor_;
  std::vector<Change> changes_;
};

/// As a setting writes it.
std::string written(const Parameter& parameter, double value) {
  std::string_view words = parameter.words;
  for (int skip = static_cast<int>(value); skip > 0 && !words.empty(); --skip) {
    words.remove_prefix(words.find(' ') + 1);
  }
  return words.empty() ? fmt::format("{}", value) : std::string(words.substr(0, words.find(' ')));
}

}  // namespace

std::vector<std::string> settings_of(const War& war, const Change& change) {
  std::vector<std::string> settings;
  for (const auto& [parameter, value] : change.held) {
    const Parameter& held = war.parameters[at(parameter)];
    settings.push_back(fmt::format("{}={}", held.path, written(held, value)));
    for (const int row : rows_that_set(war, parameter)) {
      if (war.interventions[at(row)].is_of_many) {
        continue;  // its value is that of other numbers, too
      }
      settings.push_back(fmt::format("{}={}", war.parameters[at(war.intervention(row))].path, written(held, value)));
    }
  }
  return settings;
}

std::vector<Change> single_changes(const CompiledModel& model, ActorIndex actor,
                                   const std::vector<EnemyEffort>& enemies) {
  const War& war = model.war();
  Changer changer(model, actor);
  for (const EnemyEffort& enemy : enemies) {
    if (enemy.share < 1) {
      changer.aim_all(enemy.command);
    }
    for (std::size_t f = 0; f < enemy.kept_off.size(); ++f) {
      if (std::abs(enemy.kept_off[f]) > kNegligible * enemy.gap) {
        changer.weigh(enemy.command, f, enemy.kept_off[f] > 0);
      }
    }
  }
  for (std::size_t i = 0; i < enemies.size(); ++i) {
    for (std::size_t j = i + 1; j < enemies.size(); ++j) {
      changer.truce(enemies[i].command, enemies[j].command);
    }
  }
  const auto own = [&](ActorParameter p) { return war.actor(actor, p); };
  for (const RecruitsInfo& recruits : kRecruits) {
    changer.cut(std::string(recruits.without), {own(recruits.number)});
  }
  changer.cut("no income from beyond the map", {own(ActorParameter::income)});
  for (const int row : model.sponsors_of(actor)) {
    std::vector<int> flows;
    for (std::size_t p = 0; p < sponsor_parameters().size(); ++p) {
      flows.push_back(war.sponsor(row, static_cast<SponsorParameter>(p)));
    }
    changer.cut(fmt::format("nothing from {}", war.sponsors[at(row)].sponsor), flows);
  }
  for (std::size_t row = 0; row < war.interventions.size(); ++row) {
    const Intervention& i = war.interventions[row];
    const bool arrives = i.action == InterventionAction::arrive && i.actor == actor;
    const bool merges = i.action == InterventionAction::merge && i.other == actor;
    if (arrives || merges) {
      changer.cut(fmt::format("nobody {} by {}", arrives ? "arrives" : "merges into it", i.id),
                  {war.intervention(static_cast<int>(row))});
    }
  }
  std::vector<int> comers;
  for (ActorIndex other = 0; other < model.n_actors(); ++other) {
    if (other != actor) {
      changer.cut(fmt::format("no trade with {}", war.actors[at(other)].id),
                  {war.tie(actor, other, TieParameter::trade)});
      comers.push_back(war.tie(other, actor, TieParameter::defection_per_day));
    }
  }
  changer.cut("nobody comes over to it", comers);
  return std::move(changer).take();
}

}  // namespace truel::ensemble
