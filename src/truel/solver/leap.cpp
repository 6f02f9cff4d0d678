// Fixed steps (tau-leaping, Gillespie 2001). All events of one kind at one place, or all strikes together, are one
// Poisson process: their number is drawn once and shared out in proportion to the rates. No force falls below zero:
// what would go beyond its last fighter does not happen. Under aimed fire, whose rate does not depend on the target's
// size, that is exact in the target; elsewhere the error shrinks with the step (docs/model.md).
#include <algorithm>
#include <cmath>

#include "truel/dynamics/alignment.hpp"
#include "truel/dynamics/attrition.hpp"
#include "truel/dynamics/breakpoint.hpp"
#include "truel/dynamics/defection.hpp"
#include "truel/dynamics/movement.hpp"
#include "truel/dynamics/recruitment.hpp"
#include "truel/solver/rounds.hpp"
#include "truel/solver/stepper.hpp"

namespace truel::solver {
namespace {

using dynamics::CompiledModel;
using dynamics::State;

/// Rates of the entries among which events are shared out, summed up.
class Shares {
 public:
  /// Forgets all entries; at most `most` follow.
  void clear(std::size_t most) {
    n_ = 0;
    sum_ = 0;
    if (cumulated_.size() < most + kBlock) {
      cumulated_.resize(most + kBlock);
    }
  }
  void add(double rate) {
    sum_ += rate;
    cumulated_[n_++] = sum_;
  }
  /// Call it after the last add and before entry_at.
  void close() { std::fill_n(&cumulated_[n_], kBlock, kUnbounded); }

  std::size_t size() const { return n_; }
  double sum() const { return sum_; }
  /// Sum of the rates of the entries before k.
  double before(std::size_t k) const { return k > 0 ? cumulated_[k - 1] : 0; }

  /// The first entry whose cumulated rate lies above the mark, or the last; one of rate 0 is none of the former. In a
  /// short list counting the entries below beats halving, whose every branch is a coin toss: first whole blocks, then
  /// the entries of one.
  std::size_t entry_at(double mark) const {
    const double* cumulated = cumulated_.data();
    const std::size_t last = n_ - 1;
    if (last > kCounted) {
      return static_cast<std::size_t>(std::upper_bound(cumulated, cumulated + last, mark) - cumulated);
    }
    std::size_t below = 0;
    for (std::size_t end = kBlock; end <= last; end += kBlock) {
      below += cumulated[end - 1] <= mark ? kBlock : 0;
    }
    const double* block = cumulated + below;
    for (std::size_t k = 0; k < kBlock; ++k) {
      below += block[k] <= mark ? 1 : 0;
    }
    return std::min(below, last);
  }

 private:
  static constexpr std::size_t kCounted = 128;
  static constexpr std::size_t kBlock = 8;

  std::vector<double> cumulated_;
  std::size_t n_ = 0;
  double sum_ = 0;
};

class Leap final : public Stepper {
 public:
  Leap(const CompiledModel& model, const SolveOptions& options, const State& state)
      : model_(model),
        steps_per_day_(options.steps_per_day),
        step_days_(1.0 / options.steps_per_day),
        rates_(state),
        rounds_(model, state),
        alignment_(model) {}

  void advance(State& s, int until, RunStatus& status) override {
    has_rounds_ = rounds_.has_rounds(s);
    for (; s.day < until; ++s.day) {
      for (int k = 0; k < steps_per_day_; ++k) {
        step_ = static_cast<std::uint32_t>(s.day * steps_per_day_ + k);
        time_ = s.day + k * step_days_;
        if (has_rounds_) {
          fire_rounds(s);
        } else {
          fire(s);
        }
        strike(s);
        recruit_and_desert(s);
        if (model_.may_defect()) {
          defect(s);
        }
      }
      if (model_.moves_alignment() && !alignment_.advance(s, s.day, s.day + 1)) {
        status = RunStatus::diverged;
      }
    }
    s.day = until;
  }

  void restart() override {}

 private:
  RandomStream random(const State& s, Purpose purpose, int entity) const {
    return {s.seed, s.run, step_, purpose, static_cast<std::uint32_t>(entity)};
  }

