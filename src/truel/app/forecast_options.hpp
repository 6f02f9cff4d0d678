// What a user asks of a forecast, as its options.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "truel/app/record_options.hpp"
#include "truel/base/result.hpp"
#include "truel/record/sealed/foretell.hpp"

namespace truel::app {

struct ForecastRequest {
  std::vector<std::string> countries, governments;
  std::vector<std::string> views;  ///< "COUNTRY=ID"
};

/// Errors: those of score_options, and what of `views` is no country and id.
Result<record::ForetellOptions> forecast_options(const ScoreRequest& asked, const ForecastRequest& more,
                                                 const DayNames& names);

/// Whether a text is a second of UTC, YYYY-MM-DDThh:mm:ssZ.
bool is_utc_second(const std::string& text);

/// The country_id of a table of VIEWS, ascending, each once. Errors: no such file, or no column of that name.
Result<std::vector<int>> country_ids(const std::string& file);

/// Name and bytes of every file of a package that the format knows.
Result<std::vector<std::pair<std::string, std::string>>> files_of_package(const std::string& folder);

}  // namespace truel::app
