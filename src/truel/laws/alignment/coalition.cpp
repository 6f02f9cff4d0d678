#include "truel/laws/alignment/coalition.hpp"

#include <algorithm>
#include <array>

#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/derived.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

using Masks = std::array<ActorMask, kMaxActors>;

Masks friends_of(const State& s) {
  Masks friends{};
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    friends[at(a)] = s.derived.friendly[a];
  }
  return friends;
}

/// The coalition of every actor as a mask, itself included: all whom a chain of pairs of friends leads to.
Masks coalitions(const State& s) {
  Masks groups{};
  ActorMask unseen = s.n_actors == kMaxActors ? ~ActorMask{0} : bit(s.n_actors) - 1;
  while (unseen != 0) {
    ActorMask group = unseen & (~unseen + 1);
    for (ActorMask frontier = group; frontier != 0;) {
      const ActorMask found = s.derived.friendly[at(first_of(frontier))] & ~group;
      group |= found;
      frontier = (frontier & (frontier - 1)) | found;
    }
    for (ActorMask rest = group; rest != 0; rest &= rest - 1) {
      groups[at(first_of(rest))] = group;
    }
    unseen &= ~group;
  }
  return groups;
}

/// The price of entry: who joins others takes over their enmities, all at once and from the alignments as they were.
/// Returns whether an alignment fell.
bool accede(const CompiledModel& model, State& s, const Masks& before, const Masks& now) {
  const War& war = model.war();
  const double share = s.value(war.law(number_of<Alignment>(Alignment::accession)));
  const double enemy = s.value(war.law(LawParameter::enemy_threshold));
  if (share <= 0) {
    return false;
  }
  struct Fall {
    ActorIndex who, enemy;
    double to;
  };
  std::array<Fall, std::size_t{kMaxActors} * kMaxActors> falls;
  std::size_t n_falls = 0;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    const ActorMask joined = now[at(a)] & ~before[at(a)];
    for (ActorIndex e = 0; e < s.n_actors && joined != 0; ++e) {
      if ((now[at(a)] & bit(e)) != 0) {
        continue;
      }
      const double own = s.alignment[s.pair(a, e)];
      double lowest = own;
      for (ActorMask rest = joined; rest != 0; rest &= rest - 1) {
        lowest = std::min(lowest, s.alignment[s.pair(first_of(rest), e)]);
      }
      if (lowest <= enemy && lowest < own) {
        falls[n_falls++] = {a, e, own + share * (lowest - own)};
      }
    }
  }
  for (std::size_t i = 0; i < n_falls; ++i) {
    // Two who take each other for enemies on behalf of others: the lower of both counts.
    const Fall& fall = falls[i];
    s.set_alignment(fall.who, fall.enemy, std::min(s.alignment[s.pair(fall.who, fall.enemy)], fall.to));
  }
  return n_falls > 0;
}

void note_changes(State& s, const Masks& before, const Masks& now) {
  Journal* journal = s.journal;
  for (ActorIndex a = 0; a < s.n_actors && journal != nullptr; ++a) {
    for (ActorIndex b = a + 1; b < s.n_actors; ++b) {
      const bool were_friends = (before[at(a)] & bit(b)) != 0;
      const bool are_friends = (now[at(a)] & bit(b)) != 0;
      if (were_friends != are_friends) {
        journal->events.push_back({s.day, (are_friends ? Alignment::kCoalition : Alignment::kSplit).kind, a, kNone, b,
                                   0, are_friends ? &Alignment::kAboveAllies : &Alignment::kBelowAllies});
      }
    }
  }
}

}  // namespace

bool read_relations(const CompiledModel& model, State& s) {
  if (!Alignment::may_act(model)) {
    return derive_relations(model, s);
  }
  const Masks friends_before = friends_of(s);
  const Masks groups_before = coalitions(s);
  if (!derive_relations(model, s)) {
    return false;
  }
  if (alignment_rule(model, s) == AlignmentRule::terms && accede(model, s, groups_before, coalitions(s))) {
    derive_relations(model, s);
  }
  note_changes(s, friends_before, friends_of(s));
  return true;
}

bool Alignment::change_relations(const CompiledModel& model, State& s) {
  return laws::read_relations(model, s);
}

}  // namespace truel::laws
