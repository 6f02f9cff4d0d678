#include <gtest/gtest.h>

#include <type_traits>

#include "truel/model/results/metric.hpp"
#include "truel/world/casualties.hpp"
#include "truel/world/marches.hpp"
#include "truel/world/presence.hpp"
#include "truel/world/view.hpp"

namespace truel::test {
namespace {

// What must not compile: an index of one list where one of another is asked for.
template <class P, class A>
concept IsSlot = requires(State s, P p, A a) {
  s.slot(p, a);
};
static_assert(IsSlot<PlaceIndex, ActorIndex>);
static_assert(!IsSlot<ActorIndex, PlaceIndex>);
static_assert(!IsSlot<int, PlaceIndex>);  // one of the two is enough to tell
static_assert(IsSlot<int, ActorIndex>);
static_assert(!IsSlot<int, int>);  // but one has to
static_assert(!IsSlot<std::size_t, int>);

template <class N>
concept IsParameter = requires(const State& s, N n) {
  s.value(n);
};
static_assert(IsParameter<int>);
static_assert(!IsParameter<PlaceIndex>);

template <class I>
concept IsPlaceInList = requires(const State& s, I i) {
  s.control[i];
};
static_assert(IsPlaceInList<PlaceIndex>);
static_assert(!IsPlaceInList<ActorIndex>);

template <class A, class B>
concept IsPair = requires(State s, A a, B b) {
  s.pair(a, b);
};
static_assert(IsPair<ActorIndex, ActorIndex>);
static_assert(!IsPair<ActorIndex, PlaceIndex>);
static_assert(!IsPair<CommandIndex, ActorIndex>);
static_assert(!IsPair<int, int>);

template <class P, class A>
concept IsTroop = requires(View v, P p, A a) {
  v.n(p, a);
};
static_assert(IsTroop<PlaceIndex, ActorIndex>);
static_assert(!IsTroop<ActorIndex, PlaceIndex>);
static_assert(!IsTroop<int, int>);

template <class A>
concept HasCommand = requires(const CompiledModel& m, A a) {
  m.command_of(a);
};
static_assert(HasCommand<ActorIndex>);
static_assert(!HasCommand<CommandIndex>);
static_assert(!HasCommand<PlaceIndex>);

template <class C>
concept HasMembers = requires(const CompiledModel& m, C c) {
  m.members(c);
};
static_assert(HasMembers<CommandIndex>);
static_assert(!HasMembers<ActorIndex>);

template <class I>
concept IsActorOfWar = requires(const War& w, I i) {
  w.actor(i, ActorParameter::supply);
};
static_assert(IsActorOfWar<ActorIndex>);
static_assert(!IsActorOfWar<PlaceIndex>);
static_assert(!IsActorOfWar<CommandIndex>);

template <class P, class A>
concept IsHarm = requires(State s, P p, A a) {
  book_harm(s, p, a, 1.0);
};
static_assert(IsHarm<PlaceIndex, ActorIndex>);
static_assert(!IsHarm<ActorIndex, PlaceIndex>);

template <class P, class A>
concept IsPresence = requires(State s, P p, A a) {
  refresh_presence(s, p, a);
};
static_assert(IsPresence<PlaceIndex, ActorIndex>);
static_assert(!IsPresence<ActorIndex, PlaceIndex>);

template <class P>
concept IsMask = requires(P p) {
  bit(p);
};
static_assert(IsMask<ActorIndex>);
static_assert(!IsMask<PlaceIndex>);

static_assert(!std::is_assignable_v<ActorIndex&, PlaceIndex>);
static_assert(!std::is_constructible_v<ActorIndex, PlaceIndex>);

// Nor are indices of two lists compared, and no part of a number is one.
template <class A, class B>
concept IsCompared = requires(A a, B b) {
  a == b;
  a < b;
};
static_assert(IsCompared<ActorIndex, ActorIndex>);
static_assert(IsCompared<ActorIndex, int>);
static_assert(!IsCompared<ActorIndex, PlaceIndex>);
static_assert(!std::is_constructible_v<ActorIndex, double>);

// Lists of numbers of talks, metrics and records say whose they are.
template <class I, class A>
concept IsSeat = requires(IssueShape shape, I issue, A actor) {
  shape.place(0, issue, 0, actor);
  shape.series(0, issue, actor);
};
static_assert(IsSeat<IssueIndex, ActorIndex>);
static_assert(!IsSeat<ActorIndex, IssueIndex>);
static_assert(!std::is_assignable_v<decltype(Metric::actor)&, PlaceIndex>);

// What it may cost: nothing.
static_assert(sizeof(ActorIndex) == sizeof(int));
static_assert(std::is_trivially_copyable_v<ActorIndex> && std::is_trivially_default_constructible_v<ActorIndex>);

TEST(Index, counts_as_the_number_that_it_is) {
  ActorIndex a = 2;
  EXPECT_EQ(a, 2);
  EXPECT_EQ(at(++a), 3U);
  EXPECT_EQ(static_cast<PlaceIndex>(std::size_t{7}), 7);
}

TEST(Index, none_is_no_index_of_any_list) {
  const PlaceIndex nowhere = kNone;
  const ActorIndex a = 0;
  EXPECT_EQ(nowhere, kNone);
  EXPECT_LT(nowhere, 0);
  EXPECT_NE(a, kNone);
}

}  // namespace
}  // namespace truel::test
