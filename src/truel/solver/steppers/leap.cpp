// Fixed steps (tau-leaping, Gillespie 2001). All events of one kind at one place, or all strikes together, are one
// Poisson process: their number is drawn once and shared out in proportion to the rates. No force falls below zero:
// what would go beyond its last fighter does not happen. Under aimed fire, whose rate does not depend on the target's
// size, that is exact in the target; elsewhere the error shrinks with the step (docs/model.md).
#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

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
  /// Call it after the last add and before entry_at; `before` is lost. The last entry gets what rounding leaves.
  void close() { std::fill_n(&cumulated_[n_ - 1], kBlock + 1, kUnbounded); }

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
    return below;
  }

 private:
  static constexpr std::size_t kCounted = 128;
  static constexpr std::size_t kBlock = 8;

  std::vector<double> cumulated_;
  std::size_t n_ = 0;
  double sum_ = 0;
};

/// What is known of the groups of a law: of each, where the law can renew the rates of a group for less than it takes
/// to find them; else of the last alone.
template <class Law>
struct Kept {
  static constexpr bool kRenews = requires(const CompiledModel& model, const State& s, typename Law::Cell& cell) {
    Law::renew_rates(model, s, int{}, double{}, cell);
  };
  explicit Kept(const State& s) { cell(s, 0); }

  typename Law::Cell& cell(const State& s, int g) {
    const std::size_t k = kRenews ? at(g) : 0;
    while (k >= groups.size()) {
      groups.emplace_back(s);
      is_known.push_back(0);
    }
    return groups[k].cell;
  }

  std::vector<laws::Found<Law>> groups;
  std::vector<std::uint8_t> is_known;  ///< since the last decision or dated change
};

class Leap final : public Stepper {
 public:
  Leap(const CompiledModel& model, const SolveOptions& options, const State& state)
      : model_(model),
        steps_per_day_(options.steps_per_day),
        step_days_(1.0 / options.steps_per_day),
        kept_(laws::All::each<Kept>(state)),
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

  void restart() override { forget(); }

  void forget() override {
    laws::All::for_each([&]<class Law>() {
      auto& is_known = std::get<Kept<Law>>(kept_).is_known;
      std::fill(is_known.begin(), is_known.end(), 0);
    });
  }

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

  template <class Law>
  typename Law::Cell& cell(const State& s, int g) {
    return std::get<Kept<Law>>(kept_).cell(s, g);
  }

  /// Takes the rates of a group, of what is known of it from an earlier step where the law can do with that.
  template <class Law>
  typename Law::Cell& find_rates(const State& s, int g) {
    auto& kept = std::get<Kept<Law>>(kept_);
    auto& cell = kept.cell(s, g);
    const double middle = time_ + step_days_ / 2;
    if constexpr (Kept<Law>::kRenews) {
      if (std::exchange(kept.is_known[at(g)], 1)) {
        Law::renew_rates(model_, s, g, middle, cell);
        return cell;
      }
    }
    Law::update_rates(model_, s, g, middle, cell);
    return cell;
  }

  template <class Law>
  bool acts() const {
    return Law::may_act(model_) && !(laws::may_come_in_rounds<Law>() && has_rounds_);
  }

