// Fixed steps (tau-leaping, Gillespie 2001). All events of one kind at one place, or of one lane, are one Poisson process:
// their number is drawn once and shared out in proportion to the rates. No force falls below zero: what would go beyond its
// last fighter does not happen. Under aimed fire, whose rate does not depend on the target's size, that is exact in the
// target; elsewhere the error shrinks with the step (docs/model.md).
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

  void lose(State& s, int lane, PlaceIndex p, ActorIndex attacker, ActorIndex target, double deaths) {
    double& left = s.fighters[s.slot(p, target, lane)];
    const double dead = std::min(deaths, left);
    left -= dead;
    s.killed[s.one(target, lane)] += dead;
    s.losses[s.pair(attacker, target, lane)] += dead;
    if (left <= 0 && dead > 0) {
      dynamics::refresh_place(s, p, lane);
      dynamics::settle_control(s, p, lane);
      note_extinction(s, lane, target);
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
      const auto n_contested = std::count_if(contested, contested + s.width, [](std::uint8_t c) { return c != 0; });
      if (n_contested == 0) {
        continue;
      }
      // Where most lanes fight, all lanes at once; where few do, those alone.
      const bool is_dense = 2 * n_contested > s.width;
      const double time = time_ + step_days_ / 2;
      if (is_dense) {
        dynamics::fire_rates(model_, s, p, time, 0, s.width, rates_);
      }
      for (int lane = 0; lane < s.width; ++lane) {
        if (contested[lane]) {
          if (!is_dense) {
            dynamics::fire_rates(model_, s, p, time, lane, lane + 1, rates_);
          }
          kill_at(s, p, lane);
        }
      }
    }
  }

  void kill_at(State& s, PlaceIndex p, int lane) {
    place_rates_.clear();
    double total = 0;
    for (std::size_t k = 0; k < rates_.pairs.size(); ++k) {
      place_rates_.push_back(rates_.rate[k * at(s.width) + at(lane)]);
      total += place_rates_.back();
    }
    for (int i = 0; i < rates_.n; ++i) {
      const double harm = rates_.harm[at(i * s.width + lane)] * step_days_;
      s.harm[s.one(rates_.who[at(i)], lane)] += harm;
      s.recent_harm[s.slot(p, rates_.who[at(i)], lane)] += harm;
    }
    RandomStream draw = random(s, lane, Purpose::fire, p);
    share_out(draw.poisson(total * step_days_), place_rates_, total, draw, [&](std::size_t k, double deaths) {
      lose(s, lane, p, rates_.pairs[k].attacker, rates_.pairs[k].target, deaths);
    });
  }

  /// Shares `count` things out over entries, each with chance in proportion to its rate; `give(k, number)` gets the
  /// shares above 0. Few things are dealt one by one, many by conditional binomials.
  template <class Give>
  static void share_out(double count, std::span<const double> rates, double sum, RandomStream& draw, Give give) {
    if (count <= kDealtOneByOne) {
      for (double dealt = 0; dealt < count; ++dealt) {
        double mark = draw.uniform() * sum;
        std::size_t k = 0;
        while (k + 1 < rates.size() && mark >= rates[k]) {
          mark -= rates[k++];
        }
        while (rates[k] <= 0 && k > 0) {  // rounding of the sum led past the last entry
          --k;
        }
        give(k, 1.0);
      }
      return;
    }
    double rates_left = sum;
    std::size_t last = rates.size();
    while (last > 0 && rates[last - 1] <= 0) {
      --last;
    }
    for (std::size_t k = 0; k < last && count > 0; ++k) {
      const bool is_last = k + 1 == last || rates[k] >= rates_left;
      const double share = is_last ? count : draw.binomial(count, rates[k] / rates_left);
      rates_left -= rates[k];
      count -= share;
      if (share > 0) {
        give(k, share);
      }
    }
  }

  void strike(State& s, int lane) {
    const auto& strikes = s.strikes[at(lane)];
    place_rates_.clear();
    double total = 0;
    for (const dynamics::Strike& strike : strikes) {
      const dynamics::StrikeRate rate = dynamics::strike_rate(model_, s, lane, strike);
      place_rates_.push_back(rate.kills);
      total += rate.kills;
      if (rate.harm > 0) {
        s.harm[s.one(strike.air, lane)] += rate.harm * step_days_;
        s.recent_harm[s.slot(strike.place, strike.air, lane)] += rate.harm * step_days_;
      }
    }
    RandomStream draw = random(s, lane, Purpose::strikes, 0);
    share_out(draw.poisson(total * step_days_), place_rates_, total, draw, [&](std::size_t k, double deaths) {
      const dynamics::Strike& strike = strikes[k];
      if (strike.place != kNone) {
        lose(s, lane, strike.place, strike.air, strike.target, deaths);
        return;
      }
      dynamics::Column* column = dynamics::find_column(s, lane, strike.column);
      const double dead = std::min(deaths, column->fighters);
      column->fighters -= dead;
      s.killed[s.one(strike.target, lane)] += dead;
      s.losses[s.pair(strike.air, strike.target, lane)] += dead;
      note_extinction(s, lane, strike.target);
    });
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
    place_rates_.clear();
    double sum = 0;
    for (const dynamics::Muster& m : muster) {
      place_rates_.push_back(dynamics::recruitment_rate(s, a, m, lane));
      sum += place_rates_.back();
    }
    RandomStream draw = random(s, lane, Purpose::recruitment, a);
    const double recruits = draw.poisson(sum * step_days_);
    s.recruited[s.one(a, lane)] += recruits;
    share_out(recruits, place_rates_, sum, draw, [&](std::size_t k, double n) {
      double& fighters = s.fighters[s.slot(muster[k].place, a, lane)];
      const bool is_new = fighters <= 0;
      fighters += n;
      if (is_new) {
        dynamics::refresh_place(s, muster[k].place, lane);
      }
    });
  }

  // Deserters likewise: their hazard is small, so that a Poisson number of them, never more than stand at a place, is as
  // good as a binomial one at every place.
  void desert(State& s, int lane, ActorIndex a) {
    const auto& unpaid = s.unpaid[s.one(a, lane)];
    const double delta = s.value(model_.war().actor(a, ActorParameter::desertion_per_day), lane);
    place_rates_.clear();
    double sum = 0;
    for (const dynamics::Unpaid& u : unpaid) {
      place_rates_.push_back(dynamics::desertion_rate(s, a, u, delta, lane));
      sum += place_rates_.back();
    }
    RandomStream draw = random(s, lane, Purpose::desertion, a);
    share_out(draw.poisson(sum * step_days_), place_rates_, sum, draw, [&](std::size_t k, double n) {
      const PlaceIndex p = unpaid[k].place;
      double& fighters = s.fighters[s.slot(p, a, lane)];
      const double gone = std::min(n, fighters);
      fighters -= gone;
      s.deserted[s.one(a, lane)] += gone;
      if (gone > 0 && fighters <= 0) {
        dynamics::refresh_place(s, p, lane);
        dynamics::settle_control(s, p, lane);
        note_extinction(s, lane, a);
      }
    });
  }

  static constexpr double kDealtOneByOne = 24;

  const CompiledModel& model_;
  const int steps_per_day_;
  const double step_days_;
  dynamics::FireRates rates_;
  std::vector<double> place_rates_;
  std::uint32_t step_ = 0;
  double time_ = 0;
};

}  // namespace

std::unique_ptr<Stepper> make_leap(const CompiledModel& model, const SolveOptions& options, const State& state) {
  return std::make_unique<Leap>(model, options, state);
}

}  // namespace truel::solver
