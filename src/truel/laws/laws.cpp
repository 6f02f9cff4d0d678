// What follows from the list of laws: all numbers, outcomes and states, those that laws declare included.
#include "truel/laws/laws.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "truel/base/result.hpp"

namespace truel {
namespace laws {
namespace {

constexpr bool every_purpose_is_of_one_law() {
  std::array<bool, 256> taken{};
  for (const PurposeInfo& info : kPurposes) {
    taken[static_cast<std::size_t>(info.purpose)] = true;
  }
  bool is_good = true;
  AllLaws::for_each([&]<class L>() {
    for (const PurposeInfo& info : declaration_of<L>().purposes) {
      is_good = is_good && !taken[static_cast<std::size_t>(info.purpose)];
    }
    for (const PurposeInfo& info : declaration_of<L>().purposes) {
      taken[static_cast<std::size_t>(info.purpose)] = true;
    }
  });
  return is_good;
}
static_assert(every_purpose_is_of_one_law(), "a law's number of a purpose is another's already");

/// Calls each(law, k, n) for outcome k of every law that may act: n numbers, one of the war or one of every actor.
template <class Each>
void for_each_war_outcome(const CompiledModel& model, Each&& each) {
  AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::kWarOutcomes; }) {
      for (std::size_t k = 0; L::may_act(model) && k < L::kWarOutcomes.size(); ++k) {
        const bool is_of_war = L::kWarOutcomes[k].of == WarOutcomeInfo::Of::war;
        each.template operator()<L>(static_cast<int>(k), is_of_war ? 1 : model.n_actors());
      }
    }
  });
}

/// What is of no law, then what every law declares, in the order of the list.
template <class T>
std::vector<T> with_those_of_laws(std::span<const T> common, std::span<const T> Declaration::*declared) {
  std::vector<T> all(common.begin(), common.end());
  for (const Declaration& law : declarations()) {
    all.insert(all.end(), (law.*declared).begin(), (law.*declared).end());
  }
  return all;
}

}  // namespace

std::vector<EventInfo> event_kinds() {
  return with_those_of_laws<EventInfo>(kCommonEvents, &Declaration::events);
}

std::vector<EventCause> event_causes() {
  return with_those_of_laws<EventCause>(kCommonCauses, &Declaration::causes);
}

int place_of(const CompiledModel& model, WarOutcome outcome, ActorIndex a) {
  int place = kNone;
  int next = 0;
  for_each_war_outcome(model, [&]<class L>(int k, int n) {
    if (war_outcome_of<L>(k) == outcome) {
      place = next + (n > 1 ? a : ActorIndex(0));
    }
    next += n;
  });
  return place;
}

std::size_t count_war_outcomes(const CompiledModel& model) {
  std::size_t count = 0;
  for_each_war_outcome(model, [&]<class L>(int, int n) { count += at(n); });
  return count;
}

void see_war(const CompiledModel& model, const State& s, std::span<double> out) {
  auto next = out.begin();
  for_each_war_outcome(model, [&]<class L>(int k, int n) {
    for (ActorIndex a = 0; a < n; ++a) {
      *next++ = L::war_outcome(model, s, k, a);
    }
  });
}

void see_issues(const CompiledModel& model, const State& s, std::span<double> out) {
  with_issue_law([&]<class L>() { L::see_issues(model, s, out); });
}

std::span<const Declaration> declarations() {
  static const std::vector<Declaration> all = [] {
    std::vector<Declaration> found;
    AllLaws::for_each([&]<class L>() { found.push_back(declaration_of<L>()); });
    return found;
  }();
  return all;
}

}  // namespace laws

