#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "truel/model/names.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/output.hpp"
#include "truel/output/report/regions.hpp"
#include "truel/output/summary/answers.hpp"
#include "truel/output/summary/deadly.hpp"
#include "truel/output/summary/facts.hpp"
#include "truel/output/summary/falls.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

using ensemble::ActorSummary;
using ensemble::Summary;

/// Whether the error of a share is so small that it is told with one digit more.
bool is_fine(const ActorSummary& s) {
  const double p = s.survival_probability;
  return p > 0 && p < 1 && std::isfinite(s.survival_se) && s.survival_se < 0.005;
}

/// "87 %", "87.3 %".
std::string share(double p, bool fine) {
  return fine ? fmt::format("{:.1f} %", 100 * p) : percent(p);
}

/// "94–100", "96–99.9": in percent; no end that is below 100 is told as 100.
std::string range(Interval of, bool fine) {
  const auto number = [&](double x) {
    if (x > 0.995 && x < 1) {
      return fmt::format("{:.1f}", std::floor(1000 * x) / 10);
    }
    std::string text = share(x, fine);
    text.resize(text.size() - 2);  // without its " %"
    return text;
  };
  return of.low == of.high ? number(of.low) : fmt::format("{}–{}", number(of.low), number(of.high));
}

/// The median date of those runs in which it collapses, and how many they are where they are few: "Aug 2017 (3)".
std::string fall(const War& war, const ActorSummary& s) {
  const ensemble::Quantity& day = s.of(ActorOutcome::collapse_day);
  if (!std::isfinite(day.q50)) {
    return "-";
  }
  const std::string month = short_month(date_of(war, day.q50));
  return day.runs < ensemble::Moments::kFewestForInterval ? fmt::format("{} ({})", month, day.runs) : month;
}

std::string interval(const ensemble::Quantity& q) {
  const std::string low = rounded_count(q.q05);
  const std::string high = rounded_count(q.q95);
  return low == high ? low : fmt::format("{}–{}", low, high);
}

std::string answer(const War& war, const Summary& summary, const std::vector<Fall>& all) {
  if (summary.runs == 0) {
    return "No run came to its end, so there is no answer.";
  }
  if (all.empty()) {
    return fmt::format("No actor collapses by {} in any of the runs.", long_date(war.end));
  }
  const Fall& first = all.front();
  const double p = first.probability;
  const std::string name = short_name(war, first.actor);
  const Interval survival = summary.actors[at(first.actor)].survival_interval;
  const std::string often = p >= 1 ? "all runs"
                                   : fmt::format("{} of the runs (95 % interval {} %)", percent(p),
                                                 range({1 - survival.high, 1 - survival.low}, false));
  if (p >= 0.5) {
    return fmt::format("First to collapse: {}, in {}, in half of these by {}.", name, often,
                       long_date(first.median_date));
  }
  return fmt::format("No actor collapses in more than half of the runs. Likeliest to collapse: {}, in {}.", name,
                     often);
}

/// What talks on the last day would give on an issue.
std::string issue_sentence(const War& war, const Summary& summary, IssueIndex issue) {
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < issue_law().results.size(); ++k) {
    const std::vector<ensemble::Quantity>& by_time = summary.issues.by_time[k];
    if (by_time.empty()) {
      continue;
    }
    const ensemble::Quantity& q = by_time[at(issue + 1) * summary.days.size() - 1];
    if (std::isnan(q.q50)) {
      return fmt::format("Nobody with any weight is at the table on {}.", war.issues[at(issue)]);
    }
    parts.push_back(fmt::format("{} {:.1f}{}", issue_law().results[k].name, q.q50,
                                q.q05 == q.q95 ? "" : fmt::format(" ({:.1f}–{:.1f} in 90 % of runs)", q.q05, q.q95)));
  }
  return fmt::format("{} predicted on {}: {}.", capitalised(issue_law().name), war.issues[at(issue)],
                     fmt::join(parts, ", "));
}

