// `truel check`: what is wrong with a package, and what can hardly be meant.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "truel/base/result.hpp"

namespace truel::cli {

struct CheckArguments {
  std::string package;
  std::string observed;  ///< a record's folder; empty: none
  bool strict = false;
  bool json = false;
};

void add_check_options(CLI::App& app, CheckArguments& arguments);
Result<int> check_command(const CheckArguments& arguments);

}  // namespace truel::cli
