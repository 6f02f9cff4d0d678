// truel serve: the page that answers back.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "truel/base/result.hpp"

namespace truel::cli {

struct ServeArguments {
  std::vector<std::string> packages;
  std::string listen = "127.0.0.1";
  int port = 0;
  int threads = 0;
  bool analysis = false;
  std::string observed;
};

void add_serve_options(CLI::App& app, ServeArguments& arguments);

Result<int> serve_command(const ServeArguments& arguments);

}  // namespace truel::cli
