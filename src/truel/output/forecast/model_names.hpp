// How the models of a forecast and their files are called.
#pragma once

#include <string>
#include <string_view>

#include "truel/output/forecast/forecast_files.hpp"

namespace truel::output {

/// With an underscore for what is no letter or digit of ASCII.
std::string abbreviated(std::string_view name);

/// TEAM-ACCOUNT
std::string model_id(const SealOptions& seal, const std::string& account);

/// Below the folder of the forecast.
std::string model_output_name(const record::PendingForecast& told, const SealOptions& seal, const std::string& account);

}  // namespace truel::output
