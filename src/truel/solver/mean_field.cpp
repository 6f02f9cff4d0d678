// The differential equations of the expected state, by CVODE (Hindmarsh et al. 2005): Adams methods of variable order
// with fixed-point iteration, as the laws are not stiff, and root finding for the moment a force is gone.
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

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

/// A force that the equations still move. So small a value stands for "none, but not yet known to be gone": the rates
/// stay smooth through zero, which the root finder needs.
constexpr double kTrace = 1e-300;

/// Forces gone at one moment, one after the other, before the solver calls it a failure.
constexpr int kMostStalls = 10'000;

/// One lane only. The vector of unknowns: fighters of each force and column that can change, then the tallies.
class MeanField final : public Stepper {
 public:
  MeanField(const CompiledModel& model, const SolveOptions& options, const State& state)
      : model_(model), tolerance_(options.tolerance), rates_(state) {
    TRUEL_CHECK(SUNContext_Create(nullptr, &context_) == 0);
  }
  MeanField(const MeanField&) = delete;
  MeanField& operator=(const MeanField&) = delete;
  ~MeanField() override { SUNContext_Free(&context_); }

  void advance(State& s, int until, std::span<RunStatus> status) override {
    state_ = &s;
    double time = s.day;
    int stalls = 0;
    while (time < until && status[0] == RunStatus::complete) {
      list_unknowns(s, time);
      if (forces_.empty() && columns_.empty() && musters_.empty() && barred_.empty()) {
        break;
      }
      const double reached = integrate(s, time, until, status[0]);
      stalls = reached > time ? 0 : stalls + 1;
      if (stalls > kMostStalls) {
        status[0] = RunStatus::step_too_small;
      }
      time = reached;
      s.day = std::min(until - 1, static_cast<int>(time));
    }
    s.day = until;
  }

 private:
  struct Force {
    PlaceIndex place;
    ActorIndex actor;
    bool can_vanish;
  };

  struct Attack {
    ActorIndex by;
    double rate;  ///< kills per day
  };

  /// Recruits who come to a place where no force of theirs stands, under fire that kills faster than they come: each
  /// falls as he arrives, and the force stays at zero.
  struct Barred {
    ActorIndex actor;
    double per_day;
    std::vector<Attack> attacks;
  };

  static double sum(const std::vector<Attack>& attacks) {
    double total = 0;
    for (const Attack& attack : attacks) {
      total += attack.rate;
    }
    return total;
  }

