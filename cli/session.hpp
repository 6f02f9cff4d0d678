// What long-running verbs share: options, interruption, the clock, exit statuses.
#pragma once

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "progress.hpp"
#include "truel/app/analysis.hpp"
#include "truel/app/package.hpp"
#include "truel/output/output.hpp"

namespace truel::cli {

/// Exit statuses of the program.
enum ExitStatus { kDone = 0, kCheckFailed = 1, kWrongInput = 2, kFailed = 3, kInterrupted = 130 };

/// From here on Ctrl-C sets the flag that is returned; a second one ends the program at once.
const std::atomic<bool>& watch_for_interrupts();

double seconds_since(std::chrono::steady_clock::time_point begin);

/// What a command line says of where its results come from, at the moment work begins. threads: 0 is all cores.
output::Provenance begin_provenance(const std::string& command_line, const std::string& package,
                                    const std::vector<std::string>& settings, int threads);

/// The options that --from and --until are, in mistakes about them.
inline constexpr app::DayNames kDayOptions{"--from", "--until"};

/// Says which settings of the user do not last: given again, or set again by an intervention of the package.
void remark_on_settings(const War& war, const std::vector<std::string>& settings, const char* option = "--set");

/// --analysis alone. opening: how its help begins, "First run".
CLI::Option* add_analysis_flag(CLI::App& app, bool& analysis, const std::string& opening = "First run");
/// --analysis and --observed of a verb that runs a war.
void add_analysis_options(CLI::App& app, bool& analysis, std::string& observed);
/// The analysis that a verb's runs start from; none where none is wanted. read: the package and what was observed,
/// where they have been read. Errors: mistakes of both, and those of Analysis::of.
template <class Arguments>
Result<std::shared_ptr<app::Analysis>> begin_analysis(const Arguments& a, const scenario::Overlay& overlay,
                                                      const ensemble::EnsembleOptions& ensemble,
                                                      std::shared_ptr<const app::ObservedPackage> read = nullptr) {
  if (!a.analysis) {
    return std::shared_ptr<app::Analysis>();
  }
  if (read == nullptr) {
    TRUEL_TRY(read, app::ObservedPackage::read(a.package, a.observed));
  }
  return app::Analysis::of(std::move(read), overlay, ensemble, tell_analysis(a.quiet));
}
/// Says when runs begin, and what is to be known of the analysis that they start from; nothing of none.
void remark_on_analysis(const app::Analysis* analysis, Day start);
std::optional<output::StartingAnalysis> starting_analysis(const app::Analysis* analysis);

void add_solver_option(CLI::App& app, std::string& solver);
/// --steps-per-day and --threads.
void add_stepping_options(CLI::App& app, int& steps_per_day, int& threads);

}  // namespace truel::cli
