#include "session.hpp"

#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "arguments.hpp"
#include "diagnostics.hpp"
#include "truel/app/settings_undone.hpp"
#include "truel/base/result.hpp"
#include "truel/model/path.hpp"
#include "truel/model/solver_names.hpp"
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

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

output::Provenance begin_provenance(const std::string& command_line, const std::string& package,
                                    const std::vector<std::string>& settings, int threads) {
  return output::begin_provenance(TRUEL_VERSION, command_line, package, settings, threads);
}

void remark_on_settings(const War& war, const std::vector<std::string>& settings, const char* option) {
  std::set<std::string_view> paths;
  for (const std::string& setting : settings) {
    const std::string_view path = path_of_setting(setting);
    if (!paths.insert(path).second) {
      say("{} {} is given more than once: the last one counts\n", option, path);
    }
  }
  for (const app::SettingUndone& setting : app::settings_undone(war, settings)) {
    say("{} {} {}: the intervention {} of {} sets {} again\n", option, setting.path,
        setting.has_no_effect ? "has no effect" : "holds for a part of the time", setting.by, format_date(setting.on),
        setting.names_many ? setting.first : "it");
  }
}

CLI::Option* add_analysis_flag(CLI::App& app, bool& analysis, const std::string& opening) {
  return app.add_flag("--analysis", analysis,
                      opening +
                          " the quarter before the first day, with who really held what, so that the war is "
                          "under way on it (docs/analysis.md)");
}

void add_analysis_options(CLI::App& app, bool& analysis, std::string& observed) {
  CLI::Option* wanted = add_analysis_flag(app, analysis);
  wanted->description(wanted->get_description() + ". Results begin with that quarter");
  app.add_option("--observed", observed,
                 "For --analysis: folder of observed data, where control.csv does not reach the first day or hidden "
                 "lethality is to be learned from deaths")
      ->needs(wanted);
}

void remark_on_analysis(const app::Analysis* analysis, Day start) {
  if (analysis == nullptr) {
    return;
  }
  if (start < analysis->origin()) {
    say("analysis: the runs begin on {}; until {} they are given the observed holders of each week\n",
        format_date(start), format_date(analysis->origin()));
  }
  for (const std::string& remark : analysis->learned().remarks) {
    say("analysis: {}\n", remark);
  }
}

std::optional<output::StartingAnalysis> starting_analysis(const app::Analysis* analysis) {
  return analysis != nullptr ? std::optional(output::StartingAnalysis{analysis->origin(), analysis->learned()})
                             : std::nullopt;
}

void add_solver_option(CLI::App& app, std::string& solver) {
  app.add_option("--solver", solver,
                 "How a run is computed: leap (day by day), exact (event by event) or mean-field (averages, no chance)")
      ->capture_default_str()
      ->check(one_of(kSolverNames));
}

void add_stepping_options(CLI::App& app, int& steps_per_day, int& threads) {
  app.add_option("--steps-per-day", steps_per_day, "Steps of the leap solver")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  app.add_option("--threads", threads, "Threads; 0: all cores. Results are the same with any number")
      ->capture_default_str()
      ->check(CLI::Range(0, 4096));
}

void warn(const Diagnostics& warnings, std::size_t most) {
  std::size_t left = warnings.size();
  std::size_t shown = 0;
  for (const auto& [one, count] : gathered(warnings)) {
    if (shown++ == most) {
      break;
    }
    fmt::print(stderr, "warning: {}\n", to_string(one));
    left -= count;
  }
  if (left > 0) {
    fmt::print(stderr, "{} more warnings: truel check lists them\n", left);
  }
}

}  // namespace truel::cli
