// The differential equations of the expected state, by CVODE (Hindmarsh et al. 2005): Adams methods of variable order
// with fixed-point iteration, as the laws are not stiff, and root finding for the moment a force is gone.
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_math.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "truel/base/math.hpp"
#include "truel/solver/steppers/extinction.hpp"
#include "truel/solver/steppers/mean_field_equations.hpp"
#include "truel/solver/steppers/stepper.hpp"
#include "truel/solver/steppers/vector_operations.hpp"

/// The powers in CVODE's choice of steps: it finds this definition, in the program or module that it is a part of,
/// before its own, which would take the C library's pow, chosen by the processor.
extern "C" SUNDIALS_EXPORT sunrealtype SUNRpowerR(sunrealtype base, sunrealtype exponent) {
  return base <= 0 ? 0 : truel::math::pow(base, exponent);
}

namespace truel::solver {
namespace {

/// Forces gone at one moment, one after the other, before the solver calls it a failure.
constexpr int kMostStalls = 10'000;

/// Kept at once.
constexpr std::size_t kIntegrators = 3;

// Its errors are read from what it returns: nobody is told of them. Version 7 asks that of the context.
#if SUNDIALS_VERSION_MAJOR < 7
constexpr void* kNoRanks = nullptr;

void tell_nobody(SUNContext, void* cvode) {
  const auto nothing = [](int, const char*, const char*, char*, void*) {};
  CVodeSetErrHandlerFn(cvode, nothing, nullptr);
}
#else
constexpr SUNComm kNoRanks = SUN_COMM_NULL;

void tell_nobody(SUNContext context, void*) {
  SUNContext_ClearErrHandlers(context);
}
#endif

/// A drift: as equations, or, where it moves by another rule, by its mover.
template <class Law>
struct MovedDrift {
  explicit MovedDrift(const CompiledModel& model) : mover(model) {}
  typename Law::Mover mover;
  bool is_in_equations = false;
};

/// What CVODE needs for one number of unknowns and of root functions; kept from one stretch to the next, as making it
/// costs as much as a short integration.
struct Integrator {
  Integrator(SUNContext context, std::size_t n_unknowns, std::size_t n_roots)
      : unknowns(n_unknowns),
        roots(n_roots),
        y(make_vector(context, n_unknowns)),
        cvode(CVodeCreate(CV_ADAMS, context)),
        solver(SUNNonlinSol_FixedPoint(y, 0, context)) {}
  Integrator(const Integrator&) = delete;
  Integrator& operator=(const Integrator&) = delete;
  ~Integrator() {
    SUNNonlinSolFree(solver);
    CVodeFree(&cvode);
    N_VDestroy(y);
  }

  static N_Vector make_vector(SUNContext context, std::size_t length) {
    N_Vector vector = N_VNew_Serial(static_cast<sunindextype>(length), context);
    use_plain_loops(vector);  // before CVODE makes others like it
    return vector;
  }

  const std::size_t unknowns, roots;
  N_Vector y;
  void* cvode;
  SUNNonlinearSolver solver;
  bool is_new = true;
};

class MeanField final : public Stepper {
 public:
  MeanField(const CompiledModel& model, const SolveOptions& options, const State& state)
      : model_(model),
        tolerance_(options.tolerance),
        equations_(model, state, options.counts_losses),
        rounds_(model, state),
        drifts_(laws::Drifts::each<MovedDrift>(model)) {
    TRUEL_CHECK(SUNContext_Create(kNoRanks, &context_) == 0);
  }
  MeanField(const MeanField&) = delete;
  MeanField& operator=(const MeanField&) = delete;
  ~MeanField() override {
    integrators_.clear();
    SUNContext_Free(&context_);
  }

  void advance(State& s, int until, RunStatus& status) override {
    state_ = &s;
    for_each_drift([&]<class Law>(MovedDrift<Law>& drift) { drift.is_in_equations = Law::Flow::acts(model_, s); });
    has_rounds_ = rounds_.has_rounds(s);
    const int first = s.day;
    double time = first;
    const int last_round = has_rounds_ ? rounds_.done_by(s, until) : 0;
    for (int round = has_rounds_ ? rounds_.done_by(s, first) + 1 : 1;
         round <= last_round && status == RunStatus::complete; ++round) {
      const double salvo = std::min<double>(until, rounds_.time_of(s, round));
      flow(s, time, salvo, status);
      s.day = std::min(until - 1, static_cast<int>(salvo));
      for_each_drift([&]<class Law>(const MovedDrift<Law>& drift) {
        if (drift.is_in_equations) {
          Law::Flow::before_blow(s);
        }
      });
      rounds_.fire(s, round, false, s.value(model_.war().law(LawParameter::extinction)),
                   [&](ActorIndex a) { note_extinction(s, a, rounds_.time_of(s, round), *extinction); });
      for_each_drift([&]<class Law>(const MovedDrift<Law>& drift) {
        if (drift.is_in_equations) {
          Law::Flow::after_blow(model_, s);
        }
      });
      time = salvo;
    }
    flow(s, time, until, status);
    s.day = until;
    for_each_drift([&]<class Law>(MovedDrift<Law>& drift) {
      if (!drift.is_in_equations) {
        drift.mover.advance(s, first, until);
      }
      if (Law::has_diverged(model_, s)) {
        status = RunStatus::diverged;
      }
    });
  }

  void restart() override {}

 private:
  template <class F>
  void for_each_drift(F&& f) {
    std::apply([&](auto&... drift) { (f(drift), ...); }, drifts_);
  }

