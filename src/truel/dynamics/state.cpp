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

State::State(const CompiledModel& model, int lanes)
    : width(lanes),
      n_actors(model.n_actors()),
      n_places(model.n_places()),
      n_parameters(static_cast<int>(model.war().parameters.size())) {
  const std::size_t w = at(width);
  const std::size_t n = at(n_actors);
  const std::size_t q = at(n_places);
  for (auto* v : {&fighters, &support, &recent_harm}) {
    v->assign(q * n * w, 0);
  }
  if (model.may_go_underground()) {
    underground.assign(q * n * w, 0);
  }
  population.assign(q * w, 0);
  control.assign(q * w, kNone);
  held_since.assign(q * w, 0);
  taken_from.assign(q * w, kNone);
  last_turn.assign(q * w, kNone);
  battle_since.assign(q * w, kAbsent);
  present.assign(q * w, 0);
  contested.assign(q * w, 0);
  for (auto* v :
       {&alignment, &effort, &losses, &effort_days, &derived.kill, &derived.visibility, &derived.fixed_share}) {
    v->assign(n * n * w, 0);
  }
  for (auto* v : {&recruited, &arrived, &joined, &deserted, &defected, &left, &killed, &harm, &first_fighters,
                  &recent_gain, &gain_mark, &effort_total, &passing, &derived.abstention, &derived.breakpoint,
                  &derived.concealment, &derived.intelligence, &derived.harm_recruits, &derived.backing}) {
    v->assign(n * w, 0);
  }
  derived.exposure.assign(q * w, 1);
  derived.closeness.assign(model.war().links.size() * w, 0);
  derived.turn.assign(n * w, 0);
  derived.hostile.assign(n * w, 0);
  derived.friendly.assign(n * w, 0);
  if (model.moves_alignment()) {
    alignment_pull.assign(n * n * w, 0);
    alignment_losses.assign(n * n * w, 0);
    alignment_strength.assign(n * w, 1);
    side.assign(n * w, 1);
    alignment_updates.assign(w, 0);
    alignment_end.assign(w, kAbsent);
  }
  columns.resize(w);
  strikes.resize(w);
  for (std::size_t l = 0; l < w; ++l) {
    columns[l].reserve(256);
    strikes[l].reserve(64);
  }
  muster.resize(n * w);
  unpaid.resize(n * w);
  lures.resize(n * w);
  games.assign(w, {});
  next_column.assign(w, 0);
  run.assign(w, 0);
  journal.assign(w, nullptr);
  values.assign(model.war().parameters.size() * w, 0);
}

void derive_places(const CompiledModel& model, State& s, int lane) {
  const War& war = model.war();
  const double vital_km = s.value(war.law(LawParameter::priority_vital_km), lane);
  for (int l = 0; l < static_cast<int>(war.links.size()); ++l) {
    s.derived.closeness[s.one(l, lane)] = std::exp(-s.value(war.link(l, LinkParameter::road_km), lane) / vital_km);
  }
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    const int terrain = war.places[at(p)].terrain;
    const double cover = terrain == kNone ? 0 : s.value(war.terrain(terrain, TerrainParameter::cover), lane);
    const double fortification = s.value(war.place(p, PlaceParameter::fortification), lane);
    s.derived.exposure[s.one(p, lane)] = (1 - cover) * (1 - fortification);
  }
}

namespace {

/// Actors by their number, equals by a lot that a realization draws once.
void order_turns(const War& war, State& s, int lane) {
  struct Place {
    double turn, lot;
    ActorIndex actor;
    auto operator<=>(const Place&) const = default;
  };
  std::array<Place, kMaxActors> order;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    RandomStream lots(s.seed, s.run[at(lane)], 0, Purpose::turns, static_cast<std::uint32_t>(a));
    order[at(a)] = {s.value(war.actor(a, ActorParameter::turn), lane), lots.uniform(), a};
  }
  std::sort(order.begin(), order.begin() + s.n_actors);
  for (int position = 0; position < s.n_actors; ++position) {
    s.derived.turn[s.one(position, lane)] = order[at(position)].actor;
  }
}

}  // namespace

