#include "truel/record/patterns/facts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "truel/base/month.hpp"
#include "truel/base/random.hpp"
#include "truel/record/map.hpp"

namespace truel::record {
namespace {

// A stream of the record, beside those of the laws.
constexpr auto kResamples = static_cast<Purpose>(132);

constexpr int kRepeats = 1000;
constexpr std::size_t kRunOfMonths = 3;
constexpr std::size_t kLeastMonthsForRuns = 6;
constexpr std::size_t kLeastBlocks = 3;
constexpr double kDaysAWeek = 7;
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr Day kNever = std::numeric_limits<Day>::max();

std::size_t number_of(std::string_view name) {
  return static_cast<std::size_t>(
      std::find_if(kFacts.begin(), kFacts.end(), [&](const FactInfo& f) { return f.name == name; }) - kFacts.begin());
}

/// Settles who holds a place from who is seen there.
template <class Seen>
std::vector<int> settled(std::size_t n_looks, Seen&& seen) {
  std::vector<int> holder(n_looks, kUnknown);
  int last = kUnknown;
  for (std::size_t look = 0; look < n_looks; ++look) {
    const int now = seen(look);
    last = now >= 0 ? now : last;
    holder[look] = last;
  }
  return holder;
}

/// Sets of changes that hang together.
class Chains {
 public:
  explicit Chains(std::size_t n) : up_(n) { std::iota(up_.begin(), up_.end(), std::size_t{0}); }

  std::size_t of(std::size_t k) {
    while (up_[k] != k) {
      k = up_[k] = up_[up_[k]];
    }
    return k;
  }
  void join(std::size_t a, std::size_t b) { up_[std::max(of(a), of(b))] = std::min(of(a), of(b)); }

