// Every event of the jump process one by one, by the direct method (Gillespie 1977). Between decisions all rates are
// constant but for those that fade, as in battles that tire: such events are thinned (Lewis and Shedler 1979).
#include <algorithm>
#include <cmath>

#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/fire/breakpoint.hpp"
#include "truel/laws/laws.hpp"
#include "truel/solver/rounds.hpp"
#include "truel/solver/stepper.hpp"
#include "truel/world/presence.hpp"

namespace truel::solver {
namespace {

/// Groups of a law: what it found out about each, and the sum of its rates.
template <class Law>
struct Groups {
  explicit Groups(const State&) {}

  struct Group {
    explicit Group(const State& state) : found(state) {}
    laws::Found<Law> found;
    bool is_open = false;
    double total = 0;
  };
  std::vector<Group> all;  ///< [group]; grows as they become more
  std::size_t n = 0;
};

class Exact final : public Stepper {
 public:
  Exact(const CompiledModel& model, const SolveOptions& options, const State& state)
      : model_(model),
        limit_(options.event_limit),
        rounds_(model, state),
        alignment_(model),
        groups_(laws::All::each<Groups>(state)) {}

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
    look_at_all(s);
    bool has_fading = false;
    laws::All::for_each([&]<class Law>() { has_fading = has_fading || Law::fades(model_, s); });
    while (!is_stopped()) {
      const double total = total_rate(s);
      if (total <= 0 && laws::is_quiet(model_, s)) {
        break;
      }
      const double next = total > 0 ? time_ - std::log(random.uniform()) / total : kUnbounded;
      // Harm flows at the rates last looked at: where these fall, that is once a day at least.
      const double renewal = has_fading ? std::floor(time_) + 1 : kUnbounded;
      const double salvo = round <= last_round ? rounds_.time_of(s, round) : kUnbounded;
      const double then = std::min({static_cast<double>(until), next, renewal, salvo});
      harm(s, then - time_);
      time_ = then;
      s.day = std::min(until - 1, static_cast<int>(time_));
      if (round <= last_round && (then == salvo || then >= until)) {
        rounds_.fire(s, round++, true, 0, *extinction);
        look_at_all(s);
        continue;
      }
      if (then >= until) {
        break;
      }
      if (then < next) {
        laws::All::for_each([&]<class Law>() {
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
    s.day = until;
    if (!alignment_.advance(s, from, until)) {
      status = RunStatus::diverged;
    }
  }

  void restart() override { events_ = 0; }

  // What laws say has happened (laws/law.hpp).

  void lost(State& s, PlaceIndex p, ActorIndex a, double) {
    settle(s, p, a);
    note_extinction(s, a);
  }
  void gained(State& s, PlaceIndex p, ActorIndex a, bool) { settle(s, p, a); }
  void lost_on_road(State& s, ActorIndex a) {
    look_at_groups<laws::Strikes>(s);
    note_extinction(s, a);
  }
  void moved(State& s, ActorIndex a) {
    look_at_all(s);  // control may have changed at either place
    note_extinction(s, a);
  }
  void fell(State& s, ActorIndex a, double dead) {
    if (laws::breaks(s, a, dead)) {
      laws::leave_war(s, a);
      look_at_all(s);
      note_extinction(s, a);
    }
  }

 private:
  template <class Law>
  Groups<Law>& groups() {
    return std::get<Groups<Law>>(groups_);
  }

  /// Takes the rates of a group anew.
  template <class Law>
  void update(const State& s, int g) {
    auto& group = groups<Law>().all[at(g)];
    group.total = 0;
    group.is_open = !(Law::kIsInRounds && has_rounds_) && Law::is_open(s, g);
    if (!group.is_open) {
      return;
    }
    auto& cell = group.found.cell;
    Law::update_rates(model_, s, g, time_, cell);
    const std::size_t size = Law::size(cell);
    for (std::size_t k = 0; k < size; ++k) {
      group.total += Law::rate(cell, k);
    }
  }

  template <class Law>
  void look_at_groups(const State& s) {
    Groups<Law>& of = groups<Law>();
    of.n = Law::may_act(model_) ? at(Law::groups(s)) : 0;
    while (of.all.size() < of.n) {
      of.all.emplace_back(s);
    }
    for (std::size_t g = 0; g < of.n; ++g) {
      update<Law>(s, static_cast<int>(g));
    }
  }

  void look_at_all(const State& s) {
    laws::All::for_each([&]<class Law>() { look_at_groups<Law>(s); });
  }

  /// Presence and control of a place where an actor's fighters have changed, and the rates that depend on them.
  void settle(State& s, PlaceIndex p, ActorIndex a) {
    const ActorIndex holder = s.control[at(p)];
    refresh_place(s, p);
    settle_control(s, p);
    const laws::Change change{p, a, s.control[at(p)] != holder};
    laws::All::for_each([&]<class Law>() {
      for (std::size_t g = 0; g < groups<Law>().n; ++g) {
        if (Law::is_touched(change, static_cast<int>(g))) {
          update<Law>(s, static_cast<int>(g));
        }
      }
    });
  }

  /// Of all places, strikes and actors: of each of them the laws together.
  double total_rate(const State& s) {
    double total = 0;
    for (const laws::Scope scope : {laws::Scope::place, laws::Scope::strike, laws::Scope::actor}) {
      const std::size_t n = scope == laws::Scope::place    ? at(s.n_places)
                            : scope == laws::Scope::strike ? s.strikes.size()
                                                           : at(s.n_actors);
      for (std::size_t g = 0; g < n; ++g) {
        double here = 0;
        laws::All::for_each([&]<class Law>() {
          if (Law::kScope == scope && g < groups<Law>().n) {
            here += groups<Law>().all[g].total;
          }
        });
        total += here;
      }
    }
    return total;
  }

  void harm(State& s, double days) {
    laws::All::for_each([&]<class Law>() {
      for (std::size_t g = 0; g < groups<Law>().n; ++g) {
        if (const auto& group = groups<Law>().all[g]; group.is_open) {
          Law::harm(s, static_cast<int>(g), group.found.cell, [&](PlaceIndex p, ActorIndex by, double persons_per_day) {
            book_harm(s, p, by, persons_per_day * days);
          });
        }
      }
    });
  }

  /// Lets the event happen that the mark, between 0 and the sum of all rates, points at.
  void pick(State& s, double mark, RandomStream& random) {
    bool is_found = false;
    laws::All::for_each([&]<class Law>() {
      for (std::size_t g = 0; g < groups<Law>().n && !is_found; ++g) {
        const double total = groups<Law>().all[g].total;
        if (mark < total) {
          is_found = true;
          pick_in<Law>(s, static_cast<int>(g), mark, random);
        } else {
          mark -= total;
        }
      }
    });
  }

  template <class Law>
  void pick_in(State& s, int g, double mark, RandomStream& random) {
    auto& group = groups<Law>().all[at(g)];
    const auto& cell = group.found.cell;
    const std::size_t size = Law::size(cell);
    std::size_t k = 0;
    while (k < size && mark >= Law::rate(cell, k)) {
      mark -= Law::rate(cell, k++);
    }
    if (Law::fades(model_, s)) {
      const double before = group.total;
      update<Law>(s, g);  // rates as they are now; those that chose this event were at least as high
      if (random.uniform() * before >= group.total) {
        return;
      }
    }
    if (k < size) {
      laws::happen<Law>(model_, s, g, cell, k, 1, *this);
    }
  }

  void note_extinction(const State& s, ActorIndex a) {
    double& day = (*extinction)[at(a)];
    if (std::isnan(day) && total_fighters(s, a) <= 0) {
      day = time_;
    }
  }

  const CompiledModel& model_;
  const std::uint64_t limit_;
  Rounds rounds_;
  bool has_rounds_ = false;
  laws::AlignmentMover alignment_;
  laws::All::Each<Groups> groups_;
  double time_ = 0;
  std::uint64_t events_ = 0;
};

}  // namespace

std::unique_ptr<Stepper> make_exact(const CompiledModel& model, const SolveOptions& options, const State& state) {
  return std::make_unique<Exact>(model, options, state);
}

}  // namespace truel::solver
