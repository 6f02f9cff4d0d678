#include "truel/solver/steppers/mean_field_equations.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "truel/world/casualties.hpp"
#include "truel/world/marches.hpp"
#include "truel/world/presence.hpp"

namespace truel::solver {
namespace {

/// A force that the equations still move. So small a value stands for "none, but not yet known to be gone": the rates
/// stay smooth through zero, which the root finder needs.
constexpr double kTrace = 1e-300;

/// A law that can find its rates anew for less where only numbers of fighters have changed.
template <class Law>
constexpr bool kRenews = requires(const CompiledModel& model, const State& s, typename Law::Cell& cell) {
  Law::renew_rates(model, s, int{}, double{}, cell);
};

double sum(const std::vector<Equations::Attack>& attacks) {
  double total = 0;
  for (const Equations::Attack& attack : attacks) {
    total += attack.rate;
  }
  return total;
}

/// Whether a decision or a dated change may look back at who was killed or harmed.
bool looks_back(const CompiledModel& model) {
  const War& war = model.war();
  const int support = war.law(laws::number_of<laws::Support>(laws::Support::on));
  return laws::Alignment::may_act(model) || !war.interventions.empty() || model.medians()[at(support)] > 0;
}

}  // namespace

Equations::Equations(const CompiledModel& model, const State& state, bool counts_all)
    : model_(model),
      counts_all_(counts_all || looks_back(model)),
      known_(laws::LawsBetweenDecisions::each<LastGroup>(state)),
      drifts_(laws::Drifts::each<FlowingDrift>(model)) {}

struct Equations::ForceList {
  Equations& of;
  const State& s;

  void force(PlaceIndex p, ActorIndex a, bool may_vanish) {
    int& index = of.force_at_[at(p * s.n_actors + a)];
    if (index == kNone) {
      index = static_cast<int>(of.forces_.size());
      of.forces_.push_back({p, a, false});
    }
    of.forces_[at(index)].can_vanish = of.forces_[at(index)].can_vanish || may_vanish;
  }
  void march(int id) {
    const March* march = find_march(s, id);
    if (march != nullptr && march->fighters > 0 &&
        std::find(of.marches_.begin(), of.marches_.end(), id) == of.marches_.end()) {
      of.marches_.push_back(id);
    }
  }
  void place(PlaceIndex) {}
  void loss(PlaceIndex, ActorIndex, ActorIndex) {}
  void harm(PlaceIndex, ActorIndex) {}
  void counted(ActorOutcome, ActorIndex) {}
  void crossing(ActorIndex, ActorIndex) {}
};

struct Equations::TallyList {
  Equations& of;
  int n_actors;

