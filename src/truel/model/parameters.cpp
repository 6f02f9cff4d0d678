#include "truel/model/parameters.hpp"

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

constexpr std::array kCommand = std::to_array<ParameterInfo>({
    {"doctrine", "choice", 1, 0, 2,
     "whom it fights: enemies scored by the weights: `priority` (0), shares of ties.csv: `fixed` (1), best responses "
     "to the others' shares: `best-response` (2)",
     "priority fixed best-response"},
    {"temperature", "score", 0.2, 1e-6, 1e6, "softness of the choice between enemies; large: even shares (tau)"},
    {"hold_ratio", "ratio", 0.5, 0, 100, "garrison wanted, relative to the credible threat next to it"},
    {"attack_ratio", "ratio", 1.5, 0, 100, "force wanted for an attack, relative to the defence"},
    {"breaking_point", "odds", 0.2, 0, 1, "odds below which its men leave a battle if a road is open"},
    {"withdraw_and_strike", "odds", 0, 0, 1, "odds below which it gives a place up early to let its air arm work"},
    {"screen_share", "share", 0.2, 0, 1, "part of the garrison wanted that a low-priority enemy gets"},
    {"reach_km", "km", 150, 0, 5000, "how far it gathers force for an attack, over roads it holds"},
    {"abstention", "share", 0, 0, 1, "share of its fire that it withholds where more than one enemy stands"},
    {"weight_vital", "score", 0, -100, 100, "how close the enemy is to places the command values"},
    {"weight_backing", "score", 0, -100, 100, "foreign finance, arms, training and intelligence of the enemy"},
    {"weight_horizon", "score", 0, -100, 100, "the enemy's place at the negotiating table"},
    {"weight_roots", "score", 0, -100, 100, "the enemy's support among the people it governs"},
    {"weight_growth", "score", 0, -100, 100, "the enemy's net recruitment"},
    {"weight_weakness", "score", 0, -100, 100, "the chance to beat the enemy now"},
    {"weight_others", "score", 0, -100, 100, "effort that third parties spend on the enemy; negative: free riding"},
    {"weight_bargain", "score", 0, -100, 100, "what the command gains from the enemy's existence; usually negative"},
    {"weight_blowback", "score", 0, -100, 100, "the command's own nationals in the enemy's ranks"},
    {"weight_land", "score", 0, -100, 100, "what the enemy's land would add to the command's expected settlement"},
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
    {"exception_race", "odds", 0, 0, 1,
     "ledger: so is one that another, no friend, could take with these odds from next door; 0: none"},
    {"exception_revenge_days", "days", 0, 0, 3650,
     "ledger: so are those of an enemy who has taken a place of its own within this time; 0: none"},
    {"exception_ally", "switch", 0, 0, 1, "ledger: so is one where friends of other commands fight"},
    {"reserve_share", "share", 0, 0, 1,
     "of its men at a place without a fight, as many are a reserve for fights elsewhere; 0: posts get all they want"},
});

constexpr std::array kPlace = std::to_array<ParameterInfo>({
    {"population", "persons", 0, 0, kMany, "people living there; 0: a base, a field, a stretch of road"},
    {"value", "value", 1, 0, 1e6, "strategic value to whoever holds it"},
    {"resources", "fighters sustained", 0, 0, kMany, "oil, crossing fees and the like"},
    {"fortification", "share", 0, 0, 0.99, "share of fire kept off the side that holds the place"},
});

