#include "truel/record/fit/control/kept_runs.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "truel/base/math.hpp"
#include "truel/base/month.hpp"

namespace truel::record::fit {
namespace {

/// Bytes of one run in one window.
std::size_t bytes_of_window(const Frame& frame, std::size_t window) {
  return frame.out.war.places.size() + sizeof(Course) + frame.windows[window].cells() * sizeof(float);
}

/// Calls `use` with the bytes of the k-th of the windows in every complete run of a record.
template <class Use>
void for_each_run(const Frame& frame, std::string_view bytes, const std::vector<std::size_t>& windows, std::size_t k,
                  Use&& use) {
  const std::size_t a_run = bytes_of_run(frame, windows);
  const std::size_t first = bytes_of_run(frame, {windows.begin(), windows.begin() + static_cast<std::ptrdiff_t>(k)});
  for (std::size_t run = 0; (run + 1) * a_run <= bytes.size(); ++run) {
    const std::string_view window = bytes.substr(run * a_run + first, bytes_of_window(frame, windows[k]));
    if (window.front() != static_cast<char>(kFailed)) {
      use(window);
    }
  }
}

/// The deaths of all cells of a window, out of the bytes that begin with it.
void copy_cells(const Frame& frame, std::string_view window, std::vector<float>& cells) {
  // Not by memcpy, which takes no null pointer: a window may have no cells.
  window.copy(reinterpret_cast<char*>(cells.data()), cells.size() * sizeof(float),
              frame.out.war.places.size() + sizeof(Course));
}

/// Log1p deaths of a run in the cells of a window.
std::vector<float> deaths_of(const Frame& frame, const solver::Run& run, std::size_t origin, std::size_t w) {
  std::vector<float> cells(frame.windows[w].cells());
  if (cells.empty()) {
    return cells;
  }
  const std::vector<int> months = months_of(frame.deaths, frame.windows[w].window);
  std::vector<float> dyads(frame.dyads.size());
  for (std::size_t m = 0; m < months.size(); ++m) {
    std::fill(dyads.begin(), dyads.end(), 0.0F);
    frame.origins[origin].deaths(run.months, at(months[m] - month_of(frame.origins[origin].start())), dyads);
    for (std::size_t d = 0; d < dyads.size(); ++d) {
      cells[d * months.size() + m] = math::log1p(dyads[d]);
    }
  }
  return cells;
}

}  // namespace

Course course_of(const std::vector<std::vector<int>>& sides, std::size_t first_month) {
  Course course;
  double days = 0;
  double ended = 0;
  for (const std::vector<int>& of_place : sides) {
    course.first_month += of_place[first_month] != of_place.front() ? 1.0F : 0.0F;
    std::size_t since = 0;
    for (std::size_t day = 1; day < of_place.size(); ++day) {
      if (of_place[day] != of_place[day - 1]) {
        days += static_cast<double>(day - since);
        ended += 1;
        since = day;
      }
    }
  }
  course.spell_days = static_cast<float>(ended > 0 ? days / ended : kAbsent);
  return course;
}

std::string bytes_of(const Frame& frame, const solver::Run& run, std::size_t origin,
                     const std::vector<std::size_t>& windows, std::size_t n_times) {
  std::string bytes;
  for (const std::size_t w : windows) {
    const Origin& own = frame.origins[origin];
    const auto first = static_cast<std::size_t>(own.day - own.start());  // of the window, among the days of the run
    const auto time = static_cast<std::size_t>(frame.windows[w].window.until - own.start());
    for (std::size_t p = 0; p < frame.out.war.places.size(); ++p) {
      const int side = frame.sides.of_holder(run.control[p * n_times + time]);
      bytes +=
          static_cast<char>(run.status == solver::RunStatus::complete ? static_cast<unsigned char>(side) : kFailed);
    }
    std::vector<std::vector<int>> sides;
    for (const PlaceIndex p : frame.places[w]) {
      std::vector<int>& days = sides.emplace_back();
      for (std::size_t day = first; day <= time; ++day) {
        days.push_back(frame.counts_as[at(frame.sides.of_holder(run.control[at(p) * n_times + day]))]);
      }
    }
    const Course course = course_of(sides, first_month(frame, w));
    bytes.append(reinterpret_cast<const char*>(&course), sizeof course);
    const std::vector<float> killed = deaths_of(frame, run, origin, w);
    bytes.append(reinterpret_cast<const char*>(killed.data()), killed.size() * sizeof(float));
  }
  return bytes;
}

std::size_t bytes_of_run(const Frame& frame, const std::vector<std::size_t>& windows) {
  std::size_t bytes = 0;
  for (const std::size_t w : windows) {
    bytes += bytes_of_window(frame, w);
  }
  return bytes;
}

Holders holders(const Frame& frame, std::string_view bytes, const std::vector<std::size_t>& windows, std::size_t k) {
  Holders result;
  for_each_run(frame, bytes, windows, k, [&](std::string_view window) {
    std::vector<int>& held = result.emplace_back();
    for (const PlaceIndex p : frame.places[windows[k]]) {
      held.push_back(frame.counts_as[at(static_cast<unsigned char>(window[at(p)]))]);
    }
  });
  return result;
}

std::vector<std::vector<float>> deaths(const Frame& frame, std::string_view bytes,
                                       const std::vector<std::size_t>& windows, std::size_t k) {
  std::vector<std::vector<float>> result;
  for_each_run(frame, bytes, windows, k, [&](std::string_view window) {
    std::vector<float>& cells = result.emplace_back(frame.windows[windows[k]].cells());
    copy_cells(frame, window, cells);
  });
  return result;
}

Holders add_record(const Frame& frame, BankWindow& window, std::string_view bytes,
                   const std::vector<std::size_t>& windows, std::size_t k) {
  Holders runs = holders(frame, bytes, windows, k);
  add_draw(window, runs);
  add_deaths(window, deaths(frame, bytes, windows, k));
  std::vector<float>& first_month = window.first_month.emplace_back();
  std::vector<float>& spell_days = window.spell_days.emplace_back();
  for_each_run(frame, bytes, windows, k, [&](std::string_view of_run) {
    Course course;
    std::memcpy(&course, of_run.data() + frame.out.war.places.size(), sizeof course);
    first_month.push_back(course.first_month);
    spell_days.push_back(course.spell_days);
  });
  return runs;
}

bool is_of_sides(const Frame& frame, std::string_view bytes, std::size_t origin) {
  const std::vector<std::size_t>& windows = frame.origins[origin].windows;
  while (!bytes.empty()) {
    for (const std::size_t w : windows) {
      const std::string_view sides = bytes.substr(0, frame.out.war.places.size());
      const bool is_known = std::all_of(sides.begin(), sides.end(), [&](char side) {
        const auto code = static_cast<unsigned char>(side);
        return code == kFailed || code < frame.counts_as.size();
      });
      std::vector<float> cells(frame.windows[w].cells());
      copy_cells(frame, bytes, cells);
      if (!is_known || !std::all_of(cells.begin(), cells.end(), [](float x) { return x >= 0 && std::isfinite(x); })) {
        return false;
      }
      bytes.remove_prefix(bytes_of_window(frame, w));
    }
  }
  return true;
}

}  // namespace truel::record::fit
