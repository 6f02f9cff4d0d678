#include "truel/record/fit/control/frame.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "truel/base/choice.hpp"
#include "truel/base/math.hpp"
#include "truel/base/month.hpp"
#include "truel/record/control/score_control.hpp"
#include "truel/record/forecast_war.hpp"

namespace truel::record::fit {
namespace {

/// What the record says of deaths in a window: its months, and cells [dyad][month].
void set_deaths(const Frame& frame, BankWindow& window) {
  if (frame.deaths.left_out == frame.observations.events.size()) {
    return;  // of no dyad: the record does not say that nobody died
  }
  const std::vector<int> months = months_of(frame.deaths, window.window);
  for (const std::vector<double>& of_dyad : frame.deaths.deaths) {
    for (const int month : months) {
      window.recorded.push_back(math::log1p(of_dyad[at(month - frame.deaths.first)]));
    }
  }
}

AnalysisOptions analysis_options(const ControlFitOptions& asked) {
  const ensemble::EnsembleOptions ensemble{
      .solve = {.solver = asked.solver, .seed = asked.seed, .steps_per_day = asked.steps_per_day},
      .runs = asked.draws,
      .threads = asked.threads,
      .stop = asked.stop};
  Mistakes mistakes;  // told by who has read the package before
  return {.package = scenario::load_package(asked.package, mistakes),
          .settings = asked.settings,
          .ensemble = ensemble,
          .progress = asked.tell_analysis,
          .begins_at_origin = !asked.analysis,
          .looks_for_pairs = asked.analysis};  // without one, of deaths draws alone learn
}

}  // namespace

Frame::Frame(const ControlFitOptions& asked, const Rules& rules, const Observations& observed, ControlFit& fit)
    : options(asked),
      observations(observed),
      out(fit),
      sides(observed.sides),
      counts_as(merge(sides, rules)),
      record(observed.control.merged(counts_as)),
      dyads(fit.war, observed, rules),
      deaths(deaths_by_dyad(observed, dyads, DeathCount::fighters)),
      analyst(analysis_options(asked), rules, fit.war, observed) {
  for (std::size_t k = 0; k < counts_as.size(); ++k) {
    out.merged = out.merged || at(counts_as[k]) != k;
  }
}

Diagnostics set_up(Frame& frame, const std::vector<Window>& windows) {
  for (const Window& window : windows) {
    const Case c = control_case(frame.out.war, frame.record, window, frame.out.merged);
    BankWindow& bank = frame.windows.emplace_back();
    bank.window = window;
    bank.sides = frame.counts_as.size();
    bank.target = frame.options.target;
    set_deaths(frame, bank);
    std::vector<PlaceIndex>& places = frame.places.emplace_back();
    for (std::size_t p = 0; p < c.counts.size(); ++p) {
      if (c.counts[p]) {
        const auto place = static_cast<PlaceIndex>(p);
        places.push_back(place);
        bank.before.push_back(frame.record.holder(place, window.origin));
        bank.observed.push_back(frame.record.holder(place, window.until));
      }
    }
    if (frame.origins.empty() || frame.origins.back().day != window.origin) {
      frame.origins.emplace_back().day = window.origin;
    }
    frame.origins.back().windows.push_back(frame.windows.size() - 1);
  }
  for (Origin& origin : frame.origins) {
    frame.later += text_of(control_until(frame.out.war, frame.observations, origin.day));
    TRUEL_TRY(auto model, model_of(frame, origin.day, origin.windows, origin.scales));
    origin.model.emplace(std::move(model));
    origin.deaths = deaths_of_dyads(*origin.model, frame.dyads, false);
  }
  if (frame.options.target != FitTarget::control &&
      std::all_of(frame.windows.begin(), frame.windows.end(), [](const BankWindow& w) { return w.cells() == 0; })) {
    return {{{frame.options.observed.string()},
             "no window has a whole month with events of deaths that are of a dyad",
             "give a later --until, or --target control; `truel check --observed` says what the data have"}};
  }
  return {};
}

Result<CompiledModel> model_of(Frame& frame, Day origin, const std::vector<std::size_t>& windows,
                               Analyst::Scales& scales) {
  Day last = origin;
  for (const std::size_t w : windows) {
    // Deaths of a month are those up to the morning after its last day.
    last = std::max(last, frame.windows[w].window.until + (frame.windows[w].cells() > 0 ? 1 : 0));
  }
  const std::optional<Day> known = frame.options.told ? std::nullopt : std::optional(origin);
  TRUEL_TRY(auto war, frame.analyst.war_of(frame.options.account, origin, last, known, &scales));
  return compile(std::make_shared<const War>(std::move(war)));
}

std::string question(const Frame& frame) {
  std::string text = fmt::format(
      "truel {} fit package {} account {} set [{}] draws {} runs {} check {} seed {} solver {} steps {} told {} sides "
      "{}",
      frame.options.version, frame.out.war.sha256, frame.options.account, fmt::join(frame.options.settings, " "),
      frame.options.draws, frame.options.runs, frame.check_runs(), frame.options.seed, to_string(frame.options.solver),
      frame.options.steps_per_day, frame.options.told, fmt::join(frame.sides.codes, " "));
  for (const BankWindow& window : frame.windows) {
    text += fmt::format(" {}..{}", format_date(window.window.origin), format_date(window.window.until));
    if (const std::vector<int> months = months_of(frame.deaths, window.window); window.cells() > 0) {
      text += fmt::format(" deaths {}..{}", format_month(months.front()), format_month(months.back()));
    }
  }
  const bool travel = std::any_of(frame.origins.begin(), frame.origins.end(), [&](const Origin& origin) {
    return has_outdated_strengths(frame.out.war, origin.day);
  });
  const std::string laid_in = frame.options.analysis ? " analysis " : travel ? " strengths " : "";
  text += fmt::format(" target {} dyads {}", choice_name(kFitTargets, frame.options.target),
                      fmt::join(frame.dyads.names(), ", "));
  return text +
         fmt::format(" strength {} numbers {} method {} steps {}", frame.options.strength.value_or(-1),
                     frame.options.most_numbers, static_cast<int>(frame.options.method), frame.options.steps) +
         " courses" + frame.later + laid_in + (laid_in.empty() ? "" : frame.observations.sha256());
}

std::vector<BankWindow> without_draws(const Frame& frame) {
  std::vector<BankWindow> own;
  for (const BankWindow& window : frame.windows) {  // what is known of all draws is large: it is not copied
    own.push_back({.window = window.window,
                   .before = window.before,
                   .observed = window.observed,
                   .sides = window.sides,
                   .target = window.target,
                   .recorded = window.recorded});
  }
  return own;
}

std::size_t first_month(const Frame& frame, std::size_t window) {
  const Window& w = frame.windows[window].window;
  return static_cast<std::size_t>(std::min(add_months(w.origin, 1), w.until) - w.origin);
}

}  // namespace truel::record::fit