  /// Returns how many died.
  double lose(State& s, PlaceIndex p, ActorIndex attacker, ActorIndex target, double deaths) {
    double& left = s.fighters[s.slot(p, target)];
    const double dead = std::min(deaths, left);
    left -= dead;
    s.killed[at(target)] += dead;
    s.losses[s.pair(attacker, target)] += dead;
    if (left <= 0 && dead > 0) {
      dynamics::refresh_presence(s, p, target);
      dynamics::settle_control(s, p);
      note_extinction(s, target);
    }
    break_off(s, target, dead);
    return dead;
  }

  void break_off(State& s, ActorIndex a, double dead) {
    if (dynamics::breaks(s, a, dead)) {
      dynamics::leave_war(s, a);
      note_extinction(s, a);
    }
  }

  void note_extinction(State& s, ActorIndex a) {
    double& day = (*extinction)[at(a)];
    if (std::isnan(day) && dynamics::total_fighters(s, a) <= 0) {
      day = time_ + step_days_;
    }
  }

  void fire(State& s) {
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      if (s.contested[at(p)]) {
        dynamics::fire_rates(model_, s, p, time_ + step_days_ / 2, rates_);
        kill_at(s, p);
      }
    }
  }

  void fire_rounds(State& s) {
    const int last = rounds_.done_by(s, time_ + step_days_);
    for (int round = rounds_.done_by(s, time_) + 1; round <= last; ++round) {
      rounds_.fire(s, round, true, 0, *extinction);
    }
  }

  void kill_at(State& s, PlaceIndex p) {
    shares_.clear(rates_.pairs.size());
    for (std::size_t k = 0; k < rates_.pairs.size(); ++k) {
      shares_.add(rates_.rate[k]);
    }
    for (int i = 0; i < rates_.n; ++i) {
      const double harm = rates_.harm[at(i)] * step_days_;
      s.harm[at(rates_.who[at(i)])] += harm;
      s.recent_harm[s.slot(p, rates_.who[at(i)])] += harm;
    }
    if (s.derived.has_harm_recruits) {
      join_after_harm(s, p);
    }
    RandomStream draw = random(s, Purpose::fire, p);
    share_out(draw.poisson(shares_.sum() * step_days_), draw, [&](std::size_t k, double deaths) {
      lose(s, p, rates_.pairs[k].attacker, rates_.pairs[k].target, deaths);
    });
  }

  /// Recruits whom harm makes; each actor's are a Poisson process of their own. The rates of the step's deaths were
  /// taken without them.
  void join_after_harm(State& s, PlaceIndex p) {
    for (int j = 0; j < rates_.n; ++j) {
      const ActorIndex a = rates_.who[at(j)];
      RandomStream draw = random(s, Purpose::harm_recruits, p * s.n_actors + a);
      const double recruits = draw.poisson(rates_.recruits[at(j)] * step_days_);
      s.fighters[s.slot(p, a)] += recruits;
      s.recruited[at(a)] += recruits;
    }
  }

  /// Shares `count` things out over the entries of shares_, each with chance in proportion to its rate;
  /// `give(entry, number)` gets numbers above 0. They are dealt one by one, or, where they are very many, by
  /// conditional binomials.
  template <class Give>
  void share_out(double count, RandomStream& draw, Give give) {
    if (count <= 0) {
      return;
    }
    const double sum = shares_.sum();
    if (count <= kDealtOneByOne) {
      shares_.close();
      for (double dealt = 0; dealt < count; ++dealt) {
        give(shares_.entry_at(draw.coarse_uniform() * sum), 1.0);
      }
      return;
    }
    for (std::size_t k = 0; k < shares_.size() && count > 0; ++k) {
      const double rates_left = sum - shares_.before(k);
      const double rate = shares_.before(k + 1) - shares_.before(k);
      const double share = rates_left <= rate ? count : draw.binomial(count, rate / rates_left);
      count -= share;
      if (share > 0) {
        give(k, share);
      }
    }
  }

