// What is counted or measured of one actor in a realization: the list that the state, the run, metrics, summaries,
// arrays, replays, sensitivity studies and docs/parameters.md follow.
//
// To add one: a row in the law whose it is (laws/law.hpp), or, where no law is, its name in ActorOutcome and its row in
// kCommonOutcomes. It is counted with State::tally; what can only be seen on the last day is measured there, by the law
// or by `finish` of solver/results/last_day.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace truel {

/// Those of no law: what the fire of several kills and harms, what interventions do, and what is seen on the last day.
enum class ActorOutcome {
  first_fighters,
  final_fighters,
  killed,
  arrived,
  left,
  harm,
  population_share,
  value_share,
  survives,
  collapse_day,
  extinction_day,
  turn_day,
  declared,  ///< the first of those that laws declare
};

/// people: a count, of fighters or of anything else that is counted. number: anything but a count.
enum class OutcomeScale { people, share, event, day, number };

/// What a tally that laws count does to the number of an actor's fighters: those of the first day, plus gains, less
/// losses, are those of the last.
/// A departure is a loss of fighters who go of their own accord: what commands see as growth is gains less departures.
enum class Flow { not_counted, gain, loss, departure, of_others };
inline bool is_gain(Flow flow) {
  return flow == Flow::gain;
}
inline bool is_loss(Flow flow) {
  return flow == Flow::loss || flow == Flow::departure;
}

/// Where an outcome is shown, beside ensemble.nc, which has them all.
inline constexpr std::uint8_t kInMetrics = 1;  ///< actors.ACTOR.NAME of checks and questions
inline constexpr std::uint8_t kInSummary = 2;  ///< a quantity in summary.json
inline constexpr std::uint8_t kInStudies = 4;  ///< --metric of a sensitivity study
inline constexpr std::uint8_t kInReplays = 8;  ///< the JSON of one realization
inline constexpr std::uint8_t kShownEverywhere = 15;

/// ActorOutcomeInfo::position of those that come after all that have one.
inline constexpr int kBehindOthers = -1;

struct ActorOutcomeInfo {
  ActorOutcome outcome = ActorOutcome::declared;
  std::string_view name;
  OutcomeScale scale = OutcomeScale::people;
  Flow flow = Flow::not_counted;
  std::uint8_t shown = 0;
  /// What a sentence calls it; {} stands for the actor.
  std::string_view phrase;
  std::string_view meaning;
  std::string_view array = name;   ///< variable of ensemble.nc
  std::string_view replay = name;  ///< key of a replay
  /// Where it stands among all in the store and in fingerprints. Laws that came before others keep their place; a new
  /// one says nothing. Of those of no law it is what the others leave free, in order.
  int position = kBehindOthers;

  bool is_in(std::uint8_t where) const { return (shown & where) != 0; }
};

/// In the order of ActorOutcome, those that no law declares. Texts are literals, which end in a null.
inline constexpr std::array kCommonOutcomes = std::to_array<ActorOutcomeInfo>({
    {ActorOutcome::first_fighters, "first_fighters", OutcomeScale::people, Flow::not_counted, kInMetrics | kInReplays,
     "fighters of {} on the first day", "fighters on the first day"},
    {ActorOutcome::final_fighters, "final_fighters", OutcomeScale::people, Flow::not_counted, kShownEverywhere,
     "fighters of {} on the last day", "fighters on the last day, columns on the road and those underground included"},
    {ActorOutcome::killed, "losses", OutcomeScale::people, Flow::loss, kShownEverywhere, "losses of {}",
     "its fighters killed by all enemies", "killed", "killed"},
    {ActorOutcome::arrived, "arrived", OutcomeScale::people, Flow::gain, kInMetrics | kInSummary | kInReplays,
     "fighters sent to {}", "fighters whom interventions sent to it"},
    {ActorOutcome::left, "left", OutcomeScale::people, Flow::loss, kInMetrics | kInSummary | kInReplays,
     "fighters of {} who left the war",
     "its fighters who left the war: called off by interventions, past a breakpoint, or on terms after a siege"},
    {ActorOutcome::harm, "harm", OutcomeScale::people, Flow::of_others, kInMetrics | kInStudies | kInReplays,
     "harm to civilians by {}", "persons who are no fighters harmed by its fire and strikes"},
    {ActorOutcome::population_share, "population_share", OutcomeScale::share, Flow::not_counted, kShownEverywhere,
     "share of the people under {} on the last day",
     "share of all people who live at places that it holds on the last day", "final_population_share"},
    {ActorOutcome::value_share, "value_share", OutcomeScale::share, Flow::not_counted, kShownEverywhere,
     "land of {} on the last day", "share of the value of all places that it holds on the last day",
     "final_value_share"},
    {ActorOutcome::survives, "survives", OutcomeScale::event, Flow::not_counted, kInStudies, "survival of {}",
     "1 if it has not collapsed by the last day, else 0; none of air actors and who is never in the war"},
    {ActorOutcome::collapse_day, "collapse_day", OutcomeScale::day, Flow::not_counted, kShownEverywhere,
     "day of the collapse of {}", "days from the first until it collapsed; none where it survives"},
    {ActorOutcome::extinction_day, "extinction_day", OutcomeScale::day, Flow::not_counted,
     kInMetrics | kInStudies | kInReplays, "day on which the last fighter of {} is gone",
     "days from the first until its last fighter was gone; none where that did not happen"},
    {ActorOutcome::turn_day, "turn_day", OutcomeScale::day, Flow::not_counted, kInMetrics | kInSummary,
     "day of the turn of {} to another enemy",
     "days from the first until most of its effort goes at another enemy than at the first decision; none where it "
     "never does"},
});
static_assert([] {
  for (std::size_t i = 0; i < kCommonOutcomes.size(); ++i) {
    if (kCommonOutcomes[i].outcome != static_cast<ActorOutcome>(i)) {
      return false;
    }
  }
  return kCommonOutcomes.size() == static_cast<std::size_t>(ActorOutcome::declared);
}());

/// All, those that laws declare included, in the order of the store. Defined by the list of laws (laws/laws.cpp).
std::span<const ActorOutcomeInfo> actor_outcomes();

/// [ActorOutcome] where each stands among them.
std::span<const int> actor_outcome_positions();

inline int n_actor_outcomes() {
  return static_cast<int>(actor_outcomes().size());
}

inline const ActorOutcomeInfo& info_of(ActorOutcome outcome) {
  return actor_outcomes()[static_cast<std::size_t>(actor_outcome_positions()[static_cast<std::size_t>(outcome)])];
}

/// "persons", "1" of shares and events, "day".
constexpr std::string_view unit_of(OutcomeScale scale) {
  return scale == OutcomeScale::day ? "day" : scale == OutcomeScale::people ? "persons" : "1";
}

}  // namespace truel
