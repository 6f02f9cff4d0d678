// The differential equations of the expected state, by CVODE (Hindmarsh et al. 2005): Adams methods of variable order
// with fixed-point iteration, as the laws are not stiff, and root finding for the moment a force is gone.
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

#include <algorithm>
#include <cmath>
#include <memory>

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

/// A force that the equations still move. So small a value stands for "none, but not yet known to be gone": the rates
/// stay smooth through zero, which the root finder needs.
constexpr double kTrace = 1e-300;

/// Forces gone at one moment, one after the other, before the solver calls it a failure.
constexpr int kMostStalls = 10'000;

/// Where the integrator gives up with an alignment of this size, it goes to infinity.
constexpr double kBeyondDoubt = 1e6;

/// What CVODE needs for one number of unknowns and of root functions; kept from one stretch to the next, as making it
/// costs as much as a short integration.
struct Integrator {
  Integrator(SUNContext context, std::size_t n_unknowns, std::size_t n_roots)
      : unknowns(n_unknowns),
        roots(n_roots),
        y(N_VNew_Serial(static_cast<sunindextype>(n_unknowns), context)),
        cvode(CVodeCreate(CV_ADAMS, context)),
        solver(SUNNonlinSol_FixedPoint(y, 0, context)) {}
  Integrator(const Integrator&) = delete;
  Integrator& operator=(const Integrator&) = delete;
  ~Integrator() {
    SUNNonlinSolFree(solver);
    CVodeFree(&cvode);
    N_VDestroy(y);
  }

  const std::size_t unknowns, roots;
  N_Vector y;
  void* cvode;
  SUNNonlinearSolver solver;
  bool is_new = true;
};

/// One lane only. The vector of unknowns: fighters of each force and column that can change, then the tallies that
/// can, then the alignments if they move by equations.
class MeanField final : public Stepper {
 public:
  MeanField(const CompiledModel& model, const SolveOptions& options, const State& state)
      : model_(model),
        tolerance_(options.tolerance),
        rates_(state),
        rounds_(model, state),
        terms_(model),
        alignment_rules_(model) {
    TRUEL_CHECK(SUNContext_Create(nullptr, &context_) == 0);
  }
  MeanField(const MeanField&) = delete;
  MeanField& operator=(const MeanField&) = delete;
  ~MeanField() override {
    integrator_.reset();
    SUNContext_Free(&context_);
  }

  void advance(State& s, int until, std::span<RunStatus> status) override {
    state_ = &s;
    const bool has_equations = dynamics::alignment_rule(model_, s, 0) == dynamics::AlignmentRule::terms;
    has_rounds_ = rounds_.has_rounds(s, 0);
    const int first = s.day;
    double time = first;
    const int last_round = has_rounds_ ? rounds_.done_by(s, 0, until) : 0;
    for (int round = has_rounds_ ? rounds_.done_by(s, 0, first) + 1 : 1;
         round <= last_round && status[0] == RunStatus::complete; ++round) {
      const double salvo = std::min<double>(until, rounds_.time_of(s, 0, round));
      flow(s, time, salvo, status);
      s.day = std::min(until - 1, static_cast<int>(salvo));
      if (has_equations) {
        s.alignment_losses = s.losses;
      }
      rounds_.fire(s, 0, round, false, s.value(model_.war().law(LawParameter::extinction), 0), *extinction);
      if (has_equations) {
        dynamics::suffer_losses(model_, s, 0);
      }
      time = salvo;
    }
    flow(s, time, until, status);
    s.day = until;
    if (!has_equations) {
      alignment_rules_.advance(s, 0, first, until);
    }
    if (dynamics::has_diverged(model_, s, 0)) {
      status[0] = RunStatus::diverged;
    }
  }

  void restart() override { integrator_.reset(); }

 private:
  /// What flows between rounds of fire, or, where there are none, between decisions.
  void flow(State& s, double time, double until, std::span<RunStatus> status) {
    int stalls = 0;
    while (time < until && status[0] == RunStatus::complete) {
      list_unknowns(s, time);
      if (forces_.empty() && columns_.empty() && musters_.empty() && barred_.empty() && !moves_alignment_) {
        break;
      }
      const double reached = integrate(s, time, until, status[0]);
      stalls = reached > time ? 0 : stalls + 1;
      if (stalls > kMostStalls) {
        status[0] = RunStatus::step_too_small;
      }
      time = reached;
      s.day = std::min(static_cast<int>(std::ceil(until)) - 1, static_cast<int>(time));
    }
  }

