#include "truel/model/results/metric.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <string>
#include <utility>

#include "truel/base/date.hpp"
#include "truel/base/index.hpp"
#include "truel/base/result.hpp"
#include "truel/model/results/attack_tally.hpp"
#include "truel/model/results/war_outcome.hpp"

namespace truel {
namespace {

/// All but those that follow from lists of what is counted.
constexpr std::array kOtherMetrics = std::to_array<MetricInfo>({
    {MetricKind::survival_probability, "actors.ACTOR.survival_probability", true,
     "it has not collapsed by the last day"},
    {MetricKind::alone_probability, "actors.ACTOR.alone_probability", true,
     "it is the only ground actor with fighters on the last day"},
    {MetricKind::extinction_probability, "actors.ACTOR.extinction_probability", true,
     "it has no fighters on the last day"},
    {MetricKind::fighters, "actors.ACTOR.fighters.DAY", false, "its fighters on that day"},
    {MetricKind::dyad_losses, "dyads.ACTOR.ACTOR.losses", false, "fighters of the second killed by the first"},
    {MetricKind::dyad_effort_share, "dyads.ACTOR.ACTOR.effort_share", false,
     "mean share of the first one's effort that goes at the second"},
    {MetricKind::place_control, "places.PLACE.control.ACTOR", true, "the actor holds the place on the last day"},
    {MetricKind::place_control_on_day, "places.PLACE.control.ACTOR.DAY", true, "the actor holds the place on that day"},
    {MetricKind::place_taken_day, "places.PLACE.taken_day.ACTOR", false,
     "first stored day on which the actor holds the place (all days are stored unless `every` is given), over the runs "
     "in which it ever does"},
    {MetricKind::place_support, "places.PLACE.support.ACTOR", false,
     "share of the people of the place who stand behind the actor on the last day"},
    {MetricKind::civilian_harm, "civilian_harm", false, "persons harmed by all fire and strikes"},
    {MetricKind::nobody_probability, "nobody_probability", true, "no ground actor has fighters on the last day"},
    {MetricKind::last_extinction_day, "last_extinction_day", false,
     "days until the last of those who lost all fighters did, over the runs in which one did"},
    {MetricKind::settlement_median, "settlement.ISSUE.median.ROUND", false,
     "median of the positions after the round, weighted by power; of an election after round 1, by chances"},
    {MetricKind::settlement_mean, "settlement.ISSUE.mean.ROUND", false, "the same, the mean"},
    {MetricKind::settlement_position, "settlement.ISSUE.position.ACTOR.ROUND", false, "its position after the round"},
    {MetricKind::settlement_power, "settlement.ISSUE.power", false, "capability times salience of all at the table"},
    {MetricKind::settlement_seat, "settlement.ISSUE.capability.ACTOR", false, "its capability", 0},
    {MetricKind::settlement_seat, "settlement.ISSUE.power.ACTOR", false, "its capability times its salience", 1},
    {MetricKind::settlement_seat, "settlement.ISSUE.security.ACTOR", false,
     "challenges: sum of what the others expect from challenging it (S)", 2},
    {MetricKind::settlement_seat, "settlement.ISSUE.risk.ACTOR", false, "its attitude to risk (R)", 3},
    {MetricKind::settlement_seat, "settlement.ISSUE.exponent.ACTOR", false, "challenges: its risk exponent (r)", 4},
    {MetricKind::settlement_seat, "settlement.ISSUE.neutral_probability.ACTOR", false,
     "election: chance of its position if nobody minded risk", 5},
    {MetricKind::settlement_seat, "settlement.ISSUE.probability.ACTOR", false, "election: chance of its position", 6},
    {MetricKind::settlement_contest, "settlement.ISSUE.distance.ACTOR.ACTOR", false,
     "election: between the positions of the two, by the first one's saliences", 0},
    {MetricKind::settlement_contest, "settlement.ISSUE.utility.ACTOR.ACTOR", false,
     "election: of the second one's position to the first", 1},
    {MetricKind::settlement_contest, "settlement.ISSUE.victory.ACTOR.ACTOR", false,
     "election: chance that the first one's position beats the second one's", 2},
    {MetricKind::settlement_contest, "settlement.ISSUE.support.ACTOR.ACTOR", false,
     "challenges: chance that the first prevails over the second (P)", 3},
    {MetricKind::settlement_contest, "settlement.ISSUE.expected_neutral.ACTOR.ACTOR", false,
     "challenges: what the first expects of challenging the second at r = 1", 4},
    {MetricKind::settlement_contest, "settlement.ISSUE.expected.ACTOR.ACTOR", false,
     "challenges: what the first expects of challenging the second (E)", 5},
    {MetricKind::settlement_contest, "settlement.ISSUE.foreseen.ACTOR.ACTOR", false,
     "challenges: what the first takes the second to expect of challenging it", 6},
    {MetricKind::settlement_contest, "settlement.ISSUE.chance.ACTOR.ACTOR", false,
     "election: that the first prevails if it challenges the second, as the first sees it", 7},
    {MetricKind::settlement_contest, "settlement.ISSUE.gain.ACTOR.ACTOR", false,
     "election: what the first gains by that, as it sees it", 8},
    {MetricKind::settlement_contest, "settlement.ISSUE.other_gain.ACTOR.ACTOR", false,
     "election: what the second gains by that, as the first sees it", 9},
    {MetricKind::settlement_contest, "settlement.ISSUE.chance_seen.ACTOR.ACTOR", false,
     "election: that the first prevails, as the second sees it", 10},
    {MetricKind::settlement_contest, "settlement.ISSUE.gain_seen.ACTOR.ACTOR", false,
     "election: what the first gains, as the second sees it", 11},
    {MetricKind::settlement_contest, "settlement.ISSUE.other_gain_seen.ACTOR.ACTOR", false,
     "election: what the second gains, as it sees it", 12},
    {MetricKind::settlement_contest, "settlement.ISSUE.target.ACTOR.ACTOR", true,
     "election: the second is whom the first gains most by challenging", 13},
    {MetricKind::decisions_games, "decisions.games", false,
     "decisions at which commands with the doctrine best-response played their game"},
    {MetricKind::decisions_converged, "decisions.converged", false,
     "share of these games in which nobody gained by changing in the end"},
    {MetricKind::decisions_cycles, "decisions.cycles", false,
     "share of these games in which the best responses went round"},
    {MetricKind::decisions_rounds, "decisions.rounds", false, "rounds of best responses, on average over these games"},
    {MetricKind::tie_alignment, "ties.ACTOR.ACTOR.alignment", false,
     "their alignment on the last day, where laws.alignment may act (as for all that follow)"},
    {MetricKind::tie_alignment_on_day, "ties.ACTOR.ACTOR.alignment.DAY", false, "their alignment on that day"},
    {MetricKind::alignment_harmony_probability, "alignment.harmony_probability", true,
     "the alignment of every pair is above 0 on the last day"},
    {MetricKind::cases_count, "cases.count", false, "rows of the table of cases"},
    {MetricKind::cases_relative_error, "cases.relative_error", false,
     "mean of |metric - record| / record over all cases and all metrics that the table has a record of"},
});

/// Those of lists, each list before the first of kOtherMetrics that comes after it.
std::vector<MetricInfo> all_metrics() {
  static std::deque<std::string> shapes;  // they stay where they are while more come
  std::vector<MetricInfo> all(kOtherMetrics.begin(), kOtherMetrics.end());
  const auto is_of = [](MetricKind kind) { return [kind](const MetricInfo& m) { return m.kind == kind; }; };
  auto where = std::find_if(all.begin(), all.end(), is_of(MetricKind::fighters));
  const auto add = [&](MetricKind kind, std::string shape, std::string_view meaning, int detail) {
    where = all.insert(where, {kind, shapes.emplace_back(std::move(shape)), false, meaning, detail}) + 1;
  };
  for (const ActorOutcomeInfo& info : actor_outcomes()) {
    if (info.is_in(kInMetrics)) {
      add(MetricKind::actor_outcome, fmt::format("actors.ACTOR.{}", info.name), info.meaning,
          static_cast<int>(info.outcome));
    }
  }
  where = std::find_if(all.begin(), all.end(), is_of(MetricKind::place_control));
  for (std::size_t k = 0; k < kAttackTallyCount; ++k) {
    add(MetricKind::dyad_attacks, fmt::format("dyads.ACTOR.ACTOR.{}", kAttackTallies[k].name),
        kAttackTallies[k].meaning, static_cast<int>(k));
  }
  where = std::find_if(all.begin(), all.end(), is_of(MetricKind::alignment_harmony_probability));
  for (std::size_t k = 0; k < war_outcomes().size(); ++k) {
    const WarOutcomeInfo& info = war_outcomes()[k];
    add(MetricKind::war_outcome, fmt::format("{}{}", info.name, info.of == WarOutcomeInfo::Of::actor ? ".ACTOR" : ""),
        info.meaning, static_cast<int>(k));
  }
  return all;
}

constexpr std::array kStatistics = std::to_array<std::pair<std::string_view, Statistic>>({
    {"mean", Statistic::mean},
    {"se", Statistic::se},
    {"q05", Statistic::q05},
    {"q50", Statistic::q50},
    {"q95", Statistic::q95},
});

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (;;) {
    const auto dot = text.find('.');
    words.push_back(text.substr(0, dot));
    if (dot == std::string_view::npos) {
      return words;
    }
    text.remove_prefix(dot + 1);
  }
}

bool is_placeholder(std::string_view word) {
  return word == "ACTOR" || word == "PLACE" || word == "DAY" || word == "ISSUE" || word == "ROUND";
}

/// Whether words and shape agree in all that is no placeholder.
bool agree(const std::vector<std::string_view>& words, const std::vector<std::string_view>& shape) {
  return words.size() == shape.size() &&
         std::equal(words.begin(), words.end(), shape.begin(), [](std::string_view word, std::string_view known) {
           return word == known || (is_placeholder(known) && !word.empty());
         });
}

/// The shape with the user's own words where it leaves room for them: what a misspelt name may have meant.
std::string filled(const std::vector<std::string_view>& shape, const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    text += i == 0 ? "" : ".";
    text += is_placeholder(shape[i]) && i < words.size() && !words[i].empty() ? words[i] : shape[i];
  }
  return text;
}

