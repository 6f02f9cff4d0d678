// Fixed steps (tau-leaping, Gillespie 2001). All events of one kind at one place, or all strikes together, are one
// Poisson process: their number is drawn once and shared out in proportion to the rates. No force falls below zero:
// what would go beyond its last fighter does not happen. Under aimed fire, whose rate does not depend on the target's
// size, that is exact in the target; elsewhere the error shrinks with the step (docs/model.md).
#include <algorithm>
#include <cmath>

#include "truel/laws/laws.hpp"
#include "truel/solver/steppers/extinction.hpp"
#include "truel/solver/steppers/stepper.hpp"
#include "truel/world/presence.hpp"

namespace truel::solver {
namespace {

/// Rates of the entries among which events are shared out, summed up.
class Shares {
 public:
  /// Forgets all entries; at most `most` follow.
  void clear(std::size_t most) {
    n_ = 0;
    sum_ = 0;
    if (cumulated_.size() < most + kBlock) {
      cumulated_.resize(most + kBlock);
    }
  }
  void add(double rate) {
    sum_ += rate;
    cumulated_[n_++] = sum_;
  }
  /// Forgets all entries and takes n new ones: rate_of(k) is the rate of each.
  template <class RateOf>
  void fill(std::size_t n, RateOf rate_of) {
    clear(n);
    double sum = 0;
    double* cumulated = cumulated_.data();
    for (std::size_t k = 0; k < n; ++k) {
      sum += rate_of(k);
      cumulated[k] = sum;
    }
    n_ = n;
    sum_ = sum;
  }
  /// Call it after the last add and before entry_at.
  void close() { std::fill_n(&cumulated_[n_], kBlock, kUnbounded); }

  std::size_t size() const { return n_; }
  double sum() const { return sum_; }
  /// Sum of the rates of the entries before k.
  double before(std::size_t k) const { return k > 0 ? cumulated_[k - 1] : 0; }

  /// The first entry whose cumulated rate lies above the mark, or the last; one of rate 0 is none of the former. In a
  /// short list counting the entries below beats halving, whose every branch is a coin toss: first whole blocks, then
  /// the entries of one.
  std::size_t entry_at(double mark) const {
    const double* cumulated = cumulated_.data();
    const std::size_t last = n_ - 1;
    if (last > kCounted) {
      return static_cast<std::size_t>(std::upper_bound(cumulated, cumulated + last, mark) - cumulated);
    }
    std::size_t below = 0;
    for (std::size_t end = kBlock; end <= last; end += kBlock) {
      below += cumulated[end - 1] <= mark ? kBlock : 0;
    }
    const double* block = cumulated + below;
    for (std::size_t k = 0; k < kBlock; ++k) {
      below += block[k] <= mark ? 1 : 0;
    }
    return std::min(below, last);
  }

 private:
  static constexpr std::size_t kCounted = 128;
  static constexpr std::size_t kBlock = 8;

  std::vector<double> cumulated_;
  std::size_t n_ = 0;
  double sum_ = 0;
};

class Leap final : public Stepper {
 public:
  Leap(const CompiledModel& model, const SolveOptions& options, const State& state)
      : model_(model),
        steps_per_day_(options.steps_per_day),
        step_days_(1.0 / options.steps_per_day),
        cells_(laws::All::each<laws::Found>(state)),
        rounds_(model, state),
        movers_(laws::Drifts::each<laws::MoverOf>(model)) {
    dealt_.reserve(at(state.n_places));
  }

  void advance(State& s, int until, RunStatus& status) override {
    has_rounds_ = rounds_.has_rounds(s);
    for (; s.day < until; ++s.day) {
      for (int k = 0; k < steps_per_day_; ++k) {
        step_ = static_cast<std::uint32_t>(s.day * steps_per_day_ + k);
        time_ = s.day + k * step_days_;
        if (has_rounds_) {
          fire_rounds(s);
        }
        laws::All::for_each_row([&]<class Row>() {
          if constexpr (Row::kIsPooled) {
            Row::for_each([&]<class Law>() { act_pooled<Law>(s); });
          } else {
            act_in_turns<Row>(s);
          }
        });
      }
      laws::Drifts::for_each([&]<class Law>() {
        if (Law::may_act(model_) && !std::get<typename Law::Mover>(movers_).advance(s, s.day, s.day + 1)) {
          status = RunStatus::diverged;
        }
      });
    }
    s.day = until;
  }

  void restart() override {}

  // What laws say has happened (laws/law.hpp).

  void lost(State& s, PlaceIndex p, ActorIndex a, double fighters) {
    if (fighters > 0 && s.fighters[s.slot(p, a)] <= 0) {
      refresh_presence(s, p, a);
      settle_control(s, p);
      note_extinction(s, a);
    }
  }
  void gained(State& s, PlaceIndex p, ActorIndex a, bool is_new) {
    if (is_new) {
      refresh_presence(s, p, a);
    }
  }
  void lost_on_road(State& s, ActorIndex a) { note_extinction(s, a); }
  void moved(State& s, ActorIndex a) { note_extinction(s, a); }
  void fell(State& s, ActorIndex a, double dead) {
    if (laws::after_losses(s, a, dead)) {
      note_extinction(s, a);
    }
  }

 private:
  RandomStream random(const State& s, Purpose purpose, int entity) const {
    return {s.seed, s.run, step_, purpose, static_cast<std::uint32_t>(entity)};
  }

  void note_extinction(const State& s, ActorIndex a) { solver::note_extinction(s, a, time_ + step_days_, *extinction); }

