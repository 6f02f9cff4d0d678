#include "truel/sensitivity/outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace truel::sensitivity {
namespace {

template <class Things>
int index_of(const Things& things, std::string_view id) {
  const auto found = std::find_if(things.begin(), things.end(), [&](const auto& thing) { return thing.id == id; });
  return found == things.end() ? kNone : static_cast<int>(found - things.begin());
}

template <class Things>
std::string ids(const Things& things) {
  constexpr std::size_t kShown = 30;
  std::string text;
  for (std::size_t i = 0; i < things.size() && i < kShown; ++i) {
    text += (i > 0 ? ", " : "") + things[i].id;
  }
  return things.size() > kShown ? text + ", ..." : text;
}

Diagnostic fault(std::string_view text, const std::string& what, std::string hint) {
  return {{}, fmt::format("--outcome {}: {}", text, what), std::move(hint)};
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
  if (second == std::string_view::npos || (kind != "actors" && kind != "places")) {
    return fault(text, "no such outcome",
                 "write actors.ID.survives, actors.ID.final_fighters, places.ID.control.ACTOR or civilian_harm");
  }
  const std::string_view id = text.substr(first + 1, second - first - 1);
  const std::string_view rest = text.substr(second + 1);
  if (kind == "actors") {
    outcome.actor = index_of(war.actors, id);
    if (outcome.actor == kNone) {
      return fault(text, fmt::format("there is no actor {}", id), "actors: " + ids(war.actors));
    }
    const auto named =
        std::find_if(actor_outcomes().begin(), actor_outcomes().end(),
                     [&](const ActorOutcomeInfo& info) { return info.is_in(kInStudies) && info.name == rest; });
    if (named == actor_outcomes().end()) {
      std::string names;
      for (const ActorOutcomeInfo& info : actor_outcomes()) {
        if (info.is_in(kInStudies)) {
          names += fmt::format("{}{}", names.empty() ? "" : ", ", info.name);
        }
      }
      return fault(text, fmt::format("an actor has no outcome {}", rest), "outcomes of actors: " + names);
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
    return fault(text, fmt::format("there is no place {}", id), "places: " + ids(war.places));
  }
  constexpr std::string_view kControl = "control.";
  if (!rest.starts_with(kControl)) {
    return fault(text, fmt::format("a place has no outcome {}", rest),
                 fmt::format("write places.{}.control.ACTOR", id));
  }
  const std::string_view holder = rest.substr(kControl.size());
  outcome.actor = index_of(war.actors, holder);
  if (outcome.actor == kNone && holder != "none") {
    return fault(text, fmt::format("there is no actor {}", holder), "actors: " + ids(war.actors) + ", or none");
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
  const double value = run.of(outcome.actor, outcome.what);
  return info_of(outcome.what).scale == OutcomeScale::day && std::isnan(value) ? model.n_days() : value;
}

bool is_event(const Outcome& outcome) {
  return outcome.kind == OutcomeKind::control ||
         (outcome.kind == OutcomeKind::actor && info_of(outcome.what).scale == OutcomeScale::event);
}

}  // namespace truel::sensitivity
