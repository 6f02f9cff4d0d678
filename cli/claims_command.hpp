// truel claims
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "truel/base/result.hpp"
#include "truel/claims/evidence.hpp"

namespace truel::cli {

struct ClaimsArguments {
  std::string package, of, influence;
  claims::Filter filter;
  bool conflicts = false, coverage = false, csv = false, json = false, json_ld = false, turtle = false;
};

/// Adds the options of `truel claims` to a subcommand.
void add_claims_options(CLI::App& app, ClaimsArguments& arguments);

/// Prints what sources say and what rests on it; returns the exit status.
Result<int> claims_command(const ClaimsArguments& arguments);

}  // namespace truel::cli