/// Index of an id, or a fault.
int reference(std::string_view id, std::span<const std::string> ids, const char* fault, MetricReading& reading) {
  const auto found = std::lower_bound(ids.begin(), ids.end(), id);
  if (found != ids.end() && *found == id) {
    return static_cast<int>(found - ids.begin());
  }
  if (reading.fault.empty()) {
    reading.fault = fault;
    reading.part = id;
    reading.known.assign(ids.begin(), ids.end());
  }
  return -1;
}

void read_day(std::string_view word, MetricReading& reading) {
  if (const auto date = parse_date(word)) {
    reading.metric.day = *date;
    reading.metric.is_date = true;
    return;
  }
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), reading.metric.day);
  const bool is_day = error == std::errc{} && end == word.data() + word.size() && reading.metric.day >= 0;
  if (!is_day && reading.fault.empty()) {
    reading.fault = "a day that is neither a number of days nor a date:";
    reading.part = word;
  }
}

void read_round(std::string_view word, MetricReading& reading) {
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), reading.metric.round);
  const bool is_round = error == std::errc{} && end == word.data() + word.size() && reading.metric.round >= 0;
  if (!is_round && reading.fault.empty()) {
    reading.fault = "a round that is no number from 0 up:";
    reading.part = word;
  }
}

}  // namespace

