#include "truel/dynamics/state.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <compare>

#include "truel/dynamics/alignment.hpp"
#include "truel/dynamics/interventions.hpp"
#include "truel/dynamics/movement.hpp"

namespace truel::dynamics {

State::State(const CompiledModel& model)
    : n_actors(model.n_actors()), n_places(model.n_places()), values(model.war().parameters.size()) {
  const std::size_t n = at(n_actors);
  const std::size_t q = at(n_places);
  for (auto* v : {&fighters, &support, &recent_harm}) {
    v->assign(q * n, 0);
  }
  if (model.may_go_underground()) {
    underground.assign(q * n, 0);
  }
  population.assign(q, 0);
  control.assign(q, kNone);
  attacks.assign(n * n * kAttackTallyCount, 0);
  for (std::size_t k = 0; k < attacks.size(); ++k) {
    attacks[k] = kAttackTallies[k % kAttackTallyCount].is_day ? kAbsent : 0;
  }
  first_enemy.assign(n, kNone);
  turn_day.assign(n, kAbsent);
  for (auto* account : {&ledger.credit, &ledger.due, &ledger.spent}) {
    account->assign(at(model.n_commands()) * n, 0);
  }
  ledger.plans.assign(at(model.n_commands()), {});
  held_since.assign(q, 0);
  taken_from.assign(q, kNone);
  last_turn.assign(q, kNone);
  battle_since.assign(q, kAbsent);
  present.assign(q, 0);
  contested.assign(q, 0);
  for (auto* v :
       {&alignment, &effort, &losses, &effort_days, &derived.kill, &derived.visibility, &derived.fixed_share}) {
    v->assign(n * n, 0);
  }
  tallies.assign(n * at(kActorOutcomes), 0);
  for (auto* v :
       {&first_fighters, &recent_gain, &gain_mark, &effort_total, &passing, &derived.abstention, &derived.breakpoint,
        &derived.concealment, &derived.intelligence, &derived.harm_recruits, &derived.backing}) {
    v->assign(n, 0);
  }
  country_losses.assign(model.countries().size() * n * n, 0);
  for (auto* v : {&place_losses, &place_harm, &place_changes}) {
    v->assign(q, 0);
  }
  derived.exposure.assign(q, 1);
  derived.closeness.assign(model.war().links.size(), 0);
  derived.turn.assign(n, 0);
  derived.hostile.assign(n, 0);
  derived.friendly.assign(n, 0);
  if (model.moves_alignment()) {
    alignment_pull.assign(n * n, 0);
    alignment_losses.assign(n * n, 0);
    alignment_strength.assign(n, 1);
    side.assign(n, 1);
  }
  columns.reserve(256);
  strikes.reserve(64);
  muster.resize(n);
  unpaid.resize(n);
  lures.resize(n);
}

void derive_places(const CompiledModel& model, State& s) {
  const War& war = model.war();
  const double vital_km = s.value(war.law(LawParameter::priority_vital_km));
  for (int l = 0; l < static_cast<int>(war.links.size()); ++l) {
    s.derived.closeness[at(l)] = std::exp(-s.value(war.link(l, LinkParameter::road_km)) / vital_km);
  }
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    const int terrain = war.places[at(p)].terrain;
    const double cover = terrain == kNone ? 0 : s.value(war.terrain(terrain, TerrainParameter::cover));
    const double fortification = s.value(war.place(p, PlaceParameter::fortification));
    s.derived.exposure[at(p)] = (1 - cover) * (1 - fortification);
  }
}

namespace {

/// Actors by their number, equals by a lot that a realization draws once.
void order_turns(const War& war, State& s) {
  struct Place {
    double turn, lot;
    ActorIndex actor;
    auto operator<=>(const Place&) const = default;
  };
  std::array<Place, kMaxActors> order;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    RandomStream lots(s.seed, s.run, 0, Purpose::turns, static_cast<std::uint32_t>(a));
    order[at(a)] = {s.value(war.actor(a, ActorParameter::turn)), lots.uniform(), a};
  }
  std::sort(order.begin(), order.begin() + s.n_actors);
  for (int position = 0; position < s.n_actors; ++position) {
    s.derived.turn[at(position)] = order[at(position)].actor;
  }
}

}  // namespace

