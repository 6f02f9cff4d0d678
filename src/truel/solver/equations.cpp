#include "truel/solver/equations.hpp"

#include <algorithm>
#include <cmath>

#include "truel/dynamics/breakpoint.hpp"
#include "truel/dynamics/defection.hpp"
#include "truel/dynamics/movement.hpp"
#include "truel/dynamics/recruitment.hpp"

namespace truel::solver {
namespace {

using dynamics::State;

/// A force that the equations still move. So small a value stands for "none, but not yet known to be gone": the rates
/// stay smooth through zero, which the root finder needs.
constexpr double kTrace = 1e-300;

double sum(const std::vector<Equations::Attack>& attacks) {
  double total = 0;
  for (const Equations::Attack& attack : attacks) {
    total += attack.rate;
  }
  return total;
}

double greatest_size(std::span<const double> values) {
  double greatest = 0;
  for (const double x : values) {
    greatest = std::max(greatest, std::abs(x));
  }
  return greatest;
}

}  // namespace

Equations::Equations(const dynamics::CompiledModel& model, const State& state)
    : model_(model), rates_(state), terms_(model) {}

template <class IsOne>
void Equations::add_strikes(const State& s, IsOne is_one, std::vector<Attack>& attacks) const {
  for (const dynamics::Strike& strike : s.strikes) {
    const double kills = is_one(strike) ? dynamics::strike_rate(model_, s, strike).kills : 0;
    if (kills > 0) {
      attacks.push_back({strike.air, kills});
    }
  }
}

std::vector<Equations::Attack> Equations::attacks_on(const State& s, PlaceIndex p, ActorIndex a, double time) {
  std::vector<Attack> attacks;
  if (!has_rounds_ && s.contested[at(p)]) {
    dynamics::fire_rates(model_, s, p, time, rates_);
    for (std::size_t k = 0; k < rates_.pairs.size(); ++k) {
      if (rates_.pairs[k].target == a && rates_.rate[k] > 0) {
        attacks.push_back({rates_.pairs[k].attacker, rates_.rate[k]});
      }
    }
  }
  add_strikes(
      s, [&](const dynamics::Strike& strike) { return strike.place == p && strike.target == a; }, attacks);
  return attacks;
}

std::vector<Equations::Attack> Equations::attacks_on(const State& s, const dynamics::Column& column) const {
  std::vector<Attack> attacks;
  add_strikes(
      s, [&](const dynamics::Strike& strike) { return strike.place == kNone && strike.column == column.id; }, attacks);
  return attacks;
}

void Equations::list_musters(State& s, double time) {
  musters_.clear();
  barred_.clear();
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    for (const dynamics::Muster& m : s.muster[at(a)]) {
      if (dynamics::recruitment_rate(s, a, m) > 0) {
        musters_.emplace_back(a, m);
        double& fighters = s.fighters[s.slot(m.place, a)];
        if (fighters <= kTrace) {
          fighters = kTrace;
          dynamics::refresh_place(s, m.place);
        }
      }
    }
  }
  for (std::size_t before = 0; before != musters_.size();) {
    before = musters_.size();
    gone_.clear();
    std::erase_if(musters_, [&](const auto& recruits) {
      const auto& [a, m] = recruits;
      if (s.fighters[s.slot(m.place, a)] > kTrace) {
        return false;
      }
      std::vector<Attack> attacks = attacks_on(s, m.place, a, time);
      if (sum(attacks) < m.per_day) {
        return false;
      }
      barred_.push_back({a, m.per_day, std::move(attacks)});
      gone_.emplace_back(m.place, a);
      return true;
    });
    for (const auto& [place, a] : gone_) {
      s.fighters[s.slot(place, a)] = 0;
      dynamics::refresh_place(s, place);
    }
  }
}