  void force(PlaceIndex, ActorIndex, bool) {}
  void march(int) {}
  void place(PlaceIndex p) {
    int& index = of.place_at_[at(p)];
    if (index == kNone) {
      index = static_cast<int>(of.places_.size());
      of.places_.push_back(p);
      of.loss_at_.resize(of.places_.size() * at(n_actors * n_actors), kNone);
      of.harm_at_.resize(of.places_.size() * at(n_actors), kNone);
    }
  }
  void loss(PlaceIndex p, ActorIndex by, ActorIndex whom) {
    add(of.loss_at_[at((of.place_at_[at(p)] * n_actors + by) * n_actors + whom)]);
  }
  void harm(PlaceIndex p, ActorIndex by) { add(of.harm_at_[at(of.place_at_[at(p)] * n_actors + by)]); }
  void counted(ActorOutcome o, ActorIndex a) { add(of.counted_at_[at(static_cast<int>(o) * n_actors + a)]); }
  void crossing(ActorIndex a, ActorIndex whom) { add(of.crossing_at_[at(a * n_actors + whom)]); }
  void add(int& index) {
    if (index == kNone) {
      index = static_cast<int>(of.unknowns_++);
    }
  }
};

template <class IsHit>
std::vector<Equations::Attack> Equations::attacks(const State& s, PlaceIndex place, double time, IsHit is_hit) {
  std::vector<Attack> attacks;
  laws::LawsBetweenDecisions::for_each([&]<class Law>() {
    if constexpr (Law::kKills) {
      const bool is_there = Law::kScope == laws::Scope::place;
      const int last = !acts<Law>() ? 0 : is_there ? place + 1 : Law::groups(s);
      for (int g = is_there ? std::max<int>(place, 0) : 0; g < last; ++g) {
        if (!Law::is_open(s, g)) {
          continue;
        }
        auto& found = known<Law>().cell;
        Law::update_rates(model_, s, g, time, found);
        for (std::size_t k = 0; k < Law::size(found); ++k) {
          const laws::Effect effect = Law::effect(s, g, found, k);
          if (effect.killer != kNone && Law::rate(found, k) > 0 && is_hit(effect)) {
            attacks.push_back({effect.killer, Law::rate(found, k)});
          }
        }
      }
    }
  });
  return attacks;
}

std::vector<Equations::Attack> Equations::attacks_on(const State& s, PlaceIndex p, ActorIndex a, double time) {
  return attacks(s, p, time, [&](const laws::Effect& effect) {
    return effect.march == kNone && effect.place == p && effect.who == a;
  });
}

std::vector<Equations::Attack> Equations::attacks_on(const State& s, const March& march, double time) {
  return attacks(s, kNone, time, [&](const laws::Effect& effect) { return effect.march == march.id; });
}

template <class F>
void Equations::for_each_founding(const State& s, F&& f) {
  laws::LawsBetweenDecisions::for_each([&]<class Law>() {
    if constexpr (Law::kMayFound) {
      for (int g = 0; acts<Law>() && g < Law::groups(s); ++g) {
        if (Law::is_open(s, g)) {
          Law::founds(s, g, f);
        }
      }
    }
  });
}

void Equations::drop_traces(State& s) {
  const auto is_trace = [](double fighters) { return fighters > 0 && fighters <= kTrace; };
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    bool has_trace = false;
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      double& fighters = s.fighters[s.slot(p, a)];
      if (is_trace(fighters)) {
        fighters = 0;
        has_trace = true;
      }
    }
    if (has_trace) {
      refresh_place(s, p);
      settle_control(s, p);
    }
  }
  for (March& march : s.marches) {
    march.fighters = is_trace(march.fighters) ? 0 : march.fighters;
  }
}

void Equations::found_by_arrivals(State& s, double time) {
  arrivals_.clear();
  barred_.clear();
  for_each_founding(s, [&](const laws::Effect& effect, double per_day) {
    if (effect.who == kNone) {
      arrivals_.push_back({effect, per_day});
    }
  });
  for (const auto& [effect, per_day] : arrivals_) {
    double& fighters = s.fighters[s.slot(effect.to, effect.joins)];
    if (fighters <= kTrace) {
      fighters = kTrace;
      refresh_place(s, effect.to);
    }
  }
  for (std::size_t before = 0; before != arrivals_.size();) {
    before = arrivals_.size();
    gone_.clear();
    std::erase_if(arrivals_, [&](const Arrival& arrival) {
      const laws::Effect& effect = arrival.effect;
      if (s.fighters[s.slot(effect.to, effect.joins)] > kTrace) {
        return false;
      }
      std::vector<Attack> attacks = attacks_on(s, effect.to, effect.joins, time);
      if (sum(attacks) < arrival.per_day) {
        return false;
      }
      barred_.push_back({arrival, std::move(attacks)});
      gone_.emplace_back(effect.to, effect.joins);
      return true;
    });
    for (const auto& [place, a] : gone_) {
      s.fighters[s.slot(place, a)] = 0;
      refresh_place(s, place);
    }
  }
}

void Equations::found_by_crossings(State& s) {
  std::vector<laws::Effect> open;  // as the forces stand before any is founded
  for_each_founding(s, [&](const laws::Effect& effect, double) {
    if (effect.who != kNone) {
      open.push_back(effect);
    }
  });
  for (bool has_founded = !open.empty(); has_founded;) {
    has_founded = false;
    for (const laws::Effect& effect : open) {
      double& joined = s.fighters[s.slot(effect.to, effect.joins)];
      if (joined <= 0 && s.fighters[s.slot(effect.place, effect.who)] > 0) {
        joined = kTrace;
        refresh_place(s, effect.to);
        has_founded = true;
      }
    }
  }
}

