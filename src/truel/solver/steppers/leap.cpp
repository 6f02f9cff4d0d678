// Fixed steps (tau-leaping, Gillespie 2001). All events of one kind at one place, or all strikes together, are one
// Poisson process: their number is drawn once and shared out in proportion to the rates. No force falls below zero:
// what would go beyond its last fighter does not happen. Under aimed fire, whose rate does not depend on the target's
// size, that is exact in the target; elsewhere the error shrinks with the step (docs/model.md).
#include <algorithm>
#include <array>
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
  /// With room for so many, so that a day does not ask for memory.
  explicit Shares(int most) : cumulated_(at(most) + kBlock) {}

  /// Forgets all entries and takes n new ones: rate_of(k) is the rate of each.
  template <class RateOf>
  void fill(std::size_t n, RateOf rate_of) {
    if (cumulated_.size() < n + kBlock) {
      cumulated_.resize(n + kBlock);
    }
    double sum = 0;
    double* cumulated = cumulated_.data();
    for (std::size_t k = 0; k < n; ++k) {
      sum += rate_of(k);
      cumulated[k] = sum;
    }
    n_ = n;
    sum_ = sum;
    // The last entry gets what rounding leaves, and whole blocks can be read.
    std::fill_n(cumulated + n - (n > 0), kBlock, kUnbounded);
    first_.clear();
  }

  /// Notes of each of kParts equal parts of the sum the first entry in it: pays where very many events are dealt before
  /// the list is filled anew.
  void index() {
    first_.resize(kParts);
    std::uint32_t k = 0;
    for (std::size_t part = 0; part < kParts; ++part) {
      const double mark = static_cast<double>(part) / kParts * sum_;
      while (cumulated_[k] <= mark) {
        ++k;
      }
      first_[part] = k;
    }
  }

  /// entry_at(u sum()), 0 < u < 1.
  std::size_t entry_of(double u) const {
    const double mark = u * sum_;
    if (first_.empty()) {
      return entry_at(mark);
    }
    std::size_t k = first_[static_cast<std::size_t>(u * kParts)];
    while (cumulated_[k] <= mark) {
      ++k;
    }
    return k;
  }

  std::size_t size() const { return n_; }
  double sum() const { return sum_; }
  /// Sum of the rates of the entries before k.
  double before(std::size_t k) const { return k == n_ ? sum_ : k > 0 ? cumulated_[k - 1] : 0; }

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
  static constexpr std::size_t kParts = 64;

  std::vector<double> cumulated_;
  std::vector<std::uint32_t> first_;  ///< [part of the sum]; empty: not noted
  std::size_t n_ = 0;
  double sum_ = 0;
};

/// What is known of the groups of a law: of each, where its rates stay or the law can renew them for less than it takes
/// to find them; else of the last alone.
template <class Law>
struct KnownGroups {
  static constexpr bool kRenews = requires(const CompiledModel& model, const State& s, typename Law::Cell& cell) {
    Law::renew_rates(model, s, int{}, double{}, cell);
  };
  static constexpr bool kOfEach = kRenews || Law::kIsSteady;

  struct Group {
    explicit Group(const State& s) : found(s) {}

    laws::Findings<Law> found;
    /// State::n_holder_changes when its rates were taken, if that was after the last decision or dated change.
    int known_at = kNotKnown;
  };
  static constexpr int kNotKnown = -1;

  explicit KnownGroups(const State& s) { group(s, 0); }

  Group& group(const State& s, int g) { return first(s, g + 1)[kOfEach ? at(g) : 0]; }
  /// The first of at least n groups.
  Group* first(const State& s, int n) {
    const std::size_t needed = kOfEach ? at(n) : 1;
    if (needed > groups.size()) {
      make_room(s, needed);
    }
    return groups.data();
  }

  std::vector<Group> groups;
  std::vector<Shares> shares;  ///< [group] where rates stay
  // Groups of a pooled law are looked at together: how many they were, and for all what known_at says.
  int n_together = 0;
  int together_at = kNotKnown;

 private:
  [[gnu::noinline]] void make_room(const State& s, std::size_t needed) {
    while (needed > groups.size()) {
      groups.emplace_back(s);
      if (Law::kIsSteady) {
        shares.emplace_back(s.n_places);
      }
    }
  }
};