Doctrine doctrine(const War& war, const State& s, CommandIndex command, int lane) {
  return static_cast<Doctrine>(std::lround(s.value(war.command(command, CommandParameter::doctrine), lane)));
}

FireTiming fire_timing(const War& war, const State& s, int lane) {
  return static_cast<FireTiming>(std::lround(s.value(war.law(LawParameter::fire_timing), lane)));
}

bool derive_relations(const CompiledModel& model, State& s, int lane) {
  const War& war = model.war();
  const double ally = s.value(war.law(LawParameter::ally_threshold), lane);
  const double enemy = s.value(war.law(LawParameter::enemy_threshold), lane);
  bool has_changed = false;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    ActorMask hostile = 0;
    ActorMask friendly = bit(a);
    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      const double alignment = s.alignment[s.pair(a, b, lane)];
      if (b != a && alignment <= enemy) {
        hostile |= bit(b);
      } else if (b != a && alignment >= ally) {
        friendly |= bit(b);
      }
    }
    ActorMask& hostile_before = s.derived.hostile[s.one(a, lane)];
    ActorMask& friendly_before = s.derived.friendly[s.one(a, lane)];
    has_changed = has_changed || hostile != hostile_before || friendly != friendly_before;
    hostile_before = hostile;
    friendly_before = friendly;
  }
  return has_changed;
}

void derive_actors(const CompiledModel& model, State& s, int lane) {
  const War& war = model.war();
  Derived& d = s.derived;
  const bool has_fire = s.value(war.law(LawParameter::fire_on), lane) > 0;
  const double arms_gain = s.value(war.law(LawParameter::fire_arms_gain), lane);
  const Day today = war.start + s.day;

  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    double arms = 0;
    double training = 0;
    double finance = 0;
    double intelligence = s.value(war.actor(a, ActorParameter::intelligence), lane);
    double shared_intelligence = 0;
    for (const int row : model.sponsors_of(a)) {
      const Sponsor& sponsor = war.sponsors[at(row)];
      if (sponsor.from <= today && today <= sponsor.to) {
        finance += s.value(war.sponsor(row, SponsorParameter::finance), lane);
        arms += s.value(war.sponsor(row, SponsorParameter::arms), lane);
        training += s.value(war.sponsor(row, SponsorParameter::training), lane);
        shared_intelligence += s.value(war.sponsor(row, SponsorParameter::intelligence), lane);
      }
    }
    const double supply = s.value(war.actor(a, ActorParameter::supply), lane) * (1 + arms_gain * (arms + training));
    const double own_rate = s.value(war.actor(a, ActorParameter::kill_rate), lane);
    const double passing = s.passing[s.one(a, lane)];
    d.abstention[s.one(a, lane)] =
        std::isnan(passing) ? s.value(war.command(model.command_of(a), CommandParameter::abstention), lane) : passing;
    const double losses = s.value(war.actor(a, ActorParameter::breakpoint), lane);
    d.breakpoint[s.one(a, lane)] = std::isnan(losses) ? kUnbounded : losses;
    d.concealment[s.one(a, lane)] = s.value(war.actor(a, ActorParameter::concealment), lane);
    d.intelligence[s.one(a, lane)] = std::min(1.0, intelligence + shared_intelligence);
    const bool recruits = s.value(war.law(LawParameter::recruitment_on), lane) > 0;
    const double per_harm = recruits ? s.value(war.actor(a, ActorParameter::recruits_per_harm), lane) : 0;
    d.harm_recruits[s.one(a, lane)] = per_harm;
    d.has_harm_recruits = d.has_harm_recruits || per_harm > 0;
    const double strength = std::max(1.0, s.first_fighters[s.one(a, lane)]);
    d.backing[s.one(a, lane)] = std::min(1.0, finance / strength) + arms + training + shared_intelligence;

    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      const bool is_enemy = (d.hostile[s.one(a, lane)] & bit(b)) != 0;
      const double pair_rate = s.value(war.tie(a, b, TieParameter::kill_rate), lane);
      d.kill[s.pair(a, b, lane)] =
          has_fire && is_enemy && !model.is_air(b) ? (std::isnan(pair_rate) ? own_rate : pair_rate) * supply : 0;
      d.visibility[s.pair(a, b, lane)] = s.value(war.tie(a, b, TieParameter::visibility), lane);
      const double share = s.value(war.tie(a, b, TieParameter::share), lane);
      d.fixed_share[s.pair(a, b, lane)] = std::isnan(share) ? 0 : share;
    }
  }
  if (fire_timing(war, s, lane) == FireTiming::turns) {
    order_turns(war, s, lane);
  }
}

