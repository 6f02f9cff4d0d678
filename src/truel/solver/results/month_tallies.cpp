#include "truel/solver/results/month_tallies.hpp"

namespace truel::solver {

std::size_t month_row(const CompiledModel& model, MonthTallyInfo::Of of) {
  const std::size_t n = at(model.n_actors());
  switch (of) {
    case MonthTallyInfo::Of::dyad_and_country:
      return model.countries().size() * n * n;
    case MonthTallyInfo::Of::actor:
      return n;
    case MonthTallyInfo::Of::place:
      break;
  }
  return at(model.n_places());
}

}  // namespace truel::solver
