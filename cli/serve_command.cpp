#include "serve_command.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <thread>

#include "diagnostics.hpp"
#include "server.hpp"
#include "session.hpp"
#include "terminal.hpp"

namespace truel::cli {

void add_serve_options(CLI::App& app, ServeArguments& a) {
  app.add_option("package", a.packages, "Folders of scenario packages")->required();
  app.add_option("--port", a.port, "Port; 0: any that is free")->capture_default_str()->check(CLI::Range(0, 65535));
  app.add_option("--listen", a.listen,
                 "Address to listen at. Another than this machine's own lets in whoever has the link, unencrypted")
      ->capture_default_str();
  app.add_option("--threads", a.threads, "Threads; 0: all cores. Results are the same with any number")
      ->capture_default_str()
      ->check(CLI::Range(0, 4096));
  add_analysis_options(app, a.analysis, a.observed);
  app.footer(
      "Examples:\n"
      "  # What changes if one parameter changes?\n"
      "  truel serve scenarios/syria-2016\n"
      "  # What changes in two wars? At a port of your choice\n"
      "  truel serve scenarios/syria-2016 scenarios/bosnia-1992 --port 8080\n"
      "  # And with armies and operations as the months before the first day left them?\n"
      "  truel serve scenarios/syria-2016 --analysis\n"
      "Prints one line, the link; it holds a token without which nothing is answered. Ctrl-C ends it.");
}

Result<int> serve_command(const ServeArguments& a) {
  server::ServerOptions options;
  options.packages.assign(a.packages.begin(), a.packages.end());
  options.address = a.listen;
  options.port = a.port;
  options.threads = a.threads;
  options.analysis = a.analysis;
  options.observed = a.observed;
  options.tell_analysis = tell_analysis(false);
  const auto server = server::Server::open(options);
  if (!server) {
    return server.error();
  }
  const std::atomic<bool>& interrupted = watch_for_interrupts();  // before anybody can know that it listens
  fmt::print("{}\n", (*server)->link());
  if (std::fflush(stdout) != 0) {
    return kFailed;  // nobody has the link; what cannot be written is told at the end
  }
  std::atomic<bool> has_ended = false;
  std::thread watch([&] {
    while (!has_ended) {
      if (interrupted) {
        (*server)->stop();
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  });
  (*server)->run();
  has_ended = true;
  watch.join();
  return interrupted ? kDone : kFailed;
}

}  // namespace truel::cli
