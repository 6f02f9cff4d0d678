#include "truel/model/parameters.hpp"

#include <algorithm>
#include <array>

namespace truel {
namespace {

constexpr std::array kActor = std::to_array<ParameterInfo>({
    {"front_line_fraction", "share", 1, 0, 1, "part of the paper strength that fights beyond its home town"},
    {"kill_rate", "per fighter per day", 0, 0, 1e3, "enemies killed by one fighter at a fully visible enemy (alpha)"},
    {"supply", "factor", 1, 0, 100, "arms and supply multiplier of the kill rate (q)"},
    {"concealment", "share", 0, 0, 1, "how well it hides among its supporters (kappa)"},
    {"intelligence", "share", 0, 0, 1, "its own knowledge of where a hidden enemy is (iota)"},
    {"turn", "order", 0, -1e6, 1e6, "when it fires, least first, where actors fire in turns; equals by lot"},
    {"recruitment_per_day", "per supporter per day", 0, 0, 1, "recruits among supporters at places it holds (rho)"},
    {"recruits_per_day", "fighters per day", 0, 0, kMany, "fighters arriving from abroad, while it holds an entry"},
    {"income", "fighters sustained", kAbsent, 0, kMany,
     "sustained by means that are not on the map; absent: income does not bind this actor"},
    {"desertion_per_day", "per day", 0, 0, 10, "rate at which fighters that income cannot sustain leave (delta)"},
    {"legitimacy_per_day", "per day", 0, -10, 10,
     "growth rate of its support where it governs; negative for a tyranny"},
    {"speed_km_per_day", "km per day", 60, 0, 2000, "speed of its columns on a road"},
    {"raid_range_km", "km", 0, 0, 5000, "how far it strikes across open desert; 0: it does not raid"},
    {"horizon", "share", 0, 0, 1, "how far it counts at the negotiating table or as a rival for rule"},
    {"sorties_per_day", "sorties per day", 0, 0, kMany, "air actors: sorties flown against ground targets (sigma)"},
    {"kills_per_sortie", "fighters", 0, 0, 1e3, "air actors: fully exposed fighters killed by a sortie (lambda)"},
    {"recruits_per_harm", "fighters per person harmed", 0, 0, 1e3,
     "recruits who join it for each person harmed by an enemy's fire where it stands (theta)"},
    {"loyal_share", "share", 0, 0, 1, "of the people of a place, those loyal to it wherever they live (s)"},
    {"freeing_per_day", "per day", 0, 0, 1e3, "rate at which it brings its own people under its rule (lambda)"},
    {"subduing_per_day", "per day", 0, 0, 1e3, "rate at which it brings an enemy's people out of theirs (sigma)"},
    {"size", "weight", 1, 0, kMany, "weight of this actor in the frustration of others (landscape theory)"},
    {"side", "-1 or 1", 1, -1, 1, "side it starts on where the landscape rule acts; 0 and above: the first"},
    {"capability", "weight", kAbsent, 0, kMany,
     "weight in talks; absent: its parts of all force, land and backing (laws.settlement)"},
    {"excluded", "switch", 0, 0, 1, "it has no seat in talks"},
    {"wrong_side_probability", "probability", 0, 0, 1,
     "air actors: that a sortie at a place hits troops there who are no target of it"},
    {"underground_share", "share", 0, 0, 1,
     "of its fighters who cannot hold a place of theirs, those who go underground"},
    {"underground_recruitment_per_day", "per supporter per day", 0, 0, 1,
     "recruits among supporters where it has men underground"},
    {"policing_per_day", "per day", 0, 0, 10,
     "rate at which its fighters, where they are enough, find an enemy who is underground and not hidden by people"},
    {"breakpoint", "fighters", kAbsent, 1e-9, kMany,
     "its dead at which those who are left give the war up and go; absent: they never do"},
});

constexpr JoinedText<> kDoctrineNames = [] {
  JoinedText<> names;
  for (const DoctrineInfo& doctrine : kDoctrines) {
    names.add(&doctrine == kDoctrines.data() ? "" : " ");
    names.add(doctrine.name);
  }
  return names;
}();

constexpr JoinedText<200> kDoctrineMeaning = [] {
  JoinedText<200> text{"whom it fights"};
  for (std::size_t d = 0; d < kDoctrines.size(); ++d) {
    for (const std::string_view part : {d == 0 ? std::string_view(": ") : std::string_view(", "), kDoctrines[d].words,
                                        std::string_view(": `"), kDoctrines[d].name, std::string_view("` (")}) {
      text.add(part);
    }
    text.add(std::string_view("0123456789").substr(d, 1));
    text.add(")");
  }
  return text;
}();

constexpr std::array kBeforeWeights = std::to_array<ParameterInfo>({
    {"doctrine", "choice", static_cast<double>(Doctrine::fixed), 0, kDoctrines.size() - 1, kDoctrineMeaning,
     kDoctrineNames},
    {"temperature", "score", 0.2, 1e-6, 1e6, "softness of the choice between enemies; large: even shares (tau)"},
    {"hold_ratio", "ratio", 0.5, 0, 100, "garrison wanted, relative to the credible threat next to it"},
    {"attack_ratio", "ratio", 1.5, 0, 100, "force wanted for an attack, relative to the defence"},
    {"breaking_point", "probability", 0.2, 0, 1,
     "win probability below which its men leave a battle if a road is open"},
    {"withdraw_and_strike", "probability", 0, 0, 1,
     "win probability below which it gives a place up early to let its air arm work"},
    {"screen_share", "share", 0.2, 0, 1, "part of the garrison wanted that a low-priority enemy gets"},
    {"reach_km", "km", 150, 0, 5000, "how far it gathers force for an attack, over roads it holds"},
    {"abstention", "share", 0, 0, 1, "share of its fire that it withholds where more than one enemy stands"},
});

constexpr std::array kBehindWeights = std::to_array<ParameterInfo>({
    {"enemy_weight", "own survivors", 1, 0, 1000,
     "doctrine best-response: what it gives for one fighter fewer of its enemies at the end of the war"},
    {"predation", "factor", 0, 0, 1000, "added worth of a place that an enemy has just taken from another actor"},
    {"given_up_weight", "factor", 0, 0, 10,
     "weight of friendly sorties at a place it has just lost or marches to retake; a battle counts 1"},
    {"preparation_days", "days", 0, 0, 3650, "ledger: from the order for an attack to its first march"},
    {"recovery_days", "days", 0, 0, 3650, "ledger: after an attack, until its men are fit for another"},
    {"men_per_staff", "fighters", kAbsent, 1, kMany,
     "ledger: its fighters for each staff that can prepare and lead an operation; absent: staffs are no limit"},
    {"home_share", "share", 0, 0, 1, "of its men at a place on the first day, as many stay there while it holds it"},
    {"exception_vital", "share", 0, 0, 1,
     "ledger: a target next to this share of the value of all its side holds is attacked whoever the enemy is; 0: "
     "none"},
    {"exception_race", "probability", 0, 0, 1,
     "ledger: so is one that another, no friend, could take with this win probability from next door; 0: none"},
    {"exception_revenge_days", "days", 0, 0, 3650,
     "ledger: so are those of an enemy who has taken a place of its own within this time; 0: none"},
    {"exception_ally", "switch", 0, 0, 1, "ledger: so is one where friends of other commands fight"},
    {"reserve_share", "share", 0, 0, 1,
     "of its men at a place without a fight, as many are a reserve for fights elsewhere; 0: posts get all they want"},
    {"least_garrison", "fighters", 0, 0, kMany,
     "wanted at each place of its own beside an enemy, whatever the reserve, but not where a neighbour was just lost "
     "and they could not hold"},
    {"garrison_per_1000", "fighters per 1000 persons", 0, 0, 1e4,
     "wanted at each place of its own for the people who live there; fewer everywhere alike where all its fighters but "
     "the reserve are too few"},
    {"keeps_to_country", "switch", 0, 0, 1,
     "it attacks nothing in a country where it holds no place on the first day, unless it holds none at all"},
});

constexpr auto kWeights = feature_names("weight_");

constexpr auto kCommand = [] {
  std::array<ParameterInfo, kBeforeWeights.size() + kFeatures.size() + kBehindWeights.size()> all{};
  auto next = std::copy(kBeforeWeights.begin(), kBeforeWeights.end(), all.begin());
  for (std::size_t f = 0; f < kFeatures.size(); ++f) {
    *next++ = {kWeights[f], "score", 0, -100, 100, kFeatures[f].words};
  }
  std::copy(kBehindWeights.begin(), kBehindWeights.end(), next);
  return all;
}();

constexpr std::array kPlace = std::to_array<ParameterInfo>({
    {"population", "persons", 0, 0, kMany, "people living there; 0: a base, a field, a stretch of road"},
    {"value", "value", 1, 0, 1e6, "strategic value to whoever holds it"},
    {"resources", "fighters sustained", 0, 0, kMany, "oil, crossing fees and the like"},
    {"fortification", "share", 0, 0, 0.99, "share of fire kept off the side that holds the place"},
});

constexpr std::array kLink = std::to_array<ParameterInfo>({
    {"road_km", "km", kAbsent, 0, 1e5, "length of the road; 100000: it is cut"},
});

constexpr std::array kTie = std::to_array<ParameterInfo>({
    {"alignment", "-1 to 1", kAbsent, -1, 1, "from enmity to alliance; symmetric"},
    {"kill_rate", "per fighter per day", kAbsent, 0, 1e3, "of a against b, instead of a's own kill rate"},
    {"visibility", "share", kAbsent, 0, 1,
     "share of a's fire at b that is aimed, instead of the one from support (mu)"},
    {"share", "share", kAbsent, 0, 1,
     "of a's effort aimed at b, where the doctrine is fixed; absent for all its enemies: even shares"},
    {"bargain", "share", 0, 0, 1, "what a gains from b: trade, corridors, a useful enemy"},
    {"blowback", "share", 0, 0, 1, "a's own nationals in b's ranks"},
    {"rivalry", "share", 0, 0, 1, "of those who follow b, the part that a claims to lead"},
    {"propensity", "weight", kAbsent, -1e6, 1e6,
     "inclination of the two to stand together (above 0) or apart (landscape theory); the mean of both directions"},
    {"coalition", "weight", kAbsent, 0, kMany,
     "strength behind a's position against b's in an election, instead of the votes for it"},
    {"defection_per_day", "per day", 0, 0, 10, "rate at which a's fighters go over to b where b is at hand"},
    {"wrong_side_probability", "probability", kAbsent, 0, 1, "of a's sorties hitting b by mistake, instead of a's own"},
    {"deconfliction", "share", 0, 0, 1, "of a's strikes on b by mistake, those that an understanding avoids"},
    {"trade", "fighters sustained", 0, 0, kMany, "income of a from trade with b, while a bargain and a road join them"},
    {"passage", "switch", 0, 0, 1,
     "a lets columns and supplies of b through, while the two are neither friends nor enemies"},
});

constexpr std::array kSponsor = std::to_array<ParameterInfo>({
    {"finance", "fighters sustained", 0, 0, kMany, "money and oil, as the fighters they pay for"},
    {"arms", "level", 0, 0, 10, "weapons"},
    {"training", "level", 0, 0, 10, "training"},
    {"intelligence", "level", 0, 0, 1, "knowledge of the enemy; adds to the recipient's own"},
});

constexpr std::array kTerrain = std::to_array<ParameterInfo>({
    {"cover", "share", 0, 0, 0.99, "share of fire kept off the side that holds a place"},
    {"speed", "factor", 1, 0.01, 10, "factor on the speed of columns"},
    {"open", "switch", 0, 0, 1, "raiders cross it without a road of their own"},
});

constexpr std::array kPosition = std::to_array<ParameterInfo>({
    {"position", "position", kAbsent, 0, 100, "what the actor wants on the issue"},
    {"salience", "share", 1, 0, 1, "how much it cares, as a part of what it can bring to bear"},
});

constexpr std::array kLaw = std::to_array<ParameterInfo>({
    {"thresholds.ally", "alignment", 0.5, -1, 1, "at or above it two actors fight as one"},
    {"thresholds.enemy", "alignment", -0.5, -1, 1, "at or below it they fire on each other"},
    {"thresholds.collapse_fraction", "share", 0.05, 0, 1,
     "an actor without a place and with less than this of its first-day fighters has collapsed"},
    {"thresholds.extinction", "fighters", 0, 0, 1e6, "mean-field: a force that falls to this size is gone"},
});

}  // namespace

std::span<const ParameterInfo> actor_parameters() {
  return kActor;
}
std::span<const ParameterInfo> command_parameters() {
  return kCommand;
}
std::span<const ParameterInfo> place_parameters() {
  return kPlace;
}
std::span<const ParameterInfo> link_parameters() {
  return kLink;
}
std::span<const ParameterInfo> tie_parameters() {
  return kTie;
}
std::span<const ParameterInfo> sponsor_parameters() {
  return kSponsor;
}
std::span<const ParameterInfo> terrain_parameters() {
  return kTerrain;
}
std::span<const ParameterInfo> position_parameters() {
  return kPosition;
}
std::span<const ParameterInfo> common_law_parameters() {
  return kLaw;
}

}  // namespace truel
