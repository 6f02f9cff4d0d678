// Recruits from supporters and men from abroad, where supply lets them gather.
#pragma once

#include "truel/laws/law.hpp"
#include "truel/laws/recruitment/supply.hpp"

namespace truel::laws {

struct RecruitmentState {
  RecruitmentState(const CompiledModel& model) : sites(at(model.n_actors())) {}
  ListBy<ActorIndex, std::vector<RecruitmentSite>> sites;  ///< [actor]
};

/// A group is an actor. Entries: the places where its recruits come up.
struct Recruitment : Law {
  using Own = RecruitmentState;
  enum Number { on, entries_close };
  static constexpr std::array kPositions{NumberPosition{on, 18}, NumberPosition{entries_close, kBehindOthers}};
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.recruitment.on", "switch", 0, 0, 1, "actors gain fighters from supporters and from abroad"},
      {"laws.recruitment.entries_close", "switch", 0, 0, 1,
       "nobody comes from abroad through an entry that an enemy contests, and who is cut off there may give in"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"actors.recruitment_per_day", {"support.*.share", "places.*.population"}},
      {"actors.recruitment_per_day", {"laws.support.on", "places.*.population"}},
      {"actors.recruits_per_day"},
      {"laws.recruitment.entries_close", {"actors.*.recruits_per_day"}},
      {"laws.recruitment.entries_close", {"laws.battles.encircled=given"}},
      {"ties.passage"},
  });

  enum Outcome { recruited };
  static constexpr std::array kOutcomes = std::to_array<ActorOutcomeInfo>({
      {.name = "recruited",
       .scale = OutcomeScale::people,
       .flow = Flow::gain,
       .shown = kShownEverywhere,
       .phrase = "recruits of {}",
       .meaning = "fighters recruited from supporters and, by recruits_per_day, from abroad",
       .position = 4},
  });

  static constexpr Purpose kPurpose{3};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "recruitment", "actor", "recruits of the step and where they come up"},
  });

  static constexpr Scope kScope = Scope::actor;
  static constexpr bool kMayFound = true;
  static constexpr bool kIsSteady = true;

  static void set_rates(const CompiledModel& model, State& state, View& view) { supply(model, state, view); }

  static int groups(const State& s) { return s.n_actors; }
  static bool is_open(const State& s, ActorIndex a) { return !own_state<Recruitment>(s).sites[a].empty(); }
  static bool is_touched(const State&, const Change& change, ActorIndex) { return change.has_new_holder; }

  static void update_rates(const CompiledModel&, const State& s, ActorIndex a, double, Cell& cell) {
    const std::vector<RecruitmentSite>& sites = own_state<Recruitment>(s).sites[a];
    double* rate = cell.of_entries(sites.size());
    for (const RecruitmentSite& site : sites) {
      *rate++ = recruitment_rate(s, a, site);
    }
  }
  static Effect effect(const State& s, ActorIndex a, const Cell&, std::size_t k) {
    return {
        .to = own_state<Recruitment>(s).sites[a][k].place, .joins = a, .counted = outcome_of<Recruitment>(recruited)};
  }
  template <class Add>
  static void founds(const State& s, ActorIndex a, Add&& add) {
    for (const RecruitmentSite& site : own_state<Recruitment>(s).sites[a]) {
      if (const double rate = recruitment_rate(s, a, site); rate > 0) {
        add(Effect{.to = site.place, .joins = a, .counted = outcome_of<Recruitment>(recruited)}, rate);
      }
    }
  }
  template <class List>
  static void unknowns(const CompiledModel&, const State& s, ActorIndex a, List& list) {
    for (const RecruitmentSite& m : own_state<Recruitment>(s).sites[a]) {
      if (recruitment_rate(s, a, m) > 0 && s.fighters[s.slot(m.place, a)] > 0) {
        list.force(m.place, a, false);
      }
    }
  }
};

}  // namespace truel::laws