  struct Force {
    PlaceIndex place;
    ActorIndex actor;
    bool can_vanish;
  };

  struct Attack {
    ActorIndex by;
    double rate;  ///< kills per day
  };

  struct Breakable {
    ActorIndex actor;
    double losses;  ///< that it can still bear
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
    if (!has_rounds_ && s.contested[s.one(p, 0)]) {
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

  /// Recruits by place: those who join a force, or found one, and those who are barred from it. All who would found one
  /// are there at first, so that they share the fire; then those go who cannot stand, all at once, until nobody must.
  void list_musters(State& s, double time) {
    musters_.clear();
    barred_.clear();
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      for (const dynamics::Muster& m : s.muster[s.one(a, 0)]) {
        if (dynamics::recruitment_rate(s, a, m, 0) > 0) {
          musters_.emplace_back(a, m);
          double& fighters = s.fighters[s.slot(m.place, a, 0)];
          if (fighters <= kTrace) {
            fighters = kTrace;
            dynamics::refresh_place(s, m.place, 0);
          }
        }
      }
    }
    for (std::size_t before = 0; before != musters_.size();) {
      before = musters_.size();
      gone_.clear();
      std::erase_if(musters_, [&](const auto& recruits) {
        const auto& [a, m] = recruits;
        if (s.fighters[s.slot(m.place, a, 0)] > kTrace) {
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
        s.fighters[s.slot(place, a, 0)] = 0;
        dynamics::refresh_place(s, place, 0);
      }
    }
  }

  /// Who change sides. A force founded by those who join it may itself be left by others, who are listed too.
  void list_defections(State& s) {
    defections_.clear();
    for (ActorIndex a = 0; a < s.n_actors && model_.may_defect(); ++a) {
      for (const dynamics::Lure& lure : s.lures[s.one(a, 0)]) {
        if (!dynamics::is_barred(s, lure, 0)) {
          defections_.emplace_back(a, lure);
        }
      }
    }
    const auto may_leave = [&](const auto& defection) {
      return s.fighters[s.slot(defection.second.from, defection.first, 0)] > 0;
    };
    for (bool has_founded = true; has_founded;) {
      has_founded = false;
      for (const auto& defection : defections_) {
        const dynamics::Lure& lure = defection.second;
        double& joined = s.fighters[s.slot(lure.to, lure.whom, 0)];
        if (joined <= 0 && may_leave(defection)) {
          joined = kTrace;
          dynamics::refresh_place(s, lure.to, 0);
          has_founded = true;
        }
      }
    }
    std::erase_if(defections_, [&](const auto& defection) { return !may_leave(defection); });
  }

  void list_unknowns(State& s, double time) {
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
      const bool is_front = !has_rounds_ && s.contested[s.one(p, 0)];
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
    for (const auto& [actor, lure] : defections_) {
      force(lure.from, actor, false);
      force(lure.to, lure.whom, false);
    }
    size_ = forces_.size() + columns_.size();
    list_tallies(s);
    list_breakpoints(s);
    list_alignment(s, time);
  }

  /// Tallies that can grow: losses of each pair that fights, deserters, harm by place and actor. Only these are
  /// unknowns: the error of the forces is judged among few others, and no time goes into numbers that stay zero.
  /// Recruits who muster come at a constant rate and need no equation; those whom harm makes have one.
  void list_tallies(const State& s) {
    const int n = s.n_actors;
    unknowns_ = size_;
    harm_places_ = fronts_;
    for (const dynamics::Strike& strike : s.strikes[0]) {
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
      const bool has_people = dynamics::people_around(model_, s, fronts_[k], 0) > 0;
      for (ActorIndex a = 0; a < n; ++a) {
        for (ActorIndex b = 0; b < n; ++b) {
          if (s.derived.kill[s.pair(a, b, 0)] > 0 && s.fighters[s.slot(fronts_[k], a, 0)] > 0 &&
              s.fighters[s.slot(fronts_[k], b, 0)] > 0) {
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
    for (const dynamics::Strike& strike : s.strikes[0]) {
      add(loss_at_[at(strike.air * n + strike.target)]);
      if (strike.place != kNone && dynamics::people_around(model_, s, strike.place, 0) > 0) {
        add(harm_at_[harm_place(strike.place) * at(n) + at(strike.air)]);
      }
    }
    for (ActorIndex a = 0; a < n; ++a) {
      if (!s.unpaid[s.one(a, 0)].empty()) {
        add(deserted_at_[at(a)]);
      }
    }
    for (const auto& [actor, lure] : defections_) {
      add(defected_at_[at(actor * n + lure.whom)]);
    }
  }

  /// Actors that losses may bring to their breakpoint. One that has reached it is there but for rounding.
  void list_breakpoints(const State& s) {
    constexpr double kRounding = 1e-9;
    breakable_.clear();
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      const double losses = s.derived.breakpoint[at(a)];
      if (std::isfinite(losses) && s.killed[at(a)] < losses * (1 - kRounding)) {
        breakable_.push_back({a, losses - s.killed[at(a)]});
      }
    }
  }

  void list_alignment(State& s, double time) {
    alignment_ = unknowns_;
    moves_alignment_ = dynamics::alignment_rule(model_, s, 0) == dynamics::AlignmentRule::terms;
    if (!moves_alignment_) {
      return;
    }
    terms_.load(s, 0);
    if (greatest_size(s.alignment) >= terms_.limit()) {  // the root finder only sees crossings
      s.alignment_end[0] = time;
      moves_alignment_ = false;
      return;
    }
    unknowns_ += at(s.n_actors * s.n_actors);
  }

  std::size_t harm_place(PlaceIndex p) const {
    return static_cast<std::size_t>(std::find(harm_places_.begin(), harm_places_.end(), p) - harm_places_.begin());
  }

  void pack(const State& s, double* y) const {
    std::size_t k = 0;
    for (const Force& f : forces_) {
      y[k++] = s.fighters[s.slot(f.place, f.actor, 0)];
    }
    for (const int id : columns_) {
      y[k++] = dynamics::find_column(s, 0, id)->fighters;
    }
    std::fill(y + size_, y + alignment_, 0);
    std::copy(s.alignment.begin(), s.alignment.begin() + static_cast<std::ptrdiff_t>(unknowns_ - alignment_),
              y + alignment_);
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

  void unpack_tallies(const double* y, double days, State& s) const {
    const int n = s.n_actors;
    for (ActorIndex a = 0; a < n; ++a) {
      for (ActorIndex b = 0; b < n; ++b) {
        if (const int k = loss_at_[at(a * n + b)]; k != kNone) {
          s.losses[s.pair(a, b, 0)] += y[at(k)];
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
          s.recent_harm[s.slot(harm_places_[p], a, 0)] += y[at(k)];
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
        s.losses[s.pair(attack.by, barred.actor, 0)] += came * attack.rate / sum(barred.attacks);
      }
    }
  }

  void unpack_alignment(const double* y, State& s) const {
    for (std::size_t i = alignment_; i < unknowns_; ++i) {
      s.alignment[i - alignment_] = terms_.has_clip() ? std::clamp(y[i], -1.0, 1.0) : y[i];
    }
  }

  static double greatest_size(std::span<const double> values) {
    double greatest = 0;
    for (const double x : values) {
      greatest = std::max(greatest, std::abs(x));
    }
    return greatest;
  }

  void slope(double time, const double* y, double* dy) {
    State& s = *state_;
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
      dynamics::fire_rates(model_, s, fronts_[k], time, 0, 1, rates_);
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
        harm(strike.air, harm_place(strike.place), rate.harm);
      }
    }
    for (const auto& [actor, m] : musters_) {
      dy[at(force_at_[at(m.place * n + actor)])] += m.per_day;
    }
    for (ActorIndex a = 0; a < n; ++a) {
      const double delta = s.value(model_.war().actor(a, ActorParameter::desertion_per_day), 0);
      for (const dynamics::Unpaid& unpaid : s.unpaid[s.one(a, 0)]) {
        if (const int k = force_at_[at(unpaid.place * n + a)]; k != kNone) {
          const double rate = dynamics::desertion_rate(s, a, unpaid, delta, 0);
          dy[at(k)] -= rate;
          dy[at(deserted_at_[at(a)])] += rate;
        }
      }
    }
    for (const auto& [actor, lure] : defections_) {
      const double rate = lure.per_day * s.fighters[s.slot(lure.from, actor, 0)];
      dy[at(force_at_[at(lure.from * n + actor)])] -= rate;
      dy[at(force_at_[at(lure.to * n + lure.whom)])] += rate;
      dy[at(defected_at_[at(actor * n + lure.whom)])] += rate;
    }
    if (moves_alignment_) {
      add_alignment_slope(y, dy);
    }
  }

  void add_alignment_slope(const double* y, double* dy) {
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

  /// Root functions: of every force and column, of every breakpoint, and of the greatest alignment.
  std::size_t n_roots() const { return alignment_root() + (moves_alignment_ ? 1 : 0); }
  std::size_t alignment_root() const { return size_ + breakable_.size(); }

  static int cvode_slope(realtype time, N_Vector y, N_Vector dy, void* self) {
    static_cast<MeanField*>(self)->slope(time, N_VGetArrayPointer(y), N_VGetArrayPointer(dy));
    return 0;
  }

  double alignment_size(N_Vector y) const {
    return greatest_size({N_VGetArrayPointer(y) + alignment_, unknowns_ - alignment_});
  }

  static int cvode_roots(realtype, N_Vector y, realtype* out, void* self) {
    const auto* m = static_cast<MeanField*>(self);
    for (std::size_t k = 0; k < m->size_; ++k) {
      const bool can_vanish = k >= m->forces_.size() || m->forces_[k].can_vanish;
      out[k] = can_vanish ? N_VGetArrayPointer(y)[k] - m->threshold_ : 1;
    }
    if (m->moves_alignment_) {
      out[m->alignment_root()] = m->terms_.limit() - m->alignment_size(y);
    }
    for (std::size_t b = 0; b < m->breakable_.size(); ++b) {
      double left = m->breakable_[b].losses;
      for (ActorIndex by = 0; by < m->model_.n_actors(); ++by) {
        const int k = m->loss_at_[at(by * m->model_.n_actors() + m->breakable_[b].actor)];
        left -= k == kNone ? 0 : N_VGetArrayPointer(y)[k];
      }
      out[m->size_ + b] = left;
    }
    return 0;
  }

  /// Integrates until `until` or the first moment a force is gone; returns the time reached.
  double integrate(State& s, double time, double until, RunStatus& status) {
    threshold_ = s.value(model_.war().law(LawParameter::extinction), 0);
    if (unknowns_ == 0) {  // only recruits who fall as they come
      unpack_tallies(nullptr, until - time, s);
      return until;
    }
    if (integrator_ == nullptr || integrator_->unknowns != unknowns_ || integrator_->roots != n_roots()) {
      integrator_ = std::make_unique<Integrator>(context_, unknowns_, n_roots());
    }
    N_Vector y = integrator_->y;
    pack(s, N_VGetArrayPointer(y));
    first_.assign(N_VGetArrayPointer(y), N_VGetArrayPointer(y) + size_);
    for (std::size_t k = 0; k < size_; ++k) {
      // A force already at or below the threshold is gone now, unless its first recruits are just coming; the root
      // finder only sees crossings.
      const double x = N_VGetArrayPointer(y)[k];
      if ((k >= forces_.size() || forces_[k].can_vanish) && x <= threshold_ && x > kTrace) {
        vanish(s, k, time);
        return time;
      }
    }
    void* cvode = integrator_->cvode;
    if (integrator_->is_new) {
      set_up(time);
      integrator_->is_new = false;
    } else {
      CVodeReInit(cvode, time, y);
    }
    CVodeSetStopTime(cvode, until);
    realtype reached = time;
    const int flag = CVode(cvode, until, y, &reached, CV_NORMAL);
    const double* result = N_VGetArrayPointer(y);
    if (flag < 0 && moves_alignment_ && alignment_size(y) > kBeyondDoubt) {
      unpack_forces(first_.data(), s, 0);
      unpack_alignment(result, s);
      s.alignment_end[0] = reached;
      status = RunStatus::diverged;
    } else if (flag < 0) {
      unpack_forces(first_.data(), s, 0);
      status = std::all_of(result, result + unknowns_, [](double x) { return std::isfinite(x); })
                   ? RunStatus::step_too_small
                   : RunStatus::not_finite;
    } else {
      unpack_forces(result, s, 0);
      unpack_tallies(result, reached - time, s);
      unpack_alignment(result, s);
      if (flag == CV_ROOT_RETURN) {
        roots_.assign(n_roots(), 0);
        CVodeGetRootInfo(cvode, roots_.data());
        for (std::size_t k = 0; k < size_; ++k) {
          if (roots_[k] != 0) {
            vanish(s, k, reached);
          }
        }
        for (std::size_t b = 0; b < breakable_.size(); ++b) {
          if (roots_[size_ + b] != 0) {
            leave(s, breakable_[b].actor, reached);
          }
        }
        if (moves_alignment_ && roots_[alignment_root()] != 0) {
          s.alignment_end[0] = reached;
        }
      }
      for (const Force& f : forces_) {
        dynamics::refresh_place(s, f.place, 0);
        dynamics::settle_control(s, f.place, 0);
      }
    }
    return reached;
  }

  void set_up(double time) {
    void* cvode = integrator_->cvode;
    CVodeInit(cvode, cvode_slope, time, integrator_->y);
    CVodeSStolerances(cvode, tolerance_, tolerance_);
    CVodeSetUserData(cvode, this);
    CVodeSetNonlinearSolver(cvode, integrator_->solver);
    CVodeRootInit(cvode, static_cast<int>(n_roots()), cvode_roots);
    if (n_roots() > 0) {
      roots_.assign(n_roots(), -1);
      CVodeSetRootDirection(cvode, roots_.data());
    }
    CVodeSetNoInactiveRootWarn(cvode);
    CVodeSetErrHandlerFn(
        cvode, [](int, const char*, const char*, char*, void*) {}, nullptr);
    CVodeSetMaxNumSteps(cvode, 1'000'000);
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
    const double fallen = fighters;
    s.killed[at(a)] += fallen;
    fighters = 0;
    if (is_force) {
      dynamics::refresh_place(s, forces_[k].place, 0);
      dynamics::settle_control(s, forces_[k].place, 0);
    }
    if (dynamics::breaks(s, a, 0, fallen)) {
      dynamics::leave_war(s, a, 0);
    }
    note_extinction(a, time);
  }

  void leave(State& s, ActorIndex a, double time) {
    dynamics::leave_war(s, a, 0);
    note_extinction(a, time);
  }

  void note_extinction(ActorIndex a, double time) {
    double& day = (*extinction)[at(a)];
    if (std::isnan(day) && dynamics::total_fighters(*state_, a, 0) <= 0) {
      day = time;
    }
  }

  const CompiledModel& model_;
  const double tolerance_;
  SUNContext context_ = nullptr;
  State* state_ = nullptr;
  dynamics::FireRates rates_;
  Rounds rounds_;
  bool has_rounds_ = false;
  std::vector<Force> forces_;
  std::vector<int> columns_;             ///< ids
  std::vector<PlaceIndex> fronts_;       ///< contested places
  std::vector<PlaceIndex> harm_places_;  ///< fronts_, then other places struck
  std::vector<std::pair<ActorIndex, dynamics::Muster>> musters_;
  std::vector<Barred> barred_;
  std::vector<std::pair<PlaceIndex, ActorIndex>> gone_;
  std::vector<std::pair<ActorIndex, dynamics::Lure>> defections_;
  std::vector<int> force_at_;  ///< [place][actor] index into forces_
  /// Unknowns, or kNone: [by][whom], [actor], [actor], [actor][whom he joins], [harm place][actor].
  std::vector<int> loss_at_, deserted_at_, recruited_at_, defected_at_, harm_at_;
  std::size_t size_ = 0, unknowns_ = 0;  ///< of forces and columns, and of all
  std::vector<Breakable> breakable_;
  std::unique_ptr<Integrator> integrator_;
  std::vector<double> first_;
  std::vector<int> roots_;
  dynamics::AlignmentTerms terms_;
  dynamics::AlignmentMover alignment_rules_;
  bool moves_alignment_ = false;      ///< by equations
  std::size_t alignment_ = 0;         ///< its first unknown; the last ones are the matrix
  std::vector<double> loss_per_day_;  ///< [by][whom]
  double threshold_ = 0;
};

}  // namespace

std::unique_ptr<Stepper> make_mean_field(const CompiledModel& model, const SolveOptions& options, const State& state) {
  TRUEL_CHECK(state.width == 1);
  return std::make_unique<MeanField>(model, options, state);
}

}  // namespace truel::solver
