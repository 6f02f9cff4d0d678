// A bank of runs from the prior, reweighted by how well the draws behind them did on windows that have ended.
//
// Generalised posterior (Bissiri, Holmes and Walker 2016): prior times exp(-w times the sum of losses), the loss being
// the score that `truel score` reports (Pacchiardi, Khoo and Dutta 2021).
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "truel/record/windows.hpp"

namespace truel::record::fit {

/// Whose losses the weights follow.
enum class FitTarget { control, deaths, both };
inline constexpr std::array<std::string_view, 3> kFitTargets{"control", "deaths", "both"};

/// One window of a bank: what each draw's runs say of the places compared and of deaths, and what the record says.
/// Deaths are counted as log(1 + deaths) of a dyad in a month, so that one bloody month does not outweigh all others;
/// the CRPS of that is as proper as that of deaths (Bosse and others 2023, doi 10.1371/journal.pcbi.1011393).
struct BankWindow {
  Window window{};
  std::vector<int> before{}, observed{};  ///< [unit] side of the record on the first and the last day
  std::size_t sides = 0, draws = 0;
  std::vector<float> share{};  ///< [draw][unit][side] of the draw's runs
  std::vector<double> loss{};  ///< [draw] sum over units of the fair Brier score of its runs by themselves; NaN
                               ///< where fewer than two of them are complete
  std::vector<std::vector<float>> moved{};  ///< [draw][complete run] units that another side holds than `before`
  std::vector<std::vector<float>> first_month{}, spell_days{};  ///< [draw][complete run] of their courses
  FitTarget target = FitTarget::control;
  std::vector<double> recorded{};                ///< [cell] log1p deaths of the record; cells are dyads and months
  std::vector<std::vector<float>> deaths{};      ///< [draw][cell * complete runs + k] log1p deaths, ascending in a cell
  std::vector<double> death_loss{};              ///< [draw] sum over cells of the fair CRPS of its runs; NaN as `loss`
  std::vector<std::vector<float>> all_deaths{};  ///< [draw][complete run] deaths of all cells

  std::size_t units() const { return observed.size(); }
  std::size_t cells() const { return recorded.size(); }
  bool follows_control() const { return target != FitTarget::deaths; }
  bool follows_deaths() const { return target != FitTarget::control; }
  /// What weights follow: the losses of a draw, and of how many places and cells they are.
  double followed(std::size_t draw) const {
    return (follows_control() ? loss[draw] : 0) + (follows_deaths() && cells() > 0 ? death_loss[draw] : 0);
  }
  std::size_t followed_units() const { return (follows_control() ? units() : 0) + (follows_deaths() ? cells() : 0); }
};

/// Adds a draw. holders: [run][unit] sides of its complete runs at the end of the window.
void add_draw(BankWindow& window, const std::vector<std::vector<int>>& holders);

/// The deaths of the draw that was added last. deaths: [run][cell] log1p deaths of its complete runs.
void add_deaths(BankWindow& window, const std::vector<std::vector<float>>& deaths);

/// [draw] what `followed` would be, had `observed` [unit] and `recorded` [cell] been the record. Cost: draws units
/// sides, and draws cells runs where deaths are followed.
std::vector<double> losses_against(const BankWindow& window, std::span<const int> observed,
                                   std::span<const float> recorded);

/// Weights exp(-w sum of what is followed over windows) times `prior` (empty: all alike), with sum 1. A draw without a
/// loss has weight 0.
std::vector<double> bank_weights(std::span<const BankWindow* const> learnt, double w, std::size_t draws,
                                 std::span<const double> prior = {});

/// [unit] Brier score of the mixture of all draws' runs with these weights (sum 1), less the variance that the shares
/// have because draws and runs are few: for independent weighted draws sum_i a_i^2 |p_i - p|^2 n / (n - 1), n the
/// effective size of the weights a. With equal weights its expectation does not depend on the number of draws.
std::vector<double> mixture_losses(const BankWindow& window, std::span<const double> weights);

/// Their sum.
double mixture_loss(const BankWindow& window, std::span<const double> weights);

/// Sum over cells of the CRPS of the same mixture, the spread taken from pairs of runs of different draws: with equal
/// weights its expectation does not depend on the number of draws. Cost: cells n log n, n all runs.
double mixture_death_loss(const BankWindow& window, std::span<const double> weights);

/// The q-quantile and the mean, over draws with these weights and their runs, of the number of units that moved.
struct CourseSpread {
  double mean = 0, low = 0, high = 0;  ///< 5 and 95 in 100
};
CourseSpread moved(const BankWindow& window, std::span<const double> weights);
/// The same of any statistic [draw][run], without runs that have none (NaN).
CourseSpread moved(const std::vector<std::vector<float>>& values, std::span<const double> weights);
/// Share of these runs that lies below `observed`, with half of those equal to it; NaN where nothing can be compared.
double share_below(const std::vector<std::vector<float>>& values, std::span<const double> weights, double observed);

/// A strength of learning, tried on the past: at every origin the weights come from the windows that had ended before
/// it, and the mixture is scored on the windows that begin there.
struct Tempering {
  double w = 0;
  double effective = 0;                  ///< size of the weights from all windows
  std::vector<double> held_back{};       ///< [window] mean Brier score of a unit; NaN where no window had ended before
  double mean = 0;                       ///< of what is followed, over the places and cells of all windows held back
  std::size_t covered = 0, windows = 0;  ///< of the windows held back, those whose number of changes lay in 90 in 100

  /// Whether so few windows could be covered by chance were the intervals right: a binomial tail of 0.05 at least.
  /// (Windows overlap, so that intervals that are right fail more often than that.)
  bool covers() const;
};
Tempering temper(std::span<const BankWindow> windows, double w);

/// Weights of strength w from those of the windows that had ended before this one begins; empty where none had.
std::vector<double> weights_before(std::span<const BankWindow> windows, const BankWindow& window, double w);

/// 0 and powers of two in between: strengths that are tried.
std::vector<double> strengths();

/// The strength with the least mean among those whose effective size is at least `least_effective` and which cover (0
/// may always be chosen).
std::size_t choose(std::span<const Tempering> tried, double least_effective);

}  // namespace truel::record::fit
