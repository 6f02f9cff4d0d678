#include "session.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "diagnostics.hpp"
#include "truel/base/nearest.hpp"
#include "truel/scenario/checks/warnings.hpp"
#include "warnings.hpp"

namespace truel::cli {
namespace {

std::atomic<bool> interrupted{false};

void on_interrupt(int) {
  if (interrupted.exchange(true)) {
    std::_Exit(kInterrupted);  // the second Ctrl-C means now; the runs on disk are whole
  }
}

}  // namespace

const std::atomic<bool>& watch_for_interrupts() {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  return interrupted;
}

std::string utc_now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())));
}

output::Provenance begin_provenance(const std::string& command_line, const std::string& package,
                                    const std::vector<std::string>& settings, int threads) {
  output::Provenance p;
  p.version = TRUEL_VERSION;
  p.command = command_line;
  p.package = package;
  p.settings = settings;
  p.started = utc_now();
  p.threads = threads > 0 ? threads : static_cast<int>(std::thread::hardware_concurrency());
  return p;
}

Diagnostic folder_exists(const std::string& folder, const std::filesystem::path& store) {
  return {
      {folder},
      "exists",
      std::filesystem::exists(store) ? "add --resume to go on with it, or give another --out" : "give another --out"};
}

int open_store(const std::string& out, const std::filesystem::path& path, const std::string& question, bool resume,
               std::optional<ensemble::RunStore>& store) {
  std::error_code error;
  if (!out.empty() && !resume && !std::filesystem::create_directories(out, error)) {
    return error ? report({{{out}, "cannot be made: " + error.message(), "check the folder above it"}}, kFailed)
                 : report({folder_exists(out, path)}, kWrongInput);
  }
  auto file = ensemble::StoreFile::open(path);
  if (!file) {
    return report(file.error(), kFailed);
  }
  auto opened = ensemble::RunStore::open(std::move(*file), question);
  if (!opened) {
    return report(opened.error(), kWrongInput);
  }
  store.emplace(std::move(*opened));
  return kDone;
}

void add_solver_option(CLI::App& app, std::string& solver) {
  app.add_option("--solver", solver, "leap, exact or mean-field")
      ->capture_default_str()
      ->check(CLI::IsMember({"leap", "exact", "mean-field"}));
}

void add_stepping_options(CLI::App& app, int& steps_per_day, int& threads) {
  app.add_option("--steps-per-day", steps_per_day, "Steps of the leap solver")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  app.add_option("--threads", threads, "Threads; 0: all cores. Changes no result")
      ->capture_default_str()
      ->check(CLI::Range(0, 4096));
}

solver::SolverKind solver_of(const std::string& name) {
  return name == "exact"        ? solver::SolverKind::exact
         : name == "mean-field" ? solver::SolverKind::mean_field
                                : solver::SolverKind::leap;
}

Result<ActorIndex> actor_of_option(const War& war, const std::string& id, const char* option) {
  std::vector<std::string> known;
  for (const Actor& actor : war.actors) {
    known.push_back(actor.id);
  }
  const auto found = std::find(known.begin(), known.end(), id);
  if (found == known.end()) {
    const std::string* meant = nearest(id, known);
    return Diagnostic{{},
                      fmt::format("{} {}: no such actor", option, id),
                      meant != nullptr ? fmt::format("did you mean {}?", *meant)
                                       : fmt::format("known are {}", fmt::join(known, ", "))};
  }
  return static_cast<ActorIndex>(found - known.begin());
}

std::optional<Day> date_of_option(const std::string& text, const char* option, Diagnostics& faults) {
  if (text.empty()) {
    return std::nullopt;
  }
  const auto date = parse_date(text);
  if (!date) {
    faults.push_back(
        {{}, fmt::format("{} {} is not a date", option, text), "write YYYY-MM-DD, with a year from 0001 to 9999"});
  }
  return date;
}

Result<CompiledModel> load(const std::filesystem::path& package, const std::vector<std::string>& accounts,
                           const std::vector<std::string>& settings, const std::string& from,
                           const std::string& until) {
  Diagnostics warnings;
  return load(package, accounts, settings, from, until, warnings);
}

Result<CompiledModel> load(const std::filesystem::path& package, const std::vector<std::string>& accounts,
                           const std::vector<std::string>& settings, const std::string& from, const std::string& until,
                           Diagnostics& warnings) {
  scenario::Overlay overlay;
  overlay.accounts = accounts;
  overlay.settings = settings;
  Diagnostics faults;
  overlay.from = date_of_option(from, "--from", faults);
  overlay.until = date_of_option(until, "--until", faults);
  if (!faults.empty()) {
    return faults;
  }
  auto war = scenario::read(package, overlay, warnings);
  if (!war) {
    return war.error();
  }
  return compile(std::make_shared<const War>(std::move(*war)));
}

void warn(const Diagnostics& warnings, std::size_t most) {
  for (std::size_t i = 0; i < std::min(most, warnings.size()); ++i) {
    fmt::print(stderr, "warning: {}\n", to_string(warnings[i]));
  }
  if (warnings.size() > most) {
    fmt::print(stderr, "{} more warnings: truel check lists them\n", warnings.size() - most);
  }
}

}  // namespace truel::cli
