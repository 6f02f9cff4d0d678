#include "truel/laws/underground/underground.hpp"

#include <algorithm>
#include <cmath>

#include "truel/base/math.hpp"
#include "truel/laws/contest.hpp"
#include "truel/laws/defence.hpp"
#include "truel/laws/laws.hpp"
#include "truel/world/casualties.hpp"
#include "truel/world/presence.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {
namespace {

bool is_on(const CompiledModel& model, const State& s) {
  return Underground::may_act(model) && s.value(model.war().law(number_of<Underground>(Underground::on))) > 0;
}

void note(State& s, const EventInfo& event, ActorIndex a, PlaceIndex p, ActorIndex other, double fighters,
          const EventCause& cause) {
  if (Journal* journal = s.journal; journal != nullptr && fighters > 0) {
    journal->events.push_back({s.day, event.kind, a, p, other, fighters, &cause});
  }
}

/// Those who look for an actor's men at a place, and how fast each side of them finds one of these.
struct Search {
  std::array<double, kMaxActors> per_day{};  ///< [actor]
  double sum = 0;
};

Search search_for(const CompiledModel& model, const State& s, PlaceIndex p, ActorIndex a) {
  const War& war = model.war();
  const ActorMask police = s.derived.hostile[a] & s.present[p];
  Search search;
  const double garrison = fighters_at(s, p, police);
  const double people = s.population[p];
  const double full = people / 1000 * s.value(war.law(number_of<Underground>(Underground::police_per_1000)));
  const double hidden = people > 0 ? s.derived.concealment[a] * s.support[s.slot(p, a)] : 0;
  for (ActorMask rest = police; rest != 0; rest &= rest - 1) {
    const ActorIndex b = first_of(rest);
    const double seen = 1 - hidden * (1 - s.derived.intelligence[b]);
    search.per_day[at(b)] = s.value(war.actor(b, ActorParameter::policing_per_day)) * seen * s.fighters[s.slot(p, b)] /
                            std::max(garrison, full);
    search.sum += search.per_day[at(b)];
  }
  return search;
}

void police_one(const CompiledModel& model, State& s, PlaceIndex p, ActorIndex a, double days, bool is_whole) {
  double& men = s.underground[s.slot(p, a)];
  const Search search = search_for(model, s, p, a);
  const double joining = s.value(model.war().actor(a, ActorParameter::underground_recruitment_per_day)) *
                         s.support[s.slot(p, a)] * s.population[p] * days;
  const double stay = math::exp(-search.sum * days);
  // Of those who join at any moment of the interval, the part that is not found before its end.
  const double new_stay = search.sum > 0 ? -math::expm1(-search.sum * days) / (search.sum * days) : 1;
  RandomStream random(s.seed, s.run, static_cast<std::uint32_t>(s.day), Underground::kPurpose,
                      static_cast<std::uint32_t>(p * s.n_actors + a));
  const double joined = is_whole ? random.poisson(joining) : joining;
  const double kept =
      is_whole ? random.binomial(men, stay) + random.binomial(joined, new_stay) : men * stay + joined * new_stay;
  double found = men + joined - kept;
  const double dead = found;
  men = kept;
  s.tally(outcome_of<Recruitment>(Recruitment::recruited), a) += joined;
  s.tally(ActorOutcome::killed, a) += found;
  double left = search.sum;
  for (ActorIndex b = 0; b < s.n_actors && found > 0; ++b) {
    const double rate = search.per_day[at(b)];
    if (rate <= 0) {
      continue;
    }
    const double chance = rate >= left ? 1 : rate / left;
    const double by_b = is_whole ? random.binomial(found, chance) : found * chance;
    book_losses(model, s, p, b, a, by_b);
    found -= by_b;
    left -= rate;
  }
  after_losses(s, a, dead);
}

}  // namespace

bool Underground::may_act(const CompiledModel& model) {
  return model.may_be_positive(number_of<Underground>(on));
}

void Underground::make_room(State& s) {
  s.underground.assign(s.fighters.size(), 0);
}

double go_underground(const CompiledModel& model, State& s, PlaceIndex p, ActorIndex a, bool is_whole) {
  if (!is_on(model, s)) {
    return 0;
  }
  double& men = s.fighters[s.slot(p, a)];
  double gone = men * s.value(model.war().actor(a, ActorParameter::underground_share));
  gone = is_whole ? std::floor(gone + 0.5) : gone;
  if (gone <= 0) {
    return 0;
  }
  men -= gone;
  s.underground[s.slot(p, a)] += gone;
  refresh_presence(s, p, a);
  note(s, Underground::kGoesUnderground, a, p, kNone, gone, Underground::kCannotHold);
  return gone;
}

void police(const CompiledModel& model, State& s, double days, bool is_whole) {
  if (!is_on(model, s)) {
    return;
  }
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      if (s.underground[s.slot(p, a)] > 0) {
        police_one(model, s, p, a, days, is_whole);
      }
    }
  }
}

void surface(const CompiledModel& model, State& s) {
  if (!is_on(model, s)) {
    return;
  }
  const War& war = model.war();
  const double exponent = contest_exponent(war, s);
  const double least_win_probability = s.value(war.law(number_of<Underground>(Underground::surfacing_odds)));
  const double least_men = s.value(war.law(number_of<Underground>(Underground::surfacing_fighters)));
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    // All look at the place as it is before any of them rises.
    std::array<const EventCause*, kMaxActors> why{};
    bool some_rise = false;
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      const double men = s.underground[s.slot(p, a)];
      if (men <= 0) {
        continue;
      }
      const ActorIndex holder = s.control[p];
      const ActorMask friends = s.derived.friendly[a];
      const ActorMask enemies = s.derived.hostile[a];
      if (holder >= 0 && ((friends | enemies) & bit(holder)) == 0) {
        continue;  // under the rule of a side that is neither, there is nobody to rise against
      }
      double ours = men;
      double theirs = 0;
      for (ActorMask rest = s.present[p]; rest != 0; rest &= rest - 1) {
        const ActorIndex b = first_of(rest);
        const double here = s.fighters[s.slot(p, b)];
        ours += (friends & bit(b)) != 0 ? here : 0;
        theirs += (enemies & bit(b)) != 0 ? here : 0;
      }
      const bool is_free = is_one_of(holder, friends) && theirs <= 0;
      const double cover = is_one_of(holder, enemies) ? exposure(model, s, p) : 1;
      if (!is_free && (men < least_men || win_probability(ours, theirs / cover, exponent) < least_win_probability)) {
        continue;
      }
      why[at(a)] = is_free ? &Underground::kFriendlyHands : &Underground::kWeakGarrison;
      some_rise = true;
    }
    for (ActorIndex a = 0; a < s.n_actors && some_rise; ++a) {
      if (why[at(a)] == nullptr) {
        continue;
      }
      double& men = s.underground[s.slot(p, a)];
      s.fighters[s.slot(p, a)] += men;
      note(s, Underground::kSurfaces, a, p, s.control[p], men, *why[at(a)]);
      men = 0;
      refresh_presence(s, p, a);
    }
    if (some_rise) {
      settle_control(s, p);
    }
  }
}

}  // namespace truel::laws
