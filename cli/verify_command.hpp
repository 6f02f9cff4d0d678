// truel verify: the checks of packages, expected against got.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "truel/base/result.hpp"

namespace truel::cli {

struct VerifyArguments {
  std::vector<std::string> folders;
  std::string data, markdown;
  int threads = 0;
  bool all = false, json = false, quiet = false;
};

void add_verify_options(CLI::App& app, VerifyArguments& arguments);

/// The exit status of the program: 1 if a check fails, 2 if a package has mistakes.
Result<int> verify_command(const VerifyArguments& arguments);

}  // namespace truel::cli
