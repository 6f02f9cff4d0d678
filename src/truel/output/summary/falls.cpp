#include "truel/output/summary/falls.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace truel::output {

Day date_of(const War& war, double day) {
  return war.start + static_cast<Day>(std::lround(day));
}

std::vector<Fall> falls(const CompiledModel& model, const ensemble::Summary& summary) {
  std::vector<Fall> falls;
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    const ensemble::ActorSummary& s = summary.actors[at(a)];
    if (s.collapse_share > 0 && std::isfinite(s.of(ActorOutcome::collapse_day).q50)) {
      falls.push_back({a, s.collapse_share, date_of(model.war(), s.of(ActorOutcome::collapse_day).q50),
                       s.of(ActorOutcome::collapse_day).runs});
    }
  }
  std::sort(falls.begin(), falls.end(), [](const Fall& a, const Fall& b) {
    const auto key = [](const Fall& f) {
      const bool is_rare = f.probability < 0.5;
      return std::tuple(is_rare, is_rare ? 0 : f.median_date, -f.probability, f.actor);
    };
    return key(a) < key(b);
  });
  return falls;
}

}  // namespace truel::output