Doctrine doctrine(const War& war, const State& s, CommandIndex command) {
  return static_cast<Doctrine>(std::lround(s.value(war.command(command, CommandParameter::doctrine))));
}

FireTiming fire_timing(const War& war, const State& s) {
  return static_cast<FireTiming>(std::lround(s.value(war.law(LawParameter::fire_timing))));
}

bool derive_relations(const CompiledModel& model, State& s) {
  const War& war = model.war();
  const double ally = s.value(war.law(LawParameter::ally_threshold));
  const double enemy = s.value(war.law(LawParameter::enemy_threshold));
  bool has_changed = false;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    ActorMask hostile = 0;
    ActorMask friendly = bit(a);
    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      const double alignment = s.alignment[s.pair(a, b)];
      if (b != a && alignment <= enemy) {
        hostile |= bit(b);
      } else if (b != a && alignment >= ally) {
        friendly |= bit(b);
      }
    }
    ActorMask& hostile_before = s.derived.hostile[at(a)];
    ActorMask& friendly_before = s.derived.friendly[at(a)];
    has_changed = has_changed || hostile != hostile_before || friendly != friendly_before;
    hostile_before = hostile;
    friendly_before = friendly;
  }
  return has_changed;
}

void derive_actors(const CompiledModel& model, State& s) {
  const War& war = model.war();
  Derived& d = s.derived;
  const bool has_fire = s.value(war.law(LawParameter::fire_on)) > 0;
  const double arms_gain = s.value(war.law(LawParameter::fire_arms_gain));
  const Day today = war.start + s.day;

  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    double arms = 0;
    double training = 0;
    double finance = 0;
    double intelligence = s.value(war.actor(a, ActorParameter::intelligence));
    double shared_intelligence = 0;
    for (const int row : model.sponsors_of(a)) {
      const Sponsor& sponsor = war.sponsors[at(row)];
      if (sponsor.from <= today && today <= sponsor.to) {
        finance += s.value(war.sponsor(row, SponsorParameter::finance));
        arms += s.value(war.sponsor(row, SponsorParameter::arms));
        training += s.value(war.sponsor(row, SponsorParameter::training));
        shared_intelligence += s.value(war.sponsor(row, SponsorParameter::intelligence));
      }
    }
    const double supply = s.value(war.actor(a, ActorParameter::supply)) * (1 + arms_gain * (arms + training));
    const double own_rate = s.value(war.actor(a, ActorParameter::kill_rate));
    const double passing = s.passing[at(a)];
    d.abstention[at(a)] =
        std::isnan(passing) ? s.value(war.command(model.command_of(a), CommandParameter::abstention)) : passing;
    const double losses = s.value(war.actor(a, ActorParameter::breakpoint));
    d.breakpoint[at(a)] = std::isnan(losses) ? kUnbounded : losses;
    d.concealment[at(a)] = s.value(war.actor(a, ActorParameter::concealment));
    d.intelligence[at(a)] = std::min(1.0, intelligence + shared_intelligence);
    const bool recruits = s.value(war.law(LawParameter::recruitment_on)) > 0;
    const double per_harm = recruits ? s.value(war.actor(a, ActorParameter::recruits_per_harm)) : 0;
    d.harm_recruits[at(a)] = per_harm;
    d.has_harm_recruits = d.has_harm_recruits || per_harm > 0;
    const double strength = std::max(1.0, s.first_fighters[at(a)]);
    d.backing[at(a)] = std::min(1.0, finance / strength) + arms + training + shared_intelligence;

    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      const bool is_enemy = (d.hostile[at(a)] & bit(b)) != 0;
      const double pair_rate = s.value(war.tie(a, b, TieParameter::kill_rate));
      d.kill[s.pair(a, b)] =
          has_fire && is_enemy && !model.is_air(b) ? (std::isnan(pair_rate) ? own_rate : pair_rate) * supply : 0;
      d.visibility[s.pair(a, b)] = s.value(war.tie(a, b, TieParameter::visibility));
      const double share = s.value(war.tie(a, b, TieParameter::share));
      d.fixed_share[s.pair(a, b)] = std::isnan(share) ? 0 : share;
    }
  }
  if (fire_timing(war, s) == FireTiming::turns) {
    order_turns(war, s);
  }
}

