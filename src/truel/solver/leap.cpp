// Fixed steps with binomial and Poisson draws (Gillespie 2001; binomial kills, so that no force falls below zero, as in
// Tian and Burrage 2004).
#include <algorithm>
#include <cmath>

#include "truel/dynamics/attrition.hpp"
#include "truel/dynamics/movement.hpp"
#include "truel/dynamics/recruitment.hpp"
#include "truel/solver/stepper.hpp"

namespace truel::solver {
namespace {

using dynamics::CompiledModel;
using dynamics::State;

class Leap final : public Stepper {
 public:
  Leap(const CompiledModel& model, const SolveOptions& options, const State& state)
      : model_(model), steps_per_day_(options.steps_per_day), step_days_(1.0 / options.steps_per_day), rates_(state) {}

  void advance(State& s, int until, std::span<RunStatus>) override {
    for (; s.day < until; ++s.day) {
      for (int k = 0; k < steps_per_day_; ++k) {
        step_ = static_cast<std::uint32_t>(s.day * steps_per_day_ + k);
        time_ = s.day + k * step_days_;
        fire(s);
        for (int lane = 0; lane < s.width; ++lane) {
          strike(s, lane);
          recruit_and_desert(s, lane);
        }
      }
    }
    s.day = until;
  }

 private:
  RandomStream random(const State& s, int lane, Purpose purpose, int entity) const {
    return {s.seed, s.run[at(lane)], step_, purpose, static_cast<std::uint32_t>(entity)};
  }

  void lose(State& s, int lane, PlaceIndex p, ActorIndex b, double deaths) {
    double& left = s.fighters[s.slot(p, b, lane)];
    left -= deaths;
    s.killed[s.one(b, lane)] += deaths;
    if (left <= 0) {
      dynamics::refresh_place(s, p, lane);
      dynamics::settle_control(s, p, lane);
      note_extinction(s, lane, b);
    }
  }

  void note_extinction(State& s, int lane, ActorIndex a) {
    double& day = (*extinction)[s.one(a, lane)];
    if (std::isnan(day) && dynamics::total_fighters(s, a, lane) <= 0) {
      day = time_ + step_days_;
    }
  }

  void fire(State& s) {
    if (s.value(model_.war().law(LawParameter::fire_on), 0) <= 0) {
      return;
    }
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      const std::uint8_t* contested = &s.contested[s.one(p, 0)];
      if (!std::any_of(contested, contested + s.width, [](std::uint8_t c) { return c != 0; })) {
        continue;
      }
      dynamics::fire_rates(model_, s, p, time_ + step_days_ / 2, rates_);
      for (int lane = 0; lane < s.width; ++lane) {
        if (contested[lane]) {
          kill_at(s, p, lane);
        }
      }
    }
  }

  void kill_at(State& s, PlaceIndex p, int lane) {
    deaths_.fill(0);
    for (int j = 0; j < rates_.n; ++j) {
      const ActorIndex b = rates_.who[at(j)];
      double total = 0;
      for (int i = 0; i < rates_.n; ++i) {
        total += rates_.rate[rates_.pair(i, j, lane, s.width)];
      }
      if (total <= 0) {
        continue;
      }
      const double n = s.fighters[s.slot(p, b, lane)];
      RandomStream draw = random(s, lane, Purpose::fire, p * s.n_actors + b);
      const double deaths = draw.gone(n, total * step_days_ / n);
      deaths_[at(j)] = deaths;
      // Each death is laid at the door of one attacker, in proportion to the rates.
      double rest = deaths;
      for (int i = 0; i < rates_.n && rest > 0; ++i) {
        const double rate = rates_.rate[rates_.pair(i, j, lane, s.width)];
        if (rate <= 0) {
          continue;
        }
        const double by_i = rate >= total ? rest : draw.binomial(rest, rate / total);
        s.losses[s.pair(rates_.who[at(i)], b, lane)] += by_i;
        rest -= by_i;
        total -= rate;
      }
      if (rest > 0) {  // rounding in `total` left some to nobody
        s.losses[s.pair(rates_.who[at(last_attacker(j, lane, s.width))], b, lane)] += rest;
      }
    }
    for (int i = 0; i < rates_.n; ++i) {
      const double harm = rates_.harm[at(i * s.width + lane)] * step_days_;
      s.harm[s.one(rates_.who[at(i)], lane)] += harm;
      s.recent_harm[s.slot(p, rates_.who[at(i)], lane)] += harm;
    }
    for (int j = 0; j < rates_.n; ++j) {
      if (deaths_[at(j)] > 0) {
        lose(s, lane, p, rates_.who[at(j)], deaths_[at(j)]);
      }
    }
  }

