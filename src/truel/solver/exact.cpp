// Every event of the jump process one by one, by the direct method (Gillespie 1977). Between decisions all rates are
// constant but for the fatigue of battles, which only lowers them: such events are thinned (Lewis and Shedler 1979).
#include <algorithm>
#include <cmath>

#include "truel/dynamics/alignment.hpp"
#include "truel/dynamics/attrition.hpp"
#include "truel/dynamics/breakpoint.hpp"
#include "truel/dynamics/defection.hpp"
#include "truel/dynamics/movement.hpp"
#include "truel/dynamics/recruitment.hpp"
#include "truel/solver/rounds.hpp"
#include "truel/solver/stepper.hpp"

namespace truel::solver {
namespace {

using dynamics::CompiledModel;
using dynamics::State;

class Exact final : public Stepper {
 public:
  Exact(const CompiledModel& model, const SolveOptions& options, const State& state)
      : model_(model),
        limit_(options.event_limit),
        rates_(state),
        rounds_(model, state),
        alignment_(model),
        fronts_(at(state.n_places)),
        desertion_(at(state.n_actors)),
        recruitment_(at(state.n_actors)),
        defection_(at(state.n_actors)) {}

  void advance(State& s, int until, RunStatus& status) override {
    if (status != RunStatus::complete) {
      return;
    }
    RandomStream random(s.seed, s.run, static_cast<std::uint32_t>(s.day), Purpose::events, 0);
    const int from = s.day;
    time_ = from;
    has_rounds_ = rounds_.has_rounds(s);
    int round = has_rounds_ ? rounds_.done_by(s, from) + 1 : 0;
    const int last_round = has_rounds_ ? rounds_.done_by(s, until) : -1;
    refresh_all(s);
    const bool battles_tire = s.value(model_.war().law(LawParameter::fire_fatigue_days)) > 0;
    for (;;) {
      const double total = total_rate();
      if (total <= 0 && dynamics::is_quiet(model_, s)) {
        break;
      }
      const double next = total > 0 ? time_ - std::log(random.uniform()) / total : kUnbounded;
      // Harm drifts at the rates last computed: where these fall, they are computed again every day at least.
      const double renewal = battles_tire ? std::floor(time_) + 1 : kUnbounded;
      const double salvo = round <= last_round ? rounds_.time_of(s, round) : kUnbounded;
      const double stop = std::min({static_cast<double>(until), next, renewal, salvo});
      harm(s, stop - time_);
      time_ = stop;
      s.day = std::min(until - 1, static_cast<int>(time_));
      if (round <= last_round && (stop == salvo || stop >= until)) {
        rounds_.fire(s, round++, true, 0, *extinction);
        refresh_all(s);
        continue;
      }
      if (stop >= until) {
        break;
      }
      if (stop < next) {
        for (PlaceIndex p = 0; p < s.n_places; ++p) {
          refresh_front(s, p);
        }
        continue;
      }
      if (++events_ > limit_) {
        status = RunStatus::event_limit;
        break;
      }
      happen(s, random.uniform() * total, random);
    }
    s.day = until;
    if (!alignment_.advance(s, from, until)) {
      status = RunStatus::diverged;
    }
  }

  void restart() override { events_ = 0; }

 private:
  /// Fire at one place: rates at the time they were computed.
  struct Front {
    int n = 0;
    double total = 0, computed_at = 0;
    std::vector<ActorIndex> who;
    std::vector<double> harm;      ///< [who]
    std::vector<double> recruits;  ///< [who]; empty where harm makes none
    std::vector<dynamics::FireRates::Pair> pairs;
    std::vector<double> rate;  ///< [pair]
  };

  void refresh_all(State& s) {
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      refresh_front(s, p);
    }
    refresh_strikes(s);
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      refresh_recruitment(s, a);
      refresh_desertion(s, a);
    }
    refresh_defection(s);
  }

