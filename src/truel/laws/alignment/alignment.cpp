#include "truel/laws/alignment/alignment.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "truel/laws/alignment/alignment_rules.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

/// What c does to a, relative to what all do to it and its own strength: 0 to 1.
double pressure(const State& s, std::span<const double> strength, ActorIndex c, ActorIndex a) {
  const auto weight = [&](ActorIndex x) {
    const bool is_enemy = (s.derived.hostile[x] & bit(a)) != 0;
    return is_enemy ? s.effort[s.pair(x, a)] * strength[at(x)] : 0;
  };
  const double own = weight(c);
  if (own <= 0) {
    return 0;
  }
  double all = strength[at(a)];
  for (ActorIndex x = 0; x < s.n_actors; ++x) {
    all += weight(x);
  }
  return own / all;
}

}  // namespace

bool Alignment::may_act(const CompiledModel& model) {
  return model.may_be_positive(number_of<Alignment>(on));
}

void Alignment::make_room(State& s) {
  AlignmentState& own = own_state<Alignment>(s);
  own.pull.assign(s.alignment.size(), 0);
  own.losses.assign(s.alignment.size(), 0);
  own.strength.assign(at(s.n_actors), 1);
  own.side.assign(at(s.n_actors), 1);
}

void Alignment::check(const War& war, Diagnostics& faults) {
  const auto parameter = [&](int k) -> const Parameter& {
    return war.parameters[at(war.law(number_of<Alignment>(k)))];
  };
  const Parameter& by_triads = parameter(triads);
  const Parameter& by_side = parameter(landscape);
  if (checked_greatest(by_triads.distribution) > 0 && checked_greatest(by_side.distribution) > 0) {
    const Parameter& later = by_triads.where.line > by_side.where.line ? by_triads : by_side;
    faults.push_back({later.where, "alignment moves by triads and by landscape at once",
                      "choose one of the two rules in [laws.alignment]"});
  }
  const Parameter& end = parameter(limit);
  if (end.is_given && checked_least(parameter(clip).distribution) > 0) {
    faults.push_back(
        {end.where, "a limit of alignments that are clipped", "write clip = false beside it, or remove the limit"});
  }
}

AlignmentRule alignment_rule(const CompiledModel& model, const State& s) {
  const War& war = model.war();
  const auto is_on = [&](LawParameter p) { return s.value(war.law(p)) > 0; };
  if (!Alignment::may_act(model) || !is_on(number_of<Alignment>(Alignment::on)) ||
      !std::isnan(own_state<Alignment>(s).end)) {
    return AlignmentRule::none;
  }
  return is_on(number_of<Alignment>(Alignment::triads))      ? AlignmentRule::triads
         : is_on(number_of<Alignment>(Alignment::landscape)) ? AlignmentRule::landscape
                                                             : AlignmentRule::terms;
}

bool Alignment::has_diverged(const CompiledModel& model, const State& s) {
  return Alignment::may_act(model) && !std::isnan(own_state<Alignment>(s).end) &&
         std::isnan(s.value(model.war().law(number_of<Alignment>(Alignment::limit))));
}

double scenario_alignment(const CompiledModel& model, const State& s, ActorIndex a, ActorIndex b) {
  const double given = s.value(model.war().alignment(a, b));
  if (!std::isnan(given)) {
    return given;
  }
  return a == b ? 0 : model.command_of(a) == model.command_of(b) ? 1 : model.war().default_alignment;
}

void Alignment::begin(const CompiledModel& model, State& s) {
  AlignmentState& own = own_state<Alignment>(s);
  const War& war = model.war();
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      s.alignment[s.pair(a, b)] = scenario_alignment(model, s, a, b);
    }
  }
  if (!Alignment::may_act(model)) {
    return;
  }
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    own.strength[a] = 1;
    own.side[a] = s.value(war.actor(a, ActorParameter::side)) < 0 ? -1 : 1;
    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      own.pull[s.pair(a, b)] = 0;
      own.losses[s.pair(a, b)] = 0;
    }
  }
  own.updates = 0;
  own.end = kAbsent;
  if (alignment_rule(model, s) == AlignmentRule::landscape) {
    align_by_side(s);
  }
}

bool take_alignment(const CompiledModel& model, State& s, int parameter) {
  const War& war = model.war();
  if (const auto [a, b] = war.alignment_pair(parameter); a != kNone) {
    s.set_alignment(a, b, s.value(parameter));
    return true;
  }
  for (ActorIndex a = 0; a < s.n_actors && Alignment::may_act(model); ++a) {
    if (parameter == war.actor(a, ActorParameter::side)) {
      own_state<Alignment>(s).side[a] = s.value(parameter) < 0 ? -1 : 1;
      if (alignment_rule(model, s) == AlignmentRule::landscape) {
        align_by_side(s);
        return true;
      }
    }
  }
  return parameter == war.law(LawParameter::ally_threshold) || parameter == war.law(LawParameter::enemy_threshold);
}