namespace {

/// Rows of a list in order, and where each stands: where it asks to, the others on the places that are left.
template <class Row>
void put_in_order(std::span<const Row> list, std::span<const int> asked, std::span<Row> rows,
                  std::span<int> positions) {
  std::fill(positions.begin(), positions.end(), kBehindOthers);
  const auto is_taken = [&](int position) {
    return std::find(positions.begin(), positions.end(), position) != positions.end();
  };
  for (std::size_t k = 0; k < asked.size(); ++k) {
    if (asked[k] != kBehindOthers) {
      TRUEL_CHECK(static_cast<std::size_t>(asked[k]) < positions.size() && !is_taken(asked[k]));
      positions[k] = asked[k];
    }
  }
  int left = 0;
  for (std::size_t k = 0; k < asked.size(); ++k) {
    if (asked[k] == kBehindOthers) {
      while (is_taken(left)) {
        ++left;
      }
      positions[k] = left;
    }
    rows[at(positions[k])] = list[k];
  }
}

/// Rows in the order of their positions, and where each of a list stands among them.
struct Constants {
  std::vector<ParameterInfo> rows;
  std::vector<int> positions;
};

/// All constants of scenario.toml, by LawParameter.
const Constants& constants() {
  static const Constants all = [] {
    std::vector<ParameterInfo> list(common_law_parameters().begin(), common_law_parameters().end());
    TRUEL_CHECK(list.size() == static_cast<std::size_t>(LawParameter::declared));
    std::vector<int> asked(list.size());
    std::iota(asked.begin(), asked.end(), 0);
    for (const laws::Declaration& law : laws::declarations()) {
      for (int k = 0; k < static_cast<int>(law.numbers.size()); ++k) {
        const auto from = std::find_if(law.positions.rbegin(), law.positions.rend(),
                                       [k](const laws::NumberPosition& first) { return first.number <= k; });
        const bool is_behind = from == law.positions.rend() || from->position == kBehindOthers;
        list.push_back(law.numbers[at(k)]);
        asked.push_back(is_behind ? kBehindOthers : from->position + k - from->number);
      }
    }
    Constants ordered{list, std::vector<int>(list.size())};
    put_in_order<ParameterInfo>(list, asked, ordered.rows, ordered.positions);
    return ordered;
  }();
  return all;
}

}  // namespace

std::span<const ParameterInfo> law_parameters() {
  return constants().rows;
}

std::span<const int> law_positions() {
  return constants().positions;
}

LawParameter law_parameter(std::string_view name) {
  const auto& c = constants();
  const auto found = std::find_if(c.positions.begin(), c.positions.end(),
                                  [&](int position) { return c.rows[at(position)].name == name; });
  TRUEL_CHECK(found != c.positions.end());
  return static_cast<LawParameter>(found - c.positions.begin());
}

std::vector<LawParameter> switches_of(LawEffect effect) {
  std::vector<LawParameter> switches;
  laws::AllLaws::for_each([&]<class L>() {
    if constexpr (laws::has_switch<L>()) {
      bool has_it = false;
      if constexpr (requires { L::kEffects; }) {
        has_it = std::find(L::kEffects.begin(), L::kEffects.end(), effect) != L::kEffects.end();
      }
      if constexpr (requires { L::kKills; }) {
        has_it = has_it || (effect == LawEffect::kills && L::kKills);
      }
      if (has_it) {
        switches.push_back(laws::switch_of<L>());
      }
    }
  });
  return switches;
}

std::vector<Reading> readings() {
  std::vector<Reading> all(common_readings().begin(), common_readings().end());
  laws::AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::kNumbers; }) {
      std::vector<Reading> own;
      if constexpr (requires { L::kReads; }) {
        own.assign(L::kReads.begin(), L::kReads.end());
      }
      const auto is_declared = [&](std::string_view name) {
        return std::any_of(own.begin(), own.end(), [&](const Reading& r) { return r.number == name; });
      };
      for (const ParameterInfo& info : L::kNumbers) {
        if (!is_declared(info.name)) {
          own.push_back({info.name});
        }
      }
      if constexpr (laws::has_switch<L>()) {
        const std::string_view on = L::kNumbers[L::on].name;
        for (Reading& reading : own) {
          if (reading.number != on) {
            const auto room = std::find(reading.needs.begin(), reading.needs.end(), std::string_view());
            TRUEL_CHECK(room != reading.needs.end());
            *room = on;
          }
        }
      }
      all.insert(all.end(), own.begin(), own.end());
    }
  });
  return all;
}

