#include "truel/laws/interventions/allegiance.hpp"

#include <algorithm>
#include <cmath>

#include "truel/laws/laws.hpp"
#include "truel/world/marches.hpp"

namespace truel::laws {
namespace {

/// A pledge or a merger that an account denies has the value 0.
bool happens(const War& war, const State& s, int row) {
  return war.interventions[at(row)].action == InterventionAction::realign || s.value(war.intervention(row)) > 0;
}

/// Calls `give(c, value)` for every other actor c with whom the row changes the actor's alignment. `alignment_of(b,
/// c)`: as it is.
template <class AlignmentOf, class Give>
void for_each_new_alignment(const War& war, const State& s, int row, AlignmentOf alignment_of, Give give) {
  const Intervention& i = war.interventions[at(row)];
  if (i.action == InterventionAction::realign && i.other != kNone) {
    give(i.other, s.value(war.intervention(row)));
  } else if (i.action == InterventionAction::pledge && happens(war, s, row)) {
    for (ActorIndex c = 0; c < s.n_actors; ++c) {
      if (c != i.actor) {
        give(c, c == i.other ? 1 : alignment_of(i.other, c));
      }
    }
  }
}

/// A part of all fighters of an actor goes over to another, or home (kNone), each from where he is. How many.
double hand_over(State& s, ActorIndex from, ActorIndex to, double share, bool is_whole) {
  const double all = total_fighters(s, from);
  const double wanted = is_whole ? std::floor(share * all + 0.5) : share * all;
  double running = 0;
  double done = 0;
  double moved = 0;
  const auto take = [&](double& fighters) {  // parts of a whole number by cumulative rounding: they add up exactly
    running += fighters;
    const double upto = is_whole ? std::floor(wanted * running / all + 0.5) : wanted * running / all;
    const double taken = share < 1 ? std::min(fighters, upto - done) : fighters;
    done = upto;
    fighters -= taken;
    moved += taken;
    return taken;
  };
  for (PlaceIndex p = 0; p < s.n_places && wanted > 0; ++p) {
    const double taken = take(s.fighters[s.slot(p, from)]);
    if (to != kNone) {
      s.fighters[s.slot(p, to)] += taken;
    }
  }
  for (PlaceIndex p = 0; p < s.n_places && wanted > 0 && !s.underground.empty(); ++p) {
    const double taken = take(s.underground[s.slot(p, from)]);
    if (to != kNone) {
      s.underground[s.slot(p, to)] += taken;
    }
  }
  auto& marches = s.marches;
  for (std::size_t k = 0, n = marches.size(); k < n && wanted > 0; ++k) {
    if (marches[k].actor != from) {
      continue;
    }
    const double taken = take(marches[k].fighters);
    if (to != kNone && taken > 0) {
      March theirs = marches[k];
      theirs.id = s.departures.next_march++;
      theirs.actor = to;
      theirs.fighters = taken;
      add_march(s, theirs);
    }
  }
  if (to == kNone) {
    s.tally(outcome_of<Income>(Income::deserted), from) += moved;
  } else {
    s.tally(outcome_of<Defection>(Defection::defected), from) += moved;
    s.tally(outcome_of<Defection>(Defection::joined), to) += moved;
  }
  return moved;
}

/// Places and supporters of an actor that is no more.
void bequeath(State& s, const Intervention& i, double compliance) {
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    if (ActorIndex& holder = s.control[p]; holder == i.actor) {
      holder = i.other;
      ++s.tallies.n_holder_changes;
    }
    double& supporters = s.support[s.slot(p, i.actor)];
    s.support[s.slot(p, i.other)] += compliance * supporters;
    if (i.dissenters != kNone) {
      s.support[s.slot(p, i.dissenters)] += (1 - compliance) * supporters;
    }
    supporters = 0;
  }
  own_state<Recruitment>(s).sites[i.actor].clear();
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    std::erase_if(own_state<Defection>(s).rates[a],
                  [&](const DefectionRate& defection) { return defection.whom == i.actor; });
  }
}

}  // namespace

double change_allegiance(const CompiledModel& model, State& s, int row, bool is_whole) {
  const War& war = model.war();
  const Intervention& i = war.interventions[at(row)];
  if (!happens(war, s, row)) {
    return 0;
  }
  for_each_new_alignment(
      war, s, row, [&](ActorIndex b, ActorIndex c) { return s.alignment[s.pair(b, c)]; },
      [&](ActorIndex c, double alignment) {
        s.value(war.alignment(i.actor, c)) = alignment;
        s.set_alignment(i.actor, c, alignment);
      });
  const double compliance = i.compliance == kNone ? 1 : s.value(i.compliance);
  double moved = hand_over(s, i.actor, i.dissenters, 1 - compliance, is_whole);
  if (i.action == InterventionAction::merge) {
    moved += hand_over(s, i.actor, i.other, 1, is_whole);
    bequeath(s, i, compliance);
  }
  return moved;
}

void realign_before_start(const CompiledModel& model, State& s, int row) {
  const War& war = model.war();
  for_each_new_alignment(
      war, s, row, [&](ActorIndex b, ActorIndex c) { return scenario_alignment(model, s, b, c); },
      [&](ActorIndex c, double alignment) { s.value(war.alignment(war.interventions[at(row)].actor, c)) = alignment; });
}

}  // namespace truel::laws