namespace {

void set_presence(State& s, PlaceIndex p, ActorMask mask) {
  bool is_contested = false;
  for (ActorMask rest = mask; rest != 0 && !is_contested; rest &= rest - 1) {
    is_contested = (s.derived.hostile[at(std::countr_zero(rest))] & mask) != 0;
  }
  s.present[at(p)] = mask;
  s.contested[at(p)] = is_contested;
  double& since = s.battle_since[at(p)];
  if (!is_contested) {
    since = kAbsent;
  } else if (std::isnan(since)) {
    since = s.day;
  }
}

}  // namespace

void refresh_place(State& s, PlaceIndex p) {
  ActorMask mask = 0;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    mask |= s.fighters[s.slot(p, a)] > 0 ? bit(a) : 0;
  }
  set_presence(s, p, mask);
}

void refresh_all_places(State& s) {
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    refresh_place(s, p);
    settle_control(s, p);
  }
}

void refresh_presence(State& s, PlaceIndex p, ActorIndex a) {
  const ActorMask before = s.present[at(p)];
  const ActorMask after = s.fighters[s.slot(p, a)] > 0 ? before | bit(a) : before & ~bit(a);
  if (after != before) {
    set_presence(s, p, after);
  }
}

double total_fighters(const State& s, ActorIndex a) {
  double total = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    total += s.fighters[s.slot(p, a)];
  }
  for (const Column& column : s.columns) {
    if (column.actor == a) {
      total += column.fighters;
    }
  }
  return total + underground_fighters(s, a);
}

double underground_fighters(const State& s, ActorIndex a) {
  double total = 0;
  for (PlaceIndex p = 0; p < s.n_places && !s.underground.empty(); ++p) {
    total += s.underground[s.slot(p, a)];
  }
  return total;
}

void total_fighters(const State& s, std::span<double> total) {
  std::fill(total.begin(), total.end(), 0);
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      total[at(a)] += s.fighters[s.slot(p, a)];
    }
  }
  for (PlaceIndex p = 0; p < s.n_places && !s.underground.empty(); ++p) {
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      total[at(a)] += s.underground[s.slot(p, a)];
    }
  }
  for (const Column& column : s.columns) {
    total[at(column.actor)] += column.fighters;
  }
}

