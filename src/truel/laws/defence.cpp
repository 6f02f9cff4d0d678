#include "truel/laws/defence.hpp"

#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

/// A factor that a law keeps for whoever holds a place: 1 without the law, and until the first decision after the place
/// has changed hands.
template <class L>
double for_holder(const State& s, typename L::OwnState factor, PlaceIndex p) {
  const bool is_theirs = s.laws.lists[state_of<L>(L::holder)][at(p)] == static_cast<double>(s.control[p]);
  return is_theirs ? s.laws.lists[state_of<L>(factor)][at(p)] : 1;
}

/// What everybody sees: cover, works and entrenchment.
double let_through(const CompiledModel& model, const State& s, PlaceIndex p, int day) {
  return let_through_by_works(model, s, p, day) * for_holder<Entrenchment>(s, Entrenchment::let_through, p);
}

}  // namespace

double exposure(const CompiledModel& model, const State& s, PlaceIndex p, int day) {
  return let_through(model, s, p, day) * for_holder<HiddenDefence>(s, HiddenDefence::believed, p);
}

double exposure(const CompiledModel& model, const State& s, PlaceIndex p) {
  return exposure(model, s, p, s.day);
}

double exposure_in_fights(const CompiledModel& model, const State& s, PlaceIndex p) {
  return let_through(model, s, p, s.day) * for_holder<HiddenDefence>(s, HiddenDefence::let_through, p);
}

}  // namespace truel::laws