class Leap final : public Stepper {
 public:
  Leap(const CompiledModel& model, const SolveOptions& options, const State& state)
      : model_(model),
        steps_per_day_(options.steps_per_day),
        step_days_(1.0 / options.steps_per_day),
        known_(laws::LawsBetweenDecisions::each<KnownGroups>(state)),
        rounds_(model, state),
        movers_(laws::Drifts::each<laws::MoverOf>(model)),
        shares_(state.n_places),
        pooled_(state.n_places) {
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
        laws::LawsBetweenDecisions::for_each_row([&]<class Row>() {
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
    laws::LawsBetweenDecisions::for_each([&]<class Law>() {
      auto& known = std::get<KnownGroups<Law>>(known_);
      known.together_at = KnownGroups<Law>::kNotKnown;
      if (!Law::kIsPooled) {
        for (auto& group : known.groups) {
          group.known_at = KnownGroups<Law>::kNotKnown;
        }
      }
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
  typename KnownGroups<Law>::Group& group(const State& s, int g) {
    return std::get<KnownGroups<Law>>(known_).group(s, g);
  }

  /// Takes the rates of a group, of what is known of it from an earlier step where the law can do with that.
  template <class Law>
  void find_rates(const State& s, int g, typename KnownGroups<Law>::Group& group) {
    const double middle = time_ + step_days_ / 2;
    if constexpr (KnownGroups<Law>::kRenews) {
      const int known_at = std::exchange(group.known_at, s.tallies.n_holder_changes);
      if (known_at != KnownGroups<Law>::kNotKnown && (Law::kLooksAtHolders || known_at == s.tallies.n_holder_changes)) {
        Law::renew_rates(model_, s, g, middle, group.found.cell);
        return;
      }
    }
    Law::update_rates(model_, s, g, middle, group.found.cell);
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
    auto& known = group<Law>(s, g);
    auto& found = known.found.cell;
    Shares& shares = Law::kIsSteady ? std::get<KnownGroups<Law>>(known_).shares[at(g)] : shares_;
    if (!Law::kIsSteady || std::exchange(known.known_at, s.tallies.n_holder_changes) != s.tallies.n_holder_changes) {
      find_rates<Law>(s, g, known);
      shares.fill(Law::shared(found), [&](std::size_t k) { return Law::rate(found, k); });
      if (Law::kIsSteady && shares.sum() > 0) {
        shares.index();
      }
    }
    harm<Law>(s, g, found);
    const std::size_t size = Law::size(found);
    for (std::size_t k = Law::shared(found); k < size; ++k) {
      const auto [purpose, entity] = Law::own(s, g, found, k);
      const double events = random(s, purpose, entity).poisson(Law::rate(found, k) * step_days_);
      if (events > 0) {
        laws::happen<Law>(model_, s, g, found, k, events, *this);
      }
    }
    RandomStream draw = random(s, Law::kPurpose, g);
    share_out(
        shares, draw.poisson(shares.sum() * step_days_), draw,
        [&](std::size_t k, double events) {
          return Law::kIsSteady || only_thins(s, Law::effect(s, g, found, k), events);
        },
        [&](std::size_t k, double events) { laws::happen<Law>(model_, s, g, found, k, events, *this); });
  }

  /// Whether the rates of so many groups of a pooled law, which all are taken now, can be renewed.
  template <class Law>
  bool renews_together(const State& s, int groups) {
    auto& known = std::get<KnownGroups<Law>>(known_);
    const int known_at = std::exchange(known.together_at, s.tallies.n_holder_changes);
    return std::exchange(known.n_together, groups) == groups && known_at != KnownGroups<Law>::kNotKnown &&
           (Law::kLooksAtHolders || known_at == s.tallies.n_holder_changes);
  }

  /// The same in all groups of a law, each of which has one entry, as one number of events.
  template <class Law>
  void act_pooled(State& s) {
    const int groups = acts<Law>() ? Law::groups(s) : 0;
    static_assert(KnownGroups<Law>::kRenews, "what is known of each group of a pooled law is renewed");
    auto* const first = std::get<KnownGroups<Law>>(known_).first(s, groups);
    const double middle = time_ + step_days_ / 2;
    const auto fill = [&](auto take_rates) {
      pooled_.fill(at(groups), [&](std::size_t k) {
        auto& cell = first[k].found.cell;
        take_rates(static_cast<int>(k), cell);
        harm<Law>(s, static_cast<int>(k), cell);
        return Law::rate(cell, 0);
      });
    };
    if (renews_together<Law>(s, groups)) {
      fill([&](int g, auto& cell) { Law::renew_rates(model_, s, g, middle, cell); });
    } else {
      fill([&](int g, auto& cell) { Law::update_rates(model_, s, g, middle, cell); });
    }
    RandomStream draw = random(s, Law::kPurpose, 0);
    share_out(
        pooled_, draw.poisson(pooled_.sum() * step_days_), draw,
        [&](std::size_t k, double events) {
          const int g = static_cast<int>(k);
          return only_thins(s, Law::effect(s, g, group<Law>(s, g).found.cell, 0), events);
        },
        [&](std::size_t k, double events) {
          const int g = static_cast<int>(k);
          laws::happen<Law>(model_, s, g, group<Law>(s, g).found.cell, 0, events, *this);
        });
  }

  /// Whether n events of this kind, all of a step together, leave some of the fighters whom they take and bring nobody
  /// to give in: then they change nothing but numbers. Where the path is kept, each is written down by itself.
  static bool only_thins(const State& s, const laws::Effect& e, double n) {
    if (e.who == kNone || e.joins != kNone || s.journal != nullptr) {
      return false;
    }
    const double left = e.march == kNone ? s.fighters[s.slot(e.place, e.who)] : find_march(s, e.march)->fighters;
    bool bears = left > n;
    laws::for_each_limit_of_losses(s, e.who, [&](auto, double losses) { bears = bears && losses > n; });
    return bears;
  }

  /// Shares `count` things out over entries, each with chance in proportion to its rate; `give(entry, number)` gets
  /// numbers above 0. They are dealt one by one, or, where they are very many, by conditional binomials. What an entry
  /// gets of those dealt it gets at once where it matters to nobody in which order they came: if is_apart(entry, count)
  /// of all that get any.
  template <class IsApart, class Give>
  void share_out(const Shares& shares, double count, RandomStream& draw, IsApart is_apart, Give give) {
    if (count <= 0) {
      return;
    }
    if (count <= static_cast<double>(kDealtOneByOne)) {
      const auto n = static_cast<std::size_t>(count);
      const auto got = deal(shares, n, draw);
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
    for (std::size_t k = 0; k < shares.size() && count > 0; ++k) {
      const double rates_left = shares.sum() - shares.before(k);
      const double rate = shares.before(k + 1) - shares.before(k);
      const double share = rates_left <= rate ? count : draw.binomial(count, rate / rates_left);
      count -= share;
      if (share > 0) {
        give(k, share);
      }
    }
  }

  /// Deals n things out, at most kDealtOneByOne: who got each is in entry_, how many each got in dealt_, which is for
  /// the caller to set back to 0. Returns those who got any. Out of line: it is the same for all laws.
  [[gnu::noinline]] std::span<const std::size_t> deal(const Shares& shares, std::size_t n, RandomStream& draw) {
    std::array<double, kDealtOneByOne> mark;
    draw.coarse_uniform(mark.data(), n);
    if (dealt_.size() < shares.size()) {
      dealt_.resize(shares.size());
    }
    std::size_t n_got = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t k = shares.entry_of(mark[i]);
      entry_[i] = k;
      got_[n_got] = k;
      n_got += dealt_[k]++ == 0 ? 1 : 0;
    }
    return {got_.data(), n_got};
  }

  static constexpr std::size_t kDealtOneByOne = 64;

  const CompiledModel& model_;
  const int steps_per_day_;
  const double step_days_;
  laws::LawsBetweenDecisions::Each<KnownGroups> known_;
  laws::Rounds rounds_;
  bool has_rounds_ = false;
  laws::Drifts::Each<laws::MoverOf> movers_;
  Shares shares_, pooled_;
  std::vector<int> dealt_;                           ///< [entry] all 0 between calls
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