namespace {

/// Shares a whole number out in proportion to weights, by largest cumulative rounding: the parts add up exactly.
void spread(double total, const std::vector<std::pair<PlaceIndex, double>>& weights, bool is_whole, ActorIndex a,
            State& s) {
  double sum = 0;
  for (const auto& [place, weight] : weights) {
    sum += weight;
  }
  if (sum <= 0 || total <= 0) {
    return;
  }
  double running = 0;
  double given = 0;
  for (const auto& [place, weight] : weights) {
    running += weight;
    const double upto = is_whole ? std::floor(total * running / sum + 0.5) : total * running / sum;
    s.fighters[s.slot(place, a)] += upto - given;
    given = upto;
  }
}

void place_first_forces(const CompiledModel& model, State& s, bool is_whole) {
  const War& war = model.war();
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    if (model.is_air(a)) {
      continue;
    }
    const double fraction = s.value(war.actor(a, ActorParameter::front_line_fraction));
    double everywhere = 0;
    double named = 0;
    for (const int row : model.first_forces()) {
      const Force& force = war.forces[at(row)];
      if (force.actor != a) {
        continue;
      }
      double fighters = s.value(war.force(row)) * fraction;
      fighters = is_whole ? std::floor(fighters + 0.5) : fighters;
      if (force.place == kEverywhere) {
        everywhere = fighters;
      } else {
        s.fighters[s.slot(force.place, a)] += fighters;
        named += fighters;  // a place whose force is known gets no share of the rest
      }
    }
    // Men stand where there is something to hold and somebody to hold it against. An actor whose command holds
    // nothing stands with its friends.
    std::vector<std::pair<PlaceIndex, double>> own;
    std::vector<std::pair<PlaceIndex, double>> friends;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      const int holder = s.control[at(p)];
      if (holder < 0 || !(s.derived.friendly[at(a)] & bit(holder)) || s.fighters[s.slot(p, a)] > 0) {
        continue;
      }
      double fronts = 0;
      for (const Neighbour& next : model.neighbours(p)) {
        const int other = s.control[at(next.place)];
        if (other >= 0 && (s.derived.hostile[at(a)] & bit(other))) {
          fronts += 1;
        }
      }
      const double weight = s.value(war.place(p, PlaceParameter::value)) * (1 + fronts);
      (model.command_of(holder) == model.command_of(a) ? own : friends).emplace_back(p, weight);
    }
    spread(std::max(0.0, everywhere - named), own.empty() ? friends : own, is_whole, a, s);
    double first = 0;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      first += s.fighters[s.slot(p, a)];
    }
    s.first_fighters[at(a)] = first;
  }
}

}  // namespace

void start_realization(const CompiledModel& model, State& s, bool is_whole) {
  const War& war = model.war();
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    const int holder = model.first_control()[at(p)];
    s.control[at(p)] = holder == kContested ? kNone : holder;
    s.held_since[at(p)] = -model.war().decision_interval_days;
    s.population[at(p)] = s.value(war.place(p, PlaceParameter::population));
    s.battle_since[at(p)] = kAbsent;
    s.taken_from[at(p)] = kNone;
    s.last_turn[at(p)] = kNone;
    s.place_losses[at(p)] = s.place_harm[at(p)] = s.place_changes[at(p)] = 0;
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      s.fighters[s.slot(p, a)] = 0;
      s.support[s.slot(p, a)] = 0;
      s.recent_harm[s.slot(p, a)] = 0;
    }
  }
  std::fill(s.country_losses.begin(), s.country_losses.end(), 0);
  std::fill(s.tallies.begin(), s.tallies.end(), 0);
  s.columns.clear();
  s.strikes.clear();
  s.next_column = 0;
  s.games = {};
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    for (auto* tally : {&s.first_fighters, &s.recent_gain, &s.gain_mark, &s.effort_total}) {
      (*tally)[at(a)] = 0;
    }
    s.passing[at(a)] = kAbsent;
    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      for (auto* tally : {&s.effort, &s.losses, &s.effort_days}) {
        (*tally)[s.pair(a, b)] = 0;
      }
    }
  }
  // `*` first, then the places named, whatever the order of the rows.
  for (const bool named : {false, true}) {
    for (const int row : model.first_support()) {
      const SupportRow& support = war.support[at(row)];
      const double share = s.value(war.support_row(row));
      if (named && support.place != kEverywhere) {
        s.support[s.slot(support.place, support.actor)] = share;
      } else if (!named && support.place == kEverywhere) {
        for (PlaceIndex p = 0; p < s.n_places; ++p) {
          s.support[s.slot(p, support.actor)] = share;
        }
      }
    }
  }
  draw_up_agenda(model, s);
  set_parameters_dated_before_start(model, s);
  derive_places(model, s);
  start_alignment(model, s);
  derive_relations(model, s);
  derive_actors(model, s);
  place_first_forces(model, s, is_whole);
  derive_actors(model, s);  // backing is relative to the first-day strength
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    refresh_place(s, p);
  }
}

}  // namespace truel::dynamics
