#include "truel/output/summary/facts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "truel/output/describe.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

using record::OwnControl;

/// Those who count as one side in the data and can hold ground: "Ahrar al-Sham + Northern rebels".
std::string side_name(const War& war, const OwnControl& observed, record::SideIndex side) {
  if (side == observed.sides.none) {
    return "nobody";
  }
  std::vector<std::string> names;
  for (ActorIndex a = 0; a < static_cast<ActorIndex>(war.actors.size()); ++a) {
    if (observed.sides.of_actor[at(a)] == side && war.actors[at(a)].kind != ActorKind::air) {
      names.push_back(short_name(war, a));
    }
  }
  return fmt::format("{}", fmt::join(names, " + "));
}

/// What is said of each side, that with the most land first.
template <class TextOf>
std::string greatest_first(std::vector<record::SideIndex> sides, const std::vector<double>& land, TextOf text_of) {
  std::stable_sort(sides.begin(), sides.end(), [&](auto x, auto y) { return land[at(x)] > land[at(y)]; });
  std::vector<std::string> texts;
  for (const record::SideIndex side : sides) {
    texts.push_back(text_of(side));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string open_text(const OwnControl& observed) {
  return fmt::format("open, as the observed data end on {}", long_date(observed.control.last()));
}

std::string holder_text(const War& war, const OwnControl& observed, const Metric& metric) {
  const Day day = metric.is_date ? metric.day : metric.day < 0 ? war.end : war.start + metric.day;
  if (day > observed.control.last()) {
    return open_text(observed);
  }
  const record::SideIndex holder = observed.control.holder(metric.place, day);
  return holder == record::kUnknown ? "" : holder == kContested ? "contested" : side_name(war, observed, holder);
}

std::string first_held_text(const War& war, const OwnControl& observed, const Metric& metric) {
  const Day last = std::min(war.end, observed.control.last());
  for (Day day = war.start; day <= last; ++day) {
    if (observed.control.holder(metric.place, day) == observed.sides.of_actor[at(metric.actor)]) {
      return long_date(day);
    }
  }
  return last < war.end ? open_text(observed) : "never";
}

std::string land_text(const War& war, const OwnControl& observed, const Question& question) {
  const bool is_open = observed.control.last() < war.end;
  const std::vector<double> land = observed.land(std::min(war.end, observed.control.last()));
  if (land.empty()) {
    return "";
  }
  std::vector<record::SideIndex> sides;
  for (const Metric& metric : question.metrics) {
    const record::SideIndex side =
        observed.sides.of_actor[at(metric.actor)];  // kNone: aircraft of no side on the ground
    if (side != kNone && std::find(sides.begin(), sides.end(), side) == sides.end()) {
      sides.push_back(side);
    }
  }
  if (sides.empty()) {
    return "";
  }
  const std::string held = greatest_first(sides, land, [&](record::SideIndex side) {
    return fmt::format("{} {}", side_name(war, observed, side), percent(land[at(side)]));
  });
  return !is_open           ? held
         : sides.size() > 1 ? open_text(observed)  // all of them stand below the table
                            : fmt::format("{}; then {}", open_text(observed), held);
}

/// "on 31 December 2017 the land was held by Iraqi forces 18 %, ...", and what text_of says of each side; "" where the
/// data do not say of nearly all of it.
template <class TextOf>
std::string held_on(const War& war, const OwnControl& observed, Day day, TextOf text_of) {
  const std::vector<double> land = observed.land(day);
  if (land.empty()) {
    return "";
  }
  std::vector<record::SideIndex> sides(
      at(observed.sides.none));  // none is the last, and each other has men on the ground
  std::iota(sides.begin(), sides.end(), 0);
  const std::string held = greatest_first(sides, land, [&](record::SideIndex side) {
    return fmt::format("{} {}{}", side_name(war, observed, side), percent(land[at(side)]), text_of(side));
  });
  return fmt::format("on {} the land was held by {}", long_date(day), held);
}

/// The same as a sentence of a terminal.
std::string happened(const War& war, const OwnControl& observed, const std::string& held) {
  return fmt::format("What happened, by the observed data{}: {}.",
                     observed.control.last() < war.end ? ", which end before the runs" : "", held);
}

/// [side] of numbers of each actor, the sums of those who count as one in the data and can hold ground.
template <class NumberOf>
std::vector<double> by_side(const CompiledModel& model, const OwnControl& observed, NumberOf number_of) {
  std::vector<double> sums(at(observed.sides.none) + 1, 0);
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    if (const record::SideIndex side = observed.sides.of_actor[at(a)]; side >= 0 && !model.is_air(a)) {
      sums[at(side)] += number_of(a);
    }
  }
  return sums;
}

}  // namespace

std::string fact_of(const War& war, const OwnControl& observed, const Question& question) {
  if (question.metrics.empty()) {
    return "";
  }
  const Metric& metric = question.metrics.front();
  switch (info_of(metric).fact) {
    case Fact::holder:
      return holder_text(war, observed, metric);
    case Fact::first_held:
      return first_held_text(war, observed, metric);
    case Fact::land:
      return land_text(war, observed, question);
    case Fact::none:
      break;
  }
  return "";
}

std::string land_in_fact(const CompiledModel& model, const ensemble::Summary& summary, const OwnControl& observed) {
  const War& war = model.war();
  const Day last = std::min(war.end, observed.control.last());
  const auto after = std::upper_bound(summary.days.begin(), summary.days.end(), last - war.start);
  const auto time = static_cast<std::size_t>(after - summary.days.begin()) - 1;
  if (summary.runs == 0 || time == 0) {
    return "";
  }
  const std::vector<double> mean =
      by_side(model, observed, [&](ActorIndex a) { return summary.actors[at(a)].territory[time].mean; });
  const std::string held = held_on(war, observed, war.start + summary.days[time], [&](record::SideIndex side) {
    return fmt::format(" ({})", percent(mean[at(side)]));
  });
  return held.empty() ? "" : happened(war, observed, held) + " In brackets: the average of the runs that day.";
}

std::string land_in_fact(const War& war) {
  const std::optional<OwnControl> observed = record::own_control(war);
  return !observed ? "" : held_on(war, *observed, std::min(war.end, observed->control.last()), [](record::SideIndex) {
    return "";
  });
}

std::string land_in_fact(const CompiledModel& model, const ensemble::Comparison& comparison,
                         const std::array<std::string, 2>& names, const OwnControl& observed) {
  const War& war = model.war();
  if (observed.control.last() < war.end) {
    const std::string held = land_in_fact(war);
    return held.empty() ? ""
                        : fmt::format("{} To compare both with that day, add --until {}.",
                                      happened(war, observed, held), format_date(observed.control.last()));
  }
  std::vector<double> first(at(model.n_actors()), 0), second = first;
  for (const ensemble::ComparedRow& row : comparison.rows) {
    if (row.outcome.kind == ensemble::ComparedKind::value) {
      first[at(row.outcome.actor)] = row.first.value;
      second[at(row.outcome.actor)] = row.second.value;
    }
  }
  const auto one = by_side(model, observed, [&](ActorIndex a) { return first[at(a)]; });
  const auto other = by_side(model, observed, [&](ActorIndex a) { return second[at(a)]; });
  const std::string held = held_on(war, observed, war.end, [&](record::SideIndex side) {
    return fmt::format(" ({}, {})", percent(one[at(side)]), percent(other[at(side)]));
  });
  return held.empty() ? "" : fmt::format("{} In brackets: {}, {}.", happened(war, observed, held), names[0], names[1]);
}

}  // namespace truel::output