bool Alignment::steps_daily(const CompiledModel& model, const State& s, bool has_flow) {
  const AlignmentRule rule = alignment_rule(model, s);
  return rule != AlignmentRule::none && !(has_flow && rule == AlignmentRule::terms);
}

void Alignment::after_orders(const CompiledModel& model, State& s, const View& view) {
  if (alignment_rule(model, s) != AlignmentRule::terms) {
    return;
  }
  const War& war = model.war();
  const int n = s.n_actors;
  const double threat = s.value(war.law(number_of<Alignment>(Alignment::threat)));
  const double rivalry = s.value(war.law(number_of<Alignment>(Alignment::rivalry)));
  const double sponsors = s.value(war.law(number_of<Alignment>(Alignment::sponsors)));
  const Day today = war.start + s.day;

  std::array<double, kMaxActors> strength{};
  for (ActorIndex a = 0; a < n; ++a) {
    own_state<Alignment>(s).strength[a] = std::max(1.0, view.total[at(a)]);
    // An air arm presses with what it may kill until the next decision.
    strength[at(a)] = model.is_air(a)
                          ? s.value(war.actor(a, ActorParameter::sorties_per_day)) *
                                s.value(war.actor(a, ActorParameter::kills_per_sortie)) * war.decision_interval_days
                          : view.total[at(a)];
  }
  std::array<double, std::size_t{kMaxActors} * kMaxActors> pressed{};  // [by][actor]
  for (ActorIndex c = 0; c < n && threat > 0; ++c) {
    for (ActorIndex a = 0; a < n; ++a) {
      pressed[at(c * n + a)] = pressure(s, strength, c, a);
    }
  }
  const auto level = [&](int row) {
    const Sponsor& sponsor = war.sponsors[at(row)];
    if (today < sponsor.from || sponsor.to < today) {
      return 0.0;
    }
    const auto of = [&](SponsorParameter p) { return s.value(war.sponsor(row, p)); };
    const double men = std::max(1.0, s.tallies.first_fighters[sponsor.recipient]);
    return std::min(1.0, of(SponsorParameter::finance) / men + of(SponsorParameter::arms) +
                             of(SponsorParameter::training) + of(SponsorParameter::intelligence));
  };
  const auto shared_backing = [&](ActorIndex a, ActorIndex b) {
    double shared = 0;
    for (const int of_a : model.sponsors_of(a)) {
      shared += model.sponsor_actor(of_a) == b ? level(of_a) : 0;
      for (const int of_b : model.sponsors_of(b)) {
        const bool is_same = war.sponsors[at(of_a)].sponsor == war.sponsors[at(of_b)].sponsor;
        shared += is_same ? std::min(level(of_a), level(of_b)) : 0;
      }
    }
    for (const int of_b : model.sponsors_of(b)) {
      shared += model.sponsor_actor(of_b) == a ? level(of_b) : 0;
    }
    return std::min(1.0, shared);
  };

  for (ActorIndex a = 0; a < n; ++a) {
    for (ActorIndex b = a + 1; b < n; ++b) {
      double pull = 0;
      for (ActorIndex c = 0; c < n && threat > 0; ++c) {
        pull += threat * std::min(pressed[at(c * n + a)], pressed[at(c * n + b)]);
      }
      pull -=
          rivalry * (s.value(war.tie(a, b, TieParameter::rivalry)) + s.value(war.tie(b, a, TieParameter::rivalry))) / 2;
      pull += sponsors > 0 ? sponsors * shared_backing(a, b) : 0;
      own_state<Alignment>(s).pull[s.pair(a, b)] = own_state<Alignment>(s).pull[s.pair(b, a)] = pull;
    }
  }
}

void suffer_losses(const CompiledModel& model, State& s) {
  const double friction = s.value(model.war().law(number_of<Alignment>(Alignment::friction)));
  const bool has_clip = s.value(model.war().law(number_of<Alignment>(Alignment::clip))) > 0;
  const auto share = [&](ActorIndex by, ActorIndex whom) {
    const std::size_t pair = s.pair(by, whom);
    const double killed = s.tallies.losses[pair] - own_state<Alignment>(s).losses[pair];
    own_state<Alignment>(s).losses[pair] = s.tallies.losses[pair];
    return killed / own_state<Alignment>(s).strength[whom];
  };
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    for (ActorIndex b = a + 1; b < s.n_actors; ++b) {
      const double moved = s.alignment[s.pair(a, b)] - friction * (share(a, b) + share(b, a));
      s.set_alignment(a, b, has_clip ? std::clamp(moved, -1.0, 1.0) : moved);
    }
  }
}

}  // namespace truel::laws
