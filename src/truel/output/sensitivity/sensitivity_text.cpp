#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "truel/output/describe.hpp"
#include "truel/output/sensitivity/sensitivity.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

using sensitivity::Analysis;
using sensitivity::Estimate;
using sensitivity::GroupIndex;
using sensitivity::InputIndex;
using sensitivity::Study;

constexpr std::size_t kListedInputs = 12;

/// Percent with one digit where it is small. Estimates of what is nought scatter about it: none is shown below.
std::string points(double share) {
  const double percent = 100 * std::max(0.0, share);
  if (!std::isfinite(share)) {
    return "-";
  }
  return fixed(percent, percent < 9.95 ? 1 : 0);
}

std::string with_range(const Estimate& e) {
  return fmt::format("{} % ({} to {})", points(e.value), points(e.low), points(e.high));
}

/// "27 (7.4 to 54)": a share goes with its interval. An interval that is wider than all there is says nothing.
std::string share_cell(const Estimate& e) {
  const bool says_something = std::isfinite(e.value) && e.high - e.low <= 1;
  return says_something ? fmt::format("{} ({} to {})", points(e.value), points(e.low), points(e.high)) : "-";
}

bool is_share(const sensitivity::Outcome& outcome) {
  return is_event(outcome) || scale_of(outcome) == OutcomeScale::share;
}

/// A mean of the outcome: of events and shares in percent.
std::string level(const sensitivity::Outcome& outcome, double mean) {
  const bool is_percent = outcome.kind != sensitivity::OutcomeKind::civilian_harm && is_share(outcome);
  return is_percent ? points(mean) + " %" : rounded_count(mean);
}

std::string level_with_range(const sensitivity::Outcome& outcome, const Estimate& e) {
  return fmt::format("{} ({} to {})", level(outcome, e.value), level(outcome, e.low), level(outcome, e.high));
}

/// The account without which the choice of account matters least.
std::size_t standing_out(const Analysis& a) {
  return static_cast<std::size_t>(
      std::min_element(a.accounts.begin(), a.accounts.end(),
                       [](const auto& x, const auto& y) { return x.share_without.value < y.share_without.value; }) -
      a.accounts.begin());
}

/// "the word of sources (the choice of account, and parameters that rest on claims alone), 23 % (18 to 27)".
std::string driver(const Study& study, const Analysis& a, std::size_t which) {
  const char* const claims = "the word of sources (parameters that rest on claims alone)";
  const char* const accounts = "the word of sources (the choice of account, and parameters that rest on claims alone)";
  const char* const names[] = {
      study.has_accounts() ? accounts : claims, "parameters that rest on outside sources alone",
      "parameters whose range an assumption widens", "parameters that rest on assumption alone"};
  return fmt::format("{}, {}", names[which], with_range(a.drivers[which]));
}

std::string verdict(const Study& study, const Analysis& a) {
  std::string text;
  if (!study.has_accounts()) {
    text = "One account was run, so nothing is said of the choice of account.";
  } else if (a.drivers.empty()) {
    text = a.account_less_numbers.low > 0 ? "The choice of account matters more than all uncertain parameters together."
           : a.account_less_numbers.high < 0
               ? "All uncertain parameters together matter more than the choice of account."
               : "Whether the account or the uncertain parameters matter more is uncertain after so many runs.";
  }
  if (!a.drivers.empty()) {
    text += text.empty() ? "" : " ";
    std::vector<std::string> named;
    std::string main;
    for (std::size_t d = 0; d < a.drivers.size(); ++d) {
      if (static_cast<int>(d) == a.main_driver) {
        main = driver(study, a, d);
      } else {
        named.push_back(driver(study, a, d));
      }
    }
    const std::string last = named.back();
    named.pop_back();
    const std::string others = fmt::format("{}", fmt::join(named, "; "));
    text += main.empty() ? fmt::format(
                               "Which of these drives it most, apart from chance, is uncertain after so many "
                               "runs: {}; or {}.",
                               others, last)
                         : fmt::format("What drives it most, apart from chance, is {}, more than {}; and {}.", main,
                                       others, last);
  }
  if (a.accounts.size() > 2) {
    const std::size_t k = standing_out(a);
    text += fmt::format(" The account that differs most is {} ({}); without it the choice of account is {}.",
                        study.rivals[k].id, level(a.outcome, a.accounts[k].mean.value),
                        with_range(a.accounts[k].share_without));
  }
  return text;
}

/// The group that weighs most by itself, if its weight is certain; ends with a space.
std::string heaviest_group(const Study& study, const Analysis& a) {
  const GroupIndex* heaviest = nullptr;
  for (const GroupIndex& g : a.sources) {
    if (g.is_resampled && g.first.low > 0 && g.total.low > 0 &&
        (heaviest == nullptr || g.first.value > heaviest->first.value)) {
      heaviest = &g;
    }
  }
  return heaviest == nullptr || a.sources.size() < 2
             ? ""
             : fmt::format("Of the parameters, those that rest on {} weigh most, {} as one. ",
                           source_name(study.war(), heaviest->name), with_range(heaviest->first));
}