  void fire_rounds(State& s) {
    const int last = rounds_.done_by(s, time_ + step_days_);
    for (int round = rounds_.done_by(s, time_) + 1; round <= last; ++round) {
      rounds_.fire(s, round, true, 0,
                   [&](ActorIndex a) { solver::note_extinction(s, a, rounds_.time_of(s, round), *extinction); });
    }
  }

  /// What the law found out about the group that it acts in.
  template <class Law>
  typename Law::Cell& cell() {
    return std::get<laws::Found<Law>>(cells_).cell;
  }

  template <class Law>
  bool acts() const {
    return Law::may_act(model_) && !(laws::may_come_in_rounds<Law>() && has_rounds_);
  }

  /// The laws of a row, in turns.
  template <class Row>
  void act_in_turns(State& s) {
    int groups = 0;
    Row::for_each([&]<class Law>() { groups = std::max(groups, acts<Law>() ? Law::groups(s) : 0); });
    for (int g = 0; g < groups; ++g) {
      Row::for_each([&]<class Law>() {
        if (acts<Law>() && g < Law::groups(s) && Law::is_open(s, g)) {
          act<Law>(s, g);
        }
      });
    }
  }

  template <class Law>
  void harm(State& s, int g, const typename Law::Cell& found) {
    Law::harm(s, g, found, [&](PlaceIndex p, ActorIndex by, double persons_per_day) {
      book_harm(s, p, by, persons_per_day * step_days_);
    });
  }

  /// What happens in a step in one group. The rates of its events are taken before any of them.
  template <class Law>
  void act(State& s, int g) {
    auto& found = cell<Law>();
    Law::update_rates(model_, s, g, time_ + step_days_ / 2, found);
    const std::size_t shared = Law::shared(found);
    const std::size_t size = Law::size(found);
    shares_.fill(shared, [&](std::size_t k) { return Law::rate(found, k); });
    harm<Law>(s, g, found);
    for (std::size_t k = shared; k < size; ++k) {
      const auto [purpose, entity] = Law::own(s, g, found, k);
      const double events = random(s, purpose, entity).poisson(Law::rate(found, k) * step_days_);
      if (events > 0) {
        laws::happen<Law>(model_, s, g, found, k, events, *this);
      }
    }
    RandomStream draw = random(s, Law::kPurpose, g);
    share_out<Law::kIsSteady>(draw.poisson(shares_.sum() * step_days_), draw, [&](std::size_t k, double events) {
      laws::happen<Law>(model_, s, g, found, k, events, *this);
    });
  }

  /// The same in all groups of a law, each of which has one entry, as one number of events.
  template <class Law>
  void act_pooled(State& s) {
    auto& found = cell<Law>();
    const int groups = acts<Law>() ? Law::groups(s) : 0;
    shares_.clear(at(groups));
    for (int g = 0; g < groups; ++g) {
      Law::update_rates(model_, s, g, time_ + step_days_ / 2, found);
      shares_.add(Law::rate(found, 0));
      harm<Law>(s, g, found);
    }
    RandomStream draw = random(s, Law::kPurpose, 0);
    share_out<false>(draw.poisson(shares_.sum() * step_days_), draw, [&](std::size_t g, double events) {
      laws::happen<Law>(model_, s, static_cast<int>(g), found, 0, events, *this);
    });
  }

  /// Shares `count` things out over the entries of shares_, each with chance in proportion to its rate;
  /// `give(entry, number)` gets numbers above 0. They are dealt one by one, or, where they are very many, by
  /// conditional binomials. kTogether: what an entry gets of those it gets at once, for it changes nothing for others.
  template <bool kTogether, class Give>
  void share_out(double count, RandomStream& draw, Give give) {
    if (count <= 0) {
      return;
    }
    const double sum = shares_.sum();
    if (count <= kDealtOneByOne) {
      shares_.close();
      if constexpr (kTogether) {
        dealt_.assign(shares_.size(), 0);
      }
      for (double dealt = 0; dealt < count; ++dealt) {
        const std::size_t k = shares_.entry_at(draw.coarse_uniform() * sum);
        if constexpr (kTogether) {
          ++dealt_[k];
        } else {
          give(k, 1.0);
        }
      }
      if constexpr (kTogether) {
        for (std::size_t k = 0; k < dealt_.size(); ++k) {
          if (dealt_[k] > 0) {
            give(k, dealt_[k]);
          }
        }
      }
      return;
    }
    for (std::size_t k = 0; k < shares_.size() && count > 0; ++k) {
      const double rates_left = sum - shares_.before(k);
      const double rate = shares_.before(k + 1) - shares_.before(k);
      const double share = rates_left <= rate ? count : draw.binomial(count, rate / rates_left);
      count -= share;
      if (share > 0) {
        give(k, share);
      }
    }
  }

  static constexpr double kDealtOneByOne = 64;

  const CompiledModel& model_;
  const int steps_per_day_;
  const double step_days_;
  laws::All::Each<laws::Found> cells_;
  laws::Rounds rounds_;
  bool has_rounds_ = false;
  laws::Drifts::Each<laws::MoverOf> movers_;
  Shares shares_;
  std::vector<int> dealt_;  ///< [entry]
  std::uint32_t step_ = 0;
  double time_ = 0;
};

}  // namespace

std::unique_ptr<Stepper> make_leap(const CompiledModel& model, const SolveOptions& options, const State& state) {
  return std::make_unique<Leap>(model, options, state);
}

}  // namespace truel::solver
