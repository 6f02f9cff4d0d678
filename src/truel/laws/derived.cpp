#include "truel/laws/derived.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <compare>

#include "truel/base/math.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {

void derive_places(const CompiledModel& model, State& s) {
  const War& war = model.war();
  const double vital_km = s.value(war.law(number_of<Priority>(Priority::vital_km)));
  for (int l = 0; l < static_cast<int>(war.links.size()); ++l) {
    s.derived.closeness[at(l)] = math::exp(-s.value(war.link(l, LinkParameter::road_km)) / vital_km);
  }
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    const int terrain = war.places[at(p)].terrain;
    const double cover = terrain == kNone ? 0 : s.value(war.terrain(terrain, TerrainParameter::cover));
    const double fortification = s.value(war.place(p, PlaceParameter::fortification));
    s.derived.exposure[p] = (1 - cover) * (1 - fortification);
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
    RandomStream lots(s.seed, s.run, 0, Fire::kTurns, static_cast<std::uint32_t>(a));
    order[at(a)] = {s.value(war.actor(a, ActorParameter::turn)), lots.uniform(), a};
  }
  std::sort(order.begin(), order.begin() + s.n_actors);
  for (int position = 0; position < s.n_actors; ++position) {
    s.derived.turn[at(position)] = order[at(position)].actor;
  }
}

}  // namespace

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
    ActorMask& hostile_before = s.derived.hostile[a];
    ActorMask& friendly_before = s.derived.friendly[a];
    has_changed = has_changed || hostile != hostile_before || friendly != friendly_before;
    hostile_before = hostile;
    friendly_before = friendly;
  }
  return has_changed;
}

void derive_actors(const CompiledModel& model, State& s) {
  const War& war = model.war();
  DerivedValues& d = s.derived;
  const bool has_fire = s.value(war.law(number_of<Fire>(Fire::on))) > 0;
  const double arms_gain = s.value(war.law(number_of<Fire>(Fire::arms_gain)));
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
    const double passing = own_state<BestResponse>(s).passing[a];
    d.abstention[a] =
        std::isnan(passing) ? s.value(war.command(model.command_of(a), CommandParameter::abstention)) : passing;
    const double losses = s.value(war.actor(a, ActorParameter::breakpoint));
    d.breakpoint[a] = std::isnan(losses) ? kUnbounded : losses;
    d.concealment[a] = s.value(war.actor(a, ActorParameter::concealment));
    d.intelligence[a] = std::min(1.0, intelligence + shared_intelligence);
    const bool recruits = s.value(war.law(number_of<Recruitment>(Recruitment::on))) > 0;
    const double per_harm = recruits ? s.value(war.actor(a, ActorParameter::recruits_per_harm)) : 0;
    d.harm_recruits[a] = per_harm;
    d.has_harm_recruits = d.has_harm_recruits || per_harm > 0;
    const double strength = std::max(1.0, s.tallies.first_fighters[a]);
    d.backing[a] = std::min(1.0, finance / strength) + arms + training + shared_intelligence;

    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      const bool is_enemy = (d.hostile[a] & bit(b)) != 0;
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

}  // namespace truel::laws