/// What kept the strongest commands from attacking more.
std::string restraint_sentence(const War& war, const Summary& summary) {
  constexpr std::size_t kShown = 3;
  constexpr double kLeastReason = 0.005;  // what shows as 0 % is left out
  std::vector<std::size_t> order;
  for (std::size_t c = 0; c < summary.plans.size(); ++c) {
    if (summary.plans[c].places > 0 && summary.plans[c].men > 0) {
      order.push_back(c);
    }
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return summary.plans[a].men > summary.plans[b].men; });
  order.resize(std::min(order.size(), kShown));
  std::vector<std::string> parts;
  for (const std::size_t c : order) {
    const laws::PlanTally& p = summary.plans[c];
    std::vector<std::string> reasons;
    for (const auto& [places, why] :
         {std::pair{p.no_men, "no free men in reach"}, std::pair{p.unlikely, "a low win probability"},
          std::pair{p.no_effort, "no effort left for that enemy"}, std::pair{p.no_staff, "nobody to lead it"}}) {
      if (places / p.places >= kLeastReason) {
        reasons.push_back(fmt::format("{} {}{}", percent(places / p.places), reasons.empty() ? "had " : "", why));
      }
    }
    const std::string why =
        reasons.empty() ? "" : fmt::format(", and of the places it could have attacked, {}", fmt::join(reasons, ", "));
    parts.push_back(fmt::format("{} had {} of its men tied down{}", printable(war.commands[c].name),
                                percent(1 - p.deployable / p.men), why));
  }
  return parts.empty() ? std::string() : fmt::format("What held attacks back: {}.", fmt::join(parts, "; "));
}

/// "A magnier": an account by the letter that its title begins with and by its id, or by its id alone.
std::string account_label(const War& war, const std::string& id) {
  const std::string title = account_title(war, id);
  const std::string_view letter = account_letter(title);
  return id.empty() ? "the basic model" : letter.empty() ? id : fmt::format("{} {}", letter, id);
}

/// Puts the basic model first, then accounts by their letters, then those without one.
template <class Item, class IdOf>
std::vector<Item> by_letter(const War& war, std::vector<Item> items, IdOf id_of) {
  const auto rank = [&](const Item& item) {
    const std::string& id = id_of(item);
    const std::string title = account_title(war, id);
    const std::string letter(account_letter(title));
    return std::tuple(!id.empty(), letter.empty(), letter);
  };
  std::stable_sort(items.begin(), items.end(), [&](const Item& x, const Item& y) { return rank(x) < rank(y); });
  return items;
}

/// What the accounts are that answers name by letter and id; apart from them what-ifs, which have no letter.
void tell_accounts(TextTable& sheet, const CompiledModel& model, const Summary& summary) {
  const War& war = model.war();
  std::vector<std::string> ids;
  for (const ensemble::AccountSummary& account : summary.accounts) {
    if (!account.id.empty()) {
      ids.push_back(account.id);
    }
  }
  ids = by_letter(war, std::move(ids), [](const std::string& id) -> const std::string& { return id; });
  const auto letter_size = [&](const std::string& id) { return account_letter(account_title(war, id)).size(); };
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::size_t letter = letter_size(ids[i]);
    if (i == 0) {
      sheet.blank();
      sheet.text("The accounts that were run as well as the basic model:");
    } else if (letter == 0 && letter_size(ids[i - 1]) > 0) {
      sheet.text("What-ifs that were run as well:");
    }
    const std::string title = account_title(war, ids[i]).substr(letter == 0 ? 0 : letter + 2);  // without "A: "
    sheet.item(fmt::format("- {}: {}", account_label(war, ids[i]), printable(title)));
  }
}