namespace {

void set_presence(State& s, PlaceIndex p, ActorMask mask, int lane) {
  bool is_contested = false;
  for (ActorMask rest = mask; rest != 0 && !is_contested; rest &= rest - 1) {
    is_contested = (s.derived.hostile[s.one(std::countr_zero(rest), lane)] & mask) != 0;
  }
  s.present[s.one(p, lane)] = mask;
  s.contested[s.one(p, lane)] = is_contested;
  double& since = s.battle_since[s.one(p, lane)];
  if (!is_contested) {
    since = kAbsent;
  } else if (std::isnan(since)) {
    since = s.day;
  }
}

}  // namespace

void refresh_place(State& s, PlaceIndex p, int lane) {
  ActorMask mask = 0;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    mask |= s.fighters[s.slot(p, a, lane)] > 0 ? bit(a) : 0;
  }
  set_presence(s, p, mask, lane);
}

void refresh_all_places(State& s, int lane) {
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    refresh_place(s, p, lane);
    settle_control(s, p, lane);
  }
}

void refresh_presence(State& s, PlaceIndex p, ActorIndex a, int lane) {
  const ActorMask before = s.present[s.one(p, lane)];
  const ActorMask after = s.fighters[s.slot(p, a, lane)] > 0 ? before | bit(a) : before & ~bit(a);
  if (after != before) {
    set_presence(s, p, after, lane);
  }
}

bool is_quiet(const CompiledModel& model, const State& s) {
  const auto none = [](const auto& lists) {
    return std::all_of(lists.begin(), lists.end(), [](const auto& list) { return list.empty(); });
  };
  return !model.moves_alignment() &&
         std::all_of(s.contested.begin(), s.contested.end(), [](std::uint8_t c) { return c == 0; }) &&
         none(s.columns) && none(s.strikes) && none(s.muster) && none(s.unpaid) &&
         (!model.may_defect() || none(s.lures));
}

double total_fighters(const State& s, ActorIndex a, int lane) {
  double total = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    total += s.fighters[s.slot(p, a, lane)];
  }
  for (const Column& column : s.columns[at(lane)]) {
    if (column.actor == a) {
      total += column.fighters;
    }
  }
  return total + underground_fighters(s, a, lane);
}

double underground_fighters(const State& s, ActorIndex a, int lane) {
  double total = 0;
  for (PlaceIndex p = 0; p < s.n_places && !s.underground.empty(); ++p) {
    total += s.underground[s.slot(p, a, lane)];
  }
  return total;
}

void total_fighters(const State& s, int lane, std::span<double> total) {
  std::fill(total.begin(), total.end(), 0);
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      total[at(a)] += s.fighters[s.slot(p, a, lane)];
    }
  }
  for (PlaceIndex p = 0; p < s.n_places && !s.underground.empty(); ++p) {
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      total[at(a)] += s.underground[s.slot(p, a, lane)];
    }
  }
  for (const Column& column : s.columns[at(lane)]) {
    total[at(column.actor)] += column.fighters;
  }
}

namespace {

/// Shares a whole number out in proportion to weights, by largest cumulative rounding: the parts add up exactly.
void spread(double total, const std::vector<std::pair<PlaceIndex, double>>& weights, bool is_whole, ActorIndex a,
            int lane, State& s) {
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
    s.fighters[s.slot(place, a, lane)] += upto - given;
    given = upto;
  }
}

