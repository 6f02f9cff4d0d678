#include "verify_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "diagnostics.hpp"
#include "progress.hpp"
#include "session.hpp"
#include "terminal.hpp"
#include "truel/output/files.hpp"
#include "truel/verification/write.hpp"

namespace truel::cli {
namespace {

namespace fs = std::filesystem;

/// The folder of packages where none is named: the one here, or the one installed beside the program.
fs::path default_folder() {
  std::error_code error;
  if (fs::is_directory("scenarios", error)) {
    return "scenarios";
  }
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = program.parent_path().parent_path() / "share" / "truel" / "scenarios";
  return fs::is_directory(installed, error) ? installed : fs::path("scenarios");
}

/// In a file or a pipe nothing is cut.
constexpr int kWholeTable = 100'000;

/// Of folders none of whose packages states a check: they were named for nothing.
Diagnostics nothing_to_check(const std::vector<fs::path>& folders, const verification::Verification& v) {
  Diagnostics mistakes;
  for (const fs::path& folder : folders) {
    const auto packages = verification::find_packages({folder});
    const bool has_none =
        packages && std::all_of(packages->begin(), packages->end(), [&](const fs::path& package) {
          return std::find(v.without_checks.begin(), v.without_checks.end(), package) != v.without_checks.end();
        });
    if (has_none) {
      mistakes.push_back({{folder.string()},
                          packages->size() == 1 ? "states no check" : "no package in it states a check",
                          "write [[check]] into scenario.toml, or name another folder"});
    }
  }
  return mistakes;
}

}  // namespace

void add_verify_options(CLI::App& app, VerifyArguments& a) {
  app.add_option("dir", a.folders, "Packages, or folders that hold packages (default: scenarios)");
  app.add_option("--data", a.data, "Folder of the data that some checks need; without it they say 'no data'");
  app.add_option("--markdown", a.markdown, "Also write the results as a page to this file");
  app.add_option("--threads", a.threads, "Threads; 0: all cores. Results are the same with any number")
      ->capture_default_str()
      ->check(CLI::Range(0, 4096));
  app.add_flag("--all", a.all, "Every check, not only those that fail");
  app.add_flag("--json", a.json, "Print the results as JSON instead of a table");
  app.add_flag("--quiet", a.quiet, "No progress");
  app.footer(
      "Exit status: 0 if no check fails, 1 if one does, 2 if a package has mistakes.\n"
      "Examples:\n"
      "  # Does a published model give its published results?\n"
      "  truel verify scenarios/published/lanchester-square --all\n"
      "  # Does each mechanism do what its author says?\n"
      "  truel verify scenarios/mechanisms --json");
}

Result<int> verify_command(const VerifyArguments& a) {
  std::vector<fs::path> folders(a.folders.begin(), a.folders.end());
  if (folders.empty()) {
    folders.push_back(default_folder());
  }
  TRUEL_TRY(const auto packages, verification::find_packages(folders));
  std::error_code error;
  if (!a.data.empty() && !fs::is_directory(a.data, error)) {
    return Diagnostic{{a.data}, "no such folder", "give --data the folder that holds the data"};
  }
  if (!a.markdown.empty() && fs::exists(a.markdown, error) && !fs::is_regular_file(a.markdown, error)) {
    return Diagnostic{{a.markdown}, "not a file", "give --markdown the name of a file"};
  }
  verification::VerifyOptions options;
  options.data = a.data;
  options.threads = a.threads;
  verification::Verification result;
  {
    ProgressLine line(a.quiet);
    const auto begin = std::chrono::steady_clock::now();
    options.progress = [&](std::size_t done, std::size_t wanted) { line.show(done, wanted, seconds_since(begin)); };
    result = verification::verify(packages, options);
  }
  const Diagnostics nothing = nothing_to_check(folders, result);
  result.mistakes.insert(result.mistakes.end(), nothing.begin(), nothing.end());
  if (result.packages.empty()) {
    return result.mistakes;
  }
  fmt::print("{}\n", a.json ? verification::json(result)
                            : verification::terminal_table(result, terminal_columns(kWholeTable), a.all));
  if (!a.markdown.empty()) {
    // What a link names is written, not the link.
    const fs::path page = fs::weakly_canonical(a.markdown, error);
    if (const auto failure = output::write_file(error ? fs::path(a.markdown) : page, verification::markdown(result))) {
      return report({*failure}, kFailed);
    }
  }
  if (!result.mistakes.empty()) {
    return result.mistakes;
  }
  return result.count(verification::Verdict::fail) > 0 ? kCheckFailed : kDone;
}

}  // namespace truel::cli