/// What the columns mean that the terminal has room for.
std::string meaning_of(const std::vector<std::string>& heads) {
  const auto has = [&](std::string_view head) { return std::find(heads.begin(), heads.end(), head) != heads.end(); };
  std::string text =
      "Survives: share of the runs, in brackets its 95 % interval: how far it may be off by chance; more runs narrow "
      "that.";
  if (has("90 % of runs")) {
    text += " 90 % of runs: how far one run differs from another; more runs do not narrow that.";
  }
  text += fmt::format(
      " Collapses: median date of the runs in which it does, with their number where they are fewer than ten. "
      "{}ast day: fighters in the median run.",
      has("First day") ? "First and l" : "L");
  if (has("Killed")) {
    text += " Killed: median run.";
  }
  if (has("Land")) {
    text += " Land: mean share held on the last day, of all places by their value.";
  }
  if (has("People")) {
    text += " People: mean share of all people who live under it on the last day.";
  }
  return text;
}

/// The questions of the package, each with its answer, by account where accounts were run side by side.
void tell_answers(TextTable& sheet, const CompiledModel& model, const Summary& summary,
                  const std::optional<record::OwnControl>& observed) {
  const War& war = model.war();
  bool has_answer = false;
  for (std::size_t i = 0; i < war.questions.size(); ++i) {
    const std::vector<SaidAnswer> answers = by_letter(
        war, answers_to(model, summary, i), [](const SaidAnswer& a) -> const std::string& { return a.account; });
    const std::string conclusion = conclusion_of(model, summary, i);
    if (answers.empty() && conclusion.empty()) {
      continue;
    }
    sheet.blank();
    sheet.text(printable(war.questions[i].words));
    if (!conclusion.empty()) {
      sheet.item("- " + conclusion);
    }
    for (const SaidAnswer& answer : answers) {
      has_answer = true;
      sheet.item(summary.accounts.empty() ? "- " + answer.text
                                          : fmt::format("- {}: {}", account_label(war, answer.account), answer.text));
    }
    if (const std::string fact = observed ? fact_of(war, *observed, war.questions[i]) : ""; !fact.empty()) {
      sheet.item("- In fact: " + fact);
    }
  }
  if (has_answer) {
    sheet.blank();
    if (const std::string note = early_end_text(war); !note.empty()) {
      sheet.text(note);
    }
    sheet.text(
        "In brackets: the 95 % interval of a probability or, between accounts, of the difference; for other outcomes "
        "where 90 % of the runs lie.");
  }
}

}  // namespace