void Equations::list(State& s, double time, bool has_rounds) {
  has_rounds_ = has_rounds;
  has_rates_ = false;
  threshold_ = s.value(model_.war().law(LawParameter::extinction));
  drop_traces(s);
  found_by_arrivals(s, time);
  found_by_crossings(s);
  list_forces(s);
  list_limits(s);
  std::apply([&](auto&... drift) { (drift.flow.begin(s, time), ...); }, drifts_);
  list_tallies(s);
  first_of_drifts_ = unknowns_;
  std::apply(
      [&](auto&... drift) {
        ((drift.first = unknowns_, unknowns_ += drift.flow.is_moving() ? drift.flow.unknowns() : 0), ...);
      },
      drifts_);
}

bool Equations::has_any() const {
  bool is_moving = false;
  for_each_moving([&](const auto&) { is_moving = true; });
  return !forces_.empty() || !marches_.empty() || !arrivals_.empty() || !barred_.empty() || is_moving;
}

std::size_t Equations::n_roots() const {
  std::size_t n = size_ + limits_.size();
  for_each_moving([&](const auto&) { ++n; });
  return n;
}

void Equations::list_forces(const State& s) {
  forces_.clear();
  marches_.clear();
  force_at_.assign(at(s.n_places * s.n_actors), kNone);
  ForceList list{*this, s};
  for (const bool may_found : {false, true}) {  // forces that are only founded come last
    laws::LawsBetweenDecisions::for_each([&]<class Law>() {
      const int n = acts<Law>() && Law::kMayFound == may_found ? Law::groups(s) : 0;
      for (int g = 0; g < n; ++g) {
        if (Law::is_open(s, g)) {
          Law::unknowns(model_, s, g, list);
        }
      }
    });
  }
  for (Force& f : forces_) {
    if (s.fighters[s.slot(f.place, f.actor)] == kTrace) {
      f.can_vanish = f.can_vanish && std::any_of(arrivals_.begin(), arrivals_.end(), [&](const Arrival& arrival) {
                       return arrival.effect.to == f.place && arrival.effect.joins == f.actor;
                     });
    }
  }
  size_ = forces_.size() + marches_.size();
}

void Equations::list_tallies(const State& s) {
  const int n = s.n_actors;
  unknowns_ = size_;
  places_.clear();
  place_at_.assign(at(s.n_places), kNone);
  loss_at_.clear();
  harm_at_.clear();
  crossing_at_.assign(at(n * n), kNone);
  counted_at_.assign(at(n_actor_outcomes() * n), kNone);
  has_tallies_ = counts_all_ || !limits_.empty();
  for_each_moving([&](const auto&) { has_tallies_ = true; });
  if (!has_tallies_) {
    return;
  }
  TallyList list{*this, n};
  laws::LawsBetweenDecisions::for_each([&]<class Law>() {
    for (int g = 0; acts<Law>() && g < Law::groups(s); ++g) {
      if (Law::is_open(s, g)) {
        Law::unknowns(model_, s, g, list);
      }
    }
  });
}

void Equations::list_limits(const State& s) {
  limits_.clear();
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    laws::for_each_limit_of_losses(s, a, [&](auto give_in, double losses) {
      if (losses > 0 && std::isfinite(losses)) {
        limits_.push_back({a, losses, give_in});
      }
    });
  }
}

int Equations::tally_of(const laws::Effect& e) const {
  const int n = model_.n_actors();
  if (e.killer != kNone) {
    return loss_at_[at((place_at_[at(e.place)] * n + e.killer) * n + e.who)];
  }
  if (e.who != kNone && e.joins != kNone) {
    return crossing_at_[at(e.who * n + e.joins)];
  }
  return counted_at_[at(static_cast<int>(e.counted) * n + (e.who != kNone ? e.who : e.joins))];
}

