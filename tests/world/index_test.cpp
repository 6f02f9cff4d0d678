#include <gtest/gtest.h>

#include <type_traits>
#include <utility>

#include "truel/model/results/metric.hpp"
#include "truel/world/casualties.hpp"
#include "truel/world/marches.hpp"
#include "truel/world/presence.hpp"
#include "truel/world/view.hpp"

namespace truel::test {
namespace {

template <template <class...> class Call, class... Indices>
concept Takes = requires {
  typename Call<Indices...>;
};

// What must not compile: an index of one list where one of another is asked for.
template <class P, class A>
using Slot = decltype(std::declval<State&>().slot(P(), A()));
static_assert(Takes<Slot, PlaceIndex, ActorIndex>);
static_assert(!Takes<Slot, ActorIndex, PlaceIndex>);
static_assert(!Takes<Slot, int, PlaceIndex>);  // one of the two is enough to tell
static_assert(Takes<Slot, int, ActorIndex>);
static_assert(!Takes<Slot, int, int>);  // but one has to
static_assert(!Takes<Slot, std::size_t, int>);

template <class N>
using ValueOf = decltype(std::declval<const State&>().value(N()));
static_assert(Takes<ValueOf, int>);
static_assert(!Takes<ValueOf, PlaceIndex>);

template <class I>
using Holder = decltype(std::declval<const State&>().control[I()]);
static_assert(Takes<Holder, PlaceIndex>);
static_assert(!Takes<Holder, ActorIndex>);

template <class A, class B>
using Pair = decltype(std::declval<State&>().pair(A(), B()));
static_assert(Takes<Pair, ActorIndex, ActorIndex>);
static_assert(!Takes<Pair, ActorIndex, PlaceIndex>);
static_assert(!Takes<Pair, CommandIndex, ActorIndex>);
static_assert(!Takes<Pair, int, int>);

template <class P, class A>
using Troop = decltype(std::declval<View&>().n(P(), A()));
static_assert(Takes<Troop, PlaceIndex, ActorIndex>);
static_assert(!Takes<Troop, ActorIndex, PlaceIndex>);
static_assert(!Takes<Troop, int, int>);

template <class A>
using CommandOf = decltype(std::declval<const CompiledModel&>().command_of(A()));
static_assert(Takes<CommandOf, ActorIndex>);
static_assert(!Takes<CommandOf, CommandIndex>);
static_assert(!Takes<CommandOf, PlaceIndex>);

template <class C>
using Members = decltype(std::declval<const CompiledModel&>().members(C()));
static_assert(Takes<Members, CommandIndex>);
static_assert(!Takes<Members, ActorIndex>);

template <class I>
using NumberOfActor = decltype(std::declval<const War&>().actor(I(), ActorParameter::supply));
static_assert(Takes<NumberOfActor, ActorIndex>);
static_assert(!Takes<NumberOfActor, PlaceIndex>);
static_assert(!Takes<NumberOfActor, CommandIndex>);

template <class P, class A>
using HarmBooked = decltype(book_harm(std::declval<State&>(), P(), A(), 1.0));
static_assert(Takes<HarmBooked, PlaceIndex, ActorIndex>);
static_assert(!Takes<HarmBooked, ActorIndex, PlaceIndex>);

template <class P, class A>
using PresenceRefreshed = decltype(refresh_presence(std::declval<State&>(), P(), A()));
static_assert(Takes<PresenceRefreshed, PlaceIndex, ActorIndex>);
static_assert(!Takes<PresenceRefreshed, ActorIndex, PlaceIndex>);

template <class P>
using Bit = decltype(bit(P()));
static_assert(Takes<Bit, ActorIndex>);
static_assert(!Takes<Bit, PlaceIndex>);

static_assert(!std::is_assignable_v<ActorIndex&, PlaceIndex>);
static_assert(!std::is_constructible_v<ActorIndex, PlaceIndex>);

// Nor are indices of two lists compared, and no part of a number is one.
template <class A, class B>
using Comparison = decltype(A() == B() && A() < B());
static_assert(Takes<Comparison, ActorIndex, ActorIndex>);
static_assert(Takes<Comparison, ActorIndex, int>);
static_assert(!Takes<Comparison, ActorIndex, PlaceIndex>);
static_assert(!std::is_constructible_v<ActorIndex, double>);

// Lists of numbers of talks, metrics and records say whose they are.
template <class I, class A>
using Seats =
    decltype(std::declval<IssueShape&>().place(0, I(), 0, A()), std::declval<IssueShape&>().series(0, I(), A()));
static_assert(Takes<Seats, IssueIndex, ActorIndex>);
static_assert(!Takes<Seats, ActorIndex, IssueIndex>);
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
