#include "dials.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/claims/basis.hpp"
#include "truel/model/distributions/truncated.hpp"
#include "truel/model/latest_rows.hpp"
#include "truel/output/report/page_evidence.hpp"

namespace truel::server {
namespace {

using output::Json;

constexpr std::array<std::string_view, 7> kTables = {"scenario", "commands",      "forces",  "actors",
                                                     "ties",     "interventions", "sponsors"};
/// What a slider reaches beyond what the package thinks possible, as a share of that.
constexpr double kBeyond = 0.5;
/// Quantiles that stand for all that a distribution without ends thinks possible.
constexpr double kLowEnd = 0.01, kHighEnd = 0.99;
constexpr int kDigits = 4;

std::pair<double, double> possible(const Parameter& p) {
  if (p.distribution.is_value()) {
    return {p.distribution.a, p.distribution.a};
  }
  return {truncated_quantile(p.distribution, kLowEnd, p.least, p.greatest),
          truncated_quantile(p.distribution, kHighEnd, p.least, p.greatest)};
}

/// Ends of the slider: bounds that are near, else room on both sides of what is possible.
std::pair<double, double> slider(const Parameter& p, std::string_view unit) {
  const auto [low, high] = possible(p);
  const double size = std::max(std::abs(low), std::abs(high));
  const double room = std::max(high - low, size > 0 ? size : 1.0);
  const double least = std::max(p.least, low - kBeyond * room - (low >= 0 && p.least >= 0 ? low : 0));
  const bool is_share = unit == "share" || (p.least == -1 && p.greatest == 1);
  return is_share ? std::pair{p.least, p.greatest} : std::pair{least, std::min(p.greatest, high + room)};
}

std::string_view kind_of(const Parameter& p, std::string_view unit) {
  return unit == "switch" || unit == "choice" ? unit : p.is_date ? "date" : "number";
}

/// The whole war, and what the package thinks possible where that reaches beyond it.
std::pair<double, double> days_of(const War& war, const Parameter& p) {
  const auto [low, high] = possible(p);
  return {std::min<double>(war.start, low), std::max<double>(war.end, high)};
}

/// The dated change that has this parameter; nullptr: none.
const Intervention* intervention_of(const War& war, int parameter) {
  const auto has = [&](const Intervention& i) {
    return i.value == parameter || i.compliance == parameter || i.when == parameter || i.on == parameter;
  };
  const auto found = std::find_if(war.interventions.begin(), war.interventions.end(), has);
  return found == war.interventions.end() ? nullptr : &*found;
}

/// What a number of a dated change is.
std::string meaning_of(const Intervention& change, int parameter) {
  if (parameter == change.when) {
    return "the day on which it happens";
  }
  if (parameter == change.on) {
    return "whether it happens";
  }
  if (parameter == change.compliance) {
    return "share of the fighters who comply with it";
  }
  switch (change.action) {
    case InterventionAction::set:
      return "what is set from that day on";
    case InterventionAction::arrive:
      return "fighters who arrive";
    case InterventionAction::leave:
      return "fighters who leave";
    default:
      return "alignment from that day on";
  }
}

/// Whether a strength is of a day on which this war has another: a row of forces.csv that does not hold on the first
/// day.
bool is_of_another_day(const War& war, const std::vector<int>& first_day, int parameter) {
  const int row = parameter - war.force(0);
  return row >= 0 && row < static_cast<int>(war.forces.size()) &&
         std::find(first_day.begin(), first_day.end(), row) == first_day.end();
}

Json basis_json(const War& war, std::string_view written) {
  Json list = Json::array();
  for (const claims::Basis& part : claims::resolve_basis(war, written)) {
    list.push_back(output::page_basis(part));
  }
  return list;
}

}  // namespace

Json dials_json(const War& war, bool from_analysis) {
  Json list = Json::array();
  const std::vector<int> first_day = latest_rows(war.forces, war.start);
  for (const std::string_view table : kTables) {
    for (int i = 0; i < static_cast<int>(war.parameters.size()); ++i) {
      const Parameter& p = war.parameters[at(i)];
      const std::string_view path = p.path;
      const std::string_view unit = claims::unit_of(war, i);
      const bool is_switch = unit == "switch";
      if (path.substr(0, path.find('.')) != table || (!from_analysis && is_of_another_day(war, first_day, i)) ||
          !std::isfinite(possible(p).first) ||
          !(claims::is_evidence(war, i) || is_switch || p.is_date || (unit == "choice" && p.is_given))) {
        continue;
      }
      const std::size_t last = path.rfind('.');
      const std::size_t first = std::min(path.find('.') + 1, last);
      const ParameterInfo* info = claims::info_of(war, i);
      const Intervention* change = intervention_of(war, i);
      const auto [low, high] = is_switch ? std::pair{0.0, 1.0} : p.is_date ? days_of(war, p) : slider(p, unit);
      const auto number = [&](double x) {
        return p.is_date ? Json(format_date(static_cast<Day>(std::lround(x)))) : Json(output::significant(x, kDigits));
      };
      const auto bound = [&](double x) { return !std::isfinite(x) ? Json(nullptr) : p.is_date ? number(x) : Json(x); };
      // What says that a change happened says when, unless the day has a basis of its own.
      const std::string& basis = p.is_date && p.basis.empty() ? war.parameters[at(change->value)].basis : p.basis;
      list.push_back(
          {{"path", p.path},
           {"table", table},
           {"of", first < last ? path.substr(first, last - first) : std::string_view()},
           {"name", path.substr(last + 1)},
           {"unit", p.is_date ? std::string_view() : unit},
           {"kind", kind_of(p, unit)},
           {"meaning", change != nullptr ? meaning_of(*change, i)
                                         : std::string(info == nullptr ? std::string_view() : info->meaning)},
           {"written", to_string(p.distribution)},
           {"value", number(median(p))},
           {"low", number(low)},
           {"high", number(high)},
           {"least", bound(p.least)},
           {"greatest", bound(p.greatest)},
           {"basis", basis_json(war, basis)}});
      if (change != nullptr && !change->note.empty()) {
        list.back()["note"] = change->note;
      }
      if (change != nullptr && i == change->value && change->target != kNone) {
        list.back()["sets"] = war.parameters[at(change->target)].path;
      }
      if (!p.words.empty()) {
        list.back()["words"] = p.words;
      }
    }
  }
  return list;
}

}  // namespace truel::server
