// The program truel: reads arguments, calls the library, prints. Decides nothing.
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>
#include <system_error>

#include "arguments.hpp"
#include "check_command.hpp"
#include "claims_command.hpp"
#include "compare_command.hpp"
#include "diagnostics.hpp"
#include "fit_command.hpp"
#include "forecast_command.hpp"
#include "merge_command.hpp"
#include "run_command.hpp"
#include "score_command.hpp"
#include "sensitivity_command.hpp"
#include "serve_command.hpp"
#include "session.hpp"
#include "truel/base/bytes/utf8.hpp"
#include "truel/ensemble/store/run_store.hpp"
#include "truel/scenario/scenario.hpp"
#include "verify_command.hpp"

namespace truel::cli {
namespace {

int new_command(const std::string& folder) {
  const auto files = scenario::create(folder);
  if (!files) {
    return report(files.error(), kWrongInput);
  }
  for (const std::string& file : *files) {
    fmt::print("{}\n", escaped(file));
  }
  say("a three-sided war to start from; next: truel run {}\n", folder);
  return kDone;
}

std::string joined(int argc, char** argv) {
  std::string line = "truel";
  for (int i = 1; i < argc; ++i) {
    line += ' ';
    line += argv[i];
  }
  return line;
}

int main(int argc, char** argv) {
  CLI::App app("Rival accounts of a many-sided war, run as models.", "truel");
  app.set_version_flag("--version", TRUEL_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Examples:\n"
      "  # Start with a small war\n"
      "  truel new my-war\n"
      "  # Is it free of mistakes?\n"
      "  truel check my-war\n"
      "  # Who survives, and who holds what?\n"
      "  truel run my-war\n"
      "  # What difference does an account make?\n"
      "  truel compare my-war --account proxy\n"
      "  # What do sources say?\n"
      "  truel claims my-war\n"
      "  # Do published models come out?\n"
      "  truel verify scenarios/published/truel-random\n"
      "  # Which law do recorded battles support?\n"
      "  truel fit scenarios/published/historical-battles --observed DATA\n"
      "  # What drives an outcome?\n"
      "  truel sensitivity my-war --outcome actors.government.final_fighters\n"
      "  # How good are its forecasts?\n"
      "  truel score my-war --observed DATA\n"
      "  # What will come, sealed until the record does?\n"
      "  truel forecast my-war --out foretold\n"
      "  # The same in the browser\n"
      "  truel serve my-war\n"
      "truel VERB --help explains a verb.");

  std::string folder;
  CLI::App* make = app.add_subcommand("new", "Write a small commented package to start from");
  make->add_option("dir", folder, "Folder to make")->required();
  make->footer("Example:\n  truel new my-war");

  CheckArguments check_arguments;
  CLI::App* check = app.add_subcommand(
      "check", "List every mistake of a package, and what can hardly be meant: file:line:column: what; how to mend it");
  add_check_options(*check, check_arguments);

  RunArguments run_arguments;
  run_arguments.command_line = joined(argc, argv);
  CLI::App* run = app.add_subcommand("run", "Run an ensemble: print the answer, write the results");
  add_run_options(*run, run_arguments);

  MergeArguments merge_arguments;
  merge_arguments.command_line = joined(argc, argv);
  CLI::App* merge = app.add_subcommand("merge", "Put together what truel run --shard made on many machines");
  add_merge_options(*merge, merge_arguments);

  CompareArguments compare_arguments;
  compare_arguments.command_line = joined(argc, argv);
  CLI::App* compare = app.add_subcommand("compare", "Run two versions of a war in pairs: what differs, how surely");
  add_compare_options(*compare, compare_arguments);

  ClaimsArguments claims_arguments;
  CLI::App* claims =
      app.add_subcommand("claims", "What each source says, what rests on it, and where sources disagree");
  add_claims_options(*claims, claims_arguments);

  VerifyArguments verify_arguments;
  CLI::App* verify = app.add_subcommand("verify", "Run the checks of packages: what is expected, and what comes out");
  add_verify_options(*verify, verify_arguments);

  SensitivityArguments sensitivity_arguments;
  sensitivity_arguments.command_line = joined(argc, argv);
  CLI::App* sensitivity =
      app.add_subcommand("sensitivity", "Say what drives an outcome: whom one believes, which numbers, or chance");
  add_sensitivity_options(*sensitivity, sensitivity_arguments);

  ScoreArguments score_arguments;
  score_arguments.command_line = joined(argc, argv);
  CLI::App* score =
      app.add_subcommand("score", "Hold forecasts against a record, beside baselines that need no theory");
  add_score_options(*score, score_arguments);

  ForecastArguments forecast_arguments;
  forecast_arguments.command_line = joined(argc, argv);
  CLI::App* forecast =
      app.add_subcommand("forecast", "Seal a forecast, in the formats of hubverse and VIEWS, until its record comes");
  add_forecast_options(*forecast, forecast_arguments);

  ResolveArguments resolve_arguments;
  resolve_arguments.command_line = joined(argc, argv);
  CLI::App* resolve = app.add_subcommand("resolve", "Hold a sealed forecast against the record that came");
  add_resolve_options(*resolve, resolve_arguments);

  FitArguments fit_arguments;
  fit_arguments.command_line = joined(argc, argv);
  CLI::App* fit = app.add_subcommand("fit", "Learn the numbers of a package from a record");
  add_fit_options(*fit, fit_arguments);

  ServeArguments serve_arguments;
  CLI::App* serve = app.add_subcommand("serve", "A page that answers back: turn a number, see what changes");
  add_serve_options(*serve, serve_arguments);

  if (const Diagnostics found = empty_values(argc, argv); !found.empty()) {
    return report(found, kWrongInput);
  }
  tighten(app);
  const Contradictions contradictions(app);
  try {
    parse(app, {argv + 1, argv + argc});
  } catch (const CLI::Success& asked) {
    app.exit(asked);
    return kDone;
  } catch (const WrongArguments& wrong) {
    for (const std::string& what : wrong.what) {
      fmt::print(stderr, "{}\n", escaped(what));
    }
    fmt::print(stderr, "Run with --help for more information.\n");
    return kWrongInput;
  }
  if (const Diagnostics found = contradictions.found(); !found.empty()) {
    return report(found, kWrongInput);
  }
  if (make->parsed()) {
    return new_command(folder);
  }
  if (merge->parsed()) {
    return merge_command(merge_arguments);
  }
  if (compare->parsed()) {
    return compare_command(compare_arguments);
  }
  if (claims->parsed()) {
    return claims_command(claims_arguments);
  }
  if (verify->parsed()) {
    return verify_command(verify_arguments);
  }
  if (sensitivity->parsed()) {
    return sensitivity_command(sensitivity_arguments);
  }
  if (score->parsed()) {
    return score_command(score_arguments);
  }
  if (forecast->parsed()) {
    return forecast_command(forecast_arguments);
  }
  if (resolve->parsed()) {
    return resolve_command(resolve_arguments);
  }
  if (fit->parsed()) {
    return fit_command(fit_arguments);
  }
  if (serve->parsed()) {
    return serve_command(serve_arguments);
  }
  return check->parsed() ? check_command(check_arguments) : run_command(run_arguments);
}

/// A standard stream that is closed would give its number to the next file that is opened, and what is printed would
/// land in it. In its place comes /dev/null: what is printed to standard output fails, as it does on a full disk.
void hold_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
      static_cast<void>(open("/dev/null", descriptor == STDERR_FILENO ? O_RDWR : O_RDONLY));
    }
  }
}

