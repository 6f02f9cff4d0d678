// The numbers that a scenario may give: name, unit, default and bounds of each, as the reader, the checker, the
// documentation and the compiled model use them. A law may declare its own (laws/law.hpp).
#pragma once

#include <array>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "truel/model/features.hpp"

namespace truel {

struct ParameterInfo {
  std::string_view name;
  std::string_view unit;
  double fallback;  ///< value where the scenario gives none; NaN: the law that needs it does not act
  double least;
  double greatest;
  std::string_view meaning;
  /// Of a choice: the words that stand for 0, 1, ... in a scenario, with a space between them.
  std::string_view words = {};
  /// The last part of the name that it had before; a scenario that still has it is told the new one.
  std::string_view formerly = {};
};

inline constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kUnbounded = std::numeric_limits<double>::infinity();
inline constexpr double kMany = 1e12;  ///< greatest value of numbers that have no bound of their own

enum class ActorParameter {
  front_line_fraction,
  kill_rate,
  supply,
  concealment,
  intelligence,
  turn,
  recruitment_per_day,
  recruits_per_day,
  income,
  desertion_per_day,
  legitimacy_per_day,
  speed_km_per_day,
  raid_range_km,
  horizon,
  sorties_per_day,
  kills_per_sortie,
  recruits_per_harm,
  loyal_share,
  freeing_per_day,
  subduing_per_day,
  size,
  side,
  capability,
  excluded,
  wrong_side_probability,
  underground_share,
  underground_recruitment_per_day,
  policing_per_day,
  breakpoint,
};

/// What brings men to an actor while it fights, and how a war without it is told.
struct RecruitsInfo {
  ActorParameter number;
  std::string_view without;
};
inline constexpr std::array kRecruits = std::to_array<RecruitsInfo>({
    {ActorParameter::recruitment_per_day, "no recruits among its supporters"},
    {ActorParameter::recruits_per_day, "no recruits from abroad"},
    {ActorParameter::underground_recruitment_per_day, "no recruits underground"},
    {ActorParameter::recruits_per_harm, "harm makes no recruits for it"},
});
/// Numbers that an actor of the air has no use for.
inline constexpr std::array kOfGroundAlone{ActorParameter::underground_share,
                                           ActorParameter::underground_recruitment_per_day,
                                           ActorParameter::policing_per_day};

enum class CommandParameter {
  doctrine,
  temperature,
  hold_ratio,
  attack_ratio,
  breaking_point,
  withdraw_and_strike,
  screen_share,
  reach_km,
  abstention,
  weight,  ///< of the first of kFeatures; the others follow
  enemy_weight = weight + static_cast<int>(kFeatures.size()),
  predation,
  given_up_weight,
  preparation_days,
  recovery_days,
  men_per_staff,
  home_share,
  exception_vital,
  exception_race,
  exception_revenge_days,
  exception_ally,
  reserve_share,
  least_garrison,
  garrison_per_1000,
  keeps_to_country,
};

enum class PlaceParameter { population, value, resources, fortification };
enum class LinkParameter { road_km };
enum class TieParameter {
  alignment,
  kill_rate,
  visibility,
  share,
  bargain,
  blowback,
  rivalry,
  propensity,
  coalition,
  defection_per_day,
  wrong_side_probability,
  deconfliction,
  trade,
  passage,
};
enum class SponsorParameter { finance, arms, training, intelligence };
enum class TerrainParameter { cover, speed, open };
enum class PositionParameter { position, salience };

/// Constants of scenario.toml that no law declares (laws/law.hpp), as all read them. Those of laws follow. Where a
/// number stands among all is said by law_positions().
enum class LawParameter {
  ally_threshold,
  enemy_threshold,
  collapse_fraction,
  extinction,
  declared,  ///< the first that a law declares
};

/// How a command divides its effort over its enemies: the values of commands.ID.doctrine.
enum class Doctrine { priority, fixed, best_response };
struct DoctrineInfo {
  std::string_view name, words;
};
/// [Doctrine]
inline constexpr auto kDoctrines = std::to_array<DoctrineInfo>({
    {"priority", "enemies scored by the weights"},
    {"fixed", "shares of ties.csv"},
    {"best-response", "best responses to the others' shares"},
});

std::span<const ParameterInfo> actor_parameters();
std::span<const ParameterInfo> command_parameters();
std::span<const ParameterInfo> place_parameters();
std::span<const ParameterInfo> link_parameters();
std::span<const ParameterInfo> tie_parameters();
std::span<const ParameterInfo> sponsor_parameters();
std::span<const ParameterInfo> terrain_parameters();
std::span<const ParameterInfo> position_parameters();
/// Constants of scenario.toml, those that laws declare included, in the order that gives uncertain numbers their
/// dimension of the design. Names are paths below `scenario.`: "thresholds.ally", "laws.fire.on". Defined by the list
/// of laws (laws/laws.cpp), as the next two are.
std::span<const ParameterInfo> law_parameters();
/// [LawParameter] where each stands in law_parameters().
std::span<const int> law_positions();
/// The one of this name; ends the program where there is none.
LawParameter law_parameter(std::string_view name);
/// What a law may do, for the checks of a package.
enum class LawEffect {
  kills,            ///< fighters
  brings_men,       ///< to an actor, whatever its own numbers are
  turns_relations,  ///< makes friends or enemies
  needs_no_enemies  ///< it does something in a war in which an actor has none
};
/// Switches of the laws that may. Defined by the list of laws.
std::vector<LawParameter> switches_of(LawEffect effect);
/// [LawParameter] those that no law declares.
std::span<const ParameterInfo> common_law_parameters();

}  // namespace truel