void Equations::pack(const State& s, double* y) const {
  std::size_t k = 0;
  for (const Force& f : forces_) {
    y[k++] = s.fighters[s.slot(f.place, f.actor)];
  }
  for (const int id : marches_) {
    y[k++] = find_march(s, id)->fighters;
  }
  std::fill(y + size_, y + first_of_drifts_, 0);
  for_each_moving([&](const auto& drift) { drift.flow.pack(s, y + drift.first); });
}

void Equations::unpack_forces(const double* y, State& s, double least) const {
  std::size_t k = 0;
  for (const Force& f : forces_) {
    const double x = y[k++];
    s.fighters[s.slot(f.place, f.actor)] = x > kTrace ? x : least;
  }
  for (const int id : marches_) {
    const double x = y[k++];
    find_march(s, id)->fighters = x > kTrace ? x : least;
  }
}

void Equations::unpack_magnitudes(const double* y, State& s) const {
  std::size_t k = 0;
  for (const Force& f : forces_) {
    s.fighters[s.slot(f.place, f.actor)] = std::max(std::abs(y[k++]), kTrace);
  }
  for (const int id : marches_) {
    find_march(s, id)->fighters = std::max(std::abs(y[k++]), kTrace);
  }
}

double Equations::share_beyond_all(const double* y, std::size_t p, ActorIndex a) const {
  const int k = force_of(places_[p], a);
  if (k == kNone || y[k] >= 0) {
    return 0;
  }
  const int n = model_.n_actors();
  double dead = 0;
  for (ActorIndex by = 0; by < n; ++by) {
    const int loss = loss_at_[(p * at(n) + at(by)) * at(n) + at(a)];
    dead += loss == kNone ? 0 : y[at(loss)];
  }
  return dead > 0 ? std::min(1.0, -y[k] / dead) : 0;
}

void Equations::unpack_tallies(const double* y, double days, State& s) const {
  const int n = s.n_actors;
  for (ActorIndex a = 0; a < n; ++a) {
    for (const ActorOutcomeInfo& info : actor_outcomes()) {
      if (const int k = counted_at_[at(static_cast<int>(info.outcome) * n + a)]; k != kNone) {
        s.tally(info.outcome, a) += y[at(k)];
      }
    }
    for (std::size_t p = 0; p < places_.size(); ++p) {
      if (const int k = harm_at_[p * at(n) + at(a)]; k != kNone) {
        book_harm(s, places_[p], a, y[at(k)]);
      }
      for (ActorIndex b = 0; b < n; ++b) {
        if (const int k = loss_at_[(p * at(n) + at(a)) * at(n) + at(b)]; k != kNone) {
          const double dead = y[at(k)] * (1 - share_beyond_all(y, p, b));
          book_losses(model_, s, places_[p], a, b, dead);
          s.tally(ActorOutcome::killed, b) += dead;
        }
      }
    }
  }
  for (std::size_t pair = 0; pair < crossing_at_.size(); ++pair) {
    if (const int k = crossing_at_[pair]; k != kNone) {
      s.tally(laws::outcome_of<laws::Defection>(laws::Defection::defected), static_cast<ActorIndex>(pair / at(n))) +=
          y[at(k)];
      s.tally(laws::outcome_of<laws::Defection>(laws::Defection::joined), static_cast<ActorIndex>(pair % at(n))) +=
          y[at(k)];
    }
  }
  for (const auto& [effect, per_day] : arrivals_) {
    s.tally(effect.counted, effect.joins) += per_day * days;
  }
  for (const auto& [arrival, attacks] : barred_) {
    const laws::Effect& effect = arrival.effect;
    const double came = arrival.per_day * days;
    s.tally(effect.counted, effect.joins) += came;
    s.tally(ActorOutcome::killed, effect.joins) += came;
    for (const Attack& attack : attacks) {
      book_losses(model_, s, effect.to, attack.by, effect.joins, came * attack.rate / sum(attacks));
    }
  }
}