 private:
  std::vector<std::size_t> up_;
};

/// Changes by one side, each within kAdvanceDays and one road of another of them; ascending.
std::vector<std::vector<std::size_t>> advances_of(const std::vector<HandsChange>& changes, const FrontMap& map) {
  std::vector<std::vector<std::size_t>> at_place(map.roads.size());
  for (std::size_t k = 0; k < changes.size(); ++k) {
    at_place[at(changes[k].place)].push_back(k);
  }
  Chains chains(changes.size());
  for (std::size_t k = 0; k < changes.size(); ++k) {
    const auto join_with = [&](PlaceIndex place) {
      for (const std::size_t other : at_place[at(place)]) {
        if (changes[other].to == changes[k].to && std::abs(changes[other].day - changes[k].day) <= kAdvanceDays) {
          chains.join(k, other);
        }
      }
    };
    join_with(changes[k].place);
    for (const auto& [neighbour, km] : map.roads[at(changes[k].place)]) {
      join_with(neighbour);
    }
  }
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (std::size_t k = 0; k < changes.size(); ++k) {
    members[chains.of(k)].push_back(k);
  }
  std::vector<std::vector<std::size_t>> advances;
  for (auto& [first, all] : members) {
    advances.push_back(std::move(all));
  }
  return advances;
}

/// An advance by places: the day on which each was taken first.
std::map<PlaceIndex, Day> first_days(const std::vector<HandsChange>& changes, const std::vector<std::size_t>& advance) {
  std::map<PlaceIndex, Day> days;
  for (const std::size_t k : advance) {
    days.emplace(changes[k].place, changes[k].day);  // changes are in the order of their days
  }
  return days;
}

/// km a week from where an advance begins to the place of it that lies farthest by roads between its places; NaN where
/// all fell at one look.
double speed_of(const std::map<PlaceIndex, Day>& days, const FrontMap& map) {
  Day first = kNever;
  for (const auto& [place, day] : days) {
    first = std::min(first, day);
  }
  std::map<PlaceIndex, double> km;
  for (const auto& [place, day] : days) {
    km[place] = day == first ? 0 : std::numeric_limits<double>::infinity();
  }
  for (bool moved = true; moved;) {
    moved = false;
    for (auto& [place, far] : km) {
      for (const auto& [neighbour, road] : map.roads[at(place)]) {
        if (const auto next = km.find(neighbour); next != km.end() && next->second + road < far) {
          far = next->second + road;
          moved = true;
        }
      }
    }
  }
  const auto farthest =
      std::max_element(km.begin(), km.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  const int took = days.at(farthest->first) - first;
  return took > 0 ? farthest->second / took * kDaysAWeek : kNothing;
}

class Facts {
 public:
  Facts(const Looks& looks, const FrontMap& map, const Enemies& enemies)
      : looks_(looks),
        map_(map),
        enemies_(enemies),
        first_(looks.days.front()),
        last_(looks.days.back()),
        changes_(changes_of(looks)),
        advances_(advances_of(changes_, map)) {
    out_.n_blocks = {block_of(last_) + 1,
                     map.province.empty() ? 0 : 1 + *std::max_element(map.province.begin(), map.province.end()),
                     advances_.size()};
  }

  FactParts take() && {
    count_rates();
    count_intervals();
    count_advances();
    count_retaken();
    count_fronts();
    count_falls();
    return std::move(out_);
  }

 private:
  std::size_t block_of(Day day) const { return static_cast<std::size_t>(month_of(day) - month_of(first_)); }

  void add(std::string_view fact, std::size_t block, double value, double weight) {
    out_.parts.at(number_of(fact)).push_back({block, value, weight});
  }

  void count_rates() {
    std::vector<double> all(out_.n_blocks[0], 0);
    std::vector<double> later(out_.n_blocks[0], 0);
    for (const HandsChange& change : changes_) {
      all[block_of(change.day)] += 1;
      later[block_of(change.day)] += change.day > first_ + kFirstDays ? 1 : 0;
    }
    const auto places = static_cast<double>(std::count_if(
        looks_.holder.begin(), looks_.holder.end(), [](const auto& holder) { return holder.back() != kUnknown; }));
    for (std::size_t block = 0; block < all.size(); ++block) {
      const Day begins = first_day(month_of(first_) + static_cast<int>(block));
      const Day ends = first_day(month_of(first_) + static_cast<int>(block) + 1);
      const auto days_from = [&](Day day) {
        return std::max(0,
                        std::min(ends, last_ + 1) - std::max(begins, day + 1));  // a look tells of the days before it
      };
      add("changes", block, all[block], days_from(first_) / kDaysAYear);
      add("changes-per-100", block, 100 * all[block], places * days_from(first_) / kDaysAYear);
      add("later-changes", block, later[block], days_from(first_ + kFirstDays) / kDaysAYear);
      if (begins >= first_ && ends - 1 <= last_) {
        add("month-dispersion", block, all[block], 1);
      }
    }
  }

  void count_intervals() {
    for (std::size_t k = 1; k < changes_.size(); ++k) {
      for (const auto* fact : {"burstiness", "burstiness-finite"}) {
        add(fact, block_of(changes_[k].day), changes_[k].day - changes_[k - 1].day, 1);
      }
    }
  }

  void count_advances() {
    constexpr std::size_t kMany = 3;
    for (std::size_t a = 0; a < advances_.size(); ++a) {
      const std::vector<std::size_t>& advance = advances_[a];
      const std::map<PlaceIndex, Day> days = first_days(changes_, advance);
      const std::size_t begins = block_of(changes_[advance.front()].day);
      const auto n = static_cast<double>(advance.size());
      add("near-another", begins, advance.size() > 1 ? n : 0, n);
      add("advance-places", begins, static_cast<double>(days.size()), 1);
      add("in-advances-of-3", begins, days.size() >= kMany ? n : 0, n);
      if (const double speed = speed_of(days, map_); std::isfinite(speed)) {
        add("advance-speed", begins, speed, 1);
      }
      const auto early = std::count_if(advance.begin(), advance.end(),
                                       [&](std::size_t k) { return changes_[k].day <= first_ + kFirstDays; });
      add("first-month", a, static_cast<double>(early), n);
    }
  }

  void count_retaken() {
    for (std::size_t k = 0; k < changes_.size() && changes_[k].day + kRetakenDays <= last_; ++k) {
      const bool is_retaken = std::any_of(changes_.begin() + static_cast<std::ptrdiff_t>(k) + 1, changes_.end(),
                                          [&, lost = changes_[k]](const HandsChange& later) {
                                            return later.place == lost.place && later.to == lost.from &&
                                                   later.day <= lost.day + kRetakenDays;
                                          });
      add("retaken", block_of(changes_[k].day), is_retaken ? 1 : 0, 1);
    }
  }

  void count_fronts() {
    // [place][look] the day of the next change after it.
    std::vector<std::vector<Day>> next(looks_.holder.size(), std::vector<Day>(looks_.days.size(), kNever));
    for (std::size_t p = 0; p < next.size(); ++p) {
      for (std::size_t look = looks_.days.size() - 1; look-- > 0;) {
        const bool changes = looks_.holder[p][look] != kUnknown && looks_.holder[p][look] != looks_.holder[p][look + 1];
        next[p][look] = changes ? looks_.days[look + 1] : next[p][look + 1];
      }
    }
    const FactPart none{.weight = 0};
    std::vector<FactPart> days(out_.n_blocks[0], none);
    std::array<std::vector<FactPart>, 2> quiet;
    quiet.fill(std::vector<FactPart>(out_.n_blocks[1], none));
    constexpr std::array<int, 2> kSpans{kQuarterDays, kYearDays};
    for (std::size_t p = 0; p < next.size(); ++p) {
      for (const auto& [q, km] : map_.roads[p]) {
        if (at(q) < p) {
          continue;  // each road once
        }
        for (std::size_t look = 0; look + 1 < looks_.days.size(); ++look) {
          if (!enemies_.holds(looks_.holder[p][look], looks_.holder[at(q)][look])) {
            continue;
          }
          const Day day = looks_.days[look];
          const Day change = std::min(next[p][look], next[at(q)][look]);
          FactPart& month = days[block_of(day)];
          month.value += looks_.days[look + 1] - day;
          month.weight += change == looks_.days[look + 1] ? 1 : 0;
          for (std::size_t s = 0; s < kSpans.size(); ++s) {
            if (day + kSpans.at(s) <= last_) {
              FactPart& province = quiet.at(s)[map_.province[p]];
              province.value += change > day + kSpans.at(s) ? 1 : 0;
              province.weight += 1;
            }
          }
        }
      }
    }
    for (std::size_t block = 0; block < days.size(); ++block) {
      add("front-days", block, days[block].value, days[block].weight);
    }
    for (std::size_t block = 0; block < quiet[0].size(); ++block) {
      add("quiet-quarter", block, quiet[0][block].value, quiet[0][block].weight);
      add("quiet-year", block, quiet[1][block].value, quiet[1][block].weight);
    }
  }

  bool is_at_front(std::size_t p, std::size_t look) const {
    return std::any_of(map_.roads[p].begin(), map_.roads[p].end(), [&](const auto& road) {
      return enemies_.holds(looks_.holder[p][look], looks_.holder[at(road.place)][look]);
    });
  }

  /// Of changes of hands the losses of the side that holds a place: 0 none, 1 elsewhere, 2 next door.
  std::size_t lost_lately(std::size_t p, std::size_t look, std::span<const HandsChange> changes) const {
    std::size_t lost = 0;
    for (const HandsChange& change : changes) {
      if (change.from == looks_.holder[p][look] && at(change.place) != p) {
        const bool is_next_door = std::any_of(map_.roads[p].begin(), map_.roads[p].end(),
                                              [&](const auto& road) { return road.place == change.place; });
        lost = std::max<std::size_t>(lost, is_next_door ? 2 : 1);
      }
    }
    return lost;
  }

  /// Places at a front and those of them that fall before the next look, by what their side has lost lately.
  void count_falls() {
    constexpr std::array<std::string_view, 3> kAfter{"falls-steady", "falls-after-elsewhere", "falls-after-next-door"};
    std::array<std::vector<FactPart>, kAfter.size()> places;
    places.fill(std::vector<FactPart>(out_.n_blocks[0], FactPart{.weight = 0}));
    auto begin = changes_.begin(), end = changes_.begin();
    for (std::size_t look = 0; look + 1 < looks_.days.size(); ++look) {
      const Day day = looks_.days[look];
      begin = std::find_if(begin, changes_.end(), [&](const HandsChange& c) { return c.day > day - kLatelyDays; });
      end = std::find_if(end, changes_.end(), [&](const HandsChange& c) { return c.day > day; });
      for (std::size_t p = 0; day >= first_ + kLatelyDays && p < looks_.holder.size(); ++p) {
        if (!is_at_front(p, look)) {
          continue;
        }
        FactPart& month = places.at(lost_lately(p, look, {begin, end}))[block_of(day)];
        month.value += looks_.holder[p][look + 1] != looks_.holder[p][look] ? 100 : 0;
        month.weight += (looks_.days[look + 1] - day) / kDaysAYear;
      }
    }
    for (std::size_t k = 0; k < kAfter.size(); ++k) {
      for (std::size_t block = 0; block < places.at(k).size(); ++block) {
        add(kAfter.at(k), block, places.at(k)[block].value, places.at(k)[block].weight);
      }
    }
  }

  const Looks& looks_;
  const FrontMap& map_;
  const Enemies& enemies_;
  Day first_, last_;
  std::vector<HandsChange> changes_;
  std::vector<std::vector<std::size_t>> advances_;
  FactParts out_;
};

struct Moments {
  double n = 0, mean = 0, squares = 0;  ///< squares: sum about the mean
};

Moments moments_of(std::span<const FactPart> parts) {
  Moments m;
  for (const FactPart& part : parts) {
    m.n += 1;
    const double off = part.value - m.mean;
    m.mean += off / m.n;
    m.squares += off * (part.value - m.mean);
  }
  return m;
}

}  // namespace

Looks looks_at(const ControlRecord& record, const std::vector<Day>& days, int none) {
  Looks looks{days, {}};
  for (PlaceIndex p = 0; p < record.n_places(); ++p) {
    looks.holder.push_back(settled(days.size(), [&](std::size_t look) {
      const SideIndex holder = record.holder(p, days[look]);
      return holder == none ? kUnknown : int{holder};
    }));
  }
  return looks;
}

Looks looks_at(const solver::Run& run, const std::vector<Day>& days, std::span<const std::size_t> times,
               std::size_t n_times, std::span<const int> of_actor) {
  Looks looks{days, {}};
  for (std::size_t from = 0; from < run.control.size(); from += n_times) {
    looks.holder.push_back(settled(days.size(), [&](std::size_t look) {
      const int actor = run.control[from + times[look]];
      return actor == kNone ? kUnknown : of_actor[at(actor)];
    }));
  }
  return looks;
}

std::vector<HandsChange> changes_of(const Looks& looks) {
  std::vector<HandsChange> changes;
  for (std::size_t look = 1; look < looks.days.size(); ++look) {
    for (std::size_t p = 0; p < looks.holder.size(); ++p) {
      const int before = looks.holder[p][look - 1];
      const int now = looks.holder[p][look];
      if (before != kUnknown && before != now) {
        changes.push_back({static_cast<PlaceIndex>(p), looks.days[look], before, now});
      }
    }
  }
  return changes;
}

FrontMap front_map(const War& war) {
  FrontMap map{roads_of(war), {}};
  Provinces provinces;
  for (const Place& place : war.places) {
    map.province.push_back(at(provinces.of(place)));
  }
  return map;
}

Enemies::Enemies(int n_sides, std::span<const HandsChange> changes)
    : n_sides_(n_sides), pairs_(at(n_sides * n_sides), 0) {
  for (const HandsChange& change : changes) {
    pairs_[at(change.from * n_sides + change.to)] = 1;
    pairs_[at(change.to * n_sides + change.from)] = 1;
  }
}

FactParts facts_of(const Looks& looks, const FrontMap& map, const Enemies& enemies) {
  return Facts(looks, map, enemies).take();
}

double value_of(FactShape shape, std::span<const FactPart> parts) {
  switch (shape) {
    case FactShape::ratio: {
      double value = 0;
      double weight = 0;
      for (const FactPart& part : parts) {
        value += part.value;
        weight += part.weight;
      }
      return weight > 0 ? value / weight : kNothing;
    }
    case FactShape::dispersion: {
      const Moments m = moments_of(parts);
      return m.n > 1 && m.mean > 0 ? m.squares / (m.n - 1) / m.mean : kNothing;
    }
    case FactShape::burstiness:
    case FactShape::burstiness_finite: {
      const Moments m = moments_of(parts);
      if (m.n < 2 || !(m.mean > 0)) {
        return kNothing;
      }
      const double r = std::sqrt(m.squares / m.n) / m.mean;
      const double more = std::sqrt(m.n + 1);
      const double less = std::sqrt(m.n - 1);
      return shape == FactShape::burstiness ? (r - 1) / (r + 1) : (more * r - less) / ((more - 2) * r + less);
    }
    case FactShape::median: {
      std::vector<double> values;
      for (const FactPart& part : parts) {
        values.push_back(part.value);
      }
      std::sort(values.begin(), values.end());
      return values.empty() ? kNothing : quantile_of_sorted(values, 0.5);
    }
  }
  return kNothing;
}

Interval resampled(std::size_t fact, const FactParts& facts, std::uint64_t seed) {
  const FactInfo& info = kFacts.at(fact);
  const std::size_t n = facts.n_blocks.at(static_cast<std::size_t>(info.blocks));
  if (n < kLeastBlocks) {
    return {};
  }
  std::vector<std::vector<FactPart>> blocks(n);
  for (const FactPart& part : facts.parts.at(fact)) {
    blocks[part.block].push_back(part);
  }
  const std::size_t length = info.blocks == FactBlocks::months && n >= kLeastMonthsForRuns ? kRunOfMonths : 1;
  std::vector<double> values;
  for (int repeat = 0; repeat < kRepeats; ++repeat) {
    RandomStream random(seed, static_cast<std::uint32_t>(repeat), static_cast<std::uint32_t>(fact), kResamples, 0);
    std::vector<FactPart> drawn;
    for (std::size_t k = 0; k < n; k += length) {
      const auto from = std::min(n - 1, static_cast<std::size_t>(random.uniform() * static_cast<double>(n)));
      for (std::size_t j = 0; j < std::min(length, n - k); ++j) {
        const std::vector<FactPart>& block = blocks[(from + j) % n];
        drawn.insert(drawn.end(), block.begin(), block.end());
      }
    }
    if (const double value = value_of(info.shape, drawn); std::isfinite(value)) {
      values.push_back(value);
    }
  }
  if (values.empty()) {
    return {};
  }
  std::sort(values.begin(), values.end());
  return {quantile_of_sorted(values, 0.025), quantile_of_sorted(values, 0.975)};
}

}  // namespace truel::record