std::string terminal_table(const CompiledModel& model, const Summary& summary, int columns_wide) {
  const War& war = model.war();
  std::vector<ActorIndex> order;
  std::vector<std::string> air;
  std::vector<std::string> absent;
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    if (model.is_air(a)) {
      air.push_back(short_name(war, a));
    } else if (std::isnan(summary.actors[at(a)].survival_probability)) {
      absent.push_back(short_name(war, a));
    } else {
      order.push_back(a);
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](ActorIndex a, ActorIndex b) {
    const ActorSummary& x = summary.actors[at(a)];
    const ActorSummary& y = summary.actors[at(b)];
    return x.survival_probability != y.survival_probability
               ? x.survival_probability > y.survival_probability
               : x.of(ActorOutcome::final_fighters).q50 > y.of(ActorOutcome::final_fighters).q50;
  });

  // A package without people at its places models neither who lives under whom nor harm to them.
  const bool has_people = std::any_of(order.begin(), order.end(), [&](ActorIndex a) {
    return summary.actors[at(a)].of(ActorOutcome::population_share).mean > 0;
  });
  TextTable sheet(columns_wide);
  sheet.text(fmt::format("{}: {} to {}, {} {}", printable(war.title), long_date(war.start), long_date(war.end),
                         grouped(static_cast<double>(summary.runs)), summary.runs == 1 ? "run" : "runs"));
  if (summary.stopped_before) {
    sheet.text(fmt::format(
        "PARTIAL: interrupted when {} of {} runs were done. Which ones were done depends on the moment.",
        grouped(static_cast<double>(summary.numbers.size())), grouped(static_cast<double>(*summary.stopped_before))));
  }
  sheet.text(answer(war, summary, falls(model, summary)));
  if (const std::string deadly = deadly_text(war, summary); !deadly.empty()) {
    sheet.text(deadly);
  }
  sheet.blank();
  std::vector<std::string> heads;
  if (!order.empty()) {
    const auto of = [&](const char* head, int cost, const auto& cell) {
      return TextTable::Of<ActorIndex>{head, [&, cell](ActorIndex a) { return cell(summary.actors[at(a)]); }, cost};
    };
    using Of = const ActorSummary&;
    std::vector<TextTable::Of<ActorIndex>> columns = {
        {"Actor", [&](ActorIndex a) { return short_name(war, a); }},
        of("Survives", 0,
           [](Of s) {
             return fmt::format("{} ({})", share(s.survival_probability, is_fine(s)),
                                range(s.survival_interval, is_fine(s)));
           }),
        of("Collapses", 0, [&](Of s) { return fall(war, s); }),
        of("First day", 4, [](Of s) { return rounded_count(s.fighters.front().q50); }),
        of("Last day", 0, [](Of s) { return rounded_count(s.of(ActorOutcome::final_fighters).q50); }),
        of("90 % of runs", 1, [](Of s) { return interval(s.of(ActorOutcome::final_fighters)); }),
        of("Land", 2, [](Of s) { return percent(s.of(ActorOutcome::value_share).mean); }),
        of("Killed", 5, [](Of s) { return rounded_count(s.of(ActorOutcome::killed).q50); })};
    if (has_people) {
      columns.insert(columns.end() - 1,
                     of("People", 6, [](Of s) { return percent(s.of(ActorOutcome::population_share).mean); }));
    }
    heads = sheet.table(order, columns);
    sheet.blank();
  }
  const std::optional<record::OwnControl> observed = record::own_control(war);
  if (const std::string land = observed ? land_in_fact(model, summary, *observed) : ""; !land.empty()) {
    sheet.text(land);
    sheet.blank();
  }
  if (!air.empty()) {
    sheet.text(fmt::format("Not rated, as they hold no ground: {}.", fmt::join(air, ", ")));
  }
  if (!absent.empty()) {
    sheet.text(fmt::format("Never in the war: {}.", fmt::join(absent, ", ")));
  }
  if (has_people) {
    sheet.text(fmt::format("Civilians harmed: {} ({} in 90 % of runs).", rounded_count(summary.civilian_harm.q50),
                           interval(summary.civilian_harm)));
  }
  if (!heads.empty()) {
    sheet.text(meaning_of(heads));
  }
  if (const ensemble::GameSummary& d = summary.decisions; d.games > 0) {
    sheet.text(fmt::format(
        "Best responses: nobody gained by changing in {} of the games, the responses went round in {}, after "
        "{:.1f} rounds a game.",
        percent(d.converged), percent(d.cycles), d.rounds));
  }
  if (const std::string restraint = restraint_sentence(war, summary); !restraint.empty()) {
    sheet.text(restraint);
  }
  for (IssueIndex issue = 0; issue < model.issues().issues && summary.runs > 0; ++issue) {
    sheet.text(issue_sentence(war, summary, issue));
  }
  if (summary.regions) {
    sheet.text(regions_sentence(model, *summary.regions));
  }
  if (summary.failed_runs > 0) {
    sheet.text(fmt::format("{} of {} runs failed and are left out of these numbers; ensemble.nc says which and why.",
                           grouped(static_cast<double>(summary.failed_runs)),
                           grouped(static_cast<double>(summary.failed_runs + summary.runs))));
  }
  tell_accounts(sheet, model, summary);
  tell_answers(sheet, model, summary, observed);
  return std::move(sheet).take();
}

}  // namespace truel::output
