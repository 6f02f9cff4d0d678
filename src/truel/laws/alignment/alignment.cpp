#include "truel/laws/alignment/alignment.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "truel/laws/alignment/alignment_rules.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

/// The coefficients of Dormand and Prince (1980), order 5 with an embedded solution of order 4. The last row is the
/// step itself; its slope is the first of the next step.
constexpr int kStages = 7;
constexpr std::array<std::array<double, kStages - 1>, kStages> kStage{{
    {},
    {1.0 / 5},
    {3.0 / 40, 9.0 / 40},
    {44.0 / 45, -56.0 / 15, 32.0 / 9},
    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
    {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84},
}};
constexpr std::array<double, kStages> kError{71.0 / 57600,      0,          -71.0 / 16695, 71.0 / 1920,
                                             -17253.0 / 339200, 22.0 / 525, -1.0 / 40};

constexpr double kTolerance = 1e-9;
constexpr double kLeastStep = 1e-14;  // of the stretch; only a solution that blows up needs a smaller one

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
  s.alignment_pull.assign(s.alignment.size(), 0);
  s.alignment_losses.assign(s.alignment.size(), 0);
  s.alignment_strength.assign(at(s.n_actors), 1);
  s.side.assign(at(s.n_actors), 1);
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
  if (!Alignment::may_act(model) || !is_on(number_of<Alignment>(Alignment::on)) || !std::isnan(s.alignment_end)) {
    return AlignmentRule::none;
  }
  return is_on(number_of<Alignment>(Alignment::triads))      ? AlignmentRule::triads
         : is_on(number_of<Alignment>(Alignment::landscape)) ? AlignmentRule::landscape
                                                             : AlignmentRule::terms;
}

bool Alignment::has_diverged(const CompiledModel& model, const State& s) {
  return Alignment::may_act(model) && !std::isnan(s.alignment_end) &&
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
    s.alignment_strength[a] = 1;
    s.side[a] = s.value(war.actor(a, ActorParameter::side)) < 0 ? -1 : 1;
    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      s.alignment_pull[s.pair(a, b)] = 0;
      s.alignment_losses[s.pair(a, b)] = 0;
    }
  }
  s.alignment_updates = 0;
  s.alignment_end = kAbsent;
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
      s.side[a] = s.value(parameter) < 0 ? -1 : 1;
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
    s.alignment_strength[a] = std::max(1.0, view.total[at(a)]);
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
    const double men = std::max(1.0, s.first_fighters[sponsor.recipient]);
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
      s.alignment_pull[s.pair(a, b)] = s.alignment_pull[s.pair(b, a)] = pull;
    }
  }
}

void suffer_losses(const CompiledModel& model, State& s) {
  const double friction = s.value(model.war().law(number_of<Alignment>(Alignment::friction)));
  const bool has_clip = s.value(model.war().law(number_of<Alignment>(Alignment::clip))) > 0;
  const auto share = [&](ActorIndex by, ActorIndex whom) {
    const std::size_t pair = s.pair(by, whom);
    const double killed = s.losses[pair] - s.alignment_losses[pair];
    s.alignment_losses[pair] = s.losses[pair];
    return killed / s.alignment_strength[whom];
  };
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    for (ActorIndex b = a + 1; b < s.n_actors; ++b) {
      const double moved = s.alignment[s.pair(a, b)] - friction * (share(a, b) + share(b, a));
      s.set_alignment(a, b, has_clip ? std::clamp(moved, -1.0, 1.0) : moved);
    }
  }
}

AlignmentTerms::AlignmentTerms(const CompiledModel& model)
    : model_(model), n_(model.n_actors()), pull_(at(n_ * n_)), strength_(at(n_), 1) {}

void AlignmentTerms::load(const State& s) {
  const War& war = model_.war();
  const auto constant = [&](LawParameter p) { return s.value(war.law(p)); };
  balance_ = constant(number_of<Alignment>(Alignment::balance));
  friction_ = constant(number_of<Alignment>(Alignment::friction));
  has_clip_ = constant(number_of<Alignment>(Alignment::clip)) > 0;
  const double limit = constant(number_of<Alignment>(Alignment::limit));
  limit_ = has_clip_ ? kUnbounded : std::isnan(limit) ? kDiverged : limit;
  for (ActorIndex a = 0; a < n_; ++a) {
    strength_[at(a)] = s.alignment_strength[a];
    for (ActorIndex b = 0; b < n_; ++b) {
      pull_[at(a * n_ + b)] = s.alignment_pull[s.pair(a, b)];
    }
  }
}