constexpr std::array kLink = std::to_array<ParameterInfo>({
    {"road_km", "km", kAbsent, 0, 1e5, "length of the road"},
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
    {"laws.priority.vital_km", "km", 60, 1, 5000, "distance over which an enemy is close"},
    {"laws.priority.max_vital", "feature", 1, 1e-9, 1e9, "value at which the feature is 1"},
    {"laws.priority.max_backing", "feature", 1, 1e-9, 1e9, "value at which the feature is 1"},
    {"laws.priority.max_horizon", "feature", 1, 1e-9, 1e9, "value at which the feature is 1"},
    {"laws.priority.max_roots", "feature", 1, 1e-9, 1e9, "value at which the feature is 1"},
    {"laws.priority.max_growth", "per day", 0.01, 1e-9, 1e9, "value at which the feature is 1"},
    {"laws.priority.max_weakness", "feature", 1, 1e-9, 1e9, "value at which the feature is 1"},
    {"laws.priority.max_others", "feature", 1, 1e-9, 1e9, "value at which the feature is 1"},
    {"laws.priority.max_bargain", "feature", 1, 1e-9, 1e9, "value at which the feature is 1"},
    {"laws.priority.max_blowback", "feature", 1, 1e-9, 1e9, "value at which the feature is 1"},
    {"laws.priority.max_land", "share of an issue", 1, 1e-9, 1e9, "value at which the feature is 1"},
    {"laws.operations.on", "switch", 0, 0, 1, "commands move forces: garrisons, offensives, raids, retreats, sorties"},
    {"laws.operations.contest_exponent", "exponent", 2, 0.01, 20, "k of the contest success function"},
    {"laws.operations.estimate_error", "log s.d.", 0, 0, 3, "error with which commands see others' strength"},
    {"laws.operations.least_odds", "odds", 0.5, 0, 1, "an attack with lower odds is not begun"},
    {"laws.operations.screen_below", "share", 0.1, 0, 1, "effort share below which an enemy is only screened"},
    {"laws.operations.air_support", "share", 0, 0, 1, "part of the force needed that a full air effort replaces"},
    {"laws.operations.relief_km", "km", 100, 0, 5000, "a raider counts the enemy's men within this distance as relief"},
    {"laws.best_response.rounds", "rounds", 20, 1, 10'000,
     "doctrine best-response: rounds of best responses at a decision before it is said that they do not settle"},
    {"laws.best_response.states", "states", 0, 0, 1e6,
     "doctrine best-response, fire in turns or salvos: wars of at most so many states are solved as an exact chain"},
    {"laws.settlement.on", "switch", 0, 0, 1, "a settlement is predicted from positions, saliences and capabilities"},
    {"laws.settlement.rounds", "count", 8, 1, 100, "rounds of challenges that the prediction looks ahead"},
    {"laws.settlement.status_quo", "probability", 1, 0, 1,
     "that an actor left unchallenged stays where it is; else it moves towards the median voter (Q)"},
    {"laws.settlement.own_view", "switch", 0, 0, 1,
     "challenges: both sides are judged by the judge's own risk, support is counted against all votes on the issue, "
     "and the range stays that of the first round"},
    {"laws.settlement.election", "switch", 0, 0, 1,
     "probabilistic Condorcet election over the positions on all issues at once, instead of rounds of challenges"},
    {"laws.settlement.markov", "switch", 0, 0, 1,
     "election: the stationary chances of a favourite met by challengers, instead of the chance to beat all at once"},
    {"laws.settlement.incentive", "switch", 0, 0, 1,
     "with markov: challengers come in proportion to the strength and the chance behind them, instead of evenly"},
    {"laws.settlement.victory_exponent", "exponent", 1, 0.01, 100,
     "n of the chance c^n / (c^n + d^n) that an option with c behind it wins a vote: 1 linear, 2 square, 4 quartic"},
    {"laws.settlement.cubic_votes", "share", 0, 0, 1,
     "part of a vote that grows with the cube of the difference of utilities"},
    {"laws.settlement.projection", "share", 2.0 / 3, 0, 1,
     "part of an actor's own attitude to risk in what it takes another's to be"},
    {"laws.settlement.scale", "position", 100, 1e-9, 1e9, "length of an issue"},
    {"laws.settlement.force", "weight", 1, 0, 1e6, "of an actor's part of all fighters in its capability"},
    {"laws.settlement.land", "weight", 1, 0, 1e6, "of its part of the value of all places"},
    {"laws.settlement.backing", "weight", 1, 0, 1e6, "of its part of all foreign backing"},
    {"laws.operations.consolidation_days", "days", 30, 1, 3650,
     "time after which a place just taken is like any other"},
    {"laws.operations.ledger", "switch", 0, 0, 1, "effort shares are a budget of man-days for each enemy"},
    {"laws.operations.planned_days", "days", 14, 1, 3650, "ledger: days of fighting that a command plans for"},
    {"laws.operations.retake_days", "days", 0, 0, 3650,
     "ledger: time within which to retake a place is defence and needs no effort"},
    {"laws.operations.commit_ratio", "ratio", 0, 0, 100,
     "ledger: most men that an operation gets in all, for each man that it was planned with; 0: as many as it asks "
     "for"},
    {"laws.operations.span", "operations", 5, 0, 1000,
     "ledger: the most operations that one command can lead at once; 0: as many as its free men fill formations of "
     "men_per_staff"},
    {"laws.operations.estimate_days", "days", 0, 0, 3650,
     "how long an error about the strength at a place lasts; 0: until the next decision"},
    {"laws.operations.strength_km", "km", kAbsent, 1, 1e5,
     "distance over which men who come to an attack lose all but 1/e of their weight; absent: they lose none"},
    {"laws.operations.relief_of_free", "switch", 0, 0, 1,
     "a raider counts as relief only those whom the places beside them do not tie"},
    {"laws.priority.blocs", "switch", 0, 0, 1,
     "enemies who are friends of each other share one place in the choice, by their fighters"},
    {"laws.operations.unseen_worth", "log s.d.", 0, 0, 5,
     "what makes a place worth an attack to a command beyond what the package says: drawn for each place, command and "
     "run"},
    {"laws.operations.joint", "share", 0, 0, 1,
     "ledger: part of the free men of allied commands near a target whom a command counts on before they have joined"},
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