void Equations::unpack_drifts(const double* y, State& s) const {
  for_each_moving([&](const auto& drift) { drift.flow.unpack(y + drift.first, s); });
}

bool Equations::end_beyond_doubt(const double* y, State& s, double time) const {
  bool has_ended = false;
  for_each_moving([&](const auto& drift) {
    if (drift.flow.is_beyond_doubt(y + drift.first)) {
      drift.flow.unpack(y + drift.first, s);
      drift.flow.end(s, time);
      has_ended = true;
    }
  });
  return has_ended;
}

Equations::Transfer Equations::moved_by(const laws::Effect& e, bool is_steady) const {
  Transfer moved{.is_known = true};
  if (e.march != kNone) {
    moved.from =
        static_cast<int>(forces_.size() + static_cast<std::size_t>(
                                              std::find(marches_.begin(), marches_.end(), e.march) - marches_.begin()));
  } else if (e.who != kNone) {
    moved.from = force_of(e.place, e.who);
  }
  if (!has_tallies_) {
    moved.by = e.killer != kNone && e.place != kNone ? force_of(e.place, e.killer) : moved.from;
  }
  moved.to = e.joins == kNone ? kNone : force_of(e.to, e.joins);
  const bool is_counted = !is_steady && has_tallies_;
  moved.tally = is_counted ? tally_of(e) : kNone;
  if ((e.who != kNone && moved.from == kNone) || (e.joins != kNone && moved.to == kNone) ||
      (is_counted && moved.tally == kNone)) {
    return {.is_known = true};  // nobody is there to go, or those who come are barred
  }
  return moved;
}

void Equations::slope(State& s, double time, const double* y, double* dy) {
  if (has_tallies_) {
    unpack_forces(y, s, kTrace);
  } else {
    unpack_magnitudes(y, s);
  }
  std::fill(dy, dy + unknowns_, 0);
  laws::LawsBetweenDecisions::for_each([&]<class Law>() {
    auto& [found, moved] = known<Law>();
    const int groups = acts<Law>() ? Law::groups(s) : 0;
    for (int g = 0; g < groups; ++g) {
      if (!Law::is_open(s, g)) {
        continue;
      }
      bool is_renewed = false;
      if constexpr (kRenews<Law>) {
        is_renewed = has_rates_ && groups == 1;  // what is known is of the last group
        if (is_renewed) {
          Law::renew_rates(model_, s, g, time, found);
        }
      }
      if (!is_renewed) {
        Law::update_rates(model_, s, g, time, found);
      }
      const std::size_t size = Law::size(found);
      if (!is_renewed) {
        moved.assign(size, {});
      }
      for (std::size_t k = 0; k < size; ++k) {
        if (const double rate = Law::rate(found, k); rate > 0) {
          if (!moved[k].is_known) {
            moved[k] = moved_by(Law::effect(s, g, found, k), Law::kIsSteady);
          }
          moved[k].add(rate, y, dy);
        }
      }
      const auto add_harm = [&](PlaceIndex p, ActorIndex by, double persons_per_day) {
        if (const int k = harm_at_[at(place_at_[at(p)] * s.n_actors + by)]; k != kNone) {
          dy[at(k)] += persons_per_day;
        }
      };
      if (has_tallies_) {
        Law::harm(s, g, found, add_harm);
      }
    }
  });
  has_rates_ = true;
  if (unknowns_ > first_of_drifts_) {
    add_drift_slopes(y, dy);
  }
}

void Equations::add_drift_slopes(const double* y, double* dy) {
  const std::size_t pairs = at(model_.n_actors()) * at(model_.n_actors());
  loss_per_day_.assign(pairs, 0);
  for (std::size_t k = 0; k < loss_at_.size(); ++k) {
    if (loss_at_[k] != kNone) {
      loss_per_day_[k % pairs] += dy[at(loss_at_[k])];
    }
  }
  for (const auto& [arrival, attacks] : barred_) {
    for (const Attack& attack : attacks) {
      loss_per_day_[at(attack.by * model_.n_actors() + arrival.effect.joins)] +=
          arrival.per_day * attack.rate / sum(attacks);
    }
  }
  for_each_moving([&](const auto& drift) { drift.flow.slope(y + drift.first, loss_per_day_, dy + drift.first); });
}