  int last_attacker(int j, int lane, int width) const {
    int last = 0;
    for (int i = 0; i < rates_.n; ++i) {
      last = rates_.rate[rates_.pair(i, j, lane, width)] > 0 ? i : last;
    }
    return last;
  }

  void strike(State& s, int lane) {
    const auto& strikes = s.strikes[at(lane)];
    for (int k = 0; k < static_cast<int>(strikes.size()); ++k) {
      const dynamics::Strike& strike = strikes[at(k)];
      const dynamics::StrikeRate rate = dynamics::strike_rate(model_, s, lane, strike);
      if (rate.kills <= 0) {
        continue;
      }
      RandomStream draw = random(s, lane, Purpose::strikes, k);
      if (strike.place == kNone) {
        dynamics::Column* column = dynamics::find_column(s, lane, strike.column);
        const double deaths = draw.gone(column->fighters, rate.kills * step_days_ / column->fighters);
        column->fighters -= deaths;
        s.killed[s.one(strike.target, lane)] += deaths;
        s.losses[s.pair(strike.air, strike.target, lane)] += deaths;
        if (deaths > 0) {
          note_extinction(s, lane, strike.target);
        }
        continue;
      }
      const double n = s.fighters[s.slot(strike.place, strike.target, lane)];
      const double deaths = draw.gone(n, rate.kills * step_days_ / n);
      s.losses[s.pair(strike.air, strike.target, lane)] += deaths;
      s.harm[s.one(strike.air, lane)] += rate.harm * step_days_;
      s.recent_harm[s.slot(strike.place, strike.air, lane)] += rate.harm * step_days_;
      if (deaths > 0) {
        lose(s, lane, strike.place, strike.target, deaths);
      }
    }
  }

  void recruit_and_desert(State& s, int lane) {
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      const auto& muster = s.muster[s.one(a, lane)];
      if (!muster.empty()) {
        recruit(s, lane, a, muster);
      }
      if (!s.unpaid[s.one(a, lane)].empty()) {
        desert(s, lane, a);
      }
    }
  }

  // The recruits of all places together are one Poisson process; each then belongs to a place with chance in proportion
  // to its rate. One draw a day instead of one a place.
  void recruit(State& s, int lane, ActorIndex a, const std::vector<dynamics::Muster>& muster) {
    double sum = 0;
    for (const dynamics::Muster& m : muster) {
      sum += dynamics::recruitment_rate(s, a, m, lane);
    }
    RandomStream draw = random(s, lane, Purpose::recruitment, a);
    double recruits = draw.poisson(sum * step_days_);
    s.recruited[s.one(a, lane)] += recruits;
    double rest = sum;
    for (std::size_t k = 0; k < muster.size() && recruits > 0; ++k) {
      const double rate = dynamics::recruitment_rate(s, a, muster[k], lane);
      const double here = k + 1 == muster.size() || rate >= rest ? recruits : draw.binomial(recruits, rate / rest);
      rest -= rate;
      recruits -= here;
      if (here > 0) {
        double& fighters = s.fighters[s.slot(muster[k].place, a, lane)];
        const bool is_new = fighters <= 0;
        fighters += here;
        if (is_new) {
          dynamics::refresh_place(s, muster[k].place, lane);
        }
      }
    }
  }

  void desert(State& s, int lane, ActorIndex a) {
    RandomStream draw = random(s, lane, Purpose::desertion, a);
    const double delta = s.value(model_.war().actor(a, ActorParameter::desertion_per_day), lane);
    for (const dynamics::Unpaid& unpaid : s.unpaid[s.one(a, lane)]) {
      const PlaceIndex p = unpaid.place;
      const double rate = dynamics::desertion_rate(s, a, unpaid, delta, lane);
      if (rate <= 0) {
        continue;
      }
      double& fighters = s.fighters[s.slot(p, a, lane)];
      const double gone = draw.gone(fighters, rate * step_days_ / fighters);
      fighters -= gone;
      s.deserted[s.one(a, lane)] += gone;
      if (fighters <= 0) {
        dynamics::refresh_place(s, p, lane);
        dynamics::settle_control(s, p, lane);
        note_extinction(s, lane, a);
      }
    }
  }

  const CompiledModel& model_;
  const int steps_per_day_;
  const double step_days_;
  dynamics::FireRates rates_;
  std::array<double, dynamics::kMaxActors> deaths_{};
  std::uint32_t step_ = 0;
  double time_ = 0;
};

}  // namespace

std::unique_ptr<Stepper> make_leap(const CompiledModel& model, const SolveOptions& options, const State& state) {
  return std::make_unique<Leap>(model, options, state);
}

}  // namespace truel::solver
