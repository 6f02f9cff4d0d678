// What is kept of a run that a fit rests on, as bytes: for each window the sides of all places, its course and deaths.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "truel/record/fit/control/frame.hpp"
#include "truel/solver/run.hpp"

namespace truel::record::fit {

/// The side of a run that failed; so many sides cannot be kept.
inline constexpr unsigned char kFailed = 255;

/// Complete runs of one draw in one window: holders [run][unit].
using Holders = std::vector<std::vector<int>>;

/// What is kept of a run in a window beside the holders of places on its last day.
struct Course {
  float first_month = 0;  ///< places that another side holds a month after the origin than on it
  float spell_days = 0;   ///< mean length of the spells that end in the window, from the origin on; NaN: none does
};

/// sides: [place][day] who holds each place compared, from the origin to the last day. first_month: a day.
Course course_of(const std::vector<std::vector<int>>& sides, std::size_t first_month);

/// The bytes of a run from an origin in these windows. n_times: days stored.
std::string bytes_of(const Frame& frame, const solver::Run& run, std::size_t origin,
                     const std::vector<std::size_t>& windows, std::size_t n_times);
/// How many they are.
std::size_t bytes_of_run(const Frame& frame, const std::vector<std::size_t>& windows);

/// The complete runs of a record as holders in the k-th of its origin's windows.
Holders holders(const Frame& frame, std::string_view bytes, const std::vector<std::size_t>& windows, std::size_t k);
/// The same runs' deaths: [run][cell] log1p.
std::vector<std::vector<float>> deaths(const Frame& frame, std::string_view bytes,
                                       const std::vector<std::size_t>& windows, std::size_t k);
/// Adds the complete runs of a record to one of its origin's windows, as a draw; gives their holders.
Holders add_record(const Frame& frame, BankWindow& window, std::string_view bytes,
                   const std::vector<std::size_t>& windows, std::size_t k);
/// Whether bytes have known sides where sides belong, and deaths where deaths do. There are as many as whole runs take.
bool is_of_sides(const Frame& frame, std::string_view bytes, std::size_t origin);

}  // namespace truel::record::fit
