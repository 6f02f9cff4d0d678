#include "truel/app/analysis.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "truel/record/forecast_war.hpp"

namespace truel::app {

Result<std::shared_ptr<Analysis>> Analysis::of(const std::filesystem::path& package,
                                               const std::filesystem::path& observed, const scenario::Overlay& overlay,
                                               const ensemble::EnsembleOptions& ensemble) {
  Diagnostics warnings;
  auto war = scenario::read(
      package, {.accounts = overlay.accounts, .settings = overlay.settings, .from = {}, .until = {}}, warnings);
  if (!war) {
    return war.error();
  }
  auto rules = record::read_rules(package);
  if (!rules) {
    return rules.error();
  }
  auto observations = record::observations_of(*war, *rules, observed);
  if (!observations) {
    return observations.error();
  }
  const Day origin = overlay.from.value_or(war->start);
  const Day until = overlay.until.value_or(war->end);
  if (Diagnostics wrong = record::wrong_days(*war, *observations, origin, until); !wrong.empty()) {
    return wrong;
  }
  return std::shared_ptr<Analysis>(new Analysis(std::move(*war), std::move(*rules), std::move(*observations), origin,
                                                until, {package, overlay.settings, ensemble}, std::move(warnings)));
}

Analysis::Analysis(War war, record::Rules rules, record::Observations observations, Day origin, Day until,
                   record::AnalysisOptions options, Diagnostics warnings)
    : war_(std::move(war)),
      rules_(std::move(rules)),
      observations_(std::move(observations)),
      origin_(origin),
      until_(until),
      runs_(options.ensemble.runs),
      analyst_(std::move(options), rules_, war_, observations_),
      warnings_(std::move(warnings)) {}

Result<CompiledModel> Analysis::model(const std::vector<std::string>& accounts) {
  auto war = analyst_.war_of(fmt::format("{}", fmt::join(accounts, "+")), origin_, until_, std::nullopt);
  if (!war) {
    return war.error();
  }
  return compile(std::make_shared<const War>(std::move(*war)));
}

std::string Analysis::key() const {
  return fmt::format(" analysis {} {} of {}", format_date(origin_), observations_.sha256(), runs_);
}

}  // namespace truel::app
