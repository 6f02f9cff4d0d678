#include "truel/output/summary/deadly.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "truel/base/date.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

// In a year, of those who stand in it. The sides of the civil wars that come with truel lose up to half, and where all
// unite against one of them that one four fifths.
constexpr double kMuchOfAll = 0.2;
constexpr double kMuchOfOne = 1;

/// Years that the fighters of an actor lived through, from the means of the stored days.
double fighter_years(const ensemble::Summary& summary, const ensemble::ActorSummary& actor) {
  double days = 0;
  for (std::size_t t = 1; t < summary.days.size(); ++t) {
    days += (actor.fighters[t - 1].mean + actor.fighters[t].mean) / 2 * (summary.days[t] - summary.days[t - 1]);
  }
  return days / kDaysAYear;
}

}  // namespace

std::string deadly_text(const War& war, const ensemble::Summary& summary) {
  if (!is_long(war) || summary.runs == 0) {
    return "";
  }
  double all_killed = 0, all_years = 0;
  std::vector<std::string> deadly;
  for (ActorIndex a = 0; a < static_cast<ActorIndex>(summary.actors.size()); ++a) {
    const ensemble::ActorSummary& actor = summary.actors[at(a)];
    if (war.actors[at(a)].kind == ActorKind::air) {
      continue;
    }
    const double killed = actor.of(ActorOutcome::killed).mean, years = fighter_years(summary, actor);
    all_killed += killed;
    all_years += years;
    if (killed >= 1 && killed > kMuchOfOne * years) {
      deadly.push_back(fmt::format("{} {}", short_name(war, a), percent(killed / years)));
    }
  }
  const bool is_all = all_killed > kMuchOfAll * all_years;
  if (!is_all && deadly.empty()) {
    return "";
  }
  const std::string of_all = fmt::format(
      "{} of all fighters are killed in a year (8 to 13 % in the civil wars that come "
      "with truel)",
      percent(all_killed / all_years));
  const std::string of_some = fmt::format(
      "more men are killed in a year than a side has: {} (at most half of them there)", fmt::join(deadly, ", "));
  return fmt::format("Too deadly to be meant? {}{}{}. Is kill_rate of {} too high? Try a third of it.",
                     capitalised(is_all ? of_all : of_some), is_all && !deadly.empty() ? "; " : "",
                     is_all && !deadly.empty() ? of_some : "", is_all ? "some side" : "their enemies");
}

}  // namespace truel::output