std::string strongest(const Study& study, const Analysis& a) {
  if (a.inputs.empty()) {
    return "No parameter is uncertain.";
  }
  const auto above = static_cast<std::size_t>(
      std::count_if(a.inputs.begin(), a.inputs.end(), [&](const InputIndex& i) { return a.is_above_floor(i); }));
  const std::string count = fmt::format("{} of {} uncertain parameters", above, a.inputs.size());
  if (above == 0) {
    return fmt::format("None of {} uncertain parameters stands out of the noise of {} runs by itself.", a.inputs.size(),
                       grouped(static_cast<double>(a.runs)));
  }
  const auto first =
      std::find_if(a.inputs.begin(), a.inputs.end(), [&](const InputIndex& i) { return a.is_above_floor(i); });
  const sensitivity::Input& input = study.inputs[first->input];
  return fmt::format("{} stand{} out of the noise by {}; the strongest is {}, {}, which rests on {}.", count,
                     above == 1 ? "s" : "", above == 1 ? "itself" : "themselves",
                     study.war().parameters[at(input.parameter)].path, with_range(first->first),
                     printable(input.basis));
}

void shares(TextTable& sheet, const Study& study, const Analysis& a) {
  const auto [account, numbers, both, chance] = a.whole;
  using Share = std::pair<std::string, Estimate>;
  std::vector<Share> rows = {{"Uncertain parameters", numbers}, {"Chance", chance}};
  if (study.has_accounts()) {
    rows.insert(rows.begin() + 1, {"Account and parameters together", both});
    rows.insert(rows.begin(), {"Choice of account", account});
  }
  sheet.table<Share>(rows, {{"Share of the variance", [](auto& row) { return row.first; }},
                            {"% (95 % interval)", [](auto& row) { return share_cell(row.second); }}});
}

void groups(TextTable& sheet, const char* head, const std::vector<GroupIndex>& groups,
            const std::function<std::string(const std::string&)>& name) {
  std::vector<TextTable::Of<GroupIndex>> columns = {
      {head, [&](auto& g) { return name(g.name); }},
      {"Parameters", [](auto& g) { return fmt::format("{}", g.inputs); }},
      {"Each alone, %", [](auto& g) { return share_cell(g.main_effects); }, 1}};
  if (!groups.empty() && groups.front().is_resampled) {
    columns.push_back({"As one, %", [](auto& g) { return share_cell(g.first); }});
    columns.push_back({"With all else, %", [](auto& g) { return share_cell(g.total); }});
  }
  sheet.table(groups, columns);
}

void inputs(TextTable& sheet, const Study& study, const Analysis& a) {
  std::vector<TextTable::Of<InputIndex>> columns = {
      {"Strongest parameters",
       [&](auto& index) { return study.war().parameters[at(study.inputs[index.input].parameter)].path; }},
      {"First order, %", [](auto& index) { return share_cell(index.first); }},
      {"Delta", [](auto& index) { return fixed(index.delta.value, 3); }, 1},
      {"Above noise", [&](auto& index) { return a.is_above_floor(index) ? "yes" : "no"; }},
      {"Rests on", [&](auto& index) { return fmt::format("{}", fmt::join(study.inputs[index.input].sources, "; ")); },
       3}};
  if (a.inputs.front().is_resampled) {
    columns.insert(columns.begin() + 2, {"Total, %", [](auto& index) { return share_cell(index.total); }, 2});
  }
  const auto n = static_cast<std::ptrdiff_t>(std::min(kListedInputs, a.inputs.size()));
  sheet.table({a.inputs.begin(), a.inputs.begin() + n}, columns);
}

}  // namespace

std::string outcome_name(const War& war, const sensitivity::Outcome& outcome) {
  const std::string actor = outcome.actor == kNone ? "nobody" : short_name(war, outcome.actor);
  if (outcome.kind == sensitivity::OutcomeKind::civilian_harm) {
    return "number of civilians harmed";
  }
  if (outcome.kind == sensitivity::OutcomeKind::control) {
    return fmt::format("control of {} by {} on the last day", printable(war.places[at(outcome.place)].name), actor);
  }
  if (outcome.kind == sensitivity::OutcomeKind::metric) {
    return fmt::format("{} ({})", outcome.name, meaning_of(outcome));
  }
  return fmt::format(fmt::runtime(info_of(outcome.what).phrase), actor);
}

