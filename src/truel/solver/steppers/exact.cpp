// Every event of the jump process one by one, by the direct method (Gillespie 1977). Between decisions all rates are
// constant but for those that fade, as in battles that tire: such events are thinned (Lewis and Shedler 1979).
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "truel/laws/laws.hpp"
#include "truel/solver/steppers/event_draws.hpp"
#include "truel/solver/steppers/extinction.hpp"
#include "truel/solver/steppers/stepper.hpp"
#include "truel/solver/steppers/sum_tree.hpp"
#include "truel/world/presence.hpp"

namespace truel::solver {
namespace {

/// Groups of a law: what it found out about each, and the sums of their rates.
template <class Law>
struct Groups {
  explicit Groups(const State&) {}

  struct Group {
    explicit Group(const State& state) : found(state) {}
    laws::Findings<Law> found;
    bool is_open = false;
    double since = 0;  ///< time up to which its harm is booked
  };
  std::vector<Group> all;  ///< [group]; grows as they become more
  SumTree totals;          ///< [group] sum of its rates
  bool is_any_open = false;
};

class Exact final : public Stepper {
 public:
  Exact(const CompiledModel& model, const SolveOptions& options, const State& state)
      : model_(model),
        limit_(options.event_limit),
        rounds_(model, state),
        movers_(laws::Drifts::each<laws::MoverOf>(model)),
        groups_(laws::LawsBetweenDecisions::each<Groups>(state)) {}

  void advance(State& s, int until, RunStatus& status) override {
    if (status != RunStatus::complete) {
      return;
    }
    EventDraws random({s.seed, s.run, static_cast<std::uint32_t>(s.day), Purpose::events, 0});
    const int from = s.day;
    time_ = from;
    has_rounds_ = rounds_.has_rounds(s);
    int round = has_rounds_ ? rounds_.done_by(s, from) + 1 : 0;
    const int last_round = has_rounds_ ? rounds_.done_by(s, until) : -1;
    look_at_all(s);
    has_fading_ = false;
    laws::LawsBetweenDecisions::for_each([&]<class Law>() { has_fading_ = has_fading_ || Law::fades(model_, s); });
    while (!is_stopped()) {
      const double total = total_rate();
      if (total <= 0 && laws::is_quiet(model_, s)) {
        break;
      }
      const double next = total > 0 ? time_ + random.waiting_time() / total : kUnbounded;
      // Harm flows at the rates last looked at: where these fall, that is once a day at least.
      const double renewal = has_fading_ ? std::floor(time_) + 1 : kUnbounded;
      const double salvo = round <= last_round ? rounds_.time_of(s, round) : kUnbounded;
      const double then = std::min({static_cast<double>(until), next, renewal, salvo});
      time_ = then;
      s.day = std::min(until - 1, static_cast<int>(time_));
      if (round <= last_round && (then == salvo || then >= until)) {
        rounds_.fire(s, round, true, 0,
                     [&](ActorIndex a) { solver::note_extinction(s, a, rounds_.time_of(s, round), *extinction); });
        ++round;
        look_at_all(s);
        continue;
      }
      if (then >= until) {
        break;
      }
      if (then < next) {
        laws::LawsBetweenDecisions::for_each([&]<class Law>() {
          if (Law::fades(model_, s)) {
            look_at_groups<Law>(s);
          }
        });
        continue;
      }
      if (++events_ > limit_) {
        status = RunStatus::event_limit;
        break;
      }
      pick(s, random.uniform() * total, random);
    }
    close_all(s);
    s.day = until;
    laws::Drifts::for_each([&]<class Law>() {
      if (Law::may_act(model_) && !std::get<typename Law::Mover>(movers_).advance(s, from, until)) {
        status = RunStatus::diverged;
      }
    });
  }

  void restart() override { events_ = 0; }

  // What laws say has happened (laws/law.hpp).

  void lost(State& s, PlaceIndex p, ActorIndex a, double) {
    settle(s, p, a);
    if (s.fighters[s.slot(p, a)] <= 0) {
      note_extinction(s, a);
    }
  }
  void gained(State& s, PlaceIndex p, ActorIndex a, bool) { settle(s, p, a); }
  void lost_on_road(State& s, ActorIndex a) {
    laws::LawsBetweenDecisions::for_each([&]<class Law>() {
      if constexpr (Law::kScope == laws::Scope::strike) {
        look_at_groups<Law>(s);
      }
    });
    note_extinction(s, a);
  }
  void moved(State& s, ActorIndex a) {
    look_at_all(s);  // control may have changed at either place
    note_extinction(s, a);
  }
  void fell(State& s, ActorIndex a, double dead) {
    if (laws::after_losses(s, a, dead)) {
      look_at_all(s);
      note_extinction(s, a);
    }
  }

 private:
  template <class Law>
  Groups<Law>& groups() {
    return std::get<Groups<Law>>(groups_);
  }

  /// Books the harm that has flowed in a group at the rates last looked at.
  template <class Law>
  void book(State& s, std::size_t g) {
    auto& group = groups<Law>().all[g];
    const double days = time_ - std::exchange(group.since, time_);
    if (group.is_open && days > 0) {
      Law::harm(s, static_cast<int>(g), group.found.cell, [&](PlaceIndex p, ActorIndex by, double persons_per_day) {
        book_harm(s, p, by, persons_per_day * days);
      });
    }
  }