void AlignmentTerms::slope(std::span<const double> alignment, std::span<const double> losses,
                           std::span<double> slope) const {
  const auto value = [&](ActorIndex a, ActorIndex b) {
    const double x = alignment[at(a * n_ + b)];
    return has_clip_ ? std::clamp(x, -1.0, 1.0) : x;
  };
  for (ActorIndex a = 0; a < n_; ++a) {
    for (ActorIndex b = a; b < n_; ++b) {
      double sum = 0;
      for (ActorIndex c = 0; c < n_ && balance_ > 0; ++c) {
        sum += value(a, c) * value(c, b);
      }
      double moved = balance_ * sum;
      if (a != b) {
        const double shares = losses[at(a * n_ + b)] / strength_[at(b)] + losses[at(b * n_ + a)] / strength_[at(a)];
        moved += pull_[at(a * n_ + b)] - friction_ * shares;
      }
      const double x = alignment[at(a * n_ + b)];
      if (has_clip_ && ((x >= 1 && moved > 0) || (x <= -1 && moved < 0))) {
        moved = 0;
      }
      slope[at(a * n_ + b)] = slope[at(b * n_ + a)] = moved;
    }
  }
}

AlignmentMover::AlignmentMover(const CompiledModel& model) : model_(model), terms_(model) {
  const std::size_t size = Alignment::may_act(model) ? at(model.n_actors()) * at(model.n_actors()) : 0;
  for (auto* v : {&now_, &tried_, &losses_}) {
    v->assign(size, 0);
  }
  slopes_.assign(kStages, std::vector<double>(size, 0));
}

bool AlignmentMover::reaches_limit(std::span<const double> alignment) const {
  return std::any_of(alignment.begin(), alignment.end(), [&](double x) { return !(std::abs(x) < terms_.limit()); });
}

bool AlignmentMover::advance(State& s, int from, int until) {
  switch (alignment_rule(model_, s)) {
    case AlignmentRule::none:
      break;
    case AlignmentRule::triads:
      for (int day = from; day < until; ++day) {
        update_triads(model_, s, day);
      }
      break;
    case AlignmentRule::landscape:
      for (int day = from; day < until; ++day) {
        update_sides(model_, s, day);
      }
      break;
    case AlignmentRule::terms:
      integrate(s, from, until);
      break;
  }
  return !Alignment::has_diverged(model_, s);
}

void AlignmentMover::integrate(State& s, double from, double until) {
  const int n = s.n_actors;
  terms_.load(s);
  for (ActorIndex a = 0; a < n; ++a) {
    for (ActorIndex b = 0; b < n; ++b) {
      const std::size_t pair = s.pair(a, b);
      now_[at(a * n + b)] = s.alignment[pair];
      losses_[at(a * n + b)] = (s.losses[pair] - s.alignment_losses[pair]) / (until - from);
      s.alignment_losses[pair] = s.losses[pair];
    }
  }
  const std::size_t size = now_.size();
  const auto clip = [&](double x) { return terms_.has_clip() ? std::clamp(x, -1.0, 1.0) : x; };
  double time = from;
  double step = until - from;
  terms_.slope(now_, losses_, slopes_[0]);
  while (time < until && !reaches_limit(now_)) {
    step = std::min(step, until - time);
    double error = 0;
    if (terms_.has_balance()) {
      for (int stage = 1; stage < kStages; ++stage) {
        for (std::size_t i = 0; i < size; ++i) {
          double sum = 0;
          for (int k = 0; k < stage; ++k) {
            sum += kStage[at(stage)][at(k)] * slopes_[at(k)][i];
          }
          tried_[i] = now_[i] + step * sum;
        }
        terms_.slope(tried_, losses_, slopes_[at(stage)]);
      }
      for (std::size_t i = 0; i < size; ++i) {
        double sum = 0;
        for (int k = 0; k < kStages; ++k) {
          sum += kError[at(k)] * slopes_[at(k)][i];
        }
        const double scale = kTolerance * (1 + std::abs(now_[i]));
        error = std::max(error, std::isfinite(tried_[i]) ? std::abs(step * sum) / scale : kUnbounded);
      }
      if (!(error <= 1)) {
        step *= std::isfinite(error) ? std::max(0.2, 0.9 * std::pow(error, -0.2)) : 0.2;
        if (step < kLeastStep * (until - from)) {
          break;  // the solution goes to infinity before the next number that can be told from this time
        }
        continue;
      }
    } else {
      for (std::size_t i = 0; i < size; ++i) {
        tried_[i] = now_[i] + step * slopes_[0][i];  // exact: nothing depends on alignment itself
      }
    }
    time = step < until - time ? time + step : until;
    std::transform(tried_.begin(), tried_.end(), now_.begin(), clip);
    terms_.slope(now_, losses_, slopes_[0]);
    step *= error > 0 ? std::min(5.0, 0.9 * std::pow(error, -0.2)) : 5.0;
  }
  if (time < until || reaches_limit(now_)) {
    s.alignment_end = time;
  }
  for (ActorIndex a = 0; a < n; ++a) {
    for (ActorIndex b = 0; b < n; ++b) {
      s.alignment[s.pair(a, b)] = now_[at(a * n + b)];
    }
  }
}

}  // namespace truel::laws
