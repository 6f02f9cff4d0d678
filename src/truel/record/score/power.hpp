// What a record could tell: each account in turn as the truth, its runs in the place of the record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "truel/record/score/losses.hpp"

namespace truel::record {

/// Who holds the places of a case at its end, in the runs of an account: the next record, or a forecast of it.
struct HoldersOfRuns {
  static constexpr std::int16_t kFailed = -1;

  std::size_t in_case = 0;
  std::string account{};
  std::vector<std::int16_t> held{};  ///< [run * units + unit] who; kFailed in all units of a run that failed
};

/// What a record of these windows would say of two accounts, the first of which is true.
struct Power {
  int horizon_months = 0;
  bool merged = false;
  std::size_t windows = 0, n = 0;  ///< n: units compared in all of them
  std::string truth{}, other{};    ///< the same where the two are halves of the runs of one account
  std::size_t records = 0;
  double ahead = 0;   ///< share of records in which the truth scores better, by however little
  double told = 0;    ///< share of records that tell the truth from the other, and prefer it
  double wrong = 0;   ///< share of records that tell them apart and prefer the other
  double mean = 0;    ///< over the records: the truth's Brier score less the other's
  double spread = 0;  ///< standard deviation of that difference among the records
  double observed = kNoScore, observed_low = kNoScore, observed_high = kNoScore;  ///< of the record itself

  double standard_error(double share) const;
};

/// For every horizon and ordered pair of accounts, with all windows of the horizon pooled. A record is one run of the
/// truth in every window, which is left out of the forecasts of both; it tells them apart where the interval of the
/// paired difference of fair Brier scores that `summarise` gives leaves out zero. Rows of an account and itself hold
/// random halves of its runs against each other, so that all that is told apart there is told wrongly. Runs of one
/// number in two accounts share their draws. losses: those of `summarise`, for what the record itself says. Cost: a
/// bootstrap for each record and pair.
std::vector<Power> power(const std::vector<Case>& cases, const std::vector<HoldersOfRuns>& runs,
                         const std::vector<Losses>& losses, const BootstrapOptions& options, int threads);

}  // namespace truel::record