void place_first_forces(const CompiledModel& model, State& s, int lane, bool is_whole) {
  const War& war = model.war();
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    if (model.is_air(a)) {
      continue;
    }
    const double fraction = s.value(war.actor(a, ActorParameter::front_line_fraction), lane);
    double everywhere = 0;
    double named = 0;
    for (const int row : model.first_forces()) {
      const Force& force = war.forces[at(row)];
      if (force.actor != a) {
        continue;
      }
      double fighters = s.value(war.force(row), lane) * fraction;
      fighters = is_whole ? std::floor(fighters + 0.5) : fighters;
      if (force.place == kEverywhere) {
        everywhere = fighters;
      } else {
        s.fighters[s.slot(force.place, a, lane)] += fighters;
        named += fighters;  // a place whose force is known gets no share of the rest
      }
    }
    // Men stand where there is something to hold and somebody to hold it against. An actor whose command holds
    // nothing stands with its friends.
    std::vector<std::pair<PlaceIndex, double>> own;
    std::vector<std::pair<PlaceIndex, double>> friends;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      const int holder = s.control[s.one(p, lane)];
      if (holder < 0 || !(s.derived.friendly[s.one(a, lane)] & bit(holder)) || s.fighters[s.slot(p, a, lane)] > 0) {
        continue;
      }
      double fronts = 0;
      for (const Neighbour& next : model.neighbours(p)) {
        const int other = s.control[s.one(next.place, lane)];
        if (other >= 0 && (s.derived.hostile[s.one(a, lane)] & bit(other))) {
          fronts += 1;
        }
      }
      const double weight = s.value(war.place(p, PlaceParameter::value), lane) * (1 + fronts);
      (model.command_of(holder) == model.command_of(a) ? own : friends).emplace_back(p, weight);
    }
    spread(std::max(0.0, everywhere - named), own.empty() ? friends : own, is_whole, a, lane, s);
    double first = 0;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      first += s.fighters[s.slot(p, a, lane)];
    }
    s.first_fighters[s.one(a, lane)] = first;
  }
}

}  // namespace

void start_lane(const CompiledModel& model, State& s, int lane, bool is_whole) {
  const War& war = model.war();
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    const int holder = model.first_control()[at(p)];
    s.control[s.one(p, lane)] = holder == kContested ? kNone : holder;
    s.held_since[s.one(p, lane)] = -model.war().decision_interval_days;
    s.population[s.one(p, lane)] = s.value(war.place(p, PlaceParameter::population), lane);
    s.battle_since[s.one(p, lane)] = kAbsent;
    s.taken_from[s.one(p, lane)] = kNone;
    s.last_turn[s.one(p, lane)] = kNone;
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      s.fighters[s.slot(p, a, lane)] = 0;
      s.support[s.slot(p, a, lane)] = 0;
      s.recent_harm[s.slot(p, a, lane)] = 0;
    }
  }
  s.columns[at(lane)].clear();
  s.strikes[at(lane)].clear();
  s.next_column[at(lane)] = 0;
  s.games[at(lane)] = {};
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    for (auto* tally : {&s.recruited, &s.arrived, &s.joined, &s.deserted, &s.defected, &s.left, &s.killed, &s.harm,
                        &s.first_fighters, &s.recent_gain, &s.gain_mark, &s.effort_total}) {
      (*tally)[s.one(a, lane)] = 0;
    }
    s.passing[s.one(a, lane)] = kAbsent;
    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      for (auto* tally : {&s.effort, &s.losses, &s.effort_days}) {
        (*tally)[s.pair(a, b, lane)] = 0;
      }
    }
  }
  // `*` first, then the places named, whatever the order of the rows.
  for (const bool named : {false, true}) {
    for (const int row : model.first_support()) {
      const SupportRow& support = war.support[at(row)];
      const double share = s.value(war.support_row(row), lane);
      if (named && support.place != kEverywhere) {
        s.support[s.slot(support.place, support.actor, lane)] = share;
      } else if (!named && support.place == kEverywhere) {
        for (PlaceIndex p = 0; p < s.n_places; ++p) {
          s.support[s.slot(p, support.actor, lane)] = share;
        }
      }
    }
  }
  set_parameters_dated_before_start(model, s, lane);
  derive_places(model, s, lane);
  start_alignment(model, s, lane);
  derive_relations(model, s, lane);
  derive_actors(model, s, lane);
  place_first_forces(model, s, lane, is_whole);
  derive_actors(model, s, lane);  // backing is relative to the first-day strength
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    refresh_place(s, p, lane);
  }
}

}  // namespace truel::dynamics
