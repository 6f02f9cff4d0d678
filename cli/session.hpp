// What long-running verbs share: options, loading, interruption, the clock, exit statuses.
#pragma once

#include <CLI/CLI.hpp>
#include <atomic>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/result.hpp"
#include "truel/ensemble/store/run_store.hpp"
#include "truel/output/output.hpp"

namespace truel::cli {

/// Exit statuses of the program.
enum ExitStatus { kDone = 0, kCheckFailed = 1, kWrongInput = 2, kFailed = 3, kInterrupted = 130 };

/// From here on Ctrl-C sets the flag that is returned; a second one ends the program at once.
const std::atomic<bool>& watch_for_interrupts();

std::string utc_now();

/// What a command line says of where its results come from, at the moment work begins. threads: 0 is all cores.
output::Provenance begin_provenance(const std::string& command_line, const std::string& package,
                                    const std::vector<std::string>& settings, int threads);

/// The mistake of naming a folder that exists: results are never overwritten. `store`: where runs lie until the work is
/// complete.
Diagnostic folder_exists(const std::string& folder, const std::filesystem::path& store);

/// Makes the folder `out` unless `resume`, opens the store in it (or a temporary one, where `out` is empty) and locks
/// it. Gives kDone and the store, or prints why not and gives the exit status.
int open_store(const std::string& out, const std::filesystem::path& path, const std::string& question, bool resume,
               std::optional<ensemble::RunStore>& store);

/// The package with these accounts and settings laid over it, compiled. from, until: of the options --from and --until,
/// or empty.
Result<CompiledModel> load(const std::filesystem::path& package, const std::vector<std::string>& accounts,
                           const std::vector<std::string>& settings, const std::string& from, const std::string& until);

void add_solver_option(CLI::App& app, std::string& solver);
/// --steps-per-day and --threads.
void add_stepping_options(CLI::App& app, int& steps_per_day, int& threads);

/// The solver that --solver names.
solver::SolverKind solver_of(const std::string& name);

/// The actor that an option names; else the mistake.
Result<ActorIndex> actor_of_option(const War& war, const std::string& id, const char* option);

/// The date that an option gives; none if the option is empty or wrong, and then a fault is added.
std::optional<Day> date_of_option(const std::string& text, const char* option, Diagnostics& faults);

}  // namespace truel::cli