  std::vector<Attack> attacks_on(const State& s, PlaceIndex p, ActorIndex a, double time) {
    std::vector<Attack> attacks;
    if (s.contested[s.one(p, 0)]) {
      dynamics::fire_rates(model_, s, p, time, 0, 1, rates_);
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

  std::vector<Attack> attacks_on(const State& s, const dynamics::Column& column) const {
    std::vector<Attack> attacks;
    add_strikes(
        s, [&](const dynamics::Strike& strike) { return strike.place == kNone && strike.column == column.id; },
        attacks);
    return attacks;
  }

  template <class IsOne>
  void add_strikes(const State& s, IsOne is_one, std::vector<Attack>& attacks) const {
    for (const dynamics::Strike& strike : s.strikes[0]) {
      const double kills = is_one(strike) ? dynamics::strike_rate(model_, s, 0, strike).kills : 0;
      if (kills > 0) {
        attacks.push_back({strike.air, kills});
      }
    }
  }

  /// Recruits by place: those who join a force, or found one, and those who are barred from it.
  void list_musters(State& s, double time) {
    musters_.clear();
    barred_.clear();
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      for (const dynamics::Muster& m : s.muster[s.one(a, 0)]) {
        if (dynamics::recruitment_rate(s, a, m, 0) <= 0) {
          continue;
        }
        double& fighters = s.fighters[s.slot(m.place, a, 0)];
        if (fighters <= kTrace) {
          fighters = kTrace;
          dynamics::refresh_place(s, m.place, 0);
          std::vector<Attack> attacks = attacks_on(s, m.place, a, time);
          if (sum(attacks) >= m.per_day) {
            fighters = 0;
            dynamics::refresh_place(s, m.place, 0);
            barred_.push_back({a, m.per_day, std::move(attacks)});
            continue;
          }
        }
        musters_.emplace_back(a, m);
      }
    }
  }

  void list_unknowns(State& s, double time) {
    list_musters(s, time);
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
      const bool is_front = s.contested[s.one(p, 0)];
      if (is_front) {
        fronts_.push_back(p);
      }
      for (ActorIndex a = 0; a < s.n_actors; ++a) {
        if (s.fighters[s.slot(p, a, 0)] > 0 && is_front) {
          force(p, a, true);
        }
      }
    }
    for (const dynamics::Strike& strike : s.strikes[0]) {
      if (strike.place == kNone) {
        const dynamics::Column* column = dynamics::find_column(s, 0, strike.column);
        if (column != nullptr && column->fighters > 0 &&
            std::find(columns_.begin(), columns_.end(), strike.column) == columns_.end()) {
          columns_.push_back(strike.column);
        }
      } else if (s.fighters[s.slot(strike.place, strike.target, 0)] > 0) {
        force(strike.place, strike.target, true);
      }
    }
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      for (const dynamics::Unpaid& unpaid : s.unpaid[s.one(a, 0)]) {
        if (s.fighters[s.slot(unpaid.place, a, 0)] > 0) {
          force(unpaid.place, a, false);
        }
      }
    }
    for (const auto& [actor, m] : musters_) {
      force(m.place, actor, false);
    }
    size_ = forces_.size() + columns_.size();
    // Tallies: losses of each pair, and for each actor killed, recruited, deserted, harm; harm by place for the support
    // law.
    const int n = s.n_actors;
    tally_losses_ = size_;
    tally_actor_ = tally_losses_ + at(n * n);
    tally_harm_ = tally_actor_ + at(4 * n);
    harm_places_ = fronts_;
    for (const dynamics::Strike& strike : s.strikes[0]) {
      if (strike.place != kNone &&
          std::find(harm_places_.begin(), harm_places_.end(), strike.place) == harm_places_.end()) {
        harm_places_.push_back(strike.place);
      }
    }
    unknowns_ = tally_harm_ + harm_places_.size() * at(n);
  }

  void pack(const State& s, double* y) const {
    std::size_t k = 0;
    for (const Force& f : forces_) {
      y[k++] = s.fighters[s.slot(f.place, f.actor, 0)];
    }
    for (const int id : columns_) {
      y[k++] = dynamics::find_column(s, 0, id)->fighters;
    }
    std::fill(y + size_, y + unknowns_, 0);
  }

  void unpack_forces(const double* y, State& s, double least) const {
    std::size_t k = 0;
    for (const Force& f : forces_) {
      const double x = y[k++];
      s.fighters[s.slot(f.place, f.actor, 0)] = x > kTrace ? x : least;
    }
    for (const int id : columns_) {
      const double x = y[k++];
      dynamics::find_column(s, 0, id)->fighters = x > kTrace ? x : least;
    }
  }

  void unpack_tallies(const double* y, State& s) const {
    const int n = s.n_actors;
    for (int d = 0; d < n * n; ++d) {
      s.losses[at(d)] += y[tally_losses_ + at(d)];
    }
    for (ActorIndex a = 0; a < n; ++a) {
      s.killed[at(a)] += y[tally_actor_ + at(a)];
      s.recruited[at(a)] += y[tally_actor_ + at(n + a)];
      s.deserted[at(a)] += y[tally_actor_ + at(2 * n + a)];
      s.harm[at(a)] += y[tally_actor_ + at(3 * n + a)];
    }
    for (std::size_t k = 0; k < harm_places_.size(); ++k) {
      for (ActorIndex a = 0; a < n; ++a) {
        s.recent_harm[s.slot(harm_places_[k], a, 0)] += y[tally_harm_ + k * at(n) + at(a)];
      }
    }
  }

  void slope(double time, const double* y, double* dy) {
    State& s = *state_;
    const int n = s.n_actors;
    unpack_forces(y, s, kTrace);
    std::fill(dy, dy + unknowns_, 0);
    const auto kill = [&](ActorIndex by, ActorIndex whom, std::size_t unknown, double rate) {
      dy[unknown] -= rate;
      dy[tally_losses_ + at(by * n + whom)] += rate;
      dy[tally_actor_ + at(whom)] += rate;
    };
    const auto harm = [&](ActorIndex by, std::size_t place, double rate) {
      dy[tally_actor_ + at(3 * n + by)] += rate;
      dy[tally_harm_ + place * at(n) + at(by)] += rate;
    };
    for (std::size_t k = 0; k < fronts_.size(); ++k) {
      dynamics::fire_rates(model_, s, fronts_[k], time, 0, 1, rates_);
      for (std::size_t pair = 0; pair < rates_.pairs.size(); ++pair) {
        const auto& [attacker, target] = rates_.pairs[pair];
        if (rates_.rate[pair] > 0) {
          kill(attacker, target, at(force_at_[at(fronts_[k] * n + target)]), rates_.rate[pair]);
        }
      }
      for (int i = 0; i < rates_.n; ++i) {
        harm(rates_.who[at(i)], k, rates_.harm[at(i)]);
      }
    }
    for (const dynamics::Strike& strike : s.strikes[0]) {
      const dynamics::StrikeRate rate = dynamics::strike_rate(model_, s, 0, strike);
      if (rate.kills <= 0) {
        continue;
      }
      if (strike.place == kNone) {
        const auto column = std::find(columns_.begin(), columns_.end(), strike.column) - columns_.begin();
        kill(strike.air, strike.target, forces_.size() + static_cast<std::size_t>(column), rate.kills);
      } else {
        kill(strike.air, strike.target, at(force_at_[at(strike.place * n + strike.target)]), rate.kills);
        harm(strike.air,
             static_cast<std::size_t>(std::find(harm_places_.begin(), harm_places_.end(), strike.place) -
                                      harm_places_.begin()),
             rate.harm);
      }
    }
    for (const auto& [actor, m] : musters_) {
      dy[at(force_at_[at(m.place * n + actor)])] += m.per_day;
      dy[tally_actor_ + at(n + actor)] += m.per_day;
    }
    for (const Barred& barred : barred_) {
      dy[tally_actor_ + at(n + barred.actor)] += barred.per_day;
      dy[tally_actor_ + at(barred.actor)] += barred.per_day;
      for (const Attack& attack : barred.attacks) {
        dy[tally_losses_ + at(attack.by * n + barred.actor)] += barred.per_day * attack.rate / sum(barred.attacks);
      }
    }
    for (ActorIndex a = 0; a < n; ++a) {
      const double delta = s.value(model_.war().actor(a, ActorParameter::desertion_per_day), 0);
      for (const dynamics::Unpaid& unpaid : s.unpaid[s.one(a, 0)]) {
        if (const int k = force_at_[at(unpaid.place * n + a)]; k != kNone) {
          const double rate = dynamics::desertion_rate(s, a, unpaid, delta, 0);
          dy[at(k)] -= rate;
          dy[tally_actor_ + at(2 * n + a)] += rate;
        }
      }
    }
  }

  static int cvode_slope(realtype time, N_Vector y, N_Vector dy, void* self) {
    static_cast<MeanField*>(self)->slope(time, N_VGetArrayPointer(y), N_VGetArrayPointer(dy));
    return 0;
  }

  static int cvode_roots(realtype, N_Vector y, realtype* out, void* self) {
    const auto* m = static_cast<MeanField*>(self);
    for (std::size_t k = 0; k < m->size_; ++k) {
      const bool can_vanish = k >= m->forces_.size() || m->forces_[k].can_vanish;
      out[k] = can_vanish ? N_VGetArrayPointer(y)[k] - m->threshold_ : 1;
    }
    return 0;
  }

  /// Integrates until `until` or the first moment a force is gone; returns the time reached.
  double integrate(State& s, double time, double until, RunStatus& status) {
    threshold_ = s.value(model_.war().law(LawParameter::extinction), 0);
    N_Vector y = N_VNew_Serial(static_cast<sunindextype>(unknowns_), context_);
    pack(s, N_VGetArrayPointer(y));
    const std::vector<double> first(N_VGetArrayPointer(y), N_VGetArrayPointer(y) + size_);
    for (std::size_t k = 0; k < size_; ++k) {
      // A force already at or below the threshold is gone now, unless its first recruits are just coming; the root
      // finder only sees crossings.
      const double x = N_VGetArrayPointer(y)[k];
      if ((k >= forces_.size() || forces_[k].can_vanish) && x <= threshold_ && x > kTrace) {
        vanish(s, k, time);
        N_VDestroy(y);
        return time;
      }
    }
    void* cvode = CVodeCreate(CV_ADAMS, context_);
    SUNNonlinearSolver solver = SUNNonlinSol_FixedPoint(y, 0, context_);
    CVodeInit(cvode, cvode_slope, time, y);
    CVodeSStolerances(cvode, tolerance_, tolerance_);
    CVodeSetUserData(cvode, this);
    CVodeSetNonlinearSolver(cvode, solver);
    CVodeRootInit(cvode, static_cast<int>(size_), cvode_roots);
    if (size_ > 0) {
      std::vector<int> downwards(size_, -1);
      CVodeSetRootDirection(cvode, downwards.data());
    }
    CVodeSetNoInactiveRootWarn(cvode);
    CVodeSetErrHandlerFn(
        cvode, [](int, const char*, const char*, char*, void*) {}, nullptr);
    CVodeSetMaxNumSteps(cvode, 1'000'000);
    CVodeSetStopTime(cvode, until);
    realtype reached = time;
    const int flag = CVode(cvode, until, y, &reached, CV_NORMAL);
    const double* result = N_VGetArrayPointer(y);
    if (flag < 0) {
      unpack_forces(first.data(), s, 0);
      status = std::all_of(result, result + unknowns_, [](double x) { return std::isfinite(x); })
                   ? RunStatus::step_too_small
                   : RunStatus::not_finite;
    } else {
      unpack_forces(result, s, 0);
      unpack_tallies(result, s);
      if (flag == CV_ROOT_RETURN) {
        std::vector<int> roots(size_);
        CVodeGetRootInfo(cvode, roots.data());
        for (std::size_t k = 0; k < size_; ++k) {
          if (roots[k] != 0) {
            vanish(s, k, reached);
          }
        }
      }
      for (const Force& f : forces_) {
        dynamics::refresh_place(s, f.place, 0);
        dynamics::settle_control(s, f.place, 0);
      }
    }
    SUNNonlinSolFree(solver);
    CVodeFree(&cvode);
    N_VDestroy(y);
    return reached;
  }

  void vanish(State& s, std::size_t k, double time) {
    const bool is_force = k < forces_.size();
    dynamics::Column* column = is_force ? nullptr : dynamics::find_column(s, 0, columns_[k - forces_.size()]);
    const ActorIndex a = is_force ? forces_[k].actor : column->actor;
    double& fighters = is_force ? s.fighters[s.slot(forces_[k].place, a, 0)] : column->fighters;
    const std::vector<Attack> attacks = is_force ? attacks_on(s, forces_[k].place, a, time) : attacks_on(s, *column);
    for (const Attack& attack : attacks) {
      s.losses[s.pair(attack.by, a, 0)] += fighters * attack.rate / sum(attacks);
    }
    s.killed[at(a)] += fighters;
    fighters = 0;
    if (is_force) {
      dynamics::refresh_place(s, forces_[k].place, 0);
      dynamics::settle_control(s, forces_[k].place, 0);
    }
    double& day = (*extinction)[at(a)];
    if (std::isnan(day) && dynamics::total_fighters(s, a, 0) <= 0) {
      day = time;
    }
  }

  const CompiledModel& model_;
  const double tolerance_;
  SUNContext context_ = nullptr;
  State* state_ = nullptr;
  dynamics::FireRates rates_;
  std::vector<Force> forces_;
  std::vector<int> columns_;             ///< ids
  std::vector<PlaceIndex> fronts_;       ///< contested places
  std::vector<PlaceIndex> harm_places_;  ///< fronts_, then other places struck
  std::vector<std::pair<ActorIndex, dynamics::Muster>> musters_;
  std::vector<Barred> barred_;
  std::vector<int> force_at_;  ///< [place][actor] index into forces_
  std::size_t size_ = 0, unknowns_ = 0, tally_losses_ = 0, tally_actor_ = 0, tally_harm_ = 0;
  double threshold_ = 0;
};

}  // namespace

std::unique_ptr<Stepper> make_mean_field(const CompiledModel& model, const SolveOptions& options, const State& state) {
  TRUEL_CHECK(state.width == 1);
  return std::make_unique<MeanField>(model, options, state);
}

}  // namespace truel::solver
