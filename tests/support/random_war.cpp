#include "support/random_war.hpp"

#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "support/dice.hpp"
#include "truel/laws/declarations.hpp"

namespace truel::test {
namespace {

/// RapidCheck begins with small numbers and ends with large ones; here all sizes come at any time.
int drawn(int from, int to) {
  return *rc::gen::resize(100, rc::gen::inRange(from, to));
}

std::string actor_name(int a) {
  return fmt::format("a{}", a);
}
std::string place_name(int p) {
  return fmt::format("p{}", p);
}

/// A number that lies between a and b, or nearly always does, of any kind there is.
Distribution any_kind(Dice& dice, double a, double b) {
  const double middle = (a + b) / 2;
  const auto kind = static_cast<DistributionKind>(1 + dice.below(static_cast<int>(DistributionKind::either)));
  switch (kind) {
    case DistributionKind::value:
    case DistributionKind::uniform:
    case DistributionKind::drawn:  // of an account, not of a package
      break;
    case DistributionKind::loguniform:
      return {.kind = kind, .a = a + 1e-3 * (b - a), .b = b};
    case DistributionKind::normal:
      return {.kind = kind, .a = middle, .b = (b - a) / 8};
    case DistributionKind::lognormal:
      return {.kind = kind, .a = middle, .b = 1.2};
    case DistributionKind::triangular:
      return {.kind = kind, .a = a, .b = middle, .c = b};
    case DistributionKind::beta:
      return {.kind = kind, .a = 2, .b = 8};
    case DistributionKind::either:
      return {.kind = kind, .among = {a, middle, b}};
  }
  return {.kind = DistributionKind::uniform, .a = a, .b = b};
}

/// Their numbers are drawn when all else is, so that the wars in which these laws do not act are what they were.
bool is_drawn_last(std::string_view parameter) {
  return parameter.starts_with("laws.hidden_") || parameter == "laws.battles.encircled" ||
         parameter == "laws.battles.prisoners";
}

/// Constants of the laws, other than switches and choices, around what they are unless a scenario gives them.
void vary_constants(WarBuilder& war, Dice& dice) {
  for (const ParameterInfo& info : law_parameters()) {
    if (is_drawn_last(info.name)) {
      continue;
    }
    if (info.unit == "switch" || info.unit == "choice" || !(info.fallback > 0) || !dice.chance(.2)) {
      continue;
    }
    const bool is_count = info.unit == "count" || info.unit == "rounds" || info.unit == "updates per day";
    const double number = std::clamp(info.fallback * dice.between(.5, 1.5), info.least, info.greatest);
    war.set("scenario." + std::string(info.name), is_count ? std::ceil(number) : number);
  }
  war.set("scenario.thresholds.enemy", dice.chance(.8) ? -.5 : dice.between(-.9, -.1));
  war.set("scenario.thresholds.extinction", dice.chance(.8) ? 0 : dice.between(0, .5));
}

/// The numbers of laws that have a page of their own: switches by `turn`, others small, about what they are, or large.
template <class Turn>
void vary_declared(WarBuilder& war, Dice& dice, Turn&& turn) {
  for (const laws::Declaration& law : laws::declarations()) {
    if (law.name.empty()) {
      continue;  // random_war() sets its numbers one by one
    }
    for (const ParameterInfo& info : law.numbers) {
      if (is_drawn_last(info.name)) {
        continue;
      }
      const std::string name(info.name.substr(std::string_view("laws.").size()));
      if (info.unit == "switch") {
        turn(name, dice.below(2));
      } else if (dice.chance(.5)) {
        const double scale = info.fallback > 0 ? info.fallback : std::min(1., info.greatest);
        war.set("scenario.laws." + name,
                std::clamp(scale * std::pow(10, dice.between(-3, .3)), info.least, info.greatest));
      }
    }
  }
}

/// Alignment by all terms, by triads or by sides.
void move_alignments(WarBuilder& war, Dice& dice, int n_actors) {
  const std::string law = "scenario.laws.alignment.";
  const int rule = dice.below(3);
  war.set(law + "triads", rule == 1 ? 1 : 0).set(law + "triads_constrained", dice.below(2));
  war.set(law + "landscape", rule == 2 ? 1 : 0).set(law + "updates_per_day", 1 + dice.below(3));
  war.set(law + "balance", dice.between(0, .1)).set(law + "threat", dice.between(0, .05));
  war.set(law + "friction", dice.between(0, 1)).set(law + "rivalry", dice.between(0, .02));
  war.set(law + "sponsors", dice.between(0, .02)).set(law + "accession", dice.between(0, 1));
  if (dice.chance(.3)) {
    war.set(law + "clip", 0).set(law + "limit", dice.between(1, 5));
  }
  for (int a = 0; a < n_actors; ++a) {
    war.set("actors." + actor_name(a) + ".size", dice.between(0, 3));
    war.set("actors." + actor_name(a) + ".side", dice.chance(.5) ? 1 : -1);
    for (int b = 0; b < n_actors; ++b) {
      if (a != b && dice.chance(.5)) {
        const std::string path = "ties." + actor_name(a) + "." + actor_name(b) + ".";
        war.set(path + "propensity", dice.between(-1, 1)).set(path + "rivalry", dice.between(0, 1));
      }
    }
  }
}

/// Talks on one or two issues, by challenges or by an election.
void let_them_talk(WarBuilder& war, Dice& dice, int n_ground, const std::set<std::string>& commands) {
  const std::string law = "scenario.laws.settlement.";
  const bool is_election = dice.chance(.4);
  war.set(law + "on", 1).set(law + "rounds", 1 + dice.below(4)).set(law + "election", is_election ? 1 : 0);
  war.set(law + "markov", dice.below(2)).set(law + "incentive", dice.below(2)).set(law + "own_view", dice.below(2));
  war.set(law + "status_quo", dice.between(0, 1)).set(law + "cubic_votes", dice.between(0, 1));
  const int n_issues = 1 + dice.below(2);
  for (int a = 0; a < n_ground; ++a) {
    const std::string id = actor_name(a);
    const bool sits = a < 2 || dice.chance(.7);
    for (int issue = 0; issue < n_issues && sits; ++issue) {
      if (is_election || issue == 0 || dice.chance(.7)) {
        war.seat(id, issue == 0 ? "rule" : "borders", dice.below(11) * 10, dice.between(0, 1));
      }
    }
    war.set("actors." + id + ".excluded", a > 1 && dice.chance(.2) ? 1 : 0);
    if (dice.chance(.3)) {
      war.set("actors." + id + ".capability", dice.between(.1, 10));
    }
    for (int b = 0; b < n_ground && is_election; ++b) {
      if (a != b && dice.chance(.2)) {
        war.set("ties." + id + "." + actor_name(b) + ".coalition", dice.between(0, 5));
      }
    }
  }
  for (const std::string& command : commands) {
    war.set("commands." + command + ".weight_land", dice.chance(.5) ? dice.between(-2, 2) : 0);
  }
}

/// The ledger of efforts, what attacks are prepared and estimated by, and exceptions.
void bind_efforts(WarBuilder& war, Dice& dice, int n_ground, const std::set<std::string>& commands) {
  const std::string law = "scenario.laws.";
  war.set(law + "operations.retake_days", dice.chance(.5) ? dice.between(0, 60) : 0);
  war.set(law + "operations.estimate_days", dice.chance(.5) ? dice.between(0, 40) : 0);
  war.set(law + "operations.relief_of_free", dice.below(2)).set(law + "priority.blocs", dice.below(2));
  war.set(law + "operations.relief", dice.chance(.5) ? dice.between(0, 1) : 0);
  if (dice.chance(.5)) {
    war.set(law + "operations.strength_km", dice.between(1, 400));
  }
  war.set(law + "operations.unseen_worth", dice.chance(.5) ? dice.between(0, 2) : 0);
  war.set(law + "operations.joint", dice.chance(.5) ? dice.between(0, 1) : 0);
  for (const std::string& command : commands) {
    const std::string path = "commands." + command + ".";
    war.set(path + "preparation_days", dice.chance(.5) ? dice.between(0, 10) : 0);
    war.set(path + "recovery_days", dice.chance(.5) ? dice.between(0, 10) : 0);
    if (dice.chance(.4)) {
      war.set(path + "men_per_staff", dice.between(1, 300));
    }
    war.set(path + "reserve_share", dice.chance(.5) ? dice.between(0, 1) : 0);
    war.set(path + "least_garrison", dice.chance(.2) ? dice.between(0, 50) : 0);
    war.set(path + "garrison_per_1000", dice.chance(.2) ? dice.between(0, 20) : 0);
    war.set(path + "home_share", dice.chance(.5) ? dice.between(0, 1) : 0);
    war.set(path + "exception_vital", dice.chance(.3) ? dice.between(0, 1) : 0);
    war.set(path + "exception_race", dice.chance(.3) ? dice.between(0, 1) : 0);
    war.set(path + "exception_revenge_days", dice.chance(.3) ? dice.between(0, 30) : 0);
    war.set(path + "exception_ally", dice.below(2));
  }
  for (int a = 0; a < n_ground; ++a) {
    for (int b = 0; b < n_ground; ++b) {
      if (a != b && dice.chance(.2)) {
        war.set("ties." + actor_name(a) + "." + actor_name(b) + ".rivalry", dice.between(0, 1));
      }
    }
  }
}

}  // namespace

WarBuilder random_war(const RandomWarLimits& limits) {
  const int n_ground = drawn(2, 6);
  const int n_air = drawn(0, 3);
  const int n_places = drawn(1, 8);
  const int days = drawn(1, limits.most_days + 1);
  const int interval = drawn(1, 10);
  const auto flag = [] { return drawn(0, 3) > 0 ? 1. : 0.; };
  const double fire = flag();
  const double strikes = flag();
  const double recruitment = flag();
  const double income = flag();
  const double support = flag();
  const double operations = flag();
  const bool has_loyalty = drawn(0, 4) == 0;
  const bool has_alignment = drawn(0, 4) == 0 && limits.has_every_law;
  const bool has_settlement = drawn(0, 4) == 0;
  const bool has_best_response = drawn(0, 4) == 0 && limits.has_every_law;
  const bool has_breakpoints = drawn(0, 4) == 0;
  const bool has_ledger = drawn(0, 2) == 0;
  Dice dice(*rc::gen::resize(100, rc::gen::arbitrary<std::uint32_t>()));

  WarBuilder war(days);
  war.decide_every(interval);
  const int n_actors = n_ground + n_air;
  std::set<std::string> commands;
  for (int a = 0; a < n_actors; ++a) {
    const std::string command = a > 0 && dice.chance(.25) ? actor_name(dice.below(a)) : actor_name(a);
    commands.insert(command);
    a < n_ground ? war.ground(actor_name(a), command) : war.air(actor_name(a), command);
  }
  std::set<std::string> terrains;
  const auto some_terrain = [&]() -> std::string {
    const std::string terrain = dice.chance(.3) ? "" : dice.chance(.7) ? "desert" : "town";
    if (!terrain.empty()) {
      terrains.insert(terrain);
    }
    return terrain;
  };
  for (int p = 0; p < n_places; ++p) {
    const std::string id = place_name(p);
    war.place(id, dice.chance(.8) ? actor_name(dice.below(n_ground)) : "");
    if (const std::string terrain = some_terrain(); !terrain.empty()) {
      war.terrain(id, terrain);
    }
    if (dice.chance(.2)) {
      war.city(id, 0);
    }
    if (dice.chance(.3)) {
      war.entry(id);
    }
    const std::string path = "places." + id + ".";
    war.set(path + "population", dice.chance(.7) ? dice.between(50, 20'000) : 0);
    war.set(path + "value", dice.between(0, 10)).set(path + "resources", dice.chance(.3) ? dice.between(0, 200) : 0);
    war.set(path + "fortification", dice.chance(.3) ? dice.between(0, .9) : 0);
  }
  std::set<std::pair<int, int>> roads;
  for (int p = 1; p < n_places; ++p) {
    roads.emplace(dice.below(p), p);
    const int q = dice.below(n_places);
    if (q != p && dice.chance(.5)) {
      roads.emplace(std::min(p, q), std::max(p, q));
    }
  }
  for (const auto& [a, b] : roads) {
    war.road(place_name(a), place_name(b), dice.between(2, 150), some_terrain());
  }
  if (terrains.contains("desert")) {
    war.set("scenario.terrain.desert.open", 1).set("scenario.terrain.desert.speed", dice.between(.3, 1.5));
  }
  if (terrains.contains("town")) {
    war.set("scenario.terrain.town.cover", dice.between(0, .9));
  }

  const auto uncertain = [&](const std::string& path, double a, double b) {
    if (limits.may_be_uncertain && dice.chance(.3)) {
      war.set(path, any_kind(dice, a, b));
    } else {
      war.set(path, dice.between(a, b));
    }
  };
  for (int a = 0; a < n_actors; ++a) {
    const std::string id = actor_name(a);
    const std::string path = "actors." + id + ".";
    if (a >= n_ground) {
      uncertain(path + "sorties_per_day", 0, 20);
      war.set(path + "kills_per_sortie", dice.between(0, 2));
      war.set(path + "wrong_side_probability", dice.chance(.5) ? dice.between(0, 1) : 0);
      continue;
    }
    if (dice.chance(.4)) {
      war.force(id, "*", dice.between(0, limits.most_fighters));
    }
    for (int p = 0; p < n_places; ++p) {
      if (dice.chance(.4)) {
        war.force(id, place_name(p), dice.between(0, limits.most_fighters));
      }
      if (dice.chance(.5)) {
        war.support(id, place_name(p), dice.between(0, 1. / n_ground));
      }
    }
    uncertain(path + "kill_rate", 0, .3);
    war.set(path + "front_line_fraction", dice.between(.3, 1)).set(path + "supply", dice.between(.5, 2));
    war.set(path + "concealment", dice.between(0, 1)).set(path + "intelligence", dice.between(0, 1));
    war.set(path + "recruitment_per_day", dice.between(0, .005)).set(path + "recruits_per_day", dice.between(0, 5));
    war.set(path + "desertion_per_day", dice.between(0, .5));
    if (dice.chance(.6)) {
      uncertain(path + "income", 0, limits.most_fighters);
    }
    war.set(path + "underground_share", dice.between(0, 1)).set(path + "policing_per_day", dice.between(0, .2));
    war.set(path + "underground_recruitment_per_day", dice.between(0, .001));
    war.set(path + "legitimacy_per_day", dice.between(-.05, .05)).set(path + "horizon", dice.between(0, 1));
    war.set(path + "speed_km_per_day", dice.between(10, 300));
    war.set(path + "raid_range_km", dice.chance(.6) ? dice.between(10, 500) : 0);
  }
  for (const std::string& id : commands) {
    const std::string path = "commands." + id + ".";
    war.doctrine(id, dice.chance(.6) ? Doctrine::priority : Doctrine::fixed);
    war.set(path + "temperature", dice.between(.01, 2)).set(path + "hold_ratio", dice.between(0, 2));
    war.set(path + "attack_ratio", dice.between(.2, 3)).set(path + "breaking_point", dice.between(0, 1));
    war.set(path + "withdraw_and_strike", dice.chance(.3) ? dice.between(0, .9) : 0);
    war.set(path + "given_up_weight", dice.chance(.3) ? dice.between(0, 2) : 0);
    war.set(path + "predation", dice.chance(.5) ? dice.between(0, 5) : 0);
    war.set(path + "screen_share", dice.between(0, 1)).set(path + "reach_km", dice.between(0, 400));
    for (const char* feature :
         {"vital", "backing", "horizon", "roots", "growth", "weakness", "others", "bargain", "blowback", "allies"}) {
      war.set(path + "weight_" + feature, dice.between(-2, 2));
    }
  }
  for (int a = 0; a < n_actors; ++a) {
    for (int b = 0; b < n_actors; ++b) {
      if (a == b) {
        continue;
      }
      const std::string path = "ties." + actor_name(a) + "." + actor_name(b) + ".";
      if (dice.chance(.6)) {
        war.set(path + "share", dice.between(0, 1. / n_actors));
      }
      if (dice.chance(.2)) {
        war.set(path + "kill_rate", dice.between(0, .3));
      }
      if (dice.chance(.2)) {
        war.set(path + "visibility", dice.between(0, 1));
      }
      if (a < n_ground && b < n_ground && dice.chance(.3)) {
        war.set(path + "trade", dice.between(0, limits.most_fighters)).set(path + "passage", dice.below(2));
      }
      war.set(path + "bargain", dice.between(0, 1)).set(path + "blowback", dice.between(0, 1));
      if (a < b && dice.chance(.4)) {
        war.align(actor_name(a), actor_name(b), dice.chance(.5) ? 1 : dice.chance(.5) ? 0 : -1);
      }
    }
  }
  if (dice.chance(.5)) {
    const std::string recipient = actor_name(dice.below(n_ground));
    const int from = dice.below(days);
    war.sponsor(recipient, "patron", from, from + dice.below(days));
    const std::string path = "sponsors." + recipient + ".patron.";
    war.set(path + "finance", dice.between(0, 200)).set(path + "arms", dice.between(0, 2));
    war.set(path + "intelligence", dice.between(0, 1));
  }

  const std::string law = "scenario.laws.";
  vary_constants(war, dice);
  const auto turn = [&](const std::string& name, double on) {
    if (limits.may_be_uncertain && dice.chance(.15)) {
      war.set(law + name, Distribution{.kind = DistributionKind::either, .among = {0, 1}});
    } else {
      war.set(law + name, on);
    }
  };
  for (const auto& [name, on] : {std::pair{"fire.on", fire},
                                 {"strikes.on", strikes},
                                 {"recruitment.on", recruitment},
                                 {"income.on", income},
                                 {"support.on", support},
                                 {"operations.on", operations},
                                 {"operations.ledger", has_ledger ? 1. : 0.}}) {
    turn(name, on);
  }
  vary_declared(war, dice, turn);
  if (dice.chance(.15)) {
    // Exponents of the target between 0 and 1/2 make the equations stiff where recruits come into heavy fire.
    war.set(law + "fire.power_law", 1).set(law + "fire.attacker_exponent", dice.between(0, 1));
    war.set(law + "fire.target_exponent", dice.below(3) * .5);
  }
  war.set(law + "fire.fatigue_days", dice.chance(.3) ? dice.between(.5, 20) : 0);
  if (drawn(0, 4) == 0) {
    war.set(law + "fire.timing", 1 + dice.below(2)).set(law + "fire.step_days", dice.between(.25, 3));
    for (int a = 0; a < n_ground; ++a) {
      war.set("actors." + actor_name(a) + ".turn", dice.below(3));
    }
    for (const std::string& command : commands) {
      war.set("commands." + command + ".abstention", dice.below(5) * .25);
    }
  }
  war.set(law + "fire.arms_gain", dice.between(0, 1)).set(law + "income.tax_per_1000", dice.between(0, 20));
  war.set(law + "support.shift_per_harm", dice.between(0, 3));
  war.set(law + "support.displaced_per_harm", dice.between(0, 20));
  war.set(law + "operations.estimate_error", dice.chance(.7) ? dice.between(0, 1) : 0);
  // So that some break through, and have somewhere to go.
  war.set(law + "exploitation.chance", dice.between(0, 1))
      .set(law + "exploitation.chance_with_reserve", dice.between(0, 1));
  // So that places lost are struck at, and left, and walked into, which takes much to come together.
  turn("counterattack.on", 1);
  turn("turned_line.on", 1);
  war.set(law + "operations.retake_days", dice.between(0, 60))
      .set(law + "counterattack.least_value", dice.between(0, 1));
  war.set(law + "counterattack.march_days", dice.between(1, 100))
      .set(law + "counterattack.least_win_probability", dice.between(0, .2));
  war.set(law + "turned_line.walk_in_days", dice.between(0, 30)).set(law + "turned_line.margin", 0);
  war.set(law + "turned_line.notice_days", dice.between(0, 1));
  war.set(law + "exploitation.km", dice.between(1, 1000))
      .set(law + "exploitation.culmination_km", dice.between(1, 1000));
  war.set(law + "operations.least_win_probability", dice.between(0, .6))
      .set(law + "operations.air_support", dice.between(0, 1));
  war.set(law + "strikes.targets", 1 + dice.below(8)).set(law + "strikes.rear_weight", dice.between(0, 1));
  war.set(law + "strikes.exposure_fight", dice.between(0, 1));

  if (dice.chance(.8)) {
    turn("underground.on", 1);
    war.set(law + "underground.police_per_1000", dice.between(0, 50));
    war.set(law + "underground.surfacing_odds", dice.between(0, 1));
    war.set(law + "underground.surfacing_fighters", dice.between(0, 30));
  }
  if (dice.chance(.4)) {
    turn("defection.on", 1);
    war.set(law + "defection.unpaid_gain", dice.between(0, 5));
    for (int a = 0; a < n_ground; ++a) {
      for (int b = 0; b < n_ground; ++b) {
        if (a != b && dice.chance(.6)) {
          war.set("ties." + actor_name(a) + "." + actor_name(b) + ".defection_per_day", dice.between(0, .2));
        }
      }
    }
  }

  for (int a = 0; a < n_ground; ++a) {
    const std::string path = "actors." + actor_name(a) + ".";
    if (dice.chance(.3)) {
      war.set(path + "recruits_per_harm", dice.between(0, .2));
    }
    if (has_breakpoints && dice.chance(.6)) {
      war.set(path + "breakpoint", dice.between(1, limits.most_fighters));
    }
    if (has_loyalty) {
      war.set(path + "freeing_per_day", dice.between(0, 1)).set(path + "subduing_per_day", dice.between(0, 1));
      war.set(path + "loyal_share", dice.between(0, 1. / n_ground));
    }
  }
  if (has_loyalty) {
    turn("loyalty.on", 1);
  }
  war.set(law + "operations.commit_ratio", dice.chance(.5) ? dice.between(1, 3) : 0);
  if (has_alignment) {
    turn("alignment.on", 1);
    move_alignments(war, dice, n_actors);
  }
  if (has_settlement) {
    let_them_talk(war, dice, n_ground, commands);
  }
  if (has_best_response) {
    war.set(law + "best_response.rounds", 1 + dice.below(4));
    war.set(law + "best_response.states", dice.chance(.5) ? 200 : 0);
    for (const std::string& command : commands) {
      if (dice.chance(.6)) {
        war.doctrine(command, Doctrine::best_response);
        war.set("commands." + command + ".enemy_weight", dice.between(0, 3));
      }
    }
  }

  bind_efforts(war, dice, n_ground, commands);

  std::vector<int> dates;
  for (int i = dice.below(5); i > 0; --i) {
    dates.push_back(dice.below(days + 2) - 1);
  }
  std::sort(dates.begin(), dates.end());
  for (const int day : dates) {
    const std::string who = actor_name(dice.below(n_ground));
    const std::string where = place_name(dice.below(n_places));
    switch (dice.below(9)) {
      case 0:
        war.arrive(day, who, where, dice.between(0, limits.most_fighters));
        break;
      case 1:
        war.leave(day, who, dice.chance(.5) ? "*" : where, dice.between(0, limits.most_fighters));
        break;
      case 2:
        war.change(day, "actors." + who + ".kill_rate", dice.between(0, .5));
        break;
      case 3:
        war.change(day, "ties.a0.a1.alignment", dice.between(-1, 1)).ending(dice.between(0, .5));
        break;
      case 4:
      case 5: {
        const int actor = dice.below(n_ground);
        const int other = (actor + 1 + dice.below(n_ground - 1)) % n_ground;
        const int third = (actor + 1 + dice.below(n_ground - 1)) % n_ground;
        const auto action =
            static_cast<InterventionAction>(static_cast<int>(InterventionAction::realign) + dice.below(3));
        war.turn(day, action, actor_name(actor), actor_name(other), dice.chance(.3) ? 1 : dice.between(0, 1),
                 third == other || dice.chance(.4) ? "" : actor_name(third), dice.between(-1, 1));
        break;
      }
      case 6: {
        std::vector<std::string> switches = {"strikes.on",        "recruitment.on", "income.on",      "support.on",
                                             "loyalty.on",        "operations.on",  "underground.on", "defection.on",
                                             "operations.ledger", "priority.blocs"};
        for (const laws::Declaration& declared : laws::declarations()) {
          for (const ParameterInfo& info : declared.numbers) {
            if (info.unit == "switch" && !declared.name.empty()) {
              switches.emplace_back(info.name.substr(std::string_view("laws.").size()));
            }
          }
        }
        war.change(day, law + switches[static_cast<std::size_t>(dice.below(static_cast<int>(switches.size())))],
                   dice.below(2));
        break;
      }
      case 7:
        if (has_alignment) {
          war.change(day, law + "alignment.on", dice.below(2));
        }
        break;
      default:
        war.change(day, law + "fire.on", dice.below(2));
    }
  }
  turn("hidden_defence.on", dice.below(2));
  war.set(law + "hidden_defence.spread", dice.between(0, 2))
      .set(law + "hidden_defence.decay_days", dice.between(1, 400));
  war.set(law + "hidden_defence.learn_days", dice.between(1, 60));
  turn("entrenchment.on", dice.below(2));
  war.set(law + "entrenchment.strength", dice.between(1, 4)).set(law + "entrenchment.days", dice.between(1, 100));
  war.set(law + "entrenchment.decay_days", dice.between(1, 400))
      .set(law + "entrenchment.first_days", dice.between(0, 400));
  turn("front_fire.on", dice.below(2));
  war.set(law + "front_fire.intensity", dice.between(0, 2));
  turn("hidden_lethality.on", dice.below(2));
  war.set(law + "hidden_lethality.spread", dice.between(0, 1.5))
      .set(law + "hidden_lethality.decay_days", dice.between(1, 400))
      .set(law + "hidden_lethality.effort_spread", dice.between(0, 3));
  for (int p = 0; p < n_places; ++p) {
    if (dice.chance(.3)) {
      war.country(place_name(p), "beyond");
    }
  }
  for (const std::string& command : commands) {
    war.set("commands." + command + ".keeps_to_country", dice.chance(.3));
  }
  war.set("scenario.laws.operations.culmination", dice.below(2));
  war.set("scenario.laws.operations.scarce_staffs", dice.below(2));
  war.set("scenario.laws.operations.advance_km", dice.chance(.5) ? dice.between(0, 300) : 0);
  if (dice.chance(.5)) {  // in the others the encircled fight to the last
    war.set(law + "battles.encircled", dice.between(1, 3));
    war.set(law + "battles.prisoners", dice.between(0, 1));
  }
  war.set(law + "operations.handover", dice.below(2));
  war.set(law + "operations.reserves_by_threat", dice.below(2));
  war.set(law + "siege.surrender_ratio", dice.chance(.5) ? dice.between(0, 3) : 0);
  war.set(law + "recruitment.entries_close", dice.below(2));
  return war;
}

}  // namespace truel::test
