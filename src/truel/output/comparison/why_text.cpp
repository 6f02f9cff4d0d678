#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "truel/ensemble/compare/compare.hpp"
#include "truel/ensemble/summary/moments.hpp"
#include "truel/model/names.hpp"
#include "truel/output/comparison/why.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"
#include "truel/world/journal.hpp"

namespace truel::output {
namespace {

using ensemble::ChangeEffect;
using ensemble::EnemyEffort;

/// Features that keep an actor off the top of a list, as far as they are named.
constexpr std::size_t kNamedFeatures = 2;

std::string command_name(const War& war, CommandIndex c) {
  return printable(short_name(war.commands[at(c)]));
}

std::string with_sign(double x) {
  return fmt::format("{}{}", x >= 0.05 ? "+" : "", std::abs(x) < 99.95 ? fixed(x, 1) : rounded_count(x));
}

std::string with_error(const Mean& mean, double factor = 1) {
  return fmt::format("{} ±{}", with_sign(factor * mean.value),
                     std::isfinite(mean.standard_error) ? rounded_count(std::ceil(factor * mean.standard_error)) : "-");
}

/// "growth 0.30, horizon 0.12": what most kept it off, and what is left of the gap is not named.
std::string kept_off(const EnemyEffort& enemy) {
  std::vector<std::size_t> features(enemy.kept_off.size());
  std::iota(features.begin(), features.end(), std::size_t{0});
  std::sort(features.begin(), features.end(),
            [&](std::size_t x, std::size_t y) { return enemy.kept_off[x] > enemy.kept_off[y]; });
  std::vector<std::string> named;
  for (const std::size_t f : features) {
    if (enemy.kept_off[f] >= 0.005 && named.size() < kNamedFeatures) {
      named.push_back(fmt::format("{} {:.2f}", kFeatures[f].name, enemy.kept_off[f]));
    }
  }
  return named.empty() ? "-" : fmt::format("{}", fmt::join(named, ", "));
}

void enemies_table(TextTable& sheet, const War& war, const ensemble::Explanation& why) {
  sheet.table<EnemyEffort>(
      why.enemies,
      {{"Enemy", [&](auto& enemy) { return command_name(war, enemy.command); }},
       {"Aimed", [](auto& enemy) { return percent(enemy.share); }},
       {"Men", [](auto& enemy) { return enemy.could > 0 ? rounded_count(enemy.aimed) : "-"; }, 2},
       {"Of", [](auto& enemy) { return enemy.could > 0 ? rounded_count(enemy.could) : "-"; }, 3},
       {"First", [](auto& enemy) { return enemy.decisions > 0 ? percent(enemy.first) : "-"; }},
       {"Rather", [&](auto& enemy) { return enemy.rather == kNone ? "-" : short_name(war, enemy.rather); }, 1},
       {"Kept off it by", [](auto& enemy) { return kept_off(enemy); }}});
  sheet.blank();
}

/// Does no pair of runs show any difference?
bool is_nought(const Mean& change) {
  return change.value == 0 && !(change.standard_error > 0);
}

bool does_nothing(const ChangeEffect& change) {
  return is_nought(change.life) && is_nought(change.survival) && is_nought(change.fighters) &&
         (change.asked.n == 0 || is_nought(change.asked));
}

/// A metric may have any unit.
std::string metric_change(const Mean& change) {
  return fmt::format("{:+.3g} ±{:.2g}", change.value + 0.0, change.standard_error);
}

/// Is its life the same in every run, whatever is changed? Then fighters are what is left to tell of.
bool has_one_life(const ensemble::Explanation& why) {
  return std::all_of(why.changes.begin(), why.changes.end(),
                     [](const ChangeEffect& change) { return is_nought(change.life) && is_nought(change.survival); });
}

void list_changes(TextTable& sheet, const ensemble::Explanation& why) {
  const bool is_some_left_out = std::any_of(why.changes.begin(), why.changes.end(), does_nothing);
  sheet.text(fmt::format(
      "{}{}:",
      why.metric ? fmt::format("What each change does to {}, days of life, survival and fighters on the last day",
                               printable(why.metric->name))
      : has_one_life(why) ? "No change moves the day of its end in any run. What each does to fighters on the last day"
                          : "What each change does to days of life, survival and fighters on the last day",
      is_some_left_out ? "; what does nothing is left out" : ""));
  for (const ChangeEffect& change : why.changes) {
    if (does_nothing(change)) {
      continue;
    }
    const std::string life = is_nought(change.life) ? "" : with_error(change.life) + " days, ";
    const std::string survival =
        is_nought(change.survival) ? "" : fmt::format("survival {} points, ", with_error(change.survival, 100));
    const std::string asked = why.metric && !is_nought(change.asked)
                                  ? fmt::format("{} {}, ", printable(why.metric->name), metric_change(change.asked))
                                  : "";
    sheet.item(fmt::format("{}{}{}fighters {}: {}", asked, life, survival, with_error(change.fighters),
                           printable(change.what)));
  }
  sheet.blank();
}

std::string strongest_change(const ensemble::Explanation& why) {
  if (why.changes.empty()) {
    return "There is no single change on the list to try.";
  }
  const ChangeEffect& change = why.changes.front();
  if (why.metric) {
    const Interval moved = mean_interval(change.asked);
    return moved.low > 0 || moved.high < 0
               ? fmt::format("Of {} single changes, this one moves it most: {} ({}).", why.tried,
                             printable(change.what), metric_change(change.asked))
               : fmt::format("None of {} single changes moves it with certainty.", why.tried);
  }
  if (mean_interval(change.life).high < 0) {
    return fmt::format("Of {} single changes, this one shortens its life most: {} ({} days).", why.tried,
                       printable(change.what), with_error(change.life));
  }
  const std::string_view life =
      has_one_life(why) ? "moves the day of its end in any run" : "shortens its life with certainty";
  const auto costliest = std::min_element(why.changes.begin(), why.changes.end(), [](const auto& x, const auto& y) {
    return x.fighters.value < y.fighters.value;
  });
  if (mean_interval(costliest->fighters).high < 0) {
    return fmt::format("None of {} single changes {}; the one that costs it most fighters: {} ({} on the last day).",
                       why.tried, life, printable(costliest->what), with_error(costliest->fighters));
  }
  return fmt::format("None of {} single changes {}, and none costs it fighters with certainty.", why.tried, life);
}

}  // namespace

std::string why_answer(const CompiledModel& model, const ensemble::Explanation& why) {
  double aimed = 0;
  double could = 0;
  for (const EnemyEffort& enemy : why.enemies) {
    aimed += enemy.aimed;
    could += enemy.could;
  }
  const std::string effort = could > 0 ? fmt::format("its enemies aimed {} of their strength at it, {} of {} men",
                                                     percent(aimed / could), rounded_count(aimed), rounded_count(could))
                                       : std::string("nobody with fighters of its own is at war with it");
  const auto n = static_cast<double>(why.survival.n);
  const Interval interval = wilson_interval(why.survival.value, n);
  const std::string name = short_name(model.war(), why.actor);
  if (why.metric) {
    const Interval mean = mean_interval(why.asked);
    return fmt::format("{}: {:.4g} on average (95 % interval {:.4g} to {:.4g}). {}: {}. {}",
                       printable(why.metric->name), why.asked.value, mean.low, mean.high, name, effort,
                       strongest_change(why));
  }
  return fmt::format("{} survived in {} of {} runs (95 % interval {} to {}): {}. {}", name, percent(why.survival.value),
                     grouped(n), percent(interval.low), percent(interval.high), effort, strongest_change(why));
}

std::string why_table(const CompiledModel& model, const ensemble::Explanation& why, int columns_wide) {
  const War& war = model.war();
  TextTable sheet(columns_wide);
  sheet.text(fmt::format("{}: {} to {}", printable(war.title), long_date(war.start), long_date(war.end)));
  sheet.text(why_answer(model, why));
  sheet.blank();
  if (!why.enemies.empty()) {
    enemies_table(sheet, war, why);
    sheet.text(
        "Aimed: share of its effort spent on this actor, and men committed, out of men available, on average over "
        "time. "
        "First: share of its decisions in which no enemy scored higher than this actor. Rather: the enemy that "
        "otherwise most often did. Kept off it by: the features in which the first enemy scored higher, and by how "
        "much.");
    sheet.blank();
  }
  if (!why.changes.empty()) {
    list_changes(sheet, why);
    sheet.text(fmt::format(
        "Means of {} pairs of runs with the war as it is, ± standard error. {} changes were tried in {} pairs each; "
        "the {} that {} there were run again in new pairs. With {} pairs only large differences are detectable; "
        "for smaller ones give truel compare the settings that --json prints.",
        why.runs, why.tried, why.screening_runs, why.changes.size(),
        why.metric          ? "moved it most"
        : has_one_life(why) ? "cost it most fighters"
                            : "shortened its life most",
        why.runs));
  }
  if (why.failed_runs > 0) {
    sheet.text(fmt::format("{} runs failed; their pairs are left out.", why.failed_runs));
  }
  return std::move(sheet).take();
}

}  // namespace truel::output