void Equations::list_defections(State& s) {
  defections_.clear();
  for (ActorIndex a = 0; a < s.n_actors && model_.may_defect(); ++a) {
    for (const dynamics::Lure& lure : s.lures[at(a)]) {
      if (!dynamics::is_barred(s, lure)) {
        defections_.emplace_back(a, lure);
      }
    }
  }
  const auto may_leave = [&](const auto& defection) {
    return s.fighters[s.slot(defection.second.from, defection.first)] > 0;
  };
  for (bool has_founded = true; has_founded;) {
    has_founded = false;
    for (const auto& defection : defections_) {
      const dynamics::Lure& lure = defection.second;
      double& joined = s.fighters[s.slot(lure.to, lure.whom)];
      if (joined <= 0 && may_leave(defection)) {
        joined = kTrace;
        dynamics::refresh_place(s, lure.to);
        has_founded = true;
      }
    }
  }
  std::erase_if(defections_, [&](const auto& defection) { return !may_leave(defection); });
}

void Equations::list(State& s, double time, bool has_rounds) {
  has_rounds_ = has_rounds;
  threshold_ = s.value(model_.war().law(LawParameter::extinction));
  list_musters(s, time);
  list_defections(s);
  forces_.clear();
  columns_.clear();
  fronts_.clear();
  force_at_.assign(at(s.n_places * s.n_actors), kNone);
  const auto force = [&](PlaceIndex p, ActorIndex a, bool can_vanish) {
    int& index = force_at_[at(p * s.n_actors + a)];
    if (index == kNone) {
      index = static_cast<int>(forces_.size());
      forces_.push_back({p, a, false});
    }
    forces_[at(index)].can_vanish = forces_[at(index)].can_vanish || can_vanish;
  };
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    const bool is_front = !has_rounds_ && s.contested[at(p)];
    if (is_front) {
      fronts_.push_back(p);
    }
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      if (s.fighters[s.slot(p, a)] > 0 && is_front) {
        force(p, a, true);
      }
    }
  }
  for (const dynamics::Strike& strike : s.strikes) {
    if (strike.place == kNone) {
      const dynamics::Column* column = dynamics::find_column(s, strike.column);
      if (column != nullptr && column->fighters > 0 &&
          std::find(columns_.begin(), columns_.end(), strike.column) == columns_.end()) {
        columns_.push_back(strike.column);
      }
    } else if (s.fighters[s.slot(strike.place, strike.target)] > 0) {
      force(strike.place, strike.target, true);
    }
  }
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    for (const dynamics::Unpaid& unpaid : s.unpaid[at(a)]) {
      if (s.fighters[s.slot(unpaid.place, a)] > 0) {
        force(unpaid.place, a, false);
      }
    }
  }
  for (const auto& [actor, m] : musters_) {
    force(m.place, actor, false);
  }
  for (const auto& [actor, lure] : defections_) {
    force(lure.from, actor, false);
    force(lure.to, lure.whom, false);
  }
  size_ = forces_.size() + columns_.size();
  list_tallies(s);
  list_breakpoints(s);
  list_alignment(s, time);
}

bool Equations::has_any() const {
  return !forces_.empty() || !columns_.empty() || !musters_.empty() || !barred_.empty() || moves_alignment_;
}

void Equations::list_tallies(const State& s) {
  const int n = s.n_actors;
  unknowns_ = size_;
  harm_places_ = fronts_;
  for (const dynamics::Strike& strike : s.strikes) {
    if (strike.place != kNone &&
        std::find(harm_places_.begin(), harm_places_.end(), strike.place) == harm_places_.end()) {
      harm_places_.push_back(strike.place);
    }
  }
  loss_at_.assign(at(n * n), kNone);
  deserted_at_.assign(at(n), kNone);
  recruited_at_.assign(at(n), kNone);
  defected_at_.assign(defections_.empty() ? 0 : at(n * n), kNone);
  harm_at_.assign(harm_places_.size() * at(n), kNone);
  const auto add = [&](int& index) {
    if (index == kNone) {
      index = static_cast<int>(unknowns_++);
    }
  };
  for (std::size_t k = 0; k < fronts_.size(); ++k) {
    const bool has_people = dynamics::people_around(model_, s, fronts_[k]) > 0;
    for (ActorIndex a = 0; a < n; ++a) {
      for (ActorIndex b = 0; b < n; ++b) {
        if (s.derived.kill[s.pair(a, b)] > 0 && s.fighters[s.slot(fronts_[k], a)] > 0 &&
            s.fighters[s.slot(fronts_[k], b)] > 0) {
          add(loss_at_[at(a * n + b)]);
          if (has_people) {
            add(harm_at_[k * at(n) + at(a)]);
            if (s.derived.harm_recruits[at(b)] > 0) {
              add(recruited_at_[at(b)]);
            }
          }
        }
      }
    }
  }
  for (const dynamics::Strike& strike : s.strikes) {
    add(loss_at_[at(strike.air * n + strike.target)]);
    if (strike.place != kNone && dynamics::people_around(model_, s, strike.place) > 0) {
      add(harm_at_[harm_place(strike.place) * at(n) + at(strike.air)]);
    }
  }
  for (ActorIndex a = 0; a < n; ++a) {
    if (!s.unpaid[at(a)].empty()) {
      add(deserted_at_[at(a)]);
    }
  }
  for (const auto& [actor, lure] : defections_) {
    add(defected_at_[at(actor * n + lure.whom)]);
  }
}