Diagnostics law_faults(const War& war) {
  Diagnostics faults;
  laws::AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::check(war, faults); }) {
      L::check(war, faults);
    }
  });
  return faults;
}

void make_room_for_laws(const CompiledModel& model, State& s) {
  for (const LawStateInfo& info : law_states()) {
    const std::size_t places = info.of == LawStateInfo::Of::actor ? 1 : at(s.n_places);
    s.laws.lists.emplace_back(info.of == LawStateInfo::Of::place ? places : places * at(s.n_actors), info.first);
  }
  laws::AllLaws::for_each([&]<class L>() {
    LawState& own = s.laws.own.emplace_back();
    if constexpr (requires { typename L::Own; }) {
      own.make<typename L::Own>(model);
    }
  });
  laws::AllLaws::for_each([&]<class L>() {
    if constexpr (requires { L::make_room(s); }) {
      if (L::may_act(model)) {
        L::make_room(s);
      }
    }
  });
}

namespace {

constexpr std::size_t kNumberOfOutcomes = [] {
  std::size_t n = kCommonOutcomes.size();
  laws::AllLaws::for_each([&]<class L>() { n += laws::declaration_of<L>().outcomes.size(); });
  return n;
}();

/// All numbers of an actor in the order of the store, and where each stands, by ActorOutcome. Made before anything
/// asks, as that is very often: not at the first call.
struct OutcomesOfActors {
  std::array<ActorOutcomeInfo, kNumberOfOutcomes> rows{};
  std::array<int, kNumberOfOutcomes> positions{};
};
const OutcomesOfActors kOutcomesOfActors = [] {
  std::array<ActorOutcomeInfo, kNumberOfOutcomes> list{};
  std::copy(kCommonOutcomes.begin(), kCommonOutcomes.end(), list.begin());
  std::size_t n = kCommonOutcomes.size();
  laws::AllLaws::for_each([&]<class L>() {
    for (ActorOutcomeInfo info : laws::declaration_of<L>().outcomes) {
      info.outcome = static_cast<ActorOutcome>(n);
      list[n++] = info;
    }
  });
  std::array<int, kNumberOfOutcomes> asked{};
  std::transform(list.begin(), list.end(), asked.begin(), [](const ActorOutcomeInfo& info) { return info.position; });
  OutcomesOfActors ordered;
  put_in_order<ActorOutcomeInfo>(list, asked, ordered.rows, ordered.positions);
  return ordered;
}();

}  // namespace

std::span<const ActorOutcomeInfo> actor_outcomes() {
  return kOutcomesOfActors.rows;
}

std::span<const int> actor_outcome_positions() {
  return kOutcomesOfActors.positions;
}

std::span<const WarOutcomeInfo> war_outcomes() {
  static const std::vector<WarOutcomeInfo> all = [] {
    std::vector<WarOutcomeInfo> rows;
    for (const laws::Declaration& law : laws::declarations()) {
      rows.insert(rows.end(), law.war_outcomes.begin(), law.war_outcomes.end());
    }
    return rows;
  }();
  return all;
}

const IssueLawInfo& issue_law() {
  static const IssueLawInfo one = [] {
    IssueLawInfo found;
    laws::with_issue_law([&]<class L>() {
      TRUEL_CHECK(found.results.empty());
      found = {L::kIssueOutcome, L::kIssueResults, L::median, L::position};
    });
    return found;
  }();
  return one;
}

IssueShape issue_shape(const War& war, Diagnostics& faults) {
  IssueShape shape;
  laws::with_issue_law([&]<class L>() { shape = L::issue_shape(war, faults); });
  return shape;
}

std::span<const LawStateInfo> law_states() {
  static const std::vector<LawStateInfo> all = [] {
    std::vector<LawStateInfo> rows;
    for (const laws::Declaration& law : laws::declarations()) {
      rows.insert(rows.end(), law.states.begin(), law.states.end());
    }
    return rows;
  }();
  return all;
}

}  // namespace truel