std::span<const MetricInfo> metrics() {
  static const std::vector<MetricInfo> all = all_metrics();
  return all;
}

const MetricInfo& metric_info(MetricKind kind) {
  const auto all = metrics();
  const auto found = std::find_if(all.begin(), all.end(), [&](const MetricInfo& info) { return info.kind == kind; });
  TRUEL_CHECK(found != all.end());
  return *found;
}

OutcomeScale scale_of(const Metric& metric) {
  if (is_of_settlement(metric.kind)) {
    return OutcomeScale::number;
  }
  switch (metric.kind) {
    case MetricKind::actor_outcome:
      return info_of(static_cast<ActorOutcome>(metric.detail)).scale;
    case MetricKind::war_outcome:
      return info_of(static_cast<WarOutcome>(metric.detail)).scale;
    case MetricKind::dyad_effort_share:
    case MetricKind::place_support:
    case MetricKind::decisions_converged:
    case MetricKind::decisions_cycles:
      return OutcomeScale::share;
    case MetricKind::place_taken_day:
    case MetricKind::last_extinction_day:
      return OutcomeScale::day;
    case MetricKind::dyad_attacks:
      return kAttackTallies.at(at(metric.detail)).is_day ? OutcomeScale::day : OutcomeScale::people;
    case MetricKind::decisions_rounds:
    case MetricKind::tie_alignment:
    case MetricKind::tie_alignment_on_day:
      return OutcomeScale::number;
    default:
      return metric_info(metric.kind).is_probability ? OutcomeScale::event : OutcomeScale::people;
  }
}

MetricReading read_metric(std::string_view text, const MetricIds& ids) {
  MetricReading reading;
  std::vector<std::string_view> words = words_of(text);
  const auto statistic = std::find_if(kStatistics.begin(), kStatistics.end(),
                                      [&](const auto& known) { return known.first == words.back(); });
  if (words.size() > 1 && statistic != kStatistics.end()) {
    reading.metric.statistic = statistic->second;
    words.pop_back();
  }
  const auto all = metrics();
  const auto info = std::find_if(all.begin(), all.end(),
                                 [&](const MetricInfo& known) { return agree(words, words_of(known.shape)); });
  if (info == all.end()) {
    reading.fault = "unknown metric";
    reading.part = text;
    for (const MetricInfo& known : all) {
      reading.known.push_back(filled(words_of(known.shape), words));
    }
    return reading;
  }
  reading.metric.kind = info->kind;
  reading.metric.detail = info->detail;
  const std::vector<std::string_view> shape = words_of(info->shape);
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == "ACTOR") {
      ActorIndex& actor = reading.metric.actor < 0 ? reading.metric.actor : reading.metric.other;
      actor = reference(words[i], ids.actors, "unknown actor", reading);
    } else if (shape[i] == "PLACE") {
      reading.metric.place = reference(words[i], ids.places, "unknown place", reading);
    } else if (shape[i] == "ISSUE") {
      reading.metric.issue = reference(words[i], ids.issues, "unknown issue", reading);
    } else if (shape[i] == "DAY") {
      read_day(words[i], reading);
    } else if (shape[i] == "ROUND") {
      read_round(words[i], reading);
    }
  }
  return reading;
}

}  // namespace truel