void Equations::list_breakpoints(const State& s) {
  constexpr double kRounding = 1e-9;
  breakable_.clear();
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    const double losses = s.derived.breakpoint[at(a)];
    if (std::isfinite(losses) && s.killed[at(a)] < losses * (1 - kRounding)) {
      breakable_.push_back({a, losses - s.killed[at(a)]});
    }
  }
}

void Equations::list_alignment(State& s, double time) {
  alignment_ = unknowns_;
  moves_alignment_ = dynamics::alignment_rule(model_, s) == dynamics::AlignmentRule::terms;
  if (!moves_alignment_) {
    return;
  }
  terms_.load(s);
  if (greatest_size(s.alignment) >= terms_.limit()) {  // the root finder only sees crossings
    s.alignment_end = time;
    moves_alignment_ = false;
    return;
  }
  unknowns_ += at(s.n_actors * s.n_actors);
}

std::size_t Equations::harm_place(PlaceIndex p) const {
  return static_cast<std::size_t>(std::find(harm_places_.begin(), harm_places_.end(), p) - harm_places_.begin());
}

void Equations::pack(const State& s, double* y) const {
  std::size_t k = 0;
  for (const Force& f : forces_) {
    y[k++] = s.fighters[s.slot(f.place, f.actor)];
  }
  for (const int id : columns_) {
    y[k++] = dynamics::find_column(s, id)->fighters;
  }
  std::fill(y + size_, y + alignment_, 0);
  std::copy(s.alignment.begin(), s.alignment.begin() + static_cast<std::ptrdiff_t>(unknowns_ - alignment_),
            y + alignment_);
}

void Equations::unpack_forces(const double* y, State& s, double least) const {
  std::size_t k = 0;
  for (const Force& f : forces_) {
    const double x = y[k++];
    s.fighters[s.slot(f.place, f.actor)] = x > kTrace ? x : least;
  }
  for (const int id : columns_) {
    const double x = y[k++];
    dynamics::find_column(s, id)->fighters = x > kTrace ? x : least;
  }
}

void Equations::unpack_tallies(const double* y, double days, State& s) const {
  const int n = s.n_actors;
  for (ActorIndex a = 0; a < n; ++a) {
    for (ActorIndex b = 0; b < n; ++b) {
      if (const int k = loss_at_[at(a * n + b)]; k != kNone) {
        s.losses[s.pair(a, b)] += y[at(k)];
        s.killed[at(b)] += y[at(k)];
      }
    }
    if (const int k = deserted_at_[at(a)]; k != kNone) {
      s.deserted[at(a)] += y[at(k)];
    }
    if (const int k = recruited_at_[at(a)]; k != kNone) {
      s.recruited[at(a)] += y[at(k)];
    }
    for (std::size_t p = 0; p < harm_places_.size(); ++p) {
      if (const int k = harm_at_[p * at(n) + at(a)]; k != kNone) {
        s.harm[at(a)] += y[at(k)];
        s.recent_harm[s.slot(harm_places_[p], a)] += y[at(k)];
      }
    }
  }
  for (std::size_t pair = 0; pair < defected_at_.size(); ++pair) {
    if (const int k = defected_at_[pair]; k != kNone) {
      s.defected[pair / at(n)] += y[at(k)];
      s.joined[pair % at(n)] += y[at(k)];
    }
  }
  for (const auto& [actor, m] : musters_) {
    s.recruited[at(actor)] += m.per_day * days;
  }
  for (const Barred& barred : barred_) {
    const double came = barred.per_day * days;
    s.recruited[at(barred.actor)] += came;
    s.killed[at(barred.actor)] += came;
    for (const Attack& attack : barred.attacks) {
      s.losses[s.pair(attack.by, barred.actor)] += came * attack.rate / sum(barred.attacks);
    }
  }
}