void Equations::roots(const double* y, double* out) const {
  for (std::size_t k = 0; k < size_; ++k) {
    out[k] = can_vanish(k) ? y[k] - threshold_ : 1;
  }
  std::size_t root = size_ + limits_.size();
  for_each_moving([&](const auto& drift) { out[root++] = drift.flow.root(y + drift.first); });
  for (std::size_t b = 0; b < limits_.size(); ++b) {
    double left = limits_[b].losses;
    for (std::size_t k = at(limits_[b].actor); k < loss_at_.size(); k += at(model_.n_actors())) {
      left -= loss_at_[k] == kNone ? 0 : y[at(loss_at_[k])];
    }
    out[size_ + b] = left;
  }
}

std::vector<ActorIndex> Equations::take_gone(State& s, const double* y, double time) {
  std::vector<std::size_t> gone;
  for (std::size_t k = 0; k < size_; ++k) {
    if (can_vanish(k) && y[k] <= threshold_ && y[k] > kTrace) {
      gone.push_back(k);
    }
  }
  return vanish(s, gone, time);
}

std::vector<ActorIndex> Equations::reach_roots(State& s, std::span<const int> found, double time) {
  std::vector<std::size_t> gone;
  for (std::size_t k = 0; k < size_; ++k) {
    if (found[k] != 0) {
      gone.push_back(k);
    }
  }
  std::vector<ActorIndex> hit = vanish(s, gone, time);
  for (std::size_t b = 0; b < limits_.size(); ++b) {
    if (found[size_ + b] != 0) {
      limits_[b].give_in(s, limits_[b].actor);
      hit.push_back(limits_[b].actor);
    }
  }
  std::size_t root = size_ + limits_.size();
  for_each_moving([&](const auto& drift) {
    if (found[root++] != 0) {
      drift.flow.end(s, time);
    }
  });
  return hit;
}

void Equations::settle(State& s) const {
  for (const Force& f : forces_) {
    refresh_place(s, f.place);
    settle_control(s, f.place);
  }
}

std::vector<ActorIndex> Equations::vanish(State& s, std::span<const std::size_t> which, double time) {
  struct Fall {
    ActorIndex who;
    PlaceIndex place;
    double* fighters;
    bool is_force;
    std::vector<Attack> attacks;
    double dead;
  };
  std::vector<Fall> falls;
  for (const std::size_t k : which) {
    const bool is_force = k < forces_.size();
    March* march = is_force ? nullptr : find_march(s, marches_[k - forces_.size()]);
    const ActorIndex a = is_force ? forces_[k].actor : march->actor;
    const PlaceIndex place = is_force ? forces_[k].place : march->to;
    double& fighters = is_force ? s.fighters[s.slot(place, a)] : march->fighters;
    Fall fall{
        a,       place, &fighters, is_force, is_force ? attacks_on(s, place, a, time) : attacks_on(s, *march, time),
        fighters};
    if (threshold_ <= 0 || fighters <= kTrace || !fall.attacks.empty()) {  // else few, but nobody shoots at them
      falls.push_back(std::move(fall));
    }
  }
  for (const Fall& fall : falls) {
    for (const Attack& attack : fall.attacks) {
      book_losses(model_, s, fall.place, attack.by, fall.who, fall.dead * attack.rate / sum(fall.attacks));
    }
    *fall.fighters = 0;
    s.tally(ActorOutcome::killed, fall.who) += fall.dead;
  }
  for (const Fall& fall : falls) {
    if (fall.is_force) {
      refresh_place(s, fall.place);
    }
  }
  for (const Fall& fall : falls) {
    if (fall.is_force) {
      settle_control(s, fall.place);
    }
  }
  std::vector<ActorIndex> gone;
  for (const Fall& fall : falls) {
    laws::after_losses(s, fall.who, fall.dead);
    gone.push_back(fall.who);
  }
  return gone;
}

}  // namespace truel::solver
