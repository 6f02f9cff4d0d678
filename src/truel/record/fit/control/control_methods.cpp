#include "truel/record/fit/control/control_methods.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "truel/base/math.hpp"
#include "truel/base/statistics/distributions.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/model/distributions/truncated.hpp"
#include "truel/record/fit/control/kept_runs.hpp"

namespace truel::record::fit {

WindowFit begin_window(const Frame& frame, std::size_t w) {
  const BankWindow& window = frame.windows[w];
  WindowFit fit{.window = window.window, .places = window.units()};
  for (std::size_t u = 0; u < window.units(); ++u) {
    fit.changed += window.before[u] != window.observed[u] ? 1 : 0;
  }
  fit.persistence = 2 * static_cast<double>(fit.changed) / static_cast<double>(window.units());
  fit.prior = fit.reweighted = fit.fitted = fit.held_back = kAbsent;
  std::vector<std::vector<int>> sides;
  for (const PlaceIndex p : frame.places[w]) {
    std::vector<int>& days = sides.emplace_back();
    for (Day day = window.window.origin; day <= window.window.until; ++day) {
      const int holder = frame.record.holder(p, day);
      days.push_back(holder >= 0 ? holder : days.back());  // the first day has one holder: the place is compared
    }
  }
  const Course course = course_of(sides, first_month(frame, w));
  fit.checks = {{"changes", static_cast<double>(fit.changed), {}, {}},
                {"first_month_changes", static_cast<double>(course.first_month), {}, {}},
                {"spell_days", static_cast<double>(course.spell_days), {}, {}}};
  fit.cells = window.cells();
  fit.deaths_prior = fit.deaths_reweighted = fit.deaths_fitted = fit.deaths_held_back = kAbsent;
  if (window.cells() > 0) {
    double deaths = 0;
    for (const double cell : window.recorded) {
      deaths += math::expm1(cell);
    }
    fit.checks.push_back({"deaths", deaths, {}, {}});
  }
  return fit;
}

void add_checks(WindowFit& fit, const BankWindow& runs, std::span<const double> weights,
                Prediction PredictiveCheck::*said) {
  const std::vector<std::vector<float>>* values[] = {&runs.moved, &runs.first_month, &runs.spell_days,
                                                     &runs.all_deaths};
  for (std::size_t k = 0; k < fit.checks.size(); ++k) {
    PredictiveCheck& check = fit.checks[k];
    check.*said = {moved(*values[k], weights), share_below(*values[k], weights, check.observed)};
  }
}

double value_at(const War& war, int parameter, double z) {
  const Parameter& p = war.parameters[at(parameter)];
  // Within what the design reaches, so that no distribution is asked for its very end.
  const double uniform = std::clamp(normal_cdf(z), 0x1p-40, 1 - 0x1p-40);
  return truncated_quantile(p.distribution, uniform, p.least, p.greatest);
}

std::vector<CompiledModel> fitted_models(const Frame& frame) {
  std::vector<CompiledModel> fitted;
  for (const Origin& origin : frame.origins) {
    auto war = std::make_shared<War>(origin.model->war());
    for (const int parameter : frame.out.draws->parameters) {
      // Rows replace it: any distribution of this kind does.
      war->parameters[at(parameter)].distribution = {.kind = DistributionKind::drawn,
                                                     .among = {origin.model->medians()[at(parameter)]}};
    }
    war->draws = {*frame.out.draws};
    fitted.push_back(*compile(std::move(war)));
  }
  return fitted;
}

Spread spread(std::span<const double> values, std::span<const double> weights) {
  return {weighted_mean(values, weights), weighted_sd(values, weights), weighted_quantile(values, weights, 0.05),
          weighted_quantile(values, weights, 0.5), weighted_quantile(values, weights, 0.95)};
}

void set_posterior(FittedNumber& number, std::span<const double> values, std::span<const double> weights,
                   double effective) {
  number.posterior = spread(values, weights);
  number.shift = number.prior.sd > 0 ? (number.posterior.mean - number.prior.mean) / number.prior.sd : 0;
  number.shift_error = 1 / std::sqrt(effective);
}

}  // namespace truel::record::fit