  void strike(State& s) {
    const auto& strikes = s.strikes;
    shares_.clear(strikes.size());
    for (const dynamics::Strike& strike : strikes) {
      const dynamics::StrikeRate rate = dynamics::strike_rate(model_, s, strike);
      shares_.add(rate.kills);
      if (rate.harm > 0) {
        s.harm[at(strike.air)] += rate.harm * step_days_;
        s.recent_harm[s.slot(strike.place, strike.air)] += rate.harm * step_days_;
      }
    }
    RandomStream draw = random(s, Purpose::strikes, 0);
    share_out(draw.poisson(shares_.sum() * step_days_), draw, [&](std::size_t k, double deaths) {
      const dynamics::Strike& strike = strikes[k];
      if (strike.place != kNone) {
        const double dead = lose(s, strike.place, strike.air, strike.target, deaths);
        dynamics::note_mistake(s, strike, dead);
        return;
      }
      dynamics::Column* column = dynamics::find_column(s, strike.column);
      const double dead = std::min(deaths, column->fighters);
      column->fighters -= dead;
      s.killed[at(strike.target)] += dead;
      s.losses[s.pair(strike.air, strike.target)] += dead;
      note_extinction(s, strike.target);
      break_off(s, strike.target, dead);
    });
  }

  void recruit_and_desert(State& s) {
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      const auto& muster = s.muster[at(a)];
      if (!muster.empty()) {
        recruit(s, a, muster);
      }
      if (!s.unpaid[at(a)].empty()) {
        desert(s, a);
      }
    }
  }

  // The recruits of all places together are one Poisson process; each then belongs to a place with chance in proportion
  // to its rate. One draw a day instead of one a place.
  void recruit(State& s, ActorIndex a, const std::vector<dynamics::Muster>& muster) {
    shares_.clear(muster.size());
    for (const dynamics::Muster& m : muster) {
      shares_.add(dynamics::recruitment_rate(s, a, m));
    }
    RandomStream draw = random(s, Purpose::recruitment, a);
    const double recruits = draw.poisson(shares_.sum() * step_days_);
    s.recruited[at(a)] += recruits;
    share_out(recruits, draw, [&](std::size_t k, double n) {
      double& fighters = s.fighters[s.slot(muster[k].place, a)];
      const bool is_new = fighters <= 0;
      fighters += n;
      if (is_new) {
        dynamics::refresh_presence(s, muster[k].place, a);
      }
    });
  }

  // Deserters likewise: their hazard is small, so that a Poisson number of them, never more than stand at a place, is
  // as good as a binomial one at every place.
  void desert(State& s, ActorIndex a) {
    const auto& unpaid = s.unpaid[at(a)];
    const double delta = s.value(model_.war().actor(a, ActorParameter::desertion_per_day));
    shares_.clear(unpaid.size());
    for (const dynamics::Unpaid& u : unpaid) {
      shares_.add(dynamics::desertion_rate(s, a, u, delta));
    }
    RandomStream draw = random(s, Purpose::desertion, a);
    share_out(draw.poisson(shares_.sum() * step_days_), draw, [&](std::size_t k, double n) {
      const PlaceIndex p = unpaid[k].place;
      double& fighters = s.fighters[s.slot(p, a)];
      const double gone = std::min(n, fighters);
      fighters -= gone;
      s.deserted[at(a)] += gone;
      if (gone > 0 && fighters <= 0) {
        dynamics::refresh_presence(s, p, a);
        dynamics::settle_control(s, p);
        note_extinction(s, a);
      }
    });
  }

  // Who change sides, as deserters: one number for all of an actor's, shared out over places and over whom they join.
  void defect(State& s) {
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      const auto& lures = s.lures[at(a)];
      if (lures.empty()) {
        continue;
      }
      shares_.clear(lures.size());
      for (const dynamics::Lure& lure : lures) {
        shares_.add(dynamics::defection_rate(s, a, lure));
      }
      RandomStream draw = random(s, Purpose::defection, a);
      share_out(draw.poisson(shares_.sum() * step_days_), draw,
                [&](std::size_t k, double n) { dynamics::defect(s, a, lures[k], n); });
      note_extinction(s, a);
    }
  }

  static constexpr double kDealtOneByOne = 64;

  const CompiledModel& model_;
  const int steps_per_day_;
  const double step_days_;
  dynamics::FireRates rates_;
  Rounds rounds_;
  bool has_rounds_ = false;
  dynamics::AlignmentMover alignment_;
  Shares shares_;
  std::uint32_t step_ = 0;
  double time_ = 0;
};

}  // namespace

std::unique_ptr<Stepper> make_leap(const CompiledModel& model, const SolveOptions& options, const State& state) {
  return std::make_unique<Leap>(model, options, state);
}

}  // namespace truel::solver
