// The numbers of a package fitted to a record of control: a bank of runs from the prior, screened and reweighted.
#pragma once

#include <array>
#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/model/war.hpp"
#include "truel/record/analysis/analysis.hpp"
#include "truel/record/fit/control/bank.hpp"
#include "truel/record/fit/screen.hpp"
#include "truel/record/fit/tempered.hpp"

namespace truel::record::fit {

/// What a fit will take, measured on its first runs.
struct Expectation {
  std::size_t draws = 0, runs = 0, origins = 0, windows = 0;
  double seconds = 0;       ///< of all that is left to do
  std::uint64_t bytes = 0;  ///< of the bank on the disk
};

/// bank: draws from the prior, reweighted. tempered: a bank says which numbers and how far; then particles of these
/// numbers are moved to the same posterior (tempered sequential Monte Carlo), which weights of few draws only hint at.
/// smoother: draws that are moved (ensemble smoother with multiple data assimilation), all numbers at once.
enum class ControlMethod { bank, tempered, smoother };
inline constexpr std::array<std::string_view, 3> kControlMethods{"bank", "tempered", "smoother"};

/// Draws, and realizations of each from each origin, that a method takes unless told otherwise: the four steps of the
/// smoother take no longer than a bank.
struct FitSize {
  std::uint32_t draws, runs;
};
FitSize usual_size(ControlMethod method);

struct ControlFitOptions {
  ControlMethod method = ControlMethod::bank;
  int steps = 4;  ///< smoother
  std::filesystem::path package, observed;
  std::string account;                ///< whose numbers are fitted; empty: those of the basic model
  std::vector<std::string> settings;  ///< "path=value", laid over both
  Day until = 0;                      ///< no window ends after it
  std::optional<Day> from;            ///< first origin; by default the first quarter's day after nine months of record
  std::uint32_t draws = 2048;
  std::uint32_t runs = 8;           ///< of each draw from each origin
  std::uint32_t check_runs = 1000;  ///< of the fitted account from each origin; at most as many as draws
  std::size_t most_numbers = 20;    ///< that are moved
  FitTarget target = FitTarget::control;
  std::optional<double> strength;  ///< w, instead of the one chosen on windows held back
  bool analysis = false;           ///< forecasts start from the quarter before them (Analyst)
  bool told = false;               ///< forecasts know the changes that the package dates after their first day
  std::uint64_t seed = 1;
  solver::SolverKind solver = solver::SolverKind::leap;
  int steps_per_day = 1, threads = 0;
  std::string version;                                      ///< of the program: part of what the kept runs depend on
  std::filesystem::path store;                              ///< file of the bank; empty: a temporary one
  std::function<void(const ensemble::Progress&)> progress;  ///< in runs
  TellAnalysis tell_analysis;                               ///< how far an analysis is
  std::function<bool()> open;                               ///< called before the store is opened; false: it cannot be
  std::function<bool(const Expectation&)> begin;            ///< called once; false: do not go on
  const std::atomic<bool>* stop = nullptr;
  const ensemble::RunStore* made = nullptr;  ///< the bank of work_of_bank with these options: none of it is solved
};

struct Spread {
  double mean = 0, sd = 0, q05 = 0, q50 = 0, q95 = 0;
};

/// An uncertain number before and after. `posterior`: of the whole reweighted bank, also where the number is left at
/// the prior.
struct FittedNumber {
  int parameter = kNone;
  ScreenedInput screened{};
  bool is_kept = false;  ///< a column of the table of draws
  Spread prior{}, posterior{};
  double shift = 0;        ///< of the mean, in standard deviations of the prior
  double shift_error = 0;  ///< Monte Carlo error of it, 1 / sqrt(effective size)
  double coverage = 0;     ///< share of ControlFit::made_up in which the 90 % interval has the truth; of kept ones
};

/// What the record says beside what prior and posterior say of a window.
struct Conflict {
  std::size_t window = 0;
  std::string what{};
  double observed = 0, prior = 0, prior_sd = 0, posterior = 0;
  double z = 0;  ///< (observed - prior) / prior_sd
};

/// Brier scores of one place in a window, as WindowFit has their means.
struct PlaceFit {
  PlaceIndex place = kNone;
  double persistence = 0, prior = 0, reweighted = 0, held_back = 0;
};

/// What runs say of a statistic of a window, and which share of them lies below the record (half of those equal to it).
struct Prediction {
  CourseSpread said{};
  double below = 0;
};

/// A posterior predictive check: what the record says, beside runs of the prior and of the fitted account.
struct PredictiveCheck {
  std::string what{};   ///< "changes", "first_month_changes", "spell_days" or, with cells, "deaths"
  double observed = 0;  ///< NaN: the record has none
  Prediction prior{}, fitted{};
};

/// Scores in sample: mean Brier score of a place.
struct WindowFit {
  Window window{};
  std::size_t places = 0, changed = 0;
  double persistence = 0, prior = 0, reweighted = 0;
  double fitted = 0;      ///< of runs of the fitted account; NaN without one
  double held_back = 0;   ///< posterior of the windows that had ended before the origin; NaN without any
  std::size_t cells = 0;  ///< dyads and months of which the record has deaths
  double deaths_prior = 0, deaths_reweighted = 0, deaths_fitted = 0, deaths_held_back = 0;  ///< mean CRPS of a cell
  CourseSpread moved_prior{}, moved_fitted{};
  std::vector<PlaceFit> by_place{};  ///< of a bank
  std::vector<PredictiveCheck> checks{};
};

struct ControlFit {
  War war{};  ///< the package, with the account laid over it
  FitTarget target = FitTarget::control;
  bool merged = false;
  std::size_t made_up = 0;  ///< records that draws of the bank made, each fitted with the others
  std::size_t runs = 0, failed_runs = 0, lost_draws = 0;  ///< lost: fewer than two complete runs somewhere
  std::vector<WindowFit> windows{};
  std::vector<Tempering> tried{};
  std::size_t chosen = 0;
  double least_effective = 0;
  double delta_floor = 0, ks_floor = 0;
  int dummies = 0;
  std::vector<FittedNumber> numbers{};             ///< all uncertain ones, those that matter most first
  std::vector<Conflict> conflicts{};               ///< by |z|, greatest first
  std::vector<double> weights{}, loss{};           ///< [draw]; loss: mean Brier score of a place in all windows
  std::vector<double> death_loss{};                ///< [draw] mean CRPS of a cell in all windows; NaN without cells
  std::vector<std::vector<double>> window_loss{};  ///< [window][draw] the same in one
  std::optional<JointDraws> draws{};               ///< none: the record supports no change
  std::vector<std::string> remarks{};
  std::vector<std::string> citations{};   ///< of the record
  std::vector<TemperedStep> tempering{};  ///< powers of a tempered fit; empty: of another, or no number is moved
  bool was_interrupted = false, has_space = true;

  /// Of a bank.
  double strength() const { return tried[chosen].w; }
  double effective() const { return tried.empty() ? static_cast<double>(weights.size()) : tried[chosen].effective; }
};

/// Sides that the record cannot keep apart count as one. Errors: mistakes of package or observations; no window that
/// ends by `until`; no month of deaths in any, where they are followed; what BankStore::open says.
Result<ControlFit> fit_control(const ControlFitOptions& options);

/// The bank of a fit as a work: each of its realizations is what the fit looks at of all runs of one draw from one
/// origin. The runs that check the fitted account are not among them: they follow from the whole bank.
struct BankWork {
  ensemble::Work work;
  std::string question;  ///< what the bank depends on
  std::string record;    ///< hash of all of the record, on which weights depend
};

/// Errors: those of fit_control; the method is `smoother`.
Result<BankWork> work_of_bank(const ControlFitOptions& options);

/// The account and its table: the texts of NAME.toml and NAME.csv.
std::string fitted_account(const ControlFit& fit, const ControlFitOptions& options, const std::string& name);
std::string fitted_draws(const ControlFit& fit);

}  // namespace truel::record::fit