void Equations::unpack_alignment(const double* y, State& s) const {
  for (std::size_t i = alignment_; i < unknowns_; ++i) {
    s.alignment[i - alignment_] = terms_.has_clip() ? std::clamp(y[i], -1.0, 1.0) : y[i];
  }
}

void Equations::slope(State& s, double time, const double* y, double* dy) {
  const int n = s.n_actors;
  unpack_forces(y, s, kTrace);
  std::fill(dy, dy + unknowns_, 0);
  const auto kill = [&](ActorIndex by, ActorIndex whom, std::size_t unknown, double rate) {
    dy[unknown] -= rate;
    dy[at(loss_at_[at(by * n + whom)])] += rate;
  };
  const auto harm = [&](ActorIndex by, std::size_t place, double rate) {
    if (const int k = harm_at_[place * at(n) + at(by)]; k != kNone) {
      dy[at(k)] += rate;
    }
  };
  for (std::size_t k = 0; k < fronts_.size(); ++k) {
    dynamics::fire_rates(model_, s, fronts_[k], time, rates_);
    for (std::size_t pair = 0; pair < rates_.pairs.size(); ++pair) {
      const auto& [attacker, target] = rates_.pairs[pair];
      if (rates_.rate[pair] > 0) {
        kill(attacker, target, at(force_at_[at(fronts_[k] * n + target)]), rates_.rate[pair]);
      }
    }
    for (int i = 0; i < rates_.n; ++i) {
      harm(rates_.who[at(i)], k, rates_.harm[at(i)]);
      const ActorIndex a = rates_.who[at(i)];
      if (s.derived.has_harm_recruits && recruited_at_[at(a)] != kNone) {
        dy[at(force_at_[at(fronts_[k] * n + a)])] += rates_.recruits[at(i)];
        dy[at(recruited_at_[at(a)])] += rates_.recruits[at(i)];
      }
    }
  }
  for (const dynamics::Strike& strike : s.strikes) {
    const dynamics::StrikeRate rate = dynamics::strike_rate(model_, s, strike);
    if (rate.kills <= 0) {
      continue;
    }
    if (strike.place == kNone) {
      const auto column = std::find(columns_.begin(), columns_.end(), strike.column) - columns_.begin();
      kill(strike.air, strike.target, forces_.size() + static_cast<std::size_t>(column), rate.kills);
    } else {
      kill(strike.air, strike.target, at(force_at_[at(strike.place * n + strike.target)]), rate.kills);
      harm(strike.air, harm_place(strike.place), rate.harm);
    }
  }
  for (const auto& [actor, m] : musters_) {
    dy[at(force_at_[at(m.place * n + actor)])] += m.per_day;
  }
  for (ActorIndex a = 0; a < n; ++a) {
    const double delta = s.value(model_.war().actor(a, ActorParameter::desertion_per_day));
    for (const dynamics::Unpaid& unpaid : s.unpaid[at(a)]) {
      if (const int k = force_at_[at(unpaid.place * n + a)]; k != kNone) {
        const double rate = dynamics::desertion_rate(s, a, unpaid, delta);
        dy[at(k)] -= rate;
        dy[at(deserted_at_[at(a)])] += rate;
      }
    }
  }
  for (const auto& [actor, lure] : defections_) {
    const double rate = lure.per_day * s.fighters[s.slot(lure.from, actor)];
    dy[at(force_at_[at(lure.from * n + actor)])] -= rate;
    dy[at(force_at_[at(lure.to * n + lure.whom)])] += rate;
    dy[at(defected_at_[at(actor * n + lure.whom)])] += rate;
  }
  if (moves_alignment_) {
    add_alignment_slope(y, dy);
  }
}