  /// What flows between rounds of fire, or, where there are none, between decisions.
  void flow(State& s, double time, double until, RunStatus& status) {
    int stalls = 0;
    while (time < until && status == RunStatus::complete && !is_stopped()) {
      equations_.list(s, time, has_rounds_);
      if (!equations_.has_any()) {
        break;
      }
      const double reached = integrate(s, time, until, status);
      stalls = reached > time ? 0 : stalls + 1;
      if (stalls > kMostStalls) {
        status = RunStatus::step_too_small;
      }
      time = reached;
      s.day = std::min(static_cast<int>(std::ceil(until)) - 1, static_cast<int>(time));
    }
  }

  static int cvode_slope(sunrealtype time, N_Vector y, N_Vector dy, void* self) {
    auto* m = static_cast<MeanField*>(self);
    if (m->is_stopped()) {
      return -1;  // the integration fails at once
    }
    m->equations_.slope(*m->state_, time, N_VGetArrayPointer(y), N_VGetArrayPointer(dy));
    return 0;
  }

  static int cvode_roots(sunrealtype, N_Vector y, sunrealtype* out, void* self) {
    static_cast<MeanField*>(self)->equations_.roots(N_VGetArrayPointer(y), out);
    return 0;
  }

  /// Integrates until `until` or the first moment a force is gone; returns the time reached.
  double integrate(State& s, double time, double until, RunStatus& status) {
    const std::size_t n = equations_.unknowns();
    if (n == 0) {  // only recruits who fall as they come
      equations_.unpack_tallies(nullptr, until - time, s);
      return until;
    }
    Integrator& integrator = integrator_of(n, equations_.n_roots());
    N_Vector y = integrator.y;
    const double* result = N_VGetArrayPointer(y);
    equations_.pack(s, N_VGetArrayPointer(y));
    first_.assign(result, result + n);
    if (const auto gone = equations_.take_gone(s, result, time); !gone.empty()) {
      for (const ActorIndex a : gone) {
        note_extinction(s, a, time, *extinction);
      }
      return time;
    }
    void* cvode = integrator.cvode;
    if (integrator.is_new) {
      set_up(integrator, time);
      integrator.is_new = false;
    } else {
      CVodeReInit(cvode, time, y);
    }
    CVodeSetStopTime(cvode, until);
    sunrealtype reached = time;
    const int flag = CVode(cvode, until, y, &reached, CV_NORMAL);
    if (flag < 0) {
      equations_.unpack_forces(first_.data(), s, 0);
      if (equations_.end_beyond_doubt(result, s, reached)) {
        status = RunStatus::diverged;
      } else {
        status = std::all_of(result, result + n, [](double x) { return std::isfinite(x); }) ? RunStatus::step_too_small
                                                                                            : RunStatus::not_finite;
      }
      return reached;
    }
    equations_.unpack_forces(result, s, 0);
    equations_.unpack_tallies(result, reached - time, s);
    equations_.unpack_drifts(result, s);
    if (flag == CV_ROOT_RETURN) {
      roots_.assign(equations_.n_roots(), 0);
      CVodeGetRootInfo(cvode, roots_.data());
      for (const ActorIndex a : equations_.reach_roots(s, roots_, reached)) {
        note_extinction(s, a, reached, *extinction);
      }
    }
    equations_.settle(s);
    return reached;
  }

  /// One for so many unknowns and roots; the last few are kept, as a small war goes through the same numbers again.
  Integrator& integrator_of(std::size_t n, std::size_t n_roots) {
    const auto known = std::find_if(integrators_.begin(), integrators_.end(),
                                    [&](const auto& i) { return i->unknowns == n && i->roots == n_roots; });
    if (known != integrators_.end()) {
      return **known;
    }
    if (integrators_.size() == kIntegrators) {
      integrators_.erase(integrators_.begin());
    }
    return *integrators_.emplace_back(std::make_unique<Integrator>(context_, n, n_roots));
  }

  void set_up(const Integrator& integrator, double time) {
    void* cvode = integrator.cvode;
    CVodeInit(cvode, cvode_slope, time, integrator.y);
    CVodeSStolerances(cvode, tolerance_, tolerance_);
    CVodeSetUserData(cvode, this);
    CVodeSetNonlinearSolver(cvode, integrator.solver);
    CVodeRootInit(cvode, static_cast<int>(equations_.n_roots()), cvode_roots);
    if (equations_.n_roots() > 0) {
      roots_.assign(equations_.n_roots(), -1);
      CVodeSetRootDirection(cvode, roots_.data());
    }
    CVodeSetNoInactiveRootWarn(cvode);
    tell_nobody(context_, cvode);
    CVodeSetMaxNumSteps(cvode, 1'000'000);
  }

  const CompiledModel& model_;
  const double tolerance_;
  SUNContext context_ = nullptr;
  State* state_ = nullptr;
  Equations equations_;
  laws::Rounds rounds_;
  bool has_rounds_ = false;
  laws::Drifts::Each<MovedDrift> drifts_;
  std::vector<std::unique_ptr<Integrator>> integrators_;
  std::vector<double> first_;  ///< [unknown] at the beginning
  std::vector<int> roots_;
};

}  // namespace

std::unique_ptr<Stepper> make_mean_field(const CompiledModel& model, const SolveOptions& options, const State& state) {
  return std::make_unique<MeanField>(model, options, state);
}

}  // namespace truel::solver
