#include "truel/sensitivity/outcome.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "truel/base/formats/did_you_mean.hpp"
#include "truel/ensemble/summary/metrics.hpp"
#include "truel/model/index_of.hpp"

namespace truel::sensitivity {
namespace {

/// The known name nearest to a wrong one, or the first of all.
std::string nearest_or_all(std::string_view text, const std::vector<std::string>& known, std::string_view what) {
  const std::span<const std::string> shown = std::span(known).first(std::min<std::size_t>(known.size(), 30));
  return did_you_mean(
      text, known, fmt::format("{}: {}{}", what, fmt::join(shown, ", "), shown.size() < known.size() ? ", ..." : ""));
}

Diagnostic fault(std::string_view text, const std::string& what, std::string hint) {
  return {{}, fmt::format("{}: {}", text, what), std::move(hint)};
}

MetricReading metric_in(const War& war, std::string_view text) {
  return read_metric(text, {.actors = ids_of(war.actors), .places = ids_of(war.places), .issues = war.issues});
}

}  // namespace

Result<Outcome> parse_outcome(const War& war, std::string_view text) {
  Outcome outcome;
  outcome.name = text;
  if (text == "civilian_harm") {
    outcome.kind = OutcomeKind::civilian_harm;
    return outcome;
  }
  const std::size_t first = text.find('.');
  const std::size_t second = first == std::string_view::npos ? first : text.find('.', first + 1);
  const std::string_view kind = text.substr(0, first);
  if (kind != "actors" && kind != "places") {
    const MetricReading reading = metric_in(war, text);
    if (reading.fault.empty() && info_of(reading.metric).is_studied && reading.metric.statistic == Statistic::mean) {
      outcome.kind = OutcomeKind::metric;
      outcome.metric = reading.metric;
      return outcome;
    }
  }
  if (second == std::string_view::npos || (kind != "actors" && kind != "places")) {
    return fault(text, "no such metric of one run",
                 "write actors.ID.survives, actors.ID.final_fighters, places.ID.control.ACTOR, civilian_harm or "
                 "dyads.ID.ID.losses");
  }
  const std::string_view id = text.substr(first + 1, second - first - 1);
  const std::string_view rest = text.substr(second + 1);
  if (kind == "actors") {
    outcome.actor = index_of(war.actors, id);
    if (outcome.actor == kNone) {
      return fault(text, fmt::format("there is no actor {}", id), nearest_or_all(id, ids_of(war.actors), "actors"));
    }
    const auto named =
        std::find_if(actor_outcomes().begin(), actor_outcomes().end(),
                     [&](const ActorOutcomeInfo& info) { return info.is_in(kInStudies) && info.name == rest; });
    if (named == actor_outcomes().end()) {
      std::vector<std::string> names;
      for (const ActorOutcomeInfo& info : actor_outcomes()) {
        if (info.is_in(kInStudies)) {
          names.emplace_back(info.name);
        }
      }
      const auto meant = metric_in(war, text).meant;  // by the head of a column
      const std::string_view word = std::string_view(meant).substr(meant.rfind('.') + 1);
      return fault(text, fmt::format("an actor has no metric {} of one run", rest),
                   rest == "survival_probability" ? did_you_mean(fmt::format("actors.{}.survives", id))
                   : std::find(names.begin(), names.end(), word) != names.end()
                       ? did_you_mean(meant)
                       : nearest_or_all(rest, names, "those of actors are"));
    }
    outcome.what = named->outcome;
    if (outcome.what == ActorOutcome::survives && war.actors[at(outcome.actor)].kind == ActorKind::air) {
      return fault(text, "an air actor holds no ground and is not rated", "ask for losses or harm, or a ground actor");
    }
    return outcome;
  }
  outcome.kind = OutcomeKind::control;
  outcome.place = index_of(war.places, id);
  if (outcome.place == kNone) {
    return fault(text, fmt::format("there is no place {}", id), nearest_or_all(id, ids_of(war.places), "places"));
  }
  constexpr std::string_view kControl = "control.";
  if (!rest.starts_with(kControl)) {
    return fault(text, fmt::format("a place has no metric {} of one run", rest),
                 fmt::format("write places.{}.control.ACTOR", id));
  }
  const std::string_view holder = rest.substr(kControl.size());
  outcome.actor = index_of(war.actors, holder);
  if (outcome.actor == kNone && holder != "none") {
    return fault(text, fmt::format("there is no actor {}", holder),
                 nearest_or_all(holder, ids_of(war.actors), "actors, or none"));
  }
  return outcome;
}

double value_of(const Outcome& outcome, const CompiledModel& model, const solver::Run& run) {
  if (outcome.kind == OutcomeKind::civilian_harm) {
    return run.civilian_harm;
  }
  if (outcome.kind == OutcomeKind::control) {
    const std::size_t n_times = run.control.size() / at(model.n_places());
    return run.control[(at(outcome.place) + 1) * n_times - 1] == outcome.actor ? 1 : 0;
  }
  const double value = outcome.kind == OutcomeKind::metric ? ensemble::value_in(run, outcome.metric, model, {})
                                                           : run.of(outcome.actor, outcome.what);
  return scale_of(outcome) == OutcomeScale::day && std::isnan(value) ? model.n_days() : value;
}

OutcomeScale scale_of(const Outcome& outcome) {
  switch (outcome.kind) {
    case OutcomeKind::control:
      return OutcomeScale::event;
    case OutcomeKind::civilian_harm:
      return OutcomeScale::people;
    case OutcomeKind::actor:
      return info_of(outcome.what).scale;
    case OutcomeKind::metric:
      break;
  }
  return scale_of(outcome.metric);
}

std::string_view meaning_of(const Outcome& outcome) {
  return info_of(outcome.metric).meaning;
}

bool is_event(const Outcome& outcome) {
  return scale_of(outcome) == OutcomeScale::event;
}

}  // namespace truel::sensitivity