void Equations::add_alignment_slope(const double* y, double* dy) {
  const std::size_t pairs = unknowns_ - alignment_;
  loss_per_day_.assign(pairs, 0);
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    if (loss_at_[pair] != kNone) {
      loss_per_day_[pair] = dy[at(loss_at_[pair])];
    }
  }
  for (const Barred& barred : barred_) {
    for (const Attack& attack : barred.attacks) {
      loss_per_day_[at(attack.by * model_.n_actors() + barred.actor)] +=
          barred.per_day * attack.rate / sum(barred.attacks);
    }
  }
  terms_.slope({y + alignment_, pairs}, loss_per_day_, {dy + alignment_, pairs});
}

double Equations::alignment_size(const double* y) const {
  return greatest_size({y + alignment_, unknowns_ - alignment_});
}

void Equations::roots(const double* y, double* out) const {
  for (std::size_t k = 0; k < size_; ++k) {
    out[k] = can_vanish(k) ? y[k] - threshold_ : 1;
  }
  if (moves_alignment_) {
    out[alignment_root()] = terms_.limit() - alignment_size(y);
  }
  for (std::size_t b = 0; b < breakable_.size(); ++b) {
    double left = breakable_[b].losses;
    for (ActorIndex by = 0; by < model_.n_actors(); ++by) {
      const int k = loss_at_[at(by * model_.n_actors() + breakable_[b].actor)];
      left -= k == kNone ? 0 : y[k];
    }
    out[size_ + b] = left;
  }
}

std::optional<ActorIndex> Equations::take_gone(State& s, const double* y, double time) {
  for (std::size_t k = 0; k < size_; ++k) {
    if (can_vanish(k) && y[k] <= threshold_ && y[k] > kTrace) {
      return vanish(s, k, time);
    }
  }
  return std::nullopt;
}

std::vector<ActorIndex> Equations::reach_roots(State& s, std::span<const int> found, double time) {
  std::vector<ActorIndex> hit;
  for (std::size_t k = 0; k < size_; ++k) {
    if (found[k] != 0) {
      hit.push_back(vanish(s, k, time));
    }
  }
  for (std::size_t b = 0; b < breakable_.size(); ++b) {
    if (found[size_ + b] != 0) {
      dynamics::leave_war(s, breakable_[b].actor);
      hit.push_back(breakable_[b].actor);
    }
  }
  if (moves_alignment_ && found[alignment_root()] != 0) {
    s.alignment_end = time;
  }
  return hit;
}

void Equations::settle(State& s) const {
  for (const Force& f : forces_) {
    dynamics::refresh_place(s, f.place);
    dynamics::settle_control(s, f.place);
  }
}

ActorIndex Equations::vanish(State& s, std::size_t k, double time) {
  const bool is_force = k < forces_.size();
  dynamics::Column* column = is_force ? nullptr : dynamics::find_column(s, columns_[k - forces_.size()]);
  const ActorIndex a = is_force ? forces_[k].actor : column->actor;
  double& fighters = is_force ? s.fighters[s.slot(forces_[k].place, a)] : column->fighters;
  const std::vector<Attack> attacks = is_force ? attacks_on(s, forces_[k].place, a, time) : attacks_on(s, *column);
  for (const Attack& attack : attacks) {
    s.losses[s.pair(attack.by, a)] += fighters * attack.rate / sum(attacks);
  }
  const double fallen = fighters;
  s.killed[at(a)] += fallen;
  fighters = 0;
  if (is_force) {
    dynamics::refresh_place(s, forces_[k].place);
    dynamics::settle_control(s, forces_[k].place);
  }
  if (dynamics::breaks(s, a, fallen)) {
    dynamics::leave_war(s, a);
  }
  return a;
}

}  // namespace truel::solver
