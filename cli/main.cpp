// The program truel: reads arguments, calls the library, prints. Decides nothing.
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>
#include <new>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "arguments.hpp"
#include "diagnostics.hpp"
#include "session.hpp"
#include "truel/base/bytes/utf8.hpp"
#include "truel/ensemble/store/run_store.hpp"
#include "verbs.hpp"

namespace truel::cli {
namespace {

std::string joined(int argc, char** argv) {
  std::string line = "truel";
  for (int i = 1; i < argc; ++i) {
    line += ' ';
    line += argv[i];
  }
  return line;
}

int main(int argc, char** argv) {
  CLI::App app("Simulates a war with many sides under rival explanations of it, its accounts, and tests them.",
               "truel");
  app.set_version_flag("--version", TRUEL_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Examples:\n"
      "  # What does a war look like as tables?\n"
      "  truel new my-war\n"
      "  # Is it free of mistakes?\n"
      "  truel check my-war\n"
      "  # Who survives, and who holds what?\n"
      "  truel run my-war\n"
      "  # What difference does an account make?\n"
      "  truel compare my-war --account proxy\n"
      "  # What do sources say?\n"
      "  truel claims my-war\n"
      "  # Does truel reproduce a published model?\n"
      "  truel verify scenarios/published/truel-random\n"
      "  # Which law of attrition do recorded battles support?\n"
      "  truel fit scenarios/published/historical-battles --observed DATA\n"
      "  # What drives an outcome?\n"
      "  truel sensitivity my-war --metric actors.government.final_fighters\n"
      "  # How good are its forecasts?\n"
      "  truel score my-war --observed DATA\n"
      "  # What will happen? Sealed now, scored later\n"
      "  truel forecast my-war --out foretold\n"
      "  # What changes if one parameter changes? In the browser\n"
      "  truel serve my-war\n"
      "DATA is a folder of observed data: who held which place when, and deaths. truel COMMAND --help says more.");

  std::vector<std::pair<CLI::App*, std::function<int()>>> known;
  for (const Verb& verb : verbs()) {
    CLI::App* added = app.add_subcommand(verb.name, verb.words);
    // The options of all verbs would be a fifth of the time in which the program starts.
    const bool is_named =
        std::any_of(argv + 1, argv + argc, [&](const char* word) { return word == std::string_view(verb.name); });
    known.emplace_back(added, is_named ? verb.add(*added, joined(argc, argv)) : nullptr);
  }

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
  const auto asked = std::find_if(known.begin(), known.end(), [](const auto& verb) { return verb.first->parsed(); });
  return asked->second();
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
