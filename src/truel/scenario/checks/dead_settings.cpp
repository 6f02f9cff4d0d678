#include "truel/scenario/checks/dead_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "truel/base/index.hpp"
#include "truel/scenario/checks/dead_numbers.hpp"
#include "truel/scenario/reading/numbers.hpp"

namespace truel::scenario {
namespace {

enum class Relation { enemies, neutral, friends, any };

Relation relation_of(const Distribution& alignment, const Distribution& enemy, const Distribution& ally) {
  const double least = checked_least(alignment);
  const double greatest = checked_greatest(alignment);
  if (greatest <= checked_least(enemy)) {
    return Relation::enemies;
  }
  if (least >= checked_greatest(ally)) {
    return Relation::friends;
  }
  return least > checked_greatest(enemy) && greatest < checked_least(ally) ? Relation::neutral : Relation::any;
}

const char* words_of(Relation relation) {
  return relation == Relation::enemies ? "enemies" : relation == Relation::friends ? "friends" : "neutral";
}

/// Whether alignments act through the thresholds alone: no law moves or weighs them, no pledge copies them.
bool act_by_thresholds_alone(const War& war, const std::vector<bool>& is_changed) {
  const std::vector<LawParameter> switches = switches_of(LawEffect::turns_relations);
  return std::none_of(switches.begin(), switches.end(),
                      [&](LawParameter on) {
                        const int number = war.law(on);
                        return is_changed[at(number)] || checked_greatest(war.parameters[at(number)].distribution) > 0;
                      }) &&
         std::none_of(war.interventions.begin(), war.interventions.end(),
                      [](const Intervention& change) { return change.action == InterventionAction::pledge; });
}

struct Line {
  const AccountSetting* first = nullptr;
  std::size_t numbers = 0, dead = 0;
  std::string instead;  ///< what to do about it
};

}  // namespace

void warn_of_dead_settings(const Readers& readers, const War& war, const std::vector<bool>& is_changed,
                           const std::vector<bool>& is_changed_by_the_war, Mistakes& warnings) {
  if (war.accounts.empty()) {
    return;
  }
  std::set<int> alignments;
  for (ActorIndex a = 0; a < static_cast<ActorIndex>(war.actors.size()); ++a) {
    for (ActorIndex b = 0; b < a; ++b) {
      alignments.insert(war.alignment(a, b));
    }
  }
  std::set<int> later_alignments;  // values of dated changes that make one
  for (const Intervention& change : war.interventions) {
    if (change.action == InterventionAction::realign || alignments.contains(change.target)) {
      later_alignments.insert(change.value);
    }
  }
  MissingNeeds missing_always(readers, war, is_changed);
  War alone = war;  // with an account
  for (Parameter& parameter : alone.parameters) {
    parameter.is_given = parameter.is_given && !is_switch(parameter.path);  // nobody else turns one that is off
  }
  for (const Account& account : war.accounts) {
    for (const AccountSetting& setting : account.settings) {
      alone.parameters[at(setting.target)].distribution = setting.distribution;
    }
    MissingNeeds missing(readers, alone, is_changed_by_the_war);
    const bool by_thresholds = act_by_thresholds_alone(alone, is_changed_by_the_war);
    std::map<std::pair<int, int>, Line> lines;
    for (const AccountSetting& setting : account.settings) {
      if (!is_own(account, setting)) {
        continue;  // of the account that it is written over, where it may act
      }
      Line& line = lines[{setting.where.line, setting.where.column}];
      line.first = line.first == nullptr ? &setting : line.first;
      ++line.numbers;
      if (to_string(setting.distribution) == to_string(war.parameters[at(setting.target)].distribution)) {
        continue;  // an account may say what the package says
      }
      if (const auto what = missing.of(setting.target); what && !missing_always.of(setting.target)) {
        ++line.dead;
        line.instead = fmt::format("it acts where {}; see to that, or leave it out", *what);
      } else if (const bool is_later = later_alignments.contains(setting.target);
                 by_thresholds && (is_later || alignments.contains(setting.target))) {
        const auto relation = [&](const War& of) {
          return relation_of(of.parameters[at(setting.target)].distribution,
                             of.parameters[at(of.law(LawParameter::enemy_threshold))].distribution,
                             of.parameters[at(of.law(LawParameter::ally_threshold))].distribution);
        };
        if (relation(alone) != Relation::any && relation(alone) == relation(war)) {
          ++line.dead;
          line.instead =
              fmt::format("both are {} {} too, and alignments act at the thresholds alone; pass one, or leave it out",
                          words_of(relation(war)), is_later ? "at the package's value" : "without it");
        }
      }
    }
    for (const auto& [where, line] : lines) {
      if (line.dead == line.numbers) {
        const std::string& path = war.parameters[at(line.first->target)].path;
        warnings.add({.where = line.first->where,
                      .what = line.numbers == 1 ? fmt::format("{} changes nothing in the account {}", in_quotes(path),
                                                              in_quotes(account.id))
                                                : fmt::format("{} and {} more change nothing in the account {}",
                                                              in_quotes(path), line.numbers - 1, in_quotes(account.id)),
                      .hint = line.instead,
                      .account = account.id});
      }
    }
    for (const AccountSetting& setting : account.settings) {
      alone.parameters[at(setting.target)].distribution = war.parameters[at(setting.target)].distribution;
    }
  }
}

}  // namespace truel::scenario