  /// The laws of a row, in turns.
  template <class Row>
  void act_in_turns(State& s) {
    std::array<int, Row::kSize> groups{};
    std::size_t n = 0;
    Row::for_each([&]<class Law>() { groups[n++] = acts<Law>() ? Law::groups(s) : 0; });
    const int most = *std::max_element(groups.begin(), groups.end());
    for (int g = 0; g < most; ++g) {
      n = 0;
      Row::for_each([&]<class Law>() {
        if (g < groups[n++] && Law::is_open(s, g)) {
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
    auto& found = find_rates<Law>(s, g);
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
    share_out(
        draw.poisson(shares_.sum() * step_days_), draw,
        [&](std::size_t k, double events) {
          return Law::kIsSteady || only_thins(s, Law::effect(s, g, found, k), events);
        },
        [&](std::size_t k, double events) { laws::happen<Law>(model_, s, g, found, k, events, *this); });
  }

  /// The same in all groups of a law, each of which has one entry, as one number of events.
  template <class Law>
  void act_pooled(State& s) {
    const int groups = acts<Law>() ? Law::groups(s) : 0;
    shares_.clear(at(groups));
    for (int g = 0; g < groups; ++g) {
      const auto& found = find_rates<Law>(s, g);
      shares_.add(Law::rate(found, 0));
      harm<Law>(s, g, found);
    }
    RandomStream draw = random(s, Law::kPurpose, 0);
    share_out(
        draw.poisson(shares_.sum() * step_days_), draw,
        [&](std::size_t g, double events) {
          const int group = static_cast<int>(g);
          return only_thins(s, Law::effect(s, group, cell<Law>(s, group), 0), events);
        },
        [&](std::size_t g, double events) {
          const int group = static_cast<int>(g);
          laws::happen<Law>(model_, s, group, cell<Law>(s, group), 0, events, *this);
        });
  }

  /// Whether n events of this kind, all of a step together, leave some of the fighters whom they take and bring nobody
  /// to give in: then they change nothing but numbers. Where the path is kept, each is written down by itself.
  static bool only_thins(const State& s, const laws::Effect& e, double n) {
    if (e.who == kNone || e.joins != kNone || s.journal != nullptr) {
      return false;
    }
    const double left = e.column == kNone ? s.fighters[s.slot(e.place, e.who)] : find_column(s, e.column)->fighters;
    bool bears = left > n;
    laws::for_each_limit_of_losses(s, e.who, [&](auto, double losses) { bears = bears && losses > n; });
    return bears;
  }

  /// Shares `count` things out over the entries of shares_, each with chance in proportion to its rate;
  /// `give(entry, number)` gets numbers above 0. They are dealt one by one, or, where they are very many, by
  /// conditional binomials. What an entry gets of those dealt it gets at once where it matters to nobody in which order
  /// they came: if is_apart(entry, count) of all that get any.
  template <class IsApart, class Give>
  void share_out(double count, RandomStream& draw, IsApart is_apart, Give give) {
    if (count <= 0) {
      return;
    }
    const double sum = shares_.sum();
    if (count <= static_cast<double>(kDealtOneByOne)) {
      shares_.close();
      const auto n = static_cast<std::size_t>(count);
      draw.coarse_uniform(mark_.data(), n);
      dealt_.resize(std::max(dealt_.size(), shares_.size()));  // all 0 between calls
      std::size_t n_got = 0;
      for (std::size_t i = 0; i < n; ++i) {
        entry_[i] = shares_.entry_at(mark_[i] * sum);
        if (dealt_[entry_[i]]++ == 0) {
          got_[n_got++] = entry_[i];
        }
      }
      const auto got = std::span(got_).first(n_got);
      if (std::all_of(got.begin(), got.end(), [&](std::size_t k) { return is_apart(k, count); })) {
        std::for_each(got.begin(), got.end(), [&](std::size_t k) { give(k, dealt_[k]); });
      } else {
        std::for_each(&entry_[0], &entry_[0] + n, [&](std::size_t k) { give(k, 1.0); });
      }
      for (const std::size_t k : got) {
        dealt_[k] = 0;
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

  static constexpr std::size_t kDealtOneByOne = 64;

  const CompiledModel& model_;
  const int steps_per_day_;
  const double step_days_;
  laws::All::Each<Kept> kept_;
  laws::Rounds rounds_;
  bool has_rounds_ = false;
  laws::Drifts::Each<laws::MoverOf> movers_;
  Shares shares_;
  std::vector<int> dealt_;                           ///< [entry] of shares_
  std::array<double, kDealtOneByOne> mark_{};        ///< [event]
  std::array<std::size_t, kDealtOneByOne> entry_{};  ///< [event] which gets it
  std::array<std::size_t, kDealtOneByOne> got_{};    ///< entries that get any
  std::uint32_t step_ = 0;
  double time_ = 0;
};

}  // namespace

std::unique_ptr<Stepper> make_leap(const CompiledModel& model, const SolveOptions& options, const State& state) {
  return std::make_unique<Leap>(model, options, state);
}

}  // namespace truel::solver
