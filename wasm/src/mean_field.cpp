// The mean field needs SUNDIALS, which this module is built without; nothing that it exports asks for that solver.
#include "truel/solver/steppers/stepper.hpp"

namespace truel::solver {

std::unique_ptr<Stepper> make_mean_field(const CompiledModel& /*model*/, const SolveOptions& /*options*/,
                                         const State& /*state*/) {
  TRUEL_CHECK(false);
  return nullptr;
}

}  // namespace truel::solver
