// Facts of how fronts move, computed alike from a record of control and from realizations (docs/scores.md).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "truel/base/statistics/statistics.hpp"
#include "truel/model/war.hpp"
#include "truel/record/control/control.hpp"
#include "truel/solver/run.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::record {

inline constexpr int kAdvanceDays = 30;  ///< between two changes of hands of one advance
inline constexpr int kRetakenDays = 90;
inline constexpr int kFirstDays = 30;   ///< the first month of a window
inline constexpr int kLatelyDays = 30;  ///< within which a side has lost a place lately
inline constexpr int kQuarterDays = 90, kYearDays = 365;

/// What is resampled for the interval of a fact.
enum class FactBlocks { months, provinces, advances };
/// How a fact comes from its parts: sum of values over sum of weights; variance over mean; burstiness of intervals, as
/// Goh and Barabasi (2008) have it and as Kim and Jo (2016) mend it for few events; the median.
enum class FactShape { ratio, dispersion, burstiness, burstiness_finite, median };

struct FactInfo {
  std::string_view name;
  FactShape shape;
  FactBlocks blocks;
  std::string_view words;  ///< on a line of a table
};

inline constexpr std::array kFacts{
    FactInfo{"changes", FactShape::ratio, FactBlocks::months, "changes of hands a year"},
    FactInfo{"changes-per-100", FactShape::ratio, FactBlocks::months, "the same of 100 places"},
    FactInfo{"later-changes", FactShape::ratio, FactBlocks::months, "a year, after the first month"},
    FactInfo{"near-another", FactShape::ratio, FactBlocks::months, "share near another"},
    FactInfo{"month-dispersion", FactShape::dispersion, FactBlocks::months, "variance over mean by month"},
    FactInfo{"burstiness", FactShape::burstiness, FactBlocks::months, "burstiness"},
    FactInfo{"burstiness-finite", FactShape::burstiness_finite, FactBlocks::months, "burstiness, for few events"},
    FactInfo{"advance-places", FactShape::ratio, FactBlocks::months, "places an advance"},
    FactInfo{"in-advances-of-3", FactShape::ratio, FactBlocks::months, "share in advances of 3 or more"},
    FactInfo{"advance-speed", FactShape::median, FactBlocks::months, "km a week of an advance"},
    FactInfo{"retaken", FactShape::ratio, FactBlocks::months, "share retaken within 90 days"},
    FactInfo{"front-days", FactShape::ratio, FactBlocks::months, "days of a front to a change"},
    FactInfo{"quiet-quarter", FactShape::ratio, FactBlocks::provinces, "share of fronts quiet 90 days"},
    FactInfo{"quiet-year", FactShape::ratio, FactBlocks::provinces, "share of fronts quiet a year"},
    FactInfo{"falls-steady", FactShape::ratio, FactBlocks::months, "of 100 places at a front fall in a year"},
    FactInfo{"falls-after-elsewhere", FactShape::ratio, FactBlocks::months, "after their side lost one elsewhere"},
    FactInfo{"falls-after-next-door", FactShape::ratio, FactBlocks::months, "after it lost one next door"},
    FactInfo{"first-month", FactShape::ratio, FactBlocks::advances, "share in the first 30 days"},
};
inline constexpr std::size_t kFirstMonth = kFacts.size() - 1;

/// What a fact is made of: [block] that it is drawn with.
struct FactPart {
  std::size_t block = 0;
  double value = 0, weight = 1;
};

struct FactParts {
  std::array<std::vector<FactPart>, kFacts.size()> parts;  ///< [fact]
  std::array<std::size_t, 3> n_blocks{};                   ///< [FactBlocks]
};

/// Who holds each place on days on which it is looked at. Who held it last counts where nobody, or nobody alone, does.
struct Looks {
  std::vector<Day> days;                 ///< ascending
  std::vector<std::vector<int>> holder;  ///< [place][look] a side, or kUnknown before anybody is seen there
};

/// none: the side that is nobody.
Looks looks_at(const ControlRecord& record, const std::vector<Day>& days, int none);
/// of_actor: [actor] side. times: of the looks among the n_times stored days of the run.
Looks looks_at(const solver::Run& run, const std::vector<Day>& days, std::span<const std::size_t> times,
               std::size_t n_times, std::span<const int> of_actor);

/// A place passes from one side to another.
struct HandsChange {
  PlaceIndex place = kNone;
  Day day = 0;  ///< of the look that sees it first
  int from = kUnknown, to = kUnknown;
};
/// By day, of one day by place.
std::vector<HandsChange> changes_of(const Looks& looks);

/// Roads of a map by place, and the province that each place is in.
struct FrontMap {
  std::vector<std::vector<NearPlace>> roads;  ///< [place] one road away
  std::vector<std::size_t> province;          ///< [place]
};
/// Road lengths are medians.
FrontMap front_map(const War& war);

/// Pairs of sides that took a place from each other.
class Enemies {
 public:
  Enemies(int n_sides, std::span<const HandsChange> changes);
  bool holds(int a, int b) const { return a >= 0 && b >= 0 && pairs_[at(a * n_sides_ + b)] != 0; }

 private:
  int n_sides_;
  std::vector<std::uint8_t> pairs_;
};

/// The parts of all facts. Cost: looks times roads.
FactParts facts_of(const Looks& looks, const FrontMap& map, const Enemies& enemies);

/// A fact from its parts; NaN where they say nothing.
double value_of(FactShape shape, std::span<const FactPart> parts);

/// Holds 95 in 100 of a thousand resamples of blocks, of months in runs of three where there are six or more; NaN with
/// fewer than three blocks.
Interval resampled(std::size_t fact, const FactParts& facts, std::uint64_t seed);

}  // namespace truel::record