std::string source_name(const War& war, const std::string& group) {
  const bool is_source =
      std::any_of(war.claims.begin(), war.claims.end(), [&](const Claim& claim) { return claim.source == group; });
  return is_source ? "claims of " + group : group;
}

/// What to ask of an actor whose outcome does not vary; begins with a space.
std::string what_else(const War& war, const sensitivity::Outcome& outcome) {
  if (outcome.actor == kNone || !is_event(outcome)) {
    return "";
  }
  const std::string& id = war.actors[at(outcome.actor)].id;
  return fmt::format(
      " Ask how strong it is or what it holds: --metric actors.{0}.final_fighters, --metric "
      "actors.{0}.value_share.",
      id);
}

std::string partial_remark(const Analysis& a) {
  return fmt::format("PARTIAL: interrupted before {} runs were done.", grouped(static_cast<double>(*a.stopped_before)));
}

std::string sensitivity_answer(const Study& study, const Analysis& a) {
  std::string text = fmt::format("The {}: {} on average over {} runs", outcome_name(study.war(), a.outcome),
                                 level_with_range(a.outcome, a.mean), grouped(static_cast<double>(a.runs)));
  if (a.variance == 0) {
    return fmt::format(
        "The {} is {} in all of {} runs: whatever is drawn and whichever account is chosen, it does not vary.{}",
        outcome_name(study.war(), a.outcome), level(a.outcome, a.mean.value), grouped(static_cast<double>(a.runs)),
        what_else(study.war(), a.outcome));
  }
  const auto [account, numbers, both, chance] = a.whole;
  if (study.has_accounts()) {
    text += fmt::format(
        ", {} accounts with equal weight. Of its variance {} is the choice of account, {} the uncertain parameters, {} "
        "what the two do only together, and {} chance. ",
        study.rivals.size(), with_range(account), with_range(numbers), with_range(both), with_range(chance));
  } else {
    text += fmt::format(". Of its variance {} is the uncertain parameters and {} chance. ", with_range(numbers),
                        with_range(chance));
  }
  return text + verdict(study, a) + " " + heaviest_group(study, a) + strongest(study, a);
}

std::string sensitivity_table(const Study& study, const Analysis& a, int columns_wide) {
  const War& war = study.war();
  TextTable sheet(columns_wide);
  sheet.text(fmt::format("{}: {} to {}", printable(war.title), long_date(war.start), long_date(war.end)));
  if (a.stopped_before) {
    sheet.text(partial_remark(a));
  }
  sheet.text(sensitivity_answer(study, a));
  if (a.variance == 0) {
    return std::move(sheet).take();
  }
  sheet.blank();
  shares(sheet, study, a);
  if (study.has_accounts()) {
    sheet.blank();
    std::vector<std::size_t> rivals(a.accounts.size());
    std::iota(rivals.begin(), rivals.end(), 0);
    const auto shown = [&](double x) { return level(a.outcome, x); };
    sheet.table<std::size_t>(
        rivals, {{"Account", [&](auto k) { return study.rivals[k].id; }},
                 {"Mean", [&](auto k) { return shown(a.accounts[k].mean.value); }},
                 {"95 % interval",
                  [&](auto k) {
                    return fmt::format("{} to {}", shown(a.accounts[k].mean.low), shown(a.accounts[k].mean.high));
                  },
                  1},
                 {"Account share without it, %", [&](auto k) { return share_cell(a.accounts[k].share_without); }}});
  }
  if (!a.inputs.empty()) {
    sheet.blank();
    groups(sheet, "Parameters by what they rest on", a.rests, [](const std::string& name) { return name; });
    sheet.blank();
    groups(sheet, "Parameters by source", a.sources, [&](const std::string& name) { return source_name(war, name); });
    sheet.blank();
    groups(sheet, "Parameters by table", a.tables, [](const std::string& name) { return name; });
    sheet.blank();
    inputs(sheet, study, a);
    sheet.blank();
    sheet.text(fmt::format(
        "Noise: of {} dummy parameters that act on nothing the strongest has a first-order index of {} % and a delta "
        "of {:.3f} (before the correction for bias); 95 % of them stay below {} % and {:.3f}. Each alone: sum of "
        "first-order indices. As one: the group's own first order. With all else: its total order without what it "
        "does with chance. In brackets the 95 % interval; - where that is wider than 100 %.",
        grouped(static_cast<double>(a.dummies)), points(a.first_floor), a.delta_floor, points(a.first_noise),
        a.delta_noise));
  }
  if (a.failed_runs + a.undefined_runs > 0) {
    sheet.text(fmt::format("{} runs failed and {} have no such outcome; their blocks are left out.",
                           grouped(static_cast<double>(a.failed_runs)),
                           grouped(static_cast<double>(a.undefined_runs))));
  }
  return std::move(sheet).take();
}

}  // namespace truel::output