/// The exit status, once all that was printed has left the program.
int flushed(int status) {
  std::cout.flush();
  const int error = flush_output();
  if (error == 0 && std::ferror(stdout) == 0 && std::cout.good()) {
    return status;
  }
  say("standard output cannot be written: {}; what was printed is not whole\n",
      std::strerror(error != 0 ? error : errno));
  return kFailed;
}

int run_main(int argc, char** argv) {
  try {
    return main(argc, argv);
  } catch (const std::filesystem::filesystem_error& error) {
    return report({{{error.path1().string()},
                    "cannot be used: " + error.code().message(),
                    "check its name, the folders above it and their permissions"}},
                  kFailed);
  } catch (const ensemble::StoreError& error) {
    say("{}\n", error.what());
  } catch (const std::bad_alloc&) {
    say("truel failed: the memory ran out; give it more, or ask for fewer --threads or --runs\n");
  } catch (const std::system_error& error) {
    // What a stream refused is told when it is flushed.
    if (std::ferror(stdout) == 0) {
      say("truel failed: {}\n", escaped(error.what()));
    }
  } catch (const std::exception& error) {
    say("truel failed: {}\n", escaped(error.what()));
  }
  return kFailed;
}

}  // namespace
}  // namespace truel::cli

int main(int argc, char** argv) {
  truel::cli::hold_standard_streams();
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is a failure to write, told as such
  return truel::cli::flushed(truel::cli::run_main(argc, argv));
}