  /// Takes the rates of a group anew. `are_entries_same`: nothing but fighters has changed since they were taken.
  template <class Law>
  void update(State& s, std::size_t g, bool are_entries_same) {
    Groups<Law>& of = groups<Law>();
    book<Law>(s, g);
    auto& group = of.all[g];
    const bool was_open = group.is_open;
    group.is_open = !(laws::may_come_in_rounds<Law>() && has_rounds_) && Law::is_open(s, static_cast<int>(g));
    if (!group.is_open) {
      of.totals.set(g, 0);
      return;
    }
    of.is_any_open = true;
    auto& cell = group.found.cell;
    if constexpr (requires { Law::renew_rates(model_, s, int{}, time_, cell); }) {
      if (are_entries_same && was_open) {
        of.totals.set(g, Law::renew_rates(model_, s, static_cast<int>(g), time_, cell));
        return;
      }
    }
    Law::update_rates(model_, s, static_cast<int>(g), time_, cell);
    of.totals.set(g, sum_of<Law>(s, cell));
  }

  template <class Law>
  static double sum_of(const State& s, typename Law::Cell& cell) {
    if constexpr (requires { Law::add_up(s, cell); }) {
      return Law::add_up(s, cell);
    } else {
      double total = 0;
      for (std::size_t k = 0; k < Law::size(cell); ++k) {
        total += Law::rate(cell, k);
      }
      return total;
    }
  }

  template <class Law>
  void look_at_groups(State& s) {
    Groups<Law>& of = groups<Law>();
    close<Law>(s);
    const std::size_t n = Law::may_act(model_) ? at(Law::groups(s)) : 0;
    of.totals.reset(n);
    while (of.all.size() < n) {
      of.all.emplace_back(s);
    }
    for (std::size_t g = 0; g < n; ++g) {
      update<Law>(s, g, false);
    }
  }

  void look_at_all(State& s) {
    laws::LawsBetweenDecisions::for_each([&]<class Law>() { look_at_groups<Law>(s); });
  }

  /// Books what is left to book, after which no group is open.
  template <class Law>
  void close(State& s) {
    Groups<Law>& of = groups<Law>();
    for (std::size_t g = 0; of.is_any_open && g < of.totals.size(); ++g) {
      book<Law>(s, g);
      of.all[g].is_open = false;
    }
    of.is_any_open = false;
  }

  void close_all(State& s) {
    laws::LawsBetweenDecisions::for_each([&]<class Law>() { close<Law>(s); });
  }

  /// Presence and control of a place where an actor's fighters have changed, and the rates that depend on them.
  void settle(State& s, PlaceIndex p, ActorIndex a) {
    const ActorIndex holder = s.control[at(p)];
    refresh_presence(s, p, a);
    settle_control(s, p);
    const laws::Change change{p, a, s.control[at(p)] != holder};
    laws::LawsBetweenDecisions::for_each([&]<class Law>() {
      if constexpr (Law::kScope == laws::Scope::place) {
        if (Law::may_act(model_) && Law::is_touched(s, change, p)) {
          update<Law>(s, at(p), Law::kLooksAtHolders || !change.has_new_holder);
        }
      } else {
        // What can happen elsewhere is set at decisions.
        for (std::size_t g = 0; groups<Law>().is_any_open && g < groups<Law>().totals.size(); ++g) {
          if (Law::is_touched(s, change, static_cast<int>(g))) {
            update<Law>(s, g, Law::kLooksAtHolders || !change.has_new_holder);
          }
        }
      }
    });
  }

  double total_rate() {
    double here = 0;  // last, as the next event waits for it
    double elsewhere = 0;
    laws::LawsBetweenDecisions::for_each(
        [&]<class Law>() { (Law::kScope == laws::Scope::place ? here : elsewhere) += groups<Law>().totals.total(); });
    return elsewhere + here;
  }

  /// Lets the event happen that the mark, between 0 and the sum of all rates, points at.
  void pick(State& s, double mark, EventDraws& random) {
    bool is_found = false;
    laws::LawsBetweenDecisions::for_each([&]<class Law>() {
      if (is_found) {
        return;
      }
      const SumTree& totals = groups<Law>().totals;
      is_found = mark < totals.total();
      if (is_found) {
        const auto [group, rest] = totals.find(mark);
        pick_in<Law>(s, group, rest, random);
      } else {
        mark -= totals.total();
      }
    });
  }

  template <class Law>
  void pick_in(State& s, std::size_t g, double mark, EventDraws& random) {
    const auto& cell = groups<Law>().all[g].found.cell;
    const std::size_t k = find<Law>(cell, mark);
    if (has_fading_ && Law::fades(model_, s)) {
      const double before = groups<Law>().totals[g];
      update<Law>(s, g, false);  // rates as they are now; those that chose this event were at least as high
      if (random.uniform() * before >= groups<Law>().totals[g]) {
        return;
      }
    }
    if (k < Law::size(cell)) {
      laws::happen<Law>(model_, s, static_cast<int>(g), cell, k, 1, *this);
    }
  }

  template <class Law>
  static std::size_t find(const typename Law::Cell& cell, double mark) {
    if constexpr (requires { Law::find(cell, mark); }) {
      return Law::find(cell, mark);
    } else {
      std::size_t k = 0;
      while (k < Law::size(cell) && mark >= Law::rate(cell, k)) {
        mark -= Law::rate(cell, k++);
      }
      return k;
    }
  }

  void note_extinction(const State& s, ActorIndex a) { solver::note_extinction(s, a, time_, *extinction); }

  const CompiledModel& model_;
  const std::uint64_t limit_;
  laws::Rounds rounds_;
  bool has_rounds_ = false;
  bool has_fading_ = false;
  laws::Drifts::Each<laws::MoverOf> movers_;
  laws::LawsBetweenDecisions::Each<Groups> groups_;
  double time_ = 0;
  std::uint64_t events_ = 0;
};

}  // namespace

std::unique_ptr<Stepper> make_exact(const CompiledModel& model, const SolveOptions& options, const State& state) {
  return std::make_unique<Exact>(model, options, state);
}

}  // namespace truel::solver