  void refresh_front(State& s, PlaceIndex p) {
    Front& front = fronts_[at(p)];
    front.total = 0;
    front.n = 0;
    if (has_rounds_ || !s.contested[at(p)]) {
      return;
    }
    dynamics::fire_rates(model_, s, p, time_, rates_);
    front.n = rates_.n;
    front.computed_at = time_;
    front.who.assign(rates_.who.begin(), rates_.who.begin() + rates_.n);
    front.pairs = rates_.pairs;
    front.rate.assign(rates_.rate.begin(), rates_.rate.begin() + static_cast<std::ptrdiff_t>(rates_.pairs.size()));
    front.harm.assign(rates_.harm.begin(), rates_.harm.begin() + rates_.n);
    front.recruits.clear();
    if (s.derived.has_harm_recruits) {
      front.recruits.assign(rates_.recruits.begin(), rates_.recruits.begin() + rates_.n);
    }
    for (const double rate : front.rate) {
      front.total += rate;
    }
    for (const double rate : front.recruits) {
      front.total += rate;
    }
  }

  void refresh_strikes(const State& s) {
    strikes_.clear();
    for (const dynamics::Strike& strike : s.strikes) {
      strikes_.push_back(dynamics::strike_rate(model_, s, strike));
    }
  }

  void refresh_recruitment(const State& s, ActorIndex a) {
    recruitment_[at(a)] = 0;
    for (const dynamics::Muster& m : s.muster[at(a)]) {
      recruitment_[at(a)] += dynamics::recruitment_rate(s, a, m);
    }
  }

  void refresh_desertion(const State& s, ActorIndex a) {
    desertion_[at(a)] = 0;
    const double delta = s.value(model_.war().actor(a, ActorParameter::desertion_per_day));
    for (const dynamics::Unpaid& unpaid : s.unpaid[at(a)]) {
      desertion_[at(a)] += dynamics::desertion_rate(s, a, unpaid, delta);
    }
  }

  /// Of all actors: whether anybody follows a lure depends on who else stands at its end.
  void refresh_defection(const State& s) {
    for (ActorIndex a = 0; a < s.n_actors && model_.may_defect(); ++a) {
      defection_[at(a)] = 0;
      for (const dynamics::Lure& lure : s.lures[at(a)]) {
        defection_[at(a)] += dynamics::defection_rate(s, a, lure);
      }
    }
  }

  double total_rate() const {
    double total = 0;
    for (const Front& front : fronts_) {
      total += front.total;
    }
    for (const dynamics::StrikeRate& strike : strikes_) {
      total += strike.kills;
    }
    for (std::size_t a = 0; a < desertion_.size(); ++a) {
      total += desertion_[a] + recruitment_[a] + defection_[a];
    }
    return total;
  }

