// truel forecast and truel resolve: forecasts sealed before the record comes, and scored when it has.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "truel/app/record_options.hpp"
#include "truel/base/result.hpp"

namespace truel::cli {

struct ForecastArguments : app::ScoreRequest {
  std::string out, command_line, time, commit, team = "truel", views_fill;
  std::vector<std::string> countries, governments, views;
  bool quiet = false;
};

void add_forecast_options(CLI::App& app, ForecastArguments& arguments);

/// Returns the exit status.
Result<int> forecast_command(const ForecastArguments& arguments);

struct ResolveArguments {
  std::string folder, observed, seal, out, command_line;
  bool json = false, quiet = false;
};

void add_resolve_options(CLI::App& app, ResolveArguments& arguments);
Result<int> resolve_command(const ResolveArguments& arguments);

}  // namespace truel::cli
