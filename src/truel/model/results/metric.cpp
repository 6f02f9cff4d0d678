#include "truel/model/results/metric.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "truel/base/date.hpp"
#include "truel/base/result.hpp"

namespace truel {
namespace {

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

namespace {

/// Words that people write for those of metrics.
constexpr auto kMeant = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"actor", "actors"},
    {"place", "places"},
    {"dyad", "dyads"},
    {"held_by", "control"},
    {"holder", "control"},
    {"deaths", "losses"},
});

/// Heads of the columns of tables, whose metrics have other names.
constexpr auto kHeads = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"survives", "survival_probability"},
    {"survival", "survival_probability"},
    {"collapses", "collapse_day"},
    {"first_day", "first_day_fighters"},
    {"last_day", "final_fighters"},
    {"fighters", "final_fighters"},
    {"land", "value_share"},
    {"value", "value_share"},
    {"people", "population_share"},
    {"killed", "losses"},
});

}  // namespace

Metric metric_of(std::string_view shape, Metric of) {
  const auto all = metrics();
  const auto found = std::find_if(all.begin(), all.end(), [&](const MetricInfo& info) { return info.shape == shape; });
  TRUEL_CHECK(found != all.end());
  of.which = static_cast<int>(found - all.begin());
  return of;
}

Metric metric_of(ActorOutcome outcome, ActorIndex actor) {
  return metric_of("actors.ACTOR." + std::string(info_of(outcome).name), {.actor = actor});
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
    for (const auto& [word, meant] : kMeant) {
      std::replace(words.begin(), words.end(), word, meant);
    }
    for (const auto& [head, metric] : kHeads) {
      if (words.size() == 3 && words.front() == "actors" && words.back() == head) {
        words.back() = metric;
      }
    }
    if (std::any_of(all.begin(), all.end(),
                    [&](const MetricInfo& known) { return agree(words, words_of(known.shape)); })) {
      reading.meant = fmt::format("{}", fmt::join(words, "."));
    }
    return reading;
  }
  reading.metric.which = static_cast<int>(info - all.begin());
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