  /// Harm is a drift between the jumps.
  void harm(State& s, double days) {
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      const Front& front = fronts_[at(p)];
      for (int i = 0; i < front.n; ++i) {
        add_harm(s, front.who[at(i)], p, front.harm[at(i)] * days);
      }
    }
    for (std::size_t k = 0; k < strikes_.size(); ++k) {
      const dynamics::Strike& strike = s.strikes[k];
      if (strike.place != kNone) {
        add_harm(s, strike.air, strike.place, strikes_[k].harm * days);
      }
    }
  }

  static void add_harm(State& s, ActorIndex a, PlaceIndex p, double persons) {
    s.harm[at(a)] += persons;
    s.recent_harm[s.slot(p, a)] += persons;
  }

  void happen(State& s, double mark, RandomStream& random) {
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      Front& front = fronts_[at(p)];
      if (mark >= front.total) {
        mark -= front.total;
        continue;
      }
      shoot(s, p, mark, random);
      return;
    }
    for (std::size_t k = 0; k < strikes_.size(); ++k) {
      if (mark >= strikes_[k].kills) {
        mark -= strikes_[k].kills;
        continue;
      }
      const dynamics::Strike strike = s.strikes[k];
      s.losses[s.pair(strike.air, strike.target)] += 1;
      s.killed[at(strike.target)] += 1;
      if (strike.place == kNone) {
        dynamics::find_column(s, strike.column)->fighters -= 1;
        note_extinction(s, strike.target);
        refresh_strikes(s);
        break_off(s, strike.target);
      } else {
        remove(s, strike.place, strike.target);
        dynamics::note_mistake(s, strike, 1);
        break_off(s, strike.target);
      }
      return;
    }
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      if (mark >= recruitment_[at(a)]) {
        mark -= recruitment_[at(a)];
        continue;
      }
      for (const dynamics::Muster& m : s.muster[at(a)]) {
        const double rate = dynamics::recruitment_rate(s, a, m);
        if (mark < rate) {
          s.fighters[s.slot(m.place, a)] += 1;
          s.recruited[at(a)] += 1;
          refresh_after_change(s, m.place, a);
          return;
        }
        mark -= rate;
      }
      return;
    }
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      if (mark >= desertion_[at(a)]) {
        mark -= desertion_[at(a)];
        continue;
      }
      const double delta = s.value(model_.war().actor(a, ActorParameter::desertion_per_day));
      for (const dynamics::Unpaid& unpaid : s.unpaid[at(a)]) {
        const double rate = dynamics::desertion_rate(s, a, unpaid, delta);
        if (mark < rate) {
          s.deserted[at(a)] += 1;
          remove(s, unpaid.place, a);
          return;
        }
        mark -= rate;
      }
      return;
    }
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      if (mark >= defection_[at(a)]) {
        mark -= defection_[at(a)];
        continue;
      }
      for (const dynamics::Lure& lure : s.lures[at(a)]) {
        const double rate = dynamics::defection_rate(s, a, lure);
        if (mark < rate) {
          dynamics::defect(s, a, lure, 1);
          refresh_all(s);  // control may have changed at either place
          note_extinction(s, a);
          return;
        }
        mark -= rate;
      }
      return;
    }
  }

  void shoot(State& s, PlaceIndex p, double mark, RandomStream& random) {
    const Front front = fronts_[at(p)];
    if (s.value(model_.war().law(LawParameter::fire_fatigue_days)) > 0) {
      refresh_front(s, p);  // rates as they are now; those that chose this event were at least as high
      if (random.uniform() * front.total >= fronts_[at(p)].total) {
        return;
      }
    }
    for (std::size_t k = 0; k < front.pairs.size(); ++k) {
      const auto& [attacker, target] = front.pairs[k];
      if (mark < front.rate[k]) {
        s.losses[s.pair(attacker, target)] += 1;
        s.killed[at(target)] += 1;
        remove(s, p, target);
        break_off(s, target);
        return;
      }
      mark -= front.rate[k];
    }
    for (std::size_t j = 0; j < front.recruits.size(); ++j) {
      if (mark < front.recruits[j]) {
        s.fighters[s.slot(p, front.who[j])] += 1;
        s.recruited[at(front.who[j])] += 1;
        refresh_after_change(s, p, front.who[j]);
        return;
      }
      mark -= front.recruits[j];
    }
  }

  void remove(State& s, PlaceIndex p, ActorIndex a) {
    s.fighters[s.slot(p, a)] -= 1;
    refresh_after_change(s, p, a);
    note_extinction(s, a);
  }

  /// Call it after a death of the actor's.
  void break_off(State& s, ActorIndex a) {
    if (dynamics::breaks(s, a, 1)) {
      dynamics::leave_war(s, a);
      refresh_all(s);
      note_extinction(s, a);
    }
  }

  void refresh_after_change(State& s, PlaceIndex p, ActorIndex a) {
    const int holder = s.control[at(p)];
    dynamics::refresh_place(s, p);
    dynamics::settle_control(s, p);
    if (s.control[at(p)] != holder) {
      for (ActorIndex b = 0; b < s.n_actors; ++b) {
        refresh_recruitment(s, b);
      }
    }
    refresh_front(s, p);
    refresh_strikes(s);
    refresh_desertion(s, a);
    refresh_defection(s);
  }

  void note_extinction(const State& s, ActorIndex a) {
    double& day = (*extinction)[at(a)];
    if (std::isnan(day) && dynamics::total_fighters(s, a) <= 0) {
      day = time_;
    }
  }

  const CompiledModel& model_;
  const std::uint64_t limit_;
  dynamics::FireRates rates_;
  Rounds rounds_;
  bool has_rounds_ = false;
  dynamics::AlignmentMover alignment_;
  std::vector<Front> fronts_;
  std::vector<dynamics::StrikeRate> strikes_;
  std::vector<double> desertion_, recruitment_, defection_;
  double time_ = 0;
  std::uint64_t events_ = 0;
};

}  // namespace

std::unique_ptr<Stepper> make_exact(const CompiledModel& model, const SolveOptions& options, const State& state) {
  return std::make_unique<Exact>(model, options, state);
}

}  // namespace truel::solver
